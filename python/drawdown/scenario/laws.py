"""Which mappings of a scenario are laws, and not tables of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import _core

# Families of laws: the names of their parameters, and whether these stand in a list.
_LAWS = {name: ({one for one, *_ in of}, listed) for name, of, listed in _core.laws()}


def is_law(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is a law, and not one rate or another by state of tension."""
    name, given = next(iter(value.items()), ("", None))
    parameters, listed = _LAWS.get(name, (set(), False))
    if len(value) > 1 or name not in _LAWS:
        return False
    if listed:
        return isinstance(given, list)
    return name == "constant" or (isinstance(given, Mapping) and set(given) == parameters)
