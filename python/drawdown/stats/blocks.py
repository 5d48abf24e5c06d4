"""Drawing again in blocks: how surely a mean over time is known where neighbours are alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Of an autocorrelation: beyond it blocks would be longer than series.
_MOST_ALIKE = 0.97
# A block is at most this share of a series: with fewer blocks nothing is drawn that differs.
_MOST_OF_IT = 1 / 3


def length(series: Array, least: int = 1) -> int:
    """How long blocks are to be for the mean of a series.

    That of least mean square error under an autoregression of first order for overlapping blocks
    (Carlstein 1986, Ann. Statist. 14:1171; Politis & White 2004, Econometric Reviews 23:53), with
    the autocorrelation found; no less than `least`, such as the months that a window spans.
    """
    count = len(series)
    apart = series - series.mean() if count else series
    spread = float(apart @ apart)
    alike = float(apart[1:] @ apart[:-1]) / spread if spread > 0 else 0.0
    alike = min(abs(alike), _MOST_ALIKE)
    best = (1.5 * (2 * alike / (1 - alike**2)) ** 2 * count) ** (1 / 3)
    return int(max(1, min(max(least, round(best)), max(count * _MOST_OF_IT, 1))))


def places(count: int, block: int, times: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Which entries each of so many resamples has: blocks in a circle (Politis & Romano 1992)."""
    blocks = -(-count // block)
    starts = rng.integers(0, count, (times, blocks, 1))
    found: NDArray[np.int64] = (starts + np.arange(block)).reshape(times, -1)[:, :count] % count
    return found
