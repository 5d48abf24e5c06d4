"""Figure of a frozen forecast."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..learn.forecast import Forecast
from .fan import CAME, MARKS, fan
from .figure import dates_below, from_zero, panels, width_of
from .lettering import fitted


def draw(found: Forecast, observed: Any, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Forecast.plot` describes."""
    scores = None if observed is None else found.score(observed).each
    paths, note = found.paths, found.origin_line + (MARKS if scores is None else CAME)
    with panels(found.title, note, sheet, len(paths), columns=2, height=2.4) as drawn:
        for ax, one in zip(drawn, paths, strict=True):
            days = one.months.to_timestamp(how="start").to_numpy()
            came_at, came = np.array([], dtype="datetime64[s]"), np.array([])
            if scores is not None:
                mine = scores[
                    (scores["forecast"] == one.forecast)
                    & (scores["target"] == one.target)
                    & (scores["over"] == "month")
                ]
                came_at, came = mine["from"].to_numpy(), mine["observed"].to_numpy(float)
            fan(ax, days, list(one.values.T), came_at, came)
            told = f"{one.forecast}: {one.target} a month"
            ax.set_title(fitted(told, width_of(sheet) / 2 - 1, mpl.rcParams["axes.titlesize"]))
            from_zero(ax, ax.get_ylim()[1])
            dates_below(ax)
    return drawn
