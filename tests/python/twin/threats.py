"""Who attacks where, and how often: backgrounds, contagion, and what moves the background."""

import math
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np

from .laws import by_state, draw, in_order, once, pick, settle
from .working_time import NEVER, ROUNDING

HARM = {"no_casualty": 0.8, "scale": 2.1, "shape": 0.45, "killed_share": 0.05}
WEAPONS = {"drone": {"share": 0.85, "salvo_mean": 2}, "rocket": {"share": 0.15, "salvo_mean": 8}}
NO_CONTAGION = {"children_per_attack": 0, "decay_days": 1}
EXIT = {"before": 0.8, "before_days": 90, "after": 1.3, "after_days": 180}


def settle_threats(world, states, rng):
    """The threats of one history, by id: drawn until contagion dies out and nothing is negative."""
    while True:
        threats = {
            name: threat(spec, list(world["sites"]), states, rng)
            for name, spec in in_order(world.get("threats", {}))
        }
        if set_background(threats, list(world["sites"]), states):
            return threats


def threat(spec, sites, states, rng):
    """One threat as drawn: `rate[state][site]` is that of all its attacks."""
    rates = by_state(spec["attacks_per_day"], states, rng)
    factor = once(spec.get("rate_factor", 1), rng)
    weights = weights_by_state(spec, sites, states, rng)
    contagion = NO_CONTAGION | (spec.get("contagion") or {})
    weapons = {
        weapon: drawn_by_state(mix, states, rng)
        for weapon, mix in in_order(spec.get("weapons", WEAPONS))
    }
    arsenal = {state: {weapon: own[state] for weapon, own in weapons.items()} for state in states}
    harm = drawn_by_state(HARM | spec.get("harm", {}), states, rng)
    return SimpleNamespace(
        weights=weights,
        rate_factor=factor,
        rate={
            state: {s: rate * factor * weights[state][s] for s in sites}
            for state, rate in rates.items()
        },
        gets_through={
            w
            for w, mix in spec.get("weapons", WEAPONS).items()
            if not mix.get("interceptable", True)
        },
        batch=once(spec.get("batch_mean", 1), rng),
        children=once(contagion["children_per_attack"], rng),
        to_threats={g: once(n, rng) for g, n in in_order(contagion.get("to_threats", {}))},
        to_sites={
            s: {x: once(n, rng) for x, n in in_order(row)}
            for s, row in in_order(contagion.get("to_sites", {}))
        },
        decay_days=once(contagion["decay_days"], rng),
        steady=contagion.get("start", "steady") == "steady",
        elasticity=once(spec.get("presence_elasticity", 0), rng),
        displacement=once(spec.get("displacement", 0), rng),
        exit=optional(spec.get("exit_pattern"), EXIT, rng),
        truce=optional(spec.get("truce"), {"grace_days": 0}, rng),
        grievance=optional(spec.get("grievance"), {"at_most": 3}, rng),
        profile=[(day, once(factor, rng)) for day, factor in in_order(spec.get("profile", {}))],
        months={month: once(factor, rng) for month, factor in in_order(spec.get("months", {}))},
        ceasefires=[ceasefire(about, rng) for _, about in in_order(spec.get("ceasefires", {}))],
        drift=Drift(spec["drift"], rng) if spec.get("drift") else None,
        shares={
            state: {weapon: mix["share"] for weapon, mix in arms.items()}
            for state, arms in arsenal.items()
        },
        salvo={
            state: {weapon: mix["salvo_mean"] for weapon, mix in arms.items()}
            for state, arms in arsenal.items()
        },
        harm={state: SimpleNamespace(**own) for state, own in harm.items()},
    )


def weights_by_state(spec, sites, states, rng):
    """Shares of the sites in the attacks, by state and site."""
    usual = spec.get("site_weights") or dict.fromkeys(sites, 1)
    tables = {None: usual} | spec.get("site_weights_by_state", {})
    drawn = {
        state: {s: once(w, rng) for s, w in in_order(table)} for state, table in tables.items()
    }
    whole = {state: sum(table.values()) for state, table in drawn.items()}
    of = {state: state if state in drawn else None for state in states}
    return {
        state: {s: drawn[of[state]].get(s, 0) / whole[of[state]] for s in sites} for state in states
    }


def ceasefire(spec, rng):
    """The date of a ceasefire, its delay and length in days, and its factor, in one history."""
    delay = draw(settle(spec.get("delay_days", 0), rng), rng)
    lasts = draw(settle(spec.get("duration_days", NEVER), rng), rng)
    return SimpleNamespace(
        date=spec["from"], delay=delay, lasts=lasts, factor=once(spec["factor"], rng)
    )


