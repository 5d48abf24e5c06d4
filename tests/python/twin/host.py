"""The host country: what it holds against the troops, and what its own forces can do."""

from .laws import by_state, once
from .strikes import Memory
from .working_time import NEVER, ROUNDING

STEP_DAYS = 30


class Host:
    """Its sites, its friction, its notice to the troops, and its capability.

    Left out of the world it is a country that owns all sites, throws nobody out and does not change.
    """

    def __init__(self, trial, spec):
        self.trial, areas = trial, spec.get("areas")
        self.sites = [s for s in trial.people if areas is None or trial.areas[s] in areas]
        self.friction = Memory(once(spec.get("friction", {}).get("memory_days", 180), trial.rng))
        self.set_expulsion(spec.get("expulsion"))
        self.set_capability(spec.get("capability"))

    def set_expulsion(self, spec):
        self.per_day = self.notice_days = 0.0
        self.unprovoked = dict.fromkeys(self.trial.chain or [None], 0.0)
        if spec is not None:
            self.per_day = once(spec.get("per_day", 2e-4), self.trial.rng)
            unprovoked = spec.get("unprovoked_per_day", 0)
            self.unprovoked = by_state(unprovoked, list(self.unprovoked), self.trial.rng)
            self.notice_days = once(spec.get("notice_days", 90), self.trial.rng)
        self.expelled_at, self.deadline = None, NEVER

    def set_capability(self, spec):
        self.capability = self.at_first = 1.0
        self.growth_alone = self.growth_advised = 0.0
        self.step_at = NEVER
        if spec is not None:
            self.capability = self.at_first = once(spec["start"], self.trial.rng)
            self.growth_alone = once(spec.get("growth_per_year", 0.05), self.trial.rng)
            advised = spec.get("growth_with_advisers_per_year", 0.08)
            self.growth_advised = once(advised, self.trial.rng)
            self.step_at = STEP_DAYS

    def people(self):
        """How many are on its sites."""
        return sum(map(self.trial.there, self.sites))

    def next(self):
        return [self.step_at, self.deadline]

    def step(self):
        """What its forces learn in a step, by whether anybody is there at its end."""
        while self.step_at <= self.trial.t:
            growth = self.growth_advised if self.people() else self.growth_alone
            self.capability = min(1.0, self.capability + growth * STEP_DAYS / 365)
            self.step_at += STEP_DAYS

    # Expulsion

    def hazard(self):
        """Of being thrown out, per day; it falls until the next strike or change of tension."""
        if self.expelled_at is not None:
            return 0.0
        return self.per_day * self.friction.now + self.unprovoked[self.trial.state]

    def expel(self):
        """Notice is given: all that is not done is pressed into it, and nothing may hold it up."""
        trial, plan = self.trial, self.trial.plan
        self.expelled_at, self.deadline = trial.t, trial.t + self.notice_days
        trial.pauses.void()
        for gate in plan.gates:  # they no longer count
            gate.cancelled, gate.opens = True, NEVER
        for phase in plan.phases:
            state = plan.state(phase)
            if state == "waiting":
                plan.start(phase, plan.time.worked_by(self.deadline) - plan.time.worked(trial.t))
            elif state == "moving":
                phase.next = max(phase.next, plan.time.moving(trial.t))  # if it has waited
                finish = max(min(phase.finish, self.deadline), plan.soonest(phase))
                if phase.loads and phase.finish > self.deadline:
                    plan.schedule(phase, max(self.deadline, min(finish, phase.finish)))
                elif finish <= phase.finish + ROUNDING:
                    plan.schedule(phase, finish)

    def evict(self):
        """At the end of the notice all leave who are still there; tells whether it has come."""
        if self.deadline > self.trial.t:
            return False
        self.deadline = NEVER
        for site in self.sites:
            for contingent, people in self.trial.people[site].items():
                self.trial.move_people(site, contingent, -people)
        self.trial.legs.leave_from(self.sites)
        self.trial.plan.evicted(self.sites)
        return True
