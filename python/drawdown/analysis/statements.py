"""Statements about worlds: what is said of a plan, or of two, holds in some and not in others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.own import Own
from ..runs.criterion import OPERATORS, Criterion, Limit
from ..runs.outcomes import Asked, check_worlds, outcomes, worlds
from ..runs.run import Run
from ..stats.intervals import NORMAL_95, exact

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Statement = str | tuple[Any, ...] | Callable[["Worlds"], Any]


class Truth(NamedTuple):
    """Where something holds, world by world, and where their histories do not tell."""

    holds: Mask
    open: Mask


class Worlds:
    """What is expected in each world under each plan.

    ``worlds["casualties"]`` has the means of a run's worlds, ``worlds["firm", "casualties"]`` those
    of a plan's: expected values and chances, as `drawdown.drivers` takes them.

    Attributes
    ----------
    runs : dict of str to Run
        By plan; a single run has the name "".
    inputs : DataFrame
        The values of the ranges, a row for each world.
    """

    runs: Own[dict[str, Run]] = Own()
    inputs: Own[pd.DataFrame] = Own()

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self.runs = dict(runs)
        check_worlds(self.runs)
        self.count = min(len(worlds(run)) for run in self.runs.values())
        frames = [worlds(run).iloc[: self.count] for run in self.runs.values()]
        self.inputs = _shared([frame.reset_index(drop=True) for frame in frames])
        if len({run._each for run in self.runs.values()}) > 1:
            raise ValueError("plans must have as many histories to each sample as each other")

    def __getitem__(self, key: str | tuple[str, str]) -> Array:
        means: Array = self.histories(key).mean(axis=1)
        return means

    def histories(self, key: str | tuple[str, str]) -> Array:
        """Give a quantity in every trial (columns) of every world (rows)."""
        plan, asked = ("", key) if isinstance(key, str) else key
        return self._means_of(plan, asked)

    def _means_of(self, plan: str, asked: Asked) -> Array:
        return outcomes(self.run(plan), asked)[: self.count]

    def run(self, plan: str) -> Run:
        """Give the run of a plan."""
        if plan not in self.runs:
            raise ValueError(f"there is no plan {plan!r}; there are {self._plans()}")
        return self.runs[plan]

    def truth(self, statement: Statement) -> Truth:
        """Test in which worlds a statement holds.

        Raises
        ------
        ValueError
            If it has not got the form, or a function gives no truth for each world.
        """
        if callable(statement):
            found = np.asarray(statement(self))
            if found.shape != (self.count,) or found.dtype != bool:
                raise ValueError(
                    f"a function must give one truth for each of the {self.count} worlds, not "
                    f"{found.dtype} of shape {found.shape}"
                )
            return Truth(found, np.zeros(self.count, dtype=bool))
        plan, said = self._taken_apart(statement)
        if isinstance(said, Limit):
            return self._limited(plan, said)
        on, sign, other = said
        difference = self._means_of(plan, on) - self._means_of(other, on)
        found = np.asarray(OPERATORS[sign](difference.mean(axis=1), 0))
        return Truth(found, _open(difference, np.zeros(self.count)))

    def _limited(self, plan: str, limit: Limit) -> Truth:
        run = self.run(plan)
        mine = self._means_of(plan, limit.on)
        limit.check(run)
        found = limit.holds(run, mine.mean(axis=1))
        # How far a mean is from turning: the level lies between what holds and what does not.
        return Truth(found, _turning(run, mine, limit))

    def above(self, limits: Sequence[Limit]) -> Truth:
        """Test in which worlds any of some limits holds."""
        each = [self._limited("", limit) for limit in limits]
        found = np.logical_or.reduce([one.holds for one in each])
        sure = np.logical_or.reduce([one.holds & ~one.open for one in each])
        unclear = np.logical_or.reduce([one.open for one in each])
        return Truth(found, unclear & ~sure)

    def _taken_apart(
        self, statement: str | tuple[Any, ...]
    ) -> tuple[str, Limit | tuple[Criterion, str, str]]:
        """The plan that it is about, and its limit, or how it is to differ from another plan."""
        one = "" in self.runs
        rest = list((statement,) if isinstance(statement, str) else statement)
        plan = "" if one else str(rest.pop(0))
        if len(rest) == 1 and isinstance(rest[0], str) and (one or plan in self.runs):
            return plan, Limit.parse(rest[0])
        if len(rest) != 3 or rest[1] not in OPERATORS:
            form = (
                "'casualties > 1000' or ('casualties', '>', 1000)"
                if one
                else "('firm', 'casualties > 1000') or ('firm', 'casualties', '>', 'stay')"
            )
            raise ValueError(f"{statement!r} is no statement; write one like {form}")
        text, sign, other = rest
        if not one and isinstance(other, str) and other in self.runs:
            return plan, (Criterion.parse(text), sign, other)
        try:
            return plan, Limit.of(text, sign, other)
        except ValueError as error:
            if not one and isinstance(other, str):
                error.add_note(f"there is no plan {other!r} either; there are {self._plans()}")
            raise

    def _plans(self) -> str:
        return ", ".join(map(repr, self.runs))


def in_words(statement: Statement) -> str:
    """A statement, to be read."""
    if callable(statement):
        text = getattr(statement, "__name__", "<lambda>")
        return "as a function says" if text == "<lambda>" else text.replace("_", " ")
    return statement if isinstance(statement, str) else " ".join(map(str, statement))


def _shared(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The columns of all plans, which share the world; a range that one of them adds is its own."""
    whole = frames[0]
    for frame in frames[1:]:
        for path in frame:
            if path not in whole:
                whole = whole.assign(**{str(path): frame[path]})
            elif not whole[path].equals(frame[path]):
                raise ValueError(
                    f"plans have not met the same worlds: `{path}` differs between them. Give all "
                    f"of them one table, `samples=drawdown.sample_inputs(...)`, of which none "
                    f"refuses a row"
                )
    return whole


def _turning(run: Run, mine: Array, limit: Limit) -> Mask:
    """Where the mean is within its 95 % interval of turning the statement."""
    means, reach = mine.mean(axis=1), _reach(mine)
    low, high = means - reach, means + reach
    if limit.on.sign is not None and mine.shape[1] > 1:
        # Histories that agree can still err.
        low, high = exact(mine.sum(axis=1), mine.shape[1])
    return np.asarray(limit.holds(run, low) != limit.holds(run, high))


def _open(differences: Array, level: Array) -> Mask:
    """Where the mean is within its 95 % interval of a level.

    Histories that are all at the level itself, as those of plans in which nothing differs yet, do
    not tell on which side of it their mean is.
    """
    means, reach = differences.mean(axis=1), _reach(differences)
    at_level = (differences == level[:, np.newaxis]).all(axis=1) & (differences.shape[1] > 1)
    return np.asarray((np.abs(means - level) < reach) | at_level)


def _reach(histories: Array) -> Array:
    """From the mean of each world's histories to the end of its 95 % interval."""
    each = histories.shape[1]
    if each < 2:
        return np.zeros(len(histories))
    found: Array = NORMAL_95 * histories.std(axis=1, ddof=1) / np.sqrt(each)
    return found
