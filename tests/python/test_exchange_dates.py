"""The dates of a file come out of a simulation, brought about by relations alone."""

from pathlib import Path

import pytest

import drawdown as dd
import exchange_twin as twin
from drawdown import exchange

DATA = Path(__file__).parent / "data/exchange"
FILES = sorted(DATA.glob("*.xml"))


def compared(content, project):
    """How many leaves there are, those that are pinned, and those that came out otherwise."""
    plan = twin.Plan(content)
    notes = project.report
    pinned = set(notes["uid"][notes["what"] == twin.PINNED])
    nested = twin.by_relations(project.scenario().to_dict(), plan, project.phases, pinned)
    run = dd.simulate(dd.Scenario.from_dict(nested), trials=1, seed=1, progress=False)
    started, done = twin.started_and_done(run)
    held = set(notes["uid"][notes["what"] == "finish_to_finish"])
    wrong = {}
    for uid, id in project.phases.items():
        task = plan.tasks[uid]
        moment = task["start"] == task["finish"]
        there = [done[id], *([] if moment or uid in held else [started[id]])]
        there = [plan.clock.working(place) for place in there]
        wanted = [plan.clock.place(task[key]) for key in ("finish", "start")]
        if any(abs(a - b) > 1e-5 for a, b in zip(there, wanted, strict=False)):
            wrong[uid] = there, wanted
    return len(project.phases), pinned, wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_relations_bring_about_the_dates_of_files_of_others(path):
    _, _, wrong = compared(path.read_bytes(), exchange.read_project(path))
    assert not wrong


@pytest.mark.parametrize("seed", range(40))
def test_relations_bring_about_the_dates_of_random_plans(tmp_path, seed):
    text = twin.random_plan(seed)
    path = tmp_path / "plan.xml"
    path.write_text(text)
    project = exchange.read_project(path)
    _, pinned, wrong = compared(text, project)
    assert not wrong
    told = project.report
    assert pinned <= set(told["uid"][told["what"].isin(["start_to_milestone", "second_link"])])


@pytest.mark.parametrize("seed", range(40))
def test_the_scenario_as_it_is_keeps_the_dates_too(tmp_path, seed):
    path = tmp_path / "plan.xml"
    path.write_text(text := twin.random_plan(seed))
    project, plan = exchange.read_project(path), twin.Plan(text)
    run = dd.simulate(project.scenario(), trials=1, seed=1, progress=False)
    started, done = twin.started_and_done(run)
    for uid, id in project.phases.items():
        task = plan.tasks[uid]
        assert done[id] == pytest.approx(plan.clock.place(task["finish"]), abs=1e-5)
        if task["start"] != task["finish"]:
            begun = plan.clock.working(started[id])
            assert begun == pytest.approx(plan.clock.place(task["start"]), abs=1e-5)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_forward_pass_of_its_own_gives_the_dates_of_files_of_others(path):
    plan, told = twin.Plan(path.read_bytes()), exchange.read_project(path).report
    pinned = set(told["uid"][told["what"] == twin.PINNED])
    broken = set(told["uid"][told["what"] == "broken_link"])
    for uid, dates in plan.forward(pinned).items():
        there = [plan.tasks[uid][key] for key in ("start", "finish")]
        same = [plan.clock.place(at) for at in dates] == [plan.clock.place(at) for at in there]
        assert same == (uid not in broken)
