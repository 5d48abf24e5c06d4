"""Runs brought up to what was observed, and trials weighed by it."""

from __future__ import annotations

import re
import warnings
from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.learn.seen import counted_twice, data_hash, known_of

# Tests take few particles.
pytestmark = pytest.mark.filterwarnings("ignore:Few particles")

WORLD = """
schema = 1
start = 2025-01-01
horizon = 2025-07-01
[world.areas.region]
[world.sites.east]
area = "region"
garrison = { us = 200, ally = 40 }
[world.sites.west]
area = "region"
garrison = { us = 100 }
[world.tension]
start = "calm"
states.calm = { mean_days = 40, next.war = 1 }
states.war = { mean_days = 25, next.calm = 1 }
[world.threats.group]
attacks_per_day = { calm = 0.2, war = 0.8 }
rate_factor = { gamma = { shape = 4, mean = 1 } }
site_weights = { east = 2, west = 1 }
weapons.rocket = { share = 1, salvo_mean = 2 }
harm = { no_casualty = 0.5, scale = 1, shape = 0.2, killed_share = 0.2 }
[plan.gates.approval]
delay_days = { lognormal = { median = 30, sigma = 0.5 } }
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-03-15
duration_ratio = { lognormal = { median = 1.2, sigma = 0.2 } }
after = ["approval"]
moves.out = { site = "east", contingent = "us" }
[plan.phases.second]
announced_start = 2025-05-01
announced_finish = 2025-06-01
after = ["first"]
moves.out = { site = "west", contingent = "us" }
"""


@pytest.fixture(scope="module")
def scenario() -> dd.Scenario:
    return dd.Scenario.from_toml(WORLD)


def months(*counts: int, bound: str = "exact", measure: str = "attacks") -> dd.Observations:
    """Counts of the first months of 2025."""
    begins = pd.date_range("2025-01-01", periods=len(counts) + 1, freq="MS")
    frame = pd.DataFrame(
        {
            "from": begins[:-1],
            "to": begins[1:] - pd.Timedelta(days=1),
            "count": [None if bound == "missing" else count for count in counts],
            "bound": bound,
            "measure": measure,
        }
    )
    return dd.Observations.of(counts=frame)


def test_an_update_is_a_run_that_has_what_was_observed(scenario: dd.Scenario) -> None:
    found = dd.update(scenario, months(9, 17), particles=2_000, seed=3, threads=2)
    by_month = found.run.values("attacks", "month")
    assert (by_month["2025-01"] == 9).all()
    assert (by_month["2025-02"] == 17).all()
    assert by_month["2025-03"].nunique() > 5
    table = found.table()
    assert list(table["observed"]) == ["9", "17"]
    assert table["to"].iloc[1] == pd.Timestamp("2025-02-28")
    assert found.log_likelihood == pytest.approx(table["log_likelihood"].sum())
    assert (table["effective"] < 1_000).all()
    assert (table["distinct"] > 10).all()
    assert len(found.ancestors) == 2_000
    # Each particle has the draw of the trial that it began as.
    whole = dd.simulate(scenario, trials=2_000, seed=3).inputs
    assert np.array_equal(found.run.inputs.to_numpy(), whole.to_numpy()[found.ancestors])
    # What was seen is more than was expected, and so is what comes.
    ordinary = dd.simulate(scenario, trials=2_000, seed=3)
    assert by_month["2025-03"].mean() > ordinary.values("attacks", "month")["2025-03"].mean()
    assert found.run.finish_dates().shape[0] > 0
    assert "particles" in str(found)
    again = dd.update(scenario, months(9, 17), particles=2_000, seed=3, threads=1)
    assert again.run.summary().equals(found.run.summary())


def test_what_says_nothing_gives_the_run_itself(scenario: dd.Scenario) -> None:
    nothing = months(0, 0, bound="missing")
    found = dd.update(scenario, nothing, particles=300, seed=5)
    run = dd.simulate(scenario, trials=300, seed=5)
    assert found.run.summary().equals(run.summary())
    assert found.run.finish_dates().equals(run.finish_dates())
    assert found.log_likelihood == 0


