"""Which phases and gates a late finish waited for, from the dates in a run."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..runs.base import by_id
from ..runs.run import Run

Step = tuple[str, str]
# Two dates are the same instant if they are closer than this, in days.
_SAME = 1e-6


def on_path(run: Run) -> dict[Step, NDArray[np.bool_]]:
    """For each phase and gate, the trials in which it is on the longest path to the last finish.

    The path ends with the phase that is done last, and goes back from a phase to what it had
    waited for as long as it began the moment that was done; from a gate to what was done last of
    what it comes after. Where two were done at the same moment both are on it. Trials that do not
    finish have no path.
    """
    plan: Any = run.scenario.to_dict()["plan"]
    done = {("phase", p): c for p, c in by_id(run, "finish_days", "phase").items()}
    opened = {("gate", g): c for g, c in by_id(run, "open_days", "gate").items()}
    starts = by_id(run, "start_days", "phase")
    ends = done | opened
    finish = run.values("finish_days")
    on = {step: np.zeros(run.trials, bool) for step in ends}
    for step, at in done.items():
        on[step] = np.abs(at - finish) < _SAME
    for step in reversed(_in_order(plan)):
        before = _before(plan, step)
        if not before:
            continue
        latest = np.max([ends[each] for each in before], axis=0)
        waited = on[step]
        if step[0] == "phase":
            waited = waited & (np.abs(latest - starts[step[1]]) < _SAME)
        for each in before:
            on[each] |= waited & (np.abs(ends[each] - latest) < _SAME)
    return on


def _before(plan: Any, step: Step) -> list[Step]:
    """What a phase or gate comes after."""
    kind, name = step
    after = plan[f"{kind}s"][name].get("after", [])
    return [("gate" if one in plan.get("gates", {}) else "phase", one) for one in after]


def _in_order(plan: Any) -> list[Step]:
    """Phases and gates, each after all that it comes after."""
    left = [(kind, name) for kind in ("phase", "gate") for name in plan.get(f"{kind}s", {})]
    order: list[Step] = []
    while left:
        ready = [step for step in left if all(one in order for one in _before(plan, step))]
        order += ready
        left = [step for step in left if step not in ready]
    return order
