import importlib
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

START = date(2025, 1, 1)


def timetable(first: int, second: int) -> dd.Scenario:
    """From 2,500 people to 1,800 on day `first` and to 600 on day `second`, until day 822."""

    def step(day, people):
        return {
            "announced_start": START + timedelta(day - 1),
            "announced_finish": START + timedelta(day),
            "duration_ratio": 1,
            "moves": {"some": {"site": "base", "contingent": "us", "people": people}},
        }

    threat = {"attacks_per_day": 0.1, "presence_elasticity": 0.5, "weapons": {}}
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(822),
            "world": {
                "sites": {"base": {"garrison": {"us": 2500}}},
                "threats": {"group": threat},
            },
            "plan": {
                "transport": {"people_per_day": 2000},
                "phases": {"one": step(first, 700), "two": step(second, 1200)},
            },
        }
    )


@pytest.fixture(scope="module")
def timetables() -> dd.Comparison:
    plans = {"early": timetable(120, 365), "late": timetable(300, 545)}
    return dd.compare(plans, trials=20_000, seed=7, progress=False)


def attacks(days_at_1800: int, days_at_2500: int) -> float:
    days_at_600 = 822 - days_at_1800 - days_at_2500
    return 0.1 * (days_at_2500 + days_at_1800 * 0.72**0.5 + days_at_600 * 0.24**0.5)


def test_the_difference_of_two_timetables_is_poisson_under_the_same_luck(timetables):
    early, late = attacks(245, 120), attacks(245, 300)
    due = late - early
    assert due == pytest.approx(9.1818, abs=1e-4)
    assert early + late == pytest.approx(119.54, abs=0.01)
    # Attacks are the points of one unit-rate process up to the integrated rate of the plan: what
    # one plan has more is Poisson, with that mean and variance, and never negative.
    trials = 20_000
    row = timetables.table().loc[("attacks", "late")]
    assert row["standard_error"] == pytest.approx(np.sqrt(due / trials), rel=0.03)
    assert row["difference"] == pytest.approx(due, abs=4 * row["standard_error"])
    assert row["high"] - row["low"] == pytest.approx(2 * 1.959964 * row["standard_error"])
    assert (row["lower"], row["pairs"]) == (0, trials)
    none = np.exp(-due)
    assert row["equal"] == pytest.approx(none, abs=4 * np.sqrt(none / trials))

    found = timetables.variance_reduction().loc[("attacks", "late")]
    # A Poisson count of mean m has a fourth central moment of m + 3 m^2.
    assert found["paired_variance"] == pytest.approx(due, abs=4 * _error(due, trials))
    both = np.hypot(_error(early, trials), _error(late, trials))
    assert found["independent_variance"] == pytest.approx(early + late, abs=4 * both)
    assert found["ratio"] == pytest.approx(due / (early + late), rel=0.06)
    assert found["differ"] == 1 - row["equal"]


def _error(mean: float, trials: int) -> float:
    """Of the sample variance of a Poisson count."""
    return float(np.sqrt((mean + 2 * mean**2) / trials))


def test_two_seeds_scatter_as_said(timetables):
    late = timetables.runs["late"].scenario
    other = dd.simulate(late, trials=20_000, seed=8, progress=False).values("attacks")
    apart = other - timetables.runs["early"].values("attacks")
    said = timetables.variance_reduction().loc[("attacks", "late"), "independent_variance"]
    # Near the normal law the error of a variance is itself times sqrt(2 / trials).
    assert np.var(apart) == pytest.approx(said, rel=4 * np.sqrt(2 / 20_000) * 1.5)


def test_staying_keeps_the_horizon_and_the_luck(timetables):
    stay = timetables.runs["stay"]
    assert stay.scenario.horizon == START + timedelta(822)
    assert not stay.ids("phase")
    # Everybody stays for 822 days: attacks at .1 a day, none fewer than under any plan.
    assert stay.values("attacks").mean() == pytest.approx(82.2, abs=4 * np.sqrt(82.2 / 20_000))
    assert (stay.values("attacks") >= timetables.runs["late"].values("attacks")).all()


class Fixed:
    """Results in which the measures of two sites are as given."""

    keep = "trials"

    def __init__(self, seed=1, version="1", **measures):
        self.measures = {name: np.asarray(values, float) for name, values in measures.items()}
        self.trials = len(next(iter(self.measures.values())))
        self.about = {"seed": seed, "version": version}

    def values(self, name, by):
        found = self.measures[name + (by and f"_by_{by}")]
        return found if by else found[:, np.newaxis]

    def ids(self, by):
        return ["a", "b"]

    def origin(self):
        return self.about


