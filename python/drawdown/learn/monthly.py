"""Events and counts over intervals, as counts over months and other spans."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from . import observed_tables as tables

Every = Literal["month", "week", "day"]
# Bounds of which no number of a month follows.
_UNKNOWN = {"missing", "at_most"}


def check(every: str) -> None:
    """Refuse what is no length of a span.

    Raises
    ------
    ValueError
        If it is none.
    """
    if every not in get_args(Every):
        raise ValueError(f"`every` is one of {', '.join(get_args(Every))}, not {every!r}")


def spans(window: tuple[date, date], every: str) -> pd.DataFrame:
    """The months, weeks or days of a window, cut to it: first and last day of each.

    Weeks are seven days each, from the first day of the window on.
    """
    first, last = (pd.Timestamp(end) for end in window)
    if every == "month":
        begins = pd.date_range(first.replace(day=1), last, freq="MS")
    else:
        check(every)
        begins = pd.date_range(first, last, freq="7D" if every == "week" else "D")
    ends = (begins[1:] - pd.Timedelta(days=1)).append(pd.DatetimeIndex([last]))
    begins = begins.where(begins > first, first)
    return pd.DataFrame({"from": begins, "to": ends}).astype("datetime64[s]")


def counted(events: pd.DataFrame, over: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Events as counts over spans that follow one another and hold them all.

    They are exact, but where an event is known to several days of which some lie beyond the spans:
    the number is about so many, and its error the root mean square of what may lie beyond, with all
    days of an event alike. Where the number of wounded or killed of an event is not told, that of
    its span is missing.
    """
    attacks = events["kind"].isin(tables.ATTACKS)
    mine = events[events["kind"] == "strike"] if measure == "strikes" else events[attacks]
    column = "count" if measure in ("attacks", "strikes") else measure
    values = mine[column].astype("float64").to_numpy()
    place = np.searchsorted(over["from"].to_numpy(), mine["date"].to_numpy(), side="right") - 1
    # A number that is not told makes the sum NaN.
    sums = np.bincount(place, weights=values, minlength=len(over)).astype(float)
    found = over.assign(measure=measure, count=sums)
    found["bound"] = np.where(np.isnan(sums), "missing", "exact")
    beyond = _share_beyond(mine, over)
    variance = np.bincount(place, weights=values**2 * beyond, minlength=len(over))
    unsure = (variance > 0) & (sums > 0)
    found["bound"] = found["bound"].mask(unsure, "about")
    found["relative_error"] = np.where(
        unsure, np.sqrt(variance) / np.where(unsure, sums, 1), np.nan
    )
    for name in ("threat", "source"):
        found[name] = pd.NA
    perhaps = np.bincount(place, weights=beyond > 0, minlength=len(over))
    found["note"] = [
        f"{number:.0f} of the events may lie beyond the window" if number else pd.NA
        for number in perhaps
    ]
    found["site"] = pd.Series([()] * len(found), found.index, dtype="object")
    return found.astype(tables.COUNTS)[list(tables.COUNTS)]


def _share_beyond(events: pd.DataFrame, over: pd.DataFrame) -> Any:
    """Of the days on which an event may have been, the share that lies beyond all spans."""
    if events.empty:
        return np.zeros(0)
    begin, end = days_of(events)
    inside = end.clip(upper=over["to"].iloc[-1]) - begin.clip(lower=over["from"].iloc[0])
    return 1 - ((inside.dt.days + 1) / ((end - begin).dt.days + 1)).to_numpy(float)


