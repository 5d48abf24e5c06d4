"""Things of the wrong kind are refused with words on what is wrong and what to do."""

import itertools
from collections.abc import Sized

import numpy as np
import pytest

import drawdown as dd

PAUSE = "plan.breathing_room.pause_days"


@pytest.fixture(scope="module")
def small():
    return dd.simulate("minimal", trials=5, seed=1, progress=False)


WRONG = {
    "risk of a scenario": (
        lambda run: dd.risk_over_time(run.scenario),
        "`risk_over_time` follows a run, not a Scenario: give it what `simulate` returns",
    ),
    "stretches": (
        lambda run: dd.risk_over_time(run, every_days="a"),
        "`every_days` must be a number",
    ),
    "part of a trial": (
        lambda run: dd.risk_over_time(run, trials=2.5),
        "`trials` must be a whole number",
    ),
    "trial": (lambda run: run.trial("a"), "`index` must be a whole number, not 'a'"),
    "trial 1.0": (lambda run: run.trial(1.0), r"`index` must be .* not 1\.0; write 1"),
    "events": (lambda run: run.events("a"), "`trials` must be a whole number, not 'a'"),
    "values": (lambda run: run.values(3), '`name` is a text such as "attacks", not 3'),
    "by": (lambda run: run.values("attacks", 3), '`by` is a text such as "site", not 3'),
    "ids": (lambda run: run.ids(None), '`by` is a text such as "site", not None'),
    "summary": (lambda run: run.summary(0), '`by` is a text such as "site", not 0'),
    "distribution": (lambda run: run.distribution(3), '`name` is a text such as "attacks"'),
    "exceedance": (lambda run: run.exceedance(3), '`name` is a text such as "attacks"'),
    "tail": (lambda run: run.tail("killed", "a"), "`share` must be a number, not 'a'"),
    "one value": (
        lambda run: dd.sweep(run.scenario, {PAUSE: 3}),
        rf"`values\['{PAUSE}'\]` is a list such as \[0, 60\], not 3",
    ),
    "no values": (lambda run: dd.sweep(run.scenario, [PAUSE]), "`values` is a mapping such as"),
    "no plan": (lambda run: dd.compare({"a": 3}), "a scenario is a Scenario, .* not int"),
    "text of a scenario": (
        lambda run: dd.Scenario(run.scenario.to_toml()),
        r"by its class: call Scenario\.from_toml\(text\) or Scenario\.from_json",
    ),
    "path": (lambda run: dd.Scenario("p.toml"), r'call Scenario\.read\("p\.toml"\)'),
    "name": (lambda run: dd.Scenario("minimal"), r'call Scenario\.example\("minimal"\)'),
    "dict": (
        lambda run: dd.Scenario(run.scenario.to_dict()),
        r"call Scenario\.from_dict\(mapping\)",
    ),
    "scenario": (lambda run: dd.Scenario(run.scenario), "a Scenario already: take it as it is"),
    "no scenario": (
        lambda run: dd.Scenario(None),
        r"from a NoneType .* call Scenario\.read\(path\)",
    ),
    "a run": (lambda run: dd.compare({"a": run}), "not Run; that of a run is `run.scenario`"),
    "one plan": (lambda run: dd.compare(run.scenario), "`plans` is a list .* not a Scenario"),
    "a name": (lambda run: dd.compare("iraq-2024"), "`plans` is a list .* not 'iraq-2024'"),
    "nothing": (lambda run: dd.simulate(None), "a scenario is a Scenario, .* not NoneType"),
    "a case": (
        lambda run: dd.compare_worlds(run.scenario, {"a": 3}),
        r"`changes\['a'\]` is a mapping",
    ),
    "cases": (lambda run: dd.compare_worlds(run.scenario, 3), "`changes` is a mapping such as"),
    "price": (
        lambda run: dd.pause_tradeoff(run.scenario, 3),
        r"`pause_days` is a list such as .* not 3",
    ),
    "days": (
        lambda run: dd.minimum_allowance(run.scenario, finish="2025-10-01", most=3, days=30),
        r"`days` is a list such as range\(0, 181, 30\), not 30",
    ),
    "sureness": (
        lambda run: dd.minimum_allowance(run.scenario, finish="2025-10-01", most=3, confidence="a"),
        "`confidence` must be a number, not 'a'",
    ),
    "ceiling": (
        lambda run: dd.minimum_allowance(run.scenario, finish="2025-10-01", most="a"),
        "`most` must be a number, not 'a'",
    ),
    "within": (
        lambda run: dd.simulate_to_precision(run.scenario, "attacks", "a"),
        "`within` must be a number",
    ),
    "limits": (
        lambda run: dd.Comparison({"a": run, "b": run}).good_enough(3),
        "`limits` is a list such as",
    ),
    "page": (lambda run: run.report("x.html", trials="a"), "`trials` must be a whole number"),
    "one result": (lambda run: run.report("x.html", 3), r"`also` is a list such as .* not 3"),
}


