"""A figure of one history."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from . import history
from .figure import (
    BLACK,
    BLACKOUT,
    CYCLE,
    GREY,
    ORANGE,
    STYLE,
    VERMILION,
    dates_below,
    mark_calendar,
    panels,
    title_of,
)

if TYPE_CHECKING:
    from .trial import Trial

# The state of tension at the start is white; the others are tinted in turn.
_TINTS = ["white", "#fdeccb", "#f5c3b3", "#d9e6f2", "#e3dcec", "#d8ecdf"]
_PAUSE: Any = {"facecolor": "none", "edgecolor": "#444444", "hatch": "/////", "lw": 0}


def draw(trial: Trial, axes: Sequence[Axes] | None) -> NDArray[Any]:
    """Draws what `Trial.plot` describes."""
    scenario: Any = trial.run.scenario.to_dict()
    plan, sites = scenario["plan"].get("phases", {}), list(scenario["world"]["sites"])
    heights = [0.5 + 0.25 * len(plan), 2.2, 0.4 + 0.25 * len(sites), 1.2]
    title, note = f"One history: trial {trial.index}", trial.run.origin_line
    height, ratios = sum(heights) / 4, {"height_ratios": heights}
    with plt.rc_context(STYLE):
        drawn = panels(title, note, axes, 4, height=height, sharex=True, gridspec_kw=ratios)
        _phases(drawn[0], trial, plan)
        _people(drawn[1], trial)
        _attacks(drawn[2], trial, sites)
        _casualties(drawn[3], trial)
        for ax in drawn:
            _tension(ax, trial)
            ax.set_xlim(*_x(trial, [0, history.length(trial)]))
            happened = history.events(trial) if ax is drawn[1] else {}
            mark_calendar(ax, trial.run.scenario, happened, names=ax is drawn[1])
        dates_below(drawn[-1])
        _legend(drawn[0], trial)
    return drawn


def _phases(ax: Axes, trial: Trial, plan: Any) -> None:
    """Announced dates as outlines, what happened as bars with how late they ended."""
    happened = history.phases(trial)
    for row, (phase, about) in enumerate(plan.items()):
        ends = [date.fromisoformat(about[f"announced_{end}"]) for end in ("start", "finish")]
        announced = [(end - trial.run.scenario.start).days for end in ends]
        # A date is met until the day is over.
        start, finish = _x(trial, [announced[0], announced[1] + 1])
        ax.barh(row, finish - start, 0.8, start, fill=False, ec=BLACK, ls="--", lw=0.9)
        if phase in happened:
            span = happened[phase]
            start, end = _x(trial, span)
            ax.barh(row, end - start, 0.4, start, color=GREY)
            at = (max(end, finish), row)
            late = _late(span[1], announced[1], history.length(trial))
            ax.annotate(late, at, (5, 0), textcoords="offset points", va="center")
    titles = [title_of(trial.run.scenario, "phases", phase) for phase in plan]
    _rows(ax, [textwrap.fill(title, 22) for title in titles], "phases")
    if not plan:
        ax.text(0.5, 0.5, "nobody is to leave", transform=ax.transAxes, ha="center", va="center")


def _late(finish: float, announced: int, horizon: float) -> str:
    days = math.floor(finish) - announced
    if finish >= horizon:
        return "not done"
    if days == 0:
        return "on the day"
    return f"{abs(days):,} day{'s' if abs(days) > 1 else ''} {'early' if days < 0 else 'late'}"


def _people(ax: Axes, trial: Trial) -> None:
    counts = history.people(trial)
    days = _x(trial, [*counts.index, history.length(trial)])
    # Where the line after the last lift ends.
    numbers = np.vstack([counts, counts.iloc[-1:]])
    below = np.zeros(days.size)
    for k, site in enumerate(counts):
        above = below + numbers[:, k]
        style: Any = {"color": CYCLE[k % len(CYCLE)], "alpha": 0.8, "lw": 0}
        name = title_of(trial.run.scenario, "sites", str(site))
        ax.fill_between(days, below, above, step="post", label=name, **style)
        below = above
    for start, finish in history.pauses(trial):
        ax.axvspan(*_x(trial, [start, finish]), **_PAUSE)
    ax.set(ylabel="people on the sites", ylim=(0, 1.05 * max(below.max(), 1)))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    _above(ax)


def _attacks(ax: Axes, trial: Trial, sites: list[str]) -> None:
    """A tick for each attack, longer if something got through."""
    events = trial.events
    for kind, colour, half, what in [
        ("attack_intercepted", GREY, 0.2, "intercepted"),
        ("attack", VERMILION, 0.4, "got through"),
    ]:
        attacks = events[events["kind"] == kind]
        rows = attacks["site"].map({site: row for row, site in enumerate(sites)}).astype(float)
        ax.vlines(
            _x(trial, attacks["time_days"]), rows - half, rows + half, colour, lw=0.5, label=what
        )
    strikes = events.loc[events["kind"] == "strike", "time_days"]
    if len(strikes):
        # Below the last row, where no attack is.
        foot = np.full(len(strikes), len(sites) - 0.4)
        style: Any = {"marker": "^", "ms": 4, "ls": "", "color": BLACK, "clip_on": False}
        ax.plot(_x(trial, strikes), foot, **style, label="strike in answer")
    _rows(ax, [title_of(trial.run.scenario, "sites", site) for site in sites], "attacks on")
    _above(ax)


def _casualties(ax: Axes, trial: Trial) -> None:
    """A line for each attack that harmed somebody: killed below, wounded above."""
    harm = history.casualties(trial)
    days = _x(trial, harm.index)
    total = harm["killed"] + harm["wounded"]
    ax.vlines(days, harm["killed"], total, ORANGE, lw=1.2, label="wounded")
    ax.vlines(days, 0, harm["killed"], VERMILION, lw=1.2, label="killed")
    ax.set(ylabel="people harmed", ylim=(0, 1.1 * max(total.max() if len(total) else 0, 1)))
    ax.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.legend(loc="upper right")


def _tension(ax: Axes, trial: Trial) -> None:
    """Tints behind a panel."""
    for colour, spans in zip(_TINTS, history.tension(trial).values(), strict=False):
        for start, finish in spans:
            ax.axvspan(*_x(trial, [start, finish]), color=colour, lw=0, zorder=0)


def _legend(ax: Axes, trial: Trial) -> None:
    """What outlines, bars, hatches and tints stand for."""
    handles = [
        Patch(fill=False, ec=BLACK, ls="--", label="announced"),
        Patch(color=GREY, label="happened"),
    ]
    if history.pauses(trial):
        handles.append(Patch(**_PAUSE, label="movement held"))
    if trial.run.scenario.to_dict()["plan"].get("blackouts"):
        handles.append(Patch(**BLACKOUT, label="blackout"))
    for colour, state in zip(_TINTS, history.tension(trial), strict=False):
        handles.append(Patch(fc=colour, ec="#bbbbbb", label=f"tension: {state}"))
    _above(ax, handles=handles)


def _above(ax: Axes, **handles: Any) -> None:
    """A legend in one line above a panel."""
    count = len(handles.get("handles", ax.get_legend_handles_labels()[0]))
    where: Any = {"loc": "lower right", "bbox_to_anchor": (1.01, 0.97), "ncols": count}
    tight: Any = {"handlelength": 1.2, "columnspacing": 1.2, "handletextpad": 0.5}
    ax.legend(**handles, **where, **tight, fontsize=8)


def _rows(ax: Axes, names: list[str], label: str) -> None:
    """A named row for each, from above."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    ax.set_ylabel(label)
    ax.grid(visible=False, axis="y")


def _x(trial: Trial, days: ArrayLike) -> NDArray[np.float64]:
    """Days from the start as matplotlib counts them."""
    first: float = date2num(trial.run.scenario.start)  # type: ignore[no-untyped-call]
    return first + np.asarray(days, dtype=float)
