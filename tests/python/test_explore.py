"""The explorer without a front end: controls, answers, settings, and who goes first."""

import json
import re
import threading
import time

import numpy as np
import pytest

import drawdown as dd
from drawdown.explorer import setting as settings
from drawdown.explorer.answer import answer
from drawdown.explorer.controls import Maker
from drawdown.explorer.explore import Explorer
from drawdown.explorer.running import Runs
from drawdown.explorer.screening import offered
from drawdown.explorer.session import Session
from drawdown.explorer.worker import ASIDE, MORE, MOVE, STALE, Worker

PAUSE = "plan.breathing_room.pause_days"
SLOW = "plan.phases.second.duration_ratio.lognormal.median"
QUIET = {"seed": 7, "progress": False}


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


@pytest.fixture
def session(iraq, worker):
    return Session(iraq, {PAUSE: (0, 240), SLOW: (0.8, 1.5)}, seed=7, worker=worker)


def finished(steps):
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def move(session, setting, generation=1, trials=500, **more):
    message = {"ask": "move", "generation": generation, "trials": trials, "setting": setting}
    return session.ask({**message, **more})


@pytest.mark.parametrize("name", ["iraq-2024", "minimal", "afghanistan-2021"])
def test_controls_of_shipped_scenarios_all_do_something(name):
    scenario = dd.Scenario.example(name)
    found = offered(scenario, None, seed=7)
    assert found.controls
    for control in found.controls:
        assert control.low < control.high
        assert 0 < control.step <= control.high - control.low
        assert control.label
        ends = [scenario.replace({control.path: end}) for end in (control.low, control.high)]
        runs = [dd.simulate(one, trials=100, **QUIET).summary() for one in (scenario, *ends)]
        assert not all(run.equals(runs[0]) for run in runs[1:])
    assert len([one for one in found.controls if one.path.startswith("world.")]) <= 5
    # No rule pauses in these, so that an allowance of pauses would be for nothing.
    if name in ("minimal", "afghanistan-2021"):
        assert PAUSE not in [control.path for control in found.controls]


def test_controls_of_iraq(iraq):
    found = {control.path: control for control in offered(iraq, None, seed=7).controls}
    assert {PAUSE, "plan.transport.people_per_day", SLOW} <= set(found)
    pause = found[PAUSE]
    assert (pause.low, pause.high, pause.value, pause.unit) == (0, 360, 120, "days")
    assert pause.source == "judgement"
    assert pause.label == "Breathing room: pause allowed"
    assert not pause.sampled


def test_a_range_is_moved_within_what_it_may_be(iraq):
    control = Maker(iraq).control("world.insurgency.pressure")
    assert control.sampled
    assert 0.6 <= control.low < control.value < control.high <= 1.3
    assert control.value == pytest.approx(0.95)
    assert control.written == "uniform 0.6, 1.3"


def test_a_truth_is_a_switch(iraq):
    control = Maker(iraq).control("plan.rules.hold_under_fire.at_once")
    assert (control.kind, control.value) == ("switch", False)


@pytest.mark.parametrize(
    ("vary", "kind", "message"),
    [
        (["plan.breathing_room.pause_day"], ValueError, "did you mean"),
        (["world.insurgency"], ValueError, "cannot be moved"),
        (["plan.phases.first.title"], ValueError, "cannot be moved"),
        ({PAUSE: (9, 3)}, ValueError, "does not hold"),
        ({PAUSE: 3}, TypeError, "vary"),
        (PAUSE, TypeError, "vary"),
    ],
)
def test_what_cannot_be_moved_is_refused(iraq, vary, kind, message):
    with pytest.raises(kind, match=message):
        Maker(iraq).asked(vary)


def test_what_was_asked_for_and_does_nothing_is_left_out():
    scenario = dd.Scenario.example("minimal")
    found = offered(scenario, [PAUSE, "plan.transport.people_per_day"], seed=7)
    assert [control.path for control in found.left_out] == [PAUSE]
    assert len(found.controls) == 1


