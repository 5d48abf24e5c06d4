"""A figure of one history."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from .._internal.sheet import Sheet
from ..runs import history
from ..runs.trial import Trial
from .figure import (
    BLACK,
    BLACKOUT,
    GREY,
    ORANGE,
    VERMILION,
    Rows,
    colour,
    dates_below,
    from_zero,
    height_of_legend,
    legend_above,
    mark_calendar,
    panels,
    titles,
    width_of,
)

# Days that are drawn beyond the last finish.
_AFTERMATH = 120
# Sites beyond these are drawn as one.
_MANY = 6
# The state of tension at the start is white; the others are tinted in turn.
_TINTS = ["white", "#fdeccb", "#f5c3b3", "#d9e6f2", "#e3dcec", "#d8ecdf"]
# Kinds of attacks: colour, half the length of a tick, name.
_ATTACKS = [
    ("attack_intercepted", GREY, 0.2, "intercepted"),
    ("attack", VERMILION, 0.4, "got through"),
]
_STRUCK = "strike in answer"
_STRIKE: Any = {"marker": "^", "ms": 4, "ls": "", "color": BLACK, "clip_on": False}
_CANCELLED: Any = {"marker": "x", "ms": 5, "mew": 1.4, "ls": "", "color": VERMILION}
_PAUSE: Any = {"facecolor": "none", "edgecolor": "#444444", "hatch": "/////", "lw": 0}


def draw(trial: Trial, sheet: Sheet) -> NDArray[Any]:
    """Draw what `Trial.plot` describes."""
    scenario = trial.run.scenario
    phases, sites = titles(scenario, "phases"), titles(scenario, "sites")
    rows, places = Rows.of(list(phases.values()), 1.8), Rows.of(list(sites.values()), 1.8)
    legends = [_handles(trial), _people_handles(trial, sites), _attack_handles(trial)]
    above = [height_of_legend([h.get_label() for h in some], width_of(sheet)) for some in legends]
    heights = [max(0.8, 0.3 + rows.height), 2.0, max(0.8, 0.3 + places.height), 1.2]
    last = _last_day(trial)
    title, note = f"One history: trial {trial.index}", trial.run.origin_line
    if last < history.length(trial):
        note += f" · drawn up to {scenario.start + timedelta(last):%Y-%m-%d}"
    shape: Any = {"height": sum(heights) / 4, "legend": sum(above), "sharex": True}
    drawn: NDArray[Any]
    with panels(title, note, sheet, 4, **shape, gridspec_kw={"height_ratios": heights}) as drawn:
        _phases(drawn[0], trial, rows)
        _people(drawn[1], trial, sites)
        _attacks(drawn[2], trial, list(sites), places)
        _casualties(drawn[3], trial)
        for ax, handles in zip(drawn, legends, strict=False):
            legend_above(ax, handles=handles)
        for ax in drawn:
            _tension(ax, trial)
            ax.set_xlim(*_x(trial, [0, last]))
        dates_below(drawn[-1])
        mark_calendar(drawn, scenario, sheet, history.events(trial), 1)
    return drawn


def _last_day(trial: Trial) -> float:
    """Some time after all that was planned, and all else, has happened; or the horizon."""
    ends = {phase: end for phase, (_, end) in history.phases(trial).items()}
    ends |= history.cancelled(trial)
    plan: Any = trial.run.scenario.to_dict()["plan"].get("phases", {})
    if len(ends) < len(plan):
        return history.length(trial)
    announced = [date.fromisoformat(about["announced_finish"]) for about in plan.values()]
    days = [float((day - trial.run.scenario.start).days) for day in announced]
    last = max([*ends.values(), *days, *trial.events["time_days"]], default=0)
    return min(last + _AFTERMATH, history.length(trial))


def _phases(ax: Axes, trial: Trial, rows: Rows) -> None:
    """Announced dates as outlines, what happened as bars with how late they ended."""
    happened, cancelled = history.phases(trial), history.cancelled(trial)
    plan: Any = trial.run.scenario.to_dict()["plan"].get("phases", {})
    horizon = history.length(trial)
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
            finish = max(end, finish)
        if phase in cancelled:
            ax.plot(_x(trial, [cancelled[phase]]), [row], **_CANCELLED)
        if phase in happened or phase in cancelled:
            late = "cancelled" if phase in cancelled else _late(span[1], announced[1], horizon)
            ax.annotate(late, (finish, row), (5, 0), textcoords="offset points", va="center")
    rows.label(ax)
    ax.set_ylabel("phases")
    if not plan:
        ax.text(0.5, 0.5, "nobody is to leave", transform=ax.transAxes, ha="center", va="center")


def _late(finish: float, announced: int, horizon: float) -> str:
    days = math.floor(finish) - announced
    if finish >= horizon:
        return "not done"
    if days == 0:
        return "on the day"
    return f"{abs(days):,} day{'s' if abs(days) > 1 else ''} {'early' if days < 0 else 'late'}"


def _people(ax: Axes, trial: Trial, sites: dict[str, str]) -> None:
    counts = history.people(trial)
    shown = _shown(trial)
    stacked = counts[shown]
    if len(shown) < len(sites):
        stacked = stacked.assign(**{"": counts.drop(columns=shown).sum(axis=1)})
    days = _x(trial, [*counts.index, history.length(trial)])
    # Where the line after the last lift ends.
    numbers = np.vstack([stacked, stacked.iloc[-1:]])
    below = np.zeros(days.size)
    for layer, patch in zip(numbers.T, _people_handles(trial, sites), strict=True):
        shade: Any = {"color": patch.get_facecolor(), "lw": 0}
        ax.fill_between(days, below, below + layer, step="post", **shade)
        below = below + layer
    for start, finish in history.pauses(trial):
        ax.axvspan(*_x(trial, [start, finish]), **_PAUSE)
    ax.set_ylabel("people on the sites")
    from_zero(ax, 1.05 * float(below.max()))
    ax.yaxis.set_major_formatter("{x:,.0f}")


def _shown(trial: Trial) -> list[str]:
    """The sites that have a colour of their own: all, or the largest of many."""
    counts = history.people(trial).rename(columns=str)
    if len(counts.columns) <= _MANY:
        return list(counts.columns)
    largest = counts.max().sort_values(ascending=False, kind="stable").index[: _MANY - 1]
    return [site for site in counts.columns if site in largest]


def _people_handles(trial: Trial, sites: dict[str, str]) -> list[Patch]:
    """What the layers of people stand for, from below."""
    shown = _shown(trial)
    handles = [Patch(color=colour(k), alpha=0.8, label=sites[site]) for k, site in enumerate(shown)]
    if len(shown) < len(sites):
        handles.append(Patch(color="#bbbbbb", label=f"{len(sites) - len(shown)} other sites"))
    return handles


def _attacks(ax: Axes, trial: Trial, sites: list[str], rows: Rows) -> None:
    """A tick for each attack, longer if something got through."""
    events = trial.events
    for kind, shade, half, _ in _ATTACKS:
        attacks = events[events["kind"] == kind]
        at = attacks["site"].map({site: row for row, site in enumerate(sites)}).astype(float)
        ax.vlines(_x(trial, attacks["time_days"]), at - half, at + half, shade, lw=0.5)
    strikes = events.loc[events["kind"] == "strike", "time_days"]
    if len(strikes):
        # Below the last row, where no attack is.
        foot = np.full(len(strikes), len(sites) - 0.4)
        ax.plot(_x(trial, strikes), foot, **_STRIKE, label=_STRUCK)
    rows.label(ax)
    ax.set_ylabel("attacks on")


def _attack_handles(trial: Trial) -> list[Any]:
    """What ticks and triangles stand for."""
    handles = [Line2D([], [], color=shade, lw=1.2, label=what) for _, shade, _, what in _ATTACKS]
    if (trial.events["kind"] == "strike").any():
        handles.append(Line2D([], [], **_STRIKE, label=_STRUCK))
    return handles


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
    for tint, spans in zip(_TINTS, history.tension(trial).values(), strict=False):
        for start, finish in spans:
            ax.axvspan(*_x(trial, [start, finish]), color=tint, lw=0, zorder=0)


def _handles(trial: Trial) -> list[Any]:
    """What outlines, bars, crosses, hatches and tints stand for."""
    handles: list[Any] = [
        Patch(fill=False, ec=BLACK, ls="--", label="announced"),
        Patch(color=GREY, label="happened"),
    ]
    if history.cancelled(trial):
        handles.append(Line2D([], [], **_CANCELLED, label="cancelled"))
    if history.pauses(trial):
        handles.append(Patch(**_PAUSE, label="movement held"))
    if trial.run.scenario.to_dict()["plan"].get("blackouts"):
        handles.append(Patch(**BLACKOUT, label="blackout"))
    for tint, state in zip(_TINTS, history.tension(trial), strict=False):
        handles.append(Patch(fc=tint, ec="#bbbbbb", label=f"tension: {state}"))
    return handles


def _x(trial: Trial, days: ArrayLike) -> NDArray[np.float64]:
    """Days from the start as matplotlib counts them."""
    first: float = date2num(trial.run.scenario.start)  # type: ignore[no-untyped-call]
    return first + np.asarray(days, dtype=float)
