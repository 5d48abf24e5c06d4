"""Warnings in each language: every one of them is said, in words of the language and in nothing else."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from fluent.syntax import ast as ftl

import drawdown as dd
from drawdown.languages.catalogue import LANGUAGES
from test_description import TREE, left_of
from test_idle import IDLE
from test_languages import entries
from warned import LARGE, SMALL

OTHERS = [code for code in LANGUAGES if code != "en"]
Warning = tuple[str, str, str, str]


@cache
def warnings(code: str) -> list[list[Warning]]:
    """The warnings of scenarios that have every one that there is."""
    return [one._compiled.warnings(code) for one in scenarios()]


@cache
def scenarios() -> list[dd.Scenario]:
    minimal, large = dd.Scenario.example("minimal"), dd.Scenario.from_dict(TREE)
    found = [large, *(dd.Scenario.example(name) for name in dd.examples())]
    found += [minimal.replace(changes) for changes, _ in IDLE.values()]
    found += [minimal.replace(changes) for changes in SMALL.values()]
    found += [large.replace(changes) for changes in LARGE.values()]
    return found


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The English messages of warnings, with anything where a value goes."""
    found = {}
    for entry in entries("core", "en"):
        if isinstance(entry, ftl.Message) and entry.value is not None:
            parts = [
                re.escape(one.value) if isinstance(one, ftl.TextElement) else "(.+?)"
                for one in entry.value.elements
            ]
            found[entry.id.name] = re.compile("".join(parts))
    kinds = r"(warn|too-short|to-come|never|why|do)-"
    return {key: one for key, one in found.items() if re.match(kinds, key)}


def said(text: str) -> Iterator[str]:
    """The message that a text is, and those that its values are."""
    there = [(key, one.fullmatch(text)) for key, one in patterns().items()]
    fits = [(sum(map(len, at.groups())), key, at) for key, at in there if at]
    if fits:
        _, key, at = min(fits, key=lambda one: one[:2])
        yield key
        for value in at.groups():
            yield from said(value)


def test_there_are_scenarios_for_every_warning() -> None:
    assert len(patterns()) > 140
    texts = {text for found in warnings("en") for one in found for text in one[2:]}
    heard = {key for text in texts for key in said(text)}
    assert sorted(set(patterns()) - heard) == []
    assert [text for text in texts if not list(said(text))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_warning_is_of_the_same_place_and_kind_in_every_language(code: str) -> None:
    for ours, theirs in zip(warnings("en"), warnings(code), strict=True):
        assert [one[:2] for one in theirs] == [one[:2] for one in ours]


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_of_a_warning_is_in_english(code: str) -> None:
    english = {text for found in warnings("en") for one in found for text in one[2:]}
    english |= {value for text in english for key in said(text) for value in values(key, text)}
    for found in warnings(code):
        for *_, what, remedy in found:
            assert {what, remedy} & english == set()
            # Nor is a part of it, such as why.
            assert not re.search(r"\b(the|there|give|take|it|is|or|and)\b", in_words(what))
            assert not re.search(r"\b(the|there|give|take|it|is|or|and)\b", in_words(remedy))


def values(key: str, text: str) -> tuple[str, ...]:
    at = patterns()[key].fullmatch(text)
    return tuple(value for value in at.groups() if " " in value) if at else ()


def in_words(text: str) -> str:
    """A text without keys and ids."""
    return re.sub("`[^`]*`", "", text)


def test_in_arabic_everything_is_in_arabic_or_set_apart() -> None:
    for found in warnings("ar"):
        for *_, what, remedy in found:
            for text in (what, remedy):
                assert re.search("[\u0600-\u06ff]{2}", text)
                assert not re.search("[A-Za-z]", left_of(text)), text
                assert text.count("\u2068") == text.count("\u2069")


@pytest.mark.parametrize("code", LANGUAGES)
def test_keys_and_numbers_of_a_warning_are_those_of_the_english_one(code: str) -> None:
    for ours, theirs in zip(warnings("en"), warnings(code), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            for english, text in zip(one[2:], other[2:], strict=True):
                bare = re.sub("[\u200e\u200f\u2066-\u2069]", "", text)
                keys = sorted(re.findall("`[^`]*`", english))
                assert sorted(re.findall("`[^`]*`", bare)) == keys
                numbers = r"(?<![\w.-])\d[\d.-]*(?![\w-])"
                there = sorted(re.findall(numbers, in_words(english)))
                assert sorted(re.findall(numbers, in_words(bare))) == there


def test_a_scenario_in_python_is_warned_of_in_english() -> None:
    for scenario, found in zip(scenarios(), warnings("en"), strict=True):
        assert [tuple(one) for one in scenario.warnings] == found


def test_a_language_without_messages_is_refused(minimal: dd.Scenario) -> None:
    with pytest.raises(ValueError, match="there is no language `tlh`; "):
        minimal._compiled.warnings("tlh")
