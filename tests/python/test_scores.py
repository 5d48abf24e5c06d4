"""Scores against closed forms, and calibration that a right forecast passes and a wrong one fails."""

import sys

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

import drawdown as dd
from drawdown.learn import calibration, rules
from drawdown.stats import blocks

EVEN = (np.arange(40_000) + 0.5) / 40_000


def spread(law):
    """A sample that has the shape of a law: its quantiles."""
    return law.ppf(EVEN)[np.newaxis]


def forecasts(samples, observed, **about):
    """A table of forecasts of following months, and what came."""
    months = pd.period_range("2000-01", periods=len(samples), freq="M")
    begins, ends = months.start_time, months.end_time.floor("D")
    count = len(samples[0])
    rows = pd.DataFrame({"from": begins, "to": ends, "origin": begins - pd.Timedelta(days=1)})
    table = rows.loc[rows.index.repeat(count)].assign(
        target="attacks", horizon=1, value=np.ravel(samples), **about
    )
    came = rows[["from", "to"]].assign(target="attacks", observed=observed)
    return table.reset_index(drop=True), came


@pytest.mark.parametrize(
    ("law", "value", "known"),
    [
        (stats.poisson(5), 3, 1.098155),
        (stats.poisson(5), 9, 2.862551),
        (stats.poisson(120), 150, 23.852471),
        (stats.norm(), 0.5, 0.331404),
    ],
)
def test_crps_is_that_of_the_closed_form(law, value, known):
    assert rules.crps(spread(law), np.array([value]))[0] == pytest.approx(known, abs=2e-4)


def test_the_expected_crps_of_the_right_forecast_is_that_of_the_closed_form():
    law, values = stats.poisson(5), np.arange(40)
    each = rules.crps(np.repeat(spread(law), 40, axis=0), values.astype(float))
    assert each @ law.pmf(values) == pytest.approx(1.245480, abs=2e-4)


def test_crps_is_the_integral_of_its_definition():
    rng = np.random.default_rng(1)
    samples, observed = rng.gamma(2, 3, (20, 30)), rng.gamma(2, 3, 20)
    grid = np.linspace(0, 60, 60_001)
    for one, value, found in zip(samples, observed, rules.crps(samples, observed), strict=True):
        up_to = np.searchsorted(np.sort(one), grid, side="right") / 30
        integral = integrate.trapezoid((up_to - (grid >= value)) ** 2, grid)
        assert found == pytest.approx(integral, abs=2e-3)


def test_the_interval_score_and_brier_are_those_of_their_formulas():
    rng = np.random.default_rng(2)
    low, wide, value = rng.normal(0, 2, (3, 50))
    high = low + np.abs(wide)
    found = rules.interval_score(value, low, high, 0.8)
    below, above = np.maximum(low - value, 0), np.maximum(value - high, 0)
    assert found == pytest.approx(high - low + 10 * (below + above))
    chance, happened = rng.random(50), rng.random(50) < 0.3
    assert rules.brier(happened, chance) == pytest.approx((chance - happened) ** 2)


@pytest.mark.parametrize("law", [stats.poisson(5), stats.poisson(0.3), stats.nbinom(0.8, 0.05)])
def test_smoothed_mass_is_near_the_true_one_and_sums_to_one(law):
    rng = np.random.default_rng(3)
    samples = law.rvs(2_000, random_state=rng).astype(float)
    values = np.arange(3_000.0)
    mass = np.exp(-rules.log_score(np.tile(samples, (3_000, 1)), values, True, True))
    # The Cauchy law reaches beyond any number.
    assert mass.sum() == pytest.approx(1, abs=2e-4)
    true = law.pmf(values)
    assert np.abs(mass - true).sum() < 0.12
    # What it costs not to know the law, in nats.
    assert true @ np.log(np.where(true > 0, true, 1) / mass) < 0.03


