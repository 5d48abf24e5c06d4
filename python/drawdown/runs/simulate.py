"""Running a scenario many times."""

import math
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from .. import _core
from .._internal import renamed
from .._internal.checks import whole
from .._internal.progress import Progress, telling
from ..errors import Interrupted, PolicyError
from ..scenario.scenario import Nested, Scenario
from .backend import Keep
from .checkpoint import Checkpoint
from .policy import Decider, Policy, Wish
from .run import Run
from .samples import InputSample, drawn
from .settings import Settings
from .situations import Situation

# The most that a trial may be expected to take.
_SECONDS_PER_TRIAL = 600.0

Given = Scenario | Nested | str | os.PathLike[str]
# A policy, or a function of one trial that decides as one.
Decides = Policy | Callable[[Situation], Wish]


@renamed.keyword("draws", "samples")
def simulate(
    scenario: Given,
    *,
    trials: int = 10_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
    keep: Keep = "trials",
    samples: int | pd.DataFrame | None = None,
    out: str | os.PathLike[str] | None = None,
    seconds_per_trial: float = _SECONDS_PER_TRIAL,
    policy: Decides | None = None,
) -> Run:
    """Simulate a scenario many times.

    The same scenario, seed and version give the same results, bit for bit, on any number of
    threads, and the first trials do not change when more are asked for.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        What to simulate; a text is the path of a file or the name of a shipped scenario.
    trials : int
        How many trials (histories) to simulate. The standard error of a chance is at most ``0.5 /
        sqrt(trials)``.
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
    settings = Settings.of(trials, seed, threads, progress, samples)
    if not seconds_per_trial > 0:
        raise ValueError(f"`seconds_per_trial` must be above 0, not {seconds_per_trial}")
    if out is None:
        return run_one(scenario, settings, keep, seconds_per_trial, policy)
    if policy is not None:
        raise ValueError(
            "a policy is code of this program, which no file can hold: a run with one cannot be "
            "saved and resumed; leave `out` out"
        )
    trials, table = _shared_out(scenario, settings)
    checkpoint = Checkpoint.begin(Path(out), scenario, trials, settings.seed, keep, table)
    return _go_on(checkpoint, settings.threads, progress, seconds_per_trial)


def run_one(
    scenario: Scenario,
    settings: Settings,
    keep: Keep = "trials",
    seconds_per_trial: float = _SECONDS_PER_TRIAL,
    policy: Decides | None = None,
) -> Run:
    """What `simulate` does, with settings that are checked."""
    trials, table = _shared_out(scenario, settings)
    ready = (scenario if table is None else table.applied(scenario))._compiled
    decider = None if policy is None else Decider(policy, scenario)
    if decider:
        ready = decider.applied(ready)
    run = partial(_core.simulate, ready, trials, settings.seed, settings.threads)
    core = partial(run, keep=keep, seconds_per_trial=seconds_per_trial)
    try:
        return _run(scenario, trials, settings.progress, lambda tell: core(progress=tell), table)
    except PolicyError as error:
        raise error from (decider.raised if decider else None)


def _shared_out(scenario: Scenario, settings: Settings) -> tuple[int, InputSample | None]:
    """How many trials are run, and the parameter samples that share them."""
    if settings.samples is None:
        return settings.trials, None
    table = drawn(scenario, settings.samples, settings.trials, settings.seed)
    return table.each * len(table.values), table


def resume(
    folder: str | os.PathLike[str], *, threads: int | None = None, progress: Progress = None
) -> Run:
    """Resume a run that `simulate` saved in a folder, up to the number of trials asked for.

    It gives the same results, bit for bit, as if it had never been interrupted. Of a run that was
    finished the parts are read, and nothing is simulated.

    Parameters
    ----------
    folder : str or path
        What was given to `simulate` as `out`.
    threads, progress
        How many threads to use, and the progress bar or function, as `simulate` takes them.

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
    threads = 0 if threads is None else whole("threads", threads, 1, 4096)
    return _go_on(Checkpoint.open(Path(folder)), threads, progress, math.inf)


def _go_on(checkpoint: Checkpoint, threads: int, progress: Progress, seconds: float) -> Run:
    run = partial(checkpoint.run, threads, seconds)
    return _run(checkpoint.scenario, checkpoint.trials, progress, run, checkpoint.samples)


def _run(
    scenario: Scenario,
    trials: int,
    progress: Progress,
    core: Callable[[Callable[[int], object] | None], _core.Run],
    samples: InputSample | None = None,
) -> Run:
    """What `core` runs; whatever stops it leaves with a `partial` that is a `Run`."""
    try:
        with telling(progress, trials) as tell:
            return Run(core(tell), scenario, samples=samples)
    except BaseException as stop:
        done = getattr(stop, "partial", None)
        if isinstance(done, _core.Run):
            stop.partial = Run(done, scenario, samples=samples)  # type: ignore[attr-defined]
            if not isinstance(stop, Interrupted):
                stop.add_note(f"`partial` holds the {done.trials:,} trials that were run")
        raise


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
