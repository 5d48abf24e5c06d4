"""Plans as files of tables."""

from __future__ import annotations

import os
from pathlib import Path

from ..runs.run import Run
from ..scenario.scenario import Scenario
from . import plan_tables, sheets
from .plan_tables import Tables

_NAMES = ("activities", "moves", "sites")


def write_tables(of: Scenario | Run | Tables, path: str | os.PathLike[str]) -> None:
    """Write the plan of a scenario, or of a run with its results, as tables.

    Parameters
    ----------
    of : Scenario, Run or Tables
        What to write.
    path : str or path
        A workbook of Excel (``.xlsx``), with a sheet for each table; or a folder, for a CSV file of
        each. A text that begins as a formula does (with ``=``, ``+``, ``-``, ``@``, a tab or a line
        break) stays a text: as such in a workbook, after an apostrophe in a CSV.

    Raises
    ------
    ImportError
        If a workbook is to be written and openpyxl is not installed; the extra ``exchange`` brings
        it.
    OSError
        If a file cannot be written.
    ValueError
        If the path is that of a file of another kind.
    """
    found = of if isinstance(of, Tables) else plan_tables.tables(of)
    frames = {name: getattr(found, name) for name in _NAMES}
    sheets.write({**frames, **found.results}, Path(path))


def read_tables(path: str | os.PathLike[str]) -> Tables:
    """Read the tables of a plan, of which `Tables.scenario` makes a scenario.

    Parameters
    ----------
    path : str or path
        A workbook of Excel (``.xlsx``) with the sheets ``activities``, ``moves`` and ``sites``, or
        a folder with CSV files of these names. Without one of them, its table is empty. Other
        sheets and files are not looked at. Of a formula, what it came to is read.

    Returns
    -------
    Tables
        The cells as they stand there.

    Raises
    ------
    ExchangeError
        If there is none of the tables, or one of them cannot be read.
    ImportError
        If a workbook is to be read and openpyxl is not installed; the extra ``exchange`` brings it.
    OSError
        If a file cannot be read.
    ValueError
        If the path is that of a file of another kind.
    """
    found = sheets.read(Path(path), _NAMES)
    activities, moves, sites = (found.get(name, plan_tables.empty(name)) for name in _NAMES)
    return Tables(activities, moves, sites)
