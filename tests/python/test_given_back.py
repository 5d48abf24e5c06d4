"""What the core does for tables in Python, beside other people's mathematics."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

import drawdown as dd
from drawdown import _core
from drawdown.analysis.pairs import contrast
from drawdown.runs import history
from drawdown.runs.quantities import CHANCES, ordered
from drawdown.scenario.paths import dotted, matching, parent, shortest
from drawdown.stats import intervals
from drawdown.stats.means import estimate


def laws(rng):
    """A law of each kind with random parameters, and scipy's quantiles of it."""
    low, rise, fall = rng.normal(), *rng.uniform(0.1, 5, 2)
    mode, high = low + rise, low + rise + fall
    mean, sd = rng.normal(), rng.uniform(0.2, 2)
    shape = 10 ** rng.uniform(-1, 4)
    a, b = 10 ** rng.uniform(-0.7, 3, 2)
    middle = rise / (rise + fall)
    cut = (low - mean) / sd, (high - mean) / sd
    return [
        ({"uniform": [low, high]}, stats.uniform(low, rise + fall).ppf),
        ({"triangular": [low, mode, high]}, stats.triang(middle, low, rise + fall).ppf),
        (
            {"pert": [low, mode, high]},
            stats.beta(1 + 4 * middle, 5 - 4 * middle, low, rise + fall).ppf,
        ),
        ({"normal": {"mean": mean, "sd": sd}}, stats.norm(mean, sd).ppf),
        ({"lognormal": {"median": sd, "sigma": 0.7}}, stats.lognorm(0.7, scale=sd).ppf),
        (
            {"gamma": {"shape": shape, "mean": sd}},
            lambda u: special.gammaincinv(shape, u) * sd / shape,
        ),
        ({"beta": [a, b]}, lambda u: special.betaincinv(a, b, u)),
        ({"exponential": {"mean": sd}}, stats.expon(scale=sd).ppf),
        (
            {"truncated_normal": {"mean": mean, "sd": sd, "low": low, "high": high}},
            stats.truncnorm(*cut, mean, sd).ppf,
        ),
        ({"empirical": [3, 1, low]}, lambda u: np.sort([3, 1, low])[(3 * u).astype(int)]),
        ({"constant": mean}, lambda u: np.full_like(u, mean)),
    ]


def test_quantiles_are_those_of_scipy():
    rng = np.random.default_rng(5)
    seen = set()
    for _ in range(30):
        u = rng.uniform(1e-4, 1 - 1e-4, 40)
        for law, due in laws(rng):
            found = _core.law_at(json.dumps(law), u)
            np.testing.assert_allclose(found, due(u), rtol=1e-9, atol=1e-10, err_msg=str(law))
            seen |= law.keys()
    assert seen | {"mixture"} == {name for name, _, _ in _core.laws()}


def test_a_mixture_takes_a_number_to_choose_a_part_and_its_place_in_it():
    rng = np.random.default_rng(6)
    for _ in range(30):
        weights = rng.dirichlet(np.ones(3))
        parts = [{"uniform": [0, 1]}, 5.0, {"uniform": [8, 9]}]
        mixture = [{"weight": w, "value": of} for w, of in zip(weights, parts, strict=True)]
        u = rng.uniform(size=50)
        found = _core.law_at(json.dumps({"mixture": mixture}), u)
        edges = np.append(0, weights.cumsum())
        place = np.searchsorted(edges, u) - 1
        within = (u - edges[place]) / weights[place]
        due = np.choose(place, [within, np.full_like(u, 5), 8 + within])
        np.testing.assert_allclose(found, due, atol=1e-9)


def test_points_of_a_whole_table_become_values_at_once():
    iraq = dd.Scenario.example("iraq-2024")
    ranges = iraq._compiled.ranges()
    points = np.random.default_rng(7).uniform(size=(20, len(ranges)))
    table = iraq._compiled.at_unit_points(points)
    for column, (path, law), u in zip(table.T, ranges, points.T, strict=True):
        np.testing.assert_array_equal(column, _core.law_at(law, u), err_msg=path)
    with pytest.raises(ValueError, match="points are numbers from 0 to 1"):
        iraq._compiled.at_unit_points(points + 1)


def test_exact_intervals_are_those_of_scipy():
    rng = np.random.default_rng(8)
    trials = rng.integers(1, 100_000, 300)
    # Not whole, as where trials are worth fewer.
    hits = trials * rng.choice([0, 1, 0.5], 300) * rng.uniform(0.001, 1, 300)
    low, high = intervals.exact(hits, trials)
    with np.errstate(invalid="ignore"):
        due = special.betaincinv(hits, trials - hits + 1, 0.025)
        np.testing.assert_allclose(low[hits > 0], due[hits > 0], rtol=1e-9)
        due = special.betaincinv(hits + 1, trials - hits, 0.975)
    np.testing.assert_allclose(high[hits < trials], due[hits < trials], rtol=1e-9)


def by_hand(values, each):
    """Mean and standard error as NumPy has them."""
    there = ~np.isnan(values)
    count = int(there.sum())
    mean = values[there].mean() if count else math.nan
    apart = np.where(there, values - mean, 0)
    units = count
    if each > 1:
        apart = np.add.reduceat(apart, np.arange(0, len(values), each))
        units = len(apart)
    if count < 2 or units < 2:
        return mean, math.nan
    return mean, math.sqrt((apart**2).sum() * units / (units - 1)) / count


