"""Random scenarios without chance in them: one history, which core and twin must agree on."""

import math
import random
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import random_extras

START = date(2025, 1, 1)
HORIZON_DAYS = 423
ACTIONS: tuple[str, ...]
ACTIONS = ("pause", "stretch", "accelerate", "reinforce", "keep_residual", "send_home", "cancel")
ACTIONS += ("bring_forward",)
FEATURES = ("blackouts", "relations", "waves", "weeks", "risks", "compression")
# Besides: with them the plans of a seed are those without, and then some.
LEGS = "legs"
EXTRAS = ("months", "materiel", "hub", "mandates", "now", "expelled")
RELATIONS = ("finish_to_start", "start_to_start", "finish_to_finish", "finish_to_finish")


def day(number: int) -> date:
    return START + timedelta(days=number)


def scenario(seed: int, actions: list[str], rules: int, *features: str) -> dict[str, Any]:
    """Some sites, phases, gates, dated events, `rules` rules with such actions, and features."""
    assert set(features) <= {*FEATURES, LEGS, *EXTRAS}
    blackouts, relations, waves, weeks, risky, compressed = (name in features for name in FEATURES)
    r = random.Random(seed)
    sites = ["a", "b", "c"][: r.choice([2, 3])]
    events = ["x", "y"][: r.choice([0, 1, 2])]
    risks = ["u", "v", "w"][: r.choice([1, 2, 3])] if risky else []
    phases = phases_of(r, sites, relations, waves)
    plan: dict[str, Any] = {
        "phases": phases,
        "gates": {
            "g": {"delay_days": 30},
            "h": {"delay_days": r.choice([0, 12.5]), "after": ["g"]},
        },
        "transport": {
            "lift_every_days": r.choice([1, 5, 7]),
            "people_per_day": r.choice([3, 10, 150]),
        },
        "breathing_room": room(r, [0, 20, 60, 90.5], [0, 10, 30], r.randint(120, 260)),
        "review_every_days": r.choice([3, 7, 10]),
        "rules": {f"r{k}": rule(r, sites, events, risks, phases, actions) for k in range(rules)},
    }
    for one in plan["rules"].values() if relations else []:
        one["when"] = r.choice([about(r, phases), one["when"]])
    if blackouts:
        begins = [r.randint(0, 150) for _ in range(2)]
        plan["blackouts"] = {
            f"k{begin}": {"from": day(begin), "until": day(begin + r.randint(1, 30))}
            for begin in begins
        }
        for blackout in plan["blackouts"].values() if relations or waves else []:
            blackout["allowed_for"] = r.random() < 0.5
    if weeks:
        plan["working_days"] = working_days(r, phases)
    world: dict[str, Any] = {
        "sites": {s: {"garrison": {"us": r.choice([50, 120, 301]), "it": 45}} for s in sites},
        "calendar": {e: {"date": day(r.randint(10, 220)), "delay_days": 3.5} for e in events},
    }
    if risks:
        world["risks"] = {u: risk(r, phases) for u in risks}
        plan["mitigations"] = mitigations(r, world["risks"])
    for phase in phases.values() if compressed else []:
        phase["compress_to"] = r.choice([0, 0.3, 0.55, 0.8, 1])
    if LEGS in features:
        world["legs"] = legs_of(r, sites, plan)
    horizon = day(HORIZON_DAYS)
    found = {"schema": 1, "start": START, "horizon": horizon, "world": world, "plan": plan}
    for extra in EXTRAS:
        if extra in features:
            getattr(random_extras, extra)(r, found)
    return found


