from datetime import date, timedelta

import numpy as np
import pytest

import drawdown as dd
from drawdown.analysis.risk_over_time import RiskOverTime, _counted, _resampled

START = date(2025, 1, 1)


def shrinking(elasticity: float = 0, **world) -> dd.Scenario:
    """From 1,000 people to 100 on day 182, under .5 attacks a day that nothing moves."""
    threat = {"attacks_per_day": 0.5, "presence_elasticity": elasticity, "weapons": {}}
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": START,
            "horizon": START + timedelta(364),
            "world": {
                "sites": {
                    "base": {"garrison": {"us": 1000}},
                    "calm": {"garrison": {"us": 500}},
                },
                "threats": {"group": threat | {"site_weights": {"base": 0.8, "calm": 0.2}}},
            }
            | world,
            "plan": {
                "transport": {"people_per_day": 1000},
                "phases": {
                    "leave": {
                        "announced_start": START + timedelta(181),
                        "announced_finish": START + timedelta(182),
                        "duration_ratio": 1,
                        "moves": {"most": {"site": "base", "contingent": "us", "people": 900}},
                    }
                },
            },
        }
    )


@pytest.fixture(scope="module")
def found() -> dd.RiskOverTime:
    run = dd.simulate(shrinking(), trials=2_000, seed=7, progress=False)
    return dd.risk_over_time(run, "attacks", every_days=91, trials=2_000)


def test_risk_to_a_person_is_attacks_by_people(found):
    data = found.dataset()
    assert data["time"].values.astype("datetime64[D]").tolist() == [
        START + timedelta(91 * k) for k in range(4)
    ]
    assert data["people"].sel(site="base").values == pytest.approx([1000, 1000, 100, 100])
    for site, rate, people in [
        ("base", 0.4, [1000, 1000, 100, 100]),
        ("calm", 0.1, [500] * 4),
        ("all sites", 0.5, [1500, 1500, 600, 600]),
    ]:
        here = data.sel(site=site)
        per_day = np.sqrt(rate / 91 / 2_000)
        assert here["per_day"].values == pytest.approx(rate, abs=4 * per_day)
        due = 365_000 * rate / np.array(people)
        error = due * per_day / rate
        assert (abs(here["per_person"].values - due) < 4 * error).all()
        # People are the same in every history, so the interval is that of a Poisson mean.
        width = here["per_person_high"].values - here["per_person_low"].values
        assert width == pytest.approx(2 * 1.96 * error, rel=0.15)


def test_the_worst_point_is_the_small_garrison(found):
    worst = found.worst()
    row = worst.loc[("per_person", "base")]
    # The last two stretches are alike: which is worse is noise, that it is one of them is not.
    assert row["earliest"].date() >= START + timedelta(182)
    assert row["latest"].date() <= START + timedelta(273)
    assert row["low"] < 365_000 * 0.4 / 100 < row["high"] * 1.02
    # Over all of the time there are 550 people on average.
    assert row["times_mean"] == pytest.approx(5.5, rel=0.05)
    assert row["chance_worst"] == 1
    assert worst.loc[("per_person", "calm"), "chance_worst"] == 0
    assert np.isnan(worst.loc[("per_person", "all sites"), "chance_worst"])
    drawn = found.plot()
    assert len(drawn) == 3
    assert "worst between" in drawn[0].texts[0].get_text()
    assert "<table" in found._repr_html_()


@pytest.mark.parametrize("measure", ["attacks", "wounded", "killed", "casualties"])
def test_counts_and_person_days_are_those_of_the_run(run, measure):
    edges = np.array([0.0, 100, 107, 800, 1552])
    assert edges[-1] == (run.scenario.horizon - run.scenario.start).days
    harm, days = _counted(run, measure, edges, 60)
    assert harm[:, -1].sum(axis=1).tolist() == run.values(measure)[:60].tolist()
    if measure != "casualties":
        by_site = run.values(measure, "site").to_numpy()[:60]
        assert (harm[:, :-1].sum(axis=2) == by_site).all()
    # Lifts, departures, reinforcements and going back in: all who come and go.
    due = run.values("person_days", "site").to_numpy()[:60]
    assert days[:, :-1].sum(axis=2) == pytest.approx(due, abs=1e-5)


