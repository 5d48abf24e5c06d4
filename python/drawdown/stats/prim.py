"""The patient rule induction method: boxes in which something happens often.

Friedman & Fisher 1999 (Stat. Comput. 9:123), as used for scenario discovery by Bryant & Lempert
2010 (Technol. Forecast. Soc. Change 77:34).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

# The share of a box that a peel takes off, at the least.
_PEEL = 0.05
# A restriction that chance makes as good so often is dropped.
_TOO_LIKELY = 0.05


class Limit(NamedTuple):
    """What a box demands of one input: a value from `low` to `high`, or one of `levels`."""

    low: float = -math.inf
    high: float = math.inf
    levels: frozenset[Any] | None = None

    def holds(self, column: pd.Series[Any]) -> Mask:
        """Where the demand is met."""
        if self.levels is not None:
            return column.isin(self.levels).to_numpy()
        return ((column >= self.low) & (column <= self.high)).to_numpy()


class Box(NamedTuple):
    """The limits of a box, by input; what has none is free."""

    limits: dict[str, Limit]

    def holds(self, inputs: pd.DataFrame) -> Mask:
        """Which worlds are in the box."""
        found = np.ones(len(inputs), dtype=bool)
        for name, limit in self.limits.items():
            found &= limit.holds(inputs[name])
        return found

    def without(self, name: str) -> Box:
        """The box with one input free."""
        return Box({other: limit for other, limit in self.limits.items() if other != name})


def peel(inputs: pd.DataFrame, happens: Mask, least: float) -> list[Box]:
    """Boxes from everything inwards, each with a slice less than the one before.

    A slice is a twentieth of the box, or what shares one value, from the low or the high end of an
    input, or one level of a categorical one. The slice goes whose loss raises the share in which it
    happens the most, for each world that is lost.

    Parameters
    ----------
    inputs : DataFrame
        A row for each world. Columns that are not numbers are categorical.
    happens : ndarray of bool
        In which of them it happens.
    least : float
        The share of worlds that a box must hold.
    """
    boxes, inside = [Box({})], np.ones(len(inputs), dtype=bool)
    while True:
        here = inputs[inside]
        best: tuple[float, str, Limit] | None = None
        old = happens[inside].mean()
        for name in map(str, inputs):
            for limit in _slices(here[name]):
                kept = limit.holds(here[name])
                lost = len(kept) - kept.sum()
                if not lost or kept.sum() < max(least * len(inputs), 2):
                    continue
                gain = (happens[inside][kept].mean() - old) / lost
                if best is None or gain > best[0]:
                    best = (gain, name, limit)
        if best is None or best[0] <= 0:
            return boxes
        _, name, limit = best
        limits = boxes[-1].limits
        boxes.append(Box({**limits, name: _both(limits.get(name), limit)}))
        inside &= limit.holds(inputs[name])


def trajectory(boxes: list[Box], inputs: pd.DataFrame, happens: Mask) -> pd.DataFrame:
    """What each box holds.

    Returns
    -------
    DataFrame
        ``coverage``, the share of all worlds in which it happens that are in the box; ``density``,
        the share of the box in which it happens; ``mass``, the box's share of all worlds;
        ``limits``, how many inputs are limited.
    """
    rows = []
    for box in boxes:
        inside = box.holds(inputs)
        hits = (inside & happens).sum()
        rows.append(
            {
                "coverage": hits / happens.sum(),
                "density": hits / inside.sum() if inside.any() else math.nan,
                "mass": inside.mean(),
                "limits": len(box.limits),
            }
        )
    return pd.DataFrame(rows).rename_axis("box")


def chosen(boxes: list[Box], inputs: pd.DataFrame, happens: Mask) -> int:
    """The box that trades coverage against density best: the greatest harmonic mean (F1)."""
    table = trajectory(boxes, inputs, happens)
    both = table["coverage"] + table["density"]
    return int((2 * table["coverage"] * table["density"] / both).argmax())


def quasi_p(box: Box, inputs: pd.DataFrame, happens: Mask) -> dict[str, float]:
    """How often chance would make each limit as good, if it were drawn blindly.

    The chance that as many worlds as the box has, drawn out of the box without the limit, hold as
    many in which it happens, or more (Bryant & Lempert 2010). It is called quasi because the limit
    was chosen for being good on the same worlds.
    """
    from scipy.stats import binom

    inside = box.holds(inputs)
    hits, count = int((inside & happens).sum()), int(inside.sum())
    found = {}
    for name in box.limits:
        wider = box.without(name).holds(inputs)
        found[name] = float(binom.sf(hits - 1, count, happens[wider].mean()))
    return found


def pruned(box: Box, inputs: pd.DataFrame, happens: Mask) -> Box:
    """The box without limits that chance makes as good, the most likely first."""
    while box.limits:
        likely = quasi_p(box, inputs, happens)
        worst = max(likely, key=likely.__getitem__)
        if likely[worst] <= _TOO_LIKELY:
            break
        box = box.without(worst)
    return box


def _slices(column: pd.Series[Any]) -> Iterator[Limit]:
    """What may be left of a column when a slice is gone."""
    if not pd.api.types.is_numeric_dtype(column):
        levels = set(column)
        if len(levels) > 1:
            for level in sorted(levels, key=str):
                yield Limit(levels=frozenset(levels - {level}))
        return
    values = np.sort(column.to_numpy(float))
    if values[0] == values[-1]:
        return
    off = max(math.ceil(_PEEL * len(values)), 1)
    # What is equal to the last value of a slice goes with it.
    above, below = values[values > values[off - 1]], values[values < values[-off]]
    if above.size:
        yield Limit(low=float(above[0]))
    if below.size:
        yield Limit(high=float(below[-1]))


def _both(one: Limit | None, other: Limit) -> Limit:
    if one is None:
        return other
    levels = other.levels if one.levels is None else one.levels
    if other.levels is not None and one.levels is not None:
        levels = one.levels & other.levels
    return Limit(max(one.low, other.low), min(one.high, other.high), levels)
