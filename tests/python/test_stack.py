"""Pooled forecasts against predictives that are known."""

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.learn import rules
from test_scores import forecasts


def pooled(share, count, seed=1):
    """Values of which a share come from one law and the others from another, and both forecasts."""
    rng = np.random.default_rng(seed)
    first = rng.random(count) < share
    came = np.where(first, rng.poisson(3, count), rng.poisson(15, count)).astype(float)
    one, observed = forecasts(rng.poisson(3, (count, 400)), came, forecast="low")
    two, _ = forecasts(rng.poisson(15, (count, 400)), came, forecast="high")
    return pd.concat([one, two], ignore_index=True), observed


@pytest.mark.parametrize("by", ["log_score", "crps"])
def test_weights_are_the_shares_that_made_what_came(by):
    found = dd.stack(*pooled(0.7, 300), by=by)
    assert found.weights.sum() == pytest.approx(1)
    # The share is known to its standard error, .026.
    assert found.weights["low"] == pytest.approx(0.7, abs=0.09)
    row = found.table().loc["low"]
    assert row["low"] < 0.7 < row["high"]
    scores = found.scores()["score"]
    assert scores["stacked"] <= scores["equal"] + 1e-9
    assert scores["stacked"] < scores["best"]


@pytest.mark.parametrize("by", ["log_score", "crps"])
def test_no_other_weights_score_better(by):
    """Of three forecasts that overlap, by trying weights on a grid."""
    rng = np.random.default_rng(4)
    came = rng.poisson(rng.choice([4, 7], 60)).astype(float)
    parts = [
        forecasts(rng.poisson(mean, (60, 400)), came, forecast=f"mean {mean}") for mean in (4, 6, 9)
    ]
    frame, observed = pd.concat([part[0] for part in parts]), parts[0][1]
    found = dd.stack(frame, observed, by=by)
    each = dd.score(frame, observed)
    mine = found.scores().loc["stacked", "score"]
    logs = each.each.pivot(index="from", columns="forecast", values="log_score")
    samples = np.stack([part[0]["value"].to_numpy(float).reshape(60, 400) for part in parts])
    off = np.abs(samples - came[:, None]).mean(axis=(1, 2))
    gaps = [[np.abs(a[:, :, None] - b[:, None]).mean() for a in samples] for b in samples]
    for one in np.linspace(0, 1, 11):
        for other in np.linspace(0, 1 - one, 11):
            weights = np.array([one, other, 1 - one - other])
            if by == "log_score":
                value = -np.log(np.exp(-logs.to_numpy()) @ weights).mean()
            else:
                value = off @ weights - weights @ np.array(gaps) @ weights / 2
            assert mine <= value + 1e-6


@pytest.mark.parametrize("by", ["log_score", "crps"])
def test_a_right_forecast_takes_all_the_weight_of_a_wrong_one(by):
    found = dd.stack(*pooled(1.0, 80), by=by)
    assert found.weights["low"] > 0.97


def test_the_crps_of_the_pool_is_that_of_its_samples():
    frame, observed = pooled(0.5, 40)
    found = dd.stack(frame, observed, by="crps")
    pool = found.pool(frame)
    assert set(pool["forecast"]) == {"stacked"}
    crps = dd.score(pool, observed).each["crps"].mean()
    assert found.scores().loc["stacked", "score"] == pytest.approx(crps, rel=0.03)
    shares = pool.groupby("from")["value"].apply(lambda values: (values < 8).mean())
    expected = found.weights["low"] * 0.988 + found.weights["high"] * 0.018
    assert shares.mean() == pytest.approx(expected, abs=0.02)


def test_distances_of_samples_are_those_of_all_pairs():
    from drawdown.learn.stack import _distance

    rng = np.random.default_rng(2)
    for size in (1, 7, 40):
        one, other = np.sort(rng.poisson(4, 30)), np.sort(rng.normal(2, 5, size))
        assert _distance(one, other) == pytest.approx(np.abs(one[:, None] - other).mean())


def test_the_crps_of_one_forecast_alone_is_its_crps():
    rng = np.random.default_rng(3)
    samples = rng.poisson(4, (10, 100)).astype(float)
    came = rng.poisson(4, 10).astype(float)
    frame, observed = forecasts(samples, came, forecast="one")
    both = pd.concat([frame, frame.assign(forecast="same")])
    score = dd.stack(both, observed, by="crps").scores()["score"]
    assert score.to_numpy() == pytest.approx(rules.crps(samples, came).mean())


def test_what_cannot_be_pooled_is_refused():
    frame, observed = pooled(0.5, 20)
    alone = frame[frame["forecast"] == "low"]
    with pytest.raises(ValueError, match="there is one forecast, low"):
        dd.stack(alone, observed)
    with pytest.raises(ValueError, match="`observed` is left out"):
        dd.stack(frame)
    with pytest.raises(ValueError, match='`by` is "log_score" or "crps"'):
        dd.stack(frame, observed, by="brier")
    apart = pd.concat([alone.iloc[: 400 * 9], frame[frame["forecast"] == "high"].iloc[400 * 12 :]])
    with pytest.raises(ValueError, match="no window was forecast by all of low, high"):
        dd.stack(apart, observed)
    with pytest.raises(ValueError, match="no window has forecasts by all"):
        dd.stack(frame, observed).pool(alone)
