"""Figure of rules that a search has found."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.explanation import AS_WRITTEN
from ..analysis.rule_search import RuleSearch
from ..languages.speech import say
from ..runs.outcomes import unit, worse
from ..runs.wording import plain_heading, unit_named
from .figure import BLACK, BLUE, GREY, Rows, panels


def draw(search: RuleSearch, sheet: Sheet) -> NDArray[Any]:
    """The figure that `RuleSearch.plot` describes."""
    table = search.table()
    rules = [name for name in table.index.unique("rule") if name != AS_WRITTEN]
    run = search.comparison.runs[AS_WRITTEN]
    rows_of = Rows.of([search.called(rule) for rule in rules], least=0.28)
    shape: Any = {"columns": 2, "height": 0.9 + rows_of.height, "sharey": True}
    title = say("search-figure", rule=search.rule)
    note = f"{run.origin_line}\n{say('search-marks')}"
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
            last = objective == "finish_days"
            name = say("end-of-last-phase") if last else plain_heading(objective)
            key = "search-axis-less" if worse([objective])[0] > 0 else "search-axis-more"
            ax.set(title=name, xlabel=say(key, unit=unit_named(unit(run, objective))))
            ax.grid(axis="y", visible=False)
        rows_of.label(drawn[0], 0.5)
    return drawn
