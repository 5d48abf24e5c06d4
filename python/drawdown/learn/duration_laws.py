"""Laws of how long a withdrawal takes, as a share of what was announced, from those of the past."""

from __future__ import annotations

import json
import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import _core

Array = NDArray[np.float64]

# The library's usual `duration_ratio`; in fits it counts as much as this many withdrawals.
USUAL_MEDIAN, USUAL_SIGMA, USUAL_COUNTS = 1.03, 0.15, 2.0
# A date is kept if the ratio is no further from 1 than this.
KEPT = 0.05
# Judgement: how exactly a date that is kept is kept, and by how much others are missed.
KEPT_SIGMA = 0.02
MISSED_MEDIAN, MISSED_SIGMA = 1.3, 0.3
# Samples at even shares that stand for a law where it is scored.
_SAMPLES = 4_000


class Part(NamedTuple):
    """A lognormal part of a law."""

    weight: float
    median: float
    sigma: float

    def law(self) -> dict[str, Any]:
        """As a scenario takes it."""
        return {"lognormal": {"median": self.median, "sigma": self.sigma}}


class Scored(NamedTuple):
    """What a law is worth at what came: less is better, and PIT is where it fell."""

    pit: float
    log_score: float
    crps: float


class DurationLaw(NamedTuple):
    """A mixture of lognormals."""

    parts: tuple[Part, ...]

    def law(self) -> dict[str, Any]:
        """As a scenario takes it, for `duration_ratio`."""
        if len(self.parts) == 1:
            return self.parts[0].law()
        return {"mixture": [{"weight": p.weight, "value": p.law()} for p in self.parts]}

    def quantiles(self, shares: Array) -> Array:
        """The quantiles at these shares."""
        return np.array(_core.law_quantiles(json.dumps(self.law()), shares.tolist()))

    def scored(self, ratio: float) -> Scored:
        """How the law fares at a ratio that came; the density is that of the ratio."""
        density = below = 0.0
        for weight, median, sigma in self.parts:
            z = math.log(ratio / median) / sigma
            below += weight * 0.5 * math.erfc(-z / math.sqrt(2))
            density += weight * math.exp(-z * z / 2) / (ratio * sigma * math.sqrt(2 * math.pi))
        # Far outside the density is 0 in floating point; the score is as bad as can be told.
        log_score = -math.log(max(density, 1e-300))
        samples = self.quantiles((np.arange(_SAMPLES) + 0.5) / _SAMPLES)
        weights = (2 * np.arange(_SAMPLES) + 1 - _SAMPLES) / _SAMPLES**2
        crps = float(np.abs(samples - ratio).mean() - (weights * samples).sum())
        return Scored(below, log_score, crps)


def usual() -> DurationLaw:
    """The law that phases have where nothing else is said."""
    return DurationLaw((Part(1.0, USUAL_MEDIAN, USUAL_SIGMA),))


class LogNormalFit(NamedTuple):
    """A lognormal brought up to date by withdrawals, beginning with the usual law."""

    mean: float  # of the logarithm
    sigma: float  # of the next one, what is not known of the mean and spread included
    error: float  # scale of what is not known of the mean
    freedom: float  # degrees of freedom of both

    def law(self) -> DurationLaw:
        """The law of the next withdrawal."""
        return DurationLaw((Part(1.0, math.exp(self.mean), self.sigma),))


def lognormal(ratios: Array) -> LogNormalFit:
    """Bring the usual law up to date: normal-inverse-gamma, of the logarithms."""
    logs, prior = np.log(ratios), math.log(USUAL_MEDIAN)
    count = len(logs)
    counted = USUAL_COUNTS + count
    centre = float(logs.mean()) if count else prior
    mean = (USUAL_COUNTS * prior + count * centre) / counted
    squares = USUAL_COUNTS * USUAL_SIGMA**2 + float(((logs - centre) ** 2).sum())
    squares += USUAL_COUNTS * count / counted * (centre - prior) ** 2
    variance = squares / counted
    sigma = math.sqrt(variance * (1 + 1 / counted))
    return LogNormalFit(mean, sigma, math.sqrt(variance / counted), counted)


def kept(ratios: Array) -> NDArray[np.bool_]:
    """Which dates were kept."""
    return np.abs(ratios - 1) <= KEPT


def kept_or_missed(ratios: Array) -> DurationLaw:
    """Dates are kept, nearly to the day, or missed by much: a mixture of the two.

    One more of each than were seen is counted (the rule of succession). How much is missed is
    judgement: too few were missed to fit it.
    """
    there = kept(ratios)
    held, count = int(there.sum()), len(ratios)
    logs = np.log(ratios[there])
    centre = float(logs.mean()) if len(logs) else 0.0
    squares = USUAL_COUNTS * KEPT_SIGMA**2 + float(((logs - centre) ** 2).sum())
    sigma = math.sqrt(squares / (USUAL_COUNTS + len(logs)))
    return DurationLaw(
        (
            Part((held + 1) / (count + 2), math.exp(centre), sigma),
            Part((count - held + 1) / (count + 2), MISSED_MEDIAN, MISSED_SIGMA),
        )
    )
