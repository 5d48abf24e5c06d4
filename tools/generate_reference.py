"""Writes docs/reference.md from the JSON schema of scenarios.

Run it after a change to the scenario language: `python tools/generate_reference.py`.
"""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drawdown import _core
from drawdown.scenario.definitions import Schema, default, facts, fields_of, places

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


def render() -> str:
    """The text of the page."""
    root = json.loads(_core.schema())
    definitions = root["$defs"]
    parts = [HEADER.rstrip("\n"), *section([], root, definitions)]
    for name, paths in places(root).items():
        parts += section(paths, definitions[name], definitions)
    return "\n".join([*parts, *laws(definitions)]).rstrip() + "\n"


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


def entry(key: str, field: Schema, due: str, definitions: Schema) -> str:
    """One key."""
    line = f"- **`{key}`**: {facts(key, field, due, definitions)}"
    return textwrap.fill(f"{line}. {' '.join(field['description'].split())}", WIDTH, **HANGING)


HANGING: Any = {"subsequent_indent": "  ", "break_on_hyphens": False, "break_long_words": False}


def fill(text: str) -> str:
    """A paragraph."""
    return textwrap.fill(" ".join(text.split()), WIDTH)


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
