"""The files of the front end, which stand in the package."""

from __future__ import annotations

import html
import json
import re
from importlib.resources import files
from string import Template
from typing import Any

from ..languages.speech import say

# Modules in the order in which they use one another.
MODULES = (
    *("dom.js", "speaker.js", "chart.js", "pictures.js"),
    *("controls.js", "breaking.js", "explorer.js"),
)
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def text_of(name: str) -> str:
    """The text of a file of the front end."""
    return (files(__package__) / "static" / name).read_text("utf-8")


def index(voice: dict[str, Any]) -> str:
    """The page of the explorer, in the language that is spoken and with what it speaks with."""
    return Template(text_of("index.html")).substitute(
        language=voice["language"],
        direction="rtl" if voice["rtl"] else "ltr",
        title=html.escape(say("explorer-title")),
        noscript=html.escape(say("explorer-noscript")),
        # So that no text ends the element.
        voice=json.dumps(voice, ensure_ascii=False).replace("<", "\\u003c"),
    )


def bundled() -> str:
    """All modules as one: imports and exports between them go."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text_of(name))) for name in MODULES)


def for_notebooks() -> str:
    """The same with what notebooks, which take one module, begin with."""
    return f"{bundled()}\n{_IMPORT.sub('', text_of('notebook.js'))}"