def test_smoothed_density_is_near_the_true_one():
    rng = np.random.default_rng(4)
    samples = rng.normal(-3, 2, 3_000)
    values = np.linspace(-9, 3, 60)
    score = rules.log_score(np.tile(samples, (60, 1)), values, False, False)
    assert np.abs(np.exp(-score) - stats.norm(-3, 2).pdf(values)).max() < 0.02
    grid = np.linspace(-2_000, 2_000, 100_001)
    parts = [
        np.exp(-rules.log_score(np.tile(samples[:50], (len(part), 1)), part, False, False))
        for part in np.array_split(grid, 50)
    ]
    assert integrate.trapezoid(np.concatenate(parts), grid) == pytest.approx(1, abs=2e-3)


def test_no_value_is_impossible():
    alike = np.full((1, 500), 3.0)
    for value in (3, 4, 1_000):
        score = rules.log_score(alike, np.array([float(value)]), True, True)[0]
        assert score < 20
        assert np.isfinite(score)
    assert rules.log_score(alike, np.array([3.0]), True, True)[0] < 0.01


def test_pit_and_coverage_of_small_counts_favour_nobody():
    rng = np.random.default_rng(5)
    samples = rng.poisson(0.7, (4_000, 400)).astype(float)
    observed = rng.poisson(0.7, 4_000).astype(float)
    place = rules.position(samples, observed)
    assert place.pit.mean() == pytest.approx(0.5, abs=4 * place.pit.std() / 63)
    for share in (0.5, 0.8, 0.9):
        inside = place.inside(share)
        assert inside.mean() == pytest.approx(share, abs=4 * inside.std() / 63)
    low, high = rules.central(samples, 0.8)
    assert ((observed >= low) & (observed <= high)).mean() > 0.9
    # By hand: 2 of 5 below, 2 alike.
    found = rules.position(np.array([[0.0, 1, 2, 2, 5]]), np.array([2.0]))
    assert found.pit[0] == pytest.approx(0.6)
    assert found.inside(0.5)[0] == pytest.approx((0.75 - 0.4) / 0.4)


def outside(wide, kind, sets=100, windows=40):
    """In how many of some sets of forecasts the histogram leaves its bands."""
    found = 0
    for seed in range(sets):
        rng = np.random.default_rng([6, seed])
        means = rng.gamma(3, 2, windows)
        samples = [rng.poisson(mean, 200).astype(float) for mean in means]
        came = rng.poisson(rng.gamma(1 / wide, means * wide) if wide else means).astype(float)
        table = calibration.histogram(samples, came, 10, 0.95, rng, kind)
        found += bool(table["outside"].any())
    return found / sets


@pytest.mark.parametrize("kind", ["pit", "rank"])
def test_bands_hold_all_bins_of_a_right_forecast_at_once(kind):
    # 5 % of 100 sets, within three standard errors.
    assert outside(0, kind) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 100)


def test_bands_are_no_wider_than_they_need_to_be():
    simulated = np.random.default_rng(7).normal(size=(3_000, 8)).cumsum(axis=1)
    low, high = calibration.simultaneous(simulated, 0.9)
    fresh = np.random.default_rng(8).normal(size=(20_000, 8)).cumsum(axis=1)
    share = ((fresh >= low) & (fresh <= high)).all(axis=1).mean()
    assert share == pytest.approx(0.9, abs=0.02)


def test_bands_notice_a_wrong_forecast():
    """Counts that scatter more than the forecast says, by a gamma law of variance .7."""
    assert outside(0.7, "pit", sets=40) > 0.8


def autoregressive(rng, alike, count):
    noise = rng.normal(size=count + 100)
    series = np.empty(count + 100)
    series[0] = noise[0] / np.sqrt(1 - alike**2)
    for k in range(1, len(series)):
        series[k] = alike * series[k - 1] + noise[k]
    return series[100:]


