import json

import pandas as pd
import pytest

import drawdown as dd

FILES = {
    "attacks.png",
    "dates.csv",
    "finish.png",
    "manifest.json",
    "measures.csv",
    "scenario.toml",
    "schedule.png",
    "summary.csv",
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


def test_the_manifest_and_the_scenario_make_the_run_again(folder, run):
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest.items() >= run.origin.items()
    assert manifest["libraries"].keys() == {"matplotlib", "numpy", "pandas", "xarray"}
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
