"""Rows that test a function: Rust tests, run by cargo."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from rows import UNITS

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Unit:
    """A row, the test that covers it, and whether it passed."""

    row: str
    test: str
    passed: bool


def run() -> list[Unit]:
    """Run them all; a test that is not found has not passed."""
    command = ["cargo", "test", "--features", "arrow", "--lib", "--test", "it", "--"]
    done = subprocess.run(
        [*command, "--exact", *UNITS.values()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    passed = set(re.findall(r"^test (\S+) \.\.\. ok$", done.stdout, re.MULTILINE))
    if not passed:
        print(done.stderr)
    return [Unit(row, test, test in passed) for row, test in UNITS.items()]
