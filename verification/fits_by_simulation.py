"""Fits by simulation beside posteriors that are known: how likely 80 % intervals hold the truth.

The truth is one of the posterior that is right, so that an interval holds it with the chance that
this posterior gives it: that tells more than whether it held the truth once.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

import drawdown as dd
from checks import Check

Array = NDArray[np.float64]

RATE = "world.threats.militia.attacks_per_day"
SHARE = "world.threats.militia.harm.killed_share"
DAYS, SHAPE, MEAN = 366, 3.0, 0.25
# Where everything that is aimed at somebody gets through and harms exactly one.
ALWAYS: dict[str, Any] = {"no_casualty": 0, "scale": 1e-9, "shape": 0}
KILLED = (2.0, 6.0)
INTERVAL = (0.1, 0.9)
# How far the mean chance of intervals may be from what they say, and by how many standard errors
# that has to be told.
WITHIN, TOLD = 0.05, 3
FITS = 30


def scenario(**harm: Any) -> dd.Scenario:
    """One site and one threat, whose rate is gamma distributed."""
    militia = {
        "attacks_per_day": {"gamma": {"shape": SHAPE, "mean": MEAN}},
        "weapons": {"bomb": {"share": 1, "salvo_mean": 1}},
        **({"harm": harm} if harm else {}),
    }
    site = {"garrison": {"us": 1_000}, "air_defence": {"intercept": {"bomb": 0}}}
    world = {"sites": {"base": site}, "threats": {"militia": militia}}
    return dd.Scenario.from_dict(
        {"schema": 1, "start": "2020-01-01", "horizon": "2021-01-01", "world": world}
    )


class Case(NamedTuple):
    """A fit, and the posterior that it ought to find."""

    fit: dd.Posterior
    exact: dict[str, tuple[Array, Array]]  # values and weights, by range

    def held(self) -> dict[str, float]:
        """How likely the interval of the fit holds the truth, by range."""
        found = {}
        for path, (values, weights) in self.exact.items():
            low, high = np.quantile(self.fit.samples[path], INTERVAL)
            found[path] = float(weights[(low <= values) & (values <= high)].sum() / weights.sum())
        return found

    def moments(self, path: str) -> tuple[float, float, float, float]:
        """Mean and standard deviation of the fit, and those that are right."""
        values, weights = self.exact[path]
        mean = float(np.average(values, weights=weights))
        spread = float(np.sqrt(np.average((values - mean) ** 2, weights=weights)))
        samples = self.fit.samples[path]
        return float(samples.mean()), float(samples.std()), mean, spread


def observed(run: dd.Run, measures: list[str]) -> dd.Observations:
    """What one history came to, by quarter of the year."""
    rows = []
    for measure in measures:
        months = run.values(measure, by="month").iloc[0]
        for first in range(0, 12, 3):
            begin = pd.Timestamp("2020-01-01") + pd.DateOffset(months=first)
            end = begin + pd.DateOffset(months=3) - pd.Timedelta(days=1)
            count = months.iloc[first : first + 3].sum()
            rows.append({"from": begin, "to": end, "measure": measure, "count": count})
    return dd.Observations.of(counts=pd.DataFrame(rows))


def gamma_poisson(seed: int, particles: int = 500, populations: int = 12) -> Case:
    """Attacks at a rate with a gamma prior: its posterior is a gamma law too."""
    one = scenario()
    run = dd.simulate(one, trials=1, seed=seed, progress=False)
    fit = dd.fit_by_simulation(
        one,
        observed(run, ["attacks"]),
        particles=particles,
        populations=populations,
        seed=seed,
        threads=1,
        progress=False,
    )
    law = stats.gamma(SHAPE + run.values("attacks")[0], scale=1 / (DAYS + SHAPE / MEAN))
    values = law.ppf((np.arange(2_000) + 0.5) / 2_000)
    return Case(fit, {RATE: (values, np.ones(2_000))})


def attacks_and_killed(seed: int, particles: int = 500, populations: int = 12) -> Case:
    """Two ranges: attacks at a rate, and whether each kills; their likelihood is exact."""
    one = scenario(**ALWAYS, killed_share={"beta": list(KILLED)})
    run = dd.simulate(one, trials=1, seed=seed, progress=False)
    measures = ["attacks", "killed"]
    fit = dd.fit_by_simulation(
        one,
        observed(run, measures),
        particles=particles,
        populations=populations,
        seed=seed,
        threads=1,
        progress=False,
    )
    attacks, killed = (run.values(measure)[0] for measure in measures)
    share = stats.beta(KILLED[0] + killed, KILLED[1] + attacks - killed)
    rate = stats.gamma(SHAPE + attacks, scale=1 / (DAYS + SHAPE / MEAN))
    points = (np.arange(2_000) + 0.5) / 2_000
    even = np.ones(2_000)
    exact = {RATE: (rate.ppf(points), even), SHARE: (share.ppf(points), even)}
    return Case(fit, exact)


KINDS: dict[str, Callable[..., Case]] = {
    "gamma-Poisson": gamma_poisson,
    "attacks and killed": attacks_and_killed,
}


def checks(count: int = FITS) -> Iterator[Check]:
    """The mean chance of intervals of so many fits of each kind: 75 to 85 % are allowed."""
    for kind, case in KINDS.items():
        held = pd.DataFrame([case(seed, 300, 8).held() for seed in range(1, count + 1)])
        for path, values in held.items():
            what = f"75 to 85 % of {str(path).rpartition('.')[2]}, {kind}"
            yield Check("ABC", what, float(values.mean()), 0.8, WITHIN, count, limit=1.0)
            se = float(values.std(ddof=1) / np.sqrt(count))
            # As many fits as tell whether it is within.
            told = TOLD * se / WITHIN
            yield Check("ABC", f"{TOLD} SE of it, by five points", told, 0, 0, count, 1.0, told)


if __name__ == "__main__":
    failed = False
    for check in checks():
        print(check, flush=True)
        failed |= check.failed
    sys.exit(failed)