def phases_of(r: random.Random, sites: list[str], relations: bool, waves: bool) -> dict[str, Any]:
    movers = [(s, c) for s in sites for c in ("us", "it")]
    r.shuffle(movers)
    phases: dict[str, Any] = {}
    names = ["p", "q", "r", "s"][: r.choice([1, 2, 3, 4])]
    if relations:
        names = r.sample("pqrs", r.choice([2, 3, 4]))
    for name in names:
        begin, after = r.randint(5, 120), r.choice([None, None, "g", "h", *phases])
        if after in phases:
            begin = (phases[after]["announced_finish"] - START).days + r.choice([0, 1, 20])
        length = r.choice([14, 28, 31, 60, 90])
        waits_for: Any = [after] if after else []
        if relations:
            waits_for, begin = related(r, phases, length)
        finish = begin + length
        phases[name] = {
            "announced_start": day(begin),
            "announced_finish": day(finish),
            "after": waits_for,
            "duration_ratio": r.choice([1, 0.7, 1.13, 1.4, 0.51]),
            "moves": {
                f"m{k}": move(r, *movers.pop())
                for k in range(r.choice([2, 3, 4] if waves else [int(relations), 1, 2]))
                if movers
            },
        }
        if waves and phases[name]["moves"] and r.random() < 0.8:
            phases[name]["waves"] = in_waves(r, list(phases[name]["moves"]))
        if r.random() < 0.3:
            latest = finish + r.choice([0, 10, 40])
            phases[name]["breathing_room"] = room(r, [0, 10, 20.5], [0, 5, 12], latest)
    return phases


def working_days(r: random.Random, phases: dict[str, Any]) -> list[str]:
    """Some days of the week, those on which phases are announced to be done among them."""
    needed = {phase["announced_finish"].weekday() for phase in phases.values()}
    days = needed | set(r.sample(range(7), r.choice([1, 4, 5, 6])))
    return [format(date(2024, 1, 1 + k), "%A").lower() for k in r.sample(sorted(days), len(days))]


def risk(r: random.Random, phases: dict[str, Any]) -> dict[str, Any]:
    """One that surely happens or surely does not, often as something else begins."""
    starts = [phase["announced_start"] for phase in phases.values()]
    spec: dict[str, Any] = {
        "probability": r.choice([1, 1, 1, 0.5, 0]),
        "effects": {f"e{k}": effect(r, phases) for k in range(r.choice([1, 2, 3]))},
    }
    if r.random() < 0.7:
        spec["date"] = r.choice([*starts, day(30), day(r.randint(0, 60)), day(r.randint(0, 200))])
    if r.random() < 0.5:
        spec["delay_days"] = r.choice([0, 3.5, 12.25, 42.5, r.randint(1, 60)])
    return spec


def effect(r: random.Random, phases: dict[str, Any]) -> dict[str, Any]:
    return {
        "phases": r.sample(list(phases), r.randint(1, len(phases))),
        "gates": r.sample("gh", r.choice([0, 1, 2])),
        "factor": r.choice([1, 0.5, 0.8, 1.3, 1.75, 2]),
        "added_days": r.choice([0, 0, 5, 2.5, 12.25]),
    }


def mitigations(r: random.Random, risks: dict[str, Any]) -> dict[str, Any]:
    """What leaves nothing to chance: a half becomes nothing, or more than certain."""
    found: dict[str, Any] = {
        f"m{k}": {
            "taken": r.random() < 0.7,
            "cost": r.choice([0, 100, 12.5]),
            "risks": {
                u: {
                    "probability_factor": r.choice([1, 1, 1, 0, 2]),
                    "effect_factor": r.choice([1, 0.5, 0, 0.3]),
                }
                for u in r.sample(list(risks), r.randint(1, len(risks)))
            },
        }
        for k in range(r.choice([0, 1, 2]))
    }
    for u, of in risks.items():
        if of["probability"] == 0.5:
            found[f"of_{u}"] = {"risks": {u: {"probability_factor": r.choice([0, 2, 2.5])}}}
    return found


def in_waves(r: random.Random, moves: list[str]) -> list[list[str]]:
    """The moves in some order, in one wave or several."""
    r.shuffle(moves)
    cuts = r.sample(range(1, len(moves)), r.randrange(len(moves)))
    return [moves[a:b] for a, b in pairwise([0, *sorted(cuts), len(moves)])]


