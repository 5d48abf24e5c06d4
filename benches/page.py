"""The page of a run, docs/performance.md."""

import json
import os
import platform
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from textwrap import fill
from typing import Any

import drawdown as dd
import mechanisms
import policies
from growth import Growth
from jobs import MOST_Z, Row
from timing import CHUNK, ROUNDS, quartiles, spread

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
# What this run found, for the page of the next one.
LAST = HERE / "last.json"
WIDTH = 100

JOB_HEAD = ["job", "", "trials", "z", "ns per attack", "over drawdown's", "the run before"]
GROWTH_HEAD = ["what grows", "ns per attack", "exponent"]
REFERENCE_HEAD = ["threads", "trials per second", "per second of CPU time", "speed-up"]
POLICIES_HEAD = ["decided by", "trials per second", "times the rule's"]
RANGES_HEAD = ["ranges are", "attacks", "thousand instructions", "over constants'"]

PEERS = ("SimPy", "tick", "HawkesPyLib", "hawkes-rs", "intensify", "numba", "numpy")

TEXT = """\
# Performance

{machine}

{machine_before}

## Compared with what else an analyst could use, one thread

{jobs}

- **(a)** `benches/jobs/one-channel.toml`: one self-exciting process, {mean_a:.4f} attacks a trial.
  **(b)** `twelve-channels.toml`: four sites by three threats, attacks on a site causing others
  there and on the two neighbouring ones, {mean_b:.4f}. **(c)** `withdrawal.toml`: a whole
  withdrawal, with tension, presence, 60 lifts in 4 phases, a rule that pauses, and casualties;
  {mean_c:.0f}.
- *z*: standard errors between the mean of so many trials and what it should be: in (a) and (b) the
  closed form; in (c) drawdown's mean, of attacks, wounded, killed and the day of the finish, the
  largest of the four. {most_z} or more is called biased.
- *ns per attack*: CPU time; *over drawdown's*: divided by drawdown's of the same round, so that 10
  is ten times slower than drawdown, and below 1 is faster. Medians and (quartiles) of {rounds}
  rounds of about {chunk} s in alternating order, after a warm-up.
- drawdown runs through `drawdown.simulate`, and keeps what it always keeps: every measure by site
  and threat, and weekly histograms of people, attacks and casualties. What is ours of the others
  (`benches/peers/`: SimPy, numpy, numba) keeps the attacks of each trial and channel, in (c) four
  numbers a trial; the packages keep the times of attacks of one trial at a time.
- *numba, plain* is Ogata's thinning with `np.random`, as an analyst writes it; *in time order* and
  *family by family* are written for speed, in the branching form. *By family* and *by generation*
  could not let attacks depend on what has happened, nor can the packages: none of them can run (c).
- Left out: hawkeslib, which pip cannot build by itself (it needs Cython and does not say so).

## How it grows

{growth}

The time per attack grows as the size to the power of the exponent: 0 if it stays the same. (b)'s
channels are 16, 32, 48 and 64 with as many attacks in all. Phases are of a plan that empties 16
sites within 640 days, with 4 threats: the more of them, the fewer sites at a time. Medians and
(quartiles) of {rounds} rounds. A batch of few trials shows what a batch costs as such.

## What the rest of the time is made of

Judged from instruction counts of 1 December 2026 (`make gate`, callgrind by function), which a
change of the engine makes out of date:

- **(a)**, 206 instructions an attack: 100 the families, 45 the clock of background arrivals, 60
  what a trial costs as such, spread over its attacks: weekly histograms, months, measures of each
  site and threat, the row that is kept. *Family by family* draws the same families from one random
  stream and keeps one count a channel. Here every attack has a seed of its own, drawn from that of
  the attack before. This makes plans comparable and lets attacks be drawn in any order, but the
  processor has to wait for each seed.
- **(c)**, 1,150 instructions an attack, all that happens besides included: 520 the loop of attacks
  in order of time and the clocks of background arrivals, 125 the harm they do, 195 rates that lifts
  and tension change, 100 lifts, 95 the condition of the rule and the pause, 110 the beginning and
  end of a trial.
- **`iraq-2024`**, 3,800 an attack, of which there are 300 in 820 days: 1,280 what follows from
  people who have come or gone and from the tension (380 of it rates by people on site, 370 rates
  by plan and time, 310 the insurgency's), 300 steps of the host, 540 lifts, 160 harm, 150 rules,
  460 the beginning and end of a trial, 910 the loop with the event list and the attacks of the
  insurgency. The profile is flat: `pow`, the dearest single function, has 5 %. With a single code
  unit for the compiler (`codegen-units = 1`) (a) takes 217.
- The time grows with channels because a trial starts and records each of them, however few attacks
  it has.

## The shipped scenario `iraq-2024`

{reference}

By the wall clock, which other work on the machine slows, and by CPU time, which it does not;
*speed-up* is by the wall clock. Medians and (quartiles) of {rounds} rounds of about {chunk} s in
alternating order.

What it costs to sample the uncertain numbers anew in every trial:

{ranges}

The first row samples ranges narrowed to their medians, so that there are as many attacks.

What each of its mechanisms costs, by leaving it out:

{mechanisms}

- *attacks* and *thousand instructions* are per trial, *of all* is the instructions' share of those
  of the whole scenario, *per attack* the instructions by the attacks; counted by valgrind
  (`benches/mechanisms.py`, {few} and {many} trials), which no load disturbs.
- What is left out may change how many attacks there are, and with them the cost of everything
  else: with tension held calm hardly any come.
- *ranges*: a value drawn for each trial against a constant at its median.

## What a policy of one's own costs

The rule of `iraq-2024` that holds movement under fire, and the same written in Python, on one
thread. In all of {policy_trials:,} trials they decide the same, on the same day.

{policies}

Trials by the second, and times relative to the rule's in the same round. `review` is asked about
many trials at once, `decide` about one after another. Medians and (quartiles) of {policy_rounds}
rounds of {policy_trials:,} trials by the wall clock, in alternating order.
"""


