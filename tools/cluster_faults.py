"""Breaks clusters on purpose, and shows that the same bits come out.

    python tools/cluster_faults.py                all of it (some 15 minutes on two cores)
    python tools/cluster_faults.py faults         workers and nannies killed at random moments
    python tools/cluster_faults.py scheduler      the scheduler killed, and gone on with elsewhere
    python tools/cluster_faults.py pool           a pool of processes broken, and gone on with
    python tools/cluster_faults.py overhead       two workers beside two threads, as a ratio
    --rounds N --trials N --seed N

A Dask cluster of one scheduler and two nannies with two workers each is started here, as processes
of their own. It needs the extra `cluster`.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import drawdown as dd

# Signals that leave no time to say goodbye.
KILL = signal.SIGKILL
WAIT_SECONDS = 60.0


class Cluster:
    """A scheduler and nannies on this machine, each a process that can be killed.

    Attributes
    ----------
    address : str
        That of the scheduler.
    nannies : list of Popen
        Each looks after two workers.
    """

    def __init__(self, nannies: int = 2) -> None:
        port = _free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = _dask(
            "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        )
        self.nannies = [self.nanny() for _ in range(nannies)]

    def nanny(self) -> subprocess.Popen[bytes]:
        """Start one with two workers."""
        about = ("--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        return _dask("worker", self.address, "--host", "127.0.0.1", *about)

    def workers(self) -> list[int]:
        """The processes of all workers."""
        return [pid for nanny in self.nannies for pid in children(nanny.pid)]

    def kill_nanny(self, which: int) -> None:
        """Kill one with both of its workers, and start another."""
        nanny = self.nannies[which]
        for pid in [nanny.pid, *children(nanny.pid)]:
            kill(pid)
        nanny.wait()
        self.nannies[which] = self.nanny()

    @contextlib.contextmanager
    def client(self) -> Iterator[Any]:
        """Lend a client, once all workers are there."""
        from distributed import Client

        connect: Any = Client
        with connect(self.address, timeout=WAIT_SECONDS) as client:
            client.wait_for_workers(2 * len(self.nannies), timeout=WAIT_SECONDS)
            yield client

    def close(self) -> None:
        """Kill all of it."""
        for process in (*self.nannies, self.scheduler):
            for pid in [process.pid, *children(process.pid)]:
                kill(pid)
            process.wait()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _dask(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def children(pid: int) -> list[int]:
    """The processes that a process has started, and that run Python on their own account."""
    import psutil

    try:
        found = psutil.Process(pid).children(recursive=True)
        return [one.pid for one in found if "resource_tracker" not in " ".join(one.cmdline())]
    except psutil.Error:
        return []


def kill(pid: int) -> None:
    """Kill a process that may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, KILL)


def same(one: dd.Run, other: dd.Run) -> bool:
    """Whether two runs are the same to the last bit."""
    return one._results.part() == other._results.part()  # type: ignore[attr-defined]


def home(trials: int) -> tuple[dd.Run, float]:
    """The run on two threads of this process, and how long it took."""
    begun = time.perf_counter()
    run = dd.simulate("iraq-2024", trials=trials, seed=7, threads=2, keep="summary", progress=False)
    return run, time.perf_counter() - begun


def away(trials: int, executor: Any, **more: Any) -> dd.Run:
    """The same on an executor."""
    asked = {"trials": trials, "seed": 7, "keep": "summary", "progress": False, **more}
    return dd.simulate("iraq-2024", executor=executor, **asked)


class Strike:
    """A progress function that has something broken once so many trials are there."""

    def __init__(self, trials: int, work: Callable[[], object]) -> None:
        self.at, self.work, self.told, self.struck = trials, work, 0, False

    def __call__(self, done: int) -> None:
        """Take note of how many there are."""
        self.told = done
        if done >= self.at and not self.struck:
            self.struck = True
            self.work()


