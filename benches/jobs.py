"""The jobs: who can run them, whether they agree, and how fast they are."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

import drawdown as dd
import job_files
from peers import (
    numba_hawkes,
    numpy_hawkes,
    packages,
    simpy_hawkes,
    withdrawal_numba,
    withdrawal_simpy,
    withdrawal_tuned,
)
from timing import Contender, quartiles, rounds, score

FOLDER = Path(__file__).parent / "jobs"
MOST_Z = 3.5
MEASURES = ("attacks", "wounded", "killed", "finish_days")


class Row(NamedTuple):
    """A contender in a job."""

    job: str
    name: str
    checked: int  # trials
    z: float  # standard errors between its mean and what it should be; the largest of several
    seconds: np.ndarray  # of CPU time per attack, by round
    times: tuple[float, float, float]  # drawdown's time, by round: quartiles

    @property
    def agrees(self) -> bool:
        """Whether its means are what they should be."""
        return abs(self.z) < MOST_Z


def all_jobs() -> tuple[list[Row], tuple[float, float, float]]:
    """All jobs, and the mean attacks of each."""
    a, b = FOLDER / "one-channel.toml", FOLDER / "twelve-channels.toml"
    whole, attacks = withdrawal("(c) withdrawal", FOLDER / "withdrawal.toml")
    rows = [*processes("(a) one channel", a), *processes("(b) twelve channels", b), *whole]
    means = [job_files.expected(job_files.process(path)) for path in (a, b)]
    return rows, (*means, attacks)


class Drawdown:
    """Runs a scenario, every time under another seed."""

    def __init__(self, scenario: dd.Scenario, threads: int = 1) -> None:
        self.scenario, self.threads, self.seed = scenario, threads, 0

    def run(self, trials: int) -> dd.Run:
        """So many trials."""
        self.seed += 1
        return dd.simulate(
            self.scenario, trials=trials, seed=self.seed, threads=self.threads, progress=False
        )

    def attacks(self, trials: int) -> np.ndarray:
        """Attacks by trial."""
        return self.run(trials).values("attacks")


def processes(name: str, path: Path) -> list[Row]:
    """A job that is a self-exciting process: means against the closed form, and speeds."""
    job = job_files.process(path)
    mean = job_files.expected(job)
    contenders = process_contenders(path, job)
    scores = [score(contender.run(contender.checked), mean) for contender in contenders]
    return rows(name, contenders, scores, mean)


def process_contenders(path: Path, job: job_files.Process) -> list[Contender]:
    """Drawdown first."""
    random = np.random.Generator(np.random.SFC64(1))
    ready = numba_hawkes.prepared(job)
    lockstep, part = numpy_hawkes.in_lockstep, numpy_hawkes.LOCKSTEP
    generations, few = numpy_hawkes.by_generation, numpy_hawkes.GENERATIONS
    in_order, by_family = numba_hawkes.in_time_order, numba_hawkes.family_by_family
    return [
        Contender("drawdown", Drawdown(dd.Scenario.read(path)).attacks),
        Contender("SimPy", lambda n: simpy_hawkes.run(n, job).sum(axis=1), checked=5_000),
        *packages.contenders(job),
        Contender("numpy, in lockstep", lambda n: lockstep(random, n, job).sum(1), at_a_time=part),
        Contender(
            "numpy, by generation", lambda n: generations(random, n, job).sum(1), at_a_time=few
        ),
        Contender("numba, plain", lambda n: numba_hawkes.thinning(n, job).sum(axis=1)),
        Contender("numba, in time order", lambda n: in_order(random, n, ready).sum(axis=1)),
        Contender("numba, family by family", lambda n: by_family(random, n, ready).sum(axis=1)),
    ]


def withdrawal(name: str, path: Path) -> tuple[list[Row], float]:
    """The whole withdrawal: the means of several measures against drawdown's, and speeds.

    And its mean attacks.
    """
    contenders = withdrawal_contenders(path)
    drawdown, *others = (contender.run(contender.checked) for contender in contenders)
    means, variances = drawdown.mean(axis=0), drawdown.var(axis=0, ddof=1) / len(drawdown)
    scores = [0.0]
    for found in others:
        each = [score(*column) for column in zip(found.T, means, variances, strict=True)]
        scores.append(max(each, key=abs))
    return rows(name, contenders, scores, means[0]), float(means[0])


def withdrawal_contenders(path: Path) -> list[Contender]:
    """Drawdown first. They give MEASURES by trial, a finish that is not reached as the horizon."""
    job, ours = job_files.withdrawal(path), Drawdown(dd.Scenario.read(path))
    random = np.random.Generator(np.random.SFC64(1))

    def drawdown(trials: int) -> np.ndarray:
        run = ours.run(trials)
        found = np.stack([run.values(measure) for measure in MEASURES], axis=1)
        return np.nan_to_num(found, nan=job.horizon)

    return [
        Contender("drawdown", drawdown),
        Contender("SimPy", lambda n: withdrawal_simpy.run(n, job), checked=5_000),
        Contender("numba, plain", lambda n: withdrawal_numba.run(n, job)),
        Contender("numba, in time order", lambda n: withdrawal_tuned.run(random, n, job)),
    ]


def rows(name: str, contenders: list[Contender], scores: list[float], mean: float) -> list[Row]:
    """Times the contenders of a job."""
    if abs(scores[0]) >= MOST_Z:
        raise SystemExit(f"{name}: drawdown's mean is {scores[0]:+.1f} SE off {mean:.4f}")
    _, seconds = rounds(contenders)
    each = zip(contenders, scores, seconds.T, strict=True)
    return [
        Row(name, who.name, who.checked, z, column / mean, quartiles(column / seconds[:, 0]))
        for who, z, column in each
    ]
