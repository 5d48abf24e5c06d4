import contextlib
import importlib
import io
import itertools
import sys
import threading
import time

import numpy as np
import pytest

import drawdown as dd

simulate = importlib.import_module("drawdown._internal.progress")


def test_same_bits_on_any_number_of_threads(iraq, run):
    for threads in (1, 2, 3):
        other = dd.simulate(iraq, trials=500, seed=7, threads=threads, progress=False)
        assert other.dataset().identical(run.dataset())


def test_the_first_trials_do_not_change_when_the_batch_grows(iraq, run):
    few = dd.simulate(iraq, trials=70, seed=7, progress=False).dataset()
    same = run.dataset().isel(trial=slice(70))
    for name in [name for name, variable in few.items() if "trial" in variable.dims]:
        np.testing.assert_array_equal(few[name], same[name], err_msg=name)


def test_another_seed_is_another_run(iraq, run):
    other = dd.simulate(iraq, trials=500, seed=8, progress=False)
    assert (other.values("attacks") != run.values("attacks")).mean() > 0.9


def test_a_missing_seed_is_drawn_and_kept(minimal):
    first, second = (dd.simulate(minimal, trials=20) for _ in range(2))
    assert first.seed != second.seed
    again = dd.simulate(minimal, trials=20, seed=first.origin["seed"])
    assert again.dataset().identical(first.dataset())


def test_a_scenario_may_be_given_in_several_ways(minimal, tmp_path):
    minimal.write(tmp_path / "plan.toml")
    ways = [minimal, minimal.to_dict(), "minimal", tmp_path / "plan.toml"]
    runs = [dd.simulate(way, trials=30, seed=1) for way in ways]
    assert all(run.scenario == minimal for run in runs)
    assert all(run.dataset().identical(runs[0].dataset()) for run in runs)


def test_numbers_of_numpy_are_welcome(minimal):
    run = dd.simulate(minimal, trials=np.int64(30), seed=np.uint64(2**64 - 1), threads=np.int8(1))
    assert (run.trials, run.seed) == (30, 2**64 - 1)


