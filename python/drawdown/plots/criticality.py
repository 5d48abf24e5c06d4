"""Figure of criticality."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from .._internal.tables import number
from ..analysis.criticality import Criticality
from ..languages.speech import say
from .figure import BLACK, BLUE, GREY, VERMILION, Rows, panels


def draw(found: Criticality, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Criticality.plot` describes."""
    table = found.table().sort_values("late_index", ascending=False, kind="stable")
    shown = [("late_index", BLUE, say("critical-panel-late", lateness=found.lateness))]
    if found._breaks and found.ceiling is not None:
        shown.append(("above_index", VERMILION, found.ceiling.otherwise.words(number)))
    note = f"{found.origin_line} · {say('marks-line')}"
    rows = Rows.of([say(f"part-{kind}", id=name) for kind, name in table.index], least=0.24)
    shape: Any = {"columns": 2, "height": 0.9 + rows.height, "sharey": True}
    with panels(say("critical-figure"), note, sheet, len(shown), **shape) as drawn:
        for ax, (name, colour, heading) in zip(drawn, shown, strict=True):
            _bars(ax, table, name, colour)
            ax.set(title=heading, xlabel=say("critical-axis"))
        rows.label(drawn[0])
    return drawn


def _bars(ax: Axes, table: Any, name: str, colour: str) -> None:
    rows = np.arange(len(table))
    share, low, high = (100 * table[name + end].to_numpy() for end in ("", "_low", "_high"))
    ax.barh(rows, share, 0.6, color=colour, alpha=0.75)
    ax.hlines(rows, low, high, color=BLACK, lw=1.2)
    if not np.nansum(share):
        ax.text(0.5, 0.5, say("critical-none"), transform=ax.transAxes, ha="center", color=GREY)
    ax.set_xlim(0, max(5, 1.1 * float(np.nanmax(high, initial=0))))
    ax.grid(axis="y", visible=False)
