"""The tables that a run shows."""

from __future__ import annotations

import math
import textwrap
from typing import cast, get_args

from .._internal.tables import NONE, SCREEN, Table, cut, date, number, short
from ..languages.figures import localised
from ..languages.speech import listed, said_or, say
from ..scenario.relevance import has
from . import statistics
from .base import Histories
from .losses import Kind, exceedance
from .quantities import MAIN
from .spoken import idle, speaks, spoken

# The longest name of a row.
_NAME = 18
# What stands first.
_FIRST = ("attacks_on_the_way", "wounded_on_the_way", "killed_on_the_way", "finish_days", *MAIN)
_STATISTICS = ["mean", "standard_error", "p10", "p50", "p80", "p90", "missing"]


def dates(run: Histories, *, longest: int = _NAME) -> Table:
    """Finish dates, and how surely each announced one is met."""
    quantiles = ["P10", "P50", "P80", "P90"]
    columns = ("table-met", "table-slip", "table-unfinished", "table-left")
    header = [say("table-announced"), *quantiles, *map(say, columns)]
    rows = []
    for row in statistics.dates(run).reset_index().to_dict("records"):
        name = cut(say(f"finish-of-{row['of']}", id=row["id"]), longest)
        days = [date(row[day]) for day in ("announced", "p10", "p50", "p80", "p90")]
        met = f"{100 * row['chance_met']:.1f}"
        slip = NONE if math.isnan(row["mean_slip_days"]) else f"{row['mean_slip_days']:+z.1f}"
        left = "" if math.isnan(row["people_left"]) else f"{row['people_left']:,.0f}"
        rates = map(localised, (met, slip, f"{100 * row['unfinished']:.1f}", left))
        rows.append([name, *days, *rates])
    return Table(say("table-finish-of"), header, rows)


def summary(run: Histories, *, longest: int = _NAME) -> Table:
    """The measures of the whole theatre that say anything, those that plans are judged by first."""
    quantiles = ["P10", "P50", "P80", "P90"]
    header = [say("table-unit"), say("table-mean"), "±", *quantiles, say("table-missing")]
    table, there = statistics.summary(run, None), spoken(MAIN, run)
    table = table.drop(index=[name for name in idle(run) if name not in there])
    first = [name for name in _FIRST if name in table.index]
    table = table.loc[list(dict.fromkeys([*first, *table.index]))]
    rows = [
        [
            cut(said_or(f"measure-{row['measure']}", row["measure"]), longest),
            said_or(f"unit-{row['unit']}", row["unit"]),
            *(number(row[name]) for name in _STATISTICS),
        ]
        for row in table.reset_index().to_dict("records")
    ]
    return Table(say("table-until", horizon=str(run.scenario.horizon)), header, rows)


def reached(run: Histories) -> Table:
    """How surely casualties reach the levels that a run with less variance was asked about."""
    rows = []
    for kind in get_args(Kind):
        found = exceedance(run, "casualties", kind, run.origin.get("levels", ()))
        for level, row in found.iterrows():
            said = say(f"table-reached-{kind}", level=int(cast(float, level)))
            about = {name: short(row[name]) for name in ("low", "high")}
            rows.append([said, say("interval", value=short(row["probability"]), **about)])
    return Table(say("table-reached"), [say("table-chance")], rows)


def notes(run: Histories) -> str:
    """What a reader of the tables has to know."""
    unseen = [name for name in idle(run) if has(run.scenario, name) and name not in MAIN]
    capped = run.origin["trials_capped"]
    lines = []
    if leaves(run):
        lines += [say("notes-dates", none=NONE, horizon=str(run.scenario.horizon))]
    errors = say("notes-error")
    if speaks(run, "attacks_on_the_way"):
        errors = say("notes-on-the-way", error=errors)
    lines += [errors]
    if unseen:
        names = listed(said_or(f"measure-{name}", name) for name in unseen)
        lines += [textwrap.fill(say("notes-unseen", names=names), SCREEN)]
    if capped:
        lines += [say("notes-capped", capped=capped, trials=run.trials)]
    return "\n".join([*lines, ""])


def leaves(run: Histories) -> bool:
    """Whether anything is to be finished: a plan without phases has no dates."""
    return not statistics.dates(run).empty
