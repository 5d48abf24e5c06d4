"""Intervals of chances: against other people's, and by how often they hold the truth."""

import numpy as np
import pytest
from scipy import stats

import drawdown as dd
from drawdown.stats.intervals import difference, exact, of_count, of_groups, of_samples, of_trials
from drawdown.stats.means import estimate

REPEATED = 4_000
# So often of those, at the least, an interval that holds the truth 94 times of 100.
HELD = stats.binom.ppf(1e-5, REPEATED, 0.94) / REPEATED


def held(found, truth: float) -> float:
    return np.mean((found.low <= truth) & (truth <= found.high))


def test_it_is_the_exact_interval_of_independent_trials():
    rng = np.random.default_rng(1)
    for trials in (1, 2, 20, 500):
        for hits in {0, trials, *rng.integers(0, trials + 1, 5).tolist()}:
            for sure in (0.95, 0.99):
                due = stats.binomtest(hits, trials).proportion_ci(sure, method="exact")
                assert exact(hits, trials, sure) == pytest.approx((due.low, due.high))
            seen = rng.permutation(np.arange(trials) < hits)
            found = of_trials(seen)
            due = stats.binomtest(hits, trials).proportion_ci(0.95, method="exact")
            assert (found.share, found.low, found.high) == pytest.approx(
                (hits / trials, due.low, due.high)
            )
            error = np.sqrt(found.share * (1 - found.share) / trials)
            assert found.error == pytest.approx(error or np.nan, nan_ok=True)
    assert [float(end) for end in exact(0, 0)] == [0, 1]
    nothing = of_trials(np.zeros(0, bool))
    assert (nothing.low, nothing.high) == (0, 1)


def unlike(rng, chance: float, alike: float, size: tuple[int, int]) -> np.ndarray:
    """Chances that differ between draws: of two trials of a draw, `alike` is their correlation."""
    spread = (1 - alike) / alike
    return rng.beta(chance * spread, (1 - chance) * spread, size)


@pytest.mark.parametrize("chance", [0.003, 0.02, 0.3, 0.5, 0.98])
@pytest.mark.parametrize("alike", [0.001, 0.05, 0.5])
@pytest.mark.parametrize(("draws", "each"), [(10, 10), (20, 50), (200, 20)])
def test_trials_that_share_draws_have_an_interval_that_holds_the_truth(chance, alike, draws, each):
    rng = np.random.default_rng(2)
    hits = rng.binomial(each, unlike(rng, chance, alike, (REPEATED, draws)))
    found = of_samples(hits, np.full(draws, each))
    assert held(found, chance) >= HELD
    # One that takes trials for independent holds it far less often where they are alike.
    naive = of_count(hits.sum(axis=1), draws * each)
    if alike == 0.5 and chance in (0.3, 0.5):
        assert held(naive, chance) < 0.85
    # It is no narrower than that of independent trials, and not much wider where they are that.
    assert (found.low <= naive.low + 1e-12).all()
    assert (found.high >= naive.high - 1e-12).all()
    if alike == 0.001 and chance in (0.3, 0.5) and draws > 10:
        assert np.mean(found.high - found.low) <= 1.2 * np.mean(naive.high - naive.low)
    scatter = found.share.std(ddof=1)
    if 0.02 < chance < 0.98:
        assert np.sqrt(np.nanmean(found.error**2)) == pytest.approx(scatter, rel=0.1)


def test_what_is_seen_in_no_draw_is_known_by_the_draws():
    for draws, each in ((1, 50), (7, 3), (40, 10)):
        none = of_trials(np.zeros(draws * each, bool), each)
        assert (none.low, none.high) == pytest.approx((0, 1 - 0.025 ** (1 / draws)))
        assert np.isnan(none.error)
        every = of_trials(np.ones(draws * each, bool), each)
        assert (every.low, every.high) == pytest.approx((0.025 ** (1 / draws), 1))
    # More of it does not make it less likely.
    hits = np.tril(np.ones((21, 20), int), -1)
    found = of_samples(hits, np.full(20, 100))
    assert (np.diff(found.low) >= 0).all()
    assert (found.high[1:] > found.share[1:]).all()
    assert found.high[1] > 0.1
    # All alike within a draw: as good as so many trials.
    half = np.arange(30) % 2 == 0
    due = of_trials(half)
    found = of_trials(np.repeat(half, 5), 5)
    assert (found.low, found.high) == pytest.approx((due.low, due.high), abs=1e-9)


def test_a_draw_that_was_not_run_whole_counts_by_its_trials():
    seen = np.array([1, 1, 0, 1, 0, 0, 1, 1], bool)
    found = of_trials(seen, 3)
    assert found.share == 5 / 8
    # By hand: apart from 5/8 of its trials, draws have 1/8, -7/8 and 6/8 too many.
    due = np.sqrt((1 / 64 + 49 / 64 + 36 / 64) * 3 / 2) / 8
    assert found.error == pytest.approx(due)


@pytest.mark.parametrize(("up", "down"), [(0, 0), (0.002, 0), (0.01, 0.02), (0.3, 0.1)])
def test_a_difference_of_chances_is_held(up, down):
    rng = np.random.default_rng(3)
    count = 300
    seen = rng.multinomial(count, [up, down, 1 - up - down], REPEATED)
    once = {}
    for more, less, _ in seen.tolist():
        apart = np.repeat([1.0, -1.0, 0.0], [more, less, count - more - less])
        once.setdefault((more, less), difference(apart))
    found = [once[more, less] for more, less, _ in seen.tolist()]
    assert np.mean([one["low"] <= up - down <= one["high"] for one in found]) >= HELD
    assert all(one["high"] > one["low"] for one in found)
    assert np.mean([one["mean"] for one in found]) == pytest.approx(up - down, abs=0.002)


