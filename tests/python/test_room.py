from datetime import date

import numpy as np
import pytest
from scipy import stats

import drawdown as dd
from drawdown.analysis.minimum_allowance import Aims, Chance, MinimumAllowance
from drawdown.plots.minimum_allowance import frontier
from drawdown.runs.criterion import kept_date, kept_most


def guarded() -> dd.Scenario:
    """A garrison that guards itself: fewer people are attacked more, so that waiting saves lives.

    A rule holds movement from the first attack on, for as long as it may.
    """
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": "2025-01-01",
            "horizon": "2025-12-31",
            "world": {
                "sites": {"base": {"garrison": {"us": 1000}}},
                "threats": {
                    "group": {
                        "attacks_per_day": 0.2,
                        "presence_elasticity": -0.6,
                        "harm": {"no_casualty": 0},
                    }
                },
            },
            "plan": {
                "phases": {
                    "leave": {
                        "announced_start": "2025-02-01",
                        "announced_finish": "2025-04-30",
                        "duration_ratio": {"lognormal": {"median": 1, "sigma": 0.2}},
                        "moves": {"most": {"site": "base", "contingent": "us", "people": 900}},
                    }
                },
                "breathing_room": {"pause_days": 0, "extension_days": 300},
                "rules": {
                    "hold": {
                        "when": {"attacks": {"in_days": 30, "at_least": 1}},
                        "then": {"pause": {"at_least_days": 14}},
                        "until": {"attacks": {"in_days": 60, "at_most": 0}},
                    }
                },
            },
        }
    )


PAUSE = "plan.breathing_room.pause_days"
AIMS = {"finish": date(2025, 8, 15), "confidence": 0.8, "risk": 0.5}


@pytest.fixture(scope="module")
def truth():
    """Both chances at every tenth day by brute force, under a seed of its own."""
    found = {}
    for days in range(0, 121, 10):
        run = dd.simulate(guarded().replace({PAUSE: days}), trials=4_000, seed=99, progress=False)
        end = (AIMS["finish"] - run.scenario.start).days + 1
        found[days] = (run.values("finish_days") < end).mean(), run.values("casualties")
    return found


def test_the_smallest_room_is_that_of_brute_force(truth):
    most = float(np.median(truth[100][1]))
    room = dd.minimum_allowance(
        guarded(), most=most, days=range(0, 121, 20), trials=8_000, seed=7, **AIMS
    )
    assert room.status == "found"
    # The truth, from brute force: the chance of more than `most` falls through .5 near day 100.
    assert room.at_least <= 105
    assert 95 <= room.days <= 115
    error = 4 * np.sqrt(0.25 / 4_000)
    for days, row in room.table.iterrows():
        if days in truth:
            in_time, harm = truth[days]
            assert row["in_time_low"] - error <= in_time <= row["in_time_high"] + error
            assert row["above_low"] - error <= (harm > most).mean() <= row["above_high"] + error
    assert f"{room.days} days of `pause_days` keep" in room.why
    assert room.table.loc[room.days, "verdict"] == "met"
    # A step is halved down to a day.
    assert room.days - 1 in room.table.index
    assert (room.table["trials"] <= 8_000).all()
    lines = room.plot().lines
    assert lines[-1].get_xdata()[0] == room.days


def test_where_nothing_will_do_it_says_why(truth):
    given = {"days": [0, 60, 120], "trials": 1_000, "seed": 7}
    never = dd.minimum_allowance(
        guarded(), most=1e6, **{**AIMS, "finish": date(2025, 2, 10)}, **given
    )
    assert (never.status, never.days, never.at_least) == ("impossible", None, None)
    assert "the date is never kept surely enough (at best in" in never.why
    costly = dd.minimum_allowance(guarded(), most=0, **AIMS, **given)
    assert "the ceiling never holds surely enough (broken in" in costly.why
    # The ceiling asks for long pauses, the date for short ones.
    most = float(np.median(truth[110][1]))
    apart = dd.minimum_allowance(
        guarded(), most=most, **{**AIMS, "finish": date(2025, 5, 25), "confidence": 0.7}, **given
    )
    assert apart.status == "impossible"
    assert "nowhere both" in apart.why
    assert set(apart.table["verdict"]) >= {"costly", "late"}
    assert "<table" in apart._repr_html_()
    assert apart.plot().get_legend_handles_labels()[1][-1] == "none keeps both"


def test_where_the_trials_do_not_tell_it_says_so():
    few = dd.minimum_allowance(guarded(), most=1e6, days=[0], trials=8, seed=7, **AIMS)
    assert few.status == "open"
    assert few.table["trials"].tolist() == [8]
    # Four looks, after one, two, four and all trials, at two chances share the 5 %.
    row = few.table.loc[0]
    for name in ("in_time", "above"):
        due = stats.binomtest(round(8 * row[name]), 8).proportion_ci(1 - 0.05 / 8, "exact")
        assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx((due.low, due.high))
    assert few.days is None
    assert few.at_least == 0
    assert "more trials" in str(few)