def test_histories_that_share_a_draw_are_drawn_again_together():
    factor = {"lognormal": {"median": 1, "sigma": 1}}
    scenario = shrinking().replace({"world.threats.group.rate_factor": factor})
    apart = dd.simulate(scenario, trials=1_000, seed=7, progress=False)
    shared = dd.simulate(scenario, trials=1_000, samples=50, seed=7, progress=False)
    widths = []
    for run in (apart, shared):
        here = dd.risk_over_time(run, "attacks").dataset().sel(site="base")
        widths.append((here["per_day_high"] - here["per_day_low"]).mean().item())
    # Fifty draws say as much as fifty histories: sqrt(1000 / 50) times less.
    assert 2.5 < widths[1] / widths[0] < 8


def test_where_there_are_too_few_people_nothing_is_said():
    run = dd.simulate(shrinking(), trials=20, seed=7, progress=False)
    found = dd.risk_over_time(run, "attacks", least_people=200)
    base = found.dataset()["per_person"].sel(site="base")
    assert np.isnan(base.values).tolist() == [False, False, True, True]
    # The other two stretches have as many days and people: their mean is that of all the time.
    row = found.worst().loc[("per_person", "base")]
    assert row["times_mean"] == pytest.approx(np.nanmax(base.values) / np.nanmean(base.values))


def test_risks_that_cannot_be_followed(run):
    for given, message in [
        ({"measure": "strikes"}, "`measure` is one of attacks"),
        ({"every_days": 0}, "`every_days` must be from 1 to"),
        ({"trials": 1}, "`trials` must be at least 2"),
    ]:
        with pytest.raises(ValueError, match=message):
            dd.risk_over_time(run, **given)


def test_a_site_that_nothing_befalls_has_no_row():
    calm = shrinking().replace({"world.threats.group.site_weights": {"base": 1, "calm": 0}})
    run = dd.simulate(calm, trials=50, seed=7, progress=False)
    sites = ["base", "all sites"]
    rows = dd.risk_over_time(run, "attacks").worst().index.tolist()
    assert rows == [(risk, site) for risk in ("per_person", "per_day") for site in sites]


def test_all_who_come_and_go_are_counted():
    rule = {
        "when": {"attacks": {"in_days": 30, "at_least": 1}},
        "then": {"reinforce": {"site": "calm", "contingent": "us", "people": 40}},
    }
    back = {"back": {"site": "base", "contingent": "us", "people": 50}}
    insurgency = {"strength": 0.3, "growth_per_year": 0, "pressure": 1}
    reentry = {"per_day": 0.05, "forces": back}
    scenario = shrinking(insurgency=insurgency, reentry=reentry)
    run = dd.simulate(
        scenario.replace({"plan.rules": {"more": rule}}), trials=20, seed=7, progress=False
    )
    assert (run.values("reinforcements") > 0).any()
    assert (run.values("reentry") > 0).any()
    _, days = _counted(run, "attacks", np.array([0.0, 50, 200, 364]), 20)
    due = run.values("person_days", "site").to_numpy()
    assert days[:, :-1].sum(axis=2) == pytest.approx(due, abs=1e-5)


