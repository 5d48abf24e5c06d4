"""Experts' quantiles scored and pooled: the classical model (Cooke 1991, Experts in Uncertainty).

An expert gives P5, P50 and P95 of every question. Between them, and out to the ends of an intrinsic
range that all experts share, the density is that of a background (uniform, or log-uniform) times a
constant: of all laws with these quantiles the one that adds the least information to it. Everything
here is on the scale on which the background is uniform: logarithms of what is asked on a log scale.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# The quantiles that experts give, and what they believe of the four intervals between.
SHARES = np.array([0.05, 0.5, 0.95])
MASS = np.array([0.05, 0.45, 0.45, 0.05])
# Fewer seed questions do not tell experts apart.
LEAST_SEEDS = 10
_REACHED = np.array([0.0, 0.05, 0.5, 0.95, 1.0])


def bins(quantiles: Array, truths: Array) -> NDArray[np.int64]:
    """In which of the four intervals each truth falls: a quantile belongs to what is below it.

    Parameters
    ----------
    quantiles : ndarray
        Of shape ``(..., 3)``.
    truths : ndarray
        Of shape ``(...,)``.
    """
    found: NDArray[np.int64] = (truths[..., np.newaxis] > quantiles).sum(axis=-1)
    return found


def calibration(fallen: NDArray[np.int64]) -> float:
    """The chance that truths of somebody who is right fall at least as oddly into the intervals.

    Twice the number of questions times the relative information of the shares found with respect
    to those due follows, for many questions, the chi-squared law of three degrees of freedom.

    Parameters
    ----------
    fallen : ndarray of int
        The interval, 0 to 3, of each truth.
    """
    from scipy.special import chdtrc

    shares = np.bincount(fallen, minlength=len(MASS)) / len(fallen)
    there = shares > 0
    information = float((shares[there] * np.log(shares[there] / MASS[there])).sum())
    return float(chdtrc(len(MASS) - 1, 2 * len(fallen) * information))


def intrinsic(quantiles: Array, truth: float, overshoot: float) -> tuple[float, float]:
    """The range that all experts share: from the least value named to the greatest, and beyond.

    Parameters
    ----------
    quantiles : ndarray
        Those of all experts.
    truth : float
        Missing (NaN) where it is not known.
    overshoot : float
        How far beyond, as a share of the width.
    """
    least, greatest = np.nanmin([quantiles.min(), truth]), np.nanmax([quantiles.max(), truth])
    beyond = overshoot * (greatest - least)
    return float(least - beyond), float(greatest + beyond)


def information(edges: Array) -> Array:
    """The relative information of beliefs with respect to the background.

    Parameters
    ----------
    edges : ndarray
        Of shape ``(..., 5)``: the low end, three quantiles, the high end.
    """
    widths = np.diff(edges, axis=-1)
    background = widths / widths.sum(axis=-1, keepdims=True)
    found: Array = (MASS * np.log(MASS / background)).sum(axis=-1)
    return found


class Pool(NamedTuple):
    """A weighted mean of experts' beliefs: a distribution function, linear between its knots."""

    knots: Array
    reached: Array

    @classmethod
    def of(cls, edges: Array, weights: Array) -> Pool:
        """That of experts (rows of ``edges``) who count as much as their weights."""
        heard = weights > 0
        knots = np.unique(edges[heard])
        each = [np.interp(knots, row, _REACHED) for row in edges[heard]]
        return cls(knots, np.average(each, axis=0, weights=weights[heard]))

    def quantiles(self, shares: Array) -> Array:
        """Where it reaches these shares."""
        found: Array = np.interp(shares, self.reached, self.knots)
        return found


def disagreement(edges: Array) -> float:
    """How far apart experts are: 0 if they say the same, towards 1 if none leaves another room.

    The mean information of an expert with respect to the equal pool (the Jensen-Shannon divergence)
    as a share of the most that there can be among so many experts.
    """
    count = len(edges)
    if count < 2:
        return 0.0
    knots = np.unique(edges)
    each = np.diff([np.interp(knots, row, _REACHED) for row in edges], axis=1)
    together = each.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(each > 0, each * np.log(each / together), 0.0)
    return float(parts.sum(axis=1).mean() / np.log(count))


class Scores(NamedTuple):
    """How well experts, or a pool, have answered seed questions.

    Attributes
    ----------
    calibration, information : ndarray
        By expert.
    """

    calibration: Array
    information: Array

    @property
    def product(self) -> Array:
        """Both together."""
        return self.calibration * self.information


class Panel:
    """Experts' answers to seed questions.

    Parameters
    ----------
    edges : ndarray
        Of shape ``(experts, questions, 5)``: low end, quantiles, high end.
    truths : ndarray
        Of shape ``(questions,)``.
    """

    def __init__(self, edges: Array, truths: Array) -> None:
        self.edges, self.truths = edges, truths
        self.fallen = bins(edges[:, :, 1:-1], np.broadcast_to(truths, edges.shape[:2]))
        self.told = information(edges)

    def scores(self, without: int | None = None) -> Scores:
        """The scores of each expert, leaving out a question."""
        fallen, told = self.fallen, self.told
        if without is not None:
            fallen, told = np.delete(fallen, without, axis=1), np.delete(told, without, axis=1)
        calibrations = np.array([calibration(row) for row in fallen])
        return Scores(calibrations, told.mean(axis=1))

    def pooled(self, weights: Array, question: int) -> Array:
        """The five edges of a pool's own answer to a question."""
        edges = self.edges[:, question]
        inner = Pool.of(edges, weights).quantiles(SHARES)
        return np.array([edges[0, 0], *inner, edges[0, -1]])

    def of_pool(self, weights: Array) -> Scores:
        """The scores of a pool whose weights are these for every question."""
        return self._scored([weights] * len(self.truths))

    def out_of_sample(self, cut_off: float) -> Scores:
        """The scores of a performance-weighted pool on questions that gave it no weights.

        Each question is answered with weights from all others.
        """
        questions = range(len(self.truths))
        return self._scored([by_performance(self.scores(k), cut_off) for k in questions])

    def cut_off(self) -> float:
        """Below what calibration experts are not heard: what does best out of sample.

        Of those that do as well, the lowest.
        """
        tried = [0.0, *np.unique(self.scores().calibration)]
        found = [float(self.out_of_sample(one).product[0]) for one in tried]
        return float(tried[int(np.argmax(found))])

    def _scored(self, weights: list[Array]) -> Scores:
        edges = np.array([self.pooled(one, k) for k, one in enumerate(weights)])
        fallen = bins(edges[:, 1:-1], self.truths)
        told = information(edges)
        return Scores(np.array([calibration(fallen)]), np.array([told.mean()]))


def by_performance(scores: Scores, cut_off: float) -> Array:
    """Weights in proportion to calibration times information, none below the cut-off.

    Where nobody reaches it, the best calibrated are heard.
    """
    reached = scores.calibration >= min(cut_off, float(scores.calibration.max()))
    weights = np.where(reached, scores.product, 0.0)
    total = float(weights.sum())
    return weights / total if total > 0 else reached / reached.sum()
