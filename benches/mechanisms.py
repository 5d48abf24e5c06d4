"""What each mechanism of the shipped scenario costs, in machine instructions.

Every mechanism that `Comparison.explain` can switch off, and every larger part of the world, is
left out in turn. Instructions are counted by valgrind, so that they depend neither on the clock nor
on the load; what is done once is left out by the difference of two numbers of trials.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import drawdown as dd
from drawdown.scenario.mechanisms import MECHANISMS, Mechanism, without

ROOT = Path(__file__).parent.parent
SCENARIO = "iraq-2024"
FEW, MANY = 64, 320  # trials

HEAD = ["left out", "attacks", "thousand instructions", "of all", "per attack"]


def _tables(name: str, *paths: str) -> Mechanism:
    return Mechanism(name, "none", lambda _: dict.fromkeys(paths))


_INSURGENCY = ("world.insurgency", "world.reentry", "world.threats.cells")
_REGION = ("world.host", "world.contingents", "world.barrages", "world.calendar", "plan.buffers")

# What can only be left out as a whole.
PARTS = (
    _tables("the insurgency and its attacks", *_INSURGENCY),
    _tables("barrages", "world.barrages"),
    _tables(
        "strikes, host, insurgency, allies, barrages and calendar: all of them",
        *_INSURGENCY,
        *_REGION,
        "world.threats.militias.retaliation",
    ),
)


class Cost(NamedTuple):
    """Per trial."""

    attacks: float
    instructions: float


def build() -> str:
    """The program whose instructions are counted."""
    if shutil.which("valgrind") is None:
        raise SystemExit("valgrind not found: apt-get install valgrind libc6-dbg")
    command = ["cargo", "build", "--locked", "--release", "--no-default-features"]
    command += ["--bench", "gate", "--message-format=json"]
    out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    built = [json.loads(line).get("executable") for line in out.splitlines()]
    return next(path for path in built if path)


def count(program: str, scenario: dd.Scenario) -> Cost:
    """Attacks and instructions of a trial."""
    with tempfile.TemporaryDirectory() as folder:
        file, profile = Path(folder, "job.toml"), Path(folder, "profile")
        scenario.write(file)
        tool = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={profile}"]
        found = []
        for trials in (FEW, MANY):
            command = [*tool, program, str(file), str(trials)]
            attacks = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            lines = profile.read_text().splitlines()
            totals = next(line for line in lines if line.startswith("totals:"))
            found.append((float(attacks), float(totals.split()[1])))
    (few_attacks, few), (many_attacks, many) = found
    return Cost((many_attacks - few_attacks) / (MANY - FEW), (many - few) / (MANY - FEW))


def rows(program: str) -> list[list[str]]:
    """A row for the whole scenario, and one for each thing left out, the dearest first."""
    scenario = dd.Scenario.example(SCENARIO)
    inputs = dd.simulate(scenario, trials=2_000, seed=7, progress=False).inputs
    whole = count(program, scenario)
    costs = {}
    for mechanism in (*MECHANISMS, *PARTS):
        bare = without(scenario, mechanism, inputs)
        if bare != scenario:
            costs[mechanism.name] = count(program, bare)
    costs = dict(sorted(costs.items(), key=lambda item: item[1].instructions))
    return [_row(name, cost, whole) for name, cost in {"nothing": whole, **costs}.items()]


def _row(name: str, cost: Cost, whole: Cost) -> list[str]:
    share = f"{cost.instructions / whole.instructions:.0%}"
    each = f"{cost.instructions / cost.attacks:,.0f}" if cost.attacks > 0 else "–"
    return [name, f"{cost.attacks:,.0f}", f"{cost.instructions / 1e3:,.0f}", share, each]


if __name__ == "__main__":
    for row in [HEAD, *rows(build())]:
        print(" | ".join(row))
