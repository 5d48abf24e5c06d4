"""The sections of a page that the run itself gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from .._internal.tables import Table, hundredths, percent, short
from ..languages.catalogue import Written
from ..languages.figures import in_full, localised
from ..languages.speech import listed, say
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


def sections(run: Run) -> Iterator[Section]:
    """In the order of the page."""
    about: Any = {"origin": run.origin_line, "scenario": run.scenario, "translated": True}
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
    text, short_text = say("dates-nobody"), ""
    leaves = "overall" in dates.index.unique("of")
    if leaves:
        last = overall(run)
        text = say(
            "dates-last",
            day=in_full(last["announced"]),
            chance=percent(last["chance_met"]),
            low=hundredths(last["chance_met_low"]),
            high=percent(last["chance_met_high"]),
            sure=_sure(last, "p80", percent(0.8)),
            surer=_sure(last, "p90", percent(0.9)),
        )
        if speaks(run, "expelled"):
            share = percent(float(run.summary()["mean"]["expelled"]))
            text = f"{text} {say('dates-expelled', share=share)}"
        short_text = text
    people = Picture(
        run.plot.schedule,
        say("schedule-caption"),
        f"{say('schedule-alt')} {say('schedule-alt-table') if leaves else text}",
    )
    finish = Picture(run.plot.finish, say("finish-caption"), f"{say('finish-alt')} {text}")
    return Section(
        key="dates",
        title=say("dates-title") if leaves else say("dates-title-nobody"),
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
    text = say("losses-none")
    if parts:
        text = say("losses-mean", horizon=in_full(run.scenario.horizon), measures=listed(parts))
    worst = ""
    if attacked and run.trials >= 20:
        worst = say("losses-worst", mean=short(run.tail("casualties", 0.05).mean))
    return Section(
        key="losses",
        title=_title(attacked, "cost" in said),
        text=[text, worst] if worst else [text],
        tables=[
            tables.summary(run, longest=_LONGEST),
            *([tables.reached(run)] if run.origin.get("levels") else []),
        ],
        pictures=[
            Picture(run.plot.attacks, say("attacks-caption"), f"{say('attacks-alt')} {text}"),
            Picture(
                run.plot.exceedance, say("exceedance-caption"), f"{say('exceedance-alt')} {worst}"
            ),
        ]
        if attacked
        else [],
        short=text if parts else "",
        **about,
    )


def _on_average(run: Run, measure: str) -> str:
    row: Any = run.summary().loc[measure]
    about: Any = {name: short(row[name]) for name in ("mean", "p10", "p90")}
    if measure == "cost" and row["unit"] != "cost":
        return say("losses-cost-in", unit=row["unit"], **about)
    return say(f"losses-{measure}", **about)


def _title(attacked: bool, costs: bool) -> str:
    if attacked:
        return say("losses-title")
    return say("losses-title-costs") if costs else say("losses-title-none")


def _held(run: Run, about: Any) -> Section:
    table: Any = run.summary()
    text = say(
        "held-share",
        share=percent(1 - idle_share(run)),
        days=short(table.at["pause_days", "mean"]),
        spent=percent(spent_share(run)),
    )
    return Section(
        key="held",
        title=say("held-title"),
        text=[text],
        pictures=[
            Picture(run.plot.breathing_room, say("held-caption"), f"{say('held-alt')} {text}")
        ],
        **about,
    )


def _joint(run: Run, about: Any) -> Section:
    last = overall(run)
    table: Any = run.summary()
    most = float(table.loc["casualties", "p80"])
    timely = kept_date(last["announced"].date()).holds(run)
    below = kept_most(most).holds(run)
    text = say(
        "joint-kept",
        day=in_full(last["announced"]),
        timely=percent(timely.mean()),
        most=Written(localised(f"{most:,.0f}"), most),
        below=percent(below.mean()),
        both=percent((timely & below).mean()),
    )
    return Section(
        key="joint",
        title=say("joint-title"),
        text=[text, say("joint-promise", share=percent(0.8))],
        pictures=[
            Picture(
                lambda: run.plot.joint(last["announced"].date(), most),
                say("joint-caption"),
                f"{say('joint-alt')} {text}",
            )
        ],
        short=text,
        **about,
    )


def _drivers(run: Run, about: Any) -> Section:
    found = drivers(run)
    text = say("ranks-how", noise=localised(f"{noise(run):.2f}"))
    return Section(
        key="ranks",
        title=say("ranks-title"),
        text=[text],
        tables=[found],
        sources=beside(run.scenario, {path: path for path, *_ in found.rows}),
        **about,
    )


def drivers(run: Run) -> Table:
    """The ranges that go along with something the most."""
    found = correlations(run)
    order = found.abs().max(axis=1).sort_values(ascending=False, kind="stable").index[:_DRIVERS]
    rows = [
        [str(path), *(localised(f"{value:+z.2f}") for value in found.loc[path])] for path in order
    ]
    return Table(say("assumed-range"), [say(f"driven-{measure}") for measure in found], rows)


def overall(run: Run) -> pd.Series[Any]:
    """The row of `Run.finish_dates` of the end of the last phase, whichever that is by trial."""
    dates: Any = run.finish_dates()
    row: pd.Series[Any] = dates.loc[("overall", "")]
    return row


def _sure(row: pd.Series[Any], quantile: str, share: str) -> str:
    if pd.isna(row[quantile]):
        return say("sure-never", share=share)
    return say("sure-by", day=in_full(row[quantile]), share=share)
