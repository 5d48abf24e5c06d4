"""The notebooks that teach. `make site` runs them in a kernel; here is how they are written."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LESSONS = sorted((ROOT / "examples/notebooks").glob("*.py"))


def cells(lesson: Path) -> list[str]:
    """The cells of code."""
    parts = re.split(r"^# %%(.*)\n", lesson.read_text("utf-8"), flags=re.M)[1:]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [code for kind, code in pairs if "[markdown]" not in kind]


def names(cell: str) -> set[str]:
    """Every name that a cell binds at its top: assigned, imported, looped over or defined."""
    bound: set[str] = set()
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
    return bound


def test_there_are_five() -> None:
    assert len(LESSONS) == 5


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_no_name_is_bound_in_two_cells(lesson: Path) -> None:
    """Cells can be run in any order that their names allow, as marimo runs them."""
    counted = Counter(name for cell in cells(lesson) for name in names(cell))
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_lesson_is_short(lesson: Path) -> None:
    code = [line for cell in cells(lesson) for line in cell.splitlines()]
    written = [line for line in code if line.strip() and not line.lstrip().startswith("#")]
    assert 40 <= len(written) <= 80
