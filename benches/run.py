"""Measures speed beside the same process in numba, and writes docs/performance.md.

First every mean is checked against its closed form; then rounds of about 0.4 s each, interleaved
in alternating order, are timed in CPU time on one thread and compared within the round.
"""

import math
import os
import platform
import time
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import mechanisms
import numba
import numpy as np
import peers

import drawdown as dd

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"

JOBS = {"(a) one channel": "one-channel.toml", "(b) twelve channels": "twelve-channels.toml"}
CHECKED = 20_000  # trials that a mean is checked over
MOST_Z = 3.5
ROUNDS = 9
CHUNK = 0.4  # seconds

JOB_HEAD = ["job", "", "z", "ns per attack", "over drawdown's"]
REFERENCE_HEAD = ["threads", "trials per second", "per second of CPU time", "speed-up"]

# Runs a number of trials and gives the attacks of each.
Contender = Callable[[int], np.ndarray]


def process(path: Path) -> peers.Process:
    """The process that a scenario of one kind of threat without a plan comes to."""
    written = tomllib.loads(path.read_text())
    background = []
    for threat in written["world"]["threats"].values():
        contagion = threat["contagion"]
        n, beta = contagion["children_per_attack"], 1.0 / contagion["decay_days"]
        weights = np.array(list(threat.get("site_weights", {"all": 1.0}).values()))
        background.append((1.0 - n) * threat["attacks_per_day"] * weights / weights.sum())
    days = (written["horizon"] - written["start"]).days
    return peers.Process(np.concatenate(background), n, beta, float(days))


def expected(process: peers.Process) -> float:
    """Mean attacks of a trial, from an empty past (Hawkes 1971, exponential kernel)."""
    mu, n, beta, days = process.background.sum(), process.n, process.beta, process.days
    rate = (1.0 - n) * beta
    return mu / (1.0 - n) * (days - n / rate * -math.expm1(-rate * days))


def contenders(path: Path) -> dict[str, Contender]:
    """What runs the job, by name; drawdown first."""
    scenario, same = dd.Scenario.read(path), process(path)
    random = np.random.Generator(np.random.SFC64(1))
    seeds = iter(range(1_000_000))

    def drawdown(trials: int) -> np.ndarray:
        run = dd.simulate(scenario, trials=trials, seed=next(seeds), threads=1, progress=False)
        return run.values("attacks")

    return {
        "drawdown": drawdown,
        "numba, in time order": lambda n: peers.in_time_order(random, n, same).sum(axis=1),
        "numba, family by family": lambda n: peers.family_by_family(random, n, same).sum(axis=1),
    }


def score(attacks: np.ndarray, mean: float) -> float:
    """Standard errors between the mean of `attacks` and what it should be."""
    return (attacks.mean() - mean) / (attacks.std(ddof=1) / math.sqrt(len(attacks)))


def clocks() -> np.ndarray:
    """Seconds by the wall clock, and of CPU time on all threads."""
    return np.array([time.perf_counter(), time.process_time()])


def timed(run: Contender, trials: int) -> np.ndarray:
    """Seconds per trial, by each of the clocks."""
    begun = clocks()
    run(trials)
    return (clocks() - begun) / trials


def rounds(contenders: list[Contender]) -> tuple[np.ndarray, np.ndarray]:
    """Wall and CPU seconds per trial: rounds are rows, contenders columns."""
    for run in contenders:
        run(64)  # compiles, allocates, warms
    sizes = [max(64, round(CHUNK / timed(run, 512)[0])) for run in contenders]
    seconds = np.empty((ROUNDS, len(contenders), 2))
    for k in range(ROUNDS):
        for j in list(range(len(contenders)))[:: 1 if k % 2 == 0 else -1]:
            seconds[k, j] = timed(contenders[j], sizes[j])
    return seconds[..., 0], seconds[..., 1]


def spread(values: np.ndarray, form: str) -> str:
    """Median, and quartiles in brackets."""
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return f"{middle:{form}} ({low:{form}}–{high:{form}})"


