"""Figures of a record beside the same of every simulated history, and how many may lie outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import drawdown as dd

Array = NDArray[np.float64]

SEED = 7
# Shares of a right model's figures that lie outside on one side: of the central 90 % and 99.8 %.
OUTSIDE, FAR_OUTSIDE = 0.05, 0.001
SURE = 0.99


class Known(NamedTuple):
    """What the record says: a figure, and its ends where it is not known exactly."""

    value: float
    low: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Known:
        """A figure that was counted."""
        return cls(value, value, value)


def pit(values: Array, at: float) -> float:
    """The probability integral transform: P(X < x) + P(X = x) / 2."""
    return float((values < at).mean() + (values == at).mean() / 2)


@dataclass(frozen=True)
class Figure:
    """A figure of the record beside the same of every history."""

    name: str
    recorded: Known
    values: Array = field(repr=False)
    # Dates and shares are written in their own way.
    form: str = "{:,.0f}"

    @property
    def pit(self) -> float:
        """Where the record lies among histories; infinite values are later than any."""
        return pit(self.values, self.recorded.value)

    def row(self) -> list[str]:
        """A line of the table."""
        low, high = self.recorded.low, self.recorded.high
        ends = f" ({self._said(low)} to {self._said(high)})" if low < high else ""
        at = f"{self.pit:.2f}"
        if low < high:
            at += f" ({pit(self.values, low):.2f} to {pit(self.values, high):.2f})"
        p10, p50, p90 = np.quantile(self.values, [0.1, 0.5, 0.9], method="inverted_cdf")
        said = [self._said(x) for x in (p10, p50, p90)]
        return [self.name, self._said(self.recorded.value) + ends, *said, at]

    def _said(self, value: float) -> str:
        if self.form == "date":
            at = pd.Timestamp(0) + pd.Timedelta(days=value) if np.isfinite(value) else None
            return "not by then" if at is None else f"{at:%Y-%m-%d}"
        return self.form.format(value)


class Verdict(NamedTuple):
    """How many figures lie outside, and how many may."""

    outside: int
    allowed: int
    far: list[str]

    @property
    def stands(self) -> bool:
        """Whether the scenario stands the test."""
        return self.outside <= self.allowed and not self.far


def verdict(figures: list[Figure]) -> Verdict:
    """Counts figures outside, and how many a right model shows in 99 of 100 cases."""
    places = np.array([figure.pit for figure in figures])
    jointly = np.zeros(len(figures[0].values), dtype=int)
    for figure in figures:
        # The place of each history among all.
        ordered = np.sort(figure.values)
        below = np.searchsorted(ordered, figure.values, "left")
        upto = np.searchsorted(ordered, figure.values, "right")
        jointly += _beyond((below + upto) / 2 / len(ordered), OUTSIDE)
    far = [figure.name for figure in figures if _beyond(figure.pit, FAR_OUTSIDE)]
    allowed = int(np.quantile(jointly, SURE, method="inverted_cdf"))
    return Verdict(int(_beyond(places, OUTSIDE).sum()), allowed, far)


def _beyond(place: Any, share: float) -> Any:
    return (place < share) | (place > 1 - share)


def spread(values: Array) -> float:
    """P90 over P10."""
    low, high = np.quantile(values, [0.1, 0.9])
    return float(high / low)


def run_of(scenario: dd.Scenario, trials: int, seed: int = SEED) -> dd.Run:
    """A run without a bar."""
    return dd.simulate(scenario, trials=trials, seed=seed, progress=False)


def sums(run: dd.Run, measure: str, first: str, last: str) -> Array:
    """A measure over months, both included, in every history."""
    found: Array = run.values(measure, "month").loc[:, first:last].sum(axis=1).to_numpy(float)
    return found


def crps(values: Array, at: float) -> float:
    """Of the ensemble itself, to be compared with others of any size."""
    ordered = np.sort(values)
    size = len(ordered)
    weights = (2 * np.arange(size) + 1 - size) / size**2
    return float(np.abs(values - at).mean() - (weights * ordered).sum())


def day(date: str) -> float:
    """A date in days from 1970."""
    return float((pd.Timestamp(date) - pd.Timestamp(0)).days)


def left_on(run: dd.Run, by: str, which: str) -> Array:
    """When a phase or site was done, in days from 1970; infinite where it was not."""
    days = run.values("finish_days", by)[which].to_numpy(float)
    found = np.floor(days) + day(str(run.scenario.start))
    return np.where(np.isnan(found), np.inf, found)
