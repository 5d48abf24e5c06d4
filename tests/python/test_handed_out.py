"""Whatever a result hands out is the caller's own: changing it changes no later answer."""

import inspect

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import drawdown as dd
from drawdown.runs.result import Result

TRIALS = 40
SLOW = {"all": {"phases": ["first", "second"], "factor": 1.5}}
QUIET = {"seed": 7, "progress": False}
# Asks that need arguments, by class: what all others are found by.
ASKS = {
    dd.Run: [
        ("values", ("attacks",)),
        ("values", ("attacks", "site")),
        ("distribution", ("killed",)),
        ("ids", ("site",)),
        ("exceedance", ()),
        ("summary", ("site",)),
    ],
    dd.Comparison: [("differences", ("attacks",)), ("table", ("site",))],
    dd.Worlds: [("histories", (("plan", "attacks"),)), ("__getitem__", (("plan", "attacks"),))],
    dd.Drivers: [("table", ("casualties",))],
}
# Methods that draw, write or go through events at length.
LEFT_OUT = {"plot", "to_parquet", "to_arviz", "alarms"} | {"draws"}  # its name before 0.2


def of_forecasts():
    rng = np.random.default_rng(1)
    series = pd.Series(rng.poisson(6, 50), pd.period_range("2020-01", periods=50, freq="M"))
    about = {"samples": 30, "models": ["climatology", "last value"]}
    found = dd.backtest(series, horizons=(1, 3), progress=False, **about)
    return {
        "backtest": found,
        "scores": found.scores,
        "forecast": dd.Forecast.of_series(series, **about),
        "onset": found.onset(6),
        "stacked": dd.stack(found),
        "forecasting": dd.forecasting(dd.Scenario.example("minimal")),
    }


def of_what_was_observed(iraq):
    """With a month that most trials make possible."""
    month = {"from": ["2024-10-01"], "to": ["2024-10-31"], "count": [40], "bound": ["at_most"]}
    observed = dd.Observations.of(counts=pd.DataFrame(month))
    return {
        "update": dd.update(iraq, observed, particles=300, **QUIET),
        "conditioned": dd.condition(dd.simulate(iraq, trials=60, **QUIET), observed),
    }


@pytest.fixture(scope="module")
def results(iraq, tmp_path_factory) -> dict[str, object]:
    """One of each kind."""
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    shared = dd.simulate(iraq, trials=80, samples=40, **QUIET)
    run = dd.simulate(iraq, trials=TRIALS, **QUIET)
    path = tmp_path_factory.mktemp("handed") / "run.npz"
    shared.save(path)
    plans = dd.compare({"plan": iraq, "firm": firm}, trials=80, samples=40, **QUIET)
    says = ("plan", "casualties", "<", "stay")
    conclusions = plans.conclusions([says])
    room = dd.minimum_allowance(
        iraq, finish="2027-06-30", most=5_000, days=[0, 60], trials=16, seed=7
    )
    rules = {"budget": 2, "trials": TRIALS, "fresh_trials": TRIALS}
    return {
        "scenario": iraq,
        "run": run,
        "run with draws": shared,
        "draws": shared.samples,
        "run read again": dd.load(path),
        "draws read again": dd.load(path).samples,
        "summary": dd.simulate(iraq, trials=TRIALS, keep="summary", **QUIET),
        "trial": run.trial(3),
        "log": run.events([3, 1]),
        "comparison": plans,
        "conclusions": conclusions,
        "worlds": conclusions.worlds,
        "discovery": dd.scenario_discovery(
            shared, {"attacks": float(np.median(shared.values("attacks")))}
        ),
        "sweep": dd.sweep(iraq, {"plan.breathing_room.pause_days": [0, 60]}, trials=9, **QUIET),
        "price": dd.pause_tradeoff(iraq, [0, 60], [], trials=TRIALS, **QUIET),
        "room": room,
        "risk": dd.risk_over_time(run, trials=20),
        "drivers": dd.drivers(iraq, samples=8, trials=16, groups="part", **QUIET),
        "given drivers": shared.drivers(),
        "register": dd.risk_register(
            firm.replace({"world.risks": {"storm": {"probability": 0.5, "effects": SLOW}}}),
            trials=9,
            **QUIET,
        ),
        "tornado": dd.tornado(firm, ["casualties"], trials=9, **QUIET),
        "criticality": dd.criticality(iraq, kinds=["gate"], trials=TRIALS, **QUIET),
        "reentry": dd.reentry(iraq, trials=TRIALS, **QUIET),
        **of_forecasts(),
        "posterior": dd.Posterior(
            iraq,
            dd.sample_inputs(iraq, 30, seed=1),
            pd.DataFrame({"rhat": 1.0}, pd.Index(dd.sample_inputs(iraq, 1).columns, name="range")),
            "by hand",
            {"seed": 1},
        ),
        "explanation": dd.explain(iraq, mechanisms=["rules"], trials=TRIALS, **QUIET),
        "search": dd.optimize_rule(iraq, "hold_under_fire", **rules, **QUIET),
        "observations": dd.Observations.from_run(run, 2).until("2026-01-01")
        + dd.Observations.example("us-forces-2023-2024").until("2024-01-01"),
        **of_what_was_observed(iraq),
        "until": dd.simulate_to_precision(iraq, "attacks", 1e6, **QUIET),
        "tail": run.tail("killed"),
        "reference class": dd.reference_class(),
        "elicitation": dd.elicit(
            iraq,
            pd.DataFrame(
                [("a", "world.insurgency.pressure", 0.5, 1, 1.4)],
                columns=["expert", "question", "p5", "p50", "p95"],
            ),
        ),
    }


