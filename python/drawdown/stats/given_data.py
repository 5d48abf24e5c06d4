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
    apart = means - means.mean()
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(worlds, np.full(worlds, 1 / worlds), size=RESAMPLES)
    index = _index(np.ones((1, worlds)), apart, noise, member)[0]
    again = _index(counts.astype(float), apart, noise, member)
    if calmed is not None:
        index, again = _joined(
            (index, again), (np.ones((1, worlds)), counts.astype(float)), apart, calmed, member
        )
    ends = np.quantile(again - again.mean(), [0.025, 0.975])
    return np.array([index, *(index + ends)])


def _classes(values: Array, count: int) -> Array:
    """In which class each world is (columns): as many in each as equal values allow."""
    edges = np.quantile(values, np.arange(1, count) / count)
    label = np.searchsorted(np.unique(edges), values, side="left")
    return np.asarray(label[:, np.newaxis] == np.unique(label), dtype=float)


def _joined(
    plain: tuple[float, Array],
    counts: tuple[Array, Array],
    apart: Array,
    calmed: Array,
    member: Array,
) -> tuple[float, Array]:
    """The plain index, and of resamples, each joined with that by calmed outcomes."""
    by_calmed = []
    for each in counts:
        share, _ = _accounted(each, calmed - calmed.mean(), member)
        by_calmed.append(share / _accounted(each, apart, member)[1])
    (index,), again = by_calmed
    gap = plain[1] - again
    spread = gap.var(ddof=1)
    weight = -np.cov(gap, again)[0, 1] / spread if spread > 0 else 0.0
    weight = float(np.clip(weight, 0, 1))
    return index + weight * (plain[0] - index), again + weight * gap


def _index(counts: Array, apart: Array, noise: Array, member: Array) -> Array:
    """The index for each row of `counts`, which says how often each world counts."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share, whole = _accounted(counts, apart, member)
        variance = whole - counts @ noise / counts.sum(axis=1)
        found: Array = np.where(variance > 0, share / variance, np.nan)
    return found


def _accounted(counts: Array, apart: Array, member: Array) -> tuple[Array, Array]:
    """The variance that the input accounts for, and all variance between worlds."""
    number = counts.sum(axis=1)
    mean = counts @ apart / number
    whole = counts @ apart**2 - number * mean**2
    sizes = counts @ member
    sums = counts @ (member * apart[:, np.newaxis])
    with np.errstate(invalid="ignore", divide="ignore"):
        between = np.where(sizes > 0, sums**2 / sizes, 0).sum(axis=1) - number * mean**2
        used = (sizes > 0).sum(axis=1)
        within = (whole - between) / (number - used)
        return (between - (used - 1) * within) / (number - 1), whole / (number - 1)
