"""The plan of a scenario as XML of Microsoft Project (MSPDI)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from .._internal.files import write_text
from ..runs.run import Run
from ..scenario.scenario import Scenario
from .mspdi import PHASE_ALIAS, PHASE_FIELD
from .plan_file import WEEK, Calendar
from .sheets import printable
from .working_time import Spans, WorkingTime

_NAMESPACE = "http://schemas.microsoft.com/project"
_HOURS: Spans = ((480, 720), (780, 1020))
_TYPES = {"finish_to_finish": 0, "finish_to_start": 1, "start_to_start": 3}
# Fields of tasks for what a run finds, and their columns in `finish_dates`.
_FOUND = (("188743945", "drawdown P50", "p50"), ("188743946", "drawdown P80", "p80"))
_ELAPSED_DAYS, _DAYS = 8, 7
_START_NO_EARLIER = 4
# A part of a working day that a lag can tell: a tenth of a minute of eight hours.
_NEAR = 1 / 9_600


def write_project(of: Scenario | Run, path: str | os.PathLike[str]) -> pd.DataFrame:
    """Write the phases of a plan as XML (MSPDI), which Microsoft Project opens.

    A phase is a task from 08:00 of its announced start to 17:00 of the working day before its
    announced finish, and starts no earlier; tasks stand in the order of their dates. The calendar
    has the plan's working days and the blackouts that its dates allow for. Lags are lags by the
    clock. Of a run, the moments by which a phase is done in 50 % and 80 % of trials are the fields
    ``Date1`` and ``Date2`` of its task: 17:00 of the last day of work, as Microsoft Project gives a
    finish, or the hour within a day.

    Parameters
    ----------
    of : Scenario or Run
        The plan.
    path : str or path
        The file, which appears whole or not at all.

    Returns
    -------
    DataFrame
        What of the plan is not in the file: a row for each, with ``phase`` (empty for the whole
        plan), ``what`` and ``why``.

    Raises
    ------
    OSError
        If it cannot be written.
    ValueError
        If the plan has no phases.
    """
    scenario = of if isinstance(of, Scenario) else of.scenario
    plan: dict[str, Any] = dict(scenario.to_dict()["plan"])
    if not plan.get("phases"):
        raise ValueError("the plan has no phases: there is nothing to write")
    found = None if isinstance(of, Scenario) else of.summary(by="phase")
    writing = _Plan(scenario, plan, found)
    ElementTree.indent(root := writing.project())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    write_text(Path(path), head + ElementTree.tostring(root, encoding="unicode") + "\n")
    return pd.DataFrame(writing.left_out, columns=["phase", "what", "why"])


class _Plan:
    """A plan on its way into a file."""

    def __init__(
        self, scenario: Scenario, plan: Mapping[str, Any], found: pd.DataFrame | None
    ) -> None:
        self.title, self.start = scenario.title, scenario.start
        self.plan, self.found = plan, found
        dates = ("announced_start", "announced_finish")
        phases = sorted(plan["phases"].items(), key=lambda one: [one[1][key] for key in dates])
        self.phases: dict[str, Any] = dict(phases)
        self.uids = {id: number for number, id in enumerate(self.phases, 1)}
        self.left_out: list[tuple[str, str, str]] = []
        days = [date.fromisoformat(one[key]) for one in self.phases.values() for key in dates]
        year = timedelta(days=366)
        self.first = min(days)
        # Lags and moves reach at most as far as phases do.
        last = max([*days, *([scenario.horizon] if found is not None else [])])
        reach = last - self.first + year
        self.time = WorkingTime(self._calendar(), self.first - year, last + reach)

    def project(self) -> Element:
        """The root of the file."""
        root = Element("Project", xmlns=_NAMESPACE)
        begins = datetime.combine(self.first, time(8))
        name = printable(self.title) or "Plan"
        for tag, said in (
            ("SaveVersion", "14"),
            ("Name", name),
            ("Title", name),
            ("ScheduleFromStart", "1"),
            ("StartDate", begins.isoformat()),
            ("CalendarUID", "1"),
            ("DefaultStartTime", "08:00:00"),
            ("DefaultFinishTime", "17:00:00"),
            ("MinutesPerDay", "480"),
            ("MinutesPerWeek", str(480 * len(self.time.working_days))),
            ("DaysPerMonth", "20"),
        ):
            SubElement(root, tag).text = said
        self._fields(SubElement(root, "ExtendedAttributes"))
        _write_calendar(SubElement(root, "Calendars"), self.time.calendar)
        tasks = SubElement(root, "Tasks")
        for id, one in self.phases.items():
            self._task(SubElement(tasks, "Task"), id, one)
        self._say_of_the_whole()
        return root

    def _calendar(self) -> Calendar:
        """The plan's week, and the blackouts that its dates allow for."""
        works = self.plan.get("working_days") or WEEK
        rests = []
        for id, one in (self.plan.get("blackouts") or {}).items():
            if one.get("allowed_for"):
                last = date.fromisoformat(one["until"]) - timedelta(days=1)
                rests.append((date.fromisoformat(one["from"]), last, ()))
            else:
                why = f"the blackout `{id}` comes on top of the dates, which no calendar can say"
                self.left_out.append(("", "blackout", why))
        week = tuple(_HOURS if day in works else () for day in WEEK)
        return Calendar("drawdown", week, tuple(sorted(rests)))

    def _fields(self, element: Element) -> None:
        """What the fields are called in which it writes what Microsoft Project does not know."""
        fields = [(PHASE_FIELD, "Text1", PHASE_ALIAS)]
        if self.found is not None:
            fields += [
                (number, f"Date{place}", alias)
                for place, (number, alias, _) in enumerate(_FOUND, 1)
            ]
        for number, name, alias in fields:
            one = SubElement(element, "ExtendedAttribute")
            SubElement(one, "FieldID").text = number
            SubElement(one, "FieldName").text = name
            SubElement(one, "Alias").text = alias

    def _task(self, task: Element, id: str, one: Mapping[str, Any]) -> None:
        start, finish = (
            self.time.index(datetime.combine(date.fromisoformat(one[key]), time()))
            for key in ("announced_start", "announced_finish")
        )
        begins, ends = self._begin(start), self._end(finish)
        if (told := date.fromisoformat(one["announced_start"])) != begins.date():
            why = f"nobody works on {told}: it begins on {begins:%Y-%m-%d}"
            self.left_out.append((id, "announced_start", why))
        uid = str(self.uids[id])
        for tag, said in (
            ("UID", uid),
            ("ID", uid),
            ("Name", printable(one.get("title") or id)),
            ("Active", "1"),
            ("Manual", "0"),
            ("Type", "1"),
            ("IsNull", "0"),
            ("OutlineNumber", uid),
            ("OutlineLevel", "1"),
            ("Priority", "500"),
            ("Start", begins.isoformat()),
            ("Finish", ends.isoformat()),
            ("Duration", f"PT{8 * int(finish - start)}H0M0S"),
            ("DurationFormat", str(_DAYS)),
            ("Milestone", "0"),
            ("Summary", "0"),
            ("ConstraintType", str(_START_NO_EARLIER)),
            ("CalendarUID", "-1"),
            ("ConstraintDate", begins.isoformat()),
        ):
            SubElement(task, tag).text = said
        self._links(task, id, one.get("after") or {})
        self._values(task, id)

    def _begin(self, index: float) -> datetime:
        return datetime.combine(self.time.days[int(index)], time(8))

    def _end(self, index: float) -> datetime:
        return datetime.combine(self.time.days[int(index) - 1], time(17))

    def _done(self, days: float) -> datetime:
        """The moment of so many days after the start: the end of a day, not the next beginning."""
        index = self.time.index_at(self.start.toordinal() + days)
        whole = round(index)
        if abs(index - whole) < _NEAR:
            return self._end(whole)
        return self.time.moment(self.time.place(index))

    def _links(self, task: Element, id: str, after: Any) -> None:
        links = after if isinstance(after, Mapping) else {before: {} for before in after}
        for before, link in links.items():
            if before not in self.uids:
                why = f"it waits for the gate `{before}`, and no task has a clock of its own"
                self.left_out.append((id, "gate", why))
                continue
            relation = link.get("relation") or "finish_to_start"
            minutes = self._lag(id, before, relation, link.get("lag_days") or 0.0)
            element = SubElement(task, "PredecessorLink")
            for tag, said in (
                ("PredecessorUID", self.uids[before]),
                ("Type", _TYPES[relation]),
                ("CrossProject", 0),
                ("LinkLag", round(10 * minutes)),
                ("LagFormat", _ELAPSED_DAYS if minutes else _DAYS),
            ):
                SubElement(element, tag).text = str(said)

    def _lag(self, id: str, before: str, relation: str, lag: float) -> float:
        """A lag in minutes of the clock, between the hours at which tasks begin and are done."""
        if not lag:
            return 0.0
        other = self.phases[before]
        key = "announced_start" if relation == "start_to_start" else "announced_finish"
        index = self.time.index(datetime.combine(date.fromisoformat(other[key]), time()))
        at = self._begin(index) if relation == "start_to_start" else self._end(index)
        place = self.time.place(index) + lag
        until = self.time.moment(place)
        if abs(self.time.clock(until) - place) > _NEAR:
            why = f"its lag after `{before}`, {lag:g} days, is rounded to a tenth of a minute"
            self.left_out.append((id, "lag", why))
        return (until - at) / timedelta(minutes=1)

    def _values(self, task: Element, id: str) -> None:
        values = [(PHASE_FIELD, id)]
        for number, _, column in _FOUND if self.found is not None else ():
            assert self.found is not None
            days: Any = self.found.loc[("finish_days", id), column]
            if days == days:
                values.append((number, self._done(days).isoformat()))
        for number, said in values:
            one = SubElement(task, "ExtendedAttribute")
            SubElement(one, "FieldID").text = number
            SubElement(one, "Value").text = said

    def _say_of_the_whole(self) -> None:
        """What else a plan has that no file of Microsoft Project can hold."""
        for key in ("gates", "rules", "buffers"):
            for id in self.plan.get(key) or {}:
                self.left_out.append(("", key, f"`{id}` of `plan.{key}` is not in the file"))
        for id, one in self.phases.items():
            for key in ("moves", "waves", "breathing_room"):
                if one.get(key):
                    why = f"`plan.phases.{id}.{key}` is not in the file"
                    self.left_out.append((id, key, why))