def test_particles_are_not_replayed(scenario: dd.Scenario, tmp_path) -> None:
    run = dd.update(scenario, months(9, 17), particles=200, seed=3).run
    for ask in (
        lambda: run.events([0]),
        lambda: run.trial(0).events,
        lambda: run.report(tmp_path / "page.html"),
        lambda: dd.risk_over_time(run),
    ):
        with pytest.raises(ValueError, match=r"particles|goes on from what was observed"):
            ask()
    run.save(tmp_path / "run.npz")
    loaded = dd.load(tmp_path / "run.npz")
    assert loaded.summary().equals(run.summary())
    for ask in (
        lambda: loaded.trial(0),
        *(lambda one=one: dd.merge([one]) for one in (run, loaded)),
        *(
            lambda one=one: dd.simulate(scenario, trials=200, seed=3, done=[one])
            for one in (run, loaded)
        ),
    ):
        with pytest.raises(ValueError, match="particles of a filter"):
            ask()
    run.write(tmp_path / "all")
    assert not list((tmp_path / "all").glob("events*"))


def test_plans_go_on_from_the_same_particles(scenario: dd.Scenario) -> None:
    second = "plan.phases.second.announced_"
    soon = scenario.replace({f"{second}start": "2025-04-10", f"{second}finish": "2025-05-11"})
    found = dd.update({"plan": scenario, "sooner": soon}, months(9, 17), particles=500, seed=3)
    table = found.compare().table()
    assert table.loc[("attacks", "sooner"), "pairs"] == 500
    months_of = found.compare().differences("attacks", "month")
    assert (months_of["sooner"][["2025-01", "2025-02"]] == 0).all().all()
    finish = found.compare().differences("finish_days")["sooner"].dropna()
    assert (finish <= 1e-9).all()
    assert (finish < -1).any()
    other = scenario.replace({"plan.phases.first.announced_start": "2025-01-10"})
    gone = scenario.replace({"plan.gates.approval.delay_days": 1}).replace(
        {"plan.phases.first.announced_start": "2025-01-10"}
    )
    with pytest.raises(ValueError, match="differ before the last observation"):
        dd.update({"plan": scenario, "gone": gone}, months(9, 17), particles=200, seed=3)
    with pytest.raises(ValueError, match="nothing to compare"):
        dd.update(other, months(9, 17), particles=200, seed=3).compare()
    ordinary = dd.simulate(scenario, trials=500, seed=3)
    with pytest.raises(ValueError, match="same particles"):
        dd.Comparison({"a": found.run, "b": ordinary})


def test_levels_and_dates_are_observed(scenario: dd.Scenario) -> None:
    levels = pd.DataFrame(
        {
            "date": ["2025-03-20"],
            "site": ["east"],
            "people": [140.0],
            "contingent": ["us"],
            "relative_error": [0.1],
        }
    )
    dates = pd.DataFrame({"kind": ["gate"], "id": ["approval"], "date": ["2025-02-10"]})
    observed = dd.Observations.of(levels=levels, dates=dates)
    found = dd.update(
        scenario,
        observed,
        particles=4_000,
        seed=1,
        date_tolerance_days=3,
        not_reached={"phase": ["first"]},
    )
    opened = found.run.values("open_days", "gate")["approval"]
    assert ((opened >= 40 - 3) & (opened < 40 + 1 + 3)).all()
    assert (found.run.values("finish_days", "phase")["first"] >= 79).all()
    assert list(found.table()["what"]) == [
        "gate approval open",
        "people of us on east",
        "phase first done",
    ]


def test_a_date_lets_through_its_day_and_the_tolerance_on_both_sides(scenario: dd.Scenario) -> None:
    before = dd.simulate(scenario, trials=800, seed=4).values("open_days", "gate")["approval"]
    dates = pd.DataFrame({"kind": ["gate"], "id": ["approval"], "date": ["2025-02-10"]})
    observed = dd.Observations.of(dates=dates)
    for tolerance in (0.0, *np.random.default_rng(20261129).uniform(1, 20, 2)):
        found = dd.update(scenario, observed, particles=800, seed=4, date_tolerance_days=tolerance)
        # 10 February is day 40; each trial weighs 1 or nothing, so that all of the former are left.
        there = (before >= 40 - tolerance) & (before < 41 + tolerance)
        assert 2 < there.sum() < 800
        np.testing.assert_array_equal(np.unique(found.ancestors), np.flatnonzero(there))


