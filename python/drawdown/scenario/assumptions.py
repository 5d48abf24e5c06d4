"""What a scenario assumes: what each number rests on, and which mechanisms are disputed.

Bases and disputes are those of the library's definitions, read from the schema of scenarios. What a
default rests on is said of the default alone, never of a value that a scenario gives in its place.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from .. import _core
from .._internal.tables import Table, short
from .paths import dotted
from .scenario import Scenario

Schema = Mapping[str, Any]
Found = TypeVar("Found")

_NO_BASIS = "as the scenario's author gives it"
_OFF = "off"


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
    def of_library(self) -> bool:
        """Whether its value is the library's default."""
        return bool(self.value == self.field.get("default"))

    @property
    def basis(self) -> str:
        """What its form and its value rest on.

        The library answers for the form and for its own defaults, not for values of a scenario.
        """
        form = str(self.field.get("form", ""))
        value = str(self.field.get("basis", "")) if self.of_library else _NO_BASIS
        said = f"{form}; value: {value}" if form and value else form or value
        return said + ("; disputed" if self.disputed else "")

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
    key = _nearest(path, {key.path: key for key in keys(scenario)})
    low, high = (key.field.get("limits") if key else None) or (None, None)
    return (-math.inf if low is None else low, math.inf if high is None else high)


def disputed(scenario: Scenario) -> Table:
    """The disputed mechanisms that the scenario could have, and what it makes of each."""
    found: dict[str, list[Key]] = {}
    for key in keys(scenario):
        if key.disputed:
            found.setdefault(key.path.rpartition(".")[2], []).append(key)
    rows = [[name, _said(of), _first_sentence(of[0])] for name, of in found.items()]
    return Table("Disputed", ["In this scenario", "What it is"], rows)


def ranges(scenario: Scenario, inputs: pd.DataFrame | None) -> Table:
    """The ranges: what is believed of each, what was drawn of it, and on what it rests."""
    known = {key.path: key for key in keys(scenario)}
    drawn = None if inputs is None else inputs.quantile([0.1, 0.5, 0.9])
    rows = []
    for path, law in scenario._compiled.ranges():
        key = _nearest(path, known)
        # Two columns of one name would be two ranges at one path, which there cannot be.
        values = ["–"] * 3 if drawn is None else [short(value) for value in drawn[path]]
        basis = said_of(scenario, path, key.basis) if key else _NO_BASIS
        rows.append([path, words(json.loads(law)), *values, basis])
    header = ["What is believed", "drawn P10", "P50", "P90", "Basis"]
    return Table("Range", header, rows)


def judged(scenario: Scenario) -> Table:
    """What rests on judgement or dispute, as the core lists it, without ranges."""
    known = {key.path: key for key in keys(scenario)}
    apart = {path for path, _ in scenario._compiled.ranges()}
    rows = []
    for path, value, of_library in scenario._compiled.judged():
        if path not in apart and (key := _nearest(path, known)):
            whose = "library" if of_library else "scenario"
            # As the scenario has it, in its own order; what is filled in stands nowhere in it.
            written = key.value if key.path == path else json.loads(value)
            rows.append([path, words(written), whose, said_of(scenario, path, key.basis)])
    return Table("Key", ["Value", "Whose", "Basis"], rows)


def said_of(scenario: Scenario, path: str, basis: str) -> str:
    """What a scenario says of where a number, or what it is part of, comes from; else its basis."""
    sources: Any = scenario.to_dict().get("sources", {})
    about = _nearest(path, sources) or {}
    return "; ".join(filter(None, [about.get("source"), about.get("note")])) or basis


def words(value: Any) -> str:
    """A number or a law in words, such as ``pert 0, 30, 150``."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Mapping, list, tuple)):
        return str(value)
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, Mapping):
        if list(value) == ["mixture"]:
            parts = (f"{part['weight']:g} × ({words(part['value'])})" for part in value["mixture"])
            return " or ".join(parts)
        return ", ".join(f"{name} {words(of)}" for name, of in value.items()).replace("_", " ")
    return ", ".join(words(of) for of in value)


def _keys(tree: Mapping[str, Any], schema: Schema, definitions: Schema, path: str) -> Iterator[Key]:
    """The keys of a table, and of those within it."""
    for name, field in schema.get("properties", {}).items():
        inner = _resolved(field, definitions)
        by_id = inner.get("additionalProperties")
        table = "properties" in inner or isinstance(by_id, Mapping)
        key = Key(dotted(path, name), tree.get(name), field, table)
        yield key
        if not isinstance(key.value, Mapping):
            continue
        if isinstance(by_id, Mapping):
            one = _resolved(by_id, definitions)
            for given, value in key.value.items():
                if isinstance(value, Mapping):
                    yield from _keys(value, one, definitions, dotted(key.path, given))
        else:
            yield from _keys(key.value, inner, definitions, key.path)


def _resolved(field: Schema, definitions: Schema) -> Schema:
    """What a field refers to, past its being left out."""
    for one in field.get("anyOf", ()):
        if one.get("type") != "null":
            field = one
            break
    return definitions[field["$ref"].rpartition("/")[2]] if "$ref" in field else field


def _nearest(path: str, known: Mapping[str, Found]) -> Found | None:
    """What is known of a path, or of what holds it: a rate by state is part of the rates."""
    while path and path not in known:
        path = path.rpartition(".")[0]
    return known.get(path)


def _said(of: list[Key]) -> str:
    """On or off, for each place where the mechanism could be."""
    found: dict[str, list[str]] = {}
    for key in of:
        place = key.path.removeprefix("world.").rpartition(".")[0]
        state = "on" if key.table else words(key.value)
        found.setdefault(_OFF if key.value in (None, 0) else state, []).append(place)
    if list(found) == [_OFF]:
        return _OFF
    return "; ".join(f"{', '.join(places)}: {state}" for state, places in found.items())


def _first_sentence(key: Key) -> str:
    text = " ".join(str(key.field.get("description", "")).split())
    return text.partition(". ")[0].rstrip(".") + "."
