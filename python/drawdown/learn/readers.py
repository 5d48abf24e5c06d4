"""Readers: observations made of tables from outside, of records that ship, and of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from .._internal.days import Day, calendar, day
from ..errors import ObservationError, Problem
from ..runs.run import Run
from ..runs.trial import Trial
from ..scenario.scenario import Scenario
from . import interval_tables, loaders
from . import observed_checks as checks
from . import observed_tables as tables
from .places import Names, Near
from .records import EXAMPLES, records
from .sources import Given

# Of observations that are refused anyway, what else is wrong is looked for in so many days.
_ANY = (date(1900, 1, 1), date(2199, 12, 31))


class Readers:
    """The ways in which observations are read.

    Each reader takes a DataFrame or a file, and says which columns are what by our names. It reads
    all that it can make sense of before it refuses: with every problem at once.
    """

    if TYPE_CHECKING:

        @classmethod
        def of(cls, *args: Any, **asked: Any) -> Self:
            """Make observations of tables with the columns that they are kept in."""

        def __add__(self, other: Self) -> Self: ...

    @classmethod
    def _made(cls, problems: list[Problem], **asked: Any) -> Self:
        """Observations of what was read, or every problem of reading it and of what it says."""
        # Days that nobody can read have been told of in their own columns, and so have ids.
        told = {one.code for one in problems if one.code.startswith(("no_day", "unknown_"))}
        try:
            made = cls.of(**asked)
        except ObservationError as error:
            more = [one for one in error.problems if one.code not in told]
            raise ObservationError([*problems, *more]) from None
        if problems:
            raise ObservationError(problems)
        return made

    @classmethod
    def read_events(
        cls,
        table: Given,
        window: tuple[Day, Day] | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        layout: str | None = None,
        sites: Names | None = None,
        near: Near | None = None,
        within_km: float | None = None,
        threats: Names | None = None,
        kinds: Mapping[str, str | None] | None = None,
        within_days: int = 31,
        measures: Iterable[str] | None = None,
        scenario: Scenario | None = None,
    ) -> Self:
        """Read dated events from an export of ACLED, UCDP GED or GTD, or from any table.

        Parameters
        ----------
        table : DataFrame or path
            A frame, or a ``.csv``, ``.tsv`` or ``.parquet`` file.
        window : (date, date)
            The first and the last day on which events would have been seen. Others are left out.
            It is needed: without it a day with no event says nothing.
        columns : mapping, optional
            What columns are called, by our name: ``date`` (a day, month, quarter or year), or
            ``date_from`` and ``date_to``, or ``year``, ``month`` and ``day``; ``precision`` (1 to
            3 as in ACLED, or day, week, month, year); ``place``, ``actor`` and ``kind``, which may
            be several, the finest first; ``latitude``, ``longitude``; ``count``, ``wounded``,
            ``killed``; ``area``, ``country``, ``weapon``, ``source``; ``event_id``; ``site`` and
            ``threat`` where there are ids already. They go before those of a layout; left out, a
            table with a ``date`` and no layout is read by these very names.
        layout : {"acled", "ucdp", "gtd"}, optional
            How the table is laid out; left out, it is known by its columns. The deaths that these
            count are those on all sides, kept as ``deaths`` (and ``injured``): say in `columns`
            which column is the ``killed`` (and ``wounded``) of the force, such as
            ``{"killed": "deaths_a"}`` or ``{"killed": "nkillus"}``.
        sites : mapping, Series or DataFrame, optional
            The site of each place, town or admin unit, by name in any case: the finest name that
            is in the table counts. An empty id stands for any site, None for a place to leave out,
            and ``"*"`` for all other names. With it, or with `near`, events elsewhere are left out.
        near : mapping, optional
            Latitude and longitude of sites, for events whose place is not in `sites`: the nearest
            counts if it is within `within_km`.
        within_km : float, optional
            How many km from a site an event may be. Needed with `near`.
        threats : mapping, Series or DataFrame, optional
            The threat of each actor, as `sites`. Events of other actors are left out.
        kinds : mapping, optional
            What is an ``"attack"`` and what a ``"strike"``, by type of event, as `sites`. Left out,
            every event is an attack; of ACLED battles, explosions and violence against civilians.
        within_days : int
            To how many days an event may be known. It is put on the middle one; ``date_from`` and
            ``date_to`` of the events say which they were.
        measures : iterable of str, optional
            What the table is a full record of, as `of` takes it.
        scenario : Scenario, optional
            Whose ids of sites and threats those of the tables have to be.

        Returns
        -------
        Observations
            With the events, and in `unmapped` every row that was left out, with the one reason why,
            every name in `sites` and `threats` that no row has, and every column of a table without
            a layout that nobody reads.

        Raises
        ------
        ObservationError
            With every problem at once: columns that are not there or whose name is nearly one of
            ours, ids that the scenario does not have, numbers that are none, an event that is there
            twice, or nothing left at all.
        ImportError, OSError, TypeError, ValueError
            If the table cannot be read.
        """
        problems: list[Problem] = []
        seen = checks.window(window, problems) or _ANY
        if scenario is not None:
            asked = {"sites": ("site", sites), "threats": ("threat", threats)}
            if near is not None:
                asked["near"] = ("site", {site: site for site in near})
            problems += checks.mapped(asked, scenario)
        read = loaders.events(
            table,
            seen,
            columns,
            layout,
            sites,
            near,
            within_km,
            threats,
            kinds,
            within_days,
            problems,
        )
        more: Any = {"measures": measures, "scenario": scenario, "unmapped": read.unmapped}
        asked_for = None if window is None else seen
        return cls._made(problems, events=read.rows, window=asked_for, **more)

    @classmethod
    def read_counts(
        cls,
        table: Given,
        *,
        columns: Mapping[str, str] | None = None,
        bound: str = "exact",
        relative_error: float | None = None,
        split: Mapping[str, Any] | None = None,
        threat: str | None = None,
        site: str | Iterable[str] | None = None,
        scenario: Scenario | None = None,
    ) -> Self:
        """Read counts over intervals from a table.

        Parameters
        ----------
        table : DataFrame or path
            A frame, or a ``.csv``, ``.tsv`` or ``.parquet`` file.
        columns : mapping, optional
            What columns are called, by our name: ``from`` and ``to``, days both included (a month
            or year stands for all its days), or ``period`` (a month, quarter or year); the number
            as ``attacks``, ``wounded``, ``killed`` or ``strikes``, several of them if there are, or
            as ``count`` with a ``measure``; ``bound``, ``relative_error``, ``threat``, ``site``,
            ``source``, ``note``. Columns that go by these names already need not be named.
        bound : str
            The bound of all numbers where no column says it, as `of` takes it. An empty cell then
            means that nobody counted. ``"upper"`` in a column is understood as ``"at_most"``.
        relative_error : float, optional
            That of all numbers that are about or derived, where no column says it.
        split : mapping, optional
            Columns that tell how much of the number was on some sites, and which, such as
            ``{"iraq": ["asad", "erbil"], "syria": "syria"}``. Where any is told, the parts stand in
            place of the number; where none is, the number stays. Where all but one are told, that
            one is the rest: name columns for all places that the number counts.
        threat : str, optional
            By which threat, where no column says it; left out, by any.
        site : str or iterable of str, optional
            On which sites, where no column says it; left out, on any.
        scenario : Scenario, optional
            Whose ids they have to be.

        Raises
        ------
        ObservationError, ImportError, OSError, TypeError, ValueError
            As `read_events`.
        """
        problems: list[Problem] = []
        read = interval_tables.counts(
            table, columns, bound, relative_error, split, threat, site, problems
        )
        return cls._made(problems, counts=read.rows, scenario=scenario, unmapped=read.unmapped)

    @classmethod
    def read_cumulative(
        cls,
        table: Given,
        first_day: Day,
        *,
        columns: Mapping[str, str] | None = None,
        bound: str = "derived",
        relative_error: float | None = None,
        split: Mapping[str, Any] | None = None,
        threat: str | None = None,
        scenario: Scenario | None = None,
    ) -> Self:
        """Read statements of how many there have been so far, as counts between statements.

        Parameters
        ----------
        table : DataFrame or path
            A frame, or a ``.csv``, ``.tsv`` or ``.parquet`` file.
        first_day : date
            The day from which they count.
        columns : mapping, optional
            What columns are called, by our name: ``as_of``, the last day counted; the number so far
            as ``attacks``, ``wounded``, ``killed`` or ``strikes``; ``source``, ``note``. An empty
            cell is no statement.
        bound : {"derived", "about", "exact"}
            The bound of the differences; the first number, of which nothing is taken, is about so
            many unless they are exact.
        relative_error : float, optional
            That of all numbers; left out, 0.2.
        split : mapping, optional
            Columns of attacks so far on some sites, and which sites, besides those in `columns`.
        threat : str, optional
            By which threat; left out, by any.
        scenario : Scenario, optional
            Whose ids they have to be.

        Raises
        ------
        ObservationError, ImportError, OSError, TypeError, ValueError
            As `read_events`; and every number that is less than the one before is named.
        """
        problems: list[Problem] = []
        begin = day("first_day", first_day)
        read = interval_tables.cumulative(
            table, columns, begin, bound, relative_error, split, threat, problems
        )
        return cls._made(problems, counts=read.rows, scenario=scenario, unmapped=read.unmapped)

    @classmethod
    def read_levels(
        cls,
        table: Given,
        *,
        columns: Mapping[str, str] | None = None,
        at: str = "end",
        contingent: str | None = None,
        scenario: Scenario | None = None,
    ) -> Self:
        """Read how many people there were from a table.

        Parameters
        ----------
        table : DataFrame or path
            A frame, or a ``.csv``, ``.tsv`` or ``.parquet`` file.
        columns : mapping, optional
            What columns are called, by our name: ``date``, ``people``, ``site``, ``contingent``,
            ``relative_error``, ``source``.
        at : {"end", "begin"}
            On which day of a month, quarter or year people were counted.
        contingent : str, optional
            The contingent that was counted, where no column says it; left out, all.
        scenario : Scenario, optional
            Whose ids they have to be.

        Raises
        ------
        ObservationError, ImportError, OSError, TypeError, ValueError
            As `read_events`.
        """
        if at not in ("end", "begin"):
            raise ValueError(f'`at` is "end" or "begin", not {at!r}')
        problems: list[Problem] = []
        read = interval_tables.levels(table, columns, at, contingent, problems)
        return cls._made(problems, levels=read.rows, scenario=scenario, unmapped=read.unmapped)

    @classmethod
    def read_dates(
        cls,
        table: Given,
        *,
        columns: Mapping[str, str] | None = None,
        kind: str | None = None,
        ids: Names | None = None,
        within_days: int = 1,
        scenario: Scenario | None = None,
    ) -> Self:
        """Read when phases, sites, gates or events of the calendar were reached from a table.

        Parameters
        ----------
        table : DataFrame or path
            A frame, or a ``.csv``, ``.tsv`` or ``.parquet`` file.
        columns : mapping, optional
            What columns are called, by our name: ``date`` (or the first day, with ``date_to`` for
            the last), ``kind``, ``id``, ``source``.
        kind : {"phase", "site", "gate", "event"}, optional
            What they are dates of, where no column says it.
        ids : mapping, Series or DataFrame, optional
            The id of each name in the column of ids, as `sites` of `read_events`; others are left
            out.
        within_days : int
            To how many days a date may be known; it is put on the middle one.
        scenario : Scenario, optional
            Whose ids they have to be.

        Raises
        ------
        ObservationError, ImportError, OSError, TypeError, ValueError
            As `read_events`.
        """
        problems: list[Problem] = []
        read = interval_tables.dates(table, columns, kind, ids, within_days, problems)
        return cls._made(problems, dates=read.rows, scenario=scenario, unmapped=read.unmapped)

    @classmethod
    def example(cls, name: str) -> Self:
        """Make observations of records that ship with the library; `records` has the tables.

        Parameters
        ----------
        name : str
            ``"us-forces-2019-2024"``: attacks on US and coalition forces in Iraq and Syria, by
            intervals with bounds. ``"us-forces-2023-2024"``: the same and injured, from October
            2023 on, between statements. ``"us-forces-events-2019-2024"``: attacks that reports
            name, which are a full record of nothing. ``"us-strikes-2019-2024"``: strikes in answer.
            ``"iraq-2003-2011"``: US people, dead (of all causes) and wounded by month, and attacks
            of January to August 2006. ``"afghanistan-2001-2014"``: US hostile deaths by month.
            ``"afghanistan-2021"``: when places were left. ``"vietnam-1960-1973"``: US people, and
            dead by year.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        if name not in EXAMPLES:
            raise ValueError(f"there is no example {name!r}: {tables.hint(name, list(EXAMPLES))}")
        found = cls.of()
        for reader, record, asked in EXAMPLES[name]:
            table = records(record)
            if not {"source", "source_url"} & set(table.columns):
                table["source"] = table.attrs["source"]
            found += getattr(cls, reader)(table, **asked)
        return found

    @classmethod
    def from_run(cls, run: Run, trial: int = 0) -> Self:
        """Make observations of one simulated history, as if it had happened.

        Parameters
        ----------
        run : Run
            Where the history is from.
        trial : int
            Its number, from 0.

        Returns
        -------
        Observations
            Attacks and strikes as events, with everybody whom they harmed, in a window from the
            start to the day before the horizon; dates at which phases were done, sites empty, gates
            open and events of the calendar there; people by site and contingent after each change.

        Raises
        ------
        ValueError
            If that trial was not run.
        """
        log = run.trial(trial)
        happened = log.events
        scenario = run.scenario
        kinds = [*tables.ATTACKS, "strike", "wounded", "killed"]
        events = happened[happened["kind"].isin(kinds)].drop(columns="time_days")
        events = events.dropna(axis="columns", how="all")
        window = (scenario.start, scenario.horizon - timedelta(1))
        reached = [
            pd.DataFrame(
                {
                    "kind": ours,
                    "id": happened.loc[happened["kind"] == theirs, ours],
                    "date": happened.loc[happened["kind"] == theirs, "date"],
                }
            )
            for theirs, ours in (
                ("phase_finished", "phase"),
                ("site_closed", "site"),
                ("gate_opened", "gate"),
                ("calendar_event", "event"),
            )
        ]
        return cls.of(
            events,
            None,
            _levels(log),
            pd.concat(reached).sort_values("date", kind="stable"),
            window,
            measures=tables.MEASURES,
        )


def _levels(trial: Trial) -> pd.DataFrame:
    """People by site and contingent at the start, and at the end of each day that changed them."""
    history, run = trial._history, trial.run
    days = calendar(run.scenario.start, history["days"])
    last = np.append(days[1:] != days[:-1], True)
    days, people = days[last], history["people"][last]
    before = np.concatenate([np.full_like(people[:1], 0), people[:-1]])
    day, site, contingent = np.nonzero(people != before)
    return pd.DataFrame(
        {
            "date": days[day],
            "site": np.array(run.ids("site"), dtype=object)[site],
            "contingent": np.array(run.ids("contingent"), dtype=object)[contingent],
            "people": people[day, site, contingent],
        }
    )
