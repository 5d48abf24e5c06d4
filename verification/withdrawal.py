"""A small withdrawal in SimPy, written from docs/model.md: processes that wait and interrupt.

Two sites, a gate, two phases with lifts, a rule that pauses out of the breathing room, and attacks
that cause attacks (each child a process of its own).
"""

from collections.abc import Generator
from math import ceil, floor

import numpy as np
import simpy

Process = Generator[simpy.Event, object, object]

SCENARIO = """
schema = 1
start = 2025-01-01
horizon = 2026-07-01                     # day 546
world.sites.north.garrison.us = 600
world.sites.south.garrison.us = 400
[world.threats.militia]
attacks_per_day = 0.3
site_weights = { north = 2, south = 1 }
presence_elasticity = 0.5
contagion = { children_per_attack = 0.4, decay_days = 6, start = "empty" }
weapons = {}
[plan.transport]
people_per_day = 10000
[plan.gates.approval]
delay_days = { uniform = [0, 60] }
[plan.phases.north]
after = ["approval"]
announced_start = 2025-02-01             # day 31
announced_finish = 2025-06-02            # day 152
duration_ratio = { uniform = [0.8, 1.2] }
moves.out = { site = "north", contingent = "us" }
[plan.phases.south]
after = ["north"]
announced_start = 2025-06-17             # day 167
announced_finish = 2025-10-02            # day 274
duration_ratio = { uniform = [0.9, 1.3] }
moves.out = { site = "south", contingent = "us" }
[plan.breathing_room]
pause_days = 60
extension_days = 30
[plan.rules.hold]
when = { attacks = { in_days = 30, at_least = 11 } }
then = { pause = { at_least_days = 14 } }
until = { attacks = { in_days = 14, at_most = 3 } }
"""

HORIZON, WEEK = 546.0, 7.0
GARRISON = {"north": 600, "south": 400}
WEIGHT = {"north": 2 / 3, "south": 1 / 3}
PHASES = {"north": (31.0, 152.0, 0.8, 1.2), "south": (167.0, 274.0, 0.9, 1.3)}
CHILDREN, DECAY = 0.4, 6.0
ROOM, EXTENSION = 60.0, 30.0


class History:
    """One history."""

    def __init__(self, seed: tuple[int, int]) -> None:
        self.chance = np.random.default_rng(seed)
        self.env = simpy.Environment()
        self.people = dict(GARRISON)
        self.attacks: list[tuple[float, str]] = []
        self.finish: dict[str, float] = {}
        self.paused = self.extended = 0.0
        self.forced = 0
        # The phase on its way: its site, when it would finish, when it was announced to.
        self.moving: tuple[str, float, float] | None = None
        self.lifting: simpy.Process
        self.resumed: simpy.Event
        for site in GARRISON:
            self.env.process(self.background(site))
        self.env.process(self.plan())
        self.env.process(self.review())

    def run(self) -> dict[str, float]:
        """What came of it."""
        self.env.run(until=HORIZON)
        found = {f"finish of {phase}": self.finish.get(phase, np.nan) for phase in PHASES}
        for site in GARRISON:
            found[f"attacks on {site}"] = sum(where == site for _, where in self.attacks)
        return found | {
            "attacks": len(self.attacks),
            "pause_days": self.paused,
            "extension_days": self.extended,
            "forced_resumptions": self.forced,
        }

    # Attacks

    def background(self, site: str) -> Process:
        """Attacks that nothing caused, thinned from those on a full garrison."""
        most = 0.3 * WEIGHT[site] * (1 - CHILDREN)
        while True:
            yield self.env.timeout(self.chance.exponential(1 / most))
            if self.chance.random() < (max(0.1, self.people[site] / GARRISON[site])) ** 0.5:
                self.attack(site)

    def attack(self, site: str) -> None:
        """An attack, if anybody is there, and what it causes."""
        if self.people[site] == 0:
            return
        self.attacks.append((self.env.now, site))
        for _ in range(self.chance.poisson(CHILDREN)):
            self.env.process(self.child(site))

    def child(self, site: str) -> Process:
        """An attack that another has caused, after its delay."""
        yield self.env.timeout(self.chance.exponential(DECAY))
        self.attack(site)

    def recent(self, days: float) -> int:
        """Attacks in the last days."""
        return sum(when > self.env.now - days for when, _ in self.attacks)

    # The plan

    def plan(self) -> Process:
        """The gate, then one phase after the other."""
        yield self.env.timeout(self.chance.uniform(0, 60))
        for site, (start, finish, low, high) in PHASES.items():
            if self.env.now < start:
                yield self.env.timeout(start - self.env.now)
            duration = (finish - start) * self.chance.uniform(low, high)
            self.moving = (site, self.env.now + duration, finish)
            left = self.people[site]
            while left:
                self.lifting = self.env.process(self.lifts(site, self.moving[1]))
                yield self.lifting
                left = self.people[site]
                if left:  # paused: the review starts it again
                    self.resumed = self.env.event()
                    yield self.resumed
            self.moving = None
            self.finish[site] = self.env.now

    def lifts(self, site: str, finish: float) -> Process:
        """Lifts each week from now on, the last at the finish."""
        start, people = self.env.now, self.people[site]
        many = max(1, ceil((finish - start) / WEEK - 1e-9))
        try:
            for j in range(1, many + 1):
                moment = finish if j == many else start + WEEK * j
                yield self.env.timeout(moment - self.env.now)
                self.people[site] = people - floor(people * j / many + 0.5)
        except simpy.Interrupt:
            pass

    def review(self) -> Process:
        """Look every week, after whatever else happens at that moment."""
        week = 0
        while True:
            week += 1
            yield self.env.timeout(WEEK * week - self.env.now)
            yield self.env.timeout(0)
            if self.moving is None or self.recent(30) < 11:
                continue
            site, finish, announced = self.moving
            target = max(finish, announced)
            # A pause lasts until its days are used up, or its push is what is left to extend.
            last = min(self.env.now + ROOM - self.paused, target + EXTENSION - self.extended - WEEK)
            if last <= self.env.now + 1e-9 or self.people[site] == 0:
                continue
            self.lifting.interrupt()
            since = self.env.now
            while True:
                ahead = WEEK * (week + 1)
                if last <= ahead - 1e-9:
                    yield self.env.timeout(last - self.env.now)
                    self.forced += 1
                    break
                week += 1
                yield self.env.timeout(ahead - self.env.now)
                yield self.env.timeout(0)
                if self.env.now - since >= 14 - 1e-9 and self.recent(14) <= 3:
                    break
                if last <= self.env.now + 1e-9:
                    self.forced += 1
                    break
            self.paused += self.env.now - since
            pushed = max(target, self.env.now + WEEK)
            self.extended += pushed - target
            self.moving = (site, pushed, announced)
            self.resumed.succeed()


def histories(trials: int, seed: int) -> dict[str, np.ndarray]:
    """Measures by name, over trials."""
    found = [History((seed, k)).run() for k in range(trials)]
    return {name: np.array([one[name] for one in found], dtype=float) for name in found[0]}
