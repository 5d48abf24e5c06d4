"""The long verification: `make verify`, or `python verification/run.py --quick`.

Prints every check, stores them in run/verification.csv and writes docs/validity.md. Ends with 1 if
any fails.
"""

import argparse
import csv
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import independent
import page
import rescaling
import rows
import units
from checks import Check


def told(checks: Iterable[Check]) -> list[Check]:
    """The checks, each printed as soon as it is there."""
    found = []
    for check in checks:
        print(check, flush=True)
        found.append(check)
    return found


def stored(checks: Iterable[Check], path: Path) -> None:
    """Writes them to a file of comma-separated values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["row", "what", "measured", "expected", "se", "z", "sees", "trials", "failed"])
        for c in checks:
            line = [c.row, c.what, c.measured, c.expected, c.se, c.z, c.seen, c.size, c.failed]
            out.writerow(line)


def quick() -> list[Check]:
    """A few rows, a short log and a few histories of the SimPy model: that the scripts work."""
    return (
        told(rows.checks(quick=True))
        + told(rescaling.checks(10)[0])
        + told(independent.simpy_checks(60))
    )


def whole(twin: float) -> list[Check]:
    """Everything, and the page."""
    begun = time.monotonic()
    of_rows = told(rows.checks(quick=False))
    rescaled = rescaling.checks(1_000)
    told(rescaled[0])
    others = told(independent.package_checks(100_000)) + told(independent.simpy_checks(20_000))
    of_twin = list(independent.twin_checks(twin))
    told(check for check in of_twin if abs(check.z) > 3)
    of_cargo = units.run()
    for unit in of_cargo:
        print(f"{unit.row:<14} unit test `{unit.test}`: {'passed' if unit.passed else 'FAILED'}")
    minutes = (time.monotonic() - begun) / 60
    page.write(of_rows, rescaled, others, of_twin, of_cargo, minutes)
    if not all(unit.passed for unit in of_cargo):
        sys.exit("unit tests failed")
    return [*of_rows, *rescaled[0], *others, *of_twin]


def main() -> int:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rows in a few seconds, no page")
    parser.add_argument("--twin", type=float, default=3.0, help="times the twin's trials in tests")
    given = parser.parse_args()
    checks = quick() if given.quick else whole(given.twin)
    failed = [check for check in checks if check.failed]
    if not given.quick:
        stored(checks, page.ROOT / "run/verification.csv")
    print(f"\n{len(checks)} checks, {len(failed)} failed")
    for check in failed:
        print(check)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
