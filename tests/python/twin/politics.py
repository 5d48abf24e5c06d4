"""Contingents that leave on their own account."""

from types import SimpleNamespace

from .laws import draw, in_order, once, settle
from .working_time import NEVER


class Politics:
    """Who has decided to leave, and why."""

    def __init__(self, trial, spec):
        self.trial = trial
        self.contingents = {c: self.contingent(of) for c, of in in_order(spec)}
        self.before = self.present()

    def contingent(self, spec):
        rng, tolerance = self.trial.rng, spec.get("tolerance_killed")
        until = spec.get("mandate_until")
        return SimpleNamespace(
            tolerance=None if tolerance is None else max(1, once(tolerance, rng)),
            delay=settle(spec.get("delay_days", 0), rng),
            follows={c: once(p, rng) for c, p in in_order(spec.get("follows", {}))},
            leaves_after={e: chances(p, rng) for e, p in in_order(spec.get("leaves_after", {}))},
            mandate_until=NEVER if until is None else self.trial.day(until),
            decided=False,
        )

    def present(self):
        """The contingents of whom anybody is there, or on the road."""
        people = [*self.trial.people.values(), *(g.people for g in self.trial.legs.groups)]
        return {c for of in people for c, n in of.items() if n > 0}

    def after_attack(self):
        for c, of in self.contingents.items():
            killed = sum(record.killed.get(c, 0) for record in self.trial.log)
            if of.tolerance is not None and killed >= of.tolerance:
                self.decide(c)

    def after_movement(self):
        """Those who follow a contingent may decide to, when all of it has left."""
        left, self.before = self.before - self.present(), self.present()
        for leader in sorted(left):
            for c, of in self.contingents.items():
                if not of.decided and self.trial.rng.random() < of.follows.get(leader, 0):
                    self.decide(c)

    def after_event(self, event):
        """A calendar event has happened, after which some may decide to."""
        outcome = self.trial.calendar.events[event].outcome
        for c, of in self.contingents.items():
            if event in of.leaves_after:
                chance = of.leaves_after[event](outcome)
                if self.trial.rng.random() < chance:
                    self.decide(c)

    def next(self):
        """When mandates end that have not ended yet."""
        return [of.mandate_until for of in self.contingents.values()]

    def depart(self):
        """One contingent leaves, if one is due to; tells whether it did."""
        plan = self.trial.plan
        for c in sorted({*self.contingents, *plan.departures}):
            of = self.contingents.get(c)
            if of is not None and of.mandate_until <= self.trial.t:
                of.mandate_until = NEVER
                plan.departures.pop(c, None)  # with all of it gone, what was decided is done
                plan.leave(c)
                return True
            if plan.depart(c):
                return True
        return False

    def decide(self, c):
        of = self.contingents[c]
        if not of.decided:
            of.decided = True
            leaves_at = self.trial.t + draw(of.delay, self.trial.rng)
            self.trial.plan.departures.setdefault(c, leaves_at)


def chances(spec, rng):
    """The chance that it decides to leave after an event, by the outcome."""
    if "chance" in spec:
        chance = once(spec["chance"], rng)
        return lambda _: chance
    by_outcome = {o: once(p, rng) for o, p in in_order(spec["by_outcome"])}
    return lambda outcome: by_outcome.get(outcome, 0)
