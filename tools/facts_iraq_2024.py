"""Which fact of `iraq-2024` is carried by which lines, and what moves with it.

`python tools/facts_iraq_2024.py` fills the table of docs/scenarios/iraq-2024.md. Each row changes
one fact and runs the scenario and its changed copy under common random numbers.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pages import ROOT, fill, table

import drawdown as dd

PAGE = ROOT / "docs/scenarios/iraq-2024.md"
TRIALS, SEED = 4_000, 7
BAGHDAD = "plan.phases.first.moves.baghdad_us"
ADVISERS = "plan.phases.second.moves.baghdad_us.residual"
RETALIATION = "world.threats.militias.retaliation"
SYRIA_LEAVES = {
    "announced_start": "2027-01-01",
    "announced_finish": "2027-12-31",
    "moves": {"us": {"site": "syria", "contingent": "us"}},
}


@dataclass(frozen=True)
class Fact:
    """A fact, the key that carries it, another value for it, and a measure that responds."""

    what: str
    path: str
    value: Any
    changed: str
    measure: str
    by: str | None = None
    which: str | None = None

    @property
    def label(self) -> str:
        """The measure as the table calls it."""
        return f"`{self.measure}`" + (f" of {self.which}" if self.which else "")


FACTS = [
    Fact(
        "900 US troops in Syria",
        "world.sites.syria.garrison.us",
        450,
        "450",
        "person_days",
        "site",
        "syria",
    ),
    Fact(
        "2,500 US troops in Iraq; their split by base was not given",
        "world.sites.erbil.garrison.us",
        1_300,
        "500 more in Erbil",
        "person_days",
        "site",
        "erbil",
    ),
    Fact(
        "Germany, France, Spain and Italy are still there; numbers were not given",
        "world.sites.erbil.garrison.germany",
        360,
        "twice as many Germans in Erbil",
        "wounded",
        "contingent",
        "germany",
    ),
    Fact(
        "both capitals still have to approve",
        "plan.gates.approval.delay_days",
        0,
        "approved at once",
        "start_days",
        "phase",
        "first",
    ),
    Fact(
        "the announcement was put off by regional tension",
        "plan.gates.approval.blocked_while",
        None,
        "war puts nothing off",
        "open_days",
        "gate",
        "approval",
    ),
    Fact(
        "all leave Ain al-Asad by September 2025",
        "plan.phases.first.announced_finish",
        "2025-06-30",
        "by June 2025",
        "finish_days",
        "site",
        "asad",
    ),
    Fact(
        "Baghdad is sharply cut",
        f"{BAGHDAD}.residual",
        550,
        "50 leave and not 350",
        "person_days",
        "site",
        "baghdad",
    ),
    Fact(
        "the first phase ends a month before the election, expected in October 2025",
        "world.calendar.election.date",
        "2025-11-01",
        "a month later",
        "buffer_met",
        "buffer",
        "clear_of_election",
    ),
    Fact(
        "the others stay in Erbil until the end of 2026",
        "plan.phases.second.announced_finish",
        "2026-09-30",
        "until September 2026",
        "finish_days",
        "site",
        "erbil",
    ),
    Fact(
        "the 900 in Syria have no exit date",
        "plan.phases.third",
        SYRIA_LEAVES,
        "they leave by the end of 2027",
        "people_left",
    ),
    Fact(
        "a limited number may stay as advisers",
        ADVISERS,
        0,
        "nobody stays",
        "people_left",
        "site",
        "baghdad",
    ),
    Fact(
        "two years are breathing room: slack inside the dates",
        "plan.breathing_room.pause_days",
        0,
        "no pauses",
        "pause_days",
    ),
    Fact(
        "few people in two years: transport hardly binds",
        "plan.transport.people_per_day",
        5,
        "5 a day, not 150",
        "finish_days",
        "phase",
        "first",
    ),
    Fact(
        "troops are a magnet for attacks (disputed)",
        "world.threats.militias.presence_elasticity",
        0,
        "they are not",
        "attacks",
    ),
    Fact(
        "the US strikes back when troops are hurt",
        f"{RETALIATION}.after_wounded",
        0.9,
        "nearly always, not one time in three",
        "strikes",
    ),
    Fact(
        "strikes destabilise further (disputed)",
        f"{RETALIATION}.deterrence",
        -0.3,
        "they provoke, for certain",
        "attacks",
    ),
    Fact(
        "strikes not coordinated with Baghdad offend its sovereignty",
        f"{RETALIATION}.coordinated",
        0.9,
        "nine of ten coordinated",
        "expelled",
    ),
    Fact(
        "Iraq can end the presence",
        "world.host.expulsion.notice_days",
        365,
        "a year's notice",
        "finish_days",
    ),
    Fact(
        "troops also intercept what is fired at Israel; leaving gives that up",
        "world.barrages.capable",
        {"asad": 150, "erbil": 150, "syria": 150},
        "those in Syria can too",
        "barrages_unmet",
    ),
    Fact(
        "ISIS is still a threat",
        "world.insurgency.strength",
        0.3,
        "three times as strong",
        "incidents",
    ),
    Fact(
        "troops hold ISIS down (disputed)",
        "world.insurgency.troops_share",
        0.8,
        "four fifths, not a third of what does",
        "insurgent_strength",
    ),
    Fact(
        "Iraq can handle what is left",
        "world.host.capability.growth_per_year",
        0.2,
        "its forces improve faster on their own",
        "insurgent_strength",
    ),
    Fact(
        "advisers improve Iraq's forces",
        "world.host.capability.growth_with_advisers_per_year",
        0.2,
        "more than supposed",
        "insurgent_strength",
    ),
    Fact(
        "out in 2011, back in 2014",
        "world.reentry.per_day",
        0,
        "nobody goes back",
        "people_back",
    ),
    Fact(
        "allies leave when others have left",
        "world.contingents.italy.follows",
        {"germany": 1.0, "france": 1.0},
        "Italy surely follows",
        "finish_days",
        "contingent",
        "italy",
    ),
]


def values(run: dd.Run, fact: Fact) -> NDArray[np.float64]:
    """The measure in every trial; what does not come before the horizon counts as at it."""
    if fact.by is None:
        found = run.values(fact.measure)
    else:
        found = run.values(fact.measure, fact.by)[fact.which].to_numpy()
    horizon = (run.scenario.horizon - run.scenario.start).days
    return np.where(np.isnan(found), horizon, found)


def shown(value: float, difference: float, error: float) -> list[str]:
    """A mean, and a difference with its interval, to the first two digits of the error.

    Above 100 an error is whole; where there is none, as in what chance does not touch, numbers have
    three digits.
    """
    size = abs(error or difference or value)
    first = math.floor(math.log10(size)) if size else 0
    places = min(max((1 if error else 2) - first, 0), 4)
    return [f"{value:,.{places}f}", f"{difference:+,.{places}f} ± {error:,.{places}f}"]


def row(scenario: dd.Scenario, run: dd.Run, fact: Fact) -> list[str]:
    """A row of the table: what the measure is, and by how much it moves."""
    changed = scenario.replace({fact.path: fact.value})
    other = dd.simulate(changed, trials=TRIALS, seed=SEED, progress=False)
    before = values(run, fact)
    difference = values(other, fact) - before
    error = 2 * difference.std(ddof=1) / TRIALS**0.5
    numbers = shown(before.mean(), difference.mean(), error)
    return [fact.what, f"`{fact.path}`", fact.changed, fact.label, *numbers]


if __name__ == "__main__":
    scenario = dd.Scenario.read(ROOT / "examples/scenarios/iraq-2024.toml")
    run = dd.simulate(scenario, trials=TRIALS, seed=SEED, progress=False)
    head = ["fact", "carried by", "changed to", "measure", "as it is", "difference"]
    fill(PAGE, "facts", table(head, (row(scenario, run, fact) for fact in FACTS)))
