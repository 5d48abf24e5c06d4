"""Means, and how surely they are known."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .intervals import NORMAL_95


def estimate(values: NDArray[np.float64], each: int = 1) -> dict[str, float]:
    """The mean of the values that are there, its standard error and its 95 % interval.

    Where `each` so many trials in a row share a draw of the world, they are not independent, and
    the error is that between draws (Liang & Zeger 1986, Biometrika 73:13).
    """
    there = ~np.isnan(values)
    count = int(there.sum())
    mean = float(values[there].mean()) if count else math.nan
    apart = np.where(there, values - mean, 0)
    if each > 1:
        apart = np.add.reduceat(apart, np.arange(0, len(values), each)) if count else apart
        units = len(apart)
    else:
        units = count
    error = math.nan
    if count > 1 and units > 1:
        error = math.sqrt(float((apart**2).sum()) * units / (units - 1)) / count
    reach = NORMAL_95 * error
    return {"mean": mean, "standard_error": error, "low": mean - reach, "high": mean + reach}
