import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drawdown as dd
from drawdown import _core

BREAKDOWNS = ["site", "contingent", "threat", "phase", "gate", "state", "month"]


def quantile(values, share):
    """The least value that at least that share do not exceed, missing ones last."""
    ordered = np.sort(values)  # NaN goes last
    return ordered[int(np.ceil(share * values.size - 1e-9)) - 1]


@pytest.mark.parametrize("by", [None, *BREAKDOWNS])
def test_summary_agrees_with_numpy(run, by):
    summary = run.summary(by)
    expected = [(name, unit) for name, b, unit, _ in _core.measures() if b == (by or "")]
    columns = 1 if by is None else run.dataset().sizes[by]
    assert len(summary) == len(expected) * columns
    for name, unit in expected:
        values = np.asarray(run.values(name, by)).reshape(run.trials, -1)
        rows = summary.loc[[name]]
        assert set(rows["unit"]) == {unit}
        for column, (_, row) in zip(values.T, rows.iterrows(), strict=True):
            there = column[~np.isnan(column)]
            assert row["missing"] == column.size - there.size
            if there.size == 0:  # such as the finish at a site that nobody is to leave
                assert row[["mean", "standard_error", "p10", "p50", "p80", "p90"]].isna().all()
                continue
            assert row["mean"] == pytest.approx(there.mean(), rel=1e-9)
            error = there.std(ddof=1) / np.sqrt(there.size)
            assert row["standard_error"] == pytest.approx(error, rel=1e-6, abs=1e-9)
            for share in (10, 50, 80, 90):
                at = quantile(column, share / 100)
                np.testing.assert_equal(row[f"p{share}"], at, err_msg=f"{name} p{share}")


def test_a_summary_of_nothing_is_empty(minimal):
    run = dd.simulate(minimal, trials=20, seed=1, progress=False)
    empty = run.summary("outcome")
    assert empty.empty
    assert empty.index.names == ["measure", "outcome"]
    assert list(empty.columns) == list(run.summary("site").columns)


def test_summary_is_indexed(run):
    assert run.summary().index.name == "measure"
    by_site = run.summary("site")
    assert by_site.index.names == ["measure", "site"]
    parts = by_site.loc["attacks", "mean"].sum()
    assert parts == pytest.approx(run.summary().loc["attacks", "mean"])


def test_what_is_not_there_is_refused(run):
    with pytest.raises(ValueError, match="no breakdown by `base`; there are site"):
        run.summary("base")
    with pytest.raises(ValueError, match="no measure `atacks`"):
        run.values("atacks")
    for index in (-1, 500):
        with pytest.raises(ValueError, match="was not run"):
            run.trial(index)


def test_dates_agree_with_the_values(run, iraq):
    dates = run.finish_dates()
    assert dates.index.names == ["of", "id"]
    assert ("site", "syria") not in dates.index, "nobody is to leave it"
    start = pd.Timestamp(iraq.start)
    for (of, name), row in dates.iterrows():
        by = None if of == "overall" else of
        values = run.values("finish_days", by)
        if by:
            values = values[name]
        days = np.floor(values)
        announced = (row["announced"] - start).days
        assert row["chance_met"] == np.mean(days <= announced)
        assert row["mean_slip_days"] == pytest.approx(np.nanmean(values) - announced)
        assert row["unfinished"] == np.isnan(values).mean()
        for share in (10, 50, 80, 90):
            expected = start + pd.Timedelta(days=quantile(days, share / 100))
            assert row[f"p{share}"] == expected
        chance = row["chance_met"]
        error = np.sqrt(chance * (1 - chance) / 500) or np.nan
        assert row["chance_met_se"] == pytest.approx(error, nan_ok=True)
        due = stats.binomtest(round(500 * chance), 500).proportion_ci(0.95, method="exact")
        ends = (row["chance_met_low"], row["chance_met_high"])
        assert ends == pytest.approx((due.low, due.high))


def test_the_announced_dates_are_those_of_the_plan(run):
    announced = run.finish_dates()["announced"].dt.strftime("%Y-%m-%d")
    assert announced["phase"].to_dict() == {"first": "2025-09-30", "second": "2026-12-31"}
    assert announced["site"].to_dict() == {
        "asad": "2025-09-30",
        "baghdad": "2026-12-31",
        "erbil": "2026-12-31",
    }
    assert announced["overall", ""] == "2026-12-31"


