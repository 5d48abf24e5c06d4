"""How surely a chance is known from the trials in which something was seen."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# An interval holds the chance in so many cases of 100.
SURE = 0.95
# Standard errors to each side in which a mean lies in as many.
NORMAL_95 = 1.959963984540054


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
    from scipy.special import betaincinv

    seen, unseen = np.asarray(hits, dtype=float), np.asarray(trials, dtype=float) - hits
    tail = (1 - sure) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(seen > 0, betaincinv(np.where(seen > 0, seen, 1), unseen + 1, tail), 0.0)
        other = betaincinv(seen + 1, np.where(unseen > 0, unseen, 1), 1 - tail)
    return low, np.where(unseen > 0, other, 1.0)


def of_trials(seen: NDArray[np.bool_], each: int = 1) -> Chance:
    """The chance of what was `seen` in some trials; `each` so many in a row share a draw."""
    return of_groups(seen, np.arange(len(seen)) // each)


def of_groups(seen: NDArray[np.bool_], draw: NDArray[np.int64]) -> Chance:
    """The chance of what was `seen` in some trials, of which it is said whose draw each has."""
    _, place = np.unique(draw, return_inverse=True)
    sizes = np.bincount(place)
    if sizes.max(initial=0) > 1:
        hits = np.bincount(place, weights=seen).astype(np.int64)
        found = of_draws(hits[np.newaxis], sizes)
    else:
        found = of_count([seen.sum()], len(seen))
    return Chance(*(float(of[0]) for of in found))


def of_count(hits: ArrayLike, trials: int, draws: int | None = None) -> Chances:
    """Chances by the number of trials in which each was seen.

    Where trials share so many `draws` of the world, and it is not known which, they are worth no
    more than the draws: all trials of a draw might be alike. There is no standard error then.
    """
    share = np.asarray(hits, dtype=float) / max(trials, 1)
    worth = np.full_like(share, trials if draws is None else draws)
    error = _some(share, np.sqrt(share * (1 - share) / max(trials, 1)))
    if draws is not None:
        error = np.full_like(share, np.nan)
    return Chances(share, error, *exact(share * worth, worth), worth)


def of_draws(hits: NDArray[np.int64], sizes: NDArray[np.int64]) -> Chances:
    """Chances by the trials of each draw of the world, which are not independent.

    The standard error is that between draws (Liang & Zeger 1986, Biometrika 73:13). The interval
    is the exact one of as many independent trials as would have that error, no fewer than there
    are draws and no more than trials, and fewer for the error being estimated itself (Korn &
    Graubard 1998). What tells of the error are the draws in which the rarer of seen and not seen
    occurs: it has one degree of freedom fewer than these. With one of them or none the trials of a
    draw might all be alike, and trials are worth no more than draws.

    Parameters
    ----------
    hits : ndarray of int
        Of shape ``(chances, draws)``: in how many trials of each draw it was seen.
    sizes : ndarray of int
        Of shape ``(draws,)``: the trials of each.
    """
    share = hits.sum(axis=1) / max(int(sizes.sum()), 1)
    telling = np.minimum((hits > 0).sum(axis=1), (hits < sizes).sum(axis=1))
    error, worth = _between(hits, sizes, telling, share * (1 - share))
    return Chances(share, _some(share, error), *exact(share * worth, worth), worth)


def difference(apart: Array, each: int = 1) -> dict[str, float]:
    """A difference of two chances in the same trials, by how they differ in each: -1, 0 or 1.

    Half a trial is added to each of both kinds in which they differ, and one to the others
    (Bonett & Price 2012, J. Educ. Behav. Stat. 37:479), so that what differs in no trial is not
    known to be 0. Where `each` so many in a row share a draw, trials are worth fewer, as in
    `of_draws`.
    """
    trials = len(apart)
    mean = float(apart.mean()) if trials else math.nan
    up, down = (float((apart == side).mean()) if trials else 0.0 for side in (1, -1))
    worth = float(trials)
    if each > 1 and trials:
        starts = np.arange(0, trials, each)
        sums, sizes = np.add.reduceat(apart, starts), np.diff(np.append(starts, trials))
        telling = np.count_nonzero(np.add.reduceat(apart != 0, starts, dtype=int))
        alone = np.array([up + down - mean**2])
        worth = float(_between(sums[np.newaxis], sizes, np.array([telling]), alone)[1][0])
    up, down = (up * worth + 1) / (worth + 2), (down * worth + 1) / (worth + 2)
    middle = up - down
    error = math.sqrt((up + down - middle**2) / (worth + 2))
    low, high = max(middle - NORMAL_95 * error, -1.0), min(middle + NORMAL_95 * error, 1.0)
    return {"mean": mean, "standard_error": error, "low": low, "high": high}


def _between(
    sums: NDArray[Any], sizes: NDArray[np.int64], telling: NDArray[np.int64], alone: Array
) -> tuple[Array, Array]:
    """The standard errors of means between draws, and how many independent trials have them.

    Of `sums` by draw (columns), of which so many are `telling`, where the variance of one trial
    `alone` is known.
    """
    from scipy.special import stdtrit

    trials, draws = max(int(sizes.sum()), 1), len(sizes)
    means = sums.sum(axis=1) / trials
    apart = sums - means[:, np.newaxis] * sizes
    variance = (apart**2).sum(axis=1) * draws / max(draws - 1, 1) / trials**2
    freedom = telling - 1
    sure = NORMAL_95 / stdtrit(np.maximum(freedom, 1), (1 + SURE) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        worth = alone / variance * sure**2
    worth = np.where(freedom > 0, np.clip(worth, draws, max(trials, draws)), draws)
    return np.sqrt(variance) if draws > 1 else np.full_like(means, np.nan), worth


def _some(share: Array, error: Array) -> Array:
    """No error where something was seen in no trial or in every one."""
    return np.where((share > 0) & (share < 1), error, np.nan)
