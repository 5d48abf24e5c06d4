"""What the library's definitions say of a scenario: limits, bases of defaults, and disputes.

They are read from the schema of scenarios. What a default rests on is said of the default alone,
never of a value that a scenario gives in its place.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from .. import _core
from .._internal.tables import Table
from ..languages.catalogue import ENGLISH
from ..languages.speech import foreign, listed, parted, say, spoken
from .definitions import Schema, basis, resolve
from .paths import dotted, holders
from .scenario import Scenario

Found = TypeVar("Found")


class Key(NamedTuple):
    """A key of a scenario, and what the library's definitions say of it.

    Attributes
    ----------
    path : str
        Its dotted path.
    value : object
        What it has; None where it is left out.
    field : mapping
        Its schema.
    table : bool
        Whether it holds a table of the language, and not a value.
    """

    path: str
    value: Any
    field: Schema
    table: bool

    @property
    def basis(self) -> str:
        """What the library's own value rests on: the form of its use, and the value."""
        return basis(self.field)

    @property
    def disputed(self) -> bool:
        """Whether evidence is divided on what it stands for."""
        return bool(self.field.get("disputed"))


def keys(scenario: Scenario) -> list[Key]:
    """Every key that the tables of a scenario have or could have."""
    root = json.loads(_core.schema())
    return list(_keys(scenario.to_dict(), root, root["$defs"], ""))


def limits(scenario: Scenario, path: str) -> tuple[float, float]:
    """The least and the greatest value that a number at a path can have."""
    key = nearest(path, {key.path: key for key in keys(scenario)})
    low, high = (key.field.get("limits") if key else None) or (None, None)
    return (-math.inf if low is None else low, math.inf if high is None else high)


def disputed(scenario: Scenario) -> Table:
    """The disputed mechanisms that the scenario could have, and what it makes of each.

    In the language that is spoken, but for laws, and for the names of mechanisms.
    """
    found: dict[str, list[Key]] = {}
    for key in keys(scenario):
        if key.disputed:
            found.setdefault(key.path.rpartition(".")[2], []).append(key)
    rows = [[name, _said(of), _what(name, of[0])] for name, of in found.items()]
    header = [say("disputed-here"), say("disputed-what")]
    return Table(say("disputed-name"), header, rows)


def nearest(path: str, known: Mapping[str, Found]) -> Found | None:
    """What is known of a path, or of what holds it: a rate by state is part of the rates."""
    return next((known[one] for one in holders(path) if one in known), None)


def words(value: Any) -> str:
    """A number or a law in words, such as ``pert 0, 30, 150``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        # People and days are written out, however many there are.
        return f"{value:.0f}" if float(value).is_integer() else f"{value:g}"
    if isinstance(value, Mapping):
        if list(value) == ["mixture"]:
            parts = ((words(part["weight"]), words(part["value"])) for part in value["mixture"])
            return " or ".join(f"{weight} × ({law})" for weight, law in parts)
        return ", ".join(f"{name} {words(of)}" for name, of in value.items()).replace("_", " ")
    if isinstance(value, (list, tuple)):
        return ", ".join(words(of) for of in value)
    return str(value)


def _keys(tree: Mapping[str, Any], schema: Schema, definitions: Schema, path: str) -> Iterator[Key]:
    """The keys of a table, and of those within it."""
    for name, field in schema.get("properties", {}).items():
        inner = resolve(field, definitions)[1]
        by_id = inner.get("additionalProperties")
        table = "properties" in inner or isinstance(by_id, Mapping)
        key = Key(dotted(path, name), tree.get(name), field, table)
        yield key
        if not isinstance(key.value, Mapping):
            continue
        if isinstance(by_id, Mapping):
            one = resolve(by_id, definitions)[1]
            for given, value in key.value.items():
                if isinstance(value, Mapping):
                    yield from _keys(value, one, definitions, dotted(key.path, given))
        else:
            yield from _keys(key.value, inner, definitions, key.path)


def _said(of: list[Key]) -> str:
    """On or off, for each place where the mechanism could be."""
    found: dict[str, list[str]] = {}
    off = say("disputed-off")
    for key in of:
        place = key.path.removeprefix("world.").rpartition(".")[0]
        state = say("disputed-on") if key.table else foreign(words(key.value))
        found.setdefault(off if key.value in (None, 0) else state, []).append(place)
    if list(found) == [off]:
        return off
    each = found.items()
    return parted(say("disputed-at", places=listed(at), state=state) for state, at in each)


def _what(name: str, key: Key) -> str:
    """What a mechanism is: as its definition says, or in another language."""
    if spoken() != ENGLISH:
        return say(f"disputed-what-{name}")
    text = " ".join(str(key.field.get("description", "")).split())
    return text.partition(". ")[0].rstrip(".") + "."
