"""Figures of `vietnam-1969` and `isaf-2011`, where each step was announced and then taken.

What was recorded stands in examples/data/stepwise_*.csv, each line with its source.
"""

from __future__ import annotations

import pandas as pd
from pages import ROOT
from record_figures import Figure, Known, day, left_on, run_of, sums

import drawdown as dd

DATA = ROOT / "examples/data"
SCENARIOS = ROOT / "examples/scenarios"
# Wars with ten thousand attacks in a history: fewer histories than of the others.
MOST = 2_000


def recorded(what: str, scenario: str) -> pd.DataFrame:
    """The lines of a table that are about a scenario."""
    table = pd.read_csv(DATA / f"stepwise_{what}.csv")
    return table[table["scenario"] == scenario].drop(columns="scenario")


def read(name: str) -> dd.Scenario:
    """The scenario of that name."""
    return dd.Scenario.read(SCENARIOS / f"{name}.toml")


def run_stepwise(name: str, trials: int) -> dd.Run:
    """A run of at most as many trials as these scenarios get."""
    return run_of(read(name), min(trials, MOST))


def dated(run: dd.Run, name: str, of: str = "phase") -> list[Figure]:
    """When steps were done, or sites left, of which no date was announced."""
    figures = []
    for row in recorded("dates", name).query("of == @of").itertuples():
        known = Known(day(row.date), day(row.earliest), day(row.latest))
        word = "done" if of == "phase" else "left"
        figures.append(Figure(f"{row.id} {word}", known, left_on(run, of, row.id), "date"))
    return figures


def killed(run: dd.Run, name: str) -> list[Figure]:
    """The dead of each year after the first."""
    return [
        Figure(
            f"killed, {row.first[:4]}",
            Known(row.killed, row.low, row.high),
            sums(run, "killed", row.first, row.last),
        )
        for row in recorded("killed", name).itertuples()
    ]


def vietnam_1969(trials: int) -> list[Figure]:
    """Figures of `vietnam-1969`."""
    run = run_stepwise("vietnam-1969", trials)
    return dated(run, "vietnam-1969") + killed(run, "vietnam-1969")


def isaf_2011(trials: int) -> list[Figure]:
    """Figures of `isaf-2011`."""
    run = run_stepwise("isaf-2011", trials)
    return dated(run, "isaf-2011") + killed(run, "isaf-2011")
