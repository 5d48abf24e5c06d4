"""Results as tables to read, on a screen of 100 columns or in a notebook."""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from ..languages.catalogue import Written
from ..languages.figures import localised
from ..languages.speech import key_of, listed, said_or, say

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

    @classmethod
    def of(cls, title: str, frame: pd.DataFrame) -> Table:
        """A table of data, in which what the rows are about stands in the first column."""
        names = [name for name in frame.index.names if name is not None]
        keys = [key if isinstance(key, tuple) else (key,) for key in frame.index]
        cells = [[_said(name, cell(value)) for value in column] for name, column in frame.items()]
        about = list(frame.index.names)
        rows = [
            [listed(map(_said, about, map(_label, key))), *row]
            for key, *row in zip(keys, *cells, strict=True)
        ]
        return cls(listed(map(_column, names)) or title, list(map(_column, frame.columns)), rows)


class Frame(NamedTuple):
    """A table of data as pandas shows it, with numbers in a format; or printed as another table."""

    frame: pd.DataFrame
    form: str | None = None
    printed: Table | None = None

    def text(self) -> str:
        """The table in columns."""
        if self.printed is not None:
            return self.printed.text()
        return self.frame.to_string(float_format=self._format) + "\n"

    def html(self) -> str:
        """The table in HTML; pandas escapes its cells."""
        return self.frame.to_html(float_format=self._format)

    @property
    def _format(self) -> Any:
        return None if self.form is None else self.form.format


class Prose(NamedTuple):
    """Paragraphs, or items of a list, among tables."""

    lines: list[str]
    listed: bool = False

    def text(self) -> str:
        """In lines that fit a screen."""
        indent = "  " if self.listed else ""
        filled = (textwrap.fill(line, SCREEN, subsequent_indent=indent) for line in self.lines)
        return "\n".join(filled) + "\n"

    def html(self) -> str:
        """The same in HTML."""
        tag = "li" if self.listed else "p"
        found = "".join(f"<{tag}>{html.escape(line)}</{tag}>" for line in self.lines)
        return f"<ul>{found}</ul>" if self.listed else found


class Shown(Protocol):
    """What a result shows: it can be printed, and shown in a notebook."""

    def text(self) -> str:
        """As it is printed, with a line break at the end."""

    def html(self) -> str:
        """As a notebook shows it."""


def as_written(found: str) -> str:
    """HTML for a notebook, in which no dollar sign begins mathematics."""
    return f'<div class="tex2jax_ignore mathjax_ignore">{found}</div>'


def number(value: float) -> str:
    """Four digits that count, thousands apart."""
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return f"{value:g}"
    if value == round(value):
        text = f"{value + 0.0:,.0f}"  # not -0
    else:
        text = f"{value:,.{max(0, 3 - math.floor(math.log10(abs(value))))}f}"
    return Written(localised(text), value)


def cell(value: Any) -> str:
    """A value of any type as it stands in a table."""
    if value is pd.NaT:
        return NONE
    if isinstance(value, pd.Timestamp):
        return date(value)
    if isinstance(value, (bool, np.bool_)):
        return say("answer-yes" if value else "answer-no")
    if isinstance(value, (int, float, np.number)):
        return number(float(value))
    return NONE if value is None else str(value)


def _label(value: Any) -> str:
    """What a row is about: numbers as they were given."""
    return f"{value:g}" if isinstance(value, (float, np.floating)) else cell(value)


def _column(name: Any) -> str:
    """What a column of data is called; a measure, as everywhere."""
    text = str(name)
    key = key_of(text)
    return said_or(f"column-{key}", said_or(f"measure-{key}", text))


def _said(column: Any, value: str) -> str:
    """What stands in a column of data: words of the library's own have names in every language."""
    if column in ("measure", "target"):
        return said_or(f"measure-{key_of(value)}", value)
    if column == "unit":
        return said_or(f"unit-{key_of(value)}", value)
    return said_or(f"cell-{key_of(str(column))}-{key_of(value)}", value)


def short(value: float) -> str:
    """Three digits that count, of large numbers four: enough beside an interval."""
    if math.isnan(value):
        return NONE
    if abs(value) >= 100_000:
        value = float(format(value, ".4g"))
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{float(format(value, '.3g')) + 0.0:g}"
    return Written(localised(text), value)


def percent(share: float) -> str:
    """A share in whole hundredths, with a space at which no line breaks."""
    return NONE if math.isnan(share) else localised(f"{100 * share:z.0f}\u00a0%")


def hundredths(share: float) -> str:
    """The same without the sign, for the first of two."""
    return localised(f"{100 * share:.0f}")


def plain(value: float) -> str:
    """A number as it was given, such as days."""
    return Written(localised(f"{value:g}"), value)


def _line(cells: list[str], widths: list[int], gap: str) -> str:
    """Names to the left, numbers to the right."""
    name, *values = cells
    aligned = [value.rjust(width) for value, width in zip(values, widths[1:], strict=True)]
    return gap.join([name.ljust(widths[0]), *aligned]).rstrip() + "\n"


def counted(count: int, one: str, more: str = "") -> str:
    """So many of something, such as ``1 box`` or ``2 boxes``; the plural takes an s if left out."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def cut(name: str, longest: int) -> str:
    """A name, cut where it is longer."""
    name = name.strip()
    return name if len(name) <= longest else name[: longest - 1] + "…"


def date(day: pd.Timestamp) -> str:
    """A calendar day, or what stands for none."""
    return NONE if pd.isna(day) else f"{day:%Y-%m-%d}"