@pytest.fixture
def run_of(minimal):
    def make(about=(), **measures):
        known = [(*(name + "_by_").split("_by_")[:2], "days", "") for name in measures]
        return dd.Run(Fixed(**dict(about), **measures), minimal, known)

    return make


NONE = np.nan


def test_shares_and_means_are_those_computed_by_hand(run_of):
    plan = run_of(finish_days=[10, 20, 30, NONE, NONE, 8])
    base = run_of(finish_days=[10, 15, 40, 50, NONE, NONE])
    row = dd.Comparison({"base": base, "plan": plan}).table().loc[("finish_days", "plan")]
    # Sooner in trials 2 and 5 (not reached is later than any), as soon in 0 and 4 (both never).
    assert (row["lower"], row["equal"], row["higher"]) == (2 / 6, 2 / 6, 2 / 6)
    # Both finish in three trials: +0, +5, -10, with a standard deviation of 7.637626.
    assert row["pairs"] == 3
    assert row["difference"] == pytest.approx(-5 / 3)
    assert row["standard_error"] == pytest.approx(7.637626 / 3**0.5, abs=1e-6)
    assert row["mean"] == pytest.approx(68 / 4)
    assert row["low"] == pytest.approx(-5 / 3 - 1.959964 * 7.637626 / 3**0.5, abs=1e-5)


def test_a_buffer_that_is_not_reached_is_less_than_any(run_of):
    runs = {"base": run_of(buffer_days=[5, NONE]), "plan": run_of(buffer_days=[NONE, NONE])}
    row = dd.Comparison(runs).table().loc[("buffer_days", "plan")]
    assert (row["lower"], row["equal"], row["higher"]) == (0.5, 0.5, 0)


def test_variances_are_those_computed_by_hand(run_of):
    runs = {"base": run_of(finish_days=[0, 2, 4, NONE]), "plan": run_of(finish_days=[1, 2, 6, 9])}
    found = dd.Comparison(runs).variance_reduction().loc[("finish_days", "plan")]
    # Differences 1, 0, 2: variance 1. Of 0, 2, 4: 4. Of 1, 2, 6: 7.
    assert found["paired_variance"] == pytest.approx(1)
    assert found["independent_variance"] == pytest.approx(11)
    assert found["ratio"] == pytest.approx(1 / 11)
    assert (found["differ"], found["pairs"]) == (0.75, 3)


def test_by_site(run_of):
    measures = {"killed_by_site": [[0, 1], [0, 0]], "wounded_by_site": [[1, 2], [3, 4]]}
    more = {"killed_by_site": [[0, 1], [0, 1]], "wounded_by_site": [[1, 3], [3, 6]]}
    comparison = dd.Comparison({"base": run_of(**measures), "plan": run_of(**more)})
    table = comparison.table("site")
    assert table.index.names == ["measure", "site", "plan"]
    assert list(table.index.unique("measure")) == ["wounded", "killed"]
    assert table["difference"].to_dict()[("wounded", "b", "plan")] == 1.5
    assert table.loc[("wounded", "a", "plan"), "equal"] == 1
    differences = comparison.differences("wounded", "site")
    assert differences.columns.names == ["plan", "site"]
    assert differences[("plan", "b")].tolist() == [1, 2]


def test_an_interrupted_run_is_compared_as_far_as_it_goes(run_of):
    trials = {"base": [1, 1, 1], "plan": [3, 4], "none": []}
    comparison = dd.Comparison({name: run_of(wounded=of) for name, of in trials.items()})
    table = comparison.table()
    assert table.loc[("wounded", "plan"), ["difference", "pairs"]].tolist() == [2.5, 2]
    assert table.loc[("wounded", "none"), "pairs"] == 0
    assert comparison.differences("wounded")["plan"].tolist()[:2] == [2, 3]


def test_runs_of_two_seeds_or_versions_are_refused(run_of):
    for about in ({"seed": 2}, {"version": "2"}):
        runs = {"a": run_of(wounded=[1]), "b": run_of(about, wounded=[1])}
        with pytest.raises(ValueError, match=f"runs of one {next(iter(about))}"):
            dd.Comparison(runs)


@pytest.fixture(scope="module")
def comparison(iraq: dd.Scenario) -> dd.Comparison:
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    plans = {"firm": firm, "120 days": iraq}
    return dd.compare(plans, trials=300, seed=7, progress=False)


@pytest.mark.parametrize("world", ["as written", "fixed"])
def test_the_same_luck_saves_nineteen_trials_of_twenty(comparison, world):
    """Firm dates against 120 days of pause; docs/compare.md has the figures of a longer run."""
    if world == "fixed":
        medians = comparison.runs["firm"].inputs.median().to_dict()
        fixed = {name: run.scenario.replace(medians) for name, run in comparison.runs.items()}
        comparison = dd.compare(fixed, trials=300, seed=7, progress=False)
    found = comparison.variance_reduction().xs("120 days", level="plan")
    for measure in ("attacks", "casualties", "wounded", "killed"):
        assert found.loc[measure, "differ"] > 0.05
        assert found.loc[measure, "ratio"] < 1 / 20


