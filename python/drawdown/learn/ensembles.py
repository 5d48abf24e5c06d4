"""Forecasts as samples: the table that all that forecasts writes, and what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .observed_tables import days_of

Array = NDArray[np.float64]

# What a forecast is about: columns of the table of forecasts that need not be there are set to
# these. `over` says what is made of the months from `from` to `to`.
KEYS = ("forecast", "origin", "target", "over", "horizon", "from", "to", "site", "threat")
NEEDED = ("target", "from", "to", "value")
_UNTOLD: dict[str, Any] = {
    "forecast": "forecast",
    "origin": pd.NaT,
    "over": "",  # by the days
    "horizon": 0,
    "site": "",
    "threat": "",
}
# What ties a forecast to what came.
SAME = ("target", "over", "from", "to", "site", "threat")
DATES = ("origin", "from", "to")
# What is made of the months up to a horizon: the count of the last of them, of all of them, and of
# the month that has most.
OVERS = ("month", "sum", "largest")


# What a forecast is about, with the columns `KEYS`, and its samples.
Rows = list[tuple[tuple[Any, ...], Array]]


class Ensembles(NamedTuple):
    """Forecasts, a row each, and the samples of each.

    Attributes
    ----------
    about : DataFrame
        What each is about, with the columns `KEYS`, and the index 0, 1, ...
    values : list of ndarray
        The samples of each row.
    """

    about: pd.DataFrame
    values: list[Array]

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Ensembles:
        """Those of a table with a row for each sample.

        Raises
        ------
        ValueError
            With all that is wrong with the table.
        """
        refuse(_wrong(frame, NEEDED, "forecasts"))
        full = _filled(frame)
        values = pd.to_numeric(full["value"]).to_numpy(float)
        places = full.groupby(list(KEYS), sort=False, dropna=False, observed=True).ngroup()
        found = places.to_numpy()
        order = np.argsort(found, kind="stable")
        starts = np.flatnonzero(np.diff(found[order], prepend=-1))
        about = full.iloc[order[starts]][list(KEYS)].reset_index(drop=True)
        return cls(about, np.split(values[order], starts[1:]))

    @classmethod
    def joined(cls, rows: Rows) -> Ensembles:
        """Those of what `of_paths` gives."""
        about = pd.DataFrame([about for about, _ in rows], columns=list(KEYS))
        return cls(about, [values for _, values in rows])

    def frame(self) -> pd.DataFrame:
        """A row for each sample, as `of` takes them."""
        sizes = [len(values) for values in self.values]
        rows = self.about.loc[self.about.index.repeat(sizes)].reset_index(drop=True)
        for name in ("forecast", "target", "over", "site", "threat"):
            rows[name] = rows[name].astype("category")
        numbers = [np.arange(size) for size in sizes]
        rows["sample"] = np.concatenate(numbers) if numbers else np.array([], dtype=int)
        rows["value"] = np.concatenate(self.values) if self.values else np.array([], dtype=float)
        return rows

    def some(self, chosen: Any) -> Ensembles:
        """Those of some rows, by a mask or by places."""
        places = np.arange(len(self.about))[np.asarray(chosen)]
        about = self.about.iloc[places].reset_index(drop=True)
        return Ensembles(about, [self.values[k] for k in places])


def of_paths(
    paths: Array,
    name: str,
    target: str,
    months: pd.PeriodIndex,
    horizons: Iterable[int],
    origin: date | None = None,
) -> Rows:
    """Forecasts from sampled months: by horizon the last month, the sum and the largest.

    Parameters
    ----------
    paths : ndarray
        Of shape ``(samples, months)``.
    name, target : str
        Who forecasts, and what.
    months : PeriodIndex
        The months (or weeks, or years) of the columns.
    horizons : iterable of int
        How many months ahead.
    origin : date, optional
        The last day that is known; left out, the day before the months.
    """
    begins, ends = starts_of(months), ends_of(months)
    known = begins[0] - pd.Timedelta(days=1) if origin is None else pd.Timestamp(origin)
    found: Rows = []
    for ahead in horizons:
        so_far = paths[:, :ahead]
        each = (so_far[:, -1].copy(), so_far.sum(axis=1), so_far.max(axis=1))
        for over, values in zip(OVERS, each, strict=True):
            first = begins[ahead - 1] if over == "month" else begins[0]
            about = (name, known, target, over, ahead, first, ends[ahead - 1], "", "")
            found.append((about, values))
    return found


def starts_of(periods: pd.PeriodIndex) -> pd.DatetimeIndex:
    """The first days of months, weeks or years."""
    return periods.to_timestamp(how="start").as_unit("s")


def ends_of(periods: pd.PeriodIndex) -> pd.DatetimeIndex:
    """The last days of months, weeks or years."""
    return periods.to_timestamp(how="end").floor("D").as_unit("s")


def observed_table(frame: pd.DataFrame) -> pd.DataFrame:
    """What came, a row each: `SAME`, ``observed``, ``low`` and ``high``.

    Raises
    ------
    ValueError
        With all that is wrong with the table.
    """
    problems = _wrong(frame, ("target", "from", "to", "observed"), "observed values")
    refuse(problems)
    full = _filled(frame)
    for name in ("observed", "low", "high"):
        given = full[name] if name in full else full["observed"]
        full[name] = pd.to_numeric(given).astype(float)
    full["low"] = full["low"].fillna(full["observed"])
    full["high"] = full["high"].fillna(full["observed"])
    for row in full.index[(full["low"] > full["observed"]) | (full["high"] < full["observed"])]:
        low, value, high = (full.loc[row, name] for name in ("low", "observed", "high"))
        problems.append(
            f"observed values, row {row}: {low:g} <= {value:g} <= {high:g} does not hold; give "
            f"`low` and `high` on either side of `observed`"
        )
    told = list(SAME) if "over" in frame else [name for name in SAME if name != "over"]
    for row in full.index[full.duplicated(told)]:
        at = full.loc[row]
        problems.append(
            f"observed values, row {row}: {at['target']} from {at['from']:%Y-%m-%d} to "
            f"{at['to']:%Y-%m-%d} stands there twice; keep one"
        )
    refuse(problems)
    return full[[*told, "observed", "low", "high"]]


def refuse(problems: Sequence[str]) -> None:
    """Refuse what has problems, with all of them.

    Raises
    ------
    ValueError
        If there are any.
    """
    if problems:
        shown = [*problems[:10], *([f"and {len(problems) - 10} more"] if problems[10:] else [])]
        raise ValueError("\n".join(shown))


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """With all columns, and dates as dates."""
    full = frame.reset_index(drop=True) if not frame.index.is_unique else frame.copy()
    for name, untold in _UNTOLD.items():
        if name not in full:
            full[name] = untold
        elif name in ("site", "threat"):
            full[name] = full[name].astype(object).where(full[name].notna(), "")
    for name in DATES:
        full[name] = days_of(full[name])
    if "over" not in frame:
        months = [full[name].dt.to_period("M") for name in ("from", "to")]
        full["over"] = np.where(months[0] == months[1], "month", "sum")
    return full


def _wrong(frame: Any, needed: Sequence[str], what: str) -> list[str]:
    """What is wrong with a table whatever it holds."""
    if not isinstance(frame, pd.DataFrame):
        return [f"{what} are a DataFrame with {', '.join(needed)}, not a {type(frame).__name__}"]
    lacking = [name for name in needed if name not in frame]
    if lacking:
        return [
            f"{what}: there is no column {', '.join(lacking)}; give "
            f"{', '.join(needed)} (there are {', '.join(map(str, frame.columns))})"
        ]
    if not frame.index.is_unique:
        frame = frame.reset_index(drop=True)
    problems = [] if len(frame) else [f"{what}: the table has no row"]
    for name in (one for one in DATES if one in frame):
        dates = days_of(frame[name])
        bad = frame.index[dates.isna() & (frame[name].notna() | (name != "origin"))]
        problems += [
            f"{what}, row {row}: `{name}` is no date but {frame[name][row]!r}; "
            f'write it as "2024-09-30"'
            for row in bad
        ]
    value = needed[-1]
    numbers = pd.to_numeric(frame[value], errors="coerce").astype(float)
    # What came may be missing; then the forecast waits.
    missing = frame[value].isna() if value == "observed" else False
    bad = frame.index[~np.isfinite(numbers) & ~np.asarray(missing)]
    problems += [
        f"{what}, row {row}: `{value}` is no number but {frame[value][row]!r}; give a number"
        for row in bad
    ]
    if not problems:
        begins, ends = (days_of(frame[name]) for name in ("from", "to"))
        problems += [
            f"{what}, row {row}: it ends on {ends[row]:%Y-%m-%d}, before it begins on "
            f"{begins[row]:%Y-%m-%d}; exchange `from` and `to`"
            for row in frame.index[begins > ends]
        ]
    return problems
