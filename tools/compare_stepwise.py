"""Simulated against recorded, for docs/scenarios/vietnam-1969.md and isaf-2011.md.

`python tools/compare_stepwise.py` fills the tables of the pages and draws their figures; names of
scenarios after it choose among them.
"""

import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from pages import ROOT, fill, table
from record_figures import SEED, Figure
from record_stepwise import MOST, dated, killed, read, recorded, run_stepwise

import drawdown as dd
from drawdown.plots.figure import BLUE, STYLE, VERMILION

PAGES = ROOT / "docs/scenarios"
THREATS = {"vietnam-1969": "war", "isaf-2011": "insurgents"}
ELASTICITIES = (0.5, 1.0, 1.5)
# Dates need no attacks here: nothing in these plans answers them.
DATES = 20_000


def weekly_people(run: dd.Run) -> pd.DataFrame:
    """P10, P50 and P90 of people on the sites, week by week."""
    bands = run.weekly()["people"]
    found = {q: bands.sel(quantile=q).to_numpy() for q in (0.1, 0.5, 0.9)}
    return pd.DataFrame(found, index=pd.DatetimeIndex(bands["week"].to_numpy()))


def without_others(scenario: dd.Scenario) -> dd.Scenario:
    """The scenario with the people of the United States alone, of whom there are counts."""
    tree = scenario.to_dict()
    tree.pop("sources", None)
    tree["world"]["threats"] = {}
    for site in tree["world"]["sites"].values():
        site["garrison"] = {"us": site["garrison"]["us"]}
    phases = tree["plan"]["phases"]
    for name in [n for n, p in phases.items() if "others" in str(p["moves"])]:
        del phases[name]
    return dd.Scenario.from_dict(tree)


def people(alone: dd.Run, name: str) -> str:
    """People of the United States on the days of the counts."""
    bands = weekly_people(alone)
    rows = []
    for row in recorded("levels", name).itertuples():
        at = bands.iloc[bands.index.get_indexer([pd.Timestamp(row.date)], method="nearest")[0]]
        simulated = f"{at[0.5]:,.0f} ({at[0.1]:,.0f} to {at[0.9]:,.0f})"
        rows.append([row.date, f"{row.people:,}", simulated])
    return table(["day", "recorded", "simulated"], rows)


def figures(found: list[Figure]) -> str:
    """Figures as against-the-record.md has them."""
    head = ["figure", "recorded", "P10", "P50", "P90", "PIT"]
    return table(head, (figure.row() for figure in found))


def elasticities(name: str) -> str:
    """What the record says of how losses follow people, with the elasticity fixed."""
    scenario = read(name)
    known = recorded("killed", name)
    rows = []
    for elasticity in ELASTICITIES:
        path = f"world.threats.{THREATS[name]}.presence_elasticity"
        fixed = scenario.replace({path: elasticity})
        run = dd.simulate(fixed, trials=MOST // 4, seed=SEED, progress=False)
        cells: list[object] = [elasticity]
        months = run.values("killed", "month")
        for row in known.itertuples():
            sums = months.loc[:, row.first : row.last].sum(axis=1)
            low, middle, high = sums.quantile([0.1, 0.5, 0.9])
            cells.append(f"{middle:,.0f} ({low:,.0f} to {high:,.0f})")
        rows.append(cells)
    rows.append(["recorded", *(f"{count:,}" for count in known["killed"])])
    return table(["presence elasticity", *known["first"].str[:4]], rows)


def draw(name: str, alone: dd.Run, run: dd.Run) -> None:
    """People and dead, simulated and recorded."""
    bands, levels = weekly_people(alone), recorded("levels", name)
    losses = killed(run, name)
    with plt.rc_context(STYLE):
        figure, (top, below) = plt.subplots(
            2, figsize=(7, 4.6), layout="constrained", height_ratios=(3, 2)
        )
        top.fill_between(bands.index, bands[0.1], bands[0.9], color=BLUE, alpha=0.2, linewidth=0)
        top.plot(bands.index, bands[0.5], color=BLUE, label="simulated: median, 8 of 10")
        days = pd.to_datetime(levels["date"])
        top.plot(days, levels["people"], "o", color=VERMILION, markersize=4, label="counted")
        top.set_ylim(bottom=0)
        top.set_ylabel("US people")
        top.legend()
        for k, one in enumerate(losses):
            low, middle, high = np.quantile(one.values, [0.1, 0.5, 0.9])
            below.plot([low, high], [k, k], color=BLUE, alpha=0.4, linewidth=6)
            below.plot(middle, k, "|", color=BLUE, markersize=12)
            below.plot(one.recorded.value, k, "o", color=VERMILION, markersize=5)
        below.set_yticks(range(len(losses)), [one.name[-4:] for one in losses])
        below.invert_yaxis()
        below.set_xlim(left=0)
        below.set_xlabel("people killed in the year")
        figure.savefig(PAGES / f"img/{name}.png", dpi=90, metadata={"Software": None})


def main() -> None:
    """Fill the pages asked for."""
    for name in sys.argv[1:] or THREATS:
        page = PAGES / f"{name}.md"
        alone = dd.simulate(without_others(read(name)), trials=DATES, seed=SEED, progress=False)
        run = run_stepwise(name, MOST)
        fill(page, "people", people(alone, name))
        fill(page, "dates", figures(dated(run, name) + dated(run, name, "site")))
        fill(page, "killed", figures(killed(run, name)))
        fill(page, "elasticity", elasticities(name))
        draw(name, alone, run)


if __name__ == "__main__":
    main()
