"""What is asked of a run, as a text: an expected value, or whether something is so.

``"casualties"`` is an expected value, ``"casualties > 1000"`` a criterion, of which a run has the
chance. Both can be of a part of the theatre (``"finish_days of phase second"``). Levels are numbers
(``1000``, ``1_000`` or ``1,000``) or, of what is a moment, dates (``"finish_days > 2026-12-31"``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from operator import ge, gt, le, lt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._internal.checks import number
from .._internal.checks import text as text_of
from .._internal.days import Day, day
from ..languages.speech import said_or, say
from ..stats.intervals import Chance, of_trials
from .backend import By
from .base import Histories, by_id, horizon, nearest, units
from .base import measure as check
from .quantities import AT_HORIZON, MOMENTS, MORE_IS_BETTER, comparable, expected

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Level = float | Day

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_OTHERWISE = {"<=": ">", ">": "<=", ">=": "<", "<": ">="}
# Of what a ceiling is unless another measure is named.
PEOPLE = "casualties"
_WHEN = {"<=": "when-by", "<": "when-before", ">": "when-after", ">=": "when-from"}
_HOW_MUCH = {"<=": "level-at-most", "<": "level-fewer", ">": "level-more", ">=": "level-or-more"}
_FORM = re.compile(
    r"\s*(?P<measure>\w+)(?:\s+of\s+(?P<by>\w+)\s+(?P<id>[^\s<>=!]+))?"
    r"(?:\s*(?P<sign>[<>=!]+)\s*(?P<level>\S*))?\s*"
)
_SIGN = re.compile(r"[<>=!]")
# Thousands in the way that English has them.
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
# Whole numbers below are written without a point.
_WHOLE = 2.0**53


@dataclass(frozen=True)
class Criterion:
    """A measure, or one of a part of the theatre; and, with a sign, what is to be so of it.

    Attributes
    ----------
    measure : str
        Such as ``"casualties"``.
    by, id : str or None
        The part: a breakdown, as in `Run.summary`, and which of it.
    sign : {"<=", ">=", "<", ">"} or None
        None: its expected value is asked for.
    level : float, date or None
        What it is held against. A date lasts until the next midnight.

    Raises
    ------
    ValueError
        If there is no such sign, a level is not a number (NaN), or what is no moment is held
        against a date.
    """

    measure: str
    by: By | None = None
    id: str | None = None
    sign: str | None = None
    level: float | date | None = None

    def __post_init__(self) -> None:
        if self.sign is None:
            return
        if self.sign not in OPERATORS:
            raise ValueError(f"`{self.sign}` is none of {', '.join(OPERATORS)}")
        if self.level is None or (isinstance(self.level, float) and math.isnan(self.level)):
            raise ValueError(f"`{self.measure}` is held against a number or a date")
        if isinstance(self.level, date) and self.measure not in MOMENTS:
            raise ValueError(
                f"`{self.measure}` is not a moment, and is held against a number, not a date"
            )

    @classmethod
    def parse(cls, text: str) -> Criterion:
        """Reads a text.

        Raises
        ------
        ValueError
            If it has not got the form; the message says where.
        """
        given = text_of("measure", text, "casualties > 1000")
        found = _FORM.fullmatch(given)
        if not found:
            raise ValueError(
                f"{given!r} is not understood: name a measure, such as 'casualties', 'casualties "
                f"of site erbil', 'casualties > 1000' or 'finish_days > 2026-12-31'"
            )
        # A breakdown that there is not is refused where values are asked for.
        parts: Any = found.groups()
        measure, by, name, sign, at = parts
        try:
            return cls(measure, by, name, sign, None if sign is None else level(at))
        except ValueError as error:
            raise ValueError(f"{given!r} is not understood: {error}") from None

    @classmethod
    def to_simulate(cls, text: str) -> Criterion:
        """Reads a text of which a run is still to be made.

        Raises
        ------
        ValueError
            If it has not got the form, or no run has such a measure.
        """
        found = cls.parse(text)
        check("measure", found.measure, found.by)
        return found

    def __str__(self) -> str:
        text = self.measure if self.by is None else f"{self.measure} of {self.by} {self.id}"
        return text if self.sign is None else f"{text} {self.sign} {written(self.level)}"

    def words(self, number: Callable[[float], str] = "{:g}".format) -> str:
        """The same to be read, such as ``more than 100 casualties of site erbil``."""
        name = said_or(f"measure-{self.measure}", self.measure)
        if self.by:
            name = say("measure-of-part", measure=name, part=self._part)
        name = name.replace("_", " ")
        if self.sign is None:
            return name
        if isinstance(self.level, date):
            if self.measure == "finish_days":
                name = say("what-part-done", part=self._part) if self.by else say("what-done")
            return say("what-when", what=name, when=self.when)
        assert self.level is not None
        return say(_HOW_MUCH[self.sign], level=number(self.level), what=name)

    @property
    def when(self) -> str:
        """On which side of a date it is to be, such as ``by 2026-12-31``."""
        assert self.sign is not None
        return say(_WHEN[self.sign], day=str(self.level))

    @property
    def _part(self) -> str:
        return say(f"part-{self.by}", id=str(self.id))

    @property
    def quantity(self) -> Criterion:
        """What is held against the level, its expected value."""
        return Criterion(self.measure, self.by, self.id)

    def held(self, sign: str, at: Level) -> Criterion:
        """The same measure held against a level.

        Raises
        ------
        ValueError
            As for `Criterion`.
        """
        return Criterion(self.measure, self.by, self.id, sign, level(at))

    @property
    def more_is_better(self) -> bool:
        """Whether more of what is asked is better: of a limit that is to be kept, its chance.

        Of most measures less is better, so that ``"casualties <= 1000"`` is to be kept and
        ``"casualties > 1000"`` is not to be so.
        """
        more = self.measure in MORE_IS_BETTER
        return more if self.sign is None else more == (self.sign in (">", ">="))

    @property
    def otherwise(self) -> Criterion:
        """What is so where this is not."""
        assert self.sign is not None
        return Criterion(self.measure, self.by, self.id, _OTHERWISE[self.sign], self.level)

    def recorded(self, run: Histories) -> Array:
        """The measure in every history, missing (NaN) where it was not reached.

        Raises
        ------
        ValueError
            If the run has no such measure or part.
        """
        check("measure", self.measure, self.by, run._measures)
        if self.by is None:
            return run.values(self.measure)
        found = by_id(run, self.measure, self.by)
        if self.id is None or self.id not in found:
            near = nearest(str(self.id), found)
            raise ValueError(
                f"there is no `{self.measure}` of {self.by} `{self.id}`; {near}there are "
                f"{', '.join(found) or 'none'}"
            )
        return found[self.id]

    def values(self, run: Histories) -> Array:
        """What to take means of, in every history: the measure, or 1 where it is so and else 0.

        An expected finish counts what is not reached as reached at the horizon.

        Raises
        ------
        ValueError
            As `recorded`; or if the mean is not known because it is missing in some histories, or
            there is nothing to compare.
        """
        if self.sign is not None:
            return self.holds(run).astype(float)
        return expected(self.recorded(run), self.measure, horizon(run))

    def ordered(self, run: Histories) -> Array:
        """The measure in every history, to be compared: infinite where that is what missing means.

        Raises
        ------
        ValueError
            As `recorded`; or if there is nothing to compare.
        """
        return comparable(self.recorded(run), self.measure)

    def holds(self, run: Histories) -> Flags:
        """In which histories it is so.

        What is missing is later than any date (a buffer that is missing, less than any).

        Raises
        ------
        ValueError
            As `ordered`.
        """
        return self.met(run, self.ordered(run))

    def met(self, run: Histories, values: NDArray[Any]) -> Flags:
        """Of which values it is so.

        Raises
        ------
        ValueError
            If that is not known, as it is asked of a moment after the horizon, and of something
            that has not happened by then.
        """
        assert self.sign is not None
        sign, bound = _bound(run, self.sign, self.level)
        last = horizon(run)
        # Held against what is infinite, it is asked whether it happens before the horizon.
        beyond = last < bound < math.inf or (bound == last and sign in ("<=", ">"))
        undone = int(np.isposinf(values).sum())
        if self.measure in MOMENTS and beyond and undone:
            day_before = run.scenario.horizon - timedelta(days=1)
            raise ValueError(
                f"`{self}` is not known of {undone:,} of {len(values):,} "
                f"histories, which have come to the horizon ({run.scenario.horizon}) without it: "
                f"ask about {day_before} or a day before, or simulate with a later `horizon`"
            )
        return np.asarray(OPERATORS[sign](values, bound))

    def chance(self, run: Histories) -> Chance:
        """How often it is so, with the exact interval; by samples where histories share them.

        Raises
        ------
        ValueError
            As `ordered`.
        """
        return of_trials(self.holds(run), run._each)

    def unit(self, run: Histories) -> str:
        """The unit of `values`.

        Raises
        ------
        ValueError
            If the run has no such measure.
        """
        if self.sign is not None:
            return "chance"
        check("measure", self.measure, self.by, run._measures)
        return units(run, self.by)[self.measure]

    def missing(self, run: Histories) -> float:
        """The share of histories in which the measure has no value."""
        return float(np.isnan(self.recorded(run)).mean())


@dataclass(frozen=True)
class Limit:
    """What is to be so, world by world, of an expected value or of a chance.

    Attributes
    ----------
    on : Criterion
        Without a sign its expected value, with one its chance.
    sign : {"<=", ">=", "<", ">"}
        Which side of the level is meant.
    level : float or date
        What it is held against.
    """

    on: Criterion
    sign: str
    level: float | date

    @classmethod
    def of(cls, on: str, sign: str, at: Level) -> Limit:
        """A limit of what a text asks for.

        Raises
        ------
        ValueError
            If it is not understood, or held against what it cannot be held against.
        """
        asked = Criterion.parse(on)
        if asked.sign is None:
            asked.held(sign, at)  # which says what is wrong
        elif sign not in OPERATORS or isinstance(level(at), date):
            raise ValueError(f"`{asked}` is a chance: hold it against a number, such as 0.5")
        return cls(asked, sign, level(at))

    @classmethod
    def kept(cls, on: str, at: Level) -> Limit:
        """The limit of what is good enough: the most, or the least of what is better if more.

        Raises
        ------
        ValueError
            As `of`.
        """
        return cls.of(on, ">=" if Criterion.parse(on).more_is_better else "<=", at)

    @property
    def otherwise(self) -> Limit:
        """What is so where this is not."""
        return Limit(self.on, _OTHERWISE[self.sign], self.level)

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Reads ``"casualties <= 1000"``: what is expected is to be on that side.

        Raises
        ------
        ValueError
            If it has not got the form, or holds nothing against a level.
        """
        found = Criterion.parse(text)
        if found.sign is None or found.level is None:
            raise ValueError(
                f"{text!r} says of nothing how much it is to be: write a level, such as "
                f"'{text.strip()} <= 1000'"
            )
        return cls(found.quantity, found.sign, found.level)

    def holds(self, run: Histories, values: Array) -> Flags:
        """In which worlds it is so, by what is expected in each."""
        return _on_side(run, values, self.sign, self.level)

    def check(self, run: Histories) -> None:
        """Refuses a limit that nothing can break, as what is not reached counts as at the horizon.

        Raises
        ------
        ValueError
            If an expected finish, missing in some histories, is held against the horizon or later.
        """
        on = self.on
        if on.sign is not None or on.measure not in AT_HORIZON or not on.missing(run):
            return
        late = _days(run, self.level) + 1 if isinstance(self.level, date) else self.level
        if late >= horizon(run):
            last = run.scenario.horizon - timedelta(days=1)
            raise ValueError(
                f"`{on}` counts what is not reached as reached at the horizon, which cannot be "
                f"later than {written(self.level)}: ask for a chance, such as '{on} > {last}'"
            )


