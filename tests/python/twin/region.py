"""What happens around: going back in, and barrages that the sites help to meet."""

from .laws import by_state, in_order, once


class Reentry:
    """Going back in once everything is done."""

    def __init__(self, trial, spec):
        self.trial, self.days, self.people = trial, None, 0
        self.by_hazard = spec is not None
        if spec is not None:
            self.per_day = once(spec.get("per_day", 1e-3), trial.rng)
            self.forces = [force for _, force in in_order(spec["forces"])]

    def possible(self):
        """Whether everything is done that was to be."""
        plan = self.trial.plan
        return bool(plan.phases) and not plan.unkept()

    def hazard(self, strength):
        return self.per_day * strength if self.by_hazard and self.possible() else 0.0

    def come(self):
        """By hazard: once."""
        self.by_hazard = False
        for force in self.forces:
            self.arrive(**force)

    def arrive(self, site, contingent, people):
        """Whoever comes counts; a re-entry it is once everything is done."""
        if self.days is None and self.possible():
            self.days = self.trial.t
        self.people += people
        self.trial.move_people(site, contingent, people)


class Barrages:
    """Barrages at others, and whether enough sites could help."""

    def __init__(self, trial, spec, states):
        self.trial, self.number, self.unmet = trial, 0, 0
        self.rates = dict.fromkeys(states, 0.0)
        if spec is not None:
            self.rates = by_state(spec["per_day"], states, trial.rng)
            self.capable = spec["capable"]
            self.needed = spec.get("sites_needed", 1)

    def rate(self):
        return self.rates[self.trial.state]

    def fire(self):
        self.number += 1
        helping = [s for s, least in self.capable.items() if self.trial.there(s) >= least]
        self.unmet += len(helping) < self.needed
