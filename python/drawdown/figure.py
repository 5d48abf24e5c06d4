"""What all figures share: colours, style, panels, dates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from numpy.typing import NDArray

# The palette of Okabe and Ito, which colour-blind readers can tell apart.
BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
PURPLE, SKY, BLACK, GREY = "#CC79A7", "#56B4E9", "#000000", "#666666"
CYCLE = [BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY]

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
    figure.supxlabel(note, x=0.01, ha="left", size=6.5, color=GREY)
    return drawn[:count]


def title_of(scenario: Any, kind: str, name: str) -> str:
    """The title of a site or phase; its id if it has none."""
    part = scenario.to_dict()["world" if kind == "sites" else "plan"][kind][name]
    return str(part.get("title") or name)


def dates_below(ax: Axes) -> None:
    """Dates along the x axis."""
    # matplotlib.dates has no types.
    locator = AutoDateLocator()  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
