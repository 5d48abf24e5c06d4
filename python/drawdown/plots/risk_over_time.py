"""Figure of risk over time."""

from __future__ import annotations

import math
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.risk_over_time import ALL, RiskOverTime
from ..languages.figures import localised, month, month_in_short
from ..languages.speech import say
from .figure import GREY, VERMILION, between, dates_below, from_zero, panels, titles, width_of
from .lettering import fitted


def draw(risk: RiskOverTime, sheet: Sheet) -> NDArray[Any]:
    """The figure that `RiskOverTime.plot` describes."""
    worst: Any = risk.worst()
    data = {name: values for name, (values, _) in risk._series().items()}
    edges = np.append(risk._dates, np.datetime64(risk.run.scenario.horizon, "s"))
    names = {ALL: say("all-sites")} | titles(risk.run.scenario, "sites")
    columns = 2 if len(risk.sites) <= 8 else 3
    shape: Any = {"columns": columns, "height": 2.1, "sharex": True}
    title = say("risk-figure", measure=say(f"risk-of-{risk.measure}"))
    note = f"{risk.origin_line} · {say('risk-marks')}"
    drawn: NDArray[Any]
    with panels(title, note, sheet, len(risk.sites), **shape) as drawn:
        inches = width_of(sheet) / min(columns, len(drawn)) - 1
        decimals = _decimals(
            [row["value"] for of, row in worst.iterrows() if of[0] == "per_person"]
        )
        there = np.flatnonzero((data["people"] > 0).any(axis=0))
        for k, (ax, site) in enumerate(zip(drawn, risk.sites, strict=True)):
            here = {name: values[k] for name, values in data.items()}
            people = ax.twinx()
            people.stairs(here["people"], edges, color=GREY, fill=True, alpha=0.18)
            people.set_ylim(0, None)
            people.grid(visible=False)
            people.set_ylabel(say("axis-people"), color=GREY, size="small")
            ax.set_ylabel(fitted(say("axis-risk"), 1.5, "small"), size="small")
            people.tick_params(labelcolor=GREY, labelsize="small")
            ax.set_zorder(people.get_zorder() + 1)
            ax.patch.set_visible(False)
            _steps(ax, edges, here)
            ax.set_title(fitted(names[site], inches, mpl.rcParams["axes.titlesize"]))
            if ("per_person", site) in worst.index:
                _peak(ax, worst.loc[("per_person", site)], edges, inches, decimals)
            risky = ax.get_ylim()[1] if (here["per_person"] > 0).any() else 0
            from_zero(ax, 1.25 * risky)
            # Nobody is there any more beyond that.
            between(ax, edges[0], edges[there.max(initial=0) + 1])
            dates_below(ax)
    return drawn


def _steps(ax: Axes, edges: NDArray[Any], here: dict[str, NDArray[Any]]) -> None:
    # `fill_between` leaves out the last step before a missing value.
    band: Any = {"fill": True, "color": VERMILION, "alpha": 0.25, "lw": 0}
    ax.stairs(here["per_person_high"], edges, baseline=here["per_person_low"], **band)
    values = here["per_person"]
    ax.step(edges, np.append(values, values[-1]), where="post", color=VERMILION)


def _decimals(values: Any) -> int:
    """As many for all as give the least of them two digits that count."""
    least = min(values, default=1)
    return max(0, 1 - math.floor(math.log10(least)))


def _peak(ax: Axes, row: Any, edges: NDArray[Any], inches: float, decimals: int) -> None:
    begins = np.datetime64(row["time"], "s")
    middle = begins + (edges[1] - edges[0]) / 2
    ax.plot([middle], [row["value"]], "o", color=VERMILION, ms=5)
    value = localised(f"{row['value']:,.{decimals}f}")
    text = say("risk-peak", value=value, month=month_in_short(row["time"]))
    first, last = month_in_short(row["earliest"]), month_in_short(row["latest"])
    if first == last:
        text += "\n" + say("risk-peak-in", month=month(row["latest"]))
    else:
        text += "\n" + say("risk-peak-between", first=first, last=last)
    text = fitted(text, inches, "small")
    ax.annotate(text, (0.98, 0.97), xycoords="axes fraction", ha="right", va="top", size="small")
