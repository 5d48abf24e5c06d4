"""Shards of a run, here and elsewhere: the same bits, or nothing lost and a way to go on."""

import json
import multiprocessing
import os
import pickle
import signal
import warnings
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from random import Random

import duckdb
import pandas as pd
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import dataset

import drawdown as dd
from drawdown import _core
from drawdown.learn import chains
from drawdown.runs import checkpoint, gathering, shards
from drawdown.runs.settings import Settings
from drawdown.runs.shards import Job, run_shard

TRIALS = 120
QUIET = {"seed": 7, "progress": False}


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """Shards of some trials each, so that there are many of them."""
    monkeypatch.setattr(gathering, "_SECONDS", 0.004)
    monkeypatch.setattr(gathering, "_LEAST_SECONDS", 0.001)
    monkeypatch.setattr(gathering, "_FIRST_TRIALS", 3)


@pytest.fixture(scope="module", params=["trials", "summary"])
def whole(request, iraq):
    return dd.simulate(iraq, trials=TRIALS, keep=request.param, **QUIET)


@pytest.fixture
def threads():
    with ThreadPoolExecutor(2) as executor:
        yield executor


def same(run, other):
    """Whether two runs answer the same to the last bit."""
    if (run.keep, run.origin) != (other.keep, other.origin):
        return False
    weekly = run.weekly().identical(other.weekly())
    tables = all(run.summary(by).equals(other.summary(by)) for by in (None, "site", "month"))
    each = run.keep == "summary" or run.dataset().identical(other.dataset())
    return weekly and tables and each and run.finish_dates().equals(other.finish_dates())


@given(seed=st.integers(0, 2**32), cuts=st.sets(st.integers(1, TRIALS - 1), max_size=7))
@settings(max_examples=12, deadline=None)
def test_random_shards_in_random_order_are_the_whole(iraq, whole, tmp_path_factory, seed, cuts):
    places = [0, *sorted(cuts), TRIALS]
    ranges = [range(*pair) for pair in pairwise(places)]
    random = Random(seed)
    random.shuffle(ranges)
    found = [dd.simulate(iraq, trials=part, keep=whole.keep, **QUIET) for part in ranges]
    assert same(dd.merge(found), whole)
    # As they come from elsewhere: pickled, or saved.
    path = tmp_path_factory.mktemp("shards") / "shard.npz"
    found[0].save(path)
    sent = [dd.load(path), *(pickle.loads(pickle.dumps(run)) for run in found[1:])]
    assert same(dd.merge(sent), whole)
    # And merged in two steps.
    ordered = sorted(found, key=lambda run: run.trial_numbers.start)
    half = random.randrange(1, len(ordered) + 1)
    steps = [dd.merge(part) for part in (ordered[half:], ordered[:half]) if part]
    assert same(dd.merge(steps), whole)


def test_a_shard_is_its_trials(iraq):
    whole = dd.simulate(iraq, trials=50, **QUIET)
    part = dd.simulate(iraq, trials=range(30, 50), **QUIET)
    assert part.trial_numbers == range(30, 50)
    assert part.origin["first_trial"] == 30
    assert "first_trial" not in whole.origin
    pd.testing.assert_frame_equal(
        part.values("attacks", "site"), whole.values("attacks", "site")[30:]
    )
    pd.testing.assert_frame_equal(part.inputs, whole.inputs[30:])
    assert part.dataset()["trial"].values.tolist() == list(range(30, 50))
    assert part.trial(30).measures.equals(whole.trial(30).measures)
    assert part.events().to_pandas().equals(whole.events(range(30, 50)).to_pandas())
    again = pickle.loads(pickle.dumps(part))
    assert again.trial(49).measures.equals(whole.trial(49).measures)
    for run in (part, again):
        with pytest.raises(ValueError, match="the first is 30"):
            run.trial(29)
        with pytest.raises(ValueError, match="the last is 49"):
            run.trial(50)
        with pytest.raises(ValueError, match="the first is 30"):
            run.events(3)
    assert "a shard, from number 30 to 49" in part.origin_line
    with pytest.raises(ValueError, match="shards that begin elsewhere"):
        dd.Comparison({"a": whole, "b": part})


