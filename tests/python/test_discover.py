"""Boxes of failing worlds that are known by construction."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd
from drawdown.analysis.discovery import Found, holdings
from drawdown.analysis.failing import Failed, Failing
from drawdown.analysis.scenario_discovery import search
from drawdown.analysis.statements import Truth
from drawdown.stats import prim
from drawdown.stats.intervals import of_groups
from test_draws import FACTOR, gamma_poisson

WORLDS = 900
MADE = Failing((Failed("", {"what": "made"}),))
# A peel takes a twentieth of a box that is never wider than 1: an edge is no further off.
PEEL = 0.05


def uniform(columns: int = 5) -> pd.DataFrame:
    values = np.random.default_rng(3).random((WORLDS, columns))
    return pd.DataFrame(values, columns=[f"world.x{k}" for k in range(columns)])


def searched(inputs, fails, **how) -> dd.Discovery:
    truth = Truth(np.asarray(fails), np.zeros(len(inputs), dtype=bool))
    run = dd.simulate(dd.Scenario.example("minimal"), trials=1, seed=1, progress=False)
    return search(inputs, truth, MADE, [run], seed=5, **how)


def inside(inputs):
    return ((inputs["world.x1"] > 0.6) & (inputs["world.x3"] < 0.5)).to_numpy()


def test_a_box_is_found_with_its_edges_and_nothing_else():
    inputs = uniform()
    found = searched(inputs, inside(inputs))
    table = found.table()
    assert set(table.index) == {(1, "world.x1"), (1, "world.x3")}
    one, three = table.loc[1, "world.x1"], table.loc[1, "world.x3"]
    assert one["low"] == pytest.approx(0.6, abs=PEEL)
    assert three["high"] == pytest.approx(0.5, abs=PEEL)
    assert np.isnan(one["high"])
    assert np.isnan(three["low"])
    assert one["share"] == pytest.approx((inputs["world.x1"] >= one["low"]).mean())
    about = found.about().loc[1]
    assert about["density"] > 0.9
    assert about["coverage"] > 0.9
    assert about["held_out_density_low"] < about["held_out_density"]
    assert about["confirmed"]


def test_a_noisy_box_is_found_and_judged_by_worlds_it_was_not_found_in():
    inputs = uniform()
    rng = np.random.default_rng(8).random(WORLDS)
    fails = np.where(inside(inputs), rng < 0.8, rng < 0.1)
    found = searched(inputs, fails)
    assert {"world.x1", "world.x3"} <= set(found.table().loc[1].index)
    about = found.about().loc[1]
    table = found.table().loc[1]
    # What the box truly holds: the overlap with the region fails in 80 %, the rest in 10 %.
    held = inputs[found.held_out]
    there = found.found[0].box.holds(held)
    share = inside(held)[there].mean()
    due = 0.8 * share + 0.1 * (1 - share)
    assert about["held_out_density_low"] < due < about["held_out_density_high"]
    assert table.loc["world.x1", "low"] == pytest.approx(0.6, abs=2 * PEEL)
    assert table.loc["world.x3", "high"] == pytest.approx(0.5, abs=2 * PEEL)
    assert about["confirmed"]
    # The columns of held-out worlds, from first principles.
    fails_there = fails[found.held_out][there]
    assert about["held_out_density"] == pytest.approx(fails_there.mean())
    exact = stats.beta.ppf(0.025, fails_there.sum(), (~fails_there).sum() + 1)
    assert about["held_out_density_low"] == pytest.approx(exact)
    assert about["held_out_coverage"] == pytest.approx(
        fails_there.sum() / fails[found.held_out].sum()
    )
    base = fails[found.held_out].mean()
    tail = stats.binom.sf(fails_there.sum() - 1, len(fails_there), base)
    assert about["p"] == pytest.approx(tail)
    elsewhere = fails[found.held_out][~there]
    assert about["elsewhere"] == pytest.approx(elsewhere.mean())


def test_the_worlds_held_out_have_no_part_in_the_finding():
    inputs = uniform()
    found = searched(inputs, inside(inputs))
    kept = found.held_out
    assert kept.sum() == 300
    other = np.where(kept, ~inside(inputs), inside(inputs))
    again = searched(inputs, other)
    columns = ["low", "high", "quasi_p"]
    pd.testing.assert_frame_equal(again.table()[columns], found.table()[columns])
    assert not again.about().loc[1, "confirmed"]
    assert "so it is none" in again.words
    assert "Box" not in str(again)
    assert "rejected 1: " in str(again)
    assert "0 boxes" in repr(again)
    assert again.confirmed == []
    assert again.plot()[1].get_title("left") == "The limits of rejected 1"
    plt.close("all")
    assert again.section(again._runs[0]).pictures == []


@pytest.mark.parametrize(("fails", "count"), [(np.zeros, 0), (np.ones, WORLDS)])
def test_where_all_worlds_or_none_fail_there_is_no_box(fails, count):
    found = searched(uniform(), fails(WORLDS, dtype=bool))
    assert found.found == []
    assert found.table().empty
    assert found.about().empty
    assert found.share == count / WORLDS
    assert f"fails (made) in {count} of {WORLDS} worlds" in str(found)
    for ask in (found.plot, found.trajectory, found.where):
        with pytest.raises(ValueError, match="there is no box 1; there are 0"):
            ask()


def test_failing_by_chance_alone_is_told_from_a_box():
    # 40 searches of pure noise: a box that held-out worlds confirm is rare, as its p-value says.
    rng = np.random.default_rng(4)
    inputs = uniform(3)
    confirmed = 0
    for _ in range(40):
        found = searched(inputs, rng.random(WORLDS) < 0.3)
        confirmed += int(found.found != [] and found.about()["confirmed"].iloc[0])
    assert confirmed <= stats.binom.ppf(0.9999, 40, 0.05)


def test_two_regions_are_two_boxes_and_a_categorical_column_can_bound_one():
    inputs = uniform(3).assign(case=np.where(np.arange(WORLDS) % 3, "b", "a"))
    first = (inputs["world.x0"] > 0.7) & (inputs["case"] == "a")
    second = inputs["world.x2"] < 0.1
    found = searched(inputs, first | second, boxes=2)
    table = found.table()
    limits = {box: set(table.loc[box].index) for box in (1, 2)}
    assert {"world.x2"} in limits.values()
    assert {"world.x0", "case"} in limits.values()
    box = next(k for k, names in limits.items() if "case" in names)
    assert table.loc[(box, "case"), "levels"] == "a"
    assert "case is a" in found.where(box)
    assert "2 boxes" in repr(found)
    assert found.plot(box=box).shape == (2,)
    # Each is sought among what is in none before, and its path begins with all of that.
    fails, left = (first | second).to_numpy(), ~found.held_out
    for k in (1, 2):
        path = found.trajectory(k)
        assert path["density"].iloc[0] == fails[left].mean()
        assert path["limits"].iloc[0] == 0
        left &= ~found.found[k - 1].box.holds(inputs)


def test_a_peel_takes_the_slice_that_raises_the_share_most():
    # By hand: of ten worlds the lowest two fail; the first peel takes one from the top.
    inputs = pd.DataFrame({"x": np.arange(10.0)})
    happens = inputs["x"].to_numpy() < 2
    boxes = prim.peel(inputs, happens, least=0.2)
    highs = [box.limits["x"].high if box.limits else np.inf for box in boxes]
    assert highs == [np.inf, 8, 7, 6, 5, 4, 3, 2, 1]
    path = prim.trajectory(boxes, inputs, happens)
    assert path["density"].tolist() == pytest.approx([2 / n for n in range(10, 1, -1)])
    assert path["coverage"].eq(1).all()
    assert prim.chosen(boxes, inputs, happens) == 8
    # The same from the other side.
    turned = prim.peel(-inputs, happens, least=0.2)
    assert [-box.limits["x"].low for box in turned[1:]] == highs[1:]
    # Two of two, where two of ten happen: by chance once in 25.
    assert prim.quasi_p(boxes[-1], inputs, happens) == pytest.approx({"x": 0.2**2})


def test_what_a_peel_gains_is_counted_for_each_world_that_it_loses():
    # Without case b it happens in 6 of 10, without the lowest x in 10 of 19: more for one world.
    happens = np.repeat([True, False, False, True], [6, 4, 6, 4])
    inputs = pd.DataFrame({"case": np.repeat(["a", "b"], 10), "x": np.roll(np.arange(20.0), 8)})
    assert not happens[inputs["x"].argmin()]
    first = prim.peel(inputs, happens, least=0.1)[1]
    assert list(first.limits) == ["x"]


def test_a_limit_that_chance_makes_as_good_is_dropped():
    inputs = uniform(2)
    happens = (inputs["world.x0"] > 0.5).to_numpy()
    limits = {"world.x0": prim.Limit(low=0.5), "world.x1": prim.Limit(low=0.1)}
    box = prim.pruned(prim.Box(limits), inputs, happens)
    assert set(box.limits) == {"world.x0"}


@pytest.fixture(scope="module")
def run() -> dd.Run:
    return dd.simulate(gamma_poisson(), trials=9_000, samples=300, seed=7, progress=False)


def test_a_run_fails_where_its_mean_is_above_a_limit(run):
    # In 400 days 40 attacks for each unit of the factor: above 60 where it is above 1.5.
    found = dd.scenario_discovery(run, {"attacks": 60})
    low = found.table().loc[(1, FACTOR), "low"]
    error = np.sqrt(60 / 30) / 40
    assert low == pytest.approx(1.5, abs=4 * error)
    means = run.by_sample("attacks")["mean"].to_numpy()
    assert found.truth.holds.tolist() == (means > 60).tolist()
    assert found.inputs[FACTOR].tolist() == run.samples.values[FACTOR].tolist()
    same = dd.scenario_discovery(run, ("attacks", ">", 60))
    assert same.table().equals(found.table())
    assert "attacks above 60" in str(found)
    assert "attacks > 60" in str(same)
    assert "rate_factor" in found._repr_html_()


def test_a_function_of_worlds_says_exactly_where(run):
    found = dd.scenario_discovery(run, lambda worlds: (worlds.inputs[FACTOR] > 1.5).to_numpy())
    values = found.inputs.loc[~found.held_out, FACTOR]
    least = values[values > 1.5].min()
    assert found.table().loc[(1, FACTOR), "low"] == pytest.approx(least, abs=0.1)
    assert "as a function says" in str(found)


def test_runs_of_a_comparison_are_pooled_or_chosen():
    plain, safe = gamma_poisson(), gamma_poisson(attacks_per_day=0.01)
    plans = dd.compare(
        {"plain": plain, "safe": safe},
        trials=2_000,
        samples=100,
        seed=7,
        stay=False,
        same_world=False,
        progress=False,
    )
    pooled = dd.scenario_discovery(plans, {"attacks": 30})
    assert pooled.table().loc[(1, "case"), "levels"] == "plain"
    assert len(pooled.inputs) == 200
    alone = dd.scenario_discovery(plans, {"attacks": 30}, plan="safe")
    assert len(alone.inputs) == 100
    assert "safe: attacks above 30" in str(alone)
    both = dd.scenario_discovery(plans, ("plain", "attacks", ">", "safe"))
    assert both.share > 0.9


@pytest.mark.parametrize(
    ("fails", "how", "message"),
    [
        ({"attacks": 60}, {"held_out": 1}, "between 0 and 1"),
        ({"attacks": 60}, {"held_out": 0}, "between 0 and 1"),
        ({"attacks": 60}, {"least": 1}, "between 0 and 1"),
        ({"attacks": 60}, {"least": 0}, "between 0 and 1"),
        ({"attacks": 60}, {"boxes": 0}, "at least 1"),
        ({"nothing": 60}, {}, "there is no measure `nothing`"),
        ({}, {}, "give a limit"),
        (("attacks", "=", 3), {}, "is no statement"),
        (lambda worlds: worlds["attacks"], {}, "one truth for each of the 300 worlds"),
    ],
)
def test_what_cannot_be_asked_is_refused(run, fails, how, message):
    with pytest.raises(ValueError, match=message):
        dd.scenario_discovery(run, fails, **how)


def test_what_is_no_result_is_refused(iraq):
    with pytest.raises(TypeError, match="is a Run or a Comparison, not Scenario"):
        dd.scenario_discovery(iraq, {"attacks": 60})


def test_too_few_worlds_or_no_range_are_refused(minimal):
    few = dd.simulate(gamma_poisson(), trials=40, samples=20, seed=7, progress=False)
    with pytest.raises(ValueError, match=r"20 worlds are too few: it takes 30.*more `samples`"):
        dd.scenario_discovery(few, {"attacks": 60})
    fixed = dd.simulate(minimal, trials=40, seed=7, progress=False)
    with pytest.raises(ValueError, match=r"the scenario has no ranges.*write a range"):
        dd.scenario_discovery(fixed, {"attacks": 60})


def test_cases_whose_histories_share_draws_are_pooled():
    scenario = gamma_poisson(rate_factor={"uniform": [0.2, 1.8]})
    sides = {"one": {}, "double": {"world.threats.group.attacks_per_day": 0.2}}
    runs = dd.compare_worlds(scenario, sides, trials=4_000, samples=200, seed=7, progress=False)
    found = dd.scenario_discovery(runs, {"attacks": 75})
    limits = found.found[0].box.limits
    # 40 attacks times the factor never come to 75; twice as many do where it is above 0.94, give
    # or take what twenty histories leave: a standard error of 0.024 there.
    assert limits["case"].levels == {"double"}
    assert limits[FACTOR].low == pytest.approx(0.94, abs=4 * 0.024)
    assert len(found.inputs) == 400
    # A draw is held out in both cases or in neither, and counts once for both.
    assert (found.held_out[:200] == found.held_out[200:]).all()
    one = found.found[0]
    inside = one.box.holds(one.held_inputs)
    assert (one.held_inputs.index.to_numpy() % 200 == one.held_samples).all()
    due = of_groups(one.held_fails[inside], one.held_samples[inside])
    about = found.about().loc[1]
    assert (about["held_out_density_low"], about["held_out_density_high"]) == (due.low, due.high)


def test_worlds_that_share_a_draw_do_not_confirm_each_other():
    # Four cases that are one, and a box that has nothing to do with failing.
    rng = np.random.default_rng(6)
    box = prim.Box({"x": prim.Limit(low=0.8)})
    draws, repeated = np.tile(np.arange(100), 4), 300
    confirmed, held = np.zeros((2, repeated), bool)
    for k in range(repeated):
        inputs = pd.DataFrame({"x": np.tile(rng.random(100), 4)})
        fails = np.tile(rng.random(100) < 0.3, 4)
        one = Found(box, 0, pd.DataFrame(), {}, inputs, fails, inputs, fails, draws)
        about = holdings(one)
        confirmed[k] = about["confirmed"]
        held[k] = about["held_out_density_low"] <= 0.3 <= about["held_out_density_high"]
    assert confirmed.sum() <= stats.binom.ppf(0.9999, repeated, 0.05)
    assert held.sum() >= stats.binom.ppf(0.0001, repeated, 0.95)


def test_as_many_draws_are_held_out_as_were_asked_for():
    for count in (30, 31, 45):
        inputs = uniform().iloc[:count]
        for seed in range(10):
            fails = np.zeros(count, bool)
            truth = Truth(fails, fails)
            run = dd.simulate(gamma_poisson(), trials=1, seed=seed, progress=False)
            found = search(inputs, truth, MADE, [run], held_out=0.4)
            assert found.held_out.sum() == round(0.4 * count)


def test_a_box_without_worlds_held_out_is_not_known():
    inputs = pd.DataFrame({"x": [0.1, 0.9]})
    fails = np.array([False, True])
    box = prim.Box({"x": prim.Limit(low=0.5)})
    one = Found(box, 0, pd.DataFrame(), {}, inputs, fails, inputs[:1], fails[:1], np.arange(1))
    found = holdings(one)
    assert (found["held_out_density_low"], found["held_out_density_high"]) == (0, 1)
    assert np.isnan([found["held_out_density"], found["held_out_coverage"]]).all()
    assert (found["p"], found["confirmed"]) == (1, False)


def test_one_world_that_differs_is_a_slice():
    happens = np.array([True, True, True, False, False, False, False, False, False, False])
    for sign in (1, -1):
        inputs = pd.DataFrame({"x": sign * (np.arange(10) == 9).astype(float)})
        limit = prim.peel(inputs, happens, least=0.2)[1].limits["x"]
        assert (limit.high if sign == 1 else limit.low) == 0


@pytest.mark.parametrize(("least", "worlds"), [(0.25, 5), (0.5, 10), (0.01, 2)])
def test_no_box_holds_fewer_worlds_than_it_must(least, worlds):
    # It happens in one world alone, so that peeling never has enough.
    inputs = pd.DataFrame({"x": np.arange(20.0)})
    boxes = prim.peel(inputs, np.arange(20) == 7, least)
    sizes = [box.holds(inputs).sum() for box in boxes]
    assert sizes == list(range(20, worlds - 1, -1))


def test_worlds_of_one_trial_are_said_to_be_such():
    scenario = gamma_poisson()
    each = dd.simulate(scenario, trials=200, seed=7, progress=False)
    shared = dd.simulate(scenario, trials=400, samples=200, seed=7, progress=False)
    one, other = (dd.scenario_discovery(run, {"attacks": 60}) for run in (each, shared))
    told = "a world is one trial, chance included"
    assert told in " ".join(str(one).split())
    assert told in " ".join(one.section(each).text[-1].split())
    assert not other.notes
    confirmed = len(one.confirmed)
    assert f"{confirmed} {'box' if confirmed == 1 else 'boxes'};" in repr(one)
