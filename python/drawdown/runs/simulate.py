"""Running a scenario many times."""

import math
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from .. import _core
from .._internal import renamed
from .._internal.checks import several, shown, whole
from .._internal.progress import Progress, telling
from ..errors import PolicyError
from ..scenario.scenario import Nested, Scenario
from .backend import Keep
from .checkpoint import Checkpoint
from .executing import run_job, snapshots
from .gathering import Merging
from .merging import core_of, run_from
from .policy import Decider, Policy, Wish
from .reduced import Variance, check_reduced, checked, levels_of
from .run import Run
from .samples import InputSample, drawn
from .settings import Settings
from .shards import SECONDS_PER_TRIAL, Job, heed
from .situations import Situation
from .stopping import Left, leaving
from .work import RETRIES, Executor

Given = Scenario | Nested | str | os.PathLike[str]
# A policy, or a function of one trial that decides as one.
Decides = Policy | Callable[[Situation], Wish]


@renamed.keyword("draws", "samples")
def simulate(
    scenario: Given,
    *,
    trials: int | range = 10_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
    keep: Keep = "trials",
    samples: int | pd.DataFrame | None = None,
    out: str | os.PathLike[str] | None = None,
    seconds_per_trial: float = SECONDS_PER_TRIAL,
    executor: Executor | None = None,
    retries: int = RETRIES,
    done: Iterable[Run] = (),
    policy: Decides | None = None,
    variance: Variance = "plain",
    levels: Iterable[int] | None = None,
) -> Run:
    """Simulate a scenario many times.

    The same scenario, seed and version give the same results, bit for bit, on any number of
    threads, and the first trials do not change when more are asked for.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        What to simulate; a text is the path of a file or the name of a shipped scenario.
    trials : int or range
        How many trials (histories) to simulate. The standard error of a chance is at most ``0.5 /
        sqrt(trials)``. A range, such as ``range(2_000, 3_000)``, is a shard: those trials of a
        larger run, which `merge` puts together.
    seed : int, optional
        The seed of all chance in the run, from 0 to 2**64 - 1; left out, one is drawn and kept with
        the results.
    threads : int, optional
        How many threads to use; left out, one for each core.
    progress : bool or callable, optional
        Whether to show a progress bar, or a function to tell. A bar appears when the run takes
        longer than half a second, unless this is False; where it could not be drawn, as in a log, a
        line is written to standard error every ten seconds. A function is called about ten times a
        second instead, with the number of trials done.
    keep : {"trials", "summary"}
        What to keep in memory: the values of every trial, or exact sums and histograms, which do
        not grow with the number of trials, for 10**6 trials or more. From a summary come
        `Run.summary`, `Run.finish_dates`, `Run.distribution`, `Run.exceedance`, `Run.tail`,
        `Run.weekly`, `Run.trial` (simulated once more) and figures, but not `Run.values`,
        `Run.inputs`, `Run.dataset` and the figure `Plots.joint`.

        Means, standard errors, shares of trials, weekly bands, quantiles of counts below 65,536,
        dates and the chances of meeting them are the same as with every trial, to the last bit.
        Other quantiles and values are rounded down: days by less than 1/16 day, larger counts by
        less than 1/32,768 of their size, person-days and costs by less than 1/4,096 of it,
        or 1, shares by less than 1/4,096.
    samples : int or DataFrame, optional
        The number of parameter samples, or a table of them: the trials are shared equally among the
        samples, each with random streams of its own. A table has a row for each sample and a column
        for each range, by dotted path (`drawdown.sample_inputs` makes one; ranges that it leaves
        out are drawn at random). Samples under which attacks would never end are refused and not
        run; `Run.samples` says which. Left out, every trial has its own sample.
    out : str or path, optional
        A folder, which is made if need be, to save what has been run in, every ten seconds or so:
        after a crash, `resume` goes on from there, and of a finished run it reads the results. A
        run that was over before it was first saved leaves nothing, and the next takes its place
        and says so.
        It is saved in a folder ``checkpoint`` in it, in which nothing is touched but such parts.
        Left out, nothing is saved.
    seconds_per_trial : float
        The most seconds that a trial may be expected to take. They are reckoned from what is
        expected to happen in it (attacks, projectiles, people harmed, looks of rules), on a
        machine that does 10**8 simple things a second, and are the same on every machine. Trials
        of more than 5 such seconds are among the `Scenario.warnings`.
    policy : Policy or callable, optional
        A policy of your own, which decides beside the rules of the plan: an object of a class on
        top of `Policy`, or a function of the situation in one trial that returns what
        `Policy.decide` does. Trials stop at its questions and are asked together. The origin of the
        results names it. No file can hold it: `out` is refused, and a saved run replays no trials.
    variance : {"plain", "reduced"}
        Whether independent trials are run, or such as tell means with less error for the same
        work: their ranges are spread evenly, in 16 independent replicates, casualties are means of
        what was to be expected of each attack, and what the course of the tension brings beyond its
        mean is taken out. `Run.summary` and `chance_met_se` of `Run.finish_dates` make use of it;
        other intervals are those of independent trials. Single trials have the law that they have
        without, and are others. Every trial is kept; samples, folders and executors are refused.
        See ``docs/variance.md``.
    levels : iterable of int, optional
        With ``variance="reduced"``: numbers of casualties of which `Run.exceedance` of kind
        ``"occurrence"`` shall tell well how surely one attack reaches them, though it be in one
        trial of 10**6.
    executor : executor, optional
        Who runs the trials in place of threads here: anything with `submit` as in
        ``concurrent.futures``, such as ``dask.distributed.Client(...).get_executor()``, a
        ``ProcessPoolExecutor`` (of processes that are spawned) or a ``ThreadPoolExecutor``. Trials
        are handed out in shards of about a second, on one thread each, and merged as they come; the
        results are the same to the last bit. How long the whole will take is logged
        (``logging.getLogger("drawdown")``) once the first shard is back. See
        ``docs/guides/beyond-one-machine.md``.
    retries : int
        How often the executor is asked again for the same work, when a worker was lost with it.
    done : iterable of Run
        Trials of this very run that are there already, such as the `runs` of an `ExecutorError`;
        they are not run again.

    Returns
    -------
    Run
        The results.

    Warns
    -----
    UserWarning
        If this run takes the place of one that `out` was given for before.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    Interrupted
        On Ctrl-C, within a fraction of a second, in the middle of a trial if need be; its
        `partial` is the `Run` of the trials that were done. An exception that a progress function
        raises has such a `partial` too.
    ExecutorError
        If the executor breaks, as a pool of processes does for good when one dies, or loses the
        same work more than `retries` times. Its `partial` is as that of `Interrupted`, its `runs`
        are all trials that are done, and the message says how to go on.
    OSError
        If `out` cannot be written to. What was saved before is whole, and `partial` holds the rest.
    TypeError
        If `trials`, `seed` or `threads` is not a whole number: ``1e4`` is a float, ``10_000`` is
        not.
    ValueError
        If a number is out of range, a text is a scenario and not its path, there are more results
        than a run can hold (see `keep`), a trial is expected to take longer than
        `seconds_per_trial`, the trials cannot be shared among the samples, or `out` holds the parts
        of a run, finished or not, or a ``checkpoint`` that is none: the message says which, and
        how to go on.
    MemoryError
        If the results would not fit in the memory that is free: the message says how many would.
    PolicyError
        If the policy raises an exception, which is its cause, or wants what cannot be done: it says
        in which trial and on which day, and has a `partial` too.
    RuntimeError
        If a trial breaks off through a fault of this library; the message says what to report.
    """
    scenario = scenario_of(scenario)
    numbers = numbers_of(trials)
    settings = Settings.of(len(numbers), seed, threads, progress, samples, executor, retries)
    there = several("done", done, "error.runs")
    known = levels_of(levels)
    if checked(variance) == "reduced":
        what = {"samples": samples, "out": out, "executor": executor, "done": there or None}
        check_reduced(len(numbers), keep, what)
    elif known:
        raise ValueError(
            "plain runs tell of every level by the trials that reach it: leave `levels` out, or "
            'ask for `variance="reduced"`'
        )
    if not seconds_per_trial > 0:
        raise ValueError(f"`seconds_per_trial` must be above 0, not {seconds_per_trial}")
    if policy is not None:
        _refuse_policy(settings, out, there)
    if out is not None:
        if numbers.start or there:
            raise ValueError(
                "`out` keeps a whole run: leave it out for a shard, and save what that gives; "
                "what is `done` in a folder `drawdown.resume` takes up by itself"
            )
        trials, table = _shared_out(scenario, settings)
        checkpoint = Checkpoint.begin(Path(out), scenario, trials, settings.seed, keep, table)
        return _go_on(checkpoint, settings, progress, seconds_per_trial)
    if numbers.start and samples is not None:
        raise ValueError(
            "`samples` are shared out among all trials: give their number, and not a range of them"
        )
    job = job_of(scenario, settings, keep, seconds_per_trial, numbers.start, variance, known)
    if there:
        return _completed(job, settings, there)
    return run_alone(job, settings, policy)


