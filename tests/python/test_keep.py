import inspect

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown import _core

BREAKDOWNS = [None, "site", "contingent", "threat", "phase", "gate", "state", "month"]
FIGURES = ["schedule", "finish", "attacks", "exceedance"]
# How far a quantile is rounded down: days, person-days and costs by their size, shares.
PER_DAY, PERSON_DAYS, SHARE = 1 / 16, 1 / 4_096, 1 / 4_096


@pytest.fixture(scope="module")
def summary(iraq):
    """The summary of the trials of `run`."""
    return dd.simulate(iraq, trials=500, seed=7, progress=False, keep="summary")


@pytest.fixture(scope="module", params=["as it was run", "saved and loaded"])
def kept(request, summary, tmp_path_factory):
    if request.param == "as it was run":
        return summary
    path = tmp_path_factory.mktemp("saved") / "summary.npz"
    summary.save(path)
    return dd.load(path)


def test_what_is_kept(run, kept):
    assert (run.keep, kept.keep) == ("trials", "summary")
    assert (kept.trials, kept.origin) == (500, run.origin)


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_summaries_are_those_of_every_trial(run, kept, by):
    exact, rounded = run.summary(by), kept.summary(by)
    same = ["unit", "mean", "standard_error", "missing"]
    pd.testing.assert_frame_equal(rounded[same], exact[same], check_exact=True)
    for name in ("p10", "p50", "p80", "p90"):
        off = exact[name] - rounded[name]
        most = exact["unit"].map({"days": PER_DAY, "share": SHARE}).astype(float).fillna(0)
        most = most.where(
            ~exact["unit"].isin(["person-days", "cost"]), np.maximum(exact[name] * PERSON_DAYS, 1)
        )
        assert ((off >= 0) & (off <= most) | exact[name].isna()).all()
        assert (exact[name].isna() == rounded[name].isna()).all()


def test_dates_and_bands_are_those_of_every_trial(run, kept):
    rounded, exact = (which.finish_dates() for which in (kept, run))
    # Which of two moments comes first, history by history, no summary knows.
    assert rounded.pop("expelled").isna().all()
    assert (exact.pop("expelled") > 0).any()
    pd.testing.assert_frame_equal(rounded, exact, check_exact=True)
    assert kept.weekly().identical(run.weekly())
    assert str(kept).splitlines()[:12] == str(run).splitlines()[:12]


@pytest.mark.parametrize("kind", ["aggregate", "occurrence"])
@pytest.mark.parametrize("measure", ["killed", "wounded", "casualties"])
def test_losses_are_those_of_every_trial(run, kept, measure, kind):
    curves = [which.exceedance(measure, kind) for which in (kept, run)]
    pd.testing.assert_frame_equal(*curves, check_exact=True)
    assert kept.tail(measure, 0.05, kind) == run.tail(measure, 0.05, kind)


def test_distributions_count_the_values_of_every_trial(run, kept):
    for name, by, unit, _ in _core.measures():
        columns = np.asarray(run.values(name, by or None)).reshape(run.trials, -1).T
        found = kept.distribution(name, by or None)
        groups = [found] if not by else [found[found[by] == key] for key in run.ids(by)]
        for values, group in zip(columns, groups, strict=True):
            assert group["trials"].sum() == 500
            if not unit.endswith("days") and unit not in ("share", "cost"):
                level, trials = np.unique(values, return_counts=True)
                np.testing.assert_array_equal(group["level"], level)
                np.testing.assert_array_equal(group["trials"], trials)
            elif unit == "days":
                rounded = np.sort(np.floor(values * 16) / 16)
                np.testing.assert_array_equal(group["level"].repeat(group["trials"]), rounded)


def test_distributions_of_kept_trials(run, tmp_path):
    run.save(tmp_path / "run.npz")
    loaded = dd.load(tmp_path / "run.npz")
    for name, by, _, _ in _core.measures():
        tables = [which.distribution(name, by or None) for which in (run, loaded)]
        pd.testing.assert_frame_equal(*tables, check_exact=True)
    with pytest.raises(ValueError, match="no measure `atacks`"):
        run.distribution("atacks")


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_those_of_every_trial(run, kept, name, tmp_path):
    pictures = []
    for which in (run, kept):
        file = tmp_path / f"{len(pictures)}.png"
        np.ravel(getattr(which.plot, name)())[0].figure.savefig(file)
        pictures.append(file.read_bytes())
    assert pictures[0] == pictures[1]


