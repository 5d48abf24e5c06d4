"""Figures of a sweep."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from .._internal.tables import number
from ..analysis.sweep import Sweep
from ..languages.speech import say
from ..runs.reduced import SURE
from ..runs.wording import plain_heading, unit_named
from ..stats.intervals import NORMAL_95
from .figure import colour, panels


def draw(sweep: Sweep, measures: list[str], sheet: Sheet) -> NDArray[Any]:
    """The figure that `Sweep.plot` describes."""
    paths = list(sweep.levels)
    if len(paths) > 2:
        raise ValueError(f"a figure has one path or two, not {len(paths)}: select from `dataset()`")
    data = sweep.dataset()
    for measure in measures:
        if measure not in data["measure"]:
            known = ", ".join(data["measure"].values)
            raise ValueError(f"there is no measure `{measure}`; there are {known}")
    one = len(paths) == 1
    sure = SURE if "variance" in sweep._first.origin else NORMAL_95
    note = f"{sweep.origin_line} · {say('swept-marks' if one else 'swept-means')}"
    both = say("list-and").join(map(_short, paths))
    title = say("swept-figure", path=_short(paths[0])) if one else both
    with panels(title, note, sheet, len(measures), columns=2, height=2.6) as drawn:
        for ax, measure in zip(drawn, measures, strict=True):
            about = data.sel(measure=measure)
            unit, last = unit_named(str(about["unit"].item())), measure == "finish_days"
            name = say("end-of-last-phase") if last else plain_heading(measure)
            if one:
                _line(ax, about, paths[0], sure)
                unit = say("swept-days") if last else unit
                ax.set(title=name, ylabel=unit, xlabel=_short(paths[0]))
                ax.yaxis.set_major_formatter("{x:,g}")
            else:
                _map(ax, about, paths)
                ax.set(
                    title=name if name == unit else say("swept-panel", measure=name, unit=unit),
                    xlabel=_short(paths[0]),
                    ylabel=_short(paths[1]),
                )
                ax.grid(visible=False)
    return drawn


def _line(ax: Axes, about: xr.Dataset, path: str, sure: float) -> None:
    x = about[path].values
    low, high = (about["quantile_value"].sel(quantile=q).values for q in (0.1, 0.9))
    # A quantile that is not reached goes up to the edge of what is.
    seen = [values[np.isfinite(values)] for values in (low, high, about["mean"].values)]
    top = max((values.max() for values in seen if values.size), default=0)
    ax.fill_between(
        x, np.minimum(low, top), np.minimum(high, top), color=colour(0), alpha=0.15, lw=0
    )
    mean, reach = about["mean"].values, sure * about["standard_error"].values
    ax.fill_between(x, mean - reach, mean + reach, color=colour(0), alpha=0.45, lw=0)
    ax.plot(x, mean, "o-", color=colour(0), ms=3.5)


def _map(ax: Axes, about: xr.Dataset, paths: list[str]) -> None:
    """A field for each point, with the mean written in it."""
    means = about["mean"].transpose(paths[1], paths[0]).values
    image = ax.imshow(means, origin="lower", aspect="auto", cmap="cividis")
    ax.set_xticks(range(means.shape[1]), [_text(v) for v in about[paths[0]].values])
    ax.set_yticks(range(means.shape[0]), [_text(v) for v in about[paths[1]].values])
    middle = (np.nanmin(means) + np.nanmax(means)) / 2
    for (row, column), mean in np.ndenumerate(means):
        shade = "black" if mean > middle else "white"
        ax.text(column, row, number(mean), ha="center", va="center", size="small", color=shade)
    ax.figure.colorbar(image, ax=ax, shrink=0.85)


def _text(value: Any) -> str:
    return str(value)[:10] if isinstance(value, np.datetime64) else f"{value}"


def _short(path: str) -> str:
    """The last two keys of a path say enough."""
    return ".".join(path.split(".")[-2:])