def job_rows(name: str, path: Path) -> list[list[str]]:
    """Checks and times one job: a row of the table for each contender."""
    mean, named = expected(process(path)), contenders(path)
    scores = {who: score(run(CHECKED), mean) for who, run in named.items()}
    if abs(scores["drawdown"]) >= MOST_Z:
        raise SystemExit(f"{name}: drawdown's mean is {scores['drawdown']:+.1f} SE off: {mean:.4f}")
    _, seconds = rounds(list(named.values()))
    rows = []
    for who, column in zip(named, seconds.T, strict=True):
        biased = "" if abs(scores[who]) < MOST_Z else " biased"
        against = "1" if who == "drawdown" else spread(column / seconds[:, 0], ".2f")
        each = spread(1e9 * column / mean, ".1f")
        rows.append([name, who, f"{scores[who]:+.1f}{biased}", each, against])
    return rows


def reference_rows() -> list[list[str]]:
    """Times the shipped scenario: a row of the table for one thread and for two."""
    scenario = dd.Scenario.example("iraq-2024")

    def on(threads: int) -> Contender:
        def run(trials: int) -> np.ndarray:
            batch = dd.simulate(scenario, trials=trials, seed=7, threads=threads, progress=False)
            return batch.values("attacks")

        return run

    wall, cpu = rounds([on(1), on(2)])
    speedup = ["1", spread(wall[:, 0] / wall[:, 1], ".2f")]
    speeds = [[spread(1.0 / clock[:, k], ",.0f") for clock in (wall, cpu)] for k in range(2)]
    return [[str(k + 1), *speeds[k], speedup[k]] for k in range(2)]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown, aligned for the eye too."""
    lines = [head, ["---"] * len(head), *rows]
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    padded = [[cell.ljust(w) for cell, w in zip(line, widths, strict=True)] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def processor() -> str:
    """The name of the processor, as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


PAGE_TEXT = """\
# Performance

Measured on {day} with `make bench`, which rewrites this page: drawdown {version}, Python {python},
numba {numba}, numpy {numpy}; {processor}, {cores} cores; load average {before:.1f} before,
{after:.1f} after.

## Attacks of a self-exciting process, one thread

{jobs}

- **(a)** `benches/jobs/one-channel.toml`, {mean_a:.4f} attacks a trial; **(b)**
  `benches/jobs/twelve-channels.toml`, {mean_b:.4f}.
- *z*: standard errors between the mean of {checked:,} trials and the closed form; {most_z} or more
  would be a bias.
- *ns per attack*: CPU time; *over drawdown's*: divided by drawdown's of the same round. Medians and
  (quartiles) of {rounds} rounds of about {chunk} s in alternating order, after a warm-up.
- drawdown runs through `drawdown.simulate`, and keeps what it always keeps: every measure by site
  and threat, and weekly histograms of people, attacks and casualties. The numba functions
  (`benches/peers.py`) keep the attacks of each trial by channel. *In time order* could let attacks
  depend on what has happened; *family by family* could not.

## The shipped scenario `iraq-2024`

{reference}

By the wall clock, which other work on the machine holds up, and by CPU time, which it does not;
*speed-up* is by the wall clock. Medians and (quartiles) of {rounds} rounds of about {chunk} s in
alternating order.

What each of its mechanisms costs, by leaving it out:

{mechanisms}

- *attacks* and *thousand instructions* are per trial, *of all* is the instructions' share of those
  of the whole scenario, *per attack* the instructions by the attacks; counted by valgrind
  (`benches/mechanisms.py`, {few} and {many} trials), which no load disturbs.
- What is left out may change how many attacks there are, and with them the cost of everything
  else: with tension held calm hardly any come.
- *ranges*: a value drawn for each trial against a constant at its median.
"""


def main() -> None:
    """Measures, prints the tables and writes the page."""
    before = os.getloadavg()[0]
    paths = {name: HERE / "jobs" / file for name, file in JOBS.items()}
    job_table = [row for name, path in paths.items() for row in job_rows(name, path)]
    mean_a, mean_b = (expected(process(path)) for path in paths.values())
    page = PAGE_TEXT.format(
        day=date.today().isoformat(),
        version=dd.__version__,
        python=platform.python_version(),
        numba=numba.__version__,
        numpy=np.__version__,
        processor=processor(),
        cores=os.cpu_count(),
        before=before,
        after=os.getloadavg()[0],
        jobs=table(JOB_HEAD, job_table),
        reference=table(REFERENCE_HEAD, reference_rows()),
        mechanisms=table(mechanisms.HEAD, mechanisms.rows()),
        few=mechanisms.FEW,
        many=mechanisms.MANY,
        mean_a=mean_a,
        mean_b=mean_b,
        checked=CHECKED,
        most_z=MOST_Z,
        rounds=ROUNDS,
        chunk=CHUNK,
    )
    print(page)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
