"""Calendar days: those that are asked for, and those that days since the start fall on."""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def calendar(start: date, days: ArrayLike) -> NDArray[np.datetime64]:
    """The calendar day on which each instant falls, as datetime64[s]; NaT for NaN."""
    days = np.floor(np.asarray(days, dtype=float))
    missing = np.isnan(days)
    dates = np.datetime64(start, "D") + np.where(missing, 0, days).astype("timedelta64[D]")
    return np.where(missing, np.datetime64("NaT"), dates).astype("datetime64[s]")


def day(name: str, given: date | np.datetime64 | str) -> date:
    """The day that is given under `name`, a text as ``"2026-12-31"``.

    Raises
    ------
    ValueError
        If it is none.
    """
    wrong = f'`{name}` is a date such as "2026-12-31", not {given!r}'
    if not isinstance(given, (date, np.datetime64, str)):
        raise ValueError(wrong)
    try:
        stamp = pd.Timestamp(given)
    except ValueError as error:
        raise ValueError(wrong) from error
    if pd.isna(stamp):
        raise ValueError(wrong)
    return stamp.date()
