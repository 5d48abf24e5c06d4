"""One trial simulated once more, and the states that last in it, read from its events."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from .. import _core
from .backend import Results
from .base import Histories, horizon
from .events import frame

# From one day to another, counted from the start.
Span = tuple[float, float]


class History:
    """What happened in one trial: `Trial` is this with all that can be asked of it.

    Attributes
    ----------
    index : int
        The number of the trial, from 0.
    run : Run
        The run that it belongs to.
    """

    def __init__(self, run: Histories, results: Results, index: int) -> None:
        self.run = run
        self.index = index
        self._history = results.trial(index)
        self._labels = labels(results)

    @property
    def events(self) -> pd.DataFrame:
        """What happened, in order, one row for each event.

        Columns are ``time_days`` (from the start), ``date`` (its calendar day), ``kind``, the ids
        concerned (``site``, ``to`` for people who move to another site, ``threat``,
        ``contingent``, ``phase``, ``gate``, ``state``, ``event`` of the calendar and its
        ``outcome``, ``rule``; missing where none is), ``count`` (people,
        or 1), ``attack`` (its number in the trial, from 0) and ``parent`` (the number of the
        attack that caused it).
        """
        return self._events.copy()

    @cached_property
    def _events(self) -> pd.DataFrame:
        return frame(self._history["events"]).drop(columns="trial")

    @property
    def inputs(self) -> pd.Series[float]:
        """The values drawn for the uncertain numbers of the scenario, by dotted path."""
        return pd.Series(dict(self._history["inputs"]), dtype=float, name=self.index)

    @property
    def measures(self) -> pd.Series[float]:
        """Every measure: ``attacks``, ``attacks_by_site.asad``, ... Missing: not reached."""
        return pd.Series(self._history["row"], index=self._labels, name=self.index)


def length(trial: History) -> float:
    """Days from the start to the horizon."""
    return horizon(trial.run)


def people(trial: History) -> pd.DataFrame:
    """People on each site (columns) from the start and from each movement on, by day."""
    history = trial._history
    days = pd.Index(history["days"], name="day")
    return pd.DataFrame(history["people"].sum(axis=2), days, trial.run.ids("site"))


def events(trial: History) -> dict[str, pd.Timestamp]:
    """The calendar days on which events happened, by id."""
    happened = trial.events.query("kind == 'calendar_event'")
    return dict(zip(happened["event"], happened["date"], strict=True))


def tension(trial: History) -> dict[str, list[Span]]:
    """The stays in each state of tension, the state of the start first."""
    scenario: Any = trial.run.scenario.to_dict()
    world = scenario["world"].get("tension")
    if not world:
        return {}
    changes = trial.events.query("kind == 'tension'")
    entered = [0.0, *changes["time_days"], length(trial)]
    others = [state for state in world["states"] if state != world["start"]]
    stays: dict[str, list[Span]] = {state: [] for state in [world["start"], *others]}
    for k, state in enumerate([world["start"], *changes["state"]]):
        stays[state].append((entered[k], entered[k + 1]))
    return stays


def pauses(trial: History) -> list[Span]:
    """When movement was held."""
    events = trial.events
    began = events.loc[events["kind"] == "pause_began", "time_days"]
    ended = events.loc[events["kind"].isin(["pause_ended", "pause_spent"]), "time_days"]
    ends = [*ended, length(trial)]  # the horizon may come first
    return [(start, ends[k]) for k, start in enumerate(began)]


def cancelled(trial: History) -> dict[str, float]:
    """The days on which phases were cancelled, by id."""
    events = trial.events.query("kind == 'phase_cancelled'")
    return dict(zip(events["phase"], events["time_days"], strict=True))


def phases(trial: History) -> dict[str, Span]:
    """When each phase that began was under way: until it was done or cancelled, or the horizon."""
    events = trial.events
    started = events[events["kind"] == "phase_started"]
    finished = events[events["kind"] == "phase_finished"]
    done = dict(zip(finished["phase"], finished["time_days"], strict=True))
    begun, over = _before_the_start(trial)
    ends = over | cancelled(trial) | done
    begun |= dict(zip(started["phase"], started["time_days"], strict=True))
    return {phase: (start, ends.get(phase, length(trial))) for phase, start in begun.items()}


def _before_the_start(trial: History) -> tuple[dict[str, float], dict[str, float]]:
    """When phases began and ended that had begun before the first day: negative days, by id."""
    scenario: Any = trial.run.scenario.to_dict()
    phases = scenario.get("now", {}).get("phases", {})
    announced = {phase: scenario["plan"]["phases"][phase]["announced_start"] for phase in phases}

    def days(day: str) -> float:
        return float((date.fromisoformat(day) - trial.run.scenario.start).days)

    begun = {phase: days(of.get("started", announced[phase])) for phase, of in phases.items()}
    return begun, {phase: days(of["finished"]) for phase, of in phases.items() if "finished" in of}


def casualties(trial: History) -> pd.DataFrame:
    """Killed and wounded (columns) of each attack that harmed somebody, by its day."""
    events = trial.events
    harm = events[events["kind"].isin(["killed", "wounded"])]
    counts = harm.groupby(["attack", "time_days", "kind"])["count"].sum().unstack(fill_value=0)
    return counts.droplevel(0).reindex(columns=["killed", "wounded"], fill_value=0)


def labels(results: Results) -> list[str]:
    """A name for each number of a trial: ``attacks``, ``attacks_by_site.asad``, ..."""
    names = []
    for name, by, _, _ in _core.measures():
        names += [f"{name}_by_{by}.{key}" for key in results.ids(by)] if by else [name]
    return names
