"""What a type checker says of an analyst's lines; test_types.py holds it against the comments.

After `# mypy:` and `# pyright:` stands a part of what each has to say; of other lines nothing.
"""

# fmt: off

from typing import Any

import drawdown as dd
from drawdown.scenario import types

iraq = dd.Scenario.example("iraq-2024")
run = dd.simulate(iraq, trials=100)

run.summary(by="site")
run.summary(by="sitte")  # mypy: incompatible type "Literal['sitte']" # pyright: "Literal['sitte']" is not assignable
run.values("attacks", "sites")  # mypy: No overload variant of "values" # pyright: "Literal['sites']" is not assignable
run.ids("phases")  # mypy: incompatible type "Literal['phases']" # pyright: "Literal['phases']" is not assignable

# What no type is known of passes: of a file, or put together key by key.
untyped: dict[str, Any] = {"schema": 1}
dd.Scenario.from_dict(untyped)
dd.simulate(untyped)
dd.Scenario.from_dict(iraq.to_dict())
dd.Scenario.from_dict({**iraq.to_dict(), "title": "Iraq"})
dd.Scenario.from_dict({"schema": 1, "start": "2025-01-01", "world": {"sites": {}}})

# A key that there is not, at any depth.
dd.Scenario.from_dict({"schema": 1, "strat": "2025-01-01", "world": {"sites": {}}})  # mypy: expected "str": "Never" # pyright: is not assignable to "Scenario"
dd.simulate({"schema": 1, "start": "2025-01-01", "world": {"sitse": {}}})  # mypy: expected "str": "Never" # pyright: is not assignable to "Scenario"

# Under its own type, a scenario has the key said.
named: types.Scenario = {"schema": 1, "start": "2025-01-01", "world": {"sites": {}}, "titel": ""}  # mypy: Extra key "titel" # pyright: "titel" is an undefined item in type "Scenario"
