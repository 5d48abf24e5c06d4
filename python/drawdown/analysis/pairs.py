"""Statistics of pairs: two plans, trial by trial under common random numbers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .. import _core


def contrast(
    plan: NDArray[np.float64], baseline: NDArray[np.float64], measure: str, each: int = 1
) -> dict[str, float]:
    """The columns of `Comparison.table`, for one measure in the trials of two plans.

    That a plan does not differ from itself is known.
    """
    return _core.paired(measure, plan, None if plan is baseline else baseline, each)


def variances(
    plan: NDArray[np.float64], baseline: NDArray[np.float64], measure: str
) -> dict[str, float]:
    """The columns of `Comparison.variance_reduction`."""
    plan, baseline = _pairs(plan, baseline)
    equal = _core.paired(measure, plan, baseline, 1)["equal"]
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
