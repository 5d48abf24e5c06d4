import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd


def gamma_poisson(**threat) -> dd.Scenario:
    """Attacks in 400 days: Poisson with a mean that is gamma, shape 4 and scale 10."""
    factor = {"gamma": {"shape": 4, "mean": 1}}
    group = {"attacks_per_day": 0.1, "rate_factor": factor, "presence_elasticity": 0, "weapons": {}}
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": "2025-01-01",
            "horizon": "2026-02-05",
            "world": {
                "sites": {"base": {"garrison": {"us": 100}}},
                "threats": {"group": group | threat},
            },
        }
    )


FACTOR = "world.threats.group.rate_factor"


def test_row_29_variance_of_a_gamma_mixture_of_poisson_counts():
    # With two histories to a draw, leaving out what chance adds to their means would show.
    run = dd.simulate(gamma_poisson(), trials=80_000, samples=40_000, seed=7, progress=False)
    row = run.variance().loc["attacks"]
    for column, error, due, told in [
        ("mean", "standard_error", 40, 0.015),
        ("aleatory", "aleatory_se", 40, 0.05),
        ("epistemic", "epistemic_se", 400, 0.045),
        ("share", "share_se", 400 / 440, 0.005),
    ]:
        assert row[column] == pytest.approx(due, abs=4 * row[error]), column
        assert 4 * row[error] < told * due, column
    # The mean of a draw is a gamma number: its variance has this standard error.
    assert row["standard_error"] == pytest.approx(np.sqrt((400 + 20) / 40_000), rel=0.1)
    assert row["missing"] == 0
    about = run.by_sample("attacks")
    assert about["mean"].mean() == pytest.approx(row["mean"])
    assert about["standard_error"].pow(2).mean() * 2 == pytest.approx(row["aleatory"])
    joined = about.join(run.samples.values)
    assert joined["mean"].corr(joined[FACTOR]) > 0.96


def test_the_jackknife_is_that_of_leaving_out_each_draw():
    from drawdown.runs.variance import _parts

    values = np.random.default_rng(1).normal(size=(12, 5)) + np.arange(12)[:, None]
    parts = _parts(values)

    def epistemic(some):
        return some.mean(axis=1).var(ddof=1) - some.var(axis=1, ddof=1).mean() / 5

    left_out = [epistemic(np.delete(values, k, axis=0)) for k in range(12)]
    assert parts["epistemic"] == pytest.approx(epistemic(values))
    assert parts["epistemic_se"] == pytest.approx(np.std(left_out) * np.sqrt(11))
    errors = np.random.default_rng(2).normal(size=(200, 400, 4))
    found = np.array([_parts(each)["epistemic_se"] for each in errors[:50]])
    true = np.std([_parts(each)["epistemic"] for each in errors], ddof=1)
    assert found.mean() == pytest.approx(true, rel=0.2)


def test_histories_of_a_draw_share_the_world_and_not_the_luck():
    run = dd.simulate(gamma_poisson(), trials=60, samples=20, seed=7, progress=False)
    inputs = run.inputs[FACTOR].to_numpy().reshape(20, 3)
    assert (inputs == inputs[:, :1]).all()
    assert len(np.unique(inputs)) == 20
    assert inputs[:, 0].tolist() == run.samples.values[FACTOR].tolist()
    # They are those of the first trials of an ordinary run under the seed.
    usual = dd.simulate(gamma_poisson(), trials=20, seed=7, progress=False)
    assert usual.inputs[FACTOR].tolist() == inputs[:, 0].tolist()
    attacks = run.values("attacks").reshape(20, 3)
    assert (attacks != attacks[:, :1]).any()
    assert run.origin["draws_asked"] == 20
    assert run.origin["trials_per_draw"] == 3
    assert run.origin["design"] == "random"
    assert "20 samples (random)" in run.origin_line


LAWS = {
    "uniform": {"uniform": [1, 3]},
    "triangular": {"triangular": [1, 2, 5]},
    "pert": {"pert": [0.5, 1, 4]},
    "lognormal": {"lognormal": {"median": 2, "sigma": 0.6}},
    "gamma": {"gamma": {"shape": 2.5, "mean": 3}},
    "beta": {"beta": [2, 5]},
    "exponential": {"exponential": {"mean": 2}},
    "truncated_normal": {"truncated_normal": {"mean": 1, "sd": 1, "low": 0.5, "high": 2}},
    "empirical": {"empirical": [1, 2, 2, 5]},
    "constant": {"constant": 1.5},
    "mixture": {
        "mixture": [
            {"weight": 1, "value": {"uniform": [1, 2]}},
            {"weight": 3, "value": {"mixture": [{"weight": 1, "value": 2.5}]}},
        ]
    },
}


