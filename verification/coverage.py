"""How often bands of forecasts by the particle filter hold what comes, on series of its own model.

A scenario whose rate drifts gives histories; each is taken for a record of which three years are
known, the scenario is updated to these, and its bands for the months after are held against what
came in that history.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

import drawdown as dd
from checks import Check
from drawdown.learn import series_model

AHEAD = (1, 3, 6, 12)
KNOWN, BAND, PARTICLES, SEED = 36, 0.8, 2_000, 7
# How far a share may be from that of the band.
WITHIN = 0.03


def shares(series: int) -> dict[int, float]:
    """By months ahead: the share of series that came to lie in the band, half of an edge."""
    flat = pd.Series(10.0, pd.period_range("2020-01", periods=KNOWN, freq="M"))
    scenario = series_model.scenario_of(flat, max(AHEAD))
    run = dd.simulate(scenario, trials=series, seed=SEED, progress=False)
    came = run.values("attacks", by="month").to_numpy(float)
    rng = np.random.default_rng(SEED)
    held: dict[int, list[float]] = {ahead: [] for ahead in AHEAD}
    for history in came:
        past = pd.Series(history[:KNOWN], flat.index)
        paths = series_model.drawdown_of(scenario, past, max(AHEAD), PARTICLES, 1.0, rng)
        for ahead in AHEAD:
            value, sample = history[KNOWN + ahead - 1], paths[:, ahead - 1]
            # The probability integral transform at random within the mass of the value.
            below, at = np.mean(sample < value), np.mean(sample == value)
            place = below + rng.random() * at
            held[ahead].append(float(abs(place - 0.5) <= BAND / 2))
    return {ahead: float(np.mean(values)) for ahead, values in held.items()}


def checks(series: int) -> Iterator[Check]:
    """Each share beside that of the band, three points either way being the limit."""
    for ahead, share in shares(series).items():
        what = f"in the 80 % band, {ahead} months ahead, by the filter"
        yield Check("coverage", what, share, BAND, WITHIN, series, limit=1.0)


if __name__ == "__main__":
    for check in checks(500):
        print(check, flush=True)
