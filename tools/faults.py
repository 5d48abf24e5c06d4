"""What is lost when a run is killed, stopped, or runs out of disk: tries it and writes the page.

`python tools/faults.py` brings about each fault, most at random moments, goes on with
`drawdown.resume`, compares the results with those of a run that was never stopped, to the last
bit, and writes docs/faults.md. It takes some minutes. The tests do the same at fixed moments
(tests/python/test_checkpoint.py).
"""

from __future__ import annotations

import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

import drawdown as dd

ROOT = Path(__file__).parents[1]
TRIALS, SEED, EVERY, KILLS = 16_000, 7, 0.1, 20

# A process that runs, and says how far it has come and what stopped it.
CHILD = """
import resource, sys
import drawdown as dd
from drawdown.runs import checkpoint
out, how, every, trials, seed = sys.argv[1:]
checkpoint._EVERY_SECONDS = float(every)
save = checkpoint.Checkpoint._save
def full(self, done, part):
    if done > int(trials) / 4:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    save(self, done, part)
def fail(done):
    if done > int(trials) / 4:
        raise LookupError
if how == "disk full":
    checkpoint.Checkpoint._save = full
told = fail if how == "callback raises" else lambda done: print(done, flush=True)
try:
    dd.simulate("iraq-2024", trials=int(trials), seed=int(seed), out=out, progress=told)
except BaseException as stop:
    print("stopped", type(stop).__name__, stop.partial.trials, flush=True)
"""


class Outcome(NamedTuple):
    """What came of a fault."""

    how: str
    raised: str
    run: int
    saved: int
    in_hand: int
    same_bits: bool


def digest(run: dd.Run) -> str:
    """All values of a run, in one number."""
    data = run.dataset()
    values = (np.ascontiguousarray(data[name].values).tobytes() for name in data.data_vars)
    return hashlib.sha256(b"".join(values)).hexdigest()


def bring_about(how: str, stop: signal.Signals | None, after: float, due: str) -> Outcome:
    """Run, bring a fault about some seconds after trials have begun to run, and go on."""
    with tempfile.TemporaryDirectory() as folder:
        given = [folder, how, str(EVERY), str(TRIALS), str(SEED)]
        command = [sys.executable, "-c", CHILD, *given]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline()]
            if stop is not None:
                time.sleep(after)
                process.send_signal(stop)
            lines += process.stdout.read().splitlines()
        told = [int(line) for line in lines if line.strip().isdigit()]
        stopped = [line.split() for line in lines if line.startswith("stopped")]
        raised, in_hand = (stopped[0][1], int(stopped[0][2])) if stopped else ("", 0)
        parts = sorted(Path(folder, "checkpoint").glob("[0-9]*.part"))
        saved = int(parts[-1].stem) if parts else 0
        again = dd.resume(folder, progress=False)
        run = max([in_hand, saved, *told])
        return Outcome(how, raised, run, saved, in_hand, digest(again) == due)


def table(outcomes: list[Outcome]) -> str:
    """The page's table, a line for each kind of fault."""
    lines = [
        "| fault | tries | what the caller sees | trials run by then | of these lost, at most | "
        "same bits after `resume` |",
        "|---|---|---|---|---|---|",
    ]
    for how in dict.fromkeys(outcome.how for outcome in outcomes):
        all_of = [outcome for outcome in outcomes if outcome.how == how]
        seen = " or ".join(dict.fromkeys(o.raised or "the process is gone" for o in all_of))
        run = [outcome.run for outcome in all_of]
        lost = max(outcome.run - max(outcome.saved, outcome.in_hand) for outcome in all_of)
        same = sum(outcome.same_bits for outcome in all_of)
        span = f"{min(run):,} to {max(run):,}" if len(run) > 1 else f"{run[0]:,}"
        lines.append(f"| {how} | {len(run)} | {seen} | {span} | {lost:,} | {same} of {len(run)} |")
    return "\n".join(lines)


PAGE = """# What a fault costs

`drawdown.simulate(..., out=folder)` saves a checkpoint every ten seconds or so (and spends at most
a twentieth of the time on it); `drawdown.resume(folder)` goes on from there. Results are sums of
whole numbers and values of numbered trials, so they are the same to the last bit, wherever a run
was interrupted.

`tools/faults.py` writes this table: it causes each fault in a separate process, resumes the run and
compares the results. `iraq-2024`, {trials:,} trials, seed {seed}, a part every {every} s.

{table}

- **Killed**: the trials since the last part are run again. A file is written under another name and
  renamed when it is complete and on the disk, so there is never half a file.
- **Ctrl-C**: `drawdown.Interrupted`, a `KeyboardInterrupt`; its `partial` is the `Run` of all
  trials that were finished, and they are saved. A trial that takes more than a fraction of a second
  is given up in the middle.
- **A progress function that raises**: its exception comes through, with such a `partial`.
- **Disk full**: `OSError` with a `partial`; the parts before it are whole. The test limits the size
  of files to make the disk look full.
- **Mangled and grown scenarios**: `make fuzz` reads 4,000 numbered cases of mangled bytes and 4,000
  of mangled words, and runs 4,000 scenarios grown at random; each is refused with its problems or
  keeps its invariants. In November 2026, 22,000 cases of each kind in some 65 minutes of one core
  (numbers 0 to 3,999, 1,000,000 to 1,005,999 and 2,000,000 to 2,011,999; the second lot on the
  engine just before the last change of how attacks are drawn): no crash, no hang, nothing broken.
- **A fault of the library in a trial**: `RuntimeError` that names the trial, the seed and what to
  report. What was saved before is intact.

The tests cause the same faults at fixed moments: `tests/python/test_checkpoint.py`, and
`tests/it/parts.rs` for the core. Rules that a Rust program supplies as functions cannot be saved in
a file: such a batch has no parts, and says so.
"""


def main() -> None:
    """Bring everything about and write the page."""
    dice = random.Random(1)
    due = digest(dd.simulate("iraq-2024", trials=TRIALS, seed=SEED, progress=False))
    outcomes = []
    for _ in range(KILLS):
        outcomes.append(bring_about("kill -9", signal.SIGKILL, dice.uniform(0, 2), due))
        print(outcomes[-1], flush=True)
    for _ in range(3):
        outcomes.append(bring_about("Ctrl-C", signal.SIGINT, dice.uniform(0, 2), due))
    for how in ("callback raises", "disk full"):
        outcomes.append(bring_about(how, None, 0, due))
    page = PAGE.format(trials=TRIALS, seed=SEED, every=EVERY, table=table(outcomes))
    (ROOT / "docs/faults.md").write_text(page, encoding="utf-8")
    print(table(outcomes))
    if not all(outcome.same_bits for outcome in outcomes):
        sys.exit("some run did not come out the same")


if __name__ == "__main__":
    main()
