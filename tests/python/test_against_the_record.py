"""The shipped scenarios beside their records, and the tests of it: do they see what is wrong?"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import against_the_record as record
import record_figures as figures

TRIALS = 4_000


def test_no_scenario_contradicts_its_record_and_none_is_too_wide() -> None:
    assert record.faults(TRIALS) == []


def test_years_left_out_are_forecast_better_than_by_the_other_years() -> None:
    found = record.left_out(particles=300, populations=5)
    assert list(found.index) == list(record.YEARS)
    assert record.too_vague(found) == []


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        # As it was before it was fitted: four to six times the attacks.
        (f"{record.STATES}.calm.mean_days", 60, "P90 over P10|outside|PITs"),
        (
            f"{record.MILITIAS}.rate_factor",
            {"lognormal": {"median": 1, "sigma": 1}},
            "P90 over P10",
        ),
        (f"{record.MILITIAS}.rate_factor", 4, "outside|PITs"),
    ],
)
def test_a_wrong_scenario_is_seen(
    path: str, value: object, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = dd.Scenario.read
    monkeypatch.setattr(
        dd.Scenario,
        "read",
        lambda at: right(at).replace({path: value}) if "iraq-2024" in str(at) else right(at),
    )
    found = "; ".join(record.faults(2_000, ["iraq-2024"]))
    assert any(word in found for word in says.split("|")), found


def test_what_a_right_model_shows_is_counted_jointly() -> None:
    chance = np.random.default_rng(3)
    one = chance.normal(size=20_000)
    # The same figure ten times lies outside ten times at once, or not at all.
    same = [figures.Figure(str(k), figures.Known.exactly(0.0), one) for k in range(10)]
    assert figures.verdict(same).allowed == 10
    own = [
        figures.Figure(str(k), figures.Known.exactly(0.0), chance.normal(size=20_000))
        for k in range(10)
    ]
    # Binomial, of ten with a chance of one in ten: at most 4 with 99.8 %, 3 with 98.7 %.
    assert figures.verdict(own).allowed == 4
    assert figures.verdict(own).stands
    far = [*own[1:], figures.Figure("far", figures.Known.exactly(4.0), own[0].values)]
    assert not figures.verdict(far).stands


def test_the_place_of_a_record_among_counts() -> None:
    values = np.array([0.0, 1, 1, 2, np.inf])
    assert figures.pit(values, 1) == pytest.approx(0.4)
    assert figures.pit(values, 0) == pytest.approx(0.1)
    assert figures.pit(values, 9) == pytest.approx(0.8)


def test_the_score_of_an_ensemble() -> None:
    chance = np.random.default_rng(4)
    values = chance.gamma(2.0, 3.0, 50)
    pairs = np.abs(values[:, None] - values).mean()
    assert figures.crps(values, 5.0) == pytest.approx(np.abs(values - 5).mean() - pairs / 2)


def test_a_year_is_taken_out_of_the_record() -> None:
    whole = record.record_2020()
    for year in record.YEARS:
        counts = record.without(whole, year).counts
        touched = (counts["from"].dt.year <= year) & (year <= counts["to"].dt.year)
        assert not touched.any()
    kept = record.without(whole, 2022).counts.set_index("from")
    # 33 attacks from 6 July 2021 to 28 March 2023, 631 days: 179 of them in 2021.
    assert kept.loc[pd.Timestamp("2021-07-06"), "count"] == round(33 * 179 / 631)
