"""Gates, phases and lifts: who leaves when, if nothing holds them up."""

import math
from collections import Counter
from datetime import date
from types import SimpleNamespace

from .hubs import arrive
from .laws import draw, draw_at, in_order, once, settle
from .lifts import kind, set_rooms, taken, with_people
from .pauses import Room
from .working_time import NEVER, ROUNDING, Paces, WorkingTime

RATIO = {"lognormal": {"median": 1.03, "sigma": 0.15}}


def days_off(working, day):
    """The days around the start on which nothing moves, by the names of those on which things do."""
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    a_monday = day(date(2024, 1, 1))
    off = [k for k, name in enumerate(names) if name not in (working or names)]
    return [(k, k + 1) for k in range(-400, 1_000) if (k - a_monday) % 7 in off]


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def working_time(stops, months, day, start):
    """Of times in which nothing moves, and of how much is done on a day of a month."""
    if not months:
        return WorkingTime(stops)
    dates = [date(start.year + k, month, 1) for k in range(-10, 50) for month in range(1, 13)]
    return Paces(stops, [(day(first), months.get(MONTHS[first.month - 1], 1)) for first in dates])


class Plan:
    """The timetable of one history.

    `open`, `lift`, `begin` and `depart` do one thing if it is due, and tell whether they did.
    """

    def __init__(self, trial, spec, day):
        self.trial, self.done = trial, {}
        transport = spec.get("transport", {})
        self.every = transport.get("lift_every_days", 7)
        self.per_day = transport.get("people_per_day", 150)
        blackouts = spec.get("blackouts", {}).values()
        off = days_off(spec.get("working_days"), day)
        known = [b for b in blackouts if b.get("allowed_for")]
        self.time, self.planned = (
            working_time(
                off + [(day(b["from"]), day(b["until"])) for b in some],
                *(spec.get("months"), day, trial.start),
            )
            for some in (blackouts, known)
        )
        self.gates = [self.gate(name, of) for name, of in in_order(spec.get("gates", {}))]
        self.ratios = Ratios(spec.get("duration_correlation", 0), trial.rng)
        phases = in_order(spec.get("phases", {}))
        self.phases = [self.phase(name, of, day) for name, of in phases]
        self.residuals = {}  # (site, contingent) to the people whom no phase may take
        self.departures = {}  # contingent to when all of it leaves
        self.sent_home = {}  # contingent to when all of it left
        self.departed = set()  # those of whom anybody was left then

    def gate(self, name, spec):
        law = settle(spec["delay_days"], self.trial.rng)
        return SimpleNamespace(
            name=name,
            after=relations(spec.get("after", [])),
            blocked=(spec.get("blocked_while") or {}).get("tension", []),
            law=law,
            left=draw(law, self.trial.rng),
            started=False,
            cancelled=False,
            opens=NEVER,
        )

    def phase(self, name, spec, day):
        start, announced = day(spec["announced_start"]), day(spec["announced_finish"])
        span = self.planned.worked(announced) - self.planned.worked(start)
        ratio = settle(spec.get("duration_ratio", RATIO), self.trial.rng)
        moves = [
            SimpleNamespace(**{"to": "home", "left": 0, "lot": 0} | move, name=move_name)
            for move_name, move in in_order(spec.get("moves", {}))
        ]
        moves.sort(key=lambda move: not hasattr(move, "people"))  # those of a given number first
        loads = self.trial.materiel.loads(spec.get("loads", {}))
        people = kind(moves, self.per_day)
        return SimpleNamespace(
            name=name,
            after=relations(spec.get("after", [])),
            earliest=start,
            announced=announced,  # what a pause may catch up to
            promised=announced,  # what was said in public
            span_announced=span,
            ratio=ratio,
            duration=max(0.0, span * self.ratios.draw(ratio)),
            compress_to=once(spec.get("compress_to", 1), self.trial.rng),
            moves=moves,
            loads=loads,
            kinds=[people, *self.trial.materiel.kinds(loads)],
            waves=spec.get("waves", []),
            cleared={},  # with waves: site to the lift after which nothing is left to go from there
            room=Room(spec.get("breathing_room"), day),
            started=NEVER,
            next=NEVER,
            times=[],  # of its lifts, in working days since it began to be spread over them
            flown=0,
            cancelled=False,
            held=False,
            waited=False,  # for another, when a pause began to hold it
            stuck=False,  # its last lift has been due, and has had to wait
        )

    # What is, and what comes next

    def next(self):
        """The instants of all that moves or is decided."""
        return [
            *(gate.opens for gate in self.gates),
            *map(self.next_of, self.phases),
            *self.departures.values(),
        ]

    def next_of(self, phase):
        if phase.cancelled or phase.held:
            return NEVER
        if phase.started == NEVER:
            return max(phase.earliest, self.freed(phase, "start"))
        if phase.flown == len(phase.times) - 1:
            return max(phase.next, self.not_done_before(phase))
        return phase.next

    def freed(self, item, what):
        """When all that something comes after lets it "start" or "finish"; NEVER if not known."""
        moment = self.moment if item in self.gates else self.moment_with_people
        moments = [
            moment(name, event) + lag
            for name, (event, then, lag) in item.after.items()
            if then == what
        ]
        return max(moments, default=-NEVER)

    def moment(self, name, event):
        """When a phase started, or when a gate or phase was done; NEVER if not yet."""
        if event == "finish":
            return self.done.get(name, NEVER)
        return next(phase.started for phase in self.phases if phase.name == name)

    def moment_with_people(self, name, event):
        """The same; a phase is not done for others before the last of its people have arrived."""
        moment = self.moment(name, event)
        return max(moment, self.trial.legs.last_arrival(name)) if event == "finish" else moment

    def not_done_before(self, phase):
        """The first instant at which what a phase comes after lets it be done."""
        if self.trial.host.expelled_at is not None:
            return -NEVER
        return self.time.moving(self.freed(phase, "finish"))

    def waits(self, phase):
        """Whether only others that are not done keep a phase from being done."""
        due = phase.waited if phase.held else phase.finish <= self.trial.t
        return due and self.not_done_before(phase) == NEVER

    def expected(self, phase):
        """When a phase under way will be done, as far as is known: now, if it waits for another."""
        bound = self.not_done_before(phase)
        if phase.held and (phase.waited or bound == NEVER):
            return phase.finish
        return max(phase.finish, self.trial.t if bound == NEVER else bound)

    def state(self, phase):
        if phase.cancelled:
            return "cancelled"
        if phase.name in self.done:
            return "done"
        if phase.started == NEVER:
            return "waiting"
        return "held" if phase.held else "moving"

    def under_way(self):
        return [phase for phase in self.phases if self.state(phase) in ("moving", "held")]

    def milestones(self):
        """How many gates have opened, and phases begun and finished."""
        return len(self.done) + sum(phase.started < NEVER for phase in self.phases)

    def unkept(self):
        """The announced finishes of all that is not done."""
        return [phase.promised for phase in self.phases if phase.name not in self.done]

    def to_go(self, phase):
        """How many of each move are still to leave, those left out who have to stay."""
        free, numbers = {}, []
        for move in phase.moves:
            key = (move.site, move.contingent)
            there = self.trial.people[move.site].get(move.contingent, 0)
            free.setdefault(key, max(0, there - self.residuals.get(key, 0)))
            numbers.append(min(move.left, free[key]))
            free[key] -= numbers[-1]
        return numbers

    def left(self, phase):
        """How much a phase has left of people and of the materiel of each mode, with what can go a day."""
        people, *materiel = phase.kinds
        numbers = [(sum(load.left for load in of.items), of.per_day) for of in materiel]
        return [(sum(self.to_go(phase)), people.per_day), *numbers]

    def has_left(self, phase):
        return any(number for number, _ in self.left(phase))

    # Gates

    def open(self, gate):
        if not (gate.started or gate.cancelled) and self.freed(gate, "start") <= self.trial.t:
            gate.started = True
            gate.left = self.trial.risks.days("gates", gate.name, gate.left, self.trial.t)
            self.run_clock(gate)
        if gate.cancelled or gate.opens > self.trial.t:
            return False
        self.done[gate.name], gate.opens = self.trial.t, NEVER
        return True

    def run_clock(self, gate):
        blocked = self.trial.state in gate.blocked
        gate.opens = NEVER if blocked else self.trial.t + gate.left

    def change_of_tension(self):
        """Stops the clocks of gates, or lets them run."""
        for gate in self.gates:
            if gate.started and not gate.cancelled and gate.name not in self.done:
                if gate.opens < NEVER:
                    gate.left = gate.opens - self.trial.t
                self.run_clock(gate)

    # Phases

    def begin(self, phase):
        if phase.started < NEVER or self.next_of(phase) > self.trial.t:
            return False
        risks = self.trial.risks
        full = risks.days("phases", phase.name, phase.duration, self.trial.t)
        left = self.time.worked_by(phase.announced) - self.time.worked(self.trial.t)
        self.start(phase, min(full, max(left, phase.compress_to * full)))
        self.trial.pauses.has_begun(phase)
        return True

    def start(self, phase, working_days):
        """A phase begins, and who moves with it is settled."""
        phase.started = self.trial.t
        for move in phase.moves:
            free = self.free(move)
            wanted = getattr(move, "people", free - getattr(move, "residual", 0))
            move.left = max(0, min(free, wanted))
        for load in phase.loads:
            free = self.free_tonnes(load.site)
            load.left = min(free, getattr(load, "tonnes", free))
        self.schedule(phase, self.after(self.possible(phase, working_days)))

    def free(self, move):
        """The people of the contingent on the site whom no other move under way has promised."""
        promised = sum(
            other.left
            for phase in self.under_way()
            for other in phase.moves
            if (other.site, other.contingent) == (move.site, move.contingent)
        )
        return self.trial.people[move.site].get(move.contingent, 0) - promised

    def free_tonnes(self, site):
        """What lies on a site that no other load under way is still to take."""
        loads = [load for phase in self.under_way() for load in phase.loads if load.site == site]
        return self.trial.materiel.tonnes[site] - sum(load.left for load in loads)

    def after(self, working_days):
        """The instant at which so many more working days are over."""
        now = self.trial.t
        return self.time.first(self.time.worked(now) + working_days, now)

    def least_lifts(self, phase):
        """The fewest lifts at full intervals that take what a phase has left to move."""
        return max(math.ceil(n / (self.every * per_day)) for n, per_day in self.left(phase))

    def possible(self, phase, working_days):
        """So many working days, or more if transport takes more for what a phase has left."""
        return max(working_days, *(number / per_day for number, per_day in self.left(phase)))

    def soonest(self, phase):
        """The soonest that what is left of a phase can finish, if it is spread anew from now."""
        return self.after(self.every * self.least_lifts(phase))

    def schedule(self, phase, finish, since=None):
        """Spreads what is left of a phase over lifts from now, the last at `finish`.

        Or from a lift on that has gone before, at `since` in working time.
        """
        begun = self.time.worked(self.trial.t) if since is None else since
        span = max(0.0, self.time.worked_by(finish) - begun)
        lifts = math.ceil(span / self.every - ROUNDING) if self.has_left(phase) else 1
        self.spread(phase, begun, [*(self.every * j for j in range(1, max(1, lifts))), span])

    def spread(self, phase, begun, times):
        """Spreads what is left of a phase over lifts at such working times after `begun`."""
        for move, number in zip(phase.moves, self.to_go(phase), strict=True):
            move.left = number
        for item in (item for of in phase.kinds for item in of.items):
            item.lot = item.left
        for of in phase.kinds:  # as much as comes together since the lift before
            set_rooms(of, [0, *times])
        if self.trial.host.deadline < NEVER:
            self.hurry(phase, begun, times)
        phase.begun, phase.times, phase.flown, phase.stuck = begun, times, 0, False
        phase.finish = self.lift_at(phase, len(times))
        phase.next = self.lift_at(phase, 1)

    def hurry(self, phase, begun, times):
        """Under notice, what full lifts within it can take goes with these."""
        by = self.time.worked_by(self.trial.host.deadline)
        in_time = math.floor((by - begun) / self.every + ROUNDING)
        if begun + times[-1] <= by or in_time < 1:
            return
        for of, (number, per_day) in zip(phase.kinds, self.left(phase), strict=True):
            if in_time < len(of.rooms) and number <= in_time * self.every * per_day:
                of.rooms = of.rooms[:in_time]

    def lift_at(self, phase, j):
        return self.time.first(phase.begun + phase.times[j - 1], self.trial.t)

    def lift(self, phase):
        if phase.started == NEVER or self.next_of(phase) > self.trial.t:
            due = phase.next <= self.trial.t and self.state(phase) == "moving"
            phase.stuck = phase.stuck or due
            return False
        phase.flown += 1
        people, *materiel = phase.kinds
        loads, aboard, there = taken(people, phase.flown, phase.waves), {}, Counter()
        for move, load, available in zip(phase.moves, loads, self.to_go(phase), strict=True):
            move.left -= load
            self.fly(move, min(load, available), aboard, there)
        for of in materiel:
            if of.per_day == NEVER and phase.waves:
                gone = zip(phase.moves, self.to_go(phase), strict=True)
                gone = {move.name: (move.lot - move.left, left) for move, left in gone}
                tonnes_of = with_people(of, phase.flown, phase.waves, gone)
            else:
                tonnes_of = taken(of, phase.flown, phase.waves)
            for load, tonnes in zip(of.items, tonnes_of, strict=True):
                self.trial.materiel.go(load, tonnes)
        self.trial.legs.send(phase.name, aboard)
        arrive(self.trial, there)
        self.clear(phase)
        if phase.flown == len(phase.times):
            self.done[phase.name], phase.next = self.trial.t, NEVER
        else:
            phase.next = self.lift_at(phase, phase.flown + 1)
        return True

    def clear(self, phase):
        """A lift of a phase with waves has gone: notes the sites that it was the last from."""
        if phase.waves:
            items = [*phase.moves, *phase.loads]
            open_sites = {item.site for item in items if item.left > 0}
            for site in {item.site for item in items} - open_sites:
                phase.cleared.setdefault(site, self.trial.t)

    def done_with(self, phase, site):
        """When a phase was done with a site; None if not yet."""
        return phase.cleared.get(site, self.done.get(phase.name))

    def fly(self, move, people, aboard, there):
        """People of a move leave; over a leg they go with the others who are `aboard` there.

        Without one they are `there` at once.
        """
        self.trial.people_moved += people
        self.trial.move_people(move.site, move.contingent, -people)
        leg = self.trial.legs.between(move.site, move.to)
        if leg is not None:
            group = aboard.setdefault(leg, {})
            group[move.contingent] = group.get(move.contingent, 0) + people
        elif move.to != "home":
            self.trial.move_people(move.to, move.contingent, people)
            there[move.to, move.contingent] += people

    def depart(self, contingent):
        """All of a contingent leaves, if it is due to."""
        if self.departures.get(contingent, NEVER) > self.trial.t:
            return False
        del self.departures[contingent]
        self.leave(contingent)
        return True

    def leave(self, contingent):
        """All of a contingent leaves, outside the phases."""
        self.sent_home.setdefault(contingent, self.trial.t)
        if contingent in self.trial.politics.present():
            self.departed.add(contingent)
        for site, people in self.trial.people.items():
            self.trial.move_people(site, contingent, -people.get(contingent, 0))
        self.trial.legs.leave(contingent)
        self.nobody_left(lambda move: move.contingent == contingent)

    def nobody_left(self, of):
        """No phase has anybody to move any more, of such moves."""
        for move in (move for phase in self.phases for move in phase.moves if of(move)):
            move.lot -= move.left  # as when they have to stay
            move.left = 0

    def evicted(self, sites):
        """All have left these sites: phases that only move people out of them are done."""
        self.nobody_left(lambda move: move.site in sites)
        for load in (load for phase in self.phases for load in phase.loads if load.site in sites):
            load.lot -= load.left  # it stays
            load.left = 0
        for phase in self.phases:
            out = all(item.site in sites for item in [*phase.moves, *phase.loads])
            if out and self.state(phase) in ("waiting", "moving", "held"):
                self.done[phase.name], phase.next, phase.held = self.trial.t, NEVER, False


def relations(after):
    """What something comes after: id to the other's event, its own, and the days between them."""
    table = after if isinstance(after, dict) else {name: {} for name in after}
    return {
        name: (*of.get("relation", "finish_to_start").split("_to_"), of.get("lag_days", 0))
        for name, of in table.items()
    }


class Ratios:
    """The ratios of true to announced durations, which may be correlated."""

    def __init__(self, correlation, rng):
        self.rng, self.shared = rng, correlation != 0
        self.correlation, self.common = once(correlation, rng), rng.normal()

    def draw(self, law):
        if not self.shared:
            return draw(law, self.rng)
        own = math.sqrt(1 - self.correlation) * self.rng.normal()
        return draw_at(law, math.sqrt(self.correlation) * self.common + own)
