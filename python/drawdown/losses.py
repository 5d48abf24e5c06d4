"""How bad it can get: exceedance curves and tail means."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from .run import Run

Kind = Literal["aggregate", "occurrence"]


class Tail(NamedTuple):
    """The worst share of trials.

    Attributes
    ----------
    mean : float
        The mean over that share; missing (NaN) if a value in it is.
    standard_error : float
        The standard error of that mean, for tails of some dozens of trials or more; missing if
        there is one trial in it.
    threshold : float
        The least value in that share.
    """

    mean: float
    standard_error: float
    threshold: float


def exceedance(run: Run, measure: str, kind: Kind, levels: ArrayLike | None) -> pd.DataFrame:
    """The curve that `Run.exceedance` describes."""
    losses = np.sort(_losses(run, measure, kind))
    asked = losses[np.isfinite(losses)] if levels is None else np.asarray(levels, dtype=float)
    level = np.unique(asked)
    trials = max(losses.size, 1)
    probability = (losses.size - np.searchsorted(losses, level, side="left")) / trials
    with np.errstate(divide="ignore"):
        columns = {
            "probability": probability,
            "standard_error": np.sqrt(probability * (1 - probability) / trials),
            "return_period_horizons": 1 / probability,
        }
    return pd.DataFrame(columns, pd.Index(level, name="level"))


def tail(run: Run, measure: str, share: float, kind: Kind) -> Tail:
    """The mean that `Run.tail` describes.

    With q the least of the worst share a of n values, it is q + mean((x - q)+) / a. The error of
    q cancels to first order (Rockafellar & Uryasev 2002, J. Banking & Finance 26:1443), so the
    standard error is that of the mean of (x - q)+ / a.
    """
    worst_first = -np.sort(-_losses(run, measure, kind))
    if not 0 < share <= 1:
        raise ValueError(f"`share` must be above 0 and at most 1, not {share}")
    trials = share * worst_first.size
    if trials < 1 - 1e-9:
        raise ValueError(f"a share of {share:g} of {worst_first.size:,} trials holds no trial")
    edge = worst_first[math.ceil(trials - 1e-9) - 1]
    if np.isinf(worst_first[0]):
        return Tail(math.nan, math.nan, math.nan if np.isinf(edge) else float(edge))
    excess = np.maximum(worst_first - edge, 0) / share
    error = excess.std(ddof=1) / math.sqrt(excess.size) if trials >= 2 - 1e-9 else math.nan
    return Tail(float(edge + excess.mean()), float(error), float(edge))


def _losses(run: Run, measure: str, kind: Kind) -> NDArray[np.float64]:
    """The loss of each trial; what the horizon forestalls is infinite, since it comes later."""
    if kind not in ("aggregate", "occurrence"):
        raise ValueError(f"`kind` is 'aggregate' or 'occurrence', not {kind!r}")
    if kind == "occurrence" and measure != "casualties":
        raise ValueError(
            f"worst attacks are known for 'casualties' (wounded and killed together), not for "
            f"{measure!r}: ask for measure='casualties', or for kind='aggregate'"
        )
    if measure != "casualties":
        losses = run.values(measure)
    elif kind == "occurrence":
        losses = run.values("worst_attack")
    else:
        losses = run.values("wounded") + run.values("killed")
    return np.where(np.isnan(losses), np.inf, losses)