def kept_date(given: Day) -> Criterion:
    """The `finish` that is to be kept: by a date, or a criterion as a text.

    Raises
    ------
    ValueError
        If it is neither a date nor a text that says what is to be little.
    """
    if isinstance(given, str) and _SIGN.search(given):
        return _kept("finish", given)
    return Criterion("finish_days", sign="<=", level=day("finish", given))


def kept_most(given: float | str, measure: str = PEOPLE) -> Criterion:
    """The `most` that is to be kept: a number of a measure, or a criterion as a text.

    Raises
    ------
    TypeError, ValueError
        If it is neither a number nor a text that says what is to be little, or the text is of
        another measure than is named beside it.
    """
    if not isinstance(given, str) or not _SIGN.search(given):
        return Criterion.to_simulate(measure).held("<=", number("most", given))
    found = _kept("most", given)
    if measure not in (PEOPLE, str(found.quantity)):
        raise ValueError(
            f"`most` is of {found.quantity}, and `measure` is {measure}: leave out `measure`"
        )
    return found


def _kept(name: str, text: str) -> Criterion:
    found = Criterion.to_simulate(text)
    if found.sign not in ("<=", "<"):
        example = "2026-12-31" if found.measure in MOMENTS else 1000
        raise ValueError(
            f"`{name}` says what is to be kept, such as '{found.quantity} <= {example}', not "
            f"{text!r}"
        )
    return found


