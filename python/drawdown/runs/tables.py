"""The tables that a run shows."""

from __future__ import annotations

import math
import textwrap

from .._internal.tables import NONE, SCREEN, Table, cut, date, number
from ..scenario.relevance import has
from . import statistics
from .base import Histories
from .quantities import MAIN
from .spoken import idle, speaks, spoken

# The longest name of a row.
_NAME = 18
# What stands first.
_FIRST = ("attacks_on_the_way", "wounded_on_the_way", "killed_on_the_way", "finish_days", *MAIN)
_STATISTICS = ["mean", "standard_error", "p10", "p50", "p80", "p90", "missing"]


def dates(run: Histories, *, longest: int = _NAME) -> Table:
    """Finish dates, and how surely each announced one is met."""
    header = ["announced", "P10", "P50", "P80", "P90", "met %", "slip d", "unf. %", "left"]
    rows = []
    for row in statistics.dates(run).reset_index().to_dict("records"):
        name = cut(f"{row['of']} {row['id']}", longest)
        days = [date(row[day]) for day in ("announced", "p10", "p50", "p80", "p90")]
        met = f"{100 * row['chance_met']:.1f}"
        slip = NONE if math.isnan(row["mean_slip_days"]) else f"{row['mean_slip_days']:+z.1f}"
        left = "" if math.isnan(row["people_left"]) else f"{row['people_left']:,.0f}"
        rows.append([name, *days, met, slip, f"{100 * row['unfinished']:.1f}", left])
    return Table("Finish of", header, rows)


def summary(run: Histories, *, longest: int = _NAME) -> Table:
    """The measures of the whole theatre that say anything, those that plans are judged by first."""
    header = ["unit", "mean", "±", "P10", "P50", "P80", "P90", "missing"]
    table, there = statistics.summary(run, None), spoken(MAIN, run)
    table = table.drop(index=[name for name in idle(run) if name not in there])
    first = [name for name in _FIRST if name in table.index]
    table = table.loc[list(dict.fromkeys([*first, *table.index]))]
    rows = [
        [cut(row["measure"], longest), row["unit"], *(number(row[name]) for name in _STATISTICS)]
        for row in table.reset_index().to_dict("records")
    ]
    return Table(f"Until {run.scenario.horizon}", header, rows)


def notes(run: Histories) -> str:
    """What a reader of the tables has to know."""
    unseen = ", ".join(name for name in idle(run) if has(run.scenario, name) and name not in MAIN)
    if unseen:
        text = f"0 or missing in every trial, and not shown: {unseen}"
        unseen = textwrap.fill(text, SCREEN) + "\n"
    capped = run.origin["trials_capped"]
    cut_short = (
        f"cut short: {capped:,} of {run.trials:,} trials had a million attacks, or two million "
        f"events,\nand ended there: what they would have come to is not in these numbers\n"
    )
    of_dates = (
        f"met: done on or before the announced day; slip: mean over the trials that finish;\n"
        f"unf., {NONE}: not done before the horizon, {run.scenario.horizon};\n"
        f"left: people still there then, on average (a residual, or those whom nobody moves);\n"
    )
    on_the_way = "on the way: until the last phase is done; "
    return (
        (of_dates if leaves(run) else "")
        + (on_the_way if speaks(run, "attacks_on_the_way") else "")
        + f"±: standard error\n{unseen}"
        + (cut_short if capped else "")
    )


def leaves(run: Histories) -> bool:
    """Whether anything is to be finished: a plan without phases has no dates."""
    return not statistics.dates(run).empty
