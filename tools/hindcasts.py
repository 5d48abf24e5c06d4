"""Hindcasts of the shipped series by the engine and by all baselines, for docs/hindcasts.md.

    python tools/hindcasts.py     some five minutes; writes the page

From one origin after another each model sees the months up to it and no other. The ranges of the
engine depend on the first twelve months alone; they were widened once, after a first look at the
Afghan series, and not fitted to any.
"""

from __future__ import annotations

from pages import ROOT, table

import drawdown as dd
from drawdown.learn.backtest import MODELS

PAGE = ROOT / "docs/hindcasts.md"
# Name, measure, months between origins.
SERIES = [("iraq-2003-2011", "killed", 4), ("afghanistan-2001-2014", "killed", 6)]
HORIZONS = (1, 3, 6, 12)
SAMPLES, SEED = 1_000, 7
BASELINES = ["climatology", "random walk", "autoregression"]
HEAD = """# Hindcasts

The engine as the forecaster of bare series ([`backtest`](guides/forecasts.md) with the model
`"drawdown"`: a rate that drifts, brought up to the past by the particle filter at every origin)
beside the baselines, on the series that ship. The page is made by `tools/hindcasts.py`; do not
edit. CRPS of the number in one month, so many months ahead: less is better. Coverage is the share
of months within the 80 % interval. Skill is 1 - CRPS / CRPS of the baseline, with its 95 % interval
(block bootstrap over origins); below 0 the baseline is better. Apart: as many windows as do not
overlap. Dead are of all causes in Iraq and hostile in Afghanistan, month by month. The engine's
ranges depend on the first twelve months alone; they were widened once after a first look at the
Afghan series, where the engine had been worse than climatology, and are not fitted to any.
"""
FOOT = """
The engine's intervals are mostly too narrow from three months on: of the ranges that are fixed for
a whole history few samples are left after years of months (see [what now?](guides/what-now.md)),
and months from 12 on are taken as known to 10 %. Nothing here knows of plans,
seasons or people on the ground.
"""


def section(name: str, measure: str, every: int) -> str:
    """The tables of one series."""
    series = dd.Observations.example(name).by_month(measure).dropna()
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
    scores, rows = found.table().loc["month"], []
    for (ahead, model), row in scores.iterrows():
        told = [f"{row['crps']:.1f}", f"{row['interval_coverage_80']:.2f}"]
        rows.append([str(ahead), model, f"{row['windows']:.0f}", *told])
    skills = []
    for ahead in HORIZONS:
        row = scores.loc[(ahead, "drawdown")]
        cells = [
            f"{row[f'skill_{one}']:+.2f} ({row[f'skill_{one}_low']:+.2f} to "
            f"{row[f'skill_{one}_high']:+.2f})"
            for one in BASELINES
        ]
        skills.append([str(ahead), f"{row['windows_apart']:.0f}", *cells])
    first, last = series.index[0], series.index[-1]
    return (
        f"\n## `{name}`, {measure} by month, {first} to {last}\n\n"
        f"An origin every {every} months.\n\n"
        + table(["months ahead", "model", "windows", "CRPS", "coverage of 80 %"], rows)
        + "\n\nSkill of the engine:\n\n"
        + table(["months ahead", "apart", *(f"against {one}" for one in BASELINES)], skills)
        + "\n"
    )


if __name__ == "__main__":
    PAGE.write_text(HEAD + "".join(section(*one) for one in SERIES) + FOOT, encoding="utf-8")
