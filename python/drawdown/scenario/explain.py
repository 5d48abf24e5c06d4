"""What the reference says of one key, for the scenario at hand: `Scenario.explain`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from .. import _core
from .assumptions import words
from .definitions import Schema, anchor, default, facts, fields_of, places, resolve, table_in
from .entry import Entry
from .scenario import Scenario
from .sources import about, said_of

PAGE = "docs/reference.md"
_TOP = "A scenario"
# Stand for any id, and any place in a list.
_ANY, _NUMBER = ("<id>", "*"), "<number>"


class _Stop(NamedTuple):
    """Where one has come to on the way down a path, and what the scenario has there."""

    walked: list[str]
    place: list[str]
    field: Schema
    due: str
    value: Any
    # The heading of the reference under which it stands.
    heading: str


def explain(scenario: Scenario, path: str) -> Entry:
    """What `Scenario.explain` describes."""
    root = json.loads(_core.schema())
    definitions, headings = root["$defs"], {name: of[0] for name, of in places(root).items()}
    stop = _Stop([], [], root, "", scenario.to_dict(), _TOP)
    for key in _keys(path):
        stop = _below(stop, key, definitions, headings, path)
    return Entry(
        path,
        ".".join(stop.place),
        _plain(facts(stop.place[-1], stop.field, stop.due, definitions)),
        _joined(stop.field),
        _here(scenario, stop, path, definitions),
        dict(_listed(stop.field, definitions)),
        f"{PAGE}#{anchor(stop.heading)}",
    )


def _keys(path: str) -> list[str]:
    if not isinstance(path, str):
        raise TypeError(f"`path` must be a text, not {type(path).__name__}")
    try:
        return _core.split_path(path)
    except ValueError:
        message = f"`{path}` is no path: write keys with dots between them, such as `plan.phases`"
        raise ValueError(message) from None


def _below(
    at: _Stop, key: str, definitions: Schema, headings: Mapping[str, str], path: str
) -> _Stop:
    """Go one key further down."""
    name, _ = resolve(at.field, definitions)
    there = at.value.get(key) if isinstance(at.value, Mapping) else None
    walked = [*at.walked, key]
    heading = headings.get(name, at.heading)
    table = _table(at.field, definitions)
    if "properties" in table or "oneOf" in table:
        fields = fields_of(table)
        if key not in fields:
            raise ValueError(_unknown(at, key, list(fields), definitions))
        due = "" if "oneOf" in table else default(fields[key], key in table.get("required", ()))
        return _Stop(walked, [*at.place, key], fields[key], due, there, heading)
    if isinstance(by_id := table.get("additionalProperties"), Mapping):
        ids = list(at.value) if isinstance(at.value, Mapping) else []
        if key not in (*ids, *_ANY):
            raise ValueError(_unknown_id(at, key, ids))
        return _Stop(walked, [*at.place, _ANY[0]], _described(by_id, at.field), "", there, heading)
    if "items" in table:
        found = at.value[int(key)] if _is_in(key, at.value) else None
        return _Stop(
            walked, [*at.place, _NUMBER], _described(table["items"], at.field), "", found, heading
        )
    raise ValueError(f"`{'.'.join(at.place)}` has no keys: `{path}` leads further than there is")


def _table(field: Schema, definitions: Schema) -> Schema:
    """The schema of what a field holds that has keys, ids or numbers; if nothing has, its own."""
    _, schema = resolve(field, definitions)
    for one in schema.get("anyOf", ()):
        inner = resolve(one, definitions)[1]
        if one.get("type") != "array" and _has_keys(inner):
            return inner
    constants = "const" in (schema.get("oneOf") or [{}])[0]
    return {} if constants else schema


def _has_keys(schema: Schema) -> bool:
    return any(part in schema for part in ("properties", "oneOf")) or isinstance(
        schema.get("additionalProperties"), Mapping
    )


def _described(field: Schema, holder: Schema) -> Schema:
    """A field, with what is said of the list or table that holds it where nothing is said of it."""
    said = {key: holder[key] for key in ("description", "limits", "basis", "form") if key in holder}
    return {**said, **field}


def _is_in(key: str, value: Any) -> bool:
    return key.isdecimal() and isinstance(value, list) and int(key) < len(value)


def _unknown(at: _Stop, key: str, known: list[str], definitions: Schema) -> str:
    """That there is no such key, and what may have been meant."""
    where = f"`{'.'.join(at.place)}`" if at.place else "a scenario"
    elsewhere = [place for place in _all_places(definitions) if place.endswith(f".{key}")]
    if elsewhere:
        stands = "`, `".join(elsewhere[:3])
        return f"{where} has no `{key}`: it stands at `{stands}`"
    if near := get_close_matches(key, known, 1):
        return f"{where} has no `{key}`: did you mean `{_core.join_path([*at.walked, near[0]])}`?"
    return f"{where} has no `{key}`: there are {', '.join(known)}"


def _all_places(definitions: Schema) -> Iterator[str]:
    """Each key of the language at the first place where it stands."""
    root = json.loads(_core.schema())
    for name, paths in places(root).items():
        for key, field in fields_of(definitions[name]).items():
            yield f"{paths[0]}.{key}{table_in(field, definitions)[1]}".removesuffix(".<id>")


def _unknown_id(at: _Stop, key: str, ids: list[str]) -> str:
    where = ".".join(at.place)
    near = get_close_matches(key, ids, 1)
    there = f"there are {', '.join(ids)}" if ids else "there are none"
    hint = f"did you mean `{near[0]}`?" if near else f"{there};"
    return f"`{where}` has no `{key}`: {hint} `{where}.{_ANY[0]}` stands for any"


def _here(scenario: Scenario, at: _Stop, path: str, definitions: Schema) -> str:
    """What the scenario has there, in words."""
    if not {*_ANY, _NUMBER}.isdisjoint(at.walked):
        return ""
    name, suffix = table_in(at.field, definitions)
    if at.value is None or (suffix and not at.value):
        return "left out."
    if name and isinstance(at.value, Mapping):
        return f"{', '.join(at.value)}." if suffix else "given."
    said = said_of(about(scenario), path)
    told = [words(at.value)]
    told += [f"source: {said.source}"] if said.source else []
    told += [f"note: {said.note}"] if said.note else []
    return f"{'; '.join(told)}."


def _listed(field: Schema, definitions: Schema) -> Iterator[tuple[str, str]]:
    """The keys of the table, or of each of the tables, that a field holds, with their facts."""
    name, _ = table_in(field, definitions)
    table = definitions[name] if name else field
    if name or "properties" in table:
        for key, field in fields_of(table).items():
            due = "" if "oneOf" in table else default(field, key in table.get("required", ()))
            yield key, f"{_plain(facts(key, field, due, definitions))}. {_joined(field)}"


def _joined(field: Schema) -> str:
    return " ".join(str(field.get("description", "")).split())


def _plain(text: str) -> str:
    """A text without the marks of Markdown that facts have."""
    return text.replace("*", "")
