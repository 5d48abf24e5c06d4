"""Runs of shards, wherever they were run, as one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .. import _core
from .._internal.checks import several, shown
from ..scenario.scenario import Scenario
from .run import Run
from .shards import Job
from .snapshot import Snapshot


def merge(runs: Iterable[Run]) -> Run:
    """Join shards of one run, in any order: the same bits as if it had never been divided.

    Parameters
    ----------
    runs : iterable of Run
        The shards: what `simulate` gives for ``trials=range(first, end)``, here or on another
        machine, read again by `load` or `pickle` as well.

    Returns
    -------
    Run
        The run of all their trials.

    Raises
    ------
    TypeError
        If something given is not a run.
    ValueError
        With all that is wrong: nothing to merge; shards of several scenarios, seeds, versions or
        ways of keeping, or with other values for the ranges; trials that are missing between them,
        or there twice; runs whose weekly histograms were not saved with them.

    Examples
    --------
    >>> import drawdown as dd
    >>> shard = lambda trials: dd.simulate("minimal", trials=trials, seed=7)
    >>> run = dd.merge([shard(range(60, 100)), shard(range(60))])
    >>> run.trials
    100
    """
    given = several("runs", runs, "[first, second]")
    for run in given:
        if not isinstance(run, Run):
            raise TypeError(f"`merge` takes runs, not {shown(run)}")
    merged = _core.merge([core_of(run) for run in given])
    first = min(given, key=lambda run: run.trial_numbers.start)
    return Run(merged, first.scenario, samples=first.samples)


def core_of(run: Run) -> _core.Run:
    """The core's results of a run, made again if they were saved.

    Raises
    ------
    ValueError
        If they cannot be.
    """
    results = run._results
    if isinstance(results, _core.Run):
        return results
    if isinstance(results, Snapshot):
        results.check_batch()
    if not isinstance(results, Snapshot) or results.part is None:
        raise ValueError(
            f"{run!r} was saved by another version, or without what merging needs: simulate it "
            f"once more"
        )
    rows = None
    if run.keep == "trials":
        values = [results.values(name, by) for name, by, _, _ in results.measures]
        values += [results.besides()] if "variance" in results.origin() else []
        rows = np.ascontiguousarray(np.concatenate(values, axis=1))
    asked = results.origin()["trials_asked"]
    return _core.run_of(run._ready._compiled, results.part, asked, rows)


def to_bytes(run: Run) -> bytes:
    """What `Run.to_bytes` describes."""
    if run.samples is not None:
        raise ValueError(
            "trials of this run share parameter samples, which the form of Rust programs has no "
            "place for: `save` keeps them"
        )
    return core_of(run).to_bytes()


def run_from(run: _core.Run, job: Job) -> Run:
    """A run of the core as whoever asked for the job has it."""
    return Run(run, job.scenario, samples=job.samples)


def scenario_from(run: _core.Run) -> Scenario:
    """The scenario of a run of the core."""
    return Scenario.from_toml(run.scenario_toml())
