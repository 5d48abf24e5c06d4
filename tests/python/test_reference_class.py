"""The reference class: ratios as they were, laws as scenarios take them, scores of what was left out."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd
from drawdown.learn import duration_laws as laws


@pytest.fixture(scope="module")
def known() -> dd.ReferenceClass:
    return dd.reference_class()


def test_what_ships_is_eight_withdrawals_that_are_over(known: dd.ReferenceClass) -> None:
    cases = known.cases
    assert len(cases) == 8
    assert not any("2024" in name and "iraq" in name for name in cases.index)
    assert (cases["begins"] < cases[["announced", "actual"]].min(axis=1)).all()
    assert cases["source_url"].str.startswith("http").all()
    # By hand: 1 May to 30 August 2021, of 427 days from 29 February 2020.
    assert cases.loc["afghanistan-2021", "slip_days"] == 121
    assert cases.loc["afghanistan-2021", "ratio"] == pytest.approx(548 / 427)
    assert list(cases.index[~cases["kept"]]) == ["afghanistan-2021"]


def test_a_scenario_takes_every_law_and_draws_from_it(known: dd.ReferenceClass) -> None:
    plan = dd.Scenario.example("minimal")
    path = "plan.phases.leave.duration_ratio"
    dates = plan.to_dict()["plan"]["phases"]["leave"]
    announced = (
        pd.Timestamp(dates["announced_finish"]) - pd.Timestamp(dates["announced_start"])
    ).days
    begins = (pd.Timestamp(dates["announced_start"]) - pd.Timestamp(plan.start)).days
    for name, law in known.laws.items():
        quiet = plan.replace({path: law, "world.threats": {}, "plan.rules": {}})
        run = dd.simulate(quiet, trials=4_000, seed=1, progress=False)
        ratios = (run.values("finish_days") - begins) / announced
        expected = known.table().loc[name, ["p10", "p50", "p90"]]
        assert np.quantile(ratios, [0.1, 0.5, 0.9]) == pytest.approx(expected, abs=0.03), name


def test_the_lognormal_is_the_conjugate_update() -> None:
    ratios = np.array([0.9, 1.0, 1.2, 1.3])
    found = laws.lognormal(ratios)
    # The same posterior, one withdrawal after the other.
    mean, counted = math.log(laws.USUAL_MEDIAN), laws.USUAL_COUNTS
    squares = counted * laws.USUAL_SIGMA**2
    for log in np.log(ratios):
        squares += counted / (counted + 1) * (log - mean) ** 2
        mean = (counted * mean + log) / (counted + 1)
        counted += 1
    assert found.mean == pytest.approx(mean)
    assert found.freedom == counted
    assert found.sigma**2 == pytest.approx(squares / counted * (1 + 1 / counted))
    assert found.error**2 == pytest.approx(squares / counted / counted)
    nothing = laws.lognormal(np.array([]))
    assert math.exp(nothing.mean) == pytest.approx(laws.USUAL_MEDIAN)


def test_dates_are_kept_or_missed() -> None:
    law = laws.kept_or_missed(np.array([1.0, 1.01, 0.99, 1.5]))
    kept, missed = law.parts
    assert (kept.weight, missed.weight) == pytest.approx((4 / 6, 2 / 6))
    assert kept.median == pytest.approx((1.01 * 0.99) ** (1 / 3))
    assert missed.median == laws.MISSED_MEDIAN
    assert laws.kept(np.array([0.951, 1.049, 1.06])).tolist() == [True, True, False]
    # Where none was kept there is no middle to take.
    assert laws.kept_or_missed(np.array([1.5, 2.0])).parts[0].median == 1


def test_a_law_is_scored_as_its_density_and_its_distribution_say() -> None:
    part = laws.Part(1.0, 1.1, 0.2)
    law, came = laws.DurationLaw((part,)), 1.3
    truth = stats.lognorm(s=part.sigma, scale=part.median)
    found = law.scored(came)
    assert found.pit == pytest.approx(truth.cdf(came))
    assert found.log_score == pytest.approx(-truth.logpdf(came))
    # CRPS by the integral of its definition.
    grid = np.linspace(0.2, 4, 200_001)
    gap = (truth.cdf(grid) - (grid >= came)) ** 2
    assert found.crps == pytest.approx(float(gap.sum() * (grid[1] - grid[0])), rel=1e-3)
    half = laws.DurationLaw((laws.Part(0.5, 1.1, 0.2), laws.Part(0.5, 1.1, 0.2)))
    assert half.scored(came)[:2] == pytest.approx(found[:2])
    assert math.isfinite(laws.DurationLaw((laws.Part(1.0, 1.0, 1e-3),)).scored(2.0).log_score)


def test_a_withdrawal_is_scored_by_all_others_alone(known: dd.ReferenceClass) -> None:
    name = "afghanistan-2021"
    left = dd.reference_class(without=name)
    assert name not in left.cases.index
    scores = known.scores().loc[name]
    columns = ["p10", "p50", "p90"]
    assert scores[columns].to_numpy() == pytest.approx(left.table()[columns].to_numpy())
    # With itself it would have been less of a surprise.
    inside = laws.lognormal(known.cases["ratio"].to_numpy()).law().scored(548 / 427)
    assert inside.log_score < scores.loc["lognormal", "log_score"]


def test_the_page_says_of_the_scores_what_they_are(known: dd.ReferenceClass) -> None:
    """The claims of docs/reference-class.md."""
    table = known.table()
    for score in ("log_score", "crps"):
        assert table[score].idxmin() == "kept or missed"
        assert table.loc["lognormal", score] > table.loc["usual", score]
    assert known.cases["kept"].sum() == 7
    fitted = known.parameters()
    assert ((fitted["low"] < fitted["value"]) & (fitted["value"] < fitted["high"])).all()
    assert fitted.loc["kept_share", "value"] == pytest.approx(8 / 10)


def test_cases_of_ones_own() -> None:
    mine = pd.DataFrame(
        {"begins": "2020-01-01", "announced": "2020-12-31", "actual": ["2020-12-31", "2021-12-31"]},
        index=["kept", "missed"],
    )
    found = dd.reference_class(mine)
    assert found.cases["ratio"].tolist() == [1.0, 2.0]
    both = dd.reference_class(pd.concat([dd.reference_class().cases, mine]))
    assert len(both.cases) == 10
    assert "10 withdrawals, of which 2 missed" in str(both)
    assert "actual" in mine
    assert "ratio" not in mine


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"without": "vietnam"}, "`without`: there is no withdrawal 'vietnam'"),
        ({"cases": pd.DataFrame({"begins": ["2020-01-01"]})}, "no column 'announced'"),
        (
            {
                "cases": pd.DataFrame(
                    {"begins": "2020-01-02", "announced": "2020-01-02", "actual": "2020-03-01"},
                    index=["a", "b"],
                )
            },
            "`cases`, a: `announced` and `actual` are after `begins`",
        ),
        (
            {
                "cases": pd.DataFrame(
                    {"begins": "2020-01-01", "announced": "2020-02-01", "actual": "soon"},
                    index=["a", "b"],
                )
            },
            "actual",
        ),
        (
            {
                "cases": pd.DataFrame(
                    {"begins": "2020-01-01", "announced": "2020-02-01", "actual": "2020-02-01"},
                    index=["a"],
                )
            },
            "has 1 withdrawals; give two or more",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        dd.reference_class(**change)
