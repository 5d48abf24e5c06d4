"""A history that starts in the middle: what is known of the past, imposed on the first day.

Whatever has lasted for some time is drawn again until it lasts that long.
"""

import math
from types import SimpleNamespace

from .laws import draw, draw_at, in_order
from .threats import excite
from .working_time import NEVER, ROUNDING


def take_up(trial, now):
    """Imposes it on a history that has not begun."""
    if now is None:
        return
    past = now.get("phases", {})
    use(trial.pauses.room, now.get("breathing_room", {}))
    for gate in trial.plan.gates:
        known_gate(trial, gate, now.get("gates", {}).get(gate.name))
    done = [phase for phase in trial.plan.phases if past.get(phase.name, {}).get("finished")]
    for phase in done:
        known = past[phase.name]
        phase.started = trial.day(known["started"]) if "started" in known else phase.earliest
        trial.plan.done[phase.name] = trial.day(known["finished"])
    for phase in sorted(done, key=lambda phase: trial.plan.done[phase.name]):
        for site in {move.site for move in phase.moves if not trial.there(move.site)}:
            trial.closed[site] = trial.plan.done[phase.name]
    under_way = [p for p in trial.plan.phases if p.name in past and p not in done]
    for phase in under_way:
        use(phase.room, past[phase.name].get("breathing_room", {}))
        phase.started = trial.day(past[phase.name]["started"])
    left(trial, [(phase, past[phase.name].get("moved", {})) for phase in under_way])
    ratios(trial, under_way, past)
    for phase in under_way:
        go_on(trial, phase, held(past[phase.name]))
    for g, of in in_order(now.get("threats", {})):
        for date in of.get("strikes", []):
            remember(trial, g, -trial.day(date))


def use(room, used):
    room.pause_left -= used.get("pause_days", 0)
    room.extension_left -= used.get("extension_days", 0)


def held(known):
    return known.get("breathing_room", {}).get("pause_days", 0)


def known_gate(trial, gate, known):
    if known is None:
        return
    gate.started = True
    if "opened" in known:
        trial.plan.done[gate.name] = trial.day(known["opened"])
        return
    age = -trial.day(known["started"]) - known.get("blocked_days", 0)
    while (delay := draw(gate.law, trial.rng)) <= age:
        pass
    gate.left = delay - age
    trial.plan.run_clock(gate)


def left(trial, under_way):
    """What phases under way are still to move: what is of a given number first, then all others."""
    under_way.sort(key=lambda pair: pair[0].started)
    moves = [(move, moved) for phase, moved in under_way for move in phase.moves]
    for move, moved in moves:
        move.left = max(0, move.people - moved.get(move.name, 0)) if hasattr(move, "people") else 0
    for move, _ in moves:
        if not hasattr(move, "people"):
            move.left = max(0, trial.plan.free(move) - getattr(move, "residual", 0))
    loads = [(load, moved) for phase, moved in under_way for load in phase.loads]
    for load, moved in loads:
        load.left = load.tonnes - moved.get(load.name, 0) if hasattr(load, "tonnes") else 0
    for load, _ in loads:
        if not hasattr(load, "tonnes"):
            load.left = max(0, trial.plan.free_tonnes(load.site))


def ratios(trial, under_way, past):
    """Draws durations until none of the phases under way would be done."""
    plan, rng = trial.plan, trial.rng
    if not plan.ratios.shared:
        for phase in under_way:
            age = worked(trial, phase, past)
            # Where the law is a number it has the probability 0, and nothing is left.
            while phase.duration <= age and isinstance(phase.ratio, dict):
                phase.duration = phase.span_announced * draw(phase.ratio, rng)
        return
    assert all(phase in under_way for phase in plan.phases if phase.started < NEVER), (
        "durations that are known exactly are never drawn again"
    )
    root = math.sqrt(plan.ratios.correlation)
    while True:
        common = rng.normal()
        for phase in plan.phases:
            z = root * common + math.sqrt(1 - plan.ratios.correlation) * rng.normal()
            phase.duration = phase.span_announced * draw_at(phase.ratio, z)
        if all(phase.duration > worked(trial, phase, past) for phase in under_way):
            return


def worked(trial, phase, past):
    """Working days that a phase has been under way, without those for which it was held."""
    time = trial.plan.time
    return time.worked(0) - time.worked(phase.started) - held(past[phase.name])


def go_on(trial, phase, held_days):
    """The lifts that are left keep their days."""
    plan, time = trial.plan, trial.plan.time
    began = time.worked(phase.started)
    finish = began + phase.duration
    if held_days > 0:
        finish = max(finish, time.worked_by(phase.announced))
    gone = math.floor((time.worked(0) - began) / plan.every + ROUNDING)
    since = began + gone * plan.every
    finish = max(finish, since + plan.possible(phase, 0.0))
    plan.schedule(phase, time.first(finish, 0.0), since)


def remember(trial, g, age):
    """A strike of that age."""
    answer = trial.strikes.answers[g]
    answer.memory.now += math.exp(-age / answer.memory.mean_days)
    if trial.rng.random() >= answer.coordinated:
        trial.host.friction.now += math.exp(-age / trial.host.friction.mean_days)


def recent(trial, now):
    """Attacks of late, as rules count them."""
    return [
        SimpleNamespace(at=trial.day(of["date"]), site=of["site"], threat=g, wounded={}, killed={})
        for g, known in in_order((now or {}).get("threats", {}))
        for of in known.get("attacks", [])
        for _ in range(of.get("count", 1))
    ]


def excitation_of(trial, attacks):
    """What they still cause: arrivals per day by (causing threat, threat, site)."""
    open_sites = [s for s in trial.people if trial.there(s) > 0]
    excitation = {}
    for attack in attacks:
        fresh = {}
        excite(trial.threats, fresh, attack.threat, attack.site, open_sites)
        for key, rate in fresh.items():
            rate *= math.exp(attack.at / trial.threats[attack.threat].decay_days)
            excitation[key] = excitation.get(key, 0.0) + rate
    return excitation


def stay(trial, now, mean_days):
    """The rest of the first stay, which has lasted since some day."""
    tension = (now or {}).get("tension")
    age = -trial.day(tension["since"]) if tension else 0
    while (days := trial.rng.exponential(draw(mean_days, trial.rng))) <= age:
        pass
    return days - age
