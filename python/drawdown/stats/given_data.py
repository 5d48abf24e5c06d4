"""First-order indices from a run that was made already, whatever its samples."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from .sobol import RESAMPLES

Array = NDArray[np.float64]


def first_order(
    values: Array,
    outcome: Array,
    seed: int,
    classes: int | None = None,
    calmed: Array | None = None,
) -> Array:
    """The share of the variance of what is expected that one input accounts for.

    Worlds are sorted into classes of one size by the input; equal values stay together. The
    variance between classes, less what chance puts between them (the correction of epsilon squared:
    Kelley 1935, Proc. Natl. Acad. Sci. 21:554), is that of the expectation given the class, as in
    Plischke, Borgonovo & Smith 2013 (Eur. J. Oper. Res. 226:536). It is a little low, by what the
    input does within a class.

    Parameters
    ----------
    values : ndarray
        Of shape ``(worlds,)``: the input.
    outcome : ndarray
        Of shape ``(worlds, histories)``. With one history to a world it is the share of all
        variance, chance included; with more, that of the variance between worlds (noise taken out).
    seed : int
        Of the bootstrap over worlds. A resample doubles worlds, which looks like a signal, so the
        interval is the scatter of resamples around their own mean (centred bootstrap).
    classes : int, optional
        Left out, the square root of the number of worlds.
    calmed : ndarray, optional
        Of shape ``(worlds,)``: outcomes of one history to a world that are expected to be the same
        in each world, with less of chance in them. What the input accounts for is then told by a
        mean of both kinds of outcomes, by the weights under which resamples scatter least.

    Returns
    -------
    ndarray
        Of shape ``(3,)``: the index, and its 95 % interval; missing where nothing varies.
    """
    worlds, histories = outcome.shape
    means = outcome.mean(axis=1)
    noise = outcome.var(axis=1, ddof=1) / histories if histories > 1 else np.zeros(worlds)
    member = _classes(values, classes or round(math.sqrt(worlds)))
    generator = np.random.default_rng(seed)
    resamples = generator.multinomial(worlds, np.full(worlds, 1 / worlds), size=RESAMPLES)
    # Each world once, then the resamples.
    counts = np.vstack([np.ones(worlds), resamples])
    found = _index(counts, means - means.mean(), noise, member)
    if calmed is not None:
        found = _joined(found, _index(counts, means - means.mean(), noise, member, calmed))
    index, again = found[0], found[1:]
    ends = np.quantile(again - again.mean(), [0.025, 0.975])
    return np.array([index, *(index + ends)])


def _classes(values: Array, count: int) -> Array:
    """In which class each world is (columns): as many in each as equal values allow."""
    edges = np.quantile(values, np.arange(1, count) / count)
    label = np.searchsorted(np.unique(edges), values, side="left")
    return np.asarray(label[:, np.newaxis] == np.unique(label), dtype=float)


def _index(
    counts: Array, apart: Array, noise: Array, member: Array, calmed: Array | None = None
) -> Array:
    """The index for each row of `counts`, which says how often each world counts.

    What calmed outcomes tell is the share of the variance of those that they stand for.
    """
    share = _accounted(counts, apart if calmed is None else calmed - calmed.mean(), member)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = _variance(counts, apart) - counts @ noise / counts.sum(axis=1)
        found: Array = np.where(variance > 0, share / variance, np.nan)
    return found


def _joined(one: Array, other: Array) -> Array:
    """The mean of two indices under which their resamples, which follow each, scatter least."""
    gap = one - other
    spread = gap[1:].var(ddof=1)
    weight = -np.cov(gap[1:], other[1:])[0, 1] / spread if spread > 0 else 0.0
    joined: Array = other + np.clip(weight, 0, 1) * gap
    return joined


def _variance(counts: Array, apart: Array) -> Array:
    """The variance between worlds."""
    number = counts.sum(axis=1)
    mean = counts @ apart / number
    found: Array = (counts @ apart**2 - number * mean**2) / (number - 1)
    return found


def _accounted(counts: Array, apart: Array, member: Array) -> Array:
    """The part of it that the input accounts for."""
    number = counts.sum(axis=1)
    mean = counts @ apart / number
    whole = _variance(counts, apart) * (number - 1)
    sizes = counts @ member
    sums = counts @ (member * apart[:, np.newaxis])
    with np.errstate(invalid="ignore", divide="ignore"):
        between = np.where(sizes > 0, sums**2 / sizes, 0).sum(axis=1) - number * mean**2
        used = (sizes > 0).sum(axis=1)
        within = (whole - between) / (number - used)
        found: Array = (between - (used - 1) * within) / (number - 1)
    return found
