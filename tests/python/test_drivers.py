"""Indices of drivers against closed forms and scipy's estimators."""

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd
from drawdown.analysis.driver_analysis import _parts_of, _rank_correlation, _tied
from drawdown.analysis.space import Space
from drawdown.runs.settings import Settings
from drawdown.stats import sobol
from drawdown.stats.given_data import _classes, _index, first_order
from test_conclusions import leaving
from test_draws import FACTOR, gamma_poisson

OTHER = "world.threats.other.rate_factor"


def two_groups() -> dd.Scenario:
    """Attacks in 400 days: two Poissons with gamma means of variance 400 and 100."""
    tree = gamma_poisson().to_dict()
    half = {"rate_factor": {"gamma": {"shape": 4, "mean": 1}}, "attacks_per_day": 0.05}
    tree["world"]["threats"]["other"] = tree["world"]["threats"]["group"] | half
    return dd.Scenario.from_dict(tree)


def test_products_of_means_have_no_bias_from_noise():
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 3, (40_000, 3))
    # Both worlds have common random numbers: a product of plain means would be off by 9 / 3.
    found = sobol.product(2 + noise, 5 + noise)
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert found.mean() == pytest.approx(10, abs=4 * error)
    assert 4 * error < 3
    one, other = rng.random((2, 3))
    pairs = [one[k] * other[m] for k in range(3) for m in range(3) if k != m]
    assert sobol.product(one[None], other[None])[0] == pytest.approx(np.mean(pairs))
    with pytest.raises(ValueError, match="two histories"):
        sobol.product(one[:1, None], other[:1, None])


def ishigami(x):
    x = np.pi * (2 * x - 1)
    return np.sin(x[..., 0]) + 7 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0])


def tables(rows: int) -> np.ndarray:
    """Two tables of points, and one for each input in which it alone is exchanged."""
    points = stats.qmc.Sobol(6, rng=3).random(rows)
    a, b = points[:, :3], points[:, 3:]
    mixed = [np.where(np.arange(3) == k, b, a) for k in range(3)]
    return np.array([a, b, *mixed])


def test_indices_of_the_ishigami_function_are_the_closed_form_and_scipys():
    values = ishigami(tables(4_096))
    # A history and another of the same world, which have no noise here.
    a, b, *mixed = np.repeat(values[..., None], 2, axis=-1)
    found = sobol.indices(a, b, np.array(mixed), seed=1)
    eighth, fourth = 0.01 * np.pi**8, 0.1 * np.pi**4
    variance = 49 / 8 + fourth / 5 + eighth / 18 + 1 / 2
    first = np.array([(1 + fourth / 5) ** 2 / 2, 49 / 8, 0]) / variance
    joint = np.array([8 * eighth / 225, 0, 8 * eighth / 225]) / variance
    assert found.variance == pytest.approx(variance, rel=0.02)
    assert found.first[0] == pytest.approx(first, abs=0.02)
    assert found.total[0] == pytest.approx(first + joint, abs=0.02)
    assert found.noise == 0
    for kind, due in ((found.first, first), (found.total, first + joint)):
        assert (kind[1] <= due + 0.005).all()
        assert (kind[2] >= due - 0.005).all()
    theirs = stats.sobol_indices(
        func={"f_A": values[:1], "f_B": values[1:2], "f_AB": values[2:, None]}, n=4_096
    )
    assert found.first[0] == pytest.approx(np.ravel(theirs.first_order), abs=0.02)
    assert found.total[0] == pytest.approx(np.ravel(theirs.total_order), abs=0.02)


def test_noise_of_histories_does_not_lower_the_indices():
    rng = np.random.default_rng(5)
    values = ishigami(tables(8_192))
    # Noise with three times the variance of the function, the same in all tables.
    noise = rng.normal(0, np.sqrt(3 * 13.84), (8_192, 4))
    a, b, *mixed = values[..., None] + noise
    found = sobol.indices(a, b, np.array(mixed), seed=1)
    assert found.noise == pytest.approx(3 * 13.84 / 4, rel=0.05)
    due = np.array([0.314, 0.442, 0]), np.array([0.558, 0.442, 0.244])
    for kind, exact in zip((found.first, found.total), due, strict=True):
        reach = (kind[2] - kind[1]) / 2
        assert (np.abs(kind[0] - exact) < 2 * reach + 0.005).all()
        assert reach.max() < 0.15


