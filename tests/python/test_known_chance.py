"""What runs with less variance know to be chance: controls of mean 0, and harm beyond the expected."""

import math

import numpy as np
import pytest

import drawdown as dd
from drawdown.runs.merging import core_of
from drawdown.stats.given_data import first_order
from reduced_runs import RETALIATION, TENSION, assert_same_means, both, nested


def controls_of(run):
    """By trial: of the tension (three columns), of background arrivals (two), drawn beyond expected."""
    besides = run._results.besides()
    drawn = run.values("wounded") + run.values("killed") - besides[:, :2].sum(axis=1)
    return np.column_stack([besides[:, 2:7], drawn])


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"retaliation": RETALIATION},
        {"retaliation": RETALIATION | {"deterrence": 0.4}},
        # Rates that grow while the plan is late, and are thinned.
        {"grievance": {"per_day": 0.2}, "retaliation": RETALIATION | {"deterrence": 0.4}},
        {"batch_mean": {"uniform": [1, 3]}},
        {"harm": {"no_casualty": 0.1, "scale": 30, "shape": 0.9}},
    ],
    ids=["plain", "provoking", "deterring", "growing", "batches", "capped"],
)
def test_controls_have_mean_0(changed):
    run = dd.simulate(
        dd.Scenario.from_dict(nested(**changed)),
        trials=40_000,
        seed=3,
        progress=False,
        variance="reduced",
    )
    controls = controls_of(run)
    assert (controls.std(axis=0) > 0).all()
    scores = controls.mean(axis=0) / controls.std(axis=0) * math.sqrt(run.trials)
    assert (np.abs(scores) < 4).all(), scores
    days = run.values("tension_days", "state")
    assert np.corrcoef(controls[:, 0], days["war"])[0, 1] > 0.7
    assert np.corrcoef(controls[:, 3], run.values("attacks"))[0, 1] > 0.1


def armed(north):
    """Salvos of weapons and harm by state of tension, a defence that leaves with the people, the road."""
    by_state = {"war": {"salvo_mean": 6, "share": 3}}
    weapons = {
        "rocket": {"share": 1, "salvo_mean": 2, "by_state": by_state},
        "drone": {"share": 2, "salvo_mean": {"uniform": [1, 4]}},
    }
    harm = {"no_casualty": 0.4, "scale": 3, "shape": 0.3, "killed_share": 0.2}
    harm["by_state"] = {"war": {"scale": 12, "killed_share": 0.5, "no_casualty": 0.1}}
    tree = nested(weapons=weapons, harm=harm)
    defence = {"needs_people": 200, "intercept": {"rocket": north, "drone": {"beta": [8, 2]}}}
    tree["world"]["sites"]["south"]["air_defence"] = defence
    tree["world"]["sites"]["north"]["air_defence"] = defence | {"needs_people": 30}
    attacks = {"militia": {"per_person_day": 0.001}}
    tree["world"]["legs"] = {"road": {"from": "south", "to": "home", "days": 2, "attacks": attacks}}
    return dd.Scenario.from_dict(tree)


@pytest.mark.parametrize("north", [0.8, {"uniform": [0.5, 0.9]}], ids=["tables", "no tables"])
def test_harm_is_what_was_to_be_expected_whatever_the_arms(north):
    plain, reduced = both(armed(north), 20_000)
    besides = reduced._results.besides()
    for place, measure in enumerate(("wounded", "killed")):
        apart = reduced.values(measure) - besides[:, place]
        assert apart.std() > 0
        assert abs(apart.mean()) < 4 * apart.std() / math.sqrt(reduced.trials), measure
    assert_same_means(plain, reduced)
    scores = besides[:, 2:7].mean(axis=0) / besides[:, 2:7].std(axis=0) * math.sqrt(20_000)
    assert (np.abs(scores) < 4).all(), scores


@pytest.mark.parametrize("name", dd.examples())
def test_controls_of_shipped_scenarios_have_mean_0(name):
    run = dd.simulate(name, trials=2_000, seed=11, progress=False, variance="reduced")
    controls = controls_of(run)
    spread = controls.std(axis=0)
    # The tension of some never changes, others have no attacks.
    there = spread > 0
    scores = controls.mean(axis=0)[there] / spread[there] * math.sqrt(run.trials)
    assert (np.abs(scores) < 4.5).all(), scores
    assert (controls[:, ~there] == 0).all()


def test_arrivals_beyond_what_was_to_come_are_a_matter_of_arithmetic():
    # Attacks that cause no others, on people who stay: as many as came, less the rate of each state
    # times the days in it.
    rates = {"calm": 0.1, "flare": 0.4, "war": 1.5}
    tree = nested(attacks_per_day=rates, presence_elasticity=0.5, contagion=None)
    threat = tree["world"]["threats"]["militia"]
    del threat["contagion"], threat["site_weights"]
    tree["world"]["sites"] = {"south": {"garrison": {"us": 300}}}
    del tree["plan"]
    run = dd.simulate(
        dd.Scenario.from_dict(tree), trials=400, seed=5, progress=False, variance="reduced"
    )
    days = run.values("tension_days", "state")
    due = sum(days[state] * rate for state, rate in rates.items())
    found = run._results.besides()[:, 5]
    assert np.abs(found - (run.values("attacks") - due)).max() < 1e-5
    # Every attack is worth as many casualties, at one trial's ranges: both controls are one.
    assert (np.sign(run._results.besides()[:, 6]) == np.sign(found)).all()


