"""Clusters of Dask that lose workers, nannies and the scheduler: small versions of
`tools/cluster_faults.py`."""

import random
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import drawdown as dd

pytest.importorskip("distributed")
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import cluster_faults

pytestmark = pytest.mark.filterwarnings("ignore")
TRIALS = 3_000


@pytest.fixture(scope="module")
def cluster():
    with cluster_faults.Cluster() as started:
        yield started


@pytest.fixture(scope="module")
def client(cluster):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with cluster.client() as client:
            yield client


def test_a_cluster_gives_the_same_bits(iraq, client):
    executor = client.get_executor(pure=False)
    told = []
    asked = {"trials": TRIALS, "seed": 7}
    away = dd.simulate(iraq, executor=executor, progress=told.append, **asked)
    home = dd.simulate(iraq, progress=False, **asked)
    assert away.dataset().identical(home.dataset())
    assert told[-1] == TRIALS
    plans = {"as planned": iraq, "firm": iraq.replace({"plan.breathing_room.pause_days": 0})}
    compared = [
        dd.compare(plans, trials=300, seed=7, progress=False, executor=one)
        for one in (None, executor)
    ]
    assert compared[0].table().equals(compared[1].table())
    # An executor that gives the same answer to the same question does as well.
    pure = dd.simulate(iraq, executor=client.get_executor(), progress=False, **asked)
    assert pure.dataset().identical(home.dataset())


def test_the_command_line_runs_on_a_cluster(cluster, client, tmp_path):
    def run(*words):
        command = [sys.executable, "-m", "drawdown", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    about = ("run", "minimal", "--trials", "500", "--seed", "7")
    away = run(*about, "--scheduler", cluster.address, "--out", str(tmp_path / "away"))
    home = run(*about, "--out", str(tmp_path / "home"))
    assert (away.returncode, home.returncode) == (0, 0), away.stderr
    for name in ("summary.csv", "measures.csv", "dates.csv"):
        assert (tmp_path / "away" / name).read_bytes() == (tmp_path / "home" / name).read_bytes()
    both = run(*about, "--scheduler", cluster.address, "--threads", "2")
    assert both.returncode == 2
    assert "`threads` or an `executor`" in both.stderr


@pytest.mark.slow
def test_workers_and_nannies_that_are_killed_change_no_bit(cluster, client):
    lines = cluster_faults.kill_workers(cluster, 4, 30_000, random.Random(3))
    assert len(lines) == 4


@pytest.mark.slow
def test_a_scheduler_that_is_killed_loses_nothing_that_was_merged():
    assert "same bits" in cluster_faults.kill_scheduler(30_000, random.Random(4))


@pytest.mark.slow
def test_a_pool_that_breaks_loses_nothing_that_was_merged():
    assert "same bits" in cluster_faults.break_pool(30_000, random.Random(5))
