"""What results bring to the page of a run; `evidence.Section` says what that is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from .compare import STAY
from .evidence import Answer, Picture, Section
from .quantities import MAIN
from .tables import Table, percent, short

if TYPE_CHECKING:
    from .comparison import Comparison
    from .explanation import Explanation
    from .price import Price
    from .risk import Risk
    from .room import Room
    from .run import Run
    from .sweep import Sweep

_NAMES = {
    "finish_days": "end of the last phase (days)",
    "slip_days": "slip of the last phase (days)",
    "pause_days": "days held",
    "insurgent_strength": "insurgency at the horizon (share)",
}
_WHY_NONE = {
    "costs": "none: there are more, not fewer",
    "open": "open: not told apart from none",
    "same": "none: nothing differs",
    "no finish": "none: no finish to compare",
    "no insurgency": "no insurgency in this scenario",
}


def of_comparison(comparison: Comparison, run: Run) -> Section:
    """Differences from staying, or else from the comparison's own baseline."""
    from .comparison import Comparison

    base = STAY if STAY in comparison.runs else comparison.baseline
    against = Comparison(comparison.runs, base)
    others = [plan for plan in against.runs if plan != base]
    table: Any = against.table()
    there = [name for name in (*MAIN, "insurgent_strength") if name in table.index.unique(0)]
    rows: list[list[str]] = []
    drawn = ["attacks", "casualties", "killed", "finish_days" if base != STAY else ""]
    for measure in there:
        if not table.loc[measure, "pairs"].drop(base).any():
            continue  # staying has no finish to compare with
        cells = [short(table.loc[(measure, base), "mean"])]
        cells += [interval(table.loc[(measure, plan)], "difference") for plan in others]
        rows.append([_name(measure), *cells])
    header = [f"{base}, mean", *(f"{plan}, difference" for plan in others)]
    mine = next((name for name in others if against.runs[name].scenario == run.scenario), others[0])
    harm = table.loc[("casualties", mine)]
    than = "if nobody leaves" if base == STAY else f"under “{base}”"
    found = f"casualties under “{mine}” are {fewer(harm)} than {than}, up to the horizon"
    leaving = [name for name in against.runs if name != STAY]
    answers = {}
    if len(leaving) > 1:
        answers["repeated"] = Answer(f"plans compared: {', '.join(leaving)}", whole=False)
    return Section(
        key="stay" if base == STAY and against.runs[mine].scenario == run.scenario else "compared",
        title="Compared with staying" if base == STAY else "Plans compared",
        origin=comparison.origin_line,
        scenario=against.runs[mine].scenario,
        text=[
            f"Each plan less “{base}”, history by history under the same luck, so that the "
            "difference is the plan's. In parentheses: 95 % intervals."
            + (
                " Staying is a plan in which nobody leaves: it has losses and no finish."
                if base == STAY
                else ""
            )
        ],
        tables=[Table("Up to the horizon", header, rows)],
        pictures=[
            Picture(
                partial(against.plot, [name for name in drawn if name]),
                f"Differences from “{base}”, means and 95 % intervals.",
                f"Intervals of the differences from {base}. {found}.",
            )
        ],
        answers=answers,
        short=found[:1].upper() + found[1:] + ".",
    )


def of_price(price: Price, run: Run) -> Section:
    """Delay, what it saves, and the one for the other."""
    rows, found = [], []
    table: Any = price.table()
    for (curve, days, saved), row in table.iterrows():
        if days == _first(price, curve):
            continue
        cost = _priced(row)
        name = f"{days:g} days {curve} the dates: {saved}"
        rows.append([name, interval(row, "delay"), interval(row, "avoided"), cost])
        if days == _last(price, curve) and saved == "casualties":
            harm = {"more": 0 - row["avoided"], "low": 0 - row["avoided_high"]}
            harm["high"] = 0 - row["avoided_low"]
            found.append(
                f"{days:g} days of pause allowed {curve} the dates delay the finish by "
                f"{interval(row, 'delay')} days, and casualties are {fewer(harm, 'more')} than "
                f"without"
            )
    header = ["delay, days", "avoided", "days of delay for one avoided"]
    first = next(iter(next(iter(price.curves.values())).runs.values()))
    return Section(
        key="price",
        title="What a pause costs, and what it saves",
        origin=price.origin_line,
        scenario=first.scenario,
        text=[
            "Each allowance against the first of its curve, history by history under the same "
            "luck. Casualties are people; regrowth is in hundredths of the insurgency's full "
            "strength at the horizon. There is a price only where something is surely saved."
        ],
        tables=[Table("Allowance", header, rows)],
        pictures=[
            Picture(
                price.plot,
                "Delay, casualties avoided and regrowth avoided over the days allowed.",
                f"Curves over the allowance. {'; '.join(found)}.",
            )
        ],
        answers={"contingency": Answer("; ".join(found), whole=False)} if found else {},
        short="; ".join(found) + "." if found else "",
    )


