import copy
import json
import pickle
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import drawdown as dd


@pytest.mark.parametrize("name", dd.examples())
def test_round_trips_keep_the_content(name, tmp_path):
    scenario = dd.Scenario.example(name)
    assert dd.Scenario.from_toml(scenario.to_toml()) == scenario
    assert dd.Scenario.from_json(scenario.to_json()) == scenario
    assert dd.Scenario.from_dict(scenario.to_dict()) == scenario
    assert dd.Scenario.from_dict(tomllib.loads(scenario.to_toml())) == scenario
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert copy.deepcopy(scenario) == scenario
    for suffix in ("toml", "json", "JSON"):
        path = tmp_path / f"copy.{suffix}"
        scenario.write(path)
        assert dd.Scenario.read(path) == scenario
        assert dd.Scenario.read(str(path)) == scenario
        path.unlink()
        assert list(tmp_path.iterdir()) == []


def test_properties(iraq):
    assert iraq.title == "Iraq and Syria, as announced in September 2024"
    assert (iraq.start, iraq.horizon) == (date(2024, 10, 1), date(2028, 12, 31))
    assert len(iraq.hash) == 64
    assert iraq.to_dict()["plan"]["phases"]["second"]["announced_finish"] == "2026-12-31"


def test_equality_is_of_content(iraq, minimal):
    assert iraq != minimal
    assert iraq != iraq.hash
    same = iraq.replace({"plan.breathing_room.pause_days.value": 120})
    assert same == iraq
    without = iraq.replace({"plan.breathing_room.pause_days": 120})
    assert without != iraq, "what it rests on is content too"
    assert without.replace({"plan.breathing_room.pause_days": 120}) == without
    assert len({iraq, same, minimal}) == 2


def test_replace_changes_what_it_names_and_nothing_else(iraq):
    changes = {
        "plan.breathing_room.pause_days": 0,
        "plan.phases.first.announced_finish": date(2025, 10, 31),
        "world.threats.militias.contagion": None,
        "world.threats.militias.rate_factor": {"uniform": (np.float64(0.5), np.int64(2))},
    }
    before, after = iraq.to_dict(), iraq.replace(changes).to_dict()
    before["plan"]["breathing_room"]["pause_days"] = 0
    before["plan"]["phases"]["first"]["announced_finish"] = "2025-10-31"
    del before["world"]["threats"]["militias"]["contagion"]
    before["world"]["threats"]["militias"]["rate_factor"] = {"uniform": [0.5, 2.0]}
    # What another number rested on does not speak for this one.
    gone = [path for path in before["sources"] if path.startswith(tuple(changes))]
    assert len(gone) >= 3
    for path in gone:
        del before["sources"][path]
    assert after == before
    assert iraq == dd.Scenario.example("iraq-2024")


def test_dict_takes_dates_tuples_and_none(minimal):
    mapping = minimal.to_dict()
    mapping["start"] = date(2025, 1, 1)
    mapping["horizon"] = None
    mapping["world"]["threats"]["militia"]["rate_factor"] = {"pert": (1, 1.5, np.float32(2))}
    scenario = dd.Scenario.from_dict(mapping)
    assert scenario.start == date(2025, 1, 1)
    assert scenario.horizon == date(2027, 9, 30)
    factor = scenario.to_dict()["world"]["threats"]["militia"]["rate_factor"]
    assert factor == {"pert": [1.0, 1.5, 2.0]}


def test_every_problem_is_reported_with_its_place(iraq):
    plain = {key: value for key, value in iraq.to_dict().items() if key != "sources"}
    text = dd.Scenario.from_dict(plain).to_toml()
    text = text.replace("announced_start = ", "anounced_start = ", 1)
    text = text.replace("people_per_day = 150", "people_per_day = 0")
    with pytest.raises(dd.ScenarioError) as caught:
        dd.Scenario.from_toml(text)
    problems = caught.value.problems
    assert all(isinstance(problem, dd.Problem) for problem in problems)
    found = {(problem.path, problem.code): problem for problem in problems}
    misspelt = found["plan.phases.first.anounced_start", "unknown_key"]
    assert "`announced_start`" in misspelt.remedy
    assert ("plan.transport.people_per_day", "out_of_range") in found
    assert all(problem.what and problem.remedy for problem in problems)
    assert all(problem.path in str(caught.value) for problem in problems)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == problems


