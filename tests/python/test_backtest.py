"""Backtests: nothing after an origin is used, and baselines do what they say."""

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.learn import baselines, rules
from drawdown.learn.baselines import BASELINES

QUIET = {"progress": False, "samples": 100}


def series(values, first="2001-01"):
    return pd.Series(
        np.asarray(values, dtype=float), pd.period_range(first, periods=len(values), freq="M")
    )


def counts(seed, count=60):
    rng = np.random.default_rng(seed)
    return series(rng.poisson(rng.gamma(2, 4, count)))


def test_the_future_changes_no_forecast():
    known = counts(1)
    other = known.copy()
    other.iloc[40:] = np.random.default_rng(2).poisson(500, 20)
    about = {"horizons": (1, 3), "first": "2003-10", **QUIET}
    one, two = (dd.backtest(past, **about).forecasts for past in (known, other))
    before = one["origin"] <= known.index[39].end_time
    assert before.any()
    assert not before.all()
    pd.testing.assert_frame_equal(one[before], two[before])
    assert not one[~before].equals(two[~before])


def test_a_model_sees_the_past_alone_and_cannot_change_it():
    known = counts(3)
    seen = []

    def spoils(past, horizon, samples, rng):
        seen.append(past.copy())
        past[:] = 1e6
        return rng.poisson(1, (samples, horizon))

    found = dd.backtest(
        known, {"spoils": spoils, "last value": "last value"}, first="2004-01", **QUIET
    )
    for past in seen:
        pd.testing.assert_series_equal(past, known.iloc[: len(past)])
    origins = sorted(set(found.forecasts["origin"]))
    assert [past.index[-1].end_time.floor("D") for past in seen] == origins
    assert origins[0] == pd.Timestamp("2004-01-31")
    assert found.series.equals(known)
    alone = dd.backtest(known, ["last value"], first="2004-01", **QUIET).forecasts["value"]
    beside = found.forecasts.query("forecast == 'last value'")["value"]
    assert beside.tolist() == alone.tolist()


def test_months_sums_and_the_largest_are_those_of_the_paths():
    known = counts(4)
    paths = {}

    def model(past, horizon, samples, rng):
        paths[past.index[-1]] = rng.integers(0, 99, (samples, horizon))
        return paths[past.index[-1]]

    found = dd.backtest(known, [model], horizons=[4, 2], first="2004-06", every=3, **QUIET)
    table = found.forecasts
    assert list(paths)[:2] == [pd.Period("2004-06"), pd.Period("2004-09")]
    came = found.observed
    for origin, path in paths.items():
        for ahead in (2, 4):
            for over, values in (
                ("month", path[:, ahead - 1]),
                ("sum", path[:, :ahead].sum(axis=1)),
                ("largest", path[:, :ahead].max(axis=1)),
            ):
                mine = table.query("horizon == @ahead and over == @over")
                mine = mine[mine["origin"] == origin.end_time.floor("D")]
                assert mine["value"].tolist() == values.tolist()
                first = origin + (ahead if over == "month" else 1)
                assert set(mine["from"]) == {first.start_time}
                assert set(mine["to"]) == {(origin + ahead).end_time.floor("D")}
                if origin + ahead > known.index[-1]:
                    continue
                window = known[first : origin + ahead]
                value = {"month": window.sum, "sum": window.sum, "largest": window.max}[over]()
                at = (came["over"] == over) & (came["from"] == first.start_time)
                at &= came["to"] == (origin + ahead).end_time.floor("D")
                assert came.loc[at, "observed"].tolist() == [value]


def test_the_same_seed_gives_the_same_and_each_forecast_stands_alone():
    known = counts(5)
    both = dd.backtest(known, seed=3, **QUIET)
    again = dd.backtest(known, ["random walk"], seed=3, first="2004-01", **QUIET)
    mine = both.forecasts.query("forecast == 'random walk' and origin >= '2004-01-01'")
    assert mine["value"].tolist() == again.forecasts["value"].tolist()
    other = dd.backtest(known, ["random walk"], seed=4, first="2004-01", **QUIET)
    assert other.forecasts["value"].tolist() != again.forecasts["value"].tolist()


