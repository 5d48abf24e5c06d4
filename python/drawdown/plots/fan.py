"""Fans: what is forecast, month by month, with what came."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from .figure import BLACK, BLUE, VERMILION

# From the outside in: quantiles that a band lies between, and how dense it is.
_BANDS = ((0.05, 0.95, 0.18), (0.1, 0.9, 0.18), (0.25, 0.75, 0.25))
MARKS = " · bands: central 90, 80 and 50 %; line: median"


def fan(ax: Axes, at: Any, samples: Any, came_at: Any, came: Any) -> None:
    """Bands and the median of samples, a list by month, and dots for what came.

    Dots outside the central 80 % stand out.
    """
    levels = [level for low, high, _ in _BANDS for level in (low, high)] + [0.5]
    found = np.array([np.quantile(one, levels, method="inverted_cdf") for one in samples]).T
    for k, (low, high, dense) in enumerate(_BANDS):
        label = f"central {round(100 * (high - low))} %"
        shade: Any = {"color": BLUE, "alpha": dense, "lw": 0, "label": label}
        ax.fill_between(at, found[2 * k], found[2 * k + 1], **shade)
    ax.plot(at, found[-1], color=BLUE, lw=1.2, label="median")
    if len(came):
        within = dict(zip(np.asarray(at), zip(found[2], found[3], strict=True), strict=True))
        ends = np.array([within.get(day, (-np.inf, np.inf)) for day in np.asarray(came_at)])
        outside = (came < ends[:, 0]) | (came > ends[:, 1])
        ax.plot(came_at, came, ".", color=BLACK, ms=4, label="came")
        ax.plot(
            np.asarray(came_at)[outside],
            np.asarray(came)[outside],
            ".",
            color=VERMILION,
            ms=6,
            label="outside the central 80 %",
        )