def test_runs_are_those_of_simulate(comparison, iraq):
    assert list(comparison.runs) == ["firm", "120 days", "stay"]
    alone = dd.simulate(iraq, trials=300, seed=7, progress=False)
    assert comparison.runs["120 days"].dataset().identical(alone.dataset())
    assert comparison.runs["stay"].scenario.hash == iraq.stay().hash


def test_main_measures_come_first_and_all_are_there(comparison):
    table = comparison.table()
    measures = list(table.index.unique("measure"))
    assert measures[:5] == ["attacks", "casualties", "wounded", "killed", "finish_days"]
    assert set(measures) == set(comparison.runs["firm"].summary().index)
    means = table.xs("120 days", level="plan")["mean"]
    summary = comparison.runs["120 days"].summary()["mean"]
    pd.testing.assert_series_equal(means.sort_index(), summary.sort_index(), check_names=False)


def test_another_baseline_turns_the_signs(comparison):
    forth = comparison.table().loc[("killed", "120 days")]
    back = comparison.table(baseline="120 days").loc[("killed", "firm")]
    assert back["difference"] == -forth["difference"]
    assert (back["low"], back["lower"]) == (-forth["high"], forth["higher"])
    with pytest.raises(ValueError, match="no plan `soft`; there are firm, 120 days, stay"):
        comparison.table(baseline="soft")


def test_phases_that_staying_does_not_have(comparison):
    assert "stay" not in comparison.table("phase").index.unique("plan")
    against = comparison.table("phase", baseline="stay")
    assert not against["pairs"].any()
    assert against[["difference", "lower", "equal", "higher"]].isna().all(axis=None)
    means = comparison.runs["firm"].summary("phase")["mean"]
    assert against.loc[("finish_days", "first", "firm"), "mean"] == means["finish_days", "first"]
    assert comparison.differences("attacks", "site").shape == (300, 8)


def test_a_breakdown_with_nothing_in_it_is_empty():
    plain = dd.Scenario.example("minimal")
    comparison = dd.compare({"as written": plain}, trials=20, seed=1, progress=False)
    assert comparison.table("event").empty
    assert comparison.variance_reduction("event").empty
    assert comparison.differences("event_days", "event").empty


def test_dates_stand_side_by_side(comparison):
    dates = comparison.finish_dates()
    assert list(dates.xs("first", level="id").loc["phase"].index) == ["firm", "120 days"]
    alone = comparison.runs["firm"].finish_dates()
    pd.testing.assert_frame_equal(dates.xs("firm", level="plan"), alone)


def test_it_prints_and_shows(comparison):
    text = str(comparison)
    assert "300 trials · seed 7" in text
    assert max(map(len, text.splitlines())) <= 100
    assert repr(comparison).startswith("Comparison(firm, 120 days, stay · 300 trials")
    shown = comparison._repr_html_()
    assert shown.count("<table>") == 2
    assert "finish_days" in shown


def test_worlds_that_differ_are_refused(minimal):
    other = minimal.replace({"world.threats.militia.attacks_per_day": 0.2})
    with pytest.raises(ValueError, match=r"differ in world\.threats\.militia\.attacks_per_day:"):
        dd.compare({"a": minimal, "b": other})
    more = {"attacks_per_day": 0.2, "rate_factor": 2, "presence_elasticity": 0.1}
    more |= {"batch_mean": 2, "harm": {"no_casualty": 0.5}}
    changed = {f"world.threats.militia.{key}": value for key, value in more.items()}
    with pytest.raises(ValueError, match=r"differ in ([^,]+, ){4}[^,]+:") as caught:
        dd.compare({"a": minimal, "b": minimal.replace(changed)})
    assert " more" not in str(caught.value).split(":")[0]
    changed |= {"world.sites.base.garrison.us": 700}
    with pytest.raises(ValueError, match=r"differ in ([^,]+, ){4}[^,]+ and 1 more:"):
        dd.compare({"a": minimal, "b": minimal.replace(changed)})
    allowed = dd.compare({"a": minimal, "b": other}, trials=20, seed=1, same_world=False)
    assert list(allowed.runs) == ["a", "b", "stay"]


def test_times_that_differ_are_refused(minimal):
    with pytest.raises(ValueError, match=r"the horizon is 2027-09-30 in `a`, 2026-01-01 in `b`"):
        dd.compare({"a": minimal, "b": minimal.replace({"horizon": "2026-01-01"})})
    with pytest.raises(ValueError, match="write the same `start`"):
        dd.compare({"a": minimal, "b": minimal.replace({"start": "2025-01-02"})})


