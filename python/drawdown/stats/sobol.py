"""Sobol indices of what is expected in a world, from histories that chance scatters around it.

Rows are worlds in pairs: `a` and `b` are independent, and of each driver a third world is as that
of `a` with the driver as in `b` (Saltelli et al. 2010, Comput. Phys. Commun. 181:259). Every world
has a few histories, whose mean is what is expected, plus noise.

Noise biases products of such means: the square of a mean is too large by W / n, and means under the
same random numbers vary together. So every product is the mean over pairs of *different* histories,
of the one world and of the other (a U-statistic), which is the product of the means less their
covariance over histories by n. For the square of a mean this is the B - W / n of two levels of
variance. It has no bias whether or not random numbers are shared, so that they may be: differences
between worlds that meet common random numbers have less noise.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RESAMPLES = 1_000
_INTERVAL = (0.025, 0.975)


class Indices(NamedTuple):
    """First-order and total indices of each driver, and the variance that they are shares of.

    Attributes
    ----------
    first, total : ndarray
        Of shape ``(3, drivers)``: the index, and its 95 % interval from a low to a high end.
    variance : float
        Of what is expected, over worlds, without noise.
    noise : float
        The variance of the mean of a world's histories around that.
    mean : float
    """

    first: Array
    total: Array
    variance: float
    noise: float
    mean: float


def indices(a: Array, b: Array, mixed: Array, seed: int) -> Indices:
    """Sobol indices from histories of worlds.

    Parameters
    ----------
    a, b : ndarray
        Of shape ``(rows, histories)``; two histories or more.
    mixed : ndarray
        Of shape ``(drivers, rows, histories)``: as `a`, with one driver as in `b`.
    seed : int
        Of the bootstrap over rows. Where rows are from a design that fills space evenly, its
        intervals are too wide rather than too narrow.
    """
    drivers, rows, _ = mixed.shape
    centre = float(np.concatenate([a, b]).mean())
    a, b, mixed = a - centre, b - centre, mixed - centre
    # Means over rows of a column for each driver, twice, then of two that make the variance.
    firsts = [_controlled(product(b, c - a), (product(c, c) - product(a, a)) / 2)[0] for c in mixed]
    totals = [product(c - a, c - a) / 2 for c in mixed]
    square, slope = _controlled((product(a, a) + product(b, b)) / 2, product(a, b))
    level = np.concatenate([a, b], axis=1).mean(axis=1) * math.sqrt(abs(1 - slope))
    table = np.column_stack([*firsts, *totals, square, level])
    sign = 1 if slope <= 1 else -1
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(rows, np.full(rows, 1 / rows), size=RESAMPLES) / rows
    found = _shares(table.mean(axis=0), drivers, sign)
    ends = np.quantile(_shares(counts @ table, drivers, sign), _INTERVAL, axis=0)
    both = np.concatenate([found[np.newaxis], ends])
    whole = np.concatenate([a, b])
    return Indices(
        first=both[:, :drivers],
        total=both[:, drivers:],
        variance=float(_variance(table.mean(axis=0), sign)),
        noise=float(whole.var(axis=1, ddof=1).mean()) / whole.shape[1],
        mean=centre,
    )


def product(one: Array, other: Array) -> Array:
    """The product of what is expected in two worlds, for each row, without bias.

    Over histories (columns): the mean of ``one[k] * other[l]`` over all k other than l.
    """
    count = one.shape[1]
    if count < 2:
        raise ValueError("it takes two histories to tell what is expected from chance")
    together = one.sum(axis=1) * other.sum(axis=1) - (one * other).sum(axis=1)
    found: Array = together / (count * (count - 1))
    return found


def _controlled(rows: Array, control: Array) -> tuple[Array, float]:
    """The rows less so much of a control, whose mean is 0, as makes them scatter least; how much.

    Under common random numbers the controls hold most of the noise that all worlds of a row have
    alike.
    """
    apart = control - control.mean()
    square = float(apart @ apart)
    slope = float(apart @ rows) / square if square > 0 else 0.0
    return rows - slope * control, slope


def _variance(means: Array, sign: int) -> Array:
    # Both the rows and their control are around the mean of all; a resample has another mean.
    found: Array = means[..., -2] - sign * means[..., -1] ** 2
    return found


def _shares(means: Array, drivers: int, sign: int) -> Array:
    """Both kinds of index; missing where there is no variance to share."""
    variance = _variance(means, sign)[..., np.newaxis]
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = np.where(variance > 0, means[..., : 2 * drivers] / variance, np.nan)
    return found
