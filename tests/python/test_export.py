import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

import drawdown as dd
from drawdown.export import folder_name

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
    assert list(dates["announced"]) == list(run.dates()["announced"].dt.strftime("%Y-%m-%d"))


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
    read = pd.read_csv(tmp_path / "events.csv")
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


def test_a_scenario_of_ones_own_is_never_overwritten(minimal, tmp_path):
    mine = tmp_path / "scenario.toml"
    mine.write_text("# my sources\n" + minimal.to_toml(), "utf-8")
    run = dd.simulate(minimal, trials=5, seed=1, progress=False)
    with pytest.raises(ValueError, match="choose another folder"):
        run.write(tmp_path)
    assert mine.read_text("utf-8").startswith("# my sources")
    run.write(tmp_path / "out")
    run.write(tmp_path / "out")


def test_folders_have_the_names_of_plans_as_they_are_written():
    for plan in ("firm", "50 %", "$5M to $6M", "<b> & {0} #1 ~^_", "v1.2", "基地 😀 قاعدة"):
        assert folder_name(plan) == plan
    rng = np.random.default_rng(3)
    plans = {"".join(rng.choice(list("a/.%2FE\n"), rng.integers(1, 7))) for _ in range(3_000)}
    folders = {folder_name(plan) for plan in plans}
    assert len(folders) == len(plans), "no two plans share a folder"
    assert not {".", "..", ""} & folders
    assert not any(set("/\n") & set(folder) for folder in folders)
