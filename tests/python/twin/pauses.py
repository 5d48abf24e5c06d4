"""Breathing room, and the pauses that use it up."""

from .working_time import NEVER, ROUNDING


class Room:
    """What is left of a breathing room: of the whole plan, or of one phase."""

    def __init__(self, spec, day):
        """A table with limits, which are 0 where left out; None if there is no limit."""
        spec = {"pause_days": NEVER, "extension_days": NEVER} if spec is None else spec
        self.pause_left = spec.get("pause_days", 0)
        self.extension_left = spec.get("extension_days", 0)
        self.latest = day(spec["latest"]) if spec.get("latest") else NEVER

    def limit(self, due, charged=0.0):
        """How far a pause may push what is due at `due`, if it has been charged so much before."""
        return max(due, min(due + self.extension_left + charged, self.latest))


class Pauses:
    """Whether movement is held. Any number of rules may hold it at once; their days count once."""

    def __init__(self, trial, room):
        self.trial, self.room = trial, room
        self.on = self.full = False  # full: no room for a phase that has begun
        self.charged = 0.0  # extension days charged by the pause under way
        self.pause_days = self.extension_days = 0.0
        self.forced_resumptions = 0

    def held(self):
        return [phase for phase in self.trial.plan.phases if phase.held]

    def due(self, phase):
        return max(self.trial.plan.expected(phase), phase.announced)

    def last_chance(self, phase, limit):
        """The last instant at which a phase can resume and still finish by `limit`."""
        plan = self.trial.plan
        return plan.time.last(plan.time.worked_by(limit) - plan.every * plan.least_lifts(phase))

    def own_end(self, phase):
        """When the room of the phase itself is used up."""
        room = phase.room
        return min(
            self.trial.t + room.pause_left, self.last_chance(phase, room.limit(self.due(phase)))
        )

    def end_for(self, phases):
        """When the room of the whole plan is used up, if these phases are held."""
        chances = [self.last_chance(p, self.room.limit(self.due(p), self.charged)) for p in phases]
        return min([self.trial.t + self.room.pause_left, *chances])

    def next(self):
        """The instants at which some room is used up."""
        if not self.on:
            return []
        return [self.end_for(self.held()), *map(self.own_end, self.held())]

    def holdable(self):
        """The phases that could be held: under way, with something to move and room of their own."""
        return [p for p in self.trial.plan.under_way() if self.can_hold(p)]

    def can_hold(self, phase):
        something = self.trial.plan.has_left(phase)
        return something and self.own_end(phase) > self.trial.t + ROUNDING

    def possible(self):
        """Whether there is something to hold, and room to hold it in."""
        phases = self.holdable()
        return self.on or (bool(phases) and self.end_for(phases) > self.trial.t + ROUNDING)

    def begin(self):
        phases = self.holdable()
        self.on = bool(phases)
        for phase in phases:
            self.hold(phase)

    def hold(self, phase):
        plan = self.trial.plan
        if plan.waits(phase):
            phase.waited, phase.finish = True, self.trial.t
        phase.held = True

    def has_begun(self, phase):
        """A phase that begins during a pause begins held, or ends it if that overdraws its room."""
        if self.on and self.can_hold(phase):
            limit = self.room.limit(self.due(phase), self.charged)
            if self.last_chance(phase, limit) < self.trial.t - ROUNDING:
                self.full = True
            else:
                self.hold(phase)

    def advance(self, span):
        if self.on:
            self.pause_days += span
            self.room.pause_left -= span
        for phase in self.held():
            phase.room.pause_left -= span

    def release(self, phase):
        """Lets a phase move again, catching up as far as its announced finish allows."""
        due = self.due(phase)
        phase.held = phase.waited = False
        plan = self.trial.plan
        finish = max(due, plan.soonest(phase))
        plan.schedule(phase, finish)
        phase.room.extension_left -= finish - due
        self.charge(finish - due)

    def charge(self, push):
        """Charges a push past what is due: per pause, the largest."""
        more = max(0.0, push - self.charged)
        self.charged += more
        self.use_extension(more)

    def use_extension(self, days):
        self.room.extension_left -= days
        self.extension_days += days

    def end(self):
        self.on = self.full = False
        for phase in self.held():
            self.release(phase)
        self.charged = 0.0

    def void(self):
        """No movement is held any more, and none can be."""
        self.room.pause_left = self.room.extension_left = 0.0
        if self.on:
            self.end()
            self.trial.rules.pause_is_over()

    def check(self):
        """Ends what has used up its room, or has nothing left to hold; tells whether all has."""
        if not self.on:
            return False
        spent = self.full or self.end_for(self.held()) <= self.trial.t + ROUNDING
        for phase in [] if spent else self.held():
            if self.own_end(phase) <= self.trial.t + ROUNDING:
                self.release(phase)
                spent = not self.held()
        self.forced_resumptions += spent
        if spent or not self.held():
            self.end()
            return True
        return False
