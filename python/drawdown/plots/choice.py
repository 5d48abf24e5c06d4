"""Figure of what plans trade against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from .._internal.sheet import Sheet
from ..analysis.choice import differences, frontier
from ..analysis.compare import STAY
from ..analysis.comparison import Comparison
from ..runs.outcomes import unit as unit_of
from .figure import BLUE, GREY, legend_above, overprinted, panels
from .lettering import fitted

_NAMES = {"finish_days": "end of the last phase"}
# One for each plan, if their names have to stand in a legend.
_MARKERS = "osD^v<>pP*hX"
# Differences that are those of no trial.
_NOTHING = 1e-9
_MARKS = " · mean differences, 95 % intervals; hollow: surely dominated by another"


def draw(comparison: Comparison, measures: Sequence[str], sheet: Sheet) -> Any:
    """The figure that `ComparisonPlots.frontier` describes."""
    if len(measures) < 2:
        raise ValueError(f"a figure of what plans trade takes two measures, not {measures}")
    dominated = frontier(comparison.runs, measures)["dominated_by"].ne("")
    apart = differences(comparison.runs, comparison.baseline, measures)
    # Nobody leaving is so far from all plans that they would lie on one spot beside it.
    plans = [plan for plan in apart if plan != STAY]
    plans = plans if len(plans) > 1 else list(apart)
    base = comparison.runs[comparison.baseline]
    unit = {measure: unit_of(base, measure) for measure in measures}
    title = f"What plans trade, less “{comparison.baseline}”"
    note, count = comparison.origin_line + _MARKS, len(measures) - 1
    with panels(title, note, sheet, count, columns=2, height=3.4) as drawn:
        names = []
        for k, ax in enumerate(drawn, 1):
            for place, plan in enumerate(plans):
                x, y = apart[plan][0], apart[plan][k]
                shade = GREY if dominated[plan] else BLUE
                style: Any = {"color": shade, "mfc": "white" if dominated[plan] else shade}
                style["marker"] = _MARKERS[place % len(_MARKERS)]
                ax.errorbar(
                    x["mean"], y["mean"], _reach(y), _reach(x), ls="", lw=1, label=plan, **style
                )
                at, text = (x["mean"], y["mean"]), fitted(plan, 1.4, "small")
                name = ax.annotate(text, at, (6, 5), textcoords="offset points", size="small")
                name.set_in_layout(False)
                names.append(name)
            ax.axhline(0, color=GREY, lw=0.7)
            ax.axvline(0, color=GREY, lw=0.7)
            ax.set(xlabel=_axis(measures[0], unit), ylabel=_axis(measures[k], unit))
            ax.margins(0.2)
            for axis in (ax.xaxis, ax.yaxis):
                axis.set_major_formatter("{x:,g}")
                axis.set_major_locator(MaxNLocator(5))
                if max(map(abs, axis.get_view_interval())) < _NOTHING:
                    axis.set_view_interval(-1, 1, ignore=True)
        if overprinted(names, sheet):
            for name in names:
                name.remove()
            legend_above(drawn[0])
    return drawn


def _reach(about: dict[str, float]) -> Any:
    return np.array([[about["mean"] - about["low"]], [about["high"] - about["mean"]]])


def _axis(measure: str, unit: dict[str, str]) -> str:
    name = _NAMES.get(measure, measure.replace("_", " "))
    return name if name == unit[measure] else f"{name}, {unit[measure]}"