def test_an_answer_is_that_of_the_scenario(iraq, session):
    found = move(session, {PAUSE: 30, SLOW: 1.2}).result()
    changed = iraq.replace({PAUSE: 30, SLOW: 1.2})
    run = dd.simulate(changed, trials=500, **QUIET)
    base = dd.simulate(iraq, trials=500, **QUIET)
    assert found == {"generation": 1, **answer(run, base, "the baseline")}
    assert "the baseline" in found["verdict"]
    dates = run.finish_dates().loc[("overall", "")]
    assert found["on_time"]["share"] == pytest.approx(dates["chance_met"], rel=1e-12)
    assert found["on_time"]["low"] == pytest.approx(dates["chance_met_low"], rel=1e-12)
    weekly = run.weekly()
    weeks = len(found["people"]["weeks"])
    assert (
        found["people"]["parts"][0]["p50"]
        == weekly["people"].sel(quantile=0.5)[:weeks].round().astype(int).values.tolist()
    )
    level = found["exceedance"]["levels"][5]
    assert found["exceedance"]["share"][5] == (run.values("casualties") >= level).mean()
    at = found["finish"]["days"].index("2026-12-31")
    assert found["finish"]["share"][at] == pytest.approx(dates["chance_met"], rel=1e-12)
    assert session.scenario == changed
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_the_library_warns_of_in_a_setting_is_said(iraq, worker, language):
    beside = "plan.blackouts.late.from"
    late = {"from": "2026-01-01", "until": "2026-01-09", "allowed_for": True}
    scenario = iraq.replace({"plan.blackouts.late": late})
    session = Session(scenario, {PAUSE: (0, 240)}, seed=7, worker=worker, language=language)
    assert move(session, {}).result()["warnings"] == []
    later = {beside: "2040-01-01", "plan.blackouts.late.until": "2040-01-09"}
    found = move(session, later, 2).result()
    due = session.scenario._warnings_in(language)
    assert [one.path for one in due] == [beside]
    assert found["warnings"] == [one._asdict() for one in due]


def test_what_the_verdict_says_of_the_baseline_is_so(iraq):
    # In the same histories: by pairs, worked out from the days and counts alone.
    dice = np.random.default_rng(5)
    base = dd.simulate(iraq, trials=2_000, **QUIET)
    words = set()
    for _ in range(6):
        median, factor = dice.uniform(0.8, 1.3), dice.uniform(0.3, 3)
        changes = {SLOW: median, "world.threats.militias.rate_factor": factor}
        run = dd.simulate(iraq.replace(changes), trials=2_000, **QUIET)
        day = (run.finish_dates().loc["overall", "announced"].iloc[0].date() - iraq.start).days
        kept, lost = (
            [one.values("finish_days") < day + 1 for one in (run, base)],
            [one.values("casualties") for one in (run, base)],
        )
        text = answer(run, base, "it")["verdict"]
        for (mine, other), scale, more, fewer in (
            (kept, 100, "points more than", "points less than"),
            (lost, 1, "more than", "fewer than"),
        ):
            apart = scale * (mine.astype(float) - other)
            mean, error = apart.mean(), 1.96 * apart.std(ddof=1) / np.sqrt(len(apart))
            if abs(mean) < 1.2 * error:
                continue  # It may say that they are not to be told apart.
            word = more if mean > 0 else fewer
            said = text.split("; ")[scale == 1]
            found = re.search(rf", ([\d.,]+) {word} it \(([\d.,]+) to ([\d.,]+)\)", said)
            assert found, (text, mean, error)
            told = [float(one.replace(",", "")) for one in found.groups()]
            due = [abs(mean), abs(mean) - error, abs(mean) + error]
            for one, number, value in zip(found.groups(), told, due, strict=True):
                # Rounded as it is printed.
                assert abs(number - value) <= (0.055 if "." in one else 0.55), text
            words.add(word)
    assert len(words) == 4, "each of the words was due once"


def test_the_baseline_itself_has_nothing_beside_it(session):
    found = move(session, {}).result()
    assert "baseline" not in found["verdict"]
    assert found["on_time"]["apart"] is None
    assert not any("more" in row for row in found["losses"])


def test_a_pinned_baseline_is_what_is_compared_with(iraq, session):
    base = {"name": "firm", "setting": {PAUSE: 0}}
    found = move(session, {SLOW: 1.3}, baseline=base).result()
    runs = [
        dd.simulate(iraq.replace(one), trials=500, **QUIET) for one in ({SLOW: 1.3}, {PAUSE: 0})
    ]
    assert found["verdict"] == answer(*runs, "firm")["verdict"]
    assert "than firm" in found["verdict"]


