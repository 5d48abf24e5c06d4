"""Figures of a run."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .._internal.days import calendar
from .._internal.sheet import Sheet
from ..languages.figures import in_full, localised
from ..languages.speech import say
from ..runs.backend import QUANTILES
from ..runs.base import horizon
from ..runs.dataset import weekly_arrays
from ..runs.run import Run
from .figure import (
    BLACK,
    GREY,
    between,
    colour,
    dates_below,
    from_zero,
    height_of_legend,
    legend_above,
    legend_of_all,
    line_of,
    mark_calendar,
    overprinted,
    panels,
    tenfold,
    titles,
    width_of,
)
from .lettering import fitted
from .losses import breathing_room as breathing_room
from .losses import exceedance as exceedance
from .minimum_allowance import joint as joint
from .ticks import counts_along, share_along

# What the panels of `attacks` show: the variable, the key of its label, the place of its colour.
_COUNTS = [
    ("attacks_so_far", "attacks-so-far", 0),
    ("wounded_so_far", "wounded-so-far", 3),
    ("killed_so_far", "killed-so-far", 1),
]

# What is drawn beyond the last finish.
_AFTERMATH = np.timedelta64(120, "D")
# Sites beyond these stand in three columns of lower panels.
_FEW = 6


def schedule(run: Run, sheet: Sheet) -> NDArray[Any]:
    """People on each site over time, against the announced timetable."""
    data = weekly_arrays(run._results, run.scenario)
    sites, count = titles(run.scenario, "sites"), len(data["site"])
    most = np.fmax.reduce(data["people_by_site"], axis=(1, 2))
    # Of legs nothing is announced.
    most = 1.05 * np.fmax(most, np.fmax.reduce(data["announced_people"], axis=1))
    apart = tenfold(most)
    few = count <= _FEW
    shape: Any = {"columns": 2 if few else 3, "height": 2.3 if few else 1.7}
    note = f" · {say('schedule-apart')}" if apart else ""
    drawn: NDArray[Any]
    has_legs = "legs" in run.scenario.to_dict()["world"]
    title = say("schedule-figure-legs") if has_legs else say("schedule-figure")
    with _panels(run, title, note, sheet, count, sharey=not apart, **shape) as drawn:
        inches = width_of(sheet) / min(shape["columns"], count) - 0.7
        weeks, named = data["week"], say("curve-announced")
        for k, (ax, site, top) in enumerate(zip(drawn, data["site"], most, strict=True)):
            _band(ax, weeks, data["people_by_site"][k], colour(0))
            ax.plot(weeks, data["announced_people"][k], "--", color=BLACK, lw=1.1, label=named)
            ax.set_title(fitted(sites[site], inches, mpl.rcParams["axes.titlesize"]))
            ax.set_ylabel(say("axis-people"))
            from_zero(ax, top if apart else most.max())
            between(ax, weeks[0], _last_date_of_interest(run))
            dates_below(ax)
            if not apart and k % shape["columns"]:
                ax.set_ylabel("")
        legend_of_all(drawn, sheet)
        mark_calendar(drawn, run.scenario, sheet)
    return drawn


def finish(run: Run, sheet: Sheet) -> Axes:
    """The chance that the withdrawal, and each of its phases, is done by a date."""
    labels = _labels(run)
    shape: Any = {"legend": height_of_legend(labels, width_of(sheet))}
    drawn: Axes
    with _panels(run, say("finish-figure"), "", sheet, 1, **shape) as (drawn,):
        _curves(run, drawn, labels)
        drawn.set_ylabel(say("axis-done"))
        drawn.set_ylim(0, 1.02)
        share_along(drawn.yaxis)
        dates_below(drawn)
        if not labels:  # an empty figure has dates too
            between(drawn, run.scenario.start, run.scenario.horizon)
        legend_above(drawn)
        mark_calendar([drawn], run.scenario, sheet)
    return drawn


def attacks(run: Run, sheet: Sheet) -> NDArray[Any]:
    """Attacks, wounded and killed so far over time, with the announced finish dates."""
    data = weekly_arrays(run._results, run.scenario)
    weeks, last = data["week"], _last_date_of_interest(run)
    counts = np.stack([data[name] for name, _, _ in _COUNTS])
    changes = np.flatnonzero((counts[..., 1:] != counts[..., :-1]).any((0, 1)))
    # Beyond that nothing happens any more.
    last = min(weeks[-1], max(last, weeks[changes.max(initial=0)] + _AFTERMATH))
    upto = say("attacks-upto", day=in_full(pd.Timestamp(last)))
    note = f" · {upto}" if last < weeks[-1] else ""
    drawn: NDArray[Any]
    with _panels(run, say("attacks-figure"), note, sheet, len(_COUNTS)) as drawn:
        for ax, (name, label, place) in zip(drawn, _COUNTS, strict=True):
            shown = data[name][:, weeks <= last]
            _band(ax, weeks[weeks <= last], shown, colour(place))
            ax.set_ylabel(say(label))
            from_zero(ax, 1.05 * float(np.fmax.reduce(shown, axis=None)))
            between(ax, weeks[0], last)
            dates_below(ax)
            _announced_dates(run, ax)
        _name_announced(run, drawn[0], sheet)
        legend_of_all(drawn, sheet)
        drawn[0].figure.align_ylabels()
    return drawn


def _labels(run: Run) -> list[str]:
    """What stands for each curve of `finish`, in order."""
    names = titles(run.scenario, "phases")
    labels = [
        say(
            "curve-phase",
            phase=names[phase],
            chance=localised(f"{100 * chance:.0f} %"),
            day=in_full(day),
        )
        for phase, day, chance in _phases(run)
    ]
    return [*labels, say("all-phases")] if len(labels) > 1 else labels


def _curves(run: Run, ax: Axes, labels: list[str]) -> None:
    """A curve for each phase and, if there are several, for all of them."""
    finishes = run.distribution("finish_days", "phase")
    never = bool(finishes["level"].isna().any())
    end = horizon(run)
    last = finishes["level"].dropna().max() if finishes["level"].notna().any() else end
    last = min(last + _AFTERMATH.astype(int), end) if never else last + 30
    # Each dot is on its curve, even of what is done long before its date.
    start = pd.Timestamp(run.scenario.start)
    last = max([last, *((announced - start).days for _, announced, _ in _phases(run))])
    for k, (phase, announced, chance) in enumerate(_phases(run)):
        style = line_of(k)
        curve = finishes[finishes["phase"] == phase]
        _curve(run, ax, curve, last, **style, label=labels[k])
        ax.vlines(announced, 0, chance, colors=style["color"], linestyles=":")
        ax.plot([announced], [chance], "o", color=style["color"])
    if len(labels) > 1:
        finish = run.distribution("finish_days")
        _curve(run, ax, finish, last, color=BLACK, ls=":", lw=1.1, label=labels[-1])


def _curve(run: Run, ax: Axes, finish: pd.DataFrame, last: float, **style: Any) -> None:
    """The share of all trials that are done by each calendar day, up to the `last`."""
    counts = finish["trials"].groupby(np.floor(finish["level"])).sum()
    days = counts.index.to_numpy()
    days = np.concatenate([days[:1] - 30, days, [last]])
    shares = np.concatenate([[0] * (days.size - 1 - counts.size), counts, [0]]).cumsum()
    shares = shares / finish["trials"].sum()
    ax.step(calendar(run.scenario.start, days), shares, where="post", **style)


def _announced_dates(run: Run, ax: Axes) -> None:
    """A line at the announced finish of each phase."""
    for _, announced, _ in _phases(run):
        ax.axvline(announced, color=GREY, ls="--", lw=0.9)


def _name_announced(run: Run, ax: Axes, sheet: Sheet) -> None:
    """Which lines those are: beside each where there is room, or else in the legend."""
    names = titles(run.scenario, "phases")
    written = []
    for phase, announced, _ in _phases(run):
        at, coordinates = (announced, 1.0), ("data", "axes fraction")
        text = fitted(say("mark-announced", phase=names[phase]), 2.2, "small")
        style: Any = {"ha": "center", "size": "small"}
        written.append(ax.annotate(text, at, (0, 3), coordinates, "offset points", **style))
    if overprinted(written, sheet):
        for name in written:
            name.remove()
        ax.lines[-1].set_label(say("curve-finishes"))


def _phases(run: Run) -> list[tuple[str, Any, float]]:
    """Id, announced finish and chance of meeting it, of each phase in order."""
    rows = run.finish_dates().reset_index().to_dict("records")
    columns = ("id", "announced", "chance_met")
    return [tuple(row[c] for c in columns) for row in rows if row["of"] == "phase"]


def _panels(
    run: Run, title: str, note: str, sheet: Sheet, count: int, **grid: Any
) -> AbstractContextManager[NDArray[Any]]:
    """Panels over one axis of dates."""
    return panels(title, run.origin_line + note, sheet, count, sharex=True, **grid)


def _last_date_of_interest(run: Run) -> np.datetime64:
    """Some time after everything has finished in nine trials of ten, or the horizon."""
    horizon = np.datetime64(run.scenario.horizon, "s")
    dates = run.finish_dates()[["announced", "p90"]].to_numpy()
    if dates.size == 0 or pd.isna(dates).any():
        return horizon
    return min(horizon, dates.max() + _AFTERMATH)


def _band(ax: Axes, weeks: NDArray[Any], bands: NDArray[Any], shade: str) -> None:
    """Median and P10 to P90 over weeks."""
    low, middle, high = (bands[QUANTILES.index(share)] for share in (0.1, 0.5, 0.9))
    ax.fill_between(weeks, low, high, color=shade, alpha=0.25, lw=0, label=say("curve-band"))
    # A single week is a dot.
    ax.plot(weeks, middle, "." if weeks.size == 1 else "-", color=shade, label=say("curve-median"))
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    counts_along(ax.yaxis)
