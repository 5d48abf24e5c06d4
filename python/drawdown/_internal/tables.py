"""Results as tables to read, on a screen of 100 columns or in a notebook."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

# Columns of a screen.
SCREEN = 100
# Stands for a date or number that lies beyond the horizon, or that does not exist.
NONE = "–"


class Table(NamedTuple):
    """A title, and cells; the first column holds names."""

    title: str
    header: list[str]
    rows: list[list[str]]

    def text(self) -> str:
        """The table in columns, drawn together if they need to be to fit a screen."""
        lines = [[self.title, *self.header], *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        gap = "  " if sum(widths) + 2 * len(self.header) <= SCREEN else " "
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


def number(value: float) -> str:
    """Four digits that count, thousands apart."""
    if math.isnan(value):
        return NONE
    if value == round(value):
        return f"{value + 0.0:,.0f}"  # not -0
    return f"{value:,.{max(0, 3 - math.floor(math.log10(abs(value))))}f}"


def short(value: float) -> str:
    """Three digits that count, thousands apart: enough beside an interval."""
    if math.isnan(value):
        return NONE
    return f"{value:,.0f}" if abs(value) >= 100 else f"{float(format(value, '.3g')) + 0.0:g}"


def percent(share: float) -> str:
    """A share in whole hundredths, with a space at which no line breaks."""
    return f"{100 * share:.0f}\u00a0%"


def _line(cells: list[str], widths: list[int], gap: str) -> str:
    """Names to the left, numbers to the right."""
    name, *values = cells
    aligned = [value.rjust(width) for value, width in zip(values, widths[1:], strict=True)]
    return gap.join([name.ljust(widths[0]), *aligned]).rstrip() + "\n"


def cut(name: str, longest: int) -> str:
    """A name, cut where it is longer."""
    name = name.strip()
    return name if len(name) <= longest else name[: longest - 1] + "…"


def date(day: pd.Timestamp) -> str:
    """A calendar day, or what stands for none."""
    return NONE if pd.isna(day) else f"{day:%Y-%m-%d}"
