"""Runs with less variance: without bias, with right errors, and refused where they are not meant."""

import itertools
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown._internal import tables
from drawdown.cli import main
from drawdown.runs.merging import core_of
from reduced_runs import RETALIATION, assert_same_means, both, nested

SCENARIOS = Path(__file__).parents[2] / "examples" / "scenarios"


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"retaliation": RETALIATION},
        # Most attacks would harm more people than there are, with several projectiles each.
        {"harm": {"no_casualty": 0.1, "scale": 30, "shape": 0.9}},
        # Interception that is in no table, and arms by state of tension.
        {"attacks_per_day": {"calm": 0.0, "flare": 0.0, "war": {"uniform": [0.5, 5]}}},
    ],
    ids=["plain", "retaliation", "capped", "war"],
)
def test_means_are_those_of_independent_trials(changed):
    plain, reduced = both(dd.Scenario.from_dict(nested(**changed)), 20_000)
    assert_same_means(plain, reduced)
    assert_same_means(plain, reduced, "site")
    # Quantiles and shares of trials are of histories with the same law.
    for level in (5, 50):
        one, other = ((run.values("casualties") > level).mean() for run in (plain, reduced))
        assert abs(one - other) < 4 * math.sqrt(0.5 / plain.trials)


@pytest.mark.parametrize("name", ["iraq-2024", "afghanistan-2021", "un-mali-2023"])
def test_scenarios_of_the_past_have_the_same_means(name):
    plain, reduced = both(dd.Scenario.read(SCENARIOS / f"{name}.toml"), 2_000)
    assert_same_means(plain, reduced, scores=4.5)


def test_casualties_are_known_better():
    plain, reduced = both(dd.Scenario.from_dict(nested()), 8_000)
    errors = [run.summary().loc["casualties", "standard_error"] for run in (plain, reduced)]
    assert errors[1] < errors[0] / 2


def geometric(mean, stopped):
    """The chances of 0, 1, ... projectiles that get through, of a geometric salvo."""
    found = np.zeros(200)
    for size in range(1, 400):
        weight = (1 / mean) * (1 - 1 / mean) ** (size - 1)
        for through in range(min(size + 1, 200)):
            one = math.comb(size, through) * (1 - stopped) ** through * stopped ** (size - through)
            found[through] += weight * one
    return found


def test_the_expectation_of_an_attack_is_the_sum_over_what_can_happen():
    # By convolution: what so many projectiles do together among those who are there.
    people, mean, stopped, quiet, scale, shape = 25, 3.0, 0.4, 0.3, 6.0, 0.7
    weapons = {"rocket": {"share": 1, "salvo_mean": mean}}
    harm = {"no_casualty": quiet, "scale": scale, "shape": shape, "killed_share": 0.25}
    tree = {
        "schema": 1,
        "start": "2025-01-01",
        "horizon": "2025-12-31",
        "world": {
            "sites": {
                "base": {
                    "garrison": {"us": people},
                    "air_defence": {"needs_people": 1, "intercept": {"rocket": stopped}},
                }
            },
            "threats": {"militia": {"attacks_per_day": 0.5, "weapons": weapons, "harm": harm}},
        },
    }
    run = dd.simulate(
        dd.Scenario.from_dict(tree), trials=3_200, seed=1, progress=False, variance="reduced"
    )
    at_least = [(1 + shape * k / scale) ** (-1 / shape) for k in range(people + 1)]
    within = 1 - at_least[people]
    law = np.array(
        [quiet] + [(1 - quiet) * (a - b) / within for a, b in itertools.pairwise(at_least)]
    )
    expected, together = 0.0, np.ones(1)
    for chance in geometric(mean, stopped):
        expected += chance * np.minimum(np.arange(len(together)), people) @ together
        together = np.convolve(together, law)[: 40 * people]
    attacks = run.values("attacks").sum()
    wounded, killed = run._results.besides()[:, :2].sum(axis=0) / attacks
    assert killed == pytest.approx((wounded + killed) / 4, rel=1e-6)
    # What is left to chance is only what the cap takes off later projectiles.
    each = run._results.besides()[:, :2].sum(axis=1) - expected * run.values("attacks")
    error = each.std() / math.sqrt(len(each)) / run.values("attacks").mean()
    assert wounded + killed == pytest.approx(expected, abs=4 * error)
    drawn = run.values("casualties") - expected * run.values("attacks")
    assert each.std() < drawn.std() / 2
    assert abs(drawn.mean()) < 4 * drawn.std() / math.sqrt(len(drawn))


