"""The engine as the forecaster of a bare series: what is known of it is a rate that drifts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from ..errors import CollapseError
from ..scenario.scenario import Scenario
from .baselines import Array
from .observations import Observations
from .series import months_of
from .update import updated_run

# Counts are reckoned in units that make a usual month about as large as this at the most.
_USUAL = 60.0
# From this number on a month is known about, with this relative error, or hardly any of the
# particles would come to it.
_MANY, _ERROR = 12, 0.1
# Particles for each sample that is wanted, and the fewest.
_EACH, _LEAST = 2, 2_000
_SITE, _WHO = "theatre", "all"


def drawdown(past: pd.Series[float], horizon: int, samples: int, rng: np.random.Generator) -> Array:
    """A scenario of one threat whose rate drifts, brought up to the past by the particle filter.

    The median rate, how fast it drifts, how far it comes back, and how many attacks come at once
    are ranges; what the past says of them and of the rate of today is what the filter leaves. Large
    counts are reckoned in units of several.
    """
    unit = max(1.0, float(np.median(past.dropna())) / _USUAL)
    particles = particles_of(samples)
    scenario = scenario_of(past, horizon, unit)
    paths = drawdown_of(scenario, past, horizon, particles, unit, rng)
    return rng.permutation(paths)[:samples]


def particles_of(samples: int) -> int:
    """How many particles are taken where so many samples are wanted."""
    return max(_LEAST, _EACH * samples)


def drawdown_of(
    scenario: Scenario,
    past: pd.Series[float],
    horizon: int,
    particles: int,
    unit: float,
    rng: np.random.Generator,
) -> Array:
    """The months after a past under a scenario that is updated to it, by particle."""
    seed = int(rng.integers(2**63))
    for times in (1, 2, 4, 8):
        try:
            # A month that no particle comes to is taken as known less well.
            observed = counts_of(past, unit, _ERROR * times, _MANY / times)
            run = updated_run(scenario, observed, particles=particles, seed=seed, progress=False)
        except CollapseError:
            if times == 8:
                raise
        else:
            break
    ahead = [str(months_of(past)[-1] + k) for k in range(1, horizon + 1)]
    values: Any = run.values("attacks", by="month")
    paths: Array = values[ahead].to_numpy(float) * unit
    if unit > 1.0:
        # Within a unit any number is as likely.
        paths = np.maximum(0.0, np.rint(paths + unit * (rng.random(paths.shape) - 0.5)))
    return paths


def scenario_of(past: pd.Series[float], horizon: int, unit: float = 1.0) -> Scenario:
    """The scenario whose months are those of a series and so many more; nothing leaves.

    Ranges are wide, and depend on the first twelve months that are known alone.
    """
    months = months_of(past)
    days = (months[-1].end_time - months[0].start_time).days / len(months)
    usual = max(float(past.dropna().iloc[:12].mean()) / unit, 0.2) / days
    about: Any = {
        "schema": 1,
        "title": "A series of counts",
        "start": months[0].start_time.date(),
        "horizon": (months[-1] + horizon).end_time.date() + timedelta(days=1),
        "world": {
            "sites": {_SITE: {"garrison": {_WHO: 1_000}}},
            "threats": {
                _WHO: {
                    "attacks_per_day": {"lognormal": {"median": usual, "sigma": 1.5}},
                    "batch_mean": {"uniform": [1, 3]},
                    "drift": {
                        "sd_per_week": {
                            "truncated_normal": {"mean": 0.1, "sd": 0.1, "low": 0.01, "high": 1}
                        },
                        "half_life_days": {"lognormal": {"median": 500, "sigma": 1}},
                        "start": "steady",
                    },
                    "weapons": {},
                }
            },
        },
        "plan": {},
    }
    return Scenario.from_dict(about)


def counts_of(
    past: pd.Series[float], unit: float, error: float, many: float = _MANY
) -> Observations:
    """The months of a series as counts; those below `many` exact, others about."""
    numbers = np.rint(past.to_numpy() / unit)
    bound = np.where(np.isnan(numbers), "missing", np.where(numbers < many, "exact", "about"))
    months = months_of(past)
    counts = pd.DataFrame(
        {
            "from": months.start_time,
            "to": months.end_time.normalize(),
            "measure": "attacks",
            "count": numbers,
            "bound": bound,
            "relative_error": np.where(bound == "about", error, np.nan),
        }
    )
    return Observations.of(counts=counts)
