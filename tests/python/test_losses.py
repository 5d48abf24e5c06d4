import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd


class Fixed:
    """Results in which the measures are as given, a trial at a time."""

    def __init__(self, **measures):
        self.measures = {name: np.asarray(values, float) for name, values in measures.items()}

    def distribution(self, name, by):
        assert by == ""
        return np.array([[0, value, 1] for value in np.sort(self.measures[name])])

    def origin(self):
        return {"version": "1"}


@pytest.fixture
def run_of(minimal):
    return lambda **measures: dd.Run(Fixed(**measures), minimal)


KILLED = [1, 0, 5, 1, 20, 2, 0, 8, 1, 3]
# By hand: of ten trials, so many had the level or more.
TABLE = [
    # level, trials, standard error, horizons
    (0, 10, np.nan, 1.0),
    (1, 8, 0.126491, 1.25),
    (2, 5, 0.158114, 2.0),
    (3, 4, 0.154919, 2.5),
    (5, 3, 0.144914, 3.333333),
    (8, 2, 0.126491, 5.0),
    (20, 1, 0.094868, 10.0),
]


def test_exceedance_is_the_table_computed_by_hand(run_of):
    curve = run_of(killed=KILLED).exceedance()
    assert curve.index.name == "level"
    assert list(curve.columns) == [
        *("probability", "standard_error", "low", "high"),
        *("return_period_horizons", "return_period_low", "return_period_high"),
    ]
    for row, (level, trials, error, horizons) in zip(curve.itertuples(), TABLE, strict=True):
        assert (row.Index, row.probability) == (level, trials / 10)
        assert row.standard_error == pytest.approx(error, abs=1e-6, nan_ok=True)
        assert row.return_period_horizons == pytest.approx(horizons, abs=1e-6)
        due = stats.binomtest(trials, 10).proportion_ci(0.95, method="exact")
        assert (row.low, row.high) == pytest.approx((due.low, due.high))
        assert row.return_period_low == pytest.approx(1 / due.high)
        assert row.return_period_high == pytest.approx(1 / due.low)


def test_exceedance_of_levels_asked_for(run_of):
    curve = run_of(killed=KILLED).exceedance(levels=[4, 21, -1])
    assert list(curve.index) == [-1, 4, 21]
    assert list(curve["probability"]) == [1, 0.3, 0]
    # What was seen in no trial is known to come less often than so, and no more.
    never = 1 - 0.025**0.1
    assert list(curve["return_period_horizons"]) == pytest.approx([1, 10 / 3, np.nan], nan_ok=True)
    assert tuple(curve.loc[21, ["low", "high"]]) == pytest.approx((0, never))
    assert curve.loc[21, "return_period_low"] == pytest.approx(1 / never)
    assert curve.loc[21, "return_period_high"] == np.inf
    assert np.isnan(curve.loc[21, "standard_error"])


def test_a_level_that_is_not_a_number_has_no_probability(run_of):
    curve = run_of(killed=KILLED).exceedance(levels=[np.nan, 4, np.nan, np.inf, -np.inf])
    assert curve.index.tolist()[:3] == [-np.inf, 4, np.inf]
    assert curve["probability"].tolist()[:3] == [1, 0.3, 0]
    assert len(curve) == 4
    assert np.isnan(curve.index[3])
    assert curve.iloc[3].isna().all()
    assert run_of(killed=KILLED).exceedance(levels=[np.nan]).iloc[0].isna().all()


@pytest.mark.parametrize(
    ("share", "mean", "error", "threshold"),
    [
        (0.2, 14, 6, 8),  # 20 and 8; excesses over 8, by 0.2: 60 and nine times 0
        (0.25, 12.2, None, 5),  # and half of the trial with 5
        (0.1, 20, np.nan, 20),  # one trial has no spread
        (1, 4.1, np.std(KILLED, ddof=1) / np.sqrt(10), 0),  # the mean of all
    ],
)
def test_tail_is_the_mean_of_the_worst(run_of, share, mean, error, threshold):
    tail = run_of(killed=KILLED).tail(share=share)
    assert tail.mean == pytest.approx(mean)
    assert tail.threshold == threshold
    if error is not None:
        assert tail.standard_error == pytest.approx(error, nan_ok=True)


