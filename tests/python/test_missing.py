"""What is missing counts the same everywhere, and never as something that it is not."""

import math
import operator
from datetime import timedelta

import numpy as np
import pytest

import drawdown as dd
from drawdown.analysis.minimum_allowance import Aims
from drawdown.runs.criterion import Criterion, kept_date
from drawdown.runs.outcomes import outcomes

# What a missing value counts as in comparisons, by measure: later than any, less than any; of all
# others there is nothing to compare.
LATER = {"finish_days", "slip_days", "start_days", "open_days", "event_days", "expelled_days"}
LATER |= {"reentry_days"}
LESS = {"buffer_days"}
NONE = {"attacks_on_the_way", "wounded_on_the_way", "killed_on_the_way"}
# Missing measures of which a mean is known all the same: as at the horizon.
AT_HORIZON = {"finish_days"}
MEASURES = [(name, by) for name, by, *_ in dd._core.measures()]
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
TRIALS = 60
QUIET = {"seed": 7, "progress": False}


@pytest.fixture(scope="module")
def plans(iraq) -> dd.Comparison:
    """Plans in which all that can be missing is missing in some histories, or in all."""
    cut = iraq.replace(
        {
            "horizon": "2027-01-10",
            "plan.gates.approval.delay_days": {"uniform": [0, 900]},
            "world.calendar.election.delay_days": {"uniform": [0, 700]},
        }
    )
    hasty = cut.replace({"plan.gates.approval.delay_days": {"uniform": [0, 500]}})
    return dd.compare({"cut": cut, "hasty": hasty}, trials=TRIALS, **QUIET)


def counted(value: float, measure: str) -> float | None:
    """One value in comparisons; None if there is nothing to compare."""
    if not math.isnan(value):
        return value
    return math.inf if measure in LATER else -math.inf if measure in LESS else None


def asked(run: dd.Run, measure: str, by: str) -> list[tuple[str, list[float]]]:
    """A measure as a text, for each id, and its values."""
    if not by:
        return [(measure, run.values(measure).tolist())]
    return [
        (f"{measure} of {by} {name}", column.tolist())
        for name, column in run.values(measure, by).items()
    ]


def test_each_measure_that_can_be_missing_is_one_that_a_rule_is_known_of(plans):
    missing = {
        measure
        for run in plans.runs.values()
        for measure, by in MEASURES
        if np.isnan(np.asarray(run.values(measure, by or None))).any()
    }
    assert missing == LATER | LESS | NONE


@pytest.mark.parametrize(("measure", "by"), MEASURES)
def test_what_is_expected_of_a_measure_and_its_chances(plans, measure, by):
    rng = np.random.default_rng(3)
    for run in plans.runs.values():
        horizon = (run.scenario.horizon - run.scenario.start).days
        for text, values in asked(run, measure, by):
            there = [value for value in values if not math.isnan(value)]
            if len(there) == len(values) or measure in AT_HORIZON:
                due = [horizon if math.isnan(value) else value for value in values]
                assert outcomes(run, text)[:, 0].tolist() == due
            else:
                with pytest.raises(ValueError, match=f"`{measure}` has no value in") as caught:
                    outcomes(run, text)
                # A chance is known where missing values have a place among the others.
                remedy = "ask for a chance" if measure in LATER | LESS else "leave out plans"
                assert remedy in str(caught.value)
            for sign, holds in SIGNS.items():
                level = float(rng.choice(there or [0.0])) + float(rng.choice([0, 0.5]))
                seen = [counted(value, measure) for value in values]
                if None in seen:
                    with pytest.raises(ValueError, match="there is nothing to compare"):
                        outcomes(run, f"{text} {sign} {level}")
                else:
                    due = [float(holds(value, level)) for value in seen]
                    assert outcomes(run, f"{text} {sign} {level}")[:, 0].tolist() == due


@pytest.mark.parametrize(("measure", "by"), MEASURES)
def test_shares_of_trials_in_which_a_plan_has_less(plans, measure, by):
    table = plans.table(by or None)
    for plan, run in plans.runs.items():
        for text, values in asked(run, measure, by):
            name = text.split(" ")[-1]
            theirs = dict(asked(plans.runs["cut"], measure, by)).get(text, [])
            pairs = [
                (counted(one, measure), counted(other, measure))
                for one, other in zip(values, theirs, strict=False)
            ]
            known = [pair for pair in pairs if None not in pair]
            row = table.loc[(measure, name, plan) if by else (measure, plan)]
            for side, holds in (("lower", operator.lt), ("equal", operator.eq)):
                due = np.mean([holds(*pair) for pair in known]) if known else math.nan
                assert row[side] == pytest.approx(due, nan_ok=True), text
            both = [one - other for one, other in zip(values, theirs, strict=False)]
            both = [apart for apart in both if not math.isnan(apart)]
            assert row["pairs"] == len(both)
            due = np.mean(both) if both else math.nan
            assert row["difference"] == pytest.approx(due, nan_ok=True), text


