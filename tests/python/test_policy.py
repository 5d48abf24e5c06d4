"""Policies written in Python, against rules of the plan and against themselves."""

# ruff: noqa: RUF012 (a policy says what it is in attributes of its class)

import pickle
import re
import threading

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown import _core
from drawdown.runs import history
from drawdown.runs.policy import Decider

SEED = 20261129


@pytest.fixture(scope="module")
def bare():
    """The reference scenario without rules of its own."""
    return dd.Scenario.example("iraq-2024").replace({"plan.rules": None})


def ruled(scenario, rule):
    return scenario.replace({"plan.rules": {"own": rule}})


def policy_of(rule, *, by_itself=True):
    """The policy that says what a rule with two thresholds says."""
    ((kind, window),) = rule["when"].items()
    window = dict(window)
    least = window.pop("at_least")
    ((_, until),) = rule["until"].items()

    class Own(dd.Policy):
        name = "own"
        actions = {"act": rule["then"]}
        counts = {"lately": {kind: window}}
        at_once = rule["at_once"]
        cooldown_days = rule["cooldown_days"]
        at_most_times = rule.get("at_most_times")

        def review(self, now):
            held = now.is_in_force
            end = held & (now["lately"] <= until["at_most"]) if by_itself else False
            return now.choose(act=~held & (now["lately"] >= least), end=end)

    if not by_itself:
        Own.until = rule["until"]
    return Own()


def same(one, other):
    for name in ("attacks", "pause_days", "casualties", "finish_days", "people_left"):
        np.testing.assert_array_equal(one.values(name), other.values(name))
    pd.testing.assert_frame_equal(one.values("times", "rule"), other.values("times", "rule"))
    pd.testing.assert_frame_equal(one.finish_dates(), other.finish_dates())
    pd.testing.assert_frame_equal(one.summary(), other.summary())


def random_rule(rng):
    at_most = int(rng.integers(0, 5))
    at_least = at_most + int(rng.integers(1, 8))
    window = {"in_days": float(rng.integers(3, 40))}
    kind = str(rng.choice(["attacks", "wounded"]))
    if rng.random() < 0.5:
        window["sites"] = [str(site) for site in rng.choice(["asad", "baghdad", "syria"], 2, False)]
    then = [
        {"pause": {}},
        {"pause": {"at_least_days": float(rng.integers(1, 40))}},
        {"accelerate": {"factor": 1.5}},
        {"pause": {}, "reinforce": {"site": "asad", "contingent": "us", "people": 40}},
    ]
    rule = {
        "when": {kind: {**window, "at_least": at_least}},
        "until": {kind: {**window, "at_most": at_most}},
        "then": then[rng.integers(len(then))],
        "at_once": bool(rng.random() < 0.5),
        "cooldown_days": float(rng.choice([0, rng.integers(1, 60)])),
    }
    return rule | ({"at_most_times": int(rng.integers(1, 4))} if rng.random() < 0.3 else {})


@pytest.mark.parametrize("case", range(12))
def test_a_policy_decides_as_the_rule_that_says_the_same(bare, case):
    rule = random_rule(np.random.default_rng(SEED + case))
    expected = dd.simulate(ruled(bare, rule), trials=60, seed=case)
    for by_itself in (True, False):
        found = dd.simulate(bare, trials=60, seed=case, policy=policy_of(rule, by_itself=by_itself))
        same(found, expected)
    assert expected.values("times", "rule").to_numpy().sum() > 0 or case > 0


class Moody(dd.Policy):
    """Remembers, and draws."""

    actions = {"hold": {"pause": {}}, "more": {"accelerate": {"factor": 1.2}}}
    counts = {"lately": {"attacks": {"in_days": 5}}}
    memory = {"mood": 0.0, "looks": 0.0}
    at_once = True

    def review(self, now):
        now.memory["looks"] += 1
        threshold = now.uniform(of_the_trial=True)
        mood = 0.8 * now.memory["mood"] + now["lately"] + threshold
        now.memory["mood"] = mood
        chance = now.uniform(2)
        held = now.is_in_force
        return now.choose(
            hold=~held & (chance[:, 0] < 1 - np.exp(-mood / 40)),
            more=~held & (chance[:, 1] < 0.01),
            end=held & (now.memory["looks"] % 3 == 0),
        )


