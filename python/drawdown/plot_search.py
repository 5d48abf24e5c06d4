"""Figure of rules that a search has found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .explanation import AS_WRITTEN
from .figure import BLACK, BLUE, GREY, STYLE, panels
from .quantities import units

if TYPE_CHECKING:
    from .better_rules import Search

_NAMES = {"finish_days": "end of the last phase"}
_MARKS = "dot: fresh luck, with its 95 % interval; hollow: what the search saw"


def draw(search: Search, axes: list[Axes] | None) -> NDArray[Any]:
    """The figure that `Search.plot` describes."""
    table = search.table()
    rules = [name for name in table.index.unique("rule") if name != AS_WRITTEN]
    run = search.comparison.runs[AS_WRITTEN]
    unit = units(run)
    with plt.rc_context(STYLE):
        title = f"Rules found, less “{search.rule}” as written"
        count, height = len(search.objectives), 0.9 + 0.28 * len(rules)
        note = f"{run.origin_line}\n{_MARKS}"
        drawn = panels(title, note, axes, count, columns=2, height=height, sharey=True)
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
            ax.set(title=name, xlabel=f"{unit[objective]}; less is better")
            ax.grid(axis="y", visible=False)
        drawn[0].set_yticks(range(len(rules)), rules)
        drawn[0].set_ylim(len(rules) - 0.5, -0.5)
    return drawn
