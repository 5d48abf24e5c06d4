"""What results bring to the page of a run; `evidence.Section` says what that is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from .._internal.tables import Table, date, percent, plain, short
from ..analysis.comparison import STAY, Comparison, plan_name
from ..analysis.explanation import Explanation, called
from ..analysis.minimum_allowance import MinimumAllowance
from ..analysis.pause_tradeoff import PauseTradeoff
from ..analysis.risk_over_time import ALL, RiskOverTime
from ..analysis.sweep import Sweep
from ..languages.figures import localised, month
from ..languages.speech import listed, parted, say
from ..runs.base import units
from ..runs.quantities import MAIN
from ..runs.result import Result
from ..runs.run import Run
from ..runs.spoken import spoken
from .evidence import Answer, Picture, Section

# Measures that have names of their own here, and not the ones of the library.
_NAMED = ("finish_days", "slip_days", "pause_days", "insurgent_strength")
# Of a comparison: what is drawn where a plan has it, and what is said.
_DRAWN = ("attacks", "casualties", "killed", "cost")
_SAID = ("casualties", "cost")


def of_comparison(comparison: Comparison, run: Run) -> Section:
    """Differences from staying, or else from the comparison's own baseline."""
    base = STAY if STAY in comparison.runs else comparison.baseline
    against = Comparison(comparison.runs, base)
    others = [plan for plan in against.runs if plan != base]
    there = spoken((*MAIN, "insurgent_strength"), *against.runs.values())
    staying = "yes" if base == STAY else "no"
    about: Any = {"base": plan_name(base), "staying": staying}
    how, tables = [say("compared-how", **about)], [_differences(against, there)]
    leaving = [name for name in against.runs if name != STAY]
    if base == STAY and len(leaving) > 1:
        # Two that look alike beside staying may well differ, and one is done before the other.
        own = comparison.baseline if comparison.baseline != STAY else leaving[0]
        plans = {name: comparison.runs[name] for name in (own, *leaving)}
        tables.append(_differences(Comparison(plans, own), there))
        how.append(say("compared-beside", base=plan_name(own)))
    mine = next((name for name in others if against.runs[name].scenario == run.scenario), others[0])
    parts = [_differ(against, measure, mine) for measure in _SAID if measure in there]
    found = ""
    if parts:
        found = say(
            "compared-found", plan=plan_name(mine), parts=say("list-and").join(parts), **about
        )
    drawn = [
        name for name in (*_DRAWN, *([] if base == STAY else ["finish_days"])) if name in there
    ]
    answers = {}
    if len(leaving) > 1:
        answers["repeated"] = Answer(say("answer-compared", plans=listed(leaving)), whole=False)
    return Section(
        key="stay" if base == STAY and against.runs[mine].scenario == run.scenario else "compared",
        title=say("compared-title-stay") if base == STAY else comparison.title,
        origin=comparison.origin_line,
        scenario=against.runs[mine].scenario,
        text=how,
        tables=[table for table in tables if table.rows],
        pictures=[
            Picture(
                partial(against.plot, drawn),
                say("compared-caption", base=plan_name(base)),
                say("compared-alt", base=plan_name(base), found=found),
            )
        ]
        if drawn
        else [],
        answers=answers,
        short=found + "." if found else "",
        translated=True,
    )


def _differences(against: Comparison, there: list[str]) -> Table:
    """How each plan differs from the baseline."""
    base = against.baseline
    others = [plan for plan in against.runs if plan != base]
    table: Any = against.table()
    rows: list[list[str]] = []
    for measure in there:
        if not table.loc[measure, "pairs"].drop(base).any():
            continue  # staying has no finish to compare with
        cells = [short(table.loc[(measure, base), "mean"])]
        cells += [interval(table.loc[(measure, plan)], "difference") for plan in others]
        rows.append([_name(measure, units(against.runs[base])), *cells])
    header = [
        say("compared-mean", plan=plan_name(base)),
        *(say("compared-difference", plan=plan_name(plan)) for plan in others),
    ]
    return Table(say("compared-until"), header, rows)


