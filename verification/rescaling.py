"""Time-rescaling: attacks in event logs, put on the clock of the intensity that the model says.

If it is right, the times between attacks, measured by the compensator (the intensity added up),
are independent unit exponentials. The compensator is worked out here from the log alone: changes
of tension, lifts, closings and the attacks so far. Histories follow one another on one clock.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.stats import kstest

import drawdown as dd
from checks import LIMIT, Array, Check
from closed_forms import z_of

# Two threats on two sites that excite each other, three states, departures, one site closes.
SCENARIO = """
schema = 1
start = 2025-01-01
horizon = 2025-12-27
world.sites.east.garrison.us = 1000
world.sites.west.garrison.us = 500
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { flare = 0.7, war = 0.3 } }
states.flare = { mean_days = 30, next = { calm = 0.5, war = 0.5 } }
states.war = { mean_days = 15, next = { calm = 1 } }
[world.threats.militia]
attacks_per_day = { calm = 0.2, flare = 0.8, war = 2 }
site_weights = { east = 3, west = 1 }
presence_elasticity = 0.7
contagion = { children_per_attack = 0.4, decay_days = 6, to_threats.cell = 0.1, to_sites.east.west = 0.05, start = "empty" }
weapons = {}
[world.threats.cell]
attacks_per_day = 0.7
site_weights = { east = 1, west = 1 }
presence_elasticity = -0.3
contagion = { children_per_attack = 0.2, decay_days = 2, to_threats.militia = 0.02, start = "empty" }
weapons = {}
[plan.phases.first]
announced_start = 2025-03-01
announced_finish = 2025-06-15
duration_ratio = { uniform = [0.9, 1.2] }
moves.out = { site = "east", contingent = "us", people = 600 }
[plan.phases.second]
announced_start = 2025-05-01
announced_finish = 2025-08-20
moves.out = { site = "west", contingent = "us" }
"""  # noqa: E501

THREATS, SITES = ("militia", "cell"), ("east", "west")
PAIRS = [(g, s) for g in THREATS for s in SITES]


@dataclass(frozen=True)
class World:
    """The numbers of the scenario, written down once more; the wrong ones serve as a control."""

    rates: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "militia": {"calm": 0.2, "flare": 0.8, "war": 2.0},
            "cell": dict.fromkeys(("calm", "flare", "war"), 0.7),
        }
    )
    weights: dict[str, tuple[float, float]] = field(
        default_factory=lambda: {"militia": (0.75, 0.25), "cell": (0.5, 0.5)}
    )
    elasticity: dict[str, float] = field(default_factory=lambda: {"militia": 0.7, "cell": -0.3})
    children: float = 0.4  # by an attack of the militia, on the same site
    decay_days: dict[str, float] = field(default_factory=lambda: {"militia": 6.0, "cell": 2.0})

    @property
    def branching(self) -> Array:
        """Mean number caused: rows are what is caused, columns what causes it."""
        militia, cell = np.eye(2), np.eye(2)
        within = np.array([[self.children, 0.0], [0.05, self.children]])
        return np.block([[within, 0.02 * militia], [0.1 * cell, 0.2 * cell]])

    @property
    def background(self) -> dict[str, Array]:
        """By state: what is left of all attacks, caused ones taken out."""
        found = {}
        for state in ("calm", "flare", "war"):
            of_all = np.concatenate(
                [self.rates[g][state] * np.array(self.weights[g]) for g in THREATS]
            )
            found[state] = of_all - self.branching @ of_all
        return found


def residuals(log: pd.DataFrame, world: World, days: float) -> list[Array]:
    """Times between attacks by threat and site, on the clock of their compensator."""
    branching, background = world.branching, world.background
    decay = np.repeat([1 / world.decay_days[g] for g in THREATS], len(SITES))
    power = np.repeat([world.elasticity[g] for g in THREATS], len(SITES))
    on_site = np.tile(np.arange(len(SITES)), len(THREATS))
    reference = np.array([1000.0, 500.0])
    clock = np.zeros(len(PAIRS))
    times: list[list[float]] = [[] for _ in PAIRS]
    kinds = log[log["kind"].isin(["attack", "tension", "lift"])]
    columns = ["time_days", "kind", "site", "threat", "state", "count"]
    for _, trial in kinds.groupby("trial"):
        now, state, people = 0.0, "calm", reference.copy()
        # Excitation by cause (columns) of what is caused (rows).
        excited = np.zeros((len(PAIRS), len(PAIRS)))
        for time, kind, site, threat, to, count in [
            *trial[columns].itertuples(index=False, name=None),
            (days, "end", None, None, None, 0),
        ]:
            open_now = (people > 0)[on_site]
            share = np.clip(people / reference, 0.1, 2)[on_site] ** power * open_now
            passed = time - now
            clock += background[state] * share * passed
            clock += (excited * -np.expm1(-decay * passed) / decay).sum(axis=1)
            excited *= np.exp(-decay * passed)
            now = time
            if kind == "attack":
                k = PAIRS.index((threat, site))
                times[k].append(clock[k])
                excited[:, k] += branching[:, k] * decay[k] * open_now
            elif kind == "tension":
                state = to
            elif kind == "lift":
                people[SITES.index(site)] -= count
                excited[(people == 0)[on_site]] = 0.0
    return [np.diff(moments, prepend=0.0) for moments in times]


def check(row: str, what: str, found: Array) -> list[Check]:
    """That residuals have mean 1, are exponential, and do not depend on the one before."""
    n = len(found)
    distance = kstest(found, "expon")
    uniform = -np.expm1(-found)
    follows = float(np.corrcoef(uniform[:-1], uniform[1:])[0, 1])
    score = z_of(max(distance.pvalue, 1e-300))
    return [
        Check(row, f"{what}: mean residual", float(found.mean()), 1.0, float(n**-0.5), n),
        Check(row, f"{what}: distance (KS)", distance.statistic, 0.0, 0.0, n, LIMIT, score),
        Check(row, f"{what}: one after the other", follows, 0.0, float(n**-0.5), n),
    ]


def quantiles(found: Array) -> Array:
    """Quantiles to plot, shape (2, points): of the exponential law, and of the residuals."""
    n = len(found)
    kept = np.unique(np.concatenate([np.linspace(0, n - 1, 300).astype(int), range(n - 30, n)]))
    return np.stack([-np.log1p(-(kept + 0.5) / n), np.sort(found)[kept]])


def checks(trials: int) -> tuple[list[Check], list[Check], list[Array]]:
    """Checks of the core, the same with a wrong compensator as a control, and quantiles."""
    scenario = dd.Scenario.from_toml(SCENARIO)
    run = dd.simulate(scenario, trials=trials, seed=11, progress=False)
    log, days = run.events().to_pandas(), float((scenario.horizon - scenario.start).days)
    right = residuals(log, World(), days)
    wrong = residuals(log, replace(World(), children=0.36), days)
    names = [f"{g} on {s}" for g, s in PAIRS]
    of = lambda all_of: [  # noqa: E731
        c
        for name, found in zip(names, all_of, strict=True)
        for c in check("rescaling", name, found)
    ]
    return of(right), of(wrong), [quantiles(found) for found in right]
