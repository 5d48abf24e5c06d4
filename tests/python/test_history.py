"""What the pages of the past cases say of them: fitted where they say so, and no further."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

DATA = Path(__file__).parents[2] / "examples/data"


@pytest.fixture(scope="module")
def past() -> dd.Run:
    return dd.simulate(dd.Scenario.example("iraq-2011"), trials=1_000, seed=7, progress=False)


@pytest.fixture(scope="module")
def recorded() -> pd.DataFrame:
    return pd.read_csv(DATA / "iraq_2008_2014_monthly.csv", index_col="month")


def monthly(run, measure):
    return run.values(measure, "month")


def test_the_record_covers_every_month_of_the_scenario(past, recorded):
    assert list(recorded.index) == past.ids("month")


@pytest.mark.parametrize(
    ("measure", "column"), [("killed", "us_deaths"), ("wounded", "us_wounded")]
)
def test_losses_of_the_fit_are_those_recorded(past, recorded, measure, column):
    fitted = slice("2008-01", "2009-06")
    sums = monthly(past, measure).loc[:, fitted].sum(axis=1)
    error = sums.std(ddof=1) / np.sqrt(len(sums))
    assert error < 0.02 * sums.mean()
    assert sums.mean() == pytest.approx(recorded.loc[fitted, column].sum(), abs=4 * error)


def test_people_follow_the_recorded_levels(past, recorded):
    known = recorded["all_troops"].dropna()
    week = pd.to_datetime(known.index) + pd.offsets.MonthEnd(0)
    median = past.weekly()["people"].sel(quantile=0.5).sel(week=week, method="nearest")
    assert np.all(np.abs(median.to_numpy() / known.to_numpy() - 1) < 0.15)


def test_afghanistan_is_left_when_it_was():
    run = dd.simulate(dd.Scenario.example("afghanistan-2021"), trials=4_000, seed=7, progress=False)
    dates = pd.read_csv(DATA / "afghanistan_2021_dates.csv", parse_dates=["date"])
    ends = dates[dates["event"] == "finish"].set_index("place")["date"]
    found = run.finish_dates().loc["site"]
    for place, day in ends.items():
        assert found.loc[place, "p10"] <= day <= found.loc[place, "p90"], place
