"""What a plan of Microsoft Project is as phases of a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..errors import ExchangeError
from ..problem import Problem
from . import announced
from .links import Leaf, Links, Wait
from .mspdi import slug
from .plan_file import Activity, Content, Note
from .working_time import WorkingTime

_NEAR = 1e-6
# Days after the last finish of which a plan that is late still needs the holidays.
_AFTERWARDS = 2 * 366


@dataclass(frozen=True)
class Phase:
    """A leaf of the outline as a phase.

    Attributes
    ----------
    uid : int
        Its number in the file.
    id : str
        Its id in the scenario.
    title : str
        Its name.
    announced_start, announced_finish : date
        As in the scenario.
    ratio : float
        What its duration in the file is of the announced one.
    is_moment : bool
        Whether it takes no time in the file.
    waits : tuple of Wait
        What it waits for.
    not_before : float or None
        A moment of a day before which it does not begin, as an ordinal of a day and a part of it.
    """

    uid: int
    id: str
    title: str
    announced_start: date
    announced_finish: date
    ratio: float
    is_moment: bool
    waits: tuple[Wait, ...]
    not_before: float | None


@dataclass(frozen=True)
class Mapped:
    """A plan as phases.

    Attributes
    ----------
    phases : tuple of Phase
        In the order of the file.
    working_days : tuple of str
        As `plan.working_days`.
    holidays : tuple of (date, date)
        First days of times without work, and the days after the last.
    notes : tuple of Note
        What does not map.
    """

    phases: tuple[Phase, ...]
    working_days: tuple[str, ...]
    holidays: tuple[tuple[date, date], ...]
    notes: tuple[Note, ...]


def mapped(content: Content) -> Mapped:
    """What stands in a file as phases.

    Raises
    ------
    ExchangeError
        If there is no working day in a week, or activities wait for each other.
    """
    notes = list(content.notes)
    time = _time(content)
    leaves = _leaves(content, time)
    waits = Links(content, leaves, time, notes).waits()
    dates = announced.dates(leaves, waits, time)
    ids = _ids([one.activity for one in leaves.values()])
    floors = _floors(content, time)
    phases = []
    for uid, one in leaves.items():
        start, finish = dates[uid]
        not_before = _held(one, waits[uid], (start, finish), time)
        _say(one, waits[uid], floors[uid], not_before, time, notes)
        phases.append(
            Phase(
                uid,
                ids[uid],
                one.activity.name,
                time.days[start],
                time.days[finish],
                1.0 if one.is_moment else (one.finish - one.start) / (finish - start),
                one.is_moment,
                waits[uid],
                not_before,
            )
        )
    _say_of_the_calendar(content, notes)
    return Mapped(tuple(phases), tuple(time.working_days), tuple(time.holidays), tuple(notes))


def _time(content: Content) -> WorkingTime:
    """The calendar, over all days that matter and some before: a start may be moved there."""
    if not any(content.calendar.hours):
        said = f"the calendar `{content.calendar.name}` has no working day in a week"
        raise ExchangeError(
            [Problem("calendars", "no_working_day", said, "give the project another calendar")]
        )
    moments = [moment for one in content.activities for moment in (one.start, one.finish) if moment]
    before = timedelta(days=60 + 7 * len(content.activities))
    first = min(moments).date() - before
    return WorkingTime(content.calendar, first, max(moments).date() + timedelta(days=_AFTERWARDS))


def _leaves(content: Content, time: WorkingTime) -> dict[int, Leaf]:
    found = {}
    for one in content.activities:
        if not one.summary and one.start is not None and one.finish is not None:
            found[one.uid] = Leaf(one, time.index(one.start), time.index(one.finish))
    return found


def _ids(activities: Sequence[Activity]) -> dict[int, str]:
    """An id for each: that which drawdown gave it, or its name, with its number where needed."""
    taken: dict[str, int] = {}
    for one in activities:
        wanted = one.phase or slug(one.name) or f"task-{one.uid}"
        taken.setdefault(wanted if wanted not in taken else f"{wanted}-{one.uid}", one.uid)
    return {uid: name for name, uid in taken.items()}


def _floors(content: Content, time: WorkingTime) -> dict[int, float]:
    """The earliest start that the project and constraints allow, by number."""
    by_uid = {one.uid: one for one in content.activities}
    found = {}
    for one in content.activities:
        floor, above = time.index(content.start), one
        while True:
            if above.constraint == "start no earlier than" and above.constraint_date:
                floor = max(floor, time.index(above.constraint_date))
            if above.parent is None:
                break
            above = by_uid[above.parent]
        found[one.uid] = floor
    return found


def _held(
    one: Leaf, waits: Sequence[Wait], dates: tuple[int, int], time: WorkingTime
) -> float | None:
    """Before what moment it has to be kept from beginning, where whole days and relations do not.

    A moment is done when its day is over, if nothing else holds it.
    """
    start, finish = dates
    if one.is_moment:
        soonest = max([time.place(finish), *(wait.until for wait in waits)])
        return None if soonest >= time.place(one.finish) - _NEAR else time.place(one.finish - 1)
    bounds = [wait.until for wait in waits if wait.relation != "finish_to_finish"]
    soonest = max([time.place(start), *bounds])
    return None if soonest >= time.place(one.start) - _NEAR else time.place(one.start)


def _say(
    one: Leaf,
    waits: Sequence[Wait],
    floor: float,
    not_before: float | None,
    time: WorkingTime,
    notes: list[Note],
) -> None:
    """Notes on what its dates tell."""
    activity = one.activity
    assert activity.start is not None
    assert activity.finish is not None

    def note(what: str, why: str) -> None:
        notes.append(Note(activity.uid, activity.name, what, why))

    if not_before is not None:
        why = (
            f"it begins at {activity.start:%Y-%m-%d %H:%M}, and neither a whole date nor what it "
            "waits for holds it until then: a gate does"
        )
        note("part_of_day", why)
    length = {"finish_to_finish": one.finish - one.start}
    bounds = [time.index_at(wait.until) - length.get(wait.relation, 0.0) for wait in waits]
    if one.start > max([floor, *bounds]) + _NEAR:
        note("late_start", "it begins later than links, constraint and project ask, and stays so")
    worked = time.between(activity.start, activity.finish)
    if one.is_moment and activity.minutes > 0:
        note("no_working_time", "it has none of the project's working time: a moment")
    elif not activity.elapsed and not activity.calendar and abs(worked - activity.minutes) > 1:
        why = (
            f"its dates are {worked / 60:g} working hours apart, its duration is "
            f"{activity.minutes / 60:g}: it is split, or its people work at other times; the "
            "working days between its dates count"
        )
        note("split", why)


def _say_of_the_calendar(content: Content, notes: list[Note]) -> None:
    """Notes on exceptions that work: to drawdown the week alone tells when people do."""
    for first, last, spans in content.calendar.exceptions:
        finish = max(one.finish for one in content.activities if one.finish)
        if spans and first <= finish.date() and last >= content.start.date():
            why = f"{first} to {last} have hours of their own: they count as the week says"
            notes.append(Note(None, "", "working_exception", why))
