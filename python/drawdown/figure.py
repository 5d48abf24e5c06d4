"""What all figures share: colours, style, panels, dates."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from numpy.typing import NDArray

# The palette of Okabe and Ito, which colour-blind readers can tell apart.
BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
PURPLE, SKY, BLACK, GREY = "#CC79A7", "#56B4E9", "#000000", "#666666"
CYCLE = [BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY]

# Times in which nothing moves.
BLACKOUT: Any = {"facecolor": "#bbbbbb", "alpha": 0.45, "lw": 0, "zorder": 0.5}

STYLE: Any = {
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
}


def panels(
    title: str,
    note: str,
    axes: Sequence[Axes] | None,
    count: int,
    *,
    columns: int = 1,
    height: float | None = None,
    **grid: Any,
) -> NDArray[Any]:
    """The axes given, if they are as many as needed, or those of a new figure.

    Parameters
    ----------
    title, note : str
        What stands above a new figure, and at its foot.
    axes : sequence of Axes, optional
        The axes given.
    count : int
        How many are needed.
    columns : int
        In how many columns a new figure has them.
    height : float, optional
        Of a row of a new figure, in inches.
    **grid
        For ``plt.subplots``.
    """
    if axes is not None:
        given = np.array(axes, dtype=object).ravel()
        if given.size != count:
            raise ValueError(f"{count} axes are needed, not {given.size}")
        return given
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    size = (8, 1.2 + (height or (2.3 if count > 1 else 3.6)) * rows)
    figure, grid_of_axes = plt.subplots(rows, columns, figsize=size, layout="constrained", **grid)
    drawn = np.ravel(grid_of_axes)
    for unused in drawn[count:]:
        unused.remove()
    figure.suptitle(title, x=0.01, ha="left", weight="bold")
    # As much as a line of that size holds.
    figure.supxlabel(textwrap.fill(note, 150), x=0.01, ha="left", size=6.5, color=GREY)
    return drawn[:count]


def title_of(scenario: Any, kind: str, name: str) -> str:
    """The title of a site or phase; its id if it has none."""
    part = scenario.to_dict()["world" if kind == "sites" else "plan"][kind][name]
    return str(part.get("title") or name)


def mark_calendar(
    ax: Axes, scenario: Any, happened: Mapping[str, Any] | None = None, *, names: bool = True
) -> None:
    """Grey bands for blackouts and dotted lines for calendar events, within the limits of x.

    Parameters
    ----------
    ax : Axes
        With dates along x.
    scenario : Scenario
        Whose.
    happened : mapping, optional
        When events happened, by id; left out, their dates.
    names : bool
        Whether to write names beside them: one of several panels with the same dates is enough.
    """
    tree, limits = scenario.to_dict(), ax.get_xlim()
    for blackout, about in tree["plan"].get("blackouts", {}).items():
        span = [date.fromisoformat(about[end]) for end in ("from", "until")]
        ax.axvspan(*span, **BLACKOUT)  # type: ignore[arg-type]
        first, last = date2num(span)  # type: ignore[no-untyped-call]
        if names and last > limits[0] and first < limits[1]:
            middle = (max(first, limits[0]) + min(last, limits[1])) / 2
            _name_at(ax, middle, about.get("title") or blackout, "center")
    calendar = tree["world"].get("calendar", {})
    dates = {event: date.fromisoformat(about["date"]) for event, about in calendar.items()}
    for event, day in (dates if happened is None else happened).items():
        at: float = date2num(day)  # type: ignore[no-untyped-call]
        if limits[0] <= at <= limits[1]:
            ax.axvline(at, color=GREY, ls=":", lw=0.9)
            if names:
                _name_at(ax, at, calendar[event].get("title") or event, "right")
    ax.set_xlim(limits)


def _name_at(ax: Axes, at: float, text: str, side: str) -> None:
    """A name along a date, below the upper edge."""
    style: Any = {"size": 7, "color": GREY, "rotation": 90, "ha": side, "va": "top"}
    # On a white ground, so that no curve runs through the words.
    style["bbox"] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5}
    away = (-1 if side == "right" else 0, -2)
    ax.annotate(text, (at, 1), away, ("data", "axes fraction"), "offset points", **style)


def dates_below(ax: Axes) -> None:
    """Dates along the x axis, not so many that months and years run together."""
    inches = ax.get_window_extent().width / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    # With these least and most numbers of ticks, any span has an interval that fits.
    least, most = (5, 12) if inches > 5 else (3, 7)
    # matplotlib.dates has no types.
    locator = AutoDateLocator(minticks=least, maxticks=most)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
