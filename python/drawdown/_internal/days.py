"""Calendar days: those that are asked for, and those that days since the start fall on."""

import re
from datetime import date, datetime, time

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# A day, in the ways that it can be given; `day` makes one of it.
Day = date | np.datetime64 | str


def calendar(start: date, days: ArrayLike) -> NDArray[np.datetime64]:
    """The calendar day on which each instant falls, as datetime64[s]; NaT for NaN."""
    days = np.floor(np.asarray(days, dtype=float))
    missing = np.isnan(days)
    dates = np.datetime64(start, "D") + np.where(missing, 0, days).astype("timedelta64[D]")
    return np.where(missing, np.datetime64("NaT"), dates).astype("datetime64[s]")


def day(name: str, given: Day) -> date:
    """The day that is given under `name`.

    Parameters
    ----------
    name : str
        Where it is given, for a refusal.
    given : date, datetime, Timestamp, datetime64 or str
        Without a time of day; a text as ``"2026-12-31"`` and in no other form, since others can be
        read in two ways.

    Raises
    ------
    ValueError
        If it is none.
    """
    if isinstance(given, str):
        found = _written(given)
    elif isinstance(given, np.datetime64):
        # A month or a week is not a day of it; what is finer may have a time of day.
        coarse = np.datetime_data(given)[0] in ("Y", "M", "W", "generic")
        found = None if coarse or np.isnat(given) else _of_day(given)
    elif isinstance(given, datetime):
        # pandas' NaT is a datetime, and alone not equal to itself.
        timed = given != given or given.time() != time()
        found = None if timed else given.date()
    else:
        found = given if isinstance(given, date) else None
    if found is None:
        raise ValueError(f'`{name}` is a date such as "2026-12-31", not {_shown(given)}')
    return found


def _written(text: str) -> date | None:
    """The day of an ISO text."""
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _of_day(given: np.datetime64) -> date | None:
    """The day of an instant that has no time of day, if there is such a day."""
    whole = given.astype("datetime64[D]")
    found = whole.item()
    return found if whole == given and isinstance(found, date) else None


def _shown(given: object) -> str:
    return str(given) if isinstance(given, (datetime, np.datetime64)) else repr(given)
