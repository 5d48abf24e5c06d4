import warnings
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.runs.samples import at_uniforms

LAWS = {
    "uniform": {"uniform": [0.1, 0.4]},
    "triangular": {"triangular": [0.1, 0.2, 0.6]},
    "truncated_normal": {"truncated_normal": {"mean": 0.3, "sd": 0.2, "low": 0.1, "high": 0.9}},
    "lognormal": {"lognormal": {"median": 0.3, "sigma": 0.4}},
    "pert": {"pert": [0.1, 0.2, 0.6]},
    "gamma": {"gamma": {"shape": 2, "mean": 0.3}},
    "mixture": {
        "mixture": [{"weight": 0.3, "value": 0.1}, {"weight": 0.7, "value": {"uniform": [0.2, 1]}}]
    },
}
RATE = "world.threats.militia.rate_factor"


@pytest.fixture(scope="module")
def ema() -> ModuleType:
    # It warns on import of what is not installed.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ema_workbench
    return ema_workbench


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_salib_samples_the_law_of_the_scenario(minimal, law):
    from SALib.util import scale_samples

    scenario = minimal.replace({RATE: law})
    problem = dd.adapters.salib_problem(scenario)
    assert problem["names"] == [RATE]
    uniforms = (np.arange(200) + 0.5) / 200
    sample = scale_samples(uniforms[:, np.newaxis].copy(), problem)
    found = dd.adapters.salib_evaluate(scenario, sample, ["attacks"], trials_each=2, seed=3)
    asked = pd.DataFrame({RATE: at_uniforms(law, uniforms)})
    run = dd.simulate(scenario, trials=400, seed=3, samples=asked, progress=False)
    # The same values in the same order, so the same histories.
    assert found["attacks"].tolist() == run.values("attacks").reshape(-1, 2).mean(axis=1).tolist()


def test_sobol_indices_are_those_of_a_sum_of_two_threats(minimal):
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampler

    # Expected attacks are a day rate times (f + 2 g), f and g uniform: indices 1/5 and 4/5, but for
    # the scatter of Poisson counts, which no range explains.
    threat = minimal.to_dict()["world"]["threats"]["militia"] | {"weapons": {}}
    one = threat | {"attacks_per_day": 1, "rate_factor": {"uniform": [0, 2]}}
    two = threat | {"attacks_per_day": 2, "rate_factor": {"uniform": [0, 2]}}
    stays = {"start": "2025-01-01", "horizon": "2025-04-11", "plan": None}
    scenario = minimal.replace(stays | {"world.threats": {"one": one, "two": two}})
    problem = dd.adapters.salib_problem(scenario)
    sample = sampler.sample(problem, 512, calc_second_order=False, seed=1)
    found = dd.adapters.salib_evaluate(scenario, sample, ["attacks"], trials_each=20, seed=3)
    indices = sobol.analyze(problem, found["attacks"].to_numpy(), calc_second_order=False, seed=1)
    # Over 100 days: the variance of the mean is 100² (1 + 4) / 3, and 100 · 3 / 20 by chance.
    whole = 1e4 * 5 / 3 + 15
    for path, share in (("one", 1e4 / 3), ("two", 4e4 / 3)):
        k = problem["names"].index(f"world.threats.{path}.rate_factor")
        assert abs(indices["S1"][k] - share / whole) < 4 * indices["S1_conf"][k] / 1.96


def test_rows_that_are_refused_are_missing_and_never_is_the_horizon(minimal):
    scenario = minimal.replace(
        {
            "horizon": "2025-12-31",
            "plan.phases.leave.duration_ratio": 5,
            "world.threats.militia.contagion": {
                "children_per_attack": {"uniform": [0, 3]},
                "decay_days": 4,
            },
        }
    )
    found = dd.adapters.salib_evaluate(scenario, [[0.1], [2.5]], trials_each=2, seed=3)
    assert found["finish_days"][0] == 364
    assert found.loc[1].isna().all()


def test_samples_of_another_shape_and_impossible_quantiles_are_refused(minimal):
    scenario = minimal.replace({RATE: LAWS["gamma"]})
    with pytest.raises(ValueError, match="a column for each of the 1 ranges"):
        dd.adapters.salib_evaluate(scenario, [[0.1, 0.2]])
    with pytest.raises(ValueError, match="from 0 to 1"):
        dd.adapters.salib_evaluate(scenario, [[1.2]])
    with pytest.raises(ValueError, match="no ranges"):
        dd.adapters.salib_problem(minimal)
    with pytest.raises(ValueError, match="no column for the range"):
        dd.adapters.at_quantiles(scenario, pd.DataFrame({"x": [0.5]}))


def test_an_experiment_is_a_run_at_its_values_and_levers(ema, minimal):
    scenario = minimal.replace({RATE: LAWS["lognormal"]})
    levers = {
        "plan.transport.people_per_day": (100, 300),
        "plan.review_every_days": [7, 14],
    }
    model = dd.adapters.ema_model(scenario, levers=levers, trials=10, seed=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        experiments, outcomes = ema.perform_experiments(model, scenarios=4, policies=2)
    assert len(experiments) == 8
    values = dd.adapters.at_quantiles(scenario, experiments)
    for k, row in experiments.reset_index(drop=True).iterrows():
        people = int(row["plan_transport_people_per_day"])
        changes = {
            "plan.transport.people_per_day": people,
            "plan.review_every_days": int(row["plan_review_every_days"]),
            RATE: float(values[RATE].iloc[k]),
        }
        run = dd.simulate(scenario.replace(changes), trials=10, seed=3, progress=False)
        assert outcomes["casualties"][k] == pytest.approx(run.values("casualties").mean())
        assert outcomes["finish_days"][k] == pytest.approx(run.values("finish_days").mean())


def test_an_optimiser_is_told_which_way_is_better(ema, minimal):
    scenario = minimal.replace({"plan.transport.people_per_day": 150})
    asked = ["casualties", "casualties <= 100", "finish_days > 2026-12-31"]
    ranged = scenario.replace({"world.threats.militia.rate_factor": {"uniform": [0.5, 2]}})
    model = dd.adapters.ema_model(ranged, outcomes=asked, trials=4)
    outcome = ema.ScalarOutcome
    kinds = [model.outcomes[name].kind for name in asked]
    assert kinds == [outcome.MINIMIZE, outcome.MAXIMIZE, outcome.MINIMIZE]
