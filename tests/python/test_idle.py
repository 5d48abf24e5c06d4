"""A warning says that a key does nothing where it is so, and only there."""

from typing import Any

import numpy as np
import pytest

import drawdown as dd
from every_key import ROOT, others, put, walk

TRIALS = 200
RETALIATION = {"after_killed": 1, "after_wounded": 1}
HELD = {"strength": 0.2, "growth_per_year": 1, "pressure": 1, "troops_share": 0.5}
STATES = {
    "calm": {"mean_days": 50, "next": {"war": 1}},
    "war": {"mean_days": 20, "next": {"calm": 1}},
    "void": {"mean_days": 9, "next": {"calm": 1}},
}
VOTE = {"date": "2025-06-01"}
THREAT = "world.threats.militia"

# With one phase the correlation chooses other numbers of the same law.
ONLY_IN_LAW = ("plan.duration_correlation",)

# Changes to the smallest scenario, and the keys that then do nothing.
IDLE: dict[str, tuple[dict[str, Any], set[str]]] = {
    "expulsion by friction, without strikes": (
        {"world.host": {"expulsion": {"per_day": 0.01, "notice_days": 30}}},
        {"world.host.expulsion.per_day"},
    ),
    "expulsion by friction, strikes coordinated": (
        {
            f"{THREAT}.retaliation": RETALIATION | {"coordinated": 1},
            "world.host": {"expulsion": {"per_day": 0.01}},
        },
        {"world.host.expulsion.per_day"},
    ),
    "expulsion without a hazard": (
        {"world.host": {"expulsion": {"per_day": 0, "notice_days": 30}}},
        {"world.host.expulsion"},
    ),
    "friction, areas and capability that nothing looks at": (
        {
            "world.areas": {"west": {}},
            "world.host": {
                "areas": ["west"],
                "friction": {"memory_days": 50},
                "capability": {"start": 0.5},
            },
        },
        {"world.host.friction", "world.host.areas", "world.host.capability"},
    ),
    "strikes in answer to attacks without weapons": (
        {f"{THREAT}.weapons": {}, f"{THREAT}.retaliation": RETALIATION},
        {f"{THREAT}.retaliation"},
    ),
    "strikes without effect": (
        {f"{THREAT}.retaliation": RETALIATION | {"memory_days": 50, "coordinated": 0.5}},
        {f"{THREAT}.retaliation.memory_days", f"{THREAT}.retaliation.coordinated"},
    ),
    "no attacks": ({f"{THREAT}.attacks_per_day": 0}, {f"{THREAT}.attacks_per_day"}),
    "a decay without children": (
        {f"{THREAT}.contagion": {"children_per_attack": 0, "decay_days": 5}},
        {f"{THREAT}.contagion"},
    ),
    "harm without weapons": (
        {f"{THREAT}.weapons": {}, f"{THREAT}.harm.killed_share": 0.5},
        {f"{THREAT}.harm"},
    ),
    "a defence against what nobody has": (
        {"world.sites.base.air_defence.intercept": {"ballistic": 0.3}},
        {"world.sites.base.air_defence.intercept.ballistic"},
    ),
    "a defence without attacks": (
        {f"{THREAT}.weapons": {}, "world.sites.base.air_defence.needs_people": 700},
        {"world.sites.base.air_defence.needs_people"},
    ),
    "one site": ({f"{THREAT}.displacement": 0.5}, {f"{THREAT}.displacement"}),
    "nobody leaves": (
        {
            "plan.phases": {},
            f"{THREAT}.presence_elasticity": 0.5,
            f"{THREAT}.exit_pattern": {"before": 0.5},
            f"{THREAT}.truce": {"factor": 0.5},
            f"{THREAT}.grievance": {"per_day": 0.5},
            "plan.transport.lift_every_days": 3,
            "plan.review_every_days": 3,
            "plan.duration_correlation": 0.5,
            "world.costs": {"per_person_moved": 3, "per_pause_day": 4},
        },
        {
            f"{THREAT}.presence_elasticity",
            f"{THREAT}.exit_pattern",
            f"{THREAT}.truce",
            f"{THREAT}.grievance",
            "plan.transport",
            "plan.review_every_days",
            "plan.duration_correlation",
            "world.costs.per_person_moved",
            "world.costs.per_pause_day",
        },
    ),
    "a reference that nothing follows": (
        {"world.sites.base.reference_garrison": 300},
        {"world.sites.base.reference_garrison"},
    ),
    "windows": (
        {
            "world.calendar": {
                "vote": VOTE
                | {
                    "outcomes": {"yes": {"weight": 1}, "no": {"weight": 0}},
                    "windows": {
                        "late": {"from_days": 3000, "until_days": 3001, "factor": 2},
                        "early": {"from_days": -300, "until_days": -200, "factor": 2},
                        "no": {"from_days": 0, "until_days": 9, "factor": 2, "outcome": "no"},
                        "same": {"from_days": 0, "until_days": 9, "factor": 1},
                        "acts": {"from_days": 0, "until_days": 9, "factor": 2},
                    },
                }
            }
        },
        {f"world.calendar.vote.windows.{key}" for key in ("late", "early", "no", "same")},
    ),
    "a window without attacks": (
        {
            f"{THREAT}.attacks_per_day": 0,
            "world.calendar": {
                "vote": VOTE | {"windows": {"x": {"from_days": 0, "until_days": 9, "factor": 2}}}
            },
        },
        {f"{THREAT}.attacks_per_day", "world.calendar.vote.windows.x"},
    ),
    "a state that nothing leads to": (
        {"world.tension": {"start": "calm", "states": STATES}},
        {"world.tension.states.void"},
    ),
    "weights of no state": (
        {
            "world.tension": {"start": "calm", "states": {"calm": {"mean_days": 9}}},
            f"{THREAT}.site_weights": {"base": 1},
            f"{THREAT}.site_weights_by_state": {"calm": {"base": 2}},
        },
        {f"{THREAT}.site_weights"},
    ),
    "contingents": (
        {
            f"{THREAT}.harm.killed_share": 0,
            "world.contingents": {"us": {"tolerance_killed": 3, "delay_days": 3}},
        },
        {"world.contingents.us.tolerance_killed"},
    ),
    "a contingent with no reason to leave": (
        {"world.contingents": {"us": {"delay_days": 3}}},
        {"world.contingents.us"},
    ),
    "an insurgency that does not grow": (
        {"world.insurgency": HELD | {"growth_per_year": 0, "troops_exponent": 2}},
        {f"world.insurgency.{key}" for key in ("pressure", "troops_share", "troops_exponent")},
    ),
    "an insurgency that troops do not hold down": (
        {"world.insurgency": HELD | {"troops_share": 0, "troops_exponent": 2}},
        {"world.insurgency.troops_exponent"},
    ),
    "an insurgency that does nothing": (
        {
            "world.insurgency": HELD
            | {"shocks": {"per_year": 0, "factor": 2}, "incidents": {"per_day": 0}}
        },
        {"world.insurgency.shocks", "world.insurgency.incidents"},
    ),
    "going back in without a hazard": (
        {
            "world.insurgency": HELD,
            "world.reentry": {
                "per_day": 0,
                "forces": {"one": {"site": "base", "contingent": "us", "people": 9}},
            },
        },
        {"world.reentry"},
    ),
    "no barrages": (
        {"world.barrages": {"per_day": 0, "capable": {"base": 10}}},
        {"world.barrages"},
    ),
    "breathing room that no rule uses": (
        {
            "plan.breathing_room": {"pause_days": 30, "extension_days": 5},
            "plan.phases.leave.breathing_room": {"pause_days": 9},
        },
        {"plan.breathing_room", "plan.phases.leave.breathing_room"},
    ),
    "one phase": ({"plan.duration_correlation": 0.5}, {"plan.duration_correlation"}),
}


