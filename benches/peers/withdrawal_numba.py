"""The withdrawal of jobs/withdrawal.toml in numba, as an analyst writes it.

One loop over whatever comes next, `np.random`, and Ogata's thinning of the intensity of all
channels.
"""

import math

import numpy as np
from numba import njit


@njit
def run(trials, job):
    """Attacks, wounded, killed and the day of the finish (or the horizon) by trial."""
    found = np.empty((trials, 4))
    for trial in range(trials):
        history(job, found[trial])
    return found


@njit
def history(job, found):
    """One history."""
    jumps = job.branching / job.delay
    people, presence = job.garrison.copy(), np.ones(len(job.garrison))
    excitation = np.zeros(len(job.site))
    recent, oldest = [0.0 for _ in range(0)], 0
    wounded = killed = 0
    now, state, finish = 0.0, job.start_state, job.horizon
    change, review = np.random.exponential(job.stay[state]), job.review_every
    # The phase under way, or the next one: -1 lifts before it begins.
    phase, lift, lifts, lot, start, due = 0, -1, 0, 0, 0.0, 0.0
    next_lift, held, since = job.begins[0], False, 0.0
    while True:
        bound = 0.0
        for channel in range(len(job.site)):
            bound += job.background[state, channel] * presence[job.site[channel]]
            bound += excitation[channel]
        wait = np.random.exponential(1.0 / bound) if bound > 0.0 else np.inf
        event = min(job.horizon, change, next_lift, review)
        if now + wait > event:
            excitation *= math.exp((now - event) / job.delay)
            now = event
            if now == job.horizon:
                break
            if now == change:
                u, state_before, state = np.random.random(), state, 0
                while u >= job.follows[state_before, state]:
                    state += 1
                change = now + np.random.exponential(job.stay[state])
            elif now == next_lift:
                if lift < 0:  # the phase begins
                    announced = job.finishes[phase] - job.begins[phase]
                    due = now + announced * np.random.lognormal(0.0, job.sigma)
                    start, lot, lift = now, people[job.leaving[phase]], 0
                    lifts = number_of_lifts(job, due - start)
                else:
                    lift += 1
                    site = job.leaving[phase]
                    people[site] = lot - (2 * lot * lift + lifts) // (2 * lifts)
                    share = people[site] / job.garrison[site]
                    presence[site] = max(0.1, share) ** job.elasticity
                    if people[site] == 0:
                        presence[site] = 0.0
                        for channel in range(len(job.site)):
                            if job.site[channel] == site:
                                excitation[channel] = 0.0
                if lift < lifts:
                    next_lift = lift_at(job, start, due, lift + 1, lifts)
                elif phase + 1 < len(job.begins):
                    phase, lift = phase + 1, -1
                    next_lift = max(now, job.begins[phase])
                else:
                    finish, phase, next_lift = now, -1, np.inf
            else:
                review += job.review_every
                while oldest < len(recent) and recent[oldest] <= now - job.window:
                    oldest += 1
                many = len(recent) - oldest >= job.at_least
                if held:
                    if not many and now - since >= job.at_least_days:
                        held = False
                        due = max(due, job.finishes[phase], now + job.lift_every)
                        start, lot, lift = now, people[job.leaving[phase]], 0
                        lifts = number_of_lifts(job, due - start)
                        next_lift = lift_at(job, start, due, 1, lifts)
                elif many and phase >= 0 and lift >= 0 and people[job.leaving[phase]] > 0:
                    held, since, next_lift = True, now, np.inf
            continue
        now += wait
        excitation *= math.exp(-wait / job.delay)
        left = np.random.random() * bound
        for channel in range(len(job.site)):
            site = job.site[channel]
            left -= job.background[state, channel] * presence[site] + excitation[channel]
            if left < 0.0:
                recent.append(now)
                for other in range(len(job.site)):
                    if people[job.site[other]] > 0:
                        excitation[other] += jumps[other, channel]
                hurt = attack(job, people[site])
                dead = np.random.binomial(hurt, job.killed_share)
                killed += dead
                wounded += hurt - dead
                break
    found[0], found[1], found[2], found[3] = len(recent), wounded, killed, finish


@njit
def number_of_lifts(job, span):
    """Lifts in so many days."""
    return max(1, math.ceil(span / job.lift_every - 1e-9))


@njit
def lift_at(job, start, due, lift, lifts):
    """When a lift leaves: the last one when due."""
    return due if lift == lifts else start + lift * job.lift_every


@njit
def attack(job, people):
    """How many of the people on a site an attack hurts."""
    weapon = 0 if np.random.random() < job.drone else 1
    a, b = job.intercept[weapon] if people >= job.needs_people else np.array([1.0, 19.0])
    stopped = np.random.beta(a, b)
    projectiles = np.random.geometric(1.0 / job.salvo[weapon])
    harming = np.random.binomial(projectiles, (1.0 - stopped) * (1.0 - job.no_casualty))
    hurt = 0
    for _ in range(harming):
        hurt += severity(job, people)
    return min(hurt, people)


@njit
def severity(job, people):
    """Casualties of a projectile: discrete generalised Pareto, at most all people."""
    beyond = (1.0 + job.shape * people / job.scale) ** (-1.0 / job.shape)
    u = 1.0 - np.random.random() * (1.0 - beyond)
    return min(people, 1 + math.floor((u**-job.shape - 1.0) * job.scale / job.shape))
