"""Statistics of pairs: two plans, trial by trial under common random numbers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from ..runs.quantities import CHANCES, ordered
from ..stats.intervals import difference
from ..stats.means import estimate


def contrast(
    plan: NDArray[np.float64], baseline: NDArray[np.float64], measure: str, each: int = 1
) -> dict[str, float]:
    """The columns of `Comparison.table`, for one measure in the trials of two plans.

    That a plan does not differ from itself is known.
    """
    mean = estimate(plan)["mean"]
    itself = plan is baseline
    plan, baseline = _pairs(plan, baseline)
    apart = plan - baseline
    about = estimate(apart, each)
    if measure in CHANCES and apart.size and not itself:
        known = difference(apart, each)
        about |= {"low": known["low"], "high": known["high"]}
    return {
        "mean": mean,
        "difference": about.pop("mean"),
        **about,
        **shares(plan, baseline, measure),
        "pairs": int((~np.isnan(apart)).sum()),
    }


def shares(
    plan: NDArray[np.float64], baseline: NDArray[np.float64], measure: str
) -> dict[str, float]:
    """In which share of trials a plan has less, as much and more than the baseline.

    Of the trials in which the two can be compared: see `ordered`.
    """
    plan, baseline = ordered(plan, measure), ordered(baseline, measure)
    there = ~(np.isnan(plan) | np.isnan(baseline))
    plan, baseline = plan[there], baseline[there]
    sides = {"lower": plan < baseline, "equal": plan == baseline, "higher": plan > baseline}
    return {side: float(on.mean()) if on.size else math.nan for side, on in sides.items()}


def variances(
    plan: NDArray[np.float64], baseline: NDArray[np.float64], measure: str
) -> dict[str, float]:
    """The columns of `Comparison.variance_reduction`."""
    plan, baseline = _pairs(plan, baseline)
    equal = shares(plan, baseline, measure)["equal"]
    both = ~np.isnan(plan - baseline)
    plan, baseline = plan[both], baseline[both]
    paired, independent = _variance(plan - baseline), _variance(plan) + _variance(baseline)
    return {
        "paired_variance": paired,
        "independent_variance": independent,
        "ratio": paired / independent if independent > 0 else math.nan,
        "differ": 1 - equal,
        "pairs": int(both.sum()),
    }


def _pairs(
    plan: NDArray[np.float64], baseline: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The trials that both have: one may have been interrupted."""
    count = min(len(plan), len(baseline))
    return plan[:count], baseline[:count]


def _variance(values: NDArray[np.float64]) -> float:
    return float(values.var(ddof=1)) if values.size > 1 else math.nan
