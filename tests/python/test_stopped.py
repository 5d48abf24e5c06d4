"""Whatever stops the work leaves all that there is by then, and the way to go on."""

import json
import os
import threading
import warnings
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor

import pandas as pd
import pytest

import drawdown as dd
from drawdown import _core
from drawdown.learn import chains
from drawdown.runs import checkpoint, gathering, shards
from drawdown.runs.settings import Settings
from drawdown.runs.shards import Job, run_shard
from drawdown.runs.simulate import here

PAUSE = "plan.breathing_room.pause_days"
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


class Now:
    """An executor that does what it is asked at once, but loses what it is to lose."""

    def __init__(self, loses=lambda asked, ticket: False, never=()):
        self.loses, self.never, self.asked = loses, never, 0

    def submit(self, function, ticket, *given):
        future = Future()
        self.asked += 1
        if self.loses(self.asked, ticket):
            future.set_exception(ConnectionError("a worker is gone"))
        elif ticket.scenario_hash not in self.never:
            future.set_result(function(ticket, *given))
        return future


@pytest.fixture
def few(monkeypatch):
    """Shards of a few trials each."""
    monkeypatch.setattr(gathering, "_SECONDS", 0.004)
    monkeypatch.setattr(gathering, "_LEAST_SECONDS", 0.001)
    monkeypatch.setattr(gathering, "_FIRST_TRIALS", 3)


def after(trials, error):
    """A progress function that raises after so many trials."""

    def stop(done):
        if done >= trials:
            raise error

    return stop


def saved(out):
    """The trials in the parts of a run."""
    parts = sorted((out / "checkpoint").glob("[0-9]*.part"))
    return [range(*_core.trials_of_part(part.read_bytes())) for part in parts]


def full(*_):
    raise OSError(28, "No space left on device")


def test_what_comes_in_while_stopping_is_saved_too(iraq, tmp_path, few):
    with pytest.raises(dd.Interrupted) as stopped:
        dd.simulate(
            iraq,
            trials=120,
            seed=7,
            out=tmp_path,
            executor=Now(),
            progress=after(1, KeyboardInterrupt()),
        )
    runs = [run.trial_numbers for run in stopped.value.runs]
    assert sum(map(len, runs)) > 3, "more than the first shard"
    assert saved(tmp_path) == runs


def test_a_full_disk_hides_nothing(iraq, tmp_path, few, monkeypatch):
    asked = {"trials": 60, "seed": 7, "executor": Now()}
    save = checkpoint.Checkpoint._save
    monkeypatch.setattr(checkpoint.Checkpoint, "_save", full)
    stop = after(1, KeyboardInterrupt())
    with pytest.raises(dd.Interrupted, match="stopped after") as stopped:
        dd.simulate(iraq, out=tmp_path / "stopped", progress=stop, **asked)
    assert stopped.value.partial.trials > 3
    assert "could not all be saved: OSError: [Errno 28]" in stopped.value.__notes__[-1]
    # Nor does it where it is what stops the run: here only the second file fails.
    monkeypatch.setattr(checkpoint, "_EVERY_SECONDS", 0.0)
    monkeypatch.setattr(checkpoint, "_MOST_SHARE", 1e9)
    files = []

    def once(self, done, part):
        files.append(done)
        if len(files) == 2:
            full()
        save(self, done, part)

    monkeypatch.setattr(checkpoint.Checkpoint, "_save", once)
    with pytest.raises(OSError, match="No space") as stopped:
        dd.simulate(iraq, out=tmp_path / "full", progress=False, **asked)
    assert sum(map(len, saved(tmp_path / "full"))) == stopped.value.partial.trials > 3
    assert "drawdown.resume" in stopped.value.__notes__[0]
    run = dd.resume(tmp_path / "full", progress=False)
    assert run.dataset().identical(dd.simulate(iraq, trials=60, seed=7, progress=False).dataset())

    def at_last(self, done, part):
        (full if done == 60 else save)(self, done, part)

    monkeypatch.setattr(checkpoint.Checkpoint, "_save", at_last)
    with pytest.raises(OSError, match="No space") as stopped:
        dd.simulate(iraq, out=tmp_path / "last", progress=False, **asked)
    assert stopped.value.partial.trials == 60


