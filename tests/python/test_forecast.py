"""Frozen forecasts: what is written is what is scored, with its date."""

import json
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from matplotlib.dates import num2date

import drawdown as dd
from drawdown.learn import forecast as module

QUIET = {"seed": 7, "progress": False}


@pytest.fixture(scope="module")
def some(iraq):
    return dd.simulate(iraq, trials=60, **QUIET)


def on(monkeypatch, *day):
    monkeypatch.setattr(module, "_now", lambda: datetime(*day, 12, 30, tzinfo=UTC))


def test_a_run_is_frozen_with_where_it_comes_from(some, tmp_path, monkeypatch):
    on(monkeypatch, 2024, 9, 30)
    frozen = dd.Forecast.of(some, ["attacks", "killed"])
    frozen.write(tmp_path / "one.json")
    on(monkeypatch, 2031, 1, 1)
    again = dd.Forecast.read(tmp_path / "one.json")
    pd.testing.assert_frame_equal(again.frame, frozen.frame)
    assert again.about == frozen.about
    assert again.made == datetime(2024, 9, 30, 12, 30, tzinfo=UTC)
    assert again.origin == some.scenario.start - date.resolution
    about = again.about["sources"]["drawdown"]
    assert about["scenario_hash"] == some.origin["scenario_hash"]
    assert about["seed"] == 7
    months = some.values("attacks", by="month")
    path = next(one for one in again.paths if one.target == "attacks")
    for month, values in zip(path.months, path.values.T, strict=True):
        assert values.tolist() == months[str(month)].tolist()


def test_months_in_part_are_left_out(iraq):
    part = iraq.replace({"start": "2024-10-15", "horizon": "2027-11-20"})
    months = dd.Forecast.of(dd.simulate(part, trials=5, **QUIET)).paths[0].months
    assert (str(months[0]), str(months[-1])) == ("2024-11", "2027-10")
    run = dd.simulate(part, trials=5, **QUIET)
    late = dd.Forecast.of(run, origin="2025-03-10").paths[0].months
    assert str(late[0]) == "2025-04"
    whole = dd.simulate(iraq.replace({"horizon": "2027-12-01"}), trials=5, **QUIET)
    assert str(dd.Forecast.of(whole).paths[0].months[-1]) == "2027-11"
    with pytest.raises(ValueError, match="`drawdown`: no whole month lies between 2027-10-20"):
        dd.Forecast.of(run, origin="2027-10-20")


def test_it_says_when_it_was_written_after_what_it_forecasts(some, monkeypatch):
    on(monkeypatch, 2024, 9, 30)
    before = dd.Forecast.of(some)
    assert not before.hindcast
    assert set(before.table()["status"]) == {"forecast"}
    assert before.notes == ""
    on(monkeypatch, 2024, 11, 15)
    amid = dd.Forecast.of(some)
    assert amid.table()["status"].tolist()[:3] == ["hindcast", "under way", "forecast"]
    assert "1 of 50 windows are hindcasts" in amid.notes
    on(monkeypatch, 2040, 1, 1)
    after = dd.Forecast.of(some)
    assert after.hindcast
    assert "This is a hindcast: it was made after the end" in str(after)
    assert "hindcast from 2024-09-30, made 2040-01-01" in repr(after)
    months = after.paths[0].months[:4]
    came = pd.Series([3, 9, 0, 4], months)
    assert "hindcast from 2024-09-30" in str(after.score(came))


def test_a_series_scores_the_months_and_their_sums(some):
    frozen = dd.Forecast.of(some)
    months = frozen.paths[0].months[:4]
    found = frozen.score(pd.Series([3, 9, 0, 4], months)).each
    sums = found[found["over"] == "sum"].set_index("horizon")["observed"]
    assert sums.to_dict() == {1: 3, 2: 12, 3: 12, 4: 16}
    assert set(found["over"]) == {"month", "sum"}
    values = some.values("attacks", by="month")[[str(m) for m in months[:2]]].sum(axis=1)
    row = found.query("over == 'sum' and horizon == 2").iloc[0]
    assert row["mean"] == pytest.approx(values.mean())
    assert frozen.score(pd.Series([3], months[:1])).waiting > 50