def test_what_does_not_belong_together_is_told_at_once(iraq, minimal):
    def shard(scenario, *ends, keep="trials", seed=7):
        return dd.simulate(scenario, trials=range(*ends), keep=keep, seed=seed, progress=False)

    with pytest.raises(ValueError, match="cannot be merged, 5 problems") as refused:
        dd.merge(
            [
                shard(iraq, 0, 5),
                shard(iraq, 3, 6),
                shard(minimal, 6, 7),
                shard(iraq, 9, 10, seed=8),
                shard(iraq, 10, 11, keep="summary"),
            ]
        )
    for words in (
        "shard 2 is of scenario",
        "shard 3 is under seed 8",
        "shard 4 keeps summary",
        "trials 3 to 4 are there more than once",
        "trials 7 to 8 are missing",
    ):
        assert words in str(refused.value)
    with pytest.raises(ValueError, match="nothing to merge"):
        dd.merge([])
    with pytest.raises(TypeError, match="takes runs"):
        dd.merge([7])
    for bad in (range(5, 5), range(0, 10, 2), range(-1, 4)):
        with pytest.raises(ValueError, match="in a row"):
            dd.simulate(iraq, trials=bad, **QUIET)
    with pytest.raises(ValueError, match="shared out among all trials"):
        dd.simulate(iraq, trials=range(5, 10), samples=5, **QUIET)
    with pytest.raises(ValueError, match="keeps a whole run"):
        dd.simulate(iraq, trials=range(5, 10), out="nowhere", **QUIET)


