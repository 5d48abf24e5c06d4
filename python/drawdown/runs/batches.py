"""Several scenarios, one after the other, under one seed."""

from __future__ import annotations

from collections.abc import Mapping

from .._internal.progress import telling
from ..errors import ExecutorError, Interrupted
from ..scenario.scenario import Scenario
from .executing import run_jobs
from .run import Run
from .settings import Settings
from .simulate import Decides, job_of, run_one


def run_all(
    scenarios: Mapping[str, Scenario],
    settings: Settings,
    policies: Mapping[str, Decides] | None = None,
) -> dict[str, Run]:
    """Simulate every scenario under the same seed; one progress counts all trials.

    `policies` decide in those of their names.

    Raises
    ------
    Interrupted
        Its `partial` maps names to the runs that there are by then: whole ones, and one that was
        stopped.
    """
    if settings.executor is not None:
        if policies:
            raise ValueError(
                "policies are code of this program, and their trials are asked here together: they "
                "cannot be run elsewhere; leave `executor` out"
            )
        return _side_by_side(scenarios, settings)
    runs: dict[str, Run] = {}
    try:
        with settings.sharing(settings.trials * len(scenarios)) as after:
            for name, scenario in scenarios.items():
                shared = after(settings.trials * len(runs))
                runs[name] = run_one(scenario, shared, policy=(policies or {}).get(name))
    except KeyboardInterrupt as stop:
        raise _stopped(stop, runs, list(scenarios)) from stop
    return runs


def _side_by_side(scenarios: Mapping[str, Scenario], settings: Settings) -> dict[str, Run]:
    """The same on an executor, which has shards of several scenarios at a time."""
    names, runs, unfinished = list(scenarios), dict[int, Run](), dict[int, Run]()
    jobs = (job_of(scenario, settings) for scenario in scenarios.values())
    try:
        with telling(settings.progress, settings.trials * len(names)) as tell:
            runs.update(run_jobs(jobs, settings, tell, unfinished))
    except (KeyboardInterrupt, ExecutorError) as stop:
        there = runs | unfinished
        # Up to the first of which there is nothing: they are known by their places.
        first = next((k for k in range(len(names)) if k not in there), len(names))
        partial = {names[k]: there[k] for k in range(first)}
        what = f"{len(runs)} of {len(names)} runs are done, others in part: see `partial`"
        if isinstance(stop, ExecutorError):
            raise ExecutorError(f"{stop}; {what}", partial, list(there.values())) from stop
        interrupted = Interrupted(f"stopped: {what}")
        interrupted.partial = partial
        raise interrupted from stop
    return {name: runs[k] for k, name in enumerate(names)}


def _stopped(stop: KeyboardInterrupt, runs: dict[str, Run], names: list[str]) -> Interrupted:
    message = f"stopped after {len(runs)} of {len(names)} runs"
    unfinished = getattr(stop, "partial", None)
    if unfinished is not None:
        name = names[len(runs)]
        message += f" and {unfinished.trials:,} trials of `{name}`"
        runs = runs | {name: unfinished}
    interrupted = Interrupted(message)
    interrupted.partial = runs
    return interrupted