def one_by_one(now):
    now.memory["looks"] += 1
    threshold = now.uniform(of_the_trial=True)
    mood = 0.8 * now.memory["mood"] + now["lately"] + threshold
    now.memory["mood"] = mood
    hold, more = now.uniform(2)
    if now.is_in_force:
        return "end" if now.memory["looks"] % 3 == 0 else None
    if hold < 1 - np.exp(-mood / 40):
        return "hold"
    return {"accelerate": {"factor": 1.2}} if more < 0.01 else None


class OneByOne(Moody):
    """The same, one trial after another."""

    name = "Moody"
    review = dd.Policy.review

    def decide(self, now):
        return one_by_one(now)


def test_decisions_hang_neither_on_threads_nor_on_which_trials_are_asked_together(bare):
    expected = dd.simulate(bare, trials=150, seed=5, threads=1, policy=Moody())
    assert expected.values("pauses").sum() > 50
    same(dd.simulate(bare, trials=150, seed=5, threads=3, policy=Moody()), expected)
    same(dd.simulate(bare, trials=150, seed=5, policy=OneByOne()), expected)
    few = dd.simulate(bare, trials=41, seed=5, policy=Moody())
    np.testing.assert_array_equal(few.values("pauses"), expected.values("pauses")[:41])
    summary = dd.simulate(bare, trials=150, seed=5, keep="summary", policy=Moody())
    pd.testing.assert_frame_equal(
        summary.summary()[["mean", "missing"]], expected.summary()[["mean", "missing"]]
    )


def test_trials_are_asked_alone_when_they_are_simulated_once_more(bare):
    run = dd.simulate(bare, trials=30, seed=5, policy=Moody())
    times = run.values("times", "rule")["Moody"]
    for k in (0, 17, 29):
        events = run.trial(k).events
        assert (events["kind"] == "rule_set_off").sum() == times[k]
    log = run.events(range(30)).to_pandas()
    found = (
        log[log["kind"] == "rule_set_off"].groupby("trial").size().reindex(range(30), fill_value=0)
    )
    np.testing.assert_array_equal(found, times)


def test_what_a_policy_sees_is_what_happened(bare):
    seen = {}

    class Witness(dd.Policy):
        counts = {"lately": {"attacks": {"in_days": 9}}}

        def review(self, now):
            assert now.people.shape == (len(now), len(now.sites), len(now.contingents))
            np.testing.assert_array_equal(
                now.people.sum((1, 2)), sum(now.people_at(site) for site in now.sites)
            )
            np.testing.assert_array_equal(
                now.people.sum((1, 2)), sum(now.people_of(who) for who in now.contingents)
            )
            assert set(now.tension) <= set(bare.to_dict()["world"]["tension"]["states"])
            assert set(now.phase("first")) <= {"waiting", "moving", "held", "done", "cancelled"}
            assert (now.times == 0).all()
            assert now.may_act.all()
            assert not now.is_in_force.any()
            assert (now.insurgent_strength >= 0).all()
            for k, trial in enumerate(now.trials):
                one = now.one(k)
                assert one["lately"] == now["lately"][k]
                assert one.people_at("asad") == now.people_at("asad")[k]
                places = {"threats": now.threats, "sites": now.sites, "who": now.contingents}
                seen.setdefault(int(trial), []).append((one, places))

    run = dd.simulate(bare, trials=4, seed=3, policy=Witness())
    gates = list(bare.to_dict()["plan"]["gates"])
    assert gates
    for k in range(4):
        trial = run.trial(k)
        log, there = trial.events, history.people(trial)
        hits = log[log["kind"].isin(["attack", "attack_intercepted"])]
        tension = log[log["kind"] == "tension"]
        for now, places in seen[k][::15]:
            days = now.days
            assert (
                now["lately"] == hits["time_days"].between(days - 9, days, inclusive="right").sum()
            )
            before = log[log["time_days"] <= days]
            for t, threat in enumerate(places["threats"]):
                for s, site in enumerate(places["sites"]):
                    own = before[(before["threat"] == threat) & (before["site"] == site)]
                    kinds = own["kind"].isin(["attack", "attack_intercepted"])
                    assert now.attacks[t, s] == kinds.sum()
                    for what in ("wounded", "killed"):
                        harmed = own.loc[own["kind"] == what, "count"].sum()
                        assert getattr(now, what)[t, s] == harmed
            people = there[there.index <= days].iloc[-1]
            assert {site: now.people_at(site) for site in places["sites"]} == people.to_dict()
            states = tension.loc[tension["time_days"] <= days, "state"]
            assert now.tension == (states.iloc[-1] if len(states) else "calm")
            for gate in gates:
                opened = (before["kind"] == "gate_opened") & (before["gate"] == gate)
                assert now.gate_is_open(gate) == opened.any()
            begun = before.loc[before["kind"] == "phase_started", "phase"]
            done = before.loc[before["kind"] == "phase_finished", "phase"]
            for phase in ("first", "second"):
                state = "done" if (done == phase).any() else "moving"
                assert now.phase(phase) == (state if (begun == phase).any() else "waiting")
            assert now.is_done == (len(done) == 2)


