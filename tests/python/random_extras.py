"""What random plans without chance can have besides: each adds to a scenario that is there already."""

import random
from datetime import date, timedelta
from typing import Any

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
STRIKES = 3000  # that the host remembers: with its hazard so large, it happens as good as at once


def months(r: random.Random, scenario: dict[str, Any]) -> None:
    """Some months in which less is done in a day, or more."""
    some = r.sample(MONTHS[:10], r.choice([1, 2, 4, 8]))
    scenario["plan"]["months"] = {m: r.choice([0.05, 0.25, 0.5, 0.8, 1.5, 3]) for m in some}


def materiel(r: random.Random, scenario: dict[str, Any]) -> None:
    """Materiel on the sites, modes that move it, and loads of phases."""
    world, plan = scenario["world"], scenario["plan"]
    sites, modes = (
        list(world["sites"]),
        r.choice([["air"], ["air", "road"], ["sea", "air", "road"]]),
    )
    for site in world["sites"].values():
        if r.random() < 0.85:
            site["materiel_tonnes"] = r.choice([0, 1, 37, 200, 200, 1501])
    plan["transport"]["modes"] = {
        m: {"tonnes_per_day": r.choice([1, 2, 3, 20, 500])} for m in modes
    }
    lies = {s: of.get("materiel_tonnes", 0) for s, of in world["sites"].items()}
    for phase in plan["phases"].values():
        loads = [load(r, sites, modes) for _ in range(r.choice([0, 1, 2, 2, 3, 5]))]
        phase["loads"] = {f"c{k}": of for k, of in enumerate(loads) if fits(r, lies, of)}
        for s in {of["site"] for of in loads if "tonnes" not in of}:
            lies[s] = 0
        if "waves" in phase:
            among_waves(r, phase["waves"], list(phase["loads"]))
    world["costs"] = {
        "per_tonne_moved": {m: r.choice([1, 2.5, 100]) for m in modes if r.random() < 0.8}
    }


def load(r: random.Random, sites: list[str], modes: list[str]) -> dict[str, Any]:
    site, fate = r.choice(sites), r.choice(["moved", "moved", "moved", "handed_over", "destroyed"])
    spec: dict[str, Any] = {"site": site, "fate": fate}
    if r.random() < 0.6:
        spec["tonnes"] = r.choice([1, 7, 30, 55, 300])
    if fate == "moved":
        if len(modes) > 1 or r.random() < 0.5:
            spec["mode"] = r.choice(modes)
        if r.random() < 0.3:
            spec["to"] = r.choice(["home", *(s for s in sites if s != site)])
    return spec


def fits(r: random.Random, lies: dict[str, float], of: dict[str, Any]) -> bool:
    """Whether so much will lie there, in the plan as announced; makes it fit as a rule."""
    site = of["site"]
    if "tonnes" not in of:
        fits, lies[site] = lies[site] > 0 or r.random() < 0.1, -1
        return fits
    of["tonnes"] = min(of["tonnes"], max(1, lies[site]))
    lies[site] -= of["tonnes"]
    return lies[site] >= 0


def among_waves(r: random.Random, waves: list[list[str]], loads: list[str]) -> None:
    """Loads join waves, or make waves of their own."""
    for name in loads:
        if r.random() < 0.75:
            r.choice(waves).append(name)
        else:
            waves.insert(r.randint(0, len(waves)), [name])


def hub(r: random.Random, scenario: dict[str, Any]) -> None:
    """Moves that take those whom others bring, of phases that wait for them."""
    phases = scenario["plan"]["phases"]
    names = list(phases)
    for name in r.sample(names, min(len(names), r.choice([1, 1, 2]))):
        moves = phases[name]["moves"]
        whole = [
            move
            for move in moves.values()
            if "people" not in move and not any("takes_arrivals" in m for m in moves.values())
        ]
        if whole:
            takes = r.choice(whole)
            takes["takes_arrivals"] = True
            for other in names[: names.index(name) + 1]:
                bring(r, phases, other, name, takes)


def bring(
    r: random.Random, phases: dict[str, Any], name: str, hub: str, takes: dict[str, Any]
) -> None:
    """A phase brings people to a hub."""
    brings = False
    for move in phases[name]["moves"].values():
        fits = move["contingent"] == takes["contingent"] and move["site"] != takes["site"]
        if fits and move["site"] != takes.get("to") and r.random() < 0.85:
            move["to"] = takes["site"]
            brings = True
    if brings and name != hub:
        wait(r, phases, name, hub)


def wait(r: random.Random, phases: dict[str, Any], first: str, hub: str) -> None:
    """The phase of a hub is done after another, or begins after it; its dates allow for that."""
    phase, finish = phases[hub], phases[first]["announced_finish"]
    if isinstance(phase["after"], list):
        phase["after"] = {name: {} for name in phase["after"]}
    relation = r.choice(["finish_to_finish"] * 4 + ["finish_to_start"])
    lag = r.choice([0, 0, 0, 2.5, 7])
    weeks = r.choice([0, 0, 1, 3]) + (lag > 0)
    if relation == "finish_to_start" and phase["announced_start"] < finish + timedelta(7 * weeks):
        later = finish + timedelta(7 * weeks) - phase["announced_start"]
        phase["announced_start"] += later
        weeks += 4
    phase["announced_finish"] = max(phase["announced_finish"], finish + timedelta(7 * weeks))
    if r.random() < 0.5:
        phase["duration_ratio"] = r.choice([0.3, 0.51, 0.7])  # so that its last lift waits
    phase["after"][first] = {"relation": relation, "lag_days": lag}