def _differ(against: Comparison, measure: str, plan: str) -> str:
    """What differs, in words."""
    row: Any = against.table().loc[(measure, plan)]
    unit = units(against.runs[plan])[measure]
    return say(f"differ-{measure}", unit=unit, **change(row))


def of_price(price: PauseTradeoff, run: Run) -> Section:
    """Delay, what it saves, and the one for the other."""
    rows, found = [], []
    table: Any = price.table()
    money = price.measure == "cost"
    paid = "cost" if money else "delay"
    for (curve, days, saved), row in table.iterrows():
        if days == _first(price, curve):
            continue
        name = say(f"price-row-{curve}", days=plain(days), saved=say(f"saved-{saved}"))
        rows.append([name, interval(row, paid), interval(row, "avoided"), _priced(row)])
        if days == _last(price, curve) and saved == price.saved[0]:
            found.append(_bought(price, curve, days, row))
    header = [say("price-delay"), say("price-avoided"), say("price-each")]
    if money:
        each = say("price-each-in", unit=price.unit)
        header = [say("price-more-cost", unit=price.unit), say("price-avoided"), each]
    both = say("list-and").join(say(f"saved-{saved}") for saved in price.saved)
    about: Any = {"title": price.title, "origin": price.origin_line, "scenario": price.scenario}
    about |= {"key": "price_in_money" if money else "price", "translated": True}
    if table["verdict"].eq("same").all():
        return Section(text=[say("price-no-difference")], **about)
    if not money and table["delay"].isna().all():
        return Section(text=[say("price-no-finish")], **about)
    in_units = "both" if len(price.saved) > 1 else str(price.saved[0])
    return Section(
        **about,
        text=[say("price-how", units=in_units)],
        tables=[Table(say("price-allowance"), header, rows)],
        pictures=[
            Picture(
                price.plot,
                say("price-caption-money" if money else "price-caption", saved=both),
                say("price-alt", found=parted(found)),
            )
        ],
        answers={"contingency": Answer(parted(found), whole=False)} if found and not money else {},
        short=parted(found) + "." if found else "",
    )


def _bought(price: PauseTradeoff, curve: str, days: float, row: Any) -> str:
    """What the whole allowance of a curve costs, and what it saves."""
    allowed = say(f"price-allowed-{curve}", days=plain(days))
    if price.measure == "cost":
        # What is saved is the same, whatever it is paid in.
        return say("price-paid", allowed=allowed, unit=price.unit, **change(row, "cost"))
    lost = {"more": 0 - row["avoided"], "low": 0 - row["avoided_high"]}
    lost["high"] = 0 - row["avoided_low"]
    harm = say(f"price-harm-{price.saved[0]}", **change(lost, "more"))
    delay = interval(row, "delay")
    return say("price-found", allowed=allowed, delay=delay, harm=harm)


def of_room(room: MinimumAllowance, run: Run) -> Section:
    """The smallest breathing room that keeps a date and a ceiling."""
    rows = [
        [
            say("room-days", days=plain(days)),
            _chance(row, "in_time"),
            _chance(row, "above"),
            say(f"room-is-{row['verdict'].replace(' ', '-')}"),
        ]
        for days, row in zip(room.table.index, room.table.to_dict("records"), strict=True)
    ]
    aims = room.aims
    heads = [aims.in_time.words(), aims.ceiling.otherwise.words(), say("room-verdict")]
    return Section(
        key="room",
        title=room.title,
        origin=room.origin_line,
        scenario=room.scenario,
        text=[room.why],
        tables=[Table(room.lever, heads, rows)],
        pictures=[Picture(room.plot, say("room-caption"), room.why)],
        answers={
            "contingency": Answer(room.why),
            "held": Answer(say(f"room-status-{room.status}", lever=str(room.lever)), whole=False),
        },
        short=room.why,
        translated=True,
    )


