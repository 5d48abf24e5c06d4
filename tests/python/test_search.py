import itertools
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

import drawdown as dd
from drawdown.analysis.optimize_rule import _Looked, _suggested, fresh
from drawdown.scenario.levers import _range, levers

START = date(2025, 1, 1)
CERTAIN = {
    "weapons": {"drone": {"share": 1, "salvo_mean": 1}},
    "harm": {"no_casualty": 0, "killed_share": 0},
}
OPEN = {"intercept": {"drone": 0}}
HOLD = {
    "when": {"attacks": {"in_days": 20, "at_least": 1}},
    "then": {"pause": {"at_least_days": 30}},
    "until": {"attacks": {"in_days": 1, "at_most": 1000}},
}


def plan(to: str, starts: int, days: int) -> dict:
    return {
        "review_every_days": 1,
        "transport": {"people_per_day": 1000, "lift_every_days": 1},
        "phases": {
            "leave": {
                "announced_start": START + timedelta(starts),
                "announced_finish": START + timedelta(starts + days),
                "duration_ratio": 1,
                "moves": {"all": {"site": "base", "contingent": "us", "to": to}},
            }
        },
        "breathing_room": {"pause_days": 60, "extension_days": 60},
        "rules": {"hold": HOLD},
    }


@pytest.fixture(scope="module")
def needless() -> dd.Scenario:
    """Who is held is attacked for longer, and leaves later: a pause can only cost."""
    threat = {"attacks_per_day": 0.1} | CERTAIN
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(200),
            "world": {
                "sites": {"base": {"garrison": {"us": 100}, "air_defence": OPEN}},
                "threats": {"group": threat},
            },
            "plan": plan("home", 10, 40),
        }
    )


@pytest.fixture(scope="module")
def war() -> dd.Scenario:
    """A war from day 20 to day 60 on the site that people go to; harmless fire announces it."""
    window = {"from_days": 0, "until_days": 40, "factor": 20}
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(200),
            "world": {
                "sites": {
                    "base": {"garrison": {"us": 100}},
                    "hot": {"garrison": {"us": 0}, "reference_garrison": 100, "air_defence": OPEN},
                },
                "threats": {
                    "signal": {
                        "attacks_per_day": 0.05,
                        "weapons": {},
                        "site_weights": {"base": 1},
                    },
                    "group": {"attacks_per_day": 0.01, "site_weights": {"hot": 1}} | CERTAIN,
                },
                "calendar": {
                    "war": {"date": START + timedelta(20), "windows": {"fire": window}},
                },
            },
            "plan": plan("hot", 25, 5),
        }
    )


def test_where_a_pause_can_only_cost_the_search_returns_no_rule(needless):
    space = {
        "plan.rules.hold.when.attacks.at_least": (1, 30),
        "plan.rules.hold.then.pause.at_least_days": (0, 40),
    }
    found = dd.optimize_rule(
        needless, "hold", space, trials=200, budget=60, fresh_trials=1_000, seed=7, progress=False
    )
    # Forms that never act are as good as no rule, and none is better.
    assert found.found == []
    assert (
        found.comparison.frontier(found.objectives).loc["as written", "dominated_by"] == "no rule"
    )
    assert "No rule found" in found.verdict
    # Held for nothing in every trial in which it is held.
    alarms = found.alarms()
    assert alarms.loc["as written", "paused"] > 0.9
    assert alarms.loc["as written", "false_alarms"] == 1
    assert alarms.loc["no rule", "paused"] == 0


def test_the_search_finds_what_a_grid_finds(war):
    at_least, hold = [1, 3, 1000], [0, 10, 20, 30, 40, 50]
    paths = ("plan.rules.hold.when.attacks.at_least", "plan.rules.hold.then.pause.at_least_days")
    space = dict(zip(paths, (at_least, hold), strict=True))
    given = {"trials": 400, "seed": 7, "progress": False}
    found = dd.optimize_rule(
        war, "hold", space, budget=120, fresh_trials=400, seed=7, trials=400, progress=False
    )
    grid = set()
    for point in itertools.product(at_least, hold):
        run = dd.simulate(war.replace(dict(zip(paths, point, strict=True))), **given)
        grid.add((run.values("finish_days").mean(), run.values("casualties").mean()))
    front = {
        one
        for one in grid
        if not any(other != one and other[0] <= one[0] and other[1] <= one[1] for other in grid)
    }
    values = set(found._values.values())
    assert front <= {tuple(map(float, value)) for value in values}
    # Holding until the war is over is worth days: fewer casualties, surely.
    table = found.table()
    best = table.xs("casualties", level="objective")["fresh"].idxmin()
    assert best.startswith("rule ")
    row = table.loc[(best, "casualties")]
    assert row["high"] < 0
    assert row["fresh"] < 0.5 * table.loc[("no rule", "casualties"), "fresh"]
    assert table.loc[(best, "finish_days"), "low"] > 0
    # One interval for all that was found, in both objectives.
    reach = stats.norm.ppf(1 - 0.025 / (2 * len(found.found))) / stats.norm.ppf(0.975)
    due = table["difference"] + reach * (table["high"] - table["difference"])
    assert table["sure_high"].tolist() == pytest.approx(due.tolist())


