"""Writes python/drawdown/scenario/types.py from the JSON schema of scenarios.

Run it after a change to the scenario language: `python tools/generate_types.py`.
"""

import json
import keyword
import textwrap
from pathlib import Path
from typing import Any

from drawdown import _core

TARGET = Path(__file__).parents[1] / "python/drawdown/scenario/types.py"
WIDTH = 100
HEADER = '''"""Types of the mappings that a scenario is made of.

Generated from the JSON schema by tools/generate_types.py; do not edit.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, Literal, NotRequired, TypeAlias, TypedDict, TypeVar

Value = TypeVar("Value")


class Sourced(TypedDict, Generic[Value]):
    """A value, and where it comes from: `source`, `note` or both are due."""

    value: Value
    """The value."""
    source: NotRequired[str]
    """Whose it is: a record, a report, who was asked, what it was fitted to, or `judgement`."""
    note: NotRequired[str]
    """What else is to be known of it."""
'''

Schema = dict[str, Any]


def render() -> str:
    """The text of the module."""
    root = json.loads(_core.schema_as_written())
    definitions = {**root.pop("$defs"), "Scenario": root}
    blocks = [block for name, schema in definitions.items() for block in define(name, schema)]
    return "\n\n".join([HEADER, *blocks])


def define(name: str, schema: Schema) -> list[str]:
    """The definitions that a definition of the schema becomes."""
    if "oneOf" in schema and "const" in schema["oneOf"][0]:
        words = ", ".join(json.dumps(one["const"]) for one in schema["oneOf"])
        return [f"{name}: TypeAlias = Literal[{words}]\n"]
    if "oneOf" in schema:
        return choice(name, schema)
    if "properties" in schema:
        return [table(name, schema)]
    return [f'{name}: TypeAlias = "{annotation(schema)}"\n']


def choice(name: str, schema: Schema) -> list[str]:
    """A table with exactly one of several keys, each of which may have a table of its own."""
    blocks, keys = [], {}
    for variant in schema["oneOf"]:
        [(key, inner)] = variant["properties"].items()
        if "properties" in inner:
            parameters = name + key.title().replace("_", "")
            blocks.append(table(parameters, {"description": f"What `{key}` takes.", **inner}))
            inner = {"$ref": parameters}
        keys[key] = {**inner, "description": variant["description"]}
    text = f"{schema['description']} Exactly one of these keys is due."
    return [*blocks, table(name, {"description": text, "properties": keys})]


def table(name: str, schema: Schema) -> str:
    """A table with fixed keys."""
    required = schema.get("required", [])
    kinds = {key: annotation(inner) for key, inner in schema["properties"].items()}
    kinds = {k: kind if k in required else f"NotRequired[{kind}]" for k, kind in kinds.items()}
    if any(keyword.iskeyword(key) for key in kinds):  # such as `not`, which no class can name
        entries = [f'        "{key}": "{kind}",' for key, kind in kinds.items()]
        return "\n".join([f'{name} = TypedDict(\n    "{name}",\n    {{', *entries, "    },\n)\n"])
    lines = [f"class {name}(TypedDict):", *docstring(schema["description"]), ""]
    for key, kind in kinds.items():
        lines += attribute(key, kind)
        lines += docstring(schema["properties"][key]["description"])
    return "\n".join([*lines, ""])


def attribute(key: str, kind: str) -> list[str]:
    """A key and its type, over several lines where it is long."""
    line = f"    {key}: {kind}"
    if len(line) <= WIDTH:
        return [line]
    inner = kind.removeprefix("NotRequired[").removesuffix("]")
    if len(inner) + 8 <= WIDTH:
        return [f"    {key}: NotRequired[", f"        {inner}", "    ]"]
    ways, depth = [""], 0
    for part in inner.split(" | "):
        ways[-1] += (" | " if depth else "") + part
        depth += part.count("[") - part.count("]")
        ways += [""] * (depth == 0)
    first, *rest = ways[:-1]
    return [
        f"    {key}: NotRequired[",
        f"        {first}",
        *(f"        | {way}" for way in rest),
        "    ]",
    ]


def docstring(text: str) -> list[str]:
    """An indented docstring."""
    text = " ".join(text.split())
    if len(text) <= WIDTH - 10:
        return [f'    """{text}"""']
    return [f"    {line}" for line in [*textwrap.wrap(f'"""{text}', WIDTH - 4), '"""']]


def annotation(schema: Schema) -> str:
    """The type of a value."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        ways = " | ".join(annotation(inner) for inner in schema["anyOf"]).split(" | None")
        return "".join(ways) + " | None" * (len(ways) > 1)
    if schema.get("required") == ["value"] and "source" in schema["properties"]:
        return f"Sourced[{annotation(schema['properties']['value'])}]"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(plain(kind, schema) for kind in kinds)


def plain(kind: str, schema: Schema) -> str:
    """The type of a value that is no reference, by what JSON calls it."""
    match kind:
        case "null":
            return "None"
        case "boolean":
            return "bool"
        case "integer":
            return "int"
        case "number":
            return "float"
        case "string":
            return "str | date" if schema.get("format") == "date" else "str"
        case "array":
            return f"list[{annotation(schema['items'])}]"
        case "object":
            return f"dict[str, {annotation(schema['additionalProperties'])}]"
    raise ValueError(f"no type for {kind}")


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET}")
