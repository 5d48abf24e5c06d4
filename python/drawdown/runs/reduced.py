"""Runs with less variance: what they are made from, and means with their errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, cast, get_args

from .. import _core
from .._internal.checks import several, shown, whole
from ..scenario.scenario import Scenario
from .backend import Keep
from .samples import InputSample

Variance = Literal["plain", "reduced"]

# Fewer trials have too few in each of the 16 replicates.
LEAST = 320
# How many standard errors a mean of 16 replicates is known to, in 95 cases of 100.
SURE = _core.REPLICATES_95


def checked(variance: str) -> Variance:
    """The kind of run that is asked for.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    if variance in get_args(Variance):
        return cast(Variance, variance)
    raise ValueError(f"`variance` is one of {', '.join(get_args(Variance))}, not {shown(variance)}")


def check_reduced(trials: int, keep: Keep, others: Mapping[str, object]) -> None:
    """Say what a run with less variance cannot be combined with.

    Raises
    ------
    ValueError
        If one of the others is given, trials are not kept, or too few are asked for.
    """
    given = [f"`{name}`" for name, value in others.items() if value is not None]
    if given:
        raise ValueError(
            f'`variance="reduced"` decides itself how the ranges are drawn, and is run here in one '
            f"go: leave {' and '.join(given)} out, or run it plainly"
        )
    if keep != "trials":
        raise ValueError(
            '`variance="reduced"` needs what was to be expected in each trial: keep "trials", '
            "or run it plainly"
        )
    if trials < LEAST:
        raise ValueError(
            f'`variance="reduced"` takes its errors from 16 replicates: ask for {LEAST} trials or '
            f"more, not {trials}"
        )


def levels_of(given: Iterable[int] | None) -> tuple[int, ...]:
    """Numbers of casualties that are asked about, ascending.

    Raises
    ------
    TypeError
        If one is not a whole number.
    ValueError
        If one is below 1.
    """
    listed = () if given is None else several("levels", given, "[100, 500]")
    return tuple(sorted({whole("levels", level, 1, 2**32 - 1) for level in listed}))


def ready(
    scenario: Scenario,
    samples: InputSample | None,
    variance: str | None,
    levels: Iterable[int] = (),
) -> Scenario:
    """The scenario as its trials are run: with given samples, or its ranges spread evenly."""
    if samples:
        return samples.applied(scenario)
    if variance == "reduced":
        return Scenario(scenario._compiled.reduced(list(levels)))
    return scenario
