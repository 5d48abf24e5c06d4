"""Fitting ranges: what goes in, what comes out, and what is said of it."""

from __future__ import annotations

import math
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown import _core
from drawdown.learn.posterior import matched
from drawdown.runs.samples import at_uniforms

sys.path.insert(0, str(Path(__file__).parents[2] / "verification"))
import calibration

WORLD = """
schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.sites.base]
garrison = { us = 100 }
[world.threats.group]
weapons = {}
attacks_per_day = { gamma = { shape = 3, mean = 0.5 } }
"""
RATE = "world.threats.group.attacks_per_day"


def count(begin: float, end: float, number: float, kind: str = "exact", sigma: float = 0.0) -> Any:
    return begin, end, "attacks", None, [], kind, float(number), sigma


def quiet(*given: Any, **more: Any) -> dd.Posterior:
    """A fit of which nobody wants to hear warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return dd.fit(*given, progress=False, **more)


def told(*given: Any, **more: Any) -> tuple[dd.Posterior, str]:
    """A fit, and what it warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = dd.fit(*given, progress=False, **more)
    return found, "\n".join(str(one.message) for one in caught)


@pytest.fixture(scope="module")
def scenario() -> dd.Scenario:
    return dd.Scenario.from_toml(WORLD)


@pytest.fixture(scope="module")
def posterior(scenario: dd.Scenario) -> dd.Posterior:
    return quiet(scenario, [count(0, 10, 4), count(10, 40, 19)], seed=3)


def test_the_posterior_of_a_rate_is_gamma(posterior: dd.Posterior) -> None:
    # Gamma(3, rate 6) and 23 in 40 days: gamma(26, rate 46).
    row = posterior.table().loc[RATE]
    assert row["rhat"] < 1.01
    assert min(row["ess_bulk"], row["ess_tail"]) > 400
    error = math.sqrt(26) / 46
    assert abs(row["mean"] - 26 / 46) < 4 * error / math.sqrt(row["ess_bulk"])
    assert abs(row["sd"] / error - 1) < 4 / math.sqrt(2 * row["ess_tail"])
    assert row["prior_mean"] == pytest.approx(0.5, rel=1e-3)
    assert row["contraction"] > 0.7


def test_samples_go_into_a_run(scenario: dd.Scenario, posterior: dd.Posterior) -> None:
    samples = posterior.samples
    assert list(samples.columns) == [RATE]
    assert len(samples) == 4_000
    run = dd.simulate(scenario, trials=4_000, samples=samples, seed=1, progress=False)
    expected = 730 * samples[RATE].mean()
    assert run.values("attacks").mean() == pytest.approx(expected, rel=0.02)


def test_the_fitted_scenario_has_the_moments_of_the_samples(posterior: dd.Posterior) -> None:
    law: Any = posterior.scenario().to_dict()["world"]["threats"]["group"]["attacks_per_day"]
    mean, sd = posterior.samples[RATE].mean(), posterior.samples[RATE].std()
    assert law["gamma"]["mean"] == pytest.approx(mean)
    assert law["gamma"]["mean"] / math.sqrt(law["gamma"]["shape"]) == pytest.approx(sd)


@pytest.mark.parametrize(
    "prior",
    [
        {"uniform": [0.1, 0.9]},
        {"beta": [2, 3]},
        {"lognormal": {"median": 0.5, "sigma": 0.4}},
        {"normal": {"mean": 0, "sd": 1}},
        {"gamma": {"shape": 2, "mean": 1}},
        {"pert": [0, 0.4, 1]},
        {"exponential": {"mean": 1}},
        {"mixture": [{"weight": 1, "value": 0.2}, {"weight": 1, "value": {"uniform": [0, 1]}}]},
    ],
)
def test_matched_laws_keep_ends_and_moments(prior: Any) -> None:
    values = np.clip(np.random.default_rng(4).normal(0.45, 0.08, 3_000), 0.12, 0.88)
    law = matched(prior, values)
    drawn = at_uniforms(law, (np.arange(20_000) + 0.5) / 20_000)
    if "lognormal" in law:
        values, drawn = np.log(values), np.log(drawn)
    assert drawn.mean() == pytest.approx(values.mean(), rel=0.01)
    assert drawn.std() == pytest.approx(values.std(), rel=0.03)


