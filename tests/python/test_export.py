import json
import os
import subprocess
import sys
from random import Random

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

import drawdown as dd
from drawdown._internal import files
from drawdown._internal import folders as exported
from drawdown.report.export import folder_name
from folders import tree

BREAKDOWNS = ["site", "contingent", "threat", "phase", "gate", "state", "month"]
BREAKDOWNS += ["event", "buffer", "rule"]
FILES = {
    "attacks.png",
    "dates.csv",
    "events.parquet",
    "exceedance.png",
    "finish.png",
    "manifest.json",
    "measures.csv",
    "run.npz",
    "scenario.toml",
    "schedule.png",
    "summary.csv",
    *(f"summary_by_{by}.csv" for by in BREAKDOWNS),
}


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "a" / "b"
    run.write(folder)
    return folder


def test_everything_is_there_and_nothing_else(folder):
    assert {path.name for path in folder.iterdir()} == FILES


def test_tables_read_back(folder, run):
    measures = pd.read_csv(folder / "measures.csv", index_col="trial")
    assert measures["attacks"].to_numpy() == pytest.approx(run.values("attacks"))
    assert list(measures.columns) == list(run.summary().index)
    summary = pd.read_csv(folder / "summary.csv", index_col="measure")
    pd.testing.assert_frame_equal(summary, run.summary(), check_dtype=False)
    dates = pd.read_csv(folder / "dates.csv", keep_default_na=False)
    assert list(dates["announced"]) == list(run.finish_dates()["announced"].dt.strftime("%Y-%m-%d"))


@pytest.mark.parametrize("by", BREAKDOWNS)
def test_breakdowns_read_back(folder, run, by):
    read = pd.read_csv(folder / f"summary_by_{by}.csv", index_col=["measure", by])
    pd.testing.assert_frame_equal(read, run.summary(by), check_dtype=False)


def test_the_run_reads_back(folder, run):
    assert dd.load(folder / "run.npz").dataset().identical(run.dataset())


def test_events_of_the_first_trials_are_there(folder, run):
    assert parquet.read_table(folder / "events.parquet").equals(pa.table(run.events(range(10))))