def test_an_exception_of_a_policy_keeps_what_was_run(bare):
    class Breaks(dd.Policy):
        def decide(self, now):
            if now.trials == 700 and now.days > 50:
                raise ZeroDivisionError("no such thing")

    with pytest.raises(
        dd.PolicyError, match="policy `Breaks` broke off in trial 700 under seed 7"
    ) as told:
        dd.simulate(bare, trials=1_000, seed=7, policy=Breaks())
    error = told.value
    assert isinstance(error.__cause__, ZeroDivisionError)
    assert (error.policy, error.trial, error.seed) == ("Breaks", 700, 7)
    assert 50 < error.days < 70
    done = error.partial
    assert done.trials == 700
    plain = dd.simulate(bare, trials=done.trials, seed=7)
    np.testing.assert_array_equal(done.values("attacks"), plain.values("attacks"))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda now: np.zeros(len(now) + 1, dtype=int), "answers"),
        (lambda now: np.full(len(now), 7), "7 is no place among 1 actions"),
        (lambda now: ("hold" for _ in now.days), "the shape (1,), not a generator"),
        (lambda now: "holds", "the shape (1,), not 'holds'"),
        (lambda now: np.zeros((len(now), 1), dtype=int), "not (1, 1)"),
        (lambda now: ["hodl"] * len(now), "did you mean 'hold'"),
        (lambda now: [3.5] * len(now), "not 3.5"),
        (lambda now: [{"accelerate": {"factor": 0.5}}] * len(now), "factor"),
        (
            lambda now: (
                [{"reinforce": {"site": "atlantis", "contingent": "us", "people": 3}}] * len(now)
            ),
            "atlantis",
        ),
        (lambda now: now.choose(hodl=True), "did you mean 'hold'"),
        (lambda now: now["late"], "did you mean 'lately'"),
        (lambda now: now.people_at("assad"), "did you mean 'asad'"),
    ],
)
def test_answers_that_are_none_are_told(bare, answer, said):
    class Wrong(dd.Policy):
        actions = {"hold": {"pause": {}}}
        counts = {"lately": {"attacks": {"in_days": 9}}}

        def review(self, now):
            return answer(now)

    with pytest.raises(dd.PolicyError) as told:
        dd.simulate(bare, trials=5, seed=7, policy=Wrong())
    assert said in str(told.value)


def test_what_is_remembered_is_a_finite_number(bare):
    class Forgets(dd.Policy):
        memory = {"mood": 0.0, "since": 0.0}

        def decide(self, now):
            if now.trials == 3 and now.days > 20:
                now.memory["since"] = np.nan

    with pytest.raises(dd.PolicyError, match=r"memory\['since'\] is nan.*finite") as told:
        dd.simulate(bare, trials=5, seed=7, policy=Forgets())
    assert told.value.trial == 3
    Forgets.memory = {"mood": np.inf}
    with pytest.raises(ValueError, match=r"memory\['mood'\]` must be a finite number, not inf"):
        dd.simulate(bare, trials=5, seed=7, policy=Forgets())