def test_threads_and_shards_give_the_same_bits(minimal):
    scenario = dd.Scenario.from_dict(nested())
    one, two = (
        dd.simulate(scenario, trials=1_000, seed=7, threads=n, progress=False, variance="reduced")
        for n in (1, 2)
    )
    assert one.summary().equals(two.summary())
    assert np.array_equal(one._results.besides(), two._results.besides())
    shards = [
        dd.simulate(scenario, trials=part, seed=7, progress=False, variance="reduced")
        for part in (range(400), range(400, 1_000))
    ]
    merged = dd.merge(shards)
    assert merged.summary().equals(one.summary())
    assert merged.origin == one.origin
    plain = dd.simulate(scenario, trials=range(400, 1_000), seed=7, progress=False)
    with pytest.raises(ValueError, match="one of them has less variance"):
        dd.merge([shards[0], plain])


def test_first_trials_do_not_change_and_are_replayed():
    scenario = dd.Scenario.from_dict(nested())
    few, many = (
        dd.simulate(scenario, trials=n, seed=7, progress=False, variance="reduced")
        for n in (400, 900)
    )
    assert few.inputs.equals(many.inputs.iloc[:400])
    assert np.array_equal(few.values("attacks"), many.values("attacks")[:400])
    trial = many.trial(333)
    assert (trial.events["kind"].str.startswith("attack")).sum() == many.values("attacks")[333]


def test_compared_scenarios_share_their_points():
    first = dd.Scenario.from_dict(nested())
    tree = nested(rate_factor={"uniform": [0.5, 2]})
    one, other = (
        dd.simulate(scenario, trials=400, seed=7, progress=False, variance="reduced").inputs
        for scenario in (first, dd.Scenario.from_dict(tree))
    )
    assert one.equals(other[one.columns])
    assert len(other.columns) == len(one.columns) + 1


def test_a_saved_run_says_the_same(tmp_path):
    run = dd.simulate(
        dd.Scenario.from_dict(nested()), trials=400, seed=7, progress=False, variance="reduced"
    )
    assert run.origin["variance"] == "reduced"
    assert "less variance" in run.origin_line
    run.save(tmp_path / "run.npz")
    again = dd.load(tmp_path / "run.npz")
    assert again.origin == run.origin
    assert again.summary().equals(run.summary())
    assert again.finish_dates().equals(run.finish_dates())
    assert again.trial(399).inputs.equals(run.trial(399).inputs)
    more = dd.simulate(
        run.scenario, trials=range(400, 800), seed=7, progress=False, variance="reduced"
    )
    whole = dd.simulate(run.scenario, trials=800, seed=7, progress=False, variance="reduced")
    assert dd.merge([again, more]).summary().equals(whole.summary())


@pytest.mark.slow
def test_intervals_hold_the_mean_as_often_as_they_say():
    # 200 runs: a 95 % interval that is right holds it in 182 to 197 of them, in 99.5 cases of 100.
    scenario = dd.Scenario.from_dict(nested())
    rows = [
        dd.simulate(scenario, trials=640, seed=seed, progress=False, variance="reduced").summary()
        for seed in range(200)
    ]
    true = dd.simulate(
        scenario, trials=200_000, seed=999, progress=False, variance="reduced"
    ).summary()
    for measure in ("casualties", "attacks", "finish_days"):
        means = np.array([row.loc[measure, "mean"] for row in rows])
        errors = np.array([row.loc[measure, "standard_error"] for row in rows])
        held = np.abs(means - true.loc[measure, "mean"]) <= 2.131 * errors
        assert 181 <= held.sum() <= 198, (measure, held.sum())
        # And errors are as large as means scatter: of 200, known to 5 %.
        assert 0.8 < np.sqrt((errors**2).mean()) / means.std(ddof=1) < 1.25


