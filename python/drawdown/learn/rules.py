"""Scoring rules for ensembles of samples: what a forecast is worth once the value is known.

Arrays are of shape ``(forecasts, samples)`` and ``(forecasts,)``. Scores are losses.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# The parts of a forecast whose intervals are scored, in hundredths.
SHARES = (50, 80, 90)


def scoringrules() -> Any:
    """The library of scoring rules."""
    try:
        import scoringrules
    except ImportError as error:
        raise ImportError("scores need scoringrules: `pip install scoringrules`") from error
    return scoringrules


def crps(samples: Array, observed: Array) -> Array:
    """The continuous ranked probability score of the empirical distribution of the samples.

    E|X - y| - E|X - X'| / 2 (Gneiting & Raftery 2007, JASA 102:359), in the unit of the value.
    """
    found: Array = scoringrules().crps_ensemble(observed, samples, backend="numpy")
    return found


def interval_score(observed: Array, low: Array, high: Array, share: float) -> Array:
    """The score of a central interval that is to hold this share (Gneiting & Raftery 2007).

    Its width, and 2 / (1 - share) times how far the value lies outside.
    """
    found: Array = scoringrules().interval_score(observed, low, high, 1 - share, backend="numpy")
    return found


def brier(happened: NDArray[np.bool_], chance: Array) -> Array:
    """The squared difference of what was given as a chance and what came (Brier 1950)."""
    happened = happened.astype(float)
    found: Array = scoringrules().brier_score(happened, chance, backend="numpy")
    return found


def central(samples: Array, share: float) -> tuple[Array, Array]:
    """The ends of the central interval: least values that enough of the samples do not exceed."""
    tails = [(1 - share) / 2, (1 + share) / 2]
    low, high = np.quantile(samples, tails, axis=1, method="inverted_cdf")
    return low, high


class Position(NamedTuple):
    """Where a value stands among samples: P(X < x) and P(X <= x)."""

    below: Array
    up_to: Array

    @property
    def pit(self) -> Array:
        """P(X < x) + P(X = x) / 2, the probability integral transform without chance of its own."""
        found: Array = (self.below + self.up_to) / 2
        return found

    def inside(self, share: float) -> Array:
        """How much of the step from P(X < x) to P(X <= x) lies within the central share.

        Its mean under a right forecast is the share itself, for counts too: of a few whole numbers
        an interval holds more than it says, and this does not.
        """
        low, high = (1 - share) / 2, (1 + share) / 2
        step = self.up_to - self.below
        flat = step <= 0
        within = np.clip(self.up_to, low, high) - np.clip(self.below, low, high)
        edge = (self.below >= low) & (self.below <= high)
        return np.where(flat, edge, within / np.where(flat, 1.0, step))


def position(samples: Array, observed: Array) -> Position:
    """Where each value stands among its samples."""
    value = observed[:, np.newaxis]
    return Position((samples < value).mean(axis=1), (samples <= value).mean(axis=1))


def log_score(samples: Array, observed: Array, whole: bool, counts: bool) -> Array:
    """Minus the logarithm of the probability, or of the density, that smoothed samples give.

    Samples are smoothed by normal kernels whose width is Silverman's (1986), of counts on the scale
    log(1 + x). Of whole numbers it is the mass from half below to half above, which sums to 1; of
    others the density on the natural scale. Samples cannot tell chances below one in so many: that
    much, 1 / (samples + 1), goes to a Cauchy law about the median, so that no value is impossible.
    """
    scale = np.log1p if counts else np.asarray
    points = scale(samples)
    count = points.shape[1]
    quarter, middle, rest = np.quantile(points, [0.25, 0.5, 0.75], axis=1)
    spread = points.std(axis=1)
    robust = (rest - quarter) / 1.34
    narrow = np.where(robust > 0, np.minimum(spread, robust), spread)
    floor = 1e-3 if whole else 1e-9
    width = np.maximum(0.9 * narrow * count**-0.2, floor)[:, np.newaxis]
    broad = np.maximum(spread, 0.1 if whole else floor)
    share = 1 / (count + 1)
    if whole:
        low, high = (_edge(observed + half, scale, counts) for half in (-0.5, 0.5))
        kernels = _normal(high, points, width) - _normal(low, points, width)
        far = _cauchy(high, middle, broad) - _cauchy(low, middle, broad)
    else:
        apart = (scale(observed)[:, np.newaxis] - points) / width
        kernels = np.exp(-(apart**2) / 2).mean(axis=1) / (math.sqrt(2 * math.pi) * width[:, 0])
        far = 1 / (math.pi * broad * (1 + ((scale(observed) - middle) / broad) ** 2))
    found: Array = -np.log((1 - share) * kernels + share * far)
    return found


def _edge(value: Array, scale: Any, counts: bool) -> Array:
    """The end of a cell on the scale; below 0 there is nothing, so that all of it goes to 0."""
    if not counts:
        return np.asarray(scale(value), dtype=float)
    return np.where(value < 0, -np.inf, scale(np.maximum(value, 0)))


def _normal(value: Array, points: Array, width: Array) -> Array:
    from scipy.special import ndtr

    found: Array = ndtr((value[:, np.newaxis] - points) / width).mean(axis=1)
    return found


def _cauchy(value: Array, middle: Array, broad: Array) -> Array:
    return np.arctan((value - middle) / broad) / math.pi + 0.5