def mandates(r: random.Random, scenario: dict[str, Any]) -> None:
    """Contingents whose mandate ends, or that surely leave, or surely do not, after an event."""
    world, start = scenario["world"], scenario["start"]
    events = world["calendar"]
    if not events:
        events["z"] = {"date": start + timedelta(r.randint(10, 220))}
    for event in events.values():
        event["outcomes"] = {"yes": {"weight": 1}, "no": {"weight": 0}}
    contingents: dict[str, Any] = {}
    for c, other in (("us", "it"), ("it", "us")):
        spec: dict[str, Any] = {"delay_days": r.choice([0, 0, 3.5, 20, 60.25])}
        if r.random() < 0.5:
            spec["mandate_until"] = start + timedelta(r.randint(20, 260))
        if r.random() < 0.5:
            chance = {"chance": r.choice([0, 1, 1])}
            vote = {
                "by_outcome": r.choice([{"yes": 1}, {"no": 1}, {"yes": 1, "no": 0}, {"yes": 0}])
            }
            spec["leaves_after"] = {e: r.choice([chance, vote]) for e in events if r.random() < 0.8}
        if r.random() < 0.4:
            spec["follows"] = {other: r.choice([0, 1, 1])}
        if r.random() < 0.3:
            spec["only_on"] = list(world["sites"])
        if r.random() < 0.85:
            contingents[c] = spec
    world["contingents"] = contingents


def expelled(r: random.Random, scenario: dict[str, Any]) -> None:
    """The host tells the troops to leave as good as at the start."""
    world = scenario["world"]
    for site in world["sites"].values():
        site["area"] = r.choice(["in", "in", "out"])
    world["areas"] = {"in": {}, "out": {}}
    expulsion = {"per_day": 1e6, "notice_days": r.choice([5, 30, 60.5, 200])}
    friction = {"memory_days": 10_000}
    world["host"] = {"areas": ["in"], "friction": friction, "expulsion": expulsion}
    world["threats"] = {
        "t": {"attacks_per_day": 0, "site_weights": {"a": 1}, "retaliation": {"coordinated": 0}}
    }
    yesterday = scenario["start"] - timedelta(1)
    scenario.setdefault("now", {})["threats"] = {"t": {"strikes": [yesterday] * STRIKES}}


def now(r: random.Random, scenario: dict[str, Any]) -> None:
    """Today is later: some gates have opened, some phases are under way or done."""
    plan, today = scenario["plan"], scenario["start"] + timedelta(r.randint(20, 110))
    for event in scenario["world"]["calendar"].values():
        event["date"] = max(event["date"], today + timedelta(1))
    for of in scenario["world"].get("contingents", {}).values():
        if "mandate_until" in of:
            of["mandate_until"] = max(of["mandate_until"], today + timedelta(1))
    known: dict[str, Any] = {"gates": {}, "phases": {}}
    opened = r.random() < 0.7
    known["gates"]["g"] = {"opened" if opened else "started": today - timedelta(r.randint(1, 20))}
    if opened and r.random() < 0.5:
        known["gates"]["h"] = {"opened": today - timedelta(r.randint(0, 1))}
    for name, phase in plan["phases"].items():
        if (of := known_phase(r, known, phase, today)) is not None:
            known["phases"][name] = of
    if any("breathing_room" in of for of in known["phases"].values()):
        known["breathing_room"] = {"pause_days": 12, "extension_days": r.choice([0, 3])}
    for one in (plan, *plan["phases"].values()):
        room = one.get("breathing_room", {})
        if "latest" in room:
            room["latest"] = max(room["latest"], today)
    for name in (name for name, of in known["phases"].items() if "finished" in of):
        for move in plan["phases"][name]["moves"].values():
            if "people" not in move:
                garrison = scenario["world"]["sites"][move["site"]]["garrison"]
                garrison[move["contingent"]] = min(
                    garrison[move["contingent"]], move.get("residual", 0)
                )
    scenario["start"], scenario["now"] = today, known


def known_phase(
    r: random.Random, known: dict[str, Any], phase: dict[str, Any], today: date
) -> dict[str, Any] | None:
    """How far a phase has come that can have begun, or nothing."""
    after = phase["after"]
    for name, of in after.items() if isinstance(after, dict) else ((name, {}) for name in after):
        other = known["gates"].get(name) or known["phases"].get(name, {})
        done = "opened" in other or "finished" in other
        if not done and (of.get("relation") != "start_to_start" or not other):
            return None
    begun = phase["announced_start"] + timedelta(r.choice([0, 0, 3, 10]))
    if begun >= today or r.random() < 0.15:
        return None
    if phase["announced_finish"] <= today and r.random() < 0.6:
        return {"started": begun, "finished": max(begun, today - timedelta(r.randint(0, 5)))}
    parts = [("people", phase["moves"]), ("tonnes", phase.get("loads", {}))]
    spec = {
        "started": begun,
        "moved": {
            name: r.randint(0, of[number])
            for number, some in parts
            for name, of in some.items()
            if number in of
        },
    }
    if r.random() < 0.3 and (today - begun).days >= 12:
        spec["breathing_room"] = {"pause_days": r.choice([5, 12])}
    return spec
