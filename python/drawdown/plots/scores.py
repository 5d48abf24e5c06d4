"""Figure of where values fell in their forecasts."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..learn.scores import Scores
from .figure import BLUE, GREY, VERMILION, from_zero, panels, width_of
from .lettering import fitted

_NAMES = {"pit": "probability integral transform", "rank": "rank among the samples, scaled"}
_MARKS = " · grey: 95 % band of all bins at once, if the forecast is right; red: outside"


def draw(found: Scores, kind: str, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Scores.plot` describes."""
    return histograms(found, kind, sheet, found.title)


def histograms(found: Scores, kind: str, sheet: Sheet, title: str) -> NDArray[Any]:
    """A histogram for each forecast, horizon and whatever else differs."""
    table = found.histogram(kind)  # type: ignore[arg-type]
    keys = [name for name in table.index.names if name != "bin"]
    parts = [(at, part.droplevel(keys)) for at, part in table.groupby(level=keys, sort=False)]
    note = found.origin_line + _MARKS
    with panels(title, note, sheet, len(parts), columns=2, height=2.0) as drawn:
        for ax, (at, part) in zip(drawn, parts, strict=True):
            _histogram(ax, part)
            names = at if isinstance(at, tuple) else (at,)
            told = ", ".join(
                f"{name} months"
                if key == "horizon" and name != 1
                else "1 month"
                if key == "horizon"
                else str(name)
                for key, name in zip(keys, names, strict=True)
            )
            count = int(part["windows"].iloc[0])
            told = f"{told} ({count} window{'' if count == 1 else 's'})"
            ax.set_title(fitted(told, width_of(sheet) / 2 - 1, mpl.rcParams["axes.titlesize"]))
            ax.set(xlabel=_NAMES[kind], ylabel="density")
            from_zero(ax, 1.1 * max(part["density"].max(), part["high"].max()))
    return drawn


def _histogram(ax: Axes, part: pd.DataFrame) -> None:
    edges = np.append(part.index.to_numpy(float), 1.0)
    ax.stairs(
        part["high"], edges, baseline=part["low"].to_numpy(), fill=True, color=GREY, alpha=0.3
    )
    shades = [VERMILION if outside else BLUE for outside in part["outside"]]
    ax.bar(edges[:-1], part["density"], np.diff(edges), align="edge", color=shades, alpha=0.75)
    ax.axhline(1, color=GREY, lw=0.9)
    ax.set_xlim(0, 1)
