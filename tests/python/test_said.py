"""What printed results say of themselves: units, names of columns, how many of something."""

import math
from datetime import date

import numpy as np
import pytest

import drawdown as dd
from drawdown._internal.tables import counted, percent

QUIET = {"seed": 3, "progress": False}


def test_nothing_is_less_than_nothing():
    rng = np.random.default_rng(1)
    for share in [*rng.uniform(-0.004, 0.004, 40), -0.0, np.float64(-1e-9)]:
        assert percent(share) == "0\u00a0%"
    assert percent(-0.02) == "-2\u00a0%"
    assert percent(math.nan) == "–"


def test_one_of_something_is_no_plural(iraq):
    assert [counted(n, "box", "boxes") for n in (0, 1, 2)] == ["0 boxes", "1 box", "2 boxes"]
    assert counted(1_200, "world") == "1,200 worlds"
    one = dd.criticality(iraq, kinds=["gate"], trials=20, **QUIET)
    assert repr(one).endswith("of 1 piece)")


def test_risk_says_its_units_and_what_its_columns_are(iraq):
    risk = dd.risk_over_time(dd.simulate(iraq, trials=60, **QUIET), "killed", every_days=120)
    text = " ".join(str(risk).split())
    assert "killed per 1,000 people there and year" in text
    assert "stretch of some 120 days" in text
    for column in risk.worst():
        assert f"{column}:" in text or f"{column}, " in text or f"and {column};" in text


def test_a_tornado_tells_its_two_groups_apart(iraq):
    found = dd.tornado(iraq, ["attacks"], low=0.05, high=0.75, trials=4, **QUIET)
    header = str(found).splitlines()[2]
    assert header.split("  ") != sorted(header.split("  "))
    for name in ("P5", "P75", "at P5", "at P75"):
        assert name in header
    assert "from" not in header
    assert "at P5, at P75: the change" in found.notes


def test_a_date_as_the_ceiling_is_no_number_to_be_above(iraq):
    ask = {"trials": 60, "kinds": ["gate", "site"], **QUIET}
    phase = next(iter(iraq.to_dict()["plan"]["phases"]))
    found = dd.criticality(iraq, most=f"finish_days of phase {phase} <= 2025-09-30", **ask)
    header = str(found).splitlines()[2].split()
    assert "later" in header
    assert "sooner" in header
    assert "above" not in str(found)
    assert "fewer" not in str(found)
    assert f"later: phase {phase} done after 2025-09-30" in found.notes
    # The last finish once more is nothing new.
    twice = dd.criticality(iraq, most="finish_days <= 2026-12-31", **ask)
    once = dd.criticality(iraq, **ask)
    assert twice.due == twice.ceiling
    head = str(twice).splitlines()[2].split()
    assert head.count("%") == 2
    assert (
        head == [name for name in str(once).splitlines()[2].split() if name != "fewer"][: len(head)]
    )
    assert "days" in head


def test_the_search_for_an_allowance_tells_how_far_it_is(iraq):
    told: list[int] = []
    ask = {"finish": date(2027, 4, 30), "most": 2_500, "days": [0, 3, 40], "trials": 64, "seed": 3}
    found = dd.minimum_allowance(iraq, progress=told.append, **ask)
    assert told == sorted(told)
    # Three allowances and at most six halvings, each of 8, 16, 32 and 64 trials.
    assert told[-1] == (3 + 6) * 120
    assert found.table.equals(dd.minimum_allowance(iraq, progress=False, **ask).table)
    spent: list[int] = []
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'most'"):
        dd.minimum_allowance(iraq, finish=date(2027, 4, 30), progress=spent.append)


def test_a_tail_and_a_precision_are_sections_of_a_page(iraq, tmp_path):
    run = dd.simulate(iraq, trials=60, **QUIET)
    tail = run.tail("killed", 0.1, "occurrence")
    known = dd.simulate_to_precision(iraq, "attacks > 900", 0.2, most_trials=40, **QUIET)
    path = tmp_path / "page.html"
    run.report(path, also=[tail, known], trials=20, progress=False)
    page = path.read_text("utf-8")
    assert "In the worst 10 % of histories killed of the worst single attack are" in page
    assert known.notes in page
    assert str(tail.table().loc["killed", "threshold"]).removesuffix(".0") in page


def test_names_that_have_changed_say_when():
    run = dd.Run.draws.__doc__
    assert run is not None
    assert "its name before 0.2, which works until 0.3" in run
