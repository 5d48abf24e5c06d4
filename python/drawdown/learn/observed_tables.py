"""Tables of observations as they are kept: columns, types, and everything that is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import _core
from ..languages.statements import Statement, state
from ..problem import Problem

MEASURES = ("attacks", "wounded", "killed", "strikes")
BOUNDS = ("exact", "about", "at_most", "derived", "missing")
# Bounds whose numbers have an error.
UNSURE = ("about", "derived")
KINDS_OF_DATE = ("phase", "site", "gate", "event")
# Kinds of event that are an attack, as a run logs them.
ATTACKS = ("attack", "attack_intercepted")
# The relative error of what was said to be about so many, unless another is given.
RELATIVE_ERROR = 0.2
# The most that the core counts.
_MOST = 2**32 - 1
# The message of a column that is left out.
UNREAD = "left-unread"
# So near is a name to one of ours that was meant: "bounds" and "notes", and not "country" (count).
_A_SLIP = 0.85
# A day, perhaps with a time of day that is not kept.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")

EVENTS = {
    "date": "datetime64[s]",
    "kind": "string",
    "site": "string",
    "threat": "string",
    "count": "int64",
    "wounded": "Int64",
    "killed": "Int64",
    "area": "string",
    "country": "string",
    "weapon": "string",
    "source": "string",
}
COUNTS = {
    "from": "datetime64[s]",
    "to": "datetime64[s]",
    "measure": "string",
    "threat": "string",
    "site": "object",
    "count": "float64",
    "bound": "string",
    "relative_error": "float64",
    "source": "string",
    "note": "string",
}
LEVELS = {
    "date": "datetime64[s]",
    "site": "string",
    "contingent": "string",
    "people": "float64",
    "relative_error": "float64",
    "source": "string",
}
DATES = {"kind": "string", "id": "string", "date": "datetime64[s]", "source": "string"}
UNMAPPED = {
    "of": "string",
    "row": "string",
    "date": "string",
    "value": "string",
    "count": "float64",
    # Statements: a column of texts would keep only what they are in English.
    "why": "object",
    "source": "string",
}


class Sheet(NamedTuple):
    """A table that is read column by column, and where its problems go."""

    name: str
    frame: pd.DataFrame
    problems: list[Problem]

    def at(self, row: Any, column: str = "") -> str:
        """Where something is wrong."""
        return f"{self.name}[{row}]" + (f".{column}" if column else "")

    def wrong(self, rows: Any, column: str, code: str, what: Any, remedy: str) -> None:
        """Take note of a problem in each of these rows; `what` is asked for each value."""
        for row in map(int, np.flatnonzero(np.asarray(rows, dtype=bool))):
            value = self.frame[column].iloc[row] if column in self.frame else None
            said = what(value) if callable(what) else what
            place = self.at(self.frame.index[row], column)
            self.problems.append(Problem(place, code, said, remedy))

    def texts(self, column: str, default: str | None = None) -> pd.Series[Any]:
        """A column of texts; a number stands for its text, and an empty text for none."""
        if column not in self.frame:
            return pd.Series(default, self.frame.index, dtype="string")
        found = self.frame[column]
        given = found.map(lambda one: one if nothing(one) else str(one).strip()).astype("string")
        given = given.mask(given == "")
        return given if default is None else given.fillna(default)

    def days(self, column: str) -> pd.Series[Any]:
        """A column of days; a time of day is not kept."""
        if column not in self.frame:
            return pd.Series(pd.NaT, self.frame.index, dtype="datetime64[s]")
        found = days_of(self.frame[column])
        remedy = 'write a day such as "2024-01-28"; what is known to the month is a count over it'
        self.wrong(found.isna(), column, "no_day", lambda value: f"{said(value)} is no day", remedy)
        return found

    def numbers(self, column: str, *, whole: bool, default: float = np.nan) -> pd.Series[float]:
        """A column of numbers that are not below 0; what is missing is NaN, or the default."""
        if column not in self.frame:
            return pd.Series(default, self.frame.index, dtype="float64")
        given = self.frame[column]
        found = _numbers(given)
        missing = given.map(nothing).to_numpy(dtype=bool)
        remedy = "write a whole number from 0 on" if whole else "write a number from 0 on"
        no_number = (found.isna() & ~missing) | np.isinf(found)
        self.wrong(no_number, column, "no_number", lambda v: f"{said(v)} is no number", remedy)
        self.wrong(found < 0, column, "negative", lambda v: f"{v} is below 0", remedy)
        if whole:
            some = np.isfinite(found) & (found >= 0) & (found != np.floor(found))
            self.wrong(some, column, "not_whole", lambda v: f"{v} is not whole", remedy)
            large = np.isfinite(found) & (found > _MOST)
            self.wrong(large, column, "too_large", lambda v: f"{v} is more than {_MOST:,}", remedy)
        return found.fillna(default)

    def one_of(self, found: pd.Series[Any], column: str, code: str, known: Collection[str]) -> None:
        """Take note of each text that is not among the known ones."""
        wrong = (~found.isin(list(known))).to_numpy(dtype=bool)
        for row in map(int, np.flatnonzero(wrong)):
            value = found.iloc[row]
            place = self.at(self.frame.index[row], column)
            said = "there is none" if value is pd.NA else f'"{value}" is not known'
            self.problems.append(Problem(place, code, said, hint(value, known)))


def days_of(given: pd.Series[Any]) -> pd.Series[Any]:
    """Days, without a time of day or a zone; missing where none is told, or it may be another."""
    if not pd.api.types.is_datetime64_any_dtype(given.dtype):
        given = given.map(_as_day).astype("datetime64[s]")
    if getattr(given.dt, "tz", None) is not None:
        given = given.dt.tz_localize(None)
    found: pd.Series[Any] = given.dt.floor("D").astype("datetime64[s]")
    return found


def _numbers(given: pd.Series[Any]) -> pd.Series[float]:
    """Numbers, and texts of them; a span of time, a day or a truth is none."""
    types = pd.api.types
    kinds = (types.is_timedelta64_dtype, types.is_datetime64_any_dtype, types.is_bool_dtype)
    if any(of(given.dtype) for of in kinds):
        return pd.Series(np.nan, given.index, dtype="float64")
    return pd.to_numeric(given, errors="coerce").astype("float64")


def hint(value: Any, known: Collection[str]) -> str:
    """What to write in place of an unknown word."""
    near = get_close_matches(str(value), list(known), 1)
    said = f'did you mean "{near[0]}"? ' if near else ""
    return f"{said}write one of {', '.join(known)}"


def slip(column: str, wanting: Iterable[str]) -> str:
    """The name among those that no column has which a column's was meant to be, if any."""
    plain = re.sub(r"[\s-]+", "_", column.strip().lower())
    return next(iter(get_close_matches(plain, list(wanting), 1, _A_SLIP)), "")


