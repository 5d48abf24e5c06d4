"""Jobs on an executor, and what is left of them when they are stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from math import isfinite

from . import merging
from .checkpoint import Saver
from .gathering import Gathering, Merging
from .run import Run
from .settings import Settings
from .shards import SECONDS_PER_TRIAL, Job
from .stopping import Left, leaving

Tell = Callable[[int], object] | None

_NO_LIMIT = 'seconds_per_trial=float("inf")'


def run_job(
    begun: Merging, settings: Settings, tell: Tell, saver: Saver | None = None, how: str = ""
) -> Run:
    """Run what is left of a job; `saver` is handed every shard.

    Raises
    ------
    Interrupted, ExecutorError
        And whatever else stops it: with the run of the trials up to the first that is missing as
        its `partial`, and all that is done as `runs`.
    """
    with leaving(lambda _: _left(begun, how), saver.save if saver else None):
        for _ in _gathering([begun], settings, saver):
            if tell:
                tell(begun.shards.done)
        if saver:
            saver.end()
    return _whole(begun)


def snapshots(begun: Merging, settings: Settings, tell: Tell, every: float) -> Iterator[Run]:
    """The results so far, not more often than every so many seconds; the last are those of all.

    Raises
    ------
    Interrupted, ExecutorError
        As `run_job`.
    """
    last = time.monotonic()
    with leaving(lambda _: _left(begun)):
        for _ in _gathering([begun], settings):
            if tell:
                tell(begun.shards.done)
            due = not begun.whole and time.monotonic() - last >= every
            if due and (run := _first(begun)):
                yield run
                last = time.monotonic()
    yield _whole(begun)


def run_jobs(
    jobs: Iterable[Job], settings: Settings, tell: Tell, unfinished: dict[int, Run]
) -> Iterator[tuple[int, Run]]:
    """Run several jobs side by side: the number of each and its run, as they are done.

    Whatever stops it, what there is by then of jobs that were under way is put into `unfinished`.

    Raises
    ------
    ExecutorError
        If the executor breaks, or loses the same work too often.
    """
    gathering = _gathering(jobs, settings)
    before = 0
    try:
        for step in gathering:
            if step.merging.whole:
                del gathering.begun[step.job]
                before += len(step.merging.job.trials)
                yield step.job, _whole(step.merging)
            if tell:
                tell(before + sum(begun.shards.done for begun in gathering.begun.values()))
    finally:
        first = {number: _first(begun) for number, begun in gathering.begun.items()}
        unfinished.update({number: run for number, run in first.items() if run})


def _gathering(
    jobs: Iterable[Merging | Job], settings: Settings, save: Saver | None = None
) -> Gathering:
    assert settings.executor is not None
    return Gathering(jobs, settings.executor, settings.retries, save)


def _whole(begun: Merging) -> Run:
    [run] = begun.shards.finish()
    return merging.run_from(run, begun.job)


def _first(begun: Merging) -> Run | None:
    """The trials up to the first that is missing."""
    run = begun.shards.run()
    return merging.run_from(run, begun.job) if run.trials else None


def _left(begun: Merging, how: str = "") -> Left:
    """What there is of a job that was stopped, and how to go on with it."""
    missing = [range(first, end) for first, end in begun.shards.missing()]
    partial = _first(begun)
    runs = [merging.run_from(run, begun.job) for run in begun.shards.finish()]
    done = f"{sum(run.trials for run in runs):,} trials"
    how = how or (f"`{_call(begun.job)}`, where `error` is this one, goes on, here or elsewhere")
    return Left(
        done, f"`partial` and `runs` hold the {done} that were run: {how}", partial, runs, missing
    )


def _call(job: Job) -> str:
    """The call that goes on with a job, as whoever has its runs can write it."""
    trials, samples = job.trials, job.samples
    if samples is not None:
        # Samples that were refused are asked for once more, and refused again.
        trials = range(samples.each * len(samples.asked))
    counted = f"{trials.stop:,}".replace(",", "_") if not trials.start else repr(trials)
    asked = [f"trials={counted}", f"seed={job.seed}"]
    if job.keep != "trials":
        asked.append(f'keep="{job.keep}"')
    if samples is not None:
        asked.append("samples=...")
    if job.seconds_per_trial != SECONDS_PER_TRIAL:
        seconds = job.seconds_per_trial
        asked.append(f"seconds_per_trial={seconds}" if isfinite(seconds) else _NO_LIMIT)
    return f"drawdown.simulate(scenario, {', '.join(asked)}, done=error.runs)"
