"""A scenario to begin with, from a table of sites and the dates on which they close."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from .._internal.days import Day, day
from ..errors import ExchangeError
from ..problem import Problem
from ..scenario.scenario import Scenario
from . import cells, sheets

COLUMNS = ("site", "people", "announced_finish", "announced_start", "contingent", "title", "area")
_NEEDED = COLUMNS[:3]
_CONTINGENT = "troops"


def new_scenario(
    sites: pd.DataFrame | str | Path, *, start: Day | None = None, title: str = ""
) -> Scenario:
    """Make a scenario of a table of sites, each of which everybody leaves by a date.

    Parameters
    ----------
    sites : DataFrame, str or path
        The table, or a CSV file or workbook (its first sheet) with it. A row is about the people of
        a contingent on a site: ``site`` (an id), ``people``, ``announced_finish`` (the date on
        which the site is to be empty), and if known ``announced_start`` (when they begin to leave;
        left out: with the scenario), ``contingent`` (``troops`` where it is left out), ``title``
        and ``area`` of the site.
    start : date, optional
        The first day; left out, the first announced start, which then has to stand in some row.
    title : str
        The title of the scenario.

    Returns
    -------
    Scenario
        One phase a site, named like it; one for each contingent, ``<site>-<contingent>``, where
        their dates differ. There are no threats in it, and durations have the usual law.

    Raises
    ------
    ExchangeError
        With every cell that cannot be read.
    ImportError
        If a workbook is to be read and openpyxl is not installed; the extra ``exchange`` brings it.
    OSError
        If a file cannot be read.
    ScenarioError
        With every problem of the scenario, such as a finish that is not after the start.
    """
    begins = None if start is None else day("start", start)
    rows = _rows(sheets.one(sites), begins)
    found: dict[str, Any] = {}
    phases: dict[str, Any] = {}
    apart = {
        site
        for site in {row["site"] for row in rows}
        if len({_dates(row) for row in rows if row["site"] == site}) > 1
    }
    for row in rows:
        site, who = row["site"], row["contingent"]
        one = found.setdefault(site, {"garrison": {}})
        one["garrison"][who] = row["people"]
        one |= {key: row[key] for key in ("title", "area") if row[key]}
        id = f"{site}-{who}" if site in apart else site
        first, last = _dates(row)
        phase = phases.setdefault(id, {"announced_start": first, "announced_finish": last})
        phase.setdefault("moves", {})[who] = {"site": site, "contingent": who}
    areas: dict[str, Any] = {one["area"]: {} for one in found.values() if "area" in one}
    nested: dict[str, Any] = {
        "schema": 1,
        "title": title or None,
        "start": begins or min(row["announced_start"] for row in rows),
        "world": {"areas": areas or None, "sites": found},
        "plan": {"phases": phases},
    }
    return Scenario.from_dict(nested)


def _dates(row: dict[str, Any]) -> tuple[date, date]:
    return row["announced_start"], row["announced_finish"]


def _rows(frame: pd.DataFrame, begins: date | None) -> list[dict[str, Any]]:
    """The rows with values in place of cells.

    Raises
    ------
    ExchangeError
        With every problem.
    """
    problems = _columns(frame)
    if problems:
        raise ExchangeError(problems)
    rows = []
    for label, given in zip(frame.index, frame.to_dict("records"), strict=True):
        row: dict[str, Any] = {}
        for key in COLUMNS:
            try:
                row[key] = _value(key, given.get(key), begins)
            except (ValueError, TypeError, OverflowError):
                like = "a date such as 2026-12-31" if "announced" in key else "a whole number"
                said = f"{given.get(key)!s:.60} is not {like}"
                problems.append(
                    Problem(f"sites[{label}].{key}", "unreadable", said, f"give {like}")
                )
        rows.append(row)
        problems += _wanting(f"sites[{label}]", row)
    firsts = [row["announced_start"] for row in rows if row.get("announced_start")]
    if not firsts and begins is None and not problems:
        said, remedy = "nobody says when anybody begins to leave", "give `start`, or the column"
        problems.append(Problem("sites.announced_start", "no_start", said, remedy))
    twice = pd.Series([(row.get("site"), row.get("contingent")) for row in rows]).duplicated()
    for label in frame.index[twice]:
        said, remedy = "another row is about them", "merge the rows, or name the contingents"
        problems.append(Problem(f"sites[{label}].contingent", "twice", said, remedy))
    if problems:
        raise ExchangeError(problems)
    for row in rows:
        row["announced_start"] = row["announced_start"] or begins or min(firsts)
    return rows


def _columns(frame: pd.DataFrame) -> list[Problem]:
    """Columns that are wanting, and those that nobody reads."""
    there, told = list(map(str, frame.columns)), f"the columns are {', '.join(COLUMNS)}"
    problems = [
        Problem(f"sites.{name}", "no_column", "the column is missing", f"add it: {told}")
        for name in _NEEDED
        if name not in there
    ]
    problems += [
        Problem(f"sites.{name}", "unknown_column", f"there is no column `{name}`", told)
        for name in there
        if name not in COLUMNS
    ]
    if not problems and frame.empty:
        remedy = "write a row for each site"
        problems.append(Problem("sites", "empty", "there is no site in it", remedy))
    return problems


def _value(key: str, value: Any, begins: date | None) -> Any:
    if key == "contingent":
        return cells.text(value).strip() or _CONTINGENT
    if cells.is_empty(value):
        return begins if key == "announced_start" else None
    if key == "people":
        return cells.whole(value)
    return cells.day(value) if key.startswith("announced") else cells.text(value).strip()


def _wanting(where: str, row: dict[str, Any]) -> list[Problem]:
    """Cells that are empty and must not be."""
    return [
        Problem(f"{where}.{key}", "empty", "it is empty", f"give the {key} of the site")
        for key in _NEEDED
        if key in row and row[key] is None
    ]
