"""A trial as a story."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from .trial import Trial

_PLAIN = {
    "gate_opened": "Gate {gate} opens.",
    "tension": "Tension turns to {state}.",
    "phase_started": "Phase {phase} begins.",
    "phase_finished": "Phase {phase} is done.",
    "site_closed": "{site} is empty.",
    "pause_began": "All movement is held.",
    "pause_ended": "Movement goes on.",
    "pause_spent": "Movement goes on: the breathing room is spent.",
}


def tell(trial: Trial) -> str:
    """What happened, day by day."""
    lines = [_opening(trial)]
    for date, events in trial.events.groupby("date", sort=False):
        day = int(events["time_days"].iloc[0])
        text = f"{date:%Y-%m-%d}  day {day:<5} " + " ".join(_day(events))
        lines.append(textwrap.fill(text, 100, subsequent_indent=" " * 23))
    return "\n".join([*lines, _ending(trial)])


def _opening(trial: Trial) -> str:
    lines = [f"Trial {trial.index} of {trial.run.origin_line}"]
    lines += [f"  {path} = {value:.4g}" for path, value in trial.inputs.items()]
    tension = trial.run.scenario.to_dict()["world"].get("tension")
    if tension:
        lines.append(f"{trial.run.scenario.start}  day 0     Tension is {tension['start']}.")
    return "\n".join(lines)


def _day(events: pd.DataFrame) -> list[str]:
    """The sentences of one day; lifts are told together, and so are attacks on one site."""
    sentences: dict[Any, str] = {}
    for event in events.to_dict("records"):
        kind = event["kind"]
        if kind in _PLAIN:
            sentences[len(sentences), kind] = _PLAIN[kind].format_map(event)
        elif kind == "lift":
            sentences.setdefault("lift", _lifts(events[events["kind"] == "lift"]))
        elif kind in ("attack", "attack_intercepted"):
            where = (event["threat"], event["site"])
            if where not in sentences:
                there = (events["threat"] == where[0]) & (events["site"] == where[1])
                sentences[where] = _attacks(*where, events[there])
    return list(sentences.values())


def _lifts(lifts: pd.DataFrame) -> str:
    by_site = lifts.groupby("site", sort=False)["count"].sum()
    each = ", ".join(f"{count:,} from {site}" for site, count in by_site.items())
    return f"Lift: {each}."


def _attacks(threat: str, site: str, events: pd.DataFrame) -> str:
    counts: Counter[str] = Counter()
    for kind, count in zip(events["kind"], events["count"], strict=True):
        counts[kind] += count
    total = counts["attack"] + counts["attack_intercepted"]
    text = f"{threat} attack {site}" + (f" {total} times" if total > 1 else "")
    facts = [f"{counts[kind]} {word}" for kind, word in _HARM.items() if counts[kind]]
    return text + (f" ({', '.join(facts)})." if facts else ".")


_HARM = {"attack_intercepted": "intercepted", "wounded": "wounded", "killed": "killed"}


def _ending(trial: Trial) -> str:
    measures = trial.measures
    lines = [
        f"{trial.run.scenario.horizon}  the horizon. {measures['attacks']:,.0f} attacks, "
        f"{measures['wounded']:,.0f} wounded, {measures['killed']:,.0f} killed."
    ]
    if pd.notna(measures["slip_days"]):
        lines.append(f"The last phase was done {_slip(measures['slip_days'])}.")
    elif trial.run.scenario.to_dict()["plan"].get("phases"):
        lines.append("The last phase was not done by then.")
    return "\n".join(lines) + "\n"


def _slip(days: float) -> str:
    if 0 <= days < 1:
        return "on the announced day"
    return f"{abs(days):,.1f} days {'before' if days < 0 else 'after'} the announced date"
