"""Risks and what is done about them: exact answers where there are some."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

import drawdown as dd

pytestmark = pytest.mark.filterwarnings("ignore:Few particles")

START = date(2025, 1, 1)
SEEDS = pytest.mark.parametrize("seed", range(3))
TRIALS = 10_000


def day(number: int) -> date:
    return START + timedelta(days=number)


def scenario(
    risks: dict[str, Any], *, days: int = 400, world: Any = None, plan: Any = None, **top: Any
) -> dd.Scenario:
    """A base with a hundred people, and so many days."""
    sites = {"base": {"garrison": {"us": 100}}}
    world = {"sites": sites, "risks": risks} | (world or {})
    written = {"schema": 1, "start": START, "horizon": day(days), "world": world}
    return dd.Scenario.from_dict(written | {"plan": plan or {}} | top)


def simulate(scenario: dd.Scenario, seed: int, trials: int = TRIALS) -> dd.Run:
    return dd.simulate(scenario, trials=trials, seed=seed, progress=False)


def phase(begin: int, finish: int, **more: Any) -> dict[str, Any]:
    dates = {"announced_start": day(begin), "announced_finish": day(finish)}
    return dates | {"duration_ratio": 1} | more


def threat(rate: float, **more: Any) -> dict[str, Any]:
    return {"threats": {"group": {"attacks_per_day": rate, "weapons": {}} | more}}


def risk(probability: Any = 1, factor: Any = 1, added: Any = 0, **more: Any) -> dict[str, Any]:
    """One with one effect; what is left of the keys are its own, or name what it acts on."""
    effect = {"factor": factor, "added_days": added}
    effect |= {kind: more.pop(kind) for kind in ("phases", "gates", "threats") if kind in more}
    return {"probability": probability, "effects": {"it": effect}} | more


def assert_mean(values: Any, expected: float) -> None:
    values = np.asarray(values, dtype=float)
    error = values.std() / np.sqrt(len(values))
    assert abs(values.mean() - expected) <= 4.5 * error + 1e-9, (values.mean(), expected, error)


def assert_variance(values: np.ndarray, expected: float) -> None:
    assert_mean((values - values.mean()) ** 2, expected)


def assert_same(run: dd.Run, other: dd.Run) -> None:
    """The same bits in all that the other says; a run that knows a risk says more."""
    data, others = run.dataset(), other.dataset()
    assert len(others.data_vars) >= 40
    for name in others.data_vars:
        np.testing.assert_array_equal(data[name].to_numpy(), others[name].to_numpy(), name)


# When it happens


@SEEDS
def test_the_chance_that_it_has_happened(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, mean, begin = rng.uniform(0.2, 0.95), rng.uniform(50, 600), int(rng.integers(0, 100))
    of = {"probability": p, "date": day(begin), "delay_days": {"exponential": {"mean": mean}}}
    run = simulate(scenario({"it": of, "never": {"probability": 0}}), seed)
    happened, when = (run.values(name, "risk")["it"] for name in ("happened", "event_days"))
    assert_mean(happened, p * -np.expm1(-(400 - begin) / mean))
    assert (happened == when.notna()).all()
    # Of a delay that is at most L the mean is m − L / (e^(L/m) − 1).
    longest = 400 - begin
    assert_mean(when.dropna(), begin + mean - longest / np.expm1(longest / mean))
    assert not run.values("happened", "risk")["never"].any()


@SEEDS
def test_what_is_uncertain_of_the_probability_and_its_mitigations_averages(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low, high, less = *np.sort(rng.uniform(0, 1, 2)), rng.uniform(0.2, 0.9)
    it = {"probability": {"uniform": [float(low), float(high)]}}
    plan = {
        "mitigations": {
            "a": {"cost": 3.5, "risks": {"it": {"probability_factor": less}}},
            "b": {"cost": {"uniform": [10, 20]}, "risks": {"it": {"probability_factor": 0.9}}},
            "c": {"taken": False, "cost": 99, "risks": {"it": {"probability_factor": 0}}},
        }
    }
    run = simulate(scenario({"it": it}, plan=plan), seed)
    assert_mean(run.values("happened", "risk")["it"], (low + high) / 2 * less * 0.9)
    cost = run.values("cost")
    assert cost.min() >= 13.5
    assert cost.max() <= 23.5
    assert_mean(cost, 18.5)


def test_a_probability_is_1_at_the_most() -> None:
    plan = {"mitigations": {"worse": {"risks": {"it": {"probability_factor": 1.9}}}}}
    run = simulate(scenario({"it": {"probability": 0.6}}, plan=plan), 1, 2_000)
    assert run.values("happened", "risk")["it"].all()


# What it does to the plan


def two_phases(risks: dict[str, Any], **more: Any) -> dd.Scenario:
    plan = {"phases": {"a": phase(10, 40), "b": phase(40, 70, after=["a"])}}
    return scenario(risks, plan=plan | more)


@SEEDS
def test_phases_in_a_row_share_the_factor(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, f, a = rng.uniform(0.2, 0.8), rng.uniform(1.2, 3), rng.uniform(0, 10)
    run = simulate(two_phases({"it": risk(p, f, a, phases=["a", "b"])}), seed)
    finish = run.values("finish_days")
    long = 10 + 2 * (30 * f + a)
    assert (np.isclose(finish, 70, rtol=0, atol=1e-6) | np.isclose(finish, long)).all()
    assert_mean(finish == finish.max(), p)
    low, high = np.sort(rng.uniform(1, 3, 2))
    factor = {"uniform": [float(low), float(high)]}
    variance = (high - low) ** 2 / 12
    common = simulate(two_phases({"it": risk(1, factor, phases=["a", "b"])}), seed)
    apart = simulate(
        two_phases({"a": risk(1, factor, phases=["a"]), "b": risk(1, factor, phases=["b"])}), seed
    )
    for run, times in ((common, 60**2), (apart, 2 * 30**2)):
        finish = run.values("finish_days")
        assert_mean(finish, 10 + 60 * (low + high) / 2)
        assert_variance(finish, times * variance)
    assert common.values("finish_days").var() > 1.8 * apart.values("finish_days").var()


@SEEDS
def test_all_effects_on_a_phase_are_taken_together(seed: int) -> None:
    rng = np.random.default_rng(seed)
    f, a, e = rng.uniform(0.5, 2, 3), rng.uniform(0, 9, 3), rng.uniform(0, 1, 2)
    risks = {
        "u": risk(1, f[0], a[0], phases=["a"]),
        "v": {
            "probability": 1,
            "effects": {
                str(k): {"phases": ["a"], "factor": f[k], "added_days": a[k]} for k in (1, 2)
            },
        },
        "not": risk(0, 3, 5, phases=["a"]),
        "late": risk(1, 3, 5, phases=["a"], date=day(11)),
    }
    against = {f"m{k}": {"risks": {"v": {"effect_factor": e[k]}}} for k in (0, 1)}
    run = simulate(two_phases(risks, mitigations=against), seed, 1)
    weaker = 1 + (f[1:] - 1) * e.prod()
    days = 30 * f[0] * weaker.prod() + a[0] + (a[1] + a[2]) * e.prod()
    assert run.values("finish_days", "phase")["a"][0] == pytest.approx(10 + days)


@pytest.mark.parametrize(("happens", "affected"), [(9, True), (10, True), (10.25, False)])
def test_a_phase_is_moved_by_what_has_happened_when_it_begins(
    happens: float, affected: bool
) -> None:
    it = risk(1, 2, 3, phases=["a"], date=day(5), delay_days=happens - 5)
    run = simulate(two_phases({"it": it}), 1, 1)
    finish = run.values("finish_days", "phase")["a"][0]
    assert finish == pytest.approx(10 + (63 if affected else 30))


def test_added_days_are_days_on_which_things_move() -> None:
    it = risk(1, 1, 3, phases=["a"])
    blackouts = {"feast": {"from": day(39), "until": day(49)}}
    run = simulate(two_phases({"it": it}, blackouts=blackouts), 1, 1)
    assert run.values("finish_days", "phase")["a"][0] == pytest.approx(10 + 30 + 3 + 10)


@SEEDS
def test_a_gate_takes_the_factor_and_then_the_days(seed: int) -> None:
    rng = np.random.default_rng(seed)
    delay, f, a, lag = rng.uniform(5, 20), rng.uniform(0.3, 3), rng.uniform(0, 9), rng.uniform(0, 9)
    gates = {"first": {"delay_days": delay}, "then": {"delay_days": delay, "after": ["first"]}}
    both = {"gates": ["first", "then"], "factor": f, "added": a}

    def opened(**when: Any) -> list[float]:
        run = simulate(scenario({"it": risk(1, **both, **when)}, plan={"gates": gates}), seed, 1)
        return [float(run.values("open_days", "gate")[gate][0]) for gate in gates]

    longer = delay * f + a
    assert opened() == pytest.approx([longer, 2 * longer])
    assert opened(date=START) == pytest.approx([longer, 2 * longer])
    assert opened(delay_days=delay) == pytest.approx([delay, delay + longer])
    assert opened(delay_days=min(lag, delay / 2)) == pytest.approx([delay, delay + longer])
    assert opened(delay_days=delay + lag / 9) == pytest.approx([delay, 2 * delay])


@SEEDS
def test_a_random_gate_is_stretched(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, mean, f, a = rng.uniform(0.2, 0.8), rng.uniform(5, 20), rng.uniform(0.3, 3), 4.5
    plan = {"gates": {"law": {"delay_days": {"exponential": {"mean": mean}}}}}
    it = risk(p, f, a, gates=["law"])
    run = simulate(scenario({"it": it}, days=3_000, plan=plan), seed)
    happened = run.values("happened", "risk")["it"] == 1
    opened = run.values("open_days", "gate")["law"]
    assert_mean(opened[~happened], mean)
    assert_mean(opened[happened], mean * f + a)
    assert opened[happened].min() >= a


def test_what_is_under_way_at_the_start_stays_as_it_is() -> None:
    everything = risk(1, 3, 20, phases=["a", "b"], gates=["law"])
    law = {"gamma": {"shape": 2, "mean": 40}}
    ratio = {"lognormal": {"median": 1.1, "sigma": 0.3}}
    plan = {
        "gates": {"law": {"delay_days": law}},
        "phases": {
            "a": phase(-20, 40) | {"duration_ratio": ratio},
            "b": phase(40, 70, after=["a"]),
        },
    }
    now = {"gates": {"law": {"started": day(-9)}}, "phases": {"a": {"started": day(-20)}}}
    run = simulate(scenario({"it": everything}, days=900, plan=plan, now=now), 1, 500)
    other = simulate(scenario({}, days=900, plan=plan, now=now), 1, 500)
    for name, by, which in (("open_days", "gate", "law"), ("finish_days", "phase", "a")):
        np.testing.assert_array_equal(run.values(name, by)[which], other.values(name, by)[which])
    later = run.values("finish_days", "phase")["b"] - other.values("finish_days", "phase")["b"]
    np.testing.assert_allclose(later, 2 * 30 + 20)


def test_phases_that_an_expulsion_begins_are_not_moved() -> None:
    it = risk(1, 3, 20, phases=["a"])
    moves = {"out": {"site": "base", "contingent": "us"}}
    plan = {"phases": {"a": phase(90, 120, moves=moves)}}
    world = {"host": {"expulsion": {"unprovoked_per_day": 0.2, "notice_days": 60}}}
    run, other = (simulate(scenario(r, world=world, plan=plan), 1, 500) for r in ({"it": it}, {}))
    assert run.values("expelled").all()
    np.testing.assert_array_equal(run.values("finish_days"), other.values("finish_days"))


# What it does to threats


@SEEDS
def test_attacks_are_more_from_then_on(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, mean, rate, f = rng.uniform(0.3, 0.9), rng.uniform(40, 300), 0.3, rng.uniform(0, 4)
    begin = int(rng.integers(0, 60))
    it = risk(p, f, threats=["group"], date=day(begin), delay_days={"exponential": {"mean": mean}})
    run = simulate(scenario({"it": it}, world=threat(rate)), seed)
    rest = 400 - begin
    after = rest + mean * np.expm1(-rest / mean)  # days after it, on average, if it happens
    assert_mean(run.values("attacks"), rate * (400 + p * (f - 1) * after))


@SEEDS
def test_a_threat_starts_steady_with_a_risk_of_the_start(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, f, rate = rng.uniform(0.3, 0.7), rng.uniform(0.3, 4), rng.uniform(0.2, 0.6)
    contagion = {"children_per_attack": rng.uniform(0.2, 0.8), "decay_days": 40}
    world = threat(rate, contagion=contagion)
    run = simulate(scenario({"it": risk(p, f, threats=["group"])}, days=30, world=world), seed)
    happened = run.values("happened", "risk")["it"] == 1
    assert_mean(run.values("attacks")[happened], 30 * rate * f)
    assert_mean(run.values("attacks")[~happened], 30 * rate)


@SEEDS
def test_what_has_been_caused_before_is_not_multiplied(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, decay, when = rng.uniform(0.2, 0.8), rng.uniform(5, 40), int(rng.integers(10, 30))
    world = threat(0.5, contagion={"children_per_attack": n, "decay_days": decay})
    it = risk(1, 0, threats=["group"], date=day(when))
    run = simulate(scenario({"it": it}, world=world), seed)
    # The share n of the attacks is caused; without a background it fades by (1 − n) / decay a day.
    fade = (1 - n) / decay
    assert_mean(run.values("attacks"), 0.5 * (when - n * np.expm1(-fade * (400 - when)) / fade))


# Rules


def test_a_rule_sees_a_risk_at_once() -> None:
    it = {"probability": 0.6, "delay_days": {"uniform": [0, 300]}}
    more = {"site": "base", "contingent": "us", "people": 10}
    once = {"when": {"risk": "it"}, "then": {"reinforce": more}, "at_most_times": 1}
    rules = {"at_once": {"at_once": True} | once, "reviewed": once}
    run = simulate(scenario({"it": it}, plan={"rules": rules, "review_every_days": 5}), 1, 500)
    days = run.values("event_days", "risk")["it"].to_numpy()
    reviewed = np.floor(days / 5) * 5 + 5
    more_days = np.nan_to_num(400 - days) + np.nan_to_num(400 - reviewed)
    np.testing.assert_allclose(run.values("person_days"), 40_000 + 10 * more_days)


def first(one: Any, other: Any) -> dict[str, Any]:
    """A rule that is triggered if one of two conditions holds and the other does not yet."""
    more = {"site": "base", "contingent": "us", "people": 10}
    when = {"all": [one, {"not": other}]}
    return {"when": when, "then": {"reinforce": more}, "at_once": True, "at_most_times": 1}


@pytest.mark.parametrize("at", [{}, {"date": day(20)}])
def test_risks_of_one_instant_happen_one_after_the_other(at: dict[str, Any]) -> None:
    u, v = {"risk": "u"}, {"risk": "v"}
    both = {name: {"probability": 1} | at for name in ("u", "v")}
    plan = {"rules": {"u": first(u, v), "v": first(v, u)}}
    run = simulate(scenario(both, plan=plan), 1, 1)
    assert run.values("times", "rule").iloc[0].to_dict() == {"u": 1, "v": 0}


def test_a_risk_happens_before_an_event_of_the_same_instant() -> None:
    of_risk, of_event = {"risk": "z"}, {"event": {"id": "a"}}
    plan = {"rules": {"r": first(of_risk, of_event), "e": first(of_event, of_risk)}}
    calendar = {"calendar": {"a": {"date": day(20)}}}
    it = {"z": {"probability": 1, "date": day(20)}}
    run = simulate(scenario(it, world=calendar, plan=plan), 1, 1)
    assert run.values("times", "rule").iloc[0].to_dict() == {"e": 0, "r": 1}


# Plans beside each other


def crisis(example: dd.Scenario, probability: float) -> dict[str, Any]:
    """The example's keys, with a risk that acts on all that it has."""
    written = example.to_dict()
    of = written["plan"]
    it = risk(
        probability,
        {"uniform": [1.2, 2]},
        3,
        phases=list(of["phases"]),
        gates=list(of["gates"]),
        threats=list(written["world"]["threats"]),
        date=day(-60),
        delay_days={"exponential": {"mean": 200}},
    )
    written["world"]["risks"] = {"crisis": it}
    return written