def related(r: random.Random, phases: dict[str, Any], length: int) -> tuple[dict[str, Any], int]:
    """A table for `after`, and a day on which a phase of such a length can begin after it all."""
    table: dict[str, Any] = {}
    soonest = [r.choice([5, 30])]
    for other in r.sample(list(phases), min(len(phases), r.choice([0, 1, 1, 1, 2]))):
        relation, lag = r.choice(RELATIONS), r.choice([0, 0, 0, 7, 20, 2.5, 10.25])
        event, then = relation.split("_to_")
        freed = (phases[other][f"announced_{event}"] - START).days + lag
        soonest.append(math.ceil(freed) - (length if then == "finish" else 0))
        table[other] = {"relation": relation, "lag_days": lag}
        if then == "finish":
            phases[other]["duration_ratio"] += r.choice([0, 0.75])  # so that more wait, and longer
    if r.random() < 0.3:
        table[r.choice(["g", "h"])] = r.choice([{}, {"relation": RELATIONS[0], "lag_days": 10.5}])
    return table, max(soonest) + r.choice([0, 0, 0, 1, 20])


def legs_of(r: random.Random, sites: list[str], plan: dict[str, Any]) -> dict[str, Any]:
    """Legs on some ways, most of them of moves that now go elsewhere; the plan looks at them."""
    phases, names = plan["phases"], list(plan["phases"])
    for phase in phases.values():
        if isinstance(phase["after"], list):
            phase["after"] = {name: lagged(r, phases, phase, name) for name in phase["after"]}
    for name in names:
        elsewhere(r, sites, phases, name)
    first, last = phases[names[0]], phases[names[-1]]
    if first["announced_finish"] <= last["announced_start"]:
        plan["gates"]["i"] = {"delay_days": r.choice([0, 3.5, 12.25]), "after": [names[0]]}
        last["after"]["i"] = {}
    moves = [move for phase in phases.values() for move in phase["moves"].values()]
    used = {(one["site"], one.get("to", "home")) for one in moves}
    ways = [(a, b) for a in sites for b in [*sites, "home"] if a != b]
    some = [way for way in ways if r.random() < (0.7 if way in used else 0.2)]
    legs = {f"l{k}": leg(r, *way, plan["transport"]) for k, way in enumerate(some)}
    for one in plan["rules"].values() if legs else []:
        for when in ("when", "until"):
            if when in one and r.random() < 0.4:
                on_some = {"sites": r.sample([*legs, *sites], r.choice([1, 2]))}
                number = r.choice([{"at_least": 1}, {"at_least": r.randint(0, 60)}, {"at_most": 0}])
                one[when] = {"people": number | r.choice([on_some, on_some, {}])}
    return legs


def elsewhere(r: random.Random, sites: list[str], phases: dict[str, Any], name: str) -> None:
    """Some moves of a phase go to another site, where no phase counts on them that may come first."""
    first = [
        phase
        for phase in phases.values()
        if phase["after"].get(name, {}).get("relation") != "finish_to_start"
    ]
    for one in phases[name]["moves"].values():
        taken = {
            move["site"]
            for phase in first
            for move in phase["moves"].values()
            if move["contingent"] == one["contingent"] and "people" not in move
        }
        others = [s for s in sites if s not in {one["site"], *taken}]
        if others and r.random() < 0.6:
            one["to"] = r.choice(others)


def leg(r: random.Random, a: str, b: str, transport: dict[str, Any]) -> dict[str, Any]:
    """Often of such a length that groups overtake each other, or arrive as others leave."""
    short, long = [0.001, 0.01, 1 / 24, 0.1, 0.5, 1], [2.5, 7, 12.25, 20, 31, 45.5, 90]
    every = transport["lift_every_days"]
    spec: dict[str, Any] = {
        "from": a,
        "days": r.choice([r.choice(short), r.choice(long), every, 2 * every, r.randint(1, 60)]),
    }
    if b != "home" or r.random() < 0.3:
        spec["to"] = b
    if r.random() < 0.6:
        spec["people_per_convoy"] = r.choice([1, 7, 25, 100, 1000])
    return spec


