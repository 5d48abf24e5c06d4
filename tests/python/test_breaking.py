"""What would have to be wrong: against closed forms, and against every place of a slider."""

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

import drawdown as dd
from drawdown.explorer.breaking import Aim, Margin, search
from drawdown.explorer.controls import Maker
from drawdown.explorer.explore import Explorer
from drawdown.explorer.session import Session
from drawdown.explorer.worker import Worker

RATIO = "plan.phases.leave.duration_ratio.lognormal.median"
RATE = "world.threats.militia.attacks_per_day"
QUIET = {"seed": 7, "progress": False}


@pytest.fixture(scope="module")
def minimal():
    return dd.Scenario.example("minimal")


def control(low, high, step, value, *, sampled=False, kind="slider"):
    made = Maker(dd.Scenario.example("minimal")).control(RATIO)
    return replace(made, low=low, high=high, step=step, value=value, sampled=sampled, kind=kind)


def turned(one, curve, here=None):
    """The break of one control whose margin is a curve, an interval of 0.1 to both sides."""

    def at(value):
        yield
        middle = curve(value)
        return None if middle is None else Margin(middle, middle - 0.1, middle + 0.1)

    steps = search(
        [one], {}, here or Margin(*(curve(one.value) + k for k in (0, -0.1, 0.1))), lambda _: at
    )
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def test_a_line_turns_where_it_crosses():
    # 1.01 - 2 x is 0 at 0.505, 0.1 at 0.455 and -0.1 at 0.555.
    (found,) = turned(control(0, 1, 0.01, 0.2), lambda x: 1.01 - 2 * x)
    assert (found.at, found.up) == (0.51, True)
    assert (found.unsure, found.surely) == (0.46, 0.56)
    assert found.distance == pytest.approx(0.31)
    # The other way round: it fails, and holds below.
    (found,) = turned(control(0, 1, 0.01, 0.9), lambda x: 1.01 - 2 * x)
    assert (found.at, found.up) == (0.5, False)
    assert (found.unsure, found.surely) == (0.55, 0.45)


@pytest.mark.parametrize("level", [0.2, 0.5, 0.8])
def test_the_chance_of_a_lognormal_turns_at_its_closed_form(level):
    # P(ratio <= 1) = Phi(-ln(median) / sigma) is the level at median = exp(-sigma z).
    sigma, normal = 0.15, NormalDist()
    (found,) = turned(
        control(0.5, 2, 0.001, 1.5), lambda x: normal.cdf(-math.log(x) / sigma) - level
    )
    exact = math.exp(-sigma * normal.inv_cdf(level))
    assert not found.up
    assert exact - 0.001 <= found.at <= exact


def test_what_crosses_nothing_turns_nothing():
    assert turned(control(0, 1, 0.01, 0.5), lambda x: 1 + x) == []
    assert turned(control(0, 1, 0.01, 0.5), lambda x: -1 - x) == []


def test_the_nearest_of_two_crossings_is_taken():
    # Fails between 0.295 and 0.705 only: seen from 0.1 upwards, from 0.9 downwards.
    def curve(x):
        return abs(x - 0.5) - 0.205

    (low,), (high,) = (turned(control(0, 1, 0.01, now), curve) for now in (0.1, 0.9))
    assert (low.at, low.up) == (0.3, True)
    assert (high.at, high.up) == (0.7, False)


def test_what_the_interval_never_says_is_beyond():
    (found,) = turned(control(0, 1, 0.01, 0.2), lambda x: 0.05 - 0.1 * x)
    assert found.surely is None
    assert found.unsure == 0


def test_a_range_that_is_sampled_is_beside_what_is_now_and_not_its_middle():
    # All together it fails, though it holds where the range is held at its middle.
    one = control(0, 1, 0.01, 0.5, sampled=True)
    (found,) = turned(one, lambda x: x - 0.3, Margin(-0.2, -0.3, -0.15))
    assert (found.at, found.up, found.is_range) == (0.3, True, True)


def test_values_that_are_refused_are_passed_over():
    (found,) = turned(control(0, 1, 0.01, 0.8), lambda x: None if x < 0.3 else x - 0.6)
    assert (found.at, found.up) == (0.59, False)


