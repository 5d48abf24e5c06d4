"""A plan as tables: activities, moves and sites."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

import pandas as pd

from .._internal.days import Day, day
from ..errors import ExchangeError
from ..problem import Problem
from ..runs.run import Run
from ..scenario.scenario import Scenario
from . import cells, waiting

ACTIVITIES = ("phase", "title", "announced_start", "announced_finish", "duration_ratio", "after")
MOVES = ("phase", "move", "site", "contingent", "people", "residual", "to")
SITES = ("site", "title", "area")
# Before the name of a contingent, a column of the people that it has on each site.
GARRISON = "garrison."


@dataclass(frozen=True)
class Tables:
    """A plan as tables; `read_tables` reads some, and `tables` makes them of a scenario or a run.

    Attributes
    ----------
    activities : DataFrame
        A row a phase: ``phase`` (its id), ``title``, ``announced_start``, ``announced_finish``,
        ``duration_ratio`` (a number, or a law in JSON) and ``after``: ids apart by semicolons, each
        with a relation and a lag in days where it has one, such as
        ``first; second start_to_start 30``.
    moves : DataFrame
        A row a move: ``phase``, ``move`` (its id), ``site``, ``contingent``, ``people``,
        ``residual`` and ``to``.
    sites : DataFrame
        A row a site: ``site`` (its id), ``title``, ``area``, and a column for each contingent, such
        as ``garrison.us``, with its people there at the start.
    results : dict of DataFrame
        Of a run, its ``finish_dates`` and ``summary``. Nothing is read from them.
    """

    activities: pd.DataFrame
    moves: pd.DataFrame
    sites: pd.DataFrame
    results: dict[str, pd.DataFrame] = field(default_factory=dict)

    def scenario(self, base: Scenario | None = None, *, start: Day | None = None) -> Scenario:
        """Make a scenario of the tables.

        Parameters
        ----------
        base : Scenario, optional
            Another, of which all stays that the tables do not hold: phases and sites that stand in
            no row are taken out, and those that do keep their other keys. Left out, there are no
            threats.
        start : date, optional
            The first day; left out, that of `base`, or the first announced start.

        Raises
        ------
        ExchangeError
            With every cell that cannot be read.
        ScenarioError
            With every problem of the scenario.
        """
        reading = _Reading()
        nested: dict[str, Any] = dict(base.to_dict()) if base is not None else {"schema": 1}
        plan = {**nested.get("plan", {})}
        plan["phases"] = reading.phases(self.activities, plan.get("phases", {}))
        nested["plan"] = plan
        self._people(reading, nested)
        reading.check()
        if start is not None:
            nested["start"] = day("start", start)
        elif base is None:
            begins = [one["announced_start"] for one in plan["phases"].values()]
            nested["start"] = min(begins, default=date.today())
        return Scenario.from_dict(nested)

    def people_of(self, nested: dict[str, Any]) -> dict[str, Any]:
        """Give a scenario, as nested dicts, the sites and moves of the tables.

        Raises
        ------
        ExchangeError
            With every cell that cannot be read, and every move of a phase that there is not.
        """
        reading = _Reading()
        found = {**nested, "plan": {**nested["plan"]}}
        found["plan"]["phases"] = {id: {**phase} for id, phase in nested["plan"]["phases"].items()}
        self._people(reading, found)
        reading.check()
        return found

    def _people(self, reading: _Reading, nested: dict[str, Any]) -> None:
        """Put sites and moves into a scenario whose phases are its own."""
        world = {**nested.get("world", {})}
        world["sites"] = reading.sites(self.sites, world.get("sites", {}))
        areas = {one["area"] for one in world["sites"].values() if one.get("area")}
        nested["world"] = world
        known = world.get("areas") or {}
        if areas - set(known):
            world["areas"] = {**known, **{area: {} for area in sorted(areas - set(known))}}
        reading.moves(self.moves, nested["plan"]["phases"])


def tables(of: Scenario | Run) -> Tables:
    """Tabulate the plan of a scenario, or of a run with its results.

    Parameters
    ----------
    of : Scenario or Run
        What to tabulate.

    Returns
    -------
    Tables
        Dates are datetime64[s]. What they do not hold is in the scenario alone: threats, gates,
        rules and all else.
    """
    scenario = of if isinstance(of, Scenario) else of.scenario
    nested: dict[str, Any] = dict(scenario.to_dict())
    phases: dict[str, Any] = nested["plan"].get("phases", {})
    activities = [
        {
            "phase": id,
            "title": one.get("title") or "",
            "announced_start": pd.Timestamp(one["announced_start"]),
            "announced_finish": pd.Timestamp(one["announced_finish"]),
            "duration_ratio": _law_text(one["duration_ratio"]),
            "after": waiting.written(one.get("after")),
        }
        for id, one in phases.items()
    ]
    moves = [
        {"phase": id, "move": move, **one}
        for id, phase in phases.items()
        for move, one in (phase.get("moves") or {}).items()
    ]
    sites: dict[str, Any] = nested["world"]["sites"]
    there = [
        {
            "site": id,
            "title": one.get("title") or "",
            "area": one.get("area") or "",
            **{f"{GARRISON}{who}": people for who, people in one["garrison"].items()},
        }
        for id, one in sites.items()
    ]
    contingents = sorted({who for one in sites.values() for who in one["garrison"]})
    results = {} if isinstance(of, Scenario) else _results(of)
    frame = _typed(pd.DataFrame(activities, columns=list(ACTIVITIES)))
    return Tables(
        frame,
        _typed(pd.DataFrame(moves, columns=list(MOVES))),
        _typed(pd.DataFrame(there, columns=[*SITES, *(f"{GARRISON}{who}" for who in contingents)])),
        results,
    )


def empty(name: str) -> pd.DataFrame:
    """A table without rows."""
    columns = {"activities": ACTIVITIES, "moves": MOVES, "sites": SITES}
    return pd.DataFrame(columns=list(columns[name]), dtype=object)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with dates, whole numbers that may be missing, and texts."""
    for name in frame.columns:
        if name.startswith("announced_"):
            frame[name] = frame[name].astype("datetime64[s]")
        elif name in ("people", "residual") or name.startswith(GARRISON):
            frame[name] = frame[name].astype("Int64")
    return frame