def test_a_file_that_fails_is_not_saved_once_more_in_part_of_another(iraq, tmp_path, monkeypatch):
    """After the first of two files is there, and before the second is, a shard comes between."""
    job = Job(iraq, range(30), 7)
    kept = checkpoint.Checkpoint.begin(tmp_path, iraq, 30, 7, "trials")
    saver, save = checkpoint.Saver(kept, job), kept._save
    for first in (0, 20):
        saver(run_shard(job.ticket(first, 10)).part)
    monkeypatch.setattr(kept, "_save", lambda end, part: save(end, part) if end == 10 else full())
    with pytest.raises(OSError, match="No space"):
        saver.save()
    monkeypatch.setattr(kept, "_save", save)
    saver(run_shard(job.ticket(10, 10)).part)
    saver.save()
    assert saved(tmp_path) == [range(10), range(10, 30)]
    assert dd.resume(tmp_path, progress=False).trials == 30


def test_a_fit_that_cannot_be_saved_is_stopped_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(chains, "_SECONDS", 0.0)
    monkeypatch.setattr("drawdown.learn.fit.replacing", full)
    observed = [(0, 10, "attacks", None, [], "exact", 4.0, 0.0)]
    asked = {"chains": 2, "warmup": 10, "draws": 10, "seed": 5, "out": tmp_path / "fit"}
    with ThreadPoolExecutor(2) as pool, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for progress, error in (after(5, KeyboardInterrupt()), dd.Interrupted), (False, OSError):
            with pytest.raises(error) as stopped:
                dd.fit(
                    dd.Scenario.from_toml(WORLD),
                    observed,
                    executor=pool,
                    progress=progress,
                    **asked,
                )
            assert isinstance(stopped.value.partial, dd.Posterior)
            assert any("could not all be saved" in note for note in stopped.value.__notes__)


def test_runs_after_one_that_is_missing_are_kept(iraq):
    firm = iraq.replace({PAUSE: 0})
    asked = {"trials": 2, "seed": 7, "progress": after(4, KeyboardInterrupt())}
    plans = {"plan": iraq, "firm": firm}
    with pytest.raises(dd.Interrupted, match="stopped after 2 of 3 runs") as stopped:
        dd.compare(plans, executor=Now(never={firm.hash}), **asked)
    assert isinstance(stopped.value.partial, dd.Comparison)
    assert list(stopped.value.partial.runs) == ["plan", "stay"]
    with pytest.raises(dd.Interrupted) as stopped:
        dd.sweep(iraq, {PAUSE: [60, 0, 30]}, executor=Now(never={firm.hash}), **asked)
    partial = stopped.value.partial
    assert {point: run.scenario.replace({PAUSE: 0}) for point, run in partial.items()} == {
        (60,): firm,
        (30,): firm,
    }
    assert partial[(30,)].scenario == iraq.replace({PAUSE: 30})


def test_a_policy_or_progress_that_raises_keeps_the_plans_that_were_done(iraq):
    class Breaks(dd.Policy):
        def decide(self, now):
            if now.trial == 20:
                raise ZeroDivisionError("no such thing")

    plans, asked = {"plan": iraq, "other": iraq}, {"trials": 40, "seed": 7}
    with pytest.raises(dd.PolicyError) as broke:
        dd.compare(plans, policies={"other": Breaks()}, progress=False, **asked)
    assert isinstance(broke.value.partial, dd.Comparison)
    assert broke.value.partial.runs["plan"].trials == 40
    assert broke.value.__notes__[-1] == "in `other`, after 1 of 3 runs, which `partial` has too"
    with pytest.raises(LookupError) as broke:
        dd.compare(plans, progress=after(80, LookupError()), **asked)
    assert broke.value.partial.runs["plan"].trials == 40
    with pytest.raises(LookupError) as broke:
        dd.compare(plans, progress=after(80, LookupError()), executor=Now(), **asked)
    assert broke.value.partial.runs["plan"].trials == 40


def test_the_way_to_go_on_is_the_call_that_was_made(iraq, few):
    path = "world.threats.group.contagion.children_per_attack"
    contagion = {"children_per_attack": {"uniform": [0, 1.2]}, "decay_days": 5}
    scenario = dd.Scenario.from_toml(WORLD).replace({"world.threats.group.contagion": contagion})
    table = pd.DataFrame({path: [0.1, 1.1, 0.3, 0.5]})
    asked = {"trials": 80, "seed": 7, "keep": "summary", "seconds_per_trial": 900.0}
    lost = Now(loses=lambda asked, _: asked > 3)
    with pytest.raises(dd.ExecutorError) as broke:
        dd.simulate(scenario, samples=table, executor=lost, retries=0, progress=False, **asked)
    code = str(broke.value).split("`")[-4]
    assert 'keep="summary", samples=..., seconds_per_trial=900.0, done=' in code
    known = {"drawdown": dd, "scenario": scenario, "table": table, "error": broke.value}
    run = eval(code.replace("samples=...", "samples=table"), known)
    whole = dd.simulate(scenario, samples=table, progress=False, **asked)
    assert (run.origin, run.trials) == (whole.origin, 60)
    assert run.summary().equals(whole.summary())


