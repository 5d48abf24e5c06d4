"""Figure of what pauses cost and save."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.pause_tradeoff import PauseTradeoff
from .figure import BLACK, BLUE, GREEN, GREY, panels

_CURVES = {
    "inside": "days of pause allowed,\ninside the dates",
    "beyond": "days of extension allowed,\nbeyond the dates",
}
# What is paid: its columns in the table, and its name.
_PAID = {"finish_days": ("delay", "delay of the finish"), "cost": ("cost", "more cost")}
_UNITS = {"casualties": "casualty", "regrowth": "point"}
_REASONS = {
    "costs": "no price: it saves none, there are more",
    "open": "no price: not told apart from 0",
    "same": "no price: nothing differs",
    "no finish": "no price: nobody leaves, or not before the horizon",
}


def draw(price: PauseTradeoff, sheet: Sheet) -> NDArray[Any]:
    """The figure that `PauseTradeoff.plot` describes."""
    table = price.table()
    note = (
        price.origin_line
        + " · means and 95 % intervals, less the first point, common random numbers"
    )
    title, each = "What pauses cost and save", 1 + len(price.saved)
    count = each * len(price.curves)
    with panels(title, note, sheet, count, columns=each, height=2.6) as drawn:
        paid, name_of_paid = _PAID[price.measure]
        for row, curve in enumerate(price.curves):
            first, *saved = drawn[each * row : each * (row + 1)]
            _line(first, table.loc[curve].xs(price.saved[0], level="saved"), paid, BLACK)
            first.set_ylabel(price.unit)
            first.set_title(name_of_paid, pad=16)
            for ax, name in zip(saved, price.saved, strict=True):
                rows = table.loc[curve].xs(name, level="saved")
                _line(ax, rows, "avoided", BLUE if name == "casualties" else GREEN)
                unit = "people" if name == "casualties" else "hundredths of full strength"
                ax.set_ylabel(unit)
                ax.set_title(f"{name} avoided", pad=16)
                text = _priced(rows.iloc[-1], name, price.unit)
                ax.text(0, 1.02, text, size="small", transform=ax.transAxes)
            for ax in (first, *saved):
                ax.set_xlabel(_CURVES[curve], size="small")
    return drawn


def _line(ax: Axes, rows: Any, what: str, colour: str) -> None:
    days = rows.index.get_level_values("days").to_numpy(float)
    ax.fill_between(days, rows[f"{what}_low"], rows[f"{what}_high"], color=colour, alpha=0.2, lw=0)
    ax.plot(days, rows[what], "o-", color=colour, ms=3.5)
    ax.axhline(0, color=GREY, lw=0.9)


def _priced(row: Any, name: str, unit: str) -> str:
    if row["verdict"] != "saves":
        return _REASONS[row["verdict"]]
    low, high = row["price_low"], row["price_high"]
    return f"{row['price']:.3g} {unit} each {_UNITS[name]} ({low:.3g} to {high:.3g})"
