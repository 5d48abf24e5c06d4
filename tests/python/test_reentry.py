import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy.stats import expon

import drawdown as dd
from drawdown.analysis.reentry import Reentry, _reached

START = date(2025, 1, 1)


def constant(per_day: float = 0.004, strength: float = 0.1, **plan) -> dd.Scenario:
    """The insurgency stays at its strength: the hazard of going back is constant from day 30."""
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(30 + 730),
            "world": {
                "sites": {"base": {"garrison": {"us": 100}}, "other": {"garrison": {"us": 100}}},
                "insurgency": {"strength": strength, "growth_per_year": 0, "pressure": 1},
                "reentry": {
                    "per_day": per_day,
                    "forces": {"back": {"site": "base", "contingent": "us", "people": 50}},
                },
            },
            "plan": {
                "transport": {"people_per_day": 1000},
                "phases": {
                    "leave": {
                        "announced_start": START,
                        "announced_finish": START + timedelta(30),
                        "duration_ratio": 1,
                        "moves": {"all": {"site": "base", "contingent": "us"}},
                    }
                },
            }
            | plan,
        }
    )


def test_a_constant_hazard_gives_the_exponential_law():
    found = dd.reentry(constant(), trials=20_000, seed=7, progress=False)
    law = expon(scale=1 / 0.0004)
    row = found.table().loc["as written"]
    chance = law.cdf(730)
    assert abs(row["chance"] - chance) < 4 * math.sqrt(chance * (1 - chance) / 20_000)
    assert (row["done"], row["difference"]) == (1, 0)
    # A quarter is gone after 719 days, a half never; the error of a quantile is that of the share
    # by the density.
    for share in (0.1, 0.25):
        days = law.ppf(share)
        error = math.sqrt(share * (1 - share) / 20_000) / law.pdf(days)
        assert abs(row[f"p{100 * share:.0f}"] - days) < 4 * error
    assert math.isnan(row["p50"])
    curve = found.survival.iloc[::500]
    errors = (law.cdf(curve["days"]) * law.sf(curve["days"]) / 20_000) ** 0.5
    assert ((curve["share"] - law.sf(curve["days"])).abs() <= 4 * errors + 1e-4).all()


def test_a_curve_that_comes_to_nothing_has_no_interval_there(iraq):
    # Where everybody who is watched longest goes back in, pytest would make scipy's word an error.
    certain = iraq.replace({"world.reentry.per_day": 5.0})
    back = dd.reentry(certain, trials=40, seed=3, progress=False)
    assert back.table()["chance"].iloc[0] > 0
    assert (back.survival["share"] >= 0).all()


def test_ends_at_other_times_do_not_bend_the_curve():
    # Half of all histories are watched for 730 days, others for less: Kaplan and Meier allow for it.
    late = constant().replace(
        {"plan.phases.leave.duration_ratio": {"uniform": [1, 20]}, "world.reentry.per_day": 0.02}
    )
    found = dd.reentry(late, trials=20_000, seed=7, progress=False)
    row, law = found.table().loc["as written"], expon(scale=1 / 0.002)
    for share in (0.1, 0.25):
        days = law.ppf(share)
        error = math.sqrt(share * (1 - share) / 20_000) / law.pdf(days)
        # Those still watched are fewer, by up to a half.
        assert abs(row[f"p{100 * share:.0f}"] - days) < 4 * error * math.sqrt(2)


def test_another_hazard_is_paired_with_the_one_as_written():
    twice = {"twice": {"world.insurgency.strength": 0.2}}
    found = dd.reentry(constant(), twice, trials=20_000, seed=7, progress=False)
    row = found.table().loc["twice"]
    apart = math.exp(-0.0004 * 730) - math.exp(-0.0008 * 730)
    error = (row["difference_high"] - row["difference_low"]) / (2 * 1.96)
    assert abs(row["difference"] - apart) < 4 * error
    # Common random numbers: nobody who goes back at the lower hazard stays away at the higher.
    one, two = (run.values("reentry") for run in found.runs.values())
    assert (one <= two).all()
    # Less than that of two independent chances, by more than a tenth.
    alone = math.sqrt((one.var() + two.var()) / 20_000)
    assert error < 0.9 * alone


