"""Plain texts of the page as HTML: escaped, with elements for what has a direction of its own."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from .._internal.tables import Table
from ..languages.catalogue import ENGLISH
from ..languages.speech import END, ITS_OWN, LEFT_TO_RIGHT, runs_from_the_right, spoken

_ELEMENTS = {LEFT_TO_RIGHT: '<span lang="en" dir="ltr">', ITS_OWN: "<bdi>"}
_CLOSED = {LEFT_TO_RIGHT: "</span>", ITS_OWN: "</bdi>"}
_MARKS = re.compile(f"([{LEFT_TO_RIGHT}{ITS_OWN}{END}])")
_CELL = re.compile(r"<(t[dh])>(.*?)</t[dh]>", re.DOTALL)
# A browser breaks lines within dates, but for elements that it is told not to break.
_DATE = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_CODE = re.compile(r"`([^`<]*)`")


def in_english() -> Markup:
    """The attributes of an element that is in English, on a page in another language."""
    return Markup("" if spoken() == ENGLISH else ' lang="en" dir="ltr"')


def argument() -> str:
    """How the language of the page is asked for, after other arguments."""
    return "" if spoken() == ENGLISH else f', language="{spoken().code}"'


def words(text: str) -> Markup:
    """A text."""
    return _elements(str(escape(text)))


def prose(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    return _elements(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(text))))


def message(text: str) -> Markup:
    """A message of the library's own, in which apostrophes may stay as they are."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _elements(_CODE.sub(r"<code>\1</code>", escaped))


def table(table: Table) -> Markup:
    """A table, whose cells are escaped; dates are elements, and what is between backticks is code.

    Where the page goes from right to left, each cell has the direction of its own letters.
    """
    text = _DATE.sub(r"<time>\g<0></time>", _CODE.sub(r"<code>\1</code>", table.html()))
    if spoken().rtl:
        text = _CELL.sub(lambda at: f"<{at[1]}>{_directed(at[2])}</{at[1]}>", text)
    return _elements(text)


def _directed(cell: str) -> str:
    """What a cell holds, with its direction: of words from the right, or of ids and numbers."""
    plain = re.sub(f"{LEFT_TO_RIGHT}[^{END}]*{END}|<[^>]*>", "", cell)
    way = "rtl" if runs_from_the_right(plain) else "ltr"
    return f'<bdi dir="{way}">{cell}</bdi>' if cell else cell


def _elements(text: str) -> Markup:
    """HTML with elements in place of the marks of directions.

    A mark without its other half is somebody else's, and stays.
    """
    if spoken() == ENGLISH:
        return Markup(text)
    parts = _MARKS.split(text)
    opened: list[int] = []
    for k, part in enumerate(parts):
        if part in _ELEMENTS:
            opened.append(k)
        elif part == END and opened:
            first = opened.pop()
            parts[first], parts[k] = _ELEMENTS[parts[first]], _CLOSED[parts[first]]
    return Markup("".join(parts))
