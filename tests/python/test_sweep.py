import numpy as np
import pytest

import drawdown as dd
from test_draws import FACTOR, gamma_poisson

RATE = "world.threats.group.attacks_per_day"
PAUSE = "plan.breathing_room.pause_days"


def test_a_sweep_finds_the_means_that_there_are():
    # Attacks in 400 days at .1 a day times the factor: Poisson.
    tried = {FACTOR: [0.5, 1, 2], RATE: [0.1, 0.2]}
    found = dd.sweep(gamma_poisson(), tried, trials=4_000, seed=7, progress=False).dataset()
    assert set(found.coords) == {FACTOR, RATE, "measure", "quantile", "unit"}
    for factor in (0.5, 1, 2):
        for rate in (0.1, 0.2):
            at = found.sel({"measure": "attacks", FACTOR: factor, RATE: rate})
            due = 400 * rate * factor
            error = np.sqrt(due / 4_000)
            assert at["mean"].item() == pytest.approx(due, abs=4 * error)
            assert at["standard_error"].item() == pytest.approx(error, rel=0.1)
            # Under common random numbers the more holds the less: the rest is Poisson too.
            rest = due - 20
            error = np.sqrt(rest / 4_000)
            assert at["difference"].item() == pytest.approx(rest, abs=4 * error)
            assert at["difference_error"].item() == pytest.approx(error, rel=0.1)
    assert found["unit"].sel(measure="attacks").item() == "attacks"
    assert found.attrs["seed"] == "7"


def test_a_sweep_says_what_its_runs_say(iraq):
    swept = dd.sweep(iraq, {PAUSE: [0, 120]}, trials=100, seed=7, progress=False)
    found = swept.dataset()
    for days in (0, 120):
        run = dd.simulate(iraq.replace({PAUSE: days}), trials=100, seed=7, progress=False)
        summary = run.summary()
        at = found.sel({PAUSE: days})
        for measure in summary.index:
            row, ours = summary.loc[measure], at.sel(measure=measure)
            assert ours["mean"].item() == pytest.approx(row["mean"], nan_ok=True)
            assert ours["standard_error"].item() == pytest.approx(
                row["standard_error"], nan_ok=True
            )
            assert ours["missing"].item() == row["missing"]
            quantile = ours["quantile_value"].sel(quantile=0.8).item()
            assert np.isinf(quantile) == np.isnan(row["p80"])
            if np.isfinite(quantile):
                assert quantile == pytest.approx(row["p80"])
        by_site = swept.dataset("site").sel({PAUSE: days, "site": "erbil", "measure": "attacks"})
        expected = run.summary("site").loc[("attacks", "erbil"), "mean"]
        assert by_site["mean"].item() == pytest.approx(expected)
    assert swept.dataset("event").sizes["event"] == 1
    assert "100 trials at each point" in repr(swept)
    assert "<table" in swept._repr_html_()


def test_dates_and_tables_can_be_swept(iraq):
    path = "plan.phases.first.announced_finish"
    dates = ["2025-09-30", "2025-12-31"]
    swept = dd.sweep(iraq, {path: dates}, trials=20, seed=7, progress=False)
    assert swept.dataset()[path].values.tolist() == dates
    laws = [0.4, {"uniform": [0, 1]}]
    key = "world.threats.militias.presence_elasticity"
    named = dd.sweep(iraq, {key: laws}, trials=20, seed=7, progress=False).dataset()[key]
    assert named.values.tolist() == ["0.4", "{'uniform': [0, 1]}"]


def test_figures_of_sweeps(iraq):
    swept = dd.sweep(iraq, {PAUSE: [0, 60, 120]}, trials=40, seed=7, progress=False)
    drawn = swept.plot(["attacks", "killed"])
    means = swept.dataset()["mean"].sel(measure="attacks").values
    assert drawn[0].lines[0].get_ydata().tolist() == means.tolist()
    two = {PAUSE: [0, 60], "plan.breathing_room.extension_days": [0, 30, 60]}
    both = dd.sweep(iraq, two, trials=20, seed=7, progress=False)
    (ax,) = both.plot(["attacks"])
    assert ax.images[0].get_array().shape == (3, 2)
    with pytest.raises(ValueError, match="no measure `nothing`"):
        swept.plot(["nothing"])
    three = dd.sweep(iraq, {**two, "plan.review_every_days": [7]}, trials=5, seed=7, progress=False)
    with pytest.raises(ValueError, match="one path or two, not 3"):
        three.plot()


def test_sweeps_that_cannot_be(iraq):
    for values, message in [
        ({}, "give a path"),
        ({PAUSE: []}, "different values"),
        ({PAUSE: [1, 1]}, "different values"),
    ]:
        with pytest.raises(ValueError, match=message):
            dd.sweep(iraq, values, trials=1)
    with pytest.raises(dd.ScenarioError) as caught:
        dd.sweep(iraq, {PAUSE: [0, -1]}, trials=1)
    assert f"at {PAUSE} = -1" in caught.value.__notes__[-1]


def test_an_interrupted_sweep_keeps_what_was_done():
    def stop(done):
        if done > 500:
            raise KeyboardInterrupt

    given = {"trials": 500, "seed": 7, "threads": 1, "progress": stop}
    with pytest.raises(dd.Interrupted) as caught:
        dd.sweep(gamma_poisson(), {FACTOR: [1, 2, 3]}, **given)
    assert list(caught.value.partial) == [(1,), (2,)]
    assert caught.value.partial[(1,)].trials == 500


def test_sides_of_a_dispute_are_cases(iraq):
    key = "world.threats.militias.presence_elasticity"
    sides = {"no magnet": {key: 0}, "magnet": {key: 0.8}, "as written": {}}
    found = dd.compare_worlds(iraq, sides, trials=200, seed=7, progress=False)
    assert list(found.runs) == list(sides)
    assert found.runs["as written"].scenario == iraq
    # The more troops draw attacks, the fewer fall on what is left of them.
    row = found.table("site").loc[("attacks", "baghdad", "magnet")]
    assert row["high"] < 0
