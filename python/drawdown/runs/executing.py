"""Jobs on an executor, and what is left of them when they are stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..errors import ExecutorError, Interrupted
from . import merging
from .gathering import Gathering, Merging
from .run import Run
from .settings import Settings
from .shards import Job

Tell = Callable[[int], object] | None
Save = Callable[[bytes], object]


def run_job(
    begun: Merging, settings: Settings, tell: Tell, save: Save | None = None, how: str = ""
) -> Run:
    """Run what is left of a job; `save` is handed every shard.

    Raises
    ------
    Interrupted, ExecutorError
        And whatever else stops it: with the run of the trials up to the first that is missing as
        its `partial`, and all that is done as `runs`.
    """
    try:
        for step in _gathering([begun], settings):
            if save:
                save(step.part)
            if tell:
                tell(begun.shards.done)
    except BaseException as stop:
        ended = stopped(stop, begun, how)
        if ended is stop:
            raise
        raise ended from stop
    return _whole(begun)


def snapshots(begun: Merging, settings: Settings, tell: Tell, every: float) -> Iterator[Run]:
    """The results so far, not more often than every so many seconds; the last are those of all.

    Raises
    ------
    Interrupted, ExecutorError
        As `run_job`.
    """
    last = time.monotonic()
    try:
        for _ in _gathering([begun], settings):
            if tell:
                tell(begun.shards.done)
            if not begun.whole and time.monotonic() - last >= every:
                run = begun.shards.run()
                if run.trials:
                    yield merging.run_from(run, begun.job)
                    last = time.monotonic()
    except GeneratorExit:
        raise
    except BaseException as stop:
        ended = stopped(stop, begun, "")
        if ended is stop:
            raise
        raise ended from stop
    yield _whole(begun)


def run_jobs(
    jobs: Iterable[Job], settings: Settings, tell: Tell, unfinished: dict[int, Run]
) -> Iterator[tuple[int, Run]]:
    """Run several jobs side by side: the number of each and its run, as they are done.

    Raises
    ------
    Interrupted, ExecutorError
        And whatever else stops it. What there is by then of jobs that were under way is put into
        `unfinished`.
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
    except GeneratorExit:
        raise
    except BaseException as stop:
        for number, begun in gathering.begun.items():
            run = begun.shards.run()
            if run.trials:
                unfinished[number] = merging.run_from(run, begun.job)
        if isinstance(stop, KeyboardInterrupt) and not isinstance(stop, Interrupted):
            raise Interrupted("stopped") from stop
        raise


def _gathering(jobs: Iterable[Merging | Job], settings: Settings) -> Gathering:
    assert settings.executor is not None
    return Gathering(jobs, settings.executor, settings.retries)


def _whole(begun: Merging) -> Run:
    [run] = begun.shards.finish()
    return merging.run_from(run, begun.job)


def stopped(stop: BaseException, begun: Merging, how: str) -> BaseException:
    """What is raised of a job that was stopped, with all that is done."""
    missing = [range(first, end) for first, end in begun.shards.missing()]
    first = begun.shards.run()
    partial = merging.run_from(first, begun.job) if first.trials else None
    runs = [merging.run_from(run, begun.job) for run in begun.shards.finish()]
    if not how:
        trials, samples = begun.job.trials, ", samples=..." if begun.job.samples else ""
        asked = f"{trials.stop:,}".replace(",", "_") if not trials.start else repr(trials)
        how = (
            f"`drawdown.simulate(scenario, trials={asked}, seed={begun.job.seed}{samples}, "
            f"done=error.runs)`, where `error` is this one, goes on, here or elsewhere"
        )
    done = sum(run.trials for run in runs)
    if isinstance(stop, ExecutorError):
        lines = f"{stop}; `partial` and `runs` hold the {done:,} trials that were run: {how}"
        return ExecutorError(lines, partial, runs, missing)
    if isinstance(stop, KeyboardInterrupt) and not isinstance(stop, Interrupted):
        stop = Interrupted(f"stopped after {done:,} trials")
    elif not isinstance(stop, Interrupted):
        stop.add_note(f"`partial` and `runs` hold the {done:,} trials that were run; {how}")
    about: Mapping[str, object] = {"partial": partial, "runs": runs, "missing": missing}
    for name, value in about.items():
        setattr(stop, name, value)
    return stop
