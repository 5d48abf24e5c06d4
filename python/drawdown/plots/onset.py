"""Figure of how often months exceed a level where a chance was given."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..learn.onset import Onset
from .figure import GREY, colour, height_of_legend, legend_above, panels, width_of


def draw(found: Onset, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Onset.plot` describes."""
    table = found.reliability()
    keys = [at[:3] for at in table.index]
    asked = list(dict.fromkeys(at[:2] for at in keys))
    models = list(dict.fromkeys(table.index.get_level_values("forecast")))
    note = found.origin_line + " · dot: how often it happened; line: exact 95 % interval"
    legend = height_of_legend([str(one) for one in models], width_of(sheet))
    shape: Any = {"columns": 3, "height": 2.3, "legend": legend, "sharex": True, "sharey": True}
    with panels(found.title, note, sheet, len(asked), **shape) as drawn:
        for ax, (question, horizon) in zip(drawn, asked, strict=True):
            ax.plot([0, 1], [0, 1], color=GREY, lw=0.9)
            for k, model in enumerate(models):
                part = table[[at == (question, horizon, model) for at in keys]]
                aside = 0.012 * (k - (len(models) - 1) / 2)
                at = part["chance"].to_numpy(float) + aside
                ax.vlines(at, part["low"], part["high"], color=colour(k), lw=0.8, alpha=0.7)
                ax.plot(at, part["share"], "o", color=colour(k), ms=3.5, label=str(model))
            ax.set(xlim=(-0.04, 1.04), ylim=(-0.04, 1.04))
            ahead = f", month {horizon}" if question == "above" else ""
            ax.set_xlabel(f"chance given: {question}{ahead}", size="small")
        drawn[0].set_ylabel("share in which it happened")
        legend_above(drawn[0])
    return drawn
