"""Every output works, and speaks of what there is, whatever a scenario leaves out."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

import drawdown as dd
import left_out
from drawdown import _core, cli
from drawdown._internal import tables
from drawdown.analysis import choice
from drawdown.runs import spoken
from drawdown.runs.quantities import MAIN
from drawdown.scenario import relevance
from drawdown.scenario.paths import matching

GIVEN: dict[str, Any] = {"trials": 10, "seed": 7, "threads": 1, "progress": False}
PAUSE = "plan.breathing_room.pause_days"
BREAKDOWNS = sorted({by for _, by, _, _ in _core.measures() if by})
# Scenarios for what takes long: nothing but dates, nobody leaves, nobody attacks, one thing each.
FEW = (
    "bare",
    "full",
    "without plan.phases",
    "without world.threats",
    "only world.costs",
    "only world.reentry",
    "only world.threats.*.contagion",
    "only plan.rules",
)
pytestmark = pytest.mark.filterwarnings("error")


# Half a minute's work, which only the process that runs these tests does.
@cache
def scenarios() -> dict[str, dd.Scenario]:
    return {name: dd.Scenario.from_dict(tree) for name, tree in left_out.trees().items()}


def show(result: Any) -> str:
    """All texts of a result."""
    page = result._repr_html_() if hasattr(result, "_repr_html_") else ""
    return f"{result}\n{result!r}\n{page}"


def figures(*draw: Callable[[], Any]) -> None:
    for one in draw:
        np.ravel(one())[0].figure.canvas.draw()
        plt.close("all")


@pytest.fixture(scope="module")
def runs() -> dict[str, dd.Run]:
    return {name: dd.simulate(scenario, **GIVEN) for name, scenario in scenarios().items()}


def test_the_full_scenario_has_every_table_of_the_language():
    tree = left_out.full()
    assert not left_out.problems(tree)
    assert [at for at in left_out.tables() if not list(matching(tree, at))] == []
    known = {name for name, by, _, _ in _core.measures() if not by}
    assert set(_core.measure_needs()) == known
    paths = {
        path for groups in _core.measure_needs().values() for group in groups for path in group
    }
    # A path that led nowhere would hide its measures for good.
    built = dd.Scenario.from_dict(tree).to_dict()
    acts = {path for path in paths if path.startswith("plan.rules.")}
    assert {path for path in paths - acts if not list(matching(built, path))} == set()


def test_each_scenario_is_without_what_it_is_said_to_be_without():
    assert len(left_out.trees()) > len(left_out.tables())
    for name, tree in left_out.trees().items():
        kind, _, at = name.partition(" ")
        found = any(True for _ in matching(tree, at)) if at else None
        if kind == "without":
            assert not found, name
        if kind == "only":
            assert found, name


def test_what_a_scenario_has_not_got_is_0_or_missing(runs):
    """So that leaving it out hides nothing."""
    for name, run in runs.items():
        idle = set(spoken.idle(run))
        for measure in _core.measure_needs():
            values = run.values(measure)
            assert (measure in idle) == (not np.nan_to_num(values).any()), (name, measure)
            if not relevance.has(run.scenario, measure):
                assert measure in idle, (name, measure)


def rows(text: str, titles: str) -> dict[str, list[list[str]]]:
    """The rows of a table that begins with a title, by name."""
    found: dict[str, list[list[str]]] = {}
    inside = False
    for line in text.splitlines():
        if re.match(titles, line):
            inside = True
        elif not line:
            inside = False
        elif inside:
            first, *rest = line.split()
            found.setdefault(first, []).append(rest)
    return found


def test_the_text_of_a_run_has_what_there_is(runs):
    for name, run in runs.items():
        text = str(run)
        found = rows(text, "Until ")
        longest = {measure: tables.cut(measure, 18) for measure in _core.measure_needs()}
        for measure, short in longest.items():
            values = run.values(measure)
            there = relevance.has(run.scenario, measure)
            shown = bool(np.nan_to_num(values).any()) or (there and measure in MAIN)
            assert (short in found) == shown, (name, measure)
            if shown and not np.isnan(values).all():
                mean = tables.number(float(np.nanmean(values)))
                # The unit, which may have a space in it, and seven numbers.
                assert found[short][0][-7] == mean, (name, measure)
            if not there:
                assert not re.search(rf"\b{measure}\b", text), (name, measure)
        phases = bool(run.scenario.to_dict()["plan"].get("phases"))
        assert ("Finish of" in text) == ("slip: mean" in text) == phases, name
        assert ("cost" in found) == bool(run.scenario.to_dict()["world"].get("costs")), name
        if "cost" in found:
            assert found["cost"][0][:2] == ["million", "USD"]
        show(run)


def test_a_history_is_told_with_what_there_is(runs):
    for name, run in runs.items():
        trial = run.trial(3)
        told, totals = trial.narrative(), trial._repr_html_()
        attacked, costs = (relevance.has(run.scenario, of) for of in ("attacks", "cost"))
        assert ("attacks, " in told.splitlines()[-2] + told.splitlines()[-1]) == attacked, name
        assert (f"a cost of {tables.number(trial.measures['cost'])} million USD" in told) == costs
        assert ("<th>attacks</th>" in totals) == attacked, name
        assert ("<th>cost</th>" in totals) == costs, name
        run.events(range(3)).to_pandas()


def test_tables_and_data_are_there(runs):
    for run in runs.values():
        for by in [None, *BREAKDOWNS]:
            assert run.summary(by)["mean"].notna().any() or run.summary(by).empty or by != "site"
        run.finish_dates()
        run.weekly()
        unit = "million USD" if relevance.has(run.scenario, "cost") else "cost"
        assert run.dataset()["cost"].attrs["units"] == unit
        assert run.summary().loc["cost", "unit"] == unit
        run.exceedance()
        run.tail("casualties", 0.5, "occurrence")


def test_plans_are_compared_by_what_they_have(runs):
    for name, run in runs.items():
        plans = dd.Comparison({"plan": run, "stay": dd.simulate(run.scenario.stay(), **GIVEN)})
        text = show(plans)
        found = rows(str(plans), "measure ")
        assert set(found) == {one for one in MAIN if relevance.has(run.scenario, one)}, name
        for measure, (cells, *_) in found.items():
            mean = np.nanmean(run.values(measure)) if measure in found else 0
            assert cells[0] == tables.number(float(mean)), (name, measure)
        assert "Traceback" not in text
        plans.table("site")
        plans.finish_dates()
        plans.variance_reduction()
        aims = [name for name in choice.AIMS if relevance.has(run.scenario, name)]
        if not aims:
            with pytest.raises(ValueError, match=r"nothing to weigh plans by.*name `measures`"):
                plans.frontier()
            continue
        frame = plans.frontier()
        assert [column for column in frame if column in choice.AIMS] == aims, name
        plans.regret()
        plans.good_enough({aims[0]: 1})


@pytest.mark.slow
@pytest.mark.parametrize("name", FEW)
def test_figures_are_drawn(name, runs, tmp_path):
    run = runs[name]
    scenario, plots = run.scenario, run.plot
    figures(plots.schedule, plots.finish, plots.attacks, plots.exceedance, plots.breathing_room)
    figures(lambda: plots.joint(scenario.horizon - timedelta(days=1), 3), run.trial(3).plot)
    plans = dd.Comparison({"plan": run, "stay": dd.simulate(scenario.stay(), **GIVEN)})
    there = [of for of in ("attacks", "casualties", "killed", "finish_days", "cost")]
    there = [of for of in there if relevance.has(scenario, of)]
    drawn = plans.plot()
    names = {"finish_days": "end of the last phase"}
    assert [ax.get_title(loc="left") for ax in drawn] == [names.get(of, of) for of in there]
    assert len(plans.plot.plans()) == len(there)
    figures(plans.plot, plans.plot.plans)
    swept = dd.sweep(scenario, {PAUSE: [0, 30]}, **GIVEN)
    assert len(swept.plot()) == len(there)
    figures(swept.plot)
    if not nothing_to_save(scenario):
        price = dd.pause_tradeoff(scenario, [0, 30], [0, 30], **GIVEN)
        assert len(price.plot()) == 2 * (1 + len(price.saved))
        figures(price.plot)
    if relevance.has(scenario, "attacks"):
        figures(dd.risk_over_time(run).plot)
    aims = [of for of in choice.AIMS if relevance.has(scenario, of)]
    if len(aims) > 1:
        figures(plans.plot.frontier)
    else:
        with pytest.raises(ValueError, match="takes two measures, not "):
            plans.plot.frontier()


def words(page: str) -> str:
    """A page as it is read, without its figures and without the scenario at its end."""
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<details.*?</details>", "", page, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.slow
@pytest.mark.parametrize("name", FEW)
def test_a_page_speaks_of_what_there_is(name, runs, tmp_path):
    run = runs[name]
    scenario = run.scenario
    attacked, costs, insurgency, phases, room = (
        relevance.has(scenario, of)
        for of in ("attacks", "cost", "insurgent_strength", "finish_days", "pause_days")
    )
    run.report(tmp_path / "page.html", trials=4, progress=False)
    page = (tmp_path / "page.html").read_text()
    titles = set(re.findall(r"<h2>(.*?)</h2>", page))
    there = {
        "When is each site empty, and how surely?": phases,
        "Who is where?": not phases,
        "What is lost on the way, and how bad can it get?": attacked,
        "What does it cost?": costs and not attacked,
        "What comes of it?": not costs and not attacked,
        "Compared with staying": phases and (attacked or costs or insurgency),
        "How much breathing room is used?": room,
        "What a pause costs, and what it saves": room and (attacked or insurgency),
        # Where nobody attacks no rule of these scenarios holds anything, at whatever price.
        "What a pause costs in money": room and costs and attacked,
        "The date and the losses together": attacked and phases,
        "The worst point of the drawdown": attacked,
    }
    assert {title: title in titles for title in there} == there
    text = words(page)
    mean = run.summary()["mean"]
    if attacked:
        assert f"on average {tables.short(mean['attacks'])} attacks" in text
        assert f"{tables.short(mean['casualties'])} casualties (P10" in text
    else:
        parts = re.findall(r'<section id="part-.*?</section>', page, flags=re.S)
        assert not re.search(r"\bcasualt|\bwounded\b|\bkilled\b", words(" ".join(parts)))
    if costs:
        assert f"a cost of {tables.short(mean['cost'])} million USD" in text
    else:
        assert not re.search(r"\ba cost of\b|\bthe cost is\b", text)
    if costs and phases:
        stay = dd.simulate(scenario.stay(), trials=4, seed=7, progress=False)
        less = run.values("cost")[:4] - stay.values("cost")
        assert f"the cost is {tables.short(abs(less.mean()))} (" in text
    assert not re.search(r"\bnan\b|\bNone\b(?![:.])|\(, |: ;", text), name
    for row in re.findall(r"<tr><th>(.*?)</th>(.*?)</tr>", page):
        cells = re.findall(r"<td>(.*?)</td>", row[1])
        measure = row[0].replace(" ", "_")
        if (
            measure in _core.measure_needs()
            and len(cells) > 2
            and set(cells[1:]) <= {"0", "–", "0 (0 to 0)"}
        ):
            assert relevance.has(scenario, measure), row


@pytest.mark.parametrize("name", ["only world.costs", "without plan.phases"])
def test_the_command_line_says_what_there_is(name, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scenarios()[name].write("plan.toml")
    small = ["--trials", "8", "--seed", "7"]
    beside = ["--beside", "4", "--out", "page.html"]
    for arguments in (
        ["check", "plan.toml"],
        ["run", "plan.toml", *small, "--out", "run", "--events", "2"],
        ["compare", "plan.toml", *small],
        ["report", "plan.toml", *small, *beside],
    ):
        assert cli.main(arguments) == 0, capsys.readouterr().err
        said = capsys.readouterr().out
        attacks = re.search(r"^attacks ", said, flags=re.M)
        assert bool(attacks) == (name == "without plan.phases" and arguments[0] in "run compare")


def test_a_sweep_shows_what_there_is():
    for name, scenario in scenarios().items():
        swept = dd.sweep(scenario, {PAUSE: [0, 30]}, **GIVEN | {"trials": 4})
        page = swept._repr_html_()
        (_, last) = swept.runs.values()
        for measure in MAIN:
            there = relevance.has(last.scenario, measure)
            assert (f"<th>{measure}</th>" in page) == there, (name, measure)
        swept.dataset("site")


def nothing_to_save(scenario: dd.Scenario) -> str:
    """What `price` refuses a scenario for; empty if it does not."""
    wrong = "" if relevance.has(scenario, "finish_days") else "no phase.* give `plan.phases`"
    if not (relevance.has(scenario, "attacks") or relevance.has(scenario, "insurgent_strength")):
        wrong += ".*neither threats nor an insurgency.* give `world.threats`"
    return wrong


@pytest.mark.parametrize("measure", ["finish_days", "cost"])
def test_a_price_is_of_what_can_be_saved(measure):
    for name, scenario in scenarios().items():
        costs = relevance.has(scenario, "cost")
        wrong = nothing_to_save(scenario)
        if measure == "cost":
            wrong = wrong if costs else "no costs: give `world.costs`"
            wrong = wrong.removeprefix("no phase.* give `plan.phases`")
        asked = {"measure": measure, **GIVEN, "trials": 4}
        if wrong:
            with pytest.raises(ValueError, match=wrong):
                dd.pause_tradeoff(scenario, [0, 30], [], **asked)
            continue
        found = dd.pause_tradeoff(scenario, [0, 30], [], **asked)
        assert ("casualties" in found.saved) == relevance.has(scenario, "attacks"), name
        assert ("regrowth" in found.saved) == relevance.has(scenario, "insurgent_strength"), name
        assert found.unit == ("days" if measure == "finish_days" else "million USD")
        show(found)


def test_risk_is_followed_where_somebody_attacks(runs):
    for run in runs.values():
        if relevance.has(run.scenario, "attacks"):
            show(dd.risk_over_time(run))
        else:
            with pytest.raises(ValueError, match=r"no threats.* give `world.threats`"):
                dd.risk_over_time(run)


def test_what_is_not_known_is_searched_where_there_is_any():
    for name, scenario in scenarios().items():
        if not scenario._compiled.ranges():
            with pytest.raises(
                ValueError, match=r"no ranges.* write a range for what is not known"
            ):
                dd.simulate(scenario, samples=40, **GIVEN | {"trials": 80})
            continue
        run = dd.simulate(scenario, samples=40, **GIVEN | {"trials": 80})
        show(run.samples)
        run.variance()
        run.by_sample("finish_days" if run.ids("phase") else "attacks")
        measures = [
            of for of in ("finish_days", "casualties", "cost") if relevance.has(scenario, of)
        ]
        if name in FEW:
            found = run.drivers()
            assert list(found.about.index) == measures, name
            show(found)
            show(dd.scenario_discovery(run, {measures[0]: 1}))


@pytest.mark.slow
@pytest.mark.parametrize("name", FEW)
def test_results_that_take_many_runs(name):
    scenario = scenarios()[name]
    known = [of for of in ("finish_days", "casualties", "cost") if relevance.has(scenario, of)]
    if scenario._compiled.ranges():
        small = {**GIVEN, "trials": 4}
        found = dd.tornado(scenario, **small)
        assert found.measures == known
        show(found)
        show(dd.drivers(scenario, samples=4, **GIVEN | {"trials": 8}))
    explained = dd.explain(scenario, **GIVEN)
    measures = [of for of in ("attacks", "casualties", "killed", "finish_days", "cost")]
    there = [of for of in measures if relevance.has(scenario, of)]
    assert list(explained.table().index.unique("measure")) == there
    show(explained)
    if "finish_days" in known:
        blamed = dd.criticality(scenario, **GIVEN)
        assert ("fewer" in str(blamed)) == relevance.has(scenario, "casualties")
        show(blamed)
        figures(explained.plot, blamed.plot)
    else:
        with pytest.raises(ValueError, match="no phase, so give the `finish`"):
            dd.criticality(scenario, **GIVEN)
    if relevance.has(scenario, "reentry"):
        back = dd.reentry(scenario, **GIVEN)
        show(back)
        figures(back.plot)
    else:
        with pytest.raises(ValueError, match=r"nobody goes back in: give `world\.reentry`"):
            dd.reentry(scenario, **GIVEN)
    rule = {"trials": 4, "budget": 3, "fresh_trials": 8, "seed": 7, "progress": False}
    if "hold_under_fire" in scenario.to_dict()["plan"].get("rules", {}):
        show(dd.optimize_rule(scenario, "hold_under_fire", **rule))
    else:
        with pytest.raises(ValueError, match="there is no rule `hold_under_fire`; there are none"):
            dd.optimize_rule(scenario, "hold_under_fire", **rule)
    end = {"finish": scenario.horizon - timedelta(days=1), "most": 1, "days": [0, 30]}
    show(dd.minimum_allowance(scenario, **end, trials=8, seed=7, threads=1))
    show(
        dd.simulate_to_precision(
            scenario, known[0], 1e9, seed=7, most_trials=10, threads=1, progress=False
        )
    )
