"""What results bring to the page of a run; `evidence.Section` says what that is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from .._internal.tables import Table, percent, short
from ..analysis.compare import STAY
from ..analysis.comparison import Comparison
from ..analysis.explanation import Explanation
from ..analysis.minimum_allowance import MinimumAllowance
from ..analysis.pause_tradeoff import PauseTradeoff
from ..analysis.risk_over_time import RiskOverTime
from ..analysis.sweep import Sweep
from ..runs.base import units
from ..runs.quantities import MAIN
from ..runs.result import Result
from ..runs.run import Run
from ..runs.spoken import spoken
from .evidence import Answer, Picture, Section

_NAMES = {
    "finish_days": "end of the last phase (days)",
    "slip_days": "slip of the last phase (days)",
    "pause_days": "days held",
    "insurgent_strength": "insurgency at the horizon (share)",
}
# Of a comparison: what is drawn where a plan has it, and what is said.
_DRAWN = ("attacks", "casualties", "killed", "cost")
_SAID = ("casualties", "cost")
_WHY_NONE = {
    "costs": "none: there are more, not fewer",
    "open": "open: not told apart from none",
    "same": "none: nothing differs",
    "no finish": "none: no finish to compare",
}


def of_comparison(comparison: Comparison, run: Run) -> Section:
    """Differences from staying, or else from the comparison's own baseline."""
    base = STAY if STAY in comparison.runs else comparison.baseline
    against = Comparison(comparison.runs, base)
    others = [plan for plan in against.runs if plan != base]
    table: Any = against.table()
    there = spoken((*MAIN, "insurgent_strength"), *against.runs.values())
    rows: list[list[str]] = []
    for measure in there:
        if not table.loc[measure, "pairs"].drop(base).any():
            continue  # staying has no finish to compare with
        cells = [short(table.loc[(measure, base), "mean"])]
        cells += [interval(table.loc[(measure, plan)], "difference") for plan in others]
        rows.append([_name(measure, units(against.runs[base])), *cells])
    header = [f"{base}, mean", *(f"{plan}, difference" for plan in others)]
    mine = next((name for name in others if against.runs[name].scenario == run.scenario), others[0])
    than = "if nobody leaves" if base == STAY else f"under “{base}”"
    parts = [_differ(against, measure, mine) for measure in _SAID if measure in there]
    found = f"Under “{mine}” {' and '.join(parts)} than {than}, up to the horizon" if parts else ""
    drawn = [
        name for name in (*_DRAWN, *([] if base == STAY else ["finish_days"])) if name in there
    ]
    leaving = [name for name in against.runs if name != STAY]
    answers = {}
    if len(leaving) > 1:
        answers["repeated"] = Answer(f"plans compared: {', '.join(leaving)}", whole=False)
    return Section(
        key="stay" if base == STAY and against.runs[mine].scenario == run.scenario else "compared",
        title="Compared with staying" if base == STAY else comparison.title,
        origin=comparison.origin_line,
        scenario=against.runs[mine].scenario,
        text=[
            f"Each plan less “{base}”, history by history under common random numbers, so that the "
            "difference is due to the plan. In parentheses: 95 % intervals."
            + (
                " Staying is a plan in which nobody leaves: it has no finish."
                if base == STAY
                else ""
            )
        ],
        tables=[Table("Up to the horizon", header, rows)] if rows else [],
        pictures=[
            Picture(
                partial(against.plot, drawn),
                f"Differences from “{base}”, means and 95 % intervals.",
                f"Intervals of the differences from {base}. {found}.",
            )
        ]
        if drawn
        else [],
        answers=answers,
        short=found + "." if found else "",
    )


def _differ(against: Comparison, measure: str, plan: str) -> str:
    """What differs, in words."""
    row: Any = against.table().loc[(measure, plan)]
    if measure == "cost":
        return f"the cost is {less(row, units(against.runs[plan])[measure])}"
    return f"{measure} are {fewer(row)}"