@pytest.mark.parametrize(("call", "words"), WRONG.values(), ids=WRONG)
def test_what_is_of_the_wrong_kind_is_named(small, call, words):
    with pytest.raises(TypeError, match=words):
        call(small)


def test_a_wrong_plan_is_said_to_be_which(small):
    for wrong, kind in ((3, TypeError), ("nowhere.toml", FileNotFoundError), ({}, ValueError)):
        with pytest.raises(kind) as refused:
            dd.compare({"a": small.scenario, "b": wrong})
        assert "in plans['b']" in refused.value.__notes__
        with pytest.raises(kind) as refused:
            dd.compare([small.scenario, wrong])
        assert "in plans[1]" in refused.value.__notes__


def test_discover_says_all_that_it_lacks(small):
    with pytest.raises(ValueError, match=r"no ranges.*write a range.*5 worlds.*`samples=200"):
        dd.scenario_discovery(small, {"casualties": 1})


def test_numbers_and_lists_of_numpy_are_welcome(small):
    assert small.trial(np.int64(2)).events.equals(small.trial(2).events)
    found = dd.sweep(small.scenario, {PAUSE: np.array([0, 30])}, trials=5, seed=1, progress=False)
    assert list(found.levels[PAUSE]) == [0, 30]
    assert small.tail("killed", np.float32(0.5)).mean == small.tail("killed", 0.5).mean


class Huge(Sized):
    """So many that nobody may begin to go through them."""

    def __len__(self):
        return 10**12

    def __iter__(self):
        pytest.fail("it was gone through")


def endless():
    """Without an end, and without a length to be asked for."""
    yield from itertools.takewhile(lambda k: k < 2_000_000, itertools.count())
    pytest.fail("it was gone through for too long")


MANY = {
    "sweep": lambda run, many: dd.sweep(run.scenario, {PAUSE: many}),
    "price": lambda run, many: dd.pause_tradeoff(run.scenario, pause_days=many),
    "room": lambda run, many: dd.minimum_allowance(
        run.scenario, finish="2025-12-31", most=5, days=many
    ),
    "plans": lambda run, many: dd.compare(many),
    "trials": lambda run, many: run.events(many),
    "levels": lambda run, many: run.exceedance("killed", levels=many),
    "measures": lambda run, many: dd.tornado(run.scenario, many),
    "drivers": lambda run, many: run.drivers(many),
    "also": lambda run, many: run.report("x.html", also=many, progress=False),
    "statements": lambda run, many: dd.Comparison({"a": run, "b": run}).conclusions(many),
    "retain": lambda run, many: dd.reentry(dd.Scenario.example("iraq-2011"), retain=many),
    "growth": lambda run, many: dd.reentry(dd.Scenario.example("iraq-2011"), host_growth=many),
    "a law": lambda run, many: run.scenario.replace({PAUSE: {"empirical": many}}),
}


@pytest.mark.parametrize("name", MANY)
def test_too_many_to_go_through_are_refused_before_they_are(small, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dd._core, "simulate", lambda *_, **__: pytest.fail("it was simulated"))
    kinds = [range(10**9)] if name == "a law" else [Huge(), range(10**9), endless()]
    for many in kinds:
        if isinstance(many, endless().__class__) and name == "plans":
            continue  # each of them is looked at, and the first is no scenario
        with pytest.raises((ValueError, TypeError)) as caught:
            MANY[name](small, many)
        if name != "trials" or isinstance(many, Huge):
            assert "give at most" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_grid_is_counted_before_it_is_built(small, monkeypatch):
    monkeypatch.setattr(dd.Scenario, "replace", lambda *_: pytest.fail("a point was made"))
    names = ["plan.breathing_room.pause_days", "plan.breathing_room.extension_days", "horizon"]
    for sizes in [(101, 100), (10_000, 10_000, 10_000), (1, 10_001)]:
        levels = {name: range(size) for name, size in zip(names, sizes, strict=False)}
        with pytest.raises(ValueError, match="give at most 10,000"):
            dd.sweep(small.scenario, levels)
    with pytest.raises(ValueError, match=r"101 x 100 values are 10,100 points"):
        dd.sweep(small.scenario, {names[0]: range(101), names[1]: range(100)})
