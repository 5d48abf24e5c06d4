"""What common random numbers are worth, for docs/compare.md.

`python tools/common_random_numbers.py` fills the tables of the page: for pairs of scenarios under
one seed, how many times less the paired differences vary than differences under two seeds would.
"""

import pandas as pd
from pages import ROOT, fill, table

import drawdown as dd

PAGE = ROOT / "docs/compare.md"
TRIALS, SEED = 20_000, 7
MEASURES = [
    "attacks",
    "attacks_on_the_way",
    "wounded",
    "killed",
    "worst_attack",
    "strikes",
    "finish_days",
    "person_days",
    "pause_days",
    "expelled",
    "insurgent_strength",
    "incidents",
    "barrages_unmet",
    "people_back",
]
ON_SITES = ["attacks", "wounded"]
ELASTICITY = "world.threats.militias.presence_elasticity"
# The usual laws of interception have means of 0.85 and 0.6: 10 points more, as sure as they are.
STOPPED = {"drone": {"beta": [19, 1]}, "rocket": {"beta": [7, 3]}}


def pairs(iraq: dd.Scenario) -> dict[str, tuple[dd.Scenario, dd.Scenario]]:
    """The pairs, by their columns in the table."""
    sites = iraq.to_dict()["world"]["sites"]
    better = {f"world.sites.{site}.air_defence.intercept": STOPPED for site in sites}
    return {
        "no pauses": (iraq, iraq.replace({"plan.breathing_room.pause_days": 0})),
        "Erbil 60 days later": (
            iraq,
            iraq.replace({"plan.phases.second.announced_finish": "2027-03-01"}),
        ),
        "10 points more stopped": (iraq, iraq.replace(better)),
        "presence 0.4, not 0": (iraq.replace({ELASTICITY: 0}), iraq.replace({ELASTICITY: 0.4})),
        "stay": (iraq, iraq.stay()),
    }


def compared(pair: tuple[dd.Scenario, dd.Scenario]) -> dd.Comparison:
    """A pair of plans under common random numbers."""
    plans = dict(zip("ab", pair, strict=True))
    return dd.compare(plans, trials=TRIALS, seed=SEED, stay=False, same_world=False, progress=False)


def worth(pair: dd.Comparison, by: str | None = None) -> pd.DataFrame:
    """What common random numbers are worth to a pair, by measure."""
    return pair.variance_reduction(by).droplevel("plan")


def cell(row: pd.Series) -> str:
    """How many times less variance, and in how many trials the two differ."""
    if row["differ"] == 0:
        return "the same"
    if not row["ratio"] > 0:
        return f"- ({100 * row['differ']:.0f} %)"
    return f"{times(1 / row['ratio'])} ({share(row['differ'])} %)"


def times(factor: float) -> str:
    """A factor with two digits, or three from 100 on."""
    if factor >= 100:
        return f"{float(f'{factor:.2g}'):,.0f}"
    return f"{factor:.2g}"


def share(part: float) -> str:
    """A percentage: whole, but for the smallest."""
    return f"{100 * part:.0f}" if part >= 0.01 else f"{100 * part:.1g}"


if __name__ == "__main__":
    scenario = dd.Scenario.read(ROOT / "examples/scenarios/iraq-2024.toml")
    found = {name: compared(pair) for name, pair in pairs(scenario).items()}
    in_all = {name: worth(pair) for name, pair in found.items()}
    rows = ([f"`{m}`", *(cell(one.loc[m]) for one in in_all.values())] for m in MEASURES)
    fill(PAGE, "common", table(["measure", *found], rows))
    by_site = {name: worth(found[name], "site") for name in ("no pauses", "stay")}
    head = ["site", *(f"`{m}`, {name}" for name in by_site for m in ON_SITES)]
    sites = scenario.to_dict()["world"]["sites"]
    rows = (
        [s, *(cell(one.loc[m, s]) for one in by_site.values() for m in ON_SITES)] for s in sites
    )
    fill(PAGE, "common by site", table(head, rows))
