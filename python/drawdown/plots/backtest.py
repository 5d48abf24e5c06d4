"""Figures of forecasts from one origin after another."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import said_or, say
from ..learn.backtest import Backtest
from ..learn.scores import Scores, model_name
from .fan import fan
from .figure import (
    GREY,
    colour,
    dates_below,
    from_zero,
    height_of_legend,
    legend_above,
    panels,
    width_of,
)
from .lettering import fitted
from .scores import histograms, in_months


def draw(found: Backtest, kind: str, horizon: int, baseline: str, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Backtest.plot` describes."""
    if kind == "skill":
        return _skill(found, baseline, sheet)
    if kind == "fan":
        return _fans(found, horizon, sheet)
    return _histograms(found, horizon, sheet)


def _skill(found: Backtest, baseline: str, sheet: Sheet) -> NDArray[Any]:
    table = found.table([baseline]).reset_index()
    models = [name for name in found.models if name != baseline]
    title = say("backtest-figure", baseline=model_name(baseline))
    note = f"{found.origin_line} · {say('backtest-marks')}"
    legend = height_of_legend(list(map(model_name, models)), width_of(sheet))
    name = f"skill_{baseline}"
    with panels(title, note, sheet, 2, height=2.2, legend=legend, sharex=True) as drawn:
        for ax, over in zip(drawn, ("month", "sum"), strict=True):
            for k, model in enumerate(models):
                mine = table[(table["over"] == over) & (table["forecast"] == model)]
                # Side by side, so that intervals can be told apart.
                at = np.arange(len(mine)) + 0.5 * ((k + 0.5) / len(models) - 0.5)
                ends = (mine[f"{name}_low"], mine[f"{name}_high"])
                ax.vlines(at, *ends, color=colour(k), lw=1.2)
                ax.plot(at, mine[name], "o", color=colour(k), ms=4, label=model_name(model))
            ax.axhline(0, color=GREY, lw=0.9)
            ax.set_xticks(range(len(found.horizons)), [str(one) for one in found.horizons])
            ax.set(ylabel=say(f"backtest-axis-{over}"), ylim=(_lowest(table[name]), 1.02))
        drawn[-1].set_xlabel(say("backtest-axis-ahead"))
        legend_above(drawn[0])
    return drawn


def _lowest(skill: Any) -> float:
    """Where the axis ends: what is far below nothing is drawn to the edge."""
    return float(min(-0.25, max(np.nanmin(skill) - 0.1, -1.5)))


def _fans(found: Backtest, horizon: int, sheet: Sheet) -> NDArray[Any]:
    each, ensembles = found.scores.each, found.scores._ensembles
    measure = said_or(f"measure-{found.measure}", found.measure)
    about = {"measure": f"{measure[:1].upper()}{measure[1:]}", "months": in_months(horizon)}
    title = say("backtest-fans", **about)
    note = f"{found.origin_line} · {say('forecast-marks-came')}"
    with panels(title, note, sheet, len(found.models), height=1.9, sharex=True) as drawn:
        for ax, model in zip(drawn, found.models, strict=True):
            mine = each[
                (each["forecast"] == model)
                & (each["over"] == "month")
                & (each["horizon"] == horizon)
            ]
            samples = [ensembles.values[k] for k in mine.index]
            at, came = mine["from"].to_numpy(), mine["observed"].to_numpy(float)
            fan(ax, at, samples, at, came)
            ax.set_title(
                fitted(model_name(model), width_of(sheet) - 1, mpl.rcParams["axes.titlesize"])
            )
            ax.set_ylabel(say("forecast-a-month"))
            tops = [float(np.quantile(one, 0.9)) for one in samples]
            from_zero(ax, 1.1 * max([*came, float(np.quantile(tops, 0.95))]))
            dates_below(ax)
    return drawn


def _histograms(found: Backtest, horizon: int, sheet: Sheet) -> NDArray[Any]:
    each = found.scores.each
    chosen = (each["over"] == "month") & (each["horizon"] == horizon)
    some = Scores(found.scores._ensembles.some(chosen), each[chosen].reset_index(drop=True))
    title = say("backtest-histograms", months=in_months(horizon))
    return histograms(some, "pit", sheet, title)
