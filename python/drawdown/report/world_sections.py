"""What drivers, failing worlds and conclusions bring to the page of a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from .._internal.tables import number
from ..analysis.conclusions import Conclusions
from ..analysis.discovery import Discovery
from ..analysis.drivers import Drivers
from ..languages.figures import localised
from ..languages.speech import listed, parted, say
from ..runs.criterion import Criterion
from ..runs.run import Run
from .assumed import beside
from .evidence import Answer, Picture, Section

# Of the drivers, as many as a table of the page and a sentence have room for.
_SHOWN, _SAID = 6, 2


def of_drivers(drivers: Drivers, run: Run) -> Section:
    """The strongest drivers of each measure."""
    found = {str(measure): _strongest(drivers, str(measure)) for measure in drivers.about.index}
    said = _said(found)
    answers = {}
    for item, measure in (("delay_risks", "finish_days"), ("ranked_risks", "casualties")):
        if found.get(measure):
            text = say("drivers-answer", measure=_words(measure), names=found[measure])
            answers[item] = Answer(text, whole=False)
    # A line for each measure, and how to read the tables.
    lines = drivers.notes.splitlines()
    each, rest = lines[: len(found)], lines[len(found) :]
    shown = [table._replace(rows=table.rows[:_SHOWN]) for table in drivers._tables()]
    measures = drivers.about.index
    strongest = [str(name) for one in measures for name in drivers.table(one).index[:_SHOWN]]
    return Section(
        key="drivers",
        title=drivers.title,
        origin=drivers.origin_line,
        scenario=drivers.scenario,
        text=[*each, " ".join(rest)],
        tables=shown,
        sources=beside(drivers.scenario, _paths(drivers, strongest)),
        pictures=[
            Picture(
                drivers.plot,
                say("drivers-caption"),
                say("drivers-alt", said=said),
            )
        ]
        if drivers.table()["first"].notna().any()
        else [],
        answers=answers,
        short=said,
        translated=True,
    )


def of_discovery(discovery: Discovery, run: Run) -> Section:
    """The worlds in which the plan fails."""
    limited = [str(name) for _, name in discovery.table().index]
    pictures = [
        Picture(
            partial(discovery.plot, box=box),
            say("failing-caption", box=str(box)),
            say("failing-alt", where=discovery.where(box)),
        )
        for box in discovery.confirmed
    ]
    return Section(
        key="discovery",
        title=discovery.title,
        origin=discovery.origin_line,
        scenario=discovery.scenario,
        text=[*discovery.words.split("\n"), *([discovery.notes] if discovery.notes else [])],
        tables=discovery._limits(),
        sources=beside(discovery.scenario, {name: discovery.names[name] for name in limited}),
        pictures=pictures,
        translated=True,
    )


def of_conclusions(conclusions: Conclusions, run: Run) -> Section:
    """What survives all that is not known."""
    table = conclusions.table()
    survive = [str(name) for name in table.index[table["verdict"] == "survives"]]
    about = {"survive": str(len(survive)), "all": str(len(table)), "which": parted(survive)}
    return Section(
        key="conclusions",
        title=conclusions.title,
        origin=conclusions.origin_line,
        scenario=conclusions.scenario,
        text=[conclusions.notes.replace("\n", " ")],
        tables=conclusions._tables(),
        short=say("concluded-short", **about) if survive else "",
        translated=True,
    )


def _paths(drivers: Drivers, names: Iterable[str]) -> dict[str, str]:
    """The paths of some drivers, and what they are called; of a group, each path by itself."""
    called = drivers.names
    return {
        path: called[name]
        if drivers.drivers[name] == [path]
        else say("drivers-group", group=called[name], path=path)
        for name in names
        for path in drivers.drivers[name]
    }


def _strongest(drivers: Drivers, measure: str) -> str:
    """The drivers whose index is surely above 0, the strongest first; empty if there are none."""
    return listed(
        f"{drivers.names[str(name)]} ({localised(f'{row[drivers.kind]:.2f}')})"
        for name, row in drivers.surely(measure).head(_SAID).iterrows()
    )


def _said(found: Mapping[str, str]) -> str:
    """What drives each measure, and of which that cannot be told."""
    known = [
        say("drivers-by", measure=_words(measure), names=names)
        for measure, names in found.items()
        if names
    ]
    untold = [_words(measure) for measure, names in found.items() if not names]
    sentences = [say("drivers-known", found=parted(known))] if known else []
    if untold:
        sentences.append(say("drivers-unknown", measures=say("list-or").join(untold)))
    return " ".join(sentences)


def _words(measure: str) -> str:
    return Criterion.parse(measure).words(number)
