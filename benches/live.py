"""How fast the crate is in WebAssembly beside a native thread: `make wasm`, then this, with node.

Both simulate the same histories in turns; the least time of each counts, so that what else the
machine does falls out. Digests show that they did the same.
"""

import json
import subprocess
import time
from pathlib import Path

import drawdown as dd

HERE = Path(__file__).parent
CORE = HERE.parent / "python" / "drawdown" / "report" / "static" / "drawdown.wasm.gz"
TRIALS, SEED, TIMES = 1_000, 7, 8


def main() -> None:
    """Measure, and say it."""
    scenario = dd.Scenario.example("iraq-2024")
    question = {
        "ask": "open",
        "scenario": scenario.to_json(),
        "seed": str(SEED),
        "trials": TRIALS,
        "language": "en",
    }
    native, browser = [], []
    for _ in range(TIMES):
        begun = time.perf_counter()
        run = dd.simulate(scenario, trials=TRIALS, seed=SEED, threads=1, progress=False)
        native.append(time.perf_counter() - begun)
        # The first of a process is compiled as it goes.
        asked = subprocess.run(
            ["node", HERE / "live.mjs", CORE],
            input=(json.dumps(question) + "\n") * 2,
            text=True,
            capture_output=True,
            check=True,
        )
        answers = [json.loads(line) for line in asked.stdout.splitlines()]
        assert {one["answer"]["digest"] for one in answers} == {run._results.digest()}
        browser.append(min(one["milliseconds"] for one in answers) / 1_000)
    rate = min(native) / min(browser)
    print(f"{CORE.name}, {CORE.stat().st_size:,} bytes: {rate:.2f} of the rate of a native thread")


if __name__ == "__main__":
    main()
