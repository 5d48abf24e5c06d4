"""Figure of risk over time."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from .._internal.tables import number
from ..analysis.risk_over_time import ALL, RiskOverTime
from .figure import GREY, VERMILION, between, dates_below, from_zero, panels, titles, width_of
from .lettering import fitted

_MARKS = " · grey: people (right)"


def draw(risk: RiskOverTime, sheet: Sheet) -> NDArray[Any]:
    """The figure that `RiskOverTime.plot` describes."""
    data, worst = risk.dataset(), risk.worst()
    edges = np.append(data["time"].values, np.datetime64(risk.run.scenario.horizon, "s"))
    names = {ALL: ALL} | titles(risk.run.scenario, "sites")
    columns = 2 if len(risk.sites) <= 8 else 3
    shape: Any = {"columns": columns, "height": 2.1, "sharex": True}
    title = f"Risk to a person: {risk.measure} per 1,000 people and year"
    drawn: NDArray[Any]
    with panels(title, risk.origin_line + _MARKS, sheet, len(risk.sites), **shape) as drawn:
        inches = width_of(sheet) / min(columns, len(drawn)) - 1
        there = np.flatnonzero((data["people"] > 0).any("site"))
        for ax, site in zip(drawn, risk.sites, strict=True):
            here = data.sel(site=site)
            people = ax.twinx()
            people.stairs(here["people"].values, edges, color=GREY, fill=True, alpha=0.18)
            people.set_ylim(0, None)
            people.grid(visible=False)
            people.tick_params(labelcolor=GREY, labelsize="small")
            ax.set_zorder(people.get_zorder() + 1)
            ax.patch.set_visible(False)
            _steps(ax, edges, here)
            ax.set_title(fitted(names[site], inches, mpl.rcParams["axes.titlesize"]))
            if ("per_person", site) in worst.index:
                _peak(ax, worst.loc[("per_person", site)], edges, inches)
            risky = ax.get_ylim()[1] if here["per_person"].max() > 0 else 0
            from_zero(ax, 1.25 * risky)
            # Nobody is there any more beyond that.
            between(ax, edges[0], edges[there.max(initial=0) + 1])
            dates_below(ax)
    return drawn


def _steps(ax: Axes, edges: NDArray[Any], here: Any) -> None:
    def steps(name: str) -> NDArray[Any]:
        values = here[name].values
        return np.append(values, values[-1])

    band: Any = {"step": "post", "color": VERMILION, "alpha": 0.25, "lw": 0}
    ax.fill_between(edges, steps("per_person_low"), steps("per_person_high"), **band)
    ax.step(edges, steps("per_person"), where="post", color=VERMILION)


def _peak(ax: Axes, row: Any, edges: NDArray[Any], inches: float) -> None:
    begins = np.datetime64(row["time"], "s")
    middle = begins + (edges[1] - edges[0]) / 2
    ax.plot([middle], [row["value"]], "o", color=VERMILION, ms=5)
    value = number(float(format(row["value"], ".3g")))
    text = f"{value} from {row['time']:%b %Y}"
    text += f"\n(worst between {row['earliest']:%b %Y} and {row['latest']:%b %Y})"
    text = fitted(text, inches, "small")
    ax.annotate(text, (0.98, 0.97), xycoords="axes fraction", ha="right", va="top", size="small")
