"""Figure of what each uncertain number moves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.explanation import AS_WRITTEN
from ..analysis.tornado import Tornado
from ..languages.speech import say
from ..runs.outcomes import unit
from ..runs.wording import plain_heading, unit_named
from .figure import BLACK, BLUE, VERMILION, Rows, legend_of_all, panels

# Of the ranges, as many as move the most.
_MOST = 8


def draw(found: Tornado, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Tornado.plot` describes."""
    low, high = found._ends
    sides = (("low", BLUE, low), ("high", VERMILION, high))
    shown = min(_MOST, len(found.values))
    shape: Any = {}
    for measure in found.measures:
        table = found.table().loc[measure].head(shown)
        names = Rows.of([found.names[str(path)] for path in table.index], 1.7, 0.3)
        shape[measure] = table, names
    height = 1.1 + max(names.height for _, names in shape.values())
    title, note = say("tornado-figure"), f"{found.origin_line} · {say('marks-line')}"
    with panels(title, note, sheet, len(shape), columns=2, height=height) as drawn:
        for ax, (measure, (table, names)) in zip(drawn, shape.items(), strict=True):
            rows = np.arange(len(table))
            for side, colour, end in sides:
                label = say("tornado-side", quantile=end)
                ax.barh(rows, table[side], 0.6, color=colour, alpha=0.75, label=label)
                ax.hlines(rows, table[f"{side}_low"], table[f"{side}_high"], color=BLACK, lw=1)
            ax.axvline(0, color=BLACK, lw=0.8)
            names.label(ax)
            ax.set(title=plain_heading(measure))
            there = unit_named(unit(found.runs[AS_WRITTEN], measure))
            ax.set_xlabel(say("tornado-axis", unit=there))
        legend_of_all(drawn, sheet)
    return drawn
