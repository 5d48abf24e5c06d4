"""A trial as states that last, read from its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from .trial import Trial

# Events in which people come from outside.
_ARRIVALS = ["reinforced", "went_back_in"]

# From one day to another, counted from the start.
Span = tuple[float, float]


def length(trial: Trial) -> float:
    """Days from the start to the horizon."""
    scenario = trial.run.scenario
    return float((scenario.horizon - scenario.start).days)


def people(trial: Trial) -> pd.DataFrame:
    """People on each site (columns) from the start and from each movement on, by day."""
    scenario: Any = trial.run.scenario.to_dict()
    events = trial.events
    moves = events[events["kind"].isin(["lift", "departure", *_ARRIVALS])]
    more = moves["kind"].isin(_ARRIVALS)
    columns = {}
    for site, about in scenario["world"]["sites"].items():
        gone = moves["count"].where((moves["site"] == site) & ~more, 0)
        come = moves["count"].where(moves["site"].where(more, moves["to"]) == site, 0)
        columns[site] = [sum(about["garrison"].values()), *(come - gone)]
    days = pd.Index([0.0, *moves["time_days"]], name="day")
    return pd.DataFrame(columns, days).cumsum()


def events(trial: Trial) -> dict[str, pd.Timestamp]:
    """The calendar days on which events happened, by id."""
    happened = trial.events.query("kind == 'calendar_event'")
    return dict(zip(happened["event"], happened["date"], strict=True))


def tension(trial: Trial) -> dict[str, list[Span]]:
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


def pauses(trial: Trial) -> list[Span]:
    """When movement was held."""
    events = trial.events
    began = events.loc[events["kind"] == "pause_began", "time_days"]
    ended = events.loc[events["kind"].isin(["pause_ended", "pause_spent"]), "time_days"]
    ends = [*ended, length(trial)]  # the horizon may come first
    return [(start, ends[k]) for k, start in enumerate(began)]


def phases(trial: Trial) -> dict[str, Span]:
    """When each phase that began was under way."""
    events = trial.events
    started = events[events["kind"] == "phase_started"]
    finished = events[events["kind"] == "phase_finished"]
    ends = dict(zip(finished["phase"], finished["time_days"], strict=True))
    return {
        phase: (start, ends.get(phase, length(trial)))
        for phase, start in zip(started["phase"], started["time_days"], strict=True)
    }


def casualties(trial: Trial) -> pd.DataFrame:
    """Killed and wounded (columns) of each attack that harmed somebody, by its day."""
    events = trial.events
    harm = events[events["kind"].isin(["killed", "wounded"])]
    counts = harm.groupby(["attack", "time_days", "kind"])["count"].sum().unstack(fill_value=0)
    return counts.droplevel(0).reindex(columns=["killed", "wounded"], fill_value=0)
