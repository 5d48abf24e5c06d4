"""What is reported of a history."""

from .working_time import ROUNDING


def measures(trial):
    """Counts, losses and dates of a history that is over.

    Counts `attacks`, `intercepted`, `wounded`, `killed`; `attacks_by` ({"site" | "threat": {id:
    count}}), `wounded_by` and `killed_by` (also by "contingent"); `finish_days` ({"phase" | "site"
    | "contingent": {id: days}, "overall": days}, None if not reached or nothing is planned);
    `pause_days`, `extension_days`, `forced_resumptions`, `stretch_days`, `reinforcements`,
    `person_days`, `person_days_by` and `people_left` ({site: number}); `arrivals` ([(days, leg,
    people)]); tonnes of `materiel_moved`, `materiel_moved_by` ({mode: tonnes}), `materiel_handed_over`,
    `materiel_destroyed`, `materiel_left`, `materiel_left_by` ({site: tonnes}) and `materiel_gone`
    ([(days, "materiel_" and its fate, site, mode or None, tonnes)]); `tension_days` ({state: days}); `times` and `rule_pause_days` ({rule: number});
    `cancelled` ({phase: 0 or 1}); `event_days` ({event: days or None}), `happened` ({event.outcome:
    0 or 1}), `risk_days` ({risk: days or None}), `risk_happened` ({risk: 0 or 1}), `buffer_days` and
    `buffer_met` ({buffer: number}); `weekly_people` ({site: people at days 0, 7, ... up to the horizon,
    after the movements of that instant}); `ties` (the weeks of which nobody can tell whether that was
    before or after). Legs are among the sites.
    """
    wounded, killed = losses(trial, "wounded"), losses(trial, "killed")
    return {
        "attacks": len(trial.log),
        "attacks_by": {
            "site": {s: sum(a.site == s for a in trial.log) for s in trial.places()},
            "threat": {g: sum(a.threat == g for a in trial.log) for g in trial.threats},
        },
        "intercepted": sum(bool(a.intercepted) for a in trial.log),
        "wounded": sum(wounded["site"].values()),
        "killed": sum(killed["site"].values()),
        "wounded_by": wounded,
        "killed_by": killed,
        "finish_days": finishes(trial),
        "pause_days": trial.pauses.pause_days,
        "extension_days": trial.pauses.extension_days,
        "forced_resumptions": trial.pauses.forced_resumptions,
        "stretch_days": trial.stretch_days,
        "reinforcements": trial.reinforcements,
        "person_days": sum(trial.person_days.values()),
        "person_days_by": trial.person_days,
        "people_left": {s: trial.there(s) for s in trial.places()},
        "arrivals": trial.legs.arrivals,
        "people_moved": trial.people_moved,
        "materiel_moved": sum(trial.materiel.moved.values()),
        "materiel_moved_by": trial.materiel.moved,
        "materiel_handed_over": trial.materiel.fates["handed_over"],
        "materiel_destroyed": trial.materiel.fates["destroyed"],
        "materiel_left": sum(trial.materiel.tonnes.values()),
        "materiel_left_by": {s: trial.materiel.tonnes.get(s, 0) for s in trial.places()},
        "materiel_gone": trial.materiel.log,
        **world(trial),
        "tension_days": trial.tension_days,
        "times": {rule.name: rule.times for rule in trial.rules.rules},
        "rule_pause_days": {rule.name: rule.pause_days for rule in trial.rules.rules},
        "cancelled": {phase.name: int(phase.cancelled) for phase in trial.plan.phases},
        **calendar(trial),
        **risks(trial),
        "weekly_people": trial.weekly,
        "ties": trial.ties,
    }


def world(trial):
    """What the rest of the world did: host, strikes, insurgency, contingents, region, costs."""
    host, insurgency, costs = trial.host, trial.insurgency, trial.costs
    return {
        "strikes": sum(trial.strikes.number.values()),
        "strikes_by": trial.strikes.number,
        "expelled": int(host.expelled_at is not None),
        "expelled_days": host.expelled_at,
        "insurgent_strength": insurgency.strength,
        "peak_insurgent_strength": insurgency.peak,
        "weekly_strength": insurgency.weekly,
        "incidents": insurgency.incidents,
        "shocks": insurgency.shocks,
        "departed": {c: int(c in trial.plan.departed) for c in contingents(trial)},
        "reentry": int(trial.reentry.days is not None),
        "reentry_days": trial.reentry.days,
        "people_back": trial.reentry.people,
        "barrages": trial.barrages.number,
        "barrages_unmet": trial.barrages.unmet,
        "cost": costs["per_person_day"] * sum(trial.person_days.values())
        + costs["per_person_moved"] * trial.people_moved
        + costs["per_pause_day"] * trial.pauses.pause_days
        + trial.materiel.cost()
        + trial.risks.cost,
    }


def contingents(trial):
    here = {c for people in trial.people.values() for c in people}
    return sorted(here | {m.contingent for p in trial.plan.phases for m in p.moves})


def losses(trial, what):
    harm = [(a.site, a.threat, c, n) for a in trial.log for c, n in getattr(a, what).items()]
    ids = {"site": trial.places(), "threat": trial.threats, "contingent": contingents(trial)}
    return {
        kind: {x: sum(h[3] for h in harm if h[i] == x) for x in ids[kind]}
        for i, kind in enumerate(ids)
    }


def finishes(trial):
    plan = trial.plan
    by_phase = {phase.name: plan.done.get(phase.name) for phase in plan.phases}
    return {
        "phase": by_phase,
        "site": {
            s: last(
                plan.done_with(p, s)
                for p in plan.phases
                if any(item.site == s for item in [*p.moves, *p.loads])
            )
            for s in trial.places()
        },
        "contingent": {c: contingent_finish(trial, c) for c in contingents(trial)},
        "overall": last(by_phase.values()),
    }


def last(times):
    times = list(times)
    return None if not times or None in times else max(times)


def contingent_finish(trial, contingent):
    def sends_home(phase):
        return any(m.contingent == contingent and m.to == "home" for m in phase.moves)

    plan = trial.plan
    planned = last(plan.done.get(phase.name) for phase in filter(sends_home, plan.phases))
    times = [planned, trial.plan.sent_home.get(contingent)]
    return min((time for time in times if time is not None), default=None)


def calendar(trial):
    events, horizon = trial.calendar.events, trial.horizon
    came = {name: event.moment <= horizon for name, event in events.items()}
    days, met = {}, {}
    for name, buffer in trial.buffers.items():
        finish = trial.plan.done.get(buffer["phase"])
        moment = events[buffer["event"]].moment
        both = finish is not None and came[buffer["event"]]
        days[name] = moment - finish if both else None
        met[name] = int(finish is not None and finish - ROUNDING <= moment - buffer["days"])
    return {
        "event_days": {name: e.moment if came[name] else None for name, e in events.items()},
        "happened": {
            f"{name}.{outcome}": int(came[name] and outcome == event.outcome)
            for name, event in events.items()
            for outcome in event.outcomes
        },
        "buffer_days": days,
        "buffer_met": met,
    }


def risks(trial):
    moments = {name: risk.moment for name, risk in trial.risks.risks.items()}
    came = {name: moment <= trial.horizon for name, moment in moments.items()}
    return {
        "risk_days": {name: moments[name] if came[name] else None for name in moments},
        "risk_happened": {name: int(came[name]) for name in moments},
    }
