"""Figures of what is lost and what is used up, over trials."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator, PercentFormatter
from numpy.typing import NDArray

from .figure import BLUE, GREY, ORANGE, PURPLE, STYLE, VERMILION, panels
from .losses import Kind

if TYPE_CHECKING:
    from .run import Run

# What the panels of `exceedance` show: measure, kind, title, axis label, colour.
_LOSSES: list[tuple[str, Kind, str, str, str]] = [
    ("killed", "aggregate", "Killed up to the horizon", "people killed, or more", VERMILION),
    ("wounded", "aggregate", "Wounded up to the horizon", "people wounded, or more", ORANGE),
    ("casualties", "occurrence", "Worst single attack", "wounded or killed, or more", PURPLE),
]
_CHANCES = [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]
_WORST = 0.05
# Days on the axis of `breathing_room` where none are allowed.
_ROOM = 60


def exceedance(run: Run, axes: Sequence[Axes] | None) -> NDArray[Any]:
    """Draws what `Plots.exceedance` describes."""
    # Below this too few trials are left to draw a curve from.
    least = min(_WORST / 2, max(10 / max(run.trials, 1), 0.001))
    with plt.rc_context(STYLE):
        title, note = "How bad it can get", run.origin_line
        drawn = panels(title, note, axes, len(_LOSSES), columns=3, height=2.9, sharey=True)
        for ax, (measure, kind, name, label, colour) in zip(drawn, _LOSSES, strict=True):
            _exceedance(ax, run, measure, kind, least, colour)
            ax.set(title=name, xlabel=label, yscale="log", ylim=(least, 1.15))
            ax.yaxis.set_major_locator(FixedLocator([c for c in _CHANCES if c >= least]))
            ax.yaxis.set_major_formatter(lambda chance, _: f"{100 * chance:g} %")
            ax.yaxis.set_minor_locator(NullLocator())
            ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
            ax.xaxis.set_major_formatter("{x:,.0f}")
        drawn[0].set_ylabel("chance")
    return drawn


def _exceedance(ax: Axes, run: Run, measure: str, kind: Kind, least: float, colour: str) -> None:
    curve = run.exceedance(measure, kind)
    level, chance = curve.index.to_numpy(), curve["probability"].to_numpy()
    # A chance holds from the level before up to its own.
    low, high = np.maximum(curve["low"], least / 10), curve["high"]
    ax.fill_between(level, low, high, step="pre", color=colour, alpha=0.25, lw=0)
    ax.step(level, chance, where="pre", color=colour)
    ends = level[chance < least][:1] if (chance < least).any() else level[-1:]
    ax.set_xlim(0, 1.05 * max(ends.max(initial=0), 1))
    text = ""
    if run.trials * _WORST >= 1:
        worst = run.tail(measure, _WORST, kind)
        text = f"1 trial in {1 / _WORST:.0f}:\n"
        if worst.threshold > 0:
            ax.plot([worst.threshold], [_WORST], "o", color=colour)
            text += f"{worst.threshold:,.0f} or more,\n"
        text += f"on average {worst.mean:,.{0 if worst.mean >= 10 else 1}f}"
    if level.max(initial=0) == 0:
        text = "nobody in any trial"
    # Curves fall from the upper left.
    ax.text(0.98, 0.98, text, transform=ax.transAxes, ha="right", va="top")


def breathing_room(run: Run, ax: Axes | None) -> Axes:
    """Draws what `Plots.breathing_room` describes."""
    # Days come in multiples of 2^-20: 120 of them may be a little more.
    days, spent = run.values("pause_days").round(4), run.values("forced_resumptions") > 0
    scenario: Any = run.scenario.to_dict()
    allowed, used = scenario["plan"]["breathing_room"]["pause_days"], days.max(initial=0)
    far = 0 < 2 * used < allowed
    most = used if far else max(allowed, used) or _ROOM
    width = _rounded_up(most / 12)
    axes = None if ax is None else [ax]
    with plt.rc_context(STYLE):
        drawn: Axes = panels("Breathing room used", run.origin_line, axes, 1)[0]
        _bars(drawn, days, spent, width, most)
        text, at, side = f"{allowed:,.0f} days allowed", allowed, "right" if allowed else "left"
        if far:
            text, at = f"{text} →", drawn.get_xlim()[1]
        else:
            drawn.axvline(allowed, color=GREY, ls="--", lw=0.9)
        where: Any = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points"}
        drawn.annotate(text, (at, 1.0), (0, 3), **where, ha=side)
        drawn.set(xlabel="days for which movement was held", ylabel="share of trials")
        drawn.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        drawn.legend()
    return drawn


def _bars(
    ax: Axes, days: NDArray[np.float64], spent: NDArray[np.bool_], width: int, most: float
) -> None:
    """A bar for trials without a pause, and stacked ones for each stretch of days up to `most`."""
    count = math.ceil(most / width)
    held = days > 0
    stretch = np.ceil(days / width).astype(int) - 1
    never = float(np.mean(~held)) if days.size else math.nan
    ax.bar(-1.5 * width, never, width, color=GREY, align="edge", label=f"no pause: {_share(never)}")
    edges, below = np.minimum(width * np.arange(count + 1), most), np.zeros(count)
    for chosen, colour, what in [
        (held & ~spent, BLUE, "the rule ended every pause"),
        (held & spent, VERMILION, "breathing room used up"),
    ]:
        shares = np.bincount(stretch[chosen], minlength=count) / max(days.size, 1)
        label = f"{what}: {_share(float(shares.sum()))}"
        ax.bar(
            edges[:-1],
            shares,
            np.diff(edges),
            below,
            align="edge",
            color=colour,
            label=label,
            ec="white",
        )
        below += shares
    ticks = width * np.arange(0, count + 1, 2 if count > 6 else 1)
    ax.set_xticks([-width, *ticks], ["none", *(f"{tick:,}" for tick in ticks)])
    ax.set_xlim(-1.7 * width, (count + 0.2) * width)


def _rounded_up(days: float) -> int:
    """A whole number of days, of tens or of hundreds."""
    unit = 1 if days <= 10 else 10 if days <= 100 else 100
    return max(1, math.ceil(days / unit)) * unit


def _share(share: float) -> str:
    return f"{100 * share:.1f} % of trials"
