"""What is asked of runs, by world and by plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.tables import percent
from ..languages.speech import say
from .base import Histories
from .criterion import Criterion
from .quantities import AT_HORIZON, Unknown
from .wording import heading

Array = NDArray[np.float64]
Asked = str | Criterion


def outcomes(run: Histories, asked: Asked) -> Array:
    """What is asked, in every world (rows) and each of its histories (columns).

    A world is a parameter sample where histories share samples; else each history is one. Chances
    are means of 0 and 1; see `Criterion.values`.

    Raises
    ------
    ValueError
        If a text is not understood, or as `Criterion.values`.
    """
    found = criterion(asked).values(run)
    each = run._each
    return found[: len(found) // each * each].reshape(-1, each)


def criterion(asked: Asked) -> Criterion:
    """What is asked, read if it is a text."""
    return Criterion.parse(asked) if isinstance(asked, str) else asked


def by_plan(runs: Mapping[str, Histories], asked: Sequence[Asked]) -> dict[str, Array]:
    """For each plan what is expected (columns) in every world (rows) that all plans have met.

    Raises
    ------
    ValueError
        As `outcomes`; every plan and text of which it is so is named. Or as `check_worlds`.
    """
    check_worlds(runs)
    found: dict[str, list[Array]] = {}
    wrong: dict[str, None] = {}
    for plan, run in runs.items():
        found[plan] = []
        for one in asked:
            try:
                found[plan].append(outcomes(run, one).mean(axis=1))
            except ValueError as error:
                whose = f"under `{plan}`, " if isinstance(error, Unknown) else ""
                wrong[f"{whose}{error}"] = None
    if wrong:
        raise ValueError("; ".join(wrong))
    count = min(len(column) for columns in found.values() for column in columns)
    return {
        plan: np.column_stack([column[:count] for column in columns])
        for plan, columns in found.items()
    }


def check_worlds(runs: Mapping[str, Histories]) -> None:
    """Refuse runs of which the trials are no sample of independent worlds.

    Raises
    ------
    ValueError
        If one has less variance.
    """
    for name, run in runs.items():
        if "variance" in run.origin:
            raise ValueError(
                f"`{name}` is a run with less variance, which tells of means and of their "
                f"differences; its trials are no sample of independent worlds: simulate plain runs"
            )


def worse(asked: Sequence[Asked]) -> Array:
    """Of each of what is asked, 1 if more of it is worse and -1 if it is better."""
    return np.array([-1.0 if criterion(one).more_is_better else 1.0 for one in asked])


def unit(run: Histories, asked: Asked) -> str:
    """The unit of what is asked."""
    return criterion(asked).unit(run)


def missing(run: Histories, asked: Asked) -> float:
    """The share of histories in which what is asked has no value."""
    return criterion(asked).missing(run)


def at_horizon(notes: str, runs: Mapping[str, Histories], asked: Sequence[Asked]) -> str:
    """Add to notes what counts as reached at the horizon in some histories, as a finish does.

    A line for each, of the run in which it is so most often; nothing if everything is reached.
    """
    for one in map(criterion, asked):
        if one.sign is None and one.measure in AT_HORIZON:
            share = max(one.missing(run) for run in runs.values())
            about = {"measure": heading(str(one)), "share": percent(share)}
            notes += "\n" + say("counted-at-horizon", **about) if share > 0 else ""
    return notes


def worlds(run: Histories) -> pd.DataFrame:
    """The values of the ranges in every world, in the order of `outcomes`."""
    if run.samples is None:
        return run.inputs
    return run.samples.values.iloc[: run.trials // run.samples.each]
