"""Tables in files: a folder of CSV files, or a workbook of Excel."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from .._internal.checks import shown
from .._internal.files import check_folder, replacing, write_text
from ..errors import ExchangeError
from ..problem import Problem
from .cells import guarded, is_empty, text, unguarded

# Rows of a table, and bytes of a file: more than any plan can have.
_MOST_ROWS, _MOST_BYTES = 100_000, 64 * 2**20
# What neither XML nor a workbook can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = Mapping[str, Any]


def is_workbook(path: Path) -> bool:
    """Whether a path is that of a workbook, and not of a folder.

    Raises
    ------
    ValueError
        If its suffix is that of a file of another kind.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return True
    if suffix in (".csv", ".tsv", ".txt", ".xls", ".ods", ".xml"):
        raise ValueError(
            f"tables stand in a workbook (.xlsx) or in a folder of CSV files, not in `{path}`"
        )
    return False


def write(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write tables to a workbook, or to a folder of CSV files."""
    if is_workbook(path):
        book = _openpyxl().Workbook()
        book.remove(book.worksheets[0])
        for name, frame in tables.items():
            _fill(book.create_sheet(name), frame)
        with replacing(path) as temporary:
            book.save(temporary)
        return
    check_folder(path)
    path.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        write_text(path / f"{name}.csv", _csv(frame))


def read(path: Path, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The tables of these names that stand in a workbook or a folder, with their cells as they are.

    Raises
    ------
    ExchangeError
        If there is none of them, or a table cannot be read.
    """
    if is_workbook(path):
        found = _workbook(path, names)
    else:
        paths = {name: path / f"{name}.csv" for name in names}
        if not path.is_dir():
            raise FileNotFoundError(2, "there is no such folder", str(path))
        found = {name: _read_csv(one) for name, one in paths.items() if one.exists()}
    if not found:
        told = ", ".join(names)
        remedy = "name a table so: a sheet, or a file that ends in .csv"
        raise _refusal(str(path), "no_table", f"there is none of the tables {told}", remedy)
    return found


def one(given: pd.DataFrame | str | Path) -> pd.DataFrame:
    """A single table: a frame, a CSV file, or the first sheet of a workbook.

    Raises
    ------
    ExchangeError
        If it cannot be read.
    TypeError
        If it is neither a frame nor a path.
    ValueError
        If it is a file of another kind.
    """
    if isinstance(given, pd.DataFrame):
        return given
    if not isinstance(given, (str, Path)):
        raise TypeError(f"a table is a DataFrame or the path of a file, not {shown(given)}")
    path = Path(given)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return _read_csv(path)
    if path.suffix.lower() == ".xlsx":
        return next(iter(_workbook(path, None).values()))
    raise ValueError(f"a table is a .csv or an .xlsx file, not `{path}`")


def printable(said: str) -> str:
    """A text without what XML and workbooks cannot hold; a mark stands in its place."""
    return _CONTROL.sub("\ufffd", said)


def _csv(frame: pd.DataFrame) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(str(name)) for name in frame.columns])
    for row in _rows(frame):
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in row])
    return out.getvalue()


def _rows(frame: pd.DataFrame) -> Iterable[list[Any]]:
    """The cells of each row: texts, numbers, dates, and None."""
    columns = [[_cell(value) for value in column] for _, column in frame.items()]
    return map(list, zip(*columns, strict=True))


def _cell(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, (pd.Timestamp, datetime)):
        return value.date()
    if isinstance(value, (str, date)):
        return value
    found = value.item() if hasattr(value, "item") else value
    return int(found) if isinstance(found, float) and found.is_integer() else found


def _read_csv(path: Path) -> pd.DataFrame:
    if path.stat().st_size > _MOST_BYTES:
        raise _refusal(path.name, "too_large", "the file is too large", "write a smaller table")
    try:
        said = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "save it as CSV in UTF-8"
        raise _refusal(path.name, "encoding", "the file is not UTF-8", remedy) from None
    head = said.partition("\n")[0]
    rows = csv.reader(io.StringIO(said, newline=""), delimiter=max(",;\t", key=head.count))
    cells = [[unguarded(cell) for cell in row] for row in rows if row]
    return _frame(path.name, cells)


def _frame(name: str, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """A table of rows, the first of which names the columns; rows without a cell are left out."""
    if not rows:
        remedy = "write the names of the columns in its first line, and a row for each thing below"
        raise _refusal(name, "empty", "there is nothing in it", remedy)
    head = [text(cell).strip() for cell in rows[0]]
    while head and not head[-1]:
        head.pop()
    problems = []
    twice = sorted({column for column in head if head.count(column) > 1})
    if twice:
        said = f"several columns are called {', '.join(twice) or 'nothing'}"
        problems.append(Problem(name, "columns", said, "rename or take out some"))
    if len(rows) > _MOST_ROWS:
        said = f"it has {len(rows):,} rows"
        problems.append(Problem(name, "too_large", said, f"give at most {_MOST_ROWS:,}"))
    kept: dict[int, list[Any]] = {}
    for number, row in enumerate(rows[1:]):
        if any(not is_empty(cell) for cell in row[len(head) :]):
            said = "it has more cells than there are columns"
            remedy = "quote what holds the separator, or name all columns"
            problems.append(Problem(f"{name}[{number}]", "columns", said, remedy))
        cells = list(row[: len(head)]) + [None] * (len(head) - len(row))
        if any(not is_empty(cell) for cell in cells):
            kept[number] = cells
    if problems:
        raise ExchangeError(problems)
    return pd.DataFrame(list(kept.values()), list(kept), head, dtype=object)


def _workbook(path: Path, names: Iterable[str] | None) -> dict[str, pd.DataFrame]:
    """Sheets by name; all of them where no names are asked for."""
    openpyxl = _openpyxl()
    if path.stat().st_size > _MOST_BYTES:
        raise _refusal(path.name, "too_large", "the file is too large", "write a smaller table")
    try:
        # What formulas came to, not formulas.
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        remedy = "save it as an Excel workbook (.xlsx)"
        raise _refusal(path.name, "no_workbook", f"it is no workbook: {error}", remedy) from error
    try:
        wanted = book.sheetnames if names is None else list(names)
        return {
            name: _frame(name, list(_values(book[name])))
            for name in wanted
            if name in book.sheetnames
        }
    finally:
        book.close()


def _values(sheet: Any) -> Iterable[list[Any]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number > _MOST_ROWS:
            break
        yield list(row)


def _fill(sheet: Any, frame: pd.DataFrame) -> None:
    """Write a table to a sheet; texts stay texts, whatever they begin with."""
    for number, row in enumerate([[str(name) for name in frame.columns], *_rows(frame)], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                cell.value = printable(value)
                cell.data_type = "s"
            else:
                cell.value = value
    sheet.freeze_panes = "A2"


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise ImportError("workbooks need openpyxl: `pip install openpyxl`") from error
    return openpyxl


def _refusal(where: str, code: str, what: str, remedy: str) -> ExchangeError:
    return ExchangeError([Problem(where, code, what, remedy)])