def test_a_switch_turns_or_does_not():
    one = control(0, 1, 1, False, kind="switch")
    (found,) = turned(one, lambda on: -1 if on else 1)
    assert (found.at, found.up) == (True, True)
    assert turned(one, lambda on: 1) == []


def test_random_lines_as_every_place_of_the_slider_says():
    dice = np.random.default_rng(3)
    crossed = 0
    for _ in range(200):
        slope, start = dice.normal(size=2)
        one = control(-1, 2, 0.02, round(dice.uniform(-1, 2), 2))

        def curve(x, slope=slope, start=start):
            return start + slope * x

        found = turned(one, curve)
        places = np.round(np.arange(-50, 101) * 0.02, 2)
        otherwise = [x for x in places if (curve(x) >= 0) != (curve(one.value) >= 0)]
        assert bool(found) == bool(otherwise)
        if found:
            crossed += 1
            assert found[0].at == min(otherwise, key=lambda x: abs(x - one.value))
    assert 50 < crossed < 150


@pytest.fixture(scope="module")
def explorer(minimal):
    made = Explorer(minimal, {RATIO: (0.8, 1.4), RATE: (0, 0.3)}, seed=7, trials=500)
    yield made
    made.close()


def chances(minimal, path, places):
    """What each place of a slider comes to, run by itself."""
    for place in places:
        run = dd.simulate(minimal.replace({path: float(place)}), trials=500, **QUIET)
        row = run.finish_dates().loc[("overall", "")]
        yield float(place), row["chance_met"], row["chance_met_low"], row["chance_met_high"]


def test_on_time_as_every_place_of_the_slider_says(minimal, explorer):
    found = explorer.break_even()
    assert list(found.index) == [RATIO]
    row = found.loc[RATIO]
    assert row["now"] == 1.03
    places = list(chances(minimal, RATIO, np.round(np.arange(80, 104) / 100, 2)))
    assert not row["up"]
    assert row["at"] == max(place for place, share, _, _ in places if share >= 0.5)
    assert row["surely"] == max(place for place, _, low, _ in places if low >= 0.5)
    assert row["unsure"] == max(place for place, _, _, high in places if high >= 0.5)
    # A lower level, which holds now, is failed further up.
    assert explorer.break_even(level=0.05).loc[RATIO, "up"]
    # What attacks do moves nothing of the date.
    assert RATE not in explorer.break_even(level=0.1).index


def test_a_ceiling_of_casualties_in_the_closed_form(minimal, explorer):
    # Without a plan's part in it, casualties are in proportion to the rate of attacks: what they
    # are now, they are no more than half of at half the rate, within what 500 histories tell.
    run = dd.simulate(minimal, trials=500, **QUIET)
    now = run.values("casualties").mean()
    row = explorer.break_even("casualties", now / 2).loc[RATE]
    assert not row["up"]
    assert row["surely"] <= 0.05 <= row["unsure"]
    assert Aim.of(run, "casualties", None).level >= now


@pytest.mark.parametrize(
    ("measure", "level", "message"),
    [
        ("on_time", 1.5, "above 0 and below 100 %"),
        ("on_time", "x", "a number above 0"),
        ("casualties", -1, "0 or more"),
        ("luck", None, "not by `luck`"),
    ],
)
def test_what_is_no_level_is_refused(explorer, measure, level, message):
    with pytest.raises(ValueError, match=message):
        explorer.break_even(measure, level)


def test_a_session_tells_it(minimal):
    worker = Worker()
    session = Session(minimal, {RATIO: (0.8, 1.4), RATE: (0, 0.3)}, seed=7, worker=worker)
    found = session.ask({"ask": "breaking", "setting": {}}).result()
    (row,) = found["rows"]
    assert row["path"] == RATIO
    assert row["at"].endswith(" or less")
    assert not found["holds"]
    assert "the plan fails" in found["said"]
    assert found["without"] == ["Militia: attacks per day"]
    # There it holds; and what was asked was no move.
    there = session.ask({"ask": "breaking", "setting": {RATIO: row["value"]}}).result()
    assert there["holds"]
    assert session.setting == {}
    stay = Session(minimal.stay(), [RATE], seed=7, worker=worker)
    assert "not by `on_time`" in stay.ask({"ask": "breaking"}).result()["problems"][0]["what"]
    assert session.ask({"ask": "there"}).result() == {}
    worker.close()
