"""What has to agree in observations: windows, measures, and the ids of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from .._internal.days import day
from ..problem import Problem
from ..scenario.scenario import Scenario
from . import observed_tables as tables
from . import places

# The days of a window, both included.
Window = tuple[date, date]


def window(given: Any, problems: list[Problem]) -> Window | None:
    """The days of a window, if it is one."""
    if given is None:
        return None
    remedy = 'write the first and the last day, such as ("2020-01-01", "2024-09-30")'
    try:
        first, last = given
    except (TypeError, ValueError):
        problems.append(Problem("window", "no_window", f"{given!r} is no pair of days", remedy))
        return None
    found = []
    for end in (first, last):
        try:
            found.append(day("window", end))
        except ValueError as error:
            problems.append(Problem("window", "no_day", str(error), remedy))
    if len(found) < 2:
        return None
    if found[0] > found[1]:
        said = f"{found[0]} to {found[1]} is reversed"
        problems.append(Problem("window", "reversed", said, "write the earlier day first"))
        return None
    return found[0], found[1]


def within(
    events: pd.DataFrame, given: bool, window: Any, seen: Window | None, problems: list[Problem]
) -> None:
    """Take note of events without a window, or outside it."""
    if given and window is None:
        problems.append(
            Problem(
                "window",
                "no_window",
                "there are events and no window: a day without one says nothing",
                "say from when to when events would have been seen, such as "
                'window=("2020-01-01", "2024-09-30")',
            )
        )
    if seen is None or events.empty:
        return
    first, last = map(pd.Timestamp, seen)
    outside = (events["date"] < first) | (events["date"] > last)
    for row in events.index[outside]:
        when = tables.written_day(events.at[row, "date"])
        said = f"{when} is outside the window, {seen[0]} to {seen[1]}"
        remedy = "leave the event out, or widen the window if all was seen there"
        problems.append(Problem(f"events[{row}].date", "outside_window", said, remedy))


def measures(
    given: Any, events: pd.DataFrame, seen: Window | None, problems: list[Problem]
) -> tuple[str, ...]:
    """What events are a full record of."""
    if given is not None:
        asked = [given] if isinstance(given, str) else list(given)
        for one in asked:
            if one not in tables.MEASURES:
                remedy = tables.hint(one, tables.MEASURES)
                problems.append(
                    Problem("measures", "unknown_measure", f'"{one}" is not known', remedy)
                )
        return tuple(one for one in tables.MEASURES if one in asked)
    if seen is None:
        return ()
    attacks = events["kind"].isin(tables.ATTACKS)
    told = {
        "attacks": bool(attacks.any()) or events.empty,
        "wounded": bool(events.loc[attacks, "wounded"].notna().any()),
        "killed": bool(events.loc[attacks, "killed"].notna().any()),
        "strikes": bool((events["kind"] == "strike").any()),
    }
    return tuple(name for name, is_told in told.items() if is_told)


def unknown(found: Mapping[str, pd.DataFrame], scenario: Scenario) -> list[Problem]:
    """Every id that a scenario does not have."""
    ids = ids_of(scenario)
    problems: list[Problem] = []
    for name, frame in found.items():
        for column in ("site", "threat", "contingent"):
            if column in frame:
                cells = zip(frame.index, frame[column], strict=True)
                asked = [(row, column, _ids(cell)) for row, cell in cells]
                tables.unknown(name, asked, column, ids[column], problems)
    if "dates" in found:
        for row in found["dates"].itertuples():
            if row.kind in ids:
                asked = [(row.Index, "id", [str(row.id)])]
                tables.unknown("dates", asked, str(row.kind), ids[str(row.kind)], problems)
    return problems


def mapped(names: Mapping[str, tuple[str, Any]], scenario: Scenario) -> list[Problem]:
    """Every id that a table of names leads to and a scenario does not have.

    By the name of the table: what its ids are of, and the table itself.
    """
    ids = ids_of(scenario)
    problems: list[Problem] = []
    for table, (kind, given) in names.items():
        found = places.names(given, table, []) if given is not None else {}
        for name, to in found.items():
            if to and to not in ids[kind]:
                said = f'the scenario has no {kind} "{to}"'
                remedy = tables.hint(to, ids[kind])
                problems.append(Problem(f"{table}[{name}]", f"unknown_{kind}", said, remedy))
    return problems


def ids_of(scenario: Scenario) -> dict[str, list[str]]:
    """The ids of a scenario, by what they are of."""
    tree: Any = scenario.to_dict()
    world, plan = tree["world"], tree["plan"]
    sites = world.get("sites", {})
    there = {one: None for site in sites.values() for one in site.get("garrison", {})}
    return {
        "site": list(sites),
        "threat": list(world.get("threats", {})),
        "contingent": list(there),
        "phase": list(plan.get("phases", {})),
        "gate": list(plan.get("gates", {})),
        "event": list(world.get("calendar", {})),
    }


def _ids(cell: Any) -> list[str]:
    if isinstance(cell, tuple):
        return list(cell)
    return [] if pd.isna(cell) else [str(cell)]
