"""The reproducibility contract across doors, builds and processes."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import drawdown as dd

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "tests/it/contract.rs").read_text(encoding="utf-8")


def digest(run):
    """All values of a run, in one number of 256 bits."""
    data = run.dataset()
    parts = (np.ascontiguousarray(data[name].values).tobytes() for name in data.data_vars)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def test_the_pinned_trial_is_the_same_in_this_build(iraq):
    # Rust tests pin it in their build, this is the one that users have; one pin for both.
    events, pinned = re.search(r"PINNED: \(usize, u64\) = \((\d+), ([\d_]+)\)", SOURCE).groups()
    block = SOURCE[SOURCE.index("fn a_whole_trial_is_pinned") :]
    measures = re.findall(r'\("(\w+)", By::(\w+)\)', block[: block.index("];")])
    run = dd.simulate(iraq, trials=18, seed=7, progress=False)
    mixed, most = 0, 2**64
    for name, by in measures:
        by = None if by == "Total" else by.lower()
        for value in np.atleast_1d(np.asarray(run.values(name, by))[17]):
            bits = 1 if np.isnan(value) else int(np.float64(value).view(np.uint64))
            mixed = ((mixed ^ bits) * 0x9E3779B97F4A7C15) % most
            mixed = ((mixed << 23) | (mixed >> 41)) % most
    assert len(measures) == 10
    assert (len(run.trial(17).events), mixed) == (int(events), int(pinned.replace("_", "")))


def test_another_process_gives_the_same_bits(run):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import drawdown as dd, test_contract;"
        "run = dd.simulate('iraq-2024', trials=500, seed=7, threads=int(sys.argv[2]));"
        "print(test_contract.digest(run))"
    )
    for threads in ("1", "3"):
        command = [sys.executable, "-c", code, str(Path(__file__).parent), threads]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == digest(run)


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_scenario_from_a_file_gives_the_same_bits(iraq, run, suffix, tmp_path):
    iraq.write(tmp_path / f"plan{suffix}")
    read = dd.Scenario.read(tmp_path / f"plan{suffix}")
    assert digest(dd.simulate(read, trials=500, seed=7, progress=False)) == digest(run)


def test_a_change_that_is_taken_back_gives_the_same_bits(iraq, run):
    path = "plan.breathing_room.pause_days"
    before = iraq.to_dict()["plan"]["breathing_room"]["pause_days"]
    there = iraq.replace({f"{path}.value": before + 1})
    back = there.replace({f"{path}.value": before})
    assert there.hash != iraq.hash == back.hash
    assert digest(dd.simulate(back, trials=500, seed=7, progress=False)) == digest(run)
