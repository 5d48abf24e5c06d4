"""Statistics of a run as tables: of every measure, and of finish dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.days import calendar
from ..stats.intervals import Chance, Chances, of_count
from ..stats.means import estimate
from .backend import By
from .base import Histories, breakdown, units
from .criterion import Criterion
from .reduced import SURE


def summary(run: Histories, by: By | None) -> pd.DataFrame:
    """The table that `Run.summary` describes."""
    rows = run._results.summary(breakdown(by))
    # Where nothing is of the kind there is no row to take the columns from.
    columns = None if rows else list(run._results.summary("")[0])
    frame = pd.DataFrame(rows, columns=columns)
    frame["unit"] = frame["measure"].map(units(run, by)).astype(object)
    if run._each > 1 and rows:
        frame["standard_error"] = _errors(run, frame, by)
    if not by:
        return frame.drop(columns="id").set_index("measure")
    return frame.rename(columns={"id": by}).set_index(["measure", by])


def dates(run: Histories) -> pd.DataFrame:
    """The table that `Run.finish_dates` describes."""
    rows = run._results.dates()
    keys = [[row[level] for row in rows] for level in ("of", "id")]
    columns: dict[str, NDArray[Any]] = {}
    for name in ("announced", "p10", "p50", "p80", "p90"):
        columns[name] = calendar(run.scenario.start, [row[name + "_days"] for row in rows])
    met = [_met(run, row) for row in rows]
    columns["chance_met"] = np.array([row["chance_met"] for row in rows], dtype=float)
    for end, name in (("se", "error"), ("low", "low"), ("high", "high")):
        columns[f"chance_met_{end}"] = np.array([getattr(one, name) for one in met], dtype=float)
    for name in ("mean_slip_days", "unfinished", "people_left"):
        columns[name] = np.array([row[name] for row in rows], dtype=float)
    columns["expelled"] = np.array(_expelled(run, rows), dtype=float)
    return pd.DataFrame(columns, pd.MultiIndex.from_arrays(keys, names=["of", "id"]))


def _expelled(run: Histories, rows: list[dict[str, Any]]) -> list[float]:
    """The shares of trials in which each thing is finished once the host has told all to leave."""
    if run.keep != "trials":
        return [np.nan] * len(rows)
    told = run.values("expelled_days")
    if np.isnan(told).all():
        return [0.0] * len(rows)
    finishes: dict[str, Any] = {"overall": {"": run.values("finish_days")}}
    for by in ("phase", "site", "contingent"):
        finishes[by] = run.values("finish_days", by)
    # What never comes compares as false.
    return [float(np.mean(finishes[row["of"]][row["id"]] >= told)) for row in rows]


def _errors(run: Histories, rows: pd.DataFrame, by: By | None) -> list[float]:
    """Standard errors of means for trials that share samples, and so are not independent."""
    if run.keep != "trials":
        return [np.nan] * len(rows)
    return [
        estimate(values, run._each)["standard_error"]
        for measure in rows["measure"].drop_duplicates()
        for values in np.atleast_2d(run._array(measure, by).T)
    ]


def _met(run: Histories, row: dict[str, Any]) -> Chance | Chances:
    """The chance of meeting a date."""
    if "variance" in run._results.origin() and row["chance_met_se"] > 0:
        share, error = row["chance_met"], row["chance_met_se"]
        low, high = max(share - SURE * error, 0.0), min(share + SURE * error, 1.0)
        return Chance(share, error, low, high, share * (1 - share) / error**2)
    if run.keep != "trials" or run._each == 1:
        samples = len(run.samples.values) if run.samples and run._each > 1 else None
        return of_count(round(row["chance_met"] * run.trials), run.trials, samples)
    by = None if row["of"] == "overall" else row["of"]
    announced = run.scenario.start + timedelta(days=row["announced_days"])
    finish = Criterion("finish_days", by, None if by is None else row["id"])
    return finish.held("<=", announced).chance(run)
