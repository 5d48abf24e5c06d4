import hashlib
import io
import json
import pickle
import zipfile
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown import _core
from drawdown.runs import archive

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


def rewritten(path, to, *, drop=(), add=None, sums=True, **changes):
    """A copy with some members changed: functions of their bytes, under names without suffix.

    Checksums are those of what is written, as another build would have it, unless `sums` is False.
    """
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist() if name not in drop}
    for name, content in members.items():
        change = changes.get(name.partition(".")[0].replace("/", "_"))
        if change:
            changed = change(content)
            members[name] = changed.encode() if isinstance(changed, str) else changed
    members |= add or {}
    listed = members.pop("checksums.json")
    if sums:
        listed = json.dumps(
            {
                name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                for name, content in members.items()
            }
        )
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**members, "checksums.json": listed}.items():
            new.writestr(name, content)
    return to


def npy(array):
    """An array as a member."""
    with io.BytesIO() as file:
        np.save(file, array)
        return file.getvalue()


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
    pd.testing.assert_frame_equal(loaded.finish_dates(), run.finish_dates(), check_exact=True)
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
    morale = {"values/morale.npy": npy(np.ones((500, 1)))}
    other = rewritten(path, tmp_path / "other.npz", run=change, add=morale)
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
    assert "made by drawdown 9.0.0; use that to read it" in caught.value.__notes__[-1]


def test_another_format_is_refused(path, tmp_path):
    other = rewritten(path, tmp_path / "other.npz", run=about(format=4))
    with pytest.raises(ValueError, match=r"has format 4, of drawdown .* reads formats 2 and 3"):
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
    change = {"scenario": lambda content: content.replace(b"value = 120", b"value = 90")}
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


