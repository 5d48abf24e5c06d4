"""Figure of criticality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .figure import BLACK, BLUE, STYLE, VERMILION, panels
from .pieces import named

if TYPE_CHECKING:
    from .criticality import Criticality


def draw(found: Criticality, axes: list[Axes] | None) -> NDArray[Any]:
    """The figure that `Criticality.plot` describes."""
    table = found.table().sort_values("late_index")
    shown = [("late_index", BLUE, f"late: after {found.finish}")]
    if found.most is not None:
        what = found.measure.replace("_", " ")
        shown.append(("above_index", VERMILION, f"more than {found.most:g} {what}"))
    note = found.origin_line + " · line: 95 % interval"
    with plt.rc_context(STYLE):
        height = 0.9 + 0.24 * len(table)
        title = "Which piece is to blame?"
        drawn = panels(title, note, axes, len(shown), columns=2, height=height, sharey=True)
        for ax, (name, colour, heading) in zip(drawn, shown, strict=True):
            _bars(ax, table, name, colour)
            ax.set(title=heading, xlabel="% of these trials that would not be without it")
        rows = [named(kind, name) for kind, name in table.index]
        drawn[0].set_yticks(range(len(rows)), rows)
    return drawn


def _bars(ax: Axes, table: Any, name: str, colour: str) -> None:
    rows = np.arange(len(table))
    share, low, high = (100 * table[name + end].to_numpy() for end in ("", "_low", "_high"))
    ax.barh(rows, share, 0.6, color=colour, alpha=0.75)
    ax.hlines(rows, low, high, color=BLACK, lw=1.2)
    ax.set_xlim(0, max(5, 1.1 * float(np.nanmax(high, initial=0))))
    ax.grid(axis="y", visible=False)