def _refuse_policy(settings: Settings, out: object, there: list[Run]) -> None:
    """Say what a policy, which is code of this program, cannot be carried along by."""
    if out is not None:
        raise ValueError(
            "a policy is code of this program, which no file can hold: a run with one cannot be "
            "saved and resumed; leave `out` out"
        )
    if settings.executor is not None or there:
        what = "`executor`" if settings.executor is not None else "`done`"
        raise ValueError(
            "a policy is code of this program, and its trials are asked here together: they cannot "
            f"be run elsewhere and merged; leave {what} out"
        )


def numbers_of(trials: int | range) -> range:
    """The numbers of the trials that are asked for."""
    if not isinstance(trials, range):
        return range(whole("trials", trials, 1, 2**63 - 1))
    if trials.step != 1 or trials.start < 0 or not trials:
        raise ValueError(
            f"`trials` are one or more in a row, such as range(2_000, 3_000), not {trials}"
        )
    return trials


def run_one(
    scenario: Scenario,
    settings: Settings,
    keep: Keep = "trials",
    seconds_per_trial: float = SECONDS_PER_TRIAL,
    policy: Decides | None = None,
    variance: Variance = "plain",
    levels: tuple[int, ...] = (),
) -> Run:
    """What `simulate` does, with settings that are checked."""
    job = job_of(scenario, settings, keep, seconds_per_trial, variance=variance, levels=levels)
    return run_alone(job, settings, policy)


