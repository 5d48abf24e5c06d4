"""Self-exciting processes in numba, written by hand: plainly, and twice for speed.

`thinning` is what an analyst writes: Ogata's thinning, `np.random`. The other two simulate the
process in its branching form (thinning and inverted clocks, exact too, are slower), with numpy's
fastest generator. All return the attacks of each trial by channel and nothing else.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit

from job_files import Process

# More attacks than are ever waiting at once.
ROOM = 10_000


@njit
def thinning(trials, process):
    """Attacks by trial and channel: Ogata's thinning of the intensity of all channels."""
    background, branching, beta, days = process
    jumps = branching * beta
    attacks = np.zeros((trials, len(background)), np.int64)
    calm = background.sum()
    for trial in range(trials):
        now, excitation = 0.0, np.zeros(len(background))
        while True:
            bound = calm + excitation.sum()
            wait = np.random.exponential(1.0 / bound)
            now += wait
            if now > days:
                break
            excitation *= math.exp(-beta * wait)
            left = np.random.random() * bound
            for channel in range(len(background)):
                left -= background[channel] + excitation[channel]
                if left < 0:
                    attacks[trial, channel] += 1
                    excitation += jumps[:, channel]
                    break
    return attacks


class Prepared(NamedTuple):
    """A process in which every attack causes as many others, made ready to be sampled."""

    gap: float  # mean days between background attacks of all channels
    upto: np.ndarray  # chance that a background attack is on a channel or one before it
    n: float  # mean number that an attack causes
    targets: np.ndarray  # channels of those it causes: rows are causing channels
    chances: np.ndarray  # chance of a target or one before it
    delay: float
    days: float


def prepared(process: Process) -> Prepared:
    """See `Prepared`."""
    background, branching, beta, days = process
    total = background.sum()
    upto = background.cumsum() / total
    return Prepared(1.0 / total, upto, *caused(branching), 1.0 / beta, days)


def caused(branching: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """`n`, `targets` and `chances` of `Prepared`."""
    (n,) = set(np.round(branching.sum(axis=0), 12))
    found = [np.flatnonzero(column) for column in branching.T]
    most = max(map(len, found))
    targets = np.array([np.pad(some, (0, most - len(some)), "edge") for some in found])
    shares = np.take_along_axis(branching.T, targets, axis=1)
    return n, targets, np.cumsum(shares, axis=1) / n


@njit(fastmath=True)
def in_time_order(random, trials, prepared):
    """Attacks by trial and channel; those to come wait in a sorted list, as a plan would need."""
    gap, upto, n, targets, chances, delay, days = prepared
    attacks = np.zeros((trials, len(upto)), np.int64)
    waiting, where = np.empty(ROOM), np.empty(ROOM, np.int64)
    none, several = math.exp(-n), targets.shape[1] > 1
    for trial in range(trials):
        many = 0
        arrival = random.standard_exponential() * gap
        while True:
            if many > 0 and waiting[many - 1] < arrival:
                many -= 1
                now, channel = waiting[many], where[many]
            else:
                now, channel = arrival, 0
                arrival = now + random.standard_exponential() * gap
                if len(upto) > 1:
                    u = random.random()
                    for up in upto[:-1]:  # all of them: cheaper than a branch to stop early
                        channel += u >= up
            if now > days:
                break
            attacks[trial, channel] += 1
            u, count, chance, below = random.random(), 0, none, none
            while u >= below:
                count += 1
                chance *= n / count
                below += chance
                child, target = now + random.standard_exponential() * delay, channel
                if several:
                    v, j = random.random(), 0
                    for up in chances[channel, :-1]:
                        j += v >= up
                    target = targets[channel, j]
                k = many
                while k > 0 and waiting[k - 1] < child:
                    waiting[k], where[k] = waiting[k - 1], where[k - 1]
                    k -= 1
                waiting[k], where[k] = child, target
                many += 1
    return attacks


@njit(fastmath=True)
def family_by_family(random, trials, prepared):
    """Attacks by trial and channel, each followed by its descendants: quicker, and out of order."""
    gap, upto, n, targets, chances, delay, days = prepared
    attacks = np.zeros((trials, len(upto)), np.int64)
    waiting, where = np.empty(ROOM), np.empty(ROOM, np.int64)
    none, several = math.exp(-n), targets.shape[1] > 1
    for trial in range(trials):
        first = random.standard_exponential() * gap
        while first <= days:
            channel = 0
            if len(upto) > 1:
                u = random.random()
                for up in upto[:-1]:
                    channel += u >= up
            waiting[0], where[0], many = first, channel, 1
            while many > 0:
                many -= 1
                now, channel = waiting[many], where[many]
                attacks[trial, channel] += 1
                u, count, chance, below = random.random(), 0, none, none
                while u >= below:
                    count += 1
                    chance *= n / count
                    below += chance
                    child = now + random.standard_exponential() * delay
                    if child <= days:
                        target = channel
                        if several:
                            v, j = random.random(), 0
                            for up in chances[channel, :-1]:
                                j += v >= up
                            target = targets[channel, j]
                        waiting[many], where[many] = child, target
                        many += 1
            first += random.standard_exponential() * gap
    return attacks
