"""A second, independent simulator: the plain and slow twin of the Rust core.

It plays the same scenarios by the most obvious means and is the oracle that the core is compared with *in distribution*:
it has its own random numbers and, on purpose, its own algorithm for attacks (Ogata's thinning of the total intensity, with
contagion as a decaying excitation per threat and site). It belongs to the tests and is not shipped. It checks nothing:
give it scenarios that the core accepts. Times are days from the scenario's start at 00:00.
"""

import math
from types import SimpleNamespace

import numpy as np

NEVER = math.inf
ROUNDING = 1e-9  # days: instants closer than this are one instant, reached by two sums
NO_DEFENCE = {"beta": [1, 19]}
INTERCEPT = {"drone": {"beta": [17, 3]}, "rocket": {"beta": [6, 4]}, "ballistic": {"beta": [7, 4]}}
WEAPONS = {"drone": {"share": 0.85, "salvo_mean": 2}, "rocket": {"share": 0.15, "salvo_mean": 8}}
HARM = {"no_casualty": 0.8, "scale": 2.1, "shape": 0.45, "killed_share": 0.05}
RATIO = {"lognormal": {"median": 1.03, "sigma": 0.15}}


def simulate(scenario: dict, trials: int, seed: int) -> list[dict]:
    """The measures of `trials` independent histories; history k depends on `seed` and k alone.

    Counts `attacks`, `intercepted`, `wounded`, `killed`; `wounded_by` and `killed_by` ({"site" | "threat" | "contingent":
    {id: count}}); `finish_days` ({"phases" | "sites" | "contingents": {id: days}, "overall": days}, None if not reached or
    nothing is planned); `pause_days`, `extension_days`, `person_days`; `tension_days` ({state: days}); `weekly_people`
    ({site: people at days 0, 7, ... up to the horizon, after the movements of that instant}).
    """
    return [Trial(scenario, np.random.default_rng([seed, k])).run() for k in range(trials)]


def pert(rng, low, mode, high):
    return low + (high - low) * rng.beta(
        1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    )


def truncated_normal(rng, mean, sd, low, high):
    while not low <= (value := rng.normal(mean, sd)) <= high:
        pass
    return value


FAMILIES = {
    "constant": lambda rng, p: p,
    "uniform": lambda rng, p: rng.uniform(*p),
    "triangular": lambda rng, p: rng.triangular(*p),
    "pert": lambda rng, p: pert(rng, *p),
    "normal": lambda rng, p: rng.normal(p["mean"], p["sd"]),
    "lognormal": lambda rng, p: p["median"] * math.exp(rng.normal(0, p["sigma"])),
    "gamma": lambda rng, p: rng.gamma(p["shape"], p["mean"] / p["shape"]),
    "beta": lambda rng, p: rng.beta(*p),
    "exponential": lambda rng, p: rng.exponential(p["mean"]),
    "truncated_normal": lambda rng, p: truncated_normal(rng, **p),
    "mixture": lambda rng, p: draw(
        p[pick({i: part["weight"] for i, part in enumerate(p)}, rng)]["value"], rng
    ),
    "empirical": lambda rng, p: p[rng.integers(len(p))],
}


def draw(law, rng):
    """One value of a settled law."""
    if not isinstance(law, dict):
        return law
    ((family, p),) = law.items()
    return FAMILIES[family](rng, p)


def settle(law, rng):
    """`law` with each uncertain parameter replaced by one drawn value."""
    if not isinstance(law, dict):
        return law
    ((family, p),) = law.items()
    if family == "mixture":
        return {
            family: [
                {"weight": once(part["weight"], rng), "value": settle(part["value"], rng)}
                for part in p
            ]
        }
    if isinstance(p, dict):
        return {family: {key: once(value, rng) for key, value in p.items()}}
    return {family: [once(value, rng) for value in p] if isinstance(p, list) else p}


def once(value, rng):
    """The one value that a range takes in a trial."""
    return draw(settle(value, rng), rng)


def pick(weights, rng):
    """A key of `weights`, with a chance in proportion to its value."""
    left = rng.random() * sum(weights.values())
    positive = [key for key, weight in weights.items() if weight > 0]
    for key in positive:
        left -= weights[key]
        if left < 0:
            return key
    return positive[-1]


