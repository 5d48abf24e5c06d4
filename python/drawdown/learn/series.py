"""Series by month (or week, or year) that are forecast."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .ensembles import ends_of, refuse, starts_of
from .sources import spans

# A year, a month and perhaps a day: in this order there is one way to read them.
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
# The fewest values that something is learned from.
LEAST = 12


def regular(series: Any, name: str = "series", least: int = LEAST) -> pd.Series[float]:
    """A series with a value for every month from its first to its last, missing where unknown.

    Parameters
    ----------
    series : Series
        Numbers by month: a PeriodIndex, dates of which each is in another month, or texts such as
        ``"2024-09"``. A PeriodIndex of weeks, quarters or years stays what it is.
    name : str
        What it is called, for a refusal.
    least : int
        The fewest values that it may have.

    Raises
    ------
    ValueError
        With all that is wrong with it.
    """
    if not isinstance(series, pd.Series):
        raise TypeError(f"`{name}` is a Series of numbers by month, not a {type(series).__name__}")
    problems = []
    months = _periods(series.index)
    if months is None or months.hasnans:
        problems.append(
            f'`{name}`: its index is no month; give it a PeriodIndex, or texts such as "2024-09"'
        )
    else:
        twice = months[months.duplicated()].unique()
        problems += [f"`{name}`, {month}: there are several values; keep one" for month in twice]
        if not (months.is_monotonic_increasing or len(twice)):
            problems.append(f"`{name}`: months go back in time; sort it")
    values = pd.to_numeric(series, errors="coerce").astype(float)
    numbers = values.to_numpy()
    wrong = np.isinf(numbers) | (np.isnan(numbers) & series.notna().to_numpy())
    labels = list(series.index)
    problems += [
        f"`{name}`, {labels[k]}: {series.iloc[k]!r} is no number; give one, or leave it missing"
        for k in np.flatnonzero(wrong).tolist()
    ]
    problems += [
        f"`{name}`, {labels[k]}: {numbers[k]:g} is below 0, and counts are not; correct it"
        for k in np.flatnonzero(numbers < 0).tolist()
    ]
    if not problems and np.isfinite(numbers).sum() < least:
        problems.append(
            f"`{name}`: {np.isfinite(numbers).sum()} values, and nothing can be learned of fewer "
            f"than {least}; give a longer series"
        )
    refuse(problems)
    assert months is not None
    values.index = months
    whole = pd.period_range(months[0], months[-1], freq=months.freq)
    return values.reindex(whole)


def months_of(series: pd.Series[float]) -> pd.PeriodIndex:
    """The months of a series that is `regular`."""
    index = series.index
    assert isinstance(index, pd.PeriodIndex)
    return index


def outcomes(series: pd.Series[float], horizons: Iterable[int], target: str) -> pd.DataFrame:
    """What came: of each month, and of as many as each horizon spans their sum and the largest."""
    begins, ends = starts_of(months_of(series)), ends_of(months_of(series))
    parts = [
        pd.DataFrame({"over": "month", "from": begins, "to": ends, "observed": series.to_numpy()})
    ]
    for ahead in horizons:
        if len(series) < ahead:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(series.to_numpy(), ahead)
        for over, values in (("sum", windows.sum(axis=1)), ("largest", windows.max(axis=1))):
            about = {"over": over, "from": begins[: len(values)], "to": ends[ahead - 1 :]}
            parts.append(pd.DataFrame(about | {"observed": values}))
    found = pd.concat(parts, ignore_index=True).dropna(subset="observed")
    found.insert(0, "target", target)
    exact = {"low": found["observed"], "high": found["observed"]}
    return found.assign(**exact).reset_index(drop=True)


def _periods(index: pd.Index[Any]) -> pd.PeriodIndex | None:
    if isinstance(index, pd.PeriodIndex):
        return index
    if isinstance(index, pd.DatetimeIndex):
        return index.tz_localize(None).to_period("M")
    if pd.api.types.is_numeric_dtype(index) or index.nlevels > 1:
        return None
    # Never guessed: "02/01/2024" is another month on either side of an ocean.
    cells = [_slashed(one) for one in index]
    if any(isinstance(one, tuple) for one in cells):
        return None
    span = spans(pd.Series(cells, dtype=object))
    if span.isna().to_numpy().any():
        return None
    first, last = (pd.DatetimeIndex(span[end]).to_period("M") for end in ("from", "to"))
    return first if first.equals(last) else None


def _slashed(cell: Any) -> Any:
    """A year and a month however they are divided, as ``"2024-09"``; a zone is left out."""
    if isinstance(cell, str) and (found := _YEAR_FIRST.fullmatch(cell.strip())):
        return "-".join([found[1], *(part.zfill(2) for part in found.groups()[1:] if part)])
    return cell.tz_localize(None) if isinstance(cell, pd.Timestamp) else cell
