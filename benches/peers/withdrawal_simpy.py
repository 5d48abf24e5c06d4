"""The withdrawal of jobs/withdrawal.toml in SimPy: processes that wait and interrupt."""

import random
from collections import deque
from collections.abc import Generator
from math import ceil, exp, floor, log, log1p
from typing import Any

import numpy as np
import simpy

from job_files import Withdrawal

Waiting = Generator[simpy.Event, Any, None]


def run(trials: int, job: Withdrawal) -> np.ndarray:
    """Attacks, wounded, killed and the day of the finish (or the horizon) by trial."""
    plain = Plain(job)
    return np.array([History(plain).run() for _ in range(trials)])


class Plain:
    """The job in lists, which plain Python reads faster than arrays."""

    def __init__(self, job: Withdrawal) -> None:
        self.job = job
        self.background = job.background.tolist()
        self.worst = job.background.max(axis=0).tolist()
        self.jumps = (job.branching.T / job.delay).tolist()
        self.site = job.site.tolist()
        self.garrison = job.garrison.tolist()
        self.stay = job.stay.tolist()
        self.follows = job.follows.tolist()
        self.intercept = job.intercept.tolist()
        self.phases = list(zip(job.leaving, job.begins, job.finishes, strict=True))
        # The chance that a projectile of a salvo is not the last.
        self.more = [1.0 - 1.0 / mean for mean in job.salvo.tolist()]


class History:
    """One history."""

    def __init__(self, plain: Plain) -> None:
        self.plain, self.job = plain, plain.job
        self.env = simpy.Environment()
        self.state = self.job.start_state
        self.people = list(plain.garrison)
        self.presence = [1.0] * len(self.people)
        self.excitation = [0.0] * len(plain.site)
        self.attacks = self.wounded = self.killed = 0
        self.finish = self.job.horizon
        self.recent: deque[float] = deque()
        self.leaving: int | None = None  # the site that the phase under way empties
        self.lifting: simpy.Process
        self.resumed: simpy.Event | None = None  # while lifts are held
        for process in (self.tension(), self.attacking(), self.plan(), self.review()):
            self.env.process(process)

    def run(self) -> tuple[int, int, int, float]:
        """What came of it."""
        self.env.run(until=self.job.horizon)
        return self.attacks, self.wounded, self.killed, self.finish

    # The world

    def tension(self) -> Waiting:
        """The tension goes from state to state."""
        while True:
            yield self.env.timeout(random.expovariate(1.0 / self.plain.stay[self.state]))
            u, upto = random.random(), self.plain.follows[self.state]
            self.state = next(state for state, up in enumerate(upto) if u < up)

    def attacking(self) -> Waiting:
        """Attacks, thinned from a bound: the worst tension, since all else only falls until one."""
        plain, delay, presence = self.plain, self.job.delay, self.presence
        while True:
            bound = sum(self.excitation)
            for channel, site in enumerate(plain.site):
                bound += plain.worst[channel] * presence[site]
            if bound == 0.0:
                return
            wait = random.expovariate(bound)
            yield self.env.timeout(wait)
            fading = exp(-wait / delay)
            self.excitation = excitation = [rate * fading for rate in self.excitation]
            left, background = random.random() * bound, plain.background[self.state]
            for channel, site in enumerate(plain.site):
                left -= background[channel] * presence[site] + excitation[channel]
                if left < 0.0:
                    self.attack(channel, site)
                    break

    def attack(self, channel: int, site: int) -> None:
        """An attack, those it will cause where somebody is, and what it does."""
        plain, job = self.plain, self.job
        for other, jump in enumerate(plain.jumps[channel]):
            if jump and self.people[plain.site[other]]:
                self.excitation[other] += jump
        self.attacks += 1
        self.recent.append(self.env.now)
        people = self.people[site]
        weapon = 0 if random.random() < job.drone else 1
        a, b = plain.intercept[weapon] if people >= job.needs_people else (1.0, 19.0)
        stopped = random.betavariate(a, b)
        projectiles = 1 + floor(log(1.0 - random.random()) / log(plain.more[weapon]))
        hurt = 0
        for _ in range(projectiles):
            if random.random() >= stopped and random.random() >= job.no_casualty:
                hurt += self.severity(people)
        for _ in range(min(hurt, people)):
            if random.random() < job.killed_share:
                self.killed += 1
            else:
                self.wounded += 1

    def severity(self, people: int) -> int:
        """Casualties of a projectile: discrete generalised Pareto, at most all people."""
        scale, shape = self.job.scale, self.job.shape
        beyond = exp(-log1p(shape * people / scale) / shape)
        u = 1.0 - random.random() * (1.0 - beyond)
        return min(people, 1 + floor((u**-shape - 1.0) * scale / shape))

    # The plan

    def plan(self) -> Waiting:
        """One phase after the other; after a pause, what is left is spread anew."""
        env, every = self.env, self.job.lift_every
        for site, begins, finishes in self.plain.phases:
            if env.now < begins:
                yield env.timeout(begins - env.now)
            due = env.now + (finishes - begins) * random.lognormvariate(0.0, self.job.sigma)
            self.leaving, done = site, False
            while not done:
                self.lifting = env.process(self.lifts(site, due))
                done = yield self.lifting
                if not done:
                    yield self.resumed
                    self.resumed = None
                    due = max(due, finishes, env.now + every)
            self.leaving = None
        self.finish = env.now

    def lifts(self, site: int, due: float) -> Generator[simpy.Event, None, bool]:
        """Lifts from now on, the last when due; False if they are held before."""
        env, every = self.env, self.job.lift_every
        start, people = env.now, self.people[site]
        lifts = max(1, ceil((due - start) / every - 1e-9))
        try:
            for lift in range(1, lifts + 1):
                moment = due if lift == lifts else start + lift * every
                yield env.timeout(moment - env.now)
                self.leave(site, people - (2 * people * lift + lifts) // (2 * lifts))
        except simpy.Interrupt:
            return False
        return True

    def leave(self, site: int, people: int) -> None:
        """So many people are left on a site; if nobody, attacks still to be caused are dropped."""
        share = max(0.1, people / self.plain.garrison[site])
        self.people[site] = people
        self.presence[site] = share**self.job.elasticity if people else 0.0
        if people == 0:
            for channel, of in enumerate(self.plain.site):
                if of == site:
                    self.excitation[channel] = 0.0

    def review(self) -> Waiting:
        """Hold lifts, or let them go; at the same moment as a lift after it."""
        env, job, recent = self.env, self.job, self.recent
        since = 0.0
        while True:
            yield env.timeout(job.review_every)
            while recent and recent[0] <= env.now - job.window:
                recent.popleft()
            many = len(recent) >= job.at_least
            if self.resumed is not None:
                if not many and env.now - since >= job.at_least_days:
                    self.resumed.succeed()
            elif many and self.leaving is not None and self.people[self.leaving]:
                self.resumed, since = env.event(), env.now
                self.lifting.interrupt()