@pytest.mark.parametrize(
    "make",
    [
        lambda: dd.Scenario.from_toml("schema = "),
        lambda: dd.Scenario.from_json("{"),
        lambda: dd.Scenario.from_dict({"schema": 1}),
        lambda: dd.Scenario.example("minimal").replace({"plan.phases.nowhere.title": "x"}),
        lambda: dd.Scenario.example("minimal").replace({"horizon": "2024-01-01"}),
    ],
)
def test_refusals_carry_problems(make):
    with pytest.raises(dd.ScenarioError) as caught:
        make()
    assert isinstance(caught.value, ValueError)
    assert len(caught.value.problems) >= 1
    assert isinstance(caught.value.problems[0], dd.Problem)


def test_what_a_scenario_cannot_hold_is_a_type_error(minimal):
    with pytest.raises(TypeError, match="title"):
        minimal.replace({"title": object()})


def test_read(tmp_path, monkeypatch, minimal):
    monkeypatch.chdir(tmp_path)
    assert dd.Scenario.read("minimal") == minimal
    with pytest.raises(FileNotFoundError) as caught:
        dd.Scenario.read("nowhere.toml")
    assert (
        "shipped scenarios: afghanistan-2021, iraq-2011, iraq-2024, minimal"
        in caught.value.__notes__
    )
    (tmp_path / "plan.yaml").write_text("schema: 1")
    with pytest.raises(ValueError, match=r"plan\.yaml"):
        dd.Scenario.read("plan.yaml")
    (tmp_path / "plan.toml").write_text(minimal.to_toml(), encoding="utf-8-sig")
    assert dd.Scenario.read("plan.toml") == minimal
    with pytest.raises(ValueError, match="nothing"):
        dd.Scenario.example("nothing")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, minimal, monkeypatch):
    path = tmp_path / "plan.toml"
    path.write_text("old")

    def fail(*_):
        raise OSError("no")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="no"):
        minimal.write(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(ValueError, match="toml"):
        minimal.write(tmp_path / "plan.txt")


def test_shows_itself(iraq):
    assert "\n" not in repr(iraq)
    assert iraq.title in repr(iraq)
    assert "Breathing room: movement may be held for 120 days" in str(iraq)
    named = iraq.replace({"title": "a < b & c"})
    assert "a &lt; b &amp; c" in named._repr_html_()
    assert json.loads(named.to_json())["title"] == "a < b & c"


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b"schema = 1 # \xfc")
    with pytest.raises(dd.ScenarioError, match="line 1, column 14: this is not UTF-8") as caught:
        dd.Scenario.read(path)
    assert caught.value.problems[0].code == "syntax"
    assert caught.value.__notes__ == ["explained by `drawdown explain syntax`", f"in {path}"]


def only_problem(make, given):
    with pytest.raises(dd.ScenarioError) as caught:
        make(given)
    (problem,) = caught.value.problems
    assert problem.what
    assert problem.remedy
    return problem.path, problem.code


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_an_enormous_file_is_refused_without_being_read(tmp_path, suffix):
    path = tmp_path / f"plan{suffix}"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert only_problem(dd.Scenario.read, path) == ("", "too_large")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 10_000 + "]" * 10_000,
        "a = " + "{b=" * 10_000 + "1" + "}" * 10_000,
        "[" + ".".join("a" * 10_000) + "]",
        ".".join("a" * 10_000) + " = 1",
        "\n".join(f"[{'.'.join('a' * depth)}]" for depth in range(1, 200)),
    ],
)
def test_deep_nesting_is_refused(text):
    assert only_problem(dd.Scenario.from_toml, text) == ("", "too_large")


def test_deep_mappings_are_refused_even_without_end(minimal):
    deep: dict = {}
    for _ in range(10_000):
        deep = {"a": deep}
    assert only_problem(dd.Scenario.from_dict, deep) == ("", "too_large")
    endless: dict = {}
    endless["a"] = endless
    assert only_problem(dd.Scenario.from_dict, endless) == ("", "too_large")
    assert only_problem(minimal.replace, {"plan": deep}) == ("", "too_large")
    json_text = '{"a":' * 10_000 + "1" + "}" * 10_000
    assert only_problem(dd.Scenario.from_json, json_text) == ("", "too_large")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (2**70, "out_of_range"),
        (10**400, "not_finite"),
        (1e308, "out_of_range"),
        (5e-324, "out_of_range"),
        (float("inf"), "not_finite"),
    ],
)
def test_absurd_numbers_are_refused_at_their_place(minimal, number, code):
    path = "plan.breathing_room.pause_days"
    assert only_problem(minimal.replace, {path: number}) == (path, code)


