"""Statements that a result keeps: English texts that can be said again in another language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from .catalogue import ENGLISH, Written
from .figures import localised
from .speech import foreign, say, speaking, spoken

# What a statement says, as JSON has it: the key of a message and its values, which may be such
# records too; or the key of what parts the items of a list, and these.
Record: TypeAlias = dict[str, Any]


class Statement(str):
    """A message in English, with all that it takes to say it in another language.

    Attributes
    ----------
    record : dict
        The message and its values.
    """

    record: Record

    def __new__(cls, text: str, record: Record) -> Statement:
        """The text of a record."""
        made = super().__new__(cls, text)
        made.record = record
        return made

    def __reduce__(self) -> Any:
        return Statement, (str(self), self.record)

    @property
    def key(self) -> str:
        """The key of the message."""
        return str(self.record["key"])

    def with_message(self, key: str, other: str) -> Statement:
        """The statement with another message wherever that of a key stands in it."""
        return _english(_exchanged(self.record, key, other))


def state(key: str, /, **values: str | int) -> Statement:
    """State a message, in English; parameters are those of `speech.say`.

    Values may be statements. A `Written` number is written in English.
    """
    return _english({"key": key, "values": {name: _kept(of) for name, of in values.items()}})


def state_each(items: Iterable[str], by: str = "list-comma") -> Statement:
    """State several things, parted by the message of a key."""
    return _english({"key": by, "items": [_kept(one) for one in items]})


def said(text: str) -> str:
    """A statement in the language that is spoken; any other text is in English alone."""
    if spoken() == ENGLISH or not isinstance(text, Statement):
        return foreign(text)
    try:
        return str(_in_words(text.record))
    except (LookupError, ValueError):
        # Another version has made it, with messages that this one does not have.
        return foreign(text)


def records(texts: Iterable[str]) -> list[Record | None]:
    """What texts say, for a file; nothing of those that are no statements."""
    return [text.record if isinstance(text, Statement) else None for text in texts]


def recalled(texts: Sequence[str], kept: Sequence[Record | None]) -> list[str]:
    """Texts of a file, with what was kept of each."""
    pairs = zip(texts, kept, strict=True)
    return [text if record is None else Statement(text, record) for text, record in pairs]


def _english(record: Record) -> Statement:
    with speaking(ENGLISH.code):
        return Statement(str(_in_words(record)), record)


def _kept(value: str | int) -> Any:
    """A value as a record has it."""
    if isinstance(value, Statement):
        return value.record
    if isinstance(value, Written):
        return {"written": str(value), "value": value.value}
    return value


def _in_words(kept: Any) -> str | int:
    """What a record says, in the language that is spoken; or what another value is."""
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return]
    if "written" in kept:
        return Written(localised(kept["written"]), kept["value"])
    if "items" in kept:
        return say(kept["key"]).join(str(_in_words(one)) for one in kept["items"])
    return say(kept["key"], **{name: _in_words(of) for name, of in kept["values"].items()})


def _exchanged(kept: Any, key: str, other: str) -> Any:
    """A record with another key in place of one."""
    if isinstance(kept, dict):
        found = {name: _exchanged(of, key, other) for name, of in kept.items()}
        return found | {"key": other} if kept.get("key") == key else found
    return [_exchanged(one, key, other) for one in kept] if isinstance(kept, list) else kept