def test_missing_months_are_no_zeros():
    known = counts(6)
    holes = known.copy()
    holes.iloc[[45, 50]] = np.nan
    found = dd.backtest(holes, horizons=(1, 3), first="2003-06", **QUIET)
    each = found.scores.each.query("forecast == 'climatology' and over == 'sum' and horizon == 3")
    for begin, value in zip(each["from"], each["observed"], strict=True):
        first = pd.Period(begin, "M")
        assert value == holes[first : first + 2].sum(skipna=False)
    gone = dd.backtest(holes.dropna(), horizons=(1, 3), first="2003-06", **QUIET)
    pd.testing.assert_frame_equal(found.scores.each, gone.scores.each)


def test_all_that_is_wrong_is_said_at_once():
    wrong = pd.Series([1, -2, "x", np.inf], ["2001-01", "2001-02", "2001-02", "2001-04"])
    with pytest.raises(ValueError, match="2001-02: there are several values; keep one") as stop:
        dd.backtest(wrong)
    for told in ("'x' is no number", "-2 is below 0", "inf is no number"):
        assert told in str(stop.value)
    with pytest.raises(ValueError, match="its index is no month"):
        dd.backtest(pd.Series(np.ones(40)))
    with pytest.raises(ValueError, match="nothing can be learned of fewer than 12"):
        dd.backtest(counts(7, 8))
    record = dd.Observations.example("us-forces-2019-2024")
    with pytest.raises(ValueError, match=r"no whole month of attacks is known.*spread=True"):
        dd.backtest(record)
    with pytest.raises(TypeError, match="is a Series of numbers by month, not a list"):
        dd.backtest([1, 2])
    with pytest.raises(ValueError, match="did you mean `climatology`") as stop:
        dd.backtest(counts(7), ["climatolog", 3])
    assert "`models`: int is no model but of type int" in str(stop.value)
    with pytest.raises(ValueError, match="two are called climatology"):
        dd.backtest(counts(7), ["climatology", "climatology"])
    for first, told in (("1999-01", "fewer than 12 values"), ("2030-01", "nothing is left")):
        with pytest.raises(ValueError, match=told):
            dd.backtest(counts(7), first=first)
    with pytest.raises(ValueError, match="`first` is a month"):
        dd.backtest(counts(7), first="soon")
    for name, value in (("horizons", [0]), ("every", 0), ("samples", 1)):
        with pytest.raises(ValueError, match=f"`{name}` must be at least"):
            dd.backtest(counts(7), **{name: value})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (lambda p, h, n, r: np.zeros(h), r"gave an array of shape \(6,\); it has to return"),
        (lambda p, h, n, r: None, "gave a NoneType"),
        (lambda p, h, n, r: np.full((n, h), np.nan), "gave values that are no numbers"),
    ],
)
def test_a_model_that_gives_no_samples_is_named(given, told):
    with pytest.raises(ValueError, match=f"the model `mine` at 2002-08 {told}"):
        dd.backtest(counts(8), {"mine": given}, **QUIET)


def test_a_model_that_fails_is_named():
    def fails(past, horizon, samples, rng):
        raise KeyError("x")

    with pytest.raises(KeyError) as stop:
        dd.backtest(counts(8), [fails], **QUIET)
    assert stop.value.__notes__ == ["this was the model `fails` at 2002-08"]


def test_weeks_and_years_are_forecast_too():
    values = np.random.default_rng(9).poisson(6, 60)
    weekly = pd.Series(values, pd.period_range("2006-01-02", periods=60, freq="W"))
    found = dd.backtest(weekly, ["climatology"], horizons=[2], **QUIET).scores.each
    assert set((found["to"] - found["from"]).dt.days) == {6, 13}
    yearly = pd.Series(values[:20], pd.period_range("1950", periods=20, freq="Y"))
    assert len(dd.backtest(yearly, horizons=[1], **QUIET).scores.each)


