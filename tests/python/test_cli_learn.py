"""`drawdown fit` and `drawdown update`: what they print, write and refuse."""

import warnings

import pandas as pd
import pytest

import drawdown as dd
from drawdown.cli import main
from drawdown.learn.posterior_files import read_posterior

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


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["fit", "iraq-2024", "--observed", "{bare}"], "{bare} is empty: "),
        (["backtest", "{bare}"], "{bare} is empty: "),
        (["score", "{bare}", "{months}"], "{bare} is empty: "),
        (["score", "{months}", "{bare}"], "{bare} is empty: "),
        (["fit", "iraq-2024", "--observed", "{rowless}"], "{rowless} has no row: "),
        (["backtest", "{rowless}", "--column", "to"], "{rowless}: 0 values, "),
        (["fit", "iraq-2024", "--observed", "{months}"], "--columns attacks=incidents"),
        (["update", "iraq-2024", "--observed", "{months}", "--until", "soon"], "--until is a date"),
        (
            ["update", "iraq-2024", "--observed", "{months}", "--window", "2024-01-01", "soon"],
            "such as --window 2020-01-01 2024-09-30",
        ),
        (["update", "iraq-2024", "--observed", "us-forces-2019-2024"], "with --until"),
        (["backtest", "{months}", "--horizons", "0"], "--horizons must be at least 1"),
        (["backtest", "{months}", "--models", "wizard"], "--models: there is no model `wizard`"),
        (["score", "{months}", "{months}"], "{months}: there is no column target"),
    ],
)
def test_what_is_refused_is_told_in_options_and_files(asked, told, tmp_path, capsys):
    months = "".join(f"{year}-{month:02},3\n" for year in (2022, 2023) for month in range(1, 13))
    texts = {"bare": "", "rowless": "from,to,attacks\n", "months": f"month,attacks\n{months}"}
    if "--until" in asked:
        texts["months"] = COUNTS
    elif "--observed" in asked:
        texts["months"] = texts["months"].replace("attacks", "raids")
    files = {name: tmp_path / f"{name}.csv" for name in texts}
    for name, text in texts.items():
        files[name].write_text(text)
    assert main([part.format(**files) for part in asked]) in (1, 2)
    said = capsys.readouterr().err
    assert told.format(**files) in said
    for python in ("={", '("', "`until`", "`last`", "`series`", "`horizons`"):
        assert python not in said


def fitted(table, out, *asked):
    asked = ["fit", "iraq-2024", "--observed", table, "--draws", "30", "--seed", "1", *asked]
    assert main([*asked, "--out", str(out), "--quiet"]) == 0


def test_a_fit_leads_to_an_update(table, tmp_path, capsys):
    out, other = tmp_path / "fit", tmp_path / "other.csv"
    fitted(table, out)
    asked = ["update", "iraq-2024", "--particles", "400", "--seed", "1", "--fitted", str(out)]
    capsys.readouterr()
    assert main([*asked, "--observed", table]) == 0
    told = capsys.readouterr().out
    assert "of 2 parameter samples" in told
    assert "`fitted`" not in told
    other.write_text(COUNTS.replace(",3,exact", ",4,exact"))
    assert main([*asked, "--observed", str(other)]) == 2
    said = capsys.readouterr().err
    assert "--fitted was fitted to other observations" in said
    assert "DIR/scenario.toml as the scenario" in said
    (out / "samples.csv").write_text("")
    assert main([*asked, "--observed", table]) == 2
    assert "samples.csv was changed since it was exported" in capsys.readouterr().err
    assert main([*asked[:-1], str(tmp_path), "--observed", table]) == 2
    assert "it holds no export" in capsys.readouterr().err


def test_a_posterior_comes_back_from_its_folder_as_it_was(table, tmp_path):
    fitted(table, tmp_path / "fit")
    observed = dd.Observations.read_counts(table)
    asked = {"draws": 30, "seed": 1, "progress": False}
    made, read = dd.fit("iraq-2024", observed, **asked), read_posterior(tmp_path / "fit")
    pd.testing.assert_frame_equal(read.samples, made.samples, check_exact=True)
    assert read.samples.attrs == made.samples.attrs
    pd.testing.assert_frame_equal(read.table(), made.table(), check_exact=True)
    pd.testing.assert_frame_equal(read.predictive(), made.predictive(), check_dtype=False)
    assert (read.origin, read.method, read.warnings) == (made.origin, made.method, made.warnings)
    assert read.prior.hash == made.prior.hash
    with (tmp_path / "fit" / "predictive.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(ValueError, match=r"predictive\.csv was changed since"):
        read_posterior(tmp_path / "fit")


def test_a_warning_is_a_line_without_source(table, tmp_path, capsys):
    fitted(table, tmp_path / "fit")
    capsys.readouterr()
    scenario = str(tmp_path / "fit" / "scenario.toml")
    asked = ["update", scenario, "--observed", table, "--particles", "300", "--seed", "1"]
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        assert main([*asked, "--quiet"]) == 0
    said = capsys.readouterr().err
    assert "drawdown: warning: the scenario's ranges are fitted to these very observations" in said
    assert "the folder of `fit --out` as --fitted" in said
    assert ".py" not in said
    assert "warnings.warn" not in said


@pytest.mark.parametrize("name", ["forecast.json", "forecast.csv"])
def test_a_forecast_given_for_what_came_is_told_at_once(name, tmp_path, capsys):
    forecast, came = tmp_path / name, tmp_path / "came.csv"
    forecast.write_text('{"paths": [' + ", ".join(["0"] * 300_000) + "]}")
    came.write_text("month,attacks\n2024-01,3\n")
    assert main(["score", str(came), str(forecast)]) == 2
    said = capsys.readouterr().err
    assert f"{forecast} is JSON, as a forecast is: write the forecast first" in said
    assert said.count("\n") == 1