def test_a_count_is_compared_by_the_policy(bare):
    class Compares(Moody):
        counts = {"lately": {"attacks": {"in_days": 5, "at_most": 3}}}

    with pytest.raises(ValueError, match=r"counts.*lately.*`at_most`.*compare in `review`"):
        dd.simulate(bare, trials=2, policy=Compares())
    Compares.counts = {"lately": 3}
    with pytest.raises(TypeError, match=r"counts\['lately'\]` is a mapping such as"):
        dd.simulate(bare, trials=2, policy=Compares())


def test_each_trial_stands_alone_and_writes_into_the_memory_of_all(bare):
    asked = []

    class Witness(dd.Policy):
        memory = {"looks": 0.0}

        def review(self, now):
            asked.append(len(now))
            for k in range(len(now)):
                one = now.one(k)
                # What is asked of one trial is not computed for all.
                assert len(one._alone.people) == 1
                one.memory["looks"] += k + 1
                np.testing.assert_array_equal(one.uniform(2), now.uniform(2)[k])
                assert one.uniform() == now.uniform()[k] == now.uniform(1)[k, 0]
                assert isinstance(one.uniform(), float)
            np.testing.assert_array_equal(now.memory["looks"], 1 + np.arange(len(now)))
            now.memory["looks"] = 0
            assert now.one(-1) == now.one(len(now) - 1)
            with pytest.raises(IndexError):
                now.one(len(now))

    dd.simulate(bare, trials=7, seed=3, policy=Witness())
    assert max(asked) > 1


@pytest.mark.parametrize(
    ("answer", "remembered", "said"),
    [
        (-3, (0, 2), "-3 is no place among 2 actions"),
        (2**62, (0, 2), "is no place among 2 actions"),
        (-1, (0, 1), "shape (1, 1), and not (1, 2)"),
        (-1, (1, 2), "shape (2, 2), and not (1, 2)"),
    ],
)
def test_the_core_takes_no_answer_that_is_none(bare, answer, remembered, said):
    more, width = remembered

    def review(rows, keys):
        return np.full(len(rows), answer), np.zeros((len(rows) + more, width)), []

    own = bare._compiled.with_policy("own", review, Decider(Moody(), bare).terms())
    with pytest.raises(dd.PolicyError, match=re.escape(said)):
        _core.simulate(own, 5, 7)


def test_every_problem_of_a_policy_is_told_at_once(bare):
    class Wrong(dd.Policy):
        actions = {
            "one": {"pause": {"at_least_days": -1}},
            "two": {"cancel": {"phases": ["fourth"]}},
        }
        counts = {
            "lately": {"attacks": {"in_days": 9, "sites": ["atlantis"]}},
            "x": {"expelled": True},
        }
        until = {"phase": {"id": "nothing", "state": "done"}}

        def decide(self, now):
            return "one"

    with pytest.raises(dd.ScenarioError) as told:
        dd.simulate(bare, trials=5, policy=Wrong())
    paths = {problem.path for problem in told.value.problems}
    assert {"Wrong.actions.one.pause.at_least_days", "Wrong.actions.two.cancel.phases.0"} <= paths


def test_what_no_file_can_hold_is_refused(bare, tmp_path):
    with pytest.raises(ValueError, match="no file can hold"):
        dd.simulate(bare, trials=5, policy=Moody(), out=tmp_path / "run")
    run = dd.simulate(bare, trials=5, seed=1, policy=Moody())
    with pytest.raises(ValueError, match="without the policy"):
        run.report(tmp_path / "page.html")
    again = pickle.loads(pickle.dumps(run))
    assert again.origin == run.origin
    assert again.origin["policies"] == ["Moody"]
    assert "policy Moody" in again.origin_line
    for ask in (lambda: again.trial(0), lambda: again.events([0])):
        with pytest.raises(ValueError, match="decided by a policy"):
            ask()
    for one in (run, again):
        with pytest.raises(ValueError, match="no file can hold"):
            dd.simulate(bare, trials=5, seed=1, done=[one])
        with pytest.raises(ValueError, match="no file can hold"):
            dd.merge([one])


