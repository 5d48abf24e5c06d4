"""Figure of the weights of pooled forecasts."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from .._internal.sheet import Sheet
from ..languages.speech import say
from ..learn.scores import model_name
from ..learn.stack import Stacked
from .figure import BLACK, BLUE, Rows, panels


def draw(found: Stacked, sheet: Sheet) -> Axes:
    """The figure that `Stacked.plot` describes."""
    table = found.table()
    names = Rows.of([model_name(str(name)) for name in table.index], 2.2, 0.3)
    note = f"{found.origin_line} · {say('stacked-marks')}"
    ax: Axes
    with panels(found.title, note, sheet, 1, height=0.8 + names.height) as (ax,):
        rows = np.arange(len(table))
        ax.barh(rows, table["weight"], 0.6, color=BLUE, alpha=0.75)
        ax.hlines(rows, table["low"], table["high"], color=BLACK, lw=1)
        ax.set(xlim=(0, 1), xlabel=say("stacked-axis"))
        names.label(ax)
    return ax
