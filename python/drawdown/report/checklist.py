"""The checklist of a schedule risk analysis, and what a run by itself says to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .._internal.tables import Table, date, hundredths, percent, plain
from ..languages.catalogue import Written
from ..languages.figures import localised
from ..languages.speech import foreign, listed, parted, say
from ..runs.criterion import Criterion
from ..runs.run import Run
from ..scenario.assumptions import words
from .assumed import how_many
from .evidence import Answer, Section

# After the Schedule Assessment Guide of the U.S. Government Accountability Office (GAO-16-89G,
# 2015), best practice 8, "conducting a schedule risk analysis". What each asks stands in the
# messages, and what stands there if nothing answers it: why, and what would.
ITEMS = (
    *("date", "contingency", "delay_risks", "delay_paths", "three_values", "correlation"),
    *("ranked_risks", "register", "documented", "critical", "bias", "held", "repeated"),
)


def table(run: Run, sections: Iterable[Section]) -> Table:
    """The checklist: each item with its evidence, or why it is not done."""
    found: dict[str, list[Answer]] = {item: [] for item in ITEMS}
    for item, answer in [*own(run).items(), *_pairs(sections)]:
        found[item].append(answer)
    rows = []
    for item in ITEMS:
        answers = found[item]
        whole = any(answer.whole for answer in answers)
        status = "whole" if whole else "part" if answers else "none"
        texts = [answer.text for answer in answers]
        texts += [] if whole else [say(f"missing-{item}")]
        rows.append([say(f"asked-{item}"), say(f"answered-{status}"), parted(texts)])
    return Table(say("checklist-asked"), ["", say("checklist-evidence")], rows)


def _pairs(sections: Iterable[Section]) -> list[tuple[str, Answer]]:
    return [
        (item, answer if section.translated else answer._replace(text=foreign(answer.text)))
        for section in sections
        for item, answer in section.answers.items()
    ]


def own(run: Run) -> dict[str, Answer]:
    """What the run answers by itself."""
    origin, scenario = run.origin, run.scenario.to_dict()
    found = _dates(run) | _inputs(run, scenario) | _drivers(run)
    text = say(
        "answer-documented",
        hash=origin["scenario_hash"][:12],
        seed=str(origin["seed"]),
        version=origin["version"],
        rests=how_many(run.scenario).rstrip("."),
    )
    found["documented"] = Answer(text)
    room: Any = scenario["plan"]["breathing_room"]
    if room["pause_days"] or room["extension_days"]:
        rules = listed(scenario["plan"].get("rules", {})) or say("none")
        text = say(
            "answer-held",
            pause=plain(room["pause_days"]),
            extension=plain(room["extension_days"]),
            rules=rules,
        )
        found["held"] = Answer(text, whole=False)
    return found


def _dates(run: Run) -> dict[str, Answer]:
    dates: Any = run.finish_dates()
    if "phase" not in dates.index.unique("of"):
        return {}
    phases = dates.loc["phase"]
    # The end of the last phase, whichever that is, and then each by itself.
    together = dates.loc["overall"].rename({"": say("all-phases")})
    each = pd.concat([together, phases]) if len(phases) > 1 else phases
    met = [
        say(
            "answer-date",
            name=str(name),
            day=date(row["announced"]),
            chance=percent(row["chance_met"]),
            low=hundredths(row["chance_met_low"]),
            high=percent(row["chance_met_high"]),
        )
        for name, row in each.iterrows()
    ]
    late = phases.sort_values("mean_slip_days", ascending=False, na_position="first")
    slips = [say("answer-slip", name=str(name), slip=_slip(row)) for name, row in late.iterrows()]
    return {
        "date": Answer(parted(met)),
        "contingency": Answer(parted(_beyond(*pair) for pair in each.iterrows())),
        "delay_paths": Answer(say("answer-delay-paths", slips=listed(slips))),
    }


def _slip(row: pd.Series[Any]) -> str:
    """How late a phase is done where it is, and how often it is not."""
    if pd.isna(row["mean_slip_days"]):
        return say("slip-never")
    days = row["mean_slip_days"]
    late = say("slip-days", days=Written(localised(f"{days:+z.1f}"), days))
    if not row["unfinished"]:
        return late
    return say("slip-unfinished", late=late, share=percent(row["unfinished"]))


def _beyond(name: Any, row: pd.Series[Any]) -> str:
    """How much later than announced a phase is done for sure enough."""
    if pd.isna(row["p80"]):
        return say("beyond-never", name=str(name))
    days = (row["p80"] - row["announced"]).days
    late = Written(localised(f"{days:+d}"), days)
    return say("beyond-days", name=str(name), days=late, share=percent(0.8), day=date(row["p80"]))


def _inputs(run: Run, scenario: Mapping[str, Any]) -> dict[str, Answer]:
    found, plan, world = {}, scenario["plan"], scenario["world"]
    laws = [
        name
        for name, phase in plan.get("phases", {}).items()
        if isinstance(phase.get("duration_ratio"), Mapping)
    ]
    ranges = len(run.scenario._compiled.ranges())
    if ranges or laws:
        stated = say("answer-ranges", ranges=ranges) if ranges else say("answer-no-ranges")
        text = say("answer-laws", ranges=stated, laws=listed(laws) or say("none"))
        found["three_values"] = Answer(text, whole=bool(laws))
    if plan["duration_correlation"]:
        value = words(plan["duration_correlation"])
        found["correlation"] = Answer(say("answer-correlation", value=value))
    parts = {
        "risks": world.get("risks", {}),
        "threats": world.get("threats", {}),
        "calendar": world.get("calendar", {}),
        "gates": plan.get("gates", {}),
        "contingents": world.get("contingents", {}),
    }
    there = [say(f"register-{kind}", ids=listed(of)) for kind, of in parts.items() if of]
    if there:
        found["register"] = Answer(say("answer-register", listed=parted(there)))
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
            ranges = listed(f"{path} {localised(f'{value:+.2f}')}" for path, value in first.items())
            found[item] = Answer(say("answer-ranks", ranges=ranges), whole=False)
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
