"""What a run can come to at the most: in numbers, in time and in memory."""

import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

import drawdown as dd

# A trial of a million attacks, each of a million projectiles at millions of people: hours.
ENDLESS = {
    "world.sites.base.garrison": {"us": 10_000_000},
    "world.threats.militia.attacks_per_day": 1_000,
    "world.threats.militia.weapons": {"drone": {"share": 1, "salvo_mean": 1_000_000}},
    "world.threats.militia.harm": {"no_casualty": 0, "scale": 0.5, "shape": 0},
}


@pytest.fixture
def endless(minimal):
    return minimal.replace(ENDLESS)


@pytest.mark.parametrize("keep", ["trials", "summary"])
def test_standard_errors_of_costs_of_any_size(minimal, keep):
    draw = np.random.default_rng(3)
    for size in 10.0 ** draw.uniform(-6, 12, 12):
        costs = {"per_person_day": size, "per_pause_day": size / 7, "unit": "IQD"}
        plan = minimal.replace({"world.costs": costs})
        every = dd.simulate(plan, trials=60, seed=1, threads=1, progress=False)
        run = dd.simulate(plan, trials=60, seed=1, threads=2, progress=False, keep=keep)
        values = every.values("cost")
        row = run.summary().loc["cost"]
        assert row["mean"] == pytest.approx(values.mean(), rel=1e-12)
        due = values.std(ddof=1) / np.sqrt(len(values))
        assert row["standard_error"] == pytest.approx(due, rel=1e-6)
        assert row["p90"] == pytest.approx(np.sort(values)[53], rel=1 / 4096, abs=1)


def interrupting(work):
    """Ctrl-C in the middle of `work`; what it raised."""
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt) as raised:
            work()
    finally:
        timer.cancel()
        timer.join()
    return raised.value


@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_is_obeyed_within_a_trial(endless, threads):
    options = {"seed": 1, "threads": threads, "progress": False, "seconds_per_trial": np.inf}
    stop = interrupting(lambda: dd.simulate(endless, trials=2, **options))
    assert isinstance(stop, dd.Interrupted)
    assert stop.partial.trials == 0


def test_ctrl_c_is_obeyed_while_one_trial_is_looked_at(endless):
    compiled = endless._compiled
    for work in (lambda: compiled.trial(1, 0), lambda: list(compiled.events(1, [0]))):
        assert type(interrupting(work)) is KeyboardInterrupt


def test_long_trials_are_warned_of_and_refused_unless_allowed(minimal, endless):
    [warning] = [one for one in endless.warnings if one.code == "slow"]
    assert warning.path == "world.threats.militia.weapons.drone.salvo_mean"
    assert "expected to take" in warning.what
    with pytest.raises(ValueError, match=r"`seconds_per_trial`"):
        dd.simulate(endless, trials=1, progress=False)
    with pytest.raises(ValueError, match="seconds_per_trial"):
        dd.simulate(minimal, trials=1, seconds_per_trial=1e-9)
    with pytest.raises(ValueError, match="above 0"):
        dd.simulate(minimal, trials=1, seconds_per_trial=0)
    assert dd.simulate(minimal, trials=1, seconds_per_trial=1, progress=False).trials == 1


def test_what_is_saved_on_the_way_is_refused_alike(minimal, tmp_path):
    with pytest.raises(ValueError, match="seconds_per_trial"):
        dd.simulate(minimal, trials=1, seconds_per_trial=1e-9, out=tmp_path / "run")


def test_draws_that_do_not_fit_are_refused_before_they_are_drawn(iraq):
    with pytest.raises(ValueError, match="cannot be shared among 1,000,000,000 samples"):
        dd.simulate(iraq, trials=10, samples=10**9)
    with pytest.raises(MemoryError, match="room for"):
        dd.sample_inputs(iraq, 10**12, seed=1)


def test_what_there_is_no_memory_for_is_an_error_and_no_abort():
    # A process that may have 1.8 GB: what fits is said, and fits.
    code = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1800 << 20,) * 2)
import drawdown as dd
options = {"seed": 1, "threads": 1, "progress": False}
try:
    dd.simulate("minimal", trials=2_500_000, **options)
except MemoryError as error:
    print(error)
try:
    dd.sample_inputs(dd.Scenario.example("iraq-2024"), 10**8, seed=1)
except MemoryError as error:
    print(error)
"""

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    trials, draws = found.stdout.splitlines()
    assert 'keep="summary"' in trials
    assert "has room for" in trials
    assert "has room for" in draws
