"""What is asked of a run, as a text: an expected value, or the chance of something.

``"casualties"`` is an expected value, ``"casualties > 1000"`` a chance. Both can be of a part of
the theatre (``"finish_days of phase second"``), and levels can be dates
(``"finish_days > 2026-12-31"``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.days import Day, day
from .backend import By
from .base import Histories, units
from .quantities import AT_HORIZON, Unknown, comparable, expected

Array = NDArray[np.float64]
Level = float | Day

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_FORM = re.compile(
    r"\s*(?P<measure>\w+)(?:\s+of\s+(?P<by>\w+)\s+(?P<id>\S+))?"
    r"(?:\s*(?P<sign><=|>=|<|>)\s*(?P<level>\S+))?\s*"
)


class Asked(NamedTuple):
    """A text, taken apart."""

    measure: str
    by: By | None
    id: str | None
    sign: str | None
    level: str | None


def parse(text: str) -> Asked:
    """Take apart what is asked.

    Raises
    ------
    ValueError
        If it has not got the form.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError(
            f"{text!r} is not understood: name a measure, such as 'casualties', 'casualties of "
            f"site erbil', 'casualties > 1000' or 'finish_days > 2026-12-31'"
        )
    # A breakdown that there is not is refused where values are asked for.
    parts: dict[str, Any] = found.groupdict()
    return Asked(**parts)


def outcomes(run: Histories, text: str) -> Array:
    """What is asked, in every world (rows) and each of its histories (columns).

    A world is a draw of the ranges where histories share draws; else each history is one. Chances
    are means of 0 and 1, and what is missing is later than any date (a buffer that is missing, less
    than any). An expected finish counts what is not reached as reached at the horizon.

    Raises
    ------
    ValueError
        If the text is not understood, there is no such measure, or its mean is not known because
        it is missing in some histories, or there is nothing to compare.
    """
    asked = parse(text)
    values = _column(run, asked)
    if asked.sign is not None and asked.level is not None:
        there = comparable(values, asked.measure)
        found = holds(run, there, asked.sign, asked.level).astype(float)
    else:
        found = expected(values, asked.measure, _horizon(run))
    each = run.draws.each if run.draws else 1
    return found[: len(found) // each * each].reshape(-1, each)


def by_plan(runs: Mapping[str, Histories], texts: Sequence[str]) -> dict[str, Array]:
    """For each plan what is expected (columns) in every world (rows) that all plans have met.

    Raises
    ------
    ValueError
        As `outcomes`; every plan and text of which it is so is named.
    """
    found: dict[str, list[Array]] = {}
    wrong: dict[str, None] = {}
    for plan, run in runs.items():
        found[plan] = []
        for text in texts:
            try:
                found[plan].append(outcomes(run, text).mean(axis=1))
            except ValueError as error:
                whose = f"under `{plan}`, " if isinstance(error, Unknown) else ""
                wrong[f"{whose}{error}"] = None
    if wrong:
        raise ValueError("; ".join(wrong))
    count = min(len(column) for columns in found.values() for column in columns)
    return {
        plan: np.column_stack([column[:count] for column in columns])
        for plan, columns in found.items()
    }


def exceeds(run: Histories, measure: str, most: float) -> NDArray[np.bool_]:
    """In which histories a measure of the whole theatre is above a level.

    Raises
    ------
    ValueError
        As `outcomes` of a chance.
    """
    return comparable(run.values(measure), measure) > most


def unit(run: Histories, text: str) -> str:
    """The unit of what is asked."""
    asked = parse(text)
    if asked.sign:
        return "chance"
    of_all = units(run, asked.by)
    if asked.measure not in of_all:
        _column(run, asked)  # which says what there is
    return of_all[asked.measure]


def missing(run: Histories, text: str) -> float:
    """The share of histories in which what is asked has no value."""
    return float(np.isnan(_column(run, parse(text))).mean())


def holds(run: Histories, values: Array, sign: str, level: Level) -> NDArray[np.bool_]:
    """Whether values are on one side of a level; a date lasts until the next midnight."""
    if sign not in OPERATORS:
        raise ValueError(f"{sign!r} is none of {', '.join(OPERATORS)}")
    bound = _number(level)
    if bound is None:
        bound = _days(run, level)
        if sign in (">", "<="):
            bound, sign = bound + 1, {">": ">=", "<=": "<"}[sign]
    return np.asarray(OPERATORS[sign](values, bound))


def can_break(run: Histories, text: str, level: Level) -> None:
    """Refuse a limit that nothing can break, since what is not reached counts as at the horizon.

    Raises
    ------
    ValueError
        If an expected finish, missing in some histories, is held against the horizon or later.
    """
    asked = parse(text)
    if asked.sign is not None or asked.measure not in AT_HORIZON or not missing(run, text):
        return
    number = _number(level)
    if (_days(run, level) + 1 if number is None else number) >= _horizon(run):
        last = run.scenario.horizon - timedelta(days=1)
        raise ValueError(
            f"`{text}` counts what is not reached as reached at the horizon, which cannot be later "
            f"than {level}: ask for a chance, such as '{text} > {last}'"
        )


def worlds(run: Histories) -> pd.DataFrame:
    """The values of the ranges in every world, in the order of `outcomes`."""
    if run.draws is None:
        return run.inputs
    return run.draws.values.iloc[: run.trials // run.draws.each]


def _number(level: Level) -> float | None:
    if isinstance(level, (date, np.datetime64)):
        return None
    try:
        return float(level)
    except (TypeError, ValueError):
        return None


def _column(run: Histories, asked: Asked) -> Array:
    known = units(run, asked.by)
    if asked.by is None:
        if asked.measure not in known:
            raise ValueError(f"there is no measure `{asked.measure}`; there are {', '.join(known)}")
        return run.values(asked.measure)
    ids = run.ids(asked.by)
    if asked.measure not in known or asked.id not in ids:
        raise ValueError(
            f"there is no `{asked.measure}` of {asked.by} `{asked.id}`; there are "
            f"{', '.join(known)}, of {', '.join(ids)}"
        )
    return run._array(asked.measure, asked.by)[:, ids.index(asked.id)]


def _days(run: Histories, level: Level) -> float:
    """A date in days from the start."""
    return float((day("level", level) - run.scenario.start).days)  # type: ignore[arg-type]


def _horizon(run: Histories) -> float:
    """In days from the start."""
    return float((run.scenario.horizon - run.scenario.start).days)
