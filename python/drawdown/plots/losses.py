"""Figures of what is lost and what is used up, over trials."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.catalogue import Written
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.losses import Kind
from ..runs.run import Run
from .figure import (
    BLUE,
    GREY,
    VERMILION,
    colour,
    legend_above,
    panels,
)
from .ticks import counts_along, share_along

# What the panels of `exceedance` show: measure, kind, place of the colour.
_LOSSES: list[tuple[str, Kind, int]] = [
    ("killed", "aggregate", 1),
    ("wounded", "aggregate", 3),
    ("casualties", "occurrence", 4),
]
_CHANCES = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]
_WORST = 0.05
# Days on the axis of `breathing_room` where none are allowed.
_ROOM = 60


def exceedance(run: Run, sheet: Sheet) -> NDArray[Any]:
    """Draw what `Plots.exceedance` describes."""
    # Below this too few trials are left to draw a curve from.
    least = min(_WORST / 2, max(10 / max(run.trials, 1), 0.001))
    shape: Any = {"columns": 3, "height": 2.9, "sharey": True}
    drawn: NDArray[Any]
    with panels(say("exceedance-figure"), run.origin_line, sheet, len(_LOSSES), **shape) as drawn:
        for ax, (measure, kind, place) in zip(drawn, _LOSSES, strict=True):
            _exceedance(ax, run, measure, kind, least, colour(place))
            name, label = say(f"exceedance-{measure}"), say(f"axis-{measure}-or-more")
            ax.set(title=name, xlabel=label, yscale="log", ylim=(least, 1.15))
            ax.yaxis.set_major_locator(FixedLocator([c for c in _CHANCES if c >= least]))
            ax.yaxis.set_major_formatter(lambda chance, _: localised(f"{100 * chance:g} %"))
            ax.yaxis.set_minor_locator(NullLocator())
            ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
            counts_along(ax.xaxis)
        drawn[0].set_ylabel(say("axis-exceedance"))
    return drawn


def _exceedance(ax: Axes, run: Run, measure: str, kind: Kind, least: float, shade: str) -> None:
    curve = run.exceedance(measure, kind)
    level, chance = curve.index.to_numpy(), curve["probability"].to_numpy()
    # A chance holds from the level before up to its own.
    low, high = np.maximum(curve["low"], least / 10), curve["high"]
    ax.fill_between(level, low, high, step="pre", color=shade, alpha=0.25, lw=0)
    ax.step(level, chance, where="pre", color=shade)
    ends = level[chance < least][:1] if (chance < least).any() else level[-1:]
    ax.set_xlim(0, 1.05 * max(ends.max(initial=0), 1))
    text = ""
    if run.trials * _WORST >= 1:
        worst = run.tail(measure, _WORST, kind)
        lines = [say("worst-trial", trials=round(1 / _WORST))]
        if worst.threshold > 0:
            ax.plot([worst.threshold], [_WORST], "o", color=shade)
            lines += [say("worst-threshold", threshold=localised(f"{worst.threshold:,.0f}"))]
        mean = localised(f"{worst.mean:,.{0 if worst.mean >= 10 else 1}f}")
        text = "\n".join([*lines, say("worst-mean", mean=mean)])
    if level.max(initial=0) == 0:
        text = say("worst-nobody")
    # In the corner from which the curve stays away: below it if it falls late.
    late = level[chance >= 0.5].max(initial=0) > ax.get_xlim()[1] / 3
    about: Any = {"ha": "left", "va": "bottom"} if late else {"ha": "right", "va": "top"}
    ax.text(*((0.03, 0.03) if late else (0.98, 0.98)), text, transform=ax.transAxes, **about)


def breathing_room(run: Run, sheet: Sheet) -> Axes:
    """Draw what `Plots.breathing_room` describes."""
    never, held = _held(run)
    scenario: Any = run.scenario.to_dict()
    allowed = scenario["plan"]["breathing_room"]["pause_days"]
    used = max((days.max(initial=0) for days, *_ in held), default=0)
    far = 0 < 2 * used < allowed
    most = used if far else max(allowed, used) or _ROOM
    width = _rounded_up(most / 12)
    drawn: Axes
    with panels(say("held-figure"), run.origin_line, sheet, 1) as (drawn,):
        _bars(drawn, never, held, width, most, max(run.trials, 1))
        days = Written(localised(f"{allowed:,.0f}"), allowed)
        text, at, side = say("held-allowed", days=days), allowed, "right" if allowed else "left"
        if far:
            text, at = f"{text} →", drawn.get_xlim()[1]
        else:
            drawn.axvline(allowed, color=GREY, ls="--", lw=0.9)
        where: Any = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
        drawn.annotate(text, (at, 1.0), (0, 3), **where, ha=side)
        drawn.set(xlabel=say("axis-held"), ylabel=say("axis-share"))
        share_along(drawn.yaxis)
        if run.keep != "trials":
            label = _named(say("held-spent"), spent_share(run))
            drawn.bar([], [], color="none", label=label)
        legend_above(drawn, borderaxespad=1.6)  # above the text
    return drawn


def spent_share(run: Run) -> float:
    """The share of trials in which the breathing room was used up."""
    found = run.distribution("forced_resumptions")
    return float(found.loc[found["level"] > 0, "trials"].sum()) / max(run.trials, 1)


def idle_share(run: Run) -> float:
    """The share of trials in which movement was never held; missing if there are no trials."""
    # A summary rounds days down, but no counts.
    found = run.distribution("pause_days" if run.keep == "trials" else "pauses")
    idle = int(found.loc[found["level"] == 0, "trials"].sum())
    return idle / run.trials if run.trials else math.nan


# Days of pause, the number of trials that each stands for, colour, name.
_Held = list[tuple[NDArray[np.float64], NDArray[np.float64], str, str]]


def _held(run: Run) -> tuple[float, _Held]:
    """The share of trials without a pause, and the days of the others.

    A summary does not know in which of them the breathing room was used up.
    """
    idle = idle_share(run)
    if run.keep == "trials":
        # Days come in multiples of 2^-20: 120 of them may be a little more.
        days, spent = run.values("pause_days").round(4), run.values("forced_resumptions") > 0
        each = np.ones(days.size)
        held: _Held = [
            (days[chosen], each[chosen], shade, what)
            for chosen, shade, what in [
                ((days > 0) & ~spent, BLUE, say("held-ended")),
                ((days > 0) & spent, VERMILION, say("held-spent")),
            ]
        ]
    else:
        found = run.distribution("pause_days")
        days, trials = found["level"].to_numpy(), found["trials"].to_numpy()
        paused = np.where(days == 0, trials - round(idle * run.trials), trials)
        held = [(days, np.maximum(paused, 0), BLUE, say("held-at-all"))]
    return idle, held


def _bars(ax: Axes, never: float, held: _Held, width: int, most: float, trials: int) -> None:
    """A bar for trials without a pause, and stacked ones for each stretch of days up to `most`."""
    count = math.ceil(most / width)
    ax.bar(
        -1.5 * width, never, width, color=GREY, align="edge", label=_named(say("held-never"), never)
    )
    edges, below = np.minimum(width * np.arange(count + 1), most), np.zeros(count)
    for days, weights, shade, what in held:
        stretch = np.maximum(np.ceil(days / width).astype(int) - 1, 0)
        shares = np.bincount(stretch, weights, minlength=count) / trials
        label = _named(what, float(shares.sum()))
        style: Any = {"align": "edge", "color": shade, "ec": "white", "label": label}
        ax.bar(edges[:-1], shares, np.diff(edges), below, **style)
        below += shares
    ticks = width * np.arange(0, count + 1, 2 if count > 6 else 1)
    ax.set_xticks([-width, *ticks], [say("none"), *(localised(f"{tick:,}") for tick in ticks)])
    ax.set_xlim(-1.7 * width, (count + 0.2) * width)


def _rounded_up(days: float) -> int:
    """A whole number of days, of tens or of hundreds."""
    unit = 1 if days <= 10 else 10 if days <= 100 else 100
    return max(1, math.ceil(days / unit)) * unit


def _named(what: str, share: float) -> str:
    return say("share-of-trials", what=what, share=localised(f"{100 * share:.1f} %"))
