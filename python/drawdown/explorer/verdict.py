"""What an answer comes to, in one sentence with its intervals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from .._internal.tables import NONE
from ..analysis.pairs import contrast
from ..runs.criterion import Criterion
from ..runs.run import Run
from ..scenario.relevance import has
from ..stats.intervals import Chance, difference
from ..stats.means import estimate
from .facts import announced


class OnTime(NamedTuple):
    """How surely everything is done by its last announced date.

    Attributes
    ----------
    by : date
        The date.
    chance : Chance
        The share of histories that are done by then, with its 95 % interval.
    apart : dict
        How much more that is than in the baseline, in the same histories: ``mean``, ``low``,
        ``high``, as shares. None where this is the baseline.
    """

    by: date
    chance: Chance
    apart: dict[str, float] | None


class Loss(NamedTuple):
    """What is expected of a measure, and how much more that is than in the baseline."""

    mean: float
    low: float
    high: float
    apart: dict[str, float] | None


def on_time(run: Run, base: Run | None) -> OnTime | None:
    """How surely everything is done by its announced date; None where nothing is to be done."""
    by = announced(run)
    if by is None:
        return None
    asked = Criterion("finish_days").held("<=", by)
    mine, apart = asked.holds(run), None
    if base is not None:
        apart = difference(mine.astype(float) - asked.holds(base).astype(float))
    return OnTime(by, asked.chance(run), apart)


def loss(run: Run, base: Run | None, measure: str) -> Loss:
    """What is expected of a measure, and what it is more than in the baseline."""
    values = run.values(measure)
    mean = estimate(values)
    apart = None if base is None else contrast(values, base.values(measure), measure)
    return Loss(mean["mean"], mean["low"], mean["high"], apart)


def sentence(run: Run, base: Run | None, name: str) -> str:
    """Say what a run comes to, beside a baseline of that name if there is one."""
    found = on_time(run, base)
    parts = []
    if found is not None:
        chance = found.chance
        text = (
            f"Done by {_day(found.by)} in {_percent(chance.share)} % of histories "
            f"({_percent(chance.low)} to {_percent(chance.high)})"
        )
        parts.append(text + _points(found.apart, name))
    if has(run.scenario, "casualties"):
        lost = loss(run, base, "casualties")
        text = (
            f"{_people(lost.mean)} casualties on average "
            f"({_people(lost.low)} to {_people(lost.high)})"
        )
        parts.append(text + _more(lost.apart, name))
    if not parts:
        return "The scenario has neither a plan nor threats: nothing is done, and nobody is harmed."
    text = "; ".join(parts)
    unsure = f", not to be told from {name}"
    if text.count(unsure) == 2:
        text = text.replace(unsure, "") + f"; neither is to be told from {name}"
    text += "."
    return text[:1].upper() + text[1:]


# An interval of so many points is told in whole ones.
_WIDE = 2
# What `cells` are about.
HEAD = ("on time", "points more", "95 %", "casualties", "more", "95 %")


def cells(run: Run, base: Run | None) -> list[str]:
    """The same in cells of a table."""
    found, row = on_time(run, base), [NONE] * len(HEAD)
    if found is not None:
        row[0] = f"{_percent(found.chance.share)} %"
        if found.apart is not None:
            row[1:3] = _apart([100 * found.apart[key] for key in ("mean", "low", "high")])
    if has(run.scenario, "casualties"):
        lost = loss(run, base, "casualties")
        row[3] = _people(lost.mean)
        if lost.apart is not None:
            row[4:6] = _apart([lost.apart[key] for key in ("difference", "low", "high")])
    return row


def _apart(ends: Sequence[float]) -> list[str]:
    mean, low, high = map(signed, ends)
    return [mean, f"{low} to {high}"]


def signed(value: float) -> str:
    """A difference to be read, with its sign."""
    if value == 0:
        return "0"
    size = abs(value)
    return f"{'+' if value > 0 else '−'}{f'{size:,.0f}' if size >= 10 else f'{size:.2g}'}"


def _points(apart: dict[str, float] | None, name: str) -> str:
    if apart is None:
        return ""
    points, low, high = (100 * apart[key] for key in ("mean", "low", "high"))
    if low <= 0 <= high:
        return f", not to be told from {name}"
    word, sign = ("more", 1) if points > 0 else ("less", -1)
    ends = sorted((sign * low, sign * high))
    digits = 0 if high - low >= _WIDE else 1
    told = [f"{value:.{digits}f}" for value in (sign * points, *ends)]
    return f", {told[0]} points {word} than {name} ({told[1]} to {told[2]})"


def _more(apart: dict[str, float] | None, name: str) -> str:
    if apart is None:
        return ""
    mean, low, high = (apart[key] for key in ("difference", "low", "high"))
    if low <= 0 <= high:
        return f", not to be told from {name}"
    word, sign = ("more", 1) if mean > 0 else ("fewer", -1)
    ends = sorted((sign * low, sign * high))
    return f", {_people(sign * mean)} {word} than {name} ({_people(ends[0])} to {_people(ends[1])})"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _people(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:,.1f}"


def as_json(found: OnTime | None) -> dict[str, Any] | None:
    """The chance of being on time as JSON has it."""
    if found is None:
        return None
    chance = found.chance
    return {
        "by": found.by.isoformat(),
        "share": round(chance.share, 4),
        "low": round(chance.low, 4),
        "high": round(chance.high, 4),
        "apart": found.apart and {key: found.apart[key] for key in ("mean", "low", "high")},
    }