def _write_calendar(calendars: Element, calendar: Calendar) -> None:
    one = SubElement(calendars, "Calendar")
    for tag, said in (("UID", "1"), ("Name", calendar.name), ("IsBaseCalendar", "1")):
        SubElement(one, tag).text = said
    days = SubElement(one, "WeekDays")
    for number in range(1, 8):  # from Sunday on
        spans = calendar.hours[(number - 2) % 7]
        day = SubElement(days, "WeekDay")
        SubElement(day, "DayType").text = str(number)
        SubElement(day, "DayWorking").text = str(int(bool(spans)))
        times = SubElement(day, "WorkingTimes") if spans else day
        for span in spans:
            element = SubElement(times, "WorkingTime")
            for tag, minute in zip(("FromTime", "ToTime"), span, strict=True):
                SubElement(element, tag).text = f"{minute // 60:02}:{minute % 60:02}:00"
    if not calendar.exceptions:
        return
    exceptions = SubElement(one, "Exceptions")
    for first, last, _ in calendar.exceptions:
        rest = SubElement(exceptions, "Exception")
        SubElement(rest, "EnteredByOccurrences").text = "0"
        period = SubElement(rest, "TimePeriod")
        SubElement(period, "FromDate").text = f"{first}T00:00:00"
        SubElement(period, "ToDate").text = f"{last}T23:59:00"
        for tag, said in (
            ("Occurrences", str((last - first).days + 1)),
            ("Name", f"rest from {first}"),
            ("Type", "1"),
            ("DayWorking", "0"),
        ):
            SubElement(rest, tag).text = said
