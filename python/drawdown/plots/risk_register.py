"""Figure of what each risk does, beside the others and alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.explanation import AS_WRITTEN
from ..analysis.risk_register import RiskRegister
from ..languages.speech import say
from ..runs.outcomes import unit
from ..runs.wording import plain_heading, unit_named
from .figure import BLACK, BLUE, GREY, Rows, legend_of_all, panels

# Of the risks, as many as do the most.
_MOST = 10
_BARS = (
    ("run_out", BLUE, -0.18, "register-beside"),
    ("run_in", GREY, 0.18, "register-alone"),
)


def draw(found: RiskRegister, sheet: Sheet) -> NDArray[Any]:
    """The figure that `RiskRegister.plot` describes."""
    shown: Any = {}
    for measure in found.measures:
        table = found.table().loc[measure].head(_MOST)
        shown[measure] = table, Rows.of([found.names[str(risk)] for risk in table.index], 1.7, 0.4)
    height = 1.1 + max(names.height for _, names in shown.values())
    title, note = say("register-figure"), f"{found.origin_line} · {say('marks-line')}"
    with panels(title, note, sheet, len(shown), columns=2, height=height) as drawn:
        for ax, (measure, (table, names)) in zip(drawn, shown.items(), strict=True):
            rows = np.arange(len(table))
            for column, colour, shift, key in _BARS:
                label = say(key)
                ax.barh(rows + shift, table[column], 0.34, color=colour, alpha=0.75, label=label)
                ends = table[f"{column}_low"], table[f"{column}_high"]
                ax.hlines(rows + shift, *ends, color=BLACK, lw=1)
            ax.axvline(0, color=BLACK, lw=0.8)
            names.label(ax)
            ax.set(title=plain_heading(measure))
            there = unit_named(unit(found.runs[AS_WRITTEN], measure))
            ax.set_xlabel(say("register-axis", unit=there))
        legend_of_all(drawn, sheet)
    return drawn