@pytest.mark.parametrize("histories", [1, 4])
def test_first_order_indices_of_given_data_are_the_closed_form(histories):
    rng = np.random.default_rng(6)
    x = rng.random((4_000, 3))
    expected = x @ [2.0, 1.0, 0.0]
    noise = rng.normal(0, 0.8, (4_000, histories))
    values = expected[:, None] + noise
    # One history to a world: chance is part of the variance; else it is taken out.
    whole = 5 / 12 + (0.64 if histories == 1 else 0)
    for column, weight in zip(x.T, (4, 1, 0), strict=True):
        index, low, high = first_order(column, values, seed=1)
        assert index == pytest.approx(weight / 12 / whole, abs=(high - low) + 0.01)
        assert high - low < 0.12


def test_the_shares_of_two_gamma_means_are_four_to_one():
    found = dd.drivers(
        two_groups(),
        ["attacks", "attacks > 60"],
        samples=1_024,
        trials=8_192,
        seed=7,
        progress=False,
    )
    table = found.table("attacks")
    assert table.index[:2].tolist() == [FACTOR, OTHER]
    for driver, due in ((FACTOR, 0.8), (OTHER, 0.2)):
        row = table.loc[driver]
        for kind in ("first", "total"):
            reach = (row[f"{kind}_high"] - row[f"{kind}_low"]) / 2
            assert row[kind] == pytest.approx(due, abs=2 * reach)
            assert reach < 0.15
        assert row["direction"] > 0
    about = found.about.loc["attacks"]
    # A gamma of shape 4 has kurtosis 4.5: the variance of 2,048 worlds has an error of 0.04.
    assert about["variance"] == pytest.approx(500, rel=4 * 0.042)
    assert about["mean"] == pytest.approx(60, abs=4 * np.sqrt(500 / 2_048))
    assert about["noise"] == pytest.approx(60 / 8, rel=0.1)
    due = about["variance"] / (about["variance"] + 8 * about["noise"])
    assert about["share"] == pytest.approx(due)
    assert (found.about["missing"] == 0).all()
    assert found.count.trials_run == 8_192 * (2 + len(table))
    assert found.about.loc["attacks > 60", "unit"] == "chance"
    assert "first: share of the variance" in str(found)
    assert "<table>" in found._repr_html_()
    assert len(found.plot()) == 2
    plt.close("all")


def test_groups_share_one_index_and_switches_are_drivers():
    found = dd.drivers(
        two_groups(),
        ["attacks"],
        samples=256,
        trials=1_024,
        seed=7,
        groups={"both": ["world.threats.*.rate_factor"]},
        switches={"world.threats.other.attacks_per_day": [0.0, 0.05]},
        progress=False,
    )
    assert set(found.drivers) == {"both", "world.threats.other.attacks_per_day"}
    assert found.drivers["both"] == [FACTOR, OTHER]
    table, switch = found.table("attacks"), "world.threats.other.attacks_per_day"
    # 40 f + 20 s g, with variances 1/4 of f and g, and s 0 or 1: 400 + 150, of which s 100 alone,
    # 125 if f and g are known, and f and g 400 + 25 alone.
    shares = {"both": (425, 450), switch: (100, 125)}
    for driver, due in shares.items():
        for kind, part in zip(("first", "total"), due, strict=True):
            row = table.loc[driver]
            reach = (row[f"{kind}_high"] - row[f"{kind}_low"]) / 2
            assert row[kind] == pytest.approx(part / 550, abs=2 * reach)
            assert reach < 0.3
    assert table.loc[switch, "direction"] > 0
    assert np.isnan(table.loc["both", "direction"])


def test_a_run_tells_first_order_indices_of_its_own_draws():
    run = dd.simulate(two_groups(), trials=8_000, samples=2_000, seed=7, progress=False)
    table = run.drivers(["attacks"]).table("attacks")
    for driver, due in ((FACTOR, 0.8), (OTHER, 0.2)):
        row = table.loc[driver]
        reach = (row["first_high"] - row["first_low"]) / 2
        # A little low, by what the range does within a class.
        assert row["first"] == pytest.approx(due, abs=2 * reach + 0.03)
    assert table["total"].isna().all()


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"trials": 100, "samples": 64}, "cannot be shared among 64 samples"),
        ({"trials": 100, "samples": 1}, "`samples` must be at least 2, not 1"),
        ({"trials": 100, "samples": 0}, "`samples` must be at least 2, not 0"),
        ({"measures": ["attacks ="]}, "is not understood"),
        ({"groups": {"all": ["world.nothing"]}}, "there is no range or switch `world.nothing`"),
        ({"groups": {"one": [FACTOR], "two": [FACTOR]}}, "is in `one` and in `two`"),
        ({"switches": {FACTOR: [1.0]}}, "two different values"),
        ({"correlation": {(FACTOR, OTHER): 0.5}}, "put them into one of `groups`"),
    ],
)
def test_what_cannot_be_asked_is_refused(how, message):
    given = {"measures": ["attacks"], "samples": 64, "trials": 128, "seed": 1, "progress": False}
    with pytest.raises(ValueError, match=message):
        dd.drivers(two_groups(), **given | how)