def test_troops_that_stay_and_a_host_that_learns_hold_it_down():
    holding = constant(strength=0.3).replace(
        {
            "world.insurgency.growth_per_year": 2,
            "world.insurgency.troops_share": 0.5,
            "world.host": {"capability": {"start": 0.3, "growth_per_year": 0}},
        }
    )
    found = dd.reentry(
        holding,
        residual={("base", "us"): [50]},
        retain=["base"],
        host_growth=[0.3],
        trials=4_000,
        seed=7,
        progress=False,
    )
    table = found.table()
    assert list(table.index) == [
        "as written",
        "50 us stay at base",
        "base is kept",
        "the host gains 0.3 a year",
    ]
    assert (table["difference_high"][1:] < 0).all()
    kept = found.runs["base is kept"]
    assert (kept.values("people_left", "site")["base"] >= 100).all()
    stay = found.runs["50 us stay at base"]
    never = stay.values("reentry") == 0
    assert (stay.values("people_left", "site").to_numpy()[never, 0] == 50).all()


def test_earlier_moves_leave_no_fewer(iraq):
    found = dd.reentry(
        iraq, residual={("baghdad", "us"): [0, 400]}, trials=50, seed=7, progress=False
    )
    plans = [run.scenario.to_dict()["plan"]["phases"] for run in found.runs.values()]
    residuals = [
        [plan[p]["moves"]["baghdad_us"]["residual"] for p in ("first", "second")] for plan in plans
    ]
    assert residuals == [[250, 100], [250, 0], [400, 400]]
    assert "400 us stay at baghdad" in str(found)
    assert "as written" in found._repr_html_()
    assert found.plot().get_legend() is not None


def test_what_cannot_be_asked_is_refused(iraq, minimal):
    with pytest.raises(ValueError, match="nobody goes back in"):
        dd.reentry(minimal)
    with pytest.raises(ValueError, match="moves nobody from `syria`"):
        dd.reentry(iraq, retain=["syria"])
    with pytest.raises(ValueError, match="no move takes all of us from asad"):
        dd.reentry(iraq, residual={("asad", "us"): [100]})
    with pytest.raises(ValueError, match="stands twice"):
        dd.reentry(iraq, host_growth=[0.1, 0.1])


def test_the_curve_is_the_product_of_those_still_watched():
    class Made:
        """A run made by hand: ten histories, watched for 100 days less those to their end."""

        _measures = dd._core.measures()

        class scenario:
            start, horizon = START, START + timedelta(100)

        def values(self, name):
            back = [math.nan, 62, math.nan, 95, math.nan, 51, math.nan, math.nan, 77, math.nan]
            return np.array({"finish_days": range(50, 60), "reentry_days": back}[name], float)

    curve = Reentry({"as written": Made()}).survival
    made = Made()
    back = made.values("reentry_days")
    days = np.where(np.isnan(back), 100, back) - made.values("finish_days")
    share, due = 1.0, [(0, 1.0)]
    for day in sorted(set(days.tolist())):
        share *= 1 - ((days == day) & ~np.isnan(back)).sum() / (days >= day).sum()
        due.append((day, share))
    # The last is watched alone: no fewer than a tenth.
    assert len(due) == 11
    assert curve["days"].tolist() == [day for day, _ in due]
    assert curve["share"].tolist() == pytest.approx([share for _, share in due])


def test_a_share_is_reached_on_the_day_on_which_just_so_many_have_gone():
    curve = pd.DataFrame({"days": [0.0, 5.0, 9.0], "share": [1.0, 0.5, 0.25]})
    assert [_reached(curve, share) for share in (0.5, 0.6, 0.75)] == [5, 9, 9]
    assert math.isnan(_reached(curve, 0.8))
    assert math.isnan(_reached(None, 0.5))
