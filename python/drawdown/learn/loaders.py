"""Observations read from tables of others: events, counts over intervals, levels and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .._internal.days import Day
from ..languages.statements import Statement, state
from ..problem import Problem
from . import observed_tables as tables
from . import places, sources
from .sources import Columns, Given

# Of these any number can be named, and those that are there are tried in order.
_SEVERAL = ("place", "actor", "kind")
_DATES = ("date", "date_from", "date_to", "year", "month", "day")
_ONE = (
    *(*_DATES, "precision"),
    *("site", "threat", "count", "wounded", "killed", "area", "country", "weapon", "source"),
    *("latitude", "longitude", "event_id", "deaths", "injured"),
)
_OF_EVENTS = [*_SEVERAL, *_ONE]
# What is said of an event, and does not decide whether it counts.
_SPARE = (
    *("count", "wounded", "killed", "area", "country", "weapon", "source"),
    *("event_id", "deaths", "injured"),
)
_ATTACK = "attack"
# Rows of which nobody asks that they be mapped.
_OUTSIDE = ("left-outside", "left-partly-outside")


class Layout(NamedTuple):
    """How a data set is laid out: our columns, and what it calls them.

    Attributes
    ----------
    needs : tuple of str
        Columns by which it is known.
    columns : mapping
        By our name, theirs in the order in which they are tried.
    kinds : mapping
        What their kinds of event are to us; others are left out. Empty: every event is an attack.
    shares : bool
        Whether people who were harmed in several events are divided among these.
    """

    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, str | None]
    shares: bool = False


# By name. Where people are told to have died, it is on all sides: that is `deaths`, and not the
# `killed` of a garrison, unless the user says which column that is.
LAYOUTS = {
    "acled": Layout(
        ("event_date", "event_type", "actor1"),
        {
            "event_id": ("event_id_cnty", "data_id"),
            "date": ("event_date",),
            "precision": ("time_precision",),
            "kind": ("sub_event_type", "event_type"),
            "place": ("location", "admin3", "admin2", "admin1", "country"),
            "actor": ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"),
            "area": ("admin1",),
            "country": ("country",),
            "weapon": ("sub_event_type",),
            "latitude": ("latitude",),
            "longitude": ("longitude",),
            "source": ("source",),
            "deaths": ("fatalities",),
        },
        {
            "Battles": _ATTACK,
            "Explosions/Remote violence": _ATTACK,
            "Violence against civilians": _ATTACK,
        },
    ),
    "ucdp": Layout(
        ("date_start", "date_end", "best"),
        {
            "event_id": ("id",),
            "date_from": ("date_start",),
            "date_to": ("date_end",),
            "place": ("where_coordinates", "where_description", "adm_2", "adm_1", "country"),
            "actor": ("side_b", "side_a", "dyad_name", "dyad_new_id", "dyad_id"),
            "area": ("adm_1",),
            "country": ("country",),
            "latitude": ("latitude", "lat"),
            "longitude": ("longitude", "lon"),
            "source": ("source_office", "source_article"),
            "deaths": ("best",),
        },
        {},
    ),
    "gtd": Layout(
        ("iyear", "imonth", "iday", "gname"),
        {
            "event_id": ("eventid",),
            "year": ("iyear",),
            "month": ("imonth",),
            "day": ("iday",),
            "place": ("location", "city", "provstate", "country_txt"),
            "actor": ("gname", "gname2", "gname3"),
            "area": ("provstate",),
            "country": ("country_txt",),
            "weapon": ("weaptype1_txt",),
            "latitude": ("latitude",),
            "longitude": ("longitude",),
            "source": ("scite1",),
            "deaths": ("nkill",),
            "injured": ("nwound",),
        },
        {},
        shares=True,
    ),
}


class Read(NamedTuple):
    """What was read of a table: rows as they are kept, and those left out."""

    rows: pd.DataFrame
    unmapped: pd.DataFrame


def events(
    given: Given,
    window: tuple[Day, Day],
    columns: Columns | None,
    layout: str | None,
    sites: places.Names | None,
    near: places.Near | None,
    within_km: float | None,
    threats: places.Names | None,
    kinds: Mapping[str, str | None] | None,
    within_days: int,
    problems: list[Problem],
) -> Read:
    """The events of a table in our columns; `Observations.read_events` says what is asked."""
    frame = sources.table(given)
    frame = frame if frame.index.is_unique else frame.reset_index(drop=True)
    form = _layout(frame, layout, columns, problems)
    theirs = _theirs(frame, form, columns, problems)
    # Of an export it is known that most of its columns are not read.
    over = tables.empty(tables.UNMAPPED) if form.needs else _unread(frame, theirs, problems)
    by_site = None if sites is None else places.names(sites, "sites", problems)
    by_threat = None if threats is None else places.names(threats, "threats", problems)
    if near is not None:
        places.check_near(near, within_km, problems)
    for name, asked, why in (
        ("place", sites, "sites"),
        ("latitude", near, "near"),
        ("longitude", near, "near"),
        ("actor", threats, "threats"),
    ):
        if asked is not None and name not in {*theirs, *(columns or {})}:
            said = f"`{why}` is given, and no column is the {name}"
            remedy = f"name it, such as columns={{'{name}': ...}}"
            problems.append(Problem(f"columns[{name}]", "no_column", said, remedy))
    # Without one of the others nobody can say which rows are meant.
    spare = {f"columns[{name}]" for name in _SPARE}
    if not all(one.path in spare or one.code == "unknown_column" for one in problems):
        return Read(tables.empty(tables.EVENTS), tables.empty(tables.UNMAPPED))
    rows = _Rows(frame, theirs)
    rows.dated(within_days)
    rows.inside(window)
    rows.kinds(form.kinds if kinds is None else kinds)
    rows.placed(by_site, near, within_km or 0.0)
    rows.blamed(by_threat)
    read = rows.read(form.shares, problems)
    return Read(read.rows, tables.joined([read.unmapped, over], tables.UNMAPPED))


class _Rows:
    """The rows of a table on their way into our columns; each left out for one reason at most."""

    def __init__(self, frame: pd.DataFrame, theirs: Mapping[str, list[str]]) -> None:
        self.frame, self.theirs = frame, theirs
        self.found = pd.DataFrame(index=frame.index)
        self.why = tables.reasons(pd.NA, frame.index)
        self.value = pd.Series(pd.NA, frame.index, dtype="string")
        self.unused: list[tuple[str, str, Statement]] = []

    def leave_out(self, rows: Any, why: Any, value: pd.Series[Any]) -> None:
        """Leave out those of these rows that are still there."""
        rows = np.asarray(rows, dtype=bool) & self.why.isna().to_numpy()
        self.why = self.why.mask(rows, tables.reasons(why, self.why.index))
        self.value = self.value.mask(rows, value)

    def texts(self, name: str) -> pd.Series[Any]:
        """The first column that goes by a name; nothing where there is none."""
        sheet = tables.Sheet("events", self.frame, [])
        return sheet.texts(self.theirs[name][0] if name in self.theirs else "")

    def dated(self, within_days: int) -> None:
        """Find the days of each row, and its day: the middle one if there are several."""
        span = _spans_of(self.frame, self.theirs)
        days = (span["to"] - span["from"]).dt.days
        self.found["date_from"], self.found["date_to"] = span["from"], span["to"]
        middle = span["from"] + pd.to_timedelta((days // 2).fillna(0), unit="D")
        self.found["date"] = middle.astype("datetime64[s]")
        told = self._told(["date", "precision", "date_from", "date_to", "year", "month", "day"])
        self.leave_out(days.isna() | (days < 0), state("left-undated"), told)
        self.leave_out(days >= within_days, state("left-wide", days=within_days), told)

    def inside(self, window: tuple[Any, Any]) -> None:
        """Leave out what lies outside the window."""
        first, last = map(pd.Timestamp, window)
        date, begin, end = (self.found[name] for name in ("date", "date_from", "date_to"))
        outside, partly = (date < first) | (date > last), (end >= first) & (begin <= last)
        told = date.dt.strftime("%Y-%m-%d")
        self.leave_out(outside & partly, state("left-partly-outside"), told)
        self.leave_out(outside, state("left-outside"), told)

    def kinds(self, table: Mapping[str, str | None]) -> None:
        """Say of each row which kind of event it is."""
        columns = self.theirs.get("kind", [])
        if not table:
            self.found["kind"] = self.texts("kind").fillna(_ATTACK)
            return
        folded = places.names(table, "kinds", [])
        mapped = places.by_name(self.frame, columns, folded)
        self.found["kind"] = mapped.ids.fillna(_ATTACK)
        self._left_by(mapped, "kind", self._told(["kind"]))

    def placed(self, table: Any, near: places.Near | None, most: float) -> None:
        """Say of each row on which site it was."""
        self.found["site"] = self.texts("site")
        columns = self.theirs.get("place", [])
        if table is not None:
            mapped = places.by_name(self.frame, columns, table)
            self._unused("sites", mapped, columns)
        if near is not None:
            at = (self.theirs["latitude"][0], self.theirs["longitude"][0])
            close = places.by_distance(self.frame, at, near, most)
            mapped = close if table is None else places.by_either(mapped, close)
        if table is not None or near is not None:
            self.found["site"] = mapped.ids
            self._left_by(mapped, "place", self._told(["place", "latitude", "longitude"]))

    def blamed(self, table: Any) -> None:
        """Say of each row by which threat it was."""
        self.found["threat"] = self.texts("threat")
        if table is None:
            return
        columns = self.theirs.get("actor", [])
        mapped = places.by_name(self.frame, columns, table)
        self._unused("threats", mapped, columns)
        self.found["threat"] = mapped.ids
        self._left_by(mapped, "actor", self._told(["actor"]))

    def read(self, shares: bool, problems: list[Problem]) -> Read:
        """The rows that are left, and what was left out."""
        kept = self.why.isna()
        found = self.found[kept].copy()
        numbers = pd.DataFrame(
            {
                name: self.frame.loc[kept, self.theirs[name][0]]
                for name in ("count", "wounded", "killed")
                if name in self.theirs
            },
            found.index,
        )
        found = found.join(numbers)
        for name in ("area", "country", "weapon", "source", "event_id", "deaths", "injured"):
            if name in self.theirs:
                found[name] = self.texts(name)[kept]
        for name in ("place", "actor"):
            if name in self.theirs:
                found[name] = self.texts(name)[kept]
        if "event_id" in found:
            again = found["event_id"].duplicated() & found["event_id"].notna()
            for row in found.index[again]:
                said = f"the event {found['event_id'][row]} is there twice"
                remedy = "leave one of them out"
                problems.append(Problem(f"events[{row}]", "twice", said, remedy))
        parts = [self._left()]
        if shares:
            parts += [_divided(found, name) for name in ("wounded", "killed") if name in found]
        self._nothing(kept, problems)
        for name in ("deaths", "injured"):
            if name in found:
                found[name] = pd.to_numeric(found[name], errors="coerce")
        return Read(found, tables.joined([part for part in parts if len(part)], tables.UNMAPPED))

    def _told(self, names: Sequence[str]) -> pd.Series[Any]:
        """What stands in the columns of these names."""
        columns = list(dict.fromkeys(c for name in names for c in self.theirs.get(name, [])))
        if not columns:
            return pd.Series("", self.frame.index, dtype="string")
        cells = [self.frame[column].map(_written) for column in columns]
        told = [", ".join(dict.fromkeys(filter(None, row))) for row in zip(*cells, strict=True)]
        return pd.Series(told, self.frame.index, dtype="string")

    def _left_by(self, mapped: places.Mapped, what: str, told: pd.Series[Any]) -> None:
        whys = {why: state(f"left-by-{what}", why=why) for why in mapped.why.dropna().unique()}
        self.leave_out(mapped.why.notna(), [whys.get(why, pd.NA) for why in mapped.why], told)

    def _unused(self, what: str, mapped: places.Mapped, columns: Sequence[str]) -> None:
        for name in mapped.unused:
            if name != places.OTHERS:
                near = places.close_to(name, self.frame, columns)
                why = state("left-no-row-near", name=near) if near else state("left-no-row")
                self.unused.append((what, name, why))

    def _left(self) -> pd.DataFrame:
        """The rows left out, and the names of tables that nothing goes by."""
        out = self.why.notna()
        date = self.found["date"].dt.strftime("%Y-%m-%d").astype("string")
        left = pd.DataFrame(
            {
                "of": "events",
                "row": self.frame.index.astype(str),
                "date": date,
                "value": self.value,
                "count": self._told_count(),
                "why": self.why,
                "source": self.texts("source"),
            },
            self.frame.index,
        )[out]
        names = pd.DataFrame(self.unused, columns=["of", "value", "why"], dtype="object")
        return tables.joined([left, names], tables.UNMAPPED)

    def _told_count(self) -> pd.Series[float]:
        """How many attacks a row says that it is, as far as it is a number."""
        if "count" not in self.theirs:
            return pd.Series(1.0, self.frame.index)
        return pd.to_numeric(self.frame[self.theirs["count"][0]], errors="coerce").fillna(1.0)

    def _nothing(self, kept: pd.Series[bool], problems: list[Problem]) -> None:
        """Take note of it where rows of the window are all left out."""
        mapped = self.why.map(lambda why: pd.isna(why) or why.key not in _OUTSIDE)
        if kept.any() or not mapped.any():
            return
        whys = self.why[mapped].str.partition(":")[0].value_counts()
        most = self.value[mapped].value_counts().head(5)
        told = ", ".join(f'"{value}" ({count:,})' for value, count in most.items())
        said = ", ".join(f"{count:,}: {why}" for why, count in whys.items())
        remedy = f"most of them have {told}: write these into the tables, or correct the columns"
        what = f"all {int(mapped.sum()):,} rows are left out ({said})"
        problems.append(Problem("events", "nothing_mapped", what, remedy))


def _written(cell: Any) -> str:
    return "" if tables.nothing(cell) else str(cell).strip()


def _divided(found: pd.DataFrame, name: str) -> pd.DataFrame:
    """Make numbers that are shares of several events missing, and give what they were."""
    value = pd.to_numeric(found[name], errors="coerce")
    some = value.notna() & (value != np.floor(value))
    why = state("left-share")
    left: pd.DataFrame = pd.DataFrame(
        {
            "of": f"events.{name}",
            "row": found.index.astype(str),
            "date": found["date"].dt.strftime("%Y-%m-%d"),
            "value": found[name].astype("string"),
            "count": value,
            "why": tables.reasons(why, found.index),
        },
        found.index,
    )[some]
    found[name] = value.mask(some)
    return left


def _layout(
    frame: pd.DataFrame, asked: str | None, columns: Columns | None, problems: list[Problem]
) -> Layout:
    if asked is not None:
        if asked not in LAYOUTS:
            said = f'"{asked}" is not known'
            problems.append(Problem("layout", "unknown_layout", said, tables.hint(asked, LAYOUTS)))
        return LAYOUTS.get(asked, Layout((), {}, {}))
    there = set(frame.columns)
    found = [form for form in LAYOUTS.values() if set(form.needs) <= there]
    if found:
        return found[0]
    if not columns and "date" in there:
        # Its names are ours.
        return Layout((), {name: (name,) for name in _OF_EVENTS}, {})
    if not columns:
        remedy = (
            "say which column is what, such as columns={'date': 'day', 'place': 'town'}; there are "
            + ", ".join(map(str, frame.columns))
        )
        said = f"the columns are not those of {', '.join(LAYOUTS)}"
        problems.append(Problem("columns", "unknown_layout", said, remedy))
    return Layout((), {}, {})


def _theirs(
    frame: pd.DataFrame,
    form: Layout,
    columns: Mapping[str, str | Sequence[str]] | None,
    problems: list[Problem],
) -> dict[str, list[str]]:
    """Their columns by our name: those of the layout that are there, and those asked for."""
    found = {
        name: [one for one in theirs if one in frame.columns]
        for name, theirs in form.columns.items()
    }
    for name, given in (columns or {}).items():
        asked = [given] if isinstance(given, str) else list(given)
        for one in asked:
            sources.checked(frame, {name: one}, _OF_EVENTS, problems)
        found[name] = [one for one in asked if one in frame.columns]
        if name == "date":  # in place of those of the layout
            for other in set(_DATES) - {"date"}:
                found.pop(other, None)
    found = {name: theirs for name, theirs in found.items() if theirs}
    if not {"date", "date_from", "year"} & set(found) and not problems:
        said = "no column is the date"
        remedy = "name it, such as columns={'date': 'day'}"
        problems.append(Problem("columns", "no_column", said, remedy))
    return found


def _unread(
    frame: pd.DataFrame, theirs: Mapping[str, list[str]], problems: list[Problem]
) -> pd.DataFrame:
    """Columns that are left out. Reports those whose name looks like a slip."""
    used = [column for columns in theirs.values() for column in columns]
    # What has one of our names was left out on purpose, and an export may keep names of its own.
    exported = {
        one for form in LAYOUTS.values() for columns in form.columns.values() for one in columns
    }
    known = {*_OF_EVENTS} - set(theirs) - set(frame.columns)
    if set(_DATES) & set(theirs):
        known -= set(_DATES)
    theirs_own = [name for name in frame.columns if name in exported and name not in used]
    left, slips = sources.unread(frame.drop(columns=theirs_own), "events", {}, used, sorted(known))
    problems += slips
    own = tables.columns_unread(theirs_own, "events")
    return tables.joined([left, own], tables.UNMAPPED)


def _spans_of(frame: pd.DataFrame, theirs: Mapping[str, list[str]]) -> pd.DataFrame:
    """First and last day of each row."""
    if "date" in theirs:
        span = sources.spans(frame[theirs["date"][0]])
        if "precision" in theirs:
            span = _by_precision(span, frame[theirs["precision"][0]])
        return span
    if "year" in theirs:
        parts = [
            pd.to_numeric(frame[theirs[name][0]], errors="coerce").fillna(0).astype(int)
            if name in theirs
            else pd.Series(0, frame.index)
            for name in ("year", "month", "day")
        ]
        # A month or a day of 0 is not known.
        texts = [
            f"{year:04d}" + (f"-{month:02d}" + (f"-{day:02d}" if day else "") if month else "")
            for year, month, day in zip(*parts, strict=True)
        ]
        return sources.spans(pd.Series(texts, frame.index, dtype="object"))
    first = sources.spans(frame[theirs["date_from"][0]])
    last = sources.spans(frame[theirs.get("date_to", theirs["date_from"])[0]])
    return pd.DataFrame({"from": first["from"], "to": last["to"].fillna(first["to"])})


def _by_precision(span: pd.DataFrame, precision: pd.Series[Any]) -> pd.DataFrame:
    """Days that a date stands for: itself, three more on each side, or its month or year."""
    told = precision.map(lambda one: "" if tables.nothing(one) else str(one).strip().casefold())
    week, month = told.isin(["2", "2.0", "week"]), told.isin(["3", "3.0", "month"])
    year, exact = told == "year", told.isin(["", "1", "1.0", "day"])
    day = span["from"].notna()
    found = span.where(week | month | year | exact)
    found.loc[week & day, "from"] -= pd.Timedelta(days=3)
    found.loc[week & day, "to"] += pd.Timedelta(days=3)
    for rows, freq in ((month & day, "M"), (year & day, "Y")):
        period = span.loc[rows, "from"].dt.to_period(freq)
        found.loc[rows, "from"] = period.dt.start_time.astype("datetime64[s]")
        found.loc[rows, "to"] = period.dt.end_time.dt.floor("D").astype("datetime64[s]")
    return found
