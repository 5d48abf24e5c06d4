"""How good an alarm a rule is: pauses that were not needed, and pauses that came too late."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..runs.criterion import Criterion
from ..runs.run import Run

# Measures that are counts of these events.
HARM = {"casualties": ("killed", "wounded"), "killed": ("killed",), "wounded": ("wounded",)}


def alarms(
    run: Run, without: Run, rule: str, measure: str, ceiling: Criterion | None, timed: int
) -> dict[str, float]:
    """What a rule is worth as an alarm, beside the same trials without it.

    Returns
    -------
    dict
        ``paused`` is the share of trials in which the rule held movement; ``false_alarms``, of
        these, the share in which it was for nothing: without the rule the measure would have been
        no higher, or, with a ceiling, would have kept it. ``harm_before`` is the share of all
        harm that came before the rule first held movement in its trial, harm of trials without a
        pause included; ``late_pauses``, of the trials above the ceiling, the share in which it
        was broken before the first pause or without one. The last two are from the first `timed`
        trials, and missing for measures that are not wounded or killed.
    """
    held = _held(run, rule)
    if ceiling is None:
        people = Criterion(measure)
        needless = people.ordered(without) <= people.ordered(run)
    else:
        needless = ceiling.holds(without)
    return {
        "paused": float(held.mean()),
        "false_alarms": _share(held & needless, held),
        **_timing(run, held, measure, ceiling, min(timed, run.trials)),
    }


def _held(run: Run, rule: str) -> NDArray[np.bool_]:
    if rule not in run.ids("rule"):
        return np.zeros(run.trials, bool)
    return Criterion("pause_days", "rule", rule).held(">", 0).holds(run)


def _timing(
    run: Run, held: NDArray[np.bool_], measure: str, ceiling: Criterion | None, timed: int
) -> dict[str, float]:
    if measure not in HARM:
        return {"harm_before": math.nan, "late_pauses": math.nan}
    harm = before = broken = late = 0
    for trial, time, count, first in _histories(run, measure, timed):
        first = first if held[trial] else math.inf
        harm += int(count.sum())
        before += int(count[time <= first].sum())
        above = np.zeros(0, bool)
        if ceiling is not None:
            above = ceiling.otherwise.met(run, count.cumsum())
        if above.any():
            broken += 1
            late += bool(time[above.argmax()] <= first)
    return {
        "harm_before": before / harm if harm else math.nan,
        "late_pauses": late / broken if broken else math.nan,
    }


def _histories(
    run: Run, measure: str, timed: int
) -> Iterator[tuple[int, NDArray[np.float64], NDArray[Any], float]]:
    """For each trial with events its number, when harm came and how much, and the first pause."""
    for batch in run.events(range(timed))._log:
        columns: Any = batch
        # Dictionaries of texts: places in a list, and the list.
        places, kinds = columns["kind"]
        trials, times, counts = (columns[name] for name in ("trial", "time_days", "count"))
        harm = np.isin(places, [kinds.index(kind) for kind in HARM[measure] if kind in kinds])
        began = np.isin(places, [kinds.index(kind) for kind in ("pause_began",) if kind in kinds])
        for trial in np.unique(trials):
            here = slice(*np.searchsorted(trials, [trial, trial + 1]))
            hurt, pauses = harm[here], times[here][began[here]]
            first = float(pauses[0]) if pauses.size else math.inf
            yield int(trial), times[here][hurt], counts[here][hurt].astype(np.int64), first


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else math.nan
