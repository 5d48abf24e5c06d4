"""Levels of casualties that are seldom reached, as runs with less variance tell of them."""

import math

import numpy as np
import pytest

import drawdown as dd
from drawdown.runs.merging import core_of

RATE, DAYS, PEOPLE = 0.05, 365, 900
QUIET, SCALE, SHAPE = 0.4, 3.0, 0.5


def staying(weapons=None, **changed):
    """One base that nobody leaves, with attacks of one projectile each that nothing stops."""
    threat = {
        "attacks_per_day": RATE,
        "weapons": weapons or {"mortar": {"share": 1, "salvo_mean": 1, "interceptable": False}},
        "harm": {"no_casualty": QUIET, "scale": SCALE, "shape": SHAPE, "killed_share": 0.2},
        **changed,
    }
    world = {
        "intercept": {"rocket": {"beta": [6, 4]}, "drone": 0.5},
        "sites": {"base": {"garrison": {"us": PEOPLE}}},
        "threats": {"militia": threat},
    }
    return dd.Scenario.from_dict(
        {"schema": 1, "start": "2025-01-01", "horizon": "2026-01-01", "world": world}
    )


def reduced(scenario, levels, trials=1_600, seed=7, **more):
    about = {"variance": "reduced", "levels": levels, "progress": False, **more}
    return dd.simulate(scenario, trials=trials, seed=seed, **about)


def tail(level, people=PEOPLE):
    """P(a projectile harms so many or more), from the formula of the generalised Pareto law."""
    survival = [(1 + SHAPE * (k - 1) / SCALE) ** (-1 / SHAPE) for k in (level, people + 1)]
    return (1 - QUIET) * (survival[0] - survival[1]) / (1 - survival[1])


@pytest.mark.parametrize("level", [5, 9, 40, 200, 700, PEOPLE])
def test_the_worst_of_poisson_attacks_has_a_closed_form(level):
    # Attacks that do as much are a thinned Poisson process: 1 - exp(-rate days P(X >= level)).
    true = -math.expm1(-RATE * DAYS * tail(level))
    row = reduced(staying(), [level]).exceedance("casualties", "occurrence", levels=[level])
    chance = row.loc[level]
    assert abs(chance["probability"] - true) < 4 * chance["standard_error"]
    assert chance["low"] <= true * 1.2
    assert chance["high"] >= true * 0.8
    assert 0 < chance["standard_error"] < 0.15 * true


def test_all_attacks_together_reach_a_level_as_a_compound_poisson_law_says():
    # Panjer's recursion for the sum of so many independent numbers (1981, ASTIN Bulletin 12:22).
    most = 400
    harm = np.array([1 - tail(1)] + [tail(k) - tail(k + 1) for k in range(1, most)])
    mean = RATE * DAYS
    law = np.zeros(most)
    law[0] = math.exp(-mean * (1 - harm[0]))
    for total in range(1, most):
        k = np.arange(1, total + 1)
        law[total] = mean / total * (k * harm[k] * law[total - k]).sum()
    levels = [5, 60, 150, 300]
    run = reduced(staying(), levels, trials=16_000)
    assert dict(run.exceedance("casualties", levels=levels)["probability"]) == {
        level: (run.values("casualties") >= level).mean() for level in levels
    }
    found = run.exceedance("casualties", levels=levels)
    for level in levels:
        chance = found.loc[level]
        true = 1 - law[:level].sum()
        assert abs(chance["probability"] - true) < 4 * chance["standard_error"], level
        assert chance["standard_error"] < 1.05 * math.sqrt(true * (1 - true) / run.trials)


@pytest.mark.parametrize("seed", [100, 101, 102])
def test_of_all_attacks_no_level_is_ruled_out_that_trials_may_reach(seed):
    # Of 20,000 plain trials 26 reach it; runs that had no trial near it were sure of a tiny chance.
    run = dd.simulate(
        "iraq-2024", trials=800, seed=seed, variance="reduced", levels=[1_500], progress=False
    )
    assert run.exceedance("casualties", levels=[1_500])["high"].item() > 26 / 20_000


FEEDBACK = {
    "weapons": {
        "rocket": {"share": 0.7, "salvo_mean": 6},
        "drone": {"share": 0.3, "salvo_mean": 2},
    },
    "attacks_per_day": {"uniform": [0.01, 0.1]},
    "contagion": {"children_per_attack": 0.4, "decay_days": 4},
    "retaliation": {"deterrence": -0.7, "delay_days": 2, "memory_days": 40, "after_wounded": 0.8},
}


@pytest.mark.parametrize("seed", [1, 2])
def test_levels_are_reached_as_often_as_in_plain_trials(seed):
    scenario = staying(**FEEDBACK)
    levels = [60, 100, 200, 300, 600]
    plain = dd.simulate(scenario, trials=20_000, seed=seed, progress=False)
    run = reduced(scenario, levels, trials=4_000, seed=seed)
    for kind in ("occurrence", "aggregate"):
        one = plain.exceedance("casualties", kind, levels=levels)
        other = run.exceedance("casualties", kind, levels=levels)
        for level in levels:
            share, error = other.loc[level, ["probability", "standard_error"]]
            drawn = one.loc[level, "probability"]
            between = math.hypot(error, math.sqrt(share * (1 - share) / plain.trials))
            assert abs(share - drawn) < 4 * between, (kind, level, share, drawn)