@pytest.mark.parametrize("law", LAWS)
def test_designs_follow_the_laws_that_the_core_draws_from(law):
    scenario = gamma_poisson(rate_factor=LAWS[law])
    random = dd.sample_inputs(scenario, 20_000, seed=1)[FACTOR]
    for design in ("latin", "sobol"):
        even = dd.sample_inputs(scenario, 4_096, seed=2, design=design)[FACTOR]
        if law == "constant":
            assert (even == 1.5).all()
            assert (random == 1.5).all()
            continue
        # The even design has next to no noise: that of the core's own draws is all there is.
        error = random.std() / np.sqrt(len(random))
        assert even.mean() == pytest.approx(random.mean(), abs=4 * error)
        assert stats.ks_2samp(random, even).statistic < 1.95 / np.sqrt(4_096)


@pytest.mark.parametrize(
    ("law", "due"),
    [
        ({"triangular": [2, 2, 2]}, 2),
        ({"pert": [2, 2, 2]}, 2),
        ({"truncated_normal": {"mean": 1, "sd": 0, "low": 0.5, "high": 2}}, 1),
        ({"truncated_normal": {"mean": 3, "sd": 0, "low": 0.5, "high": 2}}, 2),
        ({"truncated_normal": {"mean": 0, "sd": 0, "low": 0.5, "high": 2}}, 0.5),
        ({"truncated_normal": {"mean": 1, "sd": 1, "low": 2, "high": 2}}, 2),
    ],
)
def test_a_law_of_one_point_is_that_point(law, due):
    scenario = gamma_poisson(rate_factor=law)
    for design in ("random", "latin", "sobol"):
        assert (dd.sample_inputs(scenario, 8, seed=1, design=design)[FACTOR] == due).all()


def test_the_normal_law_too():
    from drawdown.runs.samples import at_uniforms

    u = (np.arange(1_000) + 0.5) / 1_000
    assert at_uniforms({"normal": {"mean": 3, "sd": 2}}, u).std() == pytest.approx(2, rel=0.01)


def test_a_latin_hypercube_has_one_value_in_each_part():
    scenario = gamma_poisson(rate_factor={"uniform": [0, 1]})
    values = dd.sample_inputs(scenario, 50, seed=3, design="latin")[FACTOR]
    assert sorted((values * 50).astype(int)) == list(range(50))
    again = dd.sample_inputs(scenario, 50, seed=3, design="latin")
    assert again[FACTOR].tolist() == values.tolist()


@pytest.mark.parametrize("design", ["random", "latin", "sobol"])
def test_ranks_are_correlated_as_asked_and_values_stay(iraq, design):
    paths = [
        "world.threats.militias.rate_factor",
        "world.insurgency.strength",
        "world.insurgency.pressure",
    ]
    asked = {(paths[0], paths[1]): 0.7, (paths[1], paths[2]): -0.4}
    plain = dd.sample_inputs(iraq, 1_024, seed=5, design=design)
    tied = dd.sample_inputs(iraq, 1_024, seed=5, design=design, correlation=asked)
    ranks = tied[paths].corr("spearman").to_numpy()
    # Ranks of 1,024 pairs; normal scores are tied exactly, ranks nearly.
    assert ranks[0, 1] == pytest.approx(0.7, abs=0.03)
    assert ranks[1, 2] == pytest.approx(-0.4, abs=0.03)
    assert ranks[0, 2] == pytest.approx(0, abs=0.03)
    for path in plain:
        assert sorted(plain[path]) == sorted(tied[path])
        if path not in paths:
            assert plain[path].tolist() == tied[path].tolist()


def test_a_table_is_run_as_it_is(iraq):
    path = "world.threats.militias.rate_factor"
    table = pd.DataFrame({path: [0.5, 1.0, 2.0]})
    run = dd.simulate(iraq, trials=12, samples=table, seed=7, progress=False)
    assert run.inputs[path].tolist() == np.repeat([0.5, 1.0, 2.0], 4).tolist()
    assert run.origin["design"] == "table"
    # What it leaves out is drawn, once for each row.
    left_out = run.inputs["world.insurgency.strength"].to_numpy().reshape(3, 4)
    assert (left_out == left_out[:, :1]).all()
    assert len(set(left_out[:, 0])) == 3
    fair = dd.sample_inputs(iraq, 4, seed=1, design="latin")
    whole = dd.simulate(iraq, trials=4, samples=fair, seed=7, progress=False)
    assert whole.origin["design"] == "latin"
    assert np.array_equal(whole.inputs.to_numpy(), fair.to_numpy())


