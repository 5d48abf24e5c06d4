"""Figure of what plans trade against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from .choice import differences, frontier
from .compare import STAY
from .figure import BLUE, GREY, STYLE, panels
from .outcomes import unit as unit_of

if TYPE_CHECKING:
    from .comparison import Comparison

_NAMES = {"finish_days": "end of the last phase"}
_MARKS = " · mean differences, 95 % intervals; hollow: surely dominated by another"


def draw(comparison: Comparison, measures: Sequence[str], axes: Sequence[Axes] | None) -> Any:
    """The figure that `ComparisonPlots.frontier` describes."""
    if len(measures) < 2:
        raise ValueError(f"a figure of what plans trade takes two measures, not {measures}")
    dominated = frontier(comparison, measures)["dominated_by"].ne("")
    apart = differences(comparison, measures)
    # Nobody leaving is so far from all plans that they would lie on one spot beside it.
    plans = [plan for plan in apart if plan != STAY]
    plans = plans if len(plans) > 1 else list(apart)
    base = comparison.runs[comparison.baseline]
    unit = {measure: unit_of(base, measure) for measure in measures}
    with plt.rc_context(STYLE):
        title = f"What plans trade, less “{comparison.baseline}”"
        note, count = comparison.origin_line + _MARKS, len(measures) - 1
        drawn = panels(title, note, axes, count, columns=2, height=3.4)
        for k, ax in enumerate(drawn, 1):
            for plan in plans:
                x, y = apart[plan][0], apart[plan][k]
                colour = GREY if dominated[plan] else BLUE
                style: Any = {"color": colour, "mfc": "white" if dominated[plan] else colour}
                ax.errorbar(x["mean"], y["mean"], _reach(y), _reach(x), "o", lw=1, **style)
                at = (x["mean"], y["mean"])
                ax.annotate(plan, at, (6, 5), textcoords="offset points", size=8)
            ax.axhline(0, color=GREY, lw=0.7)
            ax.axvline(0, color=GREY, lw=0.7)
            ax.set(xlabel=_axis(measures[0], unit), ylabel=_axis(measures[k], unit))
            ax.margins(0.2)
    return drawn


def _reach(about: dict[str, float]) -> Any:
    return np.array([[about["mean"] - about["low"]], [about["high"] - about["mean"]]])


def _axis(measure: str, unit: dict[str, str]) -> str:
    name = _NAMES.get(measure, measure.replace("_", " "))
    return name if name == unit[measure] else f"{name}, {unit[measure]}"