def test_without_pyarrow_events_are_csv(run, tmp_path):
    run.write(tmp_path, events=1)
    # In a process of its own: what pandas has imported once stays with it.
    code = f"""
import sys

sys.modules["pyarrow"] = None
import drawdown as dd

dd.load({str(tmp_path / "run.npz")!r}).write({str(tmp_path)!r}, events=2)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    read = pd.read_csv(tmp_path / "events.csv", converters={"time_days": float})
    assert not (tmp_path / "events.parquet").exists(), "of the earlier export"
    events = run.events([0, 1]).to_pandas()
    assert list(read.columns) == list(events.columns)
    for name in ("trial", "time_days", "kind", "count"):
        assert list(read[name]) == list(events[name])
    assert list(read["date"]) == list(events["date"].dt.strftime("%Y-%m-%d"))


def test_a_summary_is_written_over_an_earlier_export(iraq, minimal, tmp_path):
    dd.simulate(iraq, trials=5, seed=1, progress=False).write(tmp_path)
    few = dd.simulate(minimal, trials=5, seed=1, progress=False, keep="summary")
    few.write(tmp_path)
    has = ("site", "contingent", "threat", "phase", "state", "month")
    breakdowns = {f"summary_by_{by}.csv" for by in has}
    others = {f"summary_by_{by}.csv" for by in BREAKDOWNS} | {"measures.csv"}
    assert {path.name for path in tmp_path.iterdir()} == FILES - others | breakdowns
    assert parquet.read_table(tmp_path / "events.parquet").equals(pa.table(few.events()))


def test_events_are_as_many_as_asked_for(run, minimal, tmp_path):
    run.write(tmp_path, events=0)
    assert not list(tmp_path.glob("events.*"))
    few = dd.simulate(minimal, trials=3, seed=1, progress=False)
    few.write(tmp_path)
    assert set(parquet.read_table(tmp_path / "events.parquet")["trial"].to_pylist()) == {0, 1, 2}
    with pytest.raises(ValueError, match="`events` must be at least 0, not -1"):
        run.write(tmp_path, events=-1)


def test_the_manifest_and_the_scenario_make_the_run_again(folder, run):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest.items() >= run.origin.items()
    assert manifest["libraries"].keys() == {
        "matplotlib",
        "numpy",
        "pandas",
        "pyarrow",
        "scipy",
        "xarray",
    }
    scenario = dd.Scenario.read(folder / "scenario.toml")
    assert scenario.hash == manifest["scenario_hash"]
    again = dd.simulate(scenario, trials=500, seed=manifest["seed"], progress=False)
    assert again.dataset().identical(run.dataset())


def test_figures_are_png(folder):
    for path in folder.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_writing_again_gives_the_same_bytes(folder, run, tmp_path):
    run.write(tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.fixture(scope="module")
def small():
    return dd.simulate("minimal", trials=5, seed=1, progress=False)


@pytest.fixture(scope="module")
def both():
    plan = dd.Scenario.example("minimal")
    return dd.compare({"go": plan}, trials=5, seed=1, progress=False)


NAMES = sorted({*FILES, "events.csv"})


@pytest.mark.parametrize("case", range(4))
def test_what_was_not_exported_is_never_touched(small, tmp_path, case):
    random = Random(case)
    mine = random.sample(NAMES, random.randint(1, 4))
    for name in mine:
        how = random.choice(["file", "folder", "link", "nowhere"])
        if how == "file":
            (tmp_path / name).write_bytes(random.randbytes(9))
        elif how == "folder":
            (tmp_path / name).mkdir()
        else:
            there = tmp_path / f"my own {name}"
            (tmp_path / name).symlink_to(there)
            if how == "link":
                there.write_text("mine")
    (tmp_path / "summary_by_hand.csv").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(ValueError, match="choose another folder") as caught:
        small.write(tmp_path)
    assert tree(tmp_path) == before
    assert all(str(tmp_path / name) in str(caught.value) for name in mine)
    assert "by_hand" not in str(caught.value)


def test_what_was_edited_since_is_somebodys(small, tmp_path):
    out = tmp_path / "out"
    small.write(out)
    for path in sorted(out.iterdir()):
        content = path.read_bytes()
        path.write_bytes(content.replace(b"1", b"2", 1) + b"\n")
        before = tree(out)
        with pytest.raises(ValueError, match=path.name):
            small.write(out)
        assert tree(out) == before
        path.write_bytes(content)
    (out / "dates.csv").unlink()
    small.write(out)
    assert (out / "dates.csv").exists()


def test_an_export_that_breaks_off_anywhere_can_be_made_again(tmp_path, monkeypatch):
    random, replace = Random(7), os.replace
    names = ["a.csv", "b.csv", "c.csv", "d.csv", exported.MANIFEST]

    def fill(out, content):
        with exported.filling(out, "run", names, {}) as staged:
            for name, text in content.items():
                (staged / name).write_text(text)

    for fails in range(6):
        out = tmp_path / str(fails)
        old = {name: str(random.random()) for name in random.sample(names[:-1], 3)}
        new = {name: str(random.random()) for name in random.sample(names[:-1], 3)}
        fill(out, old)
        left = iter(range(fails))

        def failing(one, two, left=left):
            if next(left, None) is None:
                raise OSError("no space")
            replace(one, two)

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", failing)
            if fails < 5:  # the manifest, three files, and the manifest again
                with pytest.raises(OSError, match="no space"):
                    fill(out, new)
        assert not list(out.glob(".*")), "nothing half-written"
        for path in (path for path in out.iterdir() if path.name != exported.MANIFEST):
            assert path.read_text() in (old.get(path.name), new.get(path.name))
        fill(out, new)
        found = {path.name: path.read_text() for path in out.iterdir()}
        assert "earlier" not in json.loads(found.pop(exported.MANIFEST))
        assert found == new


def test_a_comparison_writes_nothing_if_it_cannot_write_all(both, small, tmp_path):
    (tmp_path / "stay").mkdir()
    (tmp_path / "stay" / "dates.csv").write_text("mine")
    (tmp_path / "plans.png").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(ValueError, match=r"plans\.png.*stay/dates\.csv"):
        both.write(tmp_path)
    assert tree(tmp_path) == before
    both.write(tmp_path / "out")
    due = tree(tmp_path / "out")
    both.write(tmp_path / "out")
    assert tree(tmp_path / "out") == due
    with pytest.raises(ValueError, match="of an exported comparison, and this is a run"):
        small.write(tmp_path / "out")
    with pytest.raises(ValueError, match="of an exported run, and this is a comparison"):
        both.write(tmp_path / "out" / "go")
    assert tree(tmp_path / "out") == due


def test_an_export_that_lists_no_files_is_not_known(small, tmp_path):
    small.write(tmp_path)
    manifest = tmp_path / "manifest.json"
    about = json.loads(manifest.read_text("utf-8"))
    del about["files"], about["checksum"], about["kind"]
    manifest.write_text(json.dumps(about), "utf-8")
    with pytest.raises(ValueError, match="of an earlier build"):
        small.write(tmp_path)


def test_a_manifest_names_no_file_elsewhere(small, tmp_path):
    out = tmp_path / "out"
    small.write(out)
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    about = json.loads((out / "manifest.json").read_text("utf-8"))
    about["files"]["../mine.txt"] = files.digest(mine)
    (out / "manifest.json").write_text(exported._text(about), "utf-8")
    with pytest.raises(ValueError, match="not of an export, or changed since"):
        small.write(out)
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("how", ["file", "folder"])
def test_a_folder_that_cannot_be_made_is_told_before_tables_are(small, tmp_path, how, monkeypatch):
    monkeypatch.setattr(dd.Run, "summary", lambda *_: pytest.fail("a table was made"))
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NotADirectoryError, match="file"):
        small.write(tmp_path / "file" / ("deep/er" if how == "folder" else ""))
    assert (tmp_path / "file").read_text() == "mine"


def test_folders_have_the_names_of_plans_as_they_are_written():
    for plan in ("firm", "50 %", "$5M to $6M", "<b> & {0} #1 ~^_", "v1.2", "基地 😀 قاعدة"):
        assert folder_name(plan) == plan
    rng = np.random.default_rng(3)
    plans = {"".join(rng.choice(list("a/.%2FE\n"), rng.integers(1, 7))) for _ in range(3_000)}
    folders = {folder_name(plan) for plan in plans}
    assert len(folders) == len(plans), "no two plans share a folder"
    assert not {".", "..", ""} & folders
    assert not any(set("/\n") & set(folder) for folder in folders)