def test_single_trials_are_simulated_once_more(run, kept):
    for index in (0, 499):
        pd.testing.assert_frame_equal(kept.trial(index).events, run.trial(index).events)
        pd.testing.assert_series_equal(kept.trial(index).measures, run.trial(index).measures)
    for index in (-1, 500):
        with pytest.raises(ValueError, match="was not run"):
            kept.trial(index)


def test_events_are_simulated_once_more(run, kept):
    some = [499, 3]
    events = [which.events(some).to_pandas() for which in (kept, run)]
    pd.testing.assert_frame_equal(*events, check_exact=True)
    with pytest.raises(ValueError, match="was not run"):
        kept.events([0, 500])


def test_what_needs_every_trial_says_so(kept):
    asked = [
        ("values", lambda: kept.values("attacks")),
        ("inputs", lambda: kept.inputs),
        ("dataset", kept.dataset),
        ("plot.joint", lambda: kept.plot.joint("2026-12-31", 100)),
    ]
    for what, ask in asked:
        with pytest.raises(ValueError, match=f"`{what}` needs .* simulate with keep='trials'"):
            ask()


def test_breathing_room_is_that_of_every_trial(run, kept):
    """But for the days of those trials in which it was used up."""
    ax, its = run.plot.breathing_room(), kept.plot.breathing_room()
    none, *bars = ax.patches
    alone, *held = its.patches
    assert alone.get_height() == none.get_height()
    both = np.add(*np.array_split([bar.get_height() for bar in bars], 2))
    np.testing.assert_allclose([bar.get_height() for bar in held], both, atol=1e-12)
    assert its.get_xlim() == ax.get_xlim()
    said = [which.get_legend().get_texts()[-1].get_text() for which in (ax, its)]
    assert said[0] == said[1]
    assert said[0].startswith("breathing room used up: ")


def test_saving_again_gives_the_same_bytes(summary, tmp_path):
    summary.save(tmp_path / "one.npz")
    dd.load(tmp_path / "one.npz").save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_a_folder_has_no_single_trials(kept, tmp_path):
    kept.write(tmp_path)
    assert not (tmp_path / "measures.csv").exists()
    assert dd.load(tmp_path / "run.npz").keep == "summary"


def test_a_saved_summary_does_not_grow_with_the_number_of_trials(minimal, tmp_path):
    sizes = []
    for trials in (20_000, 80_000):
        run = dd.simulate(minimal, trials=trials, seed=1, progress=False, keep="summary")
        run.save(tmp_path / "run.npz")
        sizes.append((tmp_path / "run.npz").stat().st_size)
    assert sizes[1] < 2 * sizes[0]


def test_a_summary_has_no_limit_of_memory(iraq):
    def stop(_):
        raise KeyboardInterrupt

    many = {"trials": 10**7, "seed": 1, "progress": stop}
    with pytest.raises(ValueError, match=r'do not fit in memory; .*keep="summary"'):
        dd.simulate(iraq, **many)
    with pytest.raises(dd.Interrupted) as caught:
        dd.simulate(iraq, **many, keep="summary")
    partial = caught.value.partial
    assert partial.keep == "summary"
    same = dd.simulate(iraq, trials=partial.trials, seed=1, progress=False, keep="summary")
    pd.testing.assert_frame_equal(partial.summary("site"), same.summary("site"), check_exact=True)


def test_anything_else_is_refused(minimal):
    with pytest.raises(ValueError, match='`keep` is "trials" or "summary", not "all"'):
        dd.simulate(minimal, trials=10, keep="all")


def test_the_docstring_names_what_is_there():
    text = inspect.getdoc(dd.simulate)
    for name in (
        "finish_dates",
        "distribution",
        "exceedance",
        "tail",
        "weekly",
        "values",
        "dataset",
    ):
        assert f"`Run.{name}`" in text
        assert hasattr(dd.Run, name)
