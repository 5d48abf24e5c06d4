"""How the time of an attack grows with the horizon, the trials, the channels and the phases."""

from typing import Any, NamedTuple

import numpy as np

import drawdown as dd
from job_files import expected, process
from jobs import FOLDER, Drawdown
from timing import Contender, rounds


class Growth(NamedTuple):
    """Times at four sizes."""

    what: str
    sizes: tuple[int, ...]
    seconds: np.ndarray  # of CPU time per attack: rows are rounds, columns sizes

    @property
    def exponents(self) -> np.ndarray:
        """By round, the power of the size that the time goes with (least squares)."""
        return np.polyfit(np.log(self.sizes), np.log(self.seconds).T, 1)[0]


def growths() -> list[Growth]:
    """All of them."""
    one, twelve = FOLDER / "one-channel.toml", FOLDER / "twelve-channels.toml"
    job, scenario = process(one), dd.Scenario.read(one)
    days, trials, channels = (
        (425, 850, 1700, 3400),
        (1_000, 4_000, 16_000, 64_000),
        (16, 32, 48, 64),
    )
    longer = [
        scenario.replace({"horizon": str(np.datetime64("2025-01-01") + span)}) for span in days
    ]
    means = [expected(job._replace(days=float(span))) for span in days]
    whole = dd.Scenario.read(twelve)
    mean = expected(process(twelve))
    wide = [dd.Scenario.from_dict(grid(n // 4, 4)) for n in channels]
    deep = [dd.Scenario.from_dict(grid(4, n // 4)) for n in channels]
    phases = (2, 4, 8, 16)
    plans = [dd.Scenario.from_dict(leaving(n)) for n in phases]
    seen = [dd.simulate(plan, trials=4_000, seed=7, progress=False) for plan in plans]
    left = [float(run.values("attacks").mean()) for run in seen]
    return [
        growth("days of (a)", days, longer, means),
        growth("trials of (b)", trials, [whole] * 4, [mean] * 4, list(trials)),
        growth("channels: 4 threats on 4 to 16 sites", channels, wide, [mean] * 4),
        growth("channels: 4 to 16 threats on 4 sites", channels, deep, [mean] * 4),
        growth("phases in which 16 sites are emptied", phases, plans, left),
    ]


def growth(
    what: str,
    sizes: tuple[int, ...],
    scenarios: list[dd.Scenario],
    attacks: list[float],
    trials: list[int] | None = None,
) -> Growth:
    """Times scenarios of so many attacks a trial: as many trials as take a while, or so many."""
    contenders = [Contender(what, Drawdown(scenario).attacks) for scenario in scenarios]
    _, seconds = rounds(contenders, trials)
    return Growth(what, sizes, seconds / attacks)


def grid(sites: int, threats: int) -> dict[str, Any]:
    """Job (b) with other numbers of sites, in a ring, and threats, all alike."""
    names = [f"site-{k:02}" for k in range(sites)]
    ring = {name: {names[k - 1]: 0.1, names[(k + 1) % sites]: 0.1} for k, name in enumerate(names)}
    contagion = {"children_per_attack": 0.3, "decay_days": 1 / 0.7, "to_sites": ring}
    contagion["start"] = "empty"
    threat = {
        "attacks_per_day": 0.5 / threats,
        "site_weights": dict.fromkeys(names, 1.0),
        "weapons": {},
        "contagion": contagion,
    }
    return {
        "schema": 1,
        "start": "2025-01-01",
        "horizon": "2027-05-01",
        "world": {
            "sites": {name: {"garrison": {"us": 1000}} for name in names},
            "threats": {f"threat-{k:02}": threat for k in range(threats)},
        },
    }


def leaving(phases: int) -> dict[str, Any]:
    """Sixteen such sites, which are emptied in so many phases, one after the other, in 640 days."""
    written = grid(16, 4)
    names, days, each = list(written["world"]["sites"]), 640 // phases, 16 // phases
    start, plan = np.datetime64("2025-02-01"), {}
    for k in range(phases):
        sites = names[k * each : (k + 1) * each]
        plan[f"phase-{k:02}"] = {
            "after": [f"phase-{k - 1:02}"] if k else [],
            "announced_start": str(start + k * days),
            "announced_finish": str(start + (k + 1) * days),
            "moves": {name: {"site": name, "contingent": "us"} for name in sites},
        }
    written["plan"] = {"transport": {"lift_every_days": 10}, "phases": plan}
    return written
