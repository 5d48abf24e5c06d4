"""What was observed: events, counts over intervals, people at a date and dates reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pandas as pd
from numpy.typing import NDArray

from .._internal.days import Day, day
from ..errors import ObservationError, Problem
from ..languages.speech import say
from ..languages.statements import state
from ..runs.result import Result
from ..scenario.scenario import Scenario
from . import monthly, summary
from . import observed_checks as checks
from . import observed_tables as tables
from .core_counts import CoreCount, core_count
from .observed_checks import Window
from .readers import Readers

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Observations(Readers, Result):
    """What was observed, in one schema with what is simulated.

    Make one with `of`, or with a loader. It never changes: `until`, `since` and ``+`` make others.

    Attributes
    ----------
    measures : tuple of str
        What the events are a full record of inside the window, such as ``("attacks", "killed")``.
    """

    _TITLE: ClassVar[str] = "observed-title"

    def __init__(
        self,
        events: pd.DataFrame,
        counts: pd.DataFrame,
        levels: pd.DataFrame,
        dates: pd.DataFrame,
        window: Window | None,
        measures: tuple[str, ...],
        unmapped: pd.DataFrame,
    ) -> None:
        self._events = tables.typed(events, tables.EVENTS)
        self._counts = tables.typed(counts, tables.COUNTS)
        self._levels = tables.typed(levels, tables.LEVELS)
        self._dates = tables.typed(dates, tables.DATES)
        self._unmapped = tables.typed(unmapped, tables.UNMAPPED)
        self._window = window
        self.measures = measures

    @classmethod
    def of(
        cls,
        events: pd.DataFrame | None = None,
        counts: pd.DataFrame | None = None,
        levels: pd.DataFrame | None = None,
        dates: pd.DataFrame | None = None,
        window: tuple[Day, Day] | None = None,
        *,
        measures: Iterable[str] | None = None,
        scenario: Scenario | None = None,
        unmapped: pd.DataFrame | None = None,
    ) -> Self:
        """Make observations of tables with the columns that they are kept in.

        Parameters
        ----------
        events : DataFrame, optional
            One row an attack or a strike in answer, with the columns of `Run.events`: ``date``, and
            if known ``kind`` (``"attack"`` where it is left out; ``"attack_intercepted"``,
            ``"strike"``), ``site``, ``threat``, ``count`` (1 where it is left out), ``wounded``,
            ``killed``, ``area``, ``country``, ``weapon``, ``source``. Other columns are kept.
        counts : DataFrame, optional
            One row an interval: ``from`` and ``to``, days both included, ``count``, and if known
            ``measure`` (``"attacks"`` where it is left out; ``"wounded"``, ``"killed"``,
            ``"strikes"``), ``threat`` (missing: any), ``site`` (an id or several; missing: any),
            ``bound`` (``"exact"`` where it is left out; ``"about"``, ``"at_most"``, ``"derived"``,
            ``"missing"``), ``relative_error`` (sigma of the lognormal error of what is about or
            derived, 0.2 where it is left out), ``source``, ``note``.
        levels : DataFrame, optional
            People at a date: ``date``, ``people``, and if known ``site`` (missing: all),
            ``contingent``, ``relative_error``, ``source``.
        dates : DataFrame, optional
            Dates reached: ``kind`` (``"phase"``, ``"site"``, ``"gate"`` or ``"event"``), ``id``,
            ``date``, and ``source`` if known.
        window : (date, date), optional
            The first and the last day on which events would have been seen: only within it is a
            day without an event an observation. Needed with events.
        measures : iterable of str, optional
            What the events are a full record of; left out, attacks where there are any (or no
            events at all), wounded and killed where they are told of any attack, and strikes where
            there are any.
        scenario : Scenario, optional
            Whose ids of sites, threats and others they have to be; left out, any is taken.
        unmapped : DataFrame, optional
            What was left out, as `unmapped` gives it.

        Raises
        ------
        ObservationError
            With every problem of every table at once.
        """
        problems: list[Problem] = []
        found = {
            "events": tables.events(events, problems),
            "counts": tables.counts(counts, problems),
            "levels": tables.levels(levels, problems),
            "dates": tables.dates(dates, problems),
        }
        seen = checks.window(window, problems)
        checks.within(found["events"], events is not None, window, seen, problems)
        told = checks.measures(measures, found["events"], seen, problems)
        if scenario is not None:
            problems += checks.unknown(found, scenario)
        if problems:
            raise ObservationError(problems)
        left = tables.joined([] if unmapped is None else [unmapped], tables.UNMAPPED)
        return cls(**found, window=seen, measures=told, unmapped=left)

    @property
    def events(self) -> pd.DataFrame:
        """The events, in order of time, one row an attack or a strike; columns as `of` takes them.

        ``wounded`` and ``killed`` are missing where nobody told.
        """
        return self._events.copy()

    @property
    def counts(self) -> pd.DataFrame:
        """The counts over intervals, one row each; columns as `of` takes them.

        ``site`` is a tuple of ids, empty for any; ``count`` is NaN where nobody counted.
        """
        return self._counts.copy()

    @property
    def levels(self) -> pd.DataFrame:
        """People at a date; columns as `of` takes them."""
        return self._levels.copy()

    @property
    def dates(self) -> pd.DataFrame:
        """Dates reached; columns as `of` takes them."""
        return self._dates.copy()

    @property
    def window(self) -> Window | None:
        """The first and the last day on which events would have been seen; None without events."""
        return self._window

    @property
    def unmapped(self) -> pd.DataFrame:
        """What was left out, and why.

        Columns are ``of`` (the table), ``row``, ``date``, ``value`` (what could not be mapped),
        ``count``, ``why`` and ``source``. A column that nobody reads has a row, without a ``row``.
        """
        return self._unmapped.copy()

    def __add__(self, other: Observations) -> Observations:
        """Join two: all that is in either.

        Raises
        ------
        ObservationError
            If both have events and their windows neither are the same nor follow one another, an
            event stands in both, or intervals of one series share days.
        """
        if not isinstance(other, Observations):
            return NotImplemented
        problems: list[Problem] = []
        window, measures = self._window, self.measures
        if self._window and other._window:
            window, measures = _joined(self, other, problems)
        elif other._window:
            window, measures = other._window, other.measures
        events, counts, levels, dates, left = (
            tables.joined([mine, theirs], columns)
            for mine, theirs, columns in (
                (self._events, other._events, tables.EVENTS),
                (self._counts, other._counts, tables.COUNTS),
                (self._levels, other._levels, tables.LEVELS),
                (self._dates, other._dates, tables.DATES),
                (self._unmapped, other._unmapped, tables.UNMAPPED),
            )
        )
        tables.counts(counts, problems)
        if problems:
            raise ObservationError(problems)
        events = events.sort_values("date", kind="stable")
        return Observations(events, counts, levels, dates, window, measures, left)

    def until(self, last: Day) -> Observations:
        """Give what was known at the end of a day.

        An interval that goes on beyond it is left out, and stands in `unmapped` of the result.
        """
        at = pd.Timestamp(day("last", last))
        window = self._window and (self._window[0], min(self._window[1], at.date()))
        return self._part(at, window, self._counts["to"] <= at, self._counts["from"] > at, "before")

    def since(self, first: Day) -> Observations:
        """Give what happened from a day on.

        An interval that began before it is left out, and stands in `unmapped` of the result.
        """
        at = pd.Timestamp(day("first", first))
        window = self._window and (max(self._window[0], at.date()), self._window[1])
        return self._part(at, window, self._counts["from"] >= at, self._counts["to"] < at, "after")

    def _part(
        self, at: pd.Timestamp, window: Window | None, inside: Any, outside: Any, side: str
    ) -> Observations:
        """What lies on one side of a day, that day included."""
        if window and window[0] > window[1]:
            window = None
        frames = [
            frame[frame["date"] <= at if side == "before" else frame["date"] >= at]
            for frame in (self._events, self._levels, self._dates)
        ]
        cut = self._counts[~inside & ~outside]
        edge = "end" if side == "before" else "begin"
        why = state(f"left-across-{edge}", day=f"{at:%Y-%m-%d}")
        left = tables.left_out("counts", cut, why)
        return Observations(
            frames[0],
            self._counts[inside],
            frames[1],
            frames[2],
            window,
            self.measures if window else (),
            tables.joined([self._unmapped, left], tables.UNMAPPED),
        )

    def counted(self, every: str = "month", by: str | None = None) -> Observations:
        """Give the events as counts over the months, weeks or days of the window.

        Parameters
        ----------
        every : {"month", "week", "day"}
            How long an interval is; the first and the last may be cut by the window.
        by : {"site", "threat"}, optional
            What to count apart; left out, all together. An event without one is then in no count
            and stands in `unmapped` of the result.

        Returns
        -------
        Observations
            With these counts besides those there are, and without events. They are exact, but
            about so many where an event may lie beyond the window (``date_from``, ``date_to``).
            Where the number of wounded or killed of an event is not told, the interval is missing.
        """
        if by not in (None, "site", "threat"):
            raise ValueError(f'`by` is "site", "threat" or left out, not {by!r}')
        if self._window is None:
            return self
        events, over = self._events, monthly.spans(self._window, every)
        parts: list[tuple[Any, pd.DataFrame]] = [(None, events)]
        if by is not None:
            parts = list(events[events[by].notna()].groupby(by))
        frames = [
            monthly.of_theirs(
                monthly.counted(part, over, measure),
                str(key) if by == "threat" else None,
                (str(key),) if by == "site" else (),
            )
            for key, part in parts
            for measure in self.measures
        ]
        left = events[events[by].isna()] if by else events.iloc[:0]
        why = state(f"left-unknown-{by or 'site'}")
        return Observations(
            events.iloc[:0],
            tables.joined([self._counts, *frames], tables.COUNTS),
            self._levels,
            self._dates,
            None,
            (),
            tables.joined([self._unmapped, tables.left_out("events", left, why)], tables.UNMAPPED),
        )

    def by_month(
        self,
        measure: str = "attacks",
        *,
        threat: str | None = None,
        site: str | Iterable[str] | None = None,
        spread: bool = False,
    ) -> pd.Series[float]:
        """Count by whole months: events one by one, and intervals that fill months exactly.

        Parameters
        ----------
        measure : {"attacks", "wounded", "killed", "strikes"}
            What is counted.
        threat : str, optional
            By which threat; left out, by any.
        site : str or iterable of str, optional
            On which sites; left out, on any.
        spread : bool
            Whether to spread an interval that does not lie in one month evenly over its days:
            months that hold such a number are named in ``.attrs["interpolated"]``.

        Returns
        -------
        Series of float
            By ``month`` (a PeriodIndex), from the first that is known to the last; NaN where a
            month is not known: nobody counted, or no more is known than that it is at most so
            many. Of intervals for which nobody told of all, the parts (by threat, or by sites that
            have none in common) are added if every part that there is tells of the same interval.
        """
        if measure not in tables.MEASURES:
            said = tables.hint(measure, tables.MEASURES)
            raise ValueError(f"there is no measure {measure!r}: {said}")
        sites = tables.sites_of(site)
        counts = self._counts[self._counts["measure"] == measure]
        found = monthly.months(counts, threat, sites, spread)
        if self._window and measure in self.measures:
            events = self._events
            events = events if threat is None else events[events["threat"] == threat]
            events = events[events["site"].isin(sites)] if sites else events
            over = monthly.spans(self._window, "month")
            seen = monthly.counted(events, over, measure)
            own = monthly.months(seen, None, (), False)
            found = pd.concat([own, found[~found.index.isin(own.index)]])
        return monthly.as_series(found, measure)

    def core_counts(self, scenario: Scenario, *, every: str = "month") -> list[CoreCount]:
        """Give everything that was counted as the core takes it, in order of time.

        Parameters
        ----------
        scenario : Scenario
            From whose start days are counted.
        every : {"month", "week", "day"}
            Over which intervals events are counted.

        Returns
        -------
        list of CoreCount
            Tuples. Intervals that nobody counted are left out where they reach beyond the scenario.

        Raises
        ------
        ObservationError
            If the scenario has no such site or threat, an interval reaches beyond its start or its
            horizon, or counts what events tell of already: every one is named.
        """
        frame = self._core_frame(scenario, every)
        return [core_count(row, pd.Timestamp(scenario.start)) for row in frame.to_dict("records")]

    def core_sources(self, scenario: Scenario, *, every: str = "month") -> list[str | None]:
        """Give the source of each of `core_counts`; None where nobody told, and of events."""
        told = self._core_frame(scenario, every)["source"]
        return [None if pd.isna(source) else str(source) for source in told]

    def _core_frame(self, scenario: Scenario, every: str) -> pd.DataFrame:
        """The counts that the core takes, in order of time."""
        monthly.check(every)
        frame = (self.counted(every) if self._window else self)._counts
        told = {"counts": frame, "events": self._events}
        problems = checks.unknown(told, scenario) + self._told_twice()
        first, last = pd.Timestamp(scenario.start), pd.Timestamp(scenario.horizon)
        outside = (frame["from"] < first) | (frame["to"] >= last)
        for row in frame.index[outside & (frame["bound"] != "missing")]:
            problems.append(
                Problem(
                    f"counts[{row}]",
                    "outside",
                    f"{tables.interval(frame.loc[row])} reaches "
                    f"beyond the scenario, {scenario.start} to {scenario.horizon - timedelta(1)}",
                    "take a scenario that starts earlier or ends later, or a part of the "
                    "observations with `since` and `until`",
                )
            )
        if problems:
            raise ObservationError(problems)
        return frame[~outside].sort_values(["from", "to"], kind="stable")

    def table(self) -> pd.DataFrame:
        """Summarise what there is, one row a series.

        Returns
        -------
        DataFrame
            Indexed by ``series``. Columns are ``of`` (events, counts, levels or dates); the
            ``rows``; the first and the last day (``from``, ``to``); the ``total`` that was counted,
            where anything can be added up; and of counts how many are ``exact``, ``unsure`` (about
            or derived), ``at_most`` or ``missing``.
        """
        return summary.table(self._events, self._counts, self._levels, self._dates)

    def left_out(self) -> pd.DataFrame:
        """Summarise what was left out, one row a reason.

        Returns
        -------
        DataFrame
            Indexed by ``of`` (the table) and ``why``. Columns are the ``rows``, and the ``values``
            that are met most often.
        """
        return summary.left_out(self._unmapped)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give what is shown: the `table`, and what was `left_out` if anything was."""
        left = {"left_out": self.left_out()} if len(self._unmapped) else {}
        return {"table": self.table(), **left}

    def plot(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        measure: str | None = None,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw what was counted over time, as a rate: a number for 30 days.

        Events are bars by months; an interval is a bar as wide as it is long, full if it is exact,
        hatched and with a line over the central 80 % if it is unsure, hollow if it is an upper
        bound, and a grey band where nobody counted. There is a panel for the events, one for each
        series of counts, and one for people.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one a panel; left out, those of a new figure.
        measure : {"attacks", "wounded", "killed", "strikes"}, optional
            What was counted; left out, the first of these that there is.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, nothing of it was observed, or there are not as many axes
            as panels.
        """
        there = self.drawable
        if measure is not None and measure not in tables.MEASURES:
            said = tables.hint(measure, tables.MEASURES)
            raise ValueError(f"there is no measure {measure!r}: {said}")
        if measure not in (None, *there) or not (there or len(self._levels)):
            raise ValueError(
                f"no {measure or 'counts and no people'} were observed: there is "
                + (", ".join(there) or self.origin_line)
            )
        return self._drawn(axes, figsize, title, measure or next(iter(there), None))

    @property
    def drawable(self) -> list[str]:
        """The measures of which anything was counted, in the order in which `plot` prefers them."""
        seen = set(self._counts["measure"]) | set(self.measures if self._window else ())
        return [measure for measure in tables.MEASURES if measure in seen]

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return say("observed-notes") + "\n"

    def _told_twice(self) -> list[Problem]:
        """Counts of all that happened on days on which events are a full record of it."""
        if self._window is None:
            return []
        first, last = map(pd.Timestamp, self._window)
        frame: Any = self._counts
        mine = frame["measure"].isin(self.measures) & frame["threat"].isna()
        mine &= frame["site"].map(lambda one: one == ()).astype(bool)
        mine &= (frame["bound"] != "missing").astype(bool)
        mine &= (frame["from"] <= last) & (frame["to"] >= first)
        remedy = (
            "leave one of them out: name in `measures` what events are a full record of, or cut "
            "one of the two with `since` and `until` before they are joined"
        )
        return [
            Problem(
                f"counts[{row}]",
                "told_twice",
                f"{tables.interval(frame.loc[row])} shares days with the window, in which "
                f"events are a full record of {measure}",
                remedy,
            )
            for row, measure in self._counts.loc[mine, "measure"].items()
        ]

    @property
    def origin_line(self) -> str:
        """What there is, in one line."""
        there = {
            "events": self._events,
            "counts": self._counts,
            "levels": self._levels,
            "dates": self._dates,
            "left-out": self._unmapped[self._unmapped["why"] != state(tables.UNREAD)],
        }
        parts = [
            say(f"observed-count-{name}", rows=len(frame))
            for name, frame in there.items()
            if len(frame)
        ]
        if self._window:
            first, last = map(str, self._window)
            parts.append(say("observed-window", first=first, last=last))
        return " · ".join([self.title, *parts])

    @property
    def scenario(self) -> Scenario:
        """There is none.

        Raises
        ------
        ValueError
            Always: observations belong to no scenario.
        """
        raise ValueError("observations belong to no scenario")


def _joined(
    one: Observations, other: Observations, problems: list[Problem]
) -> tuple[Window, tuple[str, ...]]:
    """Window and measures of two that have events."""
    assert one._window
    assert other._window
    first, second = sorted([one._window, other._window])
    same = first == second
    if not same and second[0] != first[1] + timedelta(1):
        problems.append(
            Problem(
                "window",
                "windows",
                f"{first[0]} to {first[1]} and {second[0]} to {second[1]} are neither the same nor "
                "does one begin on the day after the other ends",
                "cut both to the same days, or to days that follow, with `since` and `until`; give "
                "what is known of a part as counts",
            )
        )
    if not same and one.measures != other.measures:
        problems.append(
            Problem(
                "measures",
                "measures",
                f"one has {', '.join(one.measures)}, the other {', '.join(other.measures)}",
                "name the `measures` of both alike; give the rest as counts",
            )
        )
    if same:
        both = one._events.merge(other._events)
        if len(both):
            said = f"{len(both):,} events stand in both, the first on {both['date'].min():%Y-%m-%d}"
            problems.append(Problem("events", "twice", said, "leave them out of one"))
    measures = tuple(m for m in tables.MEASURES if m in one.measures + other.measures)
    return (first[0], max(first[1], second[1])), measures
