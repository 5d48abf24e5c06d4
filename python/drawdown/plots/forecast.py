"""Figure of a frozen forecast."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import said_or, say
from ..learn.forecast import Forecast
from ..learn.scores import model_name
from .fan import OUTERMOST, fan
from .figure import dates_below, from_zero, panels, width_of
from .lettering import fitted

# Months that are drawn beyond the last one in which something may come.
_AFTERMATH = 2


def draw(found: Forecast, observed: Any, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Forecast.plot` describes."""
    scores = None if observed is None else found.score(observed).each
    marks = say("forecast-marks" if scores is None else "forecast-marks-came")
    paths, note = found.paths, f"{found.origin_line} · {marks}"
    last = _last_month(found, scores)
    beyond = last < max(one.months[-1] for one in paths)
    note += f" · {say('forecast-drawn-until', month=str(last))}" if beyond else ""
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
            target = said_or(f"measure-{one.target}", one.target)
            told = say("forecast-panel", forecast=model_name(one.forecast), target=target)
            ax.set_title(fitted(told, width_of(sheet) / 2 - 1, mpl.rcParams["axes.titlesize"]))
            from_zero(ax, ax.get_ylim()[1])
            if beyond:
                ax.set_xlim(right=last.to_timestamp(how="start"))
            dates_below(ax)
    return drawn


def _last_month(found: Forecast, scores: Any) -> Any:
    """Soon after the last month in which something may come, or came."""
    ends = [] if scores is None else [scores["from"].max().to_period("M")]
    for one in found.paths:
        upper = np.quantile(one.values, OUTERMOST, axis=0, method="inverted_cdf")
        ends.extend(one.months[upper > 0][-1:])
    whole = max(one.months[-1] for one in found.paths)
    return min(max(ends) + _AFTERMATH, whole) if ends else whole
