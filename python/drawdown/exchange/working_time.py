"""Moments of working time as days: what drawdown makes of a calendar with hours.

A working day of the file is one day, whatever its hours: work that is done at noon of a day of
eight hours is done half a day after 00:00. The end of a working day and the beginning of the next
are one moment, which drawdown calls 00:00 of the next.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import count

from .plan_file import WEEK, Calendar

Spans = tuple[tuple[int, int], ...]
_DAY = 24 * 60


class WorkingTime:
    """A calendar as drawdown takes it: days of the week, and whole days on which nothing goes on.

    Parameters
    ----------
    calendar : Calendar
        That of the project.
    first, last : date
        The days that matter.
    """

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        self.calendar = calendar
        self._first, self._last = first, last

    @cached_property
    def working_days(self) -> list[str]:
        """The days of a week on which work goes on, in the words of `plan.working_days`."""
        return [name for name, spans in zip(WEEK, self.calendar.hours, strict=True) if spans]

    @cached_property
    def holidays(self) -> list[tuple[date, date]]:
        """Times without work, which the week does not tell: the first day, and that after the last.

        Those in which there is a day that matters, in order and apart.
        """
        found: list[tuple[date, date]] = []
        for day, spans in sorted(self._exceptional.items()):
            if spans:
                continue
            if found and found[-1][1] == day:
                found[-1] = found[-1][0], day + timedelta(days=1)
            elif self.calendar.hours[day.weekday()]:
                found.append((day, day + timedelta(days=1)))
        return found

    @cached_property
    def days(self) -> list[date]:
        """All working days that matter."""
        free = {
            first + timedelta(days=k)
            for first, after in self.holidays
            for k in range((after - first).days)
        }
        span = (self._last - self._first).days
        days = (self._first + timedelta(days=k) for k in range(span + 1))
        return [day for day in days if self.calendar.hours[day.weekday()] and day not in free]

    def index(self, moment: datetime) -> float:
        """The working days that have gone by at a moment, since the first that matters."""
        place = bisect_left(self.days, moment.date())
        if place == len(self.days) or self.days[place] != moment.date():
            return float(place)
        return place + self._part(moment)

    def place(self, index: float) -> float:
        """Where a moment lies in the days of the calendar, as a day's ordinal and a part of it."""
        whole = int(index)
        return self.days[whole].toordinal() + (index - whole)

    def index_at(self, place: float) -> float:
        """The working days that have gone by at a place."""
        whole = self.last_until(place)
        return whole + min(1.0, place - self.days[whole].toordinal())

    def clock(self, moment: datetime) -> float:
        """Where a moment lies in the days of the calendar, a day of rest counting by the clock."""
        day = moment.date()
        place = bisect_left(self.days, day)
        if place < len(self.days) and self.days[place] == day:
            return day.toordinal() + self._part(moment)
        return day.toordinal() + _minute(moment) / _DAY

    def moment(self, place: float) -> datetime:
        """The moment of a place: that of `clock`, to a tenth of a minute."""
        # Adding up leaves as little as that.
        place = round(place, 9)
        day = date.fromordinal(int(place))
        part = place - int(place)
        spans = self.spans(day) if part else ()
        left = part * sum(end - begin for begin, end in spans)
        minute = part * _DAY
        for begin, end in spans:
            minute = begin + left
            if left <= end - begin:
                break
            left -= end - begin
        tenths = round(10 * minute)
        return datetime.combine(day, time()) + timedelta(seconds=6 * tenths)

    def last_until(self, place: float) -> int:
        """The last working day that begins no later, by its index; -1 if there is none."""
        found = bisect_left(self.days, place + 1e-9, key=lambda day: day.toordinal())
        return found - 1

    def after(self, moment: datetime, minutes: float) -> datetime:
        """The moment after so many minutes of working time, exceptions that work included."""
        left = minutes
        for day in count():
            on = moment.date() + timedelta(days=day)
            for begin, end in self.spans(on):
                from_here = max(begin, _minute(moment)) if day == 0 else begin
                if left <= end - from_here:
                    return datetime.combine(on, time()) + timedelta(minutes=from_here + left)
                left -= max(0, end - from_here)
            if on > self._last:
                break
        return datetime.combine(self._last, time())

    def between(self, begin: datetime, end: datetime) -> float:
        """The minutes of working time between two moments."""
        total, day = 0.0, begin.date()
        while day <= end.date():
            for first, last in self.spans(day):
                low = max(first, _minute(begin)) if day == begin.date() else first
                high = min(last, _minute(end)) if day == end.date() else last
                total += max(0, high - low)
            day += timedelta(days=1)
        return total

    def spans(self, day: date) -> Spans:
        """The hours of a day, in minutes after 00:00."""
        return self._exceptional.get(day, self.calendar.hours[day.weekday()])

    @cached_property
    def _exceptional(self) -> dict[date, Spans]:
        """The days that matter and are otherwise than the week says."""
        found = {}
        for first, last, spans in self.calendar.exceptions:
            day = max(first, self._first)
            while day <= min(last, self._last):
                found[day] = spans
                day += timedelta(days=1)
        return found

    def _part(self, moment: datetime) -> float:
        """The part of a working day that has gone by."""
        spans = self.spans(moment.date()) or self.calendar.hours[moment.weekday()]
        gone = sum(max(0, min(end, _minute(moment)) - begin) for begin, end in spans)
        return gone / sum(end - begin for begin, end in spans)


def _minute(moment: datetime) -> float:
    """Minutes after 00:00."""
    return moment.hour * 60 + moment.minute + moment.second / 60
