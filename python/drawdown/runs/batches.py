"""Several scenarios, one after the other, under one seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .._internal.progress import telling
from ..scenario.scenario import Scenario
from .executing import run_jobs
from .reduced import Variance, check_reduced, checked
from .run import Run
from .settings import Settings
from .simulate import Decides, job_of, run_one
from .stopping import Left, leaving


def run_all(
    scenarios: Mapping[str, Scenario],
    settings: Settings,
    policies: Mapping[str, Decides] | None = None,
    as_partial: Callable[[dict[str, Run]], Any] = dict,
    variance: Variance = "plain",
) -> dict[str, Run]:
    """Simulate every scenario under the same seed; one progress counts all trials.

    `policies` decide in those of their names.

    Raises
    ------
    Interrupted, ExecutorError
        And whatever else stops it. Its `partial` is what `as_partial` makes of the runs there are
        by then, by name in their order: whole ones, and those that were under way.
    ValueError
        If trials are asked for with less variance that cannot be run so.
    """
    if checked(variance) == "reduced":
        others = {"samples": settings.samples, "executor": settings.executor}
        check_reduced(settings.trials, "trials", others)
    if settings.executor is not None:
        if policies:
            raise ValueError(
                "policies are code of this program, and their trials are asked here together: they "
                "cannot be run elsewhere; leave `executor` out"
            )
        return _side_by_side(scenarios, settings, as_partial)
    runs: dict[str, Run] = {}

    def left(name: str, stop: BaseException) -> Left:
        done, where = f"{len(runs)} of {len(scenarios)} runs", f"in `{name}`"
        if runs:
            where += f", after {done}, which `partial` has too"
        there, unfinished = dict(runs), getattr(stop, "partial", None)
        if isinstance(unfinished, Run) and unfinished.trials:
            there[name] = unfinished
            done += f" and {unfinished.trials:,} trials of `{name}`"
        return Left(done, where, as_partial(there))

    with settings.sharing(settings.trials * len(scenarios)) as after:
        for name, scenario in scenarios.items():
            with leaving(partial(left, name)):
                shared = after(settings.trials * len(runs))
                runs[name] = run_one(
                    scenario, shared, policy=(policies or {}).get(name), variance=variance
                )
    return runs


def _side_by_side(
    scenarios: Mapping[str, Scenario],
    settings: Settings,
    as_partial: Callable[[dict[str, Run]], Any],
) -> dict[str, Run]:
    """The same on an executor, which has shards of several scenarios at a time."""
    names, runs, unfinished = list(scenarios), dict[int, Run](), dict[int, Run]()
    jobs = (job_of(scenario, settings) for scenario in scenarios.values())

    def left(_: BaseException) -> Left:
        there = dict(sorted((runs | unfinished).items()))
        done = f"{len(runs)} of {len(names)} runs"
        if unfinished:
            done += f", and some trials of {len(unfinished)} more"
        named = {names[k]: run for k, run in there.items()}
        return Left(done, f"`partial` has {done}", as_partial(named), list(there.values()))

    with leaving(left), telling(settings.progress, settings.trials * len(names)) as tell:
        for number, run in run_jobs(jobs, settings, tell, unfinished):
            runs[number] = run
    return {name: runs[k] for k, name in enumerate(names)}