def test_the_standard_error_of_a_tail_is_that_of_repetition(run_of):
    rng = np.random.default_rng(1)
    tails = [run_of(killed=rng.exponential(size=2_000)).tail() for _ in range(400)]
    means = np.array([tail.mean for tail in tails])
    # The mean of an exponential beyond the threshold log(20) is one more than that.
    assert means.mean() == pytest.approx(np.log(20) + 1, abs=4 * means.std() / 20)
    errors = np.mean([tail.standard_error for tail in tails])
    assert errors == pytest.approx(means.std(ddof=1), rel=0.15)
    # In closed form: the variance of the excess over a share a is 2a - a^2.
    assert errors == pytest.approx(np.sqrt((2 * 0.05 - 0.05**2) / 2_000) / 0.05, rel=0.02)


def test_occurrence_is_about_the_worst_attack_and_aggregate_about_the_total(run_of):
    run = run_of(
        casualties=[10, 4, 0],
        worst_attack=[6, 4, 0],
        killed=[3, 1, 0],
        worst_attack_killed=[2, 1, 0],
    )
    total = run.exceedance("casualties")
    worst = run.exceedance("casualties", "occurrence")
    assert list(total.index) == [0, 4, 10]
    assert list(worst.index) == [0, 4, 6]
    assert list(run.exceedance("killed").index) == [0, 1, 3]
    assert list(run.exceedance("killed", "occurrence").index) == [0, 1, 2]
    assert run.tail("casualties", 0.5).mean == pytest.approx((10 + 0.5 * 4) / 1.5)
    assert run.tail("casualties", 0.5, "occurrence").mean == pytest.approx((6 + 0.5 * 4) / 1.5)


def test_no_attack_is_worse_than_all_together(run):
    levels = np.arange(0, 500, 7)
    total = run.exceedance("casualties", levels=levels)["probability"]
    worst = run.exceedance("casualties", "occurrence", levels=levels)["probability"]
    assert (worst <= total).all()
    assert total.loc[21] == np.mean(run.values("wounded") + run.values("killed") >= 21)


def test_what_is_missing_is_greater_than_any(run_of):
    run = run_of(finish_days=[100, np.nan, 50, 70])
    curve = run.exceedance("finish_days")
    assert curve["probability"].to_dict() == {50: 1, 70: 0.75, 100: 0.5}
    assert np.isnan(run.tail("finish_days", 0.5).mean)
    assert run.tail("finish_days", 0.5).threshold == 100
    assert np.isnan(run.tail("finish_days", 0.25).threshold)
    assert run_of(slip_days=[np.nan] * 3).exceedance("slip_days").empty


def test_what_cannot_be_told_is_refused(run):
    with pytest.raises(ValueError, match="'casualties', 'wounded', 'killed', not for 'attacks'"):
        run.exceedance("attacks", kind="occurrence")
    with pytest.raises(ValueError, match="'aggregate' or 'occurrence', not 'oep'"):
        run.exceedance(kind="oep")
    with pytest.raises(ValueError, match="no measure `kiled`"):
        run.tail("kiled")
    for share in (0, -0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="above 0 and at most 1"):
            run.tail(share=share)
    with pytest.raises(ValueError, match=r"a share of 0\.001 of 500 trials holds no trial"):
        run.tail(share=0.001)


def test_a_tail_tells_a_calm_world_from_a_violent_one(minimal):
    violent = minimal.replace({"world.threats.militia.attacks_per_day": 1.0})
    calm, worse = (dd.simulate(s, trials=200, seed=1).tail("wounded") for s in (minimal, violent))
    assert worse.mean - 4 * worse.standard_error > calm.mean + 4 * calm.standard_error


def test_inputs_are_a_row_for_each_trial(run, minimal):
    inputs = run.inputs
    assert inputs.shape == (500, len(inputs.columns))
    assert len(inputs.columns) > 4
    assert inputs.index.equals(pd.RangeIndex(500, name="trial"))
    for index in (0, 17, 499):
        pd.testing.assert_series_equal(inputs.loc[index], run.trial(index).inputs, check_names=True)
    # How long calm lasts drives attacks: it had better show.
    calm = inputs["world.tension.states.calm.mean_days.constant"]
    assert stats.spearmanr(calm, run.values("attacks")).statistic < -0.15
    certain = dd.simulate(minimal, trials=20, seed=1).inputs
    assert certain.shape == (20, 0)
