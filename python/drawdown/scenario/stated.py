"""The numbers, laws and dates of a scenario, wherever they stand in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .. import _core
from .laws import is_law
from .paths import dotted
from .scenario import Scenario

Schema = Mapping[str, Any]

# Keys at the top that say nothing of what is simulated.
_OF_THE_FILE = ("schema", "sources")


class Stated(NamedTuple):
    """A value at a path, and what the library's definitions say of its key.

    Attributes
    ----------
    path : str
        Its dotted path; an item of a list stands at its place, such as ``...attacks.0.count``.
    value : object
        A number, a law as a mapping, or a date as an ISO text.
    field : mapping
        The schema of its key.
    is_date : bool
        Whether it is a date.
    """

    path: str
    value: Any
    field: Schema
    is_date: bool = False


def stated(scenario: Scenario) -> Iterator[Stated]:
    """What a scenario has of numbers, laws and dates, with the defaults of its keys.

    A law is one value, whatever its parameters are. Texts, switches and names are none.
    """
    root = json.loads(_core.schema())
    tree = {key: of for key, of in scenario.to_dict().items() if key not in _OF_THE_FILE}
    return _within("", tree, root, root["$defs"])


def _within(path: str, value: Any, field: Schema, definitions: Schema) -> Iterator[Stated]:
    name, schema = _named(field, definitions)
    a_law = isinstance(value, Mapping) and is_law(value)
    by_state = name == "Rates" and isinstance(value, Mapping) and not a_law
    if name in ("Range", "Law", "Rates") and not by_state:
        yield Stated(path, value, field)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(dotted(path, key), inner, _of_key(schema, key), definitions)
    elif isinstance(value, list):
        items = next(one["items"] for one in _alternatives(schema) if "items" in one)
        for k, inner in enumerate(value):
            yield from _within(dotted(path, str(k)), inner, items, definitions)
    elif schema.get("format") == "date":
        yield Stated(path, value, field, is_date=True)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield Stated(path, value, field)


def _named(field: Schema, definitions: Schema) -> tuple[str, Schema]:
    """The name of what a key takes, if it has one, and its schema, past its being left out."""
    if any(one.get("type") == "null" for one in field.get("anyOf", ())):
        field = next(one for one in field["anyOf"] if one.get("type") != "null")
    name = str(field.get("$ref", "")).rpartition("/")[2]
    return name, definitions[name] if name else field


def _alternatives(schema: Schema) -> list[Schema]:
    """A schema, and what it may be instead: a list or a table, one condition or another."""
    return [schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())]


def _of_key(schema: Schema, key: str) -> Schema:
    """The schema of a key, or of what stands in a table by ids."""
    for one in _alternatives(schema):
        by_id = one.get("additionalProperties")
        found = one.get("properties", {}).get(key) or (
            by_id if isinstance(by_id, Mapping) else None
        )
        if found is not None:
            return dict(found)
    raise LookupError(f"the language has no key `{key}` there")
