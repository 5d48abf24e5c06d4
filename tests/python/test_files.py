import errno
import os
import stat
import threading
from random import Random

import pytest

import drawdown as dd
from drawdown import _core
from drawdown._internal import files
from drawdown.cli import main
from drawdown.runs import archive


@pytest.fixture(scope="module")
def small():
    return dd.simulate("minimal", trials=20, seed=1, progress=False)


@pytest.fixture(params=["run.npz", "plan.toml", "plan.json", "events.parquet"], scope="module")
def writer(request, small):
    """A name, and what writes a file of it, always the same."""
    write = {
        "run.npz": small.save,
        "plan.toml": small.scenario.write,
        "plan.json": small.scenario.write,
        "events.parquet": small.events().to_parquet,
    }
    return request.param, write[request.param]


def test_links_are_followed_and_modes_kept(writer, tmp_path):
    name, write = writer
    there, mode = tmp_path / "elsewhere" / f"shared {name}", Random(name).choice([0o600, 0o664])
    there.parent.mkdir()
    there.write_text("old")
    there.chmod(mode)
    (tmp_path / name).symlink_to(there)
    (tmp_path / f"new {name}").symlink_to(there.with_name(f"new {name}"))
    for asked in (name, f"new {name}"):
        write(tmp_path / asked)
        assert (tmp_path / asked).is_symlink()
    assert stat.S_IMODE(there.stat().st_mode) == mode
    write(tmp_path / f"plain {name}")
    due = (tmp_path / f"plain {name}").read_bytes()
    assert there.read_bytes() == due == there.with_name(f"new {name}").read_bytes()
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / f"plain {name}").stat().st_mode) == 0o666 & ~mask
    assert len(list(tmp_path.iterdir())) == 4
    assert len(list(there.parent.iterdir())) == 2


def test_a_pipe_is_written_to(writer, tmp_path):
    name, write = writer
    pipe = tmp_path / name
    os.mkfifo(pipe)
    with pytest.raises(OSError) as caught:  # noqa: PT011
        write(pipe)
    assert caught.value.errno == errno.ENXIO
    assert "nobody reads from it" in caught.value.__notes__
    read, opened = [], os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(opened, True)
    until = os.open(pipe, os.O_WRONLY)  # or reading would end before there is a writer

    def take():
        with os.fdopen(opened, "rb") as content:
            read.append(content.read())

    reader = threading.Thread(target=take)
    reader.start()
    write(pipe)
    os.close(until)
    reader.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    write(tmp_path / f"plain {name}")
    assert read == [(tmp_path / f"plain {name}").read_bytes()]


def test_what_cannot_be_written_is_told_before_anything_is_computed(small, tmp_path, monkeypatch):
    monkeypatch.setattr(_core, "simulate", lambda *_, **__: pytest.fail("it was simulated"))
    monkeypatch.setattr(archive.Snapshot, "of", lambda *_: pytest.fail("it was recorded"))
    (tmp_path / "file").write_text("")
    (tmp_path / "nowhere link").symlink_to(tmp_path / "nowhere" / "x")
    for path, number in {
        tmp_path: errno.EISDIR,
        tmp_path / "nowhere" / "x": errno.ENOENT,
        tmp_path / "nowhere link": errno.ENOENT,
        tmp_path / "file" / "x": errno.ENOTDIR,
    }.items():
        for write in (small.save, small.report):
            with pytest.raises(OSError) as caught:  # noqa: PT011
                write(path)
            assert caught.value.errno == number
            assert caught.value.filename


def test_a_name_may_be_as_long_as_the_system_allows(small, tmp_path):
    path = tmp_path / f"{'é' * 125}.toml"
    small.scenario.write(path)
    assert dd.Scenario.read(path) == small.scenario


def test_a_lock_empties_no_file(tmp_path):
    (tmp_path / ".lock").write_text("mine")
    with files.alone(tmp_path):
        pass
    assert (tmp_path / ".lock").read_text() == "mine"


@pytest.mark.parametrize("command", ["run", "compare"])
def test_the_command_line_refuses_before_it_runs(tmp_path, capsys, monkeypatch, command):
    monkeypatch.setattr(_core, "simulate", lambda *_, **__: pytest.fail("it was simulated"))
    (tmp_path / "dates.csv").write_text("mine")
    assert main([command, "minimal", "--out", str(tmp_path)]) == 2
    assert "dates.csv (not of an export)" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["dates.csv"]


def test_a_page_that_nobody_named_replaces_only_a_page(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = ["report", "minimal", "--trials", "20", "--seed", "1", "--beside", "2", "--quiet"]
    page = tmp_path / "report.html"
    page.write_text("<p>mine</p>")
    assert main(given) == 2
    assert page.read_text() == "<p>mine</p>"
    page.unlink()
    assert main(given) == 0
    due = page.read_text("utf-8")
    assert main(given) == 0
    assert page.read_text("utf-8") == due
    page.write_text(edited := due.replace("</h1>", " (my own)</h1>"), "utf-8")
    assert main(given) == 2
    assert page.read_text("utf-8") == edited
    assert "would be lost" in capsys.readouterr().err
    dd.Scenario.example("minimal").write("plan.toml")
    plan = (tmp_path / "plan.toml").read_text()
    assert main(["report", "plan.toml", *given[2:], "--out", "./plan.toml"]) == 2
    assert (tmp_path / "plan.toml").read_text() == plan
