"""The environments of tools/versions.py are those that pyproject.toml allows."""

import importlib.util
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("versions", ROOT / "tools/versions.py")
versions = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(versions)


def test_every_requirement_has_a_bound_that_is_tried():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    due = [*project["dependencies"]]
    for extra, given in project["optional-dependencies"].items():
        due += [] if extra == "notebook" else given
    oldest = versions.bounds("oldest")
    assert len(oldest) == len(due)
    for asked, tried in zip(due, oldest, strict=True):
        assert tried.partition("==")[2].partition(";")[0] in asked
        assert asked.startswith(tried.partition("==")[0] + ">=")
    assert versions.bounds("newest") == due
    assert len(versions.pinned()) == len(versions.TOOLS)


@pytest.mark.parametrize("text", ["numpy", "numpy==2.0", "numpy<3", "numpy>2.0"])
def test_a_requirement_without_a_bound_is_refused(text):
    with pytest.raises(ValueError, match="has no lower bound"):
        versions.exact(text)


def test_the_tests_that_are_run_are_there():
    for name in versions.TESTS:
        file, _, test = name.partition("::")
        text = (ROOT / "tests/python" / file).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in text, name
