"""Conclusions of which it is known in which worlds they hold."""

import numpy as np
import pytest
from scipy import stats

import drawdown as dd
from drawdown.analysis.conclusions import Conclusions
from drawdown.analysis.statements import Truth, Worlds
from test_draws import FACTOR, gamma_poisson

DRAWS, EACH = 300, 50


def leaving() -> dd.Scenario:
    """The world of `gamma_poisson`, which everybody leaves half-way."""
    tree = gamma_poisson().to_dict()
    tree["plan"] = {
        "phases": {
            "leave": {
                "announced_start": "2025-03-01",
                "announced_finish": "2025-07-20",
                "moves": {"everybody": {"site": "base", "contingent": "us"}},
            }
        }
    }
    return dd.Scenario.from_dict(tree)


@pytest.fixture(scope="module")
def plans() -> dd.Comparison:
    given = {"trials": DRAWS * EACH, "samples": DRAWS, "seed": 7, "progress": False}
    return dd.compare({"leave": leaving()}, **given)


def test_what_holds_in_every_world_survives(plans):
    found = plans.conclusions([("leave", "attacks", "<=", "stay")])
    row = found.table().loc["leave attacks <= stay"]
    assert row["verdict"] == "survives"
    assert row["holds"] == 1
    # None of n broken: the exact lower end is 0.025 to the power 1 / n.
    assert row["low"] == pytest.approx(0.025 ** (1 / DRAWS))
    assert row["broken"] == 0
    assert found.breaking("leave attacks <= stay").found == []


def test_a_statement_breaks_exactly_where_a_range_passes_its_limit(plans):
    threshold = 1.2
    found = plans.conclusions({"low": lambda worlds: worlds.inputs[FACTOR].to_numpy() <= threshold})
    factor = found.worlds.inputs[FACTOR].to_numpy()
    row = found.table().loc["low"]
    assert row["verdict"] == "breaks"
    assert row["holds"] == (factor <= threshold).mean()
    assert row["broken"] == (factor > threshold).mean()
    due = stats.gamma(4, scale=1 / 4).cdf(threshold)
    assert row["holds"] == pytest.approx(due, abs=4 * np.sqrt(due * (1 - due) / DRAWS))
    box = found.breaking("low", seed=1)
    limits = box.table().loc[(1, FACTOR)]
    assert limits["low"] == pytest.approx(threshold, abs=0.05)
    assert np.isnan(limits["high"])


def test_a_limit_on_a_mean_breaks_where_the_closed_form_passes_it(plans):
    # Staying has a Poisson number of attacks with mean 40 f, f being gamma: 40 where f is 1.
    found = plans.conclusions([("stay", "attacks", "<=", 40)])
    truth = found.truths["stay attacks <= 40"]
    factor = found.worlds.inputs[FACTOR].to_numpy()
    clear = ~truth.open
    # An interval of one world errs on its side in a fortieth of the worlds near the limit, at most.
    wrong = (truth.holds != (factor <= 1)) & clear
    assert wrong.sum() <= stats.binom.ppf(0.9999, DRAWS, 0.025)
    row = found.table().loc["stay attacks <= 40"]
    error = 4 * np.sqrt(40 / EACH) / 40
    low = found.breaking("stay attacks <= 40", seed=1).table().loc[(1, FACTOR), "low"]
    assert low == pytest.approx(1, abs=error)
    about = plans.runs["stay"].by_sample("attacks")
    apart = (about["mean"] - 40).abs() / about["standard_error"]
    assert truth.open.tolist() == (apart < stats.norm.ppf(0.975)).tolist()
    # How many worlds do not tell, from normal means of 50 histories.
    grid = stats.gamma(4, scale=1 / 4).ppf((np.arange(4_000) + 0.5) / 4_000)
    sd = np.sqrt(40 * grid / EACH)
    away = (40 - 40 * grid) / sd
    due = (stats.norm.cdf(away + 1.96) - stats.norm.cdf(away - 1.96)).mean()
    assert row["unclear"] == pytest.approx(due, abs=4 * np.sqrt(due * (1 - due) / DRAWS))
    assert row["holds"] + row["broken"] <= 1


def test_a_chance_of_which_all_histories_agree_is_not_known_to_be_one():
    each = 10
    run = dd.simulate(gamma_poisson(), trials=40 * each, samples=40, seed=7, progress=False)
    worlds = Worlds({"": run})
    # All ten histories have an attack: the interval of that share ends near 0.72.
    assert worlds["attacks >= 1"].min() > 0.8
    certain = worlds["attacks >= 1"] == 1
    assert worlds.truth(("attacks >= 1", ">", 0.8)).open[certain].all()
    assert not worlds.truth(("attacks >= 1", ">", 0.6)).open[certain].any()


