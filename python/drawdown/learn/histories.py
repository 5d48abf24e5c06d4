"""What is compared of a history and of a record, whatever the order in which months came."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import ObservationError, Problem
from ..languages.statements import Statement, state
from ..runs.criterion import Criterion
from ..runs.run import Run
from ..scenario.scenario import Scenario
from .core_counts import CoreCount
from .observations import Observations

Array = NDArray[np.float64]

# With fewer intervals or months than this only their sum is compared.
_FEW = 6
# A month is compared if this share of it was counted.
_MOSTLY = 0.5
# A quiet month has at most this many times the mean month, a loud one at least.
_QUIET, _LOUD = 0.5, 2.0
# Statistics that are shares.
_SHARES = ("statistic-quiet", "statistic-loud")
# What is known by month; the other measures only of the whole run.
_MONTHLY = ("attacks", "wounded", "killed")


class Total(NamedTuple):
    """A measure of the whole run, and between which values it is known to lie.

    Attributes
    ----------
    asked : Criterion
        The measure, perhaps of a part of the theatre.
    low, high : float
        The ends, both included.
    sigma : float
        Standard deviation of the logarithm of what is reported over what happened.
    """

    asked: Criterion
    low: float
    high: float
    sigma: float = 0.0

    @classmethod
    def of(cls, text: str, low: float, high: float) -> Total:
        """A total as a caller gives it.

        Raises
        ------
        ValueError
            If there is no such measure, a number is negative, or the ends are in the wrong order.
        """
        asked = Criterion.to_simulate(text)
        if asked.sign is not None:
            raise ValueError(f"`{text}` is a chance: name a measure and what it came to")
        if not 0 <= low <= high < np.inf:
            raise ValueError(f"`{text}` lies between {low} and {high}: write (lowest, highest)")
        return cls(asked, low, high)

    @property
    def name(self) -> Statement:
        """The measure in words."""
        asked = self.asked
        measure = state(f"measure-{asked.measure}")
        if asked.by is None:
            return measure
        part = state(f"part-{asked.by}", id=str(asked.id))
        return state("measure-of-part", measure=measure, part=part)

    @property
    def observed(self) -> float:
        """The value that it is compared by, on the scale of log(1 + x)."""
        return float(np.log1p((self.low + self.high) / 2))

    def simulated(self, run: Run, chance: np.random.Generator) -> Array:
        """The same of each history; what lies between the ends is as good as met."""
        values = self.asked.values(run)
        if self.sigma:
            values = values * np.exp(self.sigma * chance.standard_normal(len(values)))
        inside = (self.low <= values) & (values <= self.high)
        found: Array = np.where(inside, self.observed, np.log1p(values))
        return found


@dataclass(frozen=True, eq=False)
class Counted:
    """A measure that was counted over intervals, to be compared by month.

    Attributes
    ----------
    measure : str
        Such as ``"attacks"``.
    number : ndarray
        What each interval came to, and ``sigma``, the error of its logarithm.
    at_most : ndarray of bool
        Of which intervals only the most is known.
    into : ndarray
        The share of each month (columns) that falls into each interval (rows).
    back : ndarray
        The share of each interval (columns) that falls into each month that is compared (rows),
        over the share of the month that was counted.
    """

    measure: str
    number: Array
    sigma: Array
    at_most: NDArray[np.bool_]
    into: Array
    back: Array

    @classmethod
    def of(cls, measure: str, counts: Sequence[CoreCount], edges: Array) -> Counted:
        """The intervals of one measure over months that begin and end at `edges` (days)."""
        begin, end = (np.array([getattr(c, k) for c in counts]) for k in ("from_days", "to_days"))
        shared = np.minimum(end[:, None], edges[1:]) - np.maximum(begin[:, None], edges[:-1])
        shared = np.maximum(shared, 0.0)
        at_most = np.array([c.kind == "at_most" for c in counts])
        counted = shared[~at_most].sum(axis=0) / np.diff(edges)
        mostly = counted >= _MOSTLY
        back = (shared / (end - begin)[:, None]).T[mostly] * ~at_most / counted[mostly, None]
        return cls(
            measure,
            np.array([float(c.number) for c in counts]),
            np.array([float(c.sigma) for c in counts]),
            at_most,
            shared / np.diff(edges),
            back,
        )

    @property
    def names(self) -> list[Statement]:
        """What is compared, in the order of `statistics`."""
        found = ["statistic-total"] if (~self.at_most).any() else []
        if self._many:
            found += ["statistic-largest", "statistic-median", "statistic-quiet", "statistic-loud"]
        if self.at_most.any():
            found.append("statistic-beyond")
        measure = state(f"measure-{self.measure}")
        return [state(key, measure=measure) for key in found]

    @property
    def _many(self) -> bool:
        """Whether there are enough to say more of than their sum."""
        return len(self.back) >= _FEW and int((~self.at_most).sum()) >= _FEW

    def statistics(self, by_interval: Array) -> Array:
        """Of what the intervals came to, in each history (rows)."""
        known = ~self.at_most
        columns = [np.log1p(by_interval[:, known].sum(axis=1))] if known.any() else []
        if self._many:
            months = by_interval @ self.back.T
            usual = self.number @ self.back.T
            columns += [
                np.log1p(months.max(axis=1)),
                np.log1p(np.median(months, axis=1)),
                (months <= _QUIET * usual.mean()).mean(axis=1),
                (months >= _LOUD * usual.mean()).mean(axis=1),
            ]
        if self.at_most.any():
            over = np.maximum(by_interval - self.number, 0.0)[:, self.at_most].sum(axis=1)
            columns.append(np.log1p(over))
        return np.column_stack(columns)

    def observed(self) -> Array:
        """The same of the record."""
        found: Array = self.statistics(self.number[None, :])[0]
        return found

    def simulated(self, run: Run, chance: np.random.Generator) -> Array:
        """The same of each history, with the errors of the record's reports."""
        found = run.values(self.measure, by="month").to_numpy(float) @ self.into.T
        if self.sigma.any():
            found = found * np.exp(self.sigma * chance.standard_normal(found.shape))
        return self.statistics(found)


