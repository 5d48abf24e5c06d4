"""What a fit is given beside counts, and what is left out of it: nothing is guessed or dropped in silence."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown import cli

PLAN = """
schema = 1
start = 2024-01-01
horizon = 2026-01-01
[world.sites.base]
garrison = { us = 100 }
[world.threats.group]
weapons = {}
attacks_per_day = { gamma = { shape = 3, mean = 0.5 } }
[plan.phases.first]
announced_start = 2024-06-01
announced_finish = 2024-12-01
duration_ratio = { lognormal = { median = { lognormal = { median = 1, sigma = 0.3 } }, sigma = 0.1 } }
moves.out = { site = "base", contingent = "us" }
"""
MEDIAN = "plan.phases.first.duration_ratio.lognormal.median"


@pytest.fixture(scope="module")
def plan() -> dd.Scenario:
    return dd.Scenario.from_toml(PLAN)


def executions(
    done: list[Any], days: list[Any] | None = None, phase: str = "first"
) -> pd.DataFrame:
    return pd.DataFrame({"phase": phase, "days": days or [300.0] * len(done), "done": done})


def fitted(plan: dd.Scenario, given: pd.DataFrame) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dd.fit(plan, executions=given, what=[MEDIAN], seed=1, progress=False, draws=200)
    return float(found.samples[MEDIAN].mean())


def test_what_is_done_is_true_or_one(plan: dd.Scenario) -> None:
    done, open_ = (fitted(plan, executions([one] * 3)) for one in (True, False))
    assert open_ > done + 0.05
    for one in (1, 1.0, np.True_, np.int64(1)):
        assert fitted(plan, executions([one] * 3)) == done
    for one in (0, 0.0, np.False_):
        assert fitted(plan, executions([one] * 3)) == open_


@pytest.mark.parametrize("wrong", ["no", "False", "true", "", None, np.nan, 2, pd.NA])
def test_what_is_done_is_never_guessed(plan: dd.Scenario, wrong: Any) -> None:
    given = executions([True, wrong])
    with pytest.raises(
        dd.ObservationError, match=r"executions\[1\].done: .* neither True nor False"
    ):
        fitted(plan, given)


def test_every_problem_of_executions_is_told_at_once(plan: dd.Scenario) -> None:
    given = executions([True, "no", True, False], ["x", -3, None, 0], "frist")
    with pytest.raises(dd.ObservationError) as refused:
        fitted(plan, given)
    told = str(refused.value)
    for part in ("[0].days", "[1].days", "[2].days", "[3].days", "[1].done", 'mean "first"'):
        assert part in told, part


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"date": ["2024-02-35"], "state": ["calm"]}, r"states\[0\].date"),
        ({"date": ["2024-01-01"], "state": [None]}, r"states\[0\].state"),
    ],
)
def test_states_are_days_and_ids(plan: dd.Scenario, rows: Any, says: str) -> None:
    events = dd.Observations.of(
        events=pd.DataFrame({"date": ["2024-01-10"]}), window=("2024-01-01", "2024-03-01")
    )
    with pytest.raises(dd.ObservationError, match=says):
        dd.fit(plan, events, states=pd.DataFrame(rows), progress=False)


def test_levels_and_dates_are_named_as_left_out(plan: dd.Scenario) -> None:
    counts = dd.Observations.of(
        counts=pd.DataFrame({"from": ["2024-01-01"], "to": ["2024-02-29"], "count": [20]})
    )
    levels = dd.Observations.read_levels(pd.DataFrame({"date": ["2024-02-01"], "people": [3]}))
    with pytest.warns(UserWarning, match="1 row of levels are not fitted to: `update`"):
        found = dd.fit(plan, counts + levels, seed=1, progress=False)
    assert "levels" in found.notes
    with pytest.warns(UserWarning, match="levels are not fitted to"):
        other = dd.fit_by_simulation(
            plan, counts + levels, seed=1, progress=False, particles=30, populations=1
        )
    assert "levels" in other.notes


def test_events_of_nobody_in_the_scenario_are_refused(plan: dd.Scenario) -> None:
    rows = {"date": ["2024-01-10", "2024-01-20"], "site": ["base", "zz"], "threat": ["qq", "group"]}
    seen = dd.Observations.of(events=pd.DataFrame(rows), window=("2024-01-01", "2024-02-29"))
    for ask in (
        lambda: dd.fit(plan, seen, progress=False),
        lambda: dd.update(plan, seen, particles=50, progress=False),
        lambda: dd.condition(dd.simulate(plan, trials=50, progress=False), seen),
    ):
        with pytest.raises(dd.ObservationError) as refused:
            ask()
        assert 'no site "zz"' in str(refused.value)
        assert 'no threat "qq"' in str(refused.value)


def test_parts_are_no_more_than_the_whole() -> None:
    columns = {"from": ["2024-01-01"], "to": ["2024-01-31"], "attacks": [5]}
    split = {"iraq": "asad", "syria": "syria"}
    for iraq in (6, None):
        frame = pd.DataFrame(columns | {"iraq": [iraq], "syria": [7]})
        with pytest.raises(dd.ObservationError, match="more than 5 in all"):
            dd.Observations.read_counts(frame, split=split)


def test_a_statement_without_a_number_is_left_out_and_told() -> None:
    frame = pd.DataFrame({"as_of": ["2023-10-30", "2023-11-09"], "attacks": [None, 46]})
    found = dd.Observations.read_cumulative(frame, first_day="2023-10-17")
    assert list(found.unmapped["why"]) == ["no number is given"]
    with pytest.raises(dd.ObservationError, match="derived, about, exact"):
        dd.Observations.read_cumulative(frame, first_day="2023-10-17", bound="at_most")


def test_an_error_of_what_is_exact_is_refused() -> None:
    frame = pd.DataFrame({"from": ["2024-01-01"], "to": ["2024-01-31"], "attacks": [5]})
    with pytest.raises(dd.ObservationError, match="has no error"):
        dd.Observations.read_counts(frame, relative_error=0.3)


@pytest.mark.parametrize("month", ["Mar-24", "02/01/2024", "2024", "2024-13"])
def test_months_are_never_guessed(month: str) -> None:
    index = [month, *(f"2025-{k:02}" for k in range(1, 13))]
    with pytest.raises(ValueError, match="is no month"):
        dd.backtest(pd.Series(1.0, index), progress=False)


def test_an_onset_is_of_months() -> None:
    index = pd.period_range("2000Q1", periods=60, freq="Q")
    values = np.random.default_rng(1).poisson(5, 60).astype(float)
    with pytest.raises(ValueError, match="not of months"):
        dd.backtest(pd.Series(values, index), progress=False, samples=50).onset(5)


def test_days_of_scores_have_neither_hours_nor_zones() -> None:
    samples = pd.DataFrame(
        {"forecast": "mine", "target": "attacks", "sample": range(50), "value": np.arange(50.0)}
    ).assign(horizon=1, origin="2023-12-31", **{"from": "2024-01-01", "to": "2024-01-31"})
    came: Any = {"target": ["attacks"], "observed": [30.0]}
    plain = dd.score(samples, pd.DataFrame(came | {"from": ["2024-01-01"], "to": ["2024-01-31"]}))
    begin, end = (
        pd.Timestamp("2024-01-01", tz="UTC"),
        pd.Period("2024-01").end_time.tz_localize("UTC"),
    )
    zoned = dd.score(samples, pd.DataFrame(came | {"from": [begin], "to": [end]}))
    pd.testing.assert_frame_equal(plain.table(), zoned.table())
    twice = pd.DataFrame(came | {"from": ["2024-01-01"], "to": ["2024-01-31"]})
    with pytest.raises(ValueError, match="stands there twice"):
        dd.score(samples, pd.concat([twice, twice]))


@pytest.mark.filterwarnings("ignore:Few particles")
def test_the_command_line_tells_what_was_left_out(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "events.csv").write_text("date,site\n2024-01-10,base\n2024-13-01,base\n")
    command = ["update", str(tmp_path / "plan.toml"), "--observed", str(tmp_path / "events.csv")]
    command += ["--columns", "date=date", "site=site", "--window", "2024-01-01", "2024-01-31"]
    command += ["--particles", "5000", "--seed", "1", "--out", str(tmp_path / "out")]
    assert cli.main(command) == 0
    assert "Left out of" in capsys.readouterr().out
    assert "2024-13-01" in (tmp_path / "out" / "unmapped.csv").read_text()


def test_a_report_shows_a_run_that_was_conditioned(plan: dd.Scenario, tmp_path: Path) -> None:
    run = dd.simulate(plan, trials=500, seed=1, progress=False)
    seen = dd.Observations.of(
        counts=pd.DataFrame({"from": ["2024-01-01"], "to": ["2024-01-31"], "count": [9]})
    )
    run.report(tmp_path / "page.html", also=[dd.condition(run, seen)])
    assert "Trials that agree with what was observed" in (tmp_path / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["from,to,attacks\n2024-01-01,2024-01-31,5,7\n", "from,to,attacks\n1,2,3\n4,5,6,7\n"]
)
def test_cells_without_a_name_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "counts.csv").write_text(text)
    with pytest.raises(ValueError, match="more cells than there are names"):
        dd.Observations.read_counts(tmp_path / "counts.csv")


def test_two_columns_of_a_name_are_refused() -> None:
    frame = pd.DataFrame([["2024-01-01", "2024-01-02"]], columns=["date", "date"])
    with pytest.raises(ValueError, match="several columns of the table are called date"):
        dd.Observations.read_events(
            frame, window=("2024-01-01", "2024-01-31"), columns={"date": "date"}
        )


def test_what_is_left_out_counts_as_many_as_its_row_says() -> None:
    frame = pd.DataFrame({"date": ["2024-01-10", "2024-13-01"], "n": [2, 5]})
    found = dd.Observations.read_events(
        frame, window=("2024-01-01", "2024-01-31"), columns={"date": "date", "count": "n"}
    )
    assert list(found.unmapped["count"]) == [5.0]


def test_a_table_with_our_names_is_read_as_it_is() -> None:
    frame = pd.DataFrame(
        {"date": ["2024-01-10"], "site": ["base"], "killed": [2], "colour": ["red"]}
    )
    found = dd.Observations.read_events(frame, window=("2024-01-01", "2024-01-31"))
    event = found.events.iloc[0]
    assert (event["site"], event["killed"]) == ("base", 2)
    assert list(found.unmapped["value"]) == ["colour"]


@pytest.mark.parametrize(
    "days", [pd.to_timedelta([200, 300], unit="D"), pd.to_datetime(["2024-01-01"] * 2), [True] * 2]
)
def test_a_span_of_time_is_no_number_of_days(plan: dd.Scenario, days: Any) -> None:
    with pytest.raises(dd.ObservationError, match="is no number"):
        fitted(plan, pd.DataFrame({"phase": "first", "days": days, "done": True}))


def test_states_may_change_within_a_day_and_not_at_one_moment() -> None:
    from drawdown.learn.fit_tables import states

    rows = pd.DataFrame({"date": ["2024-01-20 18:00", "2024-01-20 06:00"], "state": ["a", "b"]})
    assert [at.hour for at, _ in states(rows)] == [18, 6]
    twice = pd.DataFrame({"date": ["2024-01-20", pd.Period("2024-01-20")], "state": ["a", "b"]})
    with pytest.raises(dd.ObservationError, match="another state begins at that moment"):
        states(twice)


@pytest.mark.parametrize("bound", ["approximately", "about", "derived"])
def test_an_error_of_what_is_unsure_is_kept(bound: str) -> None:
    frame = pd.DataFrame({"from": ["2024-01-01"], "to": ["2024-01-31"], "attacks": [5]})
    found = dd.Observations.read_counts(frame, bound=bound, relative_error=0.3)
    assert list(found.counts["relative_error"]) == [0.3]


@pytest.mark.parametrize(
    "index",
    [
        [f"2023/{k}" for k in range(1, 13)],
        [f"2023-{k:02}-15" for k in range(1, 13)],
        [pd.Timestamp(2023, k, 3, tz="UTC") for k in range(1, 13)],
        pd.period_range("2023-01", periods=12, freq="M"),
    ],
)
def test_months_that_read_in_one_way_are_read(index: Any) -> None:
    from drawdown.learn.series import regular

    found = regular(pd.Series(1.0, pd.Index(index, dtype=object)))
    assert list(found.index.astype(str)) == [f"2023-{k:02}" for k in range(1, 13)]


def test_an_index_of_pairs_is_no_month() -> None:
    index = pd.MultiIndex.from_product([["2023-01"], range(12)])
    with pytest.raises(ValueError, match="is no month"):
        dd.backtest(pd.Series(1.0, index), progress=False)


@pytest.mark.parametrize("day", ["02/01/2024", 20240101])
def test_days_of_scores_are_never_guessed(day: Any) -> None:
    samples = pd.DataFrame(
        {"forecast": "mine", "target": "attacks", "sample": range(50), "value": np.arange(50.0)}
    ).assign(horizon=1, origin="2023-12-31", **{"from": "2024-01-01", "to": "2024-01-31"})
    came = pd.DataFrame(
        {"target": ["attacks"], "from": [day], "to": ["2024-01-31"], "observed": [30.0]}
    )
    with pytest.raises(ValueError, match="`from` is no date"):
        dd.score(samples, came)
