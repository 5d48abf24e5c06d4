"""What forecasts of a series would have been worth: rolling origin, refitted at every one."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import several, whole
from .._internal.progress import Progress, telling
from .._internal.tables import NONE, Table
from ..errors import Interrupted
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.base import nearest
from .baselines import BASELINES, Forecaster
from .came import series_of
from .ensembles import Array, Ensembles, Rows, of_paths, refuse
from .onset import Onset, onset
from .scores import Made, model_name, printed, scored
from .series import LEAST, months_of, outcomes
from .series_model import drawdown
from .unbound import Unbound

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Picture = Literal["skill", "fan", "pit"]
Models = Mapping[str, Forecaster | str] | Iterable[str | Forecaster]
# What can be named: the baselines, and the engine.
MODELS: dict[str, Forecaster] = {**BASELINES, "drawdown": drawdown}
# Horizons further than this are no forecasts of months.
_FARTHEST = 600


def backtest(
    series: Any,
    models: Models | None = None,
    *,
    horizons: Sequence[int] = (1, 3, 6),
    first: Any = None,
    every: int = 1,
    samples: int = 1_000,
    seed: int = 0,
    measure: str = "attacks",
    progress: Progress = None,
) -> Backtest:
    """Measure what forecasts of a series would have been worth, from one origin after another.

    At every origin each model sees the months up to it and no other, is fitted to them anew, and
    forecasts; then it is scored against what came.

    Parameters
    ----------
    series : Series or Observations
        Numbers by month, as ``Observations.by_month`` gives them; missing where unknown.
    models : mapping or sequence, optional
        Names of baselines (``"climatology"``, ``"recent year"``, ``"last value"``,
        ``"random walk"``, ``"autoregression"``), ``"drawdown"`` (a rate that drifts, by the
        particle filter: it takes seconds for each origin), or functions
        ``(past, horizon, samples, rng)`` that return an array of shape ``(samples, horizon)``: a
        row is one way in which the months may go on. A mapping gives functions names. Left out,
        all baselines.
    horizons : sequence of int
        How many months ahead: of each the count in that month, the sum of the months up to it,
        and the largest of them.
    first : str, Period or date, optional
        The first origin: the last month that is known to its forecasts. Left out, so late that
        twelve months (or a third of the series, if that is more) come before.
    every : int
        Months from one origin to the next.
    samples : int
        How many samples each forecast has.
    seed : int
        The seed of all chance; a forecast depends on it, the model's name, the origin, the past and
        the farthest horizon alone.
    measure : str
        What the series counts: the target of the forecasts, and what is taken of observations.
    progress : bool or callable, optional
        Whether to show a progress bar, or a function to tell, as `simulate` takes it.

    Returns
    -------
    Backtest
        Scores by model and horizon, skill against each baseline, all forecasts, and figures.

    Raises
    ------
    ValueError
        With every problem of the series, models and numbers; or if a model gives no forecast.
    Interrupted
        On Ctrl-C; its `partial` is the backtest up to the last origin that was done.
    ImportError
        If scoringrules is not installed; the extra ``learn`` brings it.
    """
    known = series_of(series, measure)
    chosen = named(models)
    ahead = _horizons(horizons)
    every = whole("every", every, 1, _FARTHEST)
    samples = whole("samples", samples, 2, 10_000_000)
    seed = whole("seed", seed, 0, 2**64 - 1)
    origins = _origins(known, first, every, ahead[0])
    rows: Rows = []
    done = 0
    try:
        with telling(progress, len(origins) * samples) as tell:
            for origin in origins:
                past, here = known.iloc[: origin + 1], Rows()
                for name, model in chosen.items():
                    months, paths = paths_of(name, model, past, ahead[-1], samples, seed)
                    here += of_paths(paths, name, measure, months, ahead)
                rows, done = rows + here, done + 1
                if tell is not None:
                    tell(done * samples)
    except KeyboardInterrupt as stop:
        interrupted = Interrupted(f"stopped after {done} of {len(origins)} origins")
        if rows:
            found = Ensembles.joined(rows)
            interrupted.partial = Backtest(known, found, measure, samples, seed)
        raise interrupted from stop
    return Backtest(known, Ensembles.joined(rows), measure, samples, seed)


class Backtest(Unbound):
    """What forecasts of a series would have been worth; `backtest` makes one.

    Attributes
    ----------
    scores : Scores
        The scores of all forecasts of which it is known what came.
    """

    _TITLE = "backtest-title"

    def __init__(
        self, series: pd.Series[float], ensembles: Ensembles, measure: str, samples: int, seed: int
    ) -> None:
        self._series = series
        self._ensembles = ensembles
        self._about = Made(samples, seed, _core.__version__)
        self.measure = measure
        horizons = sorted(set(ensembles.about["horizon"]))
        came = outcomes(series, horizons, measure)
        counts = ensembles.some(ensembles.about["over"] != "largest")
        self.scores = scored(counts, came, self._about)

    @property
    def series(self) -> pd.Series[float]:
        """What was forecast, by month."""
        return self._series.copy()

    @property
    def forecasts(self) -> pd.DataFrame:
        """All forecasts, a row for each sample.

        Columns are ``forecast`` (the model), ``origin`` (the last day known to it), ``target``,
        ``over`` (``"month"``: the count in the month `horizon` months ahead, ``"sum"``: of all
        months up to it, ``"largest"``: in the one that has most), ``horizon``, ``from``, ``to``,
        ``site``, ``threat``, ``sample`` and ``value``. `score` takes it, and reads of other
        programs.
        """
        return self._ensembles.frame()

    @property
    def observed(self) -> pd.DataFrame:
        """What came, as `score` takes it: ``target``, ``over``, ``from``, ``to``, ``observed``."""
        return outcomes(self._series, self.horizons, self.measure)

    @property
    def models(self) -> list[str]:
        """The names of what forecasts."""
        return list(dict.fromkeys(self._ensembles.about["forecast"]))

    @property
    def horizons(self) -> list[int]:
        """How many months ahead."""
        return sorted(set(self._ensembles.about["horizon"]))

    @property
    def origin_line(self) -> str:
        """What was forecast, and how, in one line."""
        return f"{self.scores.origin_line}"

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return say("backtest-notes", notes=self.scores.notes)

    def table(self, baselines: Iterable[str] | None = None) -> pd.DataFrame:
        """Tabulate scores by model and horizon, with the skill against baselines.

        Parameters
        ----------
        baselines : iterable of str, optional
            The forecasts to hold all against; left out, every baseline that is among the models.

        Returns
        -------
        DataFrame
            Indexed by ``over`` (``"month"`` or ``"sum"``), ``horizon`` and ``forecast``: the
            ``windows`` scored and ``windows_apart``, of which none overlaps another; means of
            ``crps``, ``crps_log``, ``log_score``, ``interval_score_80``, ``bias`` and of coverage
            as `Scores.table` has them; and for each baseline ``skill_NAME`` with its 95 % interval
            (``..._low``, ``..._high``), missing for the baseline itself.
        """
        asked = self._baselines(baselines)
        keys = ["over", "horizon", "forecast"]
        found = self.scores.table(by=keys)
        if len(self.models) == 1:
            return found
        for name in asked:
            skill = self.scores.skill(name)
            about = skill.reset_index().assign(
                **{key: self._only(key) for key in keys if key not in skill.index.names}
            )
            about = about.set_index(keys)
            for column, end in (("skill", ""), ("low", "_low"), ("high", "_high")):
                found[f"skill_{name}{end}"] = about[column].reindex(found.index)
        return found

    def skill(self, baseline: str | None = None, score: str = "crps") -> pd.DataFrame:
        """Tabulate the skill of each model against a baseline, as `Scores.skill` does.

        Parameters
        ----------
        baseline : str, optional
            The model that others are held against; left out, each in turn.
        score : str
            The score, as `Scores.skill` takes it.

        Returns
        -------
        DataFrame
            That of `Scores.skill`.
        """
        return self.scores.skill(baseline, score)

    def onset(self, level: float) -> Onset:
        """Compute how well it was forecast whether months exceed a level: where a campaign begins.

        Parameters
        ----------
        level : float
            The level: a month is above it if it has more.

        Returns
        -------
        Onset
            Brier scores and reliability of the chance that the month at each horizon is above the
            level, and of an onset within 30 days (one month) and 90 days (three, where horizons
            hold them) of a month that is not.

        Raises
        ------
        ValueError
            If all months are above the level, or none; or the series is not of months.
        """
        freq = months_of(self._series).freqstr
        if freq != "M":
            refuse(
                [f"an onset is within 30 or 90 days, and the series is not of months but {freq}"]
            )
        return onset(self._ensembles, self.observed, self._series, level, self.measure, self._about)

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        kind: Picture = "skill",
        horizon: int | None = None,
        baseline: str | None = None,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the skill by horizon, the forecasts with what came, or where values fell in them.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each panel.
        kind : {"skill", "fan", "pit"}
            Skill by horizon, a panel for the month and one for the sum; the forecasts of each
            month as a fan with what came, a panel for each model; or the histogram of the
            probability integral transform with its bands, a panel for each model.
        horizon : int, optional
            The horizon of a fan and of histograms; left out, the shortest.
        baseline : str, optional
            The model that skill is against; left out, the first of the models that is a baseline.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.
        """
        if kind not in ("skill", "fan", "pit"):
            raise ValueError(f'`kind` is "skill", "fan" or "pit", not {kind!r}')
        ahead = self.horizons[0] if horizon is None else horizon
        if ahead not in self.horizons:
            raise ValueError(f"`horizon` is one of {self.horizons}, not {horizon!r}")
        against = self._baselines(None if baseline is None else [baseline])
        if kind == "skill" and len(self.models) < 2:
            raise ValueError("skill takes two models: give a baseline to `backtest` too")
        return self._drawn(axes, figsize, title, kind, ahead, against[0])

    def _baselines(self, asked: Iterable[str] | None) -> list[str]:
        """What others are held against."""
        if asked is None:
            return [name for name in self.models if name in BASELINES] or self.models[:1]
        found = [asked] if isinstance(asked, str) else list(asked)
        for name in found:
            if name not in self.models:
                near = nearest(str(name), self.models)
                raise ValueError(
                    f"no model is called `{name}`; {near}there are {', '.join(self.models)}"
                )
        return found

    def _only(self, key: str) -> Any:
        return self.scores.each[key].iloc[0]

    def _tables(self) -> list[Table]:
        frame = self.table()
        shown = Table.of("table", printed(frame))
        against = {
            name: [
                _signed(*three)
                for three in frame[
                    [f"skill_{name}{end}" for end in ("", "_low", "_high")]
                ].to_numpy()
            ]
            for name in self._baselines(None)
            if f"skill_{name}" in frame
        }
        skill = pd.DataFrame(against, frame.index).rename(
            columns=lambda name: say("backtest-against", model=model_name(name))
        )
        return [shown, *([Table.of("skill", skill)] if against else [])]