def of_room(room: Room, run: Run) -> Section:
    """The smallest breathing room that keeps a date and a ceiling."""
    rows = [
        [f"{days} days", _chance(row, "in_time"), _chance(row, "above"), row["verdict"]]
        for days, row in room.table.iterrows()
    ]
    aims = room.aims
    above = f"more than {aims.most:g} {aims.measure.replace('_', ' ')}"
    return Section(
        key="room",
        title="The smallest breathing room that keeps a date and a ceiling",
        origin=room.origin_line,
        scenario=room.scenario,
        text=[room.why],
        tables=[Table(room.lever, [f"done by {aims.finish}", above, "verdict"], rows)],
        pictures=[Picture(room.plot, "Both chances over the allowance.", room.why)],
        answers={
            "contingency": Answer(room.why),
            "held": Answer(f"derived: {room.status}, see `{room.lever}` above", whole=False),
        },
        short=room.why,
    )


def of_risk(risk: Risk, run: Run) -> Section:
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
            f"{row['times_mean']:.1f} times that site's own mean"
        )
    header = ["worst stretch begins", "surely between", "risk in it", "times the site's mean"]
    return Section(
        key="risk",
        title="The worst point of the drawdown",
        origin=risk.origin_line,
        scenario=risk.run.scenario,
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
        title="What each mechanism does",
        origin=explanation.origin_line,
        scenario=run.scenario if not explanation.runs else explanation.runs["as written"].scenario,
        text=[
            "The scenario as written less the scenario without the mechanism, under the same "
            "luck. In parentheses: 95 % intervals."
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
    data = sweep.dataset()
    there = [name for name in MAIN if name in data["measure"]]
    rows = []
    for point, one in sweep.runs.items():
        means = one.summary()["mean"]
        rows.append([", ".join(map(str, point)), *(short(means[name]) for name in there)])
    paths = ", ".join(sweep.levels)
    drawn = [Picture(sweep.plot, f"Results over {paths}.", f"Curves or maps over {paths}.")]
    (first, *_) = sweep.runs.values()
    return Section(
        key="sweep",
        title=f"Other values of {paths}",
        origin=sweep.origin_line,
        scenario=first.scenario,
        text=["Means at each point, all under the same luck."],
        tables=[Table(paths, [_name(name) for name in there], rows)],
        pictures=drawn if len(sweep.levels) < 3 else [],
    )


def of_levels(run: Run) -> Section:
    """Ignorance and chance, of a run whose histories share draws."""
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
        title="Ignorance and chance",
        origin=run.origin_line,
        scenario=run.scenario,
        text=[
            "The share of the variance that is ignorance of the world, which better knowledge "
            "would take away; the rest is chance. A share a little below 0 is noise around 0."
        ],
        tables=[Table("Measure", ["ignorance", "standard error"], rows)],
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
    low, high = (row[name if name in row else f"{what}_{name}"] for name in ("low", "high"))
    if pd.isna(low) or low <= 0 <= high:
        known = "" if pd.isna(low) else f", from {short(low)} to {short(high)}"
        return f"neither surely fewer nor more ({short(row[what])}{known})"
    ends = sorted((abs(low), abs(high)))
    size = f"{short(abs(row[what]))} ({short(ends[0])} to {short(ends[1])})"
    return f"{size} {'fewer' if high < 0 else 'more'}"


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


def _first(price: Price, curve: str) -> float:
    return float(next(iter(price.curves[curve].runs))[0])


def _last(price: Price, curve: str) -> float:
    return float(list(price.curves[curve].runs)[-1][0])


def _name(measure: str) -> str:
    return _NAMES.get(measure, measure.replace("_", " "))
