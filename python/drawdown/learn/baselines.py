"""Forecasts that know nothing but the past of a series: what any other has to beat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
# Counts beyond this are beyond what numpy draws.
_MOST = 1e12
# Of the level, the slope and the log size of an autoregression.
_LIMITS = [(-20.0, 25.0), (-0.98, 0.98), (-4.0, 8.0)]


class Forecaster(Protocol):
    """What forecasts a series: a function of its past."""

    def __call__(
        self, past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator, /
    ) -> ArrayLike:
        """Sample the next months.

        Parameters
        ----------
        past : Series
            All months up to the origin, a copy; missing where nothing is known.
        horizon : int
            How many months to forecast.
        samples : int
            How many samples are wanted; another number will do.
        rng : Generator
            Where chance comes from: the same for the same seed, model and origin.

        Returns
        -------
        array_like
            Of shape ``(samples, horizon)``: a row is one way in which the months may go on.
        """


def climatology(
    past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator
) -> Array:
    """Months of the past that followed one another, from a random one on, in a circle."""
    known = past.dropna().to_numpy()
    starts = rng.integers(0, len(known), (samples, 1))
    found: Array = known[(starts + np.arange(horizon)) % len(known)]
    return found


def recent_year(
    past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator
) -> Array:
    """The same of the last twelve months alone."""
    return climatology(past.dropna().iloc[-12:], horizon, samples, rng)


def last_value(
    past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator
) -> Array:
    """The last value again, counts with the chance of a Poisson law about it."""
    last = float(past.dropna().iloc[-1])
    if not _whole(past):
        return np.full((samples, horizon), last)
    return rng.poisson(last, (samples, horizon)).astype(float)


def random_walk(
    past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator
) -> Array:
    """A random walk of log(1 + x) from the last value, whose steps are as wide as past ones."""
    known = np.log1p(past.to_numpy())
    steps = np.diff(known)
    steps = steps[np.isfinite(steps)]
    width = float(np.sqrt(np.mean(steps**2))) if len(steps) else 0.0
    walk = known[np.isfinite(known)][-1] + np.cumsum(
        rng.normal(0, width, (samples, horizon)), axis=1
    )
    found: Array = np.clip(np.expm1(np.minimum(walk, 50)), 0, _MOST)
    return np.round(found) if _whole(past) else found


def autoregression(
    past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator
) -> Array:
    """Negative binomial counts whose log mean follows log(1 + x) of the month before.

    log m(t) = a + b log(1 + x(t-1)), variance m + m²/r, by penalised likelihood (weak normal laws
    on b and log r keep it from running away where months are few or all alike). Each sample has
    its own a, b and r, from the normal law that the likelihood has about its maximum.
    """
    counts: Array = np.round(past.to_numpy(float))
    before, after = counts[:-1], counts[1:]
    both = np.isfinite(before) & np.isfinite(after)
    best, spread = _fitted(np.log1p(before[both]), after[both])
    drawn = best + rng.standard_normal((samples, 3)) @ spread.T
    level, slope, log_size = np.clip(drawn, *np.transpose(_LIMITS)).T
    size = np.exp(log_size)
    now = np.full(samples, float(np.round(past.dropna().iloc[-1])))
    found = np.empty((samples, horizon))
    for k in range(horizon):
        mean = np.exp(np.minimum(level + slope * np.log1p(now), np.log(_MOST)))
        # A gamma law of the mean, and Poisson counts about it: together the negative binomial.
        now = rng.poisson(np.minimum(rng.gamma(size, mean / size), _MOST)).astype(float)
        found[:, k] = now
    return found


def _fitted(before: Array, after: Array) -> tuple[Array, Array]:
    """Level, slope and log size of the negative binomial autoregression, and a root of their law.

    With `before` the logarithms of 1 + x.
    """
    from scipy.optimize import minimize
    from scipy.special import digamma, gammaln

    def loss(at: Array) -> tuple[float, Array]:
        level, slope, log_size = at
        size = np.exp(log_size)
        mean = np.exp(np.minimum(level + slope * before, 30))
        chance = gammaln(after + size) - gammaln(size) + size * np.log(size / (size + mean))
        chance = chance + after * np.log(mean / (size + mean))
        by_log_mean = after - mean * (after + size) / (size + mean)
        by_size = digamma(after + size) - digamma(size) + np.log(size / (size + mean)) + 1
        by_size = by_size - (after + size) / (size + mean)
        penalty = level**2 / 200 + (slope - 0.5) ** 2 / 2 + (log_size - 1) ** 2 / 18
        slopes = [
            by_log_mean.sum() - level / 100,
            (by_log_mean * before).sum() - (slope - 0.5),
            size * by_size.sum() - (log_size - 1) / 9,
        ]
        return float(penalty - chance.sum()), -np.array(slopes)

    usual = float(np.log(after.mean() + 0.1)) if len(after) else 0.0
    best = minimize(loss, [usual / 2, 0.5, 1.0], jac=True, bounds=_LIMITS, method="TNC").x
    step = 1e-4
    sides = [
        (loss(best + step * one)[1] - loss(best - step * one)[1]) / (2 * step) for one in np.eye(3)
    ]
    curved, axes = np.linalg.eigh((np.array(sides) + np.array(sides).T) / 2)
    # Where it is hardly curved, as far as the weak laws reach.
    return best, axes / np.sqrt(np.maximum(curved, 0.01))


def _whole(past: pd.Series[float]) -> bool:
    known = past.dropna().to_numpy()
    return bool(np.all(known == np.round(known)))


# By name; the first is what others are told against unless another is asked for.
BASELINES: Mapping[str, Forecaster] = {
    "climatology": climatology,
    "recent year": recent_year,
    "last value": last_value,
    "random walk": random_walk,
    "autoregression": autoregression,
}
