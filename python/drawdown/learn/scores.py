"""What forecasts were worth: scores by forecast, skill, and whether they are calibrated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.checks import number, text, whole
from .._internal.own import Own
from .._internal.tables import Shown, Table
from ..languages.speech import key_of, listed, said_or, say
from ..runs.base import nearest
from ..stats import blocks, intervals
from . import calibration, rules
from .came import came_of
from .ensembles import KEYS, SAME, Array, Ensembles, refuse
from .unbound import Unbound

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Kind = Literal["pit", "rank"]

# Rows of a table of scores, of those that differ among the forecasts.
_BY = ("target", "over", "horizon", "site", "threat", "forecast")
_MEANS = (
    "crps",
    "crps_low",
    "crps_high",
    "crps_log",
    "log_score",
    "interval_score_80",
    "bias",
    *(f"interval_coverage_{share}" for share in rules.SHARES),
    *(f"pit_coverage_{share}" for share in rules.SHARES),
)
# What is printed of them.
_PRINTED = {
    "windows": "windows",
    "windows_apart": "apart",
    "crps": "crps",
    "crps_log": "crps_log",
    "log_score": "log_score",
    "bias": "bias",
    "interval_coverage_80": "in 80 %",
    "pit_coverage_80": "pit in 80 %",
}
_RESAMPLES = 2_000
_ENDS = (0.025, 0.975)
# What has a skill: scores of which less is better, and that are never below 0.
LOSSES = (
    "crps",
    "crps_log",
    "interval_score_50",
    "interval_score_80",
    "interval_score_90",
    "ae_median",
    "se_mean",
)


def score(forecast: Any, observed: Any) -> Scores:
    """Compute the scores of forecasts against what came.

    Parameters
    ----------
    forecast : DataFrame, Forecast or Backtest
        One row a sample: ``target`` (such as ``"attacks"``), ``from`` and ``to`` (days, both
        included), ``value``; and if known ``forecast`` (who forecasts), ``origin`` (the last day
        that was known), ``horizon`` (months ahead), ``over`` (``"month"``, ``"sum"`` or
        ``"largest"`` of the months; left out, ``"month"`` within one and ``"sum"`` over several),
        ``site``, ``threat``, ``sample``.
    observed : DataFrame, Series or Observations
        One row a value: ``target``, ``from``, ``to``, ``observed``; ``low`` and ``high`` where it
        is known within bounds alone (scores are those at ``observed``, with those at both ends
        beside them); ``over``, ``site`` and ``threat`` where forecasts have them. Or numbers by
        month, of forecasts of one target. Or observations: what was counted over the very days of
        a forecast (of what is about so many, bounds hold 80 %), or in their whole months.

    Returns
    -------
    Scores
        Scores of each forecast of which it is known what came, and their means.

    Raises
    ------
    ValueError
        With every problem of both tables, or if nothing that came was forecast.
    ImportError
        If scoringrules is not installed; the extra ``learn`` brings it.
    """
    ensembles = ensembles_of(forecast)
    # A frozen forecast says when it was made.
    return scored(ensembles, came_of(observed, ensembles), getattr(forecast, "_when", None))


def ensembles_of(forecast: Any) -> Ensembles:
    """Forecasts of a table, or of what has them: of these not the largest months.

    Raises
    ------
    ValueError
        With all that is wrong with the table.
    """
    ensembles = getattr(forecast, "_ensembles", None)
    if not isinstance(ensembles, Ensembles):
        return Ensembles.of(forecast)
    return ensembles.some(ensembles.about["over"] != "largest")


def scored(ensembles: Ensembles, came: pd.DataFrame, about: Told | None = None) -> Scores:
    """The scores of ensembles, of which it is known what came."""
    same = [name for name in SAME if name in came]
    found = ensembles.about.merge(came, on=same, how="left")
    known = found["observed"].notna().to_numpy()
    if not known.any():
        refuse([_apart(ensembles.about, came)])
    rows = found[known].reset_index(drop=True)
    chosen = ensembles.some(known)
    return Scores(chosen, _scores(chosen, rows), int((~known).sum()), about)


def _apart(about: pd.DataFrame, came: pd.DataFrame) -> str:
    """Why nothing that came was forecast."""
    first, told = about.iloc[0], came[came["observed"].notna()]
    forecasts = (
        f"nothing that came was forecast: forecasts are of {first['target']!r} from "
        f"{first['from']:%Y-%m-%d} to {first['to']:%Y-%m-%d} and so on, "
    )
    if told.empty:
        return f"{forecasts}and of none it is known what came; give observed values"
    there = told.iloc[0]
    return forecasts + (
        f"observed values of "
        f"{there['target']!r} from {there['from']:%Y-%m-%d} to {there['to']:%Y-%m-%d} and so on; "
        f"give observed values of the same target (site, threat) and the same days"
    )


class Told(Protocol):
    """What can be said of how forecasts were made."""

    @property
    def line(self) -> str:
        """In words."""


class Made(NamedTuple):
    """With how many samples, which seed and which version forecasts were made."""

    samples: int
    seed: int
    version: str

    @property
    def line(self) -> str:
        """The same in words."""
        samples = self.samples
        return say("backtest-samples", samples=samples, seed=str(self.seed), version=self.version)


def model_name(name: str) -> str:
    """What a forecast is called: those of the library have names in every language."""
    return said_or(f"cell-forecast-{key_of(name)}", name)


class Scores(Unbound):
    """Scores of forecasts; `score` makes one.

    Attributes
    ----------
    each : DataFrame
        A row for each forecast: what it is about (``forecast``, ``origin``, ``target``, ``over``,
        ``horizon``, ``from``, ``to``, ``site``, ``threat``), ``observed`` with its ``low`` and
        ``high``, ``samples``, ``mean``, ``median``, and the scores. Of these less is better:
        ``crps`` (in the unit of the value) with what it is made of, ``dispersion``,
        ``overprediction`` and ``underprediction``; ``crps_low`` and ``crps_high`` at the bounds of
        what came; ``crps_log``, on the scale log(1 + x), where nothing is below 0; ``log_score`` in
        nats (minus the log of the mass of a whole number, or of the density of another: samples
        are smoothed by normal kernels of Silverman's width, counts on the scale log(1 + x), and
        1 / (samples + 1) of it all is a Cauchy law about the median: nothing is impossible);
        ``interval_score_50``, ``_80``, ``_90``; ``ae_median``, ``se_mean``. Whether the central
        interval holds the value is ``interval_coverage_50``, ``_80``, ``_90``; ``pit_coverage_...``
        is how much of its step in the distribution lies within that share, which does not favour
        small counts. ``bias`` is 1 - 2 ``pit``, above 0 where too much was forecast; ``pit`` is
        P(X < x) + P(X = x) / 2, at the bounds ``pit_low`` and ``pit_high``; ``rank`` is how many
        samples lie below, ties counted half.
    """

    each: Own[pd.DataFrame] = Own()

    _TITLE = "scores-title"

    def __init__(
        self, ensembles: Ensembles, each: pd.DataFrame, waiting: int = 0, about: Told | None = None
    ) -> None:
        # In the order of `each`.
        self._ensembles = ensembles
        self.each = each
        # Forecasts of which it is not known yet what came.
        self.waiting = waiting
        self._about = about

    @property
    def origin_line(self) -> str:
        """What was scored, in one line."""
        each = self.each
        first, last = each["from"].min(), each["to"].max()
        who = list(dict.fromkeys(each["forecast"].astype(str)))
        targets = dict.fromkeys(each["target"].astype(str))
        parts = [
            say("scores-forecasts", count=len(each), who=listed(map(model_name, who))),
            say("scores-of", targets=listed(said_or(f"measure-{one}", one) for one in targets)),
            say("scores-span", first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}"),
        ]
        return " · ".join([*parts, *([self._about.line] if self._about else [])])

    @property
    def notes(self) -> str:
        """How to read the tables."""
        text = say("scores-notes")
        return say("scores-waiting", notes=text, waiting=self.waiting) if self.waiting else text

    def table(self, by: Iterable[str] | None = None) -> pd.DataFrame:
        """Tabulate mean scores.

        Parameters
        ----------
        by : iterable of str, optional
            What to tell apart, such as ``["forecast", "horizon"]``; any of ``"target"``,
            ``"over"``, ``"horizon"``, ``"site"``, ``"threat"``, ``"forecast"``. Left out, all that
            differ among the forecasts.

        Returns
        -------
        DataFrame
            Indexed by `by`: the ``windows`` scored, ``windows_apart`` (as many of them as do not
            overlap), and means of the scores as `each` has them.
        """
        each = self.each
        keys = self._by(by)
        groups = each.groupby(keys, sort=False, observed=True)
        # What is not known of one forecast is not known of the mean.
        means: pd.DataFrame = groups[list(_MEANS)].mean(skipna=False)
        means.insert(0, "windows", groups.size())
        means.insert(1, "windows_apart", groups.apply(apart))
        return in_order(means)

    def skill(
        self, baseline: str | None = None, score: str = "crps", *, seed: int = 0
    ) -> pd.DataFrame:
        """Tabulate the skill of each forecast against a baseline: 1 - score / its score.

        Parameters
        ----------
        baseline : str, optional
            The forecast that others are held against; left out, each in turn.
        score : str
            The score: one that is never below 0, such as ``"crps"``, ``"crps_log"`` or
            ``"ae_median"``; or ``"log_score"``, of which the difference in nats is given (how much
            less it is than the baseline's), as a ratio of it says nothing.
        seed : int
            The seed of the resamples.

        Returns
        -------
        DataFrame
            Indexed by what differs among the forecasts, and ``baseline``: ``skill``, above 0 where
            the forecast is better, with its 95 % interval ``low`` to ``high`` by a block bootstrap
            over origins (windows that overlap, and months that are alike, stay together), the
            ``windows`` that both have and ``windows_apart``.
        """
        each = self.each
        names = list(dict.fromkeys(each["forecast"]))
        if score not in (*LOSSES, "log_score"):
            known = ", ".join((*LOSSES, "log_score"))
            raise ValueError(f"`score` is one of {known}, not {score!r}")
        if baseline is not None and text("baseline", baseline, "climatology") not in names:
            near = nearest(baseline, names)
            raise ValueError(
                f"no forecast is called `{baseline}`; {near}there are {', '.join(map(str, names))}"
            )
        against = names if baseline is None else [baseline]
        keys = [key for key in self._by(None) if key != "forecast"]
        rows = []
        groups = each.groupby(keys, sort=False, observed=True) if keys else [((), each)]
        for at, group in groups:
            wide = group.pivot(index=["origin", "from", "to"], columns="forecast", values=score)
            for one in names:
                for other in against:
                    if one != other and {one, other} <= set(wide):
                        both = wide[[one, other]].dropna()
                        if len(both):
                            rows.append((*_tuple(at), one, other, *_skill(both, score, seed)))
        columns = [*keys, "forecast", "baseline"]
        found = pd.DataFrame(
            rows, columns=[*columns, "skill", "low", "high", "windows", "windows_apart"]
        )
        return in_order(found.set_index(columns))

    def coverage(
        self, share: int = 80, by: Iterable[str] | None = None, *, seed: int = 0
    ) -> pd.DataFrame:
        """Tabulate how often central intervals held what came, with intervals.

        Parameters
        ----------
        share : {50, 80, 90}
            The intervals, in hundredths.
        by : iterable of str, optional
            What to tell apart, as in `table`.
        seed : int
            The seed of the resamples.

        Returns
        -------
        DataFrame
            Indexed by `by`: ``interval_coverage`` and ``pit_coverage`` (see `each`), each with its
            95 % interval (``..._low``, ``..._high``) by a block bootstrap over origins, or the
            exact one of as many trials as there are windows apart where all windows are alike;
            ``windows`` and ``windows_apart``.
        """
        if share not in rules.SHARES:
            raise ValueError(f"`share` is one of {rules.SHARES}, not {share!r}")
        rows = {}
        keys = self._by(by)
        for at, group in self.each.groupby(keys, sort=False, observed=True):
            row: dict[str, float] = {}
            group = group.sort_values(["origin", "from", "to"])
            for name in ("interval_coverage", "pit_coverage"):
                values = group[f"{name}_{share}"].to_numpy(float)
                low, high = _mean_interval(values, most_at_a_time(group), apart(group), seed)
                row |= {name: values.mean(), f"{name}_low": low, f"{name}_high": high}
            rows[_tuple(at)] = row | {"windows": len(group), "windows_apart": apart(group)}
        found = indexed(rows, keys)
        return in_order(found.astype({"windows": int, "windows_apart": int}))

    def histogram(
        self, kind: Kind = "pit", bins: int = 10, *, level: float = 0.95, seed: int = 0
    ) -> pd.DataFrame:
        """Tabulate the histogram of where values fell in their forecasts, with bands.

        Of overlapping windows those that follow one another without overlap are taken, as only
        they are independent under a right forecast.

        Parameters
        ----------
        kind : {"pit", "rank"}
            The probability integral transform, not randomised (Czado, Gneiting & Held 2009), or
            the rank of the value among the samples.
        bins : int
            How many bins of equal width.
        level : float
            How surely a right forecast stays within the bands of all bins at once.
        seed : int
            The seed of the simulated bands.

        Returns
        -------
        DataFrame
            Indexed by what differs among the forecasts, and ``bin`` (its lower end): ``density``,
            1 everywhere if calibrated; ``low`` and ``high``, the simultaneous bands; ``windows``;
            ``outside``, whether this bin lies outside.
        """
        if kind not in ("pit", "rank"):
            raise ValueError(f'`kind` is "pit" or "rank", not {kind!r}')
        bins = whole("bins", bins, 2, 1_000)
        if not 0 < number("level", level) < 1:
            raise ValueError(f"`level` lies between 0 and 1, such as 0.95, not {level}")
        keys, each, parts = self._by(None), self.each, {}
        for at, group in each.groupby(keys, sort=False, observed=True):
            places = group.index[separate(group)].to_numpy()
            samples = [self._ensembles.values[k] for k in places]
            observed = each["observed"].to_numpy(float)[places]
            rng = np.random.default_rng(seed)
            parts[_tuple(at)] = calibration.histogram(samples, observed, bins, level, rng, kind)
        return in_order(pd.concat(parts, names=[*keys, "bin"]))

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        kind: Kind = "pit",
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw where values fell in their forecasts: a panel for each forecast and horizon.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each panel.
        kind : {"pit", "rank"}
            The probability integral transform, or ranks.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.
        """
        return self._drawn(axes, figsize, title, kind)

    def _by(self, by: Iterable[str] | None) -> list[str]:
        """The columns that tell rows of a table apart."""
        if by is None:
            each = self.each
            found = [name for name in _BY if each[name].nunique(dropna=False) > 1]
            # Of one origin there is one window of each horizon, and nothing to average.
            if each["origin"].nunique() == 1 and "horizon" in found:
                found.remove("horizon")
            return found if "forecast" in found else [*found, "forecast"]
        asked = [by] if isinstance(by, str) else list(by)
        wrong = [name for name in asked if name not in _BY]
        if wrong or not asked:
            raise ValueError(f"`by` names some of {', '.join(_BY)}, not {wrong or 'none'}")
        return asked

    def _tables(self) -> Sequence[Shown]:
        return [Table.of("table", printed(self.table()))]

    @property
    def _head(self) -> str:
        return self.origin_line


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """A table by what its forecasts are about; who forecasts stays in the order given."""
    names = [str(name) for name in table.index.names]
    if "bin" in names:  # or pandas would warn where a forecast is taken out of it
        return table.sort_index(kind="stable")
    about = [name for name in names if name not in ("forecast", "baseline")]
    if not about:
        return table
    return table.sort_index(level=about, sort_remaining=False, kind="stable")


def indexed(rows: dict[Any, dict[str, float]], keys: list[str]) -> pd.DataFrame:
    """A table of rows by what they are about."""
    if len(keys) == 1:
        return pd.DataFrame(list(rows.values()), pd.Index([at[0] for at in rows], name=keys[0]))
    return pd.DataFrame(list(rows.values()), pd.MultiIndex.from_tuples(rows, names=keys))


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """What is printed of a table of scores, under shorter names."""
    columns = list(_PRINTED)
    # Where all is known exactly, both ends are the same.
    if not (table["crps"].equals(table["crps_low"]) and table["crps"].equals(table["crps_high"])):
        columns[3:3] = ["crps_low", "crps_high"]
    return table[columns].rename(columns=_PRINTED)


def _scores(ensembles: Ensembles, rows: pd.DataFrame) -> pd.DataFrame:
    """All scores of each forecast, in the order of the rows."""
    parts = []
    sizes = np.array([len(values) for values in ensembles.values])
    counted = _counted(ensembles, rows)
    for size in np.unique(sizes):
        for kind in np.unique(counted):
            places = np.flatnonzero((sizes == size) & (counted == kind))
            if len(places):
                samples = np.vstack([ensembles.values[k] for k in places])
                parts.append(_of_one_size(samples, rows.iloc[places], kind))
    together = pd.concat(parts).sort_index()
    names = [*KEYS, "observed", "low", "high"]
    return pd.concat([rows[names], together], axis=1)


# What a target is: whole numbers from 0 on, whole numbers, or any; and nothing below 0.
_COUNTS, _WHOLE, _POSITIVE, _ANY = range(4)


def _counted(ensembles: Ensembles, rows: pd.DataFrame) -> NDArray[np.int64]:
    """What the targets are: of all forecasts of a target the same, so that scores compare."""
    kinds = {}
    for target, group in rows.groupby("target", observed=True):
        observed = group["observed"].to_numpy(float)
        least = min(float(ensembles.values[k].min()) for k in group.index)
        whole = bool(np.all(observed == np.round(observed)))
        positive = min(least, float(group["low"].min())) >= 0
        kinds[target] = (
            (_COUNTS if positive else _WHOLE) if whole else _POSITIVE if positive else _ANY
        )
    return np.array([kinds[target] for target in rows["target"]], dtype=np.int64)


def _of_one_size(samples: Array, rows: pd.DataFrame, kind: int) -> pd.DataFrame:
    """The scores of forecasts with as many samples."""
    value, low, high = (rows[name].to_numpy(float) for name in ("observed", "low", "high"))
    found: dict[str, Any] = {"samples": samples.shape[1], "mean": samples.mean(axis=1)}
    median = found["median"] = np.median(samples, axis=1)
    found["crps"] = rules.crps(samples, value)
    found["dispersion"] = rules.crps(samples, median)
    over = found["crps"] - found["dispersion"]
    found["overprediction"] = np.where(value < median, over, 0.0)
    found["underprediction"] = np.where(value > median, over, 0.0)
    # Where the value lies within the bounds, no score is below that of the median.
    ends = [rules.crps(samples, end) for end in (low, high)]
    found["crps_low"], found["crps_high"] = ends
    counts, whole = kind == _COUNTS, kind in (_COUNTS, _WHOLE)
    if kind in (_COUNTS, _POSITIVE):
        found["crps_log"] = rules.crps(np.log1p(samples), np.log1p(value))
    else:
        found["crps_log"] = np.nan
    found["log_score"] = rules.log_score(samples, value, whole, counts)
    place = rules.position(samples, value)
    for hundredths in rules.SHARES:
        share = hundredths / 100
        bottom, top = rules.central(samples, share)
        found[f"interval_score_{hundredths}"] = rules.interval_score(value, bottom, top, share)
        found[f"interval_coverage_{hundredths}"] = ((value >= bottom) & (value <= top)) * 1.0
        found[f"pit_coverage_{hundredths}"] = place.inside(share)
    found["pit"] = place.pit
    found["pit_low"], found["pit_high"] = (rules.position(samples, end).pit for end in (low, high))
    found["bias"] = 1 - 2 * place.pit
    found["rank"] = place.pit * samples.shape[1]
    found["ae_median"] = np.abs(median - value)
    found["se_mean"] = (found["mean"] - value) ** 2
    return pd.DataFrame(found, rows.index)


def separate(group: pd.DataFrame) -> NDArray[np.bool_]:
    """Which windows to keep so that none begins before the day on which the last one ended.

    A window lasts from the day after its origin, where that is known: what happens between is
    not known to it either.
    """
    order = group.reset_index(drop=True)
    begins = (order["origin"] + pd.Timedelta(days=1)).fillna(order["from"])
    last, keep = pd.Timestamp.min, np.zeros(len(order), dtype=bool)
    for k in np.lexsort((order["to"].to_numpy(), begins.to_numpy())):
        if begins[k] > last:
            keep[k], last = True, order["to"][k]
    return keep


def apart(group: pd.DataFrame) -> int:
    """How many windows do not overlap."""
    return int(separate(group).sum())


def most_at_a_time(group: pd.DataFrame) -> int:
    """How many windows overlap at a time, at most."""
    return int(np.ceil(len(group) / max(apart(group), 1)))


def _skill(both: pd.DataFrame, score: str, seed: int) -> tuple[float, float, float, int, int]:
    """The skill of the first against the second, its interval, and the windows."""
    both = both.sort_index()
    mine, other = both.to_numpy(float).T
    windows = both.index.to_frame(index=False)
    lost = score == "log_score"
    ratio = mine.mean() / other.mean() if other.mean() else np.nan
    # What the skill moves by with each window.
    moved = mine - other if lost else mine - ratio * other
    block = blocks.length(np.nan_to_num(moved), most_at_a_time(windows))
    places = blocks.places(len(both), block, _RESAMPLES, np.random.default_rng(seed))
    first, second = mine[places].mean(axis=1), other[places].mean(axis=1)
    if lost:
        found, again = other.mean() - mine.mean(), second - first
    else:
        found = 1 - ratio
        again = 1 - first / np.where(second > 0, second, np.nan)
    low, high = np.nanquantile(again, _ENDS) if np.isfinite(again).any() else (np.nan, np.nan)
    return float(found), float(low), float(high), len(both), apart(windows)


def _mean_interval(values: Array, least: int, alone: int, seed: int) -> tuple[float, float]:
    """The 95 % interval of a mean over origins, in order."""
    if np.ptp(values) == 0:
        share = values[0]
        low, high = intervals.exact([share * alone], [alone])
        return float(low[0]), float(high[0])
    block = blocks.length(values, least)
    places = blocks.places(len(values), block, _RESAMPLES, np.random.default_rng(seed))
    low, high = np.quantile(values[places].mean(axis=1), _ENDS)
    return float(low), float(high)


def _tuple(at: Any) -> tuple[Any, ...]:
    return at if isinstance(at, tuple) else (at,)