def slipped(name: str, column: str, near: str, also: str = "") -> Problem:
    """What to say of a column that nobody reads, since its name is not quite one of ours."""
    remedy = f'did you mean "{near}"? rename it{also}, or leave the column out'
    return Problem(f"{name}.{column}", "unknown_column", state(UNREAD), remedy)


def _no_slips(sheet: Sheet, known: Collection[str]) -> None:
    """Take note of columns whose name looks like a slip: nothing would be read of them."""
    wanting = [name for name in known if name not in sheet.frame]
    for column in map(str, sheet.frame.columns):
        if column not in known and (near := slip(column, wanting)):
            sheet.problems.append(slipped(sheet.name, column, near))


def events(given: Any, problems: list[Problem]) -> pd.DataFrame:
    """Events as they are kept: one row an attack or a strike, with those whom it harmed."""
    sheet = Sheet("events", _frame("events", given, problems), problems)
    if sheet.frame.empty:
        return empty(EVENTS)
    found = pd.DataFrame(
        {
            "date": sheet.days("date"),
            "kind": sheet.texts("kind", "attack"),
            "site": sheet.texts("site"),
            "threat": sheet.texts("threat"),
            "count": sheet.numbers("count", whole=True, default=1),
            "wounded": sheet.numbers("wounded", whole=True),
            "killed": sheet.numbers("killed", whole=True),
        }
    )
    sheet.one_of(found["kind"], "kind", "unknown_kind", [kind for kind, _ in _core.event_kinds()])
    for name in ("area", "country", "weapon", "source"):
        found[name] = sheet.texts(name)
    for name in sheet.frame.columns:
        if name not in found:
            found[str(name)] = sheet.frame[name]
    return _with_harm(sheet, found).sort_values("date", kind="stable")