def of_price(price: PauseTradeoff, run: Run) -> Section:
    """Delay, what it saves, and the one for the other."""
    rows, found = [], []
    table: Any = price.table()
    money = price.measure == "cost"
    paid = "cost" if money else "delay"
    for (curve, days, saved), row in table.iterrows():
        if days == _first(price, curve):
            continue
        name = f"{days:g} days {curve} the dates: {saved}"
        rows.append([name, interval(row, paid), interval(row, "avoided"), _priced(row)])
        if days == _last(price, curve) and saved == price.saved[0]:
            lost = {"more": 0 - row["avoided"], "low": 0 - row["avoided_high"]}
            lost["high"] = 0 - row["avoided_low"]
            what = (
                f"cost {less(row, price.unit, paid)}"
                if money
                else f"delay the finish by {interval(row, paid)} days"
            )
            harm = f", and casualties are {fewer(lost, 'more')} than without"
            if saved != "casualties":
                harm = f", and regrowth is {less(lost, 'hundredths', 'more')} than without"
            # What is saved is the same, whatever it is paid in.
            harm = "" if money else harm
            found.append(f"{days:g} days of pause allowed {curve} the dates {what}{harm}")
    header = ["delay, days", "avoided", "days of delay for one avoided"]
    if money:
        header = [f"more cost, {price.unit}", "avoided", f"{price.unit} for one avoided"]
    said = {
        "casualties": "Casualties are people",
        "regrowth": "regrowth is in hundredths of the insurgency's full strength at the horizon",
    }
    in_units = "; ".join(said[saved] for saved in price.saved)
    about: Any = {"title": price.title, "origin": price.origin_line, "scenario": price.scenario}
    about["key"] = "price_in_money" if money else "price"
    if table["verdict"].eq("same").all():
        text = "In no history does it make a difference how many days are allowed."
        return Section(text=[text], **about)
    return Section(
        **about,
        text=[
            "Each allowance against the first of its curve, history by history under common random "
            f"numbers. {in_units[:1].upper()}{in_units[1:]}. There is a price only where something "
            "is surely saved."
        ],
        tables=[Table("Allowance", header, rows)],
        pictures=[
            Picture(
                price.plot,
                f"{'More cost' if money else 'Delay'}, and {' and '.join(price.saved)} avoided, "
                "over the days allowed.",
                f"Curves over the allowance. {'; '.join(found)}.",
            )
        ],
        answers={"contingency": Answer("; ".join(found), whole=False)}
        if found and not money
        else {},
        short="; ".join(found) + "." if found else "",
    )


def of_room(room: MinimumAllowance, run: Run) -> Section:
    """The smallest breathing room that keeps a date and a ceiling."""
    rows = [
        [f"{days} days", _chance(row, "in_time"), _chance(row, "above"), row["verdict"]]
        for days, row in room.table.iterrows()
    ]
    aims = room.aims
    heads = [aims.in_time.words(), aims.ceiling.otherwise.words(), "verdict"]
    return Section(
        key="room",
        title=room.title,
        origin=room.origin_line,
        scenario=room.scenario,
        text=[room.why],
        tables=[Table(room.lever, heads, rows)],
        pictures=[Picture(room.plot, "Both chances over the allowance.", room.why)],
        answers={
            "contingency": Answer(room.why),
            "held": Answer(f"derived: {room.status}, see `{room.lever}` above", whole=False),
        },
        short=room.why,
    )


