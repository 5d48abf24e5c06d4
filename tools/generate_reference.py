"""Writes docs/reference.md from the JSON schema of scenarios.

Run it after a change to the scenario language: `python tools/generate_reference.py`.
"""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drawdown import _core

TARGET = Path(__file__).parents[1] / "docs/reference.md"
WIDTH = 100
HEADER = """# Reference of the scenario language

Every key of a scenario, generated from the definitions in the library by
`tools/generate_reference.py`; do not edit. [The model](model.md) says what it all does together.

Each key is followed by what it takes; its unit; its default, or **required**; its limits; and what
its default or its form rests on. `<id>` is a name that you choose. A **range** is a number, or what
is believed about a number that nobody knows: it has one value in each parameter sample (epistemic
uncertainty). A **law** is sampled anew at each occurrence (aleatory uncertainty). Both are written
as a number or as one of the [laws](#laws). Keys marked *disputed* belong to mechanisms on which the
evidence is divided: they are off unless given, except the troops' share in holding an insurgency
down (`troops_share`), where there is one.

Where a value comes from can stand beside it: `{ value = 0.1, source = "...", note = "..." }` in its
place, with a source, a note or both. `drawdown schema` gives the JSON schema for editors, in which
that is allowed for every number, range, law, date, text, and list or table of these.

Limits apply to a number and to all values of a range or law, with two exceptions. A range or law
may reach down to a limit that a number must be *above*. It may also go beyond a limit of 1,000,000,
or in a contagion of 1 or 100: these only catch slips of the pen. A number other than 0 is between
1e-300 and 1e12 in size; a whole number is at most 4,294,967,295.
"""
UNITS = {
    "_per_day": "per day",
    "_days": "days",
    "days": "days",
    "per_day": "per day",
    "people": "people",
    "residual": "people",
}

Schema = dict[str, Any]


def render() -> str:
    """The text of the page."""
    root = json.loads(_core.schema())
    definitions = root["$defs"]
    places: dict[str, list[str]] = {}
    find("", root, definitions, places)
    parts = [HEADER.rstrip("\n"), *section([], root, definitions)]
    for name, paths in places.items():
        parts += section(paths, definitions[name], definitions)
    return "\n".join([*parts, *laws(definitions)]).rstrip() + "\n"


def find(path: str, schema: Schema, definitions: Schema, places: dict[str, list[str]]) -> None:
    """Where each table of the language stands, in the order of the language."""
    for key, field in fields_of(schema).items():
        name, suffix = table_in(field, definitions)
        place = f"{path}{'.' if path else ''}{key}{suffix}"
        if name and place not in places.setdefault(name, []):
            places[name].append(place)
            if len(places[name]) == 1:
                find(place, definitions[name], definitions, places)


def section(paths: list[str], schema: Schema, definitions: Schema) -> Iterator[str]:
    """A table of the language."""
    names = [f"`{path}`" for path in paths]
    yield f"\n## {names[0] if names else 'A scenario'}\n"
    choice = " Exactly one of these keys is due." if "oneOf" in schema else ""
    also = f" Also at {', '.join(names[1:])}." if names[1:] else ""
    yield fill(schema["description"] + choice + also) + "\n"
    for key, field in fields_of(schema).items():
        due = "" if choice else default(field, key in schema.get("required", []))
        yield entry(key, field, due, definitions)


def fields_of(schema: Schema) -> Schema:
    """The keys of a table."""
    return choices_of(schema["oneOf"]) if "oneOf" in schema else schema["properties"]


def choices_of(choices: list[Schema]) -> Schema:
    """The keys of which exactly one is given."""
    fields = {}
    for one in choices:
        [(key, field)] = one["properties"].items()
        fields[key] = {**field, "description": one["description"]}
    return fields


def entry(key: str, field: Schema, due: str, definitions: Schema) -> str:
    """One key."""
    facts = [takes(field, definitions), unit(key, field), due]
    facts += [limits(field), basis(field), "*disputed*" if "disputed" in field else ""]
    line = f"- **`{key}`**: " + "; ".join(fact for fact in facts if fact)
    return textwrap.fill(f"{line}. {' '.join(field['description'].split())}", WIDTH, **HANGING)


HANGING: Any = {"subsequent_indent": "  ", "break_on_hyphens": False, "break_long_words": False}


def fill(text: str) -> str:
    """A paragraph."""
    return textwrap.fill(" ".join(text.split()), WIDTH)


def resolve(field: Schema, definitions: Schema) -> tuple[str, Schema]:
    """The name of what a reference points to, and what that is; past what may be left out."""
    if "anyOf" in field and any(one.get("type") == "null" for one in field["anyOf"]):
        field = next(one for one in field["anyOf"] if one.get("type") != "null")
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return name, definitions[name]
    return "", field


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
        case (_, "object") if "additionalProperties" in schema and not name:
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
    return f"{form}; value: {value}" if form and value else form or value


def limits(field: Schema) -> str:
    """The limits of a number."""
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
    if not name and "additionalProperties" in schema:
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


def laws(definitions: Schema) -> Iterator[str]:
    """The families of laws."""
    yield "\n## Laws\n"
    text = """A number, or a table with one of these keys. In a law the parameters may be ranges
    themselves."""
    yield fill(text) + "\n"
    for one in definitions["Family_of_Range"]["oneOf"]:
        [key] = one["properties"]
        text = " ".join(one["description"].split())
        yield textwrap.fill(f"- **`{key}`**: {text}", WIDTH, **HANGING)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET}")