def test_the_same_seed_gives_the_same_table():
    def table(threads):
        how = {"samples": 32, "trials": 64, "seed": 3, "progress": False, "threads": threads}
        return dd.drivers(two_groups(), ["attacks"], **how).table()

    pd.testing.assert_frame_equal(table(1), table(2))


def test_what_does_nothing_has_an_index_around_0_however_few_worlds_there_are():
    # Of 100 worlds in 10 classes chance puts 9 / 99 of all variance between classes.
    rng = np.random.default_rng(2)
    found = [first_order(rng.random(100), rng.normal(size=(100, 1)), 1)[0] for _ in range(200)]
    error = np.std(found, ddof=1) / np.sqrt(200)
    assert np.mean(found) == pytest.approx(0, abs=4 * error)
    assert 4 * error < 0.03


def test_what_never_varies_has_no_drivers():
    how = {"seed": 7, "progress": False}
    found = dd.drivers(two_groups(), ["killed"], samples=32, trials=64, **how)
    run = dd.simulate(two_groups(), trials=80, samples=40, **how)
    for one in (found, run.drivers(["killed"])):
        assert one.table("killed")[["first", "total", "direction"]].isna().all(axis=None)
        assert np.isnan(one.about.loc["killed", "share"])
        assert "no variance of what is expected" in str(one)
        one.plot()


def test_one_measure_is_not_a_list_of_them():
    run = dd.simulate(two_groups(), trials=80, samples=40, seed=7, progress=False)
    for ask in (run.drivers, lambda measures: dd.drivers(two_groups(), measures)):
        with pytest.raises(TypeError, match=r"`measures` is a list such as .* not 'attacks'"):
            ask("attacks")


def test_a_direction_takes_three_worlds_that_have_a_value():
    rng = np.random.default_rng(3)
    for _ in range(20):
        one, other = rng.permutation(6.0 + np.arange(8)), rng.random(8)
        one[3:] = np.nan
        due = stats.spearmanr(one[:3], other[:3]).statistic
        assert _rank_correlation(one, other) == pytest.approx(due)
        one[2] = np.nan
        assert np.isnan(_rank_correlation(one, other))


def test_a_run_whose_draws_are_its_trials_counts_them():
    run = dd.simulate(two_groups(), trials=50, seed=7, progress=False)
    assert run.drivers(["attacks"]).count == (50, 50, 0, 50, 0)


def test_the_parts_of_a_variance_are_those_of_an_analysis_of_variance():
    rng = np.random.default_rng(4)
    for worlds, each in ((3, 2), (7, 5), (40, 3)):
        values = rng.normal(size=(worlds, 1)) + rng.normal(size=(worlds, each))
        # The mean squares between and within groups: their ratio is the F of scipy.
        within = sum(((row - row.mean()) ** 2).sum() for row in values) / (worlds * (each - 1))
        between = each * sum((row.mean() - values.mean()) ** 2 for row in values) / (worlds - 1)
        assert between / within == pytest.approx(stats.f_oneway(*values).statistic)
        found = _parts_of(values)
        assert found["noise"] == pytest.approx(within / each)
        assert found["variance"] == pytest.approx((between - within) / each)
        due = (between - within) / (between - within + each * within)
        assert found["share"] == pytest.approx(due)
    alone = _parts_of(values[:, :1])
    assert alone["variance"] == pytest.approx(np.var(values[:, 0], ddof=1))
    assert np.isnan([alone["noise"], alone["share"]]).all()


def test_an_index_of_given_data_is_epsilon_squared_of_each_resample():
    rng = np.random.default_rng(7)
    label = np.repeat(np.arange(5), 4)
    member = (label[:, None] == np.arange(5)).astype(float)
    apart, noise = rng.normal(size=20) + label / 4, rng.random(20) / 10
    apart -= apart.mean()
    counts = rng.multinomial(20, np.full(20, 1 / 20), size=30)
    # One in which two classes have nobody.
    counts[0] = np.where(label < 3, 2, 0)
    found = _index(counts.astype(float), apart, noise, member)
    for index, row in zip(found, counts, strict=True):
        world = np.repeat(np.arange(20), row)
        values, classes = apart[world], label[world]
        groups = [values[classes == one] for one in np.unique(classes)]
        between = sum(len(one) * (one.mean() - values.mean()) ** 2 for one in groups)
        within = sum(((one - one.mean()) ** 2).sum() for one in groups)
        free = len(groups) - 1
        share = between - free * within / (len(values) - free - 1)
        variance = values.var(ddof=1) - noise[world].mean()
        assert index == pytest.approx(share / (len(values) - 1) / variance)