def counts(given: Any, problems: list[Problem]) -> pd.DataFrame:
    """Counts over intervals as they are kept."""
    sheet = Sheet("counts", _frame("counts", given, problems), problems)
    if sheet.frame.empty:
        return empty(COUNTS)
    _no_slips(sheet, COUNTS)
    bound = sheet.texts("bound", "exact")
    found = pd.DataFrame(
        {
            "from": sheet.days("from"),
            "to": sheet.days("to"),
            "measure": sheet.texts("measure", "attacks"),
            "threat": sheet.texts("threat"),
            "site": _sites(sheet),
            "count": sheet.numbers("count", whole=True),
            "bound": bound,
            "relative_error": _errors(sheet, bound),
            "source": sheet.texts("source"),
            "note": sheet.texts("note"),
        }
    )
    sheet.one_of(found["measure"], "measure", "unknown_measure", MEASURES)
    sheet.one_of(bound, "bound", "unknown_bound", BOUNDS)
    without = found["count"].isna() & sheet.frame.get("count", found["count"]).map(nothing)
    said = 'write the number, or the bound "missing" where nobody counted'
    sheet.wrong(without & (bound != "missing"), "count", "no_count", "no number is given", said)
    told = found["count"].notna() & (bound == "missing")
    said = 'leave the number out, or write another bound, such as "about"'
    sheet.wrong(told, "count", "count_of_missing", lambda v: f'{v} has the bound "missing"', said)
    _overlaps(sheet, found)
    return found


def levels(given: Any, problems: list[Problem]) -> pd.DataFrame:
    """Numbers of people at a date as they are kept."""
    sheet = Sheet("levels", _frame("levels", given, problems), problems)
    if sheet.frame.empty:
        return empty(LEVELS)
    _no_slips(sheet, LEVELS)
    people = sheet.numbers("people", whole=False)
    without = people.isna() & sheet.frame.get("people", people).map(nothing)
    sheet.wrong(
        without, "people", "no_count", "no number is given", "write it, or leave out the row"
    )
    found = pd.DataFrame(
        {
            "date": sheet.days("date"),
            "site": sheet.texts("site"),
            "contingent": sheet.texts("contingent"),
            "people": people,
            "relative_error": sheet.numbers("relative_error", whole=False),
            "source": sheet.texts("source"),
        }
    )
    twice = found.duplicated(["date", "site", "contingent"]) & found["date"].notna()
    remedy = "keep the one that is to count, or tell them apart by site or contingent"
    sheet.wrong(twice, "date", "twice", "there is a number of the same people on that day", remedy)
    return found


def dates(given: Any, problems: list[Problem]) -> pd.DataFrame:
    """Dates that were reached as they are kept."""
    sheet = Sheet("dates", _frame("dates", given, problems), problems)
    if sheet.frame.empty:
        return empty(DATES)
    _no_slips(sheet, DATES)
    kind, of = sheet.texts("kind"), sheet.texts("id")
    sheet.one_of(kind, "kind", "unknown_kind", KINDS_OF_DATE)
    remedy = "write the id of the phase, site, gate or event"
    sheet.wrong(of.isna(), "id", "no_id", "there is no id", remedy)
    return pd.DataFrame(
        {"kind": kind, "id": of, "date": sheet.days("date"), "source": sheet.texts("source")}
    )