@pytest.mark.parametrize("each", [1, 3, 20])
def test_estimates_are_to_the_last_digit_those_of_numpy(each):
    rng = np.random.default_rng(9)
    for count in [1, 2, 7, 8, 9, 100, 128, 129, 1000, 5003]:
        values = np.where(rng.random(count) < 0.1, np.nan, rng.integers(-50, 500, count) / 64)
        found = estimate(values, each)
        due = by_hand(values, each)
        assert repr((found["mean"], found["standard_error"])) == repr(tuple(map(float, due)))


def test_pairs_are_those_of_numpy():
    rng = np.random.default_rng(10)
    for measure in ["finish_days", "buffer_days", "attacks_on_the_way", "attacks", "reentry"]:
        for _ in range(5):
            chance = measure in CHANCES
            one, other = rng.integers(0, 2 if chance else 9, (2, 400)).astype(float)
            if not chance:
                one[rng.random(400) < 0.2] = other[rng.random(400) < 0.2] = np.nan
            other = other[: rng.integers(300, 400)]
            found = contrast(one, other, measure)
            mine = one[: len(other)]
            apart = mine - other
            due = dict(zip(("difference", "standard_error"), by_hand(apart, 1), strict=True))
            due |= {"mean": np.nanmean(one), "pairs": (~np.isnan(apart)).sum()}
            left, right = ordered(mine, measure), ordered(other, measure)
            there = ~(np.isnan(left) | np.isnan(right))
            left, right = left[there], right[there]
            due |= {"lower": (left < right).mean(), "equal": (left == right).mean()}
            due |= {"higher": (left > right).mean()}
            assert {key: found[key] for key in due} == pytest.approx(due, rel=1e-13)
            itself = contrast(one, one, measure)
            assert itself["low"] == itself["high"] == 0


def test_paths_are_split_and_joined_by_the_core():
    keys = ["world", "sites", 'al "asad"', "é.x", "b-1"]
    path = ""
    for key in keys:
        path = dotted(path, key)
    assert _core.split_path(path) == keys
    assert _core.join_path(keys) == path
    assert parent(path) == _core.join_path(keys[:-1])
    with pytest.raises(ValueError, match="is not a dotted path: write keys"):
        _core.split_path("a..b")
    tree = {"a": {'x.y "z"': {"b": 1}, "w": {"b": 2}}}
    assert dict(matching(tree, "a.*.b")) == {r'a."x.y \"z\"".b': 1, "a.w.b": 2}


def test_names_of_paths_keep_their_quotes_and_other_names_stay():
    paths = [
        _core.join_path(["world", at, "a.b", end]) for at in ("x y", "z") for end in ("c", "d")
    ]
    found = shortest([*paths, "0.5 against 1"])
    assert found == {
        'world."x y"."a.b".c': '"x y"."a.b".c',
        'world."x y"."a.b".d': '"x y"."a.b".d',
        'world.z."a.b".c': 'z."a.b".c',
        'world.z."a.b".d': 'z."a.b".d',
        "0.5 against 1": "0.5 against 1",
    }


@pytest.fixture(scope="module")
def run():
    return dd.simulate(dd.Scenario.example("iraq-2024"), trials=30, seed=4, progress=False)


def test_people_on_sites_are_as_the_events_of_a_trial_have_them(run):
    for index in range(3):
        trial = run.trial(index)
        found = history.people(trial)
        now = {
            site: sum(about["garrison"].values())
            for site, about in run.scenario.to_dict()["world"]["sites"].items()
        }
        rows = [dict(now)]
        for event in trial.events.itertuples():
            sign = {"lift": -1, "arrival": -1, "departure": -1, "reinforced": 1, "went_back_in": 1}
            if event.kind in sign:
                now[event.site] += sign[event.kind] * event.count
                if event.kind in ("lift", "arrival") and not pd.isna(event.to):
                    now[event.to] += event.count
                rows.append(dict(now))
        assert found.to_dict("records") == rows
    by_contingent = run.trial(0)._history["people"]
    assert by_contingent.shape[2] == len(run.ids("contingent"))


def test_the_strength_of_an_insurgency_can_be_followed(run, tmp_path):
    weekly = run.weekly()
    strength = weekly["weekly_insurgent_strength_mean"]
    assert strength.attrs["units"] == "share"
    # The last week is within six days of the horizon.
    end = run.summary().loc["insurgent_strength", "mean"]
    assert float(strength[-1]) == pytest.approx(end, rel=0.02)
    assert (weekly["weekly_insurgent_strength"].sel(quantile=0.9) >= strength * 0.5).all()
    run.save(tmp_path / "run.npz")
    loaded = dd.load(tmp_path / "run.npz")
    assert loaded.weekly().identical(weekly)
    assert loaded.dataset().identical(run.dataset())
    without = dd.simulate(dd.Scenario.example("minimal"), trials=5, seed=1, progress=False)
    assert "weekly_insurgent_strength" not in without.weekly()


def test_sections_of_a_description_are_its_text():
    for name in dd.examples():
        scenario = dd.Scenario.example(name)
        sections = scenario._compiled.description()
        text = "\n".join("\n".join([title, *lines]) + "\n" for _, title, lines in sections)
        assert str(scenario) == text


def test_lists_of_the_core_are_whole():
    names = {name for name, _, _, _ in _core.measures()}
    assert set(_core.missing_values()) == names
    assert set(_core.chance_measures()) <= names
    kinds = {kind for kind, _ in _core.event_kinds()}
    assert set(_core.people_changes()) < kinds
    family = json.loads(_core.schema())["$defs"]["Family_of_double"]["oneOf"]
    assert [next(iter(one["properties"])) for one in family] == [law for law, _, _ in _core.laws()]
    assert all(least > 0 for least in _core.size_limits().values())
