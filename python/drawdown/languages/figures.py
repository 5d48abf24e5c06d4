"""Numbers and dates as the language that is spoken writes them.

Digits are those of English in every language, as in the figures and ids beside them, and dates in
tables stay as ISO 8601 has them.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from .catalogue import ENGLISH, Language
from .speech import say, spoken


def localised(text: str) -> str:
    """A number that is written as English writes it, with the signs of the language spoken."""
    language = spoken()
    return text if language == ENGLISH else text.translate(_signs(language))


def in_full(day: date) -> str:
    """A day such as 31 December 2026."""
    return say("day-in-full", day=day.day, month=_dated(day, "MMMM"), year=str(day.year))


def month(day: date) -> str:
    """A month such as December 2026."""
    return _dated(day, "MMMM y")


def month_in_short(day: date) -> str:
    """A month such as Dec 2026."""
    return months_in(f"{day:%b %Y}")


def months_in(text: str) -> str:
    """A text with the short names of months that English has as the language spoken writes them."""
    language = spoken()
    if language != ENGLISH:
        for english, theirs in _months(language).items():
            text = text.replace(english, theirs)
    return text


def _dated(day: date, form: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, form, locale=spoken().locale))


@cache
def _signs(language: Language) -> dict[int, str]:
    """What stands for each sign that English writes numbers with."""
    from babel import Locale, numbers

    locale: Any = language.locale
    minus = numbers.get_minus_sign_symbol(locale)
    theirs = {
        ",": numbers.get_group_symbol(locale),
        ".": numbers.get_decimal_symbol(locale),
        "+": numbers.get_plus_sign_symbol(locale),
        "%": Locale.parse(locale).number_symbols["latn"]["percentSign"],
        "-": minus,
        "\u2212": minus.replace("-", "\u2212"),
    }
    return {ord(sign): of for sign, of in theirs.items()}


@cache
def _months(language: Language) -> dict[str, str]:
    """The short names of months in English, and those of a language."""
    from babel.dates import get_month_names

    english, theirs = (get_month_names("abbreviated", locale=of) for of in ("en", language.locale))
    return {english[k]: theirs[k] for k in range(1, 13)}