def test_refused_draws_are_told_and_not_run(tmp_path):
    contagion = {"children_per_attack": {"uniform": [0, 1.2]}, "decay_days": 5}
    scenario = gamma_poisson(contagion=contagion)
    path = "world.threats.group.contagion.children_per_attack"
    table = pd.DataFrame({FACTOR: 1.0, path: [0.1, 1.1, 0.3, 0.5]})
    run = dd.simulate(scenario, trials=40, samples=table, seed=7, progress=False)
    assert run.trials == 30
    assert run.origin["trials_asked"] == 30
    assert (run.origin["draws_asked"], run.origin["draws_refused"]) == (4, 1)
    assert run.samples.refused[path].tolist() == [1.1]
    assert run.by_sample("attacks").index.tolist() == [0, 2, 3]
    assert "3 samples (table, 1 more refused)" in run.origin_line

    run.save(tmp_path / "run.npz")
    again = dd.load(tmp_path / "run.npz")
    assert again.origin == run.origin
    assert again.samples.asked.equals(run.samples.asked)
    assert again.variance().equals(run.variance())
    # Trial 25 has the values of the fourth row: it comes out as it was.
    assert again.trial(25).measures.equals(run.trial(25).measures)
    assert again.trial(25).inputs[path] == 0.5
    assert again.events([25]).to_pandas().equals(run.events([25]).to_pandas())
    with pytest.raises(ValueError, match="attacks would never end"):
        dd.simulate(scenario, trials=2, samples=table.iloc[[1]], seed=7, progress=False)


def test_an_interrupted_run_has_the_draws_that_are_whole(iraq):
    def stop(done):
        if done >= 7:
            raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted) as caught:
        dd.simulate(iraq, trials=100_000, samples=20_000, seed=7, threads=1, progress=stop)
    run = caught.value.partial
    assert len(run.by_sample("attacks")) == run.trials // 5


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"samples": 7}, r"100 trials cannot be shared among 7 samples alike: ask for 98"),
        ({"samples": 200}, "ask for 200"),
        ({"samples": 0}, "`samples` must be at least 1"),
        ({"samples": pd.DataFrame({"world.rate": [1.0]})}, "no range at `world.rate`"),
        ({"samples": pd.DataFrame({FACTOR[:-1]: [1.0]})}, f"did you mean `{FACTOR}`"),
        ({"samples": pd.DataFrame({FACTOR: [-1.0]})}, "-1 for `world.threats.group.rate_factor`"),
    ],
)
def test_draws_that_cannot_be_run(given, message):
    with pytest.raises(ValueError, match=message):
        dd.simulate(gamma_poisson(), trials=100, seed=7, progress=False, **given)


def test_designs_that_cannot_be_made(iraq):
    one, two, three = iraq._compiled.ranges()[:3]
    far = {(one[0], two[0]): 0.9, (two[0], three[0]): 0.9, (one[0], three[0]): -0.9}
    for given, message in [
        ({"design": "sobol"}, "power of two of samples, such as 128"),
        ({"design": "cube"}, "`design` is one of random, latin, sobol"),
        ({"correlation": far}, "contradict each other"),
        ({"correlation": {(one[0], one[0]): 0.5}}, "cannot have a rank correlation"),
        ({"correlation": {("nowhere", one[0]): 0.5}}, "no range at `nowhere`"),
    ]:
        with pytest.raises(ValueError, match=message):
            dd.sample_inputs(iraq, 100, seed=1, **given)
    with pytest.raises(ValueError, match="`count` must be at least 1, not 0"):
        dd.sample_inputs(iraq, 0)
    with pytest.raises(ValueError, match="has no ranges"):
        dd.sample_inputs(gamma_poisson(rate_factor=1), 10)


def test_two_levels_need_shared_draws(run, iraq):
    with pytest.raises(ValueError, match="simulate with `samples=`"):
        run.variance()
    few = dd.simulate(iraq, trials=4, samples=4, seed=7, progress=False)
    with pytest.raises(ValueError, match="4 samples of 1 histories"):
        few.variance()


