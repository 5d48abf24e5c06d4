import importlib.util
import json
import os
import re
import subprocess
import sys
import typing
from collections import defaultdict
from pathlib import Path
from typing import NotRequired

import pytest

import drawdown as dd
from drawdown import _core
from drawdown.runs.backend import By
from drawdown.scenario import types as scenario_types

ROOT = Path(__file__).parents[2]


TOOLS = ["generate_types", "generate_reference", "generate_results", "generate_api"]


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_generated_follows_the_schema(tool):
    spec = importlib.util.spec_from_file_location(tool, ROOT / f"tools/{tool}.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    written = generate.TARGET.read_text(encoding="utf-8")
    assert generate.render() == written, f"stale; run: python tools/{tool}.py"


def test_the_types_name_the_keys_of_a_scenario(iraq):
    mapping = iraq.to_dict()
    assert mapping.keys() <= scenario_types.Scenario.__annotations__.keys()
    assert mapping["plan"].keys() <= scenario_types.Plan.__annotations__.keys()
    hints = typing.get_type_hints(scenario_types.Scenario, include_extras=True)
    optional = {key for key, hint in hints.items() if typing.get_origin(hint) is NotRequired}
    assert hints.keys() - optional == {"schema", "start", "world"}
    assert dd.Scenario.from_dict(mapping) == iraq


def test_breakdowns_are_those_of_the_core():
    assert list(typing.get_args(By)) == sorted({by for _, by, _, _ in _core.measures() if by})


LINES = ROOT / "tests/python/data/typed_lines.py"


def mypy(folder):
    command = [sys.executable, "-m", "mypy", "--strict", str(LINES)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"MYPYPATH": "python"}, text=True, capture_output=True
    )
    for line in done.stdout.splitlines():
        if found := re.match(r"[^:]*typed_lines.py:(\d+): error: (.*)", line):
            yield int(found[1]), found[2]


def pyright(folder):
    about = {
        "include": [str(LINES)],
        "extraPaths": [str(ROOT / "python")],
        "typeCheckingMode": "standard",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(about), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "basedpyright",
        "--outputjson",
        "--project",
        str(folder),
        "--pythonpath",
        sys.executable,
    ]
    done = subprocess.run(command, text=True, capture_output=True)
    for each in json.loads(done.stdout)["generalDiagnostics"]:
        yield each["range"]["start"]["line"] + 1, each["message"]


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_type_checkers_see_what_is_misspelt_and_nothing_else(checker, tmp_path):
    due = {}
    for number, line in enumerate(LINES.read_text(encoding="utf-8").splitlines(), 1):
        if found := re.search(rf"# {checker.__name__}: (.*?)(?: # |$)", line):
            due[number] = found[1]
    said = defaultdict(list)
    for number, message in checker(tmp_path):
        said[number].append(message)
    assert len(due) >= 6
    assert said.keys() == due.keys(), dict(said)
    for number, part in due.items():
        assert any(part in message for message in said[number]), (number, said[number])