def test_bits_do_not_depend_on_the_order_of_moves(iraq):
    settings_ = [{PAUSE: 0}, {PAUSE: 60}, {}, {SLOW: 1.1}]
    found = []
    for order in (settings_, settings_[::-1]):
        runs = Runs(7, stages=(500, 700))
        for one in order:
            finished(runs.grown(iraq.replace(one), 500))
            steps = runs.grown(iraq.replace(one), 700)
            next(steps)  # and is left there
        found.append([finished(runs.grown(iraq.replace(one), 700)) for one in settings_])
    whole = [dd.simulate(iraq.replace(one), trials=700, **QUIET) for one in settings_]
    for one, other, alone in zip(*found, whole, strict=True):
        for measure in ("finish_days", "casualties", "pause_days"):
            np.testing.assert_array_equal(one.values(measure), alone.values(measure))
            np.testing.assert_array_equal(other.values(measure), alone.values(measure))
        assert one.origin == alone.origin
        assert one.summary().equals(alone.summary())


def test_more_histories_give_way_to_a_move(session):
    first = move(session, {SLOW: 1.1}, generation=1)
    more = move(session, {SLOW: 1.1}, generation=2, trials=20_000)
    newest = move(session, {SLOW: 1.2}, generation=3)
    assert more.result(timeout=60) == STALE
    assert newest.result()["generation"] == 3
    assert first.result().get("stale") or first.result()["generation"] == 1
    # What is older than the newest is not even begun.
    assert move(session, {}, generation=2).result() == STALE


def test_the_newest_of_the_moves_that_wait_wins(worker):
    gate, done = threading.Event(), []

    def steps(name):
        def made():
            yield
            if name == "first":
                gate.wait(10)
            done.append(name)
            return {"name": name}

        return made

    me, other = object(), object()
    first = worker.ask(me, MOVE, steps("first"))
    while worker._jobs and worker._jobs[0].steps is None:
        time.sleep(0.001)
    waiting = [worker.ask(me, MOVE, steps(f"move {k}")) for k in range(20)]
    aside = worker.ask(me, ASIDE, steps("aside"))
    theirs = worker.ask(other, MORE, steps("theirs"))
    gate.set()
    assert first.result(10) == {"name": "first"}
    assert [one.result(10) for one in waiting] == [STALE] * 19 + [{"name": "move 19"}]
    assert aside.result(10) == {"name": "aside"}
    assert theirs.result(10) == {"name": "theirs"}
    assert done == ["first", "move 19", "aside", "theirs"]


def test_a_fault_is_told_and_the_next_is_answered(worker):
    def broken():
        yield
        raise RuntimeError("broken")

    def sound():
        yield
        return {"fine": True}

    with pytest.raises(RuntimeError, match="broken"):
        worker.ask(1, MOVE, broken).result(10)
    assert worker.ask(1, MOVE, sound).result(10) == {"fine": True}
    worker.close()
    with pytest.raises(RuntimeError, match="closed"):
        worker.ask(1, MOVE, sound)


@pytest.mark.parametrize(
    ("setting", "path", "what"),
    [
        ({PAUSE: -5}, PAUSE, "-5 is outside the limits of this key"),
        ({PAUSE: "many"}, PAUSE, 'expected a number, found the text "many"'),
        ({"plan.nowhere": 3}, "plan.nowhere", ""),
    ],
)
def test_a_wrong_value_is_told_as_the_scenario_tells_it(session, iraq, setting, path, what):
    (problem,) = move(session, setting).result()["problems"]
    with pytest.raises(dd.ScenarioError) as refused:
        iraq.replace(setting)
    (own,) = refused.value.problems
    assert problem == {"path": own.path, "what": own.what, "remedy": own.remedy}
    assert problem["path"] == path
    assert what in problem["what"]
    # What was refused is not where the explorer is.
    assert session.setting == {}


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"ask": "nothing"},
        {"ask": "trial", "number": -1},
        {"ask": "trial", "number": 20_000},
        {"ask": "trial", "number": 0.5},
        {"ask": "move", "generation": 1, "setting": [1]},
        {"ask": "move", "generation": 1, "setting": {PAUSE: float("nan")}},
        {"ask": "move", "generation": 1, "setting": {}, "trials": 17},
        {"ask": "restore", "text": "{"},
        {"ask": "upload", "name": "x.toml", "text": "schema = 1"},
    ],
)
def test_strange_messages_are_refused(session, message):
    found = session.ask(message).result()
    assert found["problems"]
    assert all(one["what"] for one in found["problems"])