def job_of(
    scenario: Scenario,
    settings: Settings,
    keep: Keep = "trials",
    seconds_per_trial: float = SECONDS_PER_TRIAL,
    first: int = 0,
    variance: Variance = "plain",
    levels: tuple[int, ...] = (),
) -> Job:
    """What is to be simulated of a scenario under some settings."""
    trials, table = _shared_out(scenario, settings)
    numbers = range(first, first + trials)
    about = (settings.seed, keep, table, seconds_per_trial, variance, levels)
    return Job(scenario, numbers, *about)


def run_alone(job: Job, settings: Settings, policy: Decides | None = None) -> Run:
    """Run a job by itself, here or on the executor of the settings."""
    if settings.executor is not None:
        begun = Merging(job)
        with telling(settings.progress, len(job.trials)) as tell:
            return run_job(begun, settings, tell)
    decider = None if policy is None else Decider(policy, job.scenario)
    ready = job.ready._compiled
    ready = decider.applied(ready) if decider else ready
    given = (ready, len(job.trials), job.seed, settings.threads)
    seconds, first = job.seconds_per_trial, job.trials.start
    core = partial(_core.simulate, *given, seconds_per_trial=seconds, first=first, keep=job.keep)
    try:
        return _run(job, settings.progress, lambda tell: core(progress=tell))
    except PolicyError as error:
        raise error from (decider.raised if decider else None)


def _completed(job: Job, settings: Settings, there: Iterable[Run]) -> Run:
    """Run what is missing of a job of which some is done."""
    begun = Merging(job)
    for run in there:
        if not isinstance(run, Run):
            raise TypeError(f"`done` holds runs, such as `error.runs`, not {shown(run)}")
        begun.shards.add(core_of(run).part())
    with here(settings) as ours, telling(settings.progress, len(job.trials)) as tell:
        return run_job(begun, ours, tell)


def _shared_out(scenario: Scenario, settings: Settings) -> tuple[int, InputSample | None]:
    """How many trials are run, and the parameter samples that share them."""
    if settings.samples is None:
        return settings.trials, None
    table = drawn(scenario, settings.samples, settings.trials, settings.seed)
    return table.each * len(table.values), table


def stream(
    scenario: Given,
    *,
    trials: int = 10_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = False,
    keep: Keep = "trials",
    samples: int | pd.DataFrame | None = None,
    every: float = 1.0,
    executor: Executor | None = None,
    retries: int = RETRIES,
) -> Iterator[Run]:
    """Simulate a scenario, and look at the results while they come.

    Parameters
    ----------
    scenario, trials, seed, threads, progress, keep, samples, executor, retries
        What is simulated and how, as for `simulate`; no progress bar unless one is asked for.
    every : float
        Seconds from one look to the next, at least.

    Yields
    ------
    Run
        The results of the first so many trials, more each time. The last is what `simulate` gives,
        to the last bit; whoever has seen enough may leave before.

    Raises
    ------
    Interrupted, ExecutorError
        As `simulate` does.

    Examples
    --------
    >>> import drawdown as dd
    >>> for run in dd.stream("minimal", trials=2_000, seed=7):
    ...     chance = (run.values("attacks") > 3).mean()
    >>> run.trials
    2000
    """
    scenario = scenario_of(scenario)
    given = whole("trials", trials, 1, 2**63 - 1)
    settings = Settings.of(given, seed, threads, progress, samples, executor, retries)
    if not every >= 0:
        raise ValueError(f"`every` must be at least 0 seconds, not {every}")
    begun = Merging(job_of(scenario, settings, keep))
    return _streamed(begun, settings, every)


