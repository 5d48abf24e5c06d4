"""What a command line says of what can be moved: a path, and the ends of its slider."""

from __future__ import annotations

from collections.abc import Sequence

from .controls import Vary

_EXAMPLE = "plan.breathing_room.pause_days=0:240"


def varied(texts: Sequence[str]) -> Vary:
    """Read texts such as ``"plan.breathing_room.pause_days=0:240"``, or a path alone.

    Raises
    ------
    ValueError
        If one is no such text, or a path is named twice.
    """
    found: dict[str, tuple[float, float] | None] = {}
    for text in texts:
        path, equals, ends = text.partition("=")
        if not path.strip():
            raise ValueError(f"`{text}` names nothing to vary: write `{_EXAMPLE}`, or a path alone")
        if path in found:
            raise ValueError(f"`{path}` is varied twice: name it once")
        found[path.strip()] = _pair(text, ends) if equals else None
    return found


def _pair(text: str, ends: str) -> tuple[float, float]:
    low, colon, high = ends.partition(":")
    try:
        if not colon:
            raise ValueError
        return float(low), float(high)
    except ValueError:
        raise ValueError(
            f"`{text}` does not say from where to where: write `{_EXAMPLE}`, or a path alone"
        ) from None
