"""Figures of a date and a ceiling that are to be kept together."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from .._internal.days import Day, calendar
from .._internal.sheet import Sheet
from .._internal.tables import number, plain
from ..analysis.minimum_allowance import MinimumAllowance
from ..languages.figures import localised
from ..languages.speech import said_or, say
from ..runs.criterion import kept_date, kept_most
from ..runs.run import Run
from .figure import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    VERMILION,
    dates_below,
    legend_above,
    panels,
)
from .ticks import counts_along

_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
# Dots of more trials than these hide each other.
_DOTS = 4_000


def draw(room: MinimumAllowance, sheet: Sheet) -> Axes:
    """The figure that `MinimumAllowance.plot` describes."""
    table, aims = room.table, room.aims
    above = aims.ceiling.otherwise.words(number)
    note = f"{room.origin_line} · {say('room-marks')}"
    drawn: Axes
    with panels(say("room-figure"), note, sheet, 1) as (drawn,):
        days = table.index.to_numpy(float)
        for name, colour, label, asked in [
            ("in_time", BLUE, aims.in_time.words(), aims.confidence),
            ("above", VERMILION, above, aims.risk),
        ]:
            low, high = table[f"{name}_low"], table[f"{name}_high"]
            drawn.fill_between(days, low, high, color=colour, alpha=0.2, lw=0)
            drawn.plot(days, table[name], "o-", color=colour, ms=3.5, label=label)
            drawn.axhline(asked, color=colour, ls="--", lw=1)
        if room.days is not None:
            label = say("room-minimum", days=plain(room.days))
            drawn.axvline(room.days, color=GREEN, lw=1.2, label=label)
        elif room.status == "impossible":
            drawn.plot([], [], " ", label=say("room-nothing"))
        drawn.set(
            xlabel=say(f"room-axis-{room.lever}"), ylabel=say("room-axis-chance"), ylim=(0, 1)
        )
        drawn.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        legend_above(drawn)
    return drawn


def joint(run: Run, finish: Day, ceiling: float | str, measure: str, sheet: Sheet) -> Axes:
    """The figure that `Plots.joint` describes."""
    run._need_trials("plot.joint")
    in_time, below = kept_date(finish), kept_most(ceiling, measure)
    last_day, most = in_time.level, below.level
    if not isinstance(last_day, date) or not isinstance(most, float):
        raise ValueError("a date and a number are drawn: give `finish` and `most` as such")
    days, harm = in_time.quantity.recorded(run), below.ordered(run)
    # Of a part of the theatre, or of a measure that has no name there, it is as it is asked for.
    name = said_or(f"measure-{below.quantity}", below.quantity.words()).replace("_", " ")
    title = say("joint-figure", measure=name)
    drawn: Axes
    done = ~np.isnan(days)
    shown, never = np.flatnonzero(done)[:_DOTS], int((~done).sum())
    few = f" · {say('joint-dots', dots=_DOTS)}" if shown.size < done.sum() else ""
    with panels(title, run.origin_line + few, sheet, 1, height=4.4) as (drawn,):
        dates = calendar(run.scenario.start, days[shown])
        dots: Any = {"color": GREY, "ms": 3, "alpha": 0.35, "mec": "none", "rasterized": True}
        drawn.plot(dates, harm[shown], ".", **dots)
        first, last = drawn.get_xlim()
        drawn.set_ylim(0, max(_most(harm), 1.15 * most, 1))
        deadline: Any = last_day  # the types of matplotlib know no dates
        drawn.axvline(deadline, color=BLUE, lw=1.2)
        drawn.axhline(most, color=VERMILION, lw=1.2)
        for share, style in ((0.5, ":"), (0.8, "-")):
            x, y = frontier(days, harm, share)
            label = say("joint-both", share=localised(f"{100 * share:.0f} %"))
            drawn.plot(calendar(run.scenario.start, x), y, style, color=BLACK, lw=1.3, label=label)
        drawn.set_xlim(first, last)
        if never:
            label = say("joint-never", never=never, trials=days.size)
            drawn.plot([], [], " ", label=label)
        _quarters(drawn, in_time.holds(run), below.holds(run))
        whose = f"{in_time.by} {in_time.id}"
        end = say("joint-end", whose=whose) if in_time.by else say("end-of-last-phase")
        drawn.set(xlabel=end, ylabel=say("axis-upto", unit=name))
        dates_below(drawn)
        counts_along(drawn.yaxis)
        legend_above(drawn)
    return drawn


def frontier(
    days: NDArray[np.float64], harm: NDArray[np.float64], share: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each date, the lowest ceiling that holds together with it in `share` of all trials.

    Dates (days) by which fewer than that are done are left out.
    """
    need = int(np.ceil(share * days.size - 1e-9))
    dates = np.unique(np.floor(days[~np.isnan(days)])) + 1
    found = []
    for end in dates:
        kept = harm[days < end]
        if kept.size >= need:
            found.append((end - 1, np.partition(kept, need - 1)[need - 1]))
    x, y = np.array(found).T if found else (np.empty(0), np.empty(0))
    return x, y


def _most(harm: NDArray[np.float64]) -> float:
    """As far as dots go, but for a hundredth of them."""
    there = harm[np.isfinite(harm)]
    return float(np.quantile(there, 0.99)) if there.size else 0.0


def _quarters(ax: Axes, in_time: NDArray[Any], below: NDArray[Any]) -> None:
    """The share of all trials in each quarter; the late ones include those that never finish."""
    for timely, cheap, at, words in [
        (True, True, (0.02, 0.03), "joint-timely-below"),
        (True, False, (0.02, 0.93), "joint-timely-above"),
        (False, True, (0.98, 0.03), "joint-late-below"),
        (False, False, (0.98, 0.93), "joint-late-above"),
    ]:
        share = ((in_time == timely) & (below == cheap)).mean()
        side: Any = "left" if timely else "right"
        text = say(words, share=localised(f"{100 * share:.1f} %"))
        ax.text(*at, text, ha=side, size="small", transform=ax.transAxes, bbox=_GROUND)
