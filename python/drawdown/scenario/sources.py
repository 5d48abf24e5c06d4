"""What a scenario says of where its numbers come from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from .paths import holders
from .scenario import Scenario

About = Mapping[str, Mapping[str, str]]


class Said(NamedTuple):
    """The source and the note of a number; None where nothing is said."""

    source: str | None
    note: str | None


def about(scenario: Scenario) -> About:
    """Sources and notes by the paths beside which they were written."""
    tree: Any = scenario.to_dict()
    found: About = tree.get("sources", {})
    return found


def said_of(known: About, path: str, apart: Collection[str] = ()) -> Said:
    """The source and the note of what stands at a path.

    Its own come first; if it has no source, that of the innermost table which holds it and has one
    is its source. Then come those of its parts, such as a parameter of a law, but for parts that
    stand `apart`.
    """
    sources, notes = [], []
    for holder in holders(path):
        of = known.get(holder, {})
        sources += _text(of, "source")
        notes += _text(of, "note")
        if sources:
            break
    for part in said_within(known, path, apart):
        name = part.removeprefix(f"{path}.")
        sources += [f"{name}: {text}" for text in _text(known[part], "source")]
        notes += [f"{name}: {text}" for text in _text(known[part], "note")]
    return Said("; ".join(sources) or None, "; ".join(notes) or None)


def said_within(known: About, path: str, apart: Collection[str] = ()) -> list[str]:
    """The parts of what stands at a path of which something is said, but for those `apart`."""
    return [
        part
        for part in known
        if part.startswith(f"{path}.") and not any(one in apart for one in holders(part))
    ]


def sources_of(scenarios: Iterable[Scenario], paths: Iterable[str]) -> Any:
    """A column with the source of each path; missing where scenarios have none, or several."""
    known = [about(scenario) for scenario in scenarios]
    found = ({said_of(one, path).source for one in known} for path in paths)
    return pd.array([next(iter(each)) if len(each) == 1 else None for each in found], dtype="str")


def _text(of: Mapping[str, str], part: str) -> list[str]:
    return [text] if (text := of.get(part)) else []
