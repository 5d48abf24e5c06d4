"""What there is to show of one setting, beside a baseline: the core works it out."""

from __future__ import annotations

import json
from typing import Any, cast, overload

from .. import _core
from ..languages.speech import spoken
from ..runs.run import Run


def answer(run: Run, base: Run | None, name: str) -> dict[str, Any]:
    """Gather what the pictures and tables of a run show, in the language that is spoken.

    Parameters
    ----------
    run : Run
        What was simulated.
    base : Run, optional
        As many histories of the baseline; left out where `run` is the baseline itself.
    name : str
        What the baseline is called.

    Returns
    -------
    dict
        As JSON has it; ``drawdown::explore::Answer`` of the crate says what of. Shares are from 0
        to 1; what is missing is None.
    """
    found: dict[str, Any] = json.loads(
        _core.answer(_core_of(run), _core_of(base), name, spoken().code)
    )
    return {**found, "origin": run.origin_line}


def cells(run: Run, base: Run | None) -> list[str]:
    """The verdict in cells of a table, which `heads` heads, in the language that is spoken."""
    return list(_core.cells(_core_of(run), _core_of(base), spoken().code))


def heads() -> list[str]:
    """What cells are about."""
    return list(_core.heads(spoken().code))


@overload
def _core_of(run: Run) -> _core.Run: ...


@overload
def _core_of(run: Run | None) -> _core.Run | None: ...


def _core_of(run: Run | None) -> _core.Run | None:
    """What the core has of a run that was just simulated."""
    return None if run is None else cast(_core.Run, run._results)
