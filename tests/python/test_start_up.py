"""What takes time to load is loaded by whoever uses it, and the contract of imports holds."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

import drawdown as dd

ROOT = Path(__file__).parents[2]
TABLES = {"numpy", "pandas"}
HEAVY = {"babel", "fluent", "jinja2", "matplotlib", "scipy", "tqdm", "xarray"}
LOADED = "\nimport json, sys; print(); print(json.dumps(sorted(sys.modules)), end='')"


def loaded(code, *given):
    """Which of these packages there are after some code in a fresh interpreter."""
    command = [sys.executable, "-c", code + LOADED, *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return (TABLES | HEAVY) & set(json.loads(done.stdout.splitlines()[-1]))


def test_the_names_load_little():
    assert not loaded("import drawdown")
    read = "import drawdown as dd; dd.Scenario.example('iraq-2024').replace({'title': 'x'})"
    assert loaded(read) == {"numpy"}
    assert loaded("import drawdown as dd; [getattr(dd, name) for name in dd.__all__]") == TABLES


COMMAND = """
import sys
from drawdown.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stop:  # after the help
    assert stop.code == 0
"""


@pytest.mark.parametrize("given", ["--help", "run --help", "check iraq-2024", "schema", "examples"])
def test_a_command_that_simulates_nothing_loads_no_tables(given):
    assert loaded(COMMAND, *given.split()) <= {"numpy"}


def test_a_command_that_draws_nothing_loads_no_figures(tmp_path):
    dd.Scenario.example("minimal").write(tmp_path / "one.toml")
    plans = [tmp_path / "one.toml", "minimal"]
    few = ["--trials", "20", "--seed", "1"]
    # scipy knows some intervals, and what is printed are messages.
    some = {*TABLES, "babel", "fluent", "scipy"}
    assert loaded(COMMAND, "run", "iraq-2024", *few) <= some
    assert loaded(COMMAND, "compare", *plans, *few) <= some


def test_figures_and_pages_load_no_labelled_datasets(tmp_path):
    # With dask beside it xarray takes longer to load than a page to draw.
    run = "import drawdown as dd, sys; from pathlib import Path; to = Path(sys.argv[1]); "
    run += "run = dd.simulate(dd.Scenario.example('iraq-2024'), trials=30, seed=1)"
    every = [
        "run.plot.schedule(); run.plot.attacks(); dd.risk_over_time(run).plot()",
        "run.report(to / 'page.html', trials=20); run.write(to / 'run')",
    ]
    assert "xarray" not in loaded("\n".join([run, *every]), tmp_path)


def rooms():
    spec = importlib.util.spec_from_file_location("rooms", ROOT / "tools/rooms.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize(
    ("module", "text", "broken"),
    [
        ("stats/low.py", "from .._internal import one", None),
        ("stats/low.py", "from ..runs import one", "stats.low uses runs"),
        ("stats/low.py", "from .. import simulate", "stats.low uses __init__"),
        ("stats/low.py", "from drawdown import simulate", "stats.low uses __init__"),
        ("stats/low.py", "import drawdown as dd", "stats.low uses __init__"),
        ("stats/low.py", "def f():\n    import scipy", None),
        ("runs/low.py", "def f():\n    from ..stats import one", "inside a function"),
        ("cli.py", "def f():\n    from .runs import one", None),
        ("runs/low.py", "from ..cli import main", "runs.low uses cli"),
    ],
)
def test_imports_that_the_contract_allows(tmp_path, module, text, broken):
    for room in ("_internal", "runs", "stats"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
        (tmp_path / room / "one.py").write_text("")
    for name in ("__init__.py", "_core.pyi", "cli.py"):
        (tmp_path / name).write_text("")
    (tmp_path / module).write_text(text + "\n")
    found = rooms().broken(tmp_path)
    assert (broken in found[0] and len(found) == 1) if broken else not found, found
