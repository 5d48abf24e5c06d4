"""The long verification: `make verify`, or `python verification/run.py --quick`.

Prints every check, stores them in run/verification/ and writes docs/validity.md. Ends with 1 if
any fails. `--parts rows twin` runs these parts once more and takes the others as they were found.
"""

import argparse
import pickle
import sys
import time
from collections.abc import Iterable
from typing import Any

import calibration
import filter_coverage
import fits_by_simulation
import forecasts
import independent
import page
import particle_calibration
import rescaling
import rows
import units
from checks import Check

KEPT = page.ROOT / "run/verification"

# The twin's trials, as a multiple of those in the tests.
TWIN_TIMES = 2.0

# What a part of the run found, by name.
Part = dict[str, Any]


def told(checks: Iterable[Check]) -> list[Check]:
    """The checks, each printed as soon as it is there."""
    found = []
    for check in checks:
        print(check, flush=True)
        found.append(check)
    return found


def rows_part() -> Part:
    """Every row that a scenario can say."""
    return {"rows": told(rows.checks(quick=False))}


def rescaling_part() -> Part:
    """The time-rescaling of event logs, and its control."""
    right, wrong, quantiles = rescaling.checks(1_000)
    return {"rescaling": told(right), "control": wrong, "quantiles": quantiles}


def others_part() -> Part:
    """Packages, and the model in SimPy."""
    packages = told(independent.package_checks(100_000))
    return {"others": packages + told(independent.simpy_checks(20_000))}


def twin_part() -> Part:
    """The twin, with more of its trials than in the tests."""
    found = list(independent.twin_checks(TWIN_TIMES))
    told(check for check in found if abs(check.z) > 3)
    return {"twin": found}


def forecasts_part() -> Part:
    """Scores of forecasts, and how often intervals of forecasts hold what they say."""
    return {"forecasts": told(forecasts.checks())}


def coverage_part() -> Part:
    """How often bands of forecasts by the particle filter hold what comes."""
    return {"coverage": told(filter_coverage.checks(filter_coverage.SERIES))}


def simulation_part() -> Part:
    """How likely intervals of fits by simulation hold the truth."""
    return {"simulation": told(fits_by_simulation.checks())}


def calibration_part() -> Part:
    """Simulation-based calibration of fits, and its control."""
    return {"calibration": told(calibration.checks(1_000))}


def particles_part() -> Part:
    """Simulation-based calibration of the particle filter's likelihood, and its control."""
    return {"particles": told(particle_calibration.checks(100))}


def units_part() -> Part:
    """The functions that no scenario reaches."""
    found = units.run()
    for unit in found:
        print(f"{unit.row:<14} unit test `{unit.test}`: {'passed' if unit.passed else 'FAILED'}")
    return {"units": found}


PARTS = {
    "rows": rows_part,
    "rescaling": rescaling_part,
    "others": others_part,
    "twin": twin_part,
    "forecasts": forecasts_part,
    "coverage": coverage_part,
    "simulation": simulation_part,
    "calibration": calibration_part,
    "particles": particles_part,
    "units": units_part,
}


def quick() -> list[Check]:
    """A few rows, a short log and a few histories of the SimPy model: that the scripts work."""
    return (
        told(rows.checks(quick=True))
        + told(rescaling.checks(10)[0])
        + told(independent.simpy_checks(60))
        + told(forecasts.closed_forms())
    )


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rows in a few seconds, no page")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS), help="run these")
    given = parser.parse_args()
    if given.quick:
        return verdict(quick())
    KEPT.mkdir(parents=True, exist_ok=True)
    for name in given.parts:
        begun = time.monotonic()
        part = PARTS[name]()
        part["minutes"] = (time.monotonic() - begun) / 60
        (KEPT / f"{name}.pickle").write_bytes(pickle.dumps(part))
    parts = {name: kept(name) for name in PARTS}
    page.write(parts)
    checks = page.checks(parts)
    page.store(checks, KEPT / "checks.csv")
    failed = [unit.test for unit in parts["units"]["units"] if not unit.passed]
    for test in failed:
        print(f"unit test `{test}` FAILED")
    absent = [name for name, part in parts.items() if not part[name]]
    if absent:
        print(f"not run yet: {', '.join(absent)}")
    return max(verdict(checks), int(bool(failed or absent)))


def kept(name: str) -> Part:
    """What a part found when it was last run; nothing if it never was."""
    path = KEPT / f"{name}.pickle"
    return pickle.loads(path.read_bytes()) if path.exists() else {name: [], "minutes": 0.0}


def verdict(checks: list[Check]) -> int:
    """Tell how many failed, and which; 1 if any."""
    failed = [check for check in checks if check.failed]
    print(f"\n{len(checks)} checks, {len(failed)} failed")
    for check in failed:
        print(check)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
