"""How leaves of an outline wait for one another, in the relations and days of scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from .plan_file import Activity, Content, Link, Note
from .working_time import WorkingTime

Relation = Literal["finish_to_start", "start_to_start", "finish_to_finish"]

_RELATIONS: Mapping[str, Relation] = {
    "FS": "finish_to_start",
    "SS": "start_to_start",
    "FF": "finish_to_finish",
}
# Two relations to one activity: that which asks for most.
_STRENGTH = ("finish_to_start", "finish_to_finish", "start_to_start")
_NEAR = 1e-6


@dataclass(frozen=True)
class Wait:
    """How a leaf waits for another.

    Attributes
    ----------
    before : int
        The other, by its number.
    relation : str
        As in `plan.phases.<id>.after`.
    lag_days : float
        In days of the calendar.
    until : float
        What it waits for in the dates of the file, as `WorkingTime.place` has it.
    """

    before: int
    relation: Relation
    lag_days: float
    until: float


@dataclass(frozen=True)
class Leaf:
    """An activity without others below it, in working days.

    Attributes
    ----------
    activity : Activity
        It.
    start, finish : float
        As `WorkingTime.index` has them.
    """

    activity: Activity
    start: float
    finish: float

    @property
    def is_moment(self) -> bool:
        """Whether it takes no time."""
        return self.finish <= self.start


class Links:
    """All links of a plan on their way to leaves.

    Parameters
    ----------
    content : Content
        What stands in the file.
    leaves : mapping
        The leaves by number.
    time : WorkingTime
        The calendar of the project.
    notes : list of Note
        What does not map is added to it.
    """

    def __init__(
        self, content: Content, leaves: Mapping[int, Leaf], time: WorkingTime, notes: list[Note]
    ) -> None:
        self._leaves, self._time, self._notes = leaves, time, notes
        self._all = {one.uid: one for one in content.activities}
        self._below: dict[int, list[int]] = {uid: [] for uid in self._all}
        for uid in leaves:
            above: int | None = uid
            while above is not None:
                self._below[above].append(uid)
                above = self._all[above].parent

    def waits(self) -> dict[int, tuple[Wait, ...]]:
        """What each leaf waits for."""
        found: dict[int, dict[int, Wait]] = {uid: {} for uid in self._leaves}
        for one in self._all.values():
            for link in one.links:
                for uid, wait in self._of(one, link):
                    there = found[uid].get(wait.before)
                    found[uid][wait.before] = self._stronger(uid, there, wait)
        return {uid: tuple(by.values()) for uid, by in found.items()}

    def _of(self, one: Activity, link: Link) -> Iterator[tuple[int, Wait]]:
        """A link as what leaves wait for; nothing where it does not map, with a note on it."""
        other = self._all.get(link.uid)
        if other is None:
            why = f"it waits for task {link.uid}, which is left out or not in the file"
            self._note(one, "unknown_task", why)
            return
        if (lost := _does_not_map(one, other, link)) is not None:
            self._note(one, *lost)
            return
        for uid in self._below[one.uid]:
            for before in self._below[other.uid]:
                if uid != before and (wait := self._wait(uid, before, link)) is not None:
                    yield uid, wait

    def _wait(self, uid: int, before: int, link: Link) -> Wait | None:
        """How one leaf waits for another, with a lag for the dates in the file."""
        one, other = self._leaves[uid], self._leaves[before]
        kind = link.type
        if one.is_moment and kind == "SS":
            why = f"a moment waits for the start of `{other.activity.name}`: not taken over"
            self._note(one.activity, "start_to_milestone", why)
            return None
        if other.is_moment and kind == "SS":
            kind = "FS"  # its start is its finish
        if one.is_moment:
            kind = "FF"
        lag, until = self._lag(other, link)
        bound = one.finish if kind == "FF" else one.start
        if self._time.place(bound) < until - _NEAR:
            why = f"its dates in the file do not keep its link to `{other.activity.name}`: left out"
            self._note(one.activity, "broken_link", why)
            return None
        self._say(one, other, link, lag)
        return Wait(before, _RELATIONS[kind], lag, until)

    def _lag(self, other: Leaf, link: Link) -> tuple[float, float]:
        """The lag in days of the calendar, and where it ends."""
        time, at = self._time, other.activity.start if link.type == "SS" else other.activity.finish
        assert at is not None
        begin = time.place(other.start if link.type == "SS" else other.finish)
        minutes = link.lag
        if link.unit == "percent":
            minutes *= other.activity.minutes / 100
        if minutes == 0:
            return 0.0, begin
        if link.unit == "elapsed":
            end = time.clock(at + timedelta(minutes=minutes))
        else:
            end = time.place(time.index(time.after(at, minutes)))
        lag = round(max(0.0, end - begin), 9)
        return lag, begin + lag

    def _say(self, one: Leaf, other: Leaf, link: Link, lag: float) -> None:
        """Notes on what maps for the dates in the file, and otherwise when they move."""
        name = other.activity.name
        if link.lag and link.unit != "elapsed":
            what = "percent_lag" if link.unit == "percent" else "working_lag"
            said = (
                f"{link.lag:g} %" if link.unit == "percent" else f"{link.lag / 60:g} hours of work"
            )
            why = (
                f"its lag after `{name}`, {said}, is {lag:g} days of the calendar for the dates "
                "in the file, and stays so when they move"
            )
            self._note(one.activity, what, why)
        if link.type == "FF" and not one.is_moment:
            why = (
                f"its finish waits for that of `{name}`: Microsoft Project would begin it later, "
                "drawdown begins it and holds its last lift"
            )
            self._note(one.activity, "finish_to_finish", why)

    def _stronger(self, uid: int, there: Wait | None, wait: Wait) -> Wait:
        """Of two relations to one activity the one that asks for more; there can be one."""
        if there is None or there == wait:
            return wait
        pair = sorted(
            (there, wait), key=lambda each: (_STRENGTH.index(each.relation), -each.lag_days)
        )
        kept, lost = pair
        if kept.relation != "finish_to_start" or lost.lag_days > kept.lag_days:
            name = self._leaves[wait.before].activity.name
            why = f"of two links to `{name}` that of {lost.relation} is left out"
            self._note(self._leaves[uid].activity, "second_link", why)
        return kept

    def _note(self, one: Activity, what: str, why: str) -> None:
        note = Note(one.uid, one.name, what, why)
        if note not in self._notes:
            self._notes.append(note)


def _does_not_map(one: Activity, other: Activity, link: Link) -> tuple[str, str] | None:
    """Why a link is left out, if it is."""
    if link.type == "SF":
        return "start_to_finish", f"its finish waits for the start of `{other.name}`: left out"
    if link.lag < 0:
        return "lead", f"it does not wait for all of `{other.name}` (a negative lag): left out"
    if other.summary and link.type == "SS":
        why = (
            f"it waits for the start of the summary `{other.name}`, the first of several: left out"
        )
        return "summary_link", why
    if one.summary and link.type == "FF":
        return "summary_link", f"a summary's finish waits for that of `{other.name}`: left out"
    return None
