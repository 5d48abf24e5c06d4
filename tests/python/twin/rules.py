"""Rules: when a condition holds, act, until another holds."""

from .actions import ONE_SHOT
from .conditions import holds
from .laws import in_order
from .working_time import NEVER, ROUNDING


class Rule:
    """One rule: idle, or in force."""

    def __init__(self, name, spec):
        self.name, self.when, self.actions = name, spec["when"], spec["then"]
        self.until = spec.get("until") or {"not": self.when}
        self.at_once = spec.get("at_once", False)
        self.cooldown_days = spec.get("cooldown_days", 0)
        at_most = spec.get("at_most_times")
        self.times_left = NEVER if at_most is None else at_most
        self.in_force = self.pausing = False
        self.since = self.ready_at = -NEVER
        self.times, self.pause_days = 0, 0.0


class Rules:
    """All rules of a plan. They look in order of id."""

    def __init__(self, trial, spec):
        self.trial = trial
        self.rules = [Rule(name, of) for name, of in in_order(spec)]

    def look(self):
        """At a review every rule looks."""
        self.let_look(self.rules)

    def look_at_once(self):
        """Right after something has happened, those look that look at once; False if none does."""
        looking = [rule for rule in self.rules if rule.at_once]
        self.let_look(looking)
        return bool(looking)

    def let_look(self, rules):
        """Rules look by id; whether movement is held shows when all have looked."""
        for rule in rules:
            self.look_of(rule)
        held, pauses = any(rule.pausing for rule in self.rules), self.trial.pauses
        if pauses.on and not held:
            pauses.end()
        elif held and not pauses.on and pauses.possible():
            pauses.begin()
        elif held and not pauses.on:  # a later rule has left nothing to hold
            for rule in self.rules:
                rule.pausing = False

    def look_of(self, rule):
        if rule.in_force:
            if self.has_lasted(rule) and holds(self.trial, rule.until):
                self.end(rule)
        elif self.is_ready(rule) and holds(self.trial, rule.when):
            self.set_off(rule)

    def has_lasted(self, rule):
        """A pause lasts at least so long; a rule whose pause is not on can end at any look."""
        least = rule.actions.get("pause", {}).get("at_least_days", 0) if rule.pausing else 0
        return self.trial.t >= rule.since + least - ROUNDING

    def is_ready(self, rule):
        over = self.trial.t >= rule.ready_at - ROUNDING
        only_pause = set(rule.actions) == {"pause"}
        possible = not only_pause or self.trial.pauses.possible()
        return over and rule.times_left > 0 and possible

    def set_off(self, rule):
        rule.in_force, rule.since = True, self.trial.t
        rule.times, rule.times_left = rule.times + 1, rule.times_left - 1
        for action, act in ONE_SHOT.items():
            if action in rule.actions:
                act(self.trial, **rule.actions[action])
        if "pause" in rule.actions and self.trial.pauses.possible():
            rule.pausing = True

    def end(self, rule):
        rule.in_force = rule.pausing = False
        rule.ready_at = self.trial.t + rule.cooldown_days

    def pause_is_over(self):
        for rule in self.rules:
            if rule.pausing:
                self.end(rule)

    def advance(self, span):
        for rule in self.rules:
            if rule.pausing:
                rule.pause_days += span