class Machine:
    """What a run was made on."""

    def __init__(self) -> None:
        self.before = os.getloadavg()[0]

    def described(self) -> str:
        """In a sentence; the load until now."""
        peers = ", ".join(installed())
        return (
            f"measured on {date.today().isoformat()}: drawdown {dd.__version__}, Python "
            f"{platform.python_version()}, {peers}; {processor()}, {os.cpu_count()} cores; load "
            f"average {self.before:.1f} before, {os.getloadavg()[0]:.1f} after"
        )


def installed() -> Iterator[str]:
    """The packages compared with, and their versions."""
    for name in PEERS:
        try:
            yield f"{name} {version(name)}"
        except ImportError:
            continue


def processor() -> str:
    """The name of the processor, as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown, aligned for the eye too."""
    lines = [head, ["---"] * len(head), *rows]
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    padded = [[cell.ljust(w) for cell, w in zip(line, widths, strict=True)] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def job_table(rows: list[Row], before: dict[str, Any]) -> str:
    """The contenders of all jobs, with the ratios of the run before."""
    lines = []
    for row in rows:
        was = before.get("times", {}).get(row.job, {}).get(row.name)
        first = row.name == "drawdown"
        lines.append(
            [
                row.job,
                row.name,
                f"{row.checked:,}",
                "" if first and row.z == 0.0 else f"{row.z:+.1f}{'' if row.agrees else ' biased'}",
                spread(1e9 * row.seconds, ",.1f"),
                "1" if first else spread(row.times, ",.3g"),
                "1" if first else spread(tuple(was), ",.3g") if was else "–",
            ]
        )
    return table(JOB_HEAD, lines)


def growth_table(growths: list[Growth]) -> str:
    """Times and exponents."""
    lines = []
    for growth in growths:
        each = [f"{1e9 * quartiles(column)[1]:.1f}" for column in growth.seconds.T]
        sizes = ", ".join(f"{size:,}" for size in growth.sizes)
        label = f"{growth.what}: {sizes}"
        lines.append([label, ", ".join(each), spread(growth.exponents, "+.2f")])
    return table(GROWTH_HEAD, lines)


def ranges_table(ranges: mechanisms.Cost, constants: mechanisms.Cost) -> str:
    """What ranges cost."""
    lines = [
        [
            name,
            f"{cost.attacks:,.0f}",
            f"{cost.instructions / 1e3:,.0f}",
            f"{cost.instructions / constants.instructions - 1:+.1%}",
        ]
        for name, cost in {"drawn": ranges, "constants": constants}.items()
    ]
    return table(RANGES_HEAD, lines)


def earlier() -> dict[str, Any]:
    """What the run before found."""
    return json.loads(LAST.read_text()) if LAST.exists() else {}


def keep(machine: str, rows: list[Row]) -> None:
    """Keep what this run found."""
    times: dict[str, dict[str, list[float]]] = {}
    for row in rows:
        if row.name != "drawdown":
            times.setdefault(row.job, {})[row.name] = [float(f"{t:.4g}") for t in row.times]
    LAST.write_text(json.dumps({"machine": machine, "times": times}, indent=1) + "\n")


def write(
    machine: Machine,
    rows: list[Row],
    means: tuple[float, float, float],
    growths: list[Growth],
    ranges: tuple[mechanisms.Cost, mechanisms.Cost],
    reference_rows: list[list[str]],
    mechanism_rows: list[list[str]],
    policy_rows: list[list[str]],
) -> None:
    """Write the page, and keep what it says for the next one."""
    before, described = earlier(), machine.described()
    text = TEXT.format(
        machine=fill(
            f"{described[0].upper()}{described[1:]}. `make bench` rewrites this page.", WIDTH
        ),
        machine_before=fill(f"The run before: {before.get('machine', 'none')}.", WIDTH),
        jobs=job_table(rows, before),
        growth=growth_table(growths),
        reference=table(REFERENCE_HEAD, reference_rows),
        ranges=ranges_table(*ranges),
        mechanisms=table(mechanisms.HEAD, mechanism_rows),
        mean_a=means[0],
        mean_b=means[1],
        mean_c=means[2],
        most_z=MOST_Z,
        rounds=ROUNDS,
        chunk=CHUNK,
        few=mechanisms.FEW,
        many=mechanisms.MANY,
        policies=table(POLICIES_HEAD, policy_rows),
        policy_rounds=policies.ROUNDS,
        policy_trials=policies.TRIALS,
    )
    PAGE.write_text(text)
    keep(described, rows)
