"""The messages of each language: files of Project Fluent beside this module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Language(NamedTuple):
    """A language that there are messages in.

    Attributes
    ----------
    code : str
        As in HTML, and in the names of its files of messages.
    locale : str
        By whose rules numbers, dates and plurals go: the name of a locale of the Unicode CLDR.
    rtl : bool
        Whether it is written from right to left.
    """

    code: str
    locale: str
    rtl: bool = False


ENGLISH = Language("en", "en_GB")
LANGUAGES = {one.code: one for one in (ENGLISH, Language("fr", "fr"), Language("ar", "ar", True))}
# What is about one thing stands in a file of its own: of the page of a run, of results that are
# handed in, of the explorer and of the names of what can be moved.
_PARTS = ("", "-results", "-explorer", "-labels")
# Fluent refuses longer values: they are put in afterwards.
_LONGEST = 1_000


class Written(str):
    """A number as it is written, which keeps its value, so that it can decide on a plural.

    Attributes
    ----------
    value : float
        The number.
    """

    value: float

    def __new__(cls, text: str, value: float) -> Written:
        """The text, of a value."""
        made = super().__new__(cls, text)
        made.value = value
        return made

    def __reduce__(self) -> Any:
        return Written, (str(self), self.value)


def source(code: str) -> str:
    """The messages of a language, as they are written."""
    folder = files(__package__)
    texts = (folder.joinpath(f"{code}{part}.ftl").read_text(encoding="utf-8") for part in _PARTS)
    return "\n".join(texts)


@cache
def named(language: Language) -> dict[str, frozenset[str]]:
    """The keys of all messages, and the values that each names."""
    from fluent.syntax import FluentParser, ast, visitor

    class Values(visitor.Visitor):
        def __init__(self) -> None:
            self.found: set[str] = set()

        def visit_VariableReference(self, node: ast.VariableReference) -> None:
            self.found.add(node.id.name)

    found = {}
    for entry in FluentParser().parse(source(language.code)).body:
        if isinstance(entry, ast.Message):
            values = Values()
            values.visit(entry)
            found[entry.id.name] = frozenset(values.found)
    return found


def formatted(language: Language, key: str, values: Mapping[str, str | int]) -> str:
    """A message with its values.

    Raises
    ------
    LookupError
        If there is no such message.
    ValueError
        If a value that it names is not given, or the message itself is wrong.
    """
    from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment

    bundle, value_of = _loaded(language)
    long = {f"\0{name}\0": of for name, of in values.items() if len(str(of)) > _LONGEST}
    given = {
        name: f"\0{name}\0" if f"\0{name}\0" in long else value_of(of)
        for name, of in values.items()
    }
    wrong: list[Exception] = []
    # Not by `format_pattern`, which would write numbers that are written already.
    about = ResolverEnvironment(bundle, wrong, current=CurrentEnvironment(given))
    text = str(bundle.get_message(key).value(about))
    if wrong:
        raise ValueError(f"the message `{key}` of {language.code}: {wrong[0]}")
    for mark, of in long.items():
        text = text.replace(mark, str(of))
    return text


@cache
def _loaded(language: Language) -> tuple[Any, Callable[[str | int], Any]]:
    """The messages of a language, and what makes a value of Fluent of a text or a number.

    The libraries that know Fluent and the languages take a tenth of a second to load, so not before
    anything is said.
    """
    from fluent.runtime import FluentBundle, FluentResource
    from fluent.runtime.types import FluentFloat, FluentInt

    class Number(FluentFloat):
        """A number that is written as it is."""

        written: str

        def format(self, locale: object) -> str:
            return self.written

    def value_of(value: str | int) -> Any:
        if isinstance(value, int):
            return FluentInt(value)
        if not isinstance(value, Written):
            return str(value)
        number = Number(value.value)
        number.written = value
        return number

    bundle = FluentBundle([language.locale], use_isolating=language.rtl)
    bundle.add_resource(FluentResource(source(language.code)))
    return bundle, value_of
