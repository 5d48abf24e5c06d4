"""Changes to scenarios that set off the warnings which others do not."""

from typing import Any

from test_idle import HELD, STATES

THREAT = "world.threats.militia"
TENSION = {"world.tension": {"start": "calm", "states": STATES}}
PAUSE: dict[str, Any] = {"pause": {}}
LATER = "2040-01-01"


def rule(when: Any, then: Any = None, **more: Any) -> dict[str, Any]:
    return {"when": when, "then": then or PAUSE, **more}


def attacks(**bounds: Any) -> dict[str, Any]:
    return {"attacks": {"in_days": 30, **bounds}}


# Of the smallest scenario.
SMALL: dict[str, dict[str, Any]] = {
    "rules that never set off": {
        **TENSION,
        "world.threats.ghost": {"attacks_per_day": 0},
        "world.calendar.later": {"date": LATER},
        "world.risks.never": {"probability": 0},
        "plan.breathing_room": {"pause_days": 30},
        "plan.rules": {
            "early": rule({"date": {"before": "2025-01-01"}}),
            "late": rule({"date": {"from": LATER}}),
            "event": rule({"event": {"id": "later"}}),
            "risk": rule({"risk": "never"}),
            "tension": rule({"tension": ["void"]}),
            "attacks": rule(attacks(at_least=1, threats=["ghost"])),
            "room": rule({"pause_days_left": {"at_least": 31}}),
        },
        "plan.blackouts.late": {"from": LATER, "until": "2040-01-09", "allowed_for": False},
    },
    "rules that do nothing, or too often": {
        "plan.breathing_room": {"extension_days": 30},
        "plan.rules": {
            "flaps": rule(attacks(at_least=5), until=attacks(at_least=3)),
            "once": rule(
                attacks(at_least=5),
                {"accelerate": {"factor": 1}, "bring_forward": {"phases": ["leave"], "days": 0}},
                until=attacks(at_most=3),
                at_most_times=1,
                cooldown_days=3,
            ),
            "none": rule(attacks(at_least=5), {"cancel": {"phases": []}}),
        },
    },
    "a site that is left out": {
        "world.sites.other": {"garrison": {"italy": 10}},
        f"{THREAT}.site_weights": {"base": 1},
    },
    "a trial that takes long": {
        f"{THREAT}.attacks_per_day": 900,
        f"{THREAT}.weapons": {"rocket": {"share": 1, "salvo_mean": 900}},
    },
    "where things stand": {
        f"{THREAT}.retaliation": {"after_killed": 1},
        "now.breathing_room": {"pause_days": 1},
        "now.threats.militia": {
            "strikes": ["2024-12-08"],
            "attacks": [{"date": "2024-12-21", "site": "base", "count": 1}],
        },
    },
    "moves and gates": {
        **TENSION,
        "plan.phases.leave.moves.everybody.takes_arrivals": True,
        "plan.gates.go": {"delay_days": 3, "blocked_while": {"tension": ["void"]}},
    },
    "a threat without attacks of its own": {
        "world.threats.ghost": {"attacks_per_day": 0, "truce": {"factor": 0.5}},
        "world.insurgency": HELD
        | {"incidents": {"per_day": 1, "on_sites": 0.1, "threat": "ghost"}},
    },
    "ceasefires": {
        f"{THREAT}.ceasefires": {
            "over": {"from": "2025-05-01", "duration_days": 0, "factor": 0.5},
            "same": {"from": "2025-05-01", "factor": 1},
        },
    },
    "harm that harms nobody": {
        f"{THREAT}.weapons": {"rocket": {"share": 1, "salvo_mean": 2}},
        f"{THREAT}.civilian_harm": {"no_casualty": 1, "scale": 1, "killed_share": 0.5},
    },
    "going back in after nothing": {
        "plan.phases": {},
        "world.insurgency": HELD,
        "world.reentry": {
            "per_day": 0.001,
            "forces": {"some": {"site": "base", "contingent": "us", "people": 5}},
        },
    },
    "risks": {
        "world.risks": {
            "never": {"probability": 0},
            "late": {"probability": 0.5, "date": LATER},
            "some": {
                "probability": 0.5,
                "effects": {
                    "nothing": {"factor": 2},
                    "days": {"threats": ["militia"], "added_days": 3},
                    "same": {"phases": ["leave"], "factor": 1},
                    "others": {"phases": ["leaves"], "gates": ["nod"], "factor": 2},
                },
            },
        },
        "plan.mitigations": {"none": {"risks": {}}, "weak": {"risks": {"some": {}}}},
    },
}
# Of the scenario with every key.
LARGE: dict[str, dict[str, Any]] = {
    "dates": {
        "plan.transport.people_per_day": 3,
        "plan.transport.modes.road.tonnes_per_day": 1,
        "plan.phases.ending.loads": {"rest": {"site": "bravo", "tonnes": 800, "mode": "road"}},
        "plan.blackouts.ramadan.allowed_for": None,
        "world.legs.pass.days": 500,
        "world.legs.back": {"from": "charlie", "to": "bravo", "days": 1},
        "world.contingents.italy.mandate_until": "2026-06-01",
    },
    "what is used up": {
        "plan.phases.opening.duration_ratio": 0.01,
        "plan.phases.opening.compress_to": None,
        "now.gates.clearance.blocked_days": 0,
        "plan.breathing_room.pause_days": 5,
        "world.tension.states.calm.mean_days": 201,
        "world.insurgency.incidents.on_sites": 0,
    },
    "sites that are not attacked": {
        f"{THREAT}.site_weights": {"alpha": 1, "bravo": 1},
        f"{THREAT}.site_weights_by_state": None,
        f"{THREAT}.contagion.to_sites": {"alpha": {"charlie": 0.02}},
        "world.threats.cells.site_weights": {"charlie": 1},
    },
}