def test_blocks_know_a_mean_of_what_follows_itself():
    """A mean over an autoregression is four times as uncertain in variance as over noise."""
    alike, count, sets = 0.6, 200, 250
    held = {"blocks": 0, "single": 0}
    lengths = []
    for seed in range(sets):
        rng = np.random.default_rng([9, seed])
        series = autoregressive(rng, alike, count)
        lengths.append(blocks.length(series))
        for name, block in (("blocks", lengths[-1]), ("single", 1)):
            means = series[blocks.places(count, block, 400, rng)].mean(axis=1)
            low, high = np.quantile(means, [0.025, 0.975])
            held[name] += low <= 0 <= high
    assert held["blocks"] / sets > 0.86
    assert held["single"] / sets < 0.75
    assert np.mean(lengths) == pytest.approx((1.5 * (1.2 / 0.64) ** 2 * count) ** (1 / 3), rel=0.2)
    # Of what does not follow itself each stands alone, and never less than a window spans.
    noise = np.random.default_rng(10).normal(size=2_000)
    assert blocks.length(noise) <= 3
    assert blocks.length(noise, 12) == 12
    assert blocks.length(np.zeros(5)) == 1


def test_blocks_are_runs_in_a_circle():
    found = blocks.places(10, 4, 50, np.random.default_rng(0))
    assert found.shape == (50, 10)
    steps = np.diff(found, axis=1) % 10
    assert (steps[:, [0, 1, 2, 4, 5, 6, 8]] == 1).all()
    assert set(found.ravel()) == set(range(10))


@pytest.fixture(scope="module")
def two():
    """A right forecast and one that says twice as much, of 60 months."""
    rng = np.random.default_rng(11)
    means = rng.gamma(5, 2, 60)
    came = rng.poisson(means).astype(float)
    right = forecasts(rng.poisson(means[:, None], (60, 300)), came, forecast="right")[0]
    twice, observed = forecasts(rng.poisson(2 * means[:, None], (60, 300)), came, forecast="twice")
    return pd.concat([right, twice], ignore_index=True), observed


def test_scores_have_their_conventional_parts(two):
    each = dd.score(*two).each
    parts = each["dispersion"] + each["overprediction"] + each["underprediction"]
    assert each["crps"].tolist() == pytest.approx(parts.tolist())
    assert (each[["dispersion", "overprediction", "underprediction"]] >= -1e-12).all(axis=None)
    assert each["bias"].tolist() == pytest.approx((1 - 2 * each["pit"]).tolist())
    by = each.groupby("forecast")
    assert by["bias"].mean()["twice"] > 0.5 > abs(by["bias"].mean()["right"])
    assert by["log_score"].mean()["right"] < by["log_score"].mean()["twice"]
    one = each.iloc[3]
    samples = two[0].query("forecast == 'right'")["value"].to_numpy().reshape(60, 300)[3]
    assert one["ae_median"] == abs(np.median(samples) - one["observed"])
    assert one["se_mean"] == pytest.approx((samples.mean() - one["observed"]) ** 2)
    logs = rules.crps(np.log1p(samples[None]), np.log1p([one["observed"]]))[0]
    assert one["crps_log"] == pytest.approx(logs)


def test_skill_is_one_less_the_ratio_of_scores(two):
    scores = dd.score(*two)
    means = scores.table()["crps"]
    row = scores.skill("twice").loc[("right", "twice")]
    assert row["skill"] == pytest.approx(1 - means["right"] / means["twice"])
    assert row["low"] < row["skill"] < row["high"]
    assert row["low"] > 0
    assert row[["windows", "windows_apart"]].tolist() == [60, 60]
    nats = scores.skill("twice", "log_score").loc[("right", "twice"), "skill"]
    table = scores.table()["log_score"]
    assert nats == pytest.approx(table["twice"] - table["right"])
    for about in ({"bins": 1}, {"level": 1}, {"kind": "no"}):
        with pytest.raises(ValueError, match=f"`{next(iter(about))}`"):
            scores.histogram(**about)
    for wrong in ("bias", "no"):
        with pytest.raises(ValueError, match="`score` is one of crps"):
            scores.skill("twice", wrong)
    with pytest.raises(ValueError, match="no forecast is called `twic`; did you mean `twice`"):
        scores.skill("twic")