def scenario(changes: dict[str, Any]) -> dd.Scenario:
    # All at once: some need others.
    return dd.Scenario.example("minimal").replace(changes)


def outcome(scenario: dd.Scenario) -> bytes:
    """All that a run measures, to the bit."""
    run = dd.simulate(scenario, trials=TRIALS, seed=11, threads=1, progress=False)
    measures = [(name, by) for name, by, _, _ in dd._core.measures()]
    return b"".join(np.asarray(run.values(name, by or None)).tobytes() for name, by in measures)


@pytest.mark.parametrize("name", IDLE)
def test_what_does_nothing_is_warned_of(name: str) -> None:
    changes, idle = IDLE[name]
    warnings = scenario(changes).warnings
    assert {warning.path for warning in warnings} == idle
    assert {warning.code for warning in warnings} == {"no_effect"}


@pytest.mark.parametrize("name", IDLE)
def test_what_is_warned_of_does_nothing(name: str) -> None:
    tree = scenario(IDLE[name][0]).to_dict()
    before, tried = outcome(dd.Scenario.from_dict(tree)), 0
    for leaf in walk(tree, ROOT):
        for value in others(leaf)[:3] if leaf.kind in ("number", "integer", "Range", "Law") else ():
            try:
                other = dd.Scenario.from_dict(put(tree, leaf.path, value))
            except dd.ScenarioError:
                continue
            paths = [f"{warning.path}." for warning in other.warnings]
            if any(f"{leaf}.".startswith(path) for path in paths):
                tried += 1
                if str(leaf) in ONLY_IN_LAW:
                    continue
                assert outcome(other) == before, f"{leaf} = {value}"
    assert tried


def test_a_number_of_the_smallest_scenario_acts_or_a_warning_says_that_it_does_not() -> None:
    tree = dd.Scenario.example("minimal").to_dict()
    before, silent = outcome(dd.Scenario.from_dict(tree)), []
    for leaf in walk(tree, ROOT):
        if leaf.kind not in ("number", "integer", "Range", "Law") or leaf.path == ("schema",):
            continue
        acts = False
        for value in others(leaf):
            try:
                other = dd.Scenario.from_dict(put(tree, leaf.path, value))
            except dd.ScenarioError:
                continue
            paths = [f"{warning.path}." for warning in other.warnings]
            told = any(f"{leaf}.".startswith(path) for path in paths)
            acts = acts or told or outcome(other) != before
        silent += [] if acts else [str(leaf)]
    # Defence leaves when fewer people are there, and the tried numbers are below the least that are.
    assert silent == ["world.sites.base.air_defence.needs_people"]
