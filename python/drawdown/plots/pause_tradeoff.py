"""Figure of what pauses cost and save."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..analysis.pause_tradeoff import PauseTradeoff
from ..languages.figures import localised
from ..languages.speech import said_or, say
from .figure import BLACK, BLUE, GREEN, GREY, panels

# What is paid: its columns in the table.
_PAID = {"finish_days": "delay", "cost": "cost"}


def draw(price: PauseTradeoff, sheet: Sheet) -> NDArray[Any]:
    """The figure that `PauseTradeoff.plot` describes."""
    table = price.table()
    note = f"{price.origin_line} · {say('price-marks')}"
    title, each = say("price-figure"), 1 + len(price.saved)
    count = each * len(price.curves)
    with panels(title, note, sheet, count, columns=each, height=2.6) as drawn:
        paid, unit_paid = _PAID[price.measure], said_or(f"unit-{price.unit}", price.unit)
        for row, curve in enumerate(price.curves):
            first, *saved = drawn[each * row : each * (row + 1)]
            _line(first, table.loc[curve].xs(price.saved[0], level="saved"), paid, BLACK)
            first.set_ylabel(unit_paid)
            first.set_title(say(f"price-of-{paid}"), pad=16)
            for ax, name in zip(saved, price.saved, strict=True):
                rows = table.loc[curve].xs(name, level="saved")
                _line(ax, rows, "avoided", BLUE if name == "casualties" else GREEN)
                ax.set_ylabel(say(f"axis-saved-{name}"))
                ax.set_title(say("price-saved", saved=say(f"saved-{name}")), pad=16)
                text = _priced(rows.iloc[-1], name, unit_paid)
                ax.text(0, 1.02, text, size="small", transform=ax.transAxes)
            for ax in (first, *saved):
                ax.set_xlabel(say(f"axis-price-{curve}"), size="small")
    return drawn


def _line(ax: Axes, rows: Any, what: str, colour: str) -> None:
    days = rows.index.get_level_values("days").to_numpy(float)
    ax.fill_between(days, rows[f"{what}_low"], rows[f"{what}_high"], color=colour, alpha=0.2, lw=0)
    ax.plot(days, rows[what], "o-", color=colour, ms=3.5)
    ax.axhline(0, color=GREY, lw=0.9)


def _priced(row: Any, name: str, unit: str) -> str:
    if row["verdict"] != "saves":
        return say(f"unpriced-{row['verdict'].replace(' ', '-')}")
    ends = {"price": row["price"], "low": row["price_low"], "high": row["price_high"]}
    found = {of: localised(f"{value:.3g}") for of, value in ends.items()}
    return say(f"price-each-{name}", unit=unit, **found)