def test_rooms_that_cannot_be_sought(iraq):
    aims = {"finish": date(2026, 12, 31), "most": 100}
    for given, message in [
        ({"confidence": 1}, "`confidence` must be between 0 and 1"),
        ({"confidence": 0}, "`confidence` must be between 0 and 1"),
        ({"risk": 1}, "`risk` must be between 0 and 1"),
        ({"risk": 0}, "`risk` must be between 0 and 1"),
        ({"lever": "latest"}, "`lever` is"),
        ({"days": []}, "give some `days`"),
        ({"measure": "nothing", "days": [0], "trials": 8}, "no measure `nothing`"),
    ]:
        with pytest.raises(ValueError, match=message):
            dd.minimum_allowance(iraq, **aims, **given)


def test_on_the_curve_both_are_kept_in_that_share():
    rng = np.random.default_rng(1)
    days, harm = rng.uniform(0, 100, 500), rng.uniform(0, 50, 500)
    days[:20] = np.nan
    x, y = frontier(days, harm, 0.5)
    for day, ceiling in zip(x, y, strict=True):
        kept = (days < day + 1) & (harm <= ceiling)
        assert kept.sum() == 250
    assert (np.diff(y) <= 0).all()
    assert ((days < x[0]).sum()) < 250


def test_the_picture_counts_its_quarters(run):
    announced = date(2026, 12, 31)
    ax = run.plot.joint(announced, 1_000)
    shares = [float(text.get_text().split(": ")[1][:-2]) for text in ax.texts]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    met = (
        run.finish_dates().loc[("overall", ""), "chance_met"]
        if ("overall", "") in run.finish_dates().index
        else None
    )
    in_time = (run.values("finish_days") < (announced - run.scenario.start).days + 1).mean()
    assert shares[0] + shares[1] == pytest.approx(100 * in_time, abs=0.1)
    assert met is None or in_time == pytest.approx(met)


def test_the_picture_counts_those_that_never_finish(minimal, monkeypatch):
    monkeypatch.setattr("drawdown.plots.minimum_allowance._DOTS", 30)
    late = minimal.replace({"horizon": "2025-10-15"})
    run = dd.simulate(late, trials=80, seed=1, progress=False)
    never = int(np.isnan(run.values("finish_days")).sum())
    assert 0 < never < 50
    ax = run.plot.joint("2025-09-30", 10)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert f"{never} of 80 trials never finish: late, and no dot" in labels
    assert ax.figure.get_supxlabel().endswith("dots: the first 30 that finish")
    assert len(ax.lines[0].get_xdata()) == 30
    whole = dd.simulate(minimal, trials=20, seed=1, progress=False)
    ax = whole.plot.joint("2025-09-30", 10)
    assert "never" not in "".join(text.get_text() for text in ax.get_legend().get_texts())
    assert "dots" not in ax.figure.get_supxlabel()


def test_a_date_may_be_a_text(iraq):
    run = dd.simulate(iraq, trials=50, seed=1, progress=False)
    assert run.plot.joint("2026-12-31", most=1_000).get_xlabel()
    for wrong in ("31/13/2026", "soon", 20261231, float("nan")):
        with pytest.raises(ValueError, match="`finish` is a date such as"):
            run.plot.joint(wrong, most=1_000)
        with pytest.raises(ValueError, match="`finish` is a date such as"):
            dd.minimum_allowance(iraq, finish=wrong, most=10)


def test_a_step_is_halved_between_the_last_that_fails_and_the_first_that_will_do():
    class Seen(MinimumAllowance):
        """One in which all from an allowance on will do."""

        def __init__(self, least):
            super().__init__(guarded(), None, "pause_days")
            self.least, self.looks = least, []

        def _look(self, allowance, trials, tell):
            self.looks.append(allowance)
            verdict = "met" if allowance >= self.least else "costly"
            self._rows[allowance] = {"verdict": verdict, "trials": trials}

    rng = np.random.default_rng(2)
    for _ in range(60):
        tried = sorted(rng.choice(100, rng.integers(1, 6), replace=False).tolist())
        room = Seen(int(rng.integers(0, 110)))
        room._search(tried, 10)
        fails = [days for days in tried if days < room.least]
        does = [days for days in tried if days >= room.least]
        assert room.days == (None if not does else room.least if fails else does[0])
        halved = room.looks[len(tried) :]
        # No more looks than it takes, and each of them new.
        step = does[0] - fails[-1] if fails and does else 1
        assert len(halved) <= np.ceil(np.log2(step))
        assert len(set(room.looks)) == len(room.looks)


def test_a_verdict_is_what_both_intervals_say():
    aims = Aims(kept_date(date(2025, 1, 1)), 0.8, kept_most(0), 0.3)
    ends = [(low, high) for low in (0.2, 0.3, 0.8, 0.9) for high in (0.3, 0.8, 0.9) if low <= high]
    for in_time in ends:
        for above in ends:
            found = aims.verdict(Chance(0.5, *in_time), Chance(0.5, *above))
            # All that the interval leaves possible, on a fine grid.
            kept = [chance >= 0.8 for chance in np.linspace(*in_time, 11).round(9)]
            low = [chance <= 0.3 for chance in np.linspace(*above, 11).round(9)]
            missed = ["late"] * (not any(kept)) + ["costly"] * (not any(low))
            sure = "met" if all(kept) and all(low) else "open"
            assert found == (" and ".join(missed) or sure)
