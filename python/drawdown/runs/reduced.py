"""Runs with less variance: what they are made from, and means with their errors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast, get_args

from .. import _core
from .._internal.checks import several, shown, whole
from ..scenario.scenario import Scenario
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