def test_more_than_there_are_are_never_harmed_at_once():
    chance = reduced(staying(), [PEOPLE + 1]).exceedance(
        "casualties", "occurrence", levels=[PEOPLE + 1]
    )
    assert chance["probability"].item() == 0
    assert chance["high"].item() < 0.01


def test_other_levels_are_told_by_the_trials_that_reach_them():
    run = reduced(staying(), [40])
    plain = (run.values("worst_attack") >= 41).mean()
    found = run.exceedance("casualties", "occurrence", levels=[40, 41])
    assert found.loc[41, "probability"] == plain
    assert found.loc[40, "probability"] != (run.values("worst_attack") >= 40).mean()
    assert (
        run.exceedance("killed", levels=[40])["probability"].item()
        == (run.values("killed") >= 40).mean()
    )


def test_shards_and_saved_runs_keep_their_levels(tmp_path):
    scenario = staying(**FEEDBACK)
    whole = reduced(scenario, [300, 30], trials=900, threads=2)
    assert whole.origin["levels"] == [30, 300]
    parts = [
        reduced(scenario, [30, 300], range(0, 400)),
        reduced(scenario, [300, 30], range(400, 900)),
    ]
    whole.save(tmp_path / "run.npz")
    for run in (dd.merge(parts), dd.load(tmp_path / "run.npz")):
        for kind in ("occurrence", "aggregate"):
            asked = ("casualties", kind)
            assert run.exceedance(*asked, levels=[30, 300]).equals(
                whole.exceedance(*asked, levels=[30, 300])
            )
    assert dd.load(tmp_path / "run.npz").trial(17).inputs.equals(whole.trial(17).inputs)
    with pytest.raises(ValueError, match="other levels of casualties"):
        dd.merge([parts[0], reduced(scenario, [30], range(400, 900))])


def test_a_rare_chance_is_reached_with_few_trials():
    found = dd.simulate_to_precision(
        staying(), "worst_attack >= 700", 0.1, relative=True, seed=3, variance="reduced"
    )
    true = -math.expm1(-RATE * DAYS * tail(700))
    assert found.reached
    assert found.run.trials <= 4_000
    assert abs(found.value - true) < 2 * found.half_width


def test_what_is_refused(minimal):
    about = {"trials": 400, "seed": 1, "progress": False}
    with pytest.raises(ValueError, match="leave `levels` out"):
        dd.simulate(minimal, levels=[3], **about)
    for wrong, what in ((0, "at least 1"), (-3, "at least 1"), (2.5, "whole number")):
        with pytest.raises((ValueError, TypeError), match=what):
            dd.simulate(minimal, levels=[wrong], variance="reduced", **about)
    with pytest.raises(ValueError, match="no more than 64"):
        dd.simulate(minimal, levels=range(1, 66), variance="reduced", **about)


def base(threat, people, **world):
    """One base that nobody leaves, for a year."""
    sites = {"base": {"garrison": {"us": people}}}
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": "2025-01-01",
            "horizon": "2026-01-01",
            "world": {"sites": sites, "threats": {"militia": threat}, **world},
        }
    )


def test_what_surely_harms_nobody_reaches_no_level():
    # In one half of the worlds no projectile harms anybody, of salvos so large that they are counted.
    quiet = {"mixture": [{"weight": 1, "value": 1.0}, {"weight": 1, "value": 0.5}]}
    threat = {
        "attacks_per_day": 0.05,
        "weapons": {"rocket": {"share": 1, "salvo_mean": 2_000}},
        "harm": {"no_casualty": quiet, "scale": 2, "shape": 0.3},
    }
    levels = [1, 50, 200]
    asked = {"trials": 640, "seed": 1, "progress": False, "levels": levels}
    run = dd.simulate(base(threat, 200), variance="reduced", **asked)
    assert np.isfinite(core_of(run).besides()).all()
    table = run.exceedance("casualties", "occurrence", levels=levels)
    assert (np.abs(table["probability"] - 0.5) < 0.01).all()


def test_levels_that_only_a_rare_war_reaches_are_not_told_too_surely():
    # One trial in 2,700 comes to the war, in which alone an attack harms a hundred.
    states = {
        "calm": {"mean_days": 1e6, "next": {"war": 1}},
        "war": {"mean_days": 1_000},
    }
    threat = {
        "attacks_per_day": {"calm": 0.05, "war": 0.05},
        "weapons": {"rocket": {"share": 1, "salvo_mean": 1, "interceptable": False}},
        "harm": {"no_casualty": 0.2, "scale": 2, "shape": 0.2, "by_state": {"war": {"scale": 80}}},
    }
    scenario = base(threat, 300, tension={"start": "calm", "states": states})
    plain = dd.simulate(scenario, trials=100_000, seed=99, progress=False)
    true = (plain.values("worst_attack") >= 100).mean()
    assert 2e-4 < true < 6e-4
    held = []
    for seed in range(30):
        asked = {"trials": 800, "seed": seed, "progress": False, "levels": [100]}
        run = dd.simulate(scenario, variance="reduced", **asked)
        told = run.exceedance("casualties", "occurrence", levels=[100]).iloc[0]
        held.append(told["low"] <= true <= told["high"])
    assert sum(held) >= 27
