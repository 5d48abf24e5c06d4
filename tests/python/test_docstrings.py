"""The first line of a public docstring says what to do, and each parameter can be read alone."""

import importlib.util
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import drawdown as dd
from drawdown.runs.result import Result

SPEC = importlib.util.spec_from_file_location(
    "generate_api", Path(__file__).parents[2] / "tools/generate_api.py"
)
api = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(api)
# A new one is as good: the list is there so that a noun or a third person is noticed.
VERBS = set(
    [
        "Bring",
        "Compare",
        "Compute",
        "Copy",
        "Count",
        "Draw",
        "Explore",
        "Find",
        "Fit",
        "Follow",
        "Give",
        "Join",
        "List",
        "Log",
        "Make",
        "Measure",
        "Move",
        "Read",
        "Resume",
        "Sample",
        "Save",
        "Say",
        "Search",
        "Set",
        "Show",
        "Simulate",
        "Split",
        "Stop",
        "Summarise",
        "Tabulate",
        "Tell",
        "Test",
        "Trace",
        "Weigh",
        "Write",
    ]
)
# What refers to somewhere else, or says nothing until one has read the name.
UNCLEAR = ("As ", "Which", "Of ", "Where to", "The same", "See ", "Left out")


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function and method that is written in Python, by its name."""
    for name in dd.__all__:
        thing = getattr(dd, name)
        if inspect.isclass(thing):
            for kind in (thing, *api.PARTS.get(name, {}).values()):
                yield from ((f"{kind.__name__}.{n}", found) for n, found in api.methods(kind))
        elif inspect.ismodule(thing):
            for inner in (getattr(thing, n) for n in thing.__all__):
                path = f"{name}.{inner.__name__}"
                if inspect.isclass(inner):
                    yield from ((f"{path}.{n}", found) for n, found in api.methods(inner))
                else:
                    yield path, inner
        elif inspect.isfunction(thing):
            yield name, thing
    yield from ((f"Result.{n}", found) for n, found in api.methods(Result))


@pytest.mark.parametrize(("name", "function"), list(functions()))
def test_a_public_docstring_can_be_read_by_itself(name, function):
    said = api.parse(function)
    assert said.first.split()[0] in VERBS, said.first
    assert said.first.endswith(".") or ": " in said.first
    for parameter, _, text in said.sections.get("Parameters", []):
        assert text, f"{name}: {parameter} has no text"
        assert not text.startswith(UNCLEAR), f"{name}, {parameter}: {text}"
        assert text[0].isupper() or text[0] in '{`"', f"{name}, {parameter}: {text}"


def test_each_public_name_has_one_place_in_the_reference():
    placed = [name for names in api.GROUPS.values() for name in names]
    assert sorted(placed) == sorted(dd.__all__)
