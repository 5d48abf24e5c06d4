"""The sections of a page that the run itself gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from .._internal.tables import Table, percent, short
from ..plots.losses import idle_share, spent_share
from ..runs import tables
from ..runs.criterion import kept_date, kept_most
from ..runs.run import Run
from ..runs.spoken import speaks, spoken
from .assumed import beside
from .checklist import correlations, noise
from .evidence import Picture, Section
from .sections import of_levels

# Of the ranges, as many as go along with a result the most.
_DRIVERS = 6
# The longest name in a table of the page.
_LONGEST = 40
_DRIVEN = {
    "finish_days": "end of the last phase",
    "attacks": "attacks",
    "casualties": "casualties",
    "cost": "cost",
}


def sections(run: Run) -> Iterator[Section]:
    """In the order of the page."""
    about: Any = {"origin": run.origin_line, "scenario": run.scenario}
    yield _dates(run, about)
    yield _losses(run, about)
    if speaks(run, "pause_days"):
        yield _held(run, about)
    if run.keep == "trials":
        if speaks(run, "casualties") and "overall" in run.finish_dates().index.unique("of"):
            yield _joint(run, about)
        if not correlations(run).empty:
            yield _drivers(run, about)
        # Fewer do not tell the two levels apart.
        if run.samples and len(run.samples.values) > 2 and run.samples.each > 1:
            yield of_levels(run, run)


def _dates(run: Run, about: Any) -> Section:
    dates = run.finish_dates()
    text, short_text = "Nobody leaves under this plan: it has no phase.", ""
    leaves = "overall" in dates.index.unique("of")
    if leaves:
        last = overall(run)
        text = (
            f"The last phase is done by the announced {last['announced']:%-d %B %Y} in "
            f"{percent(last['chance_met'])} of histories (95 % interval: "
            f"{100 * last['chance_met_low']:.0f} to {percent(last['chance_met_high'])}); "
            f"{_sure(last, 'p80', percent(0.8))}, "
            f"{_sure(last, 'p90', percent(0.9))}."
        )
        if speaks(run, "expelled"):
            share = percent(float(run.summary()["mean"]["expelled"]))
            text += (
                f" In {share} of histories the host tells the troops to leave; a plan that its "
                "notice cuts short counts as done when that ends."
            )
        short_text = text
    people = Picture(
        run.plot.schedule,
        "People on each site: median, P10 to P90, and the announced timetable (dashed).",
        "Curves of people on each site over time against the announced timetable. "
        + ("The dates at which sites are empty stand in the table above." if leaves else text),
    )
    finish = Picture(
        run.plot.finish,
        "How surely each phase is done by a date; dots: the announced dates.",
        f"Cumulative curves of the finish of each phase. {text}",
    )
    return Section(
        key="dates",
        title="When is each site empty, and how surely?" if leaves else "Who is where?",
        text=[text],
        tables=[tables.dates(run, longest=_LONGEST)] if leaves else [],
        pictures=[people, finish] if leaves else [people],
        short=short_text,
        **about,
    )


def _losses(run: Run, about: Any) -> Section:
    """What there is to be lost or paid; nothing of it may be in the scenario."""
    attacked = speaks(run, "attacks")
    said = spoken(("attacks", "casualties", "killed", "cost"), run)
    parts = [_on_average(run, name) for name in said]
    text = f"Up to the horizon, {run.scenario.horizon:%-d %B %Y}: on average {', '.join(parts)}."
    if not parts:
        text = "Nobody attacks in this scenario, and it has no costs."
    worst = ""
    if attacked and run.trials >= 20:
        tail = run.tail("casualties", 0.05)
        worst = f"In the worst twentieth of histories casualties are {short(tail.mean)} on average."
    return Section(
        key="losses",
        title=_title(attacked, "cost" in said),
        text=[text, worst] if worst else [text],
        tables=[tables.summary(run, longest=_LONGEST)],
        pictures=[
            Picture(
                run.plot.attacks,
                "Attacks, wounded and killed so far: median, and P10 to P90.",
                f"Curves that rise over time. {text}",
            ),
            Picture(
                run.plot.exceedance,
                "How bad it can get: the chance of so many, or more; bands: 95 % intervals.",
                f"Falling curves of the chance of so many killed and wounded or more. {worst}",
            ),
        ]
        if attacked
        else [],
        short=text if parts else "",
        **about,
    )


def _on_average(run: Run, measure: str) -> str:
    row: Any = run.summary().loc[measure]
    spread = f"(P10 to P90: {short(row['p10'])} to {short(row['p90'])})"
    if measure == "cost":
        unit = row["unit"]
        return f"a cost of {short(row['mean'])} {'' if unit == 'cost' else f'{unit} '}{spread}"
    return f"{short(row['mean'])} {measure} {spread}"


def _title(attacked: bool, costs: bool) -> str:
    if attacked:
        return "What is lost on the way, and how bad can it get?"
    return "What does it cost?" if costs else "What comes of it?"


def _held(run: Run, about: Any) -> Section:
    table: Any = run.summary()
    days = table.at["pause_days", "mean"]
    text = (
        f"Movement is held in {percent(1 - idle_share(run))} of histories, for {short(days)} days "
        f"on average over all; the allowance runs out in {percent(spent_share(run))}."
    )
    return Section(
        key="held",
        title="How much breathing room is used?",
        text=[text],
        pictures=[
            Picture(
                run.plot.breathing_room,
                "For how long movement was held, and how often the breathing room was spent.",
                f"Bars of the days for which movement is held. {text}",
            )
        ],
        **about,
    )


def _joint(run: Run, about: Any) -> Section:
    last = overall(run)
    table: Any = run.summary()
    most = float(table.loc["casualties", "p80"])
    timely = kept_date(last["announced"].date()).holds(run)
    below = kept_most(most).holds(run)
    text = (
        f"The announced date of the last phase, {last['announced']:%-d %B %Y}, is kept in "
        f"{percent(timely.mean())} of histories, at most {most:,.0f} casualties (their P80) in "
        f"{percent(below.mean())}, and both together in {percent((timely & below).mean())}."
    )
    return Section(
        key="joint",
        title="The date and the losses together",
        text=[
            text,
            "A promise of both that is kept in 80\u00a0% of histories lies on the solid curve.",
        ],
        pictures=[
            Picture(
                lambda: run.plot.joint(last["announced"].date(), most),
                "A dot for each history; on a curve both a date and a ceiling are kept as surely.",
                f"Scatter of finish dates and casualties. {text}",
            )
        ],
        short=text,
        **about,
    )


def _drivers(run: Run, about: Any) -> Section:
    found = drivers(run)
    text = (
        "Rank correlations over all histories (Spearman). Those below about "
        f"{noise(run):.2f} in size are noise."
    )
    return Section(
        key="ranks",
        title="Which uncertain numbers go along with the results?",
        text=[text],
        tables=[found],
        sources=beside(run.scenario, {path: path for path, *_ in found.rows}),
        **about,
    )


def drivers(run: Run) -> Table:
    """The ranges that go along with something the most."""
    found = correlations(run)
    order = found.abs().max(axis=1).sort_values(ascending=False, kind="stable").index[:_DRIVERS]
    rows = [[str(path), *(f"{value:+z.2f}" for value in found.loc[path])] for path in order]
    return Table("Range", [_DRIVEN[str(measure)] for measure in found], rows)


def overall(run: Run) -> pd.Series[Any]:
    """The row of `Run.finish_dates` of the end of the last phase, whichever that is by trial."""
    dates: Any = run.finish_dates()
    row: pd.Series[Any] = dates.loc[("overall", "")]
    return row


def _sure(row: pd.Series[Any], quantile: str, share: str) -> str:
    if pd.isna(row[quantile]):
        return f"not in {share} before the horizon"
    return f"by {row[quantile]:%-d %B %Y} in {share}"
