"""The mechanisms of a scenario, and what switches each of them off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from .paths import dotted, matching
from .scenario import Scenario

Changes = dict[str, Any]


class Case(NamedTuple):
    """What there is to switch off: a scenario as a tree, and values drawn for its ranges."""

    tree: Mapping[str, Any]
    inputs: pd.DataFrame


class Mechanism(NamedTuple):
    """Something that can be switched off, by changes for `Scenario.replace`.

    Attributes
    ----------
    name : str
        What it is called in tables.
    off : str
        What holds where it is off.
    changes : callable
        From a case to the changes. A mechanism that they leave as it was is not on.
    """

    name: str
    off: str
    changes: Callable[[Case], Changes]


def without(scenario: Scenario, mechanism: Mechanism, inputs: pd.DataFrame) -> Scenario:
    """The scenario with a mechanism off: the same scenario if it was not on.

    Raises
    ------
    ScenarioError
        If something else in the scenario needs the mechanism.
    """
    return scenario.replace(mechanism.changes(Case(scenario.to_dict(), inputs)))


def _left_out(*patterns: str) -> Callable[[Case], Changes]:
    """What stands at the paths that fit is left out."""

    def changes(case: Case) -> Changes:
        found = (path for pattern in patterns for path, _ in matching(case.tree, pattern))
        return dict.fromkeys(found)

    return changes


def _set(value: Any, *patterns: str) -> Callable[[Case], Changes]:
    """What stands at the paths that fit becomes `value`."""

    def changes(case: Case) -> Changes:
        found = (path for pattern in patterns for path, _ in matching(case.tree, pattern))
        return dict.fromkeys(found, value)

    return changes


def _both(*parts: Callable[[Case], Changes]) -> Callable[[Case], Changes]:
    return lambda case: {path: to for part in parts for path, to in part(case).items()}


def _at_medians(case: Case) -> Changes:
    return {str(path): float(median) for path, median in case.inputs.median().items()}


def _tension_held(case: Case) -> Changes:
    """A state that none can follow lasts for good."""
    held = [dotted("world.tension.states", at) for _, at in matching(case.tree, _TENSION_START)]
    return _left_out(*(f"{path}.next" for path in held))(case)


def _nothing_stopped(case: Case) -> Changes:
    """A chance of 0 for every weapon on every site, however many people are there."""
    arsenals = [arsenal for _, arsenal in matching(case.tree, "world.threats.*.weapons")]
    weapons = sorted({weapon for arsenal in arsenals for weapon in arsenal})
    bare = {"intercept": dict.fromkeys(weapons, 0), "needs_people": 0}
    return _set(bare, "world.sites.*.air_defence")(case) if weapons else {}


_TENSION_START = "world.tension.start"

# In this order they are switched off one after the other, ranges first: later ones take some out.
MECHANISMS = (
    Mechanism("ranges", "every range is at the median of its draws", _at_medians),
    Mechanism("rules", "no rule acts", _left_out("plan.rules")),
    Mechanism(
        "breathing room",
        "nothing may be held up: no pauses, no stretching",
        _left_out("plan.breathing_room", "plan.phases.*.breathing_room"),
    ),
    Mechanism(
        "gates",
        "gates open as soon as they can be worked on",
        _both(_set(0, "plan.gates.*.delay_days"), _left_out("plan.gates.*.blocked_while")),
    ),
    Mechanism(
        "durations",
        "execution takes as long as announced",
        _set(1, "plan.phases.*.duration_ratio"),
    ),
    Mechanism(
        "compression",
        "no phase is hurried to keep its date",
        _left_out("plan.phases.*.compress_to"),
    ),
    Mechanism(
        "duration correlation",
        "durations of phases are independent",
        _set(0, "plan.duration_correlation"),
    ),
    Mechanism(
        "blackouts",
        "things move at any time, and as fast in all months",
        _left_out("plan.blackouts", "plan.working_days", "plan.months"),
    ),
    Mechanism(
        "materiel",
        "whatever phases take of it is gone with their people",
        _set(1_000_000, "plan.transport.modes.*.tonnes_per_day"),
    ),
    Mechanism("legs", "people are at once where they go", _left_out("world.legs")),
    Mechanism("risks", "none happens", _set(0, "world.risks.*.probability")),
    Mechanism("tension", "the first state of tension lasts", _tension_held),
    Mechanism(
        "presence",
        "rates do not depend on how many people there are",
        _set(0, "world.threats.*.presence_elasticity"),
    ),
    Mechanism("displacement", "none", _set(0, "world.threats.*.displacement")),
    Mechanism("exit pattern", "none", _left_out("world.threats.*.exit_pattern")),
    Mechanism("truce", "none", _left_out("world.threats.*.truce")),
    Mechanism("grievance", "none", _left_out("world.threats.*.grievance")),
    Mechanism("profile", "none", _left_out("world.threats.*.profile")),
    Mechanism("months", "rates do not depend on the month", _left_out("world.threats.*.months")),
    Mechanism("ceasefires", "none", _left_out("world.threats.*.ceasefires")),
    Mechanism("drift", "rates do not wander off", _left_out("world.threats.*.drift")),
    Mechanism(
        "retaliation",
        "no attack is answered",
        _left_out("world.threats.*.retaliation", "now.threats.*.strikes"),
    ),
    # The hazard goes and not the table, which conditions of rules may need.
    Mechanism(
        "expulsion",
        "the host throws nobody out",
        _set(0, "world.host.expulsion.per_day", "world.host.expulsion.unprovoked_per_day"),
    ),
    Mechanism(
        "host capability",
        "the host's forces stay as they are",
        _left_out("world.host.capability"),
    ),
    Mechanism(
        "insurgency",
        "it stays as strong as it is at the start",
        _both(
            _set(0, "world.insurgency.growth_per_year"),
            _left_out("world.insurgency.shocks"),
        ),
    ),
    Mechanism(
        "insurgent attacks",
        "incidents fall on the host",
        _set(0, "world.insurgency.incidents.on_sites"),
    ),
    Mechanism("contingents' politics", "none", _left_out("world.contingents")),
    Mechanism("re-entry", "nobody goes back by hazard", _left_out("world.reentry")),
    # The rate in a scenario is that of all attacks, caused ones included.
    Mechanism(
        "contagion",
        "attacks cause none; the rate of all attacks stays",
        _left_out("world.threats.*.contagion"),
    ),
    Mechanism(
        "batches",
        "attacks come one by one; the rate of all attacks stays",
        _set(1, "world.threats.*.batch_mean"),
    ),
    Mechanism(
        "calendar windows",
        "events change no rates",
        _left_out("world.calendar.*.windows"),
    ),
    Mechanism("air defence", "nothing is stopped", _nothing_stopped),
    Mechanism(
        "defence minimum",
        "the defence stays however few people there are",
        _set(0, "world.sites.*.air_defence.needs_people"),
    ),
)