def kill_workers(cluster: Cluster, rounds: int, trials: int, chance: random.Random) -> list[str]:
    """Kill a worker, or a nanny with both, at random moments; a line for each round."""
    whole, seconds = home(trials)
    print(f"on two threads here: {seconds:.1f} s")
    lines = []
    for k in range(rounds):
        what = "a worker" if k % 2 == 0 else "a nanny and its workers"

        def strike(k: int = k) -> None:
            if k % 2 == 0:
                kill(chance.choice(cluster.workers()))
            else:
                cluster.kill_nanny(chance.randrange(len(cluster.nannies)))

        progress = Strike(int(chance.uniform(0.1, 0.9) * trials), strike)
        with cluster.client() as client:
            begun = time.perf_counter()
            run = away(trials, client.get_executor(pure=False), progress=progress)
            took = time.perf_counter() - begun
        assert progress.struck, "the run was over before anything was killed: give more trials"
        assert same(run, whole), f"round {k}: other bits"
        lines.append(
            f"round {k + 1}: {what} killed after {progress.at:,} of {trials:,} trials, "
            f"{took:.1f} s, same bits"
        )
        print(lines[-1], flush=True)
    return lines


def kill_scheduler(trials: int, chance: random.Random) -> str:
    """Kill the scheduler in the middle, and go on with another cluster."""
    whole, _ = home(trials)
    with Cluster() as cluster, cluster.client() as client:
        progress = Strike(int(chance.uniform(0.3, 0.7) * trials), cluster.scheduler.kill)
        try:
            away(trials, client.get_executor(pure=False), progress=progress)
            raise AssertionError("the run was over before the scheduler was killed")
        except dd.ExecutorError as error:
            broke = error
    kept = check_kept(broke, progress)
    with Cluster() as cluster, cluster.client() as client:
        run = away(trials, client.get_executor(pure=False), done=broke.runs)
    assert same(run, whole), "other bits"
    return f"scheduler killed after {progress.at:,} trials: {kept:,} of {trials:,} kept, same bits"


def check_kept(broke: dd.ExecutorError, progress: Strike) -> int:
    """Nothing that was merged is lost."""
    kept: int = sum(run.trials for run in broke.runs)
    assert kept >= progress.told > 0, f"{kept} kept of {progress.told} that were merged"
    return kept


def break_pool(trials: int, chance: random.Random) -> str:
    """Kill a process of a pool in the middle, and go on with another pool."""
    whole, _ = home(trials)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        list(pool.map(abs, range(2)))
        at = int(chance.uniform(0.3, 0.7) * trials)
        progress = Strike(at, lambda: kill(next(iter(pool._processes or {}))))
        try:
            away(trials, pool, progress=progress)
            raise AssertionError("the run was over before the process was killed")
        except dd.ExecutorError as error:
            broke = error
    kept = check_kept(broke, progress)
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        run = away(trials, pool, done=broke.runs)
    assert same(run, whole), "other bits"
    return (
        f"pool broken after {progress.at:,} trials: {kept:,} of {trials:,} trials kept, same bits"
    )


def overhead(trials: int, rounds: int = 5) -> str:
    """Two workers beside two threads, turn and turn about: the ratio of their times."""
    here, there, dask, share = 0.0, 0.0, 0.0, trials // rounds
    spawn = multiprocessing.get_context("spawn")
    with (
        Cluster(nannies=1) as cluster,
        cluster.client() as client,
        ProcessPoolExecutor(2, mp_context=spawn) as pool,
    ):
        executor = client.get_executor(pure=False)
        for one in (executor, pool):  # starting up is not counted
            away(2_000, one)
        for _ in range(rounds):
            run, took = home(share)
            here += took
            for one in (executor, pool):
                begun = time.perf_counter()
                assert same(away(share, one), run)
                took = time.perf_counter() - begun
                if one is pool:
                    there += took
                else:
                    dask += took
    return (
        f"{trials:,} trials in {rounds} rounds: two threads {here:.1f} s, two workers of Dask "
        f"{dask:.1f} s ({dask / here - 1:+.1%}), two processes {there:.1f} s "
        f"({there / here - 1:+.1%})"
    )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description="Breaks clusters on purpose.")
    kinds = ["faults", "scheduler", "pool", "overhead"]
    parser.add_argument("kinds", nargs="*", choices=[[], *kinds], default=[])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--trials", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    asked, chance = given.kinds or kinds, random.Random(given.seed)
    if "faults" in asked:
        with Cluster() as cluster:
            kill_workers(cluster, given.rounds, given.trials, chance)
        print(f"{given.rounds} rounds: the same bits in all")
    if "scheduler" in asked:
        print(kill_scheduler(given.trials, chance))
    if "pool" in asked:
        print(break_pool(given.trials, chance))
    if "overhead" in asked:
        print(overhead(10 * given.trials))


if __name__ == "__main__":
    main()
