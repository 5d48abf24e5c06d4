"""Fits by simulation beside posteriors that are known: how often 80 % intervals hold the truth."""

import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

import drawdown as dd
from checks import LIMIT, Check

Array = NDArray[np.float64]

RATE = "world.threats.militia.attacks_per_day"
SHARE = "world.threats.militia.harm.killed_share"
DAYS, SHAPE, MEAN = 366, 3.0, 0.25
# Where everything that is aimed at somebody gets through and harms exactly one.
ALWAYS: dict[str, Any] = {"no_casualty": 0, "scale": 1e-9, "shape": 0}
KILLED = (2.0, 6.0)
INTERVAL = (0.1, 0.9)


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
    truth: pd.Series
    exact: dict[str, tuple[Array, Array]]  # values and weights, by range

    def covered(self) -> dict[str, bool]:
        """Whether the interval of the fit holds the truth."""
        samples = self.fit.samples
        found = {}
        for path in self.exact:
            low, high = np.quantile(samples[path], INTERVAL)
            found[path] = bool(low <= self.truth[path] <= high)
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
        progress=False,
    )
    law = stats.gamma(SHAPE + run.values("attacks")[0], scale=1 / (DAYS + SHAPE / MEAN))
    values = law.ppf((np.arange(2_000) + 0.5) / 2_000)
    return Case(fit, run.inputs.iloc[0], {RATE: (values, np.ones(2_000))})


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
        progress=False,
    )
    attacks, killed = (run.values(measure)[0] for measure in measures)
    share = stats.beta(KILLED[0] + killed, KILLED[1] + attacks - killed)
    rate = stats.gamma(SHAPE + attacks, scale=1 / (DAYS + SHAPE / MEAN))
    points = (np.arange(2_000) + 0.5) / 2_000
    even = np.ones(2_000)
    exact = {RATE: (rate.ppf(points), even), SHARE: (share.ppf(points), even)}
    return Case(fit, run.inputs.iloc[0], exact)


KINDS: dict[str, Callable[..., Case]] = {
    "gamma-Poisson": gamma_poisson,
    "attacks and killed": attacks_and_killed,
}


def checks(count: int = 200) -> Iterator[Check]:
    """How often intervals of so many fits of each kind hold the truth: 75 to 85 % are allowed."""
    for kind, case in KINDS.items():
        held = pd.DataFrame([case(seed, 300, 8).covered() for seed in range(1, count + 1)])
        for path, share in held.mean().items():
            what = f"80 % intervals of {str(path).rpartition('.')[2]}, {kind}"
            yield Check("ABC", what, float(share), 0.8, 0.05 / LIMIT, count)


if __name__ == "__main__":
    failed = False
    for check in checks():
        print(check, flush=True)
        failed |= check.failed
    sys.exit(failed)
