"""The notebooks are valid notebooks of marimo as well, once it has converted them."""

import subprocess
import sys
from pathlib import Path

LESSONS = Path(__file__).parents[2] / "examples/notebooks"


def test_marimo_takes_every_notebook(tmp_path: Path) -> None:
    made = [tmp_path / lesson.name for lesson in sorted(LESSONS.glob("*.py"))]
    for lesson in made:
        _marimo("convert", LESSONS / lesson.name, "--output", lesson)
    _marimo("check", "--strict", *made)


def _marimo(*given: object) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "marimo", *map(str, given)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
