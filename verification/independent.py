"""Other programs at the same parameters: packages, a model in SimPy, and the plain-Python twin."""

import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from scipy.stats import ks_2samp

import drawdown as dd
import withdrawal
from checks import Array, Check, moments_of_two, of, of_two, total
from closed_forms import z_of
from rows import MUTUAL
from scenarios import hawkes, two_threats

# The tests' twin, and the list of scenarios that it is tested on.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests/python"))

# Thousands of comparisons: beyond 4 standard errors some are by chance, beyond this none.
TWIN_LIMIT = 5.0


def simulated(text: str, trials: int, seed: int) -> dd.Run:
    """A run of the core."""
    return dd.simulate(dd.Scenario.from_toml(text), trials=trials, seed=seed, progress=False)


def package_checks(trials: int) -> Iterator[Check]:
    """Counts of Hawkes processes by packages, where they are installed."""
    try:
        from HawkesPyLib.simulation import ExpHawkesProcessSimulation
    except ImportError:
        print("HawkesPyLib is not installed: left out")
    else:
        process = ExpHawkesProcessSimulation(mu=0.2, eta=0.4, theta=5.0)
        found = [len(process.simulate(365.0, seed=k)) for k in range(trials)]
        ours = simulated(hawkes("2026-01-01"), trials, 21).values("attacks")
        theirs = np.array(found, dtype=float)
        yield from moments_of_two("HawkesPyLib", "base process, N(365)", ours, theirs)
    try:
        from tick.hawkes import SimuHawkesExpKernels
    except ImportError:
        print("tick is not installed: left out")
        return
    background, branching, decay = MUTUAL
    tick = SimuHawkesExpKernels(
        adjacency=np.array(branching),
        decays=decay,
        baseline=np.array(background),
        end_time=365,
        seed=22,
        verbose=False,
    )
    counts = []
    for _ in range(trials):
        tick.reset()
        tick.simulate()
        counts.append([len(times) for times in tick.timestamps])
    theirs = np.array(counts, dtype=float)
    run = simulated(two_threats("2026-01-01"), trials, 23)
    ours = np.stack([of("attacks", "threat", which)(run) for which in "ab"], axis=1)
    for k, which in enumerate("ab"):
        yield from moments_of_two(
            "tick", f"two threats, N(365) of {which}", ours[:, k], theirs[:, k]
        )
    middle = ours.mean(axis=0)
    products = [((x - middle)[:, 0] * (x - middle)[:, 1]) for x in (ours, theirs)]
    yield of_two("tick", "two threats, covariance", *products)


def simpy_checks(trials: int) -> Iterator[Check]:
    """The small withdrawal, in SimPy and in the core."""
    theirs = withdrawal.histories(trials, 31)
    run = simulated(withdrawal.SCENARIO, 10 * trials, 32)
    for name, plain in theirs.items():
        kind, _, which = name.partition(" of ") if " of " in name else name.partition(" on ")
        if kind == "finish":
            ours = of("finish_days", "phase", which)(run)
        else:
            ours = of("attacks", "site", which)(run) if which else total(name)(run)
        yield from compared("SimPy", name, ours, plain)


def compared(row: str, name: str, ours: Array, plain: Array, limit: float = 4.0) -> Iterator[Check]:
    """Share missing, mean, variance and law of a measure in two programs."""
    if np.isnan(ours).any() or np.isnan(plain).any():
        missing = (np.isnan(x).astype(float) for x in (ours, plain))
        yield of_two(row, f"{name}, share missing", *missing, limit)
        ours, plain = ours[~np.isnan(ours)], plain[~np.isnan(plain)]
    if not ours.size or not plain.size or np.ptp(np.concatenate([ours, plain])) == 0:
        return  # nothing, or one and the same value: no comparison to count
    spread = ((x - ours.mean()) ** 2 for x in (ours, plain))
    yield of_two(row, f"{name}, mean", ours, plain, limit)
    yield of_two(row, f"{name}, variance", *spread, limit)
    # Times are rounded in different decimals.
    distance = ks_2samp(np.round(ours, 3), np.round(plain, 3), method="asymp")
    score = z_of(max(distance.pvalue, 1e-300))
    size = plain.size
    yield Check(row, f"{name}, distance (KS)", distance.statistic, 0.0, 0.0, size, limit, score)


def part_of_twin(task: tuple[str, int, int]) -> list[dict]:
    """Some of the twin's histories of a scenario, in a process of their own."""
    import twin

    text, trials, seed = task
    return twin.simulate(tomllib.loads(text), trials, seed)


def twin_checks(times: float, processes: int | None = None) -> Iterator[Check]:
    """The scenarios of tests/python/test_twin.py, with so many times as many of its trials."""
    from test_twin import SCENARIOS, measures

    with ProcessPoolExecutor(processes) as pool:
        for number, (name, (text, of_core, of_twin)) in enumerate(SCENARIOS.items()):
            parts = 8
            some = max(1, round(times * of_twin / parts))
            tasks = [(text, some, 1_000 * (number + 1) + part) for part in range(parts)]
            trials = [trial for part in pool.map(part_of_twin, tasks) for trial in part]
            run = simulated(text, of_core, 41)
            print(f"twin: {name}, {len(trials)} of its trials", flush=True)
            for measure, (ours, of_trial) in measures(run).items():
                plain = np.array([of_trial(trial) for trial in trials], dtype=float)
                yield from compared(f"twin: {name}", measure, ours, plain, TWIN_LIMIT)
