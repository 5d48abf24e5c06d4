"""Figure of going back in."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from .._internal.sheet import Sheet
from ..analysis.explanation import AS_WRITTEN
from ..analysis.reentry import Reentry
from ..languages.speech import say
from .figure import BLACK, height_of_legend, legend_above, line_of, panels, width_of


def draw(found: Reentry, sheet: Sheet) -> Axes:
    """The figure that `Reentry.plot` describes."""
    note = f"{found.origin_line} · {say('reentry-marks')}"
    title = say("reentry-figure")
    curves = {str(name): curve for name, curve in found.survival.groupby(level="case", sort=False)}
    legend = height_of_legend([found.called(name) for name in curves], width_of(sheet))
    drawn: Axes
    with panels(title, note, sheet, 1, legend=legend) as (drawn,):
        others = (name for name in curves if name != AS_WRITTEN)
        style: Any = {name: line_of(k) for k, name in enumerate(others)}
        style[AS_WRITTEN] = {"color": BLACK}
        for name, curve in curves.items():
            days, gone = curve["days"], 100 * (1 - curve["share"])
            low, high = 100 * (1 - curve["high"]), 100 * (1 - curve["low"])
            drawn.step(days, gone, where="post", label=found.called(name), lw=1.4, **style[name])
            band: Any = {"color": style[name]["color"], "alpha": 0.12, "lw": 0}
            drawn.fill_between(days, low, high, step="post", **band)
        drawn.set(xlabel=say("reentry-axis-days"), ylabel=say("reentry-axis-chance"))
        drawn.set_xlim(0, None)
        drawn.set_ylim(0, None)
        legend_above(drawn)
        if not len(found.survival):
            text = say("reentry-nobody")
            drawn.text(0.02, 0.95, text, transform=drawn.transAxes, va="top")
    return drawn