def test_events_that_are_stopped_say_how_many_files_are_whole(iraq, tmp_path):
    asked = {"trials": 20, "trials_per_file": 5}
    whole = dd.write_events(iraq, tmp_path / "whole", seed=7, progress=False, **asked)
    about = json.loads((tmp_path / "whole" / "_drawdown.json").read_text())
    for k, (error, kind) in enumerate(
        [
            (KeyboardInterrupt(), dd.Interrupted),
            (LookupError("no"), LookupError),
            (dd.ExecutorError("broken"), dd.ExecutorError),
        ]
    ):
        out = tmp_path / str(k)
        with pytest.raises(kind) as stopped:
            dd.write_events(iraq, out, seed=7, threads=1, progress=after(10, error), **asked)
        there = sorted(out.glob("*.parquet"))
        assert 2 <= len(there) == len(stopped.value.partial)
        assert stopped.value.partial == there
        told = "\n".join([str(stopped.value), *getattr(stopped.value, "__notes__", [])])
        assert f"{len(there)} of 4 files" in told
        assert kind is dd.Interrupted or "the same call writes the others" in told
        # And it does, though no seed is given.
        again = dd.write_events(iraq, out, progress=False, **asked)
        assert [file.read_bytes() for file in again] == [file.read_bytes() for file in whole]
        assert json.loads((out / "_drawdown.json").read_text()) == about


def test_a_folder_of_events_is_looked_at_before_it_is_gone_on_with(iraq, tmp_path):
    def write(of=iraq, **more):
        given = {"trials": 20, "trials_per_file": 5, "progress": False, **more}
        return dd.write_events(of, tmp_path, **given)

    files = write(seed=7)
    with pytest.raises(ValueError, match=r"they differ in seed \(7 there, 8 here\), trials_per"):
        write(seed=8, trials_per_file=4)
    samples = dd.simulate(iraq, trials=20, samples=4, seed=7, progress=False)
    with pytest.raises(ValueError, match="they differ in inputs_hash"):
        write(samples)
    other = tmp_path / "other.parquet"
    other.write_bytes(files[0].read_bytes())
    with pytest.raises(ValueError, match=r"writes: other\.parquet; choose"):
        write()
    other.unlink()
    sound = files[1].read_bytes()
    files[1].write_bytes(files[0].read_bytes())
    with pytest.raises(ValueError, match=rf"{files[1].name} is damaged: it is not what.*remove it"):
        write()
    # Of files that nothing lists it is known whether they can be read.
    path = tmp_path / "_drawdown.json"
    about = json.loads(path.read_text())
    path.write_text(json.dumps({key: about[key] for key in about if key != "files"}))
    files[1].write_bytes(sound[:-100])
    with pytest.raises(ValueError, match=rf"{files[1].name} is damaged: .*arquet.*remove it"):
        write()
    files[1].unlink()
    assert write()[1].read_bytes() == sound
    path.unlink()
    with pytest.raises(ValueError, match=r"no _drawdown\.json says what it is"):
        write()


def test_nobody_is_at_work_once_the_work_is_stopped(iraq, tmp_path, monkeypatch):
    done, job = threading.Event(), Job(iraq, range(10**7), 7, "summary")
    with ThreadPoolExecutor(1, initializer=shards.heed, initargs=(done,)) as pool:
        running = pool.submit(run_shard, job.ticket(0, 10**7))
        done.set()
        assert isinstance(running.exception(), CancelledError)
    # The same of whoever leaves a stream, and of files of events.
    monkeypatch.setattr(gathering, "_FIRST_TRIALS", 3)
    before = threading.active_count()
    for _ in dd.stream(iraq, trials=10**7, keep="summary", every=0, seed=7, threads=2):
        break
    assert threading.active_count() == before
    asked = {"trials": range(10**5), "trials_per_file": 10**5 - 5, "threads": 2, "seed": 7}
    with pytest.raises(dd.Interrupted):
        dd.write_events(iraq, tmp_path, progress=after(1, KeyboardInterrupt()), **asked)
    assert threading.active_count() == before
    assert [path.name for path in tmp_path.glob("*trials*")] == [
        "trials-000000099995-000000099999.parquet"
    ]


def test_threads_are_as_many_as_the_cores_that_may_be_used(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 2, 5}, raising=False)
    with here(Settings.of(10)) as ours:
        assert ours.executor._max_workers == 3
