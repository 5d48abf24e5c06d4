"""What is printed, word for word; `pytest tests/python/test_printed.py --snapshot-update` takes it."""

import pytest

import drawdown as dd

HOW = {"trials": 200, "seed": 7, "progress": False}


@pytest.fixture(scope="module")
def plans():
    minimal = dd.Scenario.example("minimal")
    late = minimal.replace({"plan.phases.leave.announced_finish": "2025-12-31"})
    return {"as announced": minimal.replace({"horizon": late.horizon}), "late": late}


def test_a_run_is_printed(plans, snapshot):
    assert str(dd.simulate(plans["late"], **HOW)) == snapshot


def test_a_comparison_is_printed(plans, snapshot):
    assert str(dd.compare(plans, **HOW)) == snapshot


def test_a_scenario_is_printed(plans, snapshot):
    assert str(plans["late"]) == snapshot