def test_the_interval_of_an_index_is_around_the_index():
    for seed in range(5):
        rng = np.random.default_rng(seed)
        values = rng.random(100)
        outcome = values[:, np.newaxis] + rng.normal(size=(100, 1)) / 4
        index, low, high = first_order(values, outcome, seed=seed)
        assert low < index < high, seed


def test_indices_do_not_depend_on_the_unit():
    rng = np.random.default_rng(8)
    a, b, *mixed = rng.normal(size=(4, 60, 3)) + rng.normal(size=(4, 60, 1))
    due = sobol.indices(a, b, np.array(mixed), seed=1)
    for unit in (1e-6, 1e6):
        found = sobol.indices(a * unit, b * unit, np.array(mixed) * unit, seed=1)
        assert found.first == pytest.approx(due.first)
        assert found.total == pytest.approx(due.total)
        assert found.variance == pytest.approx(due.variance * unit**2)


def test_a_control_takes_away_what_a_regression_on_it_explains():
    rng = np.random.default_rng(9)
    for size in (1e-3, 1.0):
        control = size * rng.normal(size=50)
        rows = 3 * control + size * rng.normal(size=50)
        left, slope = sobol._controlled(rows, control)
        due = stats.linregress(control, rows).slope
        assert slope == pytest.approx(due)
        assert left == pytest.approx(rows - due * control)
    left, slope = sobol._controlled(rows, np.zeros(50))
    assert slope == 0
    assert (left == rows).all()


def test_rows_meet_the_luck_of_the_seed():
    space = Space(two_groups())
    values = space.values(space.uniforms(8, 1, 3, None)[0])
    for seed in (0, 5, 2**64 - 1):
        ((places, run),) = space.run(values, 2, Settings.of(16, seed, progress=False))
        due = dd.simulate(two_groups(), trials=16, samples=values, seed=seed, progress=False)
        assert places.tolist() == list(range(8))
        assert run.values("attacks").tolist() == due.values("attacks").tolist()


def test_what_is_not_understood_is_refused_before_anything_is_simulated():
    told = []
    how = {"samples": 4, "trials": 8, "seed": 1, "progress": told.append}
    with pytest.raises(ValueError, match="is not understood"):
        dd.drivers(two_groups(), ["attacks", "attacks ="], **how)
    assert told == []


def test_a_run_of_20_worlds_is_enough_to_ask_for_drivers():
    how = {"seed": 7, "progress": False}
    assert len(dd.simulate(two_groups(), trials=20, **how).drivers(["attacks"]).table()) == 2
    with pytest.raises(ValueError, match="19 worlds do not tell drivers apart"):
        dd.simulate(two_groups(), trials=19, **how).drivers(["attacks"])


def test_pairs_of_ranges_that_are_tied_are_all_found():
    rng = np.random.default_rng(10)
    common = rng.normal(size=400)
    tied = {f"t{k}": common + rng.normal(size=400) for k in range(4)}
    inputs = pd.DataFrame(tied | {"free": rng.normal(size=400)})
    found = {frozenset(pair[:2]): pair[2] for pair in _tied(inputs)}
    assert set(found) == {frozenset(pair) for pair in itertools.combinations(tied, 2)}
    for (one, other), rank in found.items():
        assert rank == pytest.approx(stats.spearmanr(inputs[one], inputs[other]).statistic)


def test_classes_have_one_size_and_keep_equal_values_together():
    rng = np.random.default_rng(11)
    for count in (2, 7, 10):
        sizes = _classes(rng.random(20 * count), count).sum(axis=0)
        assert sizes.tolist() == [20] * count
        values = rng.integers(0, 4, 100).astype(float)
        member = _classes(values, count)
        assert (member.sum(axis=1) == 1).all()
        for value in range(4):
            assert (member[values == value] == member[values == value][0]).all()


