"""Peak memory of long runs that keep a summary: measures it and writes docs/memory.md.

`python tools/memory.py [most trials]` runs each size in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs/memory.md"
LIMIT_MB = 500

CHILD = """
import resource, sys
import drawdown as dd
name, trials = sys.argv[1], int(sys.argv[2])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
run = dd.simulate(name, trials=trials, seed=7, keep="summary", progress=False)
run.summary()
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(before, after)
"""


TEXT = """# Memory with `keep="summary"`

A summary consists of sums and histograms, so its memory does not grow with the number of trials,
except for bins that only rare trials fall into. `tools/memory.py` runs each size in a separate
process, writes this page from the peak resident memory that the system reports (`ru_maxrss`), and
fails above {limit} MB.

{table}
"""


def peak(name: str, trials: int) -> tuple[float, float]:
    """Peak resident memory before and after a run, in MB."""
    command = [sys.executable, "-c", CHILD, name, str(trials)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after = (int(number) / 1024 for number in done.stdout.split())
    return before, after


def main() -> None:
    """Measures and writes."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    lines = [
        "| scenario | trials | peak memory, MB | of these Python and its libraries |",
        "|---|---|---|---|",
    ]
    for name, limit in (("minimal", most), ("iraq-2024", most // 100)):
        for trials in (10**power for power in range(4, 9)):
            if trials > limit:
                break
            before, after = peak(name, trials)
            lines.append(f"| `{name}` | {trials:,} | {after:.0f} | {before:.0f} |")
            print(lines[-1], flush=True)
            if after > LIMIT_MB:
                sys.exit(f"more than {LIMIT_MB} MB")
    PAGE.write_text(TEXT.format(table="\n".join(lines), limit=LIMIT_MB), encoding="utf-8")


if __name__ == "__main__":
    main()
