"""Measures speed beside what else an analyst could use, and writes docs/performance.md.

First every mean is checked; then rounds of about 0.4 s each, interleaved in alternating order, are
timed in CPU time on one thread and compared within the round. Takes some ten minutes, half of them
in valgrind (`--no-counts` leaves those out, and writes nothing).
"""

import argparse

import drawdown as dd
import growth
import jobs
import mechanisms
import page
import policies
import ranges
from timing import Contender, rounds, spread


def reference_rows() -> list[list[str]]:
    """Times the shipped scenario: a row of the table for one thread and for two."""
    scenario = dd.Scenario.example(mechanisms.SCENARIO)
    on = [jobs.Drawdown(scenario, threads) for threads in (1, 2)]
    wall, cpu = rounds([Contender("drawdown", each.attacks) for each in on])
    speedup = ["1", spread(wall[:, 0] / wall[:, 1], ".2f")]
    speeds = [[spread(1.0 / clock[:, k], ",.0f") for clock in (wall, cpu)] for k in range(2)]
    return [[str(k + 1), *speeds[k], speedup[k]] for k in range(2)]


def main() -> None:
    """Measures, shows each table when it is there, and writes the page."""
    parser = argparse.ArgumentParser(description="Measures speed, and writes docs/performance.md.")
    parser.add_argument("--no-counts", action="store_true", help="time only, and write nothing")
    counts = not parser.parse_args().no_counts
    program = mechanisms.build() if counts else ""  # first, so that what is missing shows at once
    machine = page.Machine()
    rows, means = jobs.all_jobs()
    show(page.job_table(rows, page.earlier()))
    growths = growth.growths()
    show(page.growth_table(growths))
    reference = reference_rows()
    show(page.table(page.REFERENCE_HEAD, reference))
    own = policies.rows()
    show(page.table(page.POLICIES_HEAD, own))
    if counts:
        cost = ranges.costs(program)
        show(page.ranges_table(*cost))
        found = rows, means, growths, cost, reference, mechanisms.rows(program), own
        page.write(machine, *found)
        show(f"written: {page.PAGE}")


def show(text: str) -> None:
    """Tell what has been found so far."""
    print(text, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