def test_what_was_not_reached_holds_until_the_last_day_that_was_seen(scenario: dd.Scenario) -> None:
    tolerance = float(np.random.default_rng(20261129).uniform(1, 40))
    dates = pd.DataFrame({"kind": ["gate"], "id": ["approval"], "date": ["2025-02-10"]})
    observed = dd.Observations.of(dates=dates)
    asked = {"date_tolerance_days": tolerance, "not_reached": {"phase": ["first"]}}
    found = dd.update(scenario, observed, particles=500, seed=1, **asked).table()
    ends = found.set_index("what")["to"]
    assert ends["phase first done"] == pd.Timestamp("2025-02-10"), tolerance
    assert ends["gate approval open"] > pd.Timestamp("2025-02-10")


def test_what_came_before_a_collapse_on_the_first_observation_is_nothing(
    scenario: dd.Scenario,
) -> None:
    with pytest.raises(dd.CollapseError) as refused:
        dd.update(scenario, months(900), particles=50, seed=3)
    partial = refused.value.partial
    assert "after no observation" in str(partial)
    assert partial.few == ""
    assert len(partial.table()) == 0
    assert partial.until == date(2024, 12, 31)
    assert dd.Forecast.of(partial).origin == date(2024, 12, 31)


def test_what_is_impossible_is_named_and_the_rest_is_kept(scenario: dd.Scenario) -> None:
    with pytest.raises(dd.CollapseError) as refused:
        dd.update(scenario, months(9, 21, 900), particles=500, seed=3)
    told = str(refused.value)
    assert "attacks from 2025-03-01 to 2025-03-31 were 900" in told
    assert "they came to" in told
    partial = refused.value.partial
    assert len(partial.table()) == 2
    assert partial.run.trials == 500
    with pytest.raises(dd.ObservationError, match="nothing was observed"):
        dd.update(scenario, dd.Observations.of(), particles=10)
    counts = pd.DataFrame(
        {"from": ["2025-01-01"], "to": ["2025-01-31"], "count": [3], "site": ["north"]}
    )
    elsewhere = dd.Observations.of(counts=counts)
    with pytest.raises(dd.ObservationError, match="no site"):
        dd.update(scenario, elsewhere, particles=10)


def test_conditioning_is_keeping_the_trials_that_agree(scenario: dd.Scenario) -> None:
    run = dd.simulate(scenario, trials=5_000, seed=11)
    found = dd.condition(run, months(9))
    agree = (run.values("attacks", "month")["2025-01"] == 9).to_numpy()
    assert np.allclose(found.weights, agree / agree.sum())
    assert found.effective == pytest.approx(agree.sum())
    assert found.log_likelihood == pytest.approx(np.log(agree.mean()))
    summary, kept = found.summary(), run.values("attacks")[agree]
    assert summary.loc["attacks", "mean"] == pytest.approx(kept.mean())
    deviation = kept.std() / np.sqrt(agree.sum())
    assert summary.loc["attacks", "standard_error"] == pytest.approx(deviation)
    finish = run.values("finish_days")[agree]
    last = found.finish_dates().loc[("overall", "")]
    middle = np.sort(np.where(np.isnan(finish), np.inf, finish))[int(np.ceil(agree.sum() / 2)) - 1]
    assert last["p50"] == pd.Timestamp(date(2025, 1, 1) + timedelta(int(middle)))
    assert last["unfinished"] == pytest.approx(np.isnan(finish).mean())
    assert "effective trials" in str(found)


