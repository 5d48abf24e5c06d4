"""Several scenarios, one after the other, under one seed."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Interrupted
from ..scenario.scenario import Scenario
from .run import Run
from .settings import Settings
from .simulate import Decides, run_one


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
    runs: dict[str, Run] = {}
    try:
        with settings.sharing(settings.trials * len(scenarios)) as after:
            for name, scenario in scenarios.items():
                shared = after(settings.trials * len(runs))
                runs[name] = run_one(scenario, shared, policy=(policies or {}).get(name))
    except KeyboardInterrupt as stop:
        raise _stopped(stop, runs, list(scenarios)) from stop
    return runs


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
