"""Figure of the worlds in which a plan fails."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from .._internal.tables import number
from ..analysis.discovery import Discovery, holdings
from ..languages.figures import localised
from ..languages.speech import say
from ..stats.prim import Limit
from .figure import BLACK, BLUE, GREY, VERMILION, Rows, legend_above, panels


def draw(discovery: Discovery, box: int, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Discovery.plot` describes."""
    title = say("failing-figure", fails=discovery.fails)
    counts = {"held": str(int(discovery.held_out.sum())), "worlds": str(len(discovery.inputs))}
    note = f"{discovery.origin_line} · {say('failing-marks', **counts)}"
    limits = discovery.found[box - 1].box.limits
    rows = Rows.of([discovery.names[name] for name in limits])
    with panels(title, note, sheet, 2, height=max(2.9, 0.9 + rows.height)) as drawn:
        _peeling(drawn[0], discovery, box)
        _limits(drawn[1], discovery, box, rows)
    return drawn


def _peeling(ax: Axes, discovery: Discovery, box: int) -> None:
    """Share of failures held against share of the box that fails, from everything inwards."""
    path, about = discovery.trajectory(box), holdings(discovery.found[box - 1])
    ax.plot(
        path["coverage"],
        path["density"],
        ".-",
        color=GREY,
        lw=0.8,
        ms=4,
        label=say("failing-peeling"),
    )
    called = discovery.called(box)
    label = say("failing-where-found", box=called)
    ax.plot(about["coverage"], about["density"], "s", color=BLUE, label=label)
    low, high = about["held_out_density_low"], about["held_out_density_high"]
    if not math.isnan(about["held_out_density"]) and not math.isnan(about["held_out_coverage"]):
        at = about["held_out_coverage"]
        ax.plot([at, at], [low, high], color=VERMILION, lw=1.5)
        label = say("failing-held-out", box=called)
        ax.plot(at, about["held_out_density"], "o", color=VERMILION, label=label)
    ax.axhline(path["density"].iloc[0], color=BLACK, ls=":", lw=0.9)
    share = localised(f"{100 * path['density'].iloc[0]:z.0f} %")
    ax.annotate(
        say("failing-all-worlds", share=share),
        (0.01, path["density"].iloc[0]),
        (0, 3),
        textcoords="offset points",
        size="small",
    )
    ax.set(xlim=(0, 1.03), ylim=(0, 1.05), title=say("failing-panel"))
    ax.set(
        xlabel=say("failing-axis-coverage"),
        ylabel=say("failing-axis-density"),
    )
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(PercentFormatter(1, symbol=" %"))
    legend_above(ax, borderaxespad=2.4)  # above the title


def _limits(ax: Axes, discovery: Discovery, box: int, rows: Rows) -> None:
    """Each limited range in shares of its draws, with the values at the ends of the box."""
    limits = discovery.found[box - 1].box.limits
    for row, (name, limit) in enumerate(limits.items()):
        ax.barh(row, 1, 0.5, color="#e4e4e4")
        column = discovery.inputs[name]
        if limit.levels is None:
            _interval(ax, row, column, limit)
        else:
            text = say("list-or").join(sorted(map(str, limit.levels)))
            ax.barh(row, limit.holds(column).mean(), 0.5, color=BLUE)
            ax.annotate(
                text, (0, row), (4, 0), textcoords="offset points", size="small", color="white"
            )
    rows.label(ax)
    ax.set(
        xlim=(0, 1),
        ylim=(max(len(limits), 2) - 0.4, -0.6),
        title=say("failing-limits", box=discovery.called(box)),
    )
    ax.set_xlabel(say("failing-axis-share"))
    ax.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))


def _interval(ax: Axes, row: int, column: pd.Series[Any], limit: Limit) -> None:
    start, end = float((column < limit.low).mean()), float((column <= limit.high).mean())
    ax.barh(row, end - start, 0.5, left=start, color=BLUE)
    for at, value, sign in ((start, limit.low, "≥"), (end, limit.high, "≤")):
        if np.isfinite(value):
            # Outside the box, unless there is no place.
            left = at > (0.12 if sign == "≥" else 0.88)
            style: Any = {"ha": "right" if left else "left", "va": "center", "size": "small"}
            inside = left != (sign == "≥")
            style["color"] = "white" if inside else BLACK
            offset = (-4 if left else 4, 0)
            ax.annotate(
                f"{sign} {number(value)}", (at, row), offset, textcoords="offset points", **style
            )
