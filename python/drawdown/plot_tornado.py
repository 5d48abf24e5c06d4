"""Figure of what each uncertain number moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .explanation import AS_WRITTEN
from .figure import BLACK, BLUE, STYLE, VERMILION, panels
from .outcomes import unit

if TYPE_CHECKING:
    from .tornado import Tornado

# Of the ranges, as many as move the most.
_MOST = 8


def draw(found: Tornado, axes: list[Axes] | None) -> NDArray[Any]:
    """The figure that `Tornado.plot` describes."""
    low, high = (f"P{100 * share:g}" for share in found.quantiles)
    sides = (("low", BLUE, f"at its {low}"), ("high", VERMILION, f"at its {high}"))
    shown = min(_MOST, len(found.values))
    with plt.rc_context(STYLE):
        note = found.origin_line + " · line: 95 % interval"
        title = "What each uncertain number moves by itself"
        height = 1.1 + 0.3 * shown
        drawn = panels(title, note, axes, len(found.measures), columns=2, height=height)
        for ax, measure in zip(drawn, found.measures, strict=True):
            table = found.table().loc[measure].head(shown).iloc[::-1]
            rows = np.arange(len(table))
            for side, colour, label in sides:
                ax.barh(rows, table[side], 0.6, color=colour, alpha=0.75, label=label)
                ax.hlines(rows, table[f"{side}_low"], table[f"{side}_high"], color=BLACK, lw=1)
            ax.axvline(0, color=BLACK, lw=0.8)
            ax.set_yticks(rows, [found.names[str(path)] for path in table.index])
            ax.set(title=measure.replace("_", " "))
            ax.set_xlabel(f"change to as written, {unit(found.runs[AS_WRITTEN], measure)}")
            ax.grid(axis="y", visible=False)
        drawn[0].legend(loc="lower right")
    return drawn
