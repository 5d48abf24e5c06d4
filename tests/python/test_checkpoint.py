import errno
import subprocess
import sys
import textwrap
from random import Random

import pytest

import drawdown as dd
from drawdown._internal import files
from drawdown.cli import main
from drawdown.runs import checkpoint
from drawdown.runs.checkpoint import clear
from folders import tree

# Many more than are run between two looks at the clock, so that there are several parts.
TRIALS = 8_000


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(checkpoint, "_EVERY_SECONDS", 0.0)


@pytest.fixture(scope="module")
def whole(iraq):
    return dd.simulate(iraq, trials=TRIALS, seed=7, progress=False)


def same(run, other):
    return run.origin == other.origin and run.dataset().identical(other.dataset())


# What a process does in which saving a part is not the end of the story.
CHILD = """
import os, resource, signal, sys
import drawdown as dd
from drawdown.runs import checkpoint
from drawdown._internal import files

checkpoint._EVERY_SECONDS = 0.0
save, out, how = checkpoint.Checkpoint._save, *sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def saving(self, done, part):
    if how == "while writing":
        files.os.replace = die
    save(self, done, part)
    if how == "after writing":
        die()
    if how == "disk full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(part) // 1000, len(part) // 1000))
    if how == "ctrl-c":
        os.kill(os.getpid(), signal.SIGINT)

checkpoint.Checkpoint._save = saving
try:
    if os.path.exists(os.path.join(out, "checkpoint")):
        dd.resume(out, progress=False)
    else:
        dd.simulate("iraq-2024", trials=%d, seed=7, out=out, progress=False)
except (OSError, dd.Interrupted) as stop:
    print(type(stop).__name__, getattr(stop, "errno", 0), stop.partial.trials)
    print(*getattr(stop, "__notes__", []), sep="\\n")
"""


def child(out, how):
    code = textwrap.dedent(CHILD) % TRIALS
    command = [sys.executable, "-c", code, str(out), how]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def parts(out):
    return sorted((out / "checkpoint").glob("[0-9]*.part"))


def test_a_run_that_is_killed_again_and_again_gives_the_same_bits(tmp_path, whole):
    for how in ("after writing", "after writing", "while writing"):
        before = len(parts(tmp_path))
        assert child(tmp_path, how).returncode == -9
        assert len(parts(tmp_path)) == before + (how == "after writing")
    assert list((tmp_path / "checkpoint").glob(".*.part")), "what was being written is left behind"
    resumed = dd.resume(tmp_path, progress=False)
    assert same(resumed, whole)
    assert not list((tmp_path / "checkpoint").glob(".*.part"))


def test_a_full_disk_leaves_what_was_saved_and_says_so(tmp_path, whole):
    done = child(tmp_path, "disk full")
    said = done.stdout.splitlines()
    kind, number, trials = said[0].split()
    assert (kind, int(number)) == ("OSError", errno.EFBIG), done.stderr
    assert any("make room" in line for line in said[1:])
    assert any("`partial` holds" in line for line in said[1:])
    assert len(parts(tmp_path)) == 1
    saved = int(trials)
    assert 0 < saved < TRIALS
    assert same(dd.resume(tmp_path, progress=False), whole)


def test_ctrl_c_saves_what_was_run(tmp_path, whole):
    kind, _, trials = child(tmp_path, "ctrl-c").stdout.split()
    assert kind == "Interrupted"
    told = []
    assert same(dd.resume(tmp_path, progress=told.append), whole)
    assert told[0] >= int(trials), "nothing that was run is run again"


@pytest.mark.parametrize("keep", ["trials", "summary"])
def test_a_callback_that_raises_leaves_a_partial_run_to_go_on_with(tmp_path, minimal, keep):
    def fail(done):
        if done > 50:
            raise LookupError("no room")

    asked = {"trials": 2_000_000, "seed": 3, "keep": keep}
    with pytest.raises(LookupError, match="no room") as caught:
        dd.simulate(minimal, **asked, progress=fail, out=tmp_path)
    partial = caught.value.partial
    assert isinstance(partial, dd.Run)
    assert caught.value.__notes__ == [
        f"`partial` holds the {partial.trials:,} trials that were run"
    ]
    with pytest.raises(LookupError):
        dd.resume(tmp_path, progress=lambda _: fail(51))
    few = dd.simulate(minimal, trials=partial.trials, seed=3, keep=keep, progress=False)
    assert few.summary().equals(partial.summary())
    assert few.weekly().drop_attrs().identical(partial.weekly().drop_attrs())


