"""Figure of an update: what is left of the particles."""

from __future__ import annotations

from matplotlib.axes import Axes

from .._internal.sheet import Sheet
from ..languages.speech import say
from ..learn.update import Update
from .figure import colour, height_of_legend, legend_above, panels, width_of


def draw(update: Update, sheet: Sheet) -> Axes:
    """The figure that `Update.plot` describes."""
    table = update.table()
    lines = {name: say(f"updated-{name}") for name in ("effective", "distinct")}
    title = say("updated-figure")
    legend = height_of_legend(list(lines.values()), width_of(sheet))
    drawn: Axes
    with panels(title, update.origin_line, sheet, 1, legend=legend) as (drawn,):
        for k, (name, label) in enumerate(lines.items()):
            drawn.plot(table["to"], table[name], "o-", ms=3.5, color=colour(k), label=label)
        drawn.set_yscale("log")
        drawn.yaxis.set_major_formatter("{x:,g}")
        drawn.set(xlabel=say("updated-axis-until"), ylabel=say("updated-axis-number"))
        legend_above(drawn)
    return drawn
