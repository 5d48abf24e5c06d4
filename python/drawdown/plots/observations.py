"""Figure of observations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..learn import observed_tables as tables
from ..learn.observations import Observations
from ..learn.summary import series
from .figure import BLUE, GREY, between, dates_below, from_zero, panels

# Days to which rates refer.
_PER = 30
# Of a standard normal, where its central 80 % end.
_EDGE = 1.2815515655446004
_HATCH = "////"


def draw(observed: Observations, measure: str, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Observations.plot` describes."""
    if measure not in tables.MEASURES:
        said = tables.hint(measure, tables.MEASURES)
        raise ValueError(f"there is no measure {measure!r}: {said}")
    counts, levels = observed.counts, observed.levels
    parts = series(counts[counts["measure"] == measure])
    events = observed.window is not None and measure in observed.measures
    if not parts and not events:
        raise ValueError(f"no {measure} were observed, over intervals or one by one")
    names = [f"{measure}, one by one"] if events else []
    names += [name for name, _ in parts] + (["people"] if len(levels) else [])
    first, last = _ends(observed, [part for _, part in parts], events)
    title = f"{measure.capitalize()} observed, for {_PER} days"
    drawn: NDArray[Any]
    with panels(title, observed.origin_line, sheet, len(names), legend=0.3, sharex=True) as drawn:
        own = iter(zip(drawn, names, strict=True))
        if events:
            _events(*next(own), observed, measure)
        for _, part in parts:
            _counts(*next(own), part)
        if len(levels):
            _people(*next(own), levels, last)
        for ax in drawn:
            between(ax, first, last)
            dates_below(ax)
        _legend(drawn[0], [part for _, part in parts])
    return drawn


def _ends(observed: Observations, parts: list[pd.DataFrame], events: bool) -> tuple[Any, Any]:
    """The first day that is drawn, and the day after the last."""
    days = [(part["from"].min(), part["to"].max()) for part in parts]
    if events and observed.window:
        days.append(tuple(map(pd.Timestamp, observed.window)))  # type: ignore[arg-type]
    return min(a for a, _ in days), max(b for _, b in days) + pd.Timedelta(days=1)


def _events(ax: Axes, name: str, observed: Observations, measure: str) -> None:
    """Events by month, those of the edges cut by the window."""
    found = observed.since(observed.window[0]).counted("month").counts  # type: ignore[index]
    # Not what was counted over intervals besides.
    mine = found.iloc[len(observed.counts) :]
    _counts(ax, name, mine[mine["measure"] == measure])


def _counts(ax: Axes, name: str, part: pd.DataFrame) -> None:
    """Intervals as bars of their length and rate."""
    begin: Any = part["from"].to_numpy()
    end: Any = (part["to"] + pd.Timedelta(days=1)).to_numpy()
    days = (end - begin) / np.timedelta64(1, "D")
    rate = part["count"].to_numpy(dtype=float) / days * _PER
    bound = part["bound"].to_numpy(dtype=object)
    for a, b, high, known in zip(begin, end, rate, bound, strict=True):
        if known == "missing":
            ax.axvspan(a, b, color=GREY, alpha=0.18, lw=0)
            continue
        style: Any = {"facecolor": BLUE, "alpha": 0.75, "edgecolor": "white", "lw": 0.4}
        if known == "at_most":
            style = {"facecolor": "none", "edgecolor": BLUE, "ls": "--", "lw": 1.0}
        elif known in tables.UNSURE:
            style = {"facecolor": "#cfe3f1", "edgecolor": BLUE, "hatch": _HATCH, "lw": 0.4}
        ax.bar(a, high, width=b - a, align="edge", **style)
    unsure = np.isin(bound, tables.UNSURE)
    middle = begin + (end - begin) / 2
    sigma = part["relative_error"].to_numpy(dtype=float)
    low, high = rate * np.exp(-_EDGE * sigma), rate * np.exp(_EDGE * sigma)
    ax.vlines(middle[unsure], low[unsure], high[unsure], color="black", lw=1)
    top = np.where(unsure, high, rate)
    from_zero(ax, 1.08 * float(np.nanmax(top, initial=0)))
    ax.set_title(name)


def _people(ax: Axes, name: str, levels: pd.DataFrame, last: Any) -> None:
    """People at the dates at which somebody counted, by contingent."""
    levels = levels[levels["site"].isna()] if levels["site"].isna().any() else levels
    for who, part in levels.groupby(levels["contingent"].fillna("all"), sort=True):
        at = part.pivot_table(index="date", columns=part["site"].fillna(""), values="people")
        people = at.ffill().sum(axis=1)
        ax.plot(people.index.to_numpy(), people.to_numpy(), "o-", ms=2.5, lw=1, label=str(who))
    from_zero(ax, 1.08 * float(ax.get_ylim()[1]))
    ax.set_title(name)
    ax.legend(loc="upper right")


def _legend(ax: Axes, parts: list[pd.DataFrame]) -> None:
    """What bars mean, where there are others than exact ones."""
    there = {bound for part in parts for bound in part["bound"]}
    marks = [
        ("exact", Patch(facecolor=BLUE, alpha=0.75, label="exact")),
        (
            "about",
            Patch(facecolor="#cfe3f1", edgecolor=BLUE, hatch=_HATCH, label="about (line: 80 %)"),
        ),
        ("at_most", Patch(facecolor="none", edgecolor=BLUE, ls="--", label="at most")),
        ("missing", Patch(facecolor=GREY, alpha=0.18, label="nobody counted")),
    ]
    there = {"about" if bound in tables.UNSURE else bound for bound in there}
    if there - {"exact"}:
        handles = [mark for bound, mark in marks if bound in there]
        ax.legend(handles=handles, loc="upper right", ncols=len(handles))
