"""A scenario that starts in the middle of a withdrawal, as Python shows it."""

from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.runs import history
from twin_now import IN_THE_MIDDLE


@pytest.fixture(scope="module")
def run() -> dd.Run:
    scenario = dd.Scenario.from_toml(IN_THE_MIDDLE)
    return dd.simulate(scenario, trials=200, seed=1, progress=False)


def test_what_is_known_is_in_the_description_and_written_back(run: dd.Run) -> None:
    text = str(run.scenario)
    for said in (
        "Gate nod opened on 2025-01-20",
        "Gate consent has been waited for since 2025-04-20, not counting 12 days",
        "Phase first lasted from 2025-01-20 to 2025-04-18",
        "Phase second is under way since 2025-04-18; 70 of 200 have gone (a)",
        "The tension has been at flare since 2025-04-12",
        "strikes on 2025-05-28",
        "6 on a on 2025-05-29",
    ):
        assert said in text, said
    assert dd.Scenario.from_toml(run.scenario.to_toml()) == run.scenario
    moved = run.scenario.replace({"now.phases.second.moved.a": 80})
    assert "80 of 200" in str(moved)


def test_dates_before_the_start_are_dates(run: dd.Run) -> None:
    first = run.finish_dates().loc[("phase", "first")]
    assert first["p50"] == pd.Timestamp("2025-04-18")
    assert first["mean_slip_days"] == 17
    spans = history.phases(run.trial(0))
    assert spans["first"] == (-132.0, -44.0)
    assert spans["second"][0] == -44.0
    assert spans["second"][1] > 0
    finish = run.values("finish_days", "phase")["second"].dropna()
    assert (finish > 0).all()
    assert "2025" in run.trial(0).narrative()


def test_figures_and_longest_paths_bear_negative_days(run: dd.Run) -> None:
    for draw in (run.plot.finish, run.plot.schedule, run.plot.attacks, run.trial(0).plot):
        draw()
        plt.close("all")
    table = dd.criticality(run.scenario, trials=60, seed=1, progress=False).table()
    shares = np.asarray(table.select_dtypes("number"), dtype=float)
    assert np.isfinite(shares[~np.isnan(shares)]).all()


def test_what_is_refused_names_its_place() -> None:
    wrong = IN_THE_MIDDLE.replace("since = 2025-04-12", f"since = {date(2025, 7, 1)}")
    with pytest.raises(dd.ScenarioError, match=r"now\.tension\.since"):
        dd.Scenario.from_toml(wrong)


def test_what_is_known_of_a_plan_goes_with_it(run: dd.Run) -> None:
    stay = run.scenario.stay()
    known = stay.to_dict()["now"]
    assert set(known) == {"tension", "threats"}
    assert dd.simulate(stay, trials=20, seed=1, progress=False).values("people_left").mean() > 0
