"""Forecasts that are frozen: written with their date, and scored when it is known what came."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import several, text, whole
from .._internal.days import Day, day
from .._internal.files import write_text
from .._internal.tables import Table
from ..languages.speech import say
from ..runs.base import Histories
from .backtest import Models, named, paths_of
from .came import series_of
from .ensembles import Array, Ensembles, Rows, ends_of, of_paths, refuse, starts_of
from .scores import Scores, model_name, score
from .unbound import Unbound
from .update import Update

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FORMAT = 1


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Paths(NamedTuple):
    """What one model forecasts of one target: ways in which the months may go on."""

    forecast: str
    target: str
    months: pd.PeriodIndex
    values: Array


class When(NamedTuple):
    """When a forecast was made, and the end of what it forecasts if that was before."""

    origin: str
    made: str
    last: str | None

    @property
    def line(self) -> str:
        """The same in words."""
        about = {"origin": self.origin, "made": self.made}
        if self.last is not None:
            return say("forecast-made-after", last=self.last, **about)
        return say("forecast-made", **about)


class Forecast(Unbound):
    """A forecast that is written before it is known what comes, and scored afterwards.

    Make one with `of` or `of_series`, write it with `write`, and `read` it when the months have
    come. It keeps when it was made, and says so where that is after the end of what it forecasts.

    Attributes
    ----------
    about : dict
        Where it comes from: ``made`` (date and time, UTC), ``origin`` (the last day that was
        known to it), ``version`` of drawdown, and by forecast ``sources``: ``title`` and
        ``scenario_hash`` of a scenario, ``seed``, ``trials``; or ``model``, ``seed`` and a hash of
        the ``series``.
    """

    def __init__(self, paths: list[Paths], about: Mapping[str, Any]) -> None:
        self._paths = paths
        self._about = dict(about)

    @classmethod
    def of(
        cls,
        run: Histories | Update | Mapping[str, Histories | Update],
        target: str | Iterable[str] = "attacks",
        *,
        origin: Day | None = None,
        name: str = "drawdown",
    ) -> Forecast:
        """Make the forecast of a run: its months, trial by trial.

        Parameters
        ----------
        run : Run, Update, or mapping of str to either
            The run, or runs by the name under which each forecasts. Of an `Update` it is what comes
            after the last observation; its run alone does not say which that was, so give `origin`
            with it.
        target : str or iterable of str
            The measures to forecast, such as ``"attacks"``: those that a run has by month.
        origin : date, optional
            The last day that is known; left out, that of the last observation of an `Update`, else
            the day before the scenario starts. Whole months after it are forecast, up to the
            horizon.
        name : str
            The name under which a single run forecasts.

        Raises
        ------
        ValueError
            If there is no such measure, no whole month after the origin, or only a summary was
            kept.
        """
        given = run if isinstance(run, Mapping) else {text("name", name, "drawdown"): run}
        until = {key: one.until for key, one in given.items() if isinstance(one, Update)}
        runs: dict[str, Any] = {
            key: one.run if isinstance(one, Update) else one for key, one in given.items()
        }
        if wrong := [key for key, one in runs.items() if not isinstance(one, Histories)]:
            raise TypeError(
                f"`run` is a Run or a mapping of names to runs; {wrong[0]} is none: give it what "
                f"`simulate` returns"
            )
        targets = [target] if isinstance(target, str) else several("target", target, '["attacks"]')
        paths, problems, sources = [], [], {}
        last = None if origin is None else day("origin", origin)
        known = set()
        for key, one in runs.items():
            before = until.get(key, one.scenario.start - date.resolution) if last is None else last
            if key in until and before < until[key]:
                problems.append(
                    f"`{key}` knows what was observed up to {until[key]}: give an origin no "
                    "earlier than that, or leave it out"
                )
                continue
            if last is None and key not in until and "particles_hash" in one.origin:
                problems.append(
                    f"`{key}` is the run of an update, whose trials agree with what was observed: "
                    "give the `Update` itself, or as `origin` the last day that was known to it"
                )
                continue
            known.add(before)
            found = _months_of(one, before)
            if not len(found):
                problems.append(
                    f"`{key}`: no whole month lies between {before} and the horizon "
                    f"{one.scenario.horizon}; give an earlier origin or a later horizon"
                )
                continue
            for measure in targets:
                values = one.values(measure, by="month")[found.astype(str).tolist()]
                paths.append(Paths(key, measure, found, values.to_numpy(float)))
            origin_of = one.origin
            sources[key] = {
                kind: origin_of[kind]
                for kind in ("title", "scenario_hash", "seed", "particles_hash")
                if kind in origin_of
            } | {"trials": one.trials}
        if len(known) > 1:
            problems.append("not all know of the same last day: give `origin`")
        refuse(problems)
        return cls(paths, _about(known.pop(), sources))

    @classmethod
    def of_series(
        cls,
        series: Any,
        models: Models | None = None,
        *,
        months: int = 6,
        samples: int = 1_000,
        seed: int = 0,
        target: str = "attacks",
    ) -> Forecast:
        """Make the forecasts of models that know the past of a series alone, from its last month.

        Parameters
        ----------
        series : Series or Observations
            Numbers by month, as `backtest` takes them.
        models : mapping or sequence, optional
            The models, as `backtest` takes them; left out, all baselines.
        months : int
            How many months to forecast.
        samples : int
            How many samples each forecast has.
        seed : int
            The seed of all chance.
        target : str
            What the series counts.

        Raises
        ------
        ValueError
            With every problem of the series and the models.
        """
        known = series_of(series, target)
        ahead = whole("months", months, 1, 600)
        samples = whole("samples", samples, 2, 10_000_000)
        seed = whole("seed", seed, 0, 2**64 - 1)
        paths, sources = [], {}
        digest = hashlib.sha256(known.to_csv().encode()).hexdigest()
        for name, model in named(models).items():
            after, values = paths_of(name, model, known, ahead, samples, seed)
            paths.append(Paths(name, target, after, values))
            sources[name] = {"model": name, "seed": seed, "series": digest, "trials": len(values)}
        last = (starts_of(paths[0].months)[0] - pd.Timedelta(days=1)).date()
        return cls(paths, _about(last, sources))

    def __add__(self, other: Forecast) -> Forecast:
        """Join two from the same origin, such as that of a run and those of baselines.

        Raises
        ------
        ValueError
            If they have different origins or share a forecast.
        """
        if not isinstance(other, Forecast):
            return NotImplemented
        problems = []
        if self.origin != other.origin:
            problems.append(
                f"the forecasts have different origins, {self.origin} and {other.origin}: make "
                f"both from the same"
            )
        mine = {(one.forecast, one.target) for one in self._paths}
        problems += [
            f"both have a forecast of {one.target} by {one.forecast}: give one another name"
            for one in other._paths
            if (one.forecast, one.target) in mine
        ]
        refuse(problems)
        sources = self._about["sources"] | other._about["sources"]
        # Of two dates the later one: nothing looks older than it is.
        made = max(self._about["made"], other._about["made"])
        about = self._about | {"sources": sources, "made": made}
        return Forecast([*self._paths, *other._paths], about)

    @property
    def paths(self) -> list[Paths]:
        """What is forecast by whom, and of what: months, and a row for each sample."""
        return [one._replace(values=one.values.copy()) for one in self._paths]

    @property
    def about(self) -> dict[str, Any]:
        """Where it comes from."""
        found: dict[str, Any] = json.loads(json.dumps(self._about))
        return found

    @property
    def title(self) -> str:
        """Whether it is a forecast, and from when."""
        return say("hindcast-title" if self.hindcast else "forecast-title", origin=str(self.origin))

    @property
    def made(self) -> datetime:
        """When it was made, UTC."""
        return datetime.fromisoformat(self._about["made"])

    @property
    def origin(self) -> date:
        """The last day that was known to it."""
        return date.fromisoformat(self._about["origin"])

    @property
    def hindcast(self) -> bool:
        """Whether it was made after the end of all that it forecasts."""
        return set(self.table()["status"]) == {"hindcast"}

    @property
    def frame(self) -> pd.DataFrame:
        """All samples, a row each, with the columns of `Backtest.forecasts`."""
        return self._ensembles.frame()

    @property
    def _ensembles(self) -> Ensembles:
        rows: Rows = []
        for one in self._paths:
            ahead = range(1, len(one.months) + 1)
            rows += of_paths(one.values, one.forecast, one.target, one.months, ahead, self.origin)
        return Ensembles.joined(rows)

    def table(self) -> pd.DataFrame:
        """Tabulate what is forecast, month by month.

        Returns
        -------
        DataFrame
            Indexed by ``forecast``, ``target`` and ``horizon`` (months ahead): ``from``, ``to``,
            the ``mean`` and the quantiles ``p10``, ``p50``, ``p90`` of the month; ``sum_p10``,
            ``sum_p50``, ``sum_p90`` of all months up to it; and the ``status``: ``"forecast"`` if
            it was made before the month began, ``"under way"`` in the month, ``"hindcast"`` after
            its end.
        """
        made = pd.Timestamp(self.made.date())
        parts = {}
        for one in self._paths:
            begins, ends = starts_of(one.months), ends_of(one.months)
            columns: dict[str, Any] = {"from": begins, "to": ends, "mean": one.values.mean(axis=0)}
            for prefix, values in (("", one.values), ("sum_", one.values.cumsum(axis=1))):
                levels = np.quantile(values, [0.1, 0.5, 0.9], axis=0, method="inverted_cdf")
                columns |= {
                    f"{prefix}p{p}": row for p, row in zip((10, 50, 90), levels, strict=True)
                }
            columns["status"] = np.select(
                [made < begins, made <= ends], ["forecast", "under way"], "hindcast"
            )
            ahead = pd.RangeIndex(1, len(one.months) + 1, name="horizon")
            parts[one.forecast, one.target] = pd.DataFrame(columns, ahead)
        return pd.concat(parts, names=["forecast", "target"])

    def score(self, observed: Any) -> Scores:
        """Compute the scores of the forecast against what came, as `drawdown.score` does.

        Parameters
        ----------
        observed : DataFrame, Series or Observations
            What came: a table as `drawdown.score` takes it, or numbers by month of a forecast
            with one target. What is not known yet waits.

        Raises
        ------
        ValueError
            With every problem of what came, or if nothing that came was forecast.
        """
        return score(self, observed)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the forecast to a file of JSON, which appears whole or not at all.

        A file that holds the same forecast already keeps its earlier date.

        Parameters
        ----------
        path : str or path
            The file to write, such as ``"attacks-2024-09.json"``.

        Raises
        ------
        ValueError
            If the file holds another forecast: a frozen one is not replaced.
        OSError
            If the file cannot be written.
        """
        file = Path(path)
        if file.is_file() and file.stat().st_size:
            try:
                there = Forecast.read(file)
            except ValueError as error:
                raise ValueError(
                    f"{file} is there and holds no forecast; give another name"
                ) from error
            if there._sum() == self._sum():
                return
            raise ValueError(
                f"{file} holds another forecast, made {there.made:%Y-%m-%d %H:%M} UTC, and a "
                f"frozen forecast is not replaced; give another name"
            )
        content = self._content()
        whole_file = {"format": _FORMAT, "about": self._about, **content, "sha256": self._sum(True)}
        write_text(file, json.dumps(whole_file, ensure_ascii=False) + "\n")

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Forecast:
        """Read a forecast that `write` wrote.

        Parameters
        ----------
        path : str or path
            The file to read.

        Raises
        ------
        OSError
            If the file cannot be read.
        ValueError
            If the file holds no forecast, was changed since it was written, or has a format that
            this version does not read.
        """
        try:
            found = json.loads(Path(path).read_text(encoding="utf-8"))
            form = found["format"]
        except (UnicodeDecodeError, json.JSONDecodeError, TypeError, KeyError) as error:
            raise ValueError(f"{os.fspath(path)} holds no forecast") from error
        if form != _FORMAT:
            raise ValueError(
                f"{os.fspath(path)} has format {form!r}; drawdown {_core.__version__} reads format "
                f"{_FORMAT}"
            )
        try:
            paths = [
                Paths(
                    one["forecast"],
                    one["target"],
                    pd.PeriodIndex(one["months"], freq=one["every"]),
                    np.array(one["values"], dtype=float),
                )
                for one in found["forecasts"]
            ]
            forecast = cls(paths, found["about"])
            sound = found["sha256"] == forecast._sum(True)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{os.fspath(path)} holds no forecast, or is damaged") from error
        if not sound:
            raise ValueError(
                f"{os.fspath(path)} was changed since it was written: its checksum is another"
            )
        return forecast

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        observed: Any = None,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the forecast as a fan, with what came: a panel for each forecast and target.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each panel.
        observed : DataFrame, Series or Observations, optional
            What came, as `score` takes it.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.
        """
        return self._drawn(axes, figsize, title, observed)

    @property
    def origin_line(self) -> str:
        """Where the forecast comes from, in one line."""
        hashes = [
            say(
                "forecast-source-run",
                name=model_name(name),
                hash=one["scenario_hash"][:12],
                seed=str(one["seed"]),
                trials=one["trials"],
            )
            if "scenario_hash" in one
            else say("forecast-source", name=model_name(name), seed=str(one["seed"]))
            for name, one in self._about["sources"].items()
        ]
        return " · ".join([self._when.line, *hashes, f"drawdown {self._about['version']}"])

    @property
    def notes(self) -> str:
        """What to know before a score of it is believed."""
        status = self.table()["status"]
        late = int((status == "hindcast").sum())
        if late == len(status):
            return say("forecast-is-late")
        return say("forecast-some-late", late=str(late), all=str(len(status))) if late else ""

    @property
    def _when(self) -> When:
        last = max(ends_of(one.months)[-1] for one in self._paths) if self.hindcast else None
        made = f"{self.made:%Y-%m-%d %H:%M} UTC"
        return When(str(self.origin), made, None if last is None else f"{last:%Y-%m-%d}")

    def _content(self) -> dict[str, Any]:
        return {
            "forecasts": [
                {
                    "forecast": one.forecast,
                    "target": one.target,
                    "every": one.months.freqstr,
                    "months": [str(month) for month in one.months],
                    "values": [[_number(value) for value in row] for row in one.values.tolist()],
                }
                for one in self._paths
            ]
        }

    def _sum(self, dated: bool = False) -> str:
        """The SHA-256 of what is forecast, and of when."""
        about = self._about if dated else {k: v for k, v in self._about.items() if k != "made"}
        written = json.dumps([about, self._content()], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def _tables(self) -> list[Table]:
        return [Table.of("table", self.table())]


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _about(last: date, sources: dict[str, Any]) -> dict[str, Any]:
    return {
        "made": _now().isoformat(),
        "origin": last.isoformat(),
        "version": _core.__version__,
        "sources": sources,
    }


def _months_of(run: Histories, origin: date) -> pd.PeriodIndex:
    """The whole months of a run after a day."""
    months = pd.PeriodIndex(run.ids("month"), freq="M")
    first = pd.Timestamp(max(origin + date.resolution, run.scenario.start))
    # The horizon is the moment at which a trial ends: that day is not in it.
    last = pd.Timestamp(run.scenario.horizon) - pd.Timedelta(days=1)
    return months[(starts_of(months) >= first) & (ends_of(months) <= last)]
