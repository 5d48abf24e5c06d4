"""Whether values fall everywhere in their forecasts as often as they should, with bands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
_SIMULATED = 2_000


def histogram(
    samples: Sequence[Array],
    observed: Array,
    bins: int,
    level: float,
    rng: np.random.Generator,
    kind: str = "pit",
) -> pd.DataFrame:
    """The histogram of where values fell among samples, and what a right forecast shows."""
    ordered = [np.sort(values) for values in samples]
    mean = np.zeros(bins)
    simulated = np.zeros((_SIMULATED, bins))
    for values, came in zip(ordered, observed, strict=True):
        mean += _shares(*_step(values, np.array([came]), kind), bins)[0]
        # What would come if the forecast were right is one of its samples.
        own = values[rng.integers(0, len(values), _SIMULATED)]
        simulated += _shares(*_step(values, own, "pit"), bins)
    low, high = simultaneous(simulated, level)
    flat = len(ordered) / bins
    edges = pd.Index(np.arange(bins) / bins, name="bin")
    table = {"density": mean / flat, "low": low / flat, "high": high / flat}
    found = pd.DataFrame(table, edges).assign(windows=len(ordered))
    slack = 1e-9
    return found.assign(
        outside=(found["density"] < found["low"] - slack)
        | (found["density"] > found["high"] + slack)
    )


def _step(ordered: Array, came: Array, kind: str) -> tuple[Array, Array]:
    """From P(X < x) to P(X <= x), or the same of ranks, in which the value is one more sample."""
    below = np.searchsorted(ordered, came, "left")
    up_to = np.searchsorted(ordered, came, "right")
    if kind == "rank":
        return below / (len(ordered) + 1), (up_to + 1) / (len(ordered) + 1)
    return below / len(ordered), up_to / len(ordered)


def _shares(low: Array, high: Array, bins: int) -> Array:
    """How much of each step lies in each bin; a step of no width in one."""
    edges = np.arange(bins + 1) / bins
    step = (high - low)[:, np.newaxis]
    within = np.minimum(high[:, np.newaxis], edges[1:]) - np.maximum(low[:, np.newaxis], edges[:-1])
    alone = np.clip((low * bins).astype(int), 0, bins - 1)[:, np.newaxis] == np.arange(bins)
    found: Array = np.where(step > 0, np.maximum(within, 0) / np.where(step > 0, step, 1), alone)
    return found


def simultaneous(simulated: NDArray[Any], level: float) -> tuple[Array, Array]:
    """Bands within which a share of simulated curves stay from end to end.

    Pointwise bands that leave out as many of the lowest and of the highest values everywhere, as
    many as may be left out (Säilynoja, Bürkner & Vehtari 2022, Stat. Comput. 32:32).

    Parameters
    ----------
    simulated : ndarray
        Of shape ``(curves, points)``.
    level : float
        The least share of the curves that are within.
    """
    ordered = np.sort(simulated, axis=0)
    low, high = 0, (len(ordered) - 1) // 2
    while low < high:
        middle = (low + high + 1) // 2
        bottom, top = ordered[middle], ordered[-1 - middle]
        inside = ((simulated >= bottom) & (simulated <= top)).all(axis=1).mean()
        low, high = (middle, high) if inside >= level else (low, middle - 1)
    return ordered[low], ordered[-1 - low]
