"""The forecast of `iraq-2024`, frozen: what the scenario says, and when that was written down.

    python tools/freeze_iraq_2024.py           fills the table of docs/scenarios/iraq-2024.md
    python tools/freeze_iraq_2024.py --again   freezes it anew, with today's date

Nothing after September 2024 is in it. A frozen forecast is not written over: who freezes it anew
says so, and the page tells when that was.
"""

import datetime
import sys

import numpy as np
import pandas as pd
from pages import ROOT, fill, table

import drawdown as dd

PAGE = ROOT / "docs/scenarios/iraq-2024.md"
FROZEN = ROOT / "docs/scenarios/iraq-2024-frozen.csv"
# The last day that is known to the scenario.
KNOWN = "2024-09-30"
TRIALS, SEED = 4_000, 7
SHARES = (0.1, 0.5, 0.9)
DATES = [("phase", "first"), ("phase", "second"), ("site", "asad"), ("site", "erbil")]
COUNTS = ("attacks", "wounded", "killed", "strikes")
CHANCES = ("expelled", "reentry")


def frozen(run: dd.Run) -> pd.DataFrame:
    """What the run says: dates by quantile, counts up to the horizon, chances."""
    ends = run.finish_dates()
    rows: list[list[object]] = []
    for of, name in DATES:
        row = ends.loc[(of, name)]
        shown = [f"{row[p]:%Y-%m-%d}" for p in ("p10", "p50", "p90")]
        chance = round(float(row["chance_met"]), 3)
        rows.append([f"{of} {name} done", f"{row['announced']:%Y-%m-%d}", *shown, chance])
    for measure in COUNTS:
        values = np.quantile(run.values(measure), SHARES, method="inverted_cdf")
        rows.append([measure, "", *(int(value) for value in values), ""])
    for measure in CHANCES:
        rows.append([measure, "", "", "", "", round(float(run.values(measure).mean()), 3)])
    table = pd.DataFrame(rows, columns=["what", "announced", "p10", "p50", "p90", "chance"])
    return table.assign(
        known_to=KNOWN,
        frozen_on=f"{datetime.date.today()}",
        scenario=run.scenario.hash,
        seed=SEED,
        trials=TRIALS,
        version=dd.__version__,
    )


def told(found: pd.DataFrame) -> str:
    """The table of the page, and where it comes from."""
    head = ["", "announced", "P10", "P50", "P90", "chance"]
    rows = found[["what", "announced", "p10", "p50", "p90", "chance"]].to_numpy().tolist()
    one = found.iloc[0]
    return (
        f"{table(head, rows)}\n\n"
        f"Frozen on {one['frozen_on']} with what was known on {one['known_to']}: scenario "
        f"`{one['scenario'][:12]}`, seed {one['seed']}, {int(one['trials']):,} trials, drawdown "
        f"{one['version']}."
    )


def main() -> None:
    """Freeze it if it is not, and fill the page."""
    if "--again" in sys.argv[1:] or not FROZEN.exists():
        scenario = dd.Scenario.read(ROOT / "examples/scenarios/iraq-2024.toml")
        run = dd.simulate(scenario, trials=TRIALS, seed=SEED, progress=False)
        frozen(run).to_csv(FROZEN, index=False)
    fill(PAGE, "frozen", told(pd.read_csv(FROZEN, dtype=str, keep_default_na=False)))


if __name__ == "__main__":
    main()
