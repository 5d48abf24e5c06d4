"""Observations read from tables of counts: over intervals, cumulative, of people, and of dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..languages.statements import state
from ..problem import Problem
from . import observed_tables as tables
from . import places, sources
from .loaders import Read
from .sources import Columns, Given

# What others call bounds.
_BOUNDS = {"upper": "at_most", "at most": "at_most", "approximately": "about"}
_OF_COUNTS = ["from", "to", "period", "bound", "relative_error", "threat", "site", "source", "note"]
_OF_LEVELS = ["date", "people", "site", "contingent", "relative_error", "source"]
_OF_STATEMENTS = ["derived", "about", "exact"]
_OF_DATES = ["date", "date_to", "kind", "id", "source"]
# The message of a row without a number.
_UNTOLD = "left-no-number"
# Where a part of an interval's count is told and where it was.
Split = Mapping[str, Any]


def counts(
    given: Given,
    columns: Columns | None,
    bound: str,
    relative_error: float | None,
    split: Split | None,
    threat: str | None,
    site: Any,
    problems: list[Problem],
) -> Read:
    """Counts over intervals in our columns; `Observations.read_counts` says what is asked."""
    frame = _frame(given)
    known = [*_OF_COUNTS, "measure", "count", *tables.MEASURES]
    asked = _asked(frame, columns, known, problems)
    over = _unread(frame, "counts", asked, split or (), known, problems)
    numbers = (*tables.MEASURES, "count")
    values = {name: asked[name] for name in numbers if name in asked}
    if not values and not set(numbers) & set(columns or {}):
        said = "no column is the number that was counted"
        remedy = "name it, such as columns={'attacks': 'incidents'}"
        problems.append(Problem("columns", "no_column", said, remedy))
    if "bound" not in asked:
        _no_error_of_sure(_BOUNDS.get(bound, bound), relative_error, problems)
    span = _spans(frame, asked, columns, problems)
    split = _check_split(frame, split, values, problems)
    if not values or span is None:
        return Read(tables.empty(tables.COUNTS), over)
    also = {"bound": bound, "relative_error": relative_error, "threat": threat}
    parts, left = [], _no_rows()
    for name, theirs in values.items():
        part = span.assign(count=frame[theirs])
        part["measure"] = name if name != "count" else _column(frame, asked, "measure", "attacks")
        part = _known(part, frame, asked, also | {"site": tables.sites_of(site)})
        if split:
            part, left = _divided(part, frame, split, problems)
        elif len(values) > 1:
            part.index = pd.Index([f"{row}, {name}" for row in part.index])
        parts.append(part)
    # Rows keep the labels of the table, by which a message names them.
    return Read(pd.concat(parts), tables.joined([left, over], tables.UNMAPPED))


def _no_error_of_sure(bound: str, relative_error: float | None, problems: list[Problem]) -> None:
    """Take note of an error that nothing would be made of."""
    if relative_error is not None and bound not in tables.UNSURE:
        said = f'{relative_error} is given for the bound "{bound}", which has no error'
        remedy = "leave it out, or give a bound that has an error: about or derived"
        problems.append(Problem("relative_error", "error_of_sure", said, remedy))


def _known(
    part: pd.DataFrame, frame: Any, asked: Mapping[str, str], also: Mapping[str, Any]
) -> pd.DataFrame:
    """How well numbers are known, of what and by whom: as columns say it, or for all alike."""
    for name in ("bound", "relative_error", "threat", "site", "source", "note"):
        part[name] = _column(frame, asked, name, also.get(name))
    part["bound"] = part["bound"].map(lambda one: _BOUNDS.get(str(one).strip(), one))
    if "bound" not in asked:
        # Nobody told.
        part["bound"] = part["bound"].mask(part["count"].map(tables.nothing), "missing")
    if "relative_error" not in asked:
        part["relative_error"] = part["relative_error"].where(part["bound"].isin(tables.UNSURE))
    return part


def cumulative(
    given: Given,
    columns: Columns | None,
    first_day: Any,
    bound: str,
    relative_error: float | None,
    split: Split | None,
    threat: str | None,
    problems: list[Problem],
) -> Read:
    """Differences of cumulative counts; `Observations.read_cumulative` says what is asked."""
    frame = _frame(given)
    known = ["as_of", *tables.MEASURES, "source", "note"]
    asked = _asked(frame, columns, known, problems)
    over = _unread(frame, "counts", asked, split or (), known, problems)
    parts: list[tuple[str, str, tuple[str, ...]]] = [
        (name, theirs, ()) for name, theirs in asked.items() if name in tables.MEASURES
    ]
    split = _there(frame, split, problems)
    parts += [("attacks", theirs, tables.sites_of(sites)) for theirs, sites in split.items()]
    if bound not in _OF_STATEMENTS:
        remedy = tables.hint(bound, _OF_STATEMENTS)
        said = f'of a difference "{bound}" says nothing'
        problems.append(Problem("bound", "unknown_bound", said, remedy))
    _no_error_of_sure(bound, relative_error, problems)
    none = "as_of" not in asked or not parts
    if none and not problems:
        said = (
            "no column is the day of a statement (as_of), or none is the number counted until then"
        )
        remedy = "name both, such as columns={'as_of': 'date', 'attacks': 'total'}"
        problems.append(Problem("columns", "no_column", said, remedy))
    if none:
        return Read(tables.empty(tables.COUNTS), _no_rows())
    days = sources.spans(frame[asked["as_of"]])
    empty = np.logical_and.reduce(
        [frame[theirs].map(tables.nothing).to_numpy(dtype=bool) for _, theirs, _ in parts]
    )
    untold = _left("counts", frame[empty], frame.loc[empty, asked["as_of"]], state(_UNTOLD))
    over = tables.joined([over, untold], tables.UNMAPPED)
    for row in frame.index[days["from"].isna() | (days["from"] != days["to"])]:
        said = f"{frame.at[row, asked['as_of']]!r} is no day"
        remedy = 'write the day of the statement, such as "2024-01-28"'
        problems.append(Problem(f"table[{row}].{asked['as_of']}", "no_day", said, remedy))
    found = []
    for measure, theirs, site in parts:
        rows = pd.DataFrame({"to": days["from"], "total": frame[theirs]})
        for name in ("source", "note"):
            rows[name] = _column(frame, asked, name, None)
        rows = _differences(rows, theirs, pd.Timestamp(first_day), problems)
        rows["bound"] = bound
        if len(rows):
            # Nothing is taken from the first.
            rows.iloc[0, -1] = "exact" if bound == "exact" else "about"
        rows["relative_error"] = relative_error if bound != "exact" else None
        rows["measure"], rows["threat"] = measure, threat
        rows["site"] = pd.Series([site] * len(rows), rows.index)
        if len(parts) > 1:
            rows.index = pd.Index([f"{row}, {theirs}" for row in rows.index])
        found.append(rows)
    return Read(pd.concat(found), over)


def _differences(
    rows: Any, theirs: str, begin: pd.Timestamp, problems: list[Problem]
) -> pd.DataFrame:
    """What came between statements of a total so far."""
    rows = rows[~rows["total"].map(tables.nothing) & rows["to"].notna()]
    sheet = tables.Sheet("table", rows.rename(columns={"total": theirs}), problems)
    rows["total"] = sheet.numbers(theirs, whole=True)
    rows = rows.sort_values("to", kind="stable")
    rows["from"] = (rows["to"].shift() + pd.Timedelta(days=1)).fillna(begin)
    rows["count"] = rows["total"].diff().fillna(rows["total"])
    remedy = "a count so far never falls: correct it, or leave out a statement of another count"
    for row in rows.index[rows["count"] < 0]:
        now, before = rows.at[row, "total"], rows.at[row, "total"] - rows.at[row, "count"]
        said = f"{now:,.0f} by {tables.written_day(rows.at[row, 'to'])}, after {before:,.0f}"
        problems.append(Problem(f"table[{row}].{theirs}", "falls", said, remedy))
    remedy = "keep one statement for a day, and none before the first day counted"
    for row in rows.index[rows["from"] > rows["to"]]:
        said = f"{tables.written_day(rows.at[row, 'to'])} is told before, or too early"
        problems.append(Problem(f"table[{row}].{theirs}", "same_day", said, remedy))
    # Of what has been refused nothing more is said.
    sound = (rows["count"] >= 0) & (rows["from"] <= rows["to"])
    found: pd.DataFrame = rows[sound].drop(columns="total")
    return found


def levels(
    given: Given, columns: Columns | None, at: str, contingent: str | None, problems: list[Problem]
) -> Read:
    """People at a date in our columns; `Observations.read_levels` says what is asked."""
    frame = _frame(given)
    asked = _asked(frame, columns, _OF_LEVELS, problems)
    over = _unread(frame, "levels", asked, (), _OF_LEVELS, problems)
    if not _needed(asked, ["date", "people"], columns, problems):
        return Read(tables.empty(tables.LEVELS), _no_rows())
    span = sources.spans(frame[asked["date"]])
    found = pd.DataFrame({"date": span["to" if at == "end" else "from"]})
    for name in _OF_LEVELS[1:]:
        found[name] = _column(frame, asked, name, contingent if name == "contingent" else None)
    empty = found["people"].map(tables.nothing).to_numpy(dtype=bool)
    undated = found["date"].isna().to_numpy() & ~empty
    left = [
        _left("levels", frame[rows], frame.loc[rows, asked["date"]], why)
        for rows, why in (
            (empty, state(_UNTOLD)),
            (undated, state("left-undated")),
        )
    ]
    return Read(found[~empty & ~undated], tables.joined([*left, over], tables.UNMAPPED))


def dates(
    given: Given,
    columns: Columns | None,
    kind: str | None,
    ids: places.Names | None,
    within_days: int,
    problems: list[Problem],
) -> Read:
    """Dates reached in our columns; `Observations.read_dates` says what is asked."""
    frame = _frame(given)
    asked = _asked(frame, columns, _OF_DATES, problems)
    over = _unread(frame, "dates", asked, (), _OF_DATES, problems)
    table = None if ids is None else places.names(ids, "ids", problems)
    if not _needed(asked, ["date", "id"], columns, problems):
        return Read(tables.empty(tables.DATES), _no_rows())
    first = sources.spans(frame[asked["date"]])
    last = sources.spans(frame[asked["date_to"]])["to"] if "date_to" in asked else first["to"]
    days = (last.fillna(first["to"]) - first["from"]).dt.days
    middle = first["from"] + pd.to_timedelta((days // 2).fillna(0), unit="D")
    found = pd.DataFrame({"date": middle.astype("datetime64[s]")})
    found["kind"] = _column(frame, asked, "kind", kind)
    found["id"] = frame[asked["id"]]
    found["source"] = _column(frame, asked, "source", None)
    why = tables.reasons(pd.NA, frame.index)
    if table is not None:
        mapped = places.by_name(frame, [asked["id"]], table)
        found["id"], why = mapped.ids, mapped.why
    else:
        why[found["id"].map(tables.nothing).astype(bool)] = state("left-no-id")
    why[why.isna() & (days >= within_days)] = state("left-wide", days=within_days)
    why[why.isna() & days.isna()] = state("left-undated")
    out = why.notna().to_numpy()
    said = (
        frame[asked["id"]].astype("string").fillna("")
        + ", "
        + frame[asked["date"]].astype("string")
    )
    left = [_left("dates", frame[out], said[out], why[out]), over]
    return Read(found[~out], tables.joined(left, tables.UNMAPPED))


def _frame(given: Given) -> Any:
    frame = sources.table(given)
    return frame if frame.index.is_unique else frame.reset_index(drop=True)


def _asked(
    frame: pd.DataFrame, columns: Columns | None, known: list[str], problems: list[Problem]
) -> dict[str, str]:
    """Their columns by our names: those asked for, and others that go by our name already."""
    sources.checked(frame, columns or {}, known, problems)
    asked = {
        name: theirs
        for name, theirs in (columns or {}).items()
        if name in known and theirs in frame.columns
    }
    own = {name: name for name in known if name in frame.columns and name not in (columns or {})}
    if "source" not in {*own, *(columns or {})} and "source_url" in frame.columns:
        own["source"] = "source_url"
    return asked | {name: theirs for name, theirs in own.items() if theirs not in asked.values()}


def _unread(
    frame: pd.DataFrame,
    of: str,
    asked: Mapping[str, str],
    read: Iterable[str],
    known: list[str],
    problems: list[Problem],
) -> pd.DataFrame:
    """Columns that are left out. Reports those whose name looks like a slip."""
    left, slips = sources.unread(frame, of, asked, read, known)
    problems += slips
    return left


def _needed(
    asked: Mapping[str, str], names: list[str], columns: Columns | None, problems: list[Problem]
) -> bool:
    """Whether all of these are there. Reports those that nobody named a column for."""
    for name in names:
        if name not in asked and name not in (columns or {}):
            remedy = f"name it, such as columns={{'{name}': ...}}"
            problems.append(Problem("columns", "no_column", f"no column is the {name}", remedy))
    return set(names) <= set(asked)


def _spans(
    frame: pd.DataFrame,
    asked: Mapping[str, str],
    columns: Columns | None,
    problems: list[Problem],
) -> pd.DataFrame | None:
    """First and last day of each interval; None where no columns are these."""
    if "period" in asked:
        span = sources.spans(frame[asked["period"]])
        names = {"from": asked["period"]}
    elif {"from", "to"} <= set(asked):
        ends = {name: sources.spans(frame[asked[name]])[name] for name in ("from", "to")}
        span = pd.DataFrame(ends)
        names = {name: asked[name] for name in ("from", "to")}
    else:
        if not {"from", "to", "period"} & (set(columns or {}) - set(asked)):
            said = "no columns are the first and the last day of an interval"
            remedy = (
                "name both as from and to, or one that holds months, quarters or years as period"
            )
            problems.append(Problem("columns", "no_column", said, remedy))
        return None
    for name, theirs in names.items():
        for row in frame.index[span[name].isna()]:
            said = f"{frame.at[row, theirs]!r} is no day, month, quarter or year"
            remedy = 'write it such as "2024-01-28", "2024-01", "2024Q1" or "2024"'
            problems.append(Problem(f"counts[{row}].{theirs}", "no_day", said, remedy))
    return span


def _column(
    frame: pd.DataFrame, asked: Mapping[str, str], name: str, default: Any
) -> pd.Series[Any]:
    if name in asked:
        return frame[asked[name]]
    return pd.Series([default] * len(frame), frame.index, dtype="object")


def _there(frame: pd.DataFrame, split: Split | None, problems: list[Problem]) -> Split:
    """The columns to split by that are there. Reports the others."""
    found = {}
    for theirs, sites in (split or {}).items():
        if theirs in frame.columns:
            found[theirs] = sites
            continue
        said = f'the table has no column "{theirs}"'
        remedy = tables.hint(theirs, list(map(str, frame.columns)))
        problems.append(Problem(f"split[{theirs}]", "no_column", said, remedy))
    return found


def _check_split(
    frame: pd.DataFrame, split: Split | None, values: Mapping[str, str], problems: list[Problem]
) -> Split:
    """What can be split, and by which columns. Reports what cannot."""
    found = _there(frame, split, problems)
    if split and len(values) > 1:
        said = f"there are {len(values)} numbers to split: {', '.join(values)}"
        remedy = "read one of them at a time, and join the observations with +"
        problems.append(Problem("split", "several_numbers", said, remedy))
        return {}
    return found


def _divided(part: Any, frame: Any, split: Split, problems: list[Problem]) -> Read:
    """The parts of a count where any part is told, and the count itself where none is.

    Where all parts but one are told, the other is the rest of an exact count; of one that is about
    so many it is derived if anything is left, and missing if not: perhaps only the parts were told.
    What is left over when all are told is in no part.
    """
    sites = {theirs: tables.sites_of(given) for theirs, given in split.items()}
    number = {theirs: pd.to_numeric(frame[theirs], errors="coerce") for theirs in split}
    rows: dict[str, Any] = {}
    over = []
    for row in part.index:
        whole = part.loc[row].to_dict()
        told = {theirs: frame.at[row, theirs] for theirs in split}
        there = [theirs for theirs, one in told.items() if not tables.nothing(one)]
        count = pd.to_numeric(whole["count"], errors="coerce")
        rest = count - sum(number[theirs].at[row] for theirs in there)
        if not there:
            rows[str(row)] = whole
            continue
        if rest < 0 and whole["bound"] == "exact":
            parts = " and ".join(there)
            said = f"{parts}: {count - rest:g} together, more than {count:g} in all"
            remedy = "correct them; or give a bound, if the whole is about so many"
            problems.append(Problem(f"table[{row}]", "parts_exceed", said, remedy))
        for theirs in split:
            one = whole | {"site": sites[theirs], "count": told[theirs]}
            if theirs not in there:
                one |= {"relative_error": None, "bound": "missing"}
                if len(there) == len(split) - 1 and whole["bound"] == "exact" and rest >= 0:
                    one |= {"count": rest, "bound": "exact"}
                elif len(there) == len(split) - 1 and whole["bound"] in tables.UNSURE and rest > 0:
                    one |= {"count": rest, "bound": "derived"}
            rows[f"{row}, {theirs}"] = one
        if len(there) == len(split) and rest > 0:
            over.append((str(row), f"{rest:g} of {count:g}", rest))
    left = pd.DataFrame(over, columns=["row", "value", "count"]).assign(of="counts")
    left["why"] = tables.reasons(state("left-no-part"), left.index)
    found = pd.DataFrame(list(rows.values()), list(rows))
    return Read(found, tables.joined([left], tables.UNMAPPED))


def _no_rows() -> pd.DataFrame:
    return tables.empty(tables.UNMAPPED)


def _left(of: str, rows: pd.DataFrame, value: pd.Series[Any], why: Any) -> pd.DataFrame:
    if rows.empty:
        return _no_rows()
    found = {"of": of, "row": rows.index.astype(str), "value": value.astype("string")}
    found["why"] = why if isinstance(why, pd.Series) else tables.reasons(why, rows.index)
    return tables.joined([pd.DataFrame(found, rows.index)], tables.UNMAPPED)