def test_a_plan_without_uncertainty_keeps_its_promise(minimal):
    exact = minimal.replace({"plan.phases.leave.duration_ratio": 1})
    dates = dd.simulate(exact, trials=20, seed=1).finish_dates()
    assert len(dates) == 4
    for name in ["announced", "p10", "p50", "p80", "p90"]:
        assert (dates[name] == pd.Timestamp("2025-09-30")).all()
    assert (dates["chance_met"] == 1).all()
    assert (dates["mean_slip_days"] == 0).all()
    # A finish within the announced day meets it; one at midnight after it does not.
    for days, met in [(213.5, 1), (214, 0)]:
        ratio = exact.replace({"plan.phases.leave.duration_ratio": days / 213})
        dates = dd.simulate(ratio, trials=20, seed=1).finish_dates()
        assert (dates["chance_met"] == met).all()


def test_to_be_told_to_leave_is_no_promise_kept(minimal):
    host = {"expulsion": {"per_day": 0, "unprovoked_per_day": 0.004, "notice_days": 10}}
    told = minimal.replace({"world.host": host})
    run = dd.simulate(told, trials=40, seed=1, progress=False)
    kinds = [list(run.trial(k).events["kind"]) for k in range(40)]
    first = [k.index("expelled") < k.index("phase_finished") for k in kinds if "expelled" in k]
    dates = run.finish_dates()
    assert 0.2 < np.sum(first) / 40 < 0.9
    assert (dates["expelled"] == np.sum(first) / 40).all()
    kept = dd.simulate(told, trials=40, seed=1, keep="summary", progress=False).finish_dates()
    assert kept["expelled"].isna().all()
    never = dd.simulate(minimal, trials=4, seed=1, progress=False).finish_dates()
    assert (never["expelled"] == 0).all()


def test_what_is_not_reached_is_missing(minimal):
    late = minimal.replace({"horizon": "2025-10-15", "plan.phases.leave.duration_ratio": 2})
    run = dd.simulate(late, trials=20, seed=1)
    row = run.finish_dates().loc[("overall", "")]
    assert pd.isna(row[["p10", "p50", "p80", "p90", "mean_slip_days"]]).all()
    assert (row["chance_met"], row["unfinished"]) == (0, 1)
    assert run.summary().loc["finish_days", "missing"] == 20
    assert np.isnan(run.values("finish_days")).all()


def test_nothing_planned_gives_no_dates(minimal):
    run = dd.simulate(minimal.replace({"plan": None}), trials=20, seed=1)
    assert len(run.finish_dates()) == 0
    assert list(run.finish_dates().columns)[:2] == ["announced", "p10"]
    assert "Until 2027-01-01" in str(run)


def test_dataset_has_the_measures_of_every_trial(run):
    data = run.dataset()
    for name, by, unit, what in _core.measures():
        if by and not run.ids(by):
            assert f"{name}_by_{by}" not in data
            continue
        variable = data[f"{name}_by_{by}" if by else name]
        assert variable.dims == (("trial", by) if by else ("trial",))
        assert variable.attrs == {"units": unit, "long_name": what.rstrip(".")}
        np.testing.assert_array_equal(variable, run.values(name, by or None))
    np.testing.assert_array_equal(data["attacks"], data["attacks_by_site"].sum("site"))
    np.testing.assert_array_equal(data["trial"], np.arange(500))


def test_dataset_has_weekly_bands(run, iraq):
    data = run.dataset()
    weeks = data["week"].values
    assert weeks[0] == np.datetime64(iraq.start)
    assert (np.diff(weeks) == np.timedelta64(7, "D")).all()
    assert np.datetime64(iraq.horizon) - weeks[-1] < np.timedelta64(7, "D")
    assert data["people_by_site"].dims == ("site", "quantile", "week")
    assert data["announced_people"].dims == ("site", "week")
    assert data["tension_share"].dims == ("state", "week")
    np.testing.assert_allclose(data["tension_share"].sum("state"), 1)
    np.testing.assert_allclose(data["people_by_site_mean"].sum("site"), data["people_mean"])
    for name in ("people", "attacks_so_far", "wounded_so_far", "killed_so_far"):
        assert data[name].dims == ("quantile", "week")
        assert data[f"{name}_mean"].dims == ("week",)
        assert (data[name].diff("quantile") >= 0).all()
    assert (data["attacks_so_far"].diff("week") >= 0).all()
    assert all(set(v.attrs) == {"units", "long_name"} for v in data.data_vars.values())


