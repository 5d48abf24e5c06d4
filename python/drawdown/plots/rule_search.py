"""Figure of rules that a search has found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.explanation import AS_WRITTEN
from ..analysis.rule_search import RuleSearch
from ..runs.outcomes import unit, worse
from .figure import BLACK, BLUE, GREY, Rows, panels

_NAMES = {"finish_days": "end of the last phase"}
_MARKS = "dot: fresh trials, with the 95 % interval; hollow: what the search saw"


def draw(search: RuleSearch, sheet: Sheet) -> NDArray[Any]:
    """The figure that `RuleSearch.plot` describes."""
    table = search.table()
    rules = [name for name in table.index.unique("rule") if name != AS_WRITTEN]
    run = search.comparison.runs[AS_WRITTEN]
    rows_of = Rows.of(rules, least=0.28)
    shape: Any = {"columns": 2, "height": 0.9 + rows_of.height, "sharey": True}
    title, note = f"Rules found, less “{search.rule}” as written", f"{run.origin_line}\n{_MARKS}"
    with panels(title, note, sheet, len(search.objectives), **shape) as drawn:
        for ax, objective in zip(drawn, search.objectives, strict=True):
            about = table.xs(objective, level="objective")
            seen = about["search"] - about.loc[AS_WRITTEN, "search"]
            about, seen = about.loc[rules], seen.loc[rules]
            rows = np.arange(len(rules))
            ax.axvline(0, color=GREY, lw=0.8)
            ax.hlines(rows, about["low"], about["high"], color=BLACK, lw=1.2)
            ax.plot(seen, rows, "o", color=GREY, mfc="white", ms=5)
            ax.plot(about["difference"], rows, "o", color=BLUE, ms=5)
            name = _NAMES.get(objective, objective.replace("_", " "))
            better = "less" if worse([objective])[0] > 0 else "more"
            ax.set(title=name, xlabel=f"{unit(run, objective)}; {better} is better")
            ax.grid(axis="y", visible=False)
        rows_of.label(drawn[0], 0.5)
    return drawn
