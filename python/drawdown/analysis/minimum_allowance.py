"""The smallest breathing room that keeps a date and a ceiling of casualties."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd

from .._internal.checks import number, several
from .._internal.days import Day
from .._internal.own import Own
from .._internal.progress import Progress, telling
from .._internal.tables import Frame, plain
from ..languages.figures import localised
from ..languages.speech import listed, say
from ..runs.criterion import PEOPLE, Criterion, kept_date, kept_most
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, run_one, scenario_of
from ..scenario.scenario import Scenario
from ..stats.intervals import exact

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    # Not beyond this: of an object with a property that gives a Literal, jedi completes nothing.
    Status = Literal["found", "open", "impossible"]

Lever = Literal["pause_days", "extension_days"]
Told = Callable[[int], object] | None

# A point is looked at up to so often, each time with twice the trials; two chances each time. An
# interval holds with 95 % however often it is looked at (Bonferroni).
_LOOKS = 4
_MISS = 0.05 / (2 * _LOOKS)


class Chance(NamedTuple):
    """A share of trials, and the exact interval in which the chance lies (Clopper & Pearson)."""

    share: float
    low: float
    high: float


def minimum_allowance(
    scenario: Given,
    *,
    finish: Day,
    confidence: float = 0.8,
    most: float | str,
    risk: float = 0.2,
    measure: str = PEOPLE,
    lever: Lever = "pause_days",
    days: Iterable[int] = range(0, 181, 30),
    trials: int = 8_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> MinimumAllowance:
    """Find the least breathing room that keeps a date and a ceiling of casualties.

    Every allowance in `days` is simulated under common random numbers, first with an eighth of the
    trials, then with twice as many until it is clear whether both aims are met, or all trials are
    spent. Chances need not rise or fall with the allowance, so all of `days` are looked at; the
    step before the first that meets both is then halved down to a day.

    Parameters
    ----------
    scenario, seed, threads, progress
        What to simulate, and the seed, threads and progress bar, as `simulate` takes them; one
        progress bar counts the trials of all allowances, as many as it may take.
    finish : date, datetime64 or str
        The date to keep: the last phase is to be done on this day or before. Or a criterion to
        keep: ``"finish_days of phase second <= 2026-12-31"``.
    confidence : float
        The share of trials in which the date is to be kept, at least: 0.8 for a P80 date.
    most : float or str
        The ceiling: the `measure` is to stay at or below this. Or a criterion to keep:
        ``"killed of site erbil <= 100"``.
    risk : float
        The share of trials in which the ceiling may be broken, at most.
    measure : str
        The measure that a number is the most of, such as ``"casualties"``, ``"killed_on_the_way"``.
    lever : {"pause_days", "extension_days"}
        The allowance of ``plan.breathing_room`` to choose.
    days : iterable of int
        The allowances to look at, in days.
    trials : int
        How many trials to run for each allowance, at most.

    Returns
    -------
    MinimumAllowance
        The answer, or why there is none.

    Raises
    ------
    ScenarioError
        If the scenario has problems at one of the allowances.
    ValueError
        If there is no such measure or lever, or a number is out of range.
    """
    settings = Settings.of(trials, seed, threads, progress)
    for name, share in (("confidence", confidence), ("risk", risk)):
        if not 0 < number(name, share) < 1:
            raise ValueError(f"`{name}` must be between 0 and 1, not {share}")
    if lever not in ("pause_days", "extension_days"):
        raise ValueError(f"`lever` is 'pause_days' or 'extension_days', not {lever!r}")
    tried = sorted(set(several("days", days, "range(0, 181, 30)")))
    if not tried or settings.trials < 2 ** (_LOOKS - 1):
        raise ValueError("give some `days`, and 8 trials or more")
    aims = Aims(kept_date(finish), confidence, kept_most(most, measure), risk)
    room = MinimumAllowance(scenario_of(scenario), aims, lever)
    looks = sum(_trials(settings, look) for look in range(_LOOKS))
    # Between two of `days`, as many as halve the widest step down to a day.
    steps = max((math.ceil(math.log2(b - a)) for a, b in itertools.pairwise(tried)), default=0)
    with telling(progress, total := (len(tried) + steps) * looks) as tell:
        room._search(tried, settings, tell)
        if tell:
            tell(total)
    return room


class Aims(NamedTuple):
    """What is to be met."""

    in_time: Criterion
    confidence: float
    ceiling: Criterion
    risk: float

    @property
    def finish(self) -> float | date | None:
        """The date that is to be kept."""
        return self.in_time.level

    @property
    def most(self) -> float | date | None:
        """The most that there is to be of the `measure`."""
        return self.ceiling.level

    @property
    def measure(self) -> str:
        """Of what the ceiling is."""
        return str(self.ceiling.quantity)

    def chances(self, run: Run) -> tuple[Chance, Chance]:
        """Of being done in time, and of more than the ceiling."""
        in_time = int(self.in_time.holds(run).sum())
        above = int(self.ceiling.otherwise.holds(run).sum())
        return _chance(in_time, run.trials), _chance(above, run.trials)

    def verdict(self, in_time: Chance, above: Chance) -> str:
        """Whether both aims are met, and if not, which is missed."""
        late, costly = in_time.high < self.confidence, above.low > self.risk
        if late or costly:
            return " and ".join(["late"] * late + ["costly"] * costly)
        sure = in_time.low >= self.confidence and above.high <= self.risk
        return "met" if sure else "open"


class MinimumAllowance(Result):
    """The smallest breathing room that keeps two aims, or why there is none; `minimum_allowance`.

    Attributes
    ----------
    aims : Aims
        The date and the ceiling.
    lever : str
        The allowance that was varied.
    table : DataFrame
        Indexed by ``days``, every allowance that was looked at. ``in_time`` is the chance of
        being done by the date and ``above`` that of more than the ceiling, each with an exact
        interval (``_low``, ``_high``) that holds in 95 cases of 100, however often the allowance
        was looked at; ``verdict`` is ``met``, ``open`` (the trials do not tell), ``late``,
        ``costly`` or ``late and costly``; ``trials`` is how many it took.
    """

    table: Own[pd.DataFrame] = Own()

    _TITLE = "room-title"

    def __init__(self, scenario: Scenario, aims: Aims, lever: Lever) -> None:
        self._scenario = scenario
        self.aims = aims
        self.lever = lever
        self.table = pd.DataFrame()
        self._seed, self._version = 0, ""
        self._rows: dict[int, dict[str, Any]] = {}

    @property
    def days(self) -> int | None:
        """The smallest allowance that surely meets both aims; None if none was found."""
        met = self.table.index[self.table["verdict"] == "met"]
        return int(met[0]) if len(met) else None

    @property
    def at_least(self) -> int | None:
        """The smallest allowance that is not ruled out: the answer is no smaller than this."""
        left = self.table.index[self.table["verdict"].isin(["met", "open"])]
        return int(left[0]) if len(left) else None

    @property
    def status(self) -> Status:
        """Whether there is an answer, more trials are needed, or nothing that was tried can do."""
        if self.days is not None:
            return "found"
        return "open" if self.at_least is not None else "impossible"

    @property
    def _date(self) -> str:
        whole = self.aims.in_time.by is None and self.aims.in_time.measure == "finish_days"
        done = self.aims.in_time.words()
        return say("room-last-phase", done=done) if whole else done

    @property
    def why(self) -> str:
        """The answer in a sentence or two."""
        aims, table = self.aims, self.table
        goal = say(
            "room-goal",
            date=self._date,
            confidence=localised(f"{aims.confidence:.0%}"),
            ceiling=aims.ceiling.otherwise.words(),
            risk=localised(f"{aims.risk:.0%}"),
        )
        about = {"lever": str(self.lever), "goal": goal}
        if self.days is not None:
            row = table.loc[self.days]
            chances = {name: chance_in_words(row, name) for name in ("in_time", "above")}
            text = say("room-found", days=plain(self.days), **chances, **about)
            if self.at_least is not None and self.at_least != self.days:
                text += f" {say('room-fewer', days=plain(self.at_least))}"
            return text
        if self.at_least is not None:
            days = listed(map(str, table.index[table["verdict"] == "open"]))
            return say("room-open", days=days, **about)
        ends = {"first": str(table.index[0]), "last": str(table.index[-1])}
        return say("room-none", reason=self._reason, **ends, **about)

    @property
    def _reason(self) -> str:
        """Why none of what was tried can do."""
        table = self.table
        late = table["verdict"].str.contains("late").all()
        costly = table["verdict"].str.contains("costly").all()
        date = _best(table.iloc[int(table["in_time"].argmax())], "in_time")
        ceiling = _best(table.iloc[int(table["above"].argmin())], "above")
        reasons = [say("room-never-dated", best=date)] if late else []
        reasons += [say("room-never-below", best=ceiling)] if costly else []
        if not reasons:
            return say("room-nowhere", date=date, ceiling=ceiling)
        return say("list-and").join(reasons)

    def plot(
        self,
        ax: Axes | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw both chances over the allowance, with what they are to be and the answer.

        Parameters
        ----------
        ax : Axes, optional
            The axes to draw on; left out, those of a new figure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        return self._drawn_on_one(ax, figsize, title)

    @property
    def scenario(self) -> Scenario:
        """The scenario that was given."""
        return self._scenario

    def tables(self) -> dict[str, pd.DataFrame]:
        """The `table`, by its name."""
        return {"table": self.table}

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        trials = self.table["trials"]
        ends = {"least": int(trials.min()), "most": int(trials.max())}
        count = say("room-allowances", places=len(trials), **ends)
        title, seed = self.scenario.title or say("untitled"), str(self._seed)
        parts = [title, count, say("origin-line-seed", seed=seed), f"drawdown {self._version}"]
        return " · ".join(parts)

    @property
    def _head(self) -> str:
        return self.why

    @property
    def _brief(self) -> str:
        return f"{self.status}, {self.lever}: {self.days}"

    def _tables(self) -> list[Frame]:
        return [Frame(self.table, "{:.3f}")]

    def _search(self, tried: list[int], settings: Settings, tell: Told = None) -> None:
        for allowance in tried:
            self._look(allowance, settings, tell)
        met = [days for days in tried if self._rows[days]["verdict"] == "met"]
        below = [days for days in tried if met and days < met[0]]
        if below:
            low, high = below[-1], met[0]
            while high - low > 1:
                middle = (low + high) // 2
                self._look(middle, settings, tell)
                low, high = (low, middle) if self._met(middle) else (middle, high)
        frame = pd.DataFrame(self._rows).T.sort_index().rename_axis("days")
        numbers = [name for name in frame if name not in ("verdict", "trials")]
        self.table = frame.astype(dict.fromkeys(numbers, float) | {"trials": int})

    def _met(self, allowance: int) -> bool:
        return bool(self._rows[allowance]["verdict"] == "met")

    def _look(self, allowance: int, settings: Settings, tell: Told) -> None:
        """Simulate one allowance until it is clear, or the trials are spent."""
        before = len(self._rows) * sum(_trials(settings, look) for look in range(_LOOKS))
        changed = self.scenario.replace({f"plan.breathing_room.{self.lever}": allowance})
        for look in range(_LOOKS):
            count = _trials(settings, look)
            said = False if tell is None else partial(_after, tell, before)
            run = run_one(changed, replace(settings, trials=count, progress=said))
            before += count
            self._seed, self._version = run.seed, run.origin["version"]
            in_time, above = self.aims.chances(run)
            verdict = self.aims.verdict(in_time, above)
            if verdict != "open":
                break
        self._rows[allowance] = {
            **{f"in_time{end}": value for end, value in zip(_ENDS, in_time, strict=True)},
            **{f"above{end}": value for end, value in zip(_ENDS, above, strict=True)},
            "verdict": verdict,
            "trials": run.trials,
        }


_ENDS = ("", "_low", "_high")


def _trials(settings: Settings, look: int) -> int:
    """How many trials a look takes."""
    return math.ceil(settings.trials / (1 << (_LOOKS - 1 - look)))


def _after(tell: Callable[[int], object], before: int, done: int) -> None:
    tell(before + done)


def _chance(count: int, trials: int) -> Chance:
    low, high = exact(count, trials, 1 - _MISS)
    return Chance(count / trials, float(low), float(high))


def chance_in_words(row: Any, name: str) -> str:
    """A chance of a row of the table, with its interval, in tenths of a hundredth."""
    share, low, high = (f"{100 * row[f'{name}{end}']:.1f}" for end in _ENDS)
    ends = {"low": localised(low), "high": localised(f"{high} %")}
    return say("room-chance", share=localised(f"{share} %"), **ends)


def _best(row: Any, name: str) -> str:
    return say("room-best", chance=chance_in_words(row, name), days=plain(row.name))
