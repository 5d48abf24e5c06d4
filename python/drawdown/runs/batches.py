"""Several scenarios, one after the other, under one seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .._internal.progress import Progress, telling
from ..errors import Interrupted
from ..scenario.scenario import Scenario
from .run import Run
from .simulate import simulate


def simulate_all(
    scenarios: Mapping[str, Scenario],
    *,
    trials: int,
    seed: int | None,
    threads: int | None,
    progress: Progress,
    draws: int | pd.DataFrame | None = None,
) -> dict[str, Run]:
    """Simulates every scenario with the same seed; one progress bar counts all trials.

    Raises
    ------
    Interrupted
        Its `partial` maps names to the runs that there are by then: whole ones, and one that was
        stopped.
    """
    runs: dict[str, Run] = {}
    try:
        with telling(progress, trials * len(scenarios)) as tell:
            for name, scenario in scenarios.items():
                from_here = _from(tell, trials * len(runs))
                given: Any = {"trials": trials, "seed": seed, "threads": threads}
                given["draws"] = draws
                runs[name] = simulate(scenario, **given, progress=from_here)
                seed = runs[name].seed
    except KeyboardInterrupt as stop:
        raise _stopped(stop, runs, list(scenarios)) from stop
    return runs


def _from(tell: Any, before: int) -> Progress:
    """Tells of trials beyond those `before`."""
    return False if tell is None else lambda done: tell(before + done)


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
