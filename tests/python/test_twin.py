"""The core against its plain-Python twin, in distribution."""

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest

import drawdown as dd
import twin
from twin_legs import ON_THE_ROAD
from twin_news import NEWS
from twin_now import NOW
from twin_risks import RISKY
from twin_scenarios import CASES as ATTACKS
from twin_scenarios import TWO_BASES, Case
from twin_world import WORLD

pytestmark = pytest.mark.slow

TOTALS = ("attacks", "intercepted", "wounded", "killed", "person_days")
TOTALS += ("pause_days", "extension_days", "forced_resumptions", "stretch_days", "reinforcements")
TOTALS += ("people_moved", "strikes", "expelled", "expelled_days", "incidents", "shocks")
TOTALS += ("insurgent_strength", "peak_insurgent_strength", "reentry", "reentry_days")
TOTALS += ("people_back", "barrages", "barrages_unmet", "cost")
COUNTS = [(name, by) for name in ("wounded", "killed") for by in ("site", "threat", "contingent")]
COUNTS += [("attacks", "site"), ("attacks", "threat")]

# What is measured by id, and where the twin keeps it.
KEPT = {
    ("times", "rule"): "times",
    ("strikes", "threat"): "strikes_by",
    ("departed", "contingent"): "departed",
    ("cancelled", "phase"): "cancelled",
    ("event_days", "event"): "event_days",
    ("happened", "outcome"): "happened",
    ("event_days", "risk"): "risk_days",
    ("happened", "risk"): "risk_happened",
    ("buffer_days", "buffer"): "buffer_days",
    ("buffer_met", "buffer"): "buffer_met",
    ("person_days", "site"): "person_days_by",
    ("people_left", "site"): "people_left",
}

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
    for name in TOTALS:
        found[name] = (run.values(name), lambda trial, name=name: known(trial[name]))
    found["finish overall"] = (run.values("finish_days"), finish("overall", None))
    for by in ("phase", "site", "contingent"):
        for which, values in run.values("finish_days", by).items():
            found[f"finish of {by} {which}"] = (values.to_numpy(), finish(by, which))
    chain = run.ids("state") if len(run.ids("state")) > 1 else []
    for state in chain:
        days = run.values("tension_days", "state")[state].to_numpy()
        found[f"days of {state}"] = (days, lambda trial, state=state: trial["tension_days"][state])
    for name, by in COUNTS:
        for which, values in run.values(name, by).items():
            found[f"{name} of {by} {which}"] = (
                values.to_numpy(),
                lambda trial, name=name, by=by, which=which: trial[f"{name}_by"][by].get(which, 0),
            )
    for (name, by), key in KEPT.items():
        for which, values in run.values(name, by).items():
            found[f"{name} of {which}"] = (
                values.to_numpy(),
                lambda trial, key=key, which=which: known(trial[key][which]),
            )
    return found


def known(value: float | None) -> float:
    return np.nan if value is None else value


def both(name: str) -> tuple[dd.Run, list[dict[str, Any]]]:
    return simulate_both(*SCENARIOS[name])


@cache
def simulate_both(text: str, of_core: int, of_twin: int) -> tuple[dd.Run, list[dict[str, Any]]]:
    run = dd.simulate(dd.Scenario.from_toml(text), trials=of_core, seed=3, progress=False)
    return run, twin.simulate(tomllib.loads(text), of_twin, seed=4)


CASES = ATTACKS | WORLD | RISKY | ON_THE_ROAD
IRAQ = dd.Scenario.from_dict(dd.Scenario.example("iraq-2024").to_dict() | {"sources": {}})

SCENARIOS = (
    {
        "two bases": (TWO_BASES, 40_000, 450),
        "iraq-2024": (IRAQ.to_toml(), 20_000, 40),
    }
    | {name: (case.text, 20_000, case.trials) for name, case in CASES.items()}
    | NEWS
    | NOW
)


def together(names: Iterable[str]) -> list[Any]:
    """The tests of one scenario run in one process, so that it is simulated once."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]


@pytest.mark.parametrize("name", together(SCENARIOS))
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
            spread = (x - core.mean() for x in (core, plain))
            assert_same_mean(f"{measure}, variance", *(x**2 for x in spread))
            assert_same_law(measure, core, plain)


@pytest.mark.parametrize("name", together(CASES))
def test_a_bias_of_the_mechanism_would_be_seen(name: str) -> None:
    case, (run, trials) = CASES[name], both(name)
    scenario = dd.Scenario.from_toml(case.text).replace(case.off)
    without = dd.simulate(scenario, trials=20_000, seed=3, progress=False)
    effect = moved(run, case).mean() - moved(without, case).mean()
    assert 4 * moved(run, case).std() / np.sqrt(len(trials)) < case.seen * abs(effect)


def moved(run: dd.Run, case: Case) -> np.ndarray:
    """What the mechanism moves, by trial."""
    name, by, which = case.moves
    return run.values(name) if by is None else run.values(name, by)[which].to_numpy()


BATCHES, OF = 50, 100


@pytest.mark.parametrize("name", together(SCENARIOS))
def test_people_by_site_and_week_agree(name: str) -> None:
    _, trials = both(name)
    scenario = dd.Scenario.from_toml(SCENARIOS[name][0])
    batches = [
        dd.simulate(scenario, trials=OF, seed=seed, progress=False) for seed in range(BATCHES)
    ]
    core = np.array([run.dataset()["people_by_site_mean"].to_numpy() for run in batches])
    for k, site in enumerate(batches[0].ids("site")):
        plain = np.array([trial["weekly_people"][site] for trial in trials], dtype=float)
        # The larger spread of the two: either may have missed what is rare.
        variance = np.maximum(core[:, k].var(axis=0, ddof=1) * OF, plain.var(axis=0, ddof=1))
        se = np.sqrt(variance * (1 / (BATCHES * OF) + 1 / len(trials)))
        difference = core[:, k].mean(axis=0) - plain.mean(axis=0)
        assert np.all(np.abs(difference) <= 4.5 * se + 1e-6), site


def test_the_pause_rule_is_at_work_in_both() -> None:
    run, trials = both("two bases")
    paused = np.mean([trial["pause_days"] > 0 for trial in trials])
    assert 0.2 < paused < 0.95
    assert 0.2 < np.mean(run.values("pause_days") > 0) < 0.95
    assert run.values("extension_days").max() == pytest.approx(40)


def assert_same_mean(what: str, core: np.ndarray, plain: np.ndarray) -> None:
    """Means within 4 standard errors of their difference, both being of one law."""
    # The larger sample tells the spread: a few values of a heavy tail would make it too small.
    se = max(core.std(), plain.std()) * np.sqrt(1 / core.size + 1 / plain.size)
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
