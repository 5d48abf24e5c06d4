"""Means, and how surely they are known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import _core


def estimate(values: NDArray[np.float64], each: int = 1) -> dict[str, float]:
    """The mean of the values that are there, its standard error and its 95 % interval.

    Where `each` so many trials in a row share a parameter sample, they are not independent, and
    the error is that between samples (Liang & Zeger 1986, Biometrika 73:13).
    """
    return _core.estimate(np.asarray(values, dtype=float), each)
