"""Forecasts pooled: the weights under which several together would have scored best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.own import Own
from ..languages.speech import say
from ..stats import blocks
from .came import came_of
from .ensembles import KEYS, Array, Ensembles, refuse
from .scores import Scores, ensembles_of, most_at_a_time, scored
from .unbound import Unbound

if TYPE_CHECKING:
    from matplotlib.axes import Axes

By = Literal["log_score", "crps"]
_RESAMPLES = 200
_ENDS = (0.025, 0.975)
# Samples of each forecast that distances between forecasts are taken from.
_MOST = 400
# A weight below this is none.
_LEAST = 1e-5


def stack(forecasts: Any, observed: Any = None, *, by: By = "log_score", seed: int = 0) -> Stacked:
    """Find the weights under which several forecasts, pooled, would have scored best.

    The pool is a mixture: with its weight each forecast gives the sample (Yao, Vehtari, Simpson &
    Gelman 2018, Bayesian Anal. 13:917). Windows that not all have forecast are left out.

    Parameters
    ----------
    forecasts : DataFrame, Backtest or Forecast
        Forecasts by several names, as `score` takes them; of a backtest or frozen forecast the
        months, not their sums.
    observed : DataFrame, Series or Observations, optional
        What came, as `score` takes it. A `Backtest` knows it.
    by : {"log_score", "crps"}
        The mean score that weights make least.
    seed : int
        The seed of the resamples, and of the samples that are taken where there are many.

    Returns
    -------
    Stacked
        The weights with intervals, and the scores of the pool beside those of its parts.

    Raises
    ------
    ValueError
        If there are fewer than two forecasts, nothing that came was forecast by all, or a table
        has problems.
    """
    if by not in ("log_score", "crps"):
        raise ValueError(f'`by` is "log_score" or "crps", not {by!r}')
    ensembles = _months(forecasts)
    if observed is None and not hasattr(forecasts, "observed"):
        raise ValueError("`observed` is left out: give what came, as `score` takes it")
    given = forecasts.observed if observed is None else observed
    scores = scored(ensembles, came_of(given, ensembles))
    return _stacked(scores, by, np.random.default_rng(seed))


class Stacked(Unbound):
    """Forecasts pooled by weights; `stack` makes one.

    Attributes
    ----------
    weights : Series
        The weight of each forecast; they sum to 1.
    by : str
        The score that they make least.
    """

    weights: Own[pd.Series[float]] = Own()

    _TITLE = "stacked-title"

    def __init__(self, weights: pd.DataFrame, scores: pd.DataFrame, by: By, of: Scores) -> None:
        self._weights = weights
        self.weights = weights["weight"]
        self._scores = scores
        self.by = by
        self._of_scores = of

    @property
    def origin_line(self) -> str:
        """What was pooled, in one line."""
        return say("stacked-origin", scores=self._of_scores.origin_line, score=self.by)

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return say("stacked-notes", score=self.by)

    def table(self) -> pd.DataFrame:
        """Tabulate the weights.

        Returns
        -------
        DataFrame
            Indexed by ``forecast``: its ``weight`` with the 95 % interval (``low``, ``high``) and
            the mean score of it alone (``alone``).
        """
        return self._weights.copy()

    def scores(self) -> pd.DataFrame:
        """Tabulate the mean score of the pool.

        Returns
        -------
        DataFrame
            Indexed by ``pool``: ``stacked`` by these weights, ``equal`` weights, and the ``best``
            forecast alone; the mean ``score``, and the number of ``windows``.
        """
        return self._scores.copy()

    def tables(self) -> dict[str, pd.DataFrame]:
        """What is shown: the weights, and the `scores` of the pool."""
        return {"table": self.table(), "scores": self.scores()}

    def pool(self, forecasts: Any, *, name: str = "stacked", seed: int = 0) -> pd.DataFrame:
        """Make the pooled forecast of forecasts by the same names.

        Parameters
        ----------
        forecasts : DataFrame, Backtest or Forecast
            What to pool, as `stack` takes it. A window that a forecast with weight lacks is left
            out.
        name : str
            The name of the pooled forecast.
        seed : int
            The seed by which samples are drawn from each.

        Returns
        -------
        DataFrame
            A row for each sample, as `score` takes them: as many samples as the forecast with most
            has, from each a share that is its weight.
        """
        ensembles = _months(forecasts)
        weights = self.weights[self.weights > 0]
        rng = np.random.default_rng(seed)
        keys = [key for key in KEYS if key != "forecast"]
        rows, values = [], []
        for _, group in ensembles.about.groupby(keys, sort=False, dropna=False):
            places = dict(zip(group["forecast"], group.index, strict=True))
            if not set(weights.index) <= set(places):
                continue
            parts = [ensembles.values[places[one]] for one in weights.index]
            size = max(map(len, parts))
            ends = np.rint(np.cumsum(weights.to_numpy()) * size).astype(int)
            counts = np.diff(ends, prepend=0)
            drawn = [rng.choice(one, k) for one, k in zip(parts, counts, strict=True)]
            values.append(np.concatenate(drawn))
            rows.append(ensembles.about.loc[group.index[0]].to_dict() | {"forecast": name})
        if not rows:
            refuse([f"no window has forecasts by all of {', '.join(map(str, weights.index))}"])
        return Ensembles(pd.DataFrame(rows, columns=list(KEYS)), values).frame()

    def plot(
        self,
        ax: Axes | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw the weights with their intervals.

        Parameters
        ----------
        ax : Axes, optional
            The axes to draw on.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        return self._drawn_on_one(ax, figsize, title)


def _months(forecasts: Any) -> Ensembles:
    """Forecasts of a table; of what has them the months alone, as sums would count them twice."""
    found = ensembles_of(forecasts)
    if isinstance(forecasts, pd.DataFrame):
        return found
    return found.some(found.about["over"] == "month")


def _stacked(scores: Scores, by: By, rng: np.random.Generator) -> Stacked:
    each = scores.each
    names = list(dict.fromkeys(each["forecast"].astype(str)))
    if len(names) < 2:
        refuse([f"there is one forecast, {names[0]}: give several to pool, by their names"])
    keys = [key for key in KEYS if key != "forecast"]
    groups = each.reset_index().groupby(keys, sort=False, dropna=False)
    common = [part.set_index("forecast")["index"] for _, part in groups if len(part) == len(names)]
    if not common:
        refuse([f"no window was forecast by all of {', '.join(names)}; leave some out"])
    places = np.array([part[names].to_numpy() for part in common])
    windows = each.loc[places[:, 0]].sort_values(["origin", "from", "to"])
    order = pd.Index(places[:, 0]).get_indexer(windows.index)
    places = places[order]
    alone = each[by].to_numpy(float)[places]
    loss = _Log(alone) if by == "log_score" else _Crps(scores, places, alone, rng)
    weights = loss.best(np.arange(len(places)))
    block = blocks.length(alone.mean(axis=1), most_at_a_time(windows))
    again = [loss.best(k) for k in blocks.places(len(places), block, _RESAMPLES, rng)]
    low, high = np.quantile(again, _ENDS, axis=0)
    table = pd.DataFrame(
        {"weight": weights, "low": low, "high": high, "alone": alone.mean(axis=0)},
        pd.Index(names, name="forecast"),
    )
    equal = np.full(len(names), 1 / len(names))
    pools = {
        "stacked": loss.mean(weights),
        "equal": loss.mean(equal),
        "best": alone.mean(axis=0).min(),
    }
    scored_pools = pd.DataFrame({"score": pools}).rename_axis("pool").assign(windows=len(places))
    return Stacked(table, scored_pools, by, scores)


class _Log:
    """The log score of a mixture: minus the mean of log(sum of weights times probabilities)."""

    def __init__(self, alone: Array) -> None:
        # Beside the likeliest, so that no probability is too small to be written.
        self._most = -alone.min(axis=1)
        self._shares = np.exp(-alone - self._most[:, np.newaxis])

    def mean(self, weights: Array) -> float:
        return -float(np.mean(np.log(self._shares @ weights) + self._most))

    def best(self, windows: NDArray[np.int64]) -> Array:
        """By expectation and maximisation, of which every step raises the likelihood."""
        shares = self._shares[windows]
        weights: Array = np.full(shares.shape[1], 1 / shares.shape[1])
        for _ in range(5_000):
            pooled = shares @ weights
            now: Array = weights * (shares / pooled[:, np.newaxis]).mean(axis=0)
            if np.abs(now - weights).max() < 1e-7:
                break
            weights = now
        return _shared(now)


class _Crps:
    """The CRPS of a mixture: sum of w E|X - y| less half of the sum of w w' E|X - X'|."""

    def __init__(
        self, scores: Scores, places: NDArray[np.int64], alone: Array, rng: np.random.Generator
    ) -> None:
        values = scores._ensembles.values
        observed = scores.each["observed"].to_numpy(float)
        windows, names = places.shape
        self._apart = np.empty((windows, names, names))
        self._off = np.empty((windows, names))
        for k, row in enumerate(places):
            parts = [np.sort(_fewer(values[place], rng)) for place in row]
            for i, one in enumerate(parts):
                self._off[k, i] = np.abs(one - observed[row[i]]).mean()
                for j, other in enumerate(parts[: i + 1]):
                    self._apart[k, i, j] = self._apart[k, j, i] = _distance(one, other)

    def mean(self, weights: Array, windows: Any = slice(None)) -> float:
        off, apart = self._off[windows].mean(axis=0), self._apart[windows].mean(axis=0)
        return float(off @ weights - weights @ apart @ weights / 2)

    def best(self, windows: NDArray[np.int64]) -> Array:
        """A quadratic form on the simplex, convex as distances are."""
        from scipy.optimize import minimize

        off, apart = self._off[windows].mean(axis=0), self._apart[windows].mean(axis=0)
        count = len(off)
        found = minimize(
            lambda w: (off @ w - w @ apart @ w / 2, off - apart @ w),
            np.full(count, 1 / count),
            jac=True,
            bounds=[(0, 1)] * count,
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": np.ones_like},
            method="SLSQP",
            options={"ftol": 1e-10, "maxiter": 500},
        )
        return _shared(found.x)


def _shared(weights: Array) -> Array:
    """Weights that sum to 1, without what is next to nothing."""
    kept = np.where(weights > _LEAST, weights, 0.0)
    found: Array = kept / kept.sum()
    return found


def _fewer(values: Array, rng: np.random.Generator) -> Array:
    return values if len(values) <= _MOST else rng.choice(values, _MOST, replace=False)


def _distance(one: Array, other: Array) -> float:
    """E|X - X'| of two samples in order: twice the area between what both have below and above."""
    points = np.concatenate([one, other])
    points.sort()
    below = np.searchsorted(one, points[:-1], "right") / len(one)
    beside = np.searchsorted(other, points[:-1], "right") / len(other)
    return float(np.sum(np.diff(points) * (below * (1 - beside) + beside * (1 - below))))
