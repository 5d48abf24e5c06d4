"""How surely a chance is known from the trials in which something was seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .. import _core

Array = NDArray[np.float64]

# An interval holds the chance in so many cases of 100.
SURE = 0.95
# Standard errors to each side in which a mean lies in as many.
NORMAL_95 = _core.NORMAL_95


class Chance(NamedTuple):
    """A share of trials, and where the chance lies.

    Attributes
    ----------
    share : float
        Of the trials.
    error : float
        Its standard error; missing where nothing tells of it, as where it was seen in no trial or
        in every one.
    low, high : float
        The 95 % interval.
    worth : float
        How many independent trials would tell as much.
    """

    share: float
    error: float
    low: float
    high: float
    worth: float


class Chances(NamedTuple):
    """The same of several, as arrays."""

    share: Array
    error: Array
    low: Array
    high: Array
    worth: Array


def exact(hits: ArrayLike, trials: ArrayLike, sure: float = SURE) -> tuple[Array, Array]:
    """The exact interval of a chance (Clopper & Pearson 1934, Biometrika 26:404).

    Parameters
    ----------
    hits, trials : array_like
        In how many independent trials it was seen, and of how many; both need not be whole, as
        where trials are worth fewer independent ones (Korn & Graubard 1998, Survey Methodology
        24:193). Without trials nothing is known: from 0 to 1.
    sure : float
        How surely it is to hold the chance.

    Returns
    -------
    tuple of ndarray
        The lower and the upper end.
    """
    seen, of = np.broadcast_arrays(np.asarray(hits, dtype=float), np.asarray(trials, dtype=float))
    low, high = _core.clopper_pearson(seen.ravel(), of.ravel(), sure)
    return low.reshape(seen.shape), high.reshape(seen.shape)


def of_trials(seen: NDArray[np.bool_], each: int = 1) -> Chance:
    """The chance of what was `seen` in some trials; `each` so many in a row share a sample."""
    return of_groups(seen, np.arange(len(seen)) // each)


def of_groups(seen: NDArray[np.bool_], sample: NDArray[np.int64]) -> Chance:
    """The chance of what was `seen` in some trials, of which it is said whose sample each has."""
    _, place = np.unique(sample, return_inverse=True)
    sizes = np.bincount(place)
    if sizes.max(initial=0) > 1:
        hits = np.bincount(place, weights=seen).astype(np.int64)
        found = of_samples(hits[np.newaxis], sizes)
    else:
        found = of_count([seen.sum()], len(seen))
    return Chance(*(float(of[0]) for of in found))


def of_count(hits: ArrayLike, trials: int, samples: int | None = None) -> Chances:
    """Chances by the number of trials in which each was seen.

    Where trials share so many `samples` of the world, and it is not known which, they are worth no
    more than the samples: all trials of a sample might be alike. There is no standard error then.
    """
    seen = np.asarray(hits, dtype=float)
    found = _core.chances_of_count(seen.ravel(), trials, samples)
    return Chances(*found.reshape(5, *seen.shape))


def of_samples(hits: NDArray[np.int64], sizes: NDArray[np.int64]) -> Chances:
    """Chances by the trials of each parameter sample, which are not independent.

    The standard error is that between samples (Liang & Zeger 1986, Biometrika 73:13). The interval
    is the exact one of as many independent trials as would have that error, no fewer than there
    are samples and no more than trials, and fewer for the error being estimated itself (Korn &
    Graubard 1998). What tells of the error are the samples in which the rarer of seen and not seen
    occurs: it has one degree of freedom fewer than these. With one of them or none the trials of a
    sample might all be alike, and trials are worth no more than samples.

    Parameters
    ----------
    hits : ndarray of int
        Of shape ``(chances, samples)``: in how many trials of each sample it was seen.
    sizes : ndarray of int
        Of shape ``(samples,)``: the trials of each.
    """
    return Chances(*_core.chances_of_draws(hits.astype(float), sizes.astype(float)))


def difference(apart: Array, each: int = 1) -> dict[str, float]:
    """A difference of two chances in the same trials, by how they differ in each: -1, 0 or 1.

    Half a trial is added to each of both kinds in which they differ, and one to the others
    (Bonett & Price 2012, J. Educ. Behav. Stat. 37:479), so that what differs in no trial is not
    known to be 0. Where `each` so many in a row share a sample, trials are worth fewer, as in
    `of_samples`.
    """
    return _core.estimate_of_chances(np.asarray(apart, dtype=float), each)
