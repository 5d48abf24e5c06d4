import math
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import binomtest, lognorm, poisson

import drawdown as dd
from drawdown.analysis.criticality import _blame
from drawdown.scenario.pieces import pieces

START = date(2025, 1, 1)
FOR_CERTAIN = {
    "weapons": {"drone": {"share": 1, "salvo_mean": 1}},
    "harm": {"no_casualty": 0, "killed_share": 0},
}


def phase(starts: int, days: int, sigma: float, after: list[str], contingent: str) -> dict:
    return {
        "after": after,
        "announced_start": START + timedelta(starts),
        "announced_finish": START + timedelta(starts + days),
        "duration_ratio": {"lognormal": {"median": 1, "sigma": sigma}} if sigma else 1,
        "moves": {"all": {"site": "base", "contingent": contingent}},
    }


def serial(**plan) -> dd.Scenario:
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(4000),
            "world": {"sites": {"base": {"garrison": {"us": 100, "uk": 100}}}},
            "plan": {
                "transport": {"people_per_day": 1000},
                "phases": {
                    "a": phase(0, 180, 0.3, [], "us"),
                    "b": phase(180, 120, 0.5, ["a"], "uk"),
                },
            }
            | plan,
        }
    )


def rates(us: float, them: float, people: int = 1) -> dd.Scenario:
    """Two groups against one person: every attack of either harms one."""
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(100),
            "world": {
                "sites": {
                    "base": {
                        "garrison": {"us": people},
                        "air_defence": {"intercept": {"drone": 0}},
                    }
                },
                "threats": {
                    "one": {"attacks_per_day": us} | FOR_CERTAIN,
                    "two": {"attacks_per_day": them} | FOR_CERTAIN,
                },
            },
        }
    )


def within(found: float, expected: float, count: float) -> None:
    error = math.sqrt(expected * (1 - expected) / count)
    assert abs(found - expected) < 4 * error, (found, expected, error)


def test_the_index_of_a_serial_phase_is_that_of_the_quadrature():
    # b takes 120 days times its ratio from day 180, or from the end of a if that is later. What is
    # done on the day after `finish`, or later, is late.
    finish, trials, end = START + timedelta(330), 20_000, 331.0
    found = dd.criticality(serial(), finish=finish, trials=trials, seed=7, progress=False)
    table = found.table()

    def over(ratio_of_a: float) -> float:
        """The chance that the end is late, given how a goes."""
        return float(lognorm.pdf(ratio_of_a, 0.3) * b_late(ratio_of_a))

    def b_late(ratio_of_a: float) -> float:
        return float(lognorm.sf((end - 180 * max(ratio_of_a, 1)) / 120, 0.5))

    late = sum(quad(over, *span, limit=200)[0] for span in ((0, 1), (1, 1.8), (1.8, 10)))
    within(found.late / trials, late, trials)
    # With a as announced, b alone decides; with b as announced, a must be done in 211 days.
    a_saves = late - lognorm.sf((end - 180) / 120, 0.5)
    b_saves = quad(over, 0, 1)[0] + quad(over, 1, 211 / 180)[0]
    for name, saves in (("a", a_saves), ("b", b_saves)):
        row = table.loc[("phase", name)]
        within(row["late_index"], saves / late, late * trials)
        assert row["late_index_low"] < row["late_index"] < row["late_index_high"]
    # All late ends wait for b, and for a where that took longer than announced.
    assert table.loc[("phase", "b"), "on_path"] == 1
    waited = late - quad(over, 0, 1)[0]
    within(table.loc[("phase", "a"), "on_path"], waited / late, late * trials)