class Record:
    """What was observed, as it is compared with histories.

    Attributes
    ----------
    names : list of Statement
        The statistics.
    observed : ndarray
        What each came to.
    hash : str
        Of all that was observed.
    """

    def __init__(self, counted: list[Counted], totals: list[Total], told: str) -> None:
        self._counted, self._totals = counted, totals
        self.names = [name for one in counted for name in one.names]
        self.names += [total.name for total in totals]
        self.observed = np.concatenate(
            [*(one.observed() for one in counted), [total.observed for total in totals]]
        )
        self.hash = hashlib.sha256(told.encode()).hexdigest()

    @classmethod
    def of(cls, scenario: Scenario, observed: Observations, totals: Sequence[Total]) -> Record:
        """What was observed in the time of a scenario.

        Raises
        ------
        ObservationError
            If it reaches beyond that time, is of single sites or threats, or is of a measure that
            is known of the whole run only and does not cover it.
        ValueError
            If there is nothing to compare.
        """
        counts = [c for c in observed.core_counts(scenario) if c.kind != "missing"]
        edges = _edges(scenario)
        problems = [problem for c in counts if (problem := _unfit(c, edges))]
        if problems:
            raise ObservationError(problems)
        counted = [
            Counted.of(measure, part, edges)
            for measure in _MONTHLY
            if (part := [c for c in counts if c.measure == measure])
        ]
        whole = [
            Total(Criterion(c.measure), 0.0 if c.kind == "at_most" else c.number, c.number, c.sigma)
            for c in counts
            if c.measure not in _MONTHLY
        ]
        found = [*whole, *totals]
        if not counted and not found:
            raise ValueError("nothing was counted: there is nothing to compare histories with")
        told = json.dumps([list(map(list, counts)), [[str(t.asked), *t[1:]] for t in found]])
        return cls(counted, found, told)

    def statistics(self, run: Run, chance: np.random.Generator) -> Array:
        """Of each history (rows) every statistic (columns)."""
        parts = [one.simulated(run, chance) for one in self._counted]
        parts += [total.simulated(run, chance)[:, None] for total in self._totals]
        return np.column_stack(parts)

    def scale(self, simulated: Array, otherwise: Array | None = None) -> Array:
        """By what distances are divided: the median absolute deviation, or what there is of it.

        Where there is none of it, what it is otherwise.

        Raises
        ------
        ValueError
            If a statistic is the same in every history and not what was observed.
        """
        spread = np.median(np.abs(simulated - np.median(simulated, axis=0)), axis=0)
        spread = np.where(spread > 0, spread, simulated.std(axis=0))
        if otherwise is not None:
            return np.where(spread > 0, spread, otherwise)
        never = (spread == 0) & ~np.isclose(simulated[0], self.observed)
        if never.any():
            told = "; ".join(
                f"{name} was {self.natural(name, self.observed[at]):g}, and is "
                f"{self.natural(name, simulated[0, at]):g} in every history simulated"
                for at, name in enumerate(self.names)
                if never[at]
            )
            raise ValueError(f"{told}: widen the ranges that decide it, or leave it out")
        return np.where(spread > 0, spread, 1.0)

    def natural(self, name: Statement, value: float) -> float:
        """A statistic as it is read: a count, or a share."""
        return float(value if name.key in _SHARES else np.expm1(value))


def _edges(scenario: Scenario) -> Array:
    """Where months begin and end, in days from the start; the first and the last may be cut."""
    first, last = pd.Timestamp(scenario.start), pd.Timestamp(scenario.horizon)
    inside = pd.date_range(first, last, freq="MS")
    days = {0, (last - first).days, *(int((at - first).days) for at in inside)}
    return np.array(sorted(days), dtype=float)


def _unfit(count: CoreCount, edges: Array) -> Problem | None:
    """Why a count cannot be compared with a run."""
    when = f"{count.measure} from day {count.from_days:g} to day {count.to_days:g}"
    if count.threat is not None or count.sites:
        return Problem(
            when,
            "part",
            "is of single sites or threats, and months of a run are of the whole theatre",
            "give what they came to as `totals`, such as {'attacks of site syria': 120}",
        )
    if count.measure not in _MONTHLY and (count.from_days > edges[0] or count.to_days < edges[-1]):
        return Problem(
            when,
            "whole",
            f"is known of a run only as a whole, from its start to its horizon, day {edges[-1]:g}",
            "give the sum over that time as `totals`",
        )
    return None
