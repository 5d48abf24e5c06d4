"""Which phases and gates a late finish waited for, from the dates in a run."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..runs.base import by_id
from ..runs.run import Run

Step = tuple[str, str]
# Two dates are the same instant if they are closer than this, in days.
_SAME = 1e-6


def on_path(run: Run) -> dict[Step, NDArray[np.bool_]]:
    """For each phase and gate, the trials in which it is on the longest path to the last finish.

    The path ends with the phase that is done last, and goes back to what that waited for: from a
    phase that was done the moment its last lift might go to what it waited for with that, from one
    that began the moment it might to what it waited for to begin, from a gate to what was done last
    of what it comes after. It is on the path too if only its start is. Where two let a phase go at
    the same moment both are on it. Trials that do not finish have no path.
    """
    plan: Any = run.scenario.to_dict()["plan"]
    done = {("phase", p): c for p, c in by_id(run, "finish_days", "phase").items()}
    opened = {("gate", g): c for g, c in by_id(run, "open_days", "gate").items()}
    starts = {("phase", p): c for p, c in by_id(run, "start_days", "phase").items()}
    ends = done | opened
    finish = run.values("finish_days")
    # Whether the end and the start of each are on the path.
    late = {step: np.zeros(run.trials, bool) for step in ends}
    early = {step: np.zeros(run.trials, bool) for step in ends}
    for step, at in done.items():
        late[step] = np.abs(at - finish) < _SAME

    def freed(wait: Wait) -> NDArray[np.float64]:
        """When it was not waited for any longer."""
        return (starts if wait.of_start else ends)[wait.step] + wait.lag_days

    def mark(wait: Wait, flags: NDArray[np.bool_]) -> None:
        (early if wait.of_start else late)[wait.step] |= flags

    for step in reversed(_in_order(plan)):
        waits = _waits(plan, step)
        held = np.zeros(run.trials, bool)
        for wait in (wait for wait in waits if wait.at_end):
            met = late[step] & (np.abs(freed(wait) - ends[step]) < _SAME)
            mark(wait, met)
            held |= met
        early[step] |= late[step] & ~held
        first = [wait for wait in waits if not wait.at_end]
        if first:
            latest = np.max([freed(wait) for wait in first], axis=0)
            begun = starts.get(step, latest)
            for wait in first:
                mark(wait, early[step] & (np.abs(freed(wait) - begun) < _SAME))
    return {step: late[step] | early[step] for step in ends}


class Wait(NamedTuple):
    """What a phase or gate waits for."""

    step: Step
    of_start: bool
    """Whether for its start, and not until it is done."""
    at_end: bool
    """Whether with the last lift, and not to begin."""
    lag_days: float


def _waits(plan: Any, step: Step) -> list[Wait]:
    """What a phase or gate waits for."""
    kind, name = step
    after = plan[f"{kind}s"][name].get("after", [])
    links = after if isinstance(after, dict) else {one: {} for one in after}
    waits: list[Wait] = []
    for one, link in links.items():
        relation = link.get("relation", "finish_to_start")
        before = ("gate" if one in plan.get("gates", {}) else "phase", one)
        starts, ends = relation == "start_to_start", relation == "finish_to_finish"
        waits.append(Wait(before, starts, ends, link.get("lag_days", 0.0)))
    return waits


def _in_order(plan: Any) -> list[Step]:
    """Phases and gates, each after all that it comes after."""
    left = [(kind, name) for kind in ("phase", "gate") for name in plan.get(f"{kind}s", {})]
    order: list[Step] = []
    while left:
        ready = [step for step in left if all(wait.step in order for wait in _waits(plan, step))]
        order += ready
        left = [step for step in left if step not in ready]
    return order
