"""What studies of what drives the answer bring to the page of a run."""

from __future__ import annotations

from typing import Any

from .._internal.tables import percent
from ..analysis.criticality import Criticality
from ..analysis.reentry import Reentry
from ..analysis.risk_register import RiskRegister
from ..analysis.rule_search import RuleSearch
from ..analysis.tornado import Tornado
from ..languages.speech import listed, parted, say
from ..runs.run import Run
from ..runs.wording import plain_heading
from .assumed import beside
from .evidence import Answer, Picture, Section

# Pieces that an answer names.
_NAMED = 3


def of_criticality(criticality: Criticality, run: Run) -> Section:
    """Which piece is to blame."""
    worst: Any = criticality.table().sort_values("late_index", ascending=False)
    blamed = [
        say(
            "critical-share",
            piece=say(f"part-{kind}", id=str(name)),
            share=percent(row["late_index"]),
        )
        for (kind, name), row in worst[worst["late"] > 0].head(_NAMED).iterrows()
    ]
    found = listed(blamed) or say("critical-nothing")
    answers: dict[str, Answer] = {}
    late: Any = {"late": criticality.late, "found": found}
    if criticality.late:
        answers["critical"] = Answer(say("critical-found", **late))
        answers["delay_risks"] = Answer(say("critical-found", **late), whole=False)
    return Section(
        key="criticality",
        title=criticality.title,
        origin=criticality.origin_line,
        scenario=criticality.scenario,
        text=[say("critical-how"), criticality.notes],
        tables=criticality._tables(),
        pictures=[
            Picture(
                criticality.plot,
                say("critical-caption"),
                say("critical-alt", found=found),
            )
        ],
        answers=answers,
        short=say("critical-short", **late) if criticality.late else "",
        translated=True,
    )


def of_register(register: RiskRegister, run: Run) -> Section:
    """What each risk does, before and after mitigation."""
    first = register.measures[0]
    top = register.table().loc[first]
    surely = [register.names[str(risk)] for risk in top.index[top["run_out_low"] > 0]]
    about = {"measure": plain_heading(first)}
    ranked = say("register-none", **about)
    if surely:
        ranked = say("register-ranked", risks=listed(surely), **about)
    answers = {"register": Answer(say("register-count", risks=len(register.risks)))}
    if surely:
        answers |= {"ranked_risks": Answer(ranked), "delay_risks": Answer(ranked)}
    if first != "finish_days":
        answers.pop("delay_risks", None)
    return Section(
        key="register",
        title=register.title,
        origin=register.origin_line,
        scenario=register.scenario,
        text=[say("register-how", notes=register.notes)],
        tables=register._tables(),
        pictures=[
            Picture(
                register.plot,
                say("register-caption"),
                say("register-alt", ranked=ranked),
            )
        ],
        answers=answers,
        translated=True,
    )


def of_tornado(tornado: Tornado, run: Run) -> Section:
    """What each uncertain number moves."""
    surely = {measure: tornado.surely(measure) for measure in tornado.measures}
    first = [
        say(
            "tornado-moves",
            measure=plain_heading(measure),
            name=tornado.names[str(table.index[0])],
        )
        for measure, table in surely.items()
        if len(table)
    ]
    found = say("tornado-most", found=parted(first)) if first else say("tornado-none")
    return Section(
        key="tornado",
        title=tornado.title,
        origin=tornado.origin_line,
        scenario=tornado.scenario,
        text=[f"{say('tornado-how')} {say('found-sentence', found=tornado.notes)}"],
        tables=tornado._tables(),
        sources=beside(tornado.scenario, tornado.names),
        pictures=[
            Picture(
                tornado.plot,
                say("tornado-caption"),
                say("tornado-alt", found=found),
            )
        ],
        answers={"ranked_risks": Answer(found, whole=False)} if first else {},
        translated=True,
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
            say("search-how"),
            *search._in_words(),
        ],
        tables=[search._table()],
        pictures=[
            Picture(
                search.plot,
                say("search-caption"),
                say("search-alt", verdict=search.verdict),
            )
        ],
        short=search.verdict,
        translated=True,
    )


def of_reentry(reentry: Reentry, run: Run) -> Section:
    """How surely people go back in."""
    table = reentry.table()
    chances = listed(
        say("reentry-chance", case=reentry.called(str(name)), chance=percent(row["chance"]))
        for name, row in table.iterrows()
    )
    found = say("reentry-found", chances=chances)
    return Section(
        key="reentry",
        title=reentry.title,
        origin=reentry.origin_line,
        scenario=reentry.scenario,
        text=[say("reentry-how", notes=reentry.notes)],
        tables=reentry._tables(),
        pictures=[
            Picture(
                reentry.plot,
                say("reentry-caption"),
                say("reentry-alt", found=found),
            )
        ],
        short=say("reentry-short", chances=chances),
        translated=True,
    )
