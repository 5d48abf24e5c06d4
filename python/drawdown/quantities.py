"""What plans are judged by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .run import Run

# These stand first in tables, in this order.
MAIN = ("attacks", "casualties", "wounded", "killed", "finish_days", "slip_days", "pause_days")
# What is missing counts as later than any. A buffer ends with its phase: one that is missing is
# less than any.
_LEAST = frozenset({"buffer_days"})


def ordered(values: NDArray[np.float64], measure: str) -> NDArray[np.float64]:
    """The values with an infinite one where one is missing, so that all can be compared."""
    return np.where(np.isnan(values), -np.inf if measure in _LEAST else np.inf, values)


def units(run: Run, by: str | None = None) -> dict[str, str]:
    """The unit of every measure of a breakdown, the main ones first."""
    known = {name: unit for name, of, unit, _ in run._measures if of == (by or "")}
    first = [name for name in MAIN if name in known]
    return {name: known[name] for name in dict.fromkeys([*first, *known])}