def test_where_nothing_is_a_range(minimal):
    plain, reduced = both(minimal, 5_000)
    assert_same_means(plain, reduced)
    calm = {
        "schema": 1,
        "start": "2025-01-01",
        "world": {"sites": {"base": {"garrison": {"us": 9}}}},
    }
    run = dd.simulate(
        dd.Scenario.from_dict(calm), trials=320, seed=1, progress=False, variance="reduced"
    )
    found = run.summary().loc[["attacks", "casualties"], ["mean", "standard_error"]]
    assert (found.to_numpy() == 0).all()


def test_stops_earlier_where_less_is_needed():
    scenario = dd.Scenario.from_dict(nested())
    plain, reduced = (
        dd.simulate_to_precision(
            scenario, "casualties", 0.05, relative=True, seed=7, variance=kind, progress=False
        )
        for kind in ("plain", "reduced")
    )
    assert plain.reached
    assert reduced.reached
    assert reduced.run.trials < plain.run.trials
    assert "less variance" in str(reduced)
    error = math.hypot(plain.half_width, reduced.half_width)
    assert abs(plain.value - reduced.value) < 2 * error


def test_chances_are_asked_of_replicates():
    found = dd.simulate_to_precision(
        dd.Scenario.from_dict(nested()), "casualties > 20", 0.02, seed=7, variance="reduced"
    )
    assert found.reached
    assert 0 < found.value < 1
    with pytest.raises(ValueError, match="320 trials"):
        dd.simulate_to_precision("minimal", "attacks", 1, most_trials=100, variance="reduced")


def test_what_it_cannot_be_combined_with(minimal, tmp_path):
    def asked(**more):
        dd.simulate(minimal, **{"trials": 400, "seed": 1, "variance": "reduced", **more})

    with pytest.raises(ValueError, match="one of plain, reduced, not 'less'"):
        asked(variance="less")
    with pytest.raises(ValueError, match="leave `samples` out"):
        asked(samples=4)
    with pytest.raises(ValueError, match="leave `out` out"):
        asked(out=tmp_path / "run")
    with pytest.raises(ValueError, match="in each trial: keep"):
        asked(keep="summary")
    with pytest.raises(ValueError, match="ask for 320 trials or more, not 100"):
        asked(trials=100)
    run = dd.simulate(minimal, trials=400, seed=1, variance="reduced", progress=False)
    with pytest.raises(ValueError, match="events of a plain run"):
        dd.write_events(run, tmp_path / "events")
    with pytest.raises(ValueError, match="less variance"):
        run.to_bytes()


def test_plans_are_compared_with_such_as_meet_the_same_numbers(tmp_path):
    scenario = dd.Scenario.from_dict(nested())
    plain, reduced = both(scenario, 400)
    with pytest.raises(ValueError, match=r"one `variance`.*'plan': 'reduced', 'stay': 'plain'"):
        dd.Comparison({"plan": reduced, "stay": plain})
    # The page of such a run has a plan of its own kind beside it, trial by trial.
    stay = dd.simulate(scenario.stay(), trials=400, seed=7, variance="reduced", progress=False)
    less = dd.Comparison({"plan": reduced, "stay": stay}, "stay").table().loc["casualties"]
    reduced.report(tmp_path / "page.html", trials=400, progress=False)
    page = (tmp_path / "page.html").read_text("utf-8")
    low, high = sorted(abs(less.loc["plan", end]) for end in ("low", "high"))
    assert f"({tables.short(low)} to {tables.short(high)}) fewer than if nobody leaves" in page


def explained(values, controls):
    """What least squares by controls leave of values, and the slopes."""
    design = np.column_stack([np.ones(len(values)), controls])
    found = np.linalg.lstsq(design, values, rcond=None)[0]
    return ((values - design @ found) ** 2).sum(), found[1:]


def adjusted(values, controls):
    """What each replicate says of a mean: controls have slopes from all others, as many of them as
    differ from 0 by three standard errors, the most telling first; none that those before it imply."""
    replicate = np.arange(len(values)) % 16
    found = []
    for k in range(16):
        own = replicate == k
        others, chosen = values[~own], []
        rest = ((others - others.mean()) ** 2).sum()
        while len(chosen) < controls.shape[1]:
            known = controls[~own]
            new = [explained(known[:, j], known[:, chosen])[0] for j in range(known.shape[1])]
            left = np.flatnonzero(np.array(new) > 1e-9 * len(known) * known.var(axis=0))
            if not len(left):
                break
            after = [explained(others, known[:, [*chosen, j]])[0] for j in left]
            if rest - min(after) <= 9 * rest / len(others):
                break
            chosen.append(left[int(np.argmin(after))])
            rest = min(after)
        slopes = explained(others, controls[~own][:, chosen])[1]
        found.append(values[own].mean() - controls[own][:, chosen].mean(axis=0) @ slopes)
    return np.array(found)


