"""What drivers, failing worlds and conclusions bring to the page of a run."""

from __future__ import annotations

from functools import partial

from ..analysis.conclusions import Conclusions
from ..analysis.discovery import Discovery
from ..analysis.drivers import Drivers
from ..runs.run import Run
from .evidence import Answer, Picture, Section

# Of the drivers, as many as a table of the page and a sentence have room for.
_SHOWN, _SAID = 6, 2


def of_drivers(drivers: Drivers, run: Run) -> Section:
    """The strongest drivers of each measure."""
    found = {str(measure): _strongest(drivers, str(measure)) for measure in drivers.about.index}
    said = "; ".join(f"{measure}: {names}" for measure, names in found.items())
    answers = {}
    if "finish_days" in found:
        text = f"uncertain numbers that drive the expected finish most: {found['finish_days']}"
        answers["delay_risks"] = Answer(text, whole=False)
    shown = [table._replace(rows=table.rows[:_SHOWN]) for table in drivers._tables()]
    return Section(
        key="drivers",
        title=drivers.title,
        origin=drivers.origin_line,
        scenario=drivers.scenario,
        text=[drivers.notes.replace("\n", " ")],
        tables=shown,
        pictures=[
            Picture(
                drivers.plot,
                "Shares of the variance that each accounts for, with 95 % intervals.",
                f"Bars of the strongest drivers. {said}.",
            )
        ],
        answers=answers,
        short=f"What is expected is driven most by, {said}.",
    )


def of_discovery(discovery: Discovery, run: Run) -> Section:
    """The worlds in which the plan fails."""
    pictures = [
        Picture(
            partial(discovery.plot, box=box),
            f"What boxes hold, and the limits of box {box}.",
            f"The plan fails where {discovery.where(box)}.",
        )
        for box in range(1, len(discovery.found) + 1)
    ]
    return Section(
        key="discovery",
        title=discovery.title,
        origin=discovery.origin_line,
        scenario=discovery.scenario,
        text=discovery.words.split("\n"),
        tables=discovery._limits(),
        pictures=pictures,
    )


def of_conclusions(conclusions: Conclusions, run: Run) -> Section:
    """What survives all that is not known."""
    table = conclusions.table()
    survive = [str(name) for name in table.index[table["verdict"] == "survives"]]
    count = f"{len(survive)} of {len(table)} conclusions hold in every world"
    return Section(
        key="conclusions",
        title=conclusions.title,
        origin=conclusions.origin_line,
        scenario=conclusions.scenario,
        text=[conclusions.notes.replace("\n", " ")],
        tables=conclusions._tables(),
        short=f"{count}: {'; '.join(survive)}." if survive else "",
    )


def _strongest(drivers: Drivers, measure: str) -> str:
    return ", ".join(drivers.names[str(name)] for name in drivers.table(measure).index[:_SAID])
