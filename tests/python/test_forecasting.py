"""A scenario as a model of a backtest, against predictive laws that are known."""

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

# Attacks of a rate that is gamma distributed: given the past, months are negative binomial.
SHAPE, MEAN = 4.0, 0.2
SCENARIO = f"""
schema = 1
start = 2020-01-01
horizon = 2023-01-01
[world.sites.base]
garrison.us = 100
[world.threats.group]
attacks_per_day = {{ gamma = {{ shape = {SHAPE}, mean = {MEAN} }} }}
"""


@pytest.fixture(scope="module")
def scenario():
    return dd.Scenario.from_toml(SCENARIO)


def counts(months, first="2020-01", rate=0.25):
    index = pd.period_range(first, periods=months, freq="M")
    values = np.random.default_rng(1).poisson(rate * index.days_in_month.to_numpy())
    return pd.Series(values.astype(float), index)


@pytest.mark.parametrize("known", [0, 10])
def test_months_are_those_of_the_conjugate_law(scenario, known):
    past = counts(max(known, 1), "2020-01" if known else "2019-12")
    model = dd.forecasting(scenario, particles=6_000)
    found = model(past, 3, 1, np.random.default_rng(2))
    assert found.shape == (6_000, 3)
    days = past.index.days_in_month.to_numpy().sum() if known else 0
    shape = SHAPE + (past.sum() if known else 0)
    rate = SHAPE / MEAN + days
    after = pd.period_range(past.index[-1] + 1, periods=3, freq="M").days_in_month.to_numpy()
    mean = shape / rate * after
    deviation = np.sqrt(mean * (1 + after / rate))
    # Particles that share an ancestor are not independent: far fewer tell as much.
    assert found.mean(axis=0) == pytest.approx(mean, abs=5 * deviation.max() / np.sqrt(1_000))
    assert found.std(axis=0) == pytest.approx(deviation, rel=0.12)


def test_a_scenario_is_backtested_beside_baselines(scenario):
    series = counts(30)
    models = {"scenario": dd.forecasting(scenario, particles=300), "last value": "last value"}
    found = dd.backtest(series, models, horizons=(1, 3), every=4, samples=300, progress=False)
    table = found.table(["last value"])
    assert table.loc[("month", 1, "scenario"), "skill_last value"] > 0
    # The future changes nothing.
    other = series.copy()
    other.iloc[20:] = 12
    again = dd.backtest(other, models, horizons=(1, 3), every=4, samples=300, progress=False)
    before = found.forecasts["origin"] <= series.index[19].end_time
    pd.testing.assert_frame_equal(found.forecasts[before], again.forecasts[before])


def test_what_it_cannot_forecast_is_told(scenario):
    model = dd.forecasting(scenario)
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="give `backtest` a later `first`, such as 2020-01"):
        model(counts(12, "2015-01"), 1, 1, rng)
    weekly = pd.Series(1.0, pd.period_range("2020-01-06", periods=20, freq="W"))
    with pytest.raises(ValueError, match="a scenario forecasts months"):
        model(weekly, 1, 1, rng)
    with pytest.raises(ValueError, match="`relative_error` must be at least 0"):
        dd.forecasting(scenario, relative_error=-1)
    far = model(counts(1, "2019-12"), 40, 1, rng)
    assert far.shape == (2_000, 40)
