import numpy as np
import pytest

import drawdown as dd
from drawdown._internal import tables
from drawdown.analysis.pause_tradeoff import PauseTradeoff, fieller, ratio
from drawdown.analysis.sweep import Sweep
from drawdown.report.page import section as section_of
from drawdown.report.sections import of_price


def test_fiellers_interval_holds_the_ratio_as_often_as_it_says():
    rng = np.random.default_rng(1)
    trials, hits = 2_000, 0
    for _ in range(trials):
        shared = rng.normal(size=100)
        top = 30 + 20 * (shared + rng.normal(size=100))
        bottom = 2 + 2 * (shared + rng.normal(size=100))
        price, low, high = fieller(top, bottom)
        assert low < price < high
        hits += low <= 15 <= high
    assert hits / trials == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / trials))


def test_fiellers_interval_solves_its_equation():
    rng = np.random.default_rng(2)
    top, bottom = rng.normal(5, 2, 50), rng.normal(3, 1, 50)
    _, *ends = fieller(top, bottom)
    for r in ends:
        rest = top - r * bottom
        assert abs(rest.mean()) / (rest.std(ddof=1) / np.sqrt(50)) == pytest.approx(1.959963985)
    with pytest.raises(ValueError, match="not told apart from 0"):
        fieller(top, bottom - bottom.mean())


def test_histories_that_share_draws_count_as_one():
    rng = np.random.default_rng(4)
    top = (rng.normal(5, 2, 50)[:, np.newaxis] + rng.normal(0, 1, (50, 4))).ravel()
    bottom = (rng.normal(3, 1, 50)[:, np.newaxis] + rng.normal(0, 1, (50, 4))).ravel()
    of_samples = [values.reshape(50, 4).mean(axis=1) for values in (top, bottom)]
    assert fieller(top, bottom, 4) == pytest.approx(fieller(*of_samples))
    assert ratio(top, bottom, 4)["price_low"] == pytest.approx(fieller(*of_samples)[1])
    # A pair of which one is missing is none.
    top[7] = np.nan
    there = np.isfinite(top)
    assert ratio(top, bottom)["price_high"] == pytest.approx(fieller(top[there], bottom[there])[2])


def test_prices_over_draws_of_the_world(iraq):
    given = {"trials": 60, "samples": 20, "seed": 7, "progress": False}
    found = dd.pause_tradeoff(iraq, [0, 120], [], **given)
    row = found.table().loc[("inside", 120, "regrowth")]
    firm, room = (
        dd.simulate(iraq.replace({"plan.breathing_room.pause_days": days}), **given)
        for days in (0, 120)
    )
    less = 100 * (firm.values("insurgent_strength") - room.values("insurgent_strength"))
    there = ~np.isnan(firm.values("finish_days") + room.values("finish_days"))
    assert there.all()
    means = less.reshape(20, 3).mean(axis=1)
    assert row["avoided"] == pytest.approx(means.mean())
    reach = 1.959963985 * means.std(ddof=1) / np.sqrt(20)
    assert row["avoided_high"] - row["avoided"] == pytest.approx(reach)


def test_what_cannot_be_saved_is_left_out(minimal):
    rule = {"when": {"attacks": {"at_least": 2, "in_days": 30}}, "then": {"pause": {}}}
    room = {"pause_days": 60, "extension_days": 60}
    held = minimal.replace({"plan.breathing_room": room, "plan.rules": {"hold": rule}})
    found = dd.pause_tradeoff(held, [0, 60], [], trials=50, seed=7, progress=False)
    assert found.saved == ["casualties"]
    assert found.table()["delay"].iloc[1] > 0
    assert set(found.table().index.unique("saved")) == {"casualties"}
    titles = [ax.get_title(loc="left").strip() for ax in found.plot()]
    assert titles == ["delay of the finish", "casualties avoided"]


