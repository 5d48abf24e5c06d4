"""Everything that a user may hold crosses to other processes, and can be copied."""

import copy
import inspect
import multiprocessing
import pickle

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import drawdown as dd

GIVEN = {"trials": 40, "seed": 5, "progress": False}
LATE = {"all": {"phases": ["leave"], "factor": 2}}
PAUSE = "plan.breathing_room.pause_days"


def of_what_was_observed(iraq):
    """With a month that most trials make possible."""
    month = {"from": ["2024-10-01"], "to": ["2024-10-31"], "count": [40], "bound": ["at_most"]}
    observed = dd.Observations.of(counts=pd.DataFrame(month))
    run = dd.simulate(iraq, trials=60, seed=5, progress=False)
    return {
        "Observations": observed,
        "Update": dd.update(iraq, observed, particles=400, seed=5, progress=False),
        "Conditioned": dd.condition(run, observed),
    }


def of_a_policy(small):
    """A policy, and what it was shown."""
    shown = []

    class Watches(dd.Policy):
        def review(self, now):
            shown.append(now)

    dd.simulate(small, **GIVEN, policy=Watches())
    return {"Policy": dd.Policy(), "Situations": shown[0], "Situation": shown[0].one(0)}


@pytest.fixture(scope="module")
def held(iraq):
    """One of every public class, and then some."""
    small = dd.Scenario.example("minimal")
    run = dd.simulate(small, **GIVEN)
    plans = {"firm": iraq.replace({PAUSE: 0}), "as written": iraq}
    both = dd.compare(plans, trials=200, seed=5, samples=100, progress=False)
    fixed = {"seed": 5, "progress": False}
    reentry = dd.Scenario.example("iraq-2011")
    two_levels = dd.simulate(iraq, trials=60, seed=5, samples=30, progress=False)
    known = pd.Series(np.arange(40.0), pd.period_range("2020-01", periods=40, freq="M"))
    tested = dd.backtest(known, ["climatology", "last value"], samples=20, progress=False)
    return of_a_policy(small) | {
        "Backtest": tested,
        "Forecast": dd.Forecast.of_series(known, samples=20),
        "Forecasting": dd.forecasting(small),
        "Onset": dd.backtest(known, samples=20, progress=False).onset(20),
        "Scores": tested.scores,
        "Stacked": dd.stack(tested),
        "Comparison": both,
        "Conclusions": both.conclusions([("firm", "casualties", "<", "as written")]),
        "Converged": dd.simulate_to_precision(
            small, "attacks", 10, seed=5, most_trials=500, progress=False
        ),
        "Criticality": dd.criticality(small, **GIVEN),
        "Discovery": dd.scenario_discovery(both.runs["firm"], ("casualties", ">", 300)),
        "InputSample": two_levels.samples,
        "ReferenceClass": dd.reference_class(),
        "Drivers": both.runs["firm"].drivers(),
        "Elicitation": dd.elicit(
            iraq,
            pd.DataFrame(
                [("a", "world.insurgency.pressure", 0.5, 1, 1.4)],
                columns=["expert", "question", "p5", "p50", "p95"],
            ),
        ),
        "Posterior": dd.Posterior(
            iraq,
            dd.sample_inputs(iraq, 30, seed=1),
            pd.DataFrame({"rhat": 1.0}, pd.Index(dd.sample_inputs(iraq, 1).columns, name="range")),
            "by hand",
            {"seed": 1},
        ),
        "EventLog": run.events(range(3)),
        "Explanation": dd.explain(iraq, trials=20, **fixed),
        "PauseTradeoff": dd.pause_tradeoff(small, pause_days=[0, 30], **GIVEN),
        **of_what_was_observed(iraq),
        "Problem": iraq.warnings[0] if iraq.warnings else dd.Problem("a", "b", "c", "d"),
        "Reentry": dd.reentry(reentry, cases={"fewer": {}}, **GIVEN),
        "RiskRegister": dd.risk_register(
            small.replace({"world.risks": {"it": {"probability": 0.5, "effects": LATE}}}), **GIVEN
        ),
        "RiskOverTime": dd.risk_over_time(run, trials=40),
        "MinimumAllowance": dd.minimum_allowance(
            small, finish="2025-12-31", most=1_000, days=[0, 60], trials=40, seed=5
        ),
        "Run": run,
        "Scenario": iraq,
        "RuleSearch": dd.optimize_rule(
            iraq,
            sorted(iraq.to_dict()["plan"]["rules"])[0],
            trials=20,
            budget=8,
            fresh_trials=20,
            **fixed,
        ),
        "Sweep": dd.sweep(small, {PAUSE: [0, 30]}, **GIVEN),
        "Tail": run.tail("attacks"),
        "Tornado": dd.tornado(iraq, trials=20, **fixed),
        "Trial": run.trial(3),
        "Worlds": dd.Worlds(both.runs),
        # What else results can be of.
        "Run, loaded": pickle.loads(pickle.dumps(run)),
        "Run, summary": dd.simulate(iraq, trials=20, keep="summary", **fixed),
        "Run, of draws": two_levels,
        "Plots": run.plot,
        "ComparisonPlots": both.plot,
    }