def empty(columns: dict[str, str]) -> pd.DataFrame:
    """A table without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def joined(frames: list[pd.DataFrame], columns: dict[str, str]) -> pd.DataFrame:
    """Tables one below another; one without rows adds nothing."""
    there = [frame.reset_index(drop=True) for frame in frames if len(frame)]
    if not there:
        return empty(columns)
    found = pd.concat(there, ignore_index=True)
    for name in columns:
        if name not in found:
            found[name] = pd.Series(index=found.index, dtype=columns[name])
    return typed(found[[*columns, *(one for one in found if one not in columns)]], columns)


def typed(frame: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """The table with the types of its columns, rows numbered from 0."""
    return frame.astype({name: columns[name] for name in columns}).reset_index(drop=True)


def left_out(of: str, rows: pd.DataFrame, why: Statement) -> pd.DataFrame:
    """Rows of a table that are left out, as `Observations.unmapped` gives them."""
    if rows.empty:
        return empty(UNMAPPED)
    value: Any
    count: Any
    if of == "counts":
        ends = zip(rows["from"], rows["to"], strict=True)
        when = [f"{written_day(first)} to {written_day(last)}" for first, last in ends]
        value, count = rows["measure"], rows["count"]
    else:
        when = list(map(written_day, rows["date"]))
        value, count = rows.get("kind", rows.get("id")), rows.get("count", rows.get("people"))
    found = {"of": of, "row": rows.index.astype(str), "date": when, "value": value, "count": count}
    found |= {"why": reasons(why, rows.index), "source": rows["source"]}
    frame = pd.DataFrame(found, rows.index)
    return frame.astype(UNMAPPED).reset_index(drop=True)


def reasons(why: Any, index: pd.Index[Any]) -> pd.Series[Any]:
    """Why rows are left out: one reason for all, one for each, or none yet (NA)."""
    return pd.Series(why if isinstance(why, list) else [why] * len(index), index, dtype="object")


def columns_unread(columns: Iterable[str], of: str) -> pd.DataFrame:
    """Columns of a table that nobody reads, as `Observations.unmapped` gives them."""
    frame = pd.DataFrame({"of": of, "value": list(columns)})
    frame["why"] = reasons(state(UNREAD), frame.index)
    return joined([frame], UNMAPPED)


def sites_of(value: Any) -> tuple[str, ...]:
    """Ids of sites, however they are given; none: any."""
    if nothing(value):
        return ()
    parts = re.split(r"[,;]", value) if isinstance(value, str) else value
    return tuple(sorted({str(part).strip() for part in parts} - {""}))


def _frame(name: str, given: Any, problems: list[Problem]) -> pd.DataFrame:
    if given is None:
        return pd.DataFrame()
    if not isinstance(given, pd.DataFrame):
        remedy = "give a pandas DataFrame"
        what = f"a {type(given).__name__} is no table"
        problems.append(Problem(name, "no_table", what, remedy))
        return pd.DataFrame()
    needed = {"events": ["date"], "counts": ["from", "to", "count"], "levels": ["date", "people"]}
    missing = [one for one in needed.get(name, ["kind", "id", "date"]) if one not in given.columns]
    for column in missing:
        remedy = f"name a column so; there are {', '.join(map(str, given.columns))}"
        problems.append(Problem(f"{name}.{column}", "no_column", "the column is missing", remedy))
    if missing:
        return pd.DataFrame()
    return given if given.index.is_unique else given.reset_index(drop=True)


def _with_harm(sheet: Sheet, found: pd.DataFrame) -> pd.DataFrame:
    """The events with those whom an attack harmed in its row, not in rows of their own.

    A run logs them as events of the kinds ``wounded`` and ``killed`` with the number of the attack.
    """
    harm = found["kind"].isin(["wounded", "killed"])
    if not harm.any():
        return found
    if "attack" not in found:
        remedy = (
            "give the number of the attack as `attack`, or people as columns of the attack's row"
        )
        for row in found.index[harm]:
            said = "people were harmed, and by which attack is not told"
            sheet.problems.append(Problem(sheet.at(row, "attack"), "no_attack", said, remedy))
        return found
    if "trial" in found and found["trial"].nunique() > 1:
        said = f"there are {found['trial'].nunique()} trials, and only one history is observed"
        remedy = "give one trial: `Observations.from_run(run, trial)`"
        sheet.problems.append(Problem("events.trial", "trials", said, remedy))
        return found
    attacks = found[~harm].copy()
    mine = attacks["kind"].isin(ATTACKS)
    number = attacks["attack"]
    for name in ("wounded", "killed"):
        rows = found[found["kind"] == name]
        people = number.map(rows.groupby("attack")["count"].sum()).astype("float64")
        given = attacks[name].fillna(people).fillna(0)
        attacks[name] = given.where(mine)
    return attacks


def _sites(sheet: Sheet) -> pd.Series[Any]:
    if "site" not in sheet.frame:
        return pd.Series([()] * len(sheet.frame), sheet.frame.index, dtype="object")
    return pd.Series(
        [sites_of(one) for one in sheet.frame["site"]], sheet.frame.index, dtype="object"
    )


def _errors(sheet: Sheet, bound: pd.Series[Any]) -> pd.Series[float]:
    """Relative errors: of what is about so many, that given or the usual one; of others none."""
    given = sheet.numbers("relative_error", whole=False)
    unsure = bound.isin(UNSURE)
    remedy = "leave it out, or write a bound that has an error: about or derived"
    sheet.wrong(
        given.notna() & (given > 0) & ~unsure,
        "relative_error",
        "error_of_sure",
        lambda v: f"{v} is given for a bound that has no error",
        remedy,
    )
    remedy = 'write a number above 0, such as 0.2, or the bound "exact"'
    sheet.wrong((given == 0) & unsure, "relative_error", "no_error", "it is 0", remedy)
    return given.fillna(RELATIVE_ERROR).where(unsure)


def _overlaps(sheet: Sheet, found: pd.DataFrame) -> None:
    """Take note of intervals that end before they begin, or share days with others of a series."""
    reversed_ = found["from"] > found["to"]
    remedy = "both days are included: write the earlier one as from"
    for row in map(int, np.flatnonzero(reversed_)):
        said = f"{interval(found.iloc[row])} is reversed"
        place = sheet.at(sheet.frame.index[row])
        sheet.problems.append(Problem(place, "reversed", said, remedy))
    good = found[found["from"].notna() & found["to"].notna() & ~reversed_]
    series = [good["measure"].fillna(""), good["threat"].fillna(""), good["site"]]
    remedy = (
        "both days are included: let the later one begin a day after the other ends, or tell the "
        "series apart by measure, threat or site"
    )
    for _, part in good.groupby(series, sort=False):
        part = part.sort_values(["from", "to"], kind="stable")
        ends = part["to"].cummax().shift()
        for row in part.index[part["from"] <= ends]:
            before = part.loc[:row].iloc[:-1]
            other: Any = before["to"].idxmax()
            said = (
                f"{interval(part.loc[row])} shares days with {sheet.at(other)}, "
                f"{interval(part.loc[other])}"
            )
            sheet.problems.append(Problem(sheet.at(row), "overlap", said, remedy))


def _as_day(value: Any) -> Any:
    if isinstance(value, str):
        if not _DAY.fullmatch(value.strip()):
            return pd.NaT
        value = value.strip()
    if nothing(value) or isinstance(value, (int, float, np.number)):
        return pd.NaT
    if isinstance(value, pd.Period):
        value = value.start_time if value.freqstr == "D" else pd.NaT
    found = pd.to_datetime(value, errors="coerce")
    return found.tz_localize(None) if isinstance(found, pd.Timestamp) and found.tz else found


def nothing(value: Any) -> bool:
    """Whether nothing stands in a cell."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, (float, np.floating)) and bool(np.isnan(value))


def said(value: Any) -> str:
    """A cell as a message has it."""
    return (
        "an empty cell" if nothing(value) else repr(value) if isinstance(value, str) else str(value)
    )


def interval(row: pd.Series[Any]) -> str:
    """The days of an interval as they are written."""
    return f"{written_day(row['from'])} to {written_day(row['to'])}"


def written_day(value: Any) -> str:
    """A day as it is written."""
    return f"{value:%Y-%m-%d}"


def unknown(
    name: str,
    found: Iterable[tuple[Any, str, Iterable[str]]],
    what: str,
    known: Collection[str],
    problems: list[Problem],
) -> None:
    """Take note of ids that a scenario does not have: by row, column, and ids."""
    for row, column, ids in found:
        for one in ids:
            if one not in known:
                place = f"{name}[{row}].{column}"
                said = f'the scenario has no {what} "{one}"'
                problems.append(Problem(place, f"unknown_{what}", said, hint(one, known)))
