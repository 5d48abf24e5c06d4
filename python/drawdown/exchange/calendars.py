"""The calendars of a file of Microsoft Project."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from .fields import Reader
from .plan_file import Calendar, Note

Spans = tuple[tuple[int, int], ...]

# What is assumed of a working day whose hours are not told.
USUAL: Spans = ((480, 720), (780, 1020))
# Exceptions that last longer than any plan: more days than that are not looked at.
_LONGEST = 366 * 200


class Calendars:
    """All calendars of a file, by their numbers."""

    def __init__(self, root: Element, reader: Reader) -> None:
        self._reader = reader
        self._elements = {
            reader.whole(one, "UID", f"calendars[{place}]", -1): one
            for place, one in enumerate(root.findall("Calendars/Calendar"))
        }
        self._usual = _usual(root, reader)

    def name(self, uid: int) -> str:
        """What a calendar is called."""
        return self._reader.text(self._elements[uid], "Name") if uid in self._elements else ""

    def is_own(self, uid: int) -> bool:
        """Whether a calendar says anything that its base does not."""
        one = self._elements.get(uid)
        return one is not None and any(
            one.find(path) is not None for path in ("WeekDays/WeekDay", "Exceptions/Exception")
        )

    def calendar(self, uid: int, notes: list[Note]) -> Calendar:
        """A calendar, with what it takes from its base; the usual one if there is none.

        What does not map is added to `notes`.
        """
        chain: list[Element] = []
        while uid in self._elements and self._elements[uid] not in chain:
            chain.append(self._elements[uid])
            uid = self._reader.whole(chain[-1], "BaseCalendarUID", f"calendars[{uid}]", -1)
        hours: list[Spans] = [self._usual] * 5 + [(), ()]
        exceptions: dict[tuple[date, date], Spans] = {}
        for one in reversed(chain):
            where = f"calendars[{self._reader.text(one, 'UID')}]"
            for day in one.findall("WeekDays/WeekDay"):
                kind = self._reader.whole(day, "DayType", where, 0)
                if 1 <= kind <= 7:
                    hours[(kind - 2) % 7] = self._spans(day, where)
            exceptions |= self._exceptions(one, where, notes)
        told = tuple((first, last, spans) for (first, last), spans in sorted(exceptions.items()))
        name = self._reader.text(chain[0], "Name") if chain else "Standard"
        return Calendar(name, tuple(hours), told)

    def _exceptions(
        self, one: Element, where: str, notes: list[Note]
    ) -> dict[tuple[date, date], Spans]:
        """Days that are otherwise; Microsoft Project spells out those that recur as week days."""
        found: dict[tuple[date, date], Spans] = {}
        spelt_out = [
            day
            for day in one.findall("WeekDays/WeekDay")
            if self._reader.whole(day, "DayType", where, 0) == 0
        ]
        for day in spelt_out or one.findall("Exceptions/Exception"):
            first = self._reader.moment(day, "TimePeriod/FromDate", where)
            last = self._reader.moment(day, "TimePeriod/ToDate", where)
            if first is None or last is None or not 0 <= (last - first).days < _LONGEST:
                continue
            recurs = self._reader.whole(day, "Type", where, 1) != 1
            if recurs and self._reader.whole(day, "Occurrences", where, 1) > 1:
                name = self._reader.text(day, "Name") or f"{first:%Y-%m-%d}"
                why = f"days of `{name}` recur and are not spelt out in the file: they are worked"
                notes.append(Note(None, "", "recurring_exception", why))
                continue
            found[first.date(), _last_day(first, last)] = self._spans(day, where)
        if one.find("WorkWeeks/WorkWeek") is not None:
            why = "weeks with other hours for a time are not read: its usual week holds throughout"
            notes.append(Note(None, "", "work_week", why))
        return found

    def _spans(self, day: Element, where: str) -> Spans:
        """The spans of a day, in minutes after 00:00."""
        if not self._reader.flag(day, "DayWorking"):
            return ()
        spans = []
        for one in day.findall("WorkingTimes/WorkingTime"):
            begin, end = (_clock(self._reader.text(one, tag)) for tag in ("FromTime", "ToTime"))
            if begin is not None and end is not None:
                spans.append((begin, end if end > begin else 24 * 60))
        return tuple(sorted(spans)) or self._usual


def _usual(root: Element, reader: Reader) -> Spans:
    """The hours of a working day, as the project says when its days begin and end."""
    begin, end = (
        _clock(reader.text(root, tag)) for tag in ("DefaultStartTime", "DefaultFinishTime")
    )
    if begin is None or end is None or end <= begin or (begin, end) == (480, 1020):
        return USUAL
    return ((begin, end),)


def _last_day(first: datetime, last: datetime) -> date:
    """The last day of a time; one that ends at 00:00 ends with the day before."""
    ended = last - timedelta(minutes=1) if last.time() == datetime.min.time() else last
    return max(first, ended).date()


def _clock(said: str) -> int | None:
    """Minutes after 00:00."""
    try:
        time = datetime.fromisoformat(f"2000-01-01T{said}")
    except ValueError:
        return None
    return time.hour * 60 + time.minute