def test_one_history_is_that_of_the_run(session, iraq):
    found = session.ask({"ask": "trial", "number": 3, "setting": {PAUSE: 30}}).result()
    run = dd.simulate(iraq.replace({PAUSE: 30}), trials=10, **QUIET)
    mine, whole = (text.splitlines()[1:] for text in (found["text"], run.trial(3).narrative()))
    assert mine == whole


def test_assumptions_are_those_of_the_scenario(session, iraq):
    found = session.ask({"ask": "assumptions", "setting": {}}).result()
    table = iraq.assumptions()
    assert [row[0] for row in found["rows"]] == list(table.index)
    assert found["rows"][3][1] == table["value"].iloc[3]


def test_a_setting_comes_back(session, iraq):
    setting = {PAUSE: 30, SLOW: 1.15}
    texts = session.ask({"ask": "texts", "setting": setting}).result()
    assert session.ask({"ask": "restore", "text": texts["json"]}).result() == {"setting": setting}
    assert dd.Scenario.from_toml(texts["toml"]) == iraq.replace(setting)
    other = dd.Scenario.example("minimal")
    with pytest.raises(ValueError, match="another scenario"):
        settings.from_json(other, texts["json"])


def test_the_lines_of_code_make_the_scenario(iraq, tmp_path, monkeypatch):
    setting = {PAUSE: 30, SLOW: 1.15}
    code = settings.as_code(iraq, setting, 7, 50)
    found = {}
    exec(code, found)
    assert found["scenario"] == iraq.replace(setting)
    assert found["run"].seed == 7
    own = iraq.replace({"title": "Mine"})
    own.write(tmp_path / "plan.toml")
    monkeypatch.chdir(tmp_path)
    exec(settings.as_code(own, setting, 7, 50), found)
    assert found["scenario"] == own.replace(setting)


def test_what_each_control_moves_and_what_is_pinned(session):
    found = session.ask({"ask": "levers", "setting": {}}).result()
    assert [row[0] for row in found["rows"]] == ["Breathing room: pause allowed"] * 2 + [
        "Erbil closes: time taken, as a multiple of what is announced"
    ] * 2
    pins = [{"name": "slow", "setting": {SLOW: 1.3}}, {"name": "as written", "setting": {}}]
    found = session.ask({"ask": "compare", "pins": pins, "trials": 500}).result()
    assert [row[0] for row in found["rows"]] == ["slow", "as written"]
    assert found["rows"][1][2] == "–"


def test_an_uploaded_scenario_takes_the_place(session):
    text = dd.Scenario.example("minimal").to_toml()
    found = session.ask({"ask": "upload", "name": "plan.toml", "text": text}).result()
    assert found["title"] == "Untitled"
    assert session.written == dd.Scenario.example("minimal")
    assert move(session, {}, generation=9).result()["trials"] == 500


def test_scenarios_without_a_plan_or_threats_have_answers(iraq, worker):
    stay = Session(iraq.stay(), [], seed=7, worker=worker)
    found = move(stay, {}).result()
    assert found["finish"] is None
    assert found["on_time"] is None
    assert "casualties" in found["verdict"]
    calm = dd.Scenario.example("minimal").replace({"world.threats": None})
    found = move(Session(calm, [], seed=7, worker=worker), {}).result()
    assert found["exceedance"] is None
    assert "casualties" not in found["verdict"]


def test_the_explorer_in_python(iraq):
    explorer = Explorer(iraq, [PAUSE], seed=7, trials=500)
    assert explorer.controls["value"].to_dict() == {PAUSE: 120}
    assert explorer.scenario == iraq
    other = Explorer(iraq, [PAUSE], seed=7, trials=500)
    other._session.setting = {PAUSE: 30}
    explorer.restore(other.to_json())
    assert explorer.setting == {PAUSE: 30}
    assert explorer.scenario == iraq.replace({PAUSE: 30})
    assert "1 of 1 controls moved" in repr(explorer)
    found = {}
    exec(explorer.code(), found)
    assert found["scenario"] == explorer.scenario
    explorer.close()
    other.close()


def test_what_is_missing_is_said(iraq, monkeypatch):
    monkeypatch.setattr("drawdown.explorer.widget.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="needs anywidget: `pip install anywidget`"):
        dd.explore(iraq)


@pytest.mark.parametrize(("trials", "seed"), [(10, None), (500, -1)])
def test_numbers_out_of_range_are_refused(iraq, trials, seed):
    with pytest.raises(ValueError, match="must be at least"):
        Explorer(iraq, [PAUSE], trials=trials, seed=seed)