def lagged(
    r: random.Random, phases: dict[str, Any], phase: dict[str, Any], name: str
) -> dict[str, Any]:
    """A relation to a phase or a gate, of one phase; its dates agree with the lag."""
    if name not in phases:
        return {}
    relation = r.choice(["finish_to_start", "finish_to_start", "finish_to_finish"])
    then = "announced_start" if relation == "finish_to_start" else "announced_finish"
    slack = (phase[then] - phases[name]["announced_finish"]).days
    return {"relation": relation, "lag_days": r.choice([0, slack, slack / 4])}


def move(r: random.Random, site: str, contingent: str) -> dict[str, Any]:
    some: dict[str, int] = r.choice([{}, {}, {"residual": 20}, {"people": 19}])
    return {"site": site, "contingent": contingent, **some}


def room(
    r: random.Random, pause: list[float], extension: list[float], latest: int
) -> dict[str, Any]:
    limit = {"latest": day(latest)} if r.random() < 0.4 else {}
    return {"pause_days": r.choice(pause), "extension_days": r.choice(extension), **limit}


def rule(
    r: random.Random,
    sites: list[str],
    events: list[str],
    risks: list[str],
    phases: dict[str, Any],
    actions: list[str],
) -> dict[str, Any]:
    acts = r.sample(actions, min(len(actions), r.choice([1, 1, 2, 3])))
    spec: dict[str, Any] = {
        "when": condition(r, sites, events, risks, phases),
        "then": {act: action(r, act, sites, phases) for act in acts},
        "at_once": r.random() < 0.35,
        "cooldown_days": r.choice([0, 0, 7, 21]),
    }
    if r.random() < 0.6:
        spec["until"] = condition(r, sites, events, risks, phases)
    if r.random() < 0.4:
        spec["at_most_times"] = r.choice([1, 2, 3])
    return spec


def condition(
    r: random.Random,
    sites: list[str],
    events: list[str],
    risks: list[str],
    phases: dict[str, Any],
) -> dict[str, Any]:
    def part() -> dict[str, Any]:
        return condition(r, sites, events, risks, phases)

    begin, bound = r.randint(5, 250), r.choice(["at_least", "at_most"])
    states = ["waiting", "moving", "held", "done", "cancelled"]
    kinds: dict[str, Any] = {
        "date": lambda: {"from": day(begin), "before": day(begin + r.randint(5, 60))},
        "phase": lambda: {"id": r.choice(list(phases)), "state": r.choice(states)},
        "people": lambda: {bound: r.randint(0, 300), "sites": [r.choice(sites)]},
        "pause_days_left": lambda: {bound: r.choice([0, 5, 10.5])},
        "extension_days_left": lambda: {bound: r.choice([0, 5, 10.5])},
        "not": part,
        "any": lambda: [part(), part()],
        "all": lambda: [part(), part()],
    }
    if events:
        kinds["event"] = lambda: {"id": r.choice(events)}
    often = ["date", "phase"]
    if risks:
        kinds["risk"] = lambda: r.choice(risks)
        often += ["risk", "risk"]
    kind = r.choice([*often, *kinds])
    return {kind: kinds[kind]()}


def about(r: random.Random, phases: dict[str, Any]) -> dict[str, Any]:
    """A condition that begins to hold about when some phase is announced to be done."""
    begin = r.choice(list(phases.values()))["announced_finish"] + timedelta(r.randint(-20, 20))
    return {"date": {"from": begin, "before": begin + timedelta(r.randint(5, 60))}}


def action(r: random.Random, act: str, sites: list[str], phases: dict[str, Any]) -> dict[str, Any]:
    some = {"site": r.choice(sites), "contingent": r.choice(["us", "it"]), "people": 30}
    what: dict[str, dict[str, Any]] = {
        "pause": {"at_least_days": r.choice([0, 5, 14])},
        "stretch": {"factor": r.choice([1.2, 1.5, 2])},
        "accelerate": {"factor": r.choice([1.2, 1.5, 2])},
        "reinforce": some,
        "keep_residual": some,
        "send_home": {"contingent": r.choice(["us", "it"]), "in_days": r.choice([0, 3, 20])},
        "cancel": {"phases": [r.choice(list(phases))]},
        "bring_forward": {"days": r.choice([5, 20, 60])},
    }
    return what[act]
