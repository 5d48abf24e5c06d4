"""What a phase waits for, as it stands in one cell: `first; second start_to_start 30`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .cells import number

USUAL = "finish_to_start"
_RELATIONS = (USUAL, "start_to_start", "finish_to_finish")


def written(after: Any) -> str:
    """The text of an `after`, a list of ids or a table by id."""
    if not isinstance(after, Mapping):
        return "; ".join(after or ())
    return "; ".join(
        " ".join([before, *_parts(link.get("relation", USUAL), link.get("lag_days", 0.0))])
        for before, link in after.items()
    )


def read(said: str) -> dict[str, dict[str, Any]]:
    """The `after` of a text, as a table by id.

    Raises
    ------
    ValueError
        With what is wrong.
    """
    found: dict[str, dict[str, Any]] = {}
    for part in said.split(";"):
        words = part.split()
        if not words:
            continue
        before, *rest = words
        if before in found:
            raise ValueError(f"`{before}` stands in it twice")
        found[before] = _link(before, rest)
    return found


def simplest(after: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]] | list[str]:
    """An `after` as a list of ids, where all of them have to be done and no more."""
    usual = {"relation": USUAL, "lag_days": 0.0}
    return list(after) if all(link == usual for link in after.values()) else after


def _parts(relation: str, lag: float) -> list[str]:
    there = [] if relation == USUAL and not lag else [relation]
    return [*there, f"{lag:.12g}"] if lag else there


def _link(before: str, words: list[str]) -> dict[str, Any]:
    """The relation and the lag that follow an id."""
    relation = words.pop(0) if words and words[0] in _RELATIONS else USUAL
    try:
        lag = number(words.pop(0)) if words else 0.0
    except ValueError:
        lag = -1.0
    if words or lag < 0:
        told = ", ".join(_RELATIONS)
        raise ValueError(f"after `{before}` can stand one of {told}, and then days, 0 or more")
    return {"relation": relation, "lag_days": lag}
