"""Results as tables to read, on a screen of 100 columns or in a notebook."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from .quantities import MAIN
from .spoken import has, idle, speaks, spoken

if TYPE_CHECKING:
    from .run import Run

# Columns of a screen, and longest name of a row.
_SCREEN, _NAME = 100, 18
# What stands first.
_FIRST = ("attacks_on_the_way", "wounded_on_the_way", "killed_on_the_way", "finish_days", *MAIN)
_STATISTICS = ["mean", "standard_error", "p10", "p50", "p80", "p90", "missing"]
# Stands for a date or number that lies beyond the horizon, or that does not exist.
_NONE = "–"


class Table(NamedTuple):
    """A title, and cells; the first column holds names."""

    title: str
    header: list[str]
    rows: list[list[str]]

    def text(self) -> str:
        """The table in columns, drawn together if they need to be to fit a screen."""
        lines = [[self.title, *self.header], *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        gap = "  " if sum(widths) + 2 * len(self.header) <= _SCREEN else " "
        return "".join(_line(cells, widths, gap) for cells in lines)

    def html(self) -> str:
        """The table in HTML."""
        head = "".join(f"<th>{html.escape(cell)}</th>" for cell in [self.title, *self.header])
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(self._body())}</tbody></table>"
        )

    def _body(self) -> Iterator[str]:
        for name, *cells in self.rows:
            values = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
            yield f"<tr><th>{html.escape(name)}</th>{values}</tr>"


def as_written(found: str) -> str:
    """HTML for a notebook, in which no dollar sign begins mathematics."""
    return f'<div class="tex2jax_ignore mathjax_ignore">{found}</div>'


def dates(run: Run, *, longest: int = _NAME) -> Table:
    """Finish dates, and how surely each announced one is met."""
    header = ["announced", "P10", "P50", "P80", "P90", "met %", "slip d", "unf. %", "left"]
    rows = []
    for row in run.dates().reset_index().to_dict("records"):
        name = _short(f"{row['of']} {row['id']}", longest)
        days = [_date(row[day]) for day in ("announced", "p10", "p50", "p80", "p90")]
        met = f"{100 * row['chance_met']:.1f}"
        slip = _NONE if math.isnan(row["mean_slip_days"]) else f"{row['mean_slip_days']:+.1f}"
        left = "" if math.isnan(row["people_left"]) else f"{row['people_left']:,.0f}"
        rows.append([name, *days, met, slip, f"{100 * row['unfinished']:.1f}", left])
    return Table("Finish of", header, rows)


def summary(run: Run, *, longest: int = _NAME) -> Table:
    """The measures of the whole theatre that say anything, those that plans are judged by first."""
    header = ["unit", "mean", "±", "P10", "P50", "P80", "P90", "missing"]
    table, there = run.summary(), spoken(MAIN, run)
    table = table.drop(index=[name for name in idle(run) if name not in there])
    first = [name for name in _FIRST if name in table.index]
    table = table.loc[list(dict.fromkeys([*first, *table.index]))]
    rows = [
        [_short(row["measure"], longest), row["unit"], *(number(row[name]) for name in _STATISTICS)]
        for row in table.reset_index().to_dict("records")
    ]
    return Table(f"Until {run.scenario.horizon}", header, rows)


def number(value: float) -> str:
    """Four digits that count, thousands apart."""
    if math.isnan(value):
        return _NONE
    if value == round(value):
        return f"{value + 0.0:,.0f}"  # not -0
    return f"{value:,.{max(0, 3 - math.floor(math.log10(abs(value))))}f}"


def short(value: float) -> str:
    """Three digits that count, thousands apart: enough beside an interval."""
    if math.isnan(value):
        return _NONE
    return f"{value:,.0f}" if abs(value) >= 100 else f"{float(format(value, '.3g')) + 0.0:g}"


def percent(share: float) -> str:
    """A share in whole hundredths, with a space at which no line breaks."""
    return f"{100 * share:.0f}\u00a0%"


def notes(run: Run) -> str:
    """What a reader of the tables has to know."""
    unseen = ", ".join(name for name in idle(run) if has(run.scenario, name) and name not in MAIN)
    if unseen:
        text = f"0 or missing in every trial, and not shown: {unseen}"
        unseen = textwrap.fill(text, _SCREEN) + "\n"
    capped = run.origin["trials_capped"]
    cut_short = (
        f"cut short: {capped:,} of {run.trials:,} trials had a million attacks, or two million "
        f"events,\nand ended there: what they would have come to is not in these numbers\n"
    )
    of_dates = (
        f"met: done on or before the announced day; slip: mean over the trials that finish;\n"
        f"unf., {_NONE}: not done before the horizon, {run.scenario.horizon};\n"
        f"left: people still there then, on average (a residual, or those whom nobody moves);\n"
    )
    on_the_way = "on the way: until the last phase is done; "
    return (
        (of_dates if leaves(run) else "")
        + (on_the_way if speaks(run, "attacks_on_the_way") else "")
        + f"±: standard error\n{unseen}"
        + (cut_short if capped else "")
    )


def leaves(run: Run) -> bool:
    """Whether anything is to be finished: a plan without phases has no dates."""
    return not run.dates().empty


def _line(cells: list[str], widths: list[int], gap: str) -> str:
    """Names to the left, numbers to the right."""
    name, *values = cells
    aligned = [value.rjust(width) for value, width in zip(values, widths[1:], strict=True)]
    return gap.join([name.ljust(widths[0]), *aligned]).rstrip() + "\n"


def _short(name: str, longest: int) -> str:
    name = name.strip()
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _date(day: pd.Timestamp) -> str:
    return _NONE if pd.isna(day) else f"{day:%Y-%m-%d}"
