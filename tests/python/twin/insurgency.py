"""An insurgency that grows, is held down, and does things."""

import math

from .attacks import attack
from .laws import draw, once, pick, settle

GROWTH = {"lognormal": {"median": 1.2, "sigma": 0.5}}
STEP_DAYS = 1.0  # of the integration; strengths change over months
WEAKEST = 1e-9


class Insurgency:
    """Its strength, as a share of the most it could be; none if `spec` is None."""

    def __init__(self, trial, spec):
        self.trial, self.exists = trial, spec is not None
        self.strength = self.peak = 0.0
        self.incidents = self.shocks = 0
        self.per_day = self.shocks_per_day = 0.0
        self.weekly = []
        if self.exists:
            self.set(spec)

    def set(self, spec):
        rng = self.trial.rng
        self.strength = self.peak = self.at_first = once(spec["strength"], rng)
        self.growth = once(spec.get("growth_per_year", GROWTH), rng) / 365
        self.held_down = once(spec.get("pressure", {"uniform": [0.6, 1.3]}), rng)
        self.troops_share = once(spec.get("troops_share", {"beta": [2, 4]}), rng)
        self.exponent = once(spec.get("troops_exponent", 1), rng)
        self.people_at_first = self.trial.host.people()
        if shocks := spec.get("shocks"):
            self.shocks_per_day = once(shocks["per_year"], rng) / 365
            self.shock_factor = settle(shocks["factor"], rng)
        if incidents := spec.get("incidents"):
            self.per_day = once(incidents["per_day"], rng)
            self.on_sites = once(incidents.get("on_sites", 0), rng)
            self.threat = incidents.get("threat")

    def pressure(self):
        """What holds it down now, per day: troops and the host's forces."""
        troops = (self.trial.host.people() / self.people_at_first) ** self.exponent
        host = self.trial.host.capability / self.trial.host.at_first
        share = self.troops_share * troops + (1 - self.troops_share) * host
        return self.held_down * self.growth * (1 - self.at_first) * share

    def after(self, days):
        """Its strength so many days from now, if nothing changes: by Runge and Kutta."""
        if not self.exists:
            return 0.0
        strength, pressure = self.strength, self.pressure()

        def slope(x):
            return self.growth * x * (1 - x) - pressure * x

        steps = math.ceil(days / STEP_DAYS)
        for _ in range(steps):
            h = days / steps
            k1 = slope(strength)
            k2 = slope(strength + h / 2 * k1)
            k3 = slope(strength + h / 2 * k2)
            k4 = slope(strength + h * k3)
            strength += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return strength

    def most(self, days):
        """The most it can be in so many days: it goes one way while nothing changes."""
        return max(self.strength, self.after(days))

    def advance(self, days):
        if self.exists:
            now = self.trial.t
            while 7 * len(self.weekly) < now + days:
                self.weekly.append(self.after(7 * len(self.weekly) - now))
            self.become(self.after(days))

    def become(self, strength):
        self.strength = min(1.0, max(WEAKEST, strength))
        self.peak = max(self.peak, self.strength)

    def shock(self):
        self.shocks += 1
        self.become(self.strength * draw(self.shock_factor, self.trial.rng))

    def on_each_site(self):
        """Incidents per day that are attacks, by threat and site, at the present strength."""
        if self.per_day == 0 or self.on_sites == 0:
            return {}
        weights = self.trial.threats[self.threat].weights[self.trial.state]
        rate = self.per_day * self.strength * self.on_sites
        return {(self.threat, s): rate * weight for s, weight in weights.items()}

    def incident(self):
        """On a site that is open, as an attack of its threat, or else on the host."""
        trial = self.trial
        if trial.rng.random() < self.on_sites:
            site = pick(trial.threats[self.threat].weights[trial.state], trial.rng)
            if trial.there(site) > 0:
                trial.attacked(attack(trial, self.threat, site))
                trial.rules.look_at_once()
                return
        self.incidents += 1
