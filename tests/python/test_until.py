import numpy as np
import pytest

import drawdown as dd
from test_draws import gamma_poisson

QUIET = {"seed": 7, "progress": False}


def test_it_runs_as_long_as_it_takes():
    # A mean of 40 with a variance of 440: 1.96 sqrt(440 / n) is .5 at 6,762 trials.
    found = dd.simulate_to_precision(gamma_poisson(), "attacks", 0.5, **QUIET)
    assert found.reached
    assert found.half_width <= 0.5
    assert 6_000 < found.run.trials < 8_500
    assert found.trials_needed == found.run.trials
    assert found.value == found.run.values("attacks").mean()
    assert found.value == pytest.approx(40, abs=4 * found.half_width / 1.96)
    # It is the run of that many trials, whatever the way there.
    again = dd.simulate(gamma_poisson(), trials=found.run.trials, **QUIET)
    assert np.array_equal(again.values("attacks"), found.run.values("attacks"))


def test_where_it_stops_short_it_says_what_it_would_take():
    found = dd.simulate_to_precision(gamma_poisson(), "attacks", 0.05, most_trials=2_000, **QUIET)
    assert not found.reached
    assert found.run.trials == 2_000
    assert found.trials_needed == pytest.approx(440 * (1.96 / 0.05) ** 2, rel=0.2)
    # A twentieth more, for a scatter that is itself estimated.
    assert found.trials_needed > 1.05 * 0.8 * 440 * (1.96 / 0.05) ** 2


def test_shares_of_the_mean_and_chances():
    share = dd.simulate_to_precision(gamma_poisson(), "attacks", 0.02, relative=True, **QUIET)
    assert share.half_width <= 0.02 * share.value
    chance = dd.simulate_to_precision(gamma_poisson(), "attacks", 0.03, above=40, **QUIET)
    assert chance.value == (chance.run.values("attacks") > 40).mean()
    # Between .45 and .5: 1.96 sqrt(p (1 - p) / n) is .03 at about 1,060 trials.
    assert 900 < chance.run.trials < 1_400
    # What never happened is not known for sure.
    never = dd.simulate_to_precision(
        gamma_poisson(), "attacks", 1e-4, above=1e6, most_trials=1_000, **QUIET
    )
    assert never.value == 0
    assert not never.reached
    assert never.half_width == pytest.approx(1 - 0.025 ** (1 / 1_000))


def test_what_the_horizon_forestalls_is_above(iraq):
    late = dd.simulate_to_precision(
        iraq.stay(), "finish_days", 0.1, above=1, most_trials=50, **QUIET
    )
    assert late.value == 1
    # A mean counts it as reached at the horizon.
    mean = dd.simulate_to_precision(iraq.stay(), "finish_days", 1, most_trials=50, **QUIET)
    assert (mean.reached, mean.value) == (True, (iraq.horizon - iraq.start).days)
    with pytest.raises(ValueError, match=r"`slip_days` has no value in 100\.0% of histories"):
        dd.simulate_to_precision(iraq.stay(), "slip_days", 1, most_trials=50, **QUIET)


def test_what_cannot_be_asked():
    with pytest.raises(ValueError, match="`within` must be above 0"):
        dd.simulate_to_precision(gamma_poisson(), "attacks", 0)
    with pytest.raises(ValueError, match="no measure `nothing`"):
        dd.simulate_to_precision(gamma_poisson(), "nothing", 1, **QUIET)