def test_differences_between_plans_are_those_of_replicates():
    scenario = dd.Scenario.from_dict(nested())
    later = scenario.replace({"plan.phases.leave.announced_start": "2025-05-01"})
    asked = {"trials": 480, "seed": 3, "progress": False, "variance": "reduced"}
    compared = dd.compare({"plan": scenario, "later": later}, **asked)
    table = compared.table()
    for measure in ("casualties", "killed", "attacks", "person_days"):
        said = {}
        for name in ("plan", "later"):
            run = compared.runs[name]
            besides = core_of(run).besides()
            harm = {"casualties": besides[:, :2].sum(axis=1), "killed": besides[:, 1]}
            drawn = np.column_stack([run.values("wounded"), run.values("killed")])
            controls = np.column_stack([besides[:, 2:7], drawn - besides[:, :2]])
            said[name] = adjusted(harm.get(measure, run.values(measure)), controls)
            mean = table.loc[(measure, name), "mean"]
            assert mean == pytest.approx(run.summary().loc[measure, "mean"], rel=1e-12)
            assert mean == pytest.approx(said[name].mean(), rel=1e-6)
        apart = said["later"] - said["plan"]
        row = table.loc[(measure, "later")]
        assert row["difference"] == pytest.approx(apart.mean(), rel=1e-6)
        assert row["standard_error"] == pytest.approx(apart.std(ddof=1) / 4, rel=1e-5)
        assert row["high"] - row["low"] == pytest.approx(
            2 * 2.1314 * row["standard_error"], rel=1e-4
        )
        assert row["pairs"] == 480
    # A plan is as far from itself as can be known.
    own = table.xs("plan", level="plan")[["difference", "standard_error"]].dropna()
    assert (own == 0).all(axis=None)
    # Where nobody leaves nothing is finished: there is no pair, and nothing is said.
    assert math.isnan(table.loc[("finish_days", "stay"), "difference"])


@pytest.mark.slow
def test_intervals_of_differences_hold_as_often_as_they_say():
    scenario = dd.Scenario.from_dict(nested())
    plans = {"plan": scenario, "other": scenario.stay()}

    def compared(trials, seed, variance):
        given = {"trials": trials, "seed": seed, "progress": False, "stay": False}
        return dd.compare(plans, variance=variance, **given).table().xs("other", level="plan")

    true = compared(200_000, 999, "plain")
    rows = [compared(640, seed, "reduced") for seed in range(200)]
    for measure in ("casualties", "attacks"):
        found = np.array([row.loc[measure, "difference"] for row in rows])
        errors = np.array([row.loc[measure, "standard_error"] for row in rows])
        held = np.abs(found - true.loc[measure, "difference"]) <= 2.131 * errors
        assert 181 <= held.sum() <= 198, (measure, held.sum())
        assert 0.8 < np.sqrt((errors**2).mean()) / found.std(ddof=1) < 1.25


def test_trials_with_less_variance_are_no_worlds_to_choose_by():
    scenario = dd.Scenario.from_dict(nested())
    given = {"trials": 400, "seed": 3, "progress": False}
    compared = dd.compare({"plan": scenario}, variance="reduced", **given)
    asked = [
        lambda: compared.frontier(["casualties"]),
        lambda: compared.regret(),
        lambda: compared.good_enough(["casualties <= 1000"]),
        lambda: compared.conclusions([("plan", "casualties", "<", "stay")]),
        lambda: compared.plot.frontier(["casualties", "attacks"]),
    ]
    for ask in asked:
        with pytest.raises(ValueError, match="no sample of independent worlds"):
            ask()
    with pytest.raises(ValueError, match="leave `samples` out"):
        dd.compare({"plan": scenario}, variance="reduced", samples=4, **given)
    with pytest.raises(ValueError, match="320 trials or more, not 100"):
        dd.compare({"plan": scenario}, variance="reduced", **{**given, "trials": 100})