def against(written: dict[str, Any], **factors: float) -> dd.Scenario:
    plan = written["plan"] | {"mitigations": {"talks": {"risks": {"crisis": factors}}}}
    return dd.Scenario.from_dict(written | {"plan": plan, "sources": {}})


def test_what_makes_it_less_probable_takes_away_trials_and_changes_no_other(
    iraq: dd.Scenario,
) -> None:
    written = crisis(iraq, 0.7)
    run = simulate(dd.Scenario.from_dict(written), 5, 400)
    less = simulate(against(written, probability_factor=0.5), 5, 400)
    happened, still = (one.values("happened", "risk")["crisis"] == 1 for one in (run, less))
    assert 0 < still.sum() < happened.sum()
    assert not (still & ~happened).any()
    same = still == happened
    for name in ("attacks", "killed", "finish_days", "person_days", "strikes"):
        np.testing.assert_array_equal(run.values(name)[same], less.values(name)[same])
    days = [one.values("event_days", "risk")["crisis"][still] for one in (run, less)]
    np.testing.assert_array_equal(*days)


def test_without_effects_or_probability_all_is_as_without_the_risk(iraq: dd.Scenario) -> None:
    without = simulate(iraq, 5, 200)
    assert_same(simulate(dd.Scenario.from_dict(crisis(iraq, 0.0)), 5, 200), without)
    assert_same(simulate(against(crisis(iraq, 0.7), probability_factor=0.0), 5, 200), without)
    # Where a fading memory of strikes provokes, a factor of 1 can move the times of attacks a little.
    unprovoked = iraq.replace({"world.threats.militias.retaliation.deterrence": 0})
    run = simulate(against(crisis(unprovoked, 0.7), effect_factor=0), 5, 200)
    assert run.values("happened", "risk")["crisis"].any()
    assert_same(run, simulate(unprovoked, 5, 200))


