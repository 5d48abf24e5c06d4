"""What it costs that a scenario's uncertain numbers are drawn anew for every trial.

The values drawn change how many attacks there are, and with them the time. So each range is first
narrowed to a hair's breadth about its median, in the same family, so that as much is drawn; then it
is a constant there.
"""

from typing import Any

import drawdown as dd
import mechanisms
from drawdown.scenario.mechanisms import MECHANISMS, without
from drawdown.scenario.paths import matching

HAIR = 1e-9


def costs(program: str) -> tuple[mechanisms.Cost, mechanisms.Cost]:
    """Of the shipped scenario with ranges of a hair's breadth, and with constants."""
    scenario = dd.Scenario.example(mechanisms.SCENARIO)
    thin = narrowed(scenario)
    (ranges,) = (mechanism for mechanism in MECHANISMS if mechanism.name == "ranges")
    inputs = dd.simulate(thin, trials=2_000, seed=7, progress=False).inputs
    constant = without(thin, ranges, inputs)
    return mechanisms.count(program, thin), mechanisms.count(program, constant)


def narrowed(scenario: dd.Scenario) -> dd.Scenario:
    """The scenario with every range narrowed to about its median."""
    inputs, tree = (
        dd.simulate(scenario, trials=2_000, seed=7, progress=False).inputs,
        scenario.to_dict(),
    )
    changes = {}
    for path, median in inputs.median().items():
        ((_, written),) = matching(tree, str(path))
        changes[str(path)] = narrow(written, float(median))
    return scenario.replace(changes)


def narrow(written: Any, median: float) -> Any:
    """A range of the same family, about `median`."""
    if not isinstance(written, dict):
        return median
    ((family, of),) = written.items()
    width = HAIR * max(1.0, abs(median))
    thin: Any
    match family:
        case "uniform":
            thin = [median, median + width]
        case "lognormal":
            thin = {"median": median, "sigma": HAIR}
        case "truncated_normal":
            thin = of | {"mean": median, "sd": width}
        case "beta":
            many = 1 / HAIR
            thin = [median * many, (1 - median) * many]
        case "mixture":
            thin = [part | {"value": narrow(part["value"], median)} for part in of]
        case _:
            raise NotImplementedError(f"narrowing {family}")
    return {family: thin}