def test_a_file_of_0_1_is_read():
    # Fifty trials of `minimal`, and what the summary of that version said of them.
    with pytest.warns(UserWarning, match=r"made by drawdown 0\.1\.0.* no trial can be replayed"):
        run = dd.load(Path(__file__).parent / "data/run-0.1.npz")
    summary = run.summary()
    assert summary.loc["attacks", ["mean", "standard_error"]].tolist() == [
        28.28,
        1.0040895967827506,
    ]
    assert summary.loc["finish_days", "mean"] == 281.08229442596434
    assert run.values("attacks").mean() == 28.28
    with pytest.raises(ValueError, match=r"0\.1\.0"):
        run.trial(0)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small run, and a file of it."""
    run = dd.simulate("minimal", trials=5, seed=1, progress=False)
    path = tmp_path_factory.mktemp("small") / "small.npz"
    run.save(path)
    return run, path


def refused_or_same(run, path):
    """Whether a file is refused as damaged; else it is the run, to the last bit."""
    found = None
    try:
        loaded = dd.load(path)
    except ValueError as error:
        found = error
    if found is not None:
        assert type(found) is ValueError
        assert f"{path} is not a saved run, or is damaged" in str(found)
        return True
    assert loaded.origin == run.origin
    assert loaded.scenario == run.scenario
    assert str(loaded) == str(run)
    for name, by, _, _ in _core.measures():
        np.testing.assert_array_equal(loaded.values(name, by or None), run.values(name, by or None))
    return False


@pytest.mark.parametrize("case", range(4))
def test_whatever_byte_is_wrong_it_is_one_kind_of_error(small, tmp_path, case):
    run, path = small
    sound, random, bad = path.read_bytes(), Random(case), tmp_path / "bad.npz"
    refused = 0
    with zipfile.ZipFile(path) as archive:
        directory = archive.start_dir
    # What tells where members are is a small part of the file, and the one that goes wrong oddly.
    places = [random.randrange(len(sound)) for _ in range(60)]
    places += [random.randrange(directory, len(sound)) for _ in range(60)]
    for at in places:
        match random.randrange(4):
            case 0:
                content = sound[:at]
            case 1:
                content = sound[:at] + random.randbytes(random.randint(1, 8)) + sound[at + 8 :]
            case 2:
                content = sound[:at] + sound[at + random.randint(1, 40) :]
            case _:
                content = (
                    sound[:at] + bytes([sound[at] ^ (1 << random.randrange(8))]) + sound[at + 1 :]
                )
        bad.write_bytes(content)
        refused += refused_or_same(run, bad)
    assert refused > 60


def test_parts_of_other_runs_are_not_taken(small, tmp_path):
    run, path = small
    other = tmp_path / "other.npz"
    dd.simulate("minimal", trials=5, seed=2, progress=False).save(other)
    with zipfile.ZipFile(path) as mine, zipfile.ZipFile(other) as theirs:
        parts = {
            name: theirs.read(name)
            for name in mine.namelist()
            if name != "checksums.json" and theirs.read(name) != mine.read(name)
        }
    assert {"run.json", "values/attacks.npy"} <= parts.keys()
    assert len(parts) > 10
    for name, content in parts.items():
        bad = rewritten(path, tmp_path / "bad.npz", add={name: content}, sums=False)
        assert refused_or_same(run, bad), name


def test_values_that_were_edited_are_not_passed_off_as_those_of_the_tables(small, tmp_path):
    run, path = small
    for change in (lambda content: content[:-8] + b"\0" * 7 + b"@", lambda content: content + b" "):
        bad = rewritten(path, tmp_path / "bad.npz", sums=False, values_attacks=change)
        assert refused_or_same(run, bad)
    text = rewritten(path, tmp_path / "bad.npz", sums=False, run=about(keep="summary"))
    assert refused_or_same(run, text)


@pytest.mark.parametrize(
    "array",
    [
        np.zeros((5, 1), dtype=np.float32),
        np.zeros((5, 1), dtype=">f8"),
        np.zeros((5, 1), dtype=object),
        np.array([["a"]] * 5),
        np.zeros((5, 1), dtype=[("a", "f8")]),
        np.zeros((5, 1), dtype=np.int64),
    ],
)
def test_arrays_of_another_kind_are_not_taken(small, tmp_path, array):
    run, path = small
    with io.BytesIO() as file:
        np.lib.format.write_array(file, array, allow_pickle=True)
        add = {"values/attacks.npy": file.getvalue()}
    for sums in (True, False):
        bad = rewritten(path, tmp_path / "bad.npz", add=add, sums=sums)
        assert refused_or_same(run, bad)


def test_a_pickle_in_a_file_is_not_run(small, tmp_path):
    run, path = small

    class Harm:
        def __reduce__(self):
            return pytest.fail, ("it was run",)

    add = {"values/attacks.npy": pickle.dumps(Harm()), "inputs.npy": b"cos\nsystem\n"}
    for sums in (True, False):
        bad = rewritten(path, tmp_path / "bad.npz", add=add, sums=sums)
        assert refused_or_same(run, bad)


def test_what_is_larger_than_it_should_be_is_not_unpacked(small, tmp_path, monkeypatch):
    run, path = small
    bombs = {
        "run.json": b'{"format": 3,' + b" " * 2**22,
        "values/attacks.npy": npy(np.zeros((2**18, 1))),
        "checksums.json": b" " * 2**22,
    }
    monkeypatch.setattr(archive, "_LONGEST", 2**21)
    for name, content in bombs.items():
        bad = tmp_path / "bad.npz"
        rewritten(path, bad, add={name: content}, sums=False)
        assert bad.stat().st_size < path.stat().st_size + 2**16
        assert refused_or_same(run, bad), name
    # A header that asks for more memory than there is.
    with io.BytesIO() as file:
        about = {"descr": "<f8", "fortran_order": False, "shape": (5 * 10**12, 1)}
        np.lib.format.write_array_header_1_0(file, about)
        huge = file.getvalue() + b"\0" * 40
    bad = rewritten(path, tmp_path / "bad.npz", add={"values/attacks.npy": huge})
    assert refused_or_same(run, bad)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError):
        dd.load(tmp_path / "nothing.npz")