# Given what was observed


def update(scenario: dd.Scenario, last: int, count: int, seed: int, **more: Any) -> dd.Update:
    """After so many attacks up to the end of day `last`, given how it is meant."""
    frame = pd.DataFrame({"from": [START], "to": [day(last - 1)], "count": [count]} | more)
    observed = dd.Observations.of(counts=frame)
    return dd.update(scenario, observed, particles=TRIALS, seed=seed, progress=False)


@SEEDS
def test_what_has_not_happened_becomes_less_likely(seed: int) -> None:
    """A risk that brings attacks at once: none have come, so it has hardly happened."""
    rng = np.random.default_rng(seed)
    p, longest, last = rng.uniform(0.3, 0.9), rng.uniform(150, 350), int(rng.integers(60, 140))
    rate, f = 0.01, rng.uniform(50, 100)
    it = risk(p, f, threats=["group"], delay_days={"uniform": [0, float(longest)]})
    found = update(scenario({"it": it}, world=threat(rate)), last, 0, seed)
    # It may have happened so lately that nothing has come of it yet.
    later = p * (1 - last / longest)
    lately = p / longest * -np.expm1(-rate * (f - 1) * last) / (rate * (f - 1))
    whole = 1 - p + later + lately
    chance = whole * np.exp(-rate * last)
    error = np.sqrt(chance * (1 - chance) / TRIALS)
    assert abs(np.exp(found.log_likelihood) - chance) < 4.5 * error
    days = found.run.values("event_days", "risk")["it"]
    share = later / whole
    error = np.sqrt(share * (1 - share) / (chance * TRIALS))
    assert abs((days >= last).mean() - share) < 4.5 * error
    assert_mean(days[days >= last], (last + longest) / 2)
    assert_variance(days[days >= last].to_numpy(), (longest - last) ** 2 / 12)


