"""How runs are to be made: checked once, and the same for every run of an analysis."""

from collections import Counter

import pandas as pd
import pytest

import drawdown as dd
from drawdown.runs.settings import Settings
from test_draws import FACTOR, gamma_poisson

RATE = "world.threats.group.attacks_per_day"
TABLE = pd.DataFrame({FACTOR: [0.5, 1.0, 2.0, 4.0]})


def _count(found) -> int:
    return sum(run.trials for run in found.runs.values())


# What makes several runs: the call, and how many trials it takes in all.
SEVERAL = {
    "compare": lambda how: _count(dd.compare({"a": gamma_poisson()}, **how)),
    "compare_worlds": lambda how: _count(
        dd.compare_worlds(gamma_poisson(), {"a": {}, "b": {RATE: 0.3}}, **how)
    ),
    "sweep": lambda how: _count(dd.sweep(gamma_poisson(), {RATE: [0.1, 0.2, 0.3]}, **how)),
    "tornado": lambda how: _count(dd.tornado(gamma_poisson(), ["attacks"], **how)),
    "explain": lambda how: _count(dd.explain(gamma_poisson(), **how)),
    "drivers": lambda how: (
        dd.drivers(
            gamma_poisson(), ["attacks"], samples=4, switches={RATE: [0.1, 0.2]}, **how
        ).count.trials_run
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_one_progress_counts_all_trials(name):
    told: list[int] = []
    whole = SEVERAL[name]({"trials": 40, "seed": 5, "progress": told.append})
    assert told == sorted(told)
    assert told[-1] == whole


@pytest.mark.parametrize("name", [name for name in SEVERAL if name != "drivers"])
@pytest.mark.parametrize("seed", [None, 11])
def test_all_runs_meet_one_seed(name, seed, monkeypatch):
    seeds = Counter()
    simulate = dd._core.simulate

    def noted(compiled, trials, seed, threads, **how):
        seeds[seed, threads] += 1
        return simulate(compiled, trials, seed, threads, **how)

    monkeypatch.setattr(dd._core, "simulate", noted)
    SEVERAL[name]({"trials": 40, "seed": seed, "threads": 2, "progress": False})
    ((found, threads),) = seeds
    assert threads == 2
    assert seed in (None, found)
    assert seeds.total() > 1


def test_runs_of_an_analysis_are_those_of_simulate(iraq):
    how = {"trials": 60, "seed": 5, "threads": 1, "progress": False}
    whole = dd.simulate(iraq, **how)
    found = dd.criticality(iraq, kinds=["gate"], **how).runs
    assert found["as written"].values("attacks").tolist() == whole.values("attacks").tolist()
    shared = dd.simulate(gamma_poisson(), samples=TABLE, **how).values("attacks")
    plans = dd.compare({"a": gamma_poisson()}, samples=TABLE, **how)
    assert plans.runs["a"].values("attacks").tolist() == shared.tolist()
    point = dd.sweep(gamma_poisson(), {RATE: [0.1]}, samples=TABLE, **how).runs[0.1,]
    assert point.samples.each == 15


def test_an_interrupt_leaves_what_was_done():
    def stop(done: int) -> None:
        if done > 60:
            raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted, match="stopped after 1 of 3 runs") as caught:
        dd.sweep(gamma_poisson(), {RATE: [0.1, 0.2, 0.3]}, trials=60, seed=1, progress=stop)
    assert list(caught.value.partial) in ([(0.1,)], [(0.1,), (0.2,)])
    assert caught.value.partial[0.1,].trials == 60
    with pytest.raises(dd.Interrupted, match=r"stopped after 0 of 3 tables|1 of 3 tables"):
        dd.drivers(gamma_poisson(), ["attacks"], samples=4, trials=60, seed=1, progress=stop)


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ({"trials": 0}, ValueError, "`trials` must be at least 1, not 0"),
        ({"trials": 1e4}, TypeError, "`trials` must be a whole number, not 10000.0; write 10000"),
        ({"seed": -1}, ValueError, "`seed` must be at least 0"),
        ({"seed": 2**64}, ValueError, "`seed` must be at most"),
        ({"threads": 0}, ValueError, "`threads` must be at least 1"),
        ({"threads": 5_000}, ValueError, "`threads` must be at most 4096"),
        ({"samples": 0}, ValueError, "`samples` must be at least 1, not 0"),
        ({"samples": 2.5}, TypeError, "`samples` must be a whole number or a DataFrame, not 2.5"),
    ],
)
@pytest.mark.parametrize("ask", ["simulate", "compare", "sweep"])
def test_numbers_are_refused_alike(ask, given, error, told):
    asks = {
        "simulate": lambda **how: dd.simulate(gamma_poisson(), **how),
        "compare": lambda **how: dd.compare({"a": gamma_poisson()}, **how),
        "sweep": lambda **how: dd.sweep(gamma_poisson(), {RATE: [0.1]}, **how),
    }
    with pytest.raises(error, match=told):
        asks[ask](**{"trials": 10, "progress": False} | given)


def test_the_most_trials_are_checked_before_any_is_run():
    with pytest.raises(TypeError, match="`most_trials` must be a whole number"):
        dd.simulate_to_precision(gamma_poisson(), "attacks", 0.5, most_trials=1e5)


def test_a_seed_left_out_is_drawn_once():
    drawn = {Settings.of(10).seed for _ in range(20)}
    assert len(drawn) == 20
    assert all(0 <= seed < 2**32 for seed in drawn)
    assert Settings.of(10, 3).seed == 3
    with Settings.of(10, 3, progress=False).sharing(20) as after:
        assert after(10).progress is False
    told: list[int] = []
    with Settings.of(10, 3, progress=told.append).sharing(20) as after:
        after(10).progress(4)
    assert told == [14]
