"""Runs some tests with the oldest libraries that pyproject.toml allows, and with the newest.

    python tools/versions.py            both; `make versions` runs it
    python tools/versions.py oldest     one of them: oldest or newest

Environments stand in target/oldest and target/newest. The first has the lower bound of every
requirement, exactly, optional ones too (but for JupyterLab); the second whatever is newest today.
What those need in turn is the newest that fits. So a bound is what the tests below pass with.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = {"notebook"}
TOOLS = ["pytest", "pytest-xdist"]
# Import, runs, every kind of result and its figure, the page, and files of every form.
TESTS = [
    "test_start_up.py",
    "test_run.py",
    "test_handed_out.py",
    "test_plot.py",
    "test_plot_comparison.py",
    "test_report.py::test_a_page_holds_everything_and_is_the_same_each_time",
    "test_report.py::test_what_drives_the_answer_joins_the_page",
    "test_languages.py",
    "test_export.py::test_everything_is_there_and_nothing_else",
    "test_export.py::test_tables_read_back",
    "test_export.py::test_without_pyarrow_events_are_csv",
    "test_archive.py::test_a_loaded_run_answers_the_same",
    "test_storage.py",
]


def bounds(kind: str) -> list[str]:
    """The requirements of pyproject.toml for one of the two environments."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    given = [*project["dependencies"]]
    given += [one for name in extras if name not in LEFT_OUT for one in extras[name]]
    return [exact(one) if kind == "oldest" else one for one in given]


def exact(requirement: str) -> str:
    """A requirement at its lower bound: ``name==bound; marker``.

    Raises
    ------
    ValueError
        If it has none, or something before it that is not understood.
    """
    name, bounds, marker = split(requirement)
    found = re.fullmatch(r">=([\w.]+)(,<[\w.]+)?", bounds)
    if found is None:
        raise ValueError(f"`{requirement}` has no lower bound: write NAME>=VERSION")
    return f"{name}=={found[1]}" + (f"; {marker}" if marker else "")


def split(requirement: str) -> tuple[str, str, str]:
    """The name in a requirement, its bounds, and its marker."""
    text, _, marker = requirement.partition(";")
    name = re.match(r"[\w.-]+", text)
    assert name is not None
    return name[0], text[name.end() :].strip(), marker.strip()


def pinned() -> list[str]:
    """The test tools, as requirements-dev.txt has them."""
    lines = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.partition("==")[0] in TOOLS]


def python(kind: str) -> Path:
    """The interpreter of an environment, which is made if it is not there, and filled."""
    folder = ROOT / "target" / kind
    found, list_of = folder / "bin/python", folder / "requirements.txt"
    wanted = "\n".join([*bounds(kind), *pinned(), ""])
    if kind == "oldest" and list_of.exists() and list_of.read_text(encoding="utf-8") == wanted:
        return found
    # Without a pip of its own, which Debian keeps apart: that of this interpreter fills it.
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", folder], check=True)
    asked = folder / "asked.txt"
    asked.write_text(wanted, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    install = [*pip, "--python", found, "install", "--requirement", asked]
    subprocess.run(install, check=True)
    asked.replace(list_of)
    return found


def main() -> None:
    """Runs the tests in the environments that are asked for."""
    for kind in sys.argv[1:] or ["oldest", "newest"]:
        interpreter = python(kind)
        print(f"== {kind}: {', '.join(bounds(kind))}", flush=True)
        tests = [f"tests/python/{name}" for name in TESTS]
        command = [interpreter, "-m", "pytest", "-q", "-m", "not slow and not docs"]
        command += ["--numprocesses", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
        if kind == "oldest":
            # What old libraries say of the ways that they use newer ones.
            command += ["-W", "ignore::DeprecationWarning"]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "python"), "MPLBACKEND": "agg"}
        done = subprocess.run([*command, *tests], cwd=ROOT, env=environment)
        if done.returncode:
            sys.exit(f"the tests fail with the {kind} libraries")


if __name__ == "__main__":
    main()
