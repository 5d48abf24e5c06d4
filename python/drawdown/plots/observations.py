"""Figure of observations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import say
from ..learn import observed_tables as tables
from ..learn.observations import Observations
from ..learn.summary import in_words, series
from .figure import BLUE, GREY, between, dates_below, from_zero, panels

# Days to which rates refer.
_PER = 30
# Of a standard normal, where its central 80 % end.
_EDGE = 1.2815515655446004
_UNSURE: Any = {"facecolor": "#cfe3f1", "edgecolor": BLUE, "hatch": "////", "lw": 0.4}
_BARS: dict[str, Any] = {
    "exact": {"facecolor": BLUE, "alpha": 0.75, "edgecolor": "white", "lw": 0.4},
    "at_most": {"facecolor": "none", "edgecolor": BLUE, "ls": "--", "lw": 1.0},
    **dict.fromkeys(tables.UNSURE, _UNSURE),
}
_NOBODY: Any = {"facecolor": GREY, "alpha": 0.18, "lw": 0}


def draw(observed: Observations, measure: str | None, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Observations.plot` describes; without a measure, of people alone."""
    counts, levels = observed.counts, observed.levels
    parts = series(counts[counts["measure"] == measure])
    events = observed.window is not None and measure in observed.measures
    names = [say("observed-one-by-one", measure=in_words(str(measure)))] if events else []
    names += [in_words(name) for name, _ in parts]
    names += [say("seen-people")] if len(levels) else []
    spans = [(part["from"].min(), part["to"].max()) for _, part in parts]
    if events and observed.window:
        spans.append((pd.Timestamp(observed.window[0]), pd.Timestamp(observed.window[1])))
    spans = spans or [(levels["date"].min(), levels["date"].max())]
    first = min(begin for begin, _ in spans)
    last = max(end for _, end in spans) + pd.Timedelta(days=1)
    title = say("observed-figure-people")
    if measure:
        title = say(f"observed-figure-{measure}", days=str(_PER))
    drawn: NDArray[Any]
    with panels(title, observed.origin_line, sheet, len(names), sharex=True) as drawn:
        own = iter(zip(drawn, names, strict=True))
        if events:
            _counts(*next(own), _by_month(observed, str(measure)), (first, last))
        for _, part in parts:
            _counts(*next(own), part, (first, last))
        if len(levels):
            _people(*next(own), levels)
        for ax in drawn:
            between(ax, first, last)
            dates_below(ax)
        _legend(drawn[0], [part for _, part in parts])
    return drawn


def _by_month(observed: Observations, measure: str) -> pd.DataFrame:
    """Events by month, those of the edges cut by the window."""
    # After what was counted over intervals besides.
    mine = observed.counted("month").counts.iloc[len(observed.counts) :]
    return mine[mine["measure"] == measure]


def _counts(ax: Axes, name: str, part: pd.DataFrame, ends: tuple[Any, Any]) -> None:
    """Intervals as bars of their length and rate."""
    part = part.sort_values("from")
    begin: Any = part["from"].to_numpy()
    end: Any = (part["to"] + pd.Timedelta(days=1)).to_numpy()
    bound = part["bound"].to_numpy(dtype=object)
    rate = part["count"].to_numpy(dtype=float) / ((end - begin) / np.timedelta64(1, "D")) * _PER
    for a, b, high, known in zip(begin, end, rate, bound, strict=True):
        if known != "missing":
            ax.bar(a, high, width=b - a, align="edge", **_BARS[str(known)])
    told = bound != "missing"
    edges: Any = np.array(ends, dtype="datetime64[s]")
    for a, b in zip([edges[0], *end[told]], [*begin[told], edges[1]], strict=True):
        if a < b:
            ax.axvspan(a, b, **_NOBODY)
    unsure = np.isin(bound, tables.UNSURE)
    middle = begin + (end - begin) / 2
    sigma = part["relative_error"].to_numpy(dtype=float)
    low, high = rate * np.exp(-_EDGE * sigma), rate * np.exp(_EDGE * sigma)
    ax.vlines(middle[unsure], low[unsure], high[unsure], color="black", lw=1)
    from_zero(ax, 1.08 * float(np.nanmax(np.where(unsure, high, rate), initial=0)))
    ax.set_title(name)


def _people(ax: Axes, name: str, levels: pd.DataFrame) -> None:
    """People at the dates at which somebody counted, by contingent."""
    levels = levels[levels["site"].isna()] if levels["site"].isna().any() else levels
    for who, part in levels.groupby(levels["contingent"].fillna(say("observed-all")), sort=True):
        at = part.pivot_table(index="date", columns=part["site"].fillna(""), values="people")
        people = at.ffill().sum(axis=1)
        ax.plot(people.index.to_numpy(), people.to_numpy(), "o-", ms=2.5, lw=1, label=str(who))
    from_zero(ax, 1.08 * float(ax.get_ylim()[1]))
    ax.set_title(name)
    ax.legend(loc="upper right")


def _legend(ax: Axes, parts: list[pd.DataFrame]) -> None:
    """What bars mean, where there are others than exact ones, above all of them."""
    there = {bound for part in parts for bound in part["bound"]}
    if not there - {"exact"}:
        return
    keys = {"exact": "exact", "about": "about", "at_most": "at-most"}
    marks = {bound: say(f"observed-bar-{key}") for bound, key in keys.items()}
    known = there | ({"about"} if there & set(tables.UNSURE) else set())
    handles = [Patch(**_BARS[one], label=said) for one, said in marks.items() if one in known]
    handles.append(Patch(**_NOBODY, label=say("observed-bar-nobody")))
    ax.legend(handles=handles, loc="upper right", ncols=len(handles))
    ax.set_ylim(0, 1.2 * ax.get_ylim()[1])
