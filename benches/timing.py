"""How speeds are measured: interleaved rounds on one thread, in CPU time, compared in the round."""

import math
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

ROUNDS = 9
CHUNK = 0.4  # seconds


class Contender(NamedTuple):
    """What can run a job."""

    name: str
    run: Callable[[int], np.ndarray]  # runs a number of trials: what came of each
    checked: int = 20_000  # trials that its means are checked over
    at_a_time: int = 1  # trials are timed in multiples of so many


def clocks() -> np.ndarray:
    """Seconds by the wall clock, and of CPU time on all threads."""
    return np.array([time.perf_counter(), time.process_time()])


def timed(contender: Contender, trials: int) -> np.ndarray:
    """Seconds per trial, by each of the clocks."""
    begun = clocks()
    contender.run(trials)
    return (clocks() - begun) / trials


def size(contender: Contender) -> int:
    """Trials that take about a chunk. Compiles, allocates and warms on the way."""
    contender.run(1)
    trials = 16
    while (each := timed(contender, trials)[1]) * trials < CHUNK / 8:
        trials *= 4
    return max(1, round(CHUNK / each / contender.at_a_time)) * contender.at_a_time


def rounds(contenders: list[Contender], sizes: list[int] | None = None) -> np.ndarray:
    """Wall and CPU seconds per trial: axes are clocks, rounds and contenders."""
    sizes = sizes or [size(contender) for contender in contenders]
    seconds = np.empty((2, ROUNDS, len(contenders)))
    for k in range(ROUNDS):
        for j in list(range(len(contenders)))[:: 1 if k % 2 == 0 else -1]:
            seconds[:, k, j] = timed(contenders[j], sizes[j])
    return seconds


def score(found: np.ndarray, mean: float, variance: float = 0.0) -> float:
    """Standard errors between the mean of `found` and another mean, of that variance."""
    return (found.mean() - mean) / math.sqrt(found.var(ddof=1) / len(found) + variance)


def quartiles(values: np.ndarray) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile."""
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return float(low), float(middle), float(high)


def spread(values: np.ndarray | tuple[float, float, float], form: str) -> str:
    """Median, and quartiles in brackets, of values or of their quartiles."""
    low, middle, high = values if isinstance(values, tuple) else quartiles(values)
    return f"{middle:{form}} ({low:{form}}–{high:{form}})"