def test_a_policy_is_named_and_alone_of_that_name(bare):
    def patient(now):
        return None

    assert dd.simulate(bare, trials=2, policy=patient).origin["policies"] == ["patient"]
    assert "policies" not in dd.simulate(bare, trials=2).origin
    rule = {"when": {"expelled": True}, "then": {"pause": {}}}
    taken = bare.replace({"plan.rules": {"patient": rule}})
    with pytest.raises(ValueError, match="rule `patient` already"):
        dd.simulate(taken, trials=2, policy=patient)

    class Mute(dd.Policy):
        actions = {"hold": {"pause": {}}}

    mute = "Mute has neither `decide` nor `review`"
    for wrong, said in [(Moody, "give Moody()"), (3, "not int"), (Mute(), mute)]:
        with pytest.raises(TypeError, match=said.replace("(", r"\(").replace(")", r"\)")):
            dd.simulate(bare, trials=2, policy=wrong)
    taught = Mute()
    taught.decide = lambda now: "hold"
    assert dd.simulate(bare, trials=2, policy=taught).values("pauses").sum() > 0


def test_numbers_drawn_are_uniform_and_keyed(bare):
    drawn = {}

    class Draws(dd.Policy):
        def review(self, now):
            np.testing.assert_array_equal(now.uniform(3)[:, :2], now.uniform(2))
            for k, trial in enumerate(now.trials):
                drawn.setdefault(int(trial), []).append(
                    (*now.uniform(2)[k], now.uniform(of_the_trial=True)[k])
                )

    dd.simulate(bare, trials=40, seed=9, policy=Draws())
    rows = np.array([row for trial in drawn.values() for row in trial])
    assert len(np.unique(rows[:, :2])) == 2 * len(rows)
    assert len(np.unique(rows[:, 2])) == 40
    numbers = rows[:, :2].ravel()
    assert abs(numbers.mean() - 0.5) < 4 * np.sqrt(1 / 12 / len(numbers))
    assert abs((numbers**2).mean() - 1 / 3) < 4 * np.sqrt(4 / 45 / len(numbers))


def test_an_interrupt_stops_a_run_with_a_policy(bare):
    def stop(done):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted) as told:
        dd.simulate(bare, trials=100_000, seed=7, policy=Moody(), progress=stop)
    assert 0 < told.value.partial.trials < 100_000
    assert threading.active_count() < 50


class Lever(dd.Policy):
    """What a learner may do."""

    name = "own"
    actions = {"hold": {"pause": {}}, "more": {"accelerate": {"factor": 1.2}}}
    counts = {"lately": {"attacks": {"in_days": 14}}}


def fewer_attacks(before, now):
    return float(before.attacks.sum() - now.attacks.sum())


def test_an_environment_is_one_of_gymnasium(bare):
    pytest.importorskip("gymnasium")
    from gymnasium.utils.env_checker import check_env

    env = dd.adapters.gym_env(bare, Lever(), fewer_attacks)
    check_env(env)
    assert env.action_space.n == 4
    _, info = env.reset(seed=1)
    names, total, steps = info["names"], 0.0, 0
    assert len(names) == env.observation_space.shape[0]
    terminated = truncated = False
    while not (terminated or truncated):
        seen, earned, terminated, truncated, info = env.step(env.action_space.sample())
        assert env.observation_space.contains(seen)
        total, steps = total + earned, steps + 1
    assert terminated != truncated
    assert total < 0
    assert steps > 20
    with pytest.raises(RuntimeError, match="reset"):
        env.step(0)


