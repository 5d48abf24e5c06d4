"""A trial as a story."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Hashable
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from .._internal.tables import number
from .base import units
from .history import History
from .spoken import speaks, spoken

Event = dict[Any, Any]

_PLAIN = {
    "calendar_event": "{event} happens.",
    "risk_happened": "Risk {risk} happens.",
    "gate_opened": "Gate {gate} opens.",
    "tension": "Tension turns to {state}.",
    "phase_started": "Phase {phase} begins.",
    "phase_finished": "Phase {phase} is done.",
    "phase_cancelled": "Phase {phase} is cancelled.",
    "phase_resumed": "Phase {phase} goes on: its own breathing room is spent.",
    "departure": "{count} {contingent} leave {site} for good.",
    "reinforced": "{count} more {contingent} come to {site}.",
    "site_closed": "{site} is empty.",
    "strike": "A strike answers {threat}.",
    "expelled": "The host tells the troops to leave.",
    "shock": "The insurgency gains at one blow.",
    "went_back_in": "{count} {contingent} go back in to {site}.",
    "barrage_met": "A barrage at others in the region is met.",
    "barrage_unmet": "A barrage at others in the region is not met.",
    "rule_set_off": "Rule {rule} sets off.",
    "pause_began": "All movement is held.",
    "pause_ended": "Movement goes on.",
    "pause_spent": "Movement goes on: the breathing room is spent.",
}
_MATERIEL = {
    "materiel_moved": "Tonnes moved: {}.",
    "materiel_handed_over": "Tonnes handed over: {}.",
    "materiel_destroyed": "Tonnes destroyed: {}.",
}
_HARM = {"attack_intercepted": "intercepted", "wounded": "wounded", "killed": "killed"}


def tell(trial: History) -> str:
    """What happened, day by day."""
    lines = [_opening(trial)]
    events = trial.events.to_dict("records")
    for date, today in groupby(events, key=itemgetter("date")):
        happened = list(today)
        start = f"{date:%Y-%m-%d}  day {int(happened[0]['time_days']):<5} "
        text = start + " ".join(_day(happened))
        lines.append(textwrap.fill(text, 100, subsequent_indent=" " * len(start)))
    return "\n".join([*lines, _ending(trial)])


def _opening(trial: History) -> str:
    lines = [f"Trial {trial.index} of {trial.run.origin_line}"]
    lines += [f"  {path} = {value:.4g}" for path, value in trial.inputs.items()]
    tension = trial.run.scenario.to_dict()["world"].get("tension")
    if tension:
        lines.append(f"{trial.run.scenario.start}  day 0     Tension is {tension['start']}.")
    return "\n".join(lines)


def _day(events: list[Event]) -> list[str]:
    """The sentences of one day: lifts, arrivals, loads, attacks on one site are told together."""
    lifts: Counter[tuple[str, str | None]] = Counter()
    arrivals: Counter[tuple[str, str | None]] = Counter()
    loads: defaultdict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    attacks: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    incidents = 0
    sentences: dict[Hashable, str] = {}
    for event in events:
        kind, site = event["kind"], event["site"]
        if isinstance(event["outcome"], str):
            event_, _, outcome = event["outcome"].partition(".")
            sentences[len(sentences), kind] = f"{event_} happens: {outcome}."
        elif kind in _PLAIN:
            sentences[len(sentences), kind] = _PLAIN[kind].format_map(event)
        elif kind == "incident":
            incidents += 1
            plural = "s" if incidents > 1 else ""
            sentences["incident"] = f"{incidents} incident{plural} on the host."
        elif kind == "lift":
            lifts[site, event["to"]] += event["count"]
            sentences["lift"] = f"Lift: {_moved(lifts)}."
        elif kind == "arrival":
            to = event["to"] if isinstance(event["to"], str) else "home"
            arrivals[site, to] += event["count"]
            sentences["arrival"] = f"Arrived: {_moved(arrivals)}."
        elif kind in _MATERIEL:
            loads[kind][site, event["to"]] += event["count"]
            sentences[kind] = _MATERIEL[kind].format(_moved(loads[kind]))
        else:
            what = attacks[event["threat"], site]
            what[kind] += event["count"]
            sentences[event["threat"], site] = _attacks(event["threat"], site, what)
    return list(sentences.values())


def _moved(counts: Counter[tuple[str, str | None]]) -> str:
    return ", ".join(
        f"{count:,} from {site}" + (f" to {to}" if isinstance(to, str) else "")
        for (site, to), count in counts.items()
    )


def _attacks(threat: str, site: str, counts: Counter[str]) -> str:
    total = counts["attack"] + counts["attack_intercepted"]
    text = f"{total} attack{'s' if total > 1 else ''} by {threat} on {site}"
    facts = [f"{counts[kind]} {word}" for kind, word in _HARM.items() if counts[kind]]
    return text + (f" ({', '.join(facts)})." if facts else ".")


def _ending(trial: History) -> str:
    measures = trial.measures
    run, lost = trial.run, ("attacks", "wounded", "killed")
    parts = [f"{measures[name]:,.0f} {name}" for name in spoken(lost, run)]
    if speaks(run, "cost"):
        unit = units(run)["cost"]
        parts.append(f"a cost of {number(measures['cost'])}{'' if unit == 'cost' else f' {unit}'}")
    found = f" {', '.join(parts)}." if parts else ""
    lines = [f"{run.scenario.horizon}  the horizon.{found}"]
    if pd.notna(measures["slip_days"]):
        lines.append(f"The last phase was done {_slip(measures['slip_days'])}.")
    elif trial.run.scenario.to_dict()["plan"].get("phases"):
        lines.append("The last phase was not done by then.")
    return "\n".join(lines) + "\n"


def _slip(days: float) -> str:
    if 0 <= days < 1:
        return "on the announced day"
    return f"{abs(days):,.1f} days {'before' if days < 0 else 'after'} the announced date"