def paths_of(
    name: str, model: Forecaster, past: pd.Series[float], horizon: int, samples: int, seed: int
) -> tuple[pd.PeriodIndex, Array]:
    """The months after a past, of which the model gets a copy, and what it makes of them.

    Raises
    ------
    ValueError
        If it gives something else than samples of all months.
    """
    months = months_of(past)
    rng = np.random.default_rng([seed, zlib.crc32(name.encode()), months[-1].ordinal + 2**31])
    where = f"the model `{name}` at {months[-1]}"
    try:
        given: Any = model(past.copy(), horizon, samples, rng)
    except Exception as error:
        error.add_note(f"this was {where}")
        raise
    try:
        paths = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        paths = np.empty(0)
    if paths.ndim != 2 or paths.shape[1] != horizon or not len(paths):
        raise ValueError(
            f"{where} gave {_shape(given)}; it has to return an array of shape (samples, "
            f"{horizon}): a row for each way in which the next {horizon} months may go on"
        )
    if not np.isfinite(paths).all():
        raise ValueError(f"{where} gave values that are no numbers (NaN or infinite)")
    return pd.period_range(months[-1] + 1, periods=horizon, freq=months.freq), paths


def named(models: Models | None) -> dict[str, Forecaster]:
    """The models by name.

    Raises
    ------
    ValueError
        With all names that are no baseline's, are given twice, or all that is no function.
    """
    if models is None:
        return dict(BASELINES)
    given: list[tuple[str, Any]]
    if isinstance(models, Mapping):
        given = list(models.items())
    else:
        example = '["climatology", my_model]'
        given = [(_name(one), one) for one in several("models", models, example, 1_000)]
    problems, found = [], {}
    for name, one in given:
        if isinstance(one, str):
            if one not in MODELS:
                near = nearest(one, MODELS)
                problems.append(
                    f"`models`: there is no model `{one}`; {near}there are "
                    f"{', '.join(MODELS)}, or give a function"
                )
                continue
            one = MODELS[one]
        elif not callable(one):
            problems.append(
                f"`models`: {name} is no model but of type {type(one).__name__}; give the name of "
                f"a baseline or a function (past, horizon, samples, rng)"
            )
            continue
        if name in found:
            problems.append(f"`models`: two are called {name}; give a mapping with other names")
        found[name] = one
    if not given:
        problems.append("`models` names none; leave it out for all baselines")
    refuse(problems)
    return found


