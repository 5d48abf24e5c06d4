"""What came, of a table, of numbers by month or of observations, as scores take it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .ensembles import Ensembles, observed_table, refuse
from .observations import Observations
from .series import months_of, outcomes, regular

# What is about so many lies between these with 80 %: how far the bounds are, in sigma.
_EIGHTY = 1.2816


def came_of(observed: Any, ensembles: Ensembles) -> pd.DataFrame:
    """What came of what was forecast.

    Raises
    ------
    ValueError
        With all that is wrong with it.
    """
    if isinstance(observed, Observations):
        return _of_observations(observed, ensembles.about)
    if not isinstance(observed, pd.Series):
        return observed_table(observed)
    about = ensembles.about
    targets = list(dict.fromkeys(about["target"]))
    if len(targets) > 1:
        refuse(
            [
                f"a series is of one target, and forecasts are of {', '.join(targets)}; give a "
                f"table with `target`, `from`, `to` and `observed`"
            ]
        )
    series = regular(observed, "observed", 1)
    freq = months_of(series).freq
    begins, ends = (pd.PeriodIndex(about[name], freq=freq) for name in ("from", "to"))
    spans = {end.ordinal - begin.ordinal + 1 for begin, end in zip(begins, ends, strict=True)}
    return outcomes(series, sorted(spans), targets[0])


def series_of(given: Any, measure: str) -> pd.Series[float]:
    """A series by month, or that of observations.

    Raises
    ------
    ValueError
        With all that is wrong with it.
    """
    if not isinstance(given, Observations):
        return regular(given)
    months = given.by_month(measure)
    if months.empty:
        refuse(
            [
                f"no whole month of {measure} is known: counts span several, or there are none; "
                f'give another measure, or `observations.by_month("{measure}", spread=True)`'
            ]
        )
    return regular(months, f"observations, {measure} by month")


def _of_observations(observed: Observations, about: pd.DataFrame) -> pd.DataFrame:
    """Each window by the count of those very days if there is one, or else by its months."""
    keys = ["target", "over", "from", "to", "site", "threat"]
    rows = []
    parts: Any = about[keys].drop_duplicates().groupby(["target", "site", "threat"], sort=False)
    for (target, site, threat), group in parts:
        counts = _counts(observed, target, site, threat)
        months = observed.by_month(target, threat=threat or None, site=site or None)
        for row in group.itertuples(index=False):
            _, over, begin, end, *_ = row
            found = counts.get((begin, end)) or _of_months(months, over, begin, end)
            rows.append((*row, *found))
    came = pd.DataFrame(rows, columns=[*keys, "observed", "low", "high"])
    return came.dropna(subset="observed").reset_index(drop=True)


def _counts(
    observed: Observations, measure: str, site: str, threat: str
) -> dict[tuple[pd.Timestamp, pd.Timestamp], tuple[float, float, float]]:
    """Counts of a series by their days, with the bounds between which they lie with 80 %."""
    counts = observed.counts
    mine = counts["measure"] == measure
    mine &= counts["threat"].fillna("") == threat
    mine &= counts["site"].map(lambda sites: sites == ((site,) if site else ()))
    mine &= ~counts["bound"].isin(["missing", "at_most"])
    found = {}
    for row in counts[mine.to_numpy(bool)].to_dict("records"):
        number = float(row["count"])
        error = 0.0 if np.isnan(row["relative_error"]) else float(row["relative_error"])
        ends = (number * np.exp(-_EIGHTY * error), number * np.exp(_EIGHTY * error))
        found[row["from"], row["to"]] = (number, float(ends[0]), float(ends[1]))
    return found


def _of_months(
    months: pd.Series[float], over: str, begin: pd.Timestamp, end: pd.Timestamp
) -> tuple[float, float, float]:
    """What is made of whole months; missing where one is not known."""
    first, last = pd.Period(begin, "M"), pd.Period(end, "M")
    whole = first.start_time == begin and last.end_time.floor("D") == end
    values: Iterable[float] = months.reindex(pd.period_range(first, last, freq="M"))
    numbers = np.array(list(values)) if whole and len(months_of(months)) else np.array([np.nan])
    value = float(numbers.max() if over == "largest" else numbers.sum())
    return value, value, value
