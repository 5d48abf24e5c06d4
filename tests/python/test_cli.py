import contextlib
import io
import json
import os
import pty
import signal
import subprocess
import sys
import termios

import pandas as pd
import pytest
from pyarrow import parquet

import drawdown as dd
from drawdown.cli import main


def test_check_says_what_would_be_simulated(capsys, iraq):
    assert main(["check", "iraq-2024"]) == 0
    assert capsys.readouterr() == (str(iraq), "")


def test_run_prints_tables_and_writes_a_folder(capsys, tmp_path):
    out = tmp_path / "run"
    given = ["run", "minimal", "--trials", "50", "--seed", "3", "--threads", "1"]
    assert main([*given, "--out", str(out), "--events", "7"]) == 0
    printed, errors = capsys.readouterr()
    assert "50 trials · seed 3" in printed
    assert "phase leave" in printed
    assert "person_days" in printed
    assert errors == ""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["trials_run"], manifest["seed"]) == (50, 3)
    assert parquet.read_table(out / "events.parquet")["trial"].to_pylist()[-1] == 6


def test_compare_prints_differences_and_writes_a_folder(capsys, tmp_path, minimal):
    late = minimal.replace({"plan.phases.leave.announced_finish": "2025-12-31"})
    horizon = {"horizon": "2027-01-01"}
    minimal.replace(horizon).write(tmp_path / "soon.toml")
    late.replace(horizon).write(tmp_path / "late.toml")
    plans = [str(tmp_path / "soon.toml"), str(tmp_path / "late.toml")]
    given = ["compare", *plans, "--trials", "40", "--seed", "3", "--out", str(tmp_path / "out")]
    assert main(given) == 0
    printed, errors = capsys.readouterr()
    assert printed.startswith("soon, late, stay · 40 trials · seed 3")
    assert "written to" in printed
    assert errors == ""
    assert (tmp_path / "out/late/manifest.json").exists()
    assert main([*given[:-2], "--baseline", "late", "--no-stay"]) == 0
    assert capsys.readouterr().out.startswith("late, soon · 40 trials")


def test_report_writes_a_page(capsys, tmp_path, minimal):
    out = tmp_path / "brief.html"
    given = ["report", "minimal", "--trials", "30", "--seed", "3", "--beside", "20"]
    assert main([*given, "--out", str(out)]) == 0
    printed, errors = capsys.readouterr()
    run = dd.simulate(minimal, trials=30, seed=3, progress=False)
    assert printed == f"{run.origin_line}\nwritten to {out}\n"
    assert errors == ""
    run.report(tmp_path / "same.html", trials=20, progress=False)
    assert out.read_bytes() == (tmp_path / "same.html").read_bytes()
    assert main([*given, "--out", str(tmp_path / "nowhere/brief.html")]) == 2
    assert "nowhere: No such file or directory" in capsys.readouterr().err
    assert main([*given[:-1], "1", "--out", str(out)]) == 2
    assert "`trials` must be at least 2" in capsys.readouterr().err


def test_compare_names_the_scenario_that_is_refused(capsys, tmp_path, minimal):
    path = tmp_path / "bad.toml"
    path.write_text("schema = 2")
    assert main(["compare", "minimal", str(path), "minimal"]) == 1
    assert capsys.readouterr().err.startswith(f"{path}: ")


def test_tables_fit_a_screen(capsys):
    assert main(["run", "iraq-2024", "--trials", "50", "--seed", "1"]) == 0
    tables = capsys.readouterr().out.split("\n", 1)[1]
    assert max(map(len, tables.splitlines())) <= 100


