"""From days since the start of a scenario to calendar days."""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray


def calendar(start: date, days: ArrayLike) -> NDArray[np.datetime64]:
    """The calendar day on which each instant falls, as datetime64[s]; NaT for NaN."""
    days = np.floor(np.asarray(days, dtype=float))
    missing = np.isnan(days)
    dates = np.datetime64(start, "D") + np.where(missing, 0, days).astype("timedelta64[D]")
    return np.where(missing, np.datetime64("NaT"), dates).astype("datetime64[s]")
