"""Four withdrawals against their record, for docs/scenarios/withdrawals.md.

`python tools/compare_withdrawals.py` simulates the scenarios and fills the tables of the page.
"""

import numpy as np
import pandas as pd
from pages import ROOT, fill, table

import drawdown as dd

PAGE = ROOT / "docs/scenarios/withdrawals.md"
RECORD = ROOT / "examples/data/withdrawals_record.csv"
TRIALS, SEED = 10_000, 7
SHARES = (0.1, 0.5, 0.9)
HEAD = ["", "announced", "record", *(f"P{100 * share:g}" for share in SHARES), "PIT"]


def simulated(run: dd.Run, row: pd.Series) -> np.ndarray:
    """What the row is about, in every trial: a day from the start, or a count."""
    if row["of"] == "last":
        return np.floor(run.values("finish_days"))
    if row["of"] in ("site", "phase"):
        return np.floor(run.values("finish_days", row["of"])[row["id"]].to_numpy())
    if row["id"] == "legs":
        legs = run.scenario.to_dict()["world"]["legs"]
        return run.values(row["of"], "site")[list(legs)].sum(axis=1).to_numpy(float)
    months = run.values(row["of"], "month")
    return months.loc[:, : row["until"]].sum(axis=1).to_numpy(float)


def told(run: dd.Run, row: pd.Series) -> list[object]:
    """A line of the table."""
    values, start = simulated(run, row), pd.Timestamp(run.scenario.start)
    dated = row["of"] in ("site", "phase", "last")
    values = np.where(np.isnan(values), np.inf, values)
    of = (pd.Timestamp(row["record"]) - start).days if dated else float(row["record"])
    # Half of those that have the very value: it is uniform for a right model of whole numbers too.
    pit = (values < of).mean() + 0.5 * (values == of).mean()
    shown = [found(start, q, dated) for q in np.quantile(values, SHARES, method="inverted_cdf")]
    name = row["id"] if row["of"] in ("site", "phase") else row["of"]
    name = {"last": "all who leave"}.get(name, name)
    name += " on the road" if row["id"] == "legs" else ""
    name += f", to {row['until']}" if row["until"] else ""
    return [name, announced(run, row) if dated else "", row["record"], *shown, f"{pit:.2f}"]


def found(start: pd.Timestamp, value: float, dated: bool) -> str:
    """A quantile as it is printed."""
    if not dated:
        return f"{value:,.0f}"
    return "later" if np.isinf(value) else str((start + pd.Timedelta(days=value)).date())


def announced(run: dd.Run, row: pd.Series) -> str:
    """The date that the scenario announces."""
    key = ("overall", "") if row["of"] == "last" else (row["of"], row["id"])
    return str(run.finish_dates().loc[key, "announced"].date())


def main() -> None:
    """Simulate each scenario of the record, and fill its table."""
    record = pd.read_csv(RECORD, dtype=str, keep_default_na=False)
    for name, rows in record.groupby("scenario", sort=False):
        scenario = dd.Scenario.read(ROOT / f"examples/scenarios/{name}.toml")
        run = dd.simulate(scenario, trials=TRIALS, seed=SEED, progress=False)
        lines = [told(run, row) for _, row in rows.iterrows()]
        fill(PAGE, str(name), table(HEAD, lines))


if __name__ == "__main__":
    main()
