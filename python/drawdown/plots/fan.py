"""Fans: what is forecast, month by month, with what came."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from .figure import BLACK, BLUE, VERMILION

# From the outside in: quantiles that a band lies between, and how dense it is.
_BANDS = ((0.05, 0.95, 0.18), (0.1, 0.9, 0.18), (0.25, 0.75, 0.25))
OUTERMOST = _BANDS[0][1]


def fan(ax: Axes, at: Any, samples: Any, came_at: Any, came: Any) -> None:
    """Bands and the median of samples, a list by date, and dots for what came on some of them."""
    levels = [level for low, high, _ in _BANDS for level in (low, high)] + [0.5]
    found = np.array([np.quantile(one, levels, method="inverted_cdf") for one in samples]).T
    for k, (_, _, dense) in enumerate(_BANDS):
        shade: Any = {"color": BLUE, "alpha": dense, "lw": 0}
        ax.fill_between(at, found[2 * k], found[2 * k + 1], **shade)
    ax.plot(at, found[-1], color=BLUE, lw=1.2)
    if len(came):
        places = np.searchsorted(at, came_at)
        outside = (came < found[2][places]) | (came > found[3][places])
        ax.plot(came_at, came, ".", color=BLACK, ms=4)
        ax.plot(came_at[outside], came[outside], ".", color=VERMILION, ms=6)
