"""Tables that a fit is given beside observations: how long phases took, and states of tension."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..errors import ObservationError, Problem
from ..languages.statements import Statement, state, state_each
from ..scenario.scenario import Scenario
from . import observed_tables as tables
from .observed_checks import ids_of


def executions(given: Any, scenario: Scenario) -> list[tuple[str, float, bool]]:
    """How long phases took: phase, days, and whether it was done then.

    Raises
    ------
    ObservationError
        With every problem of every row.
    """
    problems: list[Problem] = []
    sheet = _sheet("executions", given, ["phase", "days", "done"], problems)
    phase, days = sheet.texts("phase", ""), sheet.numbers("days", whole=False)
    missing = [tables.nothing(value) for value in sheet.frame["days"]]
    remedy = "write how many days the phase moved people, above 0"
    sheet.wrong(missing, "days", "no_number", "it is missing", remedy)
    sheet.wrong(days == 0, "days", "no_days", "it is 0", remedy)
    done = [_truth(value) for value in sheet.frame["done"]]
    sheet.wrong(
        [one is None for one in done],
        "done",
        "no_truth",
        lambda value: f"{tables.said(value)} is neither True nor False",
        "write True where the phase was done after these days, False where it was not done yet",
    )
    sheet.wrong(phase == "", "phase", "no_phase", "it is missing", "write the id of a phase")
    rows = zip(sheet.frame.index, phase, strict=True)
    asked = [(row, "phase", [name]) for row, name in rows if name]
    tables.unknown("executions", asked, "phase", ids_of(scenario)["phase"], problems)
    if problems:
        raise ObservationError(problems)
    each = zip(phase, days, done, strict=True)
    return [(str(name), float(length), bool(over)) for name, length, over in each]


def states(given: Any) -> list[tuple[pd.Timestamp, str]]:
    """The states of tension that are known: from which moment on, and which.

    Raises
    ------
    ObservationError
        With every problem of every row.
    """
    problems: list[Problem] = []
    sheet = _sheet("states", given, ["date", "state"], problems)
    day, state = sheet.days("date"), sheet.texts("state", "")
    sheet.wrong(state == "", "state", "no_state", "it is missing", "write the id of a state")
    # A day that can be read may have a time.
    cells = zip(sheet.frame["date"], day, strict=True)
    moments = [_moment(value, at) for value, at in cells if not pd.isna(at)]
    twice = np.zeros(len(day), dtype=bool)
    twice[day.notna()] = pd.Series(moments, dtype="datetime64[us]").duplicated()
    remedy = "keep one of them, or write the time of day as well"
    sheet.wrong(twice, "date", "twice", "another state begins at that moment", remedy)
    if problems:
        raise ObservationError(problems)
    return list(zip(moments, map(str, state), strict=True))


def _moment(value: Any, day: pd.Timestamp) -> pd.Timestamp:
    if isinstance(value, pd.Period):
        return day
    found = pd.Timestamp(value)
    return found.tz_localize(None) if found.tz else found


def unread(observed: Any) -> list[Statement]:
    """What observations hold and no fit reads."""
    found = [
        state(f"fit-unread-{name}", rows=len(rows))
        for name in ("levels", "dates")
        if isinstance(rows := getattr(observed, name, None), pd.DataFrame) and len(rows)
    ]
    return [state("fit-unread", rows=state_each(found, "list-and"))] if found else []


def _sheet(name: str, given: Any, needed: list[str], problems: list[Problem]) -> tables.Sheet:
    if not isinstance(given, pd.DataFrame):
        raise TypeError(f"`{name}` is a DataFrame, not {type(given).__name__}")
    missing = [column for column in needed if column not in given.columns]
    if missing:
        raise ValueError(
            f"`{name}` has no column {', '.join(missing)}; it needs {', '.join(needed)}"
        )
    frame = given if given.index.is_unique else given.reset_index(drop=True)
    return tables.Sheet(name, frame, problems)


def _truth(value: Any) -> bool | None:
    """True or False, or 1 or 0; None for anything else, a text above all."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, float, np.number)) and value in (0, 1):
        return bool(value)
    return None