def test_baselines_do_what_they_say():
    rng = np.random.default_rng(10)
    past = counts(11)
    about = 20_000
    found = baselines.climatology(past, 3, about, rng)
    follow = {tuple(np.roll(past.to_numpy(), -k)[:3]) for k in range(len(past))}
    assert set(map(tuple, found)) == follow
    recent = baselines.recent_year(past, 1, about, rng)
    assert set(recent.ravel()) == set(past.iloc[-12:])
    last = baselines.last_value(past, 2, about, rng)
    assert last.mean() == pytest.approx(past.iloc[-1], rel=0.03)
    assert last.var() == pytest.approx(past.iloc[-1], rel=0.05)
    assert set(baselines.last_value(past + 0.5, 1, 9, rng).ravel()) == {past.iloc[-1] + 0.5}
    high = series(np.exp(np.cumsum(rng.normal(0, 0.1, 200)) + 8))
    walk = np.log1p(baselines.random_walk(high, 9, about, rng))
    steps = np.diff(np.log1p(high)).std()
    assert walk.std(axis=0) == pytest.approx(steps * np.sqrt(np.arange(1, 10)), rel=0.05)
    assert walk.mean(axis=0) == pytest.approx(np.log1p(high.iloc[-1]), abs=0.02)


def autoregressive(rng, level, slope, size, count, burn=50):
    """The law that the baseline of that name fits, simulated by itself."""
    values = [5.0]
    for _ in range(count + burn):
        mean = np.exp(level + slope * np.log1p(values[-1]))
        values.append(rng.negative_binomial(size, size / (size + mean)))
    return series(values[1 + burn :])


def test_autoregression_finds_its_own_parameters():
    known = autoregressive(np.random.default_rng(12), 0.7, 0.6, 3, 1_500).to_numpy()
    best, root = baselines._fitted(np.log1p(known[:-1]), known[1:])
    error = np.sqrt((root**2).sum(axis=1))
    assert (np.abs(best - [0.7, 0.6, np.log(3)]) < 3 * error).all()
    assert (error < [0.12, 0.05, 0.1]).all()


def test_the_spread_of_its_parameters_is_that_of_fits_to_other_series():
    fits, told = [], []
    for seed in range(60):
        known = autoregressive(np.random.default_rng([17, seed]), 0.7, 0.6, 3, 300).to_numpy()
        best, root = baselines._fitted(np.log1p(known[:-1]), known[1:])
        fits.append(best)
        told.append(np.sqrt((root**2).sum(axis=1)))
    # A standard deviation of 60 is known to 9 %.
    assert np.std(fits, axis=0) == pytest.approx(np.mean(told, axis=0), rel=0.3)


def test_eighty_of_a_hundred_values_lie_in_the_central_80_percent():
    """500 series from the autoregression, which is fitted to each anew."""
    inside = []
    for seed in range(500):
        rng = np.random.default_rng([13, seed])
        known = autoregressive(rng, 0.7, 0.6, 3, 132)
        for origin in (108, 120):
            found = baselines.autoregression(known.iloc[:origin], 12, 300, rng)
            after = known.to_numpy()[origin : origin + 12]
            for ahead in (1, 3, 6, 12):
                for samples, came in (
                    (found[:, ahead - 1], after[ahead - 1]),
                    (found[:, :ahead].sum(axis=1), after[:ahead].sum()),
                ):
                    place = rules.position(samples[np.newaxis], np.array([came]))
                    inside.append(place.inside(0.8)[0])
    shares = np.reshape(inside, (1_000, 8)).mean(axis=0)
    assert (shares > 0.77).all(), shares
    assert (shares < 0.83).all(), shares


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize(
    "past",
    [
        series(np.zeros(30)),
        series(np.full(30, 7)),
        series([0] * 29 + [900]),
        series([1e6, 0] * 15),
        series([np.nan] * 18 + list(range(12))),
        series([3, np.nan] * 15),
    ],
    ids=["none", "alike", "a leap", "up and down", "few", "every other"],
)
def test_baselines_forecast_whatever_they_are_given(name, past):
    found = np.asarray(BASELINES[name](past, 12, 50, np.random.default_rng(14)))
    assert found.shape == (50, 12)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found == np.round(found)).all()