def test_the_same_call_gives_the_same_samples(scenario: dd.Scenario) -> None:
    counts = [count(0, 30, 12, "about", 0.2), count(30, 60, 0, "missing"), count(60, 90, 9)]
    brief: Any = {"warmup": 50, "draws": 50}
    one = quiet(scenario, counts, seed=5, threads=1, **brief)
    assert one.samples.equals(quiet(scenario, counts, seed=5, threads=3, **brief).samples)
    assert not one.samples.equals(quiet(scenario, counts, seed=6, threads=1, **brief).samples)


def test_an_interrupted_fit_goes_on_where_it_was(scenario: dd.Scenario, tmp_path: Path) -> None:
    counts, out = [count(0, 30, 12)], tmp_path / "fit.json"
    settings: Any = {"warmup": 4_000, "draws": 4_000, "threads": 1}
    whole = quiet(scenario, counts, seed=5, **settings)

    def stop(done: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough") as caught:
        dd.fit(scenario, counts, seed=5, out=out, progress=stop, **settings)
    assert isinstance(caught.value.partial, dd.Posterior)  # type: ignore[attr-defined]
    assert out.exists()
    # The seed is that of the file.
    assert quiet(scenario, counts, out=out, **settings).samples.equals(whole.samples)
    with pytest.raises(ValueError, match="another fit"):
        quiet(scenario, [count(0, 30, 13)], out=out, **settings)


STATES = WORLD.replace(
    "attacks_per_day = { gamma = { shape = 3, mean = 0.5 } }",
    """
[world.threats.group.attacks_per_day]
calm = { lognormal = { median = 0.1, sigma = 0.8 } }
war = { lognormal = { median = 1.0, sigma = 0.8 } }
[world.tension]
start = "calm"
[world.tension.states.calm]
mean_days.constant.lognormal = { median = 100, sigma = 0.5 }
next = { war = 1 }
[world.tension.states.war]
mean_days = 30
next = { calm = 1 }
""",
)


def test_states_and_rates_are_recovered() -> None:
    scenario = dd.Scenario.from_toml(STATES)
    none = [count(10 * k, 10 * (k + 1), 0) for k in range(72)]
    truth = {f"{RATE}.calm": 0.15, f"{RATE}.war": 1.2}
    values = dd.sample_inputs(scenario, 1, seed=1).assign(**truth).to_numpy()
    made = _core.replicate_counts(scenario._compiled, (none, False, [], [], [], []), values, 5)[0]
    counts = [count(10 * k, 10 * (k + 1), n) for k, n in enumerate(made)]
    found = quiet(scenario, counts, seed=1, warmup=300, draws=500).table()
    for path, value in truth.items():
        row = found.loc[path]
        assert abs(row["mean"] - value) < 3 * row["sd"] < value, path
    assert (found[["ess_bulk", "ess_tail"]] > 400).all().all()


def test_a_range_that_the_data_do_not_reach_is_said_to_be_the_priors() -> None:
    scenario = dd.Scenario.from_toml(STATES)
    _, said = told(scenario, [count(0, 5, 0)], seed=1, warmup=200, draws=300)
    assert "the prior decides" in said
    assert "calm.mean_days.constant" in said


def test_contagion_beside_a_constant_background_is_warned_of() -> None:
    contagion = "contagion = { children_per_attack = { beta = [1, 2] }, decay_days = 4 }\n"
    scenario = dd.Scenario.from_toml(WORLD + contagion)
    counts = [count(30 * k, 30 * (k + 1), n) for k, n in enumerate([3, 40, 2, 35, 4])]
    found, said = told(scenario, counts, seed=1, warmup=200, draws=300)
    assert "a background that is the same at all times" in said
    assert found.warnings[-1] in said
    excess = found.booking()["excess"]
    n = found.samples["world.threats.group.contagion.children_per_attack"].mean()
    slow, whole = 4 / (1 - n), 30 / (1 - n) ** 2
    exact = whole + (1 - 1 / (1 - n) ** 2) * slow * (1 - math.exp(-30 / slow))
    assert excess.to_numpy() == pytest.approx(whole / exact - 1)


def test_contagion_beside_states_is_not_warned_of() -> None:
    contagion = """
[world.threats.group.contagion]
children_per_attack = { beta = [1, 2] }
decay_days = 4
"""
    scenario = dd.Scenario.from_toml(STATES + contagion)
    _, said = told(scenario, [count(0, 30, 3), count(30, 60, 9)], seed=1, warmup=100, draws=100)
    assert "same at all times" not in said


def test_what_the_likelihood_leaves_out_is_named() -> None:
    strikes = "[world.threats.group.retaliation]\ndelay_days = 3\n"
    scenario = dd.Scenario.from_toml(WORLD + strikes)
    _, said = told(scenario, [count(0, 40, 20)], seed=1, warmup=100, draws=100)
    assert "leaves out strikes in answer to attacks (`group`)" in said


def test_chains_that_have_not_mixed_are_told_and_kept() -> None:
    found, said = told(dd.Scenario.from_toml(STATES), [count(0, 30, 3)], seed=1, warmup=10, draws=5)
    assert "have not mixed" in said
    assert "give more `draws`" in said
    assert len(found.samples) == 20
    assert "have not mixed" in found.notes


def test_counts_beyond_the_prior_are_told(scenario: dd.Scenario) -> None:
    found, said = told(scenario, [count(0, 40, 90, "about", 0.2)], seed=1)
    assert "the prior hardly expects" in said
    assert "2025-01-01 to 2025-02-09: 90, expected" in said
    row = found.predictive().iloc[0]
    assert row["prior_pit"] > 0.995
    assert row["prior_p90"] < 60 < row["posterior_p50"]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([count(0, 10, 1), count(5, 20, 1)], "begins before the one before it ends"),
        ([count(20, 10, 1)], "ends before it begins"),
        ([count(0, 10, -1)], "0 or more"),
        ([count(0, 10, 3_000)], "probability of 0.*2025-01-01 to 2025-01-10"),
        ([(0.0, 10.0, "attacks", "nobody", [], "exact", 1.0, 0.0)], "no threat `nobody`"),
        ([], "nothing to fit"),
    ],
)
def test_bad_counts_are_refused_with_their_place(
    scenario: dd.Scenario, counts: list[Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        quiet(scenario, counts, seed=1)


def test_a_scenario_without_ranges_is_refused(scenario: dd.Scenario) -> None:
    with pytest.raises(ValueError, match="no ranges"):
        dd.fit(scenario.replace({RATE: 0.5}), [count(0, 10, 1)], progress=False)


def test_ranges_that_are_not_asked_for_are_held_at_their_medians(scenario: dd.Scenario) -> None:
    two = scenario.replace(
        {"world.threats.group.rate_factor": {"lognormal": {"median": 2, "sigma": 1}}}
    )
    found = quiet(two, [count(0, 40, 23)], seed=1, what=[RATE])
    # Twice the rate: gamma(26, rate 6 + 80).
    assert list(found.samples.columns) == [RATE]
    assert found.samples[RATE].mean() == pytest.approx(26 / 86, rel=0.02)
    with pytest.raises(ValueError, match=r"no range at `world\.x`"):
        quiet(two, [count(0, 40, 23)], what=["world.x"])
    with pytest.raises(TypeError, match="`what` is a list"):
        quiet(two, [count(0, 40, 23)], what=RATE)


def test_what_was_counted_has_one_hash_however_it_is_given(scenario: dd.Scenario) -> None:
    frame = pd.DataFrame({"from": ["2025-01-01"], "to": ["2025-02-09"], "count": [23]})
    hashes = [
        quiet(scenario, given, seed=1, what=[RATE]).origin["data_hash"]
        for given in ([count(0, 40, 23)], dd.Observations.of(counts=frame), [count(0, 40, 22)])
    ]
    assert hashes[0] == hashes[1] != hashes[2]


def events(rows: list[tuple[str, int, int]]) -> Any:
    """What observations of events look like to `fit`."""
    frame = pd.DataFrame(rows, columns=["date", "wounded", "killed"])
    frame["date"] = pd.to_datetime(frame["date"])
    frame = frame.assign(kind="attack", site="base", threat="group", count=1)
    return SimpleNamespace(
        events=frame,
        window=(pd.Timestamp("2025-01-01"), pd.Timestamp("2025-02-09")),
        measures=("attacks", "wounded", "killed"),
        core_counts=lambda scenario: [count(0, 40, len(frame))],
    )


def test_the_killed_share_has_a_beta_posterior() -> None:
    harm = """
weapons = { drone = { share = 1, salvo_mean = 2 } }
harm = { no_casualty = 0.5, killed_share = { beta = [2, 8] } }
"""
    scenario = dd.Scenario.from_toml(
        WORLD.replace("weapons = {}", harm.strip()).replace(
            "{ gamma = { shape = 3, mean = 0.5 } }", "0.1"
        )
    )
    found = quiet(scenario, events([("2025-01-03", 5, 1), ("2025-01-20", 9, 5)]), seed=1)
    # Beta(2 + 6, 8 + 14).
    path = "world.threats.group.harm.killed_share"
    assert found.samples[path].mean() == pytest.approx(8 / 30, rel=0.02)
    assert found.samples[path].std() == pytest.approx(math.sqrt(8 * 22 / 30**2 / 31), rel=0.05)


def test_with_known_states_attacks_count_one_by_one() -> None:
    scenario = dd.Scenario.from_toml(
        STATES.replace("{ lognormal = { median = 0.1, sigma = 0.8 } }", "0.1").replace(
            "mean_days.constant.lognormal = { median = 100, sigma = 0.5 }", "mean_days = 100"
        )
    )
    rows = [(f"2025-01-{day:02}", 0, 0) for day in (3, 12, 13, 13, 14, 16, 19)]
    states = pd.DataFrame({"date": ["2025-01-01", "2025-01-11", "2025-01-21"]})
    states["state"] = ["calm", "war", "calm"]
    found = quiet(scenario, events(rows), states=states, seed=1)
    # 6 attacks in the 10 days of war: the posterior by quadrature.
    rate = np.exp(np.linspace(-4, 3, 4_001))
    density = np.exp(-0.5 * (np.log(rate) / 0.8) ** 2) * rate**6 * np.exp(-10 * rate)
    mean = (rate * density).sum() / density.sum()
    assert found.samples[f"{RATE}.war"].mean() == pytest.approx(mean, rel=0.02)
    with pytest.raises(ValueError, match="no column state"):
        quiet(scenario, events(rows), states=states[["date"]])


def test_unfinished_phases_count_as_longer() -> None:
    plan = """
[plan.phases.last]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio.lognormal = { median = { uniform = [0.8, 2] }, sigma = 0.2 }
"""
    scenario = dd.Scenario.from_toml(
        WORLD.replace("{ gamma = { shape = 3, mean = 0.5 } }", "0.1") + plan
    )
    path = "plan.phases.last.duration_ratio.lognormal.median"
    mean = {}
    for done in (True, False):
        taken = pd.DataFrame({"phase": ["last"], "days": [120.0], "done": [done]})
        mean[done] = quiet(scenario, executions=taken, seed=1).samples[path].mean()
    assert 1.1 < mean[True] < 1.35 < mean[False]


def test_it_is_printed_and_drawn(posterior: dd.Posterior) -> None:
    text = str(posterior)
    assert RATE in text
    assert "4,000 samples" in text
    assert "2025-01-11" in text  # where the second count begins
    assert "<table>" in posterior._repr_html_()
    (ax,) = posterior.plot()
    assert ax.get_xlabel() == "group.attacks_per_day"
    plt.close("all")


def test_ranks_of_true_values_are_even_and_those_of_narrow_posteriors_are_not() -> None:
    fits = 120
    right, narrow = calibration.ranks("a rate", fits, (1.0, 0.5))
    most = calibration.limit(fits, 1, 1_000)
    assert calibration.distance(right[RATE]) < most < calibration.distance(narrow[RATE])


def test_what_is_fitted_says_so_in_the_scenario():
    scenario = dd.Scenario.from_toml(
        """
        schema = 1
        start = 2025-01-01
        horizon = 2026-01-01
        [world.sites.base]
        garrison = { us = 100 }
        [world.threats.group]
        weapons = {}
        attacks_per_day = { gamma = { shape = 2, mean = 0.2 } }
        """
    )
    samples = pd.DataFrame({"world.threats.group.attacks_per_day": [0.1, 0.2, 0.3]})
    posterior = dd.Posterior(
        scenario, samples, pd.DataFrame(), "a method", {"data_hash": "ab" * 32}
    )
    fitted = posterior.scenario()
    told = fitted.to_dict()["sources"]["world.threats.group.attacks_per_day"]
    assert told["source"] == "fitted to observations abababababab, a method"
    assert told["note"].startswith("prior: gamma")
    assert dd.Scenario.from_toml(fitted.to_toml()).to_dict() == fitted.to_dict()


@pytest.mark.parametrize("odd", [pd.Series([3, 4, 5]), [3, 4, 5], {"2025-01": 3}, 7, "counts.csv"])
def test_what_are_no_observations_is_refused_and_says_how_to_make_some(minimal, odd):
    with pytest.raises(TypeError, match=r"takes Observations, not .*Observations.of\(counts="):
        dd.fit(minimal, odd)
