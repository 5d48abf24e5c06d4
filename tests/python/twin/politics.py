"""Contingents that leave on their own account."""

from types import SimpleNamespace

from .laws import draw, in_order, once, settle


class Politics:
    """Who has decided to leave, and why."""

    def __init__(self, trial, spec):
        self.trial = trial
        self.contingents = {c: self.contingent(of) for c, of in in_order(spec)}
        self.before = self.present()

    def contingent(self, spec):
        rng, tolerance = self.trial.rng, spec.get("tolerance_killed")
        return SimpleNamespace(
            tolerance=None if tolerance is None else max(1, once(tolerance, rng)),
            delay=settle(spec.get("delay_days", 0), rng),
            follows={c: once(p, rng) for c, p in in_order(spec.get("follows", {}))},
            decided=False,
        )

    def present(self):
        """The contingents of whom anybody is there."""
        return {c for people in self.trial.people.values() for c, n in people.items() if n > 0}

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

    def decide(self, c):
        of = self.contingents[c]
        if not of.decided:
            of.decided = True
            leaves_at = self.trial.t + draw(of.delay, self.trial.rng)
            self.trial.plan.departures.setdefault(c, leaves_at)
