"""Observations in short: what there is of each series, and what was left out."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from ..languages.speech import said_or, say
from ..languages.statements import Statement
from . import observed_tables as tables

_COLUMNS = {
    "of": "object",
    "rows": "int64",
    "from": "datetime64[s]",
    "to": "datetime64[s]",
    "total": "float64",
    "exact": "float64",
    "unsure": "float64",
    "at_most": "float64",
    "missing": "float64",
}


def series(counts: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The series of a table of counts by name, such as ``attacks by militias, syria``."""
    keys: Any = [counts["measure"], counts["threat"].fillna(""), counts["site"]]
    parts = counts.groupby(keys, sort=False)
    return [(named(str(a), b, c), part) for (a, b, c), part in parts]


def named(measure: str, threat: str, sites: tuple[str, ...]) -> str:
    """What a series is called."""
    by = f" by {threat}" if threat else ""
    return f"{measure}{by}" + (f", {' + '.join(sites)}" if sites else "")


def table(
    events: pd.DataFrame, counts: pd.DataFrame, levels: pd.DataFrame, dates: pd.DataFrame
) -> pd.DataFrame:
    """The table that `Observations.table` describes."""
    rows: dict[str, dict[str, Any]] = {}
    for kind, part in events.groupby("kind", sort=False):
        rows[str(kind)] = _row("events", part, "date", "date") | {"total": part["count"].sum()}
    for name, part in series(counts):
        known = part[~part["bound"].isin(["missing", "at_most"])]
        bounds = {one: int((part["bound"] == one).sum()) for one in tables.BOUNDS}
        unsure = {"unsure": sum(bounds.pop(one) for one in tables.UNSURE)}
        total = {"total": known["count"].sum(min_count=1)}
        rows[name] = _row("counts", part, "from", "to") | total | bounds | unsure
    for who, part in levels.groupby(levels["contingent"].fillna(""), sort=False):
        rows[f"people, {who}" if who else "people"] = _row("levels", part, "date", "date")
    for kind, part in dates.groupby("kind", sort=False):
        rows[f"dates of {kind}s"] = _row("dates", part, "date", "date")
    index = pd.Index(list(rows), name="series", dtype="object")
    return pd.DataFrame(list(rows.values()), index, columns=list(_COLUMNS)).astype(_COLUMNS)


def left_out(unmapped: pd.DataFrame) -> pd.DataFrame:
    """The table that `Observations.left_out` describes."""
    short = {why: _in_short(why) for why in unmapped["why"].unique()}
    parts = unmapped.groupby([unmapped["of"], unmapped["why"].map(short)], sort=False)
    rows = [
        {"rows": len(part), "values": ", ".join(part["value"].dropna().value_counts().index[:3])}
        for _, part in parts
    ]
    keys = pd.MultiIndex.from_tuples([key for key, _ in parts], names=["of", "why"])
    # A level of texts would keep only what the reasons are in English.
    statements = {why: why for why in short.values()}
    whys = pd.Index([statements[why] for why in keys.get_level_values("why")], dtype="object")
    index = pd.MultiIndex.from_arrays([keys.get_level_values("of"), whys], names=["of", "why"])
    return pd.DataFrame(rows, index, columns=["rows", "values"])


def _in_short(why: str) -> str:
    """A reason without the distance, so that rows from any have one."""
    return why.with_message("left-km", "left-some-km") if isinstance(why, Statement) else why


def in_words(series: str) -> str:
    """What `table` calls a series, in the language that is spoken."""
    if found := re.fullmatch(r"dates of (\w+)s", series):
        return say("observed-dates-of", kind=said_or(f"cell-of-{found[1]}", found[1]))
    what, _, rest = series.partition(", ")
    measure, _, threat = what.partition(" by ")
    name = said_or(f"measure-{measure}", said_or(f"event-{measure}", measure))
    name = say("seen-people") if measure == "people" else name
    name = say("seen-by", what=name, threat=threat) if threat else name
    return say("seen-at", what=name, sites=rest) if rest else name


def _row(of: str, part: pd.DataFrame, first: str, last: str) -> dict[str, Any]:
    return {"of": of, "rows": len(part), "from": part[first].min(), "to": part[last].max()}