def in_order(table):
    """The entries of a table by id: their order in a file has no meaning."""
    return sorted(table.items())


class Trial:
    """One history."""

    def __init__(self, scenario, rng):
        self.rng, self.t, self.done, self.log = rng, 0.0, {}, []
        self.day = lambda date: (date - scenario["start"]).days
        self.set_world(scenario["world"])
        self.set_plan(scenario.get("plan", {}))
        default = max((phase.announced for phase in self.phases), default=0) + 730
        self.horizon = self.day(scenario["horizon"]) if "horizon" in scenario else default
        self.pause_days = self.extension_days = self.person_days = 0.0
        self.tension_days, self.weekly = (
            dict.fromkeys(self.chain, 0.0),
            {s: [] for s in self.people},
        )

    def set_world(self, world):
        rng, sites = self.rng, world["sites"]
        defence = {s: spec.get("air_defence", {}) for s, spec in sites.items()}
        self.people = {s: dict(spec.get("garrison", {})) for s, spec in sites.items()}
        self.reference = {
            s: spec.get("reference_garrison", self.there(s)) for s, spec in sites.items()
        }
        self.needs = {s: defence[s].get("needs_people", 0) for s in sites}
        laws = {s: (INTERCEPT | defence[s].get("intercept", {})).items() for s in sites}
        self.intercept = {s: {weapon: settle(law, rng) for weapon, law in laws[s]} for s in sites}
        tension = world.get("tension", {"start": None, "states": {}})
        self.state, self.switch_at, self.chain = tension["start"], NEVER, {}
        for state, spec in tension["states"].items():
            self.chain[state] = (
                settle(spec["mean_days"], rng),
                {x: once(w, rng) for x, w in spec.get("next", {}).items()},
            )
        self.threats = {g: self.threat(spec) for g, spec in world.get("threats", {}).items()}
        self.excitation = {(g, s): 0.0 for g in self.threats for s in sites}

    def threat(self, spec):
        rng, rates = self.rng, spec["attacks_per_day"]
        if isinstance(rates, dict) and set(rates) <= set(self.chain):
            rates = {state: once(rate, rng) for state, rate in rates.items()}
        else:
            rates = dict.fromkeys(self.chain or [None], once(rates, rng))
        contagion = spec.get("contagion", {"children_per_attack": 0, "decay_days": 1})
        while (children := once(contagion["children_per_attack"], rng)) >= 1:
            pass  # an uncertain draw is conditioned on stability
        weights = {
            s: once(w, rng)
            for s, w in spec.get("site_weights", dict.fromkeys(self.people, 1)).items()
        }
        factor = (1 - children) * once(spec.get("rate_factor", 1), rng) / sum(weights.values())
        weapons = spec.get("weapons", WEAPONS)
        return SimpleNamespace(
            background={
                state: {s: rate * factor * w for s, w in weights.items()}
                for state, rate in rates.items()
            },
            elasticity=once(spec.get("presence_elasticity", 0), rng),
            children=children,
            beta=1 / once(contagion["decay_days"], rng),
            shares={weapon: once(mix["share"], rng) for weapon, mix in weapons.items()},
            salvo={weapon: once(mix["salvo_mean"], rng) for weapon, mix in weapons.items()},
            harm=SimpleNamespace(
                **{key: once(value, rng) for key, value in (HARM | spec.get("harm", {})).items()}
            ),
        )

    def set_plan(self, plan):
        self.every = plan.get("transport", {}).get("lift_every_days", 7)
        self.cap = plan.get("transport", {}).get("people_per_day", 150) * self.every
        self.gates = [self.gate(name, spec) for name, spec in in_order(plan.get("gates", {}))]
        self.phases = [self.phase(name, spec) for name, spec in in_order(plan.get("phases", {}))]
        room = plan.get("breathing_room", {})
        self.pause_left, self.extension_left = (
            room.get("pause_days", 0),
            room.get("extension_days", 0),
        )
        self.latest = self.day(room["latest"]) if "latest" in room else NEVER
        self.rules = [rule for _, rule in in_order(plan.get("rules", {}))]
        self.review_every = plan.get("review_every_days", 7)
        self.review_at = self.review_every if self.rules else NEVER
        self.rule, self.earliest_end, self.forced_end = None, NEVER, NEVER  # of the pause under way

    def gate(self, name, spec):
        blocked, left = (
            spec.get("blocked_while", {}).get("tension", []),
            once(spec["delay_days"], self.rng),
        )
        return SimpleNamespace(
            name=name,
            after=spec.get("after", []),
            blocked=blocked,
            left=left,
            started=False,
            opens=NEVER,
        )

    def phase(self, name, spec):
        start, announced = self.day(spec["announced_start"]), self.day(spec["announced_finish"])
        duration = max(0.0, (announced - start) * once(spec.get("duration_ratio", RATIO), self.rng))
        moves = [
            SimpleNamespace(**{"to": "home", "left": 0} | move)
            for _, move in in_order(spec.get("moves", {}))
        ]
        phase = SimpleNamespace(
            name=name, after=spec.get("after", []), earliest=start, announced=announced, moves=moves
        )
        phase.duration, phase.started, phase.next = duration, NEVER, NEVER
        return phase

    # The clock

    def run(self):
        if self.chain:
            self.enter(self.state)
        self.instant()
        while self.t < self.horizon:
            plan = [gate.opens for gate in self.gates] + [
                self.next_of(phase) for phase in self.phases
            ]
            event = min(self.horizon, self.switch_at, self.review_at, self.forced_end, *plan)
            bound = sum(self.background.values()) + sum(
                self.excitation.values()
            )  # intensities only fall until the event
            candidate = self.t + self.rng.exponential() / bound if bound > 0 else NEVER
            self.advance(min(candidate, event))
            if event <= candidate:
                self.instant()
                continue
            intensity = {
                pair: rate + self.excitation[pair] for pair, rate in self.background.items()
            }
            if self.rng.random() * bound < sum(intensity.values()):
                self.attack(*pick(intensity, self.rng))
        return self.measures()

    def advance(self, to):
        """Lets time pass, with nothing happening on the way."""
        span, self.t = to - self.t, to
        for s in self.people:
            while 7 * len(self.weekly[s]) < to:
                self.weekly[s].append(self.there(s))
            self.person_days += span * self.there(s)
        if self.chain:
            self.tension_days[self.state] += span
        if self.rule:
            self.pause_days += span
            self.pause_left -= span
        for g, s in self.excitation:
            self.excitation[g, s] *= math.exp(-self.threats[g].beta * span)

    def instant(self):
        """All that is due now: tension; lifts, gates and starts until nothing more follows; at last the rules."""
        if self.switch_at <= self.t:
            self.enter(pick(self.chain[self.state][1], self.rng))
        while (
            any(map(self.lift, self.phases))
            or any(map(self.open, self.gates))
            or any(map(self.begin, self.phases))
        ):
            pass
        self.background = {
            (g, s): self.background_rate(self.threats[g], s) for g, s in self.excitation
        }
        for g, s in self.excitation:
            if self.there(s) == 0:  # a site that closes forgets its contagion
                self.excitation[g, s] = 0.0
        if self.forced_end <= self.t:
            self.resume()
        if self.review_at <= self.t:
            self.review_at += self.review_every
            self.review()

    def background_rate(self, threat, s):
        if self.there(s) == 0:
            return 0.0
        presence = min(2.0, max(0.1, self.there(s) / self.reference[s]))
        return threat.background[self.state].get(s, 0.0) * presence**threat.elasticity

    def enter(self, state):
        mean_days, following = self.chain[state]
        self.state = state
        self.switch_at = (
            self.t + self.rng.exponential(draw(mean_days, self.rng)) if following else NEVER
        )
        for gate in self.gates:
            if gate.started and gate.name not in self.done:
                if gate.opens < NEVER:
                    gate.left = gate.opens - self.t
                gate.opens = NEVER if state in gate.blocked else self.t + gate.left

    def there(self, s):
        return sum(self.people[s].values())

    # The plan. `open`, `begin` and `lift` do their one thing if it is due, and tell whether they did.

    def ready(self, item):
        return all(name in self.done for name in item.after)

    def open(self, gate):
        if not gate.started and self.ready(gate):
            gate.started = True
            gate.opens = NEVER if self.state in gate.blocked else self.t + gate.left
        if gate.opens > self.t:
            return False
        self.done[gate.name], gate.opens = self.t, NEVER
        return True

    def next_of(self, phase):
        if phase.started == NEVER:
            return phase.earliest if self.ready(phase) else NEVER
        return NEVER if self.rule else phase.next

    def moving(self):
        return [
            phase for phase in self.phases if phase.started < NEVER and phase.name not in self.done
        ]

    def begin(self, phase):
        if phase.started < NEVER or self.next_of(phase) > self.t:
            return False
        phase.started = self.t
        for move in phase.moves:
            others = [
                m
                for p in self.moving()
                for m in p.moves
                if (m.site, m.contingent) == (move.site, move.contingent)
            ]
            free = self.people[move.site].get(move.contingent, 0) - sum(
                m.left for m in others
            )  # promised to no other move
            move.left = max(
                0, min(free, getattr(move, "people", free - getattr(move, "residual", 0)))
            )
        least = self.least_lifts(phase)
        capped = least > max(1, math.ceil(phase.duration / self.every - ROUNDING))
        self.schedule(phase, self.t + (self.every * least if capped else phase.duration))
        if self.rule:  # it starts held
            self.forced_end = min(self.forced_end, self.last_chance(phase))
        return True

    def least_lifts(self, phase):
        """The fewest lifts that the transport limit allows for what a phase has left to move."""
        lifts = math.ceil(sum(m.left for m in phase.moves) / self.cap)
        while sum(math.ceil(m.left / lifts) for m in phase.moves if m.left) > self.cap:
            lifts += 1
        return lifts

    def schedule(self, phase, finish):
        """Spreads what is left of a phase over lifts from now, the last at `finish`."""
        for move in phase.moves:
            move.lot = move.left
        phase.begun, phase.finish, phase.flown = self.t, finish, 0
        phase.lifts = max(1, math.ceil((finish - self.t) / self.every - ROUNDING))
        phase.next = self.t + self.every if phase.lifts > 1 else finish

    def lift(self, phase):
        if phase.started == NEVER or self.next_of(phase) > self.t:
            return False
        phase.flown += 1
        for move in phase.moves:
            target = (2 * move.lot * phase.flown + phase.lifts) // (
                2 * phase.lifts
            )  # of the lot, rounded half up
            flying = target - (move.lot - move.left)
            if flying:
                move.left -= flying
                self.people[move.site][move.contingent] -= flying
                assert self.people[move.site][move.contingent] >= 0, "nobody leaves twice"
                if move.to != "home":
                    self.people[move.to][move.contingent] = (
                        self.people[move.to].get(move.contingent, 0) + flying
                    )
        phase.next = (
            phase.begun + self.every * (phase.flown + 1)
            if phase.flown + 1 < phase.lifts
            else phase.finish
        )
        if phase.flown == phase.lifts:
            self.done[phase.name], phase.next = self.t, NEVER
        return True

    # Pauses

    def due(self, phase):
        return max(phase.finish, phase.announced)

    def last_chance(self, phase):
        """The last instant at which a held phase can resume and still finish in time."""
        limit = max(self.due(phase), min(self.due(phase) + self.extension_left, self.latest))
        return limit - self.every * self.least_lifts(phase)

    def review(self):
        if self.rule:
            over = (
                self.holds(self.rule["until"])
                if "until" in self.rule
                else not self.holds(self.rule["when"])
            )
            if over and self.t >= self.earliest_end:
                self.resume()
            return  # a review that ends a pause begins none
        for rule in self.rules:
            if self.moving() and self.holds(rule["when"]):
                end = min(self.t + self.pause_left, *map(self.last_chance, self.moving()))
                if end > self.t + ROUNDING:
                    self.rule, self.forced_end = rule, end
                    self.earliest_end = self.t + rule["then"]["pause"].get("at_least_days", 0)
                    return

    def resume(self):
        self.rule, self.forced_end, charge = None, NEVER, 0.0
        for phase in self.moving():
            if phase.started < self.t:  # one that starts as the pause ends was never held
                due = self.due(phase)
                self.schedule(phase, max(due, self.t + self.every * self.least_lifts(phase)))
                charge = max(charge, phase.finish - due)
        self.extension_left -= charge
        self.extension_days += charge

    def holds(self, condition):
        ((kind, what),) = condition.items()
        if kind in ("all", "any"):
            return {"all": all, "any": any}[kind](map(self.holds, what))
        if kind == "not":
            return not self.holds(what)
        groups, sites = what.get("threats", self.threats), what.get("sites", self.people)
        recent = [
            a
            for a in self.log
            if a.at > self.t - what["in_days"] and a.threat in groups and a.site in sites
        ]
        count = (
            len(recent)
            if kind == "attacks"
            else sum(sum(getattr(a, kind).values()) for a in recent)
        )
        return what.get("at_least", 0) <= count <= what.get("at_most", NEVER)

    # Attacks

    def attack(self, g, s):
        rng, threat, people = self.rng, self.threats[g], self.there(s)
        attack = SimpleNamespace(
            at=self.t, threat=g, site=s, intercepted=False, wounded={}, killed={}
        )
        self.log.append(attack)
        self.excitation[g, s] += threat.children * threat.beta
        if not threat.shares:
            return
        weapon = pick(threat.shares, rng)
        law = self.intercept[s].get(weapon, NO_DEFENCE) if people >= self.needs[s] else NO_DEFENCE
        leaking = rng.binomial(rng.geometric(1 / threat.salvo[weapon]), 1 - draw(law, rng))
        attack.intercepted = leaking == 0
        harming = rng.binomial(leaking, 1 - threat.harm.no_casualty)
        casualties = min(people, sum(self.severity(threat.harm, people) for _ in range(harming)))
        if casualties:
            shares = rng.multivariate_hypergeometric([*self.people[s].values()], casualties)
            for contingent, share in zip(self.people[s], map(int, shares), strict=True):
                attack.killed[contingent] = int(rng.binomial(share, threat.harm.killed_share))
                attack.wounded[contingent] = share - attack.killed[contingent]

    def severity(self, harm, people):
        """Casualties X of a projectile that harms: P(X >= k) = (1 + shape (k-1) / scale)^(-1/shape), given X <= people."""
        beyond = (1 + harm.shape * people / harm.scale) ** (-1 / harm.shape)
        u = 1 - self.rng.random() * (1 - beyond)  # uniform on (P(X > people), 1]
        return min(people, 1 + math.floor((u**-harm.shape - 1) * harm.scale / harm.shape))

    def measures(self):
        for s, people in self.weekly.items():
            if 7 * len(people) == self.horizon:
                people.append(self.there(s))
        contingents = {c for here in self.people.values() for c in here} | {
            m.contingent for p in self.phases for m in p.moves
        }

        def finish(concerns):
            times = [self.done.get(phase.name) for phase in self.phases if concerns(phase)]
            return None if not times or None in times else max(times)

        def by(what):
            harm = [(a.site, a.threat, c, n) for a in self.log for c, n in getattr(a, what).items()]
            ids = {"site": self.people, "threat": self.threats, "contingent": sorted(contingents)}
            return {
                kind: {x: sum(h[3] for h in harm if h[i] == x) for x in ids[kind]}
                for i, kind in enumerate(ids)
            }

        wounded, killed = by("wounded"), by("killed")
        return {
            "attacks": len(self.log),
            "intercepted": sum(bool(a.intercepted) for a in self.log),
            "wounded": sum(wounded["site"].values()),
            "killed": sum(killed["site"].values()),
            "wounded_by": wounded,
            "killed_by": killed,
            "finish_days": {
                "phases": {p.name: self.done.get(p.name) for p in self.phases},
                "sites": {
                    s: finish(lambda p, s=s: any(m.site == s for m in p.moves)) for s in self.people
                },
                "contingents": {
                    c: finish(
                        lambda p, c=c: any(m.contingent == c and m.to == "home" for m in p.moves)
                    )
                    for c in sorted(contingents)
                },
                "overall": finish(lambda p: True),
            },
            "pause_days": self.pause_days,
            "extension_days": self.extension_days,
            "person_days": self.person_days,
            "tension_days": self.tension_days,
            "weekly_people": self.weekly,
        }
