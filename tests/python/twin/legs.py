"""People on the road from one place to another, in groups of convoys, and attacks on them."""

import math
from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from .attacks import attack_on_people
from .hubs import arrive
from .laws import by_state, draw, in_order, pick, settle
from .lifts import in_proportion
from .working_time import NEVER, ROUNDING

HOUR = 1 / 24  # days


class Legs:
    """The legs of a world by id, and the groups that are on them now.

    A group is what one lift of one phase has sent over one leg: its people by contingent.
    """

    def __init__(self, trial: Any, spec: dict[str, Any]) -> None:
        self.trial = trial
        self.legs = {name: self.leg(of) for name, of in in_order(spec)}
        self.groups: list[SimpleNamespace] = []
        self.arrived: dict[
            str, float
        ] = {}  # phase to when the last of its people so far were to arrive
        self.arrivals: list[tuple[float, str, int]] = []  # instant, leg and number of people

    def leg(self, spec: dict[str, Any]) -> SimpleNamespace:
        states, rng = list(self.trial.chain or [None]), self.trial.rng
        return SimpleNamespace(
            begin=spec["from"],
            end=spec.get("to", "home"),
            days=settle(spec["days"], rng),
            per_convoy=spec.get("people_per_convoy", NEVER),
            attacks={
                g: {kind: by_state(mean, states, rng) for kind, mean in in_order(means)}
                for g, means in in_order(spec.get("attacks", {}))
            },
        )

    # Who is on the road

    def between(self, site: str, to: str) -> str | None:
        """The leg that joins two places; None if people are at the other at once."""
        legs = self.legs.items()
        return next((name for name, leg in legs if (leg.begin, leg.end) == (site, to)), None)

    def send(self, phase: str, aboard: dict[str, dict[str, int]]) -> None:
        """A lift leaves, with people by leg and contingent."""
        for name, people in aboard.items():
            days = max(HOUR, draw(self.legs[name].days, self.trial.rng))
            group = SimpleNamespace(leg=name, phase=phase, people=people, days=days)
            group.arrives = self.trial.t + days
            self.groups.append(group)
            # Whatever becomes of them: for so long others wait.
            if size(group):
                self.arrived[phase] = max(self.arrived.get(phase, -NEVER), group.arrives)
        self.drop_empty()

    def drop_empty(self) -> None:
        self.groups = [group for group in self.groups if size(group) > 0]

    def next(self) -> list[float]:
        return [group.arrives for group in self.groups]

    def arrive(self) -> None:
        """All are where they go who are due there now."""
        due, there = self.trial.t + ROUNDING, Counter[tuple[str, str]]()
        for group in (group for group in self.groups if group.arrives <= due):
            leg = self.legs[group.leg]
            self.arrivals.append((self.trial.t, group.leg, size(group)))
            for contingent, people in group.people.items() if leg.end != "home" else []:
                self.trial.move_people(leg.end, contingent, people)
                there[leg.end, contingent] += people
        self.groups = [group for group in self.groups if group.arrives > due]
        arrive(self.trial, there)

    def last_arrival(self, phase: str) -> float:
        """When the last of those whom a phase has sent so far arrives, or was to arrive."""
        return self.arrived.get(phase, -NEVER)

    def leave(self, contingent: str) -> None:
        """All of a contingent leave, wherever they are on the road."""
        for group in self.groups:
            group.people.pop(contingent, None)
        self.drop_empty()

    def leave_from(self, sites: Iterable[str]) -> None:
        """All leave who are on a leg that begins at one of these sites."""
        self.groups = [group for group in self.groups if self.legs[group.leg].begin not in sites]

    def people(self, name: str) -> dict[str, int]:
        """Those on a leg now, by contingent."""
        on_it = [group.people for group in self.on(name)]
        contingents = {contingent for people in on_it for contingent in people}
        return {c: sum(people.get(c, 0) for people in on_it) for c in sorted(contingents)}

    def on(self, name: str) -> list[SimpleNamespace]:
        return [group for group in self.groups if group.leg == name]

    # Attacks on them

    def rates(self, g: str) -> dict[tuple[str, str], float]:
        """Arrivals of a threat per day by leg and kind, if nothing moves its background."""
        threat, state = self.trial.threats[g], self.trial.state
        return {
            (name, kind): means[state]
            * threat.rate_factor
            / threat.batch
            * sum(self.exposure(group, kind) for group in self.on(name))
            for name, leg in self.legs.items()
            for kind, means in leg.attacks.get(g, {}).items()
        }

    def exposure(self, group: SimpleNamespace, kind: str) -> float:
        """What the mean number of attacks of a kind is multiplied by, per day."""
        if kind == "per_convoy":
            return self.number(group) / group.days
        return size(group)

    def number(self, group: SimpleNamespace) -> int:
        """Of the convoys of a group."""
        return max(1, math.ceil(size(group) / self.legs[group.leg].per_convoy))

    def convoys(self, group: SimpleNamespace) -> list[int]:
        """How many people each convoy of a group has."""
        return in_proportion(size(group), [1] * self.number(group))

    def attack(self, g: str, name: str, kind: str) -> SimpleNamespace:
        """The record of an attack by threat `g` on some convoy on a leg."""
        rng, groups = self.trial.rng, self.on(name)
        group = groups[pick({k: self.exposure(of, kind) for k, of in enumerate(groups)}, rng)]
        convoys = self.convoys(group)
        weights = [1] * len(convoys) if kind == "per_convoy" else convoys
        met = convoys[pick(dict(enumerate(weights)), rng)]
        return attack_on_people(self.trial, g, name, group.people, met, lambda _: 0.0)


def size(group: SimpleNamespace) -> int:
    return sum(group.people.values())