def test_a_finished_run_is_there_too_and_may_be_replaced(tmp_path, minimal):
    run = dd.simulate(minimal, trials=3_000, seed=1, out=tmp_path)
    assert same(dd.resume(tmp_path), run)
    for part in parts(tmp_path):
        part.unlink()
    with pytest.warns(UserWarning, match="held a run of 3,000 trials under seed 1"):
        other = dd.simulate(minimal, trials=3_000, seed=2, out=tmp_path)
    assert same(dd.resume(tmp_path), other)


def test_a_finished_run_that_was_saved_is_called_so(tmp_path, minimal, monkeypatch):
    monkeypatch.setattr("drawdown.runs.checkpoint._EVERY_SECONDS", 0.0)
    run = dd.simulate(minimal, trials=3_000, seed=1, out=tmp_path, progress=False)
    with pytest.raises(ValueError, match="holds a finished run of 3,000 trials: read it with"):
        dd.simulate(minimal, trials=3_000, seed=1, out=tmp_path)
    assert same(dd.resume(tmp_path), run)


@pytest.mark.parametrize("keep", ["trials", "summary"])
def test_a_run_whose_trials_share_draws_goes_on_too(tmp_path, iraq, monkeypatch, keep):
    monkeypatch.setattr("drawdown.runs.checkpoint._EVERY_SECONDS", 0.0)
    asked = {"trials": 8_000, "seed": 7, "keep": keep}
    table = dd.sample_inputs(iraq, 100, design="latin", seed=3)
    whole = dd.simulate(iraq, **asked, samples=table, progress=False)

    def fail(done):
        if done > 400:
            raise LookupError

    with pytest.raises(LookupError) as caught:
        dd.simulate(iraq, **asked, samples=table, out=tmp_path, progress=fail)
    assert caught.value.partial.samples.each == 80
    assert 0 < caught.value.partial.trials < 8_000
    resumed = dd.resume(tmp_path, progress=False)
    assert resumed.origin == whole.origin
    assert resumed.samples.design == "latin"
    assert resumed.samples.asked.equals(whole.samples.asked)
    assert resumed.summary().equals(whole.summary())
    assert resumed.weekly().identical(whole.weekly())
    path = tmp_path / "checkpoint/draws.npy"
    for damaged in (path.read_bytes()[:-8], path.read_bytes()[:-1] + b"\0"):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"draws\.npy is damaged"):
            dd.resume(tmp_path)


def test_an_unfinished_run_is_not_overwritten(tmp_path, iraq):
    child(tmp_path, "after writing")
    with pytest.raises(ValueError, match="holds an unfinished run: go on with"):
        dd.simulate(iraq, trials=10, seed=1, out=tmp_path)
    assert len(parts(tmp_path)) == 1


def test_two_runs_are_not_at_work_in_one_folder(tmp_path, minimal):
    run = dd.simulate(minimal, trials=3_000, seed=1, out=tmp_path)
    with files.alone(tmp_path / "checkpoint"):
        with pytest.raises(ValueError, match="another run is at work"):
            dd.resume(tmp_path)
        for part in parts(tmp_path):
            part.unlink()
        with pytest.raises(ValueError, match="another run is at work"):
            dd.simulate(minimal, trials=3_000, seed=1, out=tmp_path)
    with pytest.warns(UserWarning, match="this run takes its place"):
        again = dd.simulate(minimal, trials=3_000, seed=1, out=tmp_path)
    assert same(again, run)


