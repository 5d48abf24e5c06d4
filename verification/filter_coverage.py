"""How often bands of forecasts by the particle filter hold what comes, on series of its own model.

Series are simulated in plain numpy, months at a time, from the law that the engine's model of a
bare series has. Of each, three years are known, and the engine forecasts the year after. What may
come is simulated many times from where the series then stands, so that a series tells how likely
its bands hold what comes, and not only whether they did once.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from checks import Array, Check, of_sample
from drawdown.learn import rules, series_model

AHEAD = (1, 3, 6, 12)
KNOWN, BAND, SAMPLES, SERIES, FUTURES = 36, 0.8, 1_000, 500, 400
# How far a share may be from that of the band, and by how many standard errors that has to be told.
WITHIN, TOLD = 0.03, 3
MONTHS = pd.period_range("2020-01", periods=KNOWN + max(AHEAD), freq="M")
# What a usual month has, from which the ranges of the model follow.
USUAL = 10.0


class Drift(NamedTuple):
    """What is fixed for a series: rate a day, attacks at a time, and how the rate drifts."""

    rate: float
    batch: float
    sd: float
    kept: float  # of a deviation, in a week

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> "Drift":
        """One as likely as the ranges of `series_model.scenario_of` say."""
        known = MONTHS[:KNOWN]
        a_day = USUAL / ((known[-1].end_time - known[0].start_time).days / KNOWN)
        low, high = ((end - 0.1) / 0.1 for end in (0.01, 1))
        half_life = 500 * rng.lognormal(0, 1)
        return cls(
            rate=a_day * rng.lognormal(0, 1.5),
            batch=rng.uniform(1, 3),
            sd=float(stats.truncnorm.rvs(low, high, 0.1, 0.1, random_state=rng)),
            kept=2 ** (-7 / half_life),
        )

    @property
    def variance(self) -> float:
        """That of the logarithm of the rate in the long run."""
        return self.sd**2 / (1 - self.kept**2)

    def weeks(self, start: Array, weeks: int, rng: np.random.Generator) -> Array:
        """The deviations of so many weeks after some that they start from, by row."""
        found = np.empty((len(start), weeks))
        for week in range(weeks):
            start = self.kept * start + self.sd * rng.normal(size=len(start))
            found[:, week] = start
        return found

    def counts(self, deviations: Array, rng: np.random.Generator) -> Array:
        """The attacks of all months, by row, given the deviations of all weeks."""
        days = np.asarray(MONTHS.days_in_month)
        weekly = self.rate / self.batch * np.exp(deviations - self.variance / 2)
        daily = np.repeat(weekly, 7, axis=1)[:, : days.sum()]
        begins = np.concatenate([[0], days.cumsum()[:-1]])
        batches = rng.poisson(np.add.reduceat(daily, begins, axis=1))
        more = rng.negative_binomial(np.maximum(batches, 1), 1 / self.batch)
        return np.asarray(batches + np.where(batches > 0, more, 0), dtype=float)


def history(rng: np.random.Generator) -> tuple["pd.Series[float]", Array]:
    """Three years of months, and the year after in so many ways, by row."""
    drift = Drift.drawn(rng)
    days = int(MONTHS.days_in_month.to_numpy().sum())
    weeks, told = -(-days // 7), -(-int(MONTHS.days_in_month.to_numpy()[:KNOWN].sum()) // 7)
    first = rng.normal(0, np.sqrt(drift.variance), size=1)
    past = np.column_stack([first, drift.weeks(first, told - 1, rng)])
    later = drift.weeks(np.repeat(past[:, -1], FUTURES), weeks - told, rng)
    every = np.column_stack([np.repeat(past, FUTURES, axis=0), later])
    counts = drift.counts(every, rng)
    return pd.Series(counts[0, :KNOWN], MONTHS[:KNOWN]), counts[:, KNOWN:]


def shares(series: int, particles: int | None = None, seed: int = 7) -> Array:
    """By series and months ahead: how likely the band holds what comes, half of an edge."""
    flat = pd.Series(USUAL, MONTHS[:KNOWN])
    scenario = series_model.scenario_of(flat, max(AHEAD))
    count = series_model.particles_of(SAMPLES) if particles is None else particles
    found = np.empty((series, len(AHEAD)))
    for k in range(series):
        # A stream for each: more of them leave the first as they were.
        rng = np.random.default_rng([36, seed, k])
        past, futures = history(rng)
        paths = series_model.drawdown_of(scenario, past, max(AHEAD), count, 1.0, rng)
        for j, ahead in enumerate(AHEAD):
            came = futures[:, ahead - 1]
            ordered = np.sort(paths[:, ahead - 1])
            below, up_to = (np.searchsorted(ordered, came, side) for side in ("left", "right"))
            place = rules.Position(below / len(ordered), up_to / len(ordered))
            found[k, j] = place.inside(BAND).mean()
    return found


def checks(series: int) -> Iterator[Check]:
    """Whether bands hold about what they say: with so many particles they are a little narrow.

    Raises
    ------
    ValueError
        If so few series do not tell.
    """
    for values, ahead in zip(shares(series).T, AHEAD, strict=True):
        check = of_sample("coverage", "", values, BAND)
        if TOLD * check.se > WITHIN:
            raise ValueError(f"{series} series do not tell {WITHIN} from nothing")
        what = f"80 %, {ahead} ahead, month, within 77 and 83 %; standard error {check.se:.2%}"
        yield Check("coverage", what, check.measured, BAND, WITHIN, series, limit=1.0)


if __name__ == "__main__":
    for check in checks(SERIES):
        print(check, flush=True)