def test_the_command_line_takes_it(tmp_path, capsys):
    path = tmp_path / "nested.toml"
    path.write_text(dd.Scenario.from_dict(nested()).to_toml())
    asked = ["--trials", "400", "--seed", "7", "--variance", "reduced", "--quiet"]
    assert main(["run", str(path), *asked, "--level", "20", "--out", str(tmp_path / "run")]) == 0
    scenario = dd.Scenario.read(path)
    run = dd.simulate(scenario, trials=400, seed=7, progress=False, variance="reduced", levels=[20])
    summary = pd.read_csv(tmp_path / "run" / "summary.csv", index_col="measure")
    assert summary.loc["casualties", "mean"] == run.summary().loc["casualties", "mean"]
    assert dd.load(tmp_path / "run" / "run.npz").origin == run.origin
    # How surely the level is reached stands in the tables, in a file and on the page.
    reached = pd.read_csv(tmp_path / "run" / "exceedance.csv", index_col=["kind", "level"])
    run.report(tmp_path / "page.html", trials=400, progress=False)
    page = (tmp_path / "page.html").read_text("utf-8")
    for kind, said in (("aggregate", "20 or more in all"), ("occurrence", "20 or more in one")):
        found = run.exceedance("casualties", kind, levels=[20]).loc[20, "probability"]
        assert reached.loc[(kind, 20), "probability"] == found
        assert f"{tables.short(found)} (" in str(run).split(said)[1].splitlines()[0]
        assert said in page
    assert main(["compare", str(path), *asked, "--out", str(tmp_path / "both")]) == 0
    table = pd.read_csv(tmp_path / "both" / "comparison.csv", index_col=["measure", "plan"])
    due = dd.compare({"nested": scenario}, trials=400, seed=7, progress=False, variance="reduced")
    assert (
        table.loc[("casualties", "stay"), "difference"]
        == due.table().loc[("casualties", "stay"), "difference"]
    )
    assert main(["run", str(path), "--trials", "400", "--level", "20"]) != 0
    assert "leave `levels` out" in capsys.readouterr().err


def test_a_sweep_tells_of_its_points_what_a_comparison_tells_of_plans():
    scenario = dd.Scenario.from_dict(nested())
    path = "plan.phases.leave.announced_start"
    tried = ["2025-03-01", "2025-05-01"]
    asked = {"trials": 480, "seed": 3, "progress": False, "variance": "reduced"}
    swept = dd.sweep(scenario, {path: tried}, **asked)
    plans = {day: scenario.replace({path: day}) for day in tried}
    table = dd.compare(plans, **asked, stay=False).table()
    found = swept.dataset()
    assert found.attrs["variance"] == "reduced"
    assert "16 replicates" in swept.origin_line
    for k, day in enumerate(tried):
        for measure in ("casualties", "killed", "attacks", "finish_days"):
            row, point = (
                table.xs(day, level="plan").loc[measure],
                found.isel({path: k}).sel(measure=measure),
            )
            assert point["mean"].item() == row["mean"]
            if k:
                assert point["difference"].item() == row["difference"]
                assert point["difference_error"].item() == row["standard_error"]
                mine = dd.simulate(plans[day], **asked).summary().loc[measure]
                assert point["standard_error"].item() == mine["standard_error"]
            else:
                assert (point["difference"].item(), point["difference_error"].item()) == (0, 0)
    # By site it is by replicates too.
    sites = swept.dataset("site").sel(measure="attacks").isel({path: 1})
    by_site = dd.compare(plans, **asked, stay=False).table("site").loc["attacks"]
    for site in sites["site"].values:
        assert (
            sites["difference"].sel(site=site).item()
            == by_site.xs(tried[1], level="plan").loc[site, "difference"]
        )
    for given, match in (({"samples": 40}, "`samples`"), ({"trials": 100}, "320")):
        with pytest.raises(ValueError, match=match):
            dd.sweep(scenario, {path: tried}, **asked | given)
    with pytest.raises(ValueError, match="one of plain, reduced"):
        dd.sweep(scenario, {path: tried}, **asked | {"variance": "less"})
