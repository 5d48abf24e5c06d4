"""Figure of where values fell in their forecasts."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import key_of, listed, said_or, say
from ..learn.scores import Scores
from .figure import BLUE, GREY, VERMILION, from_zero, panels, width_of
from .lettering import fitted


def draw(found: Scores, kind: str, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Scores.plot` describes."""
    return histograms(found, kind, sheet, found.title)


def histograms(found: Scores, kind: str, sheet: Sheet, title: str) -> NDArray[Any]:
    """A histogram for each forecast, horizon and whatever else differs."""
    table = found.histogram(kind)  # type: ignore[arg-type]
    keys = [name for name in table.index.names if name != "bin"]
    parts = [(at, part.droplevel(keys)) for at, part in table.groupby(level=keys, sort=False)]
    note = f"{found.origin_line} · {say('scores-marks')}"
    with panels(title, note, sheet, len(parts), columns=2, height=2.0) as drawn:
        for ax, (at, part) in zip(drawn, parts, strict=True):
            _histogram(ax, part)
            names = at if isinstance(at, tuple) else (at,)
            panel = listed(map(_named, keys, names))
            told = say("scores-windows", panel=panel, windows=int(part["windows"].iloc[0]))
            ax.set_title(fitted(told, width_of(sheet) / 2 - 1, mpl.rcParams["axes.titlesize"]))
            ax.set(xlabel=say(f"scores-axis-{kind}"), ylabel=say("scores-axis-density"))
            from_zero(ax, 1.1 * max(part["density"].max(), part["high"].max()))
    return drawn


def in_months(horizon: int) -> str:
    """How far ahead a forecast is."""
    return say("forecast-months", months=horizon)


def _named(key: object, value: Any) -> str:
    """What a panel is about, such as a forecast or how far ahead it is."""
    if key == "horizon":
        return in_months(int(value))
    return said_or(f"cell-{key}-{key_of(str(value))}", str(value))


def _histogram(ax: Axes, part: pd.DataFrame) -> None:
    edges = np.append(part.index.to_numpy(float), 1.0)
    ax.stairs(
        part["high"], edges, baseline=part["low"].to_numpy(), fill=True, color=GREY, alpha=0.3
    )
    shades = [VERMILION if outside else BLUE for outside in part["outside"]]
    ax.bar(edges[:-1], part["density"], np.diff(edges), align="edge", color=shades, alpha=0.75)
    ax.axhline(1, color=GREY, lw=0.9)
    ax.set_xlim(0, 1)
