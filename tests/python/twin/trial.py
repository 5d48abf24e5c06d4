"""One history: the clock, and the world as it is now."""

import math

from .attacks import INTERCEPT, attack
from .calendar import Calendar
from .host import Host
from .insurgency import Insurgency
from .laws import draw, in_order, once, pick, settle
from .legs import Legs
from .materiel import Materiel
from .measures import measures
from .now import excitation_of, recent, stay, take_up
from .pauses import Pauses, Room
from .plan import Plan
from .politics import Politics
from .region import Barrages, Reentry
from .risks import Risks
from .rules import Rules
from .strikes import Strikes
from .threats import Pressure, excitation_at_start, excite, settle_threats
from .working_time import NEVER, ROUNDING


class Trial:
    """One history, from the start to the horizon."""

    def __init__(self, scenario, rng):
        self.rng, self.t, self.log = rng, 0.0, []
        self.start = scenario["start"]
        self.day = lambda date: (date - self.start).days
        world, plan = scenario["world"], scenario.get("plan", {})
        self.set_sites(world["sites"])
        self.set_tension(world.get("tension") or {"start": None, "states": {}})
        self.calendar = Calendar(world.get("calendar", {}), self.day, rng)
        about_risks = world.get("risks", {}), plan.get("mitigations", {})
        self.risks = Risks(*about_risks, self.day, rng)
        states = list(self.chain or [None])
        self.threats = settle_threats(world, states, rng)
        self.legs = Legs(self, world.get("legs", {}))
        self.host = Host(self, world.get("host") or {})
        self.strikes = Strikes(self, world.get("threats", {}))
        self.insurgency = Insurgency(self, world.get("insurgency"))
        self.politics = Politics(self, world.get("contingents", {}))
        self.reentry = Reentry(self, world.get("reentry"))
        self.barrages = Barrages(self, world.get("barrages"), states)
        self.costs = settle_costs(world.get("costs") or {}, rng)
        self.excitation = {}  # (causing threat, threat, site) to arrivals per day
        transport, costs = plan.get("transport", {}), world.get("costs") or {}
        self.materiel = Materiel(self, world["sites"], transport, costs)
        self.pauses = Pauses(self, Room(plan.get("breathing_room", {}), self.day))
        self.plan = Plan(self, plan, self.day)
        self.rules = Rules(self, plan.get("rules", {}))
        self.buffers = plan.get("buffers", {})
        self.pressure = Pressure(self, self.areas, handed_over(plan, self.day))
        self.review_every = plan.get("review_every_days", 7)
        self.review_at = self.review_every if self.rules.rules else NEVER
        default = max((phase.announced for phase in self.plan.phases), default=0) + 730
        self.horizon = self.day(scenario["horizon"]) if scenario.get("horizon") else default
        self.person_days, self.stretch_days = dict.fromkeys(self.places(), 0.0), 0.0
        self.reinforcements = self.people_moved = 0
        self.tension_days = dict.fromkeys(self.chain, 0.0)
        self.weekly = {place: [] for place in self.places()}
        self.ties = set()  # weeks at whose ends, as good as, something is due
        self.now = scenario.get("now")
        self.past = recent(self, self.now)

    def set_sites(self, sites):
        defence = {s: spec.get("air_defence", {}) for s, spec in sites.items()}
        self.people = {s: dict(spec.get("garrison", {})) for s, spec in sites.items()}
        self.areas = {s: spec.get("area") for s, spec in sites.items()}
        self.closed = {}  # site to when its last people left
        self.reference = {
            s: spec.get("reference_garrison") or self.there(s) for s, spec in sites.items()
        }
        self.needs = {s: defence[s].get("needs_people", 0) for s in sites}
        laws = {s: INTERCEPT | defence[s].get("intercept", {}) for s in sites}
        self.intercept = {
            s: {weapon: settle(law, self.rng) for weapon, law in in_order(laws[s])} for s in sites
        }

    def set_tension(self, tension):
        self.state, self.switch_at = tension["start"], NEVER
        self.chain = {
            state: (
                settle(spec["mean_days"], self.rng),
                {x: once(w, self.rng) for x, w in in_order(spec.get("next", {}))},
            )
            for state, spec in in_order(tension["states"])
        }

    # People

    def places(self):
        """All sites, and the legs between them."""
        return [*self.people, *self.legs.legs]

    def people_at(self, place):
        """By contingent."""
        return self.people[place] if place in self.people else self.legs.people(place)

    def there(self, place):
        return sum(self.people_at(place).values())

    def move_people(self, s, contingent, people):
        """More people on a site, or fewer; remembers when it closes."""
        before = self.there(s)
        self.people[s][contingent] = self.people[s].get(contingent, 0) + people
        assert self.people[s][contingent] >= 0, "nobody leaves twice"
        if self.there(s) == 0 < before:
            self.closed[s] = self.t
            for key in self.excitation:
                if key[2] == s:  # a site that closes forgets its contagion
                    self.excitation[key] = 0.0
        elif self.there(s) > 0:
            self.closed.pop(s, None)

    # The clock

    def run(self):
        for g, known in (self.now or {}).get("threats", {}).items():
            if "attacks" in known:
                self.threats[g].steady = False
        self.excitation = excitation_at_start(self)
        for key, rate in excitation_of(self, self.past).items():
            self.excitation[key] = self.excitation.get(key, 0.0) + rate
        take_up(self, self.now)
        if self.chain:
            self.enter(self.state, stay(self, self.now, self.chain[self.state][0]))
        self.instant()
        while self.t < self.horizon or min(self.next_events()) <= self.horizon:
            event = max(self.t, min(self.horizon, self.next_instant()))
            bound = sum(self.most(event - self.t).values())
            candidate = self.t + self.rng.exponential() / bound if bound > 0 else NEVER
            self.advance(min(candidate, event))
            if event <= candidate:
                self.instant()
                continue
            rates = self.rates()
            if self.rng.random() * bound < sum(rates.values()):
                kind, *of = pick(rates, self.rng)
                self.happenings[kind](*of)
                self.background = self.pressure.background()
        for place in self.places():
            if 7 * len(self.weekly[place]) == self.horizon:
                self.weekly[place].append(self.there(place))
        return measures(self)

    def next_instant(self):
        """The next instant at which something is due, all that is due as good as then included."""
        events = self.next_events()
        soonest = min(events)
        return max(event for event in events if event <= soonest + ROUNDING)

    def next_events(self):
        return [
            self.switch_at,
            self.review_at,
            self.pressure.next_shift(),
            *self.risks.next(),
            *self.calendar.next(),
            *self.plan.next(),
            *self.politics.next(),
            *self.legs.next(),
            *self.pauses.next(),
            *self.host.next(),
            *self.strikes.next(),
        ]

    @property
    def happenings(self):
        """What comes by chance at a rate, by kind."""
        return {
            "attack": self.arrival,
            "incident": self.insurgency.incident,
            "shock": self.insurgency.shock,
            "expulsion": self.expulsion,
            "reentry": self.reentry.come,
            "barrage": self.barrages.fire,
        }

    def rates(self):
        """Per day, now, by kind; of attacks also by threat and site, or leg and kind of attack."""
        return self.rates_at(0.0, self.strikes.factor, self.insurgency.strength)

    def most(self, days):
        """At least what the rates can be in so many days, if nothing happens until then.

        Contagion and friction fade, grievance grows; memory of strikes and insurgencies go one way.
        """

        def factor(g):
            return max(self.strikes.factor(g), self.strikes.factor(g, days))

        return self.rates_at(days, factor, self.insurgency.most(days))

    def rates_at(self, days, strikes, strength):
        t = self.t + days
        moved = {
            g: self.pressure.grievance(threat, t) * strikes(g) for g, threat in self.threats.items()
        }
        rates = {("attack", *of): rate * moved[of[0]] for of, rate in self.background.items()}
        for (_, g, s), rate in self.excitation.items():
            rates["attack", g, s] += rate
        rates["incident",] = self.insurgency.per_day * strength
        rates["shock",] = self.insurgency.shocks_per_day
        rates["expulsion",] = self.host.hazard()
        rates["reentry",] = self.reentry.hazard(strength)
        rates["barrage",] = self.barrages.rate()
        return rates

    def advance(self, to):
        """Lets time pass, with nothing happening on the way."""
        span = to - self.t
        self.insurgency.advance(span)
        self.host.friction.advance(span)
        self.strikes.advance(span)
        self.t = to
        for place in self.places():
            while 7 * len(self.weekly[place]) < to:
                self.weekly[place].append(self.there(place))
            self.person_days[place] += span * self.there(place)
        if self.chain:
            self.tension_days[self.state] += span
        self.pauses.advance(span)
        self.rules.advance(span)
        for key in self.excitation:
            self.excitation[key] *= math.exp(-span / self.threats[key[0]].decay_days)

    def instant(self):
        """All that is due now, in the order that the model gives."""
        week = round(self.t / 7)
        if 0 < abs(self.t - 7 * week) <= ROUNDING:
            self.ties.add(week)
        while self.risks.happen(self.t) or self.event():
            self.rules.look_at_once()
        while any(map(self.plan.open, self.plan.gates)):
            self.rules.look_at_once()
        if self.switch_at <= self.t:
            self.enter(pick(self.chain[self.state][1], self.rng))
            self.rules.look_at_once()
        self.legs.arrive()
        while self.move():
            pass
        while self.politics.depart() or self.host.evict():
            self.politics.after_movement()
            self.rules.look_at_once()
        self.host.step()
        self.strikes.strike()
        self.background = self.pressure.background()
        if self.review_at <= self.t:
            self.review_at += self.review_every
            self.rules.look()
            self.background = self.pressure.background()
        if self.pauses.check():
            self.rules.pause_is_over()

    def event(self):
        """A calendar event, if one is due."""
        name = self.calendar.happen(self.t)
        if name is not None:
            self.politics.after_event(name)
        return name is not None

    def move(self):
        """One step of the plan, if one is due; what it makes possible follows right after it."""
        plan, before = self.plan, self.plan.milestones()
        moved = any(plan.lift(phase) or plan.begin(phase) for phase in plan.phases) or any(
            map(plan.open, plan.gates)
        )
        self.politics.after_movement()
        if plan.milestones() > before:  # more than a lift on the way
            self.rules.look_at_once()
        return moved

    def enter(self, state, days=None):
        mean_days, following = self.chain[state]
        self.state = state
        if days is None:
            days = self.rng.exponential(draw(mean_days, self.rng))
        self.switch_at = self.t + (days if following else NEVER)
        self.plan.change_of_tension()

    def arrival(self, g, place, kind=None):
        """A batch of attacks on a site; or on a leg, where they are of some kind."""
        for _ in range(self.rng.geometric(1 / self.threats[g].batch)):
            record = attack(self, g, place) if kind is None else self.legs.attack(g, place, kind)
            self.attacked(record)
        self.rules.look_at_once()

    def attacked(self, record):
        """What comes of an attack: others, here or elsewhere, a strike, a decision to leave."""
        self.log.append(record)
        if record.site in self.people:
            open_sites = [s for s in self.people if self.there(s) > 0]
            excite(self.threats, self.excitation, record.threat, record.site, open_sites)
        self.strikes.after_attack(record)
        self.politics.after_attack()

    def expulsion(self):
        self.host.expel()
        self.rules.look_at_once()


def settle_costs(spec, rng):
    """What a person for a day, a person moved and a day of pause cost."""
    return {
        key: once(spec.get(key, 0), rng)
        for key in ("per_person_day", "per_person_moved", "per_pause_day")
    }


def handed_over(plan, day):
    """By site that the plan empties, the announced finish of the last phase that takes people."""
    last = {}
    for phase in plan.get("phases", {}).values():
        finish = day(phase["announced_finish"])
        for move in phase.get("moves", {}).values():
            leaves, before = finish, last.get(move["site"], (-NEVER, 0))
            residual = move.get("residual") or 0
            if leaves > before[0]:
                last[move["site"]] = (leaves, residual)
            elif leaves == before[0]:
                last[move["site"]] = (leaves, residual + before[1])
    return {site: finish for site, (finish, residual) in last.items() if residual == 0}