def _name(one: Any) -> str:
    return one if isinstance(one, str) else str(getattr(one, "__name__", type(one).__name__))


def _horizons(horizons: Sequence[int]) -> list[int]:
    given = several("horizons", horizons, "(1, 3, 6)", _FARTHEST)
    found = sorted({whole("horizons", one, 1, _FARTHEST) for one in given})
    if not found:
        raise ValueError("`horizons` names none; give some, such as (1, 3, 6)")
    return found


def _origins(series: pd.Series[float], first: Any, every: int, nearest: int) -> range:
    """The places of the last months that are known, one for each forecast."""
    months, known = months_of(series), np.cumsum(series.notna().to_numpy())
    # With the nearest horizon there has to be something to score.
    last = len(series) - 1 - nearest
    least = int(np.searchsorted(known, LEAST))
    if first is None:
        begin = max(least, len(series) // 3 - 1)
    else:
        try:
            month = pd.Period(first, freq=months.freqstr)
        except (ValueError, TypeError):
            raise ValueError(f'`first` is a month such as "2006-12", not {first!r}') from None
        begin = (month - months[0]).n
    problems = []
    if begin < least:
        problems.append(
            f"`first`: {months[max(begin, 0)] if begin >= 0 else first} has fewer than {LEAST} "
            f"values up to it; the first that has is {months[min(least, len(months) - 1)]}"
        )
    if begin > last:
        problems.append(
            f"`first`: nothing is left to score after {first or months[begin]}; the series ends "
            f"in {months[-1]}, give an earlier one or a longer series"
        )
    refuse(problems)
    return range(begin, last + 1, every)


def _signed(skill: float, low: float, high: float) -> str:
    """A skill as it is printed: in brackets if its interval holds 0."""
    if np.isnan(skill):
        return NONE
    text = localised(f"{skill:+.2f}")
    return f"({text})" if low <= 0 <= high else text


def _shape(given: Any) -> str:
    found = np.shape(given)
    return f"an array of shape {found}" if found else f"a {type(given).__name__}"
