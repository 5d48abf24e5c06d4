import json
import zipfile

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown import _core

BREAKDOWNS = [by for by in dict.fromkeys(by for _, by, _, _ in _core.measures()) if by]
FIGURES = ["schedule", "finish", "attacks", "exceedance", "breathing_room"]


@pytest.fixture(scope="module")
def path(run, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "iraq.npz"
    run.save(path)
    return path


@pytest.fixture
def loaded(path):
    return dd.load(path)


def rewritten(path, to, *, drop=(), **changes):
    """A copy with some members changed: functions of their bytes, under names without suffix."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            change = changes.get(name.partition(".")[0].replace("/", "_"), lambda content: content)
            if name not in drop:
                new.writestr(name, change(old.read(name)))
    return to


def about(**changes):
    """A change of `run.json`: values by key, those of the origin under `origin`."""

    def change(content):
        answers = json.loads(content)
        answers["origin"] |= changes.pop("origin", {})
        return json.dumps(answers | changes)

    return change


def test_nothing_else_is_left_in_the_folder(path):
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("by", [None, *BREAKDOWNS])
def test_a_loaded_run_has_the_same_summaries(run, loaded, by):
    pd.testing.assert_frame_equal(loaded.summary(by), run.summary(by), check_exact=True)
    if by:
        assert loaded.ids(by) == run.ids(by)


def test_a_loaded_run_answers_the_same(run, loaded):
    assert loaded.scenario == run.scenario
    assert loaded.origin == run.origin
    assert (loaded.trials, loaded.seed) == (500, 7)
    assert (str(loaded), repr(loaded)) == (str(run), repr(run))
    assert loaded._repr_html_() == run._repr_html_()
    assert loaded.dataset().identical(run.dataset())
    pd.testing.assert_frame_equal(loaded.dates(), run.dates(), check_exact=True)
    pd.testing.assert_frame_equal(loaded.inputs, run.inputs, check_exact=True)
    for name, by, _, _ in _core.measures():
        np.testing.assert_array_equal(loaded.values(name, by or None), run.values(name, by or None))
    pd.testing.assert_frame_equal(loaded.exceedance(), run.exceedance(), check_exact=True)
    assert loaded.tail("casualties", kind="occurrence") == run.tail("casualties", kind="occurrence")


def test_a_loaded_run_writes_the_same_folder(run, loaded, tmp_path):
    run.write(tmp_path / "run")
    loaded.write(tmp_path / "loaded")
    for file in (tmp_path / "run").iterdir():
        assert (tmp_path / "loaded" / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.parametrize("name", FIGURES)
def test_a_loaded_run_draws_the_same(run, loaded, name, tmp_path):
    pictures = []
    for which in (run, loaded):
        file = tmp_path / f"{len(pictures)}.png"
        np.ravel(getattr(which.plot, name)())[0].figure.savefig(file)
        pictures.append(file.read_bytes())
    assert pictures[0] == pictures[1]


def test_a_loaded_run_replays_its_trials(run, loaded):
    for index in (499, 0, 17):
        again, trial = loaded.trial(index), run.trial(index)
        pd.testing.assert_frame_equal(again.events, trial.events, check_exact=True)
        pd.testing.assert_series_equal(again.measures, trial.measures, check_exact=True)
        pd.testing.assert_series_equal(again.inputs, trial.inputs, check_exact=True)
        assert again.narrative() == trial.narrative()
    events = [which.events([499, 3]).to_pandas() for which in (loaded, run)]
    pd.testing.assert_frame_equal(*events, check_exact=True)


def test_replaying_a_trial_costs_one_trial(loaded, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a batch was run")

    monkeypatch.setattr(_core, "simulate", refuse)
    assert loaded.trial(499).measures["attacks"] == loaded.values("attacks")[499]


def test_a_loaded_run_refuses_the_same(loaded):
    with pytest.raises(ValueError, match="no breakdown by `base`; there are site"):
        loaded.summary("base")
    with pytest.raises(ValueError, match="no breakdown by `base`; there are site"):
        loaded.ids("base")
    with pytest.raises(ValueError, match="no measure `atacks`"):
        loaded.values("atacks")
    for index in (-1, 500):
        with pytest.raises(ValueError, match="was not run"):
            loaded.trial(index)


def test_what_is_handed_out_is_not_what_is_kept(run, loaded):
    loaded.values("attacks")[:] = -1
    loaded.origin["seed"] = -1
    np.testing.assert_array_equal(loaded.values("attacks"), run.values("attacks"))
    assert loaded.dataset().identical(run.dataset())


def test_saving_again_gives_the_same_bytes(run, loaded, path, tmp_path):
    for which in (run, loaded):
        which.save(tmp_path / "again.npz")
        assert (tmp_path / "again.npz").read_bytes() == path.read_bytes()


def test_numpy_reads_it_without_this_library(run, path):
    with np.load(path, allow_pickle=False) as saved:
        np.testing.assert_array_equal(saved["values/attacks"][:, 0], run.values("attacks"))
        answers = json.loads(saved["run.json"])
        toml = saved["scenario.toml"].decode()
    assert answers["origin"] == run.origin
    assert dd.Scenario.from_toml(toml) == run.scenario


def test_an_interrupted_run_is_saved_with_what_it_has(minimal, tmp_path):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted) as caught:
        dd.simulate(minimal, trials=10**6, seed=1, progress=stop)
    partial = caught.value.partial
    partial.save(tmp_path / "partial.npz")
    loaded = dd.load(tmp_path / "partial.npz")
    assert loaded.origin == partial.origin
    assert loaded.origin["trials_run"] < loaded.origin["trials_asked"]
    assert str(loaded) == str(partial)


def test_a_plan_without_anything_is_saved_too(minimal, tmp_path):
    run = dd.simulate(minimal.stay(), trials=20, seed=1)
    run.save(tmp_path / "stay.npz")
    loaded = dd.load(str(tmp_path / "stay.npz"))
    assert loaded.dataset().identical(run.dataset())
    assert str(loaded) == str(run)


def test_a_file_is_replaced_whole_or_not_at_all(run, tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    path.write_text("old")

    def fail(*_, **__):
        raise OSError("no space")

    for broken in ("numpy.lib.format.write_array", "os.fsync", "os.replace"):
        with monkeypatch.context() as patch:
            patch.setattr(broken, fail)
            with pytest.raises(OSError, match="no space"):
                run.save(path)
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_another_version_loads_says_so_and_replays_nothing(run, path, tmp_path):
    change = about(origin={"version": "0.0.9"})
    other = rewritten(path, tmp_path / "other.npz", run=change)
    with pytest.warns(UserWarning, match=r"other\.npz was made by drawdown 0\.0\.9"):
        loaded = dd.load(other)
    assert "drawdown 0.0.9" in loaded.origin_line
    pd.testing.assert_frame_equal(loaded.summary(), run.summary(), check_exact=True)
    loaded.plot.schedule()
    loaded.write(tmp_path / "other")
    assert not list((tmp_path / "other").glob("events.*"))
    for replay in (lambda: loaded.trial(0), loaded.events):
        with pytest.raises(ValueError, match=r"install drawdown==0\.0\.9"):
            replay()


def test_a_file_of_another_version_has_the_measures_of_that_version(path, tmp_path):
    measures = [list(m) for m in _core.measures() if m[0] != "worst_attack"]
    measures.append(["morale", "", "1", "Morale."])
    change = about(origin={"version": "0.0.9"}, measures=measures)
    other = rewritten(path, tmp_path / "other.npz", run=change)
    with zipfile.ZipFile(other, "a") as archive, archive.open("values/morale.npy", "w") as member:
        np.lib.format.write_array(member, np.ones((500, 1)))
    with pytest.warns(UserWarning, match="was made by"):
        data = dd.load(other).dataset()
    assert "worst_attack" not in data
    assert data["morale"].attrs == {"units": "1", "long_name": "Morale"}


def test_a_scenario_that_this_version_does_not_accept_says_whose_it_is(path, tmp_path):
    other = rewritten(
        path,
        tmp_path / "other.npz",
        run=about(origin={"version": "9.0.0"}),
        scenario=lambda content: content.replace(b"pause_days", b"naps"),
    )
    with (
        pytest.warns(UserWarning, match="was made by"),
        pytest.raises(dd.ScenarioError, match="naps") as caught,
    ):
        dd.load(other)
    assert "made by drawdown 9.0.0; use that to read it" in caught.value.__notes__[0]


def test_another_format_is_refused(path, tmp_path):
    other = rewritten(path, tmp_path / "other.npz", run=about(format=3))
    with pytest.raises(ValueError, match=r"has format 3, of drawdown .* reads format 2"):
        dd.load(other)


def test_a_trial_that_comes_out_otherwise_is_not_passed_off_as_the_saved_one(path, tmp_path):
    other = tmp_path / "other.npz"
    rewritten(path, other, values_attacks=lambda content: content[:-8] + b"\0" * 8)
    loaded = dd.load(other)
    loaded.trial(0)
    with pytest.raises(ValueError, match="trial 499 does not come out as it was saved"):
        loaded.trial(499)


def test_the_scenario_is_the_one_it_was_run_on(path, tmp_path):
    other = tmp_path / "other.npz"
    change = {"scenario": lambda content: content.replace(b"pause_days = 120", b"pause_days = 90")}
    rewritten(path, other, **change)
    with pytest.raises(ValueError, match="is damaged: its scenario"):
        dd.load(other)


@pytest.mark.parametrize("what", ["half", "flipped", "text", "empty", "zip", "array", "json"])
def test_what_is_not_a_sound_file_is_refused(path, tmp_path, what):
    sound, bad = path.read_bytes(), tmp_path / "bad.npz"
    if what == "zip":
        np.savez(bad, a=1)
    elif what == "array":
        rewritten(path, bad, inputs=lambda content: content[:40])
    elif what == "json":
        rewritten(path, bad, run=lambda _: b"[]")
    else:
        at = sound.index(b"values/attacks.npy") + 400
        flipped = sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :]
        content = {"half": sound[: len(sound) // 2], "flipped": flipped, "text": b"hello"}
        bad.write_bytes(content.get(what, b""))
    with pytest.raises(ValueError, match=r"bad\.npz is not a saved run, or is damaged"):
        dd.load(bad)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        dd.load(tmp_path / "nothing.npz")
