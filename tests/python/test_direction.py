"""Which way is better: one rule, wherever a plan, a rule or a world is weighed."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

import drawdown as dd
from drawdown.runs.criterion import Criterion
from test_conclusions import leaving

QUIET = {"seed": 5, "progress": False}
DATE = "2026-12-31"


@pytest.fixture(scope="module")
def plans(iraq):
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    late = iraq.replace({"plan.gates.approval.delay_days": {"uniform": [300, 400]}})
    given = {"paused": iraq, "firm": firm, "late": late}
    return dd.compare(given, trials=400, samples=100, stay=False, **QUIET)


def limits(run: dd.Run) -> tuple[list[str], list[str]]:
    """Two limits that are kept about as often as not, and what breaks them."""
    most = int(np.median(run.values("casualties")))
    kept = [f"finish_days <= {DATE}", f"casualties <= {most}"]
    return kept, [text.replace("<=", ">") for text in kept]


def test_the_chance_of_what_is_kept_is_good_and_of_what_is_broken_bad():
    better = {
        "casualties": False,
        "casualties <= 3": True,
        "casualties < 3": True,
        "killed of site erbil > 3": False,
        "finish_days >= 2026-12-31": False,
        "buffer_days of buffer vote": True,
        "buffer_days of buffer vote >= 30": True,
        "buffer_met of buffer vote < 1": False,
        "reentry_days <= 400": False,
    }
    assert {text: Criterion.parse(text).more_is_better for text in better} == better
    for text in better:
        asked = Criterion.parse(text)
        if asked.sign is not None:
            assert asked.otherwise.more_is_better != asked.more_is_better


def test_keeping_a_limit_and_not_breaking_it_weigh_plans_alike(plans):
    keep, breaks = limits(plans.runs["paused"])
    kept, broken = plans.frontier(keep), plans.frontier(breaks)
    for name in ("dominated_by", "perhaps_by"):
        assert kept[name].tolist() == broken[name].tolist()
    # Who leaves later is later.
    dominated = plans.frontier(keep[:1])["dominated_by"]
    assert "paused" in dominated["late"]
    assert dominated["paused"] == ""
    for one, other in zip(keep, breaks, strict=True):
        assert kept[one].to_numpy() == pytest.approx(1 - broken[other].to_numpy())
        regrets = plans.regret(one), plans.regret(other)
        assert regrets[0].to_numpy() == pytest.approx(regrets[1].to_numpy())
        # By hand: the best plan keeps it the most often.
        chances = np.array(
            [
                Criterion.parse(one).values(run).reshape(100, 4).mean(axis=1)
                for run in plans.runs.values()
            ]
        )
        due = (chances.max(axis=0) - chances).mean(axis=1)
        assert regrets[0]["mean"].tolist() == pytest.approx(due)
        enough = plans.good_enough({one: 0.75}), plans.good_enough({other: 0.25})
        assert enough[0]["share"].tolist() == enough[1]["share"].tolist()
        assert enough[0]["share"].tolist() == [(row >= 0.75).mean() for row in chances]


def test_failing_is_not_what_is_to_be_kept():
    run = dd.simulate(leaving(), trials=800, samples=100, **QUIET)
    due = dd.scenario_discovery(run, {"attacks > 25": 0.5})
    found = dd.scenario_discovery(run, {"attacks <= 25": 0.5})
    assert found.truth.holds.tolist() == due.truth.holds.tolist()
    assert 0 < found.share < 1
    assert found.fails == "attacks <= 25 below 0.5"
    for fails in ("attacks <= 25", ["attacks > 90", "attacks <= 25"]):
        with pytest.raises(ValueError, match="is a limit to keep: write 'attacks > 25'") as told:
            dd.scenario_discovery(run, fails)
    # What the message offers says so.
    assert "('attacks', '<=', 25)" in str(told.value)
    few = dd.scenario_discovery(run, ("attacks", "<=", 25))
    many = dd.scenario_discovery(run, "attacks > 25")
    assert few.truth.holds.tolist() == (~many.truth.holds).tolist()


def test_a_rule_is_searched_for_that_keeps_a_limit_more_often(iraq):
    ask = {"trials": 60, "budget": 6, "fresh_trials": 200, **QUIET}
    keep, breaks = limits(dd.simulate(iraq, trials=60, **QUIET))
    kept = dd.optimize_rule(iraq, "hold_under_fire", objectives=keep, **ask)
    broken = dd.optimize_rule(iraq, "hold_under_fire", objectives=breaks, **ask)
    assert kept.rules == broken.rules
    assert kept.better == broken.better
    one, other = kept.table(), broken.table()
    assert one["fresh"].to_numpy() == pytest.approx(1 - other["fresh"].to_numpy())
    assert one["difference"].to_numpy() == pytest.approx(-other["difference"].to_numpy())
    for name in ("sure_high", "regret"):
        assert one[name].to_numpy() == pytest.approx(other[name].to_numpy())
    for search, better in ((kept, "more"), (broken, "less")):
        assert all(ax.get_xlabel() == f"chance; {better} is better" for ax in search.plot())
        plt.close("all")
