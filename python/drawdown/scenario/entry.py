"""An entry of the reference of the scenario language, as text and in a notebook."""

from __future__ import annotations

import html
import textwrap
from typing import NamedTuple

_SCREEN, _INDENT = 100, "  "


class Entry(NamedTuple):
    """What the reference says of one key of a scenario. Printing it shows all of it.

    Attributes
    ----------
    path : str
        The dotted path, as asked for.
    place : str
        The path in the reference, such as ``"world.threats.<id>.truce"``.
    facts : str
        What it takes; its unit; its default, or that it is required; its limits; and what its
        default or its form rests on.
    text : str
        What it does.
    here : str
        What the scenario has there, in words, and where it says that it comes from. Empty where
        the path stands for several places.
    keys : dict of str to str
        The keys of a table, with the same facts on each.
    page : str
        The page of the documentation, and the heading on it.
    """

    path: str
    place: str
    facts: str
    text: str
    here: str
    keys: dict[str, str]
    page: str

    def __str__(self) -> str:
        lines = [self.place, *_filled(f"{self.facts}. {self.text}")]
        lines += _filled(f"In this scenario: {self.here}") if self.here else []
        for key, said in self.keys.items():
            lines += _filled(f"{key}: {said}", _INDENT * 2)
        return "\n".join([*lines, f"{_INDENT}{self.page}", ""])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th style="text-align: left">{html.escape(key)}</th>'
            f'<td style="text-align: left">{html.escape(said)}</td></tr>'
            for key, said in self.keys.items()
        )
        told = [f"{self.facts}. {self.text}"]
        told += [f"In this scenario: {self.here}"] if self.here else []
        body = "".join(f"<p>{html.escape(text)}</p>" for text in told)
        table = f"<table>{rows}</table>" if rows else ""
        return (
            f"<div><p><b><code>{html.escape(self.place)}</code></b></p>{body}{table}"
            f"<p><small>{html.escape(self.page)}</small></p></div>"
        )


def _filled(text: str, indent: str = _INDENT) -> list[str]:
    after = indent + _INDENT
    return textwrap.wrap(
        text, _SCREEN, initial_indent=indent, subsequent_indent=after, break_long_words=False
    )
