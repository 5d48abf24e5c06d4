"""Packages that simulate self-exciting processes, called once a trial as they are meant to be.

Each function gives what runs a number of trials and gives the attacks of each.
"""

from collections.abc import Callable, Iterator
from itertools import count

import numpy as np

from job_files import Process
from timing import Contender

Run = Callable[[int], np.ndarray]

# intensify takes no mean number of 0.
NONE = 1e-12


def contenders(process: Process) -> Iterator[Contender]:
    """Those that are installed and can run the process."""
    for name, package in PACKAGES.items():
        try:
            run = package(process)
        except ImportError as missing:
            print(f"{name} is left out: {missing}")
        else:
            if run is not None:
                yield Contender(name, run)


def one_by_one(simulate: Callable[[int], int]) -> Run:
    """Run trials, given what gives the attacks of one under a seed."""
    seeds = count(1)
    return lambda trials: np.array([simulate(next(seeds)) for _ in range(trials)])


def tick(process: Process) -> Run:
    """The C++ library tick: thinning. It goes on with its random numbers."""
    from tick.hawkes import SimuHawkesExpKernels

    simulation = SimuHawkesExpKernels(
        adjacency=process.branching,
        decays=process.beta,
        baseline=process.background,
        end_time=process.days,
        seed=1,
        verbose=False,
    )

    def simulate(_: int) -> int:
        simulation.reset()
        simulation.simulate()
        return simulation.n_total_jumps

    return one_by_one(simulate)


def hawkes_py_lib(process: Process) -> Run | None:
    """HawkesPyLib, in numba: thinning; one channel only."""
    from HawkesPyLib.simulation import ExpHawkesProcessSimulation

    if len(process.background) > 1:
        return None
    n, mu = float(process.branching[0, 0]), float(process.background[0])
    simulation = ExpHawkesProcessSimulation(mu=mu, eta=n, theta=1.0 / process.beta)
    return one_by_one(lambda seed: len(simulation.simulate(process.days, seed=seed)))


def hawkes_rs(process: Process) -> Run:
    """The Rust library hawkes-rs: thinning."""
    from hawkes import multivariate, univariate

    background, branching, beta, days = process
    if len(background) == 1:
        one = univariate.Parameters(background[0], branching[0, 0], beta)
        return one_by_one(lambda seed: len(univariate.simulate(one, days, seed)))
    several = multivariate.Parameters(background, branching, beta)
    return one_by_one(lambda seed: sum(map(len, multivariate.simulate(several, days, seed))))


def intensify(process: Process) -> Run:
    """The Rust library intensify: its branching form, which is the fastest it has."""
    from intensify import ExponentialKernel, MultivariateHawkes, UnivariateHawkes
    from intensify.core import simulation

    background, branching, beta, days = process
    kernels = [[ExponentialKernel(max(mean, NONE), beta) for mean in row] for row in branching]
    if len(background) == 1:
        one = UnivariateHawkes(background[0], kernels[0][0])
        return one_by_one(lambda seed: len(simulation.branching_simulation(one, days, seed=seed)))
    several = MultivariateHawkes(len(kernels), background, kernels)
    simulate = simulation.branching_simulation_multivariate
    return one_by_one(lambda seed: sum(map(len, simulate(several, days, seed=seed))))


PACKAGES: dict[str, Callable[[Process], Run | None]] = {
    "tick (C++)": tick,
    "HawkesPyLib (numba)": hawkes_py_lib,
    "hawkes-rs (Rust)": hawkes_rs,
    "intensify, branching (Rust)": intensify,
}