def test_errors_of_a_run_are_those_between_draws():
    factor = {"lognormal": {"median": 1, "sigma": 0.5}}
    ratio = {"lognormal": {"median": {"uniform": [0.7, 1.4]}, "sigma": 0.1}}
    scenario = gamma_poisson(rate_factor=factor).replace(
        {
            "plan": {
                "phases": {
                    "leave": {
                        "duration_ratio": ratio,
                        "announced_start": "2025-02-01",
                        "announced_finish": "2025-06-01",
                        "moves": {"all": {"site": "base", "contingent": "us"}},
                    }
                },
            }
        }
    )
    runs = [
        dd.simulate(scenario, trials=400, samples=40, seed=seed, progress=False)
        for seed in range(60)
    ]
    means = [run.values("attacks").mean() for run in runs]
    said = [run.summary().loc["attacks", "standard_error"] for run in runs]
    # An error of 60 means is known to 1 / sqrt(120); one that took histories for independent
    # would be three times too small.
    assert np.mean(said) == pytest.approx(np.std(means, ddof=1), rel=0.37)
    mets = [run.finish_dates().loc[("phase", "leave")] for run in runs]
    scatter = np.std([row["chance_met"] for row in mets], ddof=1)
    assert np.mean([row["chance_met_se"] for row in mets]) == pytest.approx(scatter, rel=0.37)
    alike = np.sqrt(mets[0]["chance_met"] * (1 - mets[0]["chance_met"]) / 400)
    assert mets[0]["chance_met_se"] > 2 * alike
    tails = [run.exceedance("attacks", levels=[20]).loc[20] for run in runs]
    due = np.mean([row["probability"] for row in tails])
    scatter = np.std([row["probability"] for row in tails], ddof=1)
    assert np.mean([row["standard_error"] for row in tails]) == pytest.approx(scatter, rel=0.37)
    held = [row["low"] <= due <= row["high"] for row in tails]
    assert sum(held) >= stats.binom.ppf(1e-4, 60, 0.95)
    # A summary does not tell which trials share a draw: they count as no more than the draws.
    kept = dd.simulate(scenario, trials=400, samples=40, seed=0, progress=False, keep="summary")
    row = kept.exceedance("attacks", levels=[1e6]).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((0, 1 - 0.025 ** (1 / 40)))
    assert np.isnan(row["standard_error"])
    met = kept.finish_dates().loc[("phase", "leave")]
    assert met["chance_met_low"] < mets[0]["chance_met_low"]
    assert met["chance_met_high"] > mets[0]["chance_met_high"]
    assert np.isnan(runs[0].tail("attacks").standard_error)
    by_site = runs[0].summary("site").loc[("attacks", "base"), "standard_error"]
    assert by_site == pytest.approx(said[0])


def test_a_difference_of_plans_has_the_error_between_draws():
    more = gamma_poisson().replace({"world.threats.group.attacks_per_day": 0.2})
    given = {"stay": False, "same_world": False, "seed": 7, "progress": False}
    plans = {"less": gamma_poisson(), "more": more}
    row = dd.compare(plans, trials=4_000, samples=400, **given).table().loc[("attacks", "more")]
    # A gamma number of variance 400, and Poisson noise of variance 40 in each of ten histories.
    assert row["standard_error"] == pytest.approx(np.sqrt(404 / 400), rel=0.2)
    assert row["difference"] == pytest.approx(40, abs=4 * row["standard_error"])


@pytest.mark.parametrize(("wrong", "error"), [(0, ValueError), ("a", TypeError), (2.0, TypeError)])
def test_a_wrong_number_of_samples_is_named(iraq, wrong, error):
    with pytest.raises(error, match="`samples` must be"):
        dd.simulate(iraq, trials=10, samples=wrong, progress=False)


def test_draws_of_one_history_each_say_what_trials_say(iraq):
    runs = [
        dd.simulate(iraq, trials=60, seed=7, progress=False, **how) for how in ({}, {"samples": 60})
    ]
    pd.testing.assert_frame_equal(runs[0].finish_dates(), runs[1].finish_dates())
    pd.testing.assert_frame_equal(runs[0].summary(), runs[1].summary())


@pytest.mark.parametrize("each", [2, 5])
def test_the_error_of_a_mean_is_that_of_the_means_of_samples(each):
    run = dd.simulate(gamma_poisson(), trials=40 * each, samples=40, seed=7, progress=False)
    means = run.values("attacks").reshape(40, each).mean(axis=1)
    found = run.summary().loc["attacks", "standard_error"]
    assert found == pytest.approx(stats.sem(means))


def test_a_mixture_is_finite_where_its_parts_meet():
    from drawdown.runs.samples import at_uniforms

    parts = [{"weight": 1, "value": {"normal": {"mean": mean, "sd": 1}}} for mean in (-50, 50)]
    found = at_uniforms({"mixture": parts}, np.array([0.25, 0.5, 0.75]))
    assert np.isfinite(found).all()
    assert found[[0, 2]] == pytest.approx([-50, 50])
    assert 40 < found[1] < 50
