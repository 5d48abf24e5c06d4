"""How bad it can get: exceedance curves and tail means."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from .. import _core
from .._internal.checks import number, several
from .._internal.tables import Table, short
from ..languages.figures import localised
from ..languages.speech import say
from ..stats.intervals import Chances, of_count, of_samples
from .base import Histories, units
from .criterion import Criterion
from .quantities import comparable
from .result import Result
from .wording import with_unit

Kind = Literal["aggregate", "occurrence"]
Array = NDArray[np.float64]
Counts = NDArray[np.int64]

# Levels times samples that are counted at once.
_CELLS = 4_000_000
# What measures the worst attack of a trial.
_WORST = dict(_core.worst_attacks())


@dataclass(frozen=True, repr=False)
class Tail(Result):
    """The worst share of trials; `Run.tail` gives it.

    Attributes
    ----------
    run : Run
        Whose trials they are.
    measure, share, kind : str, float, str
        What was asked.
    mean : float
        The mean over that share; missing (NaN) if a value in it is.
    standard_error : float
        The standard error of that mean, for tails of some dozens of trials or more; missing if
        there is one trial in it.
    threshold : float
        The least value in that share.
    """

    run: Histories = field(compare=False)
    measure: str
    share: float
    kind: Kind
    mean: float
    standard_error: float
    threshold: float

    _TITLE = "tail-title"
    _NOTES = "tail-notes"

    def table(self) -> pd.DataFrame:
        """Tabulate the worst share of trials.

        Returns
        -------
        DataFrame
            Indexed by ``measure``; the ``share`` that was asked for, the ``mean`` over it, its
            ``standard_error`` and the ``threshold``, in the unit of the measure.
        """
        row = {
            "share": self.share,
            "mean": self.mean,
            "standard_error": self.standard_error,
            "threshold": self.threshold,
        }
        return pd.DataFrame([row], pd.Index([self.measure], name="measure"))

    def _tables(self) -> list[Table]:
        header = [say("tail-worst"), say("table-mean"), say("tail-error"), say("tail-threshold")]
        numbers = (self.mean, self.standard_error, self.threshold)
        unit = units(self.run)[self._counted]
        share = localised(f"{100 * self.share:g} %")
        row = [with_unit(self.measure, unit), share, *map(short, numbers)]
        return [Table("", header, [row])]

    @property
    def _counted(self) -> str:
        return self.measure if self.kind == "aggregate" else _WORST[self.measure]

    @property
    def _first(self) -> Histories:
        return self.run

    @property
    def _brief(self) -> str:
        return (
            f"worst {100 * self.share:g} % of {self.measure}: mean {short(self.mean)}, standard "
            f"error {short(self.standard_error)}, threshold {short(self.threshold)}"
        )


def exceedance(run: Histories, measure: str, kind: Kind, levels: ArrayLike | None) -> pd.DataFrame:
    """The curve that `Run.exceedance` describes."""
    if isinstance(levels, Iterable) and not isinstance(levels, np.ndarray):
        levels = several("levels", levels, "[0, 10, 100]")
    loss, trials = _losses(run, measure, kind)
    asked = loss[np.isfinite(loss)] if levels is None else np.asarray(levels, dtype=float)
    level = np.unique(asked)
    known = level[~np.isnan(level)]
    found = _chances(run, known, measure, kind, loss, trials)
    found = _known_better(run, known, measure, kind, found)
    # What is not a number has no chance; `unique` puts it last.
    share, error, low, high, _ = (
        np.append(of, np.full(len(level) - len(known), np.nan)) for of in found
    )
    with np.errstate(divide="ignore"):
        columns = {
            "probability": share,
            "standard_error": error,
            "low": low,
            "high": high,
            "return_period_horizons": np.where(share > 0, 1 / share, np.nan),
            "return_period_low": 1 / high,
            "return_period_high": 1 / low,
        }
    return pd.DataFrame(columns, pd.Index(level, name="level"))


def _chances(
    run: Histories, level: Array, measure: str, kind: Kind, loss: Array, trials: Counts
) -> Chances:
    """The chances of reaching each level."""
    if run._each == 1 or run.keep != "trials":
        reached = np.append(_reached(trials), 0)[np.searchsorted(loss, level, side="left")]
        samples = None if run.samples is None else len(run.samples.values)
        return of_count(reached, int(trials.sum()), samples if run._each > 1 else None)
    name = measure if kind == "aggregate" else _WORST[measure]
    values = Criterion(name).ordered(run)
    parts = np.split(values, np.arange(run._each, len(values), run._each))
    histories = [np.sort(part) for part in parts]
    sizes = np.array([len(part) for part in histories])
    # Not more at once than memory has room for.
    pieces = np.array_split(level, len(level) * len(sizes) // _CELLS + 1)
    found = []
    for piece in pieces:
        below = [np.searchsorted(part, piece, side="left") for part in histories]
        found.append(of_samples(sizes - np.stack(below, axis=1), sizes))
    return Chances(*(np.concatenate(of) for of in zip(*found, strict=True)))


def _known_better(
    run: Histories, level: Array, measure: str, kind: Kind, found: Chances
) -> Chances:
    """The same, and of levels that a run with less variance was asked about what that tells."""
    in_one = measure == "casualties" and kind == "occurrence"
    asked = run.origin.get("levels", ()) if in_one else ()
    places = np.flatnonzero(np.isin(level, asked))
    if places.size:
        tell = run._results.chance_of
        better = [tell(level[place]) for place in places]
        for of, values in zip(found, zip(*better, strict=True), strict=True):
            of[places] = values
    return found


def tail(run: Histories, measure: str, share: float, kind: Kind) -> Tail:
    """The mean that `Run.tail` describes.

    With q the least of the worst share a of n values, it is q + mean((x - q)+) / a. The error of
    q cancels to first order (Rockafellar & Uryasev 2002, J. Banking & Finance 26:1443), so the
    standard error is that of the mean of (x - q)+ / a.
    """
    loss, trials = _losses(run, measure, kind)
    if not 0 < number("share", share) <= 1:
        raise ValueError(f"`share` must be above 0 and at most 1, not {share}")
    found = partial(Tail, run, measure, float(share), kind)
    count = int(trials.sum())
    worst = share * count
    if worst < 1 - 1e-9:
        raise ValueError(f"a share of {share:g} of {count:,} trials holds no trial")
    edge = loss[np.flatnonzero(_reached(trials) >= math.ceil(worst - 1e-9))[-1]]
    if np.isinf(loss[-1]):
        return found(math.nan, math.nan, math.nan if np.isinf(edge) else float(edge))
    excess = np.maximum(loss - edge, 0) / share
    mean = (trials * excess).sum() / count
    if worst < 2 - 1e-9:
        return found(float(edge + mean), math.nan, float(edge))
    variance = (trials * (excess - mean) ** 2).sum() / (count - 1)
    return found(float(edge + mean), _error(run, trials) * math.sqrt(variance), float(edge))


def _error(run: Histories, trials: Counts) -> float:
    """The standard error of a mean by that of one trial; trials that share samples have none."""
    return math.nan if run._each > 1 else 1 / math.sqrt(max(trials.sum(), 1))


def _reached(trials: Counts) -> Counts:
    """How many trials have each loss or a greater one."""
    return trials[::-1].cumsum()[::-1]


def _losses(run: Histories, measure: str, kind: Kind) -> tuple[NDArray[np.float64], Counts]:
    """Losses, ascending, and the trials that had them.

    What the horizon forestalls is infinite, since it comes later; what has no place among losses
    is refused.
    """
    if kind not in ("aggregate", "occurrence"):
        raise ValueError(f"`kind` is 'aggregate' or 'occurrence', not {kind!r}")
    if kind == "occurrence" and measure not in _WORST:
        known = ", ".join(map(repr, _WORST))
        raise ValueError(
            f"worst attacks are known for {known}, not for {measure!r}: ask for one of these, or "
            "for kind='aggregate'"
        )
    found = run.distribution(measure if kind == "aggregate" else _WORST[measure])
    loss = found["level"].to_numpy()
    trials = found["trials"].to_numpy()
    return comparable(loss, measure, trials), trials
