"""Gates, phases and lifts: who leaves when, if nothing holds them up."""

import math
from datetime import date
from fractions import Fraction
from itertools import accumulate, pairwise
from types import SimpleNamespace

from .laws import draw, draw_at, in_order, once, settle
from .pauses import Room
from .working_time import NEVER, ROUNDING, WorkingTime

RATIO = {"lognormal": {"median": 1.03, "sigma": 0.15}}


def days_off(working, day):
    """The days around the start on which nothing moves, by the names of those on which things do."""
    names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    a_monday = day(date(2024, 1, 1))
    off = [k for k, name in enumerate(names) if name not in (working or names)]
    return [(k, k + 1) for k in range(-400, 1_000) if (k - a_monday) % 7 in off]


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
        self.time = WorkingTime(off + [(day(b["from"]), day(b["until"])) for b in blackouts])
        known = [b for b in blackouts if b.get("allowed_for")]
        self.planned = WorkingTime(off + [(day(b["from"]), day(b["until"])) for b in known])
        self.gates = [self.gate(name, of) for name, of in in_order(spec.get("gates", {}))]
        self.ratios = Ratios(spec.get("duration_correlation", 0), trial.rng)
        phases = in_order(spec.get("phases", {}))
        self.phases = [self.phase(name, of, day) for name, of in phases]
        self.residuals = {}  # (site, contingent) to the people whom no phase may take
        self.departures = {}  # contingent to when all of it leaves
        self.sent_home = {}  # contingent to when all of it left

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
            waves=spec.get("waves", []),
            cleared={},  # with waves: site to the lift after which nobody from there is left to move
            room=Room(spec.get("breathing_room"), day),
            started=NEVER,
            next=NEVER,
            lifts=0,
            flown=0,
            cancelled=False,
            held=False,
            waited=False,  # for another, when a pause began to hold it
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
        if phase.flown == phase.lifts - 1:
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

    def after(self, working_days):
        """The instant at which so many more working days are over."""
        now = self.trial.t
        return self.time.first(self.time.worked(now) + working_days, now)

    def least_lifts(self, phase):
        """The fewest lifts at full intervals that take what a phase has left to move."""
        return math.ceil(sum(self.to_go(phase)) / (self.every * self.per_day))

    def possible(self, phase, working_days):
        """So many working days, or more if transport takes more for what a phase has left."""
        return max(working_days, sum(self.to_go(phase)) / self.per_day)

    def soonest(self, phase):
        """The soonest that what is left of a phase can finish, if it is spread anew from now."""
        return self.after(self.every * self.least_lifts(phase))

    def schedule(self, phase, finish, since=None):
        """Spreads what is left of a phase over lifts from now, the last at `finish`.

        Or from a lift on that has gone before, at `since` in working time.
        """
        for move, number in zip(phase.moves, self.to_go(phase), strict=True):
            move.lot = move.left = number
        phase.begun = self.time.worked(self.trial.t) if since is None else since
        phase.span = max(0.0, self.time.worked_by(finish) - phase.begun)
        lifts = math.ceil(phase.span / self.every - ROUNDING) if any(self.to_go(phase)) else 1
        phase.lifts, phase.flown = max(1, lifts), 0
        # By lift: as many as come together since the one before.
        times = [min(self.every * j, phase.span) for j in range(phase.lifts)] + [phase.span]
        phase.rooms = [math.floor((b - a + ROUNDING) * self.per_day) for a, b in pairwise(times)]
        phase.finish = self.lift_at(phase, phase.lifts)
        phase.next = self.lift_at(phase, 1)

    def lift_at(self, phase, j):
        working_days = self.every * j if j < phase.lifts else phase.span
        return self.time.first(phase.begun + working_days, self.trial.t)

    def lift(self, phase):
        if phase.started == NEVER or self.next_of(phase) > self.trial.t:
            return False
        phase.flown += 1
        loads, aboard = self.loads(phase), {}
        for move, load, available in zip(phase.moves, loads, self.to_go(phase), strict=True):
            move.left -= load
            self.fly(move, min(load, available), aboard)
        self.trial.legs.send(phase.name, aboard)
        self.clear(phase)
        if phase.flown == phase.lifts:
            self.done[phase.name], phase.next = self.trial.t, NEVER
        else:
            phase.next = self.lift_at(phase, phase.flown + 1)
        return True

    def clear(self, phase):
        """A lift of a phase with waves has gone: notes the sites that it was the last from."""
        if phase.waves:
            open_sites = {move.site for move in phase.moves if move.left > 0}
            for site in {move.site for move in phase.moves} - open_sites:
                phase.cleared.setdefault(site, self.trial.t)

    def done_with(self, phase, site):
        """When a phase was done with a site; None if not yet."""
        return phase.cleared.get(site, self.done.get(phase.name))

    def loads(self, phase):
        """How many of each move leave now: even shares, as far as there is room now and later."""
        left = [move.left for move in phase.moves]
        if phase.flown == phase.lifts:
            return left
        shares = []
        # With waves all moves are as one.
        for moves in [phase.moves] if phase.waves else [[move] for move in phase.moves]:
            lot = sum(move.lot for move in moves)
            # Of the lot, rounded half up.
            target = (2 * lot * phase.flown + phase.lifts) // (2 * phase.lifts)
            shares.append(max(0, target - lot + sum(move.left for move in moves)))
        must = sum(left) - sum(phase.rooms[phase.flown :])
        load = min(max(sum(shares), must), phase.rooms[phase.flown - 1])
        if phase.waves:
            return by_wave(phase, load)
        if load < sum(shares):
            return in_proportion(load, shares)
        others = [n - share for n, share in zip(left, shares, strict=True)]
        more = in_proportion(load - sum(shares), others)
        return [share + n for share, n in zip(shares, more, strict=True)]

    def fly(self, move, people, aboard):
        """People of a move leave; over a leg they go with the others who are `aboard` there."""
        self.trial.people_moved += people
        self.trial.move_people(move.site, move.contingent, -people)
        leg = self.trial.legs.between(move.site, move.to)
        if leg is not None:
            group = aboard.setdefault(leg, {})
            group[move.contingent] = group.get(move.contingent, 0) + people
        elif move.to != "home":
            self.trial.move_people(move.to, move.contingent, people)

    def depart(self, contingent):
        """All of a contingent leaves, outside the phases."""
        if self.departures.get(contingent, NEVER) > self.trial.t:
            return False
        del self.departures[contingent]
        self.sent_home.setdefault(contingent, self.trial.t)
        for site, people in self.trial.people.items():
            self.trial.move_people(site, contingent, -people.get(contingent, 0))
        self.trial.legs.leave(contingent)
        self.nobody_left(lambda move: move.contingent == contingent)
        return True

    def nobody_left(self, of):
        """No phase has anybody to move any more, of such moves."""
        for move in (move for phase in self.phases for move in phase.moves if of(move)):
            move.lot -= move.left  # as when they have to stay
            move.left = 0

    def evicted(self, sites):
        """All have left these sites: phases that only move people out of them are done."""
        self.nobody_left(lambda move: move.site in sites)
        for phase in self.phases:
            out = all(move.site in sites for move in phase.moves)
            if out and self.state(phase) in ("waiting", "moving", "held"):
                self.done[phase.name], phase.next, phase.held = self.trial.t, NEVER, False


def relations(after):
    """What something comes after: id to the other's event, its own, and the days between them."""
    table = after if isinstance(after, dict) else {name: {} for name in after}
    return {
        name: (*of.get("relation", "finish_to_start").split("_to_"), of.get("lag_days", 0))
        for name, of in table.items()
    }


def in_proportion(people, sizes):
    """Divides people among groups; the sums over the first groups are rounded half up."""
    sums = [0, *accumulate(sizes)]
    by_then = [math.floor(Fraction(people * n, max(1, sums[-1])) + Fraction(1, 2)) for n in sums]
    return [b - a for a, b in pairwise(by_then)]


def by_wave(phase, people):
    """Divides the people of a lift among the moves of a phase, the first wave first."""
    loads = {}
    for wave in phase.waves:
        left = {move.name: move.left for move in phase.moves if move.name in wave}
        taken = min(people, sum(left.values()))
        people -= taken
        loads |= zip(left, in_proportion(taken, left.values()), strict=True)
    return [loads[move.name] for move in phase.moves]


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
