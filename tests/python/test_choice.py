from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd
from test_draws import FACTOR, gamma_poisson


class Made:
    """A run made by hand."""

    samples, seed, _each, _measures = None, 1, 1, dd._core.measures()

    class scenario:
        start, horizon = date(2025, 1, 1), date(2026, 1, 1)

    def __init__(self, finish, casualties):
        self.made = {"finish_days": finish, "casualties": casualties}
        self.origin = {"seed": 1, "version": "1"}
        self.trial_numbers = range(len(finish))

    def values(self, name):
        return np.array(self.made[name], dtype=float)


WORLDS = 100
EVEN = np.tile([10.0, 20.0], WORLDS // 2)
FINISH = np.full(WORLDS, 100.0)


def made(**plans) -> dd.Comparison:
    return dd.Comparison({name: Made(*values) for name, values in plans.items()})


def test_what_another_plan_beats_in_everything_is_dominated():
    noise = np.random.default_rng(1).normal(0, 5, WORLDS)
    plans = made(
        good=(FINISH, EVEN),
        slow=(FINISH + 1, EVEN),
        dear=(FINISH, EVEN + 2),
        trade=(FINISH - 5, EVEN + 1),
        vague=(FINISH, EVEN + 0.1 + noise - noise.mean()),
        blurred=(FINISH + 5, EVEN + 0.1 + noise - noise.mean()),
        never=(FINISH * np.nan, EVEN - 1),
    )
    table = plans.frontier(["finish_days", "casualties"])
    assert table["dominated_by"].to_dict() == {
        "good": "",
        "slow": "good",
        "dear": "good, trade, vague",
        "trade": "",
        "vague": "",
        "blurred": "vague",
        "never": "",
    }
    assert table.loc["vague", "perhaps_by"] == "good"
    # Surely later, and with more casualties only perhaps.
    assert "good" in table.loc["blurred", "perhaps_by"]
    # What is not reached counts as reached at the horizon.
    assert table.loc["never", "finish_days"] == 365
    assert table.loc["good", "casualties"] == 15
    error = EVEN.std(ddof=1) / 10
    assert table.loc["good", "casualties_high"] == pytest.approx(15 + 1.959964 * error)


@pytest.mark.parametrize("hits", [0, 3, WORLDS])
def test_a_chance_has_its_exact_interval_where_a_world_is_a_history(hits):
    late = np.where(np.arange(WORLDS) < hits, 200.0, 100.0)
    row = made(one=(FINISH, EVEN), other=(late, EVEN)).frontier(["finish_days > 150"]).loc["other"]
    due = stats.binomtest(hits, WORLDS).proportion_ci(0.95, method="exact")
    ends = row[["finish_days > 150_low", "finish_days > 150_high"]]
    assert row["finish_days > 150"] == hits / WORLDS
    assert ends.tolist() == pytest.approx([due.low, due.high])


def test_regret_is_what_the_best_plan_would_have_spared():
    # Each is the best in half of the worlds.
    plans = made(steady=(FINISH, EVEN * 0 + 15), bold=(FINISH, EVEN), poor=(FINISH, EVEN + 8))
    table = plans.regret("casualties", 75)
    assert table["mean"].to_dict() == {"steady": 2.5, "bold": 2.5, "poor": 10.5}
    assert table["max"].to_dict() == {"steady": 5, "bold": 5, "poor": 13}
    assert table["best"].to_dict() == {"steady": 0.5, "bold": 0.5, "poor": 0}
    assert table.loc["poor", "p75"] == 13
    assert plans.regret("casualties", 99.5).loc["poor", "p99.5"] == 13
    assert table.loc["poor", "p75_low"] <= 13 <= table.loc["poor", "p75_high"]
    assert table.loc["steady", "standard_error"] == pytest.approx(2.5 / np.sqrt(WORLDS - 1))


def test_good_enough_is_within_all_limits():
    plans = made(steady=(FINISH, EVEN * 0 + 15), bold=(FINISH, EVEN), late=(FINISH + 10, EVEN))
    table = plans.good_enough({"casualties": 12, "finish_days": 100})
    assert table["share"].to_dict() == {"steady": 0, "bold": 0.5, "late": 0}
    assert table["casualties"].to_dict() == {"steady": 0, "bold": 0.5, "late": 0.5}
    # Clopper and Pearson: with none of 100 the upper end is 1 - 0.025 ** (1 / 100).
    assert table.loc["late", "high"] == pytest.approx(1 - 0.025**0.01)
    with pytest.raises(ValueError, match="give a limit"):
        plans.good_enough({})
    for percentile in (0, 100):
        with pytest.raises(ValueError, match="`percentile` must be between"):
            plans.regret("casualties", percentile)


def test_a_world_is_a_draw_where_histories_share_them():
    scenario = gamma_poisson()
    more = scenario.replace({"world.threats.group.attacks_per_day": 0.2})
    table = pd.DataFrame({FACTOR: [0.5, 1.0, 2.0]})
    given = {"trials": 3_000, "seed": 7, "stay": False, "same_world": False, "progress": False}
    plans = dd.compare({"less": scenario, "more": more}, samples=table, **given)
    found = plans.regret("attacks", 50)
    # Twice the rate: 20, 40 and 80 more, and Poisson each with 1,000 histories.
    assert found.loc["more", "mean"] == pytest.approx(140 / 3, abs=4 * np.sqrt(140 / 3 / 3_000))
    assert found.loc["more", "max"] == pytest.approx(80, abs=4 * np.sqrt(80 / 1_000))
    assert found.loc["less", "best"] == 1
    assert plans.good_enough({"attacks": 50})["share"].to_dict() == {"less": 2 / 3, "more": 1 / 3}


def test_the_figure_shows_what_plans_trade(iraq):
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    plans = dd.compare({"firm": firm, "120 days": iraq}, trials=100, seed=7, progress=False)
    drawn = plans.plot.frontier()
    assert len(drawn) == 2
    assert [text.get_text() for text in drawn[0].texts] == ["firm", "120 days"]
    _, y = drawn[0].containers[1].lines[0].get_data()
    due = plans.differences("casualties")["120 days"].mean()
    assert y[0] == pytest.approx(due)
    assert plans.frontier().loc["stay", "finish_days"] == (iraq.horizon - iraq.start).days


def test_plans_that_are_alike_do_not_beat_each_other():
    table = made(one=(FINISH, EVEN), other=(FINISH, EVEN)).frontier(["finish_days", "casualties"])
    assert (table[["dominated_by", "perhaps_by"]] == "").all(axis=None)