class Drift:
    """A factor that wanders off from week to week, and perhaps comes back; its mean is 1."""

    def __init__(self, spec, rng):
        self.rng, self.sd = rng, once(spec["sd_per_week"], rng)
        half_life = once(spec.get("half_life_days", NEVER), rng)
        self.keep = 2 ** (-7 / half_life)
        self.logs = [(0.0, 0.0)]  # by week: the logarithm, and its variance
        if spec.get("start") == "steady":
            variance = self.sd**2 / (1 - self.keep**2)
            self.logs = [(rng.normal(0, math.sqrt(variance)), variance)]

    def factor(self, t):
        week = math.floor(t / 7)
        while len(self.logs) <= week:
            log, variance = self.logs[-1]
            log = self.keep * log + self.rng.normal(0, self.sd)
            self.logs.append((log, self.keep**2 * variance + self.sd**2))
        log, variance = self.logs[week]
        return math.exp(log - variance / 2)


def drawn_by_state(table, states, rng):
    """The ranges of a table drawn, by state of tension: some states have some of their own."""
    usual = {key: once(value, rng) for key, value in in_order(table) if key != "by_state"}
    own = {
        state: {key: once(value, rng) for key, value in in_order(numbers)}
        for state, numbers in in_order(table.get("by_state", {}))
    }
    return {state: usual | own.get(state, {}) for state in states}


def optional(spec, defaults, rng):
    """A table of ranges with its defaults, drawn; None where the table is left out."""
    if spec is None:
        return None
    return SimpleNamespace(**{key: once(value, rng) for key, value in (defaults | spec).items()})


def caused(threats, g, s):
    """Mean numbers of attacks that an attack by `g` on `s` causes, by threat and site."""
    cause = threats[g]
    numbers = {(g, s): cause.children}
    numbers |= {(other, s): n for other, n in cause.to_threats.items()}
    numbers |= {(g, other): n for other, n in cause.to_sites.get(s, {}).items()}
    return numbers


def set_background(threats, sites, states):
    """Sets each threat's `caused` and `background[state][site]`; False if the draw cannot be."""
    pairs = [(g, s) for g in threats for s in sites]
    for g, of in threats.items():
        of.caused = {s: caused(threats, g, s) for s in sites}
        of.background = {state: dict(rate) for state, rate in of.rate.items()}
    for state in states:
        for g, s in pairs:
            uncaused = threats[g].rate[state][s] - sum(
                threats[h].rate[state][x] * threats[h].caused[x].get((g, s), 0) for h, x in pairs
            )
            threats[g].background[state][s] = uncaused / threats[g].batch
    matrix = [[threats[h].caused[x].get((g, s), 0) for h, x in pairs] for g, s in pairs]
    if pairs and max(abs(np.linalg.eigvals(np.array(matrix, dtype=float)))) >= 1:
        return False
    rates = [threats[g].background[state][s] for state in states for g, s in pairs]
    return all(rate > -ROUNDING for rate in rates)


def presence(people, reference, elasticity):
    """What the people on a site multiply the background by."""
    if people == 0:
        return 0.0
    return min(2.0, max(0.1, people / reference)) ** elasticity


def excitation_at_start(trial):
    """Arrivals per day that attacks before the start still cause on the first day.

    By (causing threat, threat, site). A past in which the first day lasts is played, from nothing
    and long enough that the empty beginning counts for less than 1e-8.
    """
    rng, threats = trial.rng, trial.threats
    open_sites = [s for s in trial.people if trial.there(s) > 0]
    places = [(g, s) for g in threats if threats[g].steady for s in open_sites]
    if not any(n for g, s in places for n in threats[g].caused[s].values()):
        return {}
    matrix = [[threats[h].caused[x].get((g, s), 0) for h, x in places] for g, s in places]
    radius = max(abs(np.linalg.eigvals(np.array(matrix, dtype=float))))
    slowest = max(threats[g].decay_days for g in threats)
    left = 20 * slowest / (1 - radius)
    background = {place: trial.pressure.background()[place] for place in places}
    incidents = trial.insurgency.on_each_site()
    excitation = {}
    while True:
        rates = [(place, rate, threats[place[0]].batch) for place, rate in background.items()]
        rates += [(place, rate, 1) for place, rate in incidents.items() if place in background]
        rates += [((h, s), r, threats[h].batch) for (_, h, s), r in excitation.items()]
        bound = sum(rate for _, rate, _ in rates)
        wait = rng.exponential() / bound if bound > 0 else NEVER
        span = min(wait, left)
        for key in excitation:
            excitation[key] *= math.exp(-span / threats[key[0]].decay_days)
        left -= span
        if left <= 0:
            return excitation
        # What decayed on the way thins the candidates.
        now = [excitation[key] for key in excitation]
        whole = sum(rate for _, rate, _ in rates[: len(rates) - len(now)])
        if rng.random() * bound >= whole + sum(now):
            continue
        weights = [rate for _, rate, _ in rates[: len(rates) - len(now)]] + now
        ((g, s), _, batch) = rates[pick(dict(enumerate(weights)), rng)]
        if (g, s) not in background:
            continue  # it has no past
        for _ in range(rng.geometric(1 / batch)):
            excite(threats, excitation, g, s, open_sites)


