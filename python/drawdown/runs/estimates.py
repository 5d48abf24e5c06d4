"""What runs with less variance tell of what is asked."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .backend import By
from .base import by_id
from .criterion import Criterion
from .merging import core_of
from .outcomes import outcomes
from .run import Run

Array = NDArray[np.float64]

# Of these of the whole theatre, what was to be expected is known beside what was drawn.
_EXPECTED = ("wounded", "killed", "casualties")


def levels_asked(asked: Criterion) -> tuple[int, ...]:
    """The casualties that one attack is to reach; none if it asks otherwise."""
    if asked.measure != "worst_attack" or asked.by is not None:
        return ()
    if asked.sign not in (">", ">=") or not isinstance(asked.level, (int, float)):
        return ()
    least = math.ceil(asked.level) if asked.sign == ">=" else math.floor(asked.level) + 1
    return (least,) if 1 <= least < 2**32 else ()


def best_known(run: Run, measure: str, by: By | None) -> dict[str, Array]:
    """A measure in every trial, by id as `by_id`; of harm in all, what was to be expected of it."""
    if by is None and measure in _EXPECTED:
        wounded, killed = core_of(run).besides().T[:2]
        values = {"wounded": wounded, "killed": killed, "casualties": wounded + killed}[measure]
        return {"": np.ascontiguousarray(values)}
    return {name: np.ascontiguousarray(column) for name, column in by_id(run, measure, by).items()}


def without_chance(run: Run, values: Array) -> Array | None:
    """Values of trials, less what is known to be chance: none of a plain run.

    What is expected in each world is the same; see `docs/variance.md`.
    """
    if "variance" not in run.origin:
        return None
    return core_of(run).without_chance(np.ascontiguousarray(values[:, 0]))


class Replicated(NamedTuple):
    """What the 16 replicates of a run tell of a measure: its mean, and by how much it is more.

    The difference to another run is missing where that has nothing of the kind.
    """

    mean: float
    standard_error: float
    difference: float = math.nan
    difference_error: float = math.nan


def by_replicate(run: Run, base: Run, measure: str, by: By | None) -> dict[str, Replicated]:
    """A measure by id, as `best_known`, with its difference from that of another run."""
    core, theirs = core_of(run), best_known(base, measure, by)
    found = {}
    for name, values in best_known(run, measure, by).items():
        told = Replicated(*core.estimate(values))
        if name in theirs:
            apart = core.estimate_difference(values, core_of(base), theirs[name])
            told = Replicated(told.mean, told.standard_error, *apart)
        found[name] = told
    return found


def estimated(run: Run, asked: Criterion) -> tuple[float, float]:
    """The mean, or the chance, of what is asked, and its standard error from the replicates.

    Raises
    ------
    ValueError
        As `outcomes`.
    """
    if asked.sign is None and asked.by is None and asked.measure in _EXPECTED:
        rows = run._results.summary("")
        return next(
            (row["mean"], row["standard_error"]) for row in rows if row["measure"] == asked.measure
        )
    if set(levels_asked(asked)) & set(run.origin.get("levels", ())):
        (level,) = levels_asked(asked)
        share, error, *_ = run._results.chance_of(level)
        return share, error
    values = np.ascontiguousarray(outcomes(run, asked).ravel(), dtype=float)
    return core_of(run).estimate(values)
