"""Says things in the language that is spoken: English, unless a page is written in another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .catalogue import ENGLISH, LANGUAGES, Language, formatted

# Marks of Unicode around what has a direction of its own: of English among other words, of words
# from the right, of what shows its direction itself, and the end of each. A page makes elements of
# HTML of them.
LEFT_TO_RIGHT, RIGHT_TO_LEFT, ITS_OWN, END = "\u2066", "\u2067", "\u2068", "\u2069"

_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def language(code: str) -> Language:
    """The language of a code.

    Raises
    ------
    ValueError
        If there are no messages in it.
    """
    if code not in LANGUAGES:
        raise ValueError(f"`language` must be one of {', '.join(LANGUAGES)}, not {code!r}")
    return LANGUAGES[code]


def spoken() -> Language:
    """The language that is spoken."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Let all that is said within speak a language.

    Raises
    ------
    ValueError
        If there are no messages in it.
    """
    before = _spoken.set(language(code))
    try:
        yield _spoken.get()
    finally:
        _spoken.reset(before)


def say(key: str, /, **values: str | int) -> str:
    """The message of a key in the language that is spoken.

    Parameters
    ----------
    key : str
        As in the files of messages.
    **values
        What the message names. A whole number is written by the rules of the language; others come
        as the texts that `drawdown._internal.tables` makes of them.

    Raises
    ------
    LookupError
        If there is no such message.
    ValueError
        If a value that it names is not given.
    """
    return formatted(spoken(), key, values)


def said_or(key: str, otherwise: str) -> str:
    """A message, or where there is none of that key, another text."""
    try:
        return say(key)
    except LookupError:
        return otherwise


def key_of(text: str) -> str:
    """A text as it stands in the key of a message: its letters and digits, parted by hyphens."""
    return re.sub(r"\W+", "-", text).strip("-")


def foreign(text: str) -> str:
    """A text that there is in English alone, marked as that where another language is spoken."""
    return text if spoken() == ENGLISH or not text else f"{LEFT_TO_RIGHT}{text}{END}"


def listed(items: Iterable[str]) -> str:
    """Items one after the other, parted by the comma of the language that is spoken."""
    return say("list-comma").join(items)


def parted(items: Iterable[str]) -> str:
    """Statements one after the other, parted by its semicolon."""
    return say("list-semicolon").join(items)


def runs_from_the_right(text: str) -> bool:
    """Whether there are letters in a text that are written from right to left."""
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)
