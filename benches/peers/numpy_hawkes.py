"""Self-exciting processes in numpy, many trials at a time."""

import numpy as np

from job_files import Process

# Trials at a time: as many as the processor's cache holds, found by trying.
LOCKSTEP = 5_000
GENERATIONS = 200


def in_lockstep(random: np.random.Generator, trials: int, process: Process) -> np.ndarray:
    """Attacks by trial and channel: Ogata's thinning, one step of all trials at once."""
    return in_parts(lockstep, LOCKSTEP, random, trials, process)


def by_generation(random: np.random.Generator, trials: int, process: Process) -> np.ndarray:
    """Attacks by trial and channel: all that nothing caused, all that these caused, and so on."""
    return in_parts(generations, GENERATIONS, random, trials, process)


def in_parts(run, most: int, random: np.random.Generator, trials: int, process: Process):
    """The trials, so many at a time."""
    sizes = [most] * (trials // most) + [trials % most] * (trials % most > 0)
    return np.concatenate([run(random, size, process) for size in sizes])


def lockstep(random, trials, process):
    """A step of all trials is the next attack, or the end of a trial.

    The next attack by the background and the next by excitation, which fades, are drawn by closed
    forms (Dassios & Zhao 2013); the earlier one happens.
    """
    background, branching, beta, days = process
    jumps, calm, several = branching.T * beta, background.sum(), len(background) > 1
    upto = np.cumsum(background)
    attacks = np.zeros((trials, len(background)), np.int64)
    alive, now = np.arange(trials), np.zeros(trials)
    excitation = np.zeros((trials, len(background)))
    while len(alive):
        total = excitation.sum(axis=1) if several else excitation[:, 0]
        wait = random.standard_exponential(len(alive)) / calm
        with np.errstate(divide="ignore", invalid="ignore"):
            of_excitation = np.log1p(-beta / total * random.standard_exponential(len(alive)))
            np.fmin(wait, of_excitation / -beta, out=wait)
        now += wait
        excitation *= np.exp(-beta * wait)[:, None]
        if several:
            below = upto + np.cumsum(excitation, axis=1)
            left = random.random(len(alive)) * below[:, -1]
            channel = (left[:, None] >= below[:, :-1]).sum(axis=1)
            excitation += jumps[channel]
        else:
            channel = 0
            excitation += jumps[0]
        if now.max() > days:
            on = now <= days
            alive, now, excitation = alive[on], now[on], excitation[on]
            channel = channel[on] if several else 0
        attacks[alive, channel] += 1
    return attacks


def generations(random, trials, process):
    """A generation is a list of all its attacks: when, and in which trial and channel."""
    background, branching, beta, days = process
    channels, n = len(background), branching.sum(axis=0)
    chances = np.cumsum(branching, axis=0).T / n[:, None]
    first = random.poisson(background * days, (trials, channels))
    attacks = first.copy().ravel()
    cell = np.repeat(np.arange(attacks.size), first.ravel())
    when = random.random(len(cell)) * days
    while len(cell):
        children = random.poisson(n[cell % channels] if channels > 1 else n[0], len(cell))
        when = np.repeat(when, children)
        when += random.standard_exponential(len(when)) / beta
        cell = np.repeat(cell, children)[when <= days]
        when = when[when <= days]
        if channels > 1:
            cause = cell % channels
            u = random.random(len(cell))
            cell += (u[:, None] >= chances[cause]).sum(axis=1) - cause
        attacks += np.bincount(cell, minlength=attacks.size)
    return attacks.reshape(trials, channels)
