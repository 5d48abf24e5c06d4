"""Strikes in answer to attacks, and how long they are remembered."""

import math
from types import SimpleNamespace

from .laws import draw, once, settle
from .working_time import NEVER

DEFAULTS = {
    "after_killed": 0.9,
    "after_wounded": 0.3,
    "coordinated": 0,
    "deterrence": 0,
    "memory_days": 30,
}
DELAY = {"gamma": {"shape": 2, "mean": 3}}


class Memory:
    """A count that fades exponentially."""

    def __init__(self, mean_days):
        self.mean_days, self.now = mean_days, 0.0

    def after(self, days):
        return self.now * math.exp(-days / self.mean_days)

    def advance(self, days):
        self.now = self.after(days)


class Strikes:
    """Of all threats that are answered at all."""

    def __init__(self, trial, threats):
        self.trial = trial
        self.answers = {
            g: self.answer(spec["retaliation"])
            for g, spec in sorted(threats.items())
            if spec.get("retaliation") is not None
        }
        self.number = dict.fromkeys(sorted(threats), 0)

    def answer(self, spec):
        rng = self.trial.rng
        values = {key: once(spec.get(key, default), rng) for key, default in DEFAULTS.items()}
        return SimpleNamespace(
            **values,
            delay=settle(spec.get("delay_days", DELAY), rng),
            memory=Memory(values["memory_days"]),
            due=NEVER,
        )

    def after_attack(self, record):
        """Decides whether an attack is answered; not while an answer is under way."""
        answer = self.answers.get(record.threat)
        if answer is None or answer.due < NEVER:
            return
        chance = 0.0
        if any(record.wounded.values()):
            chance = answer.after_wounded
        if any(record.killed.values()):
            chance = answer.after_killed
        if self.trial.rng.random() < chance:
            answer.due = self.trial.t + draw(answer.delay, self.trial.rng)

    def next(self):
        return [answer.due for answer in self.answers.values()]

    def strike(self):
        """Carries out what is due."""
        for g, answer in self.answers.items():
            if answer.due <= self.trial.t:
                answer.due = NEVER
                self.number[g] += 1
                answer.memory.now += 1
                if self.trial.rng.random() >= answer.coordinated:
                    self.trial.host.friction.now += 1

    def factor(self, g, days=0.0):
        """On the background of a threat, so many days from now if there is no strike until then."""
        answer = self.answers.get(g)
        if answer is None:
            return 1.0
        return min(3.0, math.exp(-answer.deterrence * answer.memory.after(days)))

    def advance(self, days):
        for answer in self.answers.values():
            answer.memory.advance(days)
