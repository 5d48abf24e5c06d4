"""The trials of a run, weighed by what has been observed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import number, whole
from .._internal.own import Own
from ..errors import CollapseError
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.backend import By
from ..runs.result import Result
from ..runs.run import Run
from .known import collapsed, core_observations, steps
from .observations import Observations

# Fewer trials of equal weight say nothing.
LEAST = 20


class Conditioned(Result):
    """A run whose trials weigh as much as they agree with what was observed; `condition` makes one.

    Attributes
    ----------
    run : Run
        The run, as it was.
    weights : ndarray
        By trial; they add up to 1.
    effective : float
        How many trials of equal weight would say as much.
    log_likelihood : float
        The logarithm of the estimated likelihood of all observations.
    """

    _TITLE: ClassVar[str] = "conditioned-title"

    runs: Own[dict[str, Run]] = Own()
    weights: Own[NDArray[np.float64]] = Own()

    def __init__(
        self, run: Run, weights: NDArray[np.float64], table: pd.DataFrame, log_likelihood: float
    ) -> None:
        self.run = run
        self.runs = {"run": run}
        self.weights = self._weights = weights
        self._steps = table
        self.log_likelihood = log_likelihood
        self.effective = float(weights.sum() ** 2 / (weights**2).sum())

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        effective = localised(f"{self.effective:,.0f}")
        return f"{self.run.origin_line} · {say('conditioned-origin', effective=effective)}"

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return say("conditioned-notes")

    def tables(self) -> dict[str, pd.DataFrame]:
        """What is shown: the observations, finish dates, and the summary."""
        dates = self.finish_dates()
        shown = {"table": self.table()} | ({"finish_dates": dates} if len(dates) else {})
        return shown | {"summary": self.summary()}

    def table(self) -> pd.DataFrame:
        """Tabulate what each observation was, and what is left of the trials.

        Returns
        -------
        DataFrame
            As `Update.table`.
        """
        return self._steps.copy()

    def summary(self, by: By | None = None) -> pd.DataFrame:
        """Summarise every measure over trials, by weight.

        Parameters
        ----------
        by : str, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; left out, the whole theatre.

        Returns
        -------
        DataFrame
            As `Run.summary`: ``unit``, ``mean`` and ``standard_error`` over the trials that have a
            value, ``p10``, ``p50``, ``p80``, ``p90`` over all, a missing value later than any, and
            ``missing``, the share of the weight that has none.

        Raises
        ------
        ValueError
            If there is no such breakdown.
        """
        plain = self.run.summary(by)
        rows = []
        for key in plain.index:
            name, of = (key, None) if by is None else key
            values = self.run.values(name, by)[of] if by is not None else self.run.values(name)
            rows.append({"unit": plain.loc[key, "unit"], **self._weighed(np.asarray(values))})
        return pd.DataFrame(rows, plain.index)

    def _weighed(self, values: NDArray[np.float64]) -> dict[str, float]:
        there, weights = ~np.isnan(values), self._weights
        found: dict[str, float] = {"mean": np.nan, "standard_error": np.nan}
        left = weights[there]
        if left.sum() > 0:
            share = left / left.sum()
            mean = float(share @ values[there])
            found["mean"] = mean
            # Of a ratio of sums, to first order.
            found["standard_error"] = float(np.sqrt(share**2 @ (values[there] - mean) ** 2))
        for p in (10, 50, 80, 90):
            found[f"p{p}"] = self._quantile(values, p / 100)
        return found | {"missing": float(weights[~there].sum())}

    def _quantile(self, values: NDArray[np.float64], p: float) -> float:
        """The least value that at least that share of the weight does not exceed."""
        order = np.argsort(values)
        so_far = np.cumsum(self._weights[order])
        place = min(int(np.searchsorted(so_far, p - 1e-9)), len(values) - 1)
        return float(values[order[place]])

    def finish_dates(self) -> pd.DataFrame:
        """Tabulate when each phase, site and contingent is finished, and how surely, by weight.

        Returns
        -------
        DataFrame
            As `Run.finish_dates`: the ``announced`` date, the dates ``p10``, ``p50``, ``p80`` and
            ``p90`` (NaT: not before the horizon), ``chance_met``, and ``unfinished``, shares of the
            weight.
        """
        plain = self.run.finish_dates()
        start = pd.Timestamp(self.run.scenario.start)
        rows = []
        for of, name in plain.index:
            values = self._finish(of, name)
            announced = plain.loc[(of, name), "announced"]
            due = (announced - start).days + 1
            weights = self._weights
            row: dict[str, Any] = {"announced": announced}
            for p in (10, 50, 80, 90):
                days = self._quantile(values, p / 100)
                row[f"p{p}"] = pd.NaT if np.isnan(days) else start + pd.Timedelta(days=int(days))
            row["chance_met"] = float(weights[values < due].sum())
            row["unfinished"] = float(weights[np.isnan(values)].sum())
            rows.append(row)
        return pd.DataFrame(rows, plain.index)

    def _finish(self, of: str, name: str) -> NDArray[np.float64]:
        if of == "overall":
            return np.asarray(self.run.values("finish_days"))
        by: Any = of
        return np.asarray(self.run.values("finish_days", by)[name])


def condition(
    run: Run,
    observed: Observations,
    *,
    date_tolerance_days: float = 0.0,
    not_reached: Mapping[str, Iterable[str]] | None = None,
    every: str = "month",
    threads: int | None = None,
) -> Conditioned:
    """Weigh the trials of a run by how likely what was observed is, given what happened in each.

    The trials are simulated once more, up to the last observation. Few observations are enough to
    leave few trials that agree with them: `update`, which draws others on the way, keeps many.

    Parameters
    ----------
    run : Run
        A run of which every trial was kept.
    observed : Observations
        What was observed, as `update` takes it.
    date_tolerance_days : float
        So many days before or after its date something may have been reached.
    not_reached : mapping of str to iterable of str, optional
        What had not been reached by the end of the last day, by kind, as `update` takes it.
    every : {"month", "week", "day"}
        Over which intervals events are counted.
    threads : int, optional
        How many threads to use; left out, one for each core.

    Returns
    -------
    Conditioned
        The weights, and tables by weight.

    Raises
    ------
    ObservationError
        As `update` does.
    CollapseError
        If no trial makes an observation possible, or the weight lies on fewer than some 20; its
        `partial` is the `Conditioned` there is.
    ValueError
        If only a summary was kept, or the run cannot be simulated once more.
    """
    run._need_trials("condition")
    results = run._results
    results.trial(0)  # refuses what cannot be replayed
    tolerance = number("date_tolerance_days", date_tolerance_days)
    known = core_observations(run.scenario, observed, every, tolerance, not_reached)
    threads = 0 if threads is None else whole("threads", threads, 1, 4096)
    found = _core.weigh(run._ready._compiled, known.core, run.trials, run.seed, threads)
    table = steps(found["steps"], known.about)
    result = Conditioned(run, found["weights"], table, found["log_likelihood"])
    if found["collapse"] is not None:
        raise CollapseError(collapsed(found["collapse"], known.about, "trial", run.trials), result)
    if result.effective < LEAST:
        raise CollapseError(
            f"the weight lies on {result.effective:,.1f} effective trials of {run.trials:,}, which "
            f"is too few to say anything (at least {LEAST}): simulate more trials, `update` the "
            "scenario instead, or say less surely what was observed; `partial` has the weights",
            result,
        )
    return result
