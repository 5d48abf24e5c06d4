"""`drawdown fit` and `drawdown update`: what they print, write and refuse."""

import pytest

import drawdown as dd
from drawdown.cli import main

COUNTS = "from,to,attacks,bound\n2024-10-01,2024-10-31,4,about\n2024-11-01,2024-11-30,3,exact\n"
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(COUNTS)
    return str(path)


def test_an_update_is_written_with_its_run(table, tmp_path):
    out = tmp_path / "update"
    asked = ["update", "iraq-2024", "--observed", table, "--particles", "300", "--seed", "1"]
    assert main([*asked, "--out", str(out), "--quiet"]) == 0
    assert {"table.csv", "figure.png", "run"} <= {path.name for path in out.iterdir()}
    assert dd.load(out / "run" / "run.npz").trials == 300


def test_a_fit_is_written_with_its_scenario(table, tmp_path, capsys):
    out = tmp_path / "fit"
    asked = ["fit", "iraq-2024", "--observed", table, "--draws", "30", "--seed", "1"]
    assert main([*asked, "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    path = "world.threats.militias.attacks_per_day.calm"
    fitted = dd.Scenario.read(out / "scenario.toml").to_dict()["sources"][path]
    assert fitted["source"].startswith("fitted to observations ")


def test_observations_of_another_time_are_refused(capsys):
    assert main(["update", "iraq-2024", "--observed", "us-forces-2019-2024"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("us-forces-2019-2024: the observations are refused, 14 problems:")