def of_risk(risk: RiskOverTime, run: Run) -> Section:
    """The worst point of the drawdown."""
    worst: Any = risk.worst()
    # Where there are too few people everywhere nothing is said of one of them.
    frame = worst.loc["per_person"] if "per_person" in worst.index else worst.iloc[:0]
    rows, found = [], ""
    for site, row in frame.iterrows():
        span = say("risk-span", first=date(row["earliest"]), last=date(row["latest"]))
        times = localised(f"{row['times_mean']:.1f}")
        rows.append([_site(site), date(row["time"]), span, interval(row, "value"), times])
    places = frame.drop(index=ALL, errors="ignore")
    # A sentence begins with a capital letter, and part of one with a small one.
    found, begun = "", ""
    if len(places):
        site = places["value"].idxmax()
        row = places.loc[site]
        about = {
            "site": str(site),
            "month": month(row["time"]),
            "value": interval(row, "value"),
            "measure": say(f"risk-of-{risk.measure}"),
            "times": localised(f"{row['times_mean']:.1f}"),
            "share": percent(row["chance_worst"]),
        }
        found, begun = (say("risk-highest", begins=begins, **about) for begins in ("no", "yes"))
    header = [say(f"risk-{column}") for column in ("stretch", "between", "value", "times")]
    return Section(
        key="risk",
        title=risk.title,
        origin=risk.origin_line,
        scenario=risk.scenario,
        text=[say("risk-how", measure=say(f"risk-of-{risk.measure}"))],
        tables=[Table(say("risk-site"), header, rows)] if rows else [],
        pictures=[
            Picture(
                risk.plot,
                say("risk-caption"),
                say("risk-alt", found=found or say("risk-nothing")),
            )
        ],
        answers={"ranked_risks": Answer(found, whole=False)} if found else {},
        short=begun + "." if begun else "",
        translated=True,
    )


def of_explanation(explanation: Explanation, run: Run) -> Section:
    """What each mechanism does."""
    table: Any = explanation.table()
    measures = list(table.index.unique("measure"))
    names = list(table.loc[measures[0]].index)
    rows = [
        [called(name), *(interval(table.loc[(measure, name)], "change") for measure in measures)]
        for name in names
    ]
    answers = {}
    for item, measure in (("delay_risks", "finish_days"), ("ranked_risks", "casualties")):
        if measure in measures:
            ranked = _ranked(table.loc[measure])
            about = {"measure": _name(measure), "ranked": ranked or say("explained-none")}
            answers[item] = Answer(say("explained-answer", **about))
    return Section(
        key="explanation",
        title=explanation.title,
        origin=explanation.origin_line,
        scenario=run.scenario if not explanation.runs else explanation.runs["as written"].scenario,
        text=[say("explained-how")],
        tables=[Table(say("explained-mechanism"), [_name(measure) for measure in measures], rows)],
        pictures=[
            Picture(
                explanation.plot,
                say("explained-caption"),
                say("explained-alt"),
            )
        ],
        answers=answers,
        translated=True,
    )


def of_sweep(sweep: Sweep, run: Run) -> Section:
    """What becomes of the main measures at other values."""
    there = spoken(MAIN, *sweep.runs.values())
    rows = []
    for point, one in sweep.runs.items():
        means = one.summary()["mean"]
        rows.append([", ".join(map(str, point)), *(short(means[name]) for name in there)])
    paths = listed(sweep.levels)
    words = (say(key, paths=paths) for key in ("swept-caption", "swept-alt"))
    drawn = [Picture(sweep.plot, *words)]
    (first, *_) = sweep.runs.values()
    return Section(
        key="sweep",
        title=sweep.title,
        origin=sweep.origin_line,
        scenario=first.scenario,
        text=[say("swept-how")],
        tables=[Table(paths, [_name(name, units(first)) for name in there], rows)],
        pictures=drawn if len(sweep.levels) < 3 else [],
        translated=True,
    )