def _streamed(begun: Merging, settings: Settings, every: float) -> Iterator[Run]:
    count = len(begun.job.trials)
    with here(settings) as ours, telling(settings.progress, count) as tell:
        yield from snapshots(begun, ours, tell, every)


def resume(
    folder: str | os.PathLike[str],
    *,
    threads: int | None = None,
    progress: Progress = None,
    executor: Executor | None = None,
    retries: int = RETRIES,
) -> Run:
    """Resume a run that `simulate` saved in a folder, up to the number of trials asked for.

    It gives the same results, bit for bit, as if it had never been interrupted. Of a run that was
    finished the parts are read, and nothing is simulated.

    Parameters
    ----------
    folder : str or path
        What was given to `simulate` as `out`.
    threads, progress, executor, retries
        Who goes on with it, and who is told, as `simulate` takes them: not who began it, if need
        be.

    Returns
    -------
    Run
        The results of all trials.

    Raises
    ------
    FileNotFoundError
        If there is no unfinished run in the folder.
    ValueError
        If it was begun by another version, or a file is damaged; the message, or a note on it,
        says which.
    Interrupted, OSError, RuntimeError
        As `simulate` does.
    """
    checkpoint = Checkpoint.open(Path(folder))
    about = (checkpoint.trials, checkpoint.seed, threads, progress, None, executor, retries)
    return _go_on(checkpoint, Settings.of(*about), progress, math.inf)


def _go_on(checkpoint: Checkpoint, settings: Settings, progress: Progress, seconds: float) -> Run:
    job = checkpoint.job(seconds)
    if settings.executor is None and not checkpoint.has_gaps():
        return _run(job, progress, partial(checkpoint.run, settings.threads, seconds))
    with checkpoint.gathered(job) as (begun, saver), here(settings) as ours:
        how = (
            f"`drawdown.resume({os.fspath(checkpoint.out)!r}, executor=...)` goes on with what is "
            f"saved there, on any machine that reaches it"
        )
        with telling(progress, len(job.trials)) as tell:
            return run_job(begun, ours, tell, saver, how)


@contextmanager
def here(settings: Settings) -> Iterator[Settings]:
    """Lend settings with an executor: threads of this process, where there is none."""
    if settings.executor is not None:
        yield settings
        return
    stop = threading.Event()
    threads = ThreadPoolExecutor(settings.threads or _cores(), initializer=heed, initargs=(stop,))
    try:
        yield replace(settings, executor=threads)
    finally:
        # Nobody is at work any more when whoever asked hears of it.
        stop.set()
        threads.shutdown(cancel_futures=True)


def _cores() -> int | None:
    """How many cores this process may use, as far as the system says."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def _run(
    job: Job,
    progress: Progress,
    core: Callable[[Callable[[int], object] | None], _core.Run],
) -> Run:
    """What `core` runs; whatever stops it leaves with a `partial` that is a `Run`."""

    def left(stop: BaseException) -> Left | None:
        found = getattr(stop, "partial", None)
        if not isinstance(found, _core.Run):  # it had not begun
            return None
        done = f"{found.trials:,} trials"
        return Left(done, f"`partial` holds the {done} that were run", run_from(found, job))

    with leaving(left), telling(progress, len(job.trials)) as tell:
        return run_from(core(tell), job)


def scenario_of(given: Given) -> Scenario:
    """The scenario that is meant, in whatever way it was given."""
    if isinstance(given, Scenario):
        return given
    if isinstance(given, Mapping):
        return Scenario.from_dict(given)
    if not isinstance(given, (str, os.PathLike)):
        hint = "; that of a run is `run.scenario`" if isinstance(given, Run) else ""
        raise TypeError(
            f"a scenario is a Scenario, a mapping, the path of a file or the name of a shipped "
            f"one, not {type(given).__name__}{hint}"
        )
    return Scenario.read(given)
