"""The core against its plain-Python twin, in distribution."""

import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

import drawdown as dd
import twin

TWO_BASES = """
schema = 1
start = 2025-01-01
horizon = 2026-07-01
[world.sites.north]
garrison = { us = 900, france = 200 }
air_defence = { intercept = { drone = 0.7, rocket = { beta = [4, 4] } }, needs_people = 300 }
[world.sites.south]
garrison = { us = 500 }
[world.sites.rear]
garrison = {}
reference_garrison = 400
[world.tension]
start = "calm"
states.calm = { mean_days = 90, next = { flare = 1 } }
states.flare = { mean_days = { uniform = [10, 90] }, next = { calm = 0.8, war = 0.2 } }
states.war = { mean_days = 20, next = { flare = 1 } }
[world.threats.militia]
attacks_per_day = { calm = 0.1, flare = 0.6, war = 2 }
rate_factor = { lognormal = { median = 1, sigma = 0.3 } }
site_weights = { north = 2, south = 1, rear = 0.5 }
presence_elasticity = { uniform = [-0.2, 0.8] }
contagion = { children_per_attack = { uniform = [0.2, 0.6] }, decay_days = 5 }
[world.threats.cell]
attacks_per_day = 0.05
site_weights = { south = 1 }
weapons = { rocket = { share = 1, salvo_mean = 5 } }
harm = { no_casualty = 0.5, scale = 1.5, shape = 0.6, killed_share = { beta = [2, 18] } }
[plan.transport]
people_per_day = 20
[plan.gates.approval]
delay_days = { pert = [0, 20, 80] }
blocked_while = { tension = ["war"] }
[plan.gates.treaty]
delay_days = { gamma = { shape = 2, mean = 30 } }
after = ["approval"]
[plan.phases.first]
after = ["approval"]
announced_start = 2025-02-01
announced_finish = 2025-07-01
moves.us = { site = "north", contingent = "us", people = 500 }
moves.shift = { site = "north", contingent = "us", people = 300, to = "rear" }
moves.france = { site = "north", contingent = "france" }
[plan.phases.second]
after = ["treaty"]
announced_start = 2025-04-01
announced_finish = 2025-09-01
duration_ratio = { lognormal = { median = 1.2, sigma = 0.3 } }
moves.us = { site = "south", contingent = "us", residual = 50 }
[plan.phases.third]
after = ["first", "second"]
announced_start = 2025-09-15
announced_finish = 2025-12-01
moves.us = { site = "rear", contingent = "us" }
[plan.breathing_room]
pause_days = 90
extension_days = 40
latest = 2026-03-01
[plan.rules.hold]
when = { any = [{ attacks = { in_days = 30, at_least = 15 } }, { wounded = { in_days = 14, at_least = 8, sites = ["north"] } }] }
then = { pause = { at_least_days = 14 } }
until = { all = [{ attacks = { in_days = 21, at_most = 8 } }, { not = { killed = { in_days = 7, at_least = 1 } } }] }
"""

Values = Callable[[dd.Run], np.ndarray]
Twin = Callable[[dict[str, Any]], float]


def finish(kind: str, which: str | None) -> Twin:
    def value(trial: dict[str, Any]) -> float:
        days = trial["finish_days"][kind]
        days = days if which is None else days[which]
        return np.nan if days is None else days

    return value


def measures(run: dd.Run) -> dict[str, tuple[np.ndarray, Twin]]:
    """Name to (values of the core, the twin's value in a trial)."""
    found: dict[str, tuple[np.ndarray, Twin]] = {}
    for name in ("attacks", "intercepted", "wounded", "killed", "person_days", "pause_days"):
        found[name] = (run.values(name), lambda trial, name=name: trial[name])
    found["extension_days"] = (run.values("extension_days"), lambda trial: trial["extension_days"])
    found["finish overall"] = (run.values("finish_days"), finish("overall", None))
    for kind, by in (("phases", "phase"), ("sites", "site"), ("contingents", "contingent")):
        for k, which in enumerate(run.ids(by)):
            values = run.values("finish_days", by)[:, k]
            found[f"finish of {by} {which}"] = (values, finish(kind, which))
    for k, state in enumerate(run.ids("state")):
        days = run.values("tension_days", "state")[:, k]
        found[f"days of {state}"] = (days, lambda trial, state=state: trial["tension_days"][state])
    for by in ("site", "threat", "contingent"):
        for k, which in enumerate(run.ids(by)):
            wounded = run.values("wounded", by)[:, k]
            found[f"wounded of {by} {which}"] = (
                wounded,
                lambda trial, by=by, which=which: trial["wounded_by"][by].get(which, 0),
            )
    return found


