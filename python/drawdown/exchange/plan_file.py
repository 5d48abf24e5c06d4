"""A plan as a file of Microsoft Project has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

# How an activity waits for another, in Microsoft Project's abbreviations.
LinkType = Literal["FS", "SS", "FF", "SF"]
LagUnit = Literal["working", "elapsed", "percent"]

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Note(NamedTuple):
    """Something of a file that does not map to the language of scenarios, or not as it is.

    Attributes
    ----------
    uid : int or None
        The activity; None for the whole file.
    activity : str
        Its name.
    what : str
        Which kind of thing, such as ``"lead"``; the set is closed.
    why : str
        What becomes of it, in words.
    """

    uid: int | None
    activity: str
    what: str
    why: str


@dataclass(frozen=True)
class Link:
    """How an activity waits for another.

    Attributes
    ----------
    uid : int
        The other activity.
    type : {"FS", "SS", "FF", "SF"}
        From the start (S) or the finish (F) of the other to that of this one.
    lag : float
        How much longer it waits: minutes, or percent of the duration of the other.
    unit : {"working", "elapsed", "percent"}
        Minutes of working time, minutes of the clock, or percent.
    """

    uid: int
    type: LinkType = "FS"
    lag: float = 0.0
    unit: LagUnit = "working"


@dataclass(frozen=True)
class Calendar:
    """When people work, by the week and by exceptions from it.

    Attributes
    ----------
    name : str
        What it is called.
    hours : tuple of 7 tuples
        By day of the week from Monday on, the spans in which people work, in minutes after 00:00;
        empty on a day of rest.
    exceptions : tuple
        First day, last day and spans of days that are otherwise than the week says.
    """

    name: str = "Standard"
    hours: tuple[tuple[tuple[int, int], ...], ...] = (((480, 720), (780, 1020)),) * 5 + ((), ())
    exceptions: tuple[tuple[date, date, tuple[tuple[int, int], ...]], ...] = ()


@dataclass(frozen=True)
class Activity:
    """A task of Microsoft Project.

    Attributes
    ----------
    uid : int
        Its unique number, which links name.
    name : str
        What it is called.
    level : int
        How deep it stands in the outline; 1 at the top.
    summary : bool
        Whether it is the sum of those that stand below it.
    parent : int or None
        The summary that it stands in.
    start, finish : datetime
        When it begins and is done; None where the file does not say.
    minutes : float
        Its duration in minutes of working time, or of the clock if `elapsed`.
    elapsed : bool
        Whether its duration is in minutes of the clock.
    milestone : bool
        Whether it is a moment, with a duration of 0.
    links : tuple of Link
        What it waits for.
    constraint : str
        Such as ``"as soon as possible"``, as Microsoft Project calls it.
    constraint_date : datetime or None
        The date of the constraint.
    calendar : str or None
        The name of a calendar of its own; None for that of the project.
    phase : str or None
        The id of the phase as which drawdown wrote it.
    """

    uid: int
    name: str
    level: int = 1
    summary: bool = False
    parent: int | None = None
    start: datetime | None = None
    finish: datetime | None = None
    minutes: float = 0.0
    elapsed: bool = False
    milestone: bool = False
    links: tuple[Link, ...] = ()
    constraint: str = "as soon as possible"
    constraint_date: datetime | None = None
    calendar: str | None = None
    phase: str | None = None


@dataclass(frozen=True)
class Content:
    """What stands in a file: activities in their order, the project's calendar, and what is amiss.

    Attributes
    ----------
    title : str
        The title of the project, or its name.
    start : datetime
        When the project begins.
    activities : tuple of Activity
        All of them, summaries too, in the order of the file.
    calendar : Calendar
        That of the project.
    notes : tuple of Note
        What was met in the file that does not map.
    """

    title: str
    start: datetime
    activities: tuple[Activity, ...]
    calendar: Calendar
    notes: tuple[Note, ...] = field(default=(), repr=False)