@pytest.mark.parametrize(
    "wrong", [{"trials": 0}, {"trials": -1}, {"seed": -1}, {"seed": 2**64}, {"threads": 0}]
)
def test_numbers_out_of_range_are_refused(minimal, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        dd.simulate(minimal, **({"trials": 10} | wrong))


def test_what_does_not_fit_in_memory_is_refused(minimal):
    with pytest.raises(ValueError, match="memory"):
        dd.simulate(minimal, trials=2**60)


def test_wrong_types_are_refused(minimal):
    with pytest.raises(TypeError, match=r"`trials` must be a whole number, not 10\.5$"):
        dd.simulate(minimal, trials=10.5)
    for name in ("trials", "seed", "threads"):
        with pytest.raises(TypeError, match=f"`{name}` must be .*; write 100$"):
            dd.simulate(minimal, **{name: 1e2})
    with pytest.raises(TypeError):
        dd.simulate(3, trials=10)


def test_a_text_that_is_a_scenario_is_told_from_a_path(minimal):
    for text in (minimal.to_toml(), minimal.to_json(), "schema = 1"):
        with pytest.raises(ValueError, match=r"use Scenario\.from_toml"):
            dd.simulate(text)
    with pytest.raises(FileNotFoundError):
        dd.simulate("pause=9.toml")


def test_progress_is_told(iraq):
    told = []
    run = dd.simulate(iraq, trials=300, seed=1, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == run.trials == 300


def test_a_short_run_shows_no_bar(minimal, capsys):
    dd.simulate(minimal, trials=10)
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_shown_when_patience_is_over(minimal, capsys, monkeypatch):
    # The package's attribute `simulate` is the function, so the module is asked for by name.
    monkeypatch.setattr(simulate, "_PATIENCE", 0)
    monkeypatch.setattr(simulate, "_shows_bars", lambda: True)
    dd.simulate(minimal, trials=10)
    assert "10/10" in capsys.readouterr().err
    dd.simulate(minimal, trials=10, progress=False)
    assert capsys.readouterr().err == ""


def test_an_interrupted_run_keeps_what_was_done(iraq):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted) as caught:
        dd.simulate(iraq, trials=1_000_000, seed=7, progress=stop)
    assert isinstance(caught.value, KeyboardInterrupt)
    partial = caught.value.partial
    assert isinstance(partial, dd.Run)
    assert 0 < partial.trials < 1_000_000
    assert partial.origin["trials_asked"] == 1_000_000
    assert "of 1,000,000 trials" in repr(partial)
    whole = dd.simulate(iraq, trials=partial.trials, seed=7, progress=False)
    np.testing.assert_array_equal(whole.values("attacks"), partial.values("attacks"))
    np.testing.assert_array_equal(whole.dataset()["people"], partial.dataset()["people"])


def test_an_exception_of_a_progress_function_has_what_was_done(iraq):
    def fail(done):
        raise LookupError("no room")

    with pytest.raises(LookupError, match="no room") as caught:
        dd.simulate(iraq, trials=1_000_000, seed=7, progress=fail)
    partial = caught.value.partial
    assert 0 < partial.trials < 1_000_000
    assert caught.value.__notes__ == [
        f"`partial` holds the {partial.trials:,} trials that were run"
    ]
    whole = dd.simulate(iraq, trials=partial.trials, seed=7, progress=False)
    np.testing.assert_array_equal(whole.values("attacks"), partial.values("attacks"))


def test_other_threads_of_python_run_meanwhile(iraq):
    ticks, at_progress, stop = [0], [], threading.Event()

    def count():
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(0)

    counter = threading.Thread(target=count)
    usual = sys.getswitchinterval()
    # No thread is made to hand over: only a simulation that lets others run lets them count.
    sys.setswitchinterval(1_000)
    try:
        counter.start()
        dd.simulate(
            iraq, trials=600, seed=1, threads=1, progress=lambda _: at_progress.append(ticks[0])
        )
    finally:
        stop.set()
        sys.setswitchinterval(usual)
        counter.join()
    assert at_progress[-1] > 10
    assert at_progress == sorted(at_progress)


def test_a_trial_that_is_cut_short_is_counted_and_told(minimal):
    state = {"mean_days": {"lognormal": {"median": 1e-9, "sigma": 0.1}}}
    flapping = {
        "start": "a",
        "states": {"a": state | {"next": {"b": 1}}, "b": state | {"next": {"a": 1}}},
    }
    endless = minimal.replace({"world.tension": flapping})
    run = dd.simulate(endless, trials=2, seed=1, progress=False)
    asked = [run.origin[f"trials_{which}"] for which in ("asked", "run", "capped")]
    assert asked == [2, 2, 2]
    assert "2 of them cut short" in run.origin_line
    assert "cut short: 2 of 2 trials" in str(run)
    assert run.summary().loc["capped", "mean"] == 1
    assert "cut short" not in str(dd.simulate(minimal, trials=2, seed=1, progress=False))


@pytest.fixture
def seconds(monkeypatch):
    """A clock that goes on by as many seconds as it is told to with each look at it."""
    clock = {"now": 0.0, "step": 0.0}

    def look():
        clock["now"] += clock["step"]
        return clock["now"]

    monkeypatch.setattr(simulate, "_now", look)
    return clock


def told(clock, step, calls):
    """What is written where no bar can be drawn, when each look at the clock takes a step."""
    clock["step"] = step
    written = io.StringIO()
    with contextlib.redirect_stderr(written), simulate.telling(None, 20_000) as tell:
        for k in range(calls):
            tell(k)
    return written.getvalue()


def test_where_no_bar_can_be_drawn_a_line_is_written_every_ten_seconds(seconds):
    assert told(seconds, 0.1, 50) == ""
    found = told(seconds, 0.1, 1_000)
    assert all(letter == "\n" or letter.isprintable() for letter in found), "control characters"
    lines = found.splitlines()
    assert len(lines) in (9, 10)
    assert all(line.endswith(" of 20,000 trials") for line in lines)
    numbers = [int(line.split()[0]) for line in lines]
    assert {later - one for one, later in itertools.pairwise(numbers)} <= {100, 101}
    assert len(told(seconds, 60.0, 5).splitlines()) == 5


def test_every_call_that_takes_long_tells_in_lines(seconds, minimal, capsys):
    seconds["step"] = 60.0
    asks = [
        lambda: dd.simulate(minimal, trials=20_000, seed=1),
        lambda: dd.compare({"a": minimal}, trials=20_000, seed=1),
        lambda: dd.sweep(
            minimal, {"plan.breathing_room.pause_days": [0, 9]}, trials=20_000, seed=1
        ),
    ]
    for ask in asks:
        ask()
        errors = capsys.readouterr().err
        assert all(line.endswith("0 trials") for line in errors.splitlines())
        assert "\r" not in errors
        assert "\x1b" not in errors


def test_bars_are_for_terminals(monkeypatch):
    drawn = []

    class Bar:
        def __init__(self, **_):
            drawn.append(self)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("tqdm.tqdm", Bar)
    with contextlib.redirect_stderr(Terminal()), simulate.telling(None, 5):
        assert len(drawn) == 1
    with contextlib.redirect_stderr(io.StringIO()), simulate.telling(None, 5):
        assert len(drawn) == 1
    with contextlib.redirect_stderr(None), simulate.telling(None, 5) as tell:
        assert tell is None