def test_chance_that_is_taken_out_makes_an_index_surer():
    # y = x + chance that is known + chance that is not; what x accounts for has a closed form.
    rng = np.random.default_rng(5)
    rows = []
    for seed in range(24):
        share, known = rng.uniform(0.02, 0.3), rng.uniform(0.7, 0.95)
        x, noise, other = rng.normal(size=(3, 900))
        noise *= math.sqrt((1 - share) * known)
        other *= math.sqrt((1 - share) * (1 - known))
        y = math.sqrt(share) * x + noise + other
        plain = first_order(x, y[:, np.newaxis], seed)
        joined = first_order(x, y[:, np.newaxis], seed, calmed=y - noise)
        rows.append([share, *plain, *joined])
    share, plain, _, _, joined, low, high = np.array(rows).T
    # It is a little low, by what x does within a class: of 30 classes, one part in some 250.
    assert np.abs(np.mean(joined - share)) < 4 * np.std(joined - share) / math.sqrt(24) + 0.006
    assert np.mean((joined - share) ** 2) < np.mean((plain - share) ** 2) / 1.5
    # Of 24 intervals 95 % hold, 18 or more in 99.9 cases of 100.
    assert np.sum((low - 0.006 <= share) & (share <= high + 0.006)) >= 18


def test_an_index_without_chance_is_not_trusted_where_that_with_it_is_surer():
    # y = x (1 + chance that is rare and large), all of it known: the variance that the index is a share
    # of scatters, and with chance left in what x accounts for scatters along with it.
    true = (1 / 12) / (1 / 12 + (1 / 3) * 0.3**2 * 9)
    rows = []
    for seed in range(24):
        rng = np.random.default_rng(seed)
        x = rng.random(900)
        y = x * (1 + 0.3 * np.where(rng.random(900) < 0.1, 9, -1))
        joined = first_order(x, y[:, np.newaxis], seed, calmed=x)[0]
        without = first_order(x, x[:, np.newaxis], seed)[0] * x.var() / y.var()
        rows.append([first_order(x, y[:, np.newaxis], seed)[0], without, joined])
    plain, without, joined = ((np.array(rows) - true) ** 2).mean(axis=0)
    assert joined < without / 2
    assert joined < 1.3 * plain


def test_drivers_of_a_run_with_less_variance_are_the_same_and_surer():
    tables = [
        run.drivers(["casualties"]).table("casualties").sort_index()
        for run in both(dd.Scenario.read("iraq-2024"), 3_000)
    ]
    plain, reduced = ((table["first_high"] - table["first_low"]).to_numpy() for table in tables)
    assert np.median(reduced / plain) < 0.7
    gaps = (tables[1]["first"] - tables[0]["first"]).to_numpy()
    assert (np.abs(gaps) < 4 * np.hypot(plain, reduced) / 3.92).all(), gaps


def test_what_is_known_to_be_chance_has_no_part_in_the_mean():
    run = dd.simulate(
        dd.Scenario.from_dict(nested()), trials=20_000, seed=4, progress=False, variance="reduced"
    )
    values = np.ascontiguousarray(run.values("casualties"))
    calmed = core_of(run).without_chance(values)
    taken = values - calmed
    # In the whole, and where each of the ranges is high or low.
    for path in (None, *run.inputs.columns):
        rows = slice(None) if path is None else run.inputs[path] > run.inputs[path].median()
        part = taken[rows]
        assert abs(part.mean()) < 4.5 * part.std() / math.sqrt(len(part)), path
    assert calmed.var() < values.var() / 2
    assert calmed.mean() == pytest.approx(core_of(run).estimate(values)[0], rel=1e-9)
    with pytest.raises(ValueError, match="no value"):
        core_of(run).without_chance(np.where(values > values.mean(), np.nan, values))


def test_stays_with_a_law_of_their_own_have_no_controls():
    tree = nested()
    states = TENSION["states"] | {"war": {"mean_days": {"uniform": [10, 40]}, "next": {"calm": 1}}}
    tree["world"]["tension"] = TENSION | {"states": states}
    plain, reduced = both(dd.Scenario.from_dict(tree), 4_000)
    assert (reduced._results.besides()[:, 2:5] == 0).all()
    assert (reduced._results.besides()[:, 5:].std(axis=0) > 0).all()
    assert_same_means(plain, reduced)


def test_arrivals_and_harm_tell_where_the_tension_does_not():
    plain, reduced = both(dd.Scenario.read("afghanistan-2021"), 4_000)
    errors = [run.summary().loc["casualties", "standard_error"] for run in (plain, reduced)]
    assert errors[1] < errors[0] / 3.5
    # What exceeds a level goes along with what was drawn beyond what was to be expected.
    level = np.quantile(plain.values("casualties"), 0.95)
    worst = [np.maximum(run.values("casualties") - level, 0) for run in (plain, reduced)]
    mean, error = core_of(reduced).estimate(worst[1])
    its = worst[0].std() / math.sqrt(plain.trials)
    assert error < its / 1.3
    assert abs(mean - worst[0].mean()) < 4 * math.hypot(error, its)
