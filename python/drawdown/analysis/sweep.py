"""A scenario at many values of one number or several, under common random numbers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal import renamed
from .._internal.checks import mapping, named, several
from .._internal.own import Own
from .._internal.progress import Progress
from .._internal.tables import Frame, Table
from ..languages.speech import listed, say
from ..runs.backend import QUANTILES, By
from ..runs.base import units
from ..runs.batches import run_all
from ..runs.dataset import storable
from ..runs.estimates import by_replicate
from ..runs.quantities import MAIN, ordered
from ..runs.reduced import Variance
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..runs.spoken import spoken
from ..runs.work import RETRIES, Executor
from ..scenario.paths import shortest
from ..scenario.scenario import Scenario
from ..scenario.values import plain
from ..stats.means import estimate
from .compare import compared
from .comparison import Comparison

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes


# Points of a sweep: each is a run that is kept.
_MOST = _core.size_limits()["sweep_points"]

Array = NDArray[Any]
Point = tuple[Any, ...]
# What a figure shows unless other measures are asked for.
_DRAWN = ("finish_days", "attacks", "casualties", "killed", "cost")


@renamed.keyword("draws", "samples")
def sweep(
    scenario: Given,
    values: Mapping[str, Iterable[Any]],
    *,
    trials: int = 2_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
    samples: int | pd.DataFrame | None = None,
    executor: Executor | None = None,
    retries: int = RETRIES,
    variance: Variance = "plain",
) -> Sweep:
    """Simulate a scenario at every combination of some values, with common random numbers.

    Parameters
    ----------
    scenario, trials, seed, threads, progress, samples
        What to simulate; and the trials, seed, threads, progress bar and parameter samples of each
        point, as `simulate` takes them; one progress bar counts all trials.
    executor, retries
        Who runs the trials in place of threads here, and how often it is asked again for what it
        has lost, as `simulate` takes them: shards of several points side by side.
    values : mapping
        The values to try: from dotted paths, as `Scenario.replace` takes them, to a list of values.
    variance : {"plain", "reduced"}
        Trials to run at all points, as in `simulate`: with ``"reduced"``, means and differences
        are known better.

    Returns
    -------
    Sweep
        The runs, as a labelled dataset and as a figure.

    Raises
    ------
    ScenarioError
        If the scenario has problems at one of the points; a note says at which.
    Interrupted, ExecutorError
        On Ctrl-C, or if the executor breaks or loses the same work too often; its `partial` maps
        points to the runs that there are by then. An exception that a progress function raises has
        it too.
    TypeError
        If the values to try for a path are not several.
    ValueError
        If there is nothing to try, a value stands twice, there are more than 10,000 points, or a
        number is out of range.
    """
    settings = Settings.of(trials, seed, threads, progress, samples, executor, retries)
    return swept(scenario_of(scenario), values, settings, variance)


def swept(
    scenario: Scenario,
    values: Mapping[str, Iterable[Any]],
    settings: Settings,
    variance: Variance = "plain",
) -> Sweep:
    """What `sweep` does, with settings that are checked."""
    example = '{"plan.breathing_room.pause_days": [0, 60]}'
    levels = {
        path: plain(path, several(f"values[{path!r}]", tried, "[0, 60]", _MOST))
        for path, tried in named("values", values, example).items()
    }
    for path, tried in levels.items():
        if not tried or len({str(value) for value in tried}) < len(tried):
            raise ValueError(f"give some different values to try for `{path}`, not {tried}")
    if not levels:
        raise ValueError("give a path, and values to try for it")
    if (count := math.prod(map(len, levels.values()))) > _MOST:
        sizes = " x ".join(f"{len(tried):,}" for tried in levels.values())
        raise ValueError(
            f"{sizes} values are {count:,} points, each a run of its own: give at most {_MOST:,}, "
            f"by fewer values or in several sweeps"
        )
    points = {
        _key(point): _at(scenario, levels, point) for point in itertools.product(*levels.values())
    }
    names = {_named(levels, point): point for point in points}
    scenarios = {name: points[point] for name, point in names.items()}

    def by_point(runs: dict[str, Run]) -> dict[Point, Run]:
        return {names[name]: run for name, run in runs.items()}

    runs = run_all(scenarios, settings, as_partial=by_point, variance=variance)
    return Sweep(levels, by_point(runs))


@renamed.keyword("draws", "samples")
def compare_worlds(
    scenario: Given,
    changes: Mapping[str, Mapping[str, Any]],
    *,
    trials: int = 10_000,
    seed: int | None = None,
    baseline: str | None = None,
    threads: int | None = None,
    progress: Progress = None,
    samples: int | pd.DataFrame | None = None,
) -> Comparison:
    """Simulate a scenario once for each side of a dispute, so that sides are not averaged.

    What a range holds is blended into one answer. Where two schools would give two answers, as on
    whether troops draw attacks, they are better told apart: a case each.

    Parameters
    ----------
    scenario, trials, seed, threads, progress, samples
        What to simulate; and the trials, seed, threads, progress bar and parameter samples of each
        case, as `simulate` takes them.
    changes : mapping
        The cases: from the name of each to changes of the scenario, as `Scenario.replace` takes
        them; {} is the scenario as written.
    baseline : str, optional
        The case that others are compared with; left out, the first.

    Returns
    -------
    Comparison
        A run for each case, under common random numbers as far as their worlds allow it.

    Raises
    ------
    ScenarioError
        If the scenario has problems in one of the cases.
    ValueError
        As `compare`.
    """
    scenario = scenario_of(scenario)
    example = '{"as written": {}, "other": {"world.insurgency.troops_share": 0}}'
    changed = {
        name: scenario.replace(mapping(f"changes[{name!r}]", given, "{path: value}"))
        for name, given in named("changes", changes, example).items()
    }
    settings = Settings.of(trials, seed, threads, progress, samples)
    return compared(changed, settings, baseline, stay=False, same_world=False)


class Sweep(Result):
    """Runs at many points under one seed; `sweep` makes one.

    Attributes
    ----------
    levels : dict of str to list
        The values tried, by path.
    runs : dict of tuple to Run
        By point: a value for each path, in their order; a law stands as its text.
    """

    levels: Own[dict[str, list[Any]]] = Own()
    runs: Own[dict[Point, Run]] = Own()

    def __init__(self, levels: dict[str, list[Any]], runs: dict[Point, Run]) -> None:
        self.levels = levels
        self.runs = runs

    def dataset(self, by: By | None = None) -> xr.Dataset:
        """Give the results at each point as a labelled dataset.

        Parameters
        ----------
        by : str, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; ids are those of the first
            point.

        Returns
        -------
        xarray.Dataset
            Dimensions are the paths (coordinates: the values tried), ``measure`` and, if it is
            given, `by`. ``mean`` and its ``standard_error`` are over the trials that have a value
            (in runs with less variance, they and those of differences come from the replicates),
            ``missing`` is the number of the others; ``quantile_value`` has ``quantile`` too and is
            over all trials, not reached later than any; ``difference`` and ``difference_error`` are
            those to the first point, trial by trial under common random numbers. The coordinate
            ``unit`` is that of each measure; attributes say where it comes from.

        Raises
        ------
        ValueError
            If there is no such breakdown.
        """
        import xarray as xr

        first = next(iter(self.runs.values()))
        measures, ids = units(first, by), first.ids(by) if by else [""]
        points = [self._about(first, run, list(measures), by) for run in self.runs.values()]
        sizes = tuple(map(len, self.levels.values()))
        dimensions = (*self.levels, "measure", by or "", "quantile")
        data = {}
        for name in points[0]:
            # Points come in the order of the product of the values, the last path's fastest.
            array = np.stack([point[name] for point in points])
            array = array.reshape(*sizes, *array.shape[1:])
            data[name] = (dimensions[: array.ndim], array)
        coordinates: dict[str, Any] = {
            "measure": list(measures),
            "quantile": list(QUANTILES),
            "unit": ("measure", list(measures.values())),
            **{path: _labels(values) for path, values in self.levels.items()},
            by or "": ids,
        }
        origin = {"seed": first.seed, "trials": first.trials, "version": first.origin["version"]}
        origin |= {key: first.origin[key] for key in ("variance",) if key in first.origin}
        found = xr.Dataset(data, coordinates, origin)
        return storable(found if by else found.squeeze("", drop=True))

    def table(self) -> pd.DataFrame:
        """Tabulate the means at each point, of the main measures that say something at one.

        Returns
        -------
        DataFrame
            Indexed by the paths, with a column for each measure; `dataset` has all measures, with
            their units and errors.
        """
        found = self.dataset().sel(measure=spoken(MAIN, *self.runs.values()))
        return found["mean"].to_series().unstack("measure")

    @staticmethod
    def _about(first: Run, run: Run, measures: list[str], by: By | None) -> dict[str, Array]:
        """Statistics of one point: measures are rows, ids columns."""
        rows = []
        for measure in measures:
            ours, theirs = (one._array(measure, by) for one in (run, first))
            columns = np.atleast_2d(ours.T), np.atleast_2d(theirs.T)
            each = first._each
            row = [_statistics(*pair, measure, each) for pair in zip(*columns, strict=True)]
            if "variance" in first.origin:
                known = by_replicate(run, first, measure, by).values()
                row = [about | one._asdict() for about, one in zip(row, known, strict=True)]
            rows.append(row)
        # No ids where nothing is of the kind.
        names = rows[0][0] if rows and rows[0] else {}
        return {name: np.array([[about[name] for about in row] for row in rows]) for name in names}

    def plot(
        self,
        measures: Iterable[str] | None = None,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw some measures over the points: lines over one path, a heat map over two.

        A line is the mean with its 95 % interval (dark), the band around it P10 to P90.

        Parameters
        ----------
        measures : iterable of str, optional
            Measures of the whole theatre, a panel for each. Left out, the end of the last phase,
            attacks, casualties, killed and the cost, as far as a point has them.
        axes : sequence of Axes, optional
            The axes to draw on, one for each measure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, there are more than two paths, or there are not as many
            axes as measures.
        """
        found = spoken(_DRAWN, *self.runs.values()) if measures is None else list(measures)
        return self._drawn(axes, figsize, title, found)

    @property
    def title(self) -> str:
        """What the result is about, as a heading."""
        return say("swept-title", paths=listed(self.levels))

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        run = self._first
        parts = [
            run.scenario.title or say("untitled"),
            say("origin-line-points", trials=run.trials),
        ]
        if "variance" in run.origin:
            parts.append(say("origin-line-reduced"))
        parts.append(say("origin-line-seed", seed=str(run.seed)))
        return " · ".join([*parts, f"drawdown {run.origin['version']}"])

    @property
    def _brief(self) -> str:
        return f"{', '.join(self.levels)}: {self.origin_line}"

    def _tables(self) -> list[Frame]:
        table = self.table()
        names = shortest(self.levels)
        printed = Table.of("", table.rename_axis([names[path] for path in self.levels]))
        return [Frame(table, printed=printed)]


