"""What JavaScript is given to speak with: messages, months and signs of numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..languages.catalogue import ENGLISH, named
from ..languages.figures import localised, months_in
from ..languages.speech import say, spoken

# What messages that JavaScript says begin with, and others that it needs.
_SAID, _OTHERS = "view-", ("list-comma", "list-semicolon", "page-unreviewed")


def voice() -> dict[str, Any]:
    """Gather what the explorer's page says in the language that is spoken.

    Returns
    -------
    dict
        As JSON has it: ``language`` and ``rtl``; ``words``, messages by key, with ``{name}`` where
        a value goes; ``months``, their short names; ``signs``, what stands for those that English
        writes numbers with.
    """
    language = spoken()
    return {
        "language": language.code,
        "rtl": language.rtl,
        "words": _words(),
        "months": [months_in(f"{date(2001, month, 1):%b}") for month in range(1, 13)],
        "signs": {} if language == ENGLISH else {sign: localised(sign) for sign in ",.+-\u2212"},
    }


def _words() -> dict[str, str]:
    there = named(ENGLISH)
    found = {key: values for key, values in there.items() if key.startswith(_SAID)}
    said = {
        key: say(key, **{name: f"{{{name}}}" for name in sorted(values)})
        for key, values in found.items()
    }
    return said | {key: say(key) for key in _OTHERS}
