"""The withdrawal of jobs/withdrawal.toml in numba, written by hand for speed.

As in `withdrawal_numba`, but in the branching form of the process (numba_hawkes.py), with numpy's
fastest generator, and with rates summed up only when they change.
"""

import math

import numpy as np
from numba import njit

from .numba_hawkes import ROOM, caused
from .withdrawal_numba import lift_at, number_of_lifts

NEVER = 1e300  # days; fastmath knows no infinity


def run(random, trials, job):
    """Attacks, wounded, killed and the day of the finish (or the horizon) by trial."""
    return histories(random, trials, job, *caused(job.branching))


@njit(fastmath=True)
def histories(random, trials, job, n, targets, chances):
    """An attack causes `n` others; `targets` and `chances` say on which channels."""
    found = np.empty((trials, 4))
    people, presence = np.empty_like(job.garrison), np.empty(len(job.garrison))
    upto = np.empty(len(job.site))
    waiting, where, recent = np.empty(ROOM), np.empty(ROOM, np.int64), np.empty(ROOM)
    none, not_last = math.exp(-n), np.log(1.0 - 1.0 / job.salvo)
    for trial in range(trials):
        people[:], presence[:] = job.garrison, 1.0
        many = attacks = oldest = hurt = killed = 0
        now, state, finish = 0.0, job.start_state, job.horizon
        change = random.standard_exponential() * job.stay[state]
        review, phase, lift, lifts, lot, start, due = job.review_every, 0, -1, 0, 0, 0.0, 0.0
        next_lift, held, since = job.begins[0], False, 0.0
        rate = accumulate(job, state, presence, upto)
        arrival = random.standard_exponential() / rate
        event = min(change, next_lift, review)
        while True:
            from_list = many > 0 and waiting[many - 1] < arrival
            soonest = waiting[many - 1] if from_list else arrival
            if soonest > event:
                now = event
                if now >= job.horizon:
                    break
                changed = False
                if now == change:
                    u, before, state = random.random(), state, 0
                    while u >= job.follows[before, state]:
                        state += 1
                    change = now + random.standard_exponential() * job.stay[state]
                    changed = True
                elif now == next_lift:
                    if lift < 0:  # the phase begins
                        announced = job.finishes[phase] - job.begins[phase]
                        due = now + announced * math.exp(job.sigma * random.standard_normal())
                        start, lot, lift = now, people[job.leaving[phase]], 0
                        lifts = number_of_lifts(job, due - start)
                    else:
                        lift += 1
                        site = job.leaving[phase]
                        people[site] = lot - (2 * lot * lift + lifts) // (2 * lifts)
                        share = max(0.1, people[site] / job.garrison[site])
                        presence[site] = share**job.elasticity if people[site] > 0 else 0.0
                        changed = True
                    if lift < lifts:
                        next_lift = lift_at(job, start, due, lift + 1, lifts)
                    elif phase + 1 < len(job.begins):
                        phase, lift = phase + 1, -1
                        next_lift = max(now, job.begins[phase])
                    else:
                        finish, phase, next_lift = now, -1, NEVER
                else:
                    review += job.review_every
                    while oldest < attacks and recent[oldest] <= now - job.window:
                        oldest += 1
                    hot = attacks - oldest >= job.at_least
                    if held:
                        if not hot and now - since >= job.at_least_days:
                            held = False
                            due = max(due, job.finishes[phase], now + job.lift_every)
                            start, lot, lift = now, people[job.leaving[phase]], 0
                            lifts = number_of_lifts(job, due - start)
                            next_lift = lift_at(job, start, due, 1, lifts)
                    elif hot and phase >= 0 and lift >= 0 and people[job.leaving[phase]] > 0:
                        held, since, next_lift = True, now, NEVER
                if changed:  # the clock forgets: what is left of a wait is exponential again
                    rate = accumulate(job, state, presence, upto)
                    arrival = now + random.standard_exponential() / max(rate, 1.0 / NEVER)
                event = min(change, next_lift, review, job.horizon)
                continue
            now = soonest
            if from_list:
                many -= 1
                channel = where[many]
                if people[job.site[channel]] == 0:
                    continue
            else:
                arrival = now + random.standard_exponential() / rate
                u, channel = random.random() * rate, 0
                for up in upto[:-1]:
                    channel += u >= up
            recent[attacks] = now
            attacks += 1
            u, count, chance, below = random.random(), 0, none, none
            while u >= below:
                count += 1
                chance *= n / count
                below += chance
                child = now + random.standard_exponential() * job.delay
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
            there = people[job.site[channel]]
            here = attack(random, job, not_last, there)
            hurt += here
            for _ in range(here):
                killed += random.random() < job.killed_share
        found[trial, 0], found[trial, 1] = attacks, hurt - killed
        found[trial, 2], found[trial, 3] = killed, finish
    return found


@njit(fastmath=True)
def accumulate(job, state, presence, upto):
    """The background of all channels together; `upto` becomes that of each and those before it."""
    total = 0.0
    for channel in range(len(upto)):
        total += job.background[state, channel] * presence[job.site[channel]]
        upto[channel] = total
    return total


@njit(fastmath=True)
def attack(random, job, not_last, people):
    """How many of the people on a site an attack hurts."""
    weapon = 0 if random.random() < job.drone else 1
    if people >= job.needs_people:
        stopped = random.beta(job.intercept[weapon, 0], job.intercept[weapon, 1])
    else:
        stopped = random.beta(1.0, 19.0)
    harming = (1.0 - stopped) * (1.0 - job.no_casualty)
    hurt = 0
    for _ in range(1 + math.floor(-random.standard_exponential() / not_last[weapon])):
        if random.random() < harming:
            hurt += severity(random, job, people)
    return min(hurt, people)


@njit(fastmath=True)
def severity(random, job, people):
    """Casualties of a projectile: discrete generalised Pareto, at most all people."""
    beyond = (1.0 + job.shape * people / job.scale) ** (-1.0 / job.shape)
    u = 1.0 - random.random() * (1.0 - beyond)
    return min(people, 1 + math.floor((u**-job.shape - 1.0) * job.scale / job.shape))
