"""What is asked of a run again and again, found out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from ..runs.run import Run
from ..runs.spoken import spoken

Fact = TypeVar("Fact")

# Measures that the tables of the explorer may have.
LOSSES = (
    *("casualties", "killed", "wounded", "attacks", "strikes", "civilian_killed"),
    *("civilian_wounded", "host_killed", "insurgent_strength", "cost", "person_days"),
)
DECISIONS = (
    *("pauses", "pause_days", "extension_days", "forced_resumptions", "stretch_days"),
    *("reinforcements", "people_moved", "people_left", "expelled", "reentry"),
)


def _once(find: Callable[[Run], Fact]) -> Callable[[Run], Fact]:
    """Remember what a function finds of a run for as long as there is the run."""
    known: WeakKeyDictionary[Run, Fact] = WeakKeyDictionary()

    def found(run: Run) -> Fact:
        if run not in known:
            known[run] = find(run)
        return known[run]

    return found


@_once
def dates(run: Run) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of `Run.finish_dates` by what they are of."""
    found: Any = run.finish_dates()
    rows = found.to_dict("records")
    return dict(zip(list(found.index), rows, strict=True))


@_once
def measures(run: Run) -> list[str]:
    """The measures of the tables that say anything of a run."""
    return spoken((*LOSSES, *DECISIONS), run)


def announced(run: Run) -> date | None:
    """The day by which everything is announced to be done."""
    row = dates(run).get(("overall", ""))
    if row is None or pd.isna(row["announced"]):
        return None
    found: date = row["announced"].date()
    return found