@pytest.fixture(scope="module")
def found():
    return dd.backtest(counts(15, 80), horizons=(1, 3), measure="killed", **QUIET)


def test_the_table_has_skill_against_each_baseline(found):
    table = found.table()
    assert table.index.names == ["over", "horizon", "forecast"]
    for name in BASELINES:
        against = found.scores.skill(name)["skill"].droplevel("baseline")
        mine = table[f"skill_{name}"].dropna()
        assert len(mine) == 16
        for (over, horizon, forecast), value in mine.items():
            assert against[over, horizon, forecast] == value
    alone = dd.backtest(counts(15), ["climatology"], **QUIET)
    assert "skill_climatology" not in alone.table()
    one = dd.backtest(counts(15), ["climatology", "last value"], horizons=[1], **QUIET).table()
    assert one["skill_climatology"].notna().tolist() == [False, True, False, True]
    with pytest.raises(ValueError, match="no model is called `climatolog`; did you mean"):
        found.table(["climatolog"])


def test_scores_of_the_table_of_forecasts_are_the_same(found):
    frame = found.forecasts
    again = dd.score(frame[frame["over"] != "largest"], found.observed)
    columns = ["forecast", "over", "horizon", "from"]
    a, b = (
        one.each.sort_values(columns).reset_index(drop=True).drop(columns=["site", "threat"])
        for one in (again, found.scores)
    )
    pd.testing.assert_frame_equal(a, b, check_dtype=False, check_categorical=False)


def test_an_onset_is_told_apart_from_how_much(found):
    level = float(found.series.quantile(0.8))
    onset = found.onset(level)
    each = onset.each
    for row in each.itertuples():
        window = found.series[pd.Period(row._5, "M") : pd.Period(row.to, "M")]
        assert row.happened == (window.max() > level)
        if row.question != "above":
            assert found.series[pd.Period(row.origin, "M")] <= level
            assert len(window) == (1 if "30" in row.question else 3)
        past = found.series[: pd.Period(row.origin, "M")] > level
        months = 3 if "90" in row.question else 1
        assert row.share_before == pytest.approx(1 - (1 - past.mean()) ** months)
    table = onset.table()
    mine = each.query("question == 'above' and horizon == 3 and forecast == 'random walk'")
    brier = ((mine["chance"] - mine["happened"]) ** 2).mean()
    row = table.loc[("above", 3, "random walk")]
    assert row["brier"] == pytest.approx(brier)
    assert row["skill"] == pytest.approx(
        1 - brier / ((mine["share_before"] - mine["happened"]) ** 2).mean()
    )
    assert row["happened"] == mine["happened"].sum()
    bins = onset.reliability().loc[("above", 3, "random walk")]
    assert bins["windows"].sum() == len(mine)
    assert (bins["share"] * bins["windows"]).sum() == pytest.approx(mine["happened"].sum())
    for wrong in (-1, 1e9):
        with pytest.raises(ValueError, match="give a level that parts them"):
            found.onset(wrong)


def test_a_chance_that_is_right_has_the_brier_score_of_its_chance():
    """Of independent months with a chance p of more than the level: p (1 - p)."""
    known = series(np.random.default_rng(16).binomial(1, 0.3, 600))

    def right(past, horizon, samples, rng):
        return rng.binomial(1, 0.3, (samples, horizon))

    onset = dd.backtest(known, [right], horizons=(1, 3), samples=400, progress=False).onset(0)
    table = onset.table()["brier"].droplevel("forecast")
    assert table["above", 1] == pytest.approx(0.21, abs=0.02)
    within = 1 - 0.7**3
    assert table["onset within 90 days", 3] == pytest.approx(within * (1 - within), abs=0.02)


