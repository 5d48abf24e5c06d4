"""What plans are judged by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .results import Measure
    from .run import Run
    from .scenario import Scenario

# These stand first in tables, in this order.
MAIN = (
    "attacks",
    "casualties",
    "wounded",
    "killed",
    "finish_days",
    "slip_days",
    "pause_days",
    "cost",
)
# What is missing counts as later than any. A buffer ends with its phase: one that is missing is
# less than any.
_LEAST = frozenset({"buffer_days"})


def ordered(values: NDArray[np.float64], measure: str) -> NDArray[np.float64]:
    """The values with an infinite one where one is missing, so that all can be compared."""
    return np.where(np.isnan(values), -np.inf if measure in _LEAST else np.inf, values)


def in_money(measures: Sequence[Measure], scenario: Scenario) -> list[Measure]:
    """The measures, of which costs are in the unit that the scenario gives them."""
    costs = scenario.to_dict()["world"].get("costs") or {}
    money = costs.get("unit") or "cost"
    return [
        (name, by, money if name == "cost" else unit, what) for name, by, unit, what in measures
    ]


def units(run: Run, by: str | None = None) -> dict[str, str]:
    """The unit of every measure of a breakdown, the main ones first."""
    known = {name: unit for name, of, unit, _ in run._measures if of == (by or "")}
    first = [name for name in MAIN if name in known]
    return {name: known[name] for name in dict.fromkeys([*first, *known])}
