"""Simulation-based calibration of `fit`: ranks of true values among samples of their posterior.

Values are drawn from the ranges, counts from the model under these, and the ranges are fitted to
the counts: the rank of each true value among the samples is then uniform, if the samples are of the
posterior (Talts et al. 2018, arXiv:1804.06788). The distribution function of ranks is held against
simultaneous bands (Sailynoja, Burkner & Vehtari 2022, Statistics and Computing 32:32): that of the
ranks, and that of how far they are from the middle, which sees spreads that are wrong.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

import drawdown as dd
from checks import Array, Check
from drawdown import _core
from drawdown.learn import reporting
from drawdown.learn.reporting import CoreSource

# Chance of a false alarm, over all parameters of a case.
ALARM = 0.01
# Where distribution functions are looked at.
GRID = np.array([0.01, 0.02, *np.arange(0.05, 0.96, 0.05), 0.98, 0.99])
# By how much the spread of samples is wrong in the control.
NARROW = 0.9

_HEAD = """
schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.sites.base]
garrison = { us = 100 }
"""
CASES: dict[str, tuple[str, list[Any]]] = {
    "a rate": (
        f"{_HEAD}[world.threats.group]\nweapons = {{}}\n"
        "attacks_per_day = { gamma = { shape = 2, mean = 0.2 } }\n",
        [(0.0, 30.0, "exact"), (30.0, 90.0, "exact")],
    ),
    "a rate and two sources": (
        f"{_HEAD}[world.threats.group]\nweapons = {{}}\n"
        "attacks_per_day = { gamma = { shape = 2, mean = 0.4 } }\n",
        [(0.0, 50.0, "exact"), (50.0, 90.0, "exact"), (90.0, 150.0, "exact")],
    ),
    "states, rates and contagion": (
        f"""{_HEAD}
[world.tension]
start = "calm"
[world.tension.states.calm]
mean_days.constant.lognormal = {{ median = 60, sigma = 0.5 }}
next = {{ war = 1 }}
[world.tension.states.war]
mean_days.constant.uniform = [10, 40]
next = {{ calm = 1 }}
[world.threats.group]
weapons = {{}}
batch_mean = 1.3
[world.threats.group.attacks_per_day]
calm = {{ lognormal = {{ median = 0.03, sigma = 0.6 }} }}
war = {{ lognormal = {{ median = 0.6, sigma = 0.4 }} }}
[world.threats.group.contagion]
children_per_attack = {{ beta = [2, 5] }}
decay_days = 2
""",
        [
            (0.0, 20.0, "exact"),
            (20.0, 50.0, "exact"),
            (60.0, 90.0, "exact"),
            (90.0, 130.0, "exact"),
            (130.0, 200.0, "exact"),
            (200.0, 240.0, "exact"),
        ],
    ),
}
# What is believed of the factors of sources, and which counts are theirs.
SOURCES: dict[str, list[CoreSource]] = {
    "a rate and two sources": [
        ("press", '{"lognormal": {"median": 1.2, "sigma": 0.4}}', [1]),
        ("army", '{"uniform": [0.3, 1.0]}', [2]),
    ],
}


def ranks(
    case: str, fits: int, spreads: Sequence[float] = (1.0,), seed: int = 7
) -> list[dict[str, Array]]:
    """The share of samples below the true value, by range and fit, ties and edges by chance.

    For each of some spreads: by so much the samples are drawn towards their mean.
    """
    text, intervals = CASES[case]
    scenario = dd.Scenario.from_toml(text)
    sources = SOURCES.get(case, [])
    values = dd.sample_inputs(scenario, fits, seed=seed)
    values = values.join(reporting.of_prior(sources, fits, seed))
    table = np.ascontiguousarray(values.to_numpy(float))

    def data(numbers: Array) -> Any:
        each = zip(intervals, numbers, strict=True)
        counts = [(a, b, "attacks", None, [], kind, float(n), 0.0) for (a, b, kind), n in each]
        return counts, False, [], [], [], sources

    none = data(np.zeros(len(intervals)))
    made = _core.replicate_counts(scenario._compiled, none, table, seed)
    chance = np.random.default_rng(seed)
    found: list[dict[str, list[float]]] = [{path: [] for path in values.columns} for _ in spreads]
    for k in range(fits):
        drawn = _core.fit(scenario._compiled, data(made[k]), (2, 120, 120, 10, seed + k))
        samples = drawn["draws"].reshape(-1, len(drawn["paths"]))[::2]
        middle = samples.mean(axis=0)
        for spread, shares in zip(spreads, found, strict=True):
            moved = middle + spread * (samples - middle)
            for j, path in enumerate(drawn["paths"]):
                below = float((moved[:, j] < values[path].iloc[k]).sum())
                shares[path].append((below + chance.random()) / (len(samples) + 1))
    return [{path: np.array(each) for path, each in one.items() if each} for one in found]


def distance(shares: Array) -> float:
    """The largest distance of the distribution function from the even one, in standard errors."""
    return max(_distance(shares), _distance(2 * np.abs(shares - 0.5)))


def _distance(shares: Array) -> float:
    below = (shares[:, np.newaxis] <= GRID).mean(axis=0)
    return float(np.max(np.abs(below - GRID) / np.sqrt(GRID * (1 - GRID) / len(shares))))


def limit(fits: int, parameters: int, draws: int = 4_000) -> float:
    """The distance that even ranks exceed once in so many cases, for any of the parameters."""
    chance = np.random.default_rng(1)
    found = [distance(chance.random(fits)) for _ in range(draws)]
    return float(np.quantile(found, 1 - ALARM / parameters))


def checks(fits: int) -> Iterator[Check]:
    """Whether ranks are even, for each case and range, and what is too narrow is found out."""
    for case in CASES:
        found, narrow = ranks(case, fits, (1.0, NARROW))
        most = limit(fits, len(found))
        for path, shares in found.items():
            score = distance(shares)
            yield Check("SBC", f"{case}: {_short(path)}", score, 0, 0, fits, most, score)
    # Of the last, which has several ranges.
    over = max(map(distance, narrow.values())) / most
    seen = 0.0 if over > 1 else math.inf
    yield Check("SBC, control", "10 % too narrow, by the limit", over, 1, 0, fits, score=seen)


def _short(path: str) -> str:
    return ".".join(path.removesuffix(".constant").split(".")[-2:])