def asked(result: object):
    """Every public attribute, property and method that needs no argument, and what it gives."""
    names = {*dir(type(result)), *getattr(result, "__dict__", {})}
    for name in sorted(names):
        if name.startswith("_") or name in LEFT_OUT:
            continue
        try:
            found = getattr(result, name)
            if inspect.ismethod(found):
                parameters = inspect.signature(found).parameters.values()
                needed = (p.default is p.empty and p.kind is not p.VAR_KEYWORD for p in parameters)
                if any(needed):
                    continue
                found = found()
        except ValueError as error:
            found = str(error)
        yield name, found
    for name, given in ASKS.get(type(result), []):
        try:
            yield f"{name}{given}", getattr(result, name)(*given)
        except ValueError as error:
            yield f"{name}{given}", str(error)


def written(value: object) -> object:
    """A value as it is now, to be compared; results stand for themselves."""
    if isinstance(value, pd.DataFrame):
        return written(value.to_dict("list")), [str(key) for key in value.index]
    if isinstance(value, pd.Series):
        return written(value.to_list()), [str(key) for key in value.index]
    if isinstance(value, (xr.Dataset, xr.DataArray)):
        return written(value.to_dict())
    if isinstance(value, np.ndarray):
        return written(value.tolist())
    if isinstance(value, dict):
        return [(str(key), written(one)) for key, one in value.items()]
    if isinstance(value, (list, tuple)):
        return [written(one) for one in value]
    return repr(value)


def spoil(value: object) -> None:
    """Changes all that can be changed in a value."""
    if isinstance(value, pd.DataFrame):
        for column in list(value.columns):
            value[column] = 1e9
        for array in value._mgr.arrays:
            spoil(np.asarray(array))
        for column in list(value.columns):
            del value[column]
        value["more"] = 1
        value.attrs["more"] = 1
    elif isinstance(value, pd.Series):
        spoil(value.to_numpy())
        value.iloc[:] = value.iloc[::-1].to_numpy()
        del value[value.index[0]]
    elif isinstance(value, xr.Dataset):
        for name in value.variables:
            spoil(value[name].values)
            value[name].attrs.clear()
        value.attrs.clear()
    elif isinstance(value, np.ndarray):
        if value.flags.writeable and value.size:
            value.flat[...] = value.flat[::-1].copy() if value.dtype.kind in "OUM" else 1
    elif isinstance(value, dict):
        for key in list(value):
            spoil(value[key])
            del value[key]
    elif isinstance(value, list):
        for one in value:
            spoil(one)
        value.clear()
    elif isinstance(value, tuple):
        for one in value:
            spoil(one)


NAMES = (
    *("scenario", "run", "run with draws", "draws", "run read again", "draws read again"),
    *("summary", "trial", "log", "comparison", "conclusions", "worlds", "discovery", "sweep"),
    *("price", "room", "risk", "drivers", "given drivers", "tornado", "criticality", "reentry"),
    *("backtest", "scores", "forecast", "onset", "stacked", "forecasting", "posterior"),
    *("explanation", "search", "observations", "until", "tail", "elicitation"),
    *("update", "conditioned", "register", "reference class"),
)


def test_there_is_one_of_each_kind_of_result(results):
    kinds = {
        kind
        for kind in (getattr(dd, name) for name in dd.__all__)
        if inspect.isclass(kind) and not issubclass(kind, BaseException)
    }
    # A problem is a tuple of texts; a policy, what it sees, and an explorer are no results.
    others = {dd.Problem, dd.Policy, dd.Situation, dd.Situations, dd.Explorer}
    assert kinds - others == {type(result) for result in results.values()}
    assert set(results) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_handed_out_can_be_changed_without_changing_later_answers(results, name):
    before = [(what, written(value)) for what, value in asked(results[name])]
    assert before
    for _, value in asked(results[name]):
        spoil(value)
    again = dict(asked(results[name]))
    for what, due in before:
        assert written(again[what]) == due, what


def test_a_table_of_samples_that_was_given_is_the_run_s_own(iraq):
    table = dd.sample_inputs(iraq, 4, seed=1)
    asked = table.copy()
    run = dd.simulate(iraq, trials=8, samples=table, **QUIET)
    table.iloc[:, :] = 0.5
    pd.testing.assert_frame_equal(run.samples.values, asked)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_shown_is_there_as_data(results, name):
    result = results[name]
    if not isinstance(result, Result):
        return
    tables = result.tables()
    assert tables
    for what, table in tables.items():
        alone = getattr(result, what)
        alone = alone() if callable(alone) else alone
        if isinstance(alone, dict):
            alone = pd.DataFrame({"words": alone}).rename_axis("rule")
        pd.testing.assert_frame_equal(table, alone)
        assert all(isinstance(column, str) for column in table.columns)
        assert None not in table.index.names
    assert result.title
    shown = str(result)
    assert shown.startswith((result.origin_line, getattr(result, "why", result.origin_line)))
    assert repr(result).startswith(f"{type(result).__name__}(")
    assert len(shown) > len(repr(result))


def test_the_analyses_are_results(results):
    kinds = {type(result) for result in results.values() if isinstance(result, Result)}
    assert kinds == {
        *(dd.Run, dd.Comparison, dd.Conclusions, dd.Criticality, dd.Discovery, dd.Drivers),
        *(dd.Explanation, dd.MinimumAllowance, dd.PauseTradeoff, dd.Reentry, dd.RiskOverTime),
        *(dd.Observations, dd.RuleSearch, dd.Sweep, dd.Tornado, dd.Converged, dd.Tail),
        *(dd.Backtest, dd.Scores, dd.Forecast, dd.Onset, dd.Stacked, dd.Elicitation),
        *(dd.Posterior, dd.Update, dd.Conditioned, dd.RiskRegister, dd.ReferenceClass),
    }
