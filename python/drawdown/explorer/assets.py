"""The files of the front end, which stand in the package."""

from __future__ import annotations

import re
from importlib.resources import files

# Modules in the order in which they use one another.
_MODULES = ("dom.js", "chart.js", "pictures.js", "controls.js", "explorer.js", "notebook.js")
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def text_of(name: str) -> str:
    """The text of a file of the front end."""
    return (files(__package__) / "static" / name).read_text("utf-8")


def bundled() -> str:
    """All modules as one, for notebooks, which take one: imports and exports between them go."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text_of(name))) for name in _MODULES)