def test_a_stream_ends_with_what_simulate_gives(iraq, whole):
    seen = list(dd.stream(iraq, trials=TRIALS, keep=whole.keep, every=0, seed=7))
    assert same(seen[-1], whole)
    counts = [run.trials for run in seen]
    assert counts == sorted(counts)
    assert len(set(counts)) > 3
    early = seen[len(seen) // 2]
    few = dd.simulate(iraq, trials=early.trials, keep=whole.keep, **QUIET)
    assert early.weekly().drop_attrs().identical(few.weekly().drop_attrs())
    assert early.summary().equals(few.summary())


def test_an_executor_gives_the_same_bits(iraq, whole, threads):
    told = []
    asked = {"trials": TRIALS, "keep": whole.keep, "seed": 7, "executor": threads}
    run = dd.simulate(iraq, progress=told.append, **asked)
    assert same(run, whole)
    assert told == sorted(told)
    assert told[-1] == TRIALS
    assert len(told) > 5


def test_samples_go_by_their_number_among_all(iraq, threads):
    table = dd.sample_inputs(iraq, 24, seed=3, design="latin")
    asked = {"trials": 24 * 5, "samples": table, **QUIET}
    home, away = dd.simulate(iraq, **asked), dd.simulate(iraq, executor=threads, **asked)
    assert same(away, home)
    assert away.origin == home.origin
    assert away.by_sample("attacks").equals(home.by_sample("attacks"))


def test_plans_points_and_tables_side_by_side(iraq, threads):
    plans = {"as planned": iraq, "firm": iraq.replace({"plan.breathing_room.pause_days": 0})}
    asked = {"trials": 60, **QUIET}
    told = []
    home = dd.compare(plans, **asked)
    away = dd.compare(plans, trials=60, seed=7, progress=told.append, executor=threads)
    assert away.table().equals(home.table())
    assert list(away.runs) == list(home.runs)
    assert told[-1] == 3 * 60
    values = {"plan.breathing_room.pause_days": [0, 30, 60]}
    swept = [dd.sweep(iraq, values, executor=one, **asked) for one in (None, threads)]
    assert swept[0].dataset().identical(swept[1].dataset())
    switches = {"troops": {"as written": {}, "no": {"world.insurgency.troops_share": 0}}}
    for more in ({}, {"switches": switches}):
        about = {"samples": 8, "trials": 32, "groups": "part", **more, **QUIET}
        home, away = (dd.drivers(iraq, executor=one, **about) for one in (None, threads))
        assert away.table().equals(home.table())
        assert str(away) == str(home)


class Losing:
    """An executor that loses work with its workers: each call so many times before it is done."""

    def __init__(self, times, begin=0):
        self.times, self.begin, self.asked, self.done = times, begin, {}, 0

    def submit(self, function, ticket, attempt):
        future = Future()
        if self.done >= self.begin and attempt < self.times:
            self.asked[ticket.first] = self.asked.get(ticket.first, 0) + 1
            future.set_exception(ConnectionError("a worker is gone"))
        else:
            self.done += 1
            future.set_result(function(ticket, attempt))
        return future


def test_what_is_lost_is_asked_for_again(iraq, whole):
    losing = Losing(2)
    asked = {"trials": TRIALS, "keep": whole.keep, "executor": losing, **QUIET}
    assert same(dd.simulate(iraq, **asked), whole)
    assert set(losing.asked.values()) == {2}


def test_what_is_lost_too_often_ends_with_all_that_is_done(iraq, whole, threads):
    asked = {"trials": TRIALS, "keep": whole.keep, **QUIET}
    with pytest.raises(dd.ExecutorError, match="3 times in all, and `retries` is 2") as lost:
        dd.simulate(iraq, executor=Losing(3, begin=5), retries=2, **asked)
    error = pickle.loads(pickle.dumps(lost.value))
    for stop in (lost.value, error):
        done = [k for run in stop.runs for k in run.trial_numbers]
        missing = [k for part in stop.missing for k in part]
        assert sorted(done + missing) == list(range(TRIALS))
        assert done
        few = dd.simulate(iraq, trials=stop.partial.trials, keep=whole.keep, **QUIET)
        assert stop.partial.summary().equals(few.summary())
        # The message says how to go on, and that does: here, and elsewhere.
        code = str(stop).split("`")[-4]
        assert same(eval(code, {"drawdown": dd, "scenario": iraq, "error": stop}), whole)
        assert same(dd.simulate(iraq, done=stop.runs, executor=threads, **asked), whole)
    with pytest.raises(ValueError, match="are there already"):
        dd.simulate(iraq, done=[error.partial, error.partial], **asked)
    with pytest.raises(ValueError, match="another seed"):
        dd.simulate(iraq, trials=TRIALS, keep=whole.keep, seed=8, progress=False, done=error.runs)


def test_what_is_done_with_other_samples_is_not_of_this_run(iraq, threads):
    tables = [dd.sample_inputs(iraq, 8, seed=seed) for seed in (3, 4)]
    runs = [dd.simulate(iraq, trials=32, samples=table, **QUIET) for table in tables]
    for executor in (None, threads):
        asked = {"trials": 32, "samples": tables[0], "executor": executor, **QUIET}
        assert dd.simulate(iraq, done=runs[:1], **asked).trials == 32
        for other in (runs[1], dd.simulate(iraq, trials=32, **QUIET)):
            with pytest.raises(ValueError, match="other values given for the ranges"):
                dd.simulate(iraq, done=[other], **asked)


def test_nothing_is_left_of_shards_that_are_finished(iraq):
    part = dd.simulate(iraq, trials=20, **QUIET)._results.part()
    shards = _core.Shards(iraq._compiled, 20, 7)
    shards.add(part)
    assert len(shards.finish()) == 1
    for ask in (lambda: shards.add(part), shards.run, shards.missing, shards.finish):
        with pytest.raises(ValueError, match="nothing is left"):
            ask()


def test_no_more_is_run_than_was_missing(iraq):
    half = dd.simulate(iraq, trials=range(60), **QUIET)
    counting = Losing(0)
    run = dd.simulate(iraq, trials=TRIALS, done=[half], executor=counting, **QUIET)
    assert same(run, dd.simulate(iraq, trials=TRIALS, **QUIET))
    told = []
    dd.simulate(iraq, trials=TRIALS, done=[half], executor=Losing(0), seed=7, progress=told.append)
    assert min(told) > 60


def _die(*_):
    os.kill(os.getpid(), signal.SIGKILL)


class Fragile(ProcessPoolExecutor):
    """A pool one of whose processes dies after some calls."""

    def __init__(self, after):
        super().__init__(2, mp_context=multiprocessing.get_context("spawn"))
        self.left = after

    def submit(self, function, *given):
        self.left -= 1
        return super().submit(_die if self.left == 0 else function, *given)


def test_a_pool_of_processes_that_breaks_leaves_what_was_merged(iraq):
    asked = {"trials": 400, **QUIET}
    home = dd.simulate(iraq, **asked)
    with (
        Fragile(after=12) as pool,
        pytest.raises(dd.ExecutorError, match=r"is broken|BrokenProcessPool") as broke,
    ):
        dd.simulate(iraq, executor=pool, **asked)
    assert broke.value.partial.trials > 0
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        run = dd.simulate(iraq, executor=pool, done=broke.value.runs, **asked)
    assert same(run, home)


def test_ctrl_c_leaves_what_was_merged(iraq, threads):
    def stop(done):
        if done > 40:
            raise KeyboardInterrupt

    asked = {"trials": TRIALS, "seed": 7, "executor": threads}
    with pytest.raises(dd.Interrupted, match="stopped after") as stopped:
        dd.simulate(iraq, progress=stop, **asked)
    assert 0 < stopped.value.partial.trials < TRIALS
    assert sum(run.trials for run in stopped.value.runs) > 40
    run = dd.simulate(iraq, done=stopped.value.runs, trials=TRIALS, **QUIET)
    assert same(run, dd.simulate(iraq, trials=TRIALS, **QUIET))

    plans = {"one": iraq, "two": iraq.replace({"plan.breathing_room.pause_days": 0})}
    with pytest.raises(dd.Interrupted) as stopped:
        dd.compare(plans, progress=stop, baseline="two", **asked)
    partial = stopped.value.partial
    assert isinstance(partial, dd.Comparison)
    assert next(iter(partial.runs)) == "two"
    partial.table()


def test_whatever_stops_a_run_leaves_what_was_merged(iraq, threads):
    def fail(done):
        if done > 40:
            raise OSError("no more of this")

    with pytest.raises(OSError, match="no more of this") as stopped:
        dd.simulate(iraq, trials=TRIALS, seed=7, progress=fail, executor=threads)
    assert stopped.value.partial.trials > 0
    assert "done=error.runs" in stopped.value.__notes__[0]


def test_another_build_is_refused_wherever_it_is(iraq):
    class Other:
        """An executor whose workers have another build."""

        def submit(self, function, ticket, attempt):
            future = Future()
            ticket = ticket._replace(made_by=(ticket.made_by[0], "0123"))
            try:
                future.set_result(function(ticket, attempt))
            except ValueError as error:
                future.set_exception(error)
            return future

    with pytest.raises(ValueError, match=r"build 0123.*same build on all machines"):
        dd.simulate(iraq, trials=10, executor=Other(), **QUIET)


def test_a_worker_reads_a_scenario_once(iraq, minimal, monkeypatch):
    shards._compiled.clear()
    read = []
    from_toml = dd.Scenario.from_toml.__func__
    monkeypatch.setattr(
        dd.Scenario,
        "from_toml",
        classmethod(lambda cls, text: read.append(text) or from_toml(cls, text)),
    )
    for scenario in (iraq, minimal, iraq):
        job = Job(scenario, range(10), 7)
        for first in (0, 4, 8):
            run_shard(job.ticket(first, 2))
    assert len(read) == 2


def test_shards_follow_what_was_measured(iraq, monkeypatch):
    monkeypatch.setattr(gathering, "_SECONDS", 1.0)
    monkeypatch.setattr(gathering, "_LEAST_SECONDS", 0.1)
    job = Job(iraq, range(10**6), 7, "summary")
    pace = gathering._Pace()
    assert pace.count(job, 10**6, 1) <= 3
    pace.took(job, 3, 3 * 1e-3)
    assert pace.count(job, 10**6, 4) == pytest.approx(1_000, abs=1)
    # The last ones are shorter, though not too short.
    assert pace.count(job, 1_600, 4) == pytest.approx(200, abs=1)
    assert pace.count(job, 150, 4) == pytest.approx(100, abs=1)
    assert pace.count(job, 7, 4) == 7
    # What came last counts most.
    for _ in range(50):
        pace.took(job, 100, 100 * 2e-3)
    assert pace.count(job, 10**6, 4) == pytest.approx(500, rel=0.01)
    # Values of trials are sent by the megabyte, and not by the gigabyte.
    wide = Job(iraq, range(10**6), 7, "trials")
    fast = gathering._Pace()
    fast.took(wide, 10**6, 1.0)
    assert fast.count(wide, 10**6, 1) * 8 * iraq._compiled.width() <= 16 * 2**20


def test_what_is_no_executor_is_refused(iraq):
    with pytest.raises(TypeError, match="has `submit`"):
        dd.simulate(iraq, trials=10, executor=4, **QUIET)
    with pytest.raises(ValueError, match="`threads` or an `executor`"):
        dd.simulate(iraq, trials=10, threads=2, executor=Losing(0), **QUIET)
    with pytest.raises(ValueError, match="retries"):
        dd.simulate(iraq, trials=10, retries=-1, executor=Losing(0), **QUIET)
    assert Settings.of(10).executor is None


def test_a_saved_run_goes_on_elsewhere_and_at_home(iraq, whole, tmp_path, threads, monkeypatch):
    monkeypatch.setattr(checkpoint, "_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(checkpoint, "_MOST_SHARE", 1.0)
    asked = {"trials": TRIALS, "keep": whole.keep, **QUIET}
    for k, goes_on in enumerate(({"executor": threads}, {"threads": 2})):
        out = tmp_path / str(k)
        losing = Losing(9, begin=12)
        with pytest.raises(dd.ExecutorError, match=r"drawdown\.resume\(.*executor") as broke:
            dd.simulate(iraq, executor=losing, retries=1, out=out, **asked)
        kept = {k for run in broke.value.runs for k in run.trial_numbers}
        saved = sorted((out / "checkpoint").glob("*.part"))
        assert saved
        told = []
        run = dd.resume(out, progress=told.append, **goes_on)
        assert same(run, whole)
        assert min(told) > len(kept) or not told
        # Of what is finished the parts are read.
        assert same(dd.resume(out, progress=False), whole)


def test_a_gap_between_parts_is_filled_at_home(iraq, whole, tmp_path, threads, monkeypatch):
    monkeypatch.setattr(checkpoint, "_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(checkpoint, "_MOST_SHARE", 1.0)
    asked = {"trials": TRIALS, "keep": whole.keep, **QUIET}
    dd.simulate(iraq, executor=threads, out=tmp_path, **asked)
    parts = sorted((tmp_path / "checkpoint").glob("*.part"))
    assert len(parts) > 4
    for lost in (parts[0], parts[2]):
        lost.unlink()
    with pytest.raises(ValueError, match="an unfinished run"):
        dd.simulate(iraq, out=tmp_path, **asked)
    assert same(dd.resume(tmp_path, progress=False), whole)
    damaged = sorted((tmp_path / "checkpoint").glob("*.part"))[1]
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    with pytest.raises(ValueError, match=r"not what was written|not a run in bytes") as refused:
        dd.resume(tmp_path, executor=threads, progress=False)
    assert str(damaged) in refused.value.__notes__[0]


def test_how_long_it_will_take_is_logged(iraq, threads, caplog):
    with caplog.at_level("INFO", logger="drawdown"):
        dd.simulate(iraq, trials=TRIALS, executor=threads, **QUIET)
    [line] = [record.getMessage() for record in caplog.records if record.levelname == "INFO"]
    assert line.startswith(f"{TRIALS} trials take about")
    assert "MiB here" in line


WORLD = """
schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.sites.base]
garrison = { us = 100 }
[world.threats.group]
weapons = {}
attacks_per_day = { gamma = { shape = 3, mean = 0.5 } }
"""


def test_a_fit_on_an_executor_has_the_same_draws(threads, tmp_path, monkeypatch):
    monkeypatch.setattr(chains, "_SECONDS", 0.0)
    monkeypatch.setattr(chains, "_EVERY_SECONDS", 0.0)
    scenario = dd.Scenario.from_toml(WORLD)
    observed = [
        (0, 10, "attacks", None, [], "exact", 4.0, 0.0),
        (10, 40, "attacks", None, [], "exact", 19.0, 0.0),
    ]
    asked = {"chains": 3, "warmup": 20, "draws": 30, "seed": 5}

    def fit(**more):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return dd.fit(scenario, observed, **{**asked, "progress": False, **more})

    home, told = fit(), []
    away = fit(executor=threads, progress=told.append)
    assert away.samples.equals(home.samples)
    assert away.diagnostics().equals(home.diagnostics())
    assert told[-1] == 3 * 50

    # Stopped, it goes on from what was saved: here, or there.
    def stop(done):
        if done > 60:
            raise KeyboardInterrupt

    for first, second in ((threads, None), (None, threads)):
        out = tmp_path / f"{first}"
        with pytest.raises(dd.Interrupted) as stopped:
            fit(executor=first, out=out, progress=stop)
        assert isinstance(stopped.value.partial, dd.Posterior)
        assert fit(executor=second, out=out).samples.equals(home.samples)

    class Lost:
        def submit(self, function, *given):
            future = Future()
            future.set_exception(ConnectionError("gone"))
            return future

    with pytest.raises(dd.ExecutorError, match="the draws of chain") as lost:
        fit(executor=Lost())
    assert isinstance(lost.value.partial, dd.Posterior)


def test_events_are_written_by_whoever_simulates_them(iraq, threads, tmp_path):
    run = dd.simulate(iraq, trials=23, **QUIET)
    whole = run.events().to_pandas()
    files = dd.write_events(
        run, tmp_path / "events", trials_per_file=5, executor=threads, progress=False
    )
    assert [file.name for file in files][:2] == [
        "trials-000000000000-000000000004.parquet",
        "trials-000000000005-000000000009.parquet",
    ]
    counted = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/events/*.parquet'").fetchall()
    assert counted == [(len(whole),)]
    about = json.loads((tmp_path / "events" / "_drawdown.json").read_text())
    assert about["scenario_hash"] == iraq.hash
    assert sum(one["events"] for one in about["files"]) == len(whole)
    table = dataset.dataset(tmp_path / "events").to_table().to_pandas()
    for column in ("trial", "time_days", "kind", "site", "count", "parent"):
        assert table[column].astype(object).where(table[column].notna(), None).tolist() == (
            whole[column].astype(object).where(whole[column].notna(), None).tolist()
        ), column
    scanned = polars.scan_parquet(tmp_path / "events" / "*.parquet")
    late = scanned.filter(polars.col("trial") >= 20).select(polars.len()).collect().item()
    assert late == (whole["trial"] >= 20).sum()
    # Another way to the same files; the same call finds them, and writes those that are missing.
    again = dd.write_events(
        iraq, tmp_path / "again", trials=23, seed=7, trials_per_file=5, progress=False
    )
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in files]
    again[2].unlink()
    times = [file.stat().st_mtime_ns for file in again if file.exists()]
    (tmp_path / "again" / ".12345678-left.begun").write_bytes(b"half")
    dd.write_events(iraq, tmp_path / "again", trials=23, seed=7, trials_per_file=5, progress=False)
    assert again[2].read_bytes() == files[2].read_bytes()
    assert times == [file.stat().st_mtime_ns for file in again if file != again[2]]
    assert not list((tmp_path / "again").glob("*.begun")) + list((tmp_path / "again").glob(".*"))
    with pytest.raises(ValueError, match="holds something else"):
        dd.write_events(
            iraq, tmp_path / "again", trials=23, seed=8, trials_per_file=5, progress=False
        )
    with pytest.raises(ValueError, match="was not run"):
        dd.write_events(run, tmp_path / "more", trials=range(20, 30), progress=False)
    with pytest.raises(ValueError, match="a seed of its own"):
        dd.write_events(run, tmp_path / "more", seed=9, progress=False)
    with pytest.raises(ValueError, match="how many `trials`"):
        dd.write_events(iraq, tmp_path / "more", progress=False)


def test_events_of_samples_and_shards(iraq, threads, tmp_path):
    table = dd.sample_inputs(iraq, 6, seed=3)
    run = dd.simulate(iraq, trials=30, samples=table, **QUIET)
    files = dd.write_events(
        run,
        tmp_path / "some",
        trials=range(7, 22),
        trials_per_file=4,
        executor=threads,
        progress=False,
    )
    found = pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)
    due = run.events(range(7, 22)).to_pandas()
    assert found["time_days"].equals(due["time_days"])
    assert found["trial"].tolist() == due["trial"].tolist()


@pytest.mark.parametrize("keep", ["trials", "summary"])
def test_runs_go_to_programs_in_rust_and_come_back(keep, tmp_path):
    shard = [
        dd.simulate("minimal", trials=trials, keep=keep, **QUIET)
        for trials in (range(50, 90), range(50))
    ]
    shard[0].save(tmp_path / "saved.npz")
    handed = [dd.load(tmp_path / "saved.npz").to_bytes(), shard[1].to_bytes()]
    assert handed[0] == shard[0].to_bytes()
    found = dd.merge(map(dd.Run.from_bytes, handed))
    whole = dd.simulate("minimal", trials=90, keep=keep, **QUIET)
    assert found.to_bytes() == whole.to_bytes()
    pd.testing.assert_frame_equal(found.summary(), whole.summary())
    for wrong in (b"", handed[0][:-1], handed[0].replace(b"drawdown", b"drawdawn")):
        with pytest.raises(ValueError, match=r"not what was written|not a run in bytes"):
            dd.Run.from_bytes(wrong)
    shared = dd.simulate("iraq-2024", trials=20, samples=10, **QUIET)
    with pytest.raises(ValueError, match="parameter samples"):
        shared.to_bytes()