def test_too_few_trials_that_agree_are_refused(scenario: dd.Scenario) -> None:
    run = dd.simulate(scenario, trials=200, seed=11)
    with pytest.raises(dd.CollapseError, match="effective trials of 200") as refused:
        dd.condition(run, months(9))
    assert refused.value.partial.weights.sum() == pytest.approx(1)
    with pytest.raises(dd.CollapseError, match="no trial of 200 makes it possible"):
        dd.condition(run, months(900))
    summary = dd.simulate(scenario, trials=200, seed=11, keep="summary")
    with pytest.raises(ValueError, match="keep"):
        dd.condition(summary, months(9))


ONE_STATE = """
schema = 1
start = 2025-01-01
horizon = 2025-07-01
[world.areas.region]
[world.sites.base]
area = "region"
garrison = { us = 100 }
[world.threats.group]
attacks_per_day = { gamma = { shape = 4, mean = 0.1 } }
weapons = {}
"""


def test_a_posterior_of_the_same_observations_is_not_counted_twice() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    observed = months(3, 2, 4)
    posterior = dd.fit(scenario, observed, seed=5, progress=False)
    found = dd.update(scenario, observed, particles=60_150, seed=3, fitted=posterior)
    assert found.run.trials == 60_000
    assert "300 of 300 parameter samples" in found.origin_line
    assert found.run.samples is not None
    come = found.run.values("attacks", "month")["2025-04"]
    # Gamma-Poisson: 4 + 9 attacks in 4 / 0.1 + 90 days are known of.
    shape, days = 4 + 9, 4 / 0.1 + 90
    mean, spread = 30 * shape / days, 30 * np.sqrt(shape) / days
    by_sample = come.to_numpy().reshape(300, 200).mean(axis=1)
    assert abs(come.mean() - mean) < 4 * by_sample.std(ddof=1) / np.sqrt(300)
    # The variance between samples, chance within them taken out; relative standard error sqrt(2/300).
    between = by_sample.var(ddof=1) - come.mean() / 200
    assert abs(between / spread**2 - 1) < 4 * np.sqrt(2 / 300)
    # Weighed once more, the samples would be narrower by a half.
    with pytest.warns(UserWarning, match="count twice"):
        twice = dd.update(
            scenario, observed, particles=60_000, seed=3, samples=posterior.samples[:600]
        )
    rates = twice.run.inputs.iloc[:, 0]
    assert rates.var() < 0.65 * posterior.samples.iloc[:, 0].var()


def test_samples_of_other_data_are_weighed() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    rates = np.random.default_rng(4).gamma(4, 0.1 / 4, 4_000)
    samples = pd.DataFrame({"world.threats.group.attacks_per_day": rates})
    found = dd.update(scenario, months(3, 2, 4), particles=40_000, seed=3, samples=samples)
    shape, days = 4 + 9, 4 / 0.1 + 90
    exact = np.exp(-90 * rates) * rates**9
    expected = float((rates * exact).sum() / exact.sum())
    assert abs(expected / (shape / days) - 1) < 0.05
    kept = found.run.inputs.iloc[:, 0]
    assert abs(kept.mean() - expected) < 4 * kept.std() / np.sqrt(len(kept.unique()))


def test_samples_that_are_lost_are_told_of() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    posterior = dd.fit(scenario, months(3), seed=5, progress=False)
    # Of one made by hand nobody knows what it was fitted to.
    by_hand = dd.Posterior(scenario, posterior.samples, posterior.diagnostics(), "by hand", {})
    with pytest.warns(UserWarning, match="parameter samples are lost"):
        found = dd.update(scenario, months(3, 8), particles=6_000, seed=3, fitted=by_hand)
    assert found.run.samples is None


def test_what_a_filter_begins_with_is_checked() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    posterior = dd.fit(scenario, months(4, 3), seed=5, progress=False)
    with pytest.raises(ValueError, match="not both"):
        dd.update(scenario, months(4, 3), samples=posterior.samples, fitted=posterior)
    with pytest.raises(TypeError, match="must be a Posterior"):
        dd.update(scenario, months(4, 3), fitted=posterior.samples)
    with pytest.raises(TypeError, match="must be a DataFrame"):
        dd.update(scenario, months(4, 3), samples=100)
    with pytest.raises(ValueError, match="2 or more"):
        dd.update(scenario, months(4, 3), particles=1, fitted=posterior)


