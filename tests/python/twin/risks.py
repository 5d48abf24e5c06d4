"""Risks, which act on many things at once when they happen, and what is done about them."""

import math
from types import SimpleNamespace

from .laws import draw, in_order, once, settle
from .working_time import ROUNDING


class Risks:
    """The risks of one history: all is drawn before it begins."""

    def __init__(self, spec, mitigations, day, rng):
        taken = [of for _, of in in_order(mitigations) if of.get("taken", True)]
        self.cost = sum(once(of.get("cost", 0), rng) for of in taken)
        against = {name: [] for name in spec}
        for of in taken:
            for name, about in in_order(of.get("risks", {})):
                against[name].append(
                    (
                        once(about.get("probability_factor", 1), rng),
                        once(about.get("effect_factor", 1), rng),
                    )
                )
        self.risks = {name: self.risk(of, against[name], day, rng) for name, of in in_order(spec)}

    def risk(self, spec, against, day, rng):
        less_likely = math.prod(factor for factor, _ in against)
        probability = min(1.0, once(spec["probability"], rng) * less_likely)
        date = day(spec["date"]) if spec.get("date") else 0
        moment = date + draw(settle(spec.get("delay_days", 0), rng), rng)
        return SimpleNamespace(
            moment=moment if rng.random() < probability else math.inf,
            happened=False,
            effects=[
                self.effect(of, math.prod(factor for _, factor in against), rng)
                for _, of in in_order(spec.get("effects", {}))
            ],
        )

    def effect(self, spec, weaker, rng):
        factor, added = once(spec.get("factor", 1), rng), once(spec.get("added_days", 0), rng)
        return SimpleNamespace(
            **{kind: spec.get(kind, []) for kind in ("phases", "gates", "threats")},
            factor=1 + (factor - 1) * weaker,
            added_days=added * weaker,
        )

    def next(self):
        """The moments of risks that have not happened yet."""
        return [risk.moment for risk in self.risks.values() if not risk.happened]

    def happen(self, t):
        """Lets one risk happen that is due, and tells whether there was one."""
        for risk in self.risks.values():
            if not risk.happened and risk.moment <= t + ROUNDING:
                risk.happened = True
                return True
        return False

    def on(self, kind, name, t):
        """The effects at `t` on a phase, a gate or a threat."""
        return [
            effect
            for risk in self.risks.values()
            if risk.moment <= t + ROUNDING
            for effect in risk.effects
            if name in getattr(effect, kind)
        ]

    def days(self, kind, name, days, t):
        """How long a phase or a gate takes that begins at `t` and takes `days` without risks."""
        effects = self.on(kind, name, t)
        return days * self.factor(kind, name, t) + sum(effect.added_days for effect in effects)

    def factor(self, kind, name, t):
        return math.prod(effect.factor for effect in self.on(kind, name, t))
