"""Self-exciting processes in SimPy: Ogata's thinning, as a process that waits."""

import random
from collections.abc import Generator
from math import exp

import numpy as np
import simpy

from job_files import Process


def run(trials: int, process: Process) -> np.ndarray:
    """Attacks by trial and channel."""
    numbers = (process.background.tolist(), (process.branching.T * process.beta).tolist())
    return np.array([trial(*numbers, process.beta, process.days) for _ in range(trials)])


def trial(background: list[float], jumps: list[list[float]], beta: float, days: float) -> list[int]:
    """Attacks of one trial by channel."""
    env = simpy.Environment()
    attacks = [0] * len(background)
    env.process(attacking(env, attacks, background, jumps, beta))
    env.run(until=days)
    return attacks


def attacking(
    env: simpy.Environment,
    attacks: list[int],
    background: list[float],
    jumps: list[list[float]],
    beta: float,
) -> Generator[simpy.Event, None, None]:
    """Attacks that cause others: the intensity only falls until the next, so now it is a bound."""
    excitation, calm = [0.0] * len(background), sum(background)
    while True:
        bound = calm + sum(excitation)
        wait = random.expovariate(bound)
        yield env.timeout(wait)
        fading = exp(-beta * wait)
        excitation = [rate * fading for rate in excitation]
        left = random.random() * bound
        for channel, rate in enumerate(background):
            left -= rate + excitation[channel]
            if left < 0:
                attacks[channel] += 1
                more = jumps[channel]
                excitation = [rate + jump for rate, jump in zip(excitation, more, strict=True)]
                break
