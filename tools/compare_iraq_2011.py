"""Simulated against recorded, for docs/scenarios/iraq-2011.md and the guide.

`python tools/compare_iraq_2011.py` fills the tables of the pages and draws their figure.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from pages import ROOT, fill, table

import drawdown as dd
from drawdown.plots.figure import BLACK, BLUE, GREY, STYLE, VERMILION

PAGE = ROOT / "docs/scenarios/iraq-2011.md"
GUIDE = ROOT / "docs/guides/breathing-room.md"
DATA = ROOT / "examples/data"
TRIALS, SEED = 2_000, 7
# The months that the level of attacks was fitted to; all later ones are a test.
FITTED = ("2008-01", "2009-06")
PERIODS = [
    ("2008-01", "2008-05"),
    ("2008-06", "2009-06"),
    ("2009-07", "2009-12"),
    ("2010-01", "2010-08"),
    ("2010-09", "2011-11"),
]
ELASTICITIES = (0.0, 0.4, 0.8, 1.2)


def recorded() -> pd.DataFrame:
    """The monthly record, by month such as `2008-01`."""
    return pd.read_csv(DATA / "iraq_2008_2014_monthly.csv", index_col="month")


def levels() -> pd.DataFrame:
    """Recorded people on single days."""
    return pd.read_csv(DATA / "iraq_2010_2014_levels.csv", parse_dates=["date"])


def monthly(run: dd.Run, measure: str) -> pd.DataFrame:
    """A measure by trial (rows) and month (columns)."""
    return run.values(measure, "month")


def mean_and_band(values: pd.Series) -> str:
    """The mean, and P10 to P90."""
    low, high = values.quantile([0.1, 0.9])
    return f"{values.mean():,.0f} ({low:,.0f} to {high:,.0f})"


def periods(run: dd.Run, record: pd.DataFrame) -> str:
    """Dead and wounded by period, recorded and simulated."""
    rows = []
    for first, last in PERIODS:
        cells = [f"{first} to {last}" + (" (fit)" if last <= FITTED[1] else "")]
        for measure, column in (("killed", "us_deaths"), ("wounded", "us_wounded")):
            sums = monthly(run, measure).loc[:, first:last].sum(axis=1)
            cells += [f"{record.loc[first:last, column].sum():,.0f}", mean_and_band(sums)]
        rows.append(cells)
    return table(["months", "dead", "simulated", "wounded", "simulated"], rows)


def people(run: dd.Run) -> str:
    """People at the ends of some months, recorded and simulated."""
    record, bands = recorded()["all_troops"], run.weekly()["people"]
    dates = ["2008-07-31", "2008-12-31", "2009-06-30", "2009-12-31", "2010-04-30", "2010-08-31"]
    known = {pd.Timestamp(day): record[day[:7]] for day in dates}
    later = levels().set_index("date")["us_troops"]
    known |= {day: count for day, count in later.items() if day.year == 2011}
    rows = []
    for day, count in known.items():
        low, middle, high = (
            float(bands.sel(quantile=q).sel(week=day, method="nearest")) for q in (0.1, 0.5, 0.9)
        )
        rows.append(
            [f"{day:%Y-%m-%d}", f"{count:,.0f}", f"{middle:,.0f} ({low:,.0f} to {high:,.0f})"]
        )
    return table(["day", "recorded", "simulated"], rows)


def elasticities(scenario: dd.Scenario, record: pd.DataFrame) -> str:
    """What the months after the fit say of the presence elasticity."""
    rows = []
    after = slice("2009-07", "2011-11")
    hurt = record.loc[after, ["us_deaths", "us_wounded"]].sum().sum()
    for elasticity in ELASTICITIES:
        fixed = scenario.replace({"world.threats.insurgents.presence_elasticity": elasticity})
        run = dd.simulate(fixed, trials=500, seed=SEED, progress=False)
        sums = sum(
            monthly(run, measure).loc[:, after].sum(axis=1) for measure in ("killed", "wounded")
        )
        rows.append([elasticity, f"{hurt:,.0f}", mean_and_band(sums)])
    return table(["presence elasticity", "hurt, July 2009 to November 2011", "simulated"], rows)


def leaving(scenario: dd.Scenario, run: dd.Run) -> str:
    """When the last left, with the ratio of this scenario and with the usual one."""
    usual = {
        f"plan.phases.{phase}.duration_ratio": {"lognormal": {"median": 1.03, "sigma": 0.15}}
        for phase in run.ids("phase")
    }
    other = dd.simulate(scenario.replace(usual), trials=TRIALS, seed=SEED, progress=False)
    rows = []
    for name, one in (("of this scenario", run), ("of the library", other)):
        last = one.finish_dates().loc[("phase", "last")]
        dates = (f"{last[p]:%Y-%m-%d}" for p in ("p10", "p50", "p90"))
        rows.append([name, *dates, f"{last['chance_met']:.0%}"])
    head = ["duration ratio", "P10", "P50", "P90", "chance of 31 December 2011"]
    return table(head, rows)


def going_back(scenario: dd.Scenario, run: dd.Run) -> str:
    """Whether people were back by the end of 2014, by the share of the pressure that was theirs."""
    cases = [("range of the scenario", run)]
    for share in (0.2, 0.5, 0.8):
        fixed = scenario.replace({"world.insurgency.troops_share": share})
        cases.append((f"{share}", dd.simulate(fixed, trials=1_000, seed=SEED, progress=False)))
    rows = []
    for name, one in cases:
        strength = np.quantile(one.values("insurgent_strength"), [0.1, 0.5, 0.9])
        shown = f"{strength[1]:.2f} ({strength[0]:.2f} to {strength[2]:.2f})"
        rows.append([name, shown, f"{one.values('reentry').mean():.0%}"])
    return table(["troops' share", "strength at the end of 2014", "back by then"], rows)


def draw(run: dd.Run, record: pd.DataFrame) -> None:
    """The figure: people, dead and wounded by month."""
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(3, 1, figsize=(7, 6.5), sharex=True, layout="constrained")
        draw_people(axes[0], run, record)
        month = pd.to_datetime(record.index) + pd.Timedelta(days=15)
        for ax, measure, column in zip(
            axes[1:], ("killed", "wounded"), ("us_deaths", "us_wounded"), strict=True
        ):
            values = monthly(run, measure)
            low, middle, high = values.quantile([0.1, 0.5, 0.9]).to_numpy()
            ax.fill_between(month, low, high, color=BLUE, alpha=0.2, linewidth=0)
            ax.plot(month, middle, color=BLUE, linewidth=1.2)
            ax.plot(month, record[column], "o", color=VERMILION, markersize=3)
            ax.set_ylabel(f"{measure} in the month")
            ax.axvline(pd.Timestamp("2009-07-01"), color=GREY, linewidth=0.8, linestyle=":")
        axes[1].annotate(
            "fitted | not fitted", (pd.Timestamp("2009-07-01"), 55), ha="center", fontsize=8
        )
        axes[0].set_xlim(pd.Timestamp("2008-01-01"), pd.Timestamp("2012-06-30"))
        figure.savefig(ROOT / "docs/scenarios/img/iraq-2011.png", dpi=90)


def draw_people(ax: Axes, run: dd.Run, record: pd.DataFrame) -> None:
    """The panel of people."""
    weekly = run.weekly()
    low, middle, high = (weekly["people"].sel(quantile=q) for q in (0.1, 0.5, 0.9))
    ax.fill_between(
        weekly["week"], low, high, color=BLUE, alpha=0.2, linewidth=0, label="8 histories of 10"
    )
    ax.plot(weekly["week"], middle, color=BLUE, linewidth=1.2, label="simulated, median")
    ax.plot(
        weekly["week"],
        weekly["announced_people"].sum("site"),
        "--",
        color=BLACK,
        lw=0.8,
        label="announced",
    )
    ends = pd.to_datetime(record.index) + pd.offsets.MonthEnd(0)
    ax.plot(ends, record["all_troops"], "o", color=VERMILION, markersize=3, label="recorded")
    days = levels()
    ax.plot(days["date"], days["us_troops"], "o", color=VERMILION, markersize=3)
    ax.set_ylabel("people")
    ax.legend(loc="upper right")


if __name__ == "__main__":
    scenario = dd.Scenario.read(ROOT / "examples/scenarios/iraq-2011.toml")
    run = dd.simulate(scenario, trials=TRIALS, seed=SEED, progress=False)
    record = recorded()
    assert list(record.index) == run.ids("month"), "the record has a row for each month"
    fill(PAGE, "people", people(run))
    for page in (PAGE, GUIDE):
        fill(page, "losses", periods(run, record))
    fill(PAGE, "elasticity", elasticities(scenario, record))
    fill(PAGE, "leaving", leaving(scenario, run))
    fill(PAGE, "back", going_back(scenario, run))
    draw(run, record)