def _results(run: Run) -> dict[str, pd.DataFrame]:
    return {
        "finish_dates": run.finish_dates().reset_index(),
        "summary": run.summary().reset_index(),
    }


def _law_text(law: Any) -> float | str:
    return float(law) if isinstance(law, (int, float)) else json.dumps(law, sort_keys=True)


class _Reading:
    """Tables on their way into a scenario, and what is wrong with their cells."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def check(self) -> None:
        """Refuse what has been read, if anything is wrong with it."""
        if self._problems:
            raise ExchangeError(self._problems)

    def phases(self, frame: pd.DataFrame, known: Mapping[str, Any]) -> dict[str, Any]:
        """The phases of a table, with what else is known of them."""
        found: dict[str, Any] = {}
        self._columns("activities", frame, ACTIVITIES, ("phase", *ACTIVITIES[2:4]))
        for where, row in _rows("activities", frame):
            id = self._id(where, row, "phase", found)
            one = {**known.get(id, {})}
            for key in ("announced_start", "announced_finish"):
                one[key] = self._value(where, row, key, cells.day, "a date such as 2026-12-31")
            self._optional(one, "title", cells.text(row.get("title")))
            if "duration_ratio" in row:
                said = row["duration_ratio"]
                law = self._value(where, row, "duration_ratio", _law, "a number, or a law in JSON")
                self._optional(one, "duration_ratio", "" if cells.is_empty(said) else law)
            # What says the same is left as it is written.
            if "after" in row and cells.text(row["after"]) != waiting.written(one.get("after")):
                one["after"] = self._after(where, row)
            one["moves"] = {}
            found[id] = one
        return found

    def moves(self, frame: pd.DataFrame, phases: dict[str, Any]) -> None:
        """Give phases the moves of a table."""
        self._columns("moves", frame, MOVES, ("phase", "site", "contingent"))
        for where, row in _rows("moves", frame):
            phase = cells.text(row.get("phase")).strip()
            if phase not in phases:
                near = get_close_matches(phase, phases, 1)
                remedy = f"did you mean `{near[0]}`?" if near else "name a phase of the activities"
                said = f"there is no phase `{phase}`"
                self._problem(f"{where}.phase", "unknown_phase", said, remedy)
                continue
            there = phases[phase].setdefault("moves", {})
            site, contingent = (cells.text(row.get(key)).strip() for key in ("site", "contingent"))
            id = cells.text(row.get("move")).strip() or f"{contingent}-{site}"
            if id in there:
                said = f"the phase has a move `{id}` already"
                self._problem(f"{where}.move", "twice", said, "give each move an id of its own")
            one: dict[str, Any] = {"site": site, "contingent": contingent}
            for key in ("people", "residual"):
                if not cells.is_empty(row.get(key)):
                    one[key] = self._value(where, row, key, cells.whole, "a whole number")
            self._optional(one, "to", cells.text(row.get("to")).strip())
            there[id] = one

    def sites(self, frame: pd.DataFrame, known: Mapping[str, Any]) -> dict[str, Any]:
        """The sites of a table, with what else is known of them."""
        found: dict[str, Any] = {}
        held = [name for name in map(str, frame.columns) if name.startswith(GARRISON)]
        self._columns("sites", frame, (*SITES, *held), ("site",))
        for where, row in _rows("sites", frame):
            id = self._id(where, row, "site", found)
            one = {**known.get(id, {})}
            for key in ("title", "area"):
                self._optional(one, key, cells.text(row.get(key)))
            one["garrison"] = {
                name.removeprefix(GARRISON): self._value(
                    where, row, name, cells.whole, "a whole number of people"
                )
                for name in held
                if not cells.is_empty(row.get(name))
            }
            found[id] = one
        return found

    def _after(self, where: str, row: Mapping[str, Any]) -> Any:
        """What a phase waits for."""
        try:
            found = waiting.read(cells.text(row["after"]))
        except ValueError as error:
            remedy = "write ids apart by semicolons, such as `first; second start_to_start 30`"
            self._problem(f"{where}.after", "unreadable", str(error), remedy)
            return []
        return waiting.simplest(found)

    def _id(self, where: str, row: Mapping[str, Any], key: str, taken: Mapping[str, Any]) -> str:
        id = cells.text(row.get(key)).strip()
        if not id:
            self._problem(f"{where}.{key}", "no_id", "it is empty", f"give the {key} an id")
        elif id in taken:
            said = f"another row is about `{id}`"
            self._problem(f"{where}.{key}", "twice", said, "merge the rows, or rename one")
        return id

    def _columns(
        self, table: str, frame: pd.DataFrame, known: tuple[str, ...], needed: tuple[str, ...]
    ) -> None:
        """Take note of columns that nobody reads, and of those that are wanting."""
        there = list(map(str, frame.columns))
        for name in there:
            if name not in known:
                near = get_close_matches(name, known, 1)
                remedy = f"did you mean `{near[0]}`?" if near else f"take it out: {_told(known)}"
                said = f"there is no column `{name}` of {table}"
                self._problem(f"{table}.{name}", "unknown_column", said, remedy)
        for name in needed:
            if name not in there and len(frame):
                said = "the column is missing"
                self._problem(f"{table}.{name}", "no_column", said, f"add it: {_told(known)}")

    def _value(
        self, where: str, row: Mapping[str, Any], key: str, read: Callable[[Any], Any], like: str
    ) -> Any:
        value = row.get(key)
        try:
            return None if cells.is_empty(value) and key == "duration_ratio" else read(value)
        except (ValueError, TypeError, OverflowError):
            if key in row:
                said = "it is empty" if cells.is_empty(value) else f"{value!s:.60} is not {like}"
                self._problem(f"{where}.{key}", "unreadable", said, f"give {like}")
            return None

    def _optional(self, one: dict[str, Any], key: str, value: Any) -> None:
        """Give a key a value, or take it out."""
        if value in ("", None):
            one.pop(key, None)
        else:
            one[key] = value

    def _problem(self, where: str, code: str, what: str, remedy: str) -> None:
        self._problems.append(Problem(where, code, what, remedy))


def _rows(table: str, frame: pd.DataFrame) -> list[tuple[str, dict[str, Any]]]:
    """Each row with its place."""
    names = list(map(str, frame.columns))
    return [
        (f"{table}[{label}]", dict(zip(names, map(_missing, row), strict=True)))
        for label, row in zip(frame.index, frame.itertuples(index=False), strict=True)
    ]


def _missing(value: Any) -> Any:
    return None if value is pd.NA or value is pd.NaT else value


def _law(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip().startswith("{"):
        return cells.number(value)
    return json.loads(value)


def _told(known: tuple[str, ...]) -> str:
    return f"there are {', '.join(known)}"
