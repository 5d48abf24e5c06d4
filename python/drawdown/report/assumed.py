"""Where the numbers of a scenario come from, as the page of a run tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from .._internal.tables import NONE, Table, cut, short
from ..languages.speech import key_of, said_or, say
from ..scenario.assumption_table import LIBRARY, OTHER, RANGE, SCENARIO, Row, rows
from ..scenario.paths import holders
from ..scenario.scenario import Scenario
from ..scenario.sources import About, about

# Characters of a source or note that stand in a table, and of one in other parts of the page.
_LONGEST, _BESIDE = 240, 160
# What the source of a number is called that is nobody's data.
_JUDGEMENT = "judgement"


class Assumed(NamedTuple):
    """The parts of the page on numbers.

    Attributes
    ----------
    ranges : Table
        What nobody knows: what is believed, what was drawn, and where that comes from.
    sentence : str
        How many of the scenario's own numbers have a source.
    unsourced, sourced : Table
        The scenario's own without a source, and those with one that are no ranges.
    in_full : Table
        Sources and notes that are cut in the other tables.
    library : Table
        The library's defaults under which something is done.
    """

    ranges: Table
    sentence: str
    unsourced: Table
    sourced: Table
    in_full: Table
    library: Table


def assumed(scenario: Scenario, inputs: pd.DataFrame | None) -> Assumed:
    """The parts on a scenario, and on the values that were drawn for its ranges, if known."""
    found = rows(scenario)
    ranges = [row for row in found if row.what == RANGE]
    rest = [row for row in found if row.what != RANGE]
    sourced = [row for row in rest if row.whose == SCENARIO and not row.unsourced]
    told = _together(sourced, about(scenario))
    library = [row for row in rest if row.whose == LIBRARY]
    cut_short = [row for row in [*ranges, *told, *library] if _is_cut(row)]
    return Assumed(
        _ranges(ranges, inputs),
        how_many(scenario),
        _numbers([row for row in found if row.unsourced], ["value", "note"]),
        _numbers(told, ["value", "source", "note"]),
        Table(
            say("assumed-number"),
            [say("assumed-in-full")],
            [[row.path, _said(row)] for row in cut_short],
        ),
        Table(
            say("assumed-default"),
            [say("assumed-value"), say("assumed-basis")],
            [_default(row) for row in library],
        ),
    )


def how_many(scenario: Scenario) -> str:
    """How many of the scenario's own numbers have a source, in a sentence."""
    numbers = [row for row in rows(scenario) if row.whose == SCENARIO and row.what != OTHER]
    sources = [row.source for row in numbers if row.source]
    stated, told = len(numbers), len(sources)
    if not sources:
        return say("assumed-none-sourced", stated=stated)
    judged = sum(source.startswith(_JUDGEMENT) for source in sources)
    some = (
        say("assumed-all-sourced", stated=stated)
        if told == stated
        else say("assumed-some-sourced", told=told, stated=stated)
    )
    return say("assumed-judged", some=some, judged=judged) if judged else f"{some}."


def beside(scenario: Scenario, names: Mapping[str, str]) -> Table | None:
    """The sources of numbers that a part of the page names, by path; None where there are none."""
    found = {row.path: row for row in rows(scenario)}
    told = [
        [name, cut(_source(found[path]), _BESIDE)] for path, name in names.items() if path in found
    ]
    return Table(say("assumed-range"), [say("assumed-source")], told) if told else None


def _ranges(ranges: Iterable[Row], inputs: pd.DataFrame | None) -> Table:
    drawn = None if inputs is None else inputs.quantile([0.1, 0.5, 0.9])
    found = []
    for row in ranges:
        # Two columns of one name would be two ranges at one path, which there cannot be.
        values = [NONE] * 3 if drawn is None else [short(value) for value in drawn[row.path]]
        found.append([row.path, _value(row), *values, _short(_source(row)), _short(row.note)])
    header = [say("assumed-believed"), say("assumed-drawn"), "P50", "P90"]
    return Table(say("assumed-range"), [*header, say("assumed-source"), say("assumed-note")], found)


def _numbers(numbers: list[Row], columns: list[str]) -> Table:
    """Some columns of some numbers, without a column in which nothing stands."""
    there = [name for name in columns if any(getattr(row, name) for row in numbers)]
    cells = [
        [_value(row) if name == "value" else _short(getattr(row, name)) for name in there]
        for row in numbers
    ]
    found = [[row.path, *of] for row, of in zip(numbers, cells, strict=True)]
    return Table(say("assumed-number"), [say(f"assumed-{name}") for name in there], found)


def _together(numbers: Iterable[Row], known: About) -> list[Row]:
    """The same, with what one table holds and has its source beside, such as weights, as one."""
    found: dict[tuple[str | None, ...], list[Row]] = {}
    for row in numbers:
        table = next((one for one in holders(row.path) if "source" in known.get(one, {})), row.path)
        found.setdefault((table, row.source, row.note), []).append(row)
    return [
        each[0] if len(each) == 1 else _as_one(str(table), each)
        for (table, *_), each in found.items()
    ]


def _as_one(table: str, each: list[Row]) -> Row:
    values = [f"{row.path.removeprefix(f'{table}.')} {row.value}" for row in each]
    return each[0]._replace(path=table, value="; ".join(values))


def _default(row: Row) -> list[str]:
    return [row.path, _value(row), _short(_basis(row))]


def _value(row: Row) -> str:
    return say("assumed-disputed", value=row.value) if row.disputed else row.value


def _source(row: Row) -> str:
    """The source of a number; of a default, what the library says of it."""
    if row.whose == LIBRARY:
        return say("assumed-of-library", basis=_basis(row))
    return row.source or say("assumed-no-source")


def _basis(row: Row) -> str:
    """What a default of the library rests on, or what the scenario says of its table."""
    said = _said(row)
    if said:
        return say("assumed-of-table", said=said)
    form, _, value = (row.basis or NONE).partition("; value: ")
    return say("rests-both", form=_rests(form), value=_rests(value)) if value else _rests(form)


def _rests(basis: str) -> str:
    return said_or(f"rests-{key_of(basis)}", basis)


def _said(row: Row) -> str:
    """The source and the note, as far as there are any."""
    return "; ".join(filter(None, [row.source, row.note]))


def _is_cut(row: Row) -> bool:
    return any(len(text or "") > _LONGEST for text in (_source(row), row.note))


def _short(text: str | None) -> str:
    return cut(text, _LONGEST) if text else NONE
