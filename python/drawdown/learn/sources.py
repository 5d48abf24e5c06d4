"""Tables from outside: files, columns by name, dates in the ways that people write them."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..problem import Problem
from . import observed_tables as tables

# What is read: a frame, or a file.
Given = pd.DataFrame | str | os.PathLike[str]
# Our names of columns, and theirs.
Columns = Mapping[str, str]

# What a file without a line should have.
EMPTY = "write the names of the columns in its first line, and a row for each thing below it"

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")
_IN_WORDS = re.compile(r"\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}")


def table(given: Given) -> pd.DataFrame:
    """The table of a frame or of a file, with the texts as they stand there.

    Raises
    ------
    ImportError
        If a Parquet file is to be read and pyarrow is not installed.
    OSError
        If the file cannot be read.
    TypeError
        If it is neither a frame nor a path.
    ValueError
        If the file is none of the kinds that are read, or no UTF-8.
    """
    if isinstance(given, pd.DataFrame):
        twice = given.columns[given.columns.duplicated()].unique()
        if len(twice):
            told = ", ".join(map(str, twice))
            raise ValueError(f"several columns of the table are called {told}: rename or drop some")
        return given
    if not isinstance(given, (str, os.PathLike)):
        raise TypeError(f"a table is a DataFrame or the path of a file, not {given!r}")
    path = Path(given)
    if path.suffix.lower() in (".parquet", ".pq"):
        try:
            return pd.read_parquet(path)
        except ImportError as error:
            raise ImportError("Parquet files need pyarrow: `pip install pyarrow`") from error
    if not {".csv", ".tsv", ".txt"} & {suffix.lower() for suffix in path.suffixes}:
        raise ValueError(
            f"a table is a .csv, .tsv or .parquet file, not `{path}`: read it with pandas, and "
            "give the DataFrame"
        )
    whole: Any = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    line = str(parsed(path, sep="\0", engine="python", header=None, nrows=1, **whole).iloc[0, 0])
    return parsed(path, sep=max(",;\t", key=line.count), **whole)


def parsed(path: Path, **how: Any) -> pd.DataFrame:
    """What pandas reads in a CSV.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it is empty, no UTF-8, or a row has more cells than there are columns.
    """
    try:
        with warnings.catch_warnings():
            # More cells in the first rows than in the head: they would be cut off.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            found: pd.DataFrame = pd.read_csv(path, index_col=False, **how)
    except pd.errors.EmptyDataError:
        raise ValueError(f"{path} is empty: {EMPTY}") from None
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path} is not UTF-8: give pandas.read_csv(path, encoding=...) in place of the path"
        ) from error
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        raise ValueError(
            f"{path}: a row has more cells than there are names of columns: quote what holds the "
            f"separator, or name all columns ({error})"
        ) from error
    return found


def checked(
    frame: pd.DataFrame, columns: Columns, known: list[str], problems: list[Problem]
) -> None:
    """Take note of columns that are not there, and of names that nobody knows."""
    for name, theirs in columns.items():
        if name not in known:
            said = f'there is no column "{name}" of observations here'
            problems.append(
                Problem(f"columns[{name}]", "unknown_key", said, tables.hint(name, known))
            )
        elif theirs not in frame.columns:
            said = f'the table has no column "{theirs}"'
            remedy = tables.hint(theirs, list(map(str, frame.columns)))
            problems.append(Problem(f"columns[{name}]", "no_column", said, remedy))


def unread(
    frame: pd.DataFrame, of: str, asked: Columns, read: Iterable[str], known: Iterable[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Columns that nobody reads: those left out, and those whose name looks like a slip.

    Parameters
    ----------
    frame : DataFrame
        The table.
    of : str
        What it is a table of.
    asked : mapping
        Their columns that are read, by our name.
    read : iterable of str
        Others that are read.
    known : iterable of str
        Our names.
    """
    wanting = [name for name in known if name not in asked]
    used = {*asked.values(), *read}
    left, problems = [], []
    for column in map(str, frame.columns):
        if column in used:
            continue
        if near := tables.slip(column, wanting):
            also = f", say columns={{'{near}': '{column}'}}"
            problems.append(tables.slipped(of, column, near, also))
        else:
            left.append(column)
    return tables.columns_unread(left, of), problems


def spans(values: pd.Series[Any]) -> pd.DataFrame:
    """First and last day of what stands in cells; NaT where nobody can say which days these are.

    Understood are days, months (``2024-01``), quarters (``2024Q1``), years (``2024``), and days
    with the month in words (``28 January 2024``). Days in figures in another order than that of
    ISO 8601 can be read in two ways, and are not.
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        days = values.dt.tz_localize(None).dt.floor("D").astype("datetime64[s]")
        return pd.DataFrame({"from": days, "to": days}, values.index)
    there = {value: _span(value) for value in values.dropna().unique()}
    nothing = (pd.NaT, pd.NaT)
    found = [nothing if tables.nothing(value) else there[value] for value in values]
    frame = pd.DataFrame(found, values.index, ["from", "to"])
    return frame.astype("datetime64[s]")


def _span(value: Any) -> tuple[Any, Any]:
    if isinstance(value, pd.Period):
        return value.start_time, value.end_time.floor("D")
    if isinstance(value, (int, float, np.number)):
        value = f"{value:.0f}" if float(value).is_integer() else "?"
    if not isinstance(value, str):
        day = pd.to_datetime(value, errors="coerce")
        return day, day
    text = value.strip()
    if _YEAR.fullmatch(text):
        return _period(text, "Y")
    if _MONTH.fullmatch(text):
        return _period(text, "M")
    if quarter := _QUARTER.fullmatch(text):
        return _period("Q".join(quarter.groups()), "Q")
    if _ISO.fullmatch(text):
        day = pd.to_datetime(text, errors="coerce")
    elif _IN_WORDS.fullmatch(text):
        day = pd.to_datetime(text.replace("-", " "), errors="coerce")
    else:
        return pd.NaT, pd.NaT
    if pd.isna(day):
        return pd.NaT, pd.NaT
    day = day.tz_localize(None).floor("D")
    return day, day


def _period(text: str, freq: str) -> tuple[Any, Any]:
    try:
        found = pd.Period(text, freq=freq)
    except ValueError:
        return pd.NaT, pd.NaT
    return found.start_time, found.end_time.floor("D")