def test_plans_may_be_given_in_several_ways(minimal):
    one, two = minimal.replace({"title": "one"}), minimal.replace({"title": "two"})
    assert list(dd.compare([one, two], trials=5, baseline="two").runs) == ["two", "one", "stay"]
    assert list(dd.compare({"plan": "minimal"}, trials=5).runs) == ["plan", "stay"]
    mine = dd.compare({"a": minimal, "b": minimal.to_dict()}, trials=5, seed=1)
    assert mine.runs["b"].scenario == minimal
    for unnamed in ([minimal], [one, one]):
        with pytest.raises(ValueError, match="name them in a mapping"):
            dd.compare(unnamed)
    for few in ({}, {"a": minimal}):
        with pytest.raises(ValueError, match="nothing to compare"):
            dd.compare(few, stay=False)
    with pytest.raises(ValueError, match="`trials` must be at least 1"):
        dd.compare({"a": minimal}, trials=0)


def test_a_seed_that_is_drawn_is_shared(minimal):
    runs = dd.compare({"a": minimal}, trials=5).runs
    assert runs["a"].seed == runs["stay"].seed


def test_progress_is_told_over_all_plans(iraq, minimal, capsys, monkeypatch):
    told = []
    dd.compare({"a": iraq}, trials=100, seed=1, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 200
    module = importlib.import_module("drawdown._internal.progress")
    monkeypatch.setattr(module, "_PATIENCE", 0)
    monkeypatch.setattr(module, "_shows_bars", lambda: True)
    dd.compare({"a": minimal}, trials=10)
    assert "20/20" in capsys.readouterr().err


def test_an_interrupted_comparison_keeps_what_was_done(iraq):
    def stop(done):
        if done > 400:
            raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted, match=r"after 1 of 2 runs and .* of `stay`") as caught:
        dd.compare({"plan": iraq}, trials=400, seed=7, progress=stop)
    partial = caught.value.partial
    assert isinstance(partial, dd.Comparison)
    assert partial.runs["plan"].trials == 400
    assert 0 < partial.runs["stay"].trials <= 400
    row = partial.table().loc[("attacks", "stay")]
    assert row["pairs"] == partial.runs["stay"].trials
    whole = dd.compare({"plan": iraq}, trials=400, seed=7, progress=False)
    due = whole.differences("attacks")["stay"][: int(row["pairs"])].mean()
    assert row["difference"] == pytest.approx(due)


def test_an_interrupt_before_the_first_trial_has_nothing_to_keep(minimal, monkeypatch):
    def stop(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib.import_module("drawdown.runs.batches"), "run_one", stop)
    with pytest.raises(dd.Interrupted, match="stopped after 0 of 2 runs") as caught:
        dd.compare({"plan": minimal})
    assert caught.value.partial == {}


def test_everything_is_written(comparison, tmp_path):
    comparison.write(tmp_path / "out")
    written = {path.name for path in (tmp_path / "out").iterdir()}
    tables = {"comparison.csv", "variance_reduction.csv", "dates.csv"}
    assert written == tables | {
        "manifest.json",
        "differences.png",
        "plans.png",
        "firm",
        "120 days",
        "stay",
    }
    table = pd.read_csv(tmp_path / "out/comparison.csv", index_col=["measure", "plan"])
    pd.testing.assert_frame_equal(table, comparison.table(), check_dtype=False)
    assert dd.Scenario.read(tmp_path / "out/firm/scenario.toml") == comparison.runs["firm"].scenario


def test_a_name_that_is_no_folder_becomes_one(minimal, tmp_path):
    plans = {"../a/b": minimal, "..": minimal, "±": minimal}
    dd.compare(plans, trials=5, seed=1, stay=False).write(tmp_path / "out")
    assert len([path for path in (tmp_path / "out").iterdir() if path.is_dir()]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_one_pair_has_no_variance(run_of):
    runs = {"base": run_of(finish_days=[1, NONE]), "plan": run_of(finish_days=[3, 9])}
    row = dd.Comparison(runs).variance_reduction().loc[("finish_days", "plan")]
    assert row["pairs"] == 1
    assert row[["paired_variance", "independent_variance", "ratio"]].isna().all()


def test_a_plan_called_stay_is_one_in_which_nobody_leaves(minimal):
    with pytest.raises(ValueError, match="`stay` is the name of the plan in which nobody leaves"):
        dd.compare({"a": minimal, "stay": minimal}, trials=5, progress=False)
    both = dd.compare({"a": minimal, "stay": minimal.stay()}, trials=5, progress=False)
    assert list(both.runs) == ["a", "stay"]