def of_result(result: Result, run: Run) -> Section:
    """What any result brings that has no section of its own: its texts, tables and figure."""
    notes = " ".join(result.notes.split())
    draw = getattr(result, "plot", None)
    caption = say("result-caption", title=result.title)
    about = say("result-alt-notes", title=result.title, about=notes) if notes else caption
    return Section(
        key=type(result).__name__,
        title=result.title,
        origin=result.origin_line,
        scenario=result._of,
        text=[notes] if notes else [],
        tables=[Table.of(name, frame) for name, frame in result.tables().items()],
        pictures=[Picture(draw, caption, about)] if callable(draw) else [],
        translated=True,
    )


def of_levels(run: Run, page: Run) -> Section:
    """Epistemic and aleatory uncertainty, of a run whose histories share samples."""
    table = run.variance()
    there = [
        name for name in (*MAIN, "killed_on_the_way", "insurgent_strength") if name in table.index
    ]
    known = table.loc[there].query("missing == 0 and share == share")
    rows = [
        [_name(str(name)), percent(row["share"]), percent(row["share_se"])]
        for name, row in known.iterrows()
    ]
    return Section(
        key="levels",
        title=say("levels-title"),
        origin=run.origin_line,
        scenario=run.scenario,
        text=[say("levels-how")],
        tables=[Table(say("levels-measure"), [say("levels-share"), say("levels-error")], rows)],
        translated=True,
    )


def interval(row: Any, name: str) -> str:
    """An estimate with its interval, if there is one."""
    low = "low" if "low" in row else f"{name}_low"
    high = "high" if "high" in row else f"{name}_high"
    if pd.isna(row[name]):
        return "–"
    if pd.isna(row[low]):
        return short(row[name])
    return say("interval", value=short(row[name]), low=short(row[low]), high=short(row[high]))


def change(row: Any, what: str = "difference") -> dict[str, str]:
    """A difference for a message: its size, and on which side of 0 it surely is."""
    low, high = (row[name if name in row else f"{what}_{name}"] for name in ("low", "high"))
    if pd.isna(low) or low <= 0 <= high:
        known = {"low": short(low), "high": short(high), "size": short(row[what])}
        return {"verdict": "unknown" if pd.isna(low) else "unsure", **known}
    ends = sorted((abs(low), abs(high)))
    known = {"low": short(ends[0]), "high": short(ends[1]), "size": short(abs(row[what]))}
    return {"verdict": "fewer" if high < 0 else "more", **known}


def _site(name: object) -> str:
    return say("all-sites") if name == ALL else str(name)


def _ranked(table: pd.DataFrame) -> str:
    """The mechanisms that surely do something, the strongest first."""
    alone = table.drop(index=["together", "interaction"], errors="ignore")
    sure = alone[(alone["low"] > 0) | (alone["high"] < 0)]
    sure = sure.reindex(sure["change"].abs().sort_values(ascending=False).index)
    return parted(
        say("explained-ranked", mechanism=called(str(name)), change=interval(row, "change"))
        for name, row in sure.iterrows()
    )


def _priced(row: Any) -> str:
    if row["verdict"] == "saves":
        return interval(row, "price")
    return say(f"verdict-{row['verdict'].replace(' ', '-')}")


def _chance(row: Any, name: str) -> str:
    share, low, high = (percent(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    return say("room-chance", share=share, low=low, high=high)


def _first(price: PauseTradeoff, curve: str) -> float:
    return float(next(iter(price.curves[curve].runs))[0])


def _last(price: PauseTradeoff, curve: str) -> float:
    return float(list(price.curves[curve].runs)[-1][0])


def _name(measure: str, unit: Mapping[str, str] | None = None) -> str:
    """What a measure is called; with units, costs say theirs."""
    if measure == "cost" and unit and unit[measure] != measure:
        return say("measure-cost-in", unit=unit[measure])
    if measure in _NAMED:
        return say(f"named-{measure}")
    return say(f"measure-{measure}").replace("_", " ")
