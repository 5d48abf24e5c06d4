"""A scenario with all that runs with less variance deal with, and means of both kinds of runs."""

import math

import drawdown as dd

TENSION = {
    "start": "calm",
    "states": {
        "calm": {"mean_days": 60, "next": {"flare": 0.9, "war": 0.1}},
        "flare": {
            "mean_days": {"constant": {"uniform": [10, 40]}},
            "next": {"calm": 0.7, "war": 0.3},
        },
        "war": {"mean_days": 20, "next": {"calm": 1}},
    },
}
RETALIATION = {"deterrence": -0.7, "delay_days": 2, "memory_days": 40, "after_wounded": 0.8}


def nested(**changed):
    """A withdrawal from two sites, with ranges, states of tension and attacks that cause others."""
    threat = {
        "attacks_per_day": {"calm": {"uniform": [0.02, 0.2]}, "flare": 0.4, "war": 1.5},
        "contagion": {"children_per_attack": {"uniform": [0, 0.5]}, "decay_days": 3},
        "site_weights": {"north": 2, "south": 1},
        "presence_elasticity": {"uniform": [-0.2, 0.8]},
        "harm": {"no_casualty": 0.6, "scale": 5, "shape": 0.4, "killed_share": {"beta": [2, 8]}},
        **changed,
    }
    leave = {
        "announced_start": "2025-03-01",
        "announced_finish": "2025-09-30",
        "moves": {
            "first": {"site": "north", "contingent": "us"},
            "then": {"site": "south", "contingent": "us"},
        },
    }
    return {
        "schema": 1,
        "start": "2025-01-01",
        "horizon": "2026-01-01",
        "world": {
            "sites": {"north": {"garrison": {"us": 40}}, "south": {"garrison": {"us": 300}}},
            "tension": TENSION,
            "threats": {"militia": threat},
        },
        "plan": {"phases": {"leave": leave}},
    }


def both(scenario, trials, seed=7, **asked):
    plain = dd.simulate(scenario, trials=trials, seed=seed, progress=False, **asked)
    asked["variance"] = "reduced"
    return plain, dd.simulate(scenario, trials=trials, seed=seed, progress=False, **asked)


def assert_same_means(plain, reduced, by=None, scores=4.0):
    """Whether means of both kinds agree within standard errors of their difference."""
    one, other = plain.summary(by), reduced.summary(by)
    for measure in one.index:
        mean, error = one.loc[measure, ["mean", "standard_error"]]
        found, its = other.loc[measure, ["mean", "standard_error"]]
        if math.isnan(mean) or one.loc[measure, "missing"] > 0.9 * plain.trials:
            continue
        # Of what happens in a few trials replicates know the error badly.
        between = math.hypot(error, its)
        assert abs(found - mean) <= scores * between + 1e-9, (measure, mean, error, found, its)
