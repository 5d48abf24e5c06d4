"""Texts, numbers and dates as they stand in cells of tables, and as no program takes them wrong."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

# Programs of spreadsheets take a cell that begins so for a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """A text of a CSV that no program of spreadsheets takes for a formula.

    An apostrophe stands before what looks like one, and before as many apostrophes as there are;
    `unguarded` takes it away.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """A text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def is_empty(value: Any) -> bool:
    """Whether nothing stands in a cell."""
    return value is None or value == "" or value != value


def text(value: Any) -> str:
    """What stands in a cell as a text; a whole number without a point."""
    if is_empty(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def day(value: Any) -> date:
    """The date of a cell.

    Raises
    ------
    ValueError
        If it is none, or has a time of day.
    """
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            raise ValueError
        return value.date()
    if isinstance(value, date):
        return value
    said = text(value).strip()
    # As some programs write a date that has no time.
    return date.fromisoformat(said.removesuffix(" 00:00:00").removesuffix("T00:00:00"))


def number(value: Any) -> float:
    """The number of a cell.

    Raises
    ------
    ValueError
        If it is none, or not finite.
    """
    if isinstance(value, bool):
        raise ValueError
    found = float(value if not isinstance(value, str) else value.strip())
    if not abs(found) < float("inf"):
        raise ValueError
    return found


def whole(value: Any) -> int:
    """The whole number of a cell.

    Raises
    ------
    ValueError
        If it is none.
    """
    found = number(value)
    if not found.is_integer():
        raise ValueError
    return int(found)