@pytest.mark.parametrize("each", [1, 8])
def test_plans_in_which_nothing_differed_yet_are_not_known_to_be_alike(each):
    # A pause begins in few histories: in worlds where it did in none, all differences are 0.
    pausing = dd.Scenario.example("iraq-2024")
    firm = pausing.replace({"plan.breathing_room.pause_days": 0})
    found = dd.compare(
        {"pause": pausing, "firm": firm}, trials=60 * each, samples=60, seed=7, progress=False
    )
    worlds = Worlds(found.runs)
    truth = worlds.truth(("pause", "pause_days", ">", "firm"))
    differ = found.runs["pause"].values("pause_days").reshape(60, each) > 0
    alike = ~differ.any(axis=1)
    assert 0 < alike.sum() < 60
    assert not truth.holds[alike].any()
    # Of one history there is no mean to err about.
    assert (truth.open[alike] == (each > 1)).all()


def test_the_means_of_worlds_are_those_by_sample(plans):
    worlds = Worlds(plans.runs)
    due = plans.runs["stay"].by_sample("attacks")["mean"]
    assert worlds["stay", "attacks"] == pytest.approx(due.to_numpy())
    chance = (plans.runs["stay"].values("attacks") > 40).reshape(DRAWS, EACH).mean(axis=1)
    assert worlds["stay", "attacks > 40"] == pytest.approx(chance)
    above = worlds.truth(("stay", "attacks > 40", ">", 0.5))
    assert above.holds.tolist() == (chance > 0.5).tolist()


@pytest.mark.parametrize(
    ("holds", "unclear", "verdict"),
    [
        ([1, 1, 1], [0, 0, 1], "survives"),
        ([1, 1, 0], [0, 0, 1], "open"),
        ([1, 0, 0], [0, 0, 1], "breaks"),
        ([0, 0, 0], [0, 1, 1], "never holds"),
    ],
)
def test_the_verdict(plans, holds, unclear, verdict):
    truth = Truth(np.array(holds, bool), np.array(unclear, bool))
    row = Conclusions(Worlds(plans.runs), {"it": truth}, "").table().loc["it"]
    assert row["verdict"] == verdict
    assert row["holds"] == pytest.approx(np.mean(holds))
    assert row["broken"] == pytest.approx(np.mean((1 - np.array(holds)) * (1 - np.array(unclear))))


def test_it_reads_well(plans):
    found = plans.conclusions({"leaving saves": ("leave", "casualties", "<=", "stay")})
    text = str(found)
    assert "leaving saves" in text
    assert "In 300 worlds" in text
    assert max(map(len, text.splitlines())) <= 100
    assert "<table>" in found._repr_html_()
    assert repr(found).startswith("Conclusions(1 in 300 worlds")


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ([], "give a statement"),
        ([("attacks", "<", 3)], "is no statement; write one like"),
        ([("other", "attacks", "<", 3)], "there is no plan 'other'; there are 'leave', 'stay'"),
        ([("leave", "nothing", "<", 3)], "there is no measure `nothing`"),
        ([("leave", "attacks", "<", 3)] * 2, "two statements read the same"),
        ([("leave", "attacks", "<", "sty")], "sty"),
    ],
)
def test_what_is_no_statement_is_refused(plans, statements, message):
    with pytest.raises(ValueError, match=message):
        plans.conclusions(statements)


def test_one_statement_is_not_a_list_of_them(plans):
    with pytest.raises(TypeError, match="`statements` is a list such as"):
        plans.conclusions("attacks < 3")


def test_an_unknown_conclusion_is_refused(plans):
    with pytest.raises(ValueError, match="there is no conclusion 'that'; there are it"):
        plans.conclusions({"it": ("leave", "attacks", "<", 3)}).breaking("that")


def test_plans_that_have_not_met_the_same_worlds_are_refused():
    how = {"trials": 200, "seed": 7, "progress": False}
    one = dd.simulate(gamma_poisson(), samples=100, **how)
    other = dd.simulate(
        gamma_poisson(), samples=dd.sample_inputs(gamma_poisson(), 100, seed=8), **how
    )
    with pytest.raises(ValueError, match=r"have not met the same worlds: .*rate_factor"):
        dd.Comparison({"one": one, "other": other}).conclusions([("one", "attacks", "<", 3)])
    fewer = dd.simulate(gamma_poisson(), samples=50, **how)
    with pytest.raises(ValueError, match="as many histories to each sample"):
        dd.Comparison({"one": one, "fewer": fewer}).conclusions([("one", "attacks", "<", 3)])
