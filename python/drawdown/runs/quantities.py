"""What plans are judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..scenario.scenario import Scenario
from .backend import Measure

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
# These are 1 in a trial in which something was so, else 0: their means are chances.
CHANCES = frozenset(_core.chance_measures())

# What it means that a measure has no value in a trial, as the core says: "later" than any, "less",
# or "unknown". All that compares, counts or averages asks `ordered` and `expected`, which know;
# tables of means over the trials that have a value say how many have none.
_MISSING = _core.missing_values()
_BEYOND = {"later": np.inf, "less": -np.inf}
# Those that are moments, in days from the start: they can be held against a date. A slip is a span.
MOMENTS = frozenset(name for name, what in _MISSING.items() if what == "later") - {"slip_days"}
# Of these more is better; of all others, less.
MORE_IS_BETTER = frozenset({"buffer_days", "buffer_met", "expelled_days", "reentry_days"})
# Of these it is said everywhere that an expected value counts them as reached at the horizon.
AT_HORIZON = frozenset({"finish_days"})


def ordered(values: NDArray[np.float64], measure: str) -> NDArray[np.float64]:
    """The values with an infinite one where that is what missing means, to be compared.

    Where a missing value is neither more nor less than others it stays missing.
    """
    beyond = _BEYOND.get(_MISSING.get(measure, "unknown"), np.nan)
    return np.where(np.isnan(values), beyond, values)


def comparable(
    values: NDArray[np.float64], measure: str, histories: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """As `ordered`; `histories` have each value, or one has.

    Raises
    ------
    Unknown
        If a missing value is neither more nor less than others.
    """
    found = ordered(values, measure)
    _none_missing(
        found,
        measure,
        "there is nothing to compare: leave out plans in which nobody leaves, such as `stay`",
        histories,
    )
    return found


def expected(values: NDArray[np.float64], measure: str, horizon: float) -> NDArray[np.float64]:
    """The values to take a mean of: a finish that is not reached counts as at the horizon (days).

    Raises
    ------
    Unknown
        If others are missing, so that the mean is not known.
    """
    found = np.where(np.isnan(values), horizon, values) if measure in AT_HORIZON else values
    remedy = (
        f"ask for a chance, such as '{measure} > 30'"
        if _MISSING.get(measure) in _BEYOND
        else "leave out plans in which nobody leaves, such as `stay`"
    )
    _none_missing(found, measure, f"its mean is not known: {remedy}")
    return found


class Unknown(ValueError):
    """Something is missing, and there is nothing that it counts as."""


def _none_missing(
    values: NDArray[np.float64],
    measure: str,
    otherwise: str,
    histories: NDArray[np.int64] | None = None,
) -> None:
    unknown = np.isnan(values)
    if unknown.any():
        share = np.average(unknown, weights=histories)
        raise Unknown(f"`{measure}` has no value in {share:.1%} of histories, so that {otherwise}")


def in_money(measures: Sequence[Measure], scenario: Scenario) -> list[Measure]:
    """The measures, of which costs are in the unit that the scenario gives them."""
    costs: Mapping[str, Any] = scenario.to_dict()["world"].get("costs") or {}
    money = costs.get("unit") or "cost"
    return [
        (name, by, money if name == "cost" else unit, what) for name, by, unit, what in measures
    ]
