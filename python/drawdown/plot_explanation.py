"""Figure of an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .explanation import ALL_OFF, AS_WRITTEN, TOGETHER
from .figure import BLACK, BLUE, GREY, STYLE, VERMILION, panels
from .tables import number

if TYPE_CHECKING:
    from .explanation import Explanation

# The numbers beside dots and bars.
_BESIDE: Any = {"xytext": (5, 0), "textcoords": "offset points", "va": "center", "size": 7}


def waterfall(
    explanation: Explanation, measures: Sequence[str], axes: Sequence[Axes] | None
) -> NDArray[Any]:
    """Draws what `Explanation.plot` describes."""
    if ALL_OFF not in explanation.runs:
        raise ValueError("a waterfall needs the run with everything off, which is not there")
    table = explanation.table(measures)
    there = list(table.index.unique("measure"))
    with plt.rc_context(STYLE):
        height = 1 + 0.22 * (len(explanation.mechanisms) + 3)
        title, note = "What each mechanism does", explanation.origin_line
        drawn = panels(title, note, axes, len(there), columns=2, height=height, sharey=True)
        for ax, measure in zip(drawn, there, strict=True):
            steps = table.loc[measure]
            _waterfall(ax, steps)
            name = measure.replace("_", " ")
            ax.set(title=name, xlabel=f"mean in {steps['unit'].iloc[0]}, steps with 95 % intervals")
    return drawn


def _waterfall(ax: Axes, table: pd.DataFrame) -> None:
    """From the mean with everything off, step by step, to that as written."""
    steps = table.drop(index=TOGETHER)
    at = table.loc[[TOGETHER], "without"].item()
    _level(ax, 0, at)
    columns = (steps[name] for name in ("change", "low", "high"))
    for row, (change, low, high) in enumerate(zip(*columns, strict=True), 1):
        colour = VERMILION if change > 0 else BLUE
        ax.plot([at, at], [row - 1, row], color=GREY, lw=0.7)
        ax.barh(row, change, 0.6, left=at, color=colour, alpha=0.75)
        ax.plot([at + low, at + high], [row, row], color=BLACK, lw=1.2)
        text = ("+" if change > 0 else "") + number(change)
        ax.annotate(text, (at + max(change, high, 0), row), **_BESIDE)
        at += change
    last = len(steps) + 1
    ax.plot([at, at], [last - 1, last], color=GREY, lw=0.7)
    _level(ax, last, at)
    ax.set_yticks(range(last + 1), [ALL_OFF, *map(str, steps.index), AS_WRITTEN])
    ax.set_ylim(last + 0.6, -0.6)
    ax.use_sticky_edges = False
    ax.margins(x=0.25)
    ax.grid(axis="y", visible=False)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter("{x:,.5g}")


def _level(ax: Axes, row: int, at: float) -> None:
    ax.plot([at], [row], "o", color=GREY)
    ax.annotate(number(at), (at, row), **_BESIDE)
