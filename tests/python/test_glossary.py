"""The glossary's places exist, and each thing that a stranger looks for has one place."""

import functools
import inspect
import re
from pathlib import Path
from typing import get_type_hints

import pytest

import drawdown as dd
from drawdown.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/glossary.md").read_text("utf-8")
TERMS, _, PLACES = PAGE.partition("## Where things are")
THINGS = (ROOT / "tests/python/data/twenty_things.txt").read_text("utf-8").splitlines()
REFERENCE = (ROOT / "docs/reference.md").read_text("utf-8")
ROWS = [re.fullmatch(r"\| (.*) \| `(.*)` \|", line) for line in PLACES.splitlines()]
WHERE = [(row[1], row[2]) for row in ROWS if row]
# Words that, of the first lines of all public functions, only that of the right place has.
ONLY_THERE = {
    "the difference of two plans under common random numbers": r"plans",
    "what a pause buys and what it costs": r"\bpauses?\b",
    "the least breathing room that keeps a ceiling of casualties": r"breathing room",
    "first-order and total Sobol indices": r"Sobol",
    "the worlds in which a plan fails (scenario discovery)": r"scenario discovery",
    "the criticality index of a site or phase": r"\blate\b",
    "going back in after the withdrawal": r"go back in",
    "the risk to a person as garrisons shrink, over time": r"risk to a person",
    "the Latin hypercube sample of the uncertain inputs": r"uncertain numbers of a scenario",
}


def found(path: str) -> object:
    """What a dotted path leads to; a property leads to what it gives."""

    def inside(thing: object, name: str) -> object:
        value = getattr(thing, name)
        if isinstance(value, property):
            value = get_type_hints(value.fget)["return"]
        return value

    return functools.reduce(inside, path.split(".")[1:], dd)


def functions() -> dict[str, str]:
    """The first line of the docstring of each public function."""
    known = {name: getattr(dd, name) for name in dd.__all__}
    return {
        f"drawdown.{name}": inspect.getdoc(value).splitlines()[0]
        for name, value in known.items()
        if inspect.isroutine(value)
    }


def test_each_of_the_twenty_things_has_one_place():
    assert len(THINGS) == 20
    assert [what for what, _ in WHERE] == THINGS
    places = [place for _, place in WHERE]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("place", [place for _, place in WHERE])
def test_the_place_is_there(place, capsys):
    if "/" in place:
        assert (ROOT / place).is_file()
    elif " " in place:
        with pytest.raises(SystemExit):
            main(["--help"])
        program, command = place.split()
        assert program == "drawdown"
        assert re.search(rf"^ +{command}\s", capsys.readouterr().out, re.MULTILINE)
    else:
        assert found(place).__doc__


def test_no_other_public_name_does_the_same():
    objects = [id(getattr(dd, name)) for name in dd.__all__]
    assert len(set(objects)) == len(objects)
    lines = functions()
    assert len(set(lines.values())) == len(lines)
    places = dict(WHERE)
    assert {what for what, place in WHERE if place in lines} == ONLY_THERE.keys()
    for what, words in ONLY_THERE.items():
        assert [name for name, line in lines.items() if re.search(words, line)] == [places[what]]


def test_where_a_term_lives_is_there():
    rows = [line.split(" | ") for line in TERMS.splitlines() if re.match(r"\| (?!term)\w", line)]
    assert len(rows) > 60
    assert len({term for term, *_ in rows}) == len(rows)
    for term, _, _, where in rows:
        for place in re.findall(r"`([^`]+)`", re.sub(r"\[.*?\]\(.*?\)", "", where)):
            if "/" in place:
                assert (ROOT / place).is_file(), term
            elif place.startswith("drawdown."):
                assert found(place).__doc__, term
            else:
                assert f"`{place}`" in REFERENCE, term


def test_every_public_name_stands_in_the_reference_of_the_api():
    page = (ROOT / "docs/api.md").read_text("utf-8")
    for name in dd.__all__:
        assert page.count(f"### `{name}`\n") == 1, name