def test_a_gate_is_to_blame_where_its_delay_is_what_is_too_much():
    # The phase alone takes 180 days; the gate uniform(0, 100): late if it takes 31 or more.
    gates = {"go": {"delay_days": {"uniform": [0, 100]}}}
    phases = {"a": phase(0, 180, 0, ["go"], "us")}
    scenario = serial(gates=gates, phases=phases)
    found = dd.criticality(
        scenario, finish=START + timedelta(210), trials=4_000, seed=7, progress=False
    )
    row = found.table().loc[("gate", "go")]
    within(found.late / 4_000, 0.69, 4_000)
    assert (row["late_index"], row["late_without"], row["on_path"]) == (1, 0, 1)
    assert abs(row["days"] - 50) < 4 * 100 / math.sqrt(12 * 4_000)
    # A phase that takes as long as announced is no piece to take out.
    assert list(found.table().index) == [("gate", "go")]


def test_without_a_threat_the_ceiling_breaks_as_often_as_poisson_counts_say():
    one, two, most, trials = 4.0, 6.0, 12, 20_000
    found = dd.criticality(
        rates(one / 100, two / 100), finish=START, most=most, trials=trials, seed=7, progress=False
    )
    above = poisson.sf(most, one + two)
    within(found.above / trials, above, trials)
    for name, left in (("one", two), ("two", one)):
        gone = one + two - left
        counts = np.arange(most + 1)
        saved = float((poisson.pmf(counts, left) * poisson.sf(most - counts, gone)).sum())
        row = found.table().loc[("threat", name)]
        within(row["above_index"], saved / above, above * trials)
        assert abs(row["fewer"] - gone) < 4 * math.sqrt(gone / trials)
        assert row["above_without"] == 0


def test_only_the_longer_of_two_parallel_phases_is_on_the_path():
    phases = {
        "a": phase(0, 100, 0.3, [], "us"),
        "b": phase(0, 100, 0.3, [], "uk"),
    }
    found = dd.criticality(
        serial(phases=phases), finish=START + timedelta(100), trials=4_000, seed=7, progress=False
    )
    on = found.table()["on_path"]
    assert on.sum() == pytest.approx(1)
    within(on["phase", "a"], 0.5, found.late)


def test_without_a_site_the_others_are_attacked_as_before(iraq):
    shot = iraq.replace(dict.fromkeys(["plan.rules", "world.contingents"]))
    without = next(p for p in pieces(shot) if (p.kind, p.id) == ("site", "syria"))
    calm = {"world.threats.militias.retaliation": None, "world.insurgency": None}
    calm |= {"world.reentry": None, "world.host": None}
    calm |= {"world.threats.cells.attacks_per_day": 0}
    changes = {k: v for k, v in without.changes.items() if "insurgency" not in k}
    before = dd.simulate(shot.replace(calm), trials=200, seed=7, progress=False)
    after = dd.simulate(shot.replace(calm | changes), trials=200, seed=7, progress=False)
    sites = before.ids("site")
    old, new = (run.values("attacks", "site").to_numpy() for run in (before, after))
    for k, site in enumerate(sites):
        if site == "syria":
            assert old[:, k].sum() > 0
            assert new[:, k].sum() == 0
        else:
            # The same random numbers but for the last bit of a rate.
            assert new[:, k].tolist() == old[:, k].tolist()


def test_every_kind_of_piece_is_found_in_the_reference_scenario(iraq):
    found = {(piece.kind, piece.id) for piece in pieces(iraq)}
    assert len(found) == 4 + 2 + 1 + 4 + 2 + 1
    assert ("rule", "hold_under_fire") in found


def test_it_prints_draws_and_refuses(iraq):
    found = dd.criticality(iraq, most=1_000, kinds=["gate"], trials=100, seed=7, progress=False)
    assert "gate approval" in str(found)
    assert "gate approval" in found._repr_html_()
    assert len(found.plot()) == 2
    with pytest.raises(ValueError, match="no kind `door`"):
        dd.criticality(iraq, kinds=["door"])
    with pytest.raises(ValueError, match="give the `finish`"):
        dd.criticality(rates(1, 1))


