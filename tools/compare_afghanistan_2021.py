"""Simulated against recorded, for docs/scenarios/afghanistan-2021.md.

`python tools/compare_afghanistan_2021.py` fills the tables of the page and draws its figure.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pages import ROOT, fill, table

import drawdown as dd
from drawdown.plots.figure import BLUE, GREY, STYLE, VERMILION

PAGE = ROOT / "docs/scenarios/afghanistan-2021.md"
DATA = ROOT / "examples/data"
TRIALS, SEED = 10_000, 7
PLACES = ("kandahar", "mazar", "herat", "bagram", "kabul")


def progress() -> pd.DataFrame:
    """The published progress; "more than" has no upper end."""
    return pd.read_csv(DATA / "afghanistan_2021_progress.csv", parse_dates=["as_of"])


def left(run: dd.Run) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
    """Weeks, and the percentage gone of all who were to go, by quantile (P10, P50, P90)."""
    weekly = run.weekly()
    people = np.stack([weekly["people"].sel(quantile=q) for q in (0.9, 0.5, 0.1)])
    stay = float(weekly["announced_people"].sum("site")[-1])
    return weekly["week"].to_numpy(), 100 * (people[:, :1] - people) / (people[:, :1] - stay)


def progress_table(run: dd.Run) -> str:
    """Progress in percent, recorded and simulated."""
    weeks, percent = left(run)
    rows = []
    for line in progress().itertuples():
        high = f" to {line.percent_high:.0f}" if line.percent_high > 0 else " or more"
        k = np.abs(weeks - np.datetime64(line.as_of)).argmin()
        low, middle, top = percent[:, k]
        simulated = f"{middle:.0f} ({low:.0f} to {top:.0f})"
        rows.append([f"{line.as_of:%Y-%m-%d}", f"{line.percent_low:.0f}{high}", simulated])
    return table(["day", "recorded, %", "simulated, %"], rows)


def finish_table(run: dd.Run) -> str:
    """When each place was left, recorded and simulated."""
    dates = pd.read_csv(DATA / "afghanistan_2021_dates.csv", parse_dates=["date"])
    recorded = dates[dates["event"] == "finish"].set_index("place")["date"]
    ends = run.finish_dates()
    rows = []
    for place in PLACES:
        row = ends.loc[("site", place)]
        p10, p50, p90 = (f"{row[p]:%Y-%m-%d}" for p in ("p10", "p50", "p90"))
        rows.append([place, f"{recorded[place]:%Y-%m-%d}", p10, p50, p90])
    return table(["place", "recorded", "P10", "P50", "P90"], rows)


def price_table(scenario: dd.Scenario) -> str:
    """What the truce and the broken promise do: worlds and plans under common random numbers."""
    held = {"world.threats.taliban.truce.grace_days": 365}
    broken = {"world.threats.taliban.truce.grace_days": 0}
    in_time = {"plan.gates.review.delay_days": 0}
    cases = [
        ("as it is in the scenario: nobody knows", {}),
        ("the Taliban wait, as they did", held),
        ("the Taliban fight again on 2 May", broken),
        ("the same, but the promise is kept as well as it can be", broken | in_time),
        ("no truce ever", {"world.threats.taliban.truce": None}),
    ]
    rows = []
    for name, changes in cases:
        run = dd.simulate(scenario.replace(changes), trials=TRIALS, seed=SEED, progress=False)
        killed, wounded = (
            run.values(of, "threat")["taliban"].to_numpy() for of in ("killed", "wounded")
        )
        hurt = killed + wounded
        error = 2 * killed.std() / len(killed) ** 0.5
        rows.append(
            [
                name,
                f"{killed.mean():.2f} ± {error:.2f}",
                f"{(killed > 0).mean():.0%}",
                f"{hurt.mean():.1f}",
            ]
        )
    head = ["case", "killed by the Taliban, mean", "chance of any", "killed or wounded, mean"]
    return table(head, rows)


def draw(run: dd.Run) -> None:
    """The figure: who had left, and the published progress."""
    weeks, percent = left(run)
    with plt.rc_context(STYLE):
        figure, ax = plt.subplots(figsize=(7, 3), layout="constrained")
        ax.fill_between(weeks, percent[0], percent[2], color=BLUE, alpha=0.2, linewidth=0)
        ax.plot(weeks, percent[1], color=BLUE, label="people gone, simulated: median, 8 of 10")
        record = progress()
        top = record["percent_high"].fillna(100)
        ax.vlines(record["as_of"], record["percent_low"], top, color=VERMILION, linewidth=3)
        ax.plot([], [], color=VERMILION, linewidth=3, label="withdrawal done, as published")
        for day, text in (
            ("2021-05-01", "promised"),
            ("2021-08-31", "moved to"),
            ("2021-09-11", ""),
        ):
            ax.axvline(pd.Timestamp(day), color=GREY, linewidth=0.8, linestyle=":")
            ax.annotate(text, (pd.Timestamp(day), 2), fontsize=8, ha="right")
        ax.set_xlim(pd.Timestamp("2021-04-01"), pd.Timestamp("2021-10-15"))
        ax.set_ylim(0, 100)
        ax.set_ylabel("%")
        ax.legend(loc="center right")
        figure.savefig(ROOT / "docs/scenarios/img/afghanistan-2021.png", dpi=90)


if __name__ == "__main__":
    scenario = dd.Scenario.read(ROOT / "examples/scenarios/afghanistan-2021.toml")
    run = dd.simulate(scenario, trials=TRIALS, seed=SEED, progress=False)
    fill(PAGE, "progress", progress_table(run))
    fill(PAGE, "finish", finish_table(run))
    fill(PAGE, "price", price_table(scenario))
    draw(run)