def days_of(events: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The first and the last day on which each event may have been: its date, if nobody tells."""
    if not {"date_from", "date_to"} <= set(events.columns):
        return events["date"], events["date"]
    begin, end = (
        pd.to_datetime(events[name], errors="coerce").fillna(events["date"])
        for name in ("date_from", "date_to")
    )
    return begin, end


def of_theirs(counts: pd.DataFrame, threat: str | None, site: tuple[str, ...]) -> pd.DataFrame:
    """The counts as those of a threat or all, on some sites or all."""
    found = counts.assign(threat=pd.Series([threat] * len(counts), counts.index, dtype="string"))
    found["site"] = pd.Series([site] * len(found), found.index, dtype="object")
    return found


def months(
    counts: pd.DataFrame, threat: str | None, sites: tuple[str, ...], spread: bool
) -> pd.DataFrame:
    """What is known of months (``value``, ``interpolated``) by a threat or any, on sites or any.

    Where all is told, that counts; else the sum of the parts, of intervals that all parts tell of.
    """
    mine = counts["threat"].isna() if threat is None else counts["threat"] == threat
    there = counts["site"].map(lambda one: one == sites).astype(bool)
    inside = counts["site"].map(lambda one: not sites or (bool(one) and set(one) <= set(sites)))
    wanted = inside.astype(bool) & (True if threat is None else counts["threat"] == threat)
    whole = counts[mine & there]
    parts = _together(counts[wanted & ~(mine & there)])
    told = [
        bool(((whole["from"] <= end) & (whole["to"] >= begin)).any())
        for begin, end in zip(parts["from"], parts["to"], strict=True)
    ]
    parts = parts[~np.array(told, dtype=bool)]
    return _known(pd.concat([whole[list(parts)], parts]) if len(parts) else whole, spread)


def _together(parts: pd.DataFrame) -> pd.DataFrame:
    """The sums of series that have nothing in common, over intervals that all of them tell of."""
    columns = ["from", "to", "count", "bound"]
    series = list(parts.groupby([parts["threat"].fillna(""), parts["site"]], sort=False))
    if not series or not all(_apart(a, b) for (a, _), (b, _) in combinations(series, 2)):
        return parts.iloc[:0][columns]
    parts = parts.assign(unknown=parts["bound"].isin(list(_UNKNOWN)).to_numpy(dtype=bool))
    found = parts.groupby(["from", "to"]).agg(
        series=("count", "size"), count=("count", "sum"), unknown=("unknown", "any")
    )
    found = found[found["series"] == len(series)].reset_index()
    bound = pd.Series("about", found.index, dtype="string").mask(found["unknown"], "missing")
    return found.assign(bound=bound)[columns]


def as_series(known: pd.DataFrame, measure: str) -> pd.Series[float]:
    """Months from the first that is known to the last; NaN between, where one is not."""
    known = known.sort_index()
    index = pd.PeriodIndex([], freq="M")
    if len(known):
        index = pd.period_range(known.index[0], known.index[-1], freq="M")
    found = known["value"].reindex(index).rename(measure).rename_axis("month").astype("float64")
    guessed = known.index[known["interpolated"].to_numpy(dtype=bool)]
    found.attrs = {"interpolated": [str(month) for month in guessed]}
    return found


def _apart(one: Any, other: Any) -> bool:
    """Whether nothing can be in two series: of two threats, or on sites that are apart."""
    threats = bool(one[0]) and bool(other[0]) and one[0] != other[0]
    return threats or (bool(one[1]) and bool(other[1]) and not set(one[1]) & set(other[1]))


def _known(counts: pd.DataFrame, spread: bool) -> pd.DataFrame:
    """The months that intervals of one series fill, all of them known."""
    rows = []
    for begin, end, count, bound in zip(
        counts["from"], counts["to"], counts["count"], counts["bound"], strict=True
    ):
        days = (end - begin).days + 1
        for month in pd.period_range(begin, end, freq="M"):
            first, last = max(begin, month.start_time), min(end, month.end_time.floor("D"))
            inside = (last - first).days + 1
            told = bound not in _UNKNOWN and (spread or inside == days)
            rows.append((month, inside, count * inside / days, told, inside < days))
    pieces = pd.DataFrame(rows, columns=["month", "days", "value", "told", "interpolated"])
    found = pieces.groupby("month").agg(
        {"days": "sum", "value": "sum", "told": "all", "interpolated": "any"}
    )
    found.index = pd.PeriodIndex(found.index, freq="M")
    full = found["days"].to_numpy() == found.index.days_in_month.to_numpy()
    known: pd.DataFrame = found.loc[full & found["told"].to_numpy(dtype=bool)]
    return known[["value", "interpolated"]]