@pytest.mark.parametrize("measure", [name for name, by in MEASURES if not by])
def test_plans_are_chosen_by_what_is_known(plans, measure):
    values = {plan: run.values(measure) for plan, run in plans.runs.items()}
    run = plans.runs["cut"]
    horizon = (run.scenario.horizon - run.scenario.start).days
    gone = {plan for plan, found in values.items() if np.isnan(found).any()}
    if gone and measure not in AT_HORIZON:
        asks = [plans.regret, lambda m: plans.frontier([m]), lambda m: plans.good_enough({m: 1})]
        for ask in asks:
            with pytest.raises(ValueError, match=f"`{measure}` has no value in") as error:
                ask(measure)
            # All plans of which it is so.
            assert {plan for plan in values if f"under `{plan}`" in str(error.value)} == gone
        return
    filled = {
        plan: [horizon if math.isnan(value) else value for value in found]
        for plan, found in values.items()
    }
    best = [min(column) for column in zip(*filled.values(), strict=True)]
    limit = float(np.median(filled["cut"])) - 0.5
    frontier, regret = plans.frontier([measure]), plans.regret(measure)
    enough = plans.good_enough({measure: limit})
    for plan, found in filled.items():
        assert frontier.loc[plan, measure] == pytest.approx(sum(found) / TRIALS)
        lost = sum(mine - least for mine, least in zip(found, best, strict=True))
        assert regret.loc[plan, "mean"] == pytest.approx(lost / TRIALS)
        assert enough.loc[plan, "share"] == sum(value <= limit for value in found) / TRIALS


@pytest.mark.parametrize("measure", [name for name, by in MEASURES if not by])
def test_how_surely_a_level_is_reached(plans, measure):
    for run in plans.runs.values():
        values = run.values(measure)
        seen = [counted(value, measure) for value in values]
        levels = np.random.default_rng(5).choice([*values[~np.isnan(values)], 0, 7.5], 4)
        ceiling = Criterion(measure, sign="<=", level=float(levels[0]))
        aims = Aims(kept_date(run.scenario.horizon - timedelta(days=1)), 0.8, ceiling, 0.2)
        if None in seen:
            nothing = r"in 100\.0% of histories, so that there is nothing to compare"
            for ask in (run.exceedance, run.tail):
                with pytest.raises(ValueError, match=nothing):
                    ask(measure)
            with pytest.raises(ValueError, match=nothing):
                aims.chances(run)
            continue
        found = run.exceedance(measure, levels=levels)["probability"]
        for level in levels:
            due = sum(value >= level for value in seen) / TRIALS
            assert found.loc[level] == pytest.approx(due)
        above = aims.chances(run)[1]
        assert above.share == sum(value > levels[0] for value in seen) / TRIALS


def test_a_limit_that_nothing_could_break_is_refused(plans, run):
    cut = plans.runs["cut"]
    days = (cut.scenario.horizon - cut.scenario.start).days
    for limit in (days, days + 0.5):
        with pytest.raises(ValueError, match=r"such as 'finish_days > 2027-01-09'"):
            plans.good_enough({"finish_days": limit})
    with pytest.raises(ValueError, match="reached at the horizon"):
        plans.conclusions([("cut", "finish_days", "<=", "2027-01-10")])
    # What is not reached counts as reached at the midnight that ends the ninth.
    with pytest.raises(ValueError, match="reached at the horizon"):
        plans.conclusions([("cut", "finish_days", "<=", "2027-01-09")])
    found = plans.conclusions([("cut", "finish_days", "<=", "2027-01-08")])
    done = np.nan_to_num(cut.values("finish_days"), nan=days)
    assert found.table()["holds"].tolist() == [np.mean(done < days - 1)]
    with pytest.raises(ValueError, match="reached at the horizon"):
        dd.scenario_discovery(cut, {"finish_days": days})
    kept = plans.good_enough({"finish_days": days - 1})["share"]
    chance = plans.good_enough({"finish_days > 2027-01-08": 0})["share"]
    assert kept.to_dict() == chance.to_dict()
    assert kept["stay"] == 0
    # Where all are done it is later than none.
    assert not np.isnan(run.values("finish_days")).any()
    assert (
        dd.Comparison({"plan": run}).good_enough({"finish_days": 10_000}).loc["plan", "share"] == 1
    )


def test_other_ways_to_ask_are_of_the_same_mind(plans):
    from SALib.util import scale_samples

    cut = plans.runs["cut"].scenario
    refused = "`slip_days` has no value in"
    with pytest.raises(ValueError, match=refused):
        dd.tornado(cut, ["slip_days"], trials=TRIALS, **QUIET).table()
    with pytest.raises(ValueError, match=refused):
        plans.runs["cut"].drivers(["slip_days"])
    with pytest.raises(ValueError, match=refused):
        dd.scenario_discovery(plans.runs["cut"], {"slip_days": 3})
    with pytest.raises(ValueError, match=refused):
        dd.simulate_to_precision(cut, "slip_days", 1, most_trials=TRIALS, **QUIET)
    objectives = {"objectives": ["slip_days"], "trials": TRIALS, "budget": 2}
    with pytest.raises(ValueError, match=refused):
        dd.optimize_rule(cut, "hold_under_fire", **objectives, fresh_trials=TRIALS, **QUIET)
    problem = dd.adapters.salib_problem(cut)
    sample = scale_samples(np.full((3, problem["num_vars"]), 0.5), problem)
    with pytest.raises(ValueError, match=refused):
        dd.adapters.salib_evaluate(cut, sample, ["slip_days"], trials_each=9, seed=1)
    blamed = {"kinds": ["gate"], "trials": TRIALS, "most": 30, "measure": "slip_days"}
    found = dd.criticality(cut, **blamed, **QUIET)
    slip = found.runs["as written"].values("slip_days")
    # What is never done slips by more than any number of days.
    assert found.above == sum(not value <= 30 for value in slip.tolist())