@pytest.mark.parametrize("alike", [0.001, 0.3])
@pytest.mark.parametrize(
    ("chance", "draws", "each"), [(0.01, 20, 20), (0.3, 20, 20), (0.3, 100, 3)]
)
def test_a_difference_is_held_where_trials_share_draws(chance, alike, draws, each):
    rng = np.random.default_rng(4)
    repeated = 1_000
    more = rng.binomial(each, unlike(rng, chance, alike, (repeated, draws)))
    place = np.tile(np.arange(each), draws)
    found = [
        difference((place < np.repeat(hits, each)).astype(float), each) for hits in more.tolist()
    ]
    held = np.mean([one["low"] <= chance <= one["high"] for one in found])
    assert held >= stats.binom.ppf(1e-5, repeated, 0.93) / repeated


def test_draws_are_told_apart_by_their_numbers():
    rng = np.random.default_rng(5)
    seen, draw = rng.random(60) < 0.4, np.repeat(np.arange(20), 3)
    order = rng.permutation(60)
    assert of_groups(seen[order], 7 * draw[order]) == pytest.approx(of_trials(seen, 3))
    assert of_groups(seen, order) == pytest.approx(of_trials(seen))


def test_plans_that_differ_in_no_trial_may_yet_differ(iraq):
    # Without the rule it is the same for the host, who tells nobody to leave here.
    calm = iraq.replace({"world.host.expulsion.per_day": 0})
    firm = calm.replace({"plan.breathing_room.pause_days": 0})
    given = {"stay": False, "trials": 40, "seed": 7, "progress": False}
    for how, worth in (({}, 40), ({"samples": 10}, 10)):
        row = dd.compare({"as it is": calm, "firm": firm}, **given, **how).table()
        assert (row.loc[("expelled", "as it is"), ["difference", "low", "high"]] == 0).all()
        row = row.loc[("expelled", "firm")]
        assert row["difference"] == 0
        reach = stats.norm.ppf(0.975) * np.sqrt(2 / (worth + 2) ** 2)
        assert (row["low"], row["high"]) == pytest.approx((-reach, reach))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 30])
@pytest.mark.parametrize("each", [1, 4])
def test_a_mean_has_the_error_of_its_units(count, each):
    rng = np.random.default_rng(6)
    units = rng.normal(5, 2, count)
    found = estimate(np.repeat(units, each), each)
    if count:
        assert found["mean"] == pytest.approx(units.mean())
    # One says nothing of how they scatter.
    due = stats.sem(units) if count > 1 else np.nan
    assert found["standard_error"] == pytest.approx(due, nan_ok=True)
    for side, name in ((-1, "low"), (1, "high")):
        end = found["mean"] + side * stats.norm.ppf(0.975) * due
        assert found[name] == pytest.approx(end, nan_ok=True)
    missing = estimate(np.append(np.repeat(units, each), np.full(each, np.nan)), each)
    assert missing["mean"] == pytest.approx(found["mean"], nan_ok=True)


def test_a_difference_of_chances_is_at_most_one():
    for side in (1, -1):
        found = difference(np.full(9, float(side)))
        # Half a trial is added to each side, and one to those alike (Bonett & Price 2012).
        middle = side * 9 / 11
        due = np.sqrt((10 / 11 + 1 / 11 - middle**2) / 11)
        assert found["mean"] == side
        assert found["standard_error"] == pytest.approx(due)
        assert abs(middle) + stats.norm.ppf(0.975) * due > 1
        near, far = (found["low"], found["high"])[::side]
        assert far == side
        assert near == pytest.approx(middle - side * stats.norm.ppf(0.975) * due)


@pytest.mark.parametrize("seed", range(8))
def test_a_difference_where_trials_share_draws_is_that_of_so_many_trials(seed):
    rng = np.random.default_rng(seed)
    draws, each = 30, 6
    chance = rng.beta(1, 2, (draws, 1))
    apart = (rng.random((draws, each)) < chance) * rng.choice([1.0, 1.0, -1.0], (draws, each))
    found = difference(apart.ravel(), each)
    # By hand: trials as many as would have the error between draws, fewer for that being known by
    # the draws alone in which the two differ.
    between = apart.mean(axis=1).var(ddof=1) / draws
    seen = stats.t(int((apart != 0).any(axis=1).sum()) - 1).ppf(0.975)
    worth = apart.var() / between * (stats.norm.ppf(0.975) / seen) ** 2
    worth = np.clip(worth, draws, draws * each)
    up, down = (((apart == side).mean() * worth + 1) / (worth + 2) for side in (1, -1))
    error = np.sqrt((up + down - (up - down) ** 2) / (worth + 2))
    assert found["mean"] == pytest.approx(apart.mean())
    assert found["standard_error"] == pytest.approx(error)
    assert found["high"] == pytest.approx(up - down + stats.norm.ppf(0.975) * error)


def test_one_value_in_many_draws_says_nothing_of_its_error():
    found = estimate(np.array([3, np.nan, np.nan, np.nan, np.nan, np.nan]), 2)
    assert found["mean"] == 3
    assert np.isnan([found["standard_error"], found["low"], found["high"]]).all()
