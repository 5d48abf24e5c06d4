"""Every number of a scenario as a row of a table, with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from .. import _core
from .assumptions import Key, keys, nearest, words
from .paths import holders
from .scenario import Scenario
from .sources import about, said_of, said_within
from .stated import Stated, stated

LIBRARY, SCENARIO = "library", "scenario"
RANGE, LAW, NUMBER, DATE, OTHER = "range", "law", "number", "date", "other"
_TEXTS = ("value", "what", "whose", "basis", "source", "note")
# What adds nothing, and what multiplies by nothing: a default that does not act.
_NEUTRAL = (0, 1)
_LEFT_OUT = "Left out: "


class Row(NamedTuple):
    """A row of the table, as `Scenario.assumptions` describes it."""

    path: str
    value: str
    what: str
    whose: str
    basis: str | None
    source: str | None
    note: str | None
    disputed: bool

    @property
    def unsourced(self) -> bool:
        """Whether it is a number of the scenario's own that has no source."""
        return self.whose == SCENARIO and self.source is None and self.what != OTHER


def table(scenario: Scenario) -> pd.DataFrame:
    """What `Scenario.assumptions` describes."""
    found = rows(scenario)
    index = pd.Index([row.path for row in found], name="path", dtype="str")
    texts = {name: pd.array([getattr(row, name) for row in found], dtype="str") for name in _TEXTS}
    truths = {name: [getattr(row, name) for row in found] for name in ("disputed", "unsourced")}
    return pd.DataFrame(texts | truths, index)


def rows(scenario: Scenario) -> list[Row]:
    """The same rows, one by one."""
    return sorted(_Assumed(scenario).rows())


class _Assumed:
    """What there is to know of the numbers of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._said = about(scenario)
        self._keys = {key.path: key for key in keys(scenario)}
        self._ranges = {path: json.loads(law) for path, law in scenario._compiled.ranges()}
        self._judged = {path: (law, own) for path, law, own in scenario._compiled.judged()}

    def rows(self) -> Iterator[Row]:
        """The rows, in no order; each path once."""
        there = [one for one in stated(self._scenario) if self._acts(one)]
        found = [row for one in there for row in self._of(one)]
        found += list(self._filled_in(found))
        yield from found
        # What is said of anything else has a place too.
        for path in self._said:
            if not any(_touch(path, row.path) for row in found):
                yield self._row(path, self._written(path), OTHER, SCENARIO)

    def _of(self, one: Stated) -> Iterator[Row]:
        """The row of a value, and those of the ranges that are its parameters."""
        inside = [path for path in self._ranges if _is_in(path, one.path)]
        of_field = one.value == one.field.get("default")
        # A range where a law could be is written as a law that is constant.
        whole = [path for path in inside if _plain(path) == _plain(one.path)]
        if not whole:
            what = DATE if one.is_date else NUMBER if _is_number(one.value) else LAW
            whose = self._whose(one.path, of_field, inside)
            yield self._row(one.path, one.value, what, whose, inside)
        for path in inside:
            whose = self._whose(one.path if path in whole else path, of_field)
            yield self._row(path, self._ranges[path], RANGE, whose)

    def _filled_in(self, found: list[Row]) -> Iterator[Row]:
        """What the library fills in where a scenario leaves it out, and what stands nowhere."""
        for path, (value, of_library) in self._judged.items():
            if not any(_touch(path, row.path) for row in found):
                whose = LIBRARY if of_library else SCENARIO
                yield self._row(path, json.loads(value), LAW, whose)
        horizon = self._keys["horizon"]
        if horizon.value is None:
            row = self._row("horizon", self._scenario.horizon.isoformat(), DATE, LIBRARY)
            said = " ".join(str(horizon.field["description"]).split())
            yield row._replace(basis=said.partition(_LEFT_OUT)[2].rstrip("."))

    def _acts(self, one: Stated) -> bool:
        """Whether the scenario states it, or it is a default under which something is done."""
        if self._whose(one.path, one.value == one.field.get("default")) == SCENARIO:
            return True
        if any(path in self._judged for path in holders(one.path)):
            return True
        known = any(word in one.field for word in ("basis", "form", "disputed"))
        return not known and one.value not in _NEUTRAL

    def _whose(self, path: str, of_field: bool, apart: list[str] | None = None) -> str:
        """Whose a number is: the library's if it is its default and nothing is said of it.

        What stands within a table is still the library's where the table has a source.
        """
        if path in self._said or said_within(self._said, path, apart or ()):
            return SCENARIO
        judged = nearest(path, self._judged)
        of_library = of_field if judged is None else judged[1]
        return LIBRARY if of_library else SCENARIO

    def _row(
        self, path: str, value: Any, what: str, whose: str, apart: list[str] | None = None
    ) -> Row:
        said = said_of(self._said, path, apart or ())
        # The library answers for its own numbers alone, and for none that has a source.
        basis = self._basis(path) if whose == LIBRARY and said == (None, None) else None
        disputed = any(self._keys[one].disputed for one in holders(path) if one in self._keys)
        return Row(path, words(value), what, whose, basis, *said, disputed)

    def _basis(self, path: str) -> str | None:
        """What the library's own value rests on."""
        listed = next((one for one in holders(path) if one in self._judged), path)
        key: Key | None = nearest(listed, self._keys)
        return (key.basis if key else "") or None

    def _written(self, path: str) -> Any:
        """What stands at a path, whatever it is."""
        tree: Any = self._scenario.to_dict()
        for key in _core.split_path(path):
            tree = tree[int(key)] if isinstance(tree, list) else tree[key]
        return tree


def _is_in(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}.")


def _touch(one: str, other: str) -> bool:
    """Whether what stands at one of two paths holds the other, or is it."""
    return _is_in(one, other) or _is_in(other, one)


def _plain(path: str) -> str:
    """The path of a value, whether it is written as a constant or not."""
    while path.endswith(".constant"):
        path = path.removesuffix(".constant")
    return path


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) or isinstance(value.get("constant"), (int, float))
