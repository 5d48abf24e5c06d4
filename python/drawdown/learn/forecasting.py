"""A scenario as a model that forecasts a series: updated at every origin to its past."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.checks import number, whole
from ..runs.simulate import Given, scenario_of, simulate
from .ensembles import ends_of, refuse, starts_of
from .observations import Observations
from .series import months_of
from .update import updated_run


class Forecasting:
    """A scenario as a model for `backtest`; `forecasting` makes one.

    Attributes
    ----------
    scenario : Scenario
        What is updated.
    """

    def __init__(
        self,
        scenario: Given,
        measure: str,
        particles: int,
        relative_error: float,
        threads: int | None,
    ) -> None:
        self.scenario = scenario_of(scenario)
        self._measure = measure
        self._particles = particles
        self._error = relative_error
        self._threads = threads

    def __call__(
        self, past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator, /
    ) -> NDArray[Any]:
        """Update the scenario to the months up to the origin, and give the months after it."""
        months = months_of(past)
        after = pd.period_range(months[-1] + 1, periods=horizon, freq=months.freq)
        start = pd.Timestamp(self.scenario.start)
        if months.freqstr != "M":
            refuse(["a scenario forecasts months: give a series by month"])
        if starts_of(after)[0] < start:
            refuse(
                [
                    f"the scenario starts on {start:%Y-%m-%d}, and months from {after[0]} on are "
                    f"to be forecast; give `backtest` a later `first`, such as {start:%Y-%m}"
                ]
            )
        needed = ends_of(after)[-1] + pd.Timedelta(days=1)
        scenario = self.scenario
        if pd.Timestamp(scenario.horizon) < needed:
            scenario = scenario.replace({"horizon": f"{needed:%Y-%m-%d}"})
        about: Any = {"seed": int(rng.integers(2**32)), "threads": self._threads, "progress": False}
        observed = self._observed(past, start)
        if observed is None:
            run = simulate(scenario, trials=self._particles, **about)
        else:
            run = updated_run(scenario, observed, particles=self._particles, **about)
        table = run.values(self._measure, by="month")
        return table[after.astype(str).tolist()].to_numpy(float)

    def __repr__(self) -> str:
        title = self.scenario.title or "Untitled"
        return f"Forecasting({title} · {self._measure} · {self._particles:,} particles)"

    def _observed(self, past: pd.Series[float], start: pd.Timestamp) -> Observations | None:
        """The months that are known since the scenario starts."""
        months = months_of(past)
        known = past[(starts_of(months) >= start) & past.notna().to_numpy()]
        if known.empty:
            return None
        days = months_of(known)
        about = self._error > 0
        counts = pd.DataFrame(
            {
                "from": starts_of(days),
                "to": ends_of(days),
                "count": known.to_numpy(),
                "measure": self._measure,
                "bound": "about" if about else "exact",
                "relative_error": self._error if about else np.nan,
            }
        )
        return Observations.of(counts=counts)


def forecasting(
    scenario: Given,
    *,
    measure: str = "attacks",
    particles: int = 2_000,
    relative_error: float = 0.0,
    threads: int | None = None,
) -> Forecasting:
    """Make a model for `backtest` of a scenario, which is updated to the past at every origin.

    Parameters
    ----------
    scenario : Scenario
        What is simulated; its ranges are what is believed before anything is seen. Months before
        it starts are not looked at. Every origin simulates up to its horizon: let it be near.
    measure : str
        What the series counts: a measure that is counted by month and observed, such as
        ``"attacks"`` or ``"killed"``.
    particles : int
        How many particles, and samples of each forecast.
    relative_error : float
        How well months are known: sigma of a lognormal error; 0: exactly. Large exact counts leave
        few particles.
    threads : int, optional
        Threads to use; left out, one for each core.

    Returns
    -------
    Forecasting
        A function of a past, as `backtest` takes it. Origins before the scenario starts are
        refused.
    """
    if number("relative_error", relative_error) < 0:
        raise ValueError(f"`relative_error` must be at least 0, not {relative_error}")
    particles = whole("particles", particles, 2, 10_000_000)
    return Forecasting(scenario, measure, particles, float(relative_error), threads)
