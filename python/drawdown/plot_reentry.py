"""Figure of going back in."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from .explanation import AS_WRITTEN
from .figure import BLACK, CYCLE, STYLE, panels

if TYPE_CHECKING:
    from .reentry import Reentry


def draw(found: Reentry, ax: Axes | None) -> Axes:
    """The figure that `Reentry.plot` describes."""
    note = found.origin_line + " · band: 95 % interval at each time"
    with plt.rc_context(STYLE):
        title = "Going back in, if the hazard is as assumed"
        (drawn,) = panels(title, note, None if ax is None else [ax], 1)
        colours = cycle(CYCLE)
        for name, curve in found.survival.groupby(level="case", sort=False):
            colour = BLACK if str(name) == AS_WRITTEN else next(colours)
            days, gone = curve["days"], 100 * (1 - curve["share"])
            low, high = 100 * (1 - curve["high"]), 100 * (1 - curve["low"])
            drawn.step(days, gone, where="post", color=colour, label=name, lw=1.4)
            drawn.fill_between(days, low, high, step="post", color=colour, alpha=0.12, lw=0)
        drawn.set(xlabel="days since the end of the last phase", ylabel="% of histories gone back")
        drawn.set_xlim(0, None)
        drawn.set_ylim(0, None)
        if len(found.survival):
            drawn.legend(loc="upper left", fontsize=7)
        else:
            text = "nobody leaves, or not before the horizon"
            drawn.text(0.02, 0.95, text, transform=drawn.transAxes, va="top")
    return drawn  # type: ignore[no-any-return]