@cache
def both(name: str) -> tuple[dd.Run, list[dict[str, Any]]]:
    text, of_core, of_twin = {
        "two bases": (TWO_BASES, 40_000, 1_200),
        "iraq-2024": (dd.Scenario.example("iraq-2024").to_toml(), 20_000, 300),
    }[name]
    run = dd.simulate(dd.Scenario.from_toml(text), trials=of_core, seed=3, progress=False)
    return run, twin.simulate(tomllib.loads(text), of_twin, seed=4)


@pytest.mark.parametrize("name", ["two bases", "iraq-2024"])
def test_core_and_twin_agree_in_distribution(name: str) -> None:
    run, trials = both(name)
    compared = measures(run)
    assert len(compared) > 20
    for measure, (core, of_twin) in compared.items():
        plain = np.array([of_twin(trial) for trial in trials], dtype=float)
        assert_same_mean(f"{measure}, share missing", np.isnan(core), np.isnan(plain))
        core, plain = core[~np.isnan(core)], plain[~np.isnan(plain)]
        if core.size and plain.size:
            assert_same_mean(measure, core, plain)
            assert_same_law(measure, core, plain)


@pytest.mark.parametrize("name", ["two bases", "iraq-2024"])
def test_people_by_site_and_week_agree(name: str) -> None:
    run, trials = both(name)
    data = run.dataset()
    for site in run.ids("site"):
        core = data["people_by_site_mean"].sel(site=site).to_numpy()
        plain = np.array([trial["weekly_people"][site] for trial in trials], dtype=float)
        se = plain.std(axis=0, ddof=1) / np.sqrt(len(trials))
        # Two people of slack where nearly all trials agree and the error is not estimated well.
        assert np.all(np.abs(core - plain.mean(axis=0)) < 4.5 * se * np.sqrt(1.03) + 2), site


def test_the_pause_rule_is_at_work_in_both() -> None:
    run, trials = both("two bases")
    paused = np.mean([trial["pause_days"] > 0 for trial in trials])
    assert 0.2 < paused < 0.95
    assert 0.2 < np.mean(run.values("pause_days") > 0) < 0.95
    assert run.values("extension_days").max() == pytest.approx(40)


def assert_same_mean(what: str, core: np.ndarray, plain: np.ndarray) -> None:
    """Means within 4 standard errors of their difference."""
    se = np.hypot(core.std(ddof=1) / np.sqrt(core.size), plain.std(ddof=1) / np.sqrt(plain.size))
    difference = core.mean() - plain.mean()
    assert abs(difference) <= 4 * se + 1e-9, f"{what}: {core.mean()} and {plain.mean()}, SE {se}"


def assert_same_law(what: str, core: np.ndarray, plain: np.ndarray) -> None:
    """Two-sample Kolmogorov-Smirnov distance below its 1 in 10,000 quantile."""
    # The two round times differently, in the ninth decimal.
    core, plain = np.sort(np.round(core, 3)), np.sort(np.round(plain, 3))
    grid = np.union1d(core, plain)
    distance = np.abs(
        np.searchsorted(core, grid, "right") / core.size
        - np.searchsorted(plain, grid, "right") / plain.size
    ).max()
    scale = np.sqrt(core.size * plain.size / (core.size + plain.size))
    assert distance * scale < 2.23, f"{what}: Kolmogorov-Smirnov distance {distance}"