def test_when_a_site_is_worst_is_a_quantile_of_resamples():
    run = dd.simulate(shrinking(), trials=1, seed=7, progress=False)
    edges = np.array([0.0, 91, 182, 273, 364])
    # In so many of 200 resamples the worst stretch of a site is the first, second and so on.
    places = {"base": [1, 193, 6, 0], "calm": [10, 90, 90, 10]}
    harm = np.ones((201, 3, 4))
    for k, counts in enumerate(places.values()):
        harm[1 + np.arange(200), k, np.repeat(np.arange(4), counts)] = 5
    # As it is, the third.
    harm[0, :2, 2] = 7
    harm[:, 2] = harm[:, 0] + harm[:, 1]
    days = np.full_like(harm, 91 * 100)
    worst = RiskOverTime(run, "attacks", edges, 1, (harm, days), 20).worst().loc["per_day"]
    dates = [START + timedelta(int(day)) for day in edges]
    for site, ends in (("base", (1, 2)), ("calm", (0, 3))):
        row = worst.loc[site]
        assert [row[name].date() for name in ("earliest", "latest")] == [dates[k] for k in ends]
        assert row["time"].date() == dates[2]
        assert row["value"] == 7 / 91
        # In all of the time there are ten.
        assert row["times_mean"] == pytest.approx(7 / 91 / (10 / 364))


def test_the_estimate_is_the_mean_and_resamples_scatter_as_one():
    rng = np.random.default_rng(1)
    tables = rng.random((2, 40, 3, 2))
    for found, table in zip(_resampled(*tables, seed=1), tables, strict=True):
        assert found[0] == pytest.approx(table.mean(axis=0))
        assert len(found) == 1 + 1_000
        # The bootstrap's variance of a mean, n - 1 in place of which it has n.
        error = table.std(axis=0) / np.sqrt(40)
        assert found[1:].std(axis=0) == pytest.approx(error, rel=4 / np.sqrt(2_000))


def test_a_resample_with_nobody_there_leaves_the_interval_open():
    run = dd.simulate(shrinking(), trials=1, seed=7, progress=False)
    edges = np.array([0.0, 182, 364])
    harm, days = np.ones((201, 3, 2)), np.full((201, 3, 2), 182 * 100.0)
    harm[0, 0] = (3, 1)
    # In some resamples nobody is on the first site in its worst stretch.
    harm[5:9, 0, 0] = days[5:9, 0, 0] = 0
    risk = RiskOverTime(run, "attacks", edges, 1, (harm, days), 20)
    row = risk.worst().loc["per_person", "base"]
    assert np.isnan([row["low"], row["high"]]).all()
    data = risk.dataset()
    assert data["per_person_low"].sel(site="base").isnull().values.tolist() == [True, False]
    assert (risk.worst()["low"].dropna() >= 0).all()


def risk_of(harm, days):
    """As if the sites had had so much harm, with intervals of a tenth about it."""
    run = dd.simulate(shrinking(), trials=1, seed=7, progress=False)
    harm, days = (np.repeat(np.array([table], dtype=float), 201, axis=0) for table in (harm, days))
    harm[1:] *= np.linspace(0.9, 1.1, 200)[:, np.newaxis, np.newaxis]
    return RiskOverTime(run, "attacks", np.array([0.0, 182, 364]), 1, (harm, days), 20)


def test_a_last_stretch_before_all_have_left_has_its_band():
    gone = [[18_200, 0]] * 3
    ax = risk_of([[1, 0], [2, 0], [3, 0]], gone).plot()[0]
    (band,) = ax.patches
    high, edges, low = band.get_data()
    drawn = np.isfinite(high) & (high > low)
    assert drawn.tolist() == [True, False]
    assert edges[0] < edges[1]


def test_values_at_the_peaks_are_written_alike_and_a_month_once():
    people = [[18_200, 18_200]] * 3
    axes = risk_of([[1.13, 0.5], [8.3, 0.5], [9.43, 1]], people).plot()
    told = [ax.texts[0].get_text() for ax in axes]
    assert [text.split()[0] for text in told] == ["23", "166", "189"]
    assert {text.split("\n")[1] for text in told} == {"(worst in January 2025)"}


def test_both_axes_say_what_they_are():
    axes = risk_of([[1, 2]] * 3, [[18_200, 18_200]] * 3).plot()
    labels = {ax.get_ylabel().replace("\n", " ") for ax in axes[0].figure.axes}
    assert labels == {"per 1,000 people and year", "people"}
