"""Announced dates: whole days no later than the file's, in which every relation has room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from ..errors import ExchangeError
from ..problem import Problem
from .links import Leaf, Wait
from .working_time import WorkingTime

_NEAR = 1e-6


def dates(
    leaves: Mapping[int, Leaf], waits: Mapping[int, Sequence[Wait]], time: WorkingTime
) -> dict[int, tuple[int, int]]:
    """The announced start and finish of each leaf, as whole working days of `time`.

    Where everything begins and ends with a working day, these are the dates of the file. Otherwise
    a start is that of its day, and a finish that of the day after, or as much earlier as those need
    that wait for it. A moment takes the working day before that on which it is.

    Raises
    ------
    ExchangeError
        If leaves wait for each other.
    """
    after: dict[int, list[tuple[int, Wait]]] = {uid: [] for uid in leaves}
    for uid, all_of in waits.items():
        for wait in all_of:
            after[wait.before].append((uid, wait))
    found: dict[int, tuple[int, int]] = {}
    for uid in reversed(_order(leaves, waits)):
        one = leaves[uid]
        start = math.floor(one.start + _NEAR)
        finish = start if one.is_moment else math.ceil(one.finish - _NEAR)
        for other, wait in after[uid]:
            begins, ends = found[other]
            bound = ends if wait.relation == "finish_to_finish" else begins
            latest = time.last_until(time.place(bound) - wait.lag_days)
            if wait.relation == "start_to_start":
                start = min(start, latest)
            else:
                finish = min(finish, latest)
        found[uid] = (finish - 1 if one.is_moment else min(start, finish - 1), finish)
    return found


def _order(leaves: Mapping[int, Leaf], waits: Mapping[int, Sequence[Wait]]) -> list[int]:
    """Leaves, each after all that it waits for."""
    graph = {uid: [wait.before for wait in all_of] for uid, all_of in waits.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        told = ", ".join(f"`{leaves[uid].activity.name}`" for uid in error.args[1])
        remedy = "take one of the links out of the plan"
        raise ExchangeError(
            [Problem("tasks", "cycle", f"{told} wait in a circle", remedy)]
        ) from None
