"""Texts in figures: as they are written, in lines that fit, in fonts that have their characters."""

from __future__ import annotations

import sys
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

# A font of matplotlib that has a box for every character.
_BOXES = "Last Resort High-Efficiency"
# What fitting small letters to pixels adds to their width, at the most.
_HINTED = 1.13
# Characters without a glyph that were met, while somebody gathers them.
_gathered: set[str] | None = None


def plain(texts: Iterable[Text]) -> None:
    """InputSample texts as written, not as mathematics, each in fonts that have its characters.

    Warns of the characters that no font of this machine has.
    """
    lacking: set[str] = set()
    for text in texts:
        text.set_parse_math(False)
        text.set_usetex(False)
        if (drawn := drawable(text.get_text())) != text.get_text():
            text.set_text(drawn)
        if not text.get_text().isascii():
            families, without = _families(text.get_text(), text.get_fontproperties())
            lacking |= without
            if families:
                text.set_fontfamily(families)
    if lacking and _gathered is not None:
        _gathered.update(lacking)
    elif lacking:
        _warn(lacking)


@contextmanager
def gathering(*, tell: bool) -> Iterator[None]:
    """Warn once of the characters without a glyph of several figures, or not at all.

    Within another one, that one warns.
    """
    global _gathered
    before, _gathered = _gathered, set()
    try:
        yield
    finally:
        found, _gathered = _gathered, before
    if tell and found and before is None:
        _warn(found)
    elif tell and before is not None:
        before |= found


def _warn(lacking: set[str]) -> None:
    """Warn whoever called this library."""
    level, frame, here = 1, sys._getframe(), str(Path(__file__).parents[1])
    while frame.f_back and frame.f_code.co_filename.startswith((here, _CONTEXTS)):
        level, frame = level + 1, frame.f_back
    shown = " ".join(f"{character} (U+{ord(character):04X})" for character in sorted(lacking))
    warnings.warn(
        f"no font of this machine has {shown}: figures show a box for each, while reports and "
        "tables have the text; install a font that has them, such as one of the Noto family",
        stacklevel=level,
    )


_CONTEXTS = contextmanager.__code__.co_filename


def drawable(text: str) -> str:
    """The text with a mark for each control and half of a character, which no font can draw."""
    if text.isprintable():
        return text
    tab, mark = " ", "\ufffd"
    return "".join(
        sign
        if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")
        else tab
        if sign == "\t"
        else mark
        for sign in text
    )


def inches(text: str, size: str | float, weight: str = "normal") -> float:
    """How wide one line of text is, in the user's font."""
    return _inches(drawable(text), FontProperties(size=size, weight=weight))


def _inches(text: str, font: FontProperties) -> float:
    if not text.isascii():
        families, _ = _families(text, font)
        if families:
            font = font.copy()
            font.set_family(families)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, False)
    return _HINTED * float(width) / 72


def fitted(text: str, width: float, size: str | float, weight: str = "normal") -> str:
    """The text in lines of at most so many inches; a word that is longer is divided."""
    lines: list[str] = []
    for part in drawable(text).split("\n"):
        line = ""
        for word in part.split():
            joined = f"{line} {word}" if line else word
            if inches(joined, size, weight) <= width:
                line = joined
                continue
            lines += [line] if line else []
            while inches(word, size, weight) > width and len(word) > 1:
                head = _head(word, width, size, weight)
                lines.append(word[:head])
                word = word[head:]
            line = word
        lines.append(line)
    return "\n".join(lines)


def _head(word: str, width: float, size: str | float, weight: str) -> int:
    """How many characters of a word fit, at least one; up to the end of a part of it, if it has."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if inches(word[:middle], size, weight) <= width:
            low = middle
        else:
            high = middle - 1
    end = max(word.rfind(sign, 0, low) for sign in "._-/") + 1
    return end if end > low / 2 else low


def _families(text: str, font: FontProperties) -> tuple[list[str], set[str]]:
    """The families to write a text in, none if its own do, and what no font has."""
    own = [_path(family, font) for family in font.get_family()]
    needed: list[str] = []
    lacking: set[str] = set()
    for character in dict.fromkeys(text):
        if character.isascii() or any(_has(path, character) for path in own):
            continue
        family = _family_with(character)
        if family is None:
            lacking |= set() if _unseen(character) else {character}
        elif family not in needed:
            needed.append(family)
        if family is None and _BOXES not in needed and _path_of(_BOXES):
            needed.append(_BOXES)
    needed.sort(key=lambda family: family == _BOXES)
    return [*font.get_family(), *needed] if needed else [], lacking


def _unseen(character: str) -> bool:
    """Whether a character has no shape of its own, such as one that joins or selects others."""
    return unicodedata.category(character) == "Cf" or "VARIATION" in unicodedata.name(character, "")


def _path(family: str, font: FontProperties) -> Any:
    alone = font.copy()
    alone.set_family(family)
    return findfont(alone)


def _has(path: Any, character: str) -> bool:
    return bool(get_font(path).get_char_index(ord(character)))


@cache
def _family_with(character: str) -> str | None:
    """A family of the machine that can draw a character, its plainest face first."""
    faces = [face for face in fontManager.ttflist if not face.name.startswith("Last Resort")]
    for face in sorted(faces, key=lambda face: (face.style != "normal", str(face.weight) != "400")):
        try:
            font = get_font(face.fname)
            if font.get_char_index(ord(character)):
                font.set_size(12, 72)
                font.load_char(ord(character))
                return str(face.name)
        except RuntimeError:
            continue  # a file that is gone, or whose glyphs are pictures: not for matplotlib
    return None


@cache
def _path_of(family: str) -> str | None:
    return next((face.fname for face in fontManager.ttflist if face.name == family), None)