def test_only_a_posterior_of_these_observations_and_ranges_is_taken() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    observed = months(4, 3)
    posterior = dd.fit(scenario, observed, seed=5, progress=False)
    asked = {"particles": 2_000, "seed": 3, "fitted": posterior, "progress": False}
    for other in (months(4), months(4, 3, 2), months(3, 4), months(4, 3, bound="about")):
        with pytest.raises(ValueError, match="fitted to other observations") as told:
            dd.update(scenario, other, **asked)
        assert "`samples=posterior.samples`" in str(told.value)
    # What a fit does not read makes no difference, and neither does the order of rows.
    levels = pd.DataFrame({"date": ["2025-02-28"], "people": [100]})
    more = dd.Observations.of(counts=observed.counts[::-1].assign(note="x"), levels=levels)
    assert dd.update(scenario, more, **asked).run.samples is not None
    rate = "world.threats.group.attacks_per_day"
    for plan, why in (
        (posterior.scenario(), "has other ranges at"),
        (
            scenario.replace({rate: 0.1, "world.threats.group.rate_factor": {"uniform": [1, 2]}}),
            "has no range at",
        ),
    ):
        with pytest.raises(ValueError, match=f"`scenario` {why} `{rate}`.*that was fitted"):
            dd.update(plan, observed, **asked)


def dated(**more: str) -> dd.Observations:
    """One attack, with or without the days on which it may have been."""
    events = pd.DataFrame({"date": ["2025-01-01"], "kind": ["attack"], **more})
    return dd.Observations.of(events=events, window=("2025-01-01", "2025-01-31"))


def test_events_that_are_known_to_other_days_are_other_observations() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    alone = data_hash(dated(), scenario)
    same = dated(date_from=["2025-01-01"], date_to=["2025-01-01"])
    unsure = dated(date_from=["2024-12-31"], date_to=["2025-01-02"])
    assert data_hash(same, scenario) == alone
    assert same.counted().counts["bound"].tolist() == ["exact"]
    assert data_hash(unsure, scenario) != alone
    assert unsure.counted().counts["bound"].tolist() == ["about"]


def test_observations_that_count_twice_are_warned_of() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    observed = months(4, 3)
    posterior = dd.fit(scenario, observed, seed=5, progress=False)
    asked = {"particles": 1_000, "seed": 3, "progress": False}
    with pytest.warns(UserWarning, match="count twice.*`fitted`"):
        dd.update(posterior.scenario(), observed, **asked)
    with pytest.warns(UserWarning, match="count twice.*`fitted`"):
        dd.update(scenario, observed, samples=posterior.samples[::4], **asked)
    # So may others, of the same days.
    more = months(4, 3, 5)
    with pytest.warns(UserWarning, match=r"attacks 2025-01-01 to 2025-02-28\).*count twice"):
        dd.update(scenario, more, samples=posterior.samples[::4], **asked)
    # Other data than those that it was fitted to may weigh it.
    with warnings.catch_warnings():
        warnings.filterwarnings("error", ".*count twice")
        dd.update(posterior.scenario(), months(5, 1), **asked)
        for other in (more.since("2025-03-01"), months(0, 0, measure="wounded")):
            dd.update(scenario, other, samples=posterior.samples[::4], **asked)


