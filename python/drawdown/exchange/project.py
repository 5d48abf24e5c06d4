"""A plan of Microsoft Project, as activities and as a scenario."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from .. import _core
from ..scenario.scenario import Scenario
from ..scenario.values import plain
from . import mspdi, waiting
from .phases import Mapped, Phase, mapped
from .plan_file import Activity, Calendar, Content
from .plan_tables import Tables

# Whom a scenario needs, where nobody says who is there.
_NOBODY = {"project": {"garrison": {"people": 1}}}


@dataclass(frozen=True)
class Project:
    """A plan of Microsoft Project; `read_project` reads one.

    Attributes
    ----------
    title : str
        The title of the project, or its name.
    start : datetime
        When the project begins.
    activities : tuple of Activity
        All tasks but inactive ones and those of other projects, in the order of the file.
    calendar : Calendar
        That of the project.
    """

    title: str
    start: datetime
    activities: tuple[Activity, ...]
    calendar: Calendar
    _mapped: Mapped = field(repr=False)

    @classmethod
    def _of(cls, content: Content) -> Project:
        found = mapped(content)
        return cls(content.title, content.start, content.activities, content.calendar, found)

    @property
    def report(self) -> pd.DataFrame:
        """What does not map to the language of scenarios, or not as it is: a row for each.

        Columns are ``uid`` and ``activity`` (missing, or empty, for the whole file), ``what``, the
        kind, and ``why``, what becomes of it. Nothing of the timetable is left out without a row.
        """
        frame = pd.DataFrame(self._mapped.notes, columns=["uid", "activity", "what", "why"])
        return frame.astype({"uid": "Int64"})

    @property
    def phases(self) -> dict[int, str]:
        """The ids of the phases that activities become, by their numbers; summaries have none."""
        return {one.uid: one.id for one in self._mapped.phases}

    def scenario(
        self, *, duration_ratio: Any = 1.0, tables: Tables | None = None, **changes: Any
    ) -> Scenario:
        """Make a scenario of the plan, in which every activity without others below it is a phase.

        A working day of the file is a day: what takes from Monday 08:00 to Friday 17:00 takes five
        days, from Monday 00:00 to the end of Friday. Where nobody works at weekends that is the
        same moment as Monday 00:00, its announced finish; Microsoft Project shows Friday. Days of
        the week on which nobody works are left out of ``plan.working_days``, and holidays are
        blackouts that dates allow for. A milestone takes the working day before it and waits with
        its finish. Lags are days of the calendar. What begins within a day is held by a gate,
        ``not-before-<id>``, if nothing that it waits for holds it. With a ratio of 1 the dates of
        the file come out; `report` says what of them rests on announced dates alone.

        Parameters
        ----------
        duration_ratio : number or mapping
            A law, such as ``{"lognormal": {"median": 1.1, "sigma": 0.2}}``, for what durations are
            of those in the file; milestones have none.
        tables : Tables, optional
            Sites and moves, as `read_tables` gives them; left out, there is one site, where one
            person stays, and phases move nobody.
        **changes
            Keys of the scenario in place of those that are made here, such as ``horizon`` or
            ``world``.

        Raises
        ------
        ScenarioError
            If the scenario has problems, such as more phases than there can be.
        """
        plan = self._mapped
        start = min(one.announced_start for one in plan.phases)
        law = plain("duration_ratio", duration_ratio)
        holidays = {
            f"rest-{first}": {"from": first, "until": until, "allowed_for": True}
            for first, until in plan.holidays
            if until > start
        }
        nested: dict[str, Any] = {
            "schema": 1,
            "title": self.title,
            "start": start,
            "world": {"sites": _NOBODY},
            "plan": {
                "working_days": None if len(plan.working_days) == 7 else list(plan.working_days),
                "blackouts": holidays,
                "gates": {
                    _gate(one): {"delay_days": round(one.not_before - start.toordinal(), 9)}
                    for one in plan.phases
                    if one.not_before is not None
                },
                "phases": {one.id: self._phase(one, law) for one in plan.phases},
            },
        }
        if tables is not None:
            nested = tables.people_of(nested)
        return Scenario.from_dict({**nested, **changes})

    def _phase(self, one: Phase, law: Any) -> dict[str, Any]:
        """A phase in the language of scenarios."""
        ids = self.phases
        after: dict[str, Any] = {
            ids[wait.before]: {"relation": wait.relation, "lag_days": wait.lag_days}
            for wait in one.waits
        }
        if one.not_before is not None:
            after[_gate(one)] = {"relation": waiting.USUAL, "lag_days": 0.0}
        return {
            "title": one.title,
            "announced_start": one.announced_start,
            "announced_finish": one.announced_finish,
            "duration_ratio": 1.0 if one.is_moment else _times(law, one.ratio),
            "after": waiting.simplest(after),
        }


def read_project(path: str | os.PathLike[str]) -> Project:
    """Read a plan that Microsoft Project, or another program, has saved as XML (MSPDI).

    Parameters
    ----------
    path : str or path
        The file, 64 MiB at the most.

    Returns
    -------
    Project
        Its activities, what of it does not map (`report`), and a `scenario` of it.

    Raises
    ------
    ExchangeError
        With every problem: the file is no such plan, has entities of its own, values in it cannot
        be read, or activities wait for each other.
    OSError
        If it cannot be read.
    """
    return Project._of(mspdi.read(Path(path)))


def _gate(one: Phase) -> str:
    return f"not-before-{one.id}"


def _times(law: Any, factor: float) -> Any:
    """A law whose values are so many times as large."""
    if factor == 1:
        return law
    if isinstance(law, Mapping) or not isinstance(law, (int, float)):
        return json.loads(_core.law_times(json.dumps(law), factor))
    return law * factor