def test_the_variance_of_a_resample_is_around_its_own_mean():
    slopes = []
    for seed in (0, 2, 3, 34):
        rng = np.random.default_rng(seed)
        # Few rows: the mean of a resample is far from that of all.
        a, b, c = rng.normal(size=(3, 6, 4)) + rng.normal(size=(3, 6, 1))
        found = sobol.indices(a, b, np.array([c]), seed=1)
        centre = (a.mean() + b.mean()) / 2

        def expected(one, other):
            pairs = [one[:, k] * other[:, m] for k in range(4) for m in range(4) if k != m]
            return np.mean(pairs, axis=0)

        a, b, c = a - centre, b - centre, c - centre
        squares, both = (expected(a, a) + expected(b, b)) / 2, expected(a, b)
        slope = stats.linregress(both, squares).slope
        slopes.append(slope)
        control = (expected(c, c) - expected(a, a)) / 2
        first = expected(b, c - a)
        first = first - stats.linregress(control, first).slope * control
        again = []
        for row in np.random.default_rng(1).multinomial(6, np.full(6, 1 / 6), size=1_000) / 6:
            mean = row @ (a.mean(axis=1) + b.mean(axis=1)) / 2
            variance = row @ ((expected(a - mean, a - mean) + expected(b - mean, b - mean)) / 2)
            variance -= slope * (row @ expected(a - mean, b - mean))
            again.append(row @ first / variance)
        assert found.first[1:, 0] == pytest.approx(np.quantile(again, [0.025, 0.975]))
    assert max(slopes) > 1 > min(slopes)


def test_each_row_is_run_under_its_own_variant():
    rate = "world.threats.other.attacks_per_day"
    sides = {name: {rate: per_day} for name, per_day in (("few", 0), ("some", 0.3), ("many", 2))}
    space = Space(two_groups(), {"side": sides})
    values = space.values(space.uniforms(32, 1, 3, None)[0])
    seen = []
    for places, run in space.run(values, 2, Settings.of(1, 5, progress=False)):
        (side,) = set(values["side"].iloc[places])
        assert run.scenario == space.variants[list(sides)[int(side)],]
        assert run.trials == 2 * len(places)
        seen += places.tolist()
    assert sorted(seen) == list(range(32))


def test_two_rows_are_enough_to_ask_for_drivers():
    found = dd.drivers(two_groups(), ["attacks"], samples=2, trials=4, seed=1, progress=False)
    assert found.count.samples_run == 2 * (2 + 2)
    assert len(found.table()) == 2


def test_a_measure_that_is_not_there_is_refused_in_words(iraq):
    with pytest.raises(ValueError, match="foo"):
        dd.drivers(iraq, ["foo"], samples=8, trials=64, seed=1, progress=False)


def test_what_cannot_be_told_from_chance_has_no_index_is_not_drawn_and_answers_nothing():
    # The range moves attacks, and nothing that is not known moves the finish.
    scenario, asked = leaving(), ["finish_days", "attacks"]
    found = dd.drivers(scenario, asked, samples=32, trials=128, seed=7, progress=False)
    run = dd.simulate(scenario, trials=400, samples=100, seed=7, progress=False)
    untold = ["finish_days"]
    for one in (found, run.drivers(asked)):
        kinds = ["first", "total"] if one.method == "Sobol" else ["first"]
        for measure in untold:
            table = one.table(measure)
            ends = [f"{kind}{end}" for kind in kinds for end in ("", "_low", "_high")]
            assert table[ends].isna().all(axis=None), one.method
            assert one.surely(measure).empty
            assert f"{measure}: " in one.notes
        assert one.notes.count("no variance of what is expected") == len(untold)
        for ax, measure in zip(one.plot(), one.about.index, strict=True):
            assert (not ax.patches) == (measure in untold)
        plt.close("all")
        section = one.section(run)
        assert "delay_risks" not in section.answers
        assert "cannot be told from chance" in section.short
        assert bool(section.pictures) == (len(untold) < len(one.about))
        assert [text.partition(":")[0] for text in section.text[:-1]] == list(one.about.index)
    told = run.drivers(asked).surely("attacks")
    assert (told["first_low"] > 0).all()
    assert len(told)
    assert str(told.index[0]).rpartition(".")[2] in section.short


def test_indices_and_their_intervals_are_there_or_not_together():
    rng = np.random.default_rng(4)
    for _ in range(5):
        run = dd.simulate(
            two_groups(), trials=240, samples=60, seed=int(rng.integers(1000)), progress=False
        )
        table = run.drivers(["attacks", "killed", "attacks > 60"]).table()
        for kind in ("first", "total"):
            there = table[[f"{kind}{end}" for end in ("", "_low", "_high")]].notna()
            assert there.nunique(axis=1).eq(1).all()
