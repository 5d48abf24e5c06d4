"""Which assumption drives the answer: indices of ranges, groups of them, and switches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal import renamed
from .._internal.checks import several
from .._internal.progress import Progress, telling
from ..errors import Interrupted
from ..runs.criterion import Criterion
from ..runs.estimates import without_chance
from ..runs.executing import run_jobs
from ..runs.outcomes import missing, outcomes, unit, worlds
from ..runs.run import Run
from ..runs.samples import Correlation
from ..runs.settings import Settings
from ..runs.simulate import Given, job_of, scenario_of
from ..runs.work import RETRIES, Executor
from ..scenario.relevance import has
from ..scenario.scenario import Scenario
from ..stats import sobol
from ..stats.given_data import first_order
from .drivers import Count, Drivers, Made
from .space import Groups, Space, Switches, Told

Array = NDArray[np.float64]

_EXAMPLE = '["casualties", "finish_days > 2026-12-31"]'
_MEASURES = ("finish_days", "casualties", "cost")
# A rank correlation of inputs beyond so many standard errors is told.
_CORRELATED = 4


@renamed.keyword("draws", "samples")
def drivers(
    scenario: Given,
    measures: Sequence[str] | None = None,
    *,
    samples: int = 256,
    trials: int = 2_048,
    seed: int | None = None,
    groups: Groups | Literal["part"] | None = None,
    switches: Switches | None = None,
    correlation: Correlation | None = None,
    threads: int | None = None,
    progress: Progress = None,
    executor: Executor | None = None,
    retries: int = RETRIES,
) -> Drivers:
    """Find which assumptions drive the expected results: first-order and total Sobol indices.

    What is expected of a measure differs from one parameter sample to the next. The first-order
    index of a driver is the share of that variance which knowing the driver alone would take away;
    the total index is the share that would be left if all but the driver were known. They differ by
    what drivers do together.

    Two tables of samples are simulated, and one more for each driver, in which it alone is
    exchanged (Saltelli et al. 2010, Comput. Phys. Commun. 181:259). All meet common random numbers,
    and what chance does to the means of a few histories is taken out without bias: the indices are
    those of expected values, however few histories each sample has.

    Parameters
    ----------
    scenario, seed, threads, progress
        What to simulate, and the seed, threads and progress bar, as `simulate` takes them; one
        progress bar counts all trials.
    measures : sequence of str, optional
        What to explain; left out, the end of the last phase, casualties and the cost, as far as the
        scenario has them. Expected values, such as ``"casualties"``, or chances, such as
        ``"casualties > 1000"``, ``"finish_days > 2026-12-31"`` (not done by the end of that day;
        who never is, is not). Both may be of a part of the theatre: ``"finish_days of phase
        first"``. An expected finish counts what is not reached as reached at the horizon.
    samples : int
        Parameter samples in each table, a power of two: a scrambled Sobol sequence.
    trials : int
        Trials of each table, shared equally among its samples, two or more to each.
    groups : mapping or "part", optional
        Ranges that are one driver, such as ``{"militias": ["world.threats.militias.*"]}``: names,
        and paths in which ``*`` stands for anything. Each other range is a driver by itself; with
        ``"part"``, ranges of one table of the scenario are one driver.
    switches : mapping, optional
        Disputed alternatives, all as likely as each other: ``{path: [values]}`` for a number, or
        ``{name: {alternative: changes}}`` with changes as `Scenario.replace` takes them. Each is a
        driver, and a range that stands at such a path gives way to it.
    correlation : mapping, optional
        Rank correlations of pairs of ranges, as for `sample_inputs`. Ranges that are correlated
        must be in one group.
    executor, retries
        Who runs the trials in place of threads here, and how often it is asked again for what it
        has lost, as `simulate` takes them: shards of all tables side by side.

    Returns
    -------
    Drivers
        The drivers, ranked, with 95 % intervals.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    Interrupted, ExecutorError
        On Ctrl-C, or if the executor breaks or loses the same work too often; nothing is kept.
    ValueError
        If there is no such measure, range or switch, nothing can be drawn, ranges of different
        drivers are correlated, or a number is out of range.
    """
    scenario = scenario_of(scenario)
    measures = driven(measures, scenario)
    if samples < 2:
        raise ValueError(f"`samples` must be at least 2, not {samples}")
    settings = Settings.of(trials, seed, threads, progress, executor=executor, retries=retries)
    seed = settings.seed
    each, left = divmod(trials, samples)
    if each < 2 or left:
        raise ValueError(
            f"{trials:,} trials cannot be shared among {samples:,} samples alike, two or more to "
            f"each: ask for {max(round(trials / samples), 2) * samples:,}"
        )
    space = Space(scenario, switches)
    found = space.drivers(None if groups == "part" else groups, groups == "part")
    _together(correlation or {}, found)
    tables, sound = _tables(space, list(found.values()), samples, seed, correlation)
    told = _simulated(space, tables, measures, each, settings)
    count = Count(
        samples * len(tables),
        int(sound.sum()) * len(tables),
        samples * len(tables) - int(sound.sum()) * len(tables),
        sum(one.trials for one in told),
        sum(one.capped for one in told),
    )
    inputs = pd.concat(tables[:2])
    return _ranked(space, found, told, inputs, measures, seed, count)


def driven(measures: Sequence[str] | None, scenario: Scenario) -> list[str]:
    """What is to be driven: what is asked for, or else the main measures of the scenario."""
    if measures is None:
        found = [measure for measure in _MEASURES if has(scenario, measure)]
        if not found:
            raise ValueError(
                "there is nothing to be driven: the scenario has no phases, threats or costs; name "
                "`measures`"
            )
        return found
    found = several("measures", measures, _EXAMPLE)
    for measure in found:
        Criterion.to_simulate(measure)
    return found


def from_run(run: Run, measures: Sequence[str] | None) -> Drivers:
    """What `Run.drivers` describes."""
    measures = driven(measures, run.scenario)
    inputs = worlds(run)
    if not inputs.shape[1]:
        raise ValueError("the scenario has no ranges: nothing in it is not known")
    rows, about = {}, {}
    for measure in measures:
        values = outcomes(run, measure)
        if len(values) < 20:
            raise ValueError(f"{len(values)} worlds do not tell drivers apart: it takes hundreds")
        share = _parts_of(values)
        about[measure] = {
            "unit": unit(run, measure),
            "mean": values.mean(),
            **share,
            "missing": missing(run, measure),
        }
        means = values.mean(axis=1)
        calmed = without_chance(run, values)
        for path in map(str, inputs):
            column = inputs[path].to_numpy()
            index = first_order(column, values, run.seed, calmed=calmed)
            direction = _rank_correlation(column, means)
            rows[measure, path] = [*index, np.nan, np.nan, np.nan, direction]
    asked = len(run.samples.asked) if run.samples else run.trials
    refused = len(run.samples.refused) if run.samples else 0
    capped = run.origin["trials_capped"]
    count = Count(asked, len(inputs), refused, run.trials, capped)
    each = run._each
    frame = _frame(rows, "first")
    names = {path: [path] for path in map(str, inputs)}
    return Drivers(
        "given data",
        names,
        frame,
        pd.DataFrame(about).T,
        count,
        each,
        run,
        _tied(inputs),
        run.scenario,
    )


def _together(correlation: Correlation, found: dict[str, list[str]]) -> None:
    """Refuse correlations between drivers, among which variance cannot be divided."""
    owner = {path: name for name, paths in found.items() for path in paths}
    for pair in correlation:
        for path in pair:
            if path not in owner:
                raise ValueError(f"the scenario has no range at `{path}`")
        one, other = pair
        if owner[one] != owner[other]:
            raise ValueError(
                f"`{one}` and `{other}` are correlated, so that variance cannot be divided between "
                f"them: put them into one of `groups`, which is then a driver, or simulate "
                f"`drawdown.sample_inputs(..., correlation=...)` and ask `run.drivers()`, whose "
                f"indices count what ranges share for each of them"
            )


def _tables(
    space: Space, found: list[list[str]], samples: int, seed: int, correlation: Correlation | None
) -> tuple[list[pd.DataFrame], NDArray[np.bool_]]:
    """Tables of values: two, and one for each driver; and which rows are sound in all of them."""
    one, other = space.uniforms(samples, 2, seed, correlation)
    points = [one, other]
    points += [one.assign(**{path: other[path] for path in paths}) for paths in found]
    tables = [space.values(table) for table in points]
    sound = np.logical_and.reduce([space.sound(table) for table in tables])
    if sound.sum() < 2:
        raise ValueError(
            f"in each of the {samples:,} rows there is a sample in which attacks never end"
        )
    return [table[sound] for table in tables], sound


def _simulated(
    space: Space,
    tables: list[pd.DataFrame],
    measures: Sequence[str],
    each: int,
    settings: Settings,
) -> list[Told]:
    if settings.executor is not None:
        return _side_by_side(space, tables, measures, each, settings)
    told, done = [], 0
    total = sum(len(table) for table in tables) * each
    try:
        with settings.sharing(total) as after:
            for table in tables:
                told.append(Told(space.run(table, each, after(done)), measures, each))
                done += len(table) * each
    except KeyboardInterrupt as stop:
        raise Interrupted(f"stopped after {len(told)} of {len(tables)} tables") from stop
    return told


def _side_by_side(
    space: Space,
    tables: list[pd.DataFrame],
    measures: Sequence[str],
    each: int,
    settings: Settings,
) -> list[Told]:
    """The same on an executor; of a table no more is kept than is told of it."""
    asked = [list(space.asked(table, each, settings)) for table in tables]
    # By the number of a job: its table, and the rows of it.
    owners = [(k, places) for k, parts in enumerate(asked) for places, _, _ in parts]
    jobs = (job_of(scenario, one) for parts in asked for _, scenario, one in parts)
    waiting: dict[int, list[tuple[NDArray[np.intp], Run]]] = {k: [] for k in range(len(tables))}
    told: dict[int, Told] = {}
    total = sum(len(table) for table in tables) * each
    try:
        with telling(settings.progress, total) as tell:
            for number, run in run_jobs(jobs, settings, tell, {}):
                k, places = owners[number]
                waiting[k].append((places, run))
                if len(waiting[k]) == len(asked[k]):
                    told[k] = Told(waiting.pop(k), measures, each)
    except KeyboardInterrupt as stop:
        raise Interrupted(f"stopped after {len(told)} of {len(tables)} tables") from stop
    return [told[k] for k in range(len(tables))]


def _ranked(
    space: Space,
    found: dict[str, list[str]],
    told: list[Told],
    inputs: pd.DataFrame,
    measures: Sequence[str],
    seed: int,
    count: Count,
) -> Drivers:
    rows, about = {}, {}
    a, b, *mixed = told
    each = next(iter(a.outcomes.values())).shape[1]
    first = next(iter(space.variants.values()))
    for measure in measures:
        values = [one.outcomes[measure] for one in (a, b, *mixed)]
        index = sobol.indices(values[0], values[1], np.array(values[2:]), seed)
        means = np.concatenate(values[:2]).mean(axis=1)
        for k, (name, paths) in enumerate(found.items()):
            direction = np.nan
            if len(paths) == 1:
                direction = _rank_correlation(inputs[paths[0]].to_numpy(float), means)
            rows[measure, name] = [*index.first[:, k], *index.total[:, k], direction]
        about[measure] = {
            "unit": a.units[measure],
            "mean": index.mean,
            "variance": index.variance,
            "noise": index.noise,
            "share": _share(index.variance, each * index.noise),
            "missing": np.mean([one.missing[measure] for one in told]),
        }
    made = Made(seed, a.version)
    frame = _frame(rows, "total")
    return Drivers("Sobol", found, frame, pd.DataFrame(about).T, count, each, made, [], first)


def _frame(rows: dict[tuple[str, str], list[float]], by: str) -> pd.DataFrame:
    """Drivers of each measure, the strongest first.

    An index is a share of a variance. Where that cannot be told from none, in the resamples of its
    interval, it is no share of anything.
    """
    index = pd.MultiIndex.from_tuples(rows, names=["measure", "driver"])
    frame = pd.DataFrame(list(rows.values()), index, list(Drivers.COLUMNS))
    for kind in ("first", "total"):
        frame[kind] = frame[kind].where(frame[f"{kind}_low"].notna())
    order = frame[by].fillna(-np.inf)
    measures = list(index.unique("measure"))
    place = frame.index.get_level_values("measure").map(measures.index)
    return frame.iloc[np.lexsort([-order.to_numpy(), place.to_numpy()])]


def _parts_of(values: Array) -> dict[str, float]:
    """The variance of what is expected, that of a mean around it, and the share of the first."""
    each = values.shape[1]
    whole = float(values.mean(axis=1).var(ddof=1))
    if each < 2:
        return {"variance": whole, "noise": np.nan, "share": np.nan}
    noise = float(values.var(axis=1, ddof=1).mean()) / each
    variance = whole - noise
    return {"variance": variance, "noise": noise, "share": _share(variance, each * noise)}


def _share(epistemic: float, aleatory: float) -> float:
    """The first of both; missing where nothing varies."""
    return epistemic / (epistemic + aleatory) if epistemic + aleatory > 0 else np.nan


def _rank_correlation(one: Array, other: Array) -> float:
    """Spearman's; missing where one of them does not vary."""
    there = ~np.isnan(one)
    ranks = pd.DataFrame({"one": one[there], "other": other[there]}).rank()
    with np.errstate(invalid="ignore"):
        return float(ranks["one"].corr(ranks["other"])) if there.sum() > 2 else np.nan


def _tied(inputs: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Pairs of ranges whose ranks are correlated beyond chance."""
    ranks = inputs.corr("spearman").to_numpy()
    rows, columns = np.triu_indices(len(ranks), 1)
    bound = _CORRELATED / np.sqrt(max(len(inputs) - 1, 1))
    return [
        (str(inputs.columns[int(i)]), str(inputs.columns[int(j)]), float(ranks[i, j]))
        for i, j in zip(rows, columns, strict=True)
        if abs(ranks[i, j]) > bound
    ]
