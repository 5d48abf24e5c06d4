"""Statements about worlds: what is said of a plan, or of two, holds in some and not in others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.own import Own
from ..runs.outcomes import OPERATORS, Level, can_break, holds, outcomes, unit, worlds
from ..runs.run import Run
from ..stats.intervals import NORMAL_95, exact

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Statement = tuple[Any, ...] | Callable[["Worlds"], Any]


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
        self.count = min(len(worlds(run)) for run in self.runs.values())
        frames = [worlds(run).iloc[: self.count] for run in self.runs.values()]
        self.inputs = _shared([frame.reset_index(drop=True) for frame in frames])
        if len({run.draws.each if run.draws else 1 for run in self.runs.values()}) > 1:
            raise ValueError("plans must have as many histories to each draw as each other")

    def __getitem__(self, key: str | tuple[str, str]) -> Array:
        means: Array = self.histories(key).mean(axis=1)
        return means

    def histories(self, key: str | tuple[str, str]) -> Array:
        """Give a quantity in every trial (columns) of every world (rows)."""
        plan, text = ("", key) if isinstance(key, str) else key
        return outcomes(self.run(plan), text)[: self.count]

    def run(self, plan: str) -> Run:
        """Give the run of a plan."""
        if plan not in self.runs:
            known = ", ".join(map(repr, self.runs))
            raise ValueError(f"there is no plan {plan!r}; there are {known}")
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
        plan, text, sign, other = self._taken_apart(statement)
        mine = self.histories((plan, text))
        if isinstance(other, str) and other in self.runs and "" not in self.runs:
            difference = mine - self.histories((other, text))
            found = np.asarray(OPERATORS[sign](difference.mean(axis=1), 0))
            return Truth(found, _open(difference, np.zeros(self.count)))
        run = self.run(plan)
        can_break(run, text, other)
        means = mine.mean(axis=1)
        found = holds(run, means, sign, other)
        # How far a mean is from turning: the level lies between what holds and what does not.
        return Truth(found, _turning(run, mine, sign, other, unit(run, text) == "chance"))

    def above(self, limits: Mapping[str, Level]) -> Truth:
        """Test in which worlds any of some quantities is above its limit."""
        if not limits:
            raise ValueError("give a limit for a measure or more")
        each = [self.truth(("", text, ">", limit)) for text, limit in limits.items()]
        found = np.logical_or.reduce([one.holds for one in each])
        sure = np.logical_or.reduce([one.holds & ~one.open for one in each])
        unclear = np.logical_or.reduce([one.open for one in each])
        return Truth(found, unclear & ~sure)

    def _taken_apart(self, statement: tuple[Any, ...]) -> tuple[str, str, str, Any]:
        short = len(statement) == 3 and "" in self.runs
        plan, *rest = ("", *statement) if short else statement
        if len(rest) != 3 or rest[1] not in OPERATORS:
            form = (
                "('casualties', '>', 1000)"
                if "" in self.runs
                else "('firm', 'casualties', '>', 1000) or ('firm', 'casualties', '>', 'stay')"
            )
            raise ValueError(f"{statement!r} is no statement; write one like {form}")
        return plan, rest[0], rest[1], rest[2]


def in_words(statement: Statement) -> str:
    """A statement, to be read."""
    if callable(statement):
        text = getattr(statement, "__name__", "<lambda>")
        return "as a function says" if text == "<lambda>" else text.replace("_", " ")
    return " ".join(map(str, statement))


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
                    f"of them one table, `draws=drawdown.sample_inputs(...)`, of which none "
                    f"refuses a row"
                )
    return whole


def _turning(run: Run, mine: Array, sign: str, level: Any, chance: bool) -> Mask:
    """Where the mean is within its 95 % interval of turning the statement."""
    means, reach = mine.mean(axis=1), _reach(mine)
    low, high = means - reach, means + reach
    if chance and mine.shape[1] > 1:
        # Histories that agree can still err.
        low, high = exact(mine.sum(axis=1), mine.shape[1])
    return np.asarray(holds(run, low, sign, level) != holds(run, high, sign, level))


def _open(differences: Array, level: Array) -> Mask:
    means, reach = differences.mean(axis=1), _reach(differences)
    return np.asarray((np.abs(means - level) < reach) & (reach > 0))


def _reach(histories: Array) -> Array:
    """From the mean of each world's histories to the end of its 95 % interval."""
    each = histories.shape[1]
    if each < 2:
        return np.zeros(len(histories))
    found: Array = NORMAL_95 * histories.std(axis=1, ddof=1) / np.sqrt(each)
    return found
