"""What the schema of scenarios says of a key: what it takes, its unit, default and limits.

The reference page, `Scenario.explain` and the table of assumptions read it here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

UNITS = {
    "_per_day": "per day",
    "_days": "days",
    "days": "days",
    "per_day": "per day",
    "people": "people",
    "residual": "people",
}


def places(root: Schema) -> dict[str, list[str]]:
    """Where each table of the language stands, by its definition, in the order of the language."""
    found: dict[str, list[str]] = {}
    _find("", root, root["$defs"], found)
    return found


def _find(path: str, schema: Schema, definitions: Schema, found: dict[str, list[str]]) -> None:
    for key, field in fields_of(schema).items():
        name, suffix = table_in(field, definitions)
        place = f"{path}{'.' if path else ''}{key}{suffix}"
        if name and place not in found.setdefault(name, []):
            found[name].append(place)
            if len(found[name]) == 1:
                _find(place, definitions[name], definitions, found)


def anchor(heading: str) -> str:
    """What a link to a heading of a page ends in, as pages on the web make it of its text."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def fields_of(schema: Schema) -> dict[str, Schema]:
    """The keys of a table; of one that is a choice, those of which exactly one is given."""
    return _choices_of(schema["oneOf"]) if "oneOf" in schema else dict(schema["properties"])


def _choices_of(choices: list[Schema]) -> dict[str, Schema]:
    fields: dict[str, Schema] = {}
    for one in choices:
        [(key, field)] = one["properties"].items()
        fields[key] = {**field, "description": one["description"]}
    return fields


def resolve(field: Schema, definitions: Schema) -> tuple[str, Schema]:
    """The name of what a reference points to, and what that is; past what may be left out."""
    if "anyOf" in field and any(one.get("type") == "null" for one in field["anyOf"]):
        field = next(one for one in field["anyOf"] if one.get("type") != "null")
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return name, definitions[name]
    return "", field


def facts(key: str, field: Schema, due: str, definitions: Schema) -> str:
    """What a key takes, its unit, whether it is due, its limits and what its default rests on."""
    found = [takes(field, definitions), unit(key, field), due]
    found += [limits(field), basis(field), "*disputed*" if "disputed" in field else ""]
    return "; ".join(fact for fact in found if fact)


def takes(field: Schema, definitions: Schema) -> str:
    """What a key takes, in words."""
    name, schema = resolve(field, definitions)
    kinds = schema.get("type")
    kind = next((k for k in kinds if k != "null"), "") if isinstance(kinds, list) else kinds
    match name, kind:
        case ("Range" | "Law", _):
            return name.lower()
        case ("Rates", _):
            return "range, or table of ranges by state"
        case ("After", _):
            return "list of texts, or table of tables by id"
        case (_, "string") if schema.get("format") == "date":
            return "date"
        case (_, "array"):
            inner = takes(schema["items"], definitions)
            if inner.startswith("list of "):
                inner = inner.replace("list", "lists", 1)
            return f"list of {inner if inner.endswith('s') else inner + 's'}"
        case (_, "object") if isinstance(schema.get("additionalProperties"), Mapping) and not name:
            inner = takes(schema["additionalProperties"], definitions)
            return f"table of {inner}s by id"
        case (_, "object"):
            return "table"
    if "oneOf" in schema and "const" in schema["oneOf"][0]:
        return "one of " + ", ".join(f"`{one['const']}`" for one in schema["oneOf"])
    if "oneOf" in schema:
        return "condition" if name == "Condition" else "table"
    return {"integer": "whole number", "boolean": "true or false", "string": "text"}.get(
        str(kind), str(kind)
    )


def unit(key: str, field: Schema) -> str:
    """The unit that the name of a key says, for what is a number."""
    if "minimum" not in field and "limits" not in field:
        return ""
    return next((unit for end, unit in UNITS.items() if key.endswith(end)), "")


def default(field: Schema, required: bool) -> str:
    """The default, where it is worth a word."""
    if required:
        return "**required**"
    value = field.get("default")
    if value in (None, "", {}, []) or (isinstance(value, dict) and "lognormal" not in value):
        return "optional"
    return f"default `{json.dumps(value)}`"


def basis(field: Schema) -> str:
    """What the form of a key and its default rest on."""
    form, value = field.get("form", ""), field.get("basis", "")
    return f"{form}; value: {value}" if form and value else str(form or value)


def limits(field: Schema) -> str:
    """The limits of a number, in words."""
    low, high = field.get("limits", (None, None))
    low, high = field.get("minimum", low), field.get("maximum", high)
    above, below = field.get("exclusiveMinimum"), field.get("exclusiveMaximum")
    if field.get("format") == "uint32" and low == 0 and high is None:
        return ""
    if None not in (low, high) and above is None and below is None:
        return f"{low:,.12g} to {high:,.12g}"
    bounds = [("above", above), ("below", below)]
    bounds = [("at least", low)] * (above is None) + [bounds[0], ("at most", high), bounds[1]]
    return ", ".join(f"{word} {bound:,.12g}" for word, bound in bounds if bound is not None)


def table_in(field: Schema, definitions: Schema) -> tuple[str, str]:
    """The definition of the table or tables that a key holds, and what follows it in paths."""
    suffix = ""
    name, schema = resolve(field, definitions)
    if name == "After":
        return "Link", ".<id>"
    if not name and isinstance(schema.get("additionalProperties"), Mapping):
        suffix = ".<id>"
        name, schema = resolve(schema["additionalProperties"], definitions)
    if not name and "items" in schema:
        suffix = ".<number>"
        name, schema = resolve(schema["items"], definitions)
        # Lists of conditions are conditions themselves.
        return (name, suffix) if "properties" in schema else ("", "")
    is_table = "properties" in schema or ("oneOf" in schema and "const" not in schema["oneOf"][0])
    is_law = name.startswith(("Range", "Law", "Rates"))
    return (name, suffix) if name and is_table and not is_law else ("", "")