def test_late_pauses_and_harm_before_are_those_of_the_event_log(war):
    late_start = war.replace({"plan.rules.hold.when.attacks.at_least": 12})
    found = dd.optimize_rule(
        late_start, "hold", {"plan.breathing_room.pause_days": (10, 60)},
        most=40, trials=50, budget=4, fresh_trials=200, seed=3, progress=False,
    )  # fmt: skip
    run = found.comparison.runs["as written"]
    harm = before = broken = late = false = 0
    without = found.comparison.runs["no rule"].values("casualties")
    paused = run.values("pause_days") > 0
    for k in range(run.trials):
        events = run.trial(k).events
        begun = events.loc[events["kind"] == "pause_began", "time_days"]
        first = begun.iloc[0] if len(begun) else np.inf
        hurt = events[events["kind"].isin(["wounded", "killed"])]
        harm += hurt["count"].sum()
        before += hurt.loc[hurt["time_days"] <= first, "count"].sum()
        running = hurt["count"].cumsum()
        if len(hurt) and running.iloc[-1] > 40:
            broken += 1
            late += hurt.loc[running > 40, "time_days"].iloc[0] <= first
        false += paused[k] and without[k] <= 40
    assert 0 < late < broken
    assert 0 < before < harm
    row = found.alarms().loc["as written"]
    assert row["harm_before"] == pytest.approx(before / harm)
    assert row["late_pauses"] == pytest.approx(late / broken)
    assert row["paused"] == paused.mean()
    assert row["false_alarms"] == pytest.approx(false / paused.sum())


def test_a_seed_gives_the_same_rules_and_fresh_luck(needless):
    given = {"trials": 50, "budget": 8, "fresh_trials": 50, "progress": False}
    one, two = (dd.optimize_rule(needless, "hold", seed=5, **given) for _ in range(2))
    assert one.table().equals(two.table())
    assert one.rules == two.rules
    assert one.comparison.runs["as written"].seed == fresh(5) != 5


def test_levers_are_the_numbers_of_the_rule_and_budgets(iraq):
    assert levers(iraq, "hold_under_fire") == {
        "plan.rules.hold_under_fire.when.attacks.in_days": (1, 90),
        "plan.rules.hold_under_fire.when.attacks.at_least": (1, 120),
        "plan.rules.hold_under_fire.then.pause.at_least_days": (0, 42),
        "plan.rules.hold_under_fire.until.attacks.in_days": (1, 63),
        "plan.rules.hold_under_fire.until.attacks.at_most": (0, 30),
        "plan.breathing_room.pause_days": (0, 360),
    }
    with pytest.raises(ValueError, match="no rule `halt`; there are hold_under_fire"):
        dd.optimize_rule(iraq, "halt", seed=1)


def test_it_tells_its_rules_in_plain_words(needless):
    found = dd.optimize_rule(
        needless, "hold", trials=20, budget=4, fresh_trials=40, seed=5, progress=False
    )
    assert "at least 1 attack" in found.rules["as written"]
    assert "Rule hold" not in found.rules["no rule"]
    assert all(found.rules.values()), "each is said in words"
    assert found.verdict in str(found)
    assert "as written" in found._repr_html_()
    assert len(found.plot()) == 2


def test_the_front_is_what_brute_force_leaves():
    rng = np.random.default_rng(1)
    for size in (1, 2, 12, 40):
        # Few values, so that some are equal in one objective and some in all.
        means = [tuple(map(float, mean)) for mean in rng.integers(0, 6, (size, 2))]
        looked = _Looked(None, ["one", "other"], {})
        looked.values = dict(enumerate(means))
        best = {
            one
            for one in means
            if not any(
                other != one and other[0] <= one[0] and other[1] <= one[1] for other in means
            )
        }
        found = looked.front({})
        assert [mean for _, mean in found] == sorted(best)
        assert all(means[place] == mean for place, mean in found)
        known = sorted(best)[0]
        assert [mean for _, mean in looked.front({"known": known})] == sorted(best)[1:]


def test_a_lever_with_whole_ends_is_tried_at_whole_numbers():
    optuna = pytest.importorskip("optuna")
    given = [((1, 9), int), ((1, 9.0), float), ((0.5, 9.0), float), ([3, 7], int)]
    for ends, kind in given:
        study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
        for _ in range(20):
            value = _suggested(study.ask(), "lever", ends)
            assert type(value) is kind
            assert value in ends if isinstance(ends, list) else ends[0] <= value <= ends[1]


def test_what_leaves_nothing_to_choose_is_refused(needless):
    given = {"trials": 5, "fresh_trials": 5, "seed": 1, "progress": False}
    for how in ({"budget": 1}, {"space": {}}, {"objectives": []}):
        with pytest.raises(ValueError, match="an objective and a `budget` of 2 or more"):
            dd.optimize_rule(needless, "hold", **given, **how)


def test_the_range_of_a_lever_has_two_ends():
    for key, least in (("at_least", 1), ("in_days", 1), ("at_most", 0), ("at_least_days", 0)):
        for value in (0, 0.1, 0.5, 1, 7):
            low, high = _range(f"plan.rules.hold.{key}", value)
            assert low == least
            assert high == max(round(3 * value) if value else 30, least + 1)


def test_forms_that_are_refused_are_counted_under_any_seed(needless):
    space = {"plan.rules.hold.then.pause.at_least_days": [-1]}
    given = {"trials": 5, "fresh_trials": 5, "budget": 4, "progress": False}
    for seed in (1, 2**32 + 1):
        found = dd.optimize_rule(needless, "hold", space, seed=seed, **given)
        assert found.about["refused"] == 4
        assert found.found == []
