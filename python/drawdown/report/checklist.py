"""The checklist of a schedule risk analysis, and what a run by itself says to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .._internal.tables import Table, percent
from ..runs.criterion import Criterion
from ..runs.run import Run
from ..scenario.assumptions import words
from .assumed import how_many
from .evidence import Answer, Section


class Item(NamedTuple):
    """An item of the checklist.

    Attributes
    ----------
    asked : str
        What it asks.
    missing : str
        What stands there if nothing answers it: why, and what would.
    """

    asked: str
    missing: str


# After the Schedule Assessment Guide of the U.S. Government Accountability Office (GAO-16-89G,
# 2015), best practice 8, "conducting a schedule risk analysis".
ITEMS: Mapping[str, Item] = {
    "date": Item("How likely the date is met", "the plan announces no date"),
    "contingency": Item(
        "Time needed beyond the date for a chosen certainty",
        "the plan announces no date",
    ),
    "delay_risks": Item(
        "Risks most likely to delay",
        "`dd.explain` says what each mechanism does to the finish: hand it in with `also`",
    ),
    "delay_paths": Item("Phases most likely to delay", "the plan has no phase"),
    "three_values": Item(
        "Optimistic, likely and pessimistic values on record",
        "the scenario has neither ranges nor laws for its durations: write ranges",
    ),
    "correlation": Item(
        "Correlation of durations modelled",
        "durations of phases are independent here: `plan.duration_correlation` sets it",
    ),
    "ranked_risks": Item(
        "Risks ranked by chance and size",
        "`dd.explain` ranks mechanisms by what they do: hand it in with `also`",
    ),
    "register": Item(
        "Risk register used as input",
        "the scenario has no threats, dated events, gates or contingents that may leave",
    ),
    "documented": Item("Data and method documented", "always is"),
    "critical": Item(
        "Activities most often critical",
        "this run does not say which phase decided the end of each history: `dd.criticality` does, "
        "hand it in with `also`",
    ),
    "bias": Item(
        "Inputs checked for bias",
        "no run can tell whether its ranges lean to one side: others than their authors must look; "
        "past cases in the documentation are held against the record",
    ),
    "held": Item(
        "Contingency derived from the analysis, and held by the manager",
        "the allowance of the plan was not derived: `dd.minimum_allowance` does, hand it in with "
        "`also`; who holds it is not for a simulation to say",
    ),
    "repeated": Item(
        "Analysis repeated as the plan changes",
        "this is one run: simulate the changed plan under the same seed and hand in `dd.compare`",
    ),
}


def table(run: Run, sections: Iterable[Section]) -> Table:
    """The checklist: each item with its evidence, or why it is not done."""
    found: dict[str, list[Answer]] = {item: [] for item in ITEMS}
    for item, answer in [*own(run).items(), *_pairs(sections)]:
        found[item].append(answer)
    rows = []
    for item, (asked, missing) in ITEMS.items():
        answers = found[item]
        whole = any(answer.whole for answer in answers)
        status = "answered" if whole else "in part" if answers else "not done"
        texts = [answer.text for answer in answers] + ([] if whole else [missing])
        rows.append([asked, status, "; ".join(texts)])
    return Table("Asked", ["", "Evidence, or why not"], rows)


def _pairs(sections: Iterable[Section]) -> list[tuple[str, Answer]]:
    return [pair for section in sections for pair in section.answers.items()]


def own(run: Run) -> dict[str, Answer]:
    """What the run answers by itself."""
    origin, scenario = run.origin, run.scenario.to_dict()
    found = _dates(run) | _inputs(run, scenario) | _drivers(run)
    text = (
        f"scenario {origin['scenario_hash'][:12]}, seed {origin['seed']} and version "
        f"{origin['version']} give these numbers again; what each number rests on stands above: "
        f"{how_many(run.scenario).rstrip('.')}"
    )
    found["documented"] = Answer(text)
    room = scenario["plan"]["breathing_room"]
    if room["pause_days"] or room["extension_days"]:
        allowed = f"{room['pause_days']:g} days inside the dates, {room['extension_days']:g} beyond"
        rules = ", ".join(scenario["plan"].get("rules", {})) or "none"
        found["held"] = Answer(
            f"the plan allows {allowed}; rules that use it: {rules}", whole=False
        )
    return found


def _dates(run: Run) -> dict[str, Answer]:
    dates: Any = run.finish_dates()
    if "phase" not in dates.index.unique("of"):
        return {}
    phases = dates.loc["phase"]
    # The end of the last phase, whichever that is, and then each by itself.
    together = dates.loc["overall"].rename({"": "all phases"})
    each = pd.concat([together, phases]) if len(phases) > 1 else phases
    met = [
        f"{name} by {row['announced']:%Y-%m-%d}: {percent(row['chance_met'])} "
        f"(95 % interval: {100 * row['chance_met_low']:.0f} to {percent(row['chance_met_high'])})"
        for name, row in each.iterrows()
    ]
    late = phases.sort_values("mean_slip_days", ascending=False, na_position="first")
    slips = [f"{name} {_slip(row)}" for name, row in late.iterrows()]
    return {
        "date": Answer("; ".join(met)),
        "contingency": Answer("; ".join(_beyond(*pair) for pair in each.iterrows())),
        "delay_paths": Answer(
            f"mean slip of each phase, its own delays and those that it waits "
            f"for: {', '.join(slips)}"
        ),
    }


def _slip(row: pd.Series[Any]) -> str:
    """How late a phase is done where it is, and how often it is not."""
    if pd.isna(row["mean_slip_days"]):
        return "never done before the horizon"
    never = f" (not done in {percent(row['unfinished'])})" if row["unfinished"] else ""
    return f"{row['mean_slip_days']:+z.1f} days{never}"


def _beyond(name: Any, row: pd.Series[Any]) -> str:
    """How much later than announced a phase is done for sure enough."""
    if pd.isna(row["p80"]):
        return f"{name}: not done in 80 % of histories before the horizon"
    days = (row["p80"] - row["announced"]).days
    return f"{name}: {days:+d} days for {percent(0.8)} of histories ({row['p80']:%Y-%m-%d})"


def _inputs(run: Run, scenario: Mapping[str, Any]) -> dict[str, Answer]:
    found, plan, world = {}, scenario["plan"], scenario["world"]
    laws = [
        name
        for name, phase in plan.get("phases", {}).items()
        if isinstance(phase.get("duration_ratio"), Mapping)
    ]
    ranges = len(run.scenario._compiled.ranges())
    if ranges or laws:
        listed = f"{ranges} ranges, listed above" if ranges else "no ranges"
        text = f"{listed}; durations as laws: {', '.join(laws) or 'none'}"
        found["three_values"] = Answer(text, whole=bool(laws))
    if plan["duration_correlation"]:
        value = words(plan["duration_correlation"])
        text = f"one common factor of all phases, correlation {value}"
        found["correlation"] = Answer(text)
    parts = {
        "risks": world.get("risks", {}),
        "threats": world.get("threats", {}),
        "dated events": world.get("calendar", {}),
        "gates": plan.get("gates", {}),
        "contingents that may leave": world.get("contingents", {}),
    }
    listed = "; ".join(f"{what}: {', '.join(of)}" for what, of in parts.items() if of)
    if listed:
        found["register"] = Answer(
            f"the scenario is the register, with a rate or chance and a size of each: {listed}"
        )
    return found


def _drivers(run: Run) -> dict[str, Answer]:
    """Which ranges go along with dates and losses."""
    found = {}
    ranks = correlations(run)
    for item, measure in (("delay_risks", "finish_days"), ("ranked_risks", "casualties")):
        if measure in ranks:
            beyond = ranks[measure][ranks[measure].abs() > noise(run)]
            first = beyond.sort_values(key=abs, ascending=False)[:3]
            if first.empty:
                continue
            listed = ", ".join(f"{path} {value:+.2f}" for path, value in first.items())
            found[item] = Answer(
                f"ranges whose rank goes along with it the most: {listed}", whole=False
            )
    return found


def noise(run: Run) -> float:
    """Up to what size a rank correlation of a range is noise: two standard errors.

    Histories that share a parameter sample are as one, at worst.
    """
    return 2 / math.sqrt(max(run.trials // run._each, 1))


def correlations(run: Run) -> pd.DataFrame:
    """Rank correlations (Spearman) of ranges (rows) with what they may drive (columns).

    A finish that the horizon forestalls counts as later than any. What does not vary has no column,
    and a run of which only a summary was kept no ranges.
    """
    if run.keep != "trials" or run.inputs.columns.empty:
        return pd.DataFrame()
    ranks, found = run.inputs.rank(), {}
    ranks = ranks.loc[:, ranks.nunique() > 1]
    for measure in ("finish_days", "attacks", "casualties", "cost"):
        values = Criterion(measure).ordered(run)
        if np.unique(values).size > 1:
            found[measure] = ranks.corrwith(pd.Series(values, ranks.index).rank())
    return pd.DataFrame(found)
