"""What studies of what drives the answer bring to the page of a run."""

from __future__ import annotations

from typing import Any

from .._internal.tables import percent
from ..analysis.criticality import Criticality
from ..analysis.reentry import Reentry
from ..analysis.risk_register import RiskRegister
from ..analysis.rule_search import RuleSearch
from ..analysis.tornado import Tornado
from ..runs.run import Run
from .assumed import beside
from .evidence import Answer, Picture, Section

# Pieces that an answer names.
_NAMED = 3


def of_criticality(criticality: Criticality, run: Run) -> Section:
    """Which piece is to blame."""
    worst: Any = criticality.table().sort_values("late_index", ascending=False)
    blamed = [
        f"{kind} {name} {percent(row['late_index'])}"
        for (kind, name), row in worst[worst["late"] > 0].head(_NAMED).iterrows()
    ]
    found = ", ".join(blamed) or "nothing by itself"
    late = f"of {criticality.late:,} late histories"
    answers = {}
    if criticality.late:
        answers["critical"] = Answer(f"to blame, {late}: {found}")
        answers["delay_risks"] = Answer(f"to blame, {late}: {found}", whole=False)
    return Section(
        key="criticality",
        title=criticality.title,
        origin=criticality.origin_line,
        scenario=criticality.scenario,
        text=[
            "Each history once more without one piece, under common random numbers: a piece is to "
            "blame for a late history that is not late without it. Several may be, or none.",
            criticality.notes,
        ],
        tables=criticality._tables(),
        pictures=[
            Picture(
                criticality.plot,
                "How often each piece is to blame, with 95 % intervals.",
                f"Bars of the share of late histories that each piece is to blame for: {found}.",
            )
        ],
        answers=answers,
        short=f"To blame for being late, {late}: {found}." if criticality.late else "",
    )


def of_register(register: RiskRegister, run: Run) -> Section:
    """What each risk does, before and after mitigation."""
    first = register.measures[0]
    top = register.table().loc[first]
    surely = [register.names[str(risk)] for risk in top.index[top["run_out_low"] > 0]]
    ranked = f"risks by what they do to {first.replace('_', ' ')}: {', '.join(surely)}"
    if not surely:
        ranked = f"no risk surely adds to {first.replace('_', ' ')}"
    count = f"{len(register.risks)} risks, each with its probability and effects"
    answers = {"register": Answer(count)}
    if surely:
        answers |= {"ranked_risks": Answer(ranked), "delay_risks": Answer(ranked)}
    if first != "finish_days":
        answers.pop("delay_risks", None)
    return Section(
        key="register",
        title=register.title,
        origin=register.origin_line,
        scenario=register.scenario,
        text=[
            "Each risk taken out, and each by itself, under common random numbers. "
            + register.notes
            + "."
        ],
        tables=register._tables(),
        pictures=[
            Picture(
                register.plot,
                "What each risk does beside the others and alone, with 95 % intervals.",
                f"Bars of what each risk adds, the longest on top; {ranked}.",
            )
        ],
        answers=answers,
    )


def of_tornado(tornado: Tornado, run: Run) -> Section:
    """What each uncertain number moves."""
    surely = {measure: tornado.surely(measure) for measure in tornado.measures}
    first = [
        f"{measure.replace('_', ' ')}: {tornado.names[str(table.index[0])]}"
        for measure, table in surely.items()
        if len(table)
    ]
    found = f"the number that moves the most by itself: {'; '.join(first)}"
    if not first:
        found = "no number by itself surely moves anything"
    return Section(
        key="tornado",
        title=tornado.title,
        origin=tornado.origin_line,
        scenario=tornado.scenario,
        text=[
            "Each range held at a low and at a high value, all others sampled as usual, under "
            "common random numbers. " + tornado.notes + "."
        ],
        tables=tornado._tables(),
        sources=beside(tornado.scenario, tornado.names),
        pictures=[
            Picture(
                tornado.plot,
                "Changes at the low and at the high value of each range, with 95 % intervals.",
                f"Bars of changes to as written, the longest on top; {found}.",
            )
        ],
        answers={"ranked_risks": Answer(found, whole=False)} if first else {},
    )


def of_search(search: RuleSearch, run: Run) -> Section:
    """Whether there is a better rule."""
    return Section(
        key="rules",
        title=search.title,
        origin=search.origin_line,
        scenario=search.scenario,
        text=[
            search.verdict,
            "Rules are judged here on trials that the search has not seen, since the best of many "
            "is partly lucky. Differences are to the rule as written, with 95 % intervals for one "
            "rule at a time; regret is against the best of these rules for each history.",
            *(f"{name}: {text}" for name, text in search.rules.items()),
        ],
        tables=[search._table()],
        pictures=[
            Picture(
                search.plot,
                "What each rule does, against the rule as written.",
                f"Intervals of the differences to the rule as written. {search.verdict}",
            )
        ],
        short=search.verdict,
    )


def of_reentry(reentry: Reentry, run: Run) -> Section:
    """How surely people go back in."""
    table = reentry.table()
    chances = [f"{name} {percent(row['chance'])}" for name, row in table.iterrows()]
    found = f"chance of going back in before the horizon: {', '.join(chances)}"
    return Section(
        key="reentry",
        title=reentry.title,
        origin=reentry.origin_line,
        scenario=reentry.scenario,
        text=[
            "The same histories with something left behind, or with another host; it rests on the "
            "one case on record. " + reentry.notes
        ],
        tables=reentry._tables(),
        pictures=[
            Picture(
                reentry.plot,
                "Share of histories in which people have gone back in, over time.",
                f"Rising curves, one for each case; {found}.",
            )
        ],
        short=found[:1].upper() + found[1:] + ".",
    )