def test_people_before_and_after(run):
    data = run.dataset()
    at_first = data["people_by_site"].isel(week=0).sel(quantile=0.5)
    assert at_first.to_series().to_dict() == {
        "asad": 1180,
        "baghdad": 1060,
        "erbil": 1230,
        "syria": 900,
    }
    at_last = data["announced_people"].isel(week=-1).to_series()
    assert at_last.to_dict() == {"asad": 0, "baghdad": 100, "erbil": 0, "syria": 900}


def test_origin(run, iraq):
    assert run.dataset().attrs == run.origin | {"seed": "7"}
    assert run.origin == {
        "title": iraq.title,
        "scenario_hash": iraq.hash,
        "seed": 7,
        "trials_asked": 500,
        "trials_run": 500,
        "trials_capped": 0,
        "version": dd.__version__,
    }
    assert (run.trials, run.seed, run.scenario) == (500, 7, iraq)


def test_shows_itself(run):
    text = str(run)
    assert max(map(len, text.splitlines())) <= 120
    assert "2026-12-31" in text
    assert run.origin_line in text
    assert "\n" not in repr(run)
    html = run._repr_html_()
    assert html.count("<table>") == html.count("</table>") == 2
    assert "contingent germany" in html


def test_long_names_do_not_widen_the_tables(minimal):
    name = "a_name_that_goes_on_and_on_and_on"
    mapping = minimal.to_dict()
    mapping["plan"]["phases"][name] = mapping["plan"]["phases"].pop("leave")
    run = dd.simulate(mapping, trials=20, seed=1)
    tables = str(run).split("\n", 1)[1]
    assert max(map(len, tables.splitlines())) <= 100
    assert "phase a_name_that…" in tables


def test_a_misspelt_measure_is_recognized(run, tmp_path):
    run.save(tmp_path / "run.npz")
    for results in (run, dd.load(tmp_path / "run.npz")):
        with pytest.raises(ValueError, match="no measure `kiled`; did you mean `killed`"):
            results.values("kiled")
        with pytest.raises(ValueError, match="there are attacks, ") as refusal:
            results.values("zzz")
        assert "attacks by site" in str(refusal.value)
        assert "by outcome" not in str(refusal.value), "there are no outcomes"


def test_what_is_0_in_every_trial_is_not_shown_but_named(minimal):
    answered = {"world.threats.militia.retaliation": {"after_killed": 0, "after_wounded": 0}}
    run = dd.simulate(minimal.replace(answered), trials=20, seed=1)
    table, notes = str(run).split("met: done on")
    assert "strikes" not in table
    assert "strikes" in notes
    assert run.summary().loc["strikes", "mean"] == 0
    assert "barrages" not in notes, "what the scenario has not got is not spoken of"
    assert run.summary().loc["barrages", "mean"] == 0
    assert "\nkilled " in table, "what plans are judged by is always shown"
    first = table.index("attacks_on_the_way"), table.index("finish_days"), table.index("\nattacks ")
    assert first == tuple(sorted(first))


def test_values_by_an_id_are_a_table(run):
    data, again = run.dataset(), run.trial(17).measures
    for name, by, _, _ in _core.measures():
        found = run.values(name, by or None)
        if not by:
            assert isinstance(found, np.ndarray)
            assert found.shape == (run.trials,)
            continue
        assert list(found.columns) == run.ids(by)
        assert (found.columns.name, found.index.name) == (by, "trial")
        assert list(found.index) == list(range(run.trials))
        for each in found.columns:
            due = data[f"{name}_by_{by}"].sel({by: each}).to_numpy()
            np.testing.assert_array_equal(found[each], due)
            np.testing.assert_array_equal(found.loc[17, each], again[f"{name}_by_{by}.{each}"])
    with pytest.raises(ValueError, match="there is no measure"):
        run.values("harm", "site")
