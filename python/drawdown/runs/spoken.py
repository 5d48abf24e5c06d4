"""Which measures say anything of a run: what is idle in it is not shown."""

from __future__ import annotations

from collections.abc import Iterable

from .. import _core
from ..scenario.relevance import has
from .base import Histories


def speaks(run: Histories, measure: str) -> bool:
    """Whether a measure says anything of a run: its scenario has it, or it is not idle there."""
    return bool(spoken([measure], run))


def spoken(measures: Iterable[str], *runs: Histories) -> list[str]:
    """The measures that say anything of one of the runs."""
    asked, found = list(measures), set()
    for run in runs:
        found |= {measure for measure in asked if has(run.scenario, measure)}
        if left := set(asked) - found:
            found |= left.difference(idle(run))
    return [measure for measure in asked if measure in found]


def idle(run: Histories) -> list[str]:
    """Measures that are 0, or missing, in every trial."""
    return [
        row["measure"]
        for row in run._results.summary("")
        if _core.is_idle(row["mean"], row["standard_error"], row["missing"], run.trials)
    ]