def test_a_zero_has_no_sign(minimal):
    path = "plan.breathing_room.pause_days"
    zeros = [minimal.replace({path: zero}) for zero in (0.0, -0.0)]
    assert zeros[0].hash == zeros[1].hash


@pytest.mark.parametrize("text", ["", "\n", "# nothing", "[world]"])
def test_an_empty_file_says_what_is_missing(text):
    with pytest.raises(dd.ScenarioError) as caught:
        dd.Scenario.from_toml(text)
    assert {"schema", "start"} <= {problem.path for problem in caught.value.problems}


@pytest.mark.parametrize("text", ["[]", "3", "null", '"world"'])
def test_what_is_no_table_is_refused(text):
    assert only_problem(dd.Scenario.from_json, text) == ("", "wrong_type")


def test_keys_given_twice_are_refused(minimal):
    doubled = "schema = 1\n" + minimal.to_toml()
    assert only_problem(dd.Scenario.from_toml, doubled) == ("", "syntax")


def test_a_misspelt_id_is_not_taken_for_a_new_one(iraq):
    with pytest.raises(dd.ScenarioError, match="did you mean `approval`"):
        iraq.replace({"plan.gates.aproval.delay_days": 400})


@pytest.mark.parametrize("name", dd.examples())
def test_stay_is_the_same_world_without_a_plan(name):
    scenario = dd.Scenario.example(name)
    stay = scenario.stay()
    assert stay.to_dict()["world"] == scenario.to_dict()["world"]
    assert (stay.start, stay.horizon) == (scenario.start, scenario.horizon)
    plan = stay.to_dict().get("plan", {})
    assert not any(plan.get(part) for part in ("phases", "gates", "rules"))
    assert stay.title == f"{scenario.title} (stay)".strip()
    assert stay.stay() == stay


def test_stay_meets_the_same_luck(iraq):
    # Without what makes allies leave, and the host send everybody home.
    iraq = iraq.replace({"world.contingents": None, "world.host.expulsion": None})
    leave, stay = (dd.simulate(s, trials=50, seed=7, progress=False) for s in (iraq, iraq.stay()))
    people = stay.dataset()["people_by_site"]
    assert (people == people.isel(week=0)).all(), "nobody leaves"
    np.testing.assert_array_equal(stay.inputs, leave.inputs)
    tension = "tension_days_by_state"
    np.testing.assert_array_equal(stay.dataset()[tension], leave.dataset()[tension])
    compared = 0
    for index in range(5):
        # Until somebody leaves, what the world does is the same.
        histories = [run.trial(index).events for run in (leave, stay)]
        first = histories[0].query("kind == 'lift'")["time_days"].min()
        kinds = ["tension", "attack", "attack_intercepted", "wounded", "killed"]
        early = [
            events[events["kind"].isin(kinds) & (events["time_days"] < first)].reset_index(
                drop=True
            )
            for events in histories
        ]
        pd.testing.assert_frame_equal(*early, check_exact=True)
        compared += len(early[0])
    assert compared > 0


def test_warnings_name_place_and_remedy(minimal):
    assert minimal.warnings == []
    feast = {"from": "2199-01-01", "until": "2199-01-02"}
    (warning,) = minimal.replace({"plan.blackouts": {"feast": feast}}).warnings
    assert isinstance(warning, dd.Problem)
    assert (warning.path, warning.code) == ("plan.blackouts.feast.from", "no_effect")
    assert warning.what
    assert warning.remedy


SHIPPED = sorted((Path(__file__).parents[2] / "examples/scenarios").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_scenario_of_the_folder_is_accepted_without_a_word_and_runs(path):
    scenario = dd.Scenario.read(path)
    assert scenario.warnings == []
    run = dd.simulate(scenario, trials=50, seed=1, progress=False)
    assert run.values("finish_days").size == 50
