"""Plans as files of Microsoft Project, which read back to what was written."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import drawdown as dd
import exchange_twin as twin
import random_plans
from drawdown import exchange

DATA = Path(__file__).parent / "data/exchange"
NS = twin.NS


def held(scenario):
    """What a file holds of a plan: dates, and what phases wait for."""
    phases = scenario.to_dict()["plan"]["phases"]
    return {
        id: (
            one["announced_start"],
            one["announced_finish"],
            {
                before: (link.get("relation", "finish_to_start"), link.get("lag_days", 0.0))
                for before, link in twin._links(one).items()
                if before in phases
            },
        )
        for id, one in phases.items()
    }


def written(scenario, folder):
    exchange.write_project(scenario, folder / "back.xml")
    return exchange.read_project(folder / "back.xml")


def same(one, other):
    assert one.keys() == other.keys()
    for id, (start, finish, after) in one.items():
        assert other[id][:2] == (start, finish), id
        assert other[id][2].keys() == after.keys(), id
        for before, (relation, lag) in after.items():
            assert other[id][2][before][0] == relation
            assert other[id][2][before][1] == pytest.approx(lag, abs=2 / 4800), (id, before)


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_of_microsoft_project_comes_back(tmp_path, seed):
    path = tmp_path / "plan.xml"
    path.write_text(twin.random_plan(2 * seed + 1))
    first = exchange.read_project(path).scenario()
    same(held(first), held(written(first, tmp_path).scenario()))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6))
def test_random_plans_come_back(tmp_path, seed):
    # Its blackouts are left out: a start may lie in one, and no task begins on a day of rest.
    nested = random_plans.scenario(seed, ["pause"], 1, "relations", "waves")
    try:
        scenario = dd.Scenario.from_dict(nested)
    except dd.ScenarioError:  # some have more moves than a lift has room for
        reject()
    back = written(scenario, tmp_path)
    same(held(scenario), held(back.scenario()))
    assert {one.phase for one in back.activities} == held(scenario).keys()


def test_what_is_not_in_the_file_is_told(tmp_path):
    nested = random_plans.scenario(3, ["pause"], 2, "blackouts", "relations")
    nested["plan"]["phases"][next(iter(nested["plan"]["phases"]))]["after"] = ["g"]
    left_out = exchange.write_project(dd.Scenario.from_dict(nested), tmp_path / "plan.xml")
    assert {"gate", "gates", "rules", "blackout", "moves"} >= set(left_out["what"]) - {
        "announced_start", "breathing_room"
    }  # fmt: skip
    assert {"gates", "rules", "gate"} <= set(left_out["what"])
    assert left_out["why"].str.len().min() > 15


def test_a_run_leaves_its_dates_with_each_task(tmp_path):
    path = tmp_path / "plan.xml"
    path.write_text(twin.random_plan(1))
    project = exchange.read_project(path)
    law = {"lognormal": {"median": 1.2, "sigma": 0.4}}
    run = dd.simulate(project.scenario(duration_ratio=law), trials=200, seed=3, progress=False)
    exchange.write_project(run, tmp_path / "run.xml")
    root = ET.parse(tmp_path / "run.xml").getroot()
    names = {
        one.findtext(f"{NS}FieldID"): one.findtext(f"{NS}Alias")
        for one in root.findall(f"{NS}ExtendedAttributes/{NS}ExtendedAttribute")
    }
    dates = run.finish_dates().loc["phase"]
    seen = 0
    for task in root.findall(f"{NS}Tasks/{NS}Task"):
        values = {
            names[one.findtext(f"{NS}FieldID")]: one.findtext(f"{NS}Value")
            for one in task.findall(f"{NS}ExtendedAttribute")
        }
        id = values["drawdown phase"]
        for name, column in (("drawdown P50", "p50"), ("drawdown P80", "p80")):
            told, day = pd.Timestamp(values[name]), dates.loc[id, column]
            # The end of a day of work is 00:00 of the next.
            same_moment = told.hour == 17 and told.normalize() < day
            assert told.normalize() == day or same_moment
            assert (day - told).days < 5
            seen += 1
    assert seen == 2 * len(project.phases)
    same(held(run.scenario), held(exchange.read_project(tmp_path / "run.xml").scenario()))


def test_a_sure_run_is_done_when_microsoft_project_says(tmp_path):
    path = tmp_path / "plan.xml"
    path.write_text(text := twin.random_plan(5))
    project, plan = exchange.read_project(path), twin.Plan(text)
    run = dd.simulate(project.scenario(), trials=1, seed=3, progress=False)
    exchange.write_project(run, tmp_path / "run.xml")
    root = ET.parse(tmp_path / "run.xml").getroot()
    uids = {id: uid for uid, id in project.phases.items()}
    for task in root.findall(f"{NS}Tasks/{NS}Task"):
        values = {
            one.findtext(f"{NS}FieldID"): one.findtext(f"{NS}Value")
            for one in task.findall(f"{NS}ExtendedAttribute")
        }
        wanted = plan.tasks[uids[values["188743731"]]]
        told = pd.Timestamp(values["188743945"]).to_pydatetime()
        if wanted["start"] != wanted["finish"]:
            assert told == wanted["finish"]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xml")), ids=lambda path: path.stem)
def test_files_of_others_go_through_a_run_and_back(tmp_path, path):
    project = exchange.read_project(path)
    law = {"lognormal": {"median": 1.1, "sigma": 0.3}}
    run = dd.simulate(project.scenario(duration_ratio=law), trials=20, seed=1, progress=False)
    exchange.write_project(run, tmp_path / "run.xml")
    back = exchange.read_project(tmp_path / "run.xml")
    same(held(run.scenario), held(back.scenario()))
    titles = [one.name for one in project.activities if not one.summary]
    assert sorted(one.name for one in back.activities) == sorted(titles)
    starts = [one.start for one in back.activities]
    assert starts == sorted(starts)


def test_titles_that_no_xml_can_hold_are_written(tmp_path):
    minimal = dd.Scenario.example("minimal")
    odd = minimal.replace({"title": "a\x07 & <b>", "plan.phases.leave.title": "]]> \x00"})
    back = written(odd, tmp_path)
    assert back.title == "a\ufffd & <b>"
    assert back.activities[0].name == "]]> \ufffd"


def test_a_plan_without_phases_is_not_written(tmp_path):
    stay = dd.Scenario.example("minimal").stay()
    with pytest.raises(ValueError, match="no phases"):
        exchange.write_project(stay, tmp_path / "plan.xml")
    assert not list(tmp_path.iterdir())
