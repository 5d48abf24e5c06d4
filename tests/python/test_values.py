from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from types import MappingProxyType

import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

import drawdown as dd
from drawdown._internal.days import day

MINIMAL = dd.Scenario.example("minimal")


def strange(random, value):
    """The same value as some library might hold it."""
    match value:
        case dict():
            changed = {key: strange(random, item) for key, item in value.items()}
            return random.choice([dict, MappingProxyType])(changed)
        case list() if value and {type(item) for item in value} <= {int, float}:
            forms = [np.array, tuple, pd.Series, pd.Index, list]
            return random.choice(forms)(value)
        case list():
            return tuple(strange(random, item) for item in value)
        case bool():
            return random.choice([bool, np.bool_])(value)
        case int():
            return random.choice([int, np.int64, np.uint32 if value >= 0 else int, np.array])(value)
        case float():
            return random.choice([float, np.float64, np.array, Decimal])(value)
        case str() if len(value) == 10 and value[4:8:3] == "--":
            return random.choice(days(date.fromisoformat(value)))
    return value


def days(due):
    """A day in every form that is taken."""
    stamp = np.datetime64(due)
    units = [stamp.astype(f"datetime64[{unit}]") for unit in ("D", "h", "s", "ns")]
    return [due, datetime(due.year, due.month, due.day), str(due), pd.Timestamp(due), *units]


@pytest.mark.parametrize("name", dd.examples())
@hypothesis.settings(derandomize=True, database=None, deadline=None, max_examples=10)
@hypothesis.given(st.randoms())
def test_a_scenario_may_come_from_any_library(name, random):
    due = dd.Scenario.example(name)
    assert dd.Scenario.from_dict(strange(random, due.to_dict())) == due


def test_a_range_and_an_array_of_texts_are_lists():
    levels = {"empirical": range(3)}
    changed = MINIMAL.replace({"world.threats.militia.attacks_per_day": levels})
    assert changed.to_dict()["world"]["threats"]["militia"]["attacks_per_day"] == {
        "empirical": [0, 1, 2]
    }


WRONG = [
    {1, 2},
    b"600",
    object(),
    1 + 2j,
    np.complex128(1),
    pd.NaT,
    np.datetime64("NaT"),
    np.datetime64("2025-03"),
    np.timedelta64(30, "D"),
    timedelta(30),
    datetime(2025, 3, 1, 13),
    pd.Timestamp("2025-03-01 00:00:01"),
    pd.NA,
    {3: 1},
    [1, {2}],
    np.array([None, b""], dtype=object),
    range(10**9),
]
PATHS = ["start", "world.sites.base.garrison.us", "plan.phases.leave.moves.everybody.people"]


def test_what_a_scenario_cannot_hold_is_told_with_every_place():
    random = Random(5)
    for value in WRONG:
        paths = random.sample(PATHS, 2)
        with pytest.raises(TypeError) as caught:
            MINIMAL.replace({path: value for path in paths})
        assert all(f"`{path}" in str(caught.value) for path in paths), value
        assert all(word not in str(caught.value) for word in ("sequence item", "NoneType"))
        assert any(word in str(caught.value) for word in ("write", "give", "is a date such as"))
        with pytest.raises(TypeError, match="`start"):
            dd.Scenario.from_dict(MINIMAL.to_dict() | {"start": value})
    with pytest.raises(TypeError, match="3 is no path"):
        MINIMAL.replace({3: 1})


def test_days_in_every_form():
    random = Random(3)
    for _ in range(50):
        due = date(1970, 1, 1) + timedelta(random.randrange(50_000))
        for given in days(due):
            found = day("finish", given)
            assert type(found) is date
            assert found == due, given


@pytest.mark.parametrize(
    "given",
    [
        "05/06/2025",
        "2025-09",
        "2025",
        "Sept 2025",
        "31/12/2025",
        "20250930",
        "2025-9-30",
        "2025-W36-1",
        "2025-09-30T00:00",
        " 2025-09-30",
        "2025-09-30\n",
        "٢٠٢٥-٠٩-٣٠",
        "2025-02-30",
        "0000-01-01",
        "",
        "today",
        20250930,
        45_000.0,
        None,
        True,
        datetime(2025, 9, 30, 1),
        np.datetime64("2025-09"),
        np.datetime64("2025-09-30T01"),
        np.datetime64(20_000, "W"),
        np.datetime64(10**9, "D"),
        np.datetime64("NaT"),
        pd.NaT,
        b"2025-09-30",
    ],
)
def test_what_is_no_day_is_refused_with_the_form_to_write(given):
    with pytest.raises(ValueError, match=r'`finish` is a date such as "2026-12-31", not'):
        day("finish", given)
    for ask in (
        lambda: (
            dd.criticality(MINIMAL, finish=given) if given is not None else day("finish", given)
        ),
        lambda: dd.minimum_allowance(MINIMAL, finish=given, most=5),
    ):
        with pytest.raises(ValueError, match="`finish` is a date such as"):
            ask()


def test_levels_of_statements_are_days_too(run):
    both = dd.Comparison({"one": run, "two": run})
    due = both.conclusions({"in time": ("one", "finish_days > 2026-09-30", "<", 0.5)}).table()
    assert len(due) == 1
    for level in ("30/09/2026", "2026-09"):
        with pytest.raises(ValueError, match="nor a date, such as"):
            both.conclusions({"in time": ("one", f"finish_days > {level}", "<", 0.5)})


def test_a_sweep_takes_dates_and_arrays():
    finish = "plan.phases.leave.announced_finish"
    pause = "plan.breathing_room.pause_days"
    tried = np.array(["2025-09-30", "2025-10-31"], dtype="datetime64[D]")
    values = {finish: tried, pause: np.array([0, 30])}
    found = dd.sweep(MINIMAL, values, trials=5, seed=1, progress=False).dataset()
    assert list(found[finish].values) == list(tried.astype("datetime64[s]"))
    plain = {finish: ["2025-09-30", "2025-10-31"], pause: [0, 30]}
    due = dd.sweep(MINIMAL, plain, trials=5, seed=1, progress=False).dataset()
    np.testing.assert_array_equal(found["mean"], due["mean"])
    with pytest.raises(TypeError, match=r"announced_finish\.1` is a set"):
        dd.sweep(MINIMAL, {finish: ["2025-09-30", {1}]})


def test_names_are_texts(monkeypatch, run):
    monkeypatch.setattr(dd._core, "simulate", lambda *_, **__: pytest.fail("it was simulated"))
    later = {"plan.phases.leave.announced_finish": "2025-10-31"}
    asks = {
        "plans": lambda name: dd.compare({name: MINIMAL, "other": MINIMAL}),
        "changes": lambda name: dd.compare_worlds(MINIMAL, {name: later, "other": {}}),
        "runs": lambda name: dd.Comparison({name: run}),
        "statements": lambda name: dd.Comparison({"a": run, "b": run}).conclusions(
            {name: ("a", "casualties", "<", "b")}
        ),
        "cases": lambda name: dd.reentry(dd.Scenario.example("iraq-2011"), cases={name: {}}),
    }
    for what, ask in asks.items():
        for name in (0, 30.5, None, date(2025, 1, 1), ("a", 1)):
            with pytest.raises(TypeError, match=rf"the keys of `{what}` are texts") as caught:
                ask(name)
            assert f'write "{name}" for' in str(caught.value)
        with pytest.raises(ValueError, match=f"a key of `{what}` is empty"):
            ask("")