def test_blame_counts_what_each_trial_says():
    rng = np.random.default_rng(1)
    for share in (0, 0.3, 1):
        late, without = rng.random(200) < share, rng.random(200) < 0.2
        row = _blame("late", late, without)
        pairs = list(zip(late.tolist(), without.tolist(), strict=True))
        assert row["late"] == pairs.count((True, False))
        assert row["late_without"] == pairs.count((False, True))
        if not late.any():
            assert math.isnan(row["late_index"])
            continue
        assert row["late_index"] == row["late"] / late.sum()
        due = binomtest(row["late"], int(late.sum())).proportion_ci(0.95, "exact")
        ends = row["late_index_low"], row["late_index_high"]
        assert ends == pytest.approx((due.low, due.high))


def test_what_a_last_lift_waits_for_is_on_the_path_as_far_as_it_is_what_is_late():
    # b is done once it has taken its days and a is done: the later of the two.
    phases = {
        "a": phase(0, 100, 0.3, [], "us"),
        "b": phase(0, 100, 0.3, {"a": {"relation": "finish_to_finish"}}, "uk"),
    }
    found = dd.criticality(
        serial(phases=phases), finish=START + timedelta(100), trials=4_000, seed=7, progress=False
    )
    on = found.table()["on_path"]
    assert on["phase", "b"] == 1
    # Late if either is: of those the first is the later in half.
    within(found.late / 4_000, 0.75, 4_000)
    within(on["phase", "a"], 0.5, found.late)


def test_a_start_that_is_waited_for_is_on_the_path_and_what_its_phase_takes_does_not_count():
    # b begins thirty days after a has, which waits for a gate of 0 to 40 days.
    phases = {
        "a": phase(0, 10, 0.3, ["go"], "us"),
        "b": phase(30, 100, 0, {"a": {"relation": "start_to_start", "lag_days": 30}}, "uk"),
    }
    gates = {"go": {"delay_days": {"uniform": [0, 40]}}}
    found = dd.criticality(
        serial(phases=phases, gates=gates),
        finish=START + timedelta(150),
        trials=4_000,
        seed=7,
        progress=False,
    )
    table = found.table()
    within(found.late / 4_000, 0.5, 4_000)
    assert (table["on_path"] == 1).all()
    assert table.loc[("gate", "go"), "late_index"] == 1
    assert table.loc[("phase", "a"), "late_index"] == 0


def test_what_only_a_start_waited_for_is_off_the_path_where_the_last_lift_waits_longer():
    # b is done in at most 50 days after its gate, and a never so soon: the gate moves nothing.
    phases = {
        "a": phase(0, 180, 0.3, [], "us"),
        "b": phase(0, 180, 0, {"go": {}, "a": {"relation": "finish_to_finish"}}, "uk"),
    }
    phases["b"]["duration_ratio"] = 1 / 18
    gates = {"go": {"delay_days": {"uniform": [0, 40]}}}
    found = dd.criticality(
        serial(phases=phases, gates=gates),
        finish=START + timedelta(180),
        trials=2_000,
        seed=7,
        progress=False,
    )
    on = found.table()["on_path"]
    assert (on["phase", "a"], on["phase", "b"], on["gate", "go"]) == (1, 1, 0)


def test_what_the_end_of_a_phase_waited_for_is_off_the_path_where_only_its_start_counts():
    # c begins thirty days after a has begun, whenever x lets a be done.
    phases = {
        "x": phase(0, 100, 0.3, [], "us"),
        "a": phase(0, 100, 0.3, {"x": {"relation": "finish_to_finish"}}, "uk"),
        "c": phase(30, 900, 0.1, {"a": {"relation": "start_to_start", "lag_days": 30}}, "it"),
    }
    del phases["c"]["moves"]
    found = dd.criticality(
        serial(phases=phases),
        finish=START + timedelta(930),
        trials=2_000,
        seed=7,
        progress=False,
    )
    on = found.table()["on_path"]
    assert (on["phase", "x"], on["phase", "a"], on["phase", "c"]) == (0, 1, 1)
