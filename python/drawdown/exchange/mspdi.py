"""What stands in a file of Microsoft Project, as its XML (MSPDI) has it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

from ..errors import ExchangeError
from ..problem import Problem
from . import xml_files
from .calendars import Calendars
from .fields import CONSTRAINTS, LINK_TYPES, Reader, is_elapsed, lag_unit
from .plan_file import Activity, Content, Link, Note

# The field of a task in which `write` leaves the id of a phase, and what it calls it there.
PHASE_FIELD, PHASE_ALIAS = "188743731", "drawdown phase"

_SNET = 4
# What is met in tasks and never read; the file has a note on those that say something.
_NOT_READ = ("Notes", "Baseline", "OutlineCode", "Hyperlink", "FixedCost", "TimephasedData")


def read(path: Path) -> Content:
    """What stands in a file.

    Raises
    ------
    ExchangeError
        If it is no such file, or values cannot be read.
    OSError
        If it cannot be read.
    """
    root = xml_files.read(path)
    if root.tag != "Project":
        said = f"its root is `{root.tag}`, not `Project`"
        remedy = "save the plan in Microsoft Project as XML (MSPDI), and give that file"
        raise ExchangeError([Problem("", "no_project", said, remedy)])
    return _File(root).content()


class _File:
    """A file on its way into what it says."""

    def __init__(self, root: Element) -> None:
        self.root, self.reader = root, Reader()
        self.notes: list[Note] = []
        self.calendars = Calendars(root, self.reader)
        self.calendar_uid = self.reader.whole(root, "CalendarUID", "project", self._standard())
        self.phase_field = any(
            self.reader.text(one, "FieldID") == PHASE_FIELD
            and self.reader.text(one, "Alias") == PHASE_ALIAS
            for one in root.findall("ExtendedAttributes/ExtendedAttribute")
        )

    def content(self) -> Content:
        """All of it."""
        calendar = self.calendars.calendar(self.calendar_uid, self.notes)
        activities = self._activities()
        reader, root = self.reader, self.root
        starts = [one.start for one in activities if one.start is not None]
        start = reader.moment(root, "StartDate", "project") or min(starts, default=None)
        if not activities:
            remedy = "export the plan with its tasks"
            reader.problems.append(Problem("tasks", "empty", "there is no task", remedy))
        elif start is None:
            said, remedy = "no task has a start", "export the plan with the dates of its tasks"
            reader.problems.append(Problem("tasks", "no_dates", said, remedy))
        if reader.problems or start is None:
            raise ExchangeError(reader.problems)
        self._of_the_whole()
        title = reader.text(root, "Title") or reader.text(root, "Name")
        return Content(title, start, activities, calendar, tuple(self.notes))

    def _standard(self) -> int:
        """The first base calendar: that of a project which names none."""
        for one in self.root.findall("Calendars/Calendar"):
            if self.reader.flag(one, "IsBaseCalendar"):
                return self.reader.whole(one, "UID", "calendars", -1)
        return -1

    def _activities(self) -> tuple[Activity, ...]:
        found: list[Activity] = []
        seen: set[int] = set()
        for place, task in enumerate(self.root.findall("Tasks/Task")):
            where = f"tasks[{place}]"
            if self.reader.flag(task, "IsNull"):
                continue
            level = self._level(task, where)
            uid = self.reader.whole(task, "UID", where, -1)
            if level == 0:
                continue
            if uid < 0 or uid in seen:
                said = f"another task has the number {uid}" if uid in seen else "it has no number"
                remedy = "export the plan anew: links could mean either"
                self.reader.problems.append(Problem(f"{where}.UID", "bad_uid", said, remedy))
                continue
            seen.add(uid)
            if (one := self._activity(task, uid, level, where)) is not None:
                found.append(one)
        return _in_the_outline(found)

    def _level(self, task: Element, where: str) -> int:
        """How deep a task stands; 0 for the one that stands for the whole project."""
        number = self.reader.text(task, "OutlineNumber")
        whole = number == "0" or (not number and self.reader.text(task, "UID") == "0")
        usual = 0 if whole else number.count(".") + 1
        return self.reader.whole(task, "OutlineLevel", where, usual)

    def _activity(self, task: Element, uid: int, level: int, where: str) -> Activity | None:
        reader = self.reader
        name = reader.text(task, "Name") or f"task {uid}"
        summary = reader.flag(task, "Summary")
        start = reader.moment(task, "Start", where)
        finish = reader.moment(task, "Finish", where)
        one = Activity(
            uid,
            name,
            level,
            summary,
            None,
            start,
            finish,
            reader.minutes(task, "Duration", where),
            is_elapsed(reader.whole(task, "DurationFormat", where, 7)),
            reader.flag(task, "Milestone"),
            phase=self._phase(task),
        )
        if self._left_out(task, one):
            return None
        if start is None or finish is None or finish < start:
            said = "its start and finish are not both told, or not in this order"
            remedy = "export the plan with the dates of its tasks"
            if not summary:
                reader.problems.append(Problem(f"{where}.Finish", "no_dates", said, remedy))
            return replace(one, links=self._links(task, one, where))
        return self._constrained(task, replace(one, links=self._links(task, one, where)), where)

    def _left_out(self, task: Element, one: Activity) -> bool:
        """Whether a task is none of the plan."""
        if not self.reader.flag(task, "Active", usual=True):
            self._note(one, "inactive", "it is inactive, and left out")
            return True
        if self.reader.flag(task, "ExternalTask") or self.reader.flag(task, "IsSubproject"):
            self._note(one, "other_project", "it stands for another project, and is left out")
            return True
        return False

    def _links(self, task: Element, one: Activity, where: str) -> tuple[Link, ...]:
        reader = self.reader
        links: list[Link] = []
        for element in task.findall("PredecessorLink"):
            kind = reader.whole(element, "Type", where, 1)
            lag = reader.number(element, "LinkLag", where)
            unit = lag_unit(reader.whole(element, "LagFormat", where, 7))
            uid = reader.whole(element, "PredecessorUID", where, -1)
            if not 0 <= kind < len(LINK_TYPES):
                said, remedy = f"{kind} is no type of link", "export the plan anew"
                reader.problems.append(Problem(f"{where}.Type", "unreadable", said, remedy))
            elif reader.flag(element, "CrossProject"):
                other = reader.text(element, "CrossProjectName")
                self._note(one, "other_project", f"it waits for a task of `{other}`: left out")
            else:
                # Lags are in tenths of a minute.
                lag = lag if unit == "percent" else lag / 10
                links.append(Link(uid, LINK_TYPES[kind], lag, unit))
        return tuple(links)

    def _constrained(self, task: Element, one: Activity, where: str) -> Activity:
        """What else bears upon its dates, with a note on what does not map."""
        reader = self.reader
        kind = reader.whole(task, "ConstraintType", where, 0)
        constraint = CONSTRAINTS[kind] if 0 <= kind < len(CONSTRAINTS) else f"constraint {kind}"
        of = reader.moment(task, "ConstraintDate", where) if kind else None
        calendar = reader.whole(task, "CalendarUID", where, -1)
        own = self.calendars.name(calendar) if calendar not in (-1, self.calendar_uid) else ""
        one = replace(one, constraint=constraint, constraint_date=of, calendar=own or None)
        if one.summary:
            if kind not in (0, _SNET):
                self._note(one, "constraint", f"a summary is to {constraint}: not taken over")
            return one
        held = "the plan has it at its dates in the file, whatever else changes"
        if kind not in (0, _SNET):
            self._note(one, "constraint", f"it is to be {_said(constraint, of)}: {held}")
        if reader.flag(task, "Manual"):
            self._note(one, "manual", f"it is scheduled by hand: {held}")
        if own:
            self._note(one, "task_calendar", f"it has the calendar `{own}`: its days are counted "
                       "by that of the project")  # fmt: skip
        if reader.whole(task, "LevelingDelay", where, 0):
            self._note(one, "leveling_delay", f"it was put off to level resources: {held}")
        if reader.number(task, "PercentComplete", where) > 0:
            done = f"{reader.number(task, 'PercentComplete', where):g} %"
            self._note(one, "progress", f"{done} of it are done: it is taken as still to be done")
        if one.elapsed and one.minutes:
            self._note(one, "elapsed_duration", "its duration is by the clock: it is counted in "
                       "working days, as its dates have them")  # fmt: skip
        deadline = reader.moment(task, "Deadline", where)
        if deadline is not None and (one.start is None or deadline >= one.start):
            self._note(one, "deadline", f"its deadline, {deadline:%Y-%m-%d}, is not taken over")
        return one

    def _phase(self, task: Element) -> str | None:
        if not self.phase_field:
            return None
        for one in task.findall("ExtendedAttribute"):
            if self.reader.text(one, "FieldID") == PHASE_FIELD:
                return self.reader.text(one, "Value") or None
        return None

    def _of_the_whole(self) -> None:
        """Notes on what is about no activity alone."""
        reader, root = self.reader, self.root
        if not reader.flag(root, "ScheduleFromStart", usual=True):
            why = "the project is scheduled from its finish; it is simulated from its start"
            self.notes.append(Note(None, "", "from_finish", why))
        resources = {
            reader.whole(one, "UID", "resources", 0): one
            for one in root.findall("Resources/Resource")
            if reader.text(one, "Name") and not reader.flag(one, "IsNull")
        }
        assigned = {
            reader.whole(one, "ResourceUID", "assignments", -1)
            for one in root.findall("Assignments/Assignment")
        }
        if resources:
            why = f"{len(resources)} resources, and who does what, are not taken over"
            self.notes.append(Note(None, "", "resources", why))
        for uid in sorted(assigned & set(resources)):
            one = resources[uid]
            if self.calendars.is_own(reader.whole(one, "CalendarUID", "resources", -1)):
                why = f"`{reader.text(one, 'Name')}` has a calendar of its own: not taken over"
                self.notes.append(Note(None, "", "resource_calendar", why))
        there = Counter(
            child.tag
            for task in root.findall("Tasks/Task")
            for child in task
            if child.tag in _NOT_READ
            and ((child.text or "").strip() not in ("", "0") or len(child))
        )
        if there:
            told = ", ".join(f"{tag} ({count})" for tag, count in sorted(there.items()))
            self.notes.append(Note(None, "", "not_read", f"not read of tasks: {told}"))

    def _note(self, one: Activity, what: str, why: str) -> None:
        self.notes.append(Note(one.uid, one.name, what, why))


def _in_the_outline(found: list[Activity]) -> tuple[Activity, ...]:
    """Each with the summary that it stands in; what others stand below is a summary."""
    above: list[Activity] = []
    placed = []
    for place, one in enumerate(found):
        while above and above[-1].level >= one.level:
            above.pop()
        below = place + 1 < len(found) and found[place + 1].level > one.level
        one = replace(one, parent=above[-1].uid if above else None, summary=one.summary or below)
        above.append(one)
        placed.append(one)
    return tuple(placed)


def _said(constraint: str, of: datetime | None) -> str:
    return f"{constraint} {of:%Y-%m-%d %H:%M}" if of else constraint


def slug(name: str) -> str:
    """A name as an id: letters, digits and dashes, 40 at the most."""
    return re.sub(r"[\W_]+", "-", name.lower()).strip("-")[:40].strip("-")