def test_an_environment_tells_the_end_of_the_plan_from_the_horizon(bare):
    pytest.importorskip("gymnasium")
    found = set()
    for scenario in (bare, bare.replace({"horizon": "2027-01-10"})):
        finish = dd.simulate(scenario, trials=10, seed=4).values("finish_days")
        env = dd.adapters.gym_env(scenario, Lever(), lambda before, now: 0.0)
        for trial in range(10):
            env.reset(options={"seed": 4, "trial": trial})
            over = (False, False)
            while not any(over):
                *_, terminated, truncated, info = env.step(0)
                over = (terminated, truncated)
            day = finish[trial]
            assert terminated != truncated
            assert terminated == (not np.isnan(day))
            assert not terminated or day <= info["days"] <= day + 8
            found.add(over)
    assert len(found) == 2


def test_an_episode_that_is_over_at_once_has_a_step_in_which_nothing_happens():
    pytest.importorskip("gymnasium")
    changes = {"plan.review_every_days": 366, "horizon": "2025-10-05"}
    scenario = dd.Scenario.example("minimal").replace(changes)
    env = dd.adapters.gym_env(scenario, Lever(), lambda before, now: 1.0)
    for trial in range(2):
        seen, _ = env.reset(options={"seed": 4, "trial": trial})
        after, earned, terminated, truncated, _ = env.step(2)
        np.testing.assert_array_equal(after, seen)
        assert (earned, terminated or truncated) == (0.0, True)
        with pytest.raises(RuntimeError, match="reset"):
            env.step(0)


def test_no_two_numbers_of_an_observation_have_one_name(bare):
    pytest.importorskip("gymnasium")

    class Clashes(Lever):
        counts = {name: {"attacks": {"in_days": 14}} for name in ("people asad us", "days")}

    env = dd.adapters.gym_env(bare, Clashes(), fewer_attacks)
    names = env.reset(seed=1)[1]["names"]
    assert len(names) == len(set(names)) == env.observation_space.shape[0]
    assert names[-2:] == ["counts people asad us", "counts days"]


def test_what_is_decided_step_by_step_is_what_a_policy_decides(bare):
    pytest.importorskip("gymnasium")

    class Rule(Lever):
        def decide(self, now):
            if now.is_in_force:
                return "end" if now["lately"] <= 2 else None
            return "hold" if now["lately"] >= 6 else None

    run = dd.simulate(bare, trials=8, seed=6, policy=Rule())
    env = dd.adapters.gym_env(bare, Lever(), fewer_attacks)
    codes = {None: 0, "end": 1, "hold": 2}
    for trial in range(8):
        _, info = env.reset(options={"seed": 6, "trial": trial})
        over = False
        while not over:
            *_, terminated, truncated, info = env.step(codes[Rule().decide(info["situation"])])
            over = terminated or truncated
        now = info["situation"]
        if truncated:
            assert now.attacks.sum() == run.values("attacks")[trial]
            assert now.times == run.values("times", "rule")["own"][trial]
        else:
            log = run.trial(trial).events
            hits = log["kind"].isin(["attack", "attack_intercepted"]) & (
                log["time_days"] <= now.days
            )
            assert now.attacks.sum() == hits.sum()


def test_observations_of_an_environment_are_those_of_a_policy(bare):
    pytest.importorskip("gymnasium")
    seen = {}

    class Watches(Lever):
        def review(self, now):
            for k, trial in enumerate(now.trials):
                seen.setdefault(int(trial), []).append(now.observation[k])
            return None

    dd.simulate(bare, trials=2, seed=6, policy=Watches())
    env = dd.adapters.gym_env(bare, Watches(), fewer_attacks)
    for trial in range(2):
        first, _ = env.reset(options={"seed": 6, "trial": trial})
        rows = [first] + [env.step(0)[0] for _ in range(20)]
        np.testing.assert_array_equal(rows, seen[trial][:21])


def test_plans_are_compared_under_policies_of_their_own(bare):
    policies = {"moody": Moody(), "never": lambda now: None}
    plans = dict.fromkeys(["bare", "moody", "never"], bare)
    found = dd.compare(plans, policies=policies, trials=60, seed=5, stay=False)
    same(found.runs["moody"], dd.simulate(bare, trials=60, seed=5, policy=Moody()))
    differences = found.differences("attacks")
    assert (differences["never"] == 0).all()
    with pytest.raises(ValueError, match="no plan `mody`"):
        dd.compare(plans, policies={"mody": Moody()}, trials=60)
