"""The risk register, where every figure can be told from the trials in which a risk happens."""

import random

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

SPAN = 100


def scenario(r: random.Random) -> tuple[dd.Scenario, float, float, float]:
    """One phase of 100 days; a factor, added days, and what a mitigation leaves of the factor."""
    factor, days, left = r.uniform(1.05, 2), r.uniform(1, 40), r.uniform(0.1, 0.9)
    text = f"""
schema = 1
start = 2025-01-01
horizon = 2027-01-01
world.sites.base.garrison.us = 100
[world.risks.slow]
title = "Roads are washed away"
probability = {r.uniform(0.2, 0.8)}
effects.all = {{ phases = ["leave"], factor = {factor} }}
[world.risks.late]
probability = {r.uniform(0.2, 0.8)}
effects.all = {{ phases = ["leave"], added_days = {days} }}
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = 1
moves.all = {{ site = "base", contingent = "us" }}
[plan.mitigations.bridge]
cost = 7
risks.slow = {{ effect_factor = {left} }}
[plan.mitigations.guards]
taken = false
cost = {{ uniform = [1, 3] }}
risks.late = {{ probability_factor = 0.5 }}
"""
    return dd.Scenario.from_toml(text), factor, days, left


@pytest.mark.parametrize("seed", range(5))
def test_every_figure_is_that_of_the_trials_in_which_a_risk_happens(seed: int) -> None:
    of, factor, days, left = scenario(random.Random(seed))
    register = dd.risk_register(of, trials=1_000, seed=seed, progress=False)
    happened = register.runs["as written"].values("happened", "risk")
    slow, late = happened["slow"], happened["late"]
    longer = SPAN * (factor - 1) * left
    table = register.table().loc["finish_days"]
    for risk, share, size in (("slow", slow, longer), ("late", late, days)):
        row = table.loc[risk]
        assert row["before"] == row["after"] == share.mean()
        assert row["run_out"] == pytest.approx(size * share.mean(), abs=1e-4)
        assert row["run_in"] == pytest.approx(size * share.mean(), abs=1e-4)
    assert list(table["run_out"]) == sorted(table["run_out"], reverse=True)
    finish = SPAN + longer * slow + days * late
    without = SPAN + days * late
    p80 = np.sort(finish)[800] - np.sort(without)[800]
    assert table.loc["slow", "quantile_out"] == pytest.approx(p80, abs=1e-4)
    bought = register.mitigations().loc["finish_days"]
    saved = -SPAN * (factor - 1) * (1 - left) * slow.mean()
    assert bought.loc["bridge", "change"] == pytest.approx(saved, abs=1e-4)
    assert bought.loc["bridge", "cost"] == 7
    fewer = register.runs["guards the other way"].values("happened", "risk")["late"]
    assert (fewer <= late).all()
    assert fewer.mean() < late.mean()
    gained = days * (fewer.mean() - late.mean())
    assert bought.loc["guards", "change"] == pytest.approx(gained, abs=1e-4)
    assert 1 < bought.loc["guards", "cost"] < 3
    cases = register.before_and_after().loc["finish_days"]
    assert cases.loc["no risks", "mean"] == SPAN
    assert cases.loc["as written", "P50"] == pytest.approx(np.sort(finish)[500], abs=1e-4)
    worst = SPAN + SPAN * (factor - 1) * slow + days * late
    assert cases.loc["no mitigation", "mean"] == pytest.approx(worst.mean(), abs=1e-4)


def test_chances_have_no_quantiles_and_are_ranked_too() -> None:
    of, *_ = scenario(random.Random(9))
    asked = ["finish_days > 2025-04-12", "cost"]
    register = dd.risk_register(of, asked, trials=200, seed=1, progress=False)
    cases = register.before_and_after().loc[asked[0]]
    assert (cases["mean"].between(0, 1)).all()
    assert cases["P80"].isna().all()
    costs = register.before_and_after().loc["cost", "mean"]
    assert dict(costs) == {"no mitigation": 0, "as written": 7, "no risks": 7}


def test_it_is_shown_in_print_on_the_page_and_as_a_figure(tmp_path) -> None:
    of, *_ = scenario(random.Random(3))
    register = dd.risk_register(of, trials=200, seed=1, progress=False)
    text = str(register)
    assert "2025-04-11" in text
    assert "mitigation: finish_days (days)" in text
    assert max(map(len, text.splitlines())) <= 120
    (axes,) = register.plot()
    assert [label.get_text() for label in axes.get_yticklabels()].count("late") == 1
    page = tmp_path / "page.html"
    register.runs["as written"].report(page, also=[register])
    assert "The risk register" in page.read_text("utf-8")
    assert set(register.tables()) == {"before_and_after", "table", "mitigations"}
    assert all(isinstance(frame, pd.DataFrame) for frame in register.tables().values())


def test_what_has_no_register_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no risks: give `world\.risks`"):
        dd.risk_register(dd.Scenario.example("minimal"))
    of, *_ = scenario(random.Random(1))
    with pytest.raises(ValueError, match="`confidence` is between 0 and 1, not 80"):
        dd.risk_register(of, confidence=80)


def test_plans_without_a_phase_are_met_by_the_same_risks() -> None:
    of, *_ = scenario(random.Random(2))
    found = dd.compare({"leave": of}, trials=100, seed=1, progress=False)
    both = [run.values("happened", "risk")["slow"] for run in found.runs.values()]
    assert len(both) == 2
    assert (both[0] == both[1]).all()


def test_what_counts_as_done_at_the_horizon_is_said() -> None:
    of, *_ = scenario(random.Random(1))
    early = of.replace({"horizon": "2025-04-20", "world.risks.slow.effects.all.factor": 2})
    register = dd.risk_register(early, trials=400, seed=1, progress=False)
    unfinished = {
        name: np.isnan(run.values("finish_days")).mean() for name, run in register.runs.items()
    }
    assert f"not reached in {100 * max(unfinished.values()):.0f}\xa0% of histories" in str(register)
    # A quantile that is not reached is none, and no difference to one is 0.
    cases = register.before_and_after().loc["finish_days"]
    for case, row in cases.iterrows():
        assert np.isnan(row["P80"]) == (unfinished[case] > 0.2)
    assert np.isnan(cases.loc["as written", "P80"])
    assert np.isnan(register.table().loc[("finish_days", "slow"), "quantile_out"])
    assert "horizon" not in dd.risk_register(of, trials=50, seed=1, progress=False).notes