def test_days_are_shared_as_plain_loops_have_it() -> None:
    scenario = dd.Scenario.from_toml(WORLD)
    rng = np.random.default_rng(20261129)

    def some() -> dd.Observations:
        first = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 30, 3), unit="D")
        frame = pd.DataFrame({"from": first, "to": first + pd.Timedelta(days=4), "count": 1})
        frame["measure"] = rng.choice(["attacks", "killed"], 3)
        frame["threat"] = rng.choice(["group", "", "other"], 3)
        frame["site"] = rng.choice(["east", "west", "east, west", ""], 3)
        # One of a series, so that none shares days with another.
        return dd.Observations.of(counts=frame.drop_duplicates(["measure", "threat", "site"]))

    def cells(observed: dd.Observations) -> set[tuple[str, str, str, pd.Timestamp]]:
        return {
            (row["measure"], threat, site, day)
            for row in observed.counts.to_dict("records")
            for threat in (["group", "other"] if pd.isna(row["threat"]) else [row["threat"]])
            for site in row["site"] or ("east", "west")
            for day in pd.date_range(row["from"], row["to"])
        }

    told = []
    for one, other in combinations([some() for _ in range(9)], 2):
        samples = pd.DataFrame({"x": [1.0]})
        samples.attrs = known_of(one, scenario)
        said = counted_twice({"scenario": scenario}, samples, other)
        both = cells(one) & cells(other)
        assert bool(said) == bool(both)
        for measure, *_, day in both:
            spans = re.findall(rf"{measure} (\S+) to ([-0-9]+)", said)
            assert any(first <= str(day.date()) <= last for first, last in spans)
        told.append(bool(said))
    assert 5 < sum(told) < 31


def test_samples_that_are_none_and_ids_that_are_not_there_are_refused() -> None:
    scenario = dd.Scenario.from_toml(WORLD)
    path = "world.threats.group.rate_factor"
    for samples, said in (
        (pd.DataFrame({path: []}), "is empty, with no row"),
        (pd.DataFrame({path: ["1.0", "2.0"]}), "no numbers in `world.*'1.0'"),
        (pd.DataFrame({path: [True, False]}), "no numbers in `world.*True"),
    ):
        with pytest.raises(ValueError, match=said):
            dd.update(scenario, months(9), particles=100, seed=1, samples=samples)
    with pytest.raises(dd.ObservationError) as told:
        dd.update(scenario, months(9), particles=100, seed=1, not_reached={"phase": ["frist"]})
    assert [one.path for one in told.value.problems] == ["not_reached['phase'][0]"]
    assert 'did you mean "first"?' in str(told.value)


def test_a_collapse_under_samples_that_are_kept_says_how_many_particles_are_meant() -> None:
    scenario = dd.Scenario.from_toml(ONE_STATE)
    rates = pd.DataFrame({"world.threats.group.attacks_per_day": [0.1] * 50})
    posterior = dd.Posterior(scenario, rates, pd.DataFrame(), "by hand", {})
    with pytest.raises(dd.CollapseError, match="200 particles are meant for each sample"):
        dd.update(scenario, months(30), particles=10, seed=3, fitted=posterior)


def test_the_figure_shows_what_is_left(scenario: dd.Scenario) -> None:
    found = dd.update(scenario, months(9, 17), particles=200, seed=3)
    ax = found.plot()
    assert len(ax.lines) == 2
    assert list(ax.lines[0].get_ydata()) == list(found.table()["effective"])


def test_a_forecast_of_an_update_begins_after_what_was_observed():
    scenario = dd.Scenario.example("iraq-2024")
    counts = pd.DataFrame({"from": ["2024-10-01"], "to": ["2024-12-31"], "count": [9]})
    observed = dd.Observations.of(counts=counts.assign(measure="attacks", bound="about"))
    found = dd.update(scenario, observed, particles=2_000, seed=1, progress=False)
    forecast = dd.Forecast.of(found)
    assert str(forecast.origin) == "2024-12-31"
    assert str(forecast.frame["from"].min())[:10] == "2025-01-01"
    with pytest.raises(ValueError, match="2024-12-31"):
        dd.Forecast.of(found, origin="2024-11-30")
    with pytest.raises(ValueError, match="`Update` itself"):
        dd.Forecast.of(found.run)


def test_an_update_that_few_particles_carry_warns():
    scenario = dd.Scenario.example("iraq-2024")
    counts = pd.DataFrame({"from": ["2024-10-01"], "to": ["2024-12-31"], "count": [9]})
    observed = dd.Observations.of(counts=counts.assign(measure="attacks", bound="exact"))
    with pytest.warns(UserWarning, match="Few particles"):
        dd.update(scenario, observed, particles=400, seed=1, progress=False)
