"""The long verification's scripts, on a few rows: `make verify` runs all of it."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "verification"


def test_a_few_rows_pass() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPTS / "run.py", "--quick"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" SE ") > 60


def test_a_wrong_answer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    import rows

    [row] = [row for row in rows.ROWS if row.what == "mean of N(30)"]
    found = rows.check(row, 50_000)
    assert not found.failed
    assert type(found)(
        found.row, found.what, found.measured, 1.05 * found.expected, found.se, found.size
    ).failed


def test_every_unit_test_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    import rows

    root = SCRIPTS.parent
    sources = [*(root / "src").rglob("*.rs"), *(root / "tests/it").glob("*.rs")]
    text = "".join(path.read_text("utf-8") for path in sources)
    for test in rows.UNITS.values():
        assert f"fn {test.rsplit('::')[-1]}()" in text, test
