"""Observations, series, forecasts and what came, as the command line reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .forecast import Forecast
from .observations import Observations
from .sources import parsed

Place = str | os.PathLike[str]


def series(path: Place, column: str | None = None) -> pd.Series[float]:
    """A CSV with months in its first column, and numbers in one of the others.

    Raises
    ------
    OSError, ValueError
        If it cannot be read, or which column is meant is not clear.
    """
    table = _table(path)
    return _of_months(table, path, column)


def forecasts(path: Place) -> Any:
    """A frozen forecast, or a CSV with a row for each sample."""
    if Path(path).suffix == ".json":
        return Forecast.read(path)
    return _table(path)


def observed(path: Place) -> Any:
    """A CSV of what came: with ``target``, ``from``, ``to``, ``observed``, or of months."""
    if _is_json(path):
        raise ValueError(
            f"what came is a CSV, and {os.fspath(path)} is JSON, as a forecast is: write the "
            "forecast first, and what came second"
        )
    table = _table(path)
    return table if "observed" in table and "from" in table else _of_months(table, path, None)


def observations(
    named: str, columns: list[str], window: list[str] | None, until: str | None
) -> Observations:
    """A record that ships, by name; or a table of counts; or, with a window, one of events.

    Raises
    ------
    ObservationError, OSError, ValueError
        If there is no such record, or the table cannot be read.
    """
    asked = dict(pair.split("=", 1) for pair in columns) or None
    if not (Path(named).suffix or asked or window):
        found = Observations.example(named)
    elif window:
        found = Observations.read_events(named, window=(window[0], window[1]), columns=asked)
    else:
        found = Observations.read_counts(named, columns=asked)
        if found.counts.empty:
            raise ValueError(f"{named} has no row: write one for each interval that was counted")
    return found if until is None else found.until(until)


def in_options(message: str, given: Mapping[str, Any]) -> str:
    """A message of the library in words of the command line: options and files.

    Parameters
    ----------
    message : str
        What the library says, to somebody who writes Python.
    given : mapping
        What the command was given, by the names of its options and arguments.
    """
    for python, option in (
        ("give `samples=posterior.samples`", "give DIR/scenario.toml as the scenario"),
        (" (`posterior.prior`, and not `posterior.scenario()`)", ", DIR/prior.toml"),
        ("and hand the posterior over as `fitted`", "with `fit --out DIR` and give --fitted DIR"),
        ("and the posterior as `fitted`", "and the folder of `fit --out` as --fitted"),
        ("a part of the observations with `since` and `until`", "a part of them with --until"),
        ("with `since` and `until`", "with --until"),
        ("`last`", "--until"),
        (", or give a function", ""),
    ):
        message = message.replace(python, option)
    message = re.sub(r"columns=\{(.*?)\}", lambda found: f"--columns {_pairs(found[1])}", message)
    message = re.sub(r"columns\[(\w+)\]", r"--columns \1", message)
    message = re.sub(r'(?:window=)?\("([\d-]+)", "([\d-]+)"\)', r"--window \1 \2", message)
    for name in ("series", "forecast", "observed", "scenario"):
        if name in given:
            message = message.replace(f"`{name}`", str(given[name]))
    for name in given:
        message = message.replace(f"`{name}`", f"--{name.replace('_', '-')}")
    for what, name in (("forecasts", "forecast"), ("observed values", "observed")):
        if name in given:
            message = re.sub(f"(?m)^{what}(?=[:,])", str(given[name]), message)
    return message


def _pairs(columns: str) -> str:
    """Columns in a message, such as ``attacks=incidents``, of ``'attacks': 'incidents'``."""
    pairs = re.findall(r"'(\w+)': (?:'(.*?)'|\.\.\.)", columns)
    return " ".join(f"{ours}={theirs or 'THEIRS'}" for ours, theirs in pairs)


def _is_json(path: Place) -> bool:
    with open(path, "rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _table(path: Place) -> pd.DataFrame:
    if _is_json(path):
        # All of it is one line, which would be read as the names of columns without number.
        raise ValueError(f"{os.fspath(path)} is JSON, and not a CSV: give a CSV")
    return parsed(Path(path))


def _of_months(table: pd.DataFrame, path: Place, column: str | None) -> pd.Series[float]:
    others = [str(name) for name in table.columns[1:]]
    if column is not None and column not in others:
        raise ValueError(
            f"{os.fspath(path)} has no column {column!r} beside the months in its first; there are "
            f"{', '.join(others) or 'none'}"
        )
    if column is None and len(others) != 1:
        raise ValueError(
            f"{os.fspath(path)} has {len(others)} columns beside the months in its first: name one "
            f"of {', '.join(others) or 'them'} with --column"
        )
    chosen = others[0] if column is None else column
    found: pd.Series[float] = table.set_index(table.columns[0])[chosen]
    return found