def of_risk(risk: RiskOverTime, run: Run) -> Section:
    """The worst point of the drawdown."""
    worst: Any = risk.worst()
    # Where there are too few people everywhere nothing is said of one of them.
    frame = worst.loc["per_person"] if "per_person" in worst.index else worst.iloc[:0]
    rows, found = [], ""
    for site, row in frame.iterrows():
        stretch = f"{row['time']:%Y-%m-%d}"
        span = f"{row['earliest']:%Y-%m-%d} to {row['latest']:%Y-%m-%d}"
        rows.append([str(site), stretch, span, interval(row, "value"), f"{row['times_mean']:.1f}"])
    places = frame.drop(index="all sites", errors="ignore")
    if len(places):
        site = places["value"].idxmax()
        row = places.loc[site]
        found = (
            f"risk to a person is highest on {site}, in the stretch from {row['time']:%B %Y}: "
            f"{interval(row, 'value')} {risk.measure} per 1,000 people and year, "
            f"{row['times_mean']:.1f} times that site's own mean; no other place is as bad in "
            f"{percent(row['chance_worst'])} of resamples"
        )
    header = ["worst stretch begins", "surely between", "risk in it", "times the site's mean"]
    return Section(
        key="risk",
        title=risk.title,
        origin=risk.origin_line,
        scenario=risk.scenario,
        text=[
            f"Risk is {risk.measure} per 1,000 people there for a year, in stretches of time, "
            "counted from dated events. In parentheses: 95 % intervals (bootstrap over "
            "histories); the highest of noisy values is a little too high."
        ],
        tables=[Table("Site", header, rows)] if rows else [],
        pictures=[
            Picture(
                risk.plot,
                "Risk to a person over time, with the people who are left (grey).",
                f"Steps of risk over time on each site. {found or 'Nothing befalls anybody'}.",
            )
        ],
        answers={"ranked_risks": Answer(found, whole=False)} if found else {},
        short=found[:1].upper() + found[1:] + "." if found else "",
    )


def of_explanation(explanation: Explanation, run: Run) -> Section:
    """What each mechanism does."""
    table: Any = explanation.table()
    measures = list(table.index.unique("measure"))
    names = list(table.loc[measures[0]].index)
    rows = [
        [name, *(interval(table.loc[(measure, name)], "change") for measure in measures)]
        for name in names
    ]
    answers = {}
    for item, measure in (("delay_risks", "finish_days"), ("ranked_risks", "casualties")):
        if measure in measures:
            ranked = _ranked(table.loc[measure])
            text = f"by what it does to {_name(measure)}: {ranked or 'none surely does anything'}"
            answers[item] = Answer(text)
    return Section(
        key="explanation",
        title=explanation.title,
        origin=explanation.origin_line,
        scenario=run.scenario if not explanation.runs else explanation.runs["as written"].scenario,
        text=[
            "The scenario as written less the scenario without the mechanism, under common random "
            "numbers. In parentheses: 95 % intervals."
        ],
        tables=[Table("Mechanism", [_name(measure) for measure in measures], rows)],
        pictures=[
            Picture(
                explanation.plot,
                "From the mean without each mechanism to the mean as written.",
                "Bars from the mean without each mechanism to the mean as written: the numbers of "
                "the table above.",
            )
        ],
        answers=answers,
    )


def of_sweep(sweep: Sweep, run: Run) -> Section:
    """What becomes of the main measures at other values."""
    there = spoken(MAIN, *sweep.runs.values())
    rows = []
    for point, one in sweep.runs.items():
        means = one.summary()["mean"]
        rows.append([", ".join(map(str, point)), *(short(means[name]) for name in there)])
    paths = ", ".join(sweep.levels)
    drawn = [Picture(sweep.plot, f"Results over {paths}.", f"Curves or maps over {paths}.")]
    (first, *_) = sweep.runs.values()
    return Section(
        key="sweep",
        title=sweep.title,
        origin=sweep.origin_line,
        scenario=first.scenario,
        text=["Means at each point, all under common random numbers."],
        tables=[Table(paths, [_name(name, units(first)) for name in there], rows)],
        pictures=drawn if len(sweep.levels) < 3 else [],
    )


