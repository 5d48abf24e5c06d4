"""Figure of an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from .._internal.tables import number, short
from ..analysis.explanation import ALL_OFF, AS_WRITTEN, INTERACTION, TOGETHER, Explanation, called
from ..languages.speech import say
from ..runs.wording import plain_heading, unit_named
from .figure import BLACK, BLUE, GREY, VERMILION, Rows, panels

# The numbers beside dots and bars.
_BESIDE: Any = {"xytext": (5, 0), "textcoords": "offset points", "va": "center", "size": "small"}


def draw(explanation: Explanation, measures: Sequence[str] | None, sheet: Sheet) -> NDArray[Any]:
    """Draw what `Explanation.plot` describes."""
    table = explanation.table(measures)
    there = list(table.index.unique("measure"))
    if not there:
        raise ValueError("there is nothing to draw: no mechanism was switched off")
    names = [AS_WRITTEN, *explanation.mechanisms]
    if TOGETHER in table.index.unique("mechanism"):
        names.append(ALL_OFF)
    rows = Rows.of([called(name) for name in names], least=0.22)
    shape: Any = {"columns": 2, "height": 1 + rows.height, "sharey": True}
    title, note = explanation.title, f"{explanation.origin_line} · {say('explained-marks')}"
    with panels(title, note, sheet, len(there), **shape) as drawn:
        for ax, measure in zip(drawn, there, strict=True):
            of_measure = table.loc[measure]
            _steps(ax, of_measure)
            unit = unit_named(of_measure["unit"].iloc[0])
            ax.set(title=plain_heading(measure), xlabel=say("explained-axis", unit=unit))
    return drawn


def _steps(ax: Axes, table: pd.DataFrame) -> None:
    """From the mean without each mechanism to that as written, and the mean with all off."""
    alone = table.drop(index=[INTERACTION, TOGETHER], errors="ignore")
    written = (alone["without"] + alone["change"]).iloc[0]
    ax.axvline(written, color=GREY, lw=0.7)
    _level(ax, 0, written)
    columns = (alone[name] for name in ("without", "change", "low", "high"))
    for row, (without, change, low, high) in enumerate(zip(*columns, strict=True), 1):
        colour = VERMILION if change > 0 else BLUE
        ax.barh(row, change, 0.6, left=without, color=colour, alpha=0.75)
        ax.plot([written - high, written - low], [row, row], color=BLACK, lw=1.2)
        text = ("+" if change > 0 else "") + short(change)
        ax.annotate(text, (max(without, written, written - low), row), **_BESIDE)
    names = [AS_WRITTEN, *map(str, alone.index)]
    if TOGETHER in table.index:
        _level(ax, len(names), table.loc[[TOGETHER], "without"].item())
        names.append(ALL_OFF)
    ax.set_yticks(range(len(names)), [called(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.use_sticky_edges = False
    ax.margins(x=0.25)
    ax.grid(axis="y", visible=False)
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.xaxis.set_major_formatter("{x:,.5g}")


def _level(ax: Axes, row: int, at: float) -> None:
    ax.plot([at], [row], "o", color=GREY)
    ax.annotate(number(at), (at, row), **_BESIDE)