def test_what_was_changed_since_is_refused(some, tmp_path):
    path = tmp_path / "one.json"
    dd.Forecast.of(some).write(path)
    content = json.loads(path.read_text())
    for change in (
        lambda c: c["forecasts"][0]["values"][0].__setitem__(0, 10_000),
        lambda c: c["about"].update(made="2020-01-01T00:00:00+00:00"),
        lambda c: c["about"]["sources"]["drawdown"].update(seed=8),
    ):
        spoilt = json.loads(json.dumps(content))
        change(spoilt)
        (tmp_path / "two.json").write_text(json.dumps(spoilt))
        with pytest.raises(ValueError, match=r"two\.json was changed since it was written"):
            dd.Forecast.read(tmp_path / "two.json")
    for text, told in (
        ("no", "holds no forecast"),
        ('{"format": 9}', "has format 9; drawdown"),
        ('{"format": 1}', "holds no forecast, or is damaged"),
        ("[]", "holds no forecast"),
    ):
        (tmp_path / "two.json").write_text(text)
        with pytest.raises(ValueError, match=told):
            dd.Forecast.read(tmp_path / "two.json")


def test_a_frozen_forecast_is_not_replaced(some, tmp_path, monkeypatch):
    path = tmp_path / "one.json"
    on(monkeypatch, 2024, 9, 30)
    dd.Forecast.of(some).write(path)
    before = path.read_bytes()
    on(monkeypatch, 2024, 10, 9)
    dd.Forecast.of(some).write(path)
    assert path.read_bytes() == before, "the same again keeps its earlier date"
    with pytest.raises(ValueError, match="holds another forecast, made 2024-09-30 12:30 UTC"):
        dd.Forecast.of(some, "killed").write(path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="is there and holds no forecast; give another name"):
        dd.Forecast.of(some).write(tmp_path / "notes.txt")


def test_baselines_are_frozen_beside_a_run(some, tmp_path, monkeypatch):
    on(monkeypatch, 2024, 9, 30)
    past = pd.Series(
        np.random.default_rng(1).poisson(6, 40), pd.period_range("2021-06", "2024-09", freq="M")
    )
    theirs = dd.Forecast.of_series(past, ["climatology", "last value"], months=6, samples=50)
    both = dd.Forecast.of(some) + theirs
    both.write(tmp_path / "both.json")
    both = dd.Forecast.read(tmp_path / "both.json")
    came = pd.Series([3, 9, 0], pd.period_range("2024-10", periods=3, freq="M"))
    table = both.score(came).table(by=["over", "forecast"])
    assert table.index.get_level_values("forecast").unique().tolist() == [
        "drawdown",
        "climatology",
        "last value",
    ]
    with pytest.raises(ValueError, match="both have a forecast of attacks by climatology"):
        both + theirs
    late = dd.Forecast.of_series(past.iloc[:-1], ["random walk"])
    with pytest.raises(ValueError, match="different origins, 2024-09-30 and 2024-08-31"):
        theirs + late
    # A backtest that ends there forecasts the same.
    tested = dd.backtest(past, ["climatology"], samples=50, horizons=[1], progress=False)
    assert len(tested.forecasts)


def test_wrong_asks_are_refused(some):
    with pytest.raises(ValueError, match="no measure `atacks by month`"):
        dd.Forecast.of(some, "atacks")
    with pytest.raises(TypeError, match="mapping of names to runs; plan is none"):
        dd.Forecast.of({"plan": 3})
    two = dd.Forecast.of(some, ["attacks", "killed"])
    with pytest.raises(ValueError, match="a series is of one target, and forecasts are of attacks"):
        two.score(pd.Series([1], pd.period_range("2024-10", periods=1, freq="M")))


def test_a_fan_ends_soon_after_the_last_month_in_which_anything_may_come():
    months = pd.period_range("2025-01", periods=40, freq="M")
    values = np.zeros((50, 40))
    values[:, :12] = 3
    about = {"made": "2025-01-01T00:00:00+00:00", "origin": "2024-12-31", "version": "1"}
    found = module.Forecast([module.Paths("m", "attacks", months, values)], about | {"sources": {}})
    (ax,) = found.plot()
    assert num2date(ax.get_xlim()[1]).date() == date(2026, 2, 1)
    assert "drawn up to 2026-02" in ax.figure.get_supxlabel()
    # Months that have been observed stay.
    came = pd.Series(0.0, index=months[:20])
    (ax,) = found.plot(observed=came)
    assert num2date(ax.get_xlim()[1]).date() == date(2026, 10, 1)
