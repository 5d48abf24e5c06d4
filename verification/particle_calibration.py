"""Simulation-based calibration of the particle filter's likelihood, where no other is exact.

Two hidden states and contagion: a rate and a mean stay are drawn from what is believed of them, and
counts simulated by a program of its own, attack by attack in plain numpy, with reports of every
kind. The posterior is that of the particle filter's likelihood (`update`) on a lattice of the two.
The ranks of true values in it are even if the likelihood is right (Talts et al. 2018), which holds
for a likelihood that is estimated without bias too (Andrieu & Roberts 2009, Ann. Statist. 37:697).
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

import drawdown as dd
from calibration import distance, limit
from checks import Array, Check

# What is known of the world: rate in calm, mean stay in war, children of an attack and their delay.
CALM_RATE, WAR_STAY, CHILDREN, DECAY = 0.05, 20.0, 0.3, 3.0
# What is believed of the two that are not: attacks a day in war, and days of calm.
RATE = stats.lognorm(s=0.5, scale=0.8)
STAY = stats.uniform(10.0, 50.0)
NAMES = ("attacks a day in war", "mean days of calm")
# Points of the lattice, by range, and particles at each.
POINTS, PARTICLES = (12, 8), 400
# Intervals in days, and how each is reported: one is not, and one only if there is much of it.
KINDS = {
    (0, 20): "exact",
    (20, 45): "about",
    (45, 60): "exact",
    (75, 100): "censored",
    (100, 130): "about",
    (130, 150): "exact",
    (150, 180): "exact",
}
LAST, MANY, SIGMA = 180, 4, 0.2
# By how much the spread of the posterior is wrong in the control, on the scale of chances before
# anything is known: a tenth would be seen in the stay alone by so few cases.
NARROW = 0.8
NARROWER = f"{1 - NARROW:.0%}".replace("%", " %")


class Truth(NamedTuple):
    """A rate and a stay, and where they are among what is believed, from 0 to 1."""

    places: tuple[float, float]

    @property
    def values(self) -> tuple[float, float]:
        """Attacks a day in war, mean days of calm."""
        return float(RATE.ppf(self.places[0])), float(STAY.ppf(self.places[1]))


def history(rate: float, stay: float, rng: np.random.Generator) -> Array:
    """The times of all attacks: states, then the background in each, then what it causes."""
    begins, state, now = [], 0, 0.0
    while now < LAST:
        ends = min(LAST, now + rng.exponential((stay, WAR_STAY)[state]))
        # All attacks, those that others cause among them, come at the rate of the state.
        background = (CALM_RATE, rate)[state] * (1 - CHILDREN)
        begins.append(rng.uniform(now, ends, rng.poisson(background * (ends - now))))
        now, state = ends, 1 - state
    generation = np.concatenate(begins)
    everything = [generation]
    while generation.size:
        parents = np.repeat(generation, rng.poisson(CHILDREN, generation.size))
        generation = parents + rng.exponential(DECAY, parents.size)
        everything.append(generation)
    return np.concatenate(everything)


def reports(times: Array, rng: np.random.Generator) -> dd.Observations:
    """What is told of a history."""
    rows = []
    for (begin, end), kind in KINDS.items():
        count = float(((times >= begin) & (times < end)).sum())
        bound = "exact" if kind == "censored" else kind
        if kind == "about":
            count = float(np.rint(count * rng.lognormal(0, SIGMA)))
        if kind == "censored" and count <= MANY:
            bound, count = "at_most", float(MANY)
        rows.append((day(begin), day(end - 1), "attacks", count, bound))
    table = pd.DataFrame(rows, columns=["from", "to", "measure", "count", "bound"])
    table["relative_error"] = np.where(table["bound"] == "about", SIGMA, np.nan)
    return dd.Observations.of(counts=table)


def day(number: int) -> pd.Timestamp:
    """A day by its number from the start."""
    return pd.Timestamp("2025-01-01") + pd.Timedelta(days=number)


def scenario(rate: float, stay: float) -> dd.Scenario:
    """The same world, as the engine reads it."""
    return dd.Scenario.from_toml(f"""
schema = 1
start = 2025-01-01
horizon = {day(LAST):%Y-%m-%d}
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = {{ mean_days = {stay}, next.war = 1 }}
states.war = {{ mean_days = {WAR_STAY}, next.calm = 1 }}
[world.threats.group]
attacks_per_day = {{ calm = {CALM_RATE}, war = {rate} }}
contagion = {{ children_per_attack = {CHILDREN}, decay_days = {DECAY}, start = "empty" }}
weapons = {{}}
""")


def middles(points: int) -> Array:
    """The middles of as many even cells from 0 to 1."""
    return (np.arange(points) + 0.5) / points


def lattice() -> list[dd.Scenario]:
    """A scenario for each cell, of equal chance before anything is known."""
    return [
        scenario(float(RATE.ppf(a)), float(STAY.ppf(b)))
        for a in middles(POINTS[0])
        for b in middles(POINTS[1])
    ]


def posterior(cells: list[dd.Scenario], observed: dd.Observations, seed: int) -> Array:
    """The chance of each cell, of the shape of the lattice, by the filter's likelihood."""
    found = np.array([likelihood(cell, observed, seed + k) for k, cell in enumerate(cells)])
    found = np.exp(found - found.max())
    chances: Array = (found / found.sum()).reshape(POINTS)
    return chances


def likelihood(cell: dd.Scenario, observed: dd.Observations, seed: int) -> float:
    """Its logarithm; minus infinity where no particle comes to what was observed."""
    try:
        found = dd.update(cell, observed, particles=PARTICLES, seed=seed, threads=1, progress=False)
    except dd.CollapseError:
        return -math.inf
    return float(found.log_likelihood)


def rank(chances: Array, place: float, spread: float = 1.0) -> float:
    """The posterior chance of less, the posterior being even within cells.

    By `spread` it is drawn towards its mean first.
    """
    mean = float(chances @ middles(len(chances)))
    place = min(1.0, max(0.0, mean + (place - mean) / spread))
    edges = np.arange(len(chances) + 1) / len(chances)
    return float(np.interp(place, edges, np.concatenate([[0.0], chances.cumsum()])))


def ranks(cases: int, spreads: tuple[float, ...], seed: int = 7) -> Array:
    """By spread, range and case: the rank of the true value."""
    rng = np.random.default_rng([35, seed])
    cells = lattice()
    found = np.empty((len(spreads), 2, cases))
    for case in range(cases):
        truth = Truth((rng.random(), rng.random()))
        observed = reports(history(*truth.values, rng), rng)
        chances = posterior(cells, observed, int(rng.integers(2**32)))
        for j, place in enumerate(truth.places):
            marginal = chances.sum(axis=1 - j)
            found[:, j, case] = [rank(marginal, place, spread) for spread in spreads]
    return found


def checks(cases: int = 100) -> Iterator[Check]:
    """Whether ranks are even within a simultaneous band, and what is too narrow is found out."""
    right, narrow = ranks(cases, (1.0, NARROW))
    most = limit(cases, len(NAMES))
    for name, shares in zip(NAMES, right, strict=True):
        score = distance(shares)
        yield Check("SBC, particles", name, score, 0, 0, cases, most, score)
    over = min(map(distance, narrow)) / most
    seen = 0.0 if over > 1 else math.inf
    what = f"{NARROWER} too narrow, by the limit"
    yield Check("SBC, control", what, over, 1, 0, cases, score=seen)


if __name__ == "__main__":
    for check in checks():
        print(check, flush=True)