def test_a_price_in_money(iraq):
    costs = {"unit": "million USD", "per_person_day": 0.001, "per_pause_day": 0.3}
    paid = iraq.replace({"world.costs": costs})
    given = {"trials": 60, "seed": 7, "progress": False}
    found = dd.pause_tradeoff(paid, [0, 120], [], measure="cost", **given)
    row = found.table().loc[("inside", 120, "regrowth")]
    firm, room = (
        dd.simulate(paid.replace({"plan.breathing_room.pause_days": days}), **given)
        for days in (0, 120)
    )
    more = room.values("cost") - firm.values("cost")
    less = 100 * (firm.values("insurgent_strength") - room.values("insurgent_strength"))
    # Out of its parts, and of the trials that do not finish too.
    parts = 0.001 * room.values("person_days") + 0.3 * room.values("pause_days")
    assert room.values("cost") == pytest.approx(parts, rel=1e-3)
    assert (row["cost"], row["avoided"]) == pytest.approx((more.mean(), less.mean()))
    reach = 1.959963985 * more.std(ddof=1) / np.sqrt(60)
    assert row["cost_high"] - row["cost"] == pytest.approx(reach)
    assert row["pairs"] == 60
    assert row["verdict"] == "saves"
    assert row["price"] == pytest.approx(more.mean() / less.mean())
    assert found.unit == "million USD"
    assert found.plot()[0].get_ylabel() == "million USD"
    section = section_of(found, room)
    assert "million USD for one avoided" in section.tables[0].header
    assert f"{tables.short(abs(row['cost']))} " in section.short.replace("cost ", "")
    with pytest.raises(ValueError, match="of the whole theatre alone, not of a site"):
        found.table("site")


def test_what_has_no_price_is_refused_before_it_is_simulated(iraq, minimal):
    with pytest.raises(ValueError, match=r"no costs: give `world.costs`"):
        dd.pause_tradeoff(iraq, measure="cost")
    nothing = minimal.replace({"world.threats": None, "plan.phases": None})
    with pytest.raises(ValueError, match=r"no phase.*and neither threats nor an insurgency"):
        dd.pause_tradeoff(nothing)
    with pytest.raises(ValueError, match="'finish_days' or 'cost', not 'money'"):
        dd.pause_tradeoff(iraq, measure="money")


def test_ratios_that_mean_nothing_are_refused():
    rng = np.random.default_rng(3)
    delay = rng.normal(10, 1, 200)
    for avoided, verdict in [
        (rng.normal(1, 1, 200), "saves"),
        (rng.normal(-1, 1, 200), "costs"),
        (rng.normal(0, 1, 200), "open"),
        (np.full(200, np.nan), "no finish"),
    ]:
        row = ratio(delay, avoided)
        assert row["verdict"] == verdict
        assert np.isnan(row["price"]) == (verdict != "saves")
    assert ratio(np.zeros(9), np.zeros(9))["verdict"] == "same"


class Made:
    """A run made by hand: two sites, four trials, of which the last does not finish."""

    trials, seed, _each = 4, 1, 1
    scenario = dd.Scenario.example("iraq-2024")
    finish = np.array([100, 200, 150, np.nan])
    harm = np.array([[10, 3], [20, 3], [15, 3], [99, 3.0]])

    def __init__(self, delay=0, saved=0):
        self.delay, self.saved = delay, np.resize(saved, 4)

    def ids(self, by):
        return ["a", "b"]

    def values(self, name):
        return self._array(name)

    def _array(self, name, by=None):
        finish, harm = self.finish + self.delay, self.harm - np.outer(self.saved, [1, 0])
        apart = {
            "finish_days": np.column_stack([finish, finish]),
            "wounded": 0.75 * harm,
            "killed": 0.25 * harm,
        }
        whole = {
            "finish_days": finish,
            "casualties": harm.sum(axis=1),
            "insurgent_strength": np.full(4, 0.1),
        }
        return apart[name] if by else whole[name]