@pytest.mark.parametrize("how", ["notes", "folder", "edited", "number", "no_mark", "file", "link"])
def test_what_simulate_has_not_put_there_stays(tmp_path, minimal, how):
    asked = {"trials": 50, "seed": 1, "out": tmp_path, "progress": False}
    folder = tmp_path / "checkpoint"
    if how not in ("file", "link"):
        dd.simulate(minimal, **asked)
        for part in parts(tmp_path):
            part.unlink()
    match how:
        case "notes":
            (folder / "notes.txt").write_text("mine")
        case "folder":
            (folder / "epoch-12").mkdir()
            (folder / "epoch-12" / "weights.pt").write_bytes(b"weeks")
        case "edited":
            with (folder / "scenario.toml").open("a") as file:
                file.write("# my sources\n")
        case "number":
            (folder / "1 of 2.part").write_bytes(b"mine")
        case "no_mark":
            (folder / "asked.json").write_text("[]")
        case "file":
            folder.write_text("mine")
        case "link":
            folder.symlink_to(tmp_path / "elsewhere")
            (tmp_path / "elsewhere").mkdir()
            (tmp_path / "elsewhere" / "notes.txt").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(ValueError, match="holds what no run has put there") as caught:
        dd.simulate(minimal, **asked)
    assert tree(tmp_path) == before
    assert "choose another folder" in str(caught.value)
    clear(tmp_path)
    kept = {"notes": "notes.txt", "folder": "epoch-12", "edited": "scenario.toml"}
    assert how not in kept or [path.name for path in folder.iterdir()] == [kept[how]]


def test_a_folder_that_is_given_away_is_taken(tmp_path, minimal):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "checkpoint").symlink_to(tmp_path / "elsewhere")
    run = dd.simulate(minimal, trials=50, seed=1, out=tmp_path, progress=False)
    assert len(list((tmp_path / "elsewhere").glob("*.part"))) == 1
    assert same(dd.resume(tmp_path, progress=False), run)


def test_resuming_what_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        dd.resume(tmp_path)
    assert "there is no unfinished run in" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("asked.json", lambda old: old[:20], "is damaged"),
        ("asked.json", lambda old: old.replace(b'"version": "', b'"version": "9'), "same version"),
        ("scenario.toml", lambda old: old.replace(b"= 120", b"= 121"), "not the scenario"),
        ("[0-9]*.part", lambda old: old[:-1], "not what was written"),
    ],
)
def test_damage_is_named(tmp_path, name, change, said):
    child(tmp_path, "after writing")
    (path,) = (tmp_path / "checkpoint").glob(name)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match=said) as caught:
        dd.resume(tmp_path)
    told = "\n".join([str(caught.value), *getattr(caught.value, "__notes__", [])])
    assert str(tmp_path if said == "same version" else path) in told


@pytest.mark.parametrize("case", range(2))
def test_whatever_byte_of_what_was_asked_is_wrong_it_is_one_kind_of_error(tmp_path, iraq, case):
    random = Random(case)
    table = dd.sample_inputs(iraq, 10, seed=3)
    run = dd.simulate(iraq, trials=20, seed=1, samples=table, out=tmp_path, progress=False)
    path = tmp_path / "checkpoint" / ["asked.json", "draws.npy"][case]
    sound = path.read_bytes()
    refused = 0
    for _ in range(40):
        at = random.randrange(len(sound) if case == 0 or random.random() < 0.5 else 128)
        wrong = random.choice([b"", bytes([random.randrange(256)]), b"9", b'"', b"[", b"null"])
        path.write_bytes(sound[:at] + wrong + sound[at + 1 :])
        try:
            assert same(dd.resume(tmp_path, progress=False), run)
        except ValueError:
            refused += 1
    assert refused > 30
    for content in (b"[]", b"1", b"{}", b"[" * 100_000, b"", b"PK\3\4"):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"is damaged|was begun by"):
            dd.resume(tmp_path)


def test_the_command_line_goes_on(tmp_path, capsys, whole):
    child(tmp_path, "after writing")
    assert main(["run", "iraq-2024", "--out", str(tmp_path)]) == 2
    assert "holds an unfinished run" in capsys.readouterr().err
    assert main(["resume", str(tmp_path), "--quiet", "--events", "0"]) == 0
    assert same(dd.load(tmp_path / "run.npz"), whole)
    assert not (tmp_path / "checkpoint").exists()
    assert main(["resume", str(tmp_path)]) == 2
    assert "there is no unfinished run" in capsys.readouterr().err