def excite(threats, excitation, g, s, open_sites):
    """An attack by `g` on `s` raises the rates of what it causes, where somebody is left."""
    for (h, x), number in threats[g].caused[s].items():
        if x in open_sites:
            rise = number / threats[h].batch / threats[g].decay_days
            excitation[g, h, x] = excitation.get((g, h, x), 0.0) + rise


class Pressure:
    """The background of every threat on every site and leg, as it is now in the history `trial`."""

    def __init__(self, trial, areas, handed_over):
        """`areas` is site to area (None: of its own), `handed_over` site to announced hand-over."""
        self.trial, self.areas, self.handed_over = trial, areas, handed_over

    def background(self):
        """Rates by threat and site, or by threat, leg and kind.

        The growth of grievance, which never rests, is left out.
        """
        rates = {}
        for g, of in self.trial.threats.items():
            everywhere = self.everywhere(g, of)
            for s, rate in self.by_site(of).items():
                rates[g, s] = rate * self.exit_factor(of, s) * everywhere
            for (leg, kind), rate in self.trial.legs.rates(g).items():
                rates[g, leg, kind] = rate * everywhere
        return rates

    def everywhere(self, g, threat):
        """What moves the background of a threat alike wherever it is."""
        trial = self.trial
        return (
            self.truce_factor(threat)
            * trial.calendar.factor(g, trial.t)
            * trial.risks.factor("threats", g, trial.t)
            * self.course(threat)
        )

    def by_site(self, threat):
        """The background after presence and displacement."""
        trial, base = self.trial, threat.background[self.trial.state]
        share = {s: presence(trial.there(s), trial.reference[s], threat.elasticity) for s in base}
        rates = {s: max(0.0, base[s]) * share[s] for s in base}
        if threat.displacement == 0:
            return rates
        weights = threat.weights[trial.state]
        for s in base:
            spared = max(0.0, base[s]) * (1 - min(1, share[s])) * threat.displacement
            others = {x: weights[x] for x in base if x != s and trial.there(x) > 0}
            total = sum(others.values())
            for x, weight in others.items():
                if total > 0:
                    rates[x] += spared * weight / total
        return rates

    def exit_factor(self, threat, s):
        if threat.exit is None:
            return 1.0
        before = self.trial.t >= self.handed_over.get(s, NEVER) - threat.exit.before_days
        # Once, however many neighbours have closed.
        after = any(
            self.neighbours(s, x) and self.trial.t < closed + threat.exit.after_days
            for x, closed in self.trial.closed.items()
        )
        return (threat.exit.before if before else 1) * (threat.exit.after if after else 1)

    def neighbours(self, s, x):
        return s != x and self.areas[s] is not None and self.areas[s] == self.areas[x]

    def course(self, threat):
        """What the course of time multiplies the background by."""
        today = self.trial.start + timedelta(days=math.floor(self.trial.t))
        factor = threat.months.get(f"{today:%b}".lower(), 1.0)
        begun = [by for day, by in threat.profile if date.fromisoformat(day) <= today]
        factor *= begun[-1] if begun else 1.0
        for one in threat.ceasefires:
            begin = (one.date - self.trial.start).days + one.delay
            factor *= one.factor if begin <= self.trial.t < begin + one.lasts else 1.0
        return factor * (threat.drift.factor(self.trial.t) if threat.drift else 1.0)

    def promised(self):
        """The last date that is announced for anything unfinished; never when all is done."""
        return max(self.trial.plan.unkept(), default=NEVER)

    def truce_factor(self, threat):
        if threat.truce is None:
            return 1.0
        kept = self.trial.t < self.promised() + threat.truce.grace_days
        return threat.truce.factor if kept else 1.0

    def grievance(self, threat, t):
        """What the delay by `t` multiplies the background by, if nothing finishes until then."""
        if threat.grievance is None:
            return 1.0
        overdue = max(0.0, t - self.promised())
        return min(threat.grievance.at_most, 1 + threat.grievance.per_day * overdue)

    def next_shift(self):
        """The next instant at which some factor jumps of itself."""
        trial, edges = self.trial, list(self.trial.calendar.edges())
        for threat in trial.threats.values():
            if threat.profile or threat.months or threat.drift:
                edges.append(math.floor(trial.t) + 1)  # any day
            for one in threat.ceasefires:
                begin = (one.date - trial.start).days + one.delay
                edges += [begin, begin + one.lasts]
            if threat.exit:
                edges += [day - threat.exit.before_days for day in self.handed_over.values()]
                edges += [closed + threat.exit.after_days for closed in trial.closed.values()]
            if threat.truce:
                edges += [day + threat.truce.grace_days for day in trial.plan.unkept()]
        return min((edge for edge in edges if edge > trial.t), default=NEVER)
