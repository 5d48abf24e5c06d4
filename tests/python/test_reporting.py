"""Sources that count more or fewer attacks than there are: against quadrature, and what they are told."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd
from drawdown.learn.posterior_files import read_posterior
from drawdown.report.export import export_learned

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
PRESS = {"lognormal": {"median": 1.3, "sigma": 0.4}}


def observed(sure: int = 12, press: int = 45, days: int = 60) -> dd.Observations:
    first, last = (
        pd.Timestamp("2025-02-01"),
        pd.Timestamp("2025-02-01") + pd.Timedelta(days=days - 1),
    )
    return dd.Observations.of(
        counts=pd.DataFrame(
            {
                "from": ["2025-01-01", first],
                "to": ["2025-01-31", last],
                "count": [sure, press],
                "source": ["ministry", "press"],
            }
        )
    )


def quiet(seen: dd.Observations, reporting: Any, **more: Any) -> dd.Posterior:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scenario = dd.Scenario.from_toml(WORLD)
        return dd.fit(scenario, seen, reporting=reporting, progress=False, **({"seed": 3} | more))


def exact(sure: int, press: int, days: int) -> dict[str, tuple[float, float]]:
    """Mean and standard deviation of rate and factor, on a grid."""
    rate = np.linspace(1e-4, 4, 1_500)[:, None]
    factor = np.exp(np.linspace(-2.5, 3, 1_500))[None, :]
    weight = stats.gamma.pdf(rate, 3, scale=0.5 / 3) * stats.norm.pdf(np.log(factor / 1.3) / 0.4)
    weight = weight * stats.poisson.pmf(sure, 31 * rate)
    weight = weight * stats.poisson.pmf(press, days * rate * factor)
    weight /= weight.sum()

    def moments(of: Any) -> tuple[float, float]:
        mean = float((of * weight).sum())
        return mean, float(np.sqrt(((of - mean) ** 2 * weight).sum()))

    return {RATE: moments(rate), "reporting.press": moments(factor)}


@pytest.mark.parametrize("case", range(4))
def test_rate_and_factor_have_the_posterior_of_a_quadrature(case: int) -> None:
    chance = np.random.default_rng([71, case])
    rate, factor = chance.gamma(3, 0.5 / 3), 1.3 * np.exp(0.4 * chance.standard_normal())
    days = int(chance.integers(20, 200))
    numbers = int(chance.poisson(31 * rate)), int(chance.poisson(days * rate * factor))
    found = quiet(observed(*numbers, days), {"press": PRESS}, draws=2_000, seed=case).table()
    for path, (mean, sd) in exact(*numbers, days).items():
        row = found.loc[path]
        assert row["rhat"] < 1.01
        assert abs(row["mean"] - mean) < 4 * sd / np.sqrt(row["ess_bulk"]), path
        assert abs(row["sd"] / sd - 1) < 6 / np.sqrt(2 * row["ess_tail"]), path


def test_without_a_factor_the_source_is_believed() -> None:
    together = quiet(observed(), None).samples[RATE]
    sure = quiet(observed(), {"press": 1.0})
    assert sure.samples[RATE].mean() == pytest.approx(together.mean(), rel=0.03)
    assert sure.reporting.empty


def test_factors_stand_beside_ranges_and_not_among_samples(tmp_path: Path) -> None:
    found = quiet(observed(), {"press": PRESS})
    assert list(found.samples) == [RATE]
    assert list(found.reporting) == ["press"]
    assert list(found.table().index) == list(found.diagnostics().index) == [RATE, "reporting.press"]
    assert found.table().loc["reporting.press", "prior_p50"] == pytest.approx(1.3)
    assert found.origin["reporting"] == {"press": PRESS}
    assert found.reporting["press"].median() > 1.5  # 45 in 60 days, beside 12 in 31
    assert len(found.plot()) == 2
    plt.close("all")
    changed = set(found.scenario().to_dict()) - set(found.prior.to_dict())
    assert changed == {"sources"}
    dd.simulate(found.prior, samples=found.samples, trials=len(found.samples), progress=False)
    export_learned(found, tmp_path / "fit")
    again = read_posterior(tmp_path / "fit")
    pd.testing.assert_frame_equal(again.reporting, found.reporting)
    pd.testing.assert_frame_equal(again.samples, found.samples)
    pd.testing.assert_frame_equal(again.table(), found.table())


def test_replicates_are_what_the_source_would_count() -> None:
    found = quiet(observed(), {"press": PRESS}).predictive()
    low, middle, high = found.loc[1, ["posterior_p10", "posterior_p50", "posterior_p90"]]
    assert low < 45 < high
    assert middle == pytest.approx(45, rel=0.15)
    # 60 days at .5 a day, by 1.3; the prior's median is a little lower than its mean.
    assert 28 < found.loc[1, "prior_p50"] < 42


def test_where_no_count_is_believed_a_warning_says_so() -> None:
    scenario = dd.Scenario.from_toml(WORLD)
    both = {"press": PRESS, "ministry": {"uniform": [0.5, 1]}}
    with pytest.warns(UserWarning, match="every count is of a source"):
        dd.fit(scenario, observed(), reporting=both, seed=1, progress=False)


@pytest.mark.parametrize(
    ("reporting", "says"),
    [
        ({"pres": PRESS}, "did you mean 'press'"),
        ({"army": PRESS}, "sources of counts are: ministry, press"),
        ({"press": "often"}, "number or a law"),
        ({"press": {"lognormal": {"median": 1}}}, "number or a law"),
        ({"press": 0}, "is 0"),
        ({"press": -1}, "factor of `press`"),
        ({"": PRESS}, "is empty"),
    ],
)
def test_what_is_no_factor_of_a_source_is_refused(reporting: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        quiet(observed(), reporting)


def test_sources_are_named_by_observations() -> None:
    with pytest.raises(TypeError, match="reporting"):
        quiet(observed(), ["press"])
    counts: Any = [(0.0, 31.0, "attacks", None, [], "exact", 3.0, 0.0)]
    with pytest.raises(ValueError, match="give Observations"):
        quiet(counts, {"press": PRESS})


def test_particles_know_no_factors() -> None:
    seen = observed()
    with pytest.raises(ValueError, match="`fitted` has a factor for press"):
        dd.update(dd.Scenario.from_toml(WORLD), seen, fitted=quiet(seen, {"press": PRESS}))


def test_a_source_whose_factor_is_known_is_believed() -> None:
    for sure in ({"press": 1.2, "ministry": 1}, {"press": PRESS, "ministry": 1.0}):
        assert "every count" not in quiet(observed(), sure).notes
    missing = observed() + dd.Observations.of(
        counts=pd.DataFrame(
            {"from": ["2025-06-01"], "to": ["2025-06-30"], "count": [None], "bound": ["missing"]}
        )
    )
    both = {"press": PRESS, "ministry": {"uniform": [0.5, 1]}}
    assert "every count" in quiet(missing, both).notes


def test_the_factor_of_a_source_beside_a_rate_that_is_known() -> None:
    world = dd.Scenario.from_toml(WORLD).replace({RATE: 0.5})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dd.fit(world, observed(), reporting={"press": PRESS}, seed=1, progress=False)
    factor = np.exp(np.linspace(-2, 3, 4_000))
    weight = stats.norm.pdf(np.log(factor / 1.3) / 0.4) * stats.poisson.pmf(45, 30 * factor)
    mean = float((factor * weight).sum() / weight.sum())
    row = found.table().loc["reporting.press"]
    assert found.samples.empty
    assert abs(row["mean"] - mean) < 4 * row["sd"] / np.sqrt(row["ess_bulk"])


def test_factors_are_written_as_ranges_are() -> None:
    told = {"value": PRESS, "source": "a study", "note": ""}
    law = {"lognormal": {"median": np.float32(1.3), "sigma": np.float64(0.4)}}
    plain = quiet(observed(), {"press": PRESS}).samples
    assert quiet(observed(), {"press": told}).samples.equals(plain)
    assert quiet(observed(), {"press": law}).samples[RATE].mean() == pytest.approx(
        plain[RATE].mean(), rel=0.02
    )
    with pytest.raises(ValueError, match="at the most"):
        quiet(observed(), {"press": {"uniform": [2_000, 3_000]}})
