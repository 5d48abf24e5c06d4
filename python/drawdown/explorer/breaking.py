"""What would have to be wrong: where a plan that holds begins to fail, or one that fails holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd

from .._internal.tables import plain
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.criterion import Criterion
from ..runs.run import Run
from ..scenario.relevance import has
from ..stats.means import estimate
from .controls import Control, ends_of, shown

Measure = Literal["on_time", "casualties"]
# So sure is a plan that it is more likely than not to be done on time.
LEVEL = 0.5


class Margin(NamedTuple):
    """By how much a plan holds, 0 or more if it does: what is estimated, and its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether it holds, by what is estimated."""
        return self.mean >= 0

    def is_surely(self, holds: bool) -> bool:
        """Whether the whole interval says so."""
        return self.low >= 0 if holds else self.high < 0


Reading = Generator[None, None, Margin | None]
# The margin with a control at a value; None where the scenario refuses it.
At = Callable[[float | bool], Reading]


class Aim(NamedTuple):
    """What a plan is to keep: a chance of being on time, or a ceiling of casualties.

    Attributes
    ----------
    measure : {"on_time", "casualties"}
        What is looked at.
    level : float
        The least chance of being done by the announced date, or the most casualties on average.
    by : date
        The announced date; None of casualties.
    """

    measure: Measure
    level: float
    by: date | None

    @classmethod
    def of(cls, run: Run, measure: Any, level: Any) -> Aim:
        """Make it from what was asked for; left out, it is to be on time more often than not.

        Raises
        ------
        ValueError
            If there is no such measure here, or the level is none.
        """
        by = _announced(run)
        there = [] if by is None else ["on_time"]
        there += ["casualties"] if has(run.scenario, "casualties") else []
        measure = measure or "on_time"
        if measure not in there:
            told = " or ".join(f"`{one}`" for one in there) or "nothing, here"
            raise ValueError(f"a plan fails by {told}, not by `{measure}`")
        if level is None:
            level = LEVEL if measure == "on_time" else _above(estimate(run.values(measure))["mean"])
        number = isinstance(level, (int, float)) and not isinstance(level, bool)
        if not number or not (0 < level < 1 if measure == "on_time" else level >= 0):
            least = "above 0 and below 100 %" if measure == "on_time" else "of people, 0 or more"
            raise ValueError(f"say from where on the plan fails: a number {least}")
        return cls(measure, float(level), by if measure == "on_time" else None)

    def margin(self, run: Run) -> Margin:
        """By how much a run keeps it."""
        if self.by is not None:
            chance = Criterion("finish_days").held("<=", self.by).chance(run)
            found = (chance.share, chance.low, chance.high)
            return Margin(*(value - self.level for value in found))
        mean = estimate(run.values("casualties"))
        return Margin(*(self.level - mean[key] for key in ("mean", "high", "low")))


def _announced(run: Run) -> date | None:
    """The day by which everything is announced to be done."""
    dates: Any = run.finish_dates()["announced"]
    last = dates.get(("overall", ""))
    return None if pd.isna(last) else last.date()


def _above(value: float) -> float:
    """A number of two figures that is no less."""
    size = 10.0 ** max(math.floor(math.log10(value or 1)) - 1, 0)
    return math.ceil(value / size) * size


@dataclass(frozen=True)
class Break:
    """Where one control, moved alone, turns a plan from holding to failing, or back.

    Attributes
    ----------
    control : Control
        The control.
    now : float or bool
        Where it stands; of a range that is sampled, its median.
    is_range : bool
        Whether it is a range that is sampled.
    at : float or bool
        The value nearest to that from which on it is otherwise.
    up : bool
        Whether it is otherwise at that value and above, and not below.
    unsure : float or bool
        From here on the 95 % interval no longer says that it is as now.
    surely : float or bool
        From here on the 95 % interval says that it is otherwise; None if that is nowhere within
        what the control reaches.
    """

    control: Control
    now: float | bool
    is_range: bool
    at: float | bool
    up: bool
    unsure: float | bool
    surely: float | bool | None

    @property
    def distance(self) -> float:
        """How far it is from where it stands, as a share of what the control reaches."""
        low, high = ends_of(self.control)
        return abs(self.at - self.now) / (high - low)


def search(
    controls: Sequence[Control],
    setting: Mapping[str, Any],
    here: Margin,
    at: Callable[[Control], At],
) -> Generator[None, None, list[Break]]:
    """Look for where each control, moved alone, turns what is so now.

    Parameters
    ----------
    controls : sequence of Control
        What can be moved.
    setting : mapping
        What was moved, by path.
    here : Margin
        By how much the plan holds now.
    at : callable
        Gives for a control what tells the margin at each of its values.

    Returns
    -------
    list of Break
        The nearest first. A control that turns nothing at its ends, where it stands and half-way
        between is taken to turn nothing.
    """
    found = []
    for control in controls:
        moved = setting.get(control.path, control.value)
        if isinstance(moved, str):
            continue
        is_range = control.sampled and control.path not in setting
        line = _Line(control, moved, at(control), None if is_range else here)
        one = yield from line.turn(here.holds)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: one.distance)


class _Line:
    """The values of one control, and the margins that are known of them."""

    def __init__(self, control: Control, now: float | bool, at: At, here: Margin | None) -> None:
        self._control, self._now, self._at = control, now, at
        self._is_range = here is None
        self._known: dict[float | bool, Margin | None] = {} if here is None else {now: here}

    def turn(self, holds: bool) -> Generator[None, None, Break | None]:
        """Where what is so now is no longer, nearest to where the control stands."""
        places, differs = [], []
        for value in self._places():
            margin = yield from self._margin(value)
            if margin is not None:
                places.append(value)
                differs.append(margin.holds != holds)
        pairs = [k for k in range(1, len(places)) if differs[k] != differs[k - 1]]
        if not pairs:
            return None
        k = min(pairs, key=lambda k: self._far(places[k - 1], places[k]))
        up = differs[k]
        # From the places that are as now to those that are otherwise.
        way = places if up else places[::-1]
        k = k if up else len(places) - k
        value = yield from self._first(way[k - 1], way[k], lambda margin: margin.holds != holds)
        unsure = yield from self._unsure([*way[:k], value], holds)
        surely = yield from self._surely([value, *way[k:]], holds)
        return Break(self._control, self._now, self._is_range, value, up, unsure, surely)

    def _places(self) -> list[float | bool]:
        low, high = ends_of(self._control)
        if self._control.kind == "switch":
            return [low, high]
        now = self._now
        return sorted({low, self._middle(low, now), now, self._middle(now, high), high})

    def _far(self, one: float, other: float) -> float:
        return min(abs(one - self._now), abs(other - self._now))

    def _unsure(self, way: Sequence[Any], holds: bool) -> Generator[None, None, Any]:
        """The first value of a way whose interval does not say that it is as now."""
        for k in range(len(way) - 2, -1, -1):
            margin = yield from self._margin(way[k])
            if margin is not None and margin.is_surely(holds):
                return (
                    yield from self._first(way[k], way[k + 1], lambda it: not it.is_surely(holds))
                )
        return way[0]

    def _surely(self, way: Sequence[Any], holds: bool) -> Generator[None, None, Any]:
        """The first value of a way whose interval says that it is otherwise."""
        for k, value in enumerate(way):
            margin = yield from self._margin(value)
            if margin is None or not margin.is_surely(not holds):
                continue
            if k == 0:
                return value
            return (yield from self._first(way[k - 1], value, lambda it: it.is_surely(not holds)))
        return None

    def _first(
        self, before: Any, after: Any, turned: Callable[[Margin], bool]
    ) -> Generator[None, None, Any]:
        """The first place of the slider that has turned, between one before and one after it."""
        while (middle := self._middle(before, after)) not in (before, after):
            margin = yield from self._margin(middle)
            if margin is not None and turned(margin):
                after = middle
            else:
                before = middle
        return after

    def _middle(self, one: float, other: float) -> float:
        """The place of the slider that is half-way, or one of the two where there is none."""
        step = self._control.step
        place = float(f"{round((one + other) / 2 / step) * step:.6g}")
        place = int(place) if place.is_integer() else place
        return place if min(one, other) < place < max(one, other) else one

    def _margin(self, value: float | bool) -> Reading:
        if value not in self._known:
            self._known[value] = yield from self._at(value)
        return self._known[value]


def as_json(
    aim: Aim, here: Margin, found: Sequence[Break], controls: Sequence[Control]
) -> dict[str, Any]:
    """What was found, as JSON has it.

    Returns
    -------
    dict
        ``said``, how things stand; ``holds``; ``rows``, each with ``path``, ``value`` (to go
        there), ``label``, ``now``, ``at`` and ``interval``; ``without``, the labels of what turns
        nothing.
    """
    turned = [one.control.path for one in found]
    return {
        "said": _said(aim, here),
        "holds": here.holds,
        "rows": [_row(one) for one in found],
        "without": [one.label for one in controls if one.path not in turned],
    }


def table(found: Sequence[Break]) -> pd.DataFrame:
    """What was found as a table, indexed by ``path``."""
    columns = ["path", "label", "now", "at", "up", "unsure", "surely"]
    rows = [[one.control.path, one.control.label, *_values(one)] for one in found]
    return pd.DataFrame(rows, columns=columns).set_index("path")


def _values(one: Break) -> list[Any]:
    return [one.now, one.at, one.up, one.unsure, one.surely]


def _said(aim: Aim, here: Margin) -> str:
    if aim.measure == "on_time":
        told = [localised(f"{100 * (value + aim.level):.0f}") for value in here]
        now = say("breaking-on-time", share=told[0], low=told[1], high=told[2])
        least = say("breaking-on-time-least", level=plain(100 * aim.level))
    else:
        told = [f"{aim.level - value:,.0f}" for value in (here.mean, here.high, here.low)]
        mean, low, high = map(localised, told)
        now = say("breaking-casualties", mean=mean, low=low, high=high)
        least = say("breaking-casualties-most", level=localised(f"{aim.level:,g}"))
    if here.is_surely(here.holds):
        end = say("breaking-holds" if here.holds else "breaking-fails")
    else:
        end = say("breaking-holds-open" if here.holds else "breaking-fails-open")
    return say("breaking-said", now=now, least=least, end=end)


def _row(one: Break) -> dict[str, Any]:
    control = one.control
    if control.kind == "switch":
        at, interval = shown(control, one.at), ""
    else:
        at = say("breaking-or-more" if one.up else "breaking-or-less", value=shown(control, one.at))
        ends = [shown(control, one.unsure), say("breaking-beyond")]
        if one.surely is not None:
            ends[1] = shown(control, one.surely)
        low, high = ends if one.up else ends[::-1]
        interval = say("breaking-between", low=low, high=high)
    now = shown(control, one.now)
    return {
        "path": control.path,
        "value": one.at,
        "label": control.label,
        "now": say("breaking-middle", value=now) if one.is_range else now,
        "at": at,
        "interval": interval,
    }