def test_quiet_prints_nothing(capsys, tmp_path):
    assert main(["run", "minimal", "--trials", "20", "--quiet", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "summary.csv").exists()


def test_examples(capsys):
    assert main(["examples"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == dd.examples()
    assert main(["examples", "minimal"]) == 0
    text = capsys.readouterr().out
    assert dd.Scenario.from_toml(text) == dd.Scenario.example("minimal")


def test_schema_is_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Scenario"


def test_a_refused_scenario_is_1(capsys, tmp_path, minimal):
    path = tmp_path / "bad.toml"
    path.write_text(minimal.to_toml().replace("schema = 1", "schema = 1\nshema = 2"))
    for command in ("check", "run"):
        assert main([command, str(path)]) == 1
        printed, errors = capsys.readouterr()
        assert printed == ""
        assert str(path) in errors
        assert "shema" in errors
        assert "unknown_key" in errors


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["check", "nowhere.toml"], "nowhere.toml: No such file or directory; shipped"),
        (["run", "minimal", "--trials", "0"], "`trials` must be at least 1, not 0"),
        (["run", "minimal", "--seed", "-1"], "`seed` must be at least 0"),
        (["compare", "minimal", "--no-stay"], "there is nothing to compare"),
        (["compare", "minimal", "--baseline", "b"], "no plan `b`; there are minimal, stay"),
        (["compare", "minimal", "minimal", "minimal"], "`minimal` is given more than once"),
        (["examples", "nothing"], "there is no example `nothing`"),
        (["check", __file__], "a scenario is a .toml or a .json file"),
    ],
)
def test_wrong_usage_is_2(capsys, given, said):
    assert main(given) == 2
    printed, errors = capsys.readouterr()
    assert printed == ""
    assert said in errors