def level(given: Level) -> float | date:
    """What something is held against: a number, or a date.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if isinstance(given, str):
        plain = given.replace(",", "") if _THOUSANDS.fullmatch(given) else given
        try:
            return float(plain)
        except ValueError:
            pass
        try:
            return day("level", given)
        except ValueError:
            what = repr(given) if given else "nothing"
            raise ValueError(
                f"{what} is neither a number, such as 1000, 1_000 or 1,000, nor a date, such as "
                f"2026-12-31"
            ) from None
    if isinstance(given, (date, np.datetime64)):
        return day("level", given)
    return number("level", given)


def written(at: float | date | None) -> str:
    """A level as `level` reads it again."""
    if isinstance(at, float):
        return str(int(at)) if at.is_integer() and abs(at) < _WHOLE else repr(at)
    return str(at)


def _on_side(run: Histories, values: NDArray[Any], sign: str, at: float | date | None) -> Flags:
    """Where values are on that side of a level; a date lasts until the next midnight."""
    sign, bound = _bound(run, sign, at)
    return np.asarray(OPERATORS[sign](values, bound))


def _bound(run: Histories, sign: str, at: float | date | None) -> tuple[str, float]:
    """A sign and a number that say the same; a date lasts until the next midnight."""
    if not isinstance(at, date):
        assert at is not None
        return sign, float(at)
    days = _days(run, at)
    return (sign, days) if sign in ("<", ">=") else ({">": ">=", "<=": "<"}[sign], days + 1)


def _days(run: Histories, at: date) -> float:
    """A date in days from the start."""
    return float((at - run.scenario.start).days)