def of_result(result: Result, run: Run) -> Section:
    """What any result brings that has no section of its own: its texts, tables and figure."""
    notes = " ".join(result.notes.split())
    draw = getattr(result, "plot", None)
    about = f"{result.title}. {notes}".strip()
    return Section(
        key=type(result).__name__,
        title=result.title,
        origin=result.origin_line,
        scenario=result._of,
        text=[notes] if notes else [],
        tables=[Table.of(name, frame) for name, frame in result.tables().items()],
        pictures=[Picture(draw, f"{result.title}.", about)] if callable(draw) else [],
    )


def of_levels(run: Run, page: Run) -> Section:
    """Epistemic and aleatory uncertainty, of a run whose histories share samples."""
    table = run.variance()
    there = [
        name for name in (*MAIN, "killed_on_the_way", "insurgent_strength") if name in table.index
    ]
    known = table.loc[there].query("missing == 0 and share == share")
    rows = [
        [_name(str(name)), f"{percent(row['share'])}", f"{percent(row['share_se'])}"]
        for name, row in known.iterrows()
    ]
    return Section(
        key="levels",
        title="Epistemic and aleatory uncertainty",
        origin=run.origin_line,
        scenario=run.scenario,
        text=[
            "The epistemic share of the variance, which better knowledge would remove; the rest is "
            "aleatory, that is, chance. A share a little below 0 is noise around 0."
        ],
        tables=[Table("Measure", ["epistemic share", "standard error"], rows)],
    )


def interval(row: Any, name: str) -> str:
    """An estimate with its interval, if there is one."""
    low = "low" if "low" in row else f"{name}_low"
    high = "high" if "high" in row else f"{name}_high"
    if pd.isna(row[name]):
        return "–"
    span = "" if pd.isna(row[low]) else f" ({short(row[low])} to {short(row[high])})"
    return short(row[name]) + span


def fewer(row: Any, what: str = "difference") -> str:
    """A difference in words: fewer where it is surely below 0."""
    return _below(row, what, "fewer")


def less(row: Any, unit: str, what: str = "difference") -> str:
    """The same of what is measured and not counted, with its unit."""
    return _below(row, what, "less", f" {unit}")


def _below(row: Any, what: str, word: str, unit: str = "") -> str:
    low, high = (row[name if name in row else f"{what}_{name}"] for name in ("low", "high"))
    if pd.isna(low) or low <= 0 <= high:
        known = "" if pd.isna(low) else f", from {short(low)} to {short(high)}"
        return f"neither surely {word} nor more ({short(row[what])}{known}{unit})"
    ends = sorted((abs(low), abs(high)))
    size = f"{short(abs(row[what]))} ({short(ends[0])} to {short(ends[1])}){unit}"
    return f"{size} {word if high < 0 else 'more'}"


def _ranked(table: pd.DataFrame) -> str:
    """The mechanisms that surely do something, the strongest first."""
    alone = table.drop(index=["together", "interaction"], errors="ignore")
    sure = alone[(alone["low"] > 0) | (alone["high"] < 0)]
    sure = sure.reindex(sure["change"].abs().sort_values(ascending=False).index)
    return "; ".join(f"{name} {interval(row, 'change')}" for name, row in sure.iterrows())


def _priced(row: Any) -> str:
    if row["verdict"] == "saves":
        return interval(row, "price")
    return _WHY_NONE[row["verdict"]]


def _chance(row: Any, name: str) -> str:
    return f"{percent(row[name])} ({percent(row[name + '_low'])} to {percent(row[name + '_high'])})"


def _first(price: PauseTradeoff, curve: str) -> float:
    return float(next(iter(price.curves[curve].runs))[0])


def _last(price: PauseTradeoff, curve: str) -> float:
    return float(list(price.curves[curve].runs)[-1][0])


def _name(measure: str, unit: Mapping[str, str] | None = None) -> str:
    """What a measure is called; with units, costs say theirs."""
    if measure == "cost" and unit and unit[measure] != measure:
        return f"cost ({unit[measure]})"
    return _NAMES.get(measure, measure.replace("_", " "))