@SEEDS
def test_copies_of_a_particle_have_futures_of_their_own(seed: int) -> None:
    """What is observed says nothing of the risk, and leaves few particles of many."""
    rng = np.random.default_rng(seed)
    p, mean, last = rng.uniform(0.3, 0.9), rng.uniform(80, 300), int(rng.integers(60, 140))
    it = {"probability": p, "delay_days": {"exponential": {"mean": mean}}}
    counted = int(0.1 * last + 2.5 * np.sqrt(0.1 * last))
    found = update(scenario({"it": it}, world=threat(0.1)), last, counted, seed)
    few = len(np.unique(found.ancestors))
    assert few < TRIALS / 20
    days = found.run.values("event_days", "risk")["it"]
    before, survives = days < last, np.exp(-last / mean)
    # What has happened is that of few ancestors; what has not, of each copy.
    assert abs(before.mean() - p * (1 - survives)) < 4.5 * np.sqrt(0.25 / few)
    yet = ~before
    by_then = survives - np.exp(-400 / mean)
    assert_mean(days[yet].notna(), p * by_then / (1 - p + p * survives))
    rest = 400 - last
    assert_mean(days[yet].dropna(), last + mean - rest / np.expm1(rest / mean))
    assert days[yet].dropna().is_unique
    fates = days[yet].notna().groupby(found.ancestors[yet])
    assert fates.mean()[fates.size() >= 40].between(0, 1, inclusive="neither").all()


def test_what_says_nothing_gives_the_run_itself() -> None:
    it = risk(0.6, 3, threats=["group"], delay_days={"uniform": [0, 300]})
    one = scenario({"it": it}, world=threat(0.1))
    found = update(one, 100, 10_000, 3, bound="at_most")
    run = simulate(one, 3)
    for by in ("event_days", "happened"):
        pd.testing.assert_frame_equal(found.run.values(by, "risk"), run.values(by, "risk"))
    assert_mean((found.run.values("event_days", "risk")["it"] >= 100), 0.6 * 2 / 3)