def test_a_pair_made_by_hand():
    runs = {(0,): Made(), (30,): Made(delay=np.array([30, 20, 10, 0]), saved=[3, 2, 4, 7])}
    made = PauseTradeoff({"inside": Sweep({"days": [0, 30]}, runs)})
    row = made.table().loc[("inside", 30, "casualties")]
    # 60 days in three histories, for nine people.
    assert (row["delay"], row["avoided"], row["pairs"]) == (20, 3, 3)
    assert row["price"] == pytest.approx(20 / 3)
    reach = 1.959963985 * 1 / np.sqrt(3)
    assert (row["avoided_low"], row["avoided_high"]) == pytest.approx((3 - reach, 3 + reach))
    assert row["verdict"] == "saves"
    assert made.table().loc[("inside", 30, "regrowth"), "verdict"] == "open"
    sites = made.table("site")
    assert sites.loc[("inside", 30, "a", "casualties"), "price"] == pytest.approx(20 / 3)
    assert sites.loc[("inside", 30, "b", "casualties"), "verdict"] == "open"
    assert (sites.loc[("inside", 0)]["verdict"] == "same").all()


def test_what_is_beyond_the_dates_comes_on_top_of_what_is_inside(iraq):
    plan = iraq.replace({"plan.breathing_room.extension_days": 45})
    found = dd.pause_tradeoff(plan, [0, 120], [0, 45], trials=300, seed=7, progress=False)
    inside, beyond = found.curves["inside"].runs, found.curves["beyond"].runs
    for measure in ("finish_days", "casualties"):
        # The plan as written, with pauses that push no date.
        within = inside[120,].values(measure)
        assert np.array_equal(within, beyond[0,].values(measure))
        assert np.array_equal(beyond[45,].values(measure), _run(plan).values(measure))
    assert (inside[0,].values("pause_days") == 0).all()
    assert (
        inside[120,].values("extension_days").sum() == 0 < _run(plan).values("extension_days").sum()
    )


def _run(plan):
    return dd.simulate(plan, trials=300, seed=7, progress=False)


def test_prices_are_those_of_the_runs(iraq):
    found = dd.pause_tradeoff(iraq, [0, 120], [0, 60], trials=200, seed=7, progress=False)
    assert list(found.curves) == ["inside", "beyond"]
    row = found.table().loc[("inside", 120, "casualties")]
    plans = {"firm": iraq.replace({"plan.breathing_room.pause_days": 0}), "120": iraq}
    compared = dd.compare(plans, trials=200, seed=7, stay=False, progress=False).table()
    assert row["delay"] == pytest.approx(compared.loc[("finish_days", "120"), "difference"])
    assert row["pairs"] == compared.loc[("finish_days", "120"), "pairs"]
    every = found.table("contingent")
    assert set(every.index.get_level_values("contingent")) == {
        "us",
        "germany",
        "italy",
        "france",
        "spain",
    }
    assert "price" in str(found)
    assert "<table" in found._repr_html_()
    drawn = found.plot()
    assert len(drawn) == 6
    assert drawn[0].lines[0].get_ydata().tolist() == [0, row["delay"]]
    with pytest.raises(ValueError, match="`by` is 'site' or 'contingent'"):
        found.table("threat")
    with pytest.raises(ValueError, match="give some"):
        dd.pause_tradeoff(iraq, [], [])


def test_a_page_says_that_nothing_is_done_before_the_horizon(iraq):
    late = {
        "horizon": "2027-03-01",
        "plan.gates.approval.delay_days": 390,
        "plan.phases.first.duration_ratio": 1.5,
        "world.host.expulsion": None,
    }
    scenario = iraq.replace(late)
    price = dd.pause_tradeoff(scenario, trials=400, seed=3, progress=False)
    run = dd.simulate(scenario, trials=400, seed=3, progress=False)
    assert run.summary().loc["finish_days", "missing"] == 400
    section = of_price(price, run)
    assert section.text == [
        "What a pause delays is not known: no history is done before the horizon. "
        "Take a later `horizon`."
    ]
    assert not section.tables
