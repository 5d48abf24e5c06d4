"""Figures of drivers and of swings."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from .._internal.tables import percent
from ..analysis.drivers import Drivers
from ..languages.speech import say
from ..runs.wording import plain_heading
from .figure import BLACK, BLUE, GREY, SKY, Rows, legend_of_all, panels

# What a page can show of them.
MOST = 6


def draw(drivers: Drivers, measures: list[str], sheet: Sheet) -> NDArray[Any]:
    """The figure that `Drivers.plot` describes."""
    shown = {measure: drivers.table(measure).head(MOST) for measure in measures}
    rows = max(len(table) for table in shown.values())
    left_out = len(drivers.drivers) - rows
    note = f"{drivers.origin_line} · {say('drivers-marks')}"
    if left_out and any(table["first"].notna().any() for table in shown.values()):
        note += f" · {say('drivers-left-out', count=left_out)}"
    named = {
        measure: Rows.of(_signed(drivers, table), 2.6, 0.32) for measure, table in shown.items()
    }
    height = 1 + max(names.height for names in named.values())
    with panels(say("drivers-figure"), note, sheet, len(shown), height=height) as drawn:
        for ax, (measure, table) in zip(drawn, shown.items(), strict=True):
            told = bool(table["first"].notna().any())
            ax.set(title=_title(measure, drivers.about.loc[measure], told))
            if told:
                _bars(ax, table, drivers)
                named[measure].label(ax)
            else:
                nothing = say("drivers-nothing")
                ax.text(0.5, 0.5, nothing, transform=ax.transAxes, ha="center", va="center")
                ax.set(xticks=[], yticks=[])
        legend_of_all(drawn, sheet)
    return drawn


def _bars(ax: Axes, table: pd.DataFrame, drivers: Drivers) -> None:
    kinds = [("first", BLUE)]
    if drivers.method == "Sobol":
        kinds.append(("total", SKY))
    for row, values in enumerate(table.to_dict("records")):
        for k, (kind, colour) in enumerate(kinds):
            at = row + (k - (len(kinds) - 1) / 2) * 0.36
            low, high = values[f"{kind}_low"], values[f"{kind}_high"]
            label = say(f"drivers-index-{kind}") if row == 0 else None
            ax.barh(at, values[kind], 0.34, color=colour, label=label)
            ax.plot([low, high], [at, at], color=BLACK, lw=1)
    ax.axvline(0, color=GREY, lw=0.9)
    ax.set_xlabel(say("drivers-axis-expected" if drivers.each > 1 else "drivers-axis-single"))


def _signed(drivers: Drivers, table: pd.DataFrame) -> list[str]:
    return [_named(drivers.names[str(name)], row["direction"]) for name, row in table.iterrows()]


def _named(name: str, direction: float) -> str:
    """The name with a sign, if ranks say one."""
    if pd.isna(direction) or abs(direction) < 0.1:
        return name
    return f"{name} ({'+' if direction > 0 else '–'})"


def _title(measure: str, about: Any, told: bool) -> str:
    text = plain_heading(measure)
    if not told or pd.isna(about["share"]):
        return text
    return say("drivers-panel", measure=text, share=percent(about["share"]))
