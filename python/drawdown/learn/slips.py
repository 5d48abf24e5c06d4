"""A baseline for dates: that they slip as dates have slipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .._internal.checks import named, several, whole
from .._internal.days import Day, day
from .ensembles import KEYS, Ensembles, refuse

# Of a PERT law: how much more the most likely value counts than an end.
_WEIGHT = 4


def pert_slip(
    announced: Mapping[str, Day],
    slips: Iterable[float],
    *,
    origin: Day | None = None,
    samples: int = 1_000,
    seed: int = 0,
    name: str = "PERT slip",
) -> pd.DataFrame:
    """Draw how far announced dates slip, from a PERT law of past slips: a baseline for dates.

    A beta law between the least and the greatest slip, in which the most likely counts four times
    (Malcolm, Roseboom, Clark & Fazar 1959, Oper. Res. 7:646).

    Parameters
    ----------
    announced : mapping of str to date
        The dates by name, such as ``{"phase first": "2025-09-30"}``: a name is the target of the
        forecast.
    slips : iterable of float
        Slips of the past in days, later above 0: the least, the median and the greatest count. So
        three numbers are the least, the most likely and the greatest.
    origin : date, optional
        The last day that is known to the forecast.
    samples : int
        How many samples each forecast has.
    seed : int
        The seed of all chance. All dates slip by draws of their own.
    name : str
        The name under which it forecasts.

    Returns
    -------
    DataFrame
        Forecasts as `score` takes them: of each date the slip in days (``value``), with the
        announced date as ``from`` and ``to``.

    Raises
    ------
    ValueError
        If there is no date, fewer than three slips, or one that is no number.
    """
    dates = named("announced", announced, '{"phase first": "2025-09-30"}')
    problems = [] if dates else ["`announced` has no date; give some"]
    given = several("slips", slips, "[-10, 30, 200]")
    known = pd.to_numeric(pd.Series(given, dtype=object), errors="coerce").to_numpy(float)
    problems += [
        f"`slips`, item {k}: {given[k]!r} is no number; give days"
        for k in np.flatnonzero(~np.isfinite(known)).tolist()
    ]
    if len(known) < 3:
        problems.append(f"`slips` has {len(known)}; give three or more: least, likely, greatest")
    refuse(problems)
    low, mode, high = float(known.min()), float(np.median(known)), float(known.max())
    samples = whole("samples", samples, 2, 10_000_000)
    last = pd.NaT if origin is None else pd.Timestamp(day("origin", origin))
    rng = np.random.default_rng(whole("seed", seed, 0, 2**64 - 1))
    rows: list[tuple[Any, ...]] = []
    values = []
    for target, date in dates.items():
        at = pd.Timestamp(day(f"announced[{target!r}]", date))
        rows.append((name, last, target, "sum", 0, at, at, "", ""))
        values.append(_pert(low, mode, high, samples, rng))
    about = pd.DataFrame(rows, columns=list(KEYS))
    about["origin"] = about["origin"].astype("datetime64[s]")
    return Ensembles(about, values).frame()


def _pert(low: float, mode: float, high: float, samples: int, rng: np.random.Generator) -> Any:
    if low == high:
        return np.full(samples, low)
    first = 1 + _WEIGHT * (mode - low) / (high - low)
    second = 1 + _WEIGHT * (high - mode) / (high - low)
    return low + (high - low) * rng.beta(first, second, samples)
