"""Laws that the language of scenarios can carry, from what experts have said together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..stats.classical import SHARES, Pool

Array = NDArray[np.float64]
Law = dict[str, Any]

# On a log scale a step of a law's density is no wider than this factor.
_STEP = 1.25
_TINY = 1e-9


class Fitted(NamedTuple):
    """A law, and by how much its probabilities at the quantiles are off, at most."""

    law: Law
    error: float


def piecewise(pool: Pool, log: bool) -> Law:
    """The pool itself: uniform laws side by side, each with its weight.

    On a log scale steps are divided until they are narrow, as a log-uniform law is no law of the
    language.
    """
    parts = []
    steps = zip(pool.knots[:-1], pool.knots[1:], np.diff(pool.reached), strict=True)
    for low, high, weight in steps:
        count = max(math.ceil((high - low) / math.log(_STEP)), 1) if log else 1
        edges = np.linspace(low, high, count + 1)
        for a, b in zip(*_sides(np.exp(edges) if log else edges), strict=True):
            parts.append({"weight": float(weight) / count, "value": {"uniform": [a, b]}})
    return {"mixture": parts}


def smooth(pool: Pool, log: bool, limits: tuple[float, float]) -> Fitted:
    """The law of a named family that is nearest to the three quantiles of a pool.

    Lognormal and gamma laws where the number has no upper limit, beta laws of shares, and
    truncated normal laws between the limits or the ends of the intrinsic range.
    """
    back = np.exp if log else np.asarray
    quantiles = back(pool.quantiles(SHARES))
    ends = back(pool.knots[[0, -1]])
    low = limits[0] if math.isfinite(limits[0]) else float(ends[0])
    high = limits[1] if math.isfinite(limits[1]) else float(ends[1])
    found = [_nearest(quantiles, *one) for one in _families(quantiles, low, high, limits)]
    return min(found, key=lambda one: one.error)


# From two free numbers to a law of the language, and to scipy's.
_Build = Callable[[Array], tuple[Law, Any]]


def _families(
    quantiles: Array, low: float, high: float, limits: tuple[float, float]
) -> Iterator[tuple[Array, _Build]]:
    from scipy import stats

    p5, middle, p95 = quantiles
    spread = (p95 - p5) / 3.29

    def truncated(free: Array) -> tuple[Law, Any]:
        mean, sd = float(low + (high - low) * free[0]), float((high - low) * np.exp(free[1]))
        law = {"mean": mean, "sd": sd, "low": low, "high": high}
        cut = stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)
        return {"truncated_normal": law}, cut

    def lognormal(free: Array) -> tuple[Law, Any]:
        median, sigma = (float(x) for x in np.exp(free))
        return {"lognormal": {"median": median, "sigma": sigma}}, stats.lognorm(sigma, 0, median)

    def gamma(free: Array) -> tuple[Law, Any]:
        shape, mean = (float(x) for x in np.exp(free))
        return {"gamma": {"shape": shape, "mean": mean}}, stats.gamma(shape, 0, mean / shape)

    def beta(free: Array) -> tuple[Law, Any]:
        a, b = (float(x) for x in np.exp(free))
        return {"beta": [a, b]}, stats.beta(a, b)

    width = high - low
    yield np.array([(middle - low) / width, np.log(spread / width)]), truncated
    if limits == (0.0, math.inf) and p5 > 0:
        sigma = math.log(p95 / p5) / 3.29
        yield np.array([math.log(middle), math.log(sigma)]), lognormal
        yield np.array([2 * math.log(middle / spread), math.log(middle)]), gamma
    if limits == (0.0, 1.0):
        size = max(middle * (1 - middle) / spread**2 - 1, 0.5)
        yield np.log([middle * size, (1 - middle) * size]), beta


def _nearest(quantiles: Array, start: Array, build: _Build) -> Fitted:
    from scipy.optimize import least_squares

    def off(free: Array) -> Array:
        return np.asarray(build(free)[1].cdf(quantiles) - SHARES, dtype=float)

    free = least_squares(off, start, x_scale=np.maximum(np.abs(start), _TINY)).x
    return Fitted(build(free)[0], float(np.abs(off(free)).max()))


def _sides(edges: Array) -> tuple[list[float], list[float]]:
    return [float(x) for x in edges[:-1]], [float(x) for x in edges[1:]]