def _statistics(values: Array, first: Array, measure: str, each: int) -> dict[str, Any]:
    """What `Sweep.dataset` says of one measure at one point, and of what differs from the first."""
    about, change = estimate(values, each), estimate(values - first, each)
    return {
        "mean": about["mean"],
        "standard_error": about["standard_error"],
        "missing": int(np.isnan(values).sum()),
        "difference": change["mean"],
        "difference_error": change["standard_error"],
        "quantile_value": np.quantile(ordered(values, measure), QUANTILES, method="inverted_cdf"),
    }


def _key(point: Point) -> Point:
    """The point as it can stand in a mapping: laws, which are mappings themselves, as texts."""
    return tuple(value if isinstance(value, Hashable) else str(value) for value in point)


def _at(scenario: Scenario, levels: Mapping[str, Any], point: Point) -> Scenario:
    try:
        return scenario.replace(dict(zip(levels, point, strict=True)))
    except ValueError as error:
        error.add_note(f"at {_named(levels, point)}")
        raise


def _named(levels: Mapping[str, Any], point: Point) -> str:
    return ", ".join(f"{path} = {value}" for path, value in zip(levels, point, strict=True))


def _labels(values: list[Any]) -> list[Any]:
    """Values that can stand along an axis: numbers, dates, or else their texts."""
    if all(isinstance(value, date) for value in values):
        return [np.datetime64(value, "s") for value in values]
    plain = all(isinstance(value, (int, float, str)) for value in values)
    same = len({isinstance(value, str) for value in values}) == 1
    return values if plain and same else [str(value) for value in values]