@pytest.mark.parametrize(
    "given",
    [
        ["fly"],
        ["run"],
        ["run", "minimal", "--trials", "many"],
        ["run", "minimal", "--events", "-1"],
    ],
)
def test_what_the_parser_refuses_is_2(capsys, given):
    with pytest.raises(SystemExit) as caught:
        main(given)
    assert caught.value.code == 2
    assert "usage: drawdown" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_2_before_the_run(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    assert main(["run", "minimal", "--out", str(tmp_path / "file")]) == 2
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_version(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"drawdown {dd.__version__}\n"


def test_as_a_module():
    command = [sys.executable, "-m", "drawdown", "examples"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "iraq-2024" in done.stdout


def test_a_reader_that_leaves_is_no_error():
    command = f'"{sys.executable}" -m drawdown schema | head -1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


@pytest.fixture(params=["ascii", "cp932"])
def on_a_terminal(request):
    """Runs a command where output has some encoding; gives the status and the bytes printed."""

    def run(*given):
        streams = [io.TextIOWrapper(io.BytesIO(), request.param, "strict") for _ in range(2)]
        with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
            status = main([str(one) for one in given])
        for stream in streams:
            stream.flush()
        return status, *(stream.buffer.getvalue() for stream in streams)

    return run


@pytest.mark.parametrize("command", ["run", "resume", "compare", "report", "check"])
def test_a_letter_that_cannot_be_shown_costs_nothing(tmp_path, on_a_terminal, minimal, command):
    plan, out = tmp_path / "plan.toml", tmp_path / "out"
    strange = minimal.replace({"title": "Հեռացում – ♞"})
    strange.write(plan)
    given = [command, plan, "--trials", "20", "--seed", "1", "--threads", "1", "--out", out]
    if command == "resume":
        dd.simulate(strange, trials=20, seed=1, out=out, progress=False)
        given = ["resume", out]
    elif command == "check":
        given = ["check", plan]
    elif command == "report":
        given += ["--beside", "2"]
    status, printed, errors = on_a_terminal(*given)
    assert (status, errors) == (0, b"")
    if command == "compare":
        assert b"stay" in printed
    else:
        assert b"?" in printed
    if command != "check":
        written = {"report": out, "compare": out / "stay" / "manifest.json"}
        assert "Հեռացում" in written.get(command, out / "manifest.json").read_text("utf-8")


def test_a_refusal_is_told_in_any_encoding(tmp_path, on_a_terminal):
    plan = tmp_path / "撤退.toml"
    plan.write_text('title = "撤退"', "utf-8")
    status, _, errors = on_a_terminal("check", plan)
    assert status == 1
    assert b"schema" in errors


def test_what_is_a_files_content_is_utf_8_anywhere(on_a_terminal, monkeypatch):
    text = 'title = "撤退 – 🕊"\n'
    monkeypatch.setattr(dd._core, "example_toml", lambda _: text)
    assert on_a_terminal("examples", "minimal") == (0, text.encode("utf-8"), b"")


def test_what_is_asked_for_in_files_is_there_before_it_is_printed(tmp_path, monkeypatch, minimal):
    def gone(_):
        raise BrokenPipeError

    monkeypatch.setattr(dd.Run, "__str__", gone)
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    out = tmp_path / "out"
    assert main(["run", "minimal", "--trials", "20", "--seed", "1", "--out", str(out)]) == 0
    assert (out / "manifest.json").exists()
    assert not (out / "checkpoint").exists()


def test_ctrl_c_writes_what_was_finished_and_is_130(tmp_path):
    command = [sys.executable, "-m", "drawdown", "run", "iraq-2024", "--trials", "1500000"]
    # A bar is drawn on a terminal alone.
    screen, end = pty.openpty()
    termios.tcsetwinsize(end, (24, 100))
    process = subprocess.Popen(
        [*command, "--seed", "7", "--out", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=end,
        text=True,
    )
    os.close(end)
    # The bar appears when trials are being run; only then is there something to interrupt.
    seen = ""
    while "trials/s" not in seen:
        more = os.read(screen, 1000).decode()
        assert more, seen
        seen += more
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    errors = ""
    with contextlib.suppress(OSError):  # how a terminal tells that nobody is left to write to it
        while more := os.read(screen, 1000).decode():
            errors += more
    os.close(screen)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "stopped" in errors
    assert "stopped after" in printed
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert 0 < manifest["trials_run"] < 1_500_000


def test_a_series_is_backtested_and_a_forecast_scored(tmp_path, capsys):
    months = pd.period_range("2020-01", periods=40, freq="M").astype(str)
    table = pd.DataFrame({"month": months, "attacks": range(40), "killed": 1})
    table.to_csv(tmp_path / "series.csv", index=False)
    file = str(tmp_path / "series.csv")
    few = ["--horizons", "1", "--samples", "20", "--models", "climatology", "last value"]
    out = str(tmp_path / "table.csv")
    assert main(["backtest", file, "--column", "attacks", *few, "--out", out]) == 0
    assert "month, 1, climatology" in capsys.readouterr().out
    series = table.set_index("month")["attacks"]
    tested = dd.backtest(
        series, ["climatology", "last value"], horizons=[1], samples=20, progress=False
    )
    written = pd.read_csv(out, index_col=[0, 1, 2])
    assert written["crps"].tolist() == pytest.approx(tested.table()["crps"].tolist())

    frozen = dd.Forecast.of_series(series[:30], ["last value"], samples=20)
    frozen.write(tmp_path / "frozen.json")
    table[["month", "attacks"]].to_csv(tmp_path / "came.csv", index=False)
    scores = str(tmp_path / "scores.csv")
    frozen_file = str(tmp_path / "frozen.json")
    assert main(["score", frozen_file, str(tmp_path / "came.csv"), "--out", scores]) == 0
    assert "hindcast" in capsys.readouterr().out
    assert len(pd.read_csv(scores)) == len(frozen.score(series).each)
    frame = frozen.frame
    frame[frame["over"] == "month"].to_csv(tmp_path / "frame.csv", index=False)
    assert main(["score", str(tmp_path / "frame.csv"), str(tmp_path / "came.csv")]) == 0
    capsys.readouterr()

    assert main(["backtest", file]) == 2
    assert "name one of attacks, killed with --column" in capsys.readouterr().err
    assert main(["backtest", file, "--column", "kiled"]) == 2
    assert "there are attacks, killed" in capsys.readouterr().err
    assert main(["score", frozen_file, str(tmp_path / "none.csv")]) == 2
    assert "none.csv: No such file" in capsys.readouterr().err
