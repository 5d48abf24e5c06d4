"""What tools/python_mutants.toml names is there: a module that is moved takes its notes along."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTES = tomllib.loads((ROOT / "tools/python_mutants.toml").read_text(encoding="utf-8"))


def test_modules_and_tests_are_there():
    modules = {ROOT / f"python/drawdown/{name}.py" for name in NOTES["tests"]}
    tests = {
        ROOT / f"tests/python/test_{name}.py" for asked in NOTES["tests"].values() for name in asked
    }
    assert not [path for path in modules | tests if not path.exists()]
    assert NOTES["formerly"].keys() <= NOTES["tests"].keys()
    assert {ROOT / note["file"] for note in NOTES["mutant"]} <= modules
    for note in NOTES["mutant"]:
        file, _, test = note.get("test", "").partition("::")
        assert not test or f"def {test.partition('[')[0]}(" in (ROOT / file).read_text(
            encoding="utf-8"
        )
