"""Two levels of chance: what is not known about the world, and what chance does in it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .backend import By
from .base import Histories, units
from .samples import InputSample

Array = NDArray[np.float64]


def variance(run: Histories, by: By | None) -> pd.DataFrame:
    """The table that `Run.variance` describes."""
    rows = {}
    for measure, unit in units(run, by).items():
        for k, name in enumerate(run.ids(by) if by else [""]):
            values = blocks(run, measure, by)[:, :, k]
            about = {"unit": unit, **_parts(values), "missing": int(np.isnan(values).sum())}
            rows[measure, name] = about
    index = pd.MultiIndex.from_tuples(rows, names=["measure", by])
    frame = pd.DataFrame(list(rows.values()), index)
    return frame if by else frame.droplevel(1)


def by_sample(run: Histories, measure: str) -> pd.DataFrame:
    """The table that `Run.by_sample` describes."""
    values = blocks(run, measure, None)[:, :, 0]
    there = (~np.isnan(values)).sum(axis=1)
    found = pd.DataFrame(values, _samples(run).values.index[: len(values)])
    return pd.DataFrame(
        {
            "mean": found.mean(axis=1),
            "standard_error": found.std(axis=1, ddof=1) / np.sqrt(there),
            "missing": found.isna().sum(axis=1),
            "capped": blocks(run, "capped", None)[:, :, 0].sum(axis=1).astype(int),
        }
    )


def blocks(run: Histories, measure: str, by: By | None) -> Array:
    """The values of a measure: samples that were run whole, their histories, ids."""
    each = _samples(run).each
    values = run._array(measure, by)
    values = values[: len(values) // each * each]
    return values.reshape(len(values) // each, each, -1)


def _samples(run: Histories) -> InputSample:
    if run.samples is None:
        raise ValueError(
            "every trial has its own parameter sample here, so that the two levels cannot be told "
            "apart: simulate with `samples=`, for instance 200"
        )
    return run.samples


def _parts(values: Array) -> dict[str, float]:
    """Mean, and the two parts of the variance, each with its standard error.

    With K samples of n histories, W the mean variance within samples and B the variance of their
    means: W is aleatory, B - W / n epistemic. Errors are the jackknife's, over samples.
    """
    samples, each = values.shape
    if samples < 3 or each < 2:
        raise ValueError(
            f"{samples} samples of {each} histories do not tell the two levels apart: it takes 3 "
            f"samples of 2 histories, and some hundred samples to do it well"
        )
    means, within = values.mean(axis=1), values.var(axis=1, ddof=1)
    epistemic = _without_each(means) - _mean_without_each(within) / each
    aleatory = _mean_without_each(within)
    whole = float(means.var(ddof=1) - within.mean() / each)
    total = whole + float(within.mean())
    with np.errstate(invalid="ignore", divide="ignore"):
        share = epistemic / (epistemic + aleatory)
    return {
        "mean": float(means.mean()),
        "standard_error": float(means.std(ddof=1)) / math.sqrt(samples),
        "epistemic": whole,
        "epistemic_se": _jackknife(epistemic),
        "aleatory": float(within.mean()),
        "aleatory_se": _jackknife(aleatory),
        "share": whole / total if total else math.nan,
        "share_se": _jackknife(share),
    }


def _mean_without_each(values: Array) -> Array:
    found: Array = (values.sum() - values) / (len(values) - 1)
    return found


def _without_each(values: Array) -> Array:
    """The variance of the others, for each value left out."""
    count = len(values)
    apart = values - values.mean()
    squares = (apart**2).sum()
    # Leaving one out takes away its square times n / (n - 1) from the sum of squares.
    found: Array = (squares - apart**2 * count / (count - 1)) / (count - 2)
    return found


def _jackknife(estimates: Array) -> float:
    return math.sqrt((len(estimates) - 1) * float(estimates.var()))