def test_what_was_done_before_an_interrupt_is_kept():
    seen = []

    def stops(past, horizon, samples, rng):
        seen.append(past.index[-1])
        if len(seen) == 9:
            raise KeyboardInterrupt
        return rng.poisson(5, (samples, horizon))

    with pytest.raises(dd.Interrupted, match="stopped after 8 of") as stop:
        dd.backtest(counts(18), [stops, "climatology"], **QUIET)
    kept = stop.value.partial
    whole = dd.backtest(counts(18), ["climatology"], **QUIET).forecasts
    mine = kept.forecasts.query("forecast == 'climatology'")
    assert mine["origin"].nunique() == 8
    assert mine["value"].tolist() == whole["value"].tolist()[: len(mine)]


def test_observations_are_forecast_and_scored():
    record = dd.Observations.example("iraq-2003-2011")
    found = dd.backtest(record, ["climatology"], measure="wounded", **QUIET)
    assert found.series.equals(record.by_month("wounded"))
    frozen = dd.Forecast.of_series(found.series[:40], ["climatology"], target="wounded", samples=50)
    by_table = frozen.score(found.series).each
    pd.testing.assert_frame_equal(frozen.score(record).each, by_table)


def test_a_count_over_the_days_of_a_forecast_is_scored_within_its_bounds():
    days = {"from": pd.Timestamp("2024-01-10"), "to": pd.Timestamp("2024-03-04")}
    counts = pd.DataFrame([days | {"count": 40, "bound": "about", "relative_error": 0.2}])
    frame = pd.DataFrame([days | {"target": "attacks", "value": k} for k in range(100)])
    record = dd.Observations.of(counts=counts)
    row = dd.score(frame, record).each.iloc[0]
    assert row["observed"] == 40
    # Bounds hold a lognormal error of sigma .2 with 80 %.
    assert row[["low", "high"]].tolist() == pytest.approx([30.96, 51.69], abs=0.02)
    for bound, number in (("at_most", 40), ("missing", np.nan)):
        unknown = dd.Observations.of(
            counts=counts.assign(count=number, bound=bound, relative_error=np.nan)
        )
        with pytest.raises(ValueError, match="and of none it is known what came; give observed"):
            dd.score(frame, unknown)


def test_dates_slip_as_dates_have_slipped():
    announced = {"phase first": "2025-09-30", "phase second": "2026-12-31"}
    frame = dd.pert_slip(announced, [200, -10, 30, 30, 30], samples=20_000, origin="2025-01-01")
    for target, part in frame.groupby("target"):
        assert set(part["from"]) == {pd.Timestamp(announced[target])}
        # Of a PERT law: (low + 4 mode + high) / 6, and the variance of its beta law.
        mean = (-10 + 4 * 30 + 200) / 6
        assert part["value"].mean() == pytest.approx(mean, abs=1)
        variance = (mean + 10) * (200 - mean) / 7
        assert part["value"].var() == pytest.approx(variance, rel=0.03)
    came = pd.DataFrame(
        {
            "target": ["phase first"],
            "from": ["2025-09-30"],
            "to": ["2025-09-30"],
            "observed": [12],
        }
    )
    assert dd.score(frame, came).each["observed"].tolist() == [12]
    assert set(dd.pert_slip(announced, [5, 5, 5])["value"]) == {5}
    with pytest.raises(ValueError, match="`slips`, item 1: 'x' is no number") as stop:
        dd.pert_slip({}, [1, "x"])
    assert "`announced` has no date" in str(stop.value)
    assert "`slips` has 2; give three or more" in str(stop.value)


def test_progress_is_told():
    told = []
    dd.backtest(counts(17), ["climatology"], samples=10, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 10 * len(told)


@pytest.mark.parametrize("kind", ["skill", "fan", "pit"])
def test_figures_are_of_what_is_asked(found, kind):
    axes = found.plot(kind=kind, horizon=3, baseline="last value")
    assert len(axes) == (2 if kind == "skill" else 5)
    for wrong in ({"kind": "x"}, {"horizon": 2}, {"baseline": "none"}):
        told = "no model is called" if "baseline" in wrong else next(iter(wrong))
        with pytest.raises(ValueError, match=told):
            found.plot(**wrong)
