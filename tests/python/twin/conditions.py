"""Whether a condition of a rule holds, now."""

from .working_time import NEVER, ROUNDING


def holds(trial, condition):
    ((kind, what),) = ((k, w) for k, w in condition.items() if w is not None)
    if kind in ("all", "any"):
        return {"all": all, "any": any}[kind](holds(trial, part) for part in what)
    if kind == "not":
        return not holds(trial, what)
    if kind in ("attacks", "wounded", "killed"):
        return within(what, count(trial, kind, what))
    return KINDS[kind](trial, what)


def within(bounds, value):
    least, most = bounds.get("at_least"), bounds.get("at_most")
    return (least is None or value >= least) and (most is None or value <= most)


def days_within(bounds, days):
    """The same of days, which sums have come to."""
    least, most = bounds.get("at_least"), bounds.get("at_most")
    enough = least is None or days >= least - ROUNDING
    return enough and (most is None or days <= most + ROUNDING)


def sites(trial, what):
    """The sites and legs meant: all, or those named and those of the areas named."""
    named, areas = what.get("sites"), what.get("areas")
    return [
        s
        for s in trial.places()
        if (named is None or s in named) and (areas is None or trial.areas.get(s) in areas)
    ]


def count(trial, kind, what):
    """Attacks, or casualties, after now minus `in_days` and up to now."""
    since, places, threats = trial.t - what["in_days"], sites(trial, what), what.get("threats")
    recent = [
        a
        for a in trial.past + trial.log
        if a.at > since and a.site in places and (threats is None or a.threat in threats)
    ]
    if kind == "attacks":
        return len(recent)
    contingents = what.get("contingents")
    return sum(
        n
        for a in recent
        for contingent, n in getattr(a, kind).items()
        if contingents is None or contingent in contingents
    )


def tension(trial, states):
    return trial.state in states


def date(trial, what):
    begin = trial.day(what["from"]) if what.get("from") else -NEVER
    end = trial.day(what["before"]) if what.get("before") else NEVER
    return begin - ROUNDING <= trial.t < end - ROUNDING


def phase(trial, what):
    (which,) = (p for p in trial.plan.phases if p.name == what["id"])
    return trial.plan.state(which) == what["state"]


def people(trial, what):
    contingents = what.get("contingents")
    return within(
        what,
        sum(
            n
            for s in sites(trial, what)
            for contingent, n in trial.people_at(s).items()
            if contingents is None or contingent in contingents
        ),
    )


def event(trial, what):
    of = trial.calendar.events[what["id"]]
    return of.happened and what.get("outcome") in (None, of.outcome)


def risk(trial, what):
    return trial.risks.risks[what].happened


KINDS = {
    "tension": tension,
    "date": date,
    "phase": phase,
    "pause_days_left": lambda trial, what: days_within(what, trial.pauses.room.pause_left),
    "extension_days_left": lambda trial, what: days_within(what, trial.pauses.room.extension_left),
    "people": people,
    "insurgent_strength": lambda trial, what: within(what, trial.insurgency.strength),
    "friction": lambda trial, what: within(what, trial.host.friction.now),
    "expelled": lambda trial, what: what == (trial.host.expelled_at is not None),
    "event": event,
    "risk": risk,
}
