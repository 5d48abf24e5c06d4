"""Hindcasts of the shipped series by the engine and by all baselines, for docs/hindcasts.md.

    python tools/hindcasts.py     some ten minutes; writes the page

From one origin after another each model sees the months up to it and no other. The ranges of the
engine depend on the first twelve months alone; they were widened once, after a first look at the
Afghan series, and not fitted to any.
"""

from __future__ import annotations

from textwrap import fill
from typing import Any

import pandas as pd
from pages import ROOT, table

import drawdown as dd
from drawdown.learn.backtest import MODELS
from drawdown.learn.records import EXAMPLES
from drawdown.learn.series import LEAST

PAGE = ROOT / "docs/hindcasts.md"
MEASURES = ("attacks", "wounded", "killed", "strikes")
HORIZONS = (1, 3, 6, 12)
# About so many origins are taken of each series.
ORIGINS = 24
SAMPLES, SEED = 1_000, 7
BASELINES = ["climatology", "random walk", "autoregression"]
HEAD = """# Hindcasts

The engine as the forecaster of bare series ([`backtest`](guides/forecasts.md) with the model
`"drawdown"`: a rate that drifts, brought up to the past by the particle filter at every origin)
beside the baselines, on every series that ships. The page is made by `tools/hindcasts.py`; do not
edit. CRPS of the number in one month, so many months ahead: less is better. Coverage is the share
of months within the 80 % interval, with its 95 % interval (block bootstrap over origins; the exact
one of as many trials as there are windows apart where all windows are alike): as found, and with
what counts do at an edge taken out, as [the guide](guides/forecasts.md) says. Skill is 1 - CRPS /
CRPS of the baseline, with its 95 % interval (block bootstrap over origins); below 0 the baseline is
better. Apart: as many windows as do not overlap. Dead are of all causes in Iraq and hostile in
Afghanistan, month by month. The engine's ranges depend on the first twelve months alone; they were
widened once after a first look at the Afghan series, where the engine had been worse than
climatology, and are not fitted to any.
"""
FOOT = """
Of the wounded in Iraq the engine's intervals hold too much up to half a year ahead: hundreds a
month are reckoned in units of several. Of the dead they hold too little a year ahead, and of those
in Afghanistan from half a year on; only five or six windows of a year lie apart. Over series of its
own model, three years of which are known, they hold what they say ([the statement of
validity](validity.md)). Here pasts are up to eleven years long, and few samples of the ranges that
are fixed for a whole history are left then (see [what now?](guides/what-now.md)); how much of what
is missing is due to that, and how much to records that go otherwise than a rate that drifts, has
not been told apart. Counts from 12 on are taken as known to 10 %. Nothing here knows of plans,
seasons or people on the ground.
"""


def series_of(name: str, measure: str) -> pd.Series[float]:
    """The whole months of a series, from the first to the last that is known."""
    return dd.Observations.example(name).by_month(measure)


def scored() -> tuple[list[tuple[str, str, pd.Series[float]]], list[str]]:
    """Series with months enough to score all horizons, and the records that have none."""
    enough, others = [], []
    for name in EXAMPLES:
        months = {measure: series_of(name, measure) for measure in MEASURES}
        found = {key: one for key, one in months.items() if _scorable(one)}
        enough += [(name, measure, one) for measure, one in found.items()]
        if not found:
            others.append(f"`{name}`")
    return enough, others


def _scorable(series: pd.Series[float]) -> bool:
    return int(series.notna().sum()) > LEAST + max(HORIZONS)


def section(name: str, measure: str, series: pd.Series[float]) -> str:
    """The tables of one series."""
    every = max(1, (len(series) - LEAST) // ORIGINS)
    found = dd.backtest(
        series,
        list(MODELS),
        horizons=HORIZONS,
        every=every,
        samples=SAMPLES,
        seed=SEED,
        measure=measure,
        progress=False,
    )
    scores = found.table().loc["month"]
    coverage = found.scores.coverage(80).loc["month"]
    rows, at = [], [(ahead, model) for ahead in HORIZONS for model in MODELS]
    for ahead, model in at:
        row: Any = scores.loc[(ahead, model)]
        shares = [_with_ends(coverage.loc[(ahead, model)], name) for name in COVERAGE]
        told = [f"{row['windows']:.0f}", f"{row['windows_apart']:.0f}", f"{row['crps']:.1f}"]
        rows.append([str(ahead), model, *told, *shares])
    skills = []
    for ahead in HORIZONS:
        row = scores.loc[(ahead, "drawdown")]
        cells = [_with_ends(row, f"skill_{one}", "+") for one in BASELINES]
        skills.append([str(ahead), f"{row['windows_apart']:.0f}", *cells])
    return (
        f"\n## `{name}`, {measure} by month, {series.index[0]} to {series.index[-1]}\n\n"
        f"{_origins(every)}\n\n"
        + table(["months ahead", "model", "windows", "apart", "CRPS", *COVERAGE.values()], rows)
        + "\n\nSkill of the engine:\n\n"
        + table(["months ahead", "apart", *(f"against {one}" for one in BASELINES)], skills)
        + "\n"
    )


COVERAGE = {
    "interval_coverage": "coverage of 80 %, as found",
    "pit_coverage": "edges taken out",
}


def _with_ends(row: Any, name: str, sign: str = "") -> str:
    """A number with the ends of its interval."""
    value, low, high = (format(row[f"{name}{end}"], f"{sign}.2f") for end in ("", "_low", "_high"))
    return f"{value} ({low} to {high})"


def _origins(every: int) -> str:
    return "An origin every month." if every == 1 else f"An origin every {every} months."


if __name__ == "__main__":
    enough, others = scored()
    left_out = fill(
        "Records of other intervals than months, of samples of events, and of fewer than the "
        f"{LEAST + max(HORIZONS)} months that twelve to begin with and a year ahead take, are left "
        f"out: {', '.join(others)}.",
        100,
        break_on_hyphens=False,
    )
    sections = "".join(section(*one) for one in enough)
    PAGE.write_text(f"{HEAD}\n{left_out}\n{sections}{FOOT}", encoding="utf-8")
