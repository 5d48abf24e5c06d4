"""The values of a file of Microsoft Project: numbers, moments, durations, and codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from xml.etree.ElementTree import Element

from ..problem import Problem
from .plan_file import LagUnit, LinkType

T = TypeVar("T")

LINK_TYPES: tuple[LinkType, ...] = ("FF", "FS", "SF", "SS")
CONSTRAINTS = (
    *("as soon as possible", "as late as possible", "must start on", "must finish on"),
    *("start no earlier than", "start no later than"),
    *("finish no earlier than", "finish no later than"),
)
# Formats of durations and lags; those from 32 on are estimated.
_ELAPSED = {4, 6, 8, 10, 12}
_PERCENT = {19, 20}
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


class Reader:
    """Reads values of elements, and takes note of those that cannot be read.

    Attributes
    ----------
    problems : list of Problem
        What could not be read.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def text(self, element: Element, tag: str) -> str:
        """What stands in a child; empty if there is none."""
        return (element.findtext(tag) or "").strip()

    def flag(self, element: Element, tag: str, usual: bool = False) -> bool:
        """Whether a child says 1."""
        said = self.text(element, tag).lower()
        return said in ("1", "true") if said else usual

    def whole(self, element: Element, tag: str, where: str, usual: int) -> int:
        """The whole number of a child."""
        return self._value(element, tag, where, int, usual, "a whole number")

    def number(self, element: Element, tag: str, where: str, usual: float = 0.0) -> float:
        """The number of a child."""
        return self._value(element, tag, where, _finite, usual, "a number")

    def moment(self, element: Element, tag: str, where: str) -> datetime | None:
        """The moment of a child, by the clock of the file; None if there is none."""
        return self._value(element, tag, where, _moment, None, "such as 2026-12-31T17:00:00")

    def minutes(self, element: Element, tag: str, where: str) -> float:
        """The minutes of a duration such as ``PT40H0M0S``; 0 if there is none."""
        return self._value(element, tag, where, _minutes, 0.0, "such as PT40H0M0S")

    def _value(
        self,
        element: Element,
        tag: str,
        where: str,
        read: Callable[[str], T],
        usual: T,
        like: str,
    ) -> T:
        said = self.text(element, tag)
        if not said or said == "NA":
            return usual
        try:
            return read(said)
        except (ValueError, OverflowError):
            remedy = "export the plan anew, or mend the value in the file"
            self.problems.append(
                Problem(f"{where}.{tag}", "unreadable", f"{said[:60]!r} is not {like}", remedy)
            )
            return usual


def is_elapsed(code: int) -> bool:
    """Whether a duration of this format is by the clock."""
    return code % 32 in _ELAPSED


def lag_unit(code: int) -> LagUnit:
    """What a lag of this format is counted in."""
    if code % 32 in _PERCENT:
        return "percent"
    return "elapsed" if is_elapsed(code) else "working"


def _finite(said: str) -> float:
    found = float(said)
    if not abs(found) < 1e12:
        raise ValueError
    return found


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=None)


def _minutes(said: str) -> float:
    found = _DURATION.fullmatch(said)
    if found is None or said == "PT":
        raise ValueError
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 60 + minutes + seconds / 60
