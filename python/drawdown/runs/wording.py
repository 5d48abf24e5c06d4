"""What is asked of a run, and what stands in its tables, in the language that is spoken."""

from __future__ import annotations

from ..languages.catalogue import ENGLISH
from ..languages.speech import said_or, say, spoken
from .criterion import Criterion


def heading(asked: str) -> str:
    """What is asked, as a heading: in English as it is asked for, in other languages in words."""
    return asked if spoken() == ENGLISH else Criterion.parse(asked).words()


def plain_heading(asked: str) -> str:
    """The same, without the signs that part the words of a key."""
    return heading(asked).replace("_", " ")


def unit_named(unit: str) -> str:
    """A unit; that of costs is the scenario's own."""
    return said_or(f"unit-{unit}", unit)


def with_unit(asked: str, unit: str) -> str:
    """What is asked, and in what unit, where its name in words does not say that."""
    name = heading(asked)
    if spoken() != ENGLISH and unit == "days":
        return name
    return say("of-measure", measure=name, unit=unit_named(unit))
