"""Checks: a sample whose mean ought to be a number that is known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import drawdown as dd

Array = NDArray[np.float64]
Measure = Callable[..., Array]
Condition = Callable[[Array], NDArray[np.bool_]]

# Beyond so many standard errors a check has failed.
LIMIT = 4.0


@dataclass(frozen=True)
class Check:
    """What was measured, what it ought to be, and how far apart they are."""

    row: str
    what: str
    measured: float
    expected: float
    se: float
    size: int
    limit: float = LIMIT
    # A standard score that is not (measured - expected) / se, such as that of a distance.
    score: float | None = None

    @property
    def z(self) -> float:
        """Difference in standard errors."""
        if self.score is not None:
            return self.score
        difference = self.measured - self.expected
        if abs(difference) < 1e-9:  # rounding
            return 0.0
        return difference / self.se if self.se > 0 else float("inf")

    @property
    def seen(self) -> float | None:
        """The bias that would be seen, as a share of what is expected: four standard errors."""
        if self.score is not None or self.expected == 0:
            return None
        return LIMIT * self.se / abs(self.expected)

    @property
    def failed(self) -> bool:
        """Whether it is out by more than its limit, or is no number."""
        return not abs(self.z) <= self.limit

    def __str__(self) -> str:
        seen = "" if self.seen is None else f"  sees {self.seen:.2%}"
        mark = "  FAILED" if self.failed else ""
        return (
            f"{self.row:<14} {self.what:<58} {self.measured:>14,.6g} for {self.expected:>12,.6g}"
            f"  SE {self.se:.2g}  z {self.z:+.2f}{seen}{mark}"
        )


def of_sample(row: str, what: str, values: Array, expected: float) -> Check:
    """The check that the mean of a sample is as expected."""
    se = float(values.std(ddof=1) / np.sqrt(len(values)))
    return Check(row, what, float(values.mean()), float(expected), se, len(values))


def of_two(row: str, what: str, ours: Array, theirs: Array, limit: float = LIMIT) -> Check:
    """The check that two samples have one mean."""
    # The larger sample tells the spread better: that of a heavy tail is too small in a small one.
    spread = max(float(ours.std()), float(theirs.std()))
    se = spread * np.sqrt(1 / ours.size + 1 / theirs.size)
    size = min(ours.size, theirs.size)
    return Check(row, what, float(ours.mean()), float(theirs.mean()), float(se), size, limit)


def moments_of_two(row: str, what: str, ours: Array, theirs: Array) -> list[Check]:
    """Mean and variance of two samples."""
    middle = ours.mean()
    return [
        of_two(row, f"{what}, mean", ours, theirs),
        of_two(row, f"{what}, variance", (ours - middle) ** 2, (theirs - middle) ** 2),
    ]


def exactly(check: Check, tolerance: float) -> Check:
    """A check of a value without chance: it may differ by the tolerance and no more."""
    return replace(check, se=tolerance / LIMIT)


# Measures: from one or more runs to a sample of which the mean is meant.


def total(name: str) -> Measure:
    """A measure of the whole theatre, by trial."""
    return lambda run: run.values(name)


def of(name: str, by: str, which: str) -> Measure:
    """A measure of one site, threat, phase, ..., by trial."""

    def measure(run: dd.Run) -> Array:
        table: Any = run.values(name, by)
        return np.asarray(table[which])

    return measure


def variance(measure: Measure) -> Measure:
    """The squares whose mean is the variance."""

    def squares(*runs: dd.Run) -> Array:
        values = measure(*runs)
        return (values - values.mean()) ** 2

    return squares


def covariance(one: Measure, other: Measure) -> Measure:
    """The products whose mean is the covariance."""

    def products(*runs: dd.Run) -> Array:
        a, b = one(*runs), other(*runs)
        return (a - a.mean()) * (b - b.mean())

    return products


def share(measure: Measure, holds: Condition) -> Measure:
    """The indicators whose mean is the share of trials in which a condition holds."""
    return lambda *runs: holds(measure(*runs)).astype(float)


def ratio(top: Measure, bottom: Measure) -> Measure:
    """A sample with the ratio of two means as its mean, and its standard error to first order."""

    def linear(*runs: dd.Run) -> Array:
        a, b = top(*runs), bottom(*runs)
        whole = a.mean() / b.mean()
        return whole + (a - whole * b) / b.mean()

    return linear


def nth(k: int, measure: Measure) -> Measure:
    """The measure of the k-th of several runs."""
    return lambda *runs: measure(runs[k])


def less(one: Measure, other: Measure) -> Measure:
    """The difference of two measures."""
    return lambda *runs: one(*runs) - other(*runs)