def test_coverage_and_histograms_tell_right_from_wrong(two):
    scores = dd.score(*two)
    found = scores.coverage()
    assert found.loc["right", "pit_coverage_low"] < 0.8 < found.loc["right", "pit_coverage_high"]
    assert found.loc["twice", "pit_coverage_high"] < 0.8
    table = scores.histogram()
    assert not table.loc["right", "outside"].any()
    assert table.loc["twice", "outside"].any()
    assert table.groupby("forecast")["density"].mean().tolist() == pytest.approx([1, 1])


def test_what_came_within_bounds_is_scored_at_both_ends(two):
    frame, observed = two
    wide = observed.assign(low=observed["observed"] * 0.5, high=observed["observed"] + 4)
    found = dd.score(frame, wide).each
    at_low = dd.score(frame, observed.assign(observed=wide["low"])).each
    at_high = dd.score(frame, observed.assign(observed=wide["high"])).each
    assert found["crps"].equals(dd.score(frame, observed).each["crps"])
    scores = dd.score(frame, wide)
    assert scores.table()["crps_low"]["right"] == pytest.approx(
        at_low.query("forecast == 'right'")["crps"].mean()
    )
    assert "crps_low" in str(scores)
    assert "crps_low" not in str(dd.score(frame, observed))
    assert found["crps_low"].equals(at_low["crps"])
    assert found["crps_high"].equals(at_high["crps"])
    assert found["pit_low"].equals(at_low["pit"])
    assert (found["pit_low"] <= found["pit"]).all()
    assert (found["pit"] <= found["pit_high"]).all()


def test_sites_and_threats_are_scored_apart():
    rng = np.random.default_rng(12)
    parts = [
        forecasts(rng.poisson(m, (8, 50)), np.full(8, m), site=s) for s, m in (("a", 2), ("b", 9))
    ]
    frame = pd.concat([part[0] for part in parts])
    came = pd.concat([part[1].assign(site=s) for part, s in zip(parts, "ab", strict=True)])
    found = dd.score(frame, came)
    assert list(found.table(by="site").index) == ["a", "b"]
    assert found.each.query("site == 'b'")["observed"].unique().tolist() == [9]
    # The order of rows says nothing.
    mixed = dd.score(frame.sample(frac=1, random_state=0), came.iloc[::-1])
    order = ["site", "from"]
    a, b = (one.each.sort_values(order).reset_index(drop=True) for one in (found, mixed))
    pd.testing.assert_frame_equal(a, b)


def test_samples_of_any_number_are_scored_as_one_by_one():
    rng = np.random.default_rng(13)
    came = rng.poisson(4, 6).astype(float)
    parts = [forecasts(rng.poisson(4, (6, 20 + k)), came, forecast=f"m{k}") for k in range(3)]
    together = dd.score(pd.concat([part[0] for part in parts]), parts[0][1]).each
    for k, part in enumerate(parts):
        alone = dd.score(*part).each
        mine = together[together["forecast"] == f"m{k}"].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone)