WAYS = {
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),
    "deepcopy": copy.deepcopy,
}


def same(one, other, depth=0):
    """Whether all that can be asked of two results without an argument is the same."""
    if isinstance(one, (pd.DataFrame, pd.Series)):
        return one.equals(other)
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, dict):
        keys = list(one) == list(other)
        return keys and all(same(one[key], other[key], depth + 1) for key in one)
    if isinstance(one, (list, tuple)) and not hasattr(one, "_fields"):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "identical"):
        return one.identical(other)
    if not type(one).__module__.startswith("drawdown"):
        return one == other
    return type(one) is type(other) and repr(one) == repr(other)


def answers(one):
    """What a result says when nothing more is given."""
    for name in ("table", "dataset", "summary", "finish_dates", "weekly", "to_pandas", "narrative"):
        ask = getattr(one, name, None)
        if callable(ask) and not any(
            p.default is p.empty and p.kind is not p.VAR_KEYWORD
            for p in inspect.signature(ask).parameters.values()
        ):
            try:
                yield name, ask()
            except ValueError as error:
                yield name, str(error)
    for name in ("__str__", "_repr_html_", "__repr__"):
        if hasattr(one, name) and " object at 0x" not in str(one):
            yield name, getattr(one, name)()


def test_there_is_one_of_every_public_class(held):
    public = {
        name
        for name in dd.__all__
        if inspect.isclass(getattr(dd, name)) and not issubclass(getattr(dd, name), BaseException)
    }
    # It works for whoever looks at it; its setting is what there is to keep.
    public -= {"Explorer"}
    assert public == {name for name in held if name in public}
    for name in public:
        assert type(held[name]).__name__ == name


@pytest.mark.parametrize("way", WAYS)
def test_it_comes_back_the_same(held, way):
    for name, one in held.items():
        again = WAYS[way](one)
        assert type(again) is type(one), name
        if name.endswith("Plots"):
            continue
        for (asked, due), (_, found) in zip(answers(one), answers(again), strict=True):
            assert same(due, found), (name, asked)


def test_a_run_that_came_back_does_all_that_it_did(held, tmp_path):
    for name in ("Run", "Run, summary", "Run, of draws"):
        run = held[name]
        again = WAYS["pickle"](run)
        assert again.origin == run.origin
        assert again.events(range(3)).to_pandas().equals(run.events(range(3)).to_pandas())
        run.save(tmp_path / "run.npz")
        again.save(tmp_path / "again.npz")
        assert (tmp_path / "run.npz").read_bytes() == (tmp_path / "again.npz").read_bytes()
        again.plot.schedule()
        if run.samples:
            assert again.samples.asked.equals(run.samples.asked)
            assert again.variance().equals(run.variance())
    plt.close("all")


def test_errors_come_back_too(minimal):
    with pytest.raises(dd.ScenarioError) as caught:
        minimal.replace({"world.sites.base.garrison.us": -1, "start": "x"})
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems
    assert str(again) == str(caught.value)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted) as caught:
        dd.simulate(minimal, trials=10**6, seed=1, progress=stop)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.partial.origin == caught.value.partial.origin
    assert str(again) == str(caught.value)


def test_a_model_of_ema_workbench_goes_to_other_processes(iraq):
    pytest.importorskip("ema_workbench")
    model = dd.adapters.ema_model(iraq, levers={PAUSE: (0, 120)}, trials=5)
    again = pickle.loads(pickle.dumps(model.function))
    given = {name: 0.5 for name in again.ranges} | dict.fromkeys(again.chosen, 30)
    assert again(**given) == model.function(**given)
    problem = dd.adapters.salib_problem(iraq)
    assert pickle.loads(pickle.dumps(problem)) == problem


def _seed(run):
    return run.seed, run.values("attacks").tolist()


def test_a_run_is_taken_by_a_process(held):
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(_seed, [held["Run"]]) == [_seed(held["Run"])]