def test_all_that_is_wrong_with_tables_is_said_at_once(two):
    frame, observed = two
    bad = frame.head(4).copy().astype({"value": object})
    bad.loc[1, "value"] = "many"
    bad.loc[2, "value"] = np.nan
    bad.loc[3, "to"] = pd.NaT
    with pytest.raises(ValueError, match="row 1: `value` is no number but 'many'") as stop:
        dd.score(bad, observed)
    assert "row 2: `value`" in str(stop.value)
    assert "row 3: `to` is no date" in str(stop.value)
    turned = frame.head(2).assign(**{"from": pd.Timestamp("2030-01-01")})
    with pytest.raises(ValueError, match="before it begins on 2030-01-01; exchange"):
        dd.score(turned, observed)
    with pytest.raises(ValueError, match="there is no column to, value; give target, from, to"):
        dd.score(frame.drop(columns=["to", "value"]), observed)
    with pytest.raises(ValueError, match="the table has no row"):
        dd.score(frame.head(0), observed)
    with pytest.raises(ValueError, match="are a DataFrame with target"):
        dd.score([1, 2], observed)
    twice = pd.concat([observed, observed.head(1)], ignore_index=True)
    twice.loc[3, "low"] = 1e9
    with pytest.raises(ValueError, match="stands there twice; keep one") as stop:
        dd.score(frame, twice)
    assert "does not hold; give `low` and `high`" in str(stop.value)
    with pytest.raises(ValueError, match="nothing that came was forecast: forecasts are of 'att"):
        dd.score(frame, observed.assign(target="strikes"))


def test_without_the_library_it_says_how_to_get_it(two, monkeypatch):
    monkeypatch.setitem(sys.modules, "scoringrules", None)
    with pytest.raises(ImportError, match="scores need scoringrules: `pip install scoringrules`"):
        dd.score(*two)


def test_a_backtest_is_a_section_of_the_page_of_a_run(two, minimal, tmp_path):
    run = dd.simulate(minimal, trials=30, seed=7, progress=False)
    series = pd.Series(range(40), pd.period_range("2020-01", periods=40, freq="M"))
    tested = dd.backtest(series, ["climatology", "last value"], samples=30, progress=False)
    frozen = dd.Forecast.of_series(series, ["last value"], samples=30)
    both = [dd.score(*two), tested, tested.onset(20), dd.stack(tested), frozen]
    run.report(tmp_path / "page.html", also=both, trials=20, progress=False)
    page = (tmp_path / "page.html").read_text("utf-8")
    for result in both:
        assert f"{result.title}</h2>" in page


def test_what_has_not_come_waits(two):
    frame, observed = two
    some = observed.assign(observed=observed["observed"].where(observed.index < 10))
    found = dd.score(frame, some)
    assert len(found.each) == 20
    assert found.waiting == 100
    assert "100 forecasts wait" in found.notes


def test_windows_that_overlap_are_counted_apart():
    ends = pd.date_range("2000-01-31", periods=30, freq="ME")
    frame = pd.DataFrame(
        {
            "origin": ends[:-3],
            "from": ends[:-3] + pd.Timedelta(days=1),
            "to": ends[3:],
            "target": "attacks",
            "horizon": 3,
        }
    )
    samples = frame.loc[frame.index.repeat(20)].assign(value=np.tile(np.arange(20), len(frame)))
    table = dd.score(samples, frame.assign(observed=7)).table()
    assert table[["windows", "windows_apart"]].to_numpy().tolist() == [[27, 9]]


def test_what_is_made_of_the_months_is_told_by_the_days_where_nobody_says():
    """A window within a month is a month, and one of several a sum, with what came as a series."""
    random = np.random.default_rng(7)
    months = pd.period_range("2021-01", "2021-12", freq="M")
    came = pd.Series(random.poisson(6, 12), index=months)
    rows, totals = [], []
    for begin, length in ((0, 1), (2, 3), (5, 1), (7, 4)):
        at = months[begin : begin + length]
        ends = {"from": at[0].start_time, "to": at[-1].end_time.normalize()}
        totals.append(came.iloc[begin : begin + length].sum())
        rows += [{"target": "attacks", **ends, "value": x} for x in random.poisson(9, 40)]
    scores = dd.score(pd.DataFrame(rows), came)
    assert scores.each["over"].tolist() == ["month", "sum", "month", "sum"]
    assert scores.each["observed"].tolist() == totals
    assert scores.waiting == 0
