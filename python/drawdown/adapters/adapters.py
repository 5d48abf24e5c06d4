"""A scenario in the forms that other people's programs of analysis take."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ..runs.outcomes import outcomes as expected
from ..runs.outcomes import worse
from ..runs.samples import at_uniforms, laws_of
from ..runs.settings import Settings
from ..runs.simulate import Given, run_one, scenario_of
from ..scenario.scenario import Scenario

_MAIN = ("finish_days", "casualties")


def salib_problem(scenario: Given) -> dict[str, Any]:
    """Make the ranges of a scenario a problem of SALib.

    Laws that SALib knows are given as they are (uniform, triangular, normal, truncated normal,
    lognormal). Of the others SALib samples the uniform number from 0 to 1 of which the value is
    the quantile; `salib_evaluate` makes the value of it, so that every range keeps the scenario's
    own law. A mixture takes the number to choose a part, and what is left of it within that.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        The scenario, which has ranges.

    Returns
    -------
    dict
        ``names`` are dotted paths; ``num_vars``, ``bounds`` and ``dists`` as SALib wants them.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    ValueError
        If it has no ranges.
    """
    laws = laws_of(scenario_of(scenario))
    known = [_salib_law(law) or ("unif", [0.0, 1.0]) for law in laws.values()]
    return {
        "num_vars": len(laws),
        "names": list(laws),
        "bounds": [bounds for _, bounds in known],
        "dists": [name for name, _ in known],
    }


def salib_evaluate(
    scenario: Given,
    sample: ArrayLike,
    outcomes: Sequence[str] = _MAIN,
    *,
    trials_each: int = 20,
    seed: int | None = None,
    threads: int | None = None,
) -> pd.DataFrame:
    """Simulate a sample that SALib has drawn for the problem of a scenario.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        The scenario that `salib_problem` was asked about.
    sample : array of shape (rows, ranges)
        The sample, as SALib's samplers return it.
    outcomes : sequence of str
        Measures of the whole theatre, or chances, as for `drivers`.
    trials_each : int
        How many trials to run for each row, each with random streams of its own. Indices of the
        results see the chance that is left in the means as part of the variance that no range
        explains.
    seed, threads
        The seed and the number of threads, as `simulate` takes them.

    Returns
    -------
    DataFrame
        A row for each row of the sample, a column for each outcome: its mean over the row's
        histories. A finish that is not reached counts as reached at the horizon. A row under which
        attacks would never end is missing; SALib takes none that is.

    Raises
    ------
    ValueError
        If the sample has not got a column for each range, there is no such measure, or its mean is
        not known because another than the finish is missing in some histories.
    """
    scenario = scenario_of(scenario)
    laws, rows = laws_of(scenario), np.asarray(sample, dtype=float)
    if rows.ndim != 2 or rows.shape[1] != len(laws):
        raise ValueError(
            f"the sample needs a column for each of the {len(laws)} ranges, not {rows.shape}"
        )
    values = {
        path: column if _salib_law(law) else at_uniforms(law, column)
        for (path, law), column in zip(laws.items(), rows.T, strict=True)
    }
    settings = Settings.of(trials_each * len(rows), seed, threads, False, pd.DataFrame(values))
    return _means(scenario, settings, outcomes)


def ema_model(
    scenario: Given,
    *,
    levers: Mapping[str, Sequence[Any]] | None = None,
    outcomes: Sequence[str] = _MAIN,
    trials: int = 100,
    seed: int = 0,
    name: str = "drawdown",
) -> Any:
    """Make a scenario a model of ema_workbench.

    Its uncertainties are the ranges. Each is a number from 0 to 1 of which the value is the
    quantile, so that a design that is even over uncertainties is one that follows the scenario's
    laws; `at_quantiles` gives the values. Names are dotted paths with ``_`` for all that cannot
    stand in a Python name.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        What to simulate.
    levers : mapping, optional
        The levers: from dotted paths to what can be chosen, ``(low, high)``, whole if both are, or
        a list of values.
    outcomes : sequence of str
        Measures of the whole theatre, or chances, as for `drivers`: means over the histories of an
        experiment, to be low; of a limit to keep, such as ``"casualties <= 1000"``, the chance is
        to be high. A finish that is not reached counts as reached at the horizon.
    trials, seed : int
        The trials of an experiment and their seed; every policy and every scenario meets common
        random numbers.
    name : str
        The name of the model.

    Returns
    -------
    ema_workbench.Model
        Ready for ``perform_experiments`` and ``optimize``.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    ImportError
        If ema_workbench is not installed; the extra ``ema`` brings it.
    ValueError
        If it has no ranges, or two paths would have one name.
    """
    try:
        import ema_workbench as ema
    except ImportError as error:
        raise ImportError("this needs ema_workbench: `pip install ema_workbench`") from error
    scenario, levers = scenario_of(scenario), levers or {}
    ranges = {_identifier(path): path for path in laws_of(scenario)}
    chosen = {_identifier(path): path for path in levers}
    if len(ranges | chosen) < len(laws_of(scenario)) + len(levers):
        raise ValueError("two paths would have one name: rename a part of the scenario")

    experiment = _Experiment(scenario, ranges, chosen, list(outcomes), trials, seed)
    model = ema.Model(_identifier(name), function=experiment)
    model.uncertainties = [ema.RealParameter(key, 0, 1) for key in ranges]
    model.levers = [_ema_lever(ema, key, levers[path]) for key, path in chosen.items()]
    ways = {1.0: ema.ScalarOutcome.MINIMIZE, -1.0: ema.ScalarOutcome.MAXIMIZE}
    model.outcomes = [
        ema.ScalarOutcome(outcome, kind=ways[sign])
        for outcome, sign in zip(outcomes, worse(outcomes), strict=True)
    ]
    return model


@dataclass(frozen=True)
class _Experiment:
    """What a model of ema_workbench calls; a class of a module, so that it goes to other processes.

    Attributes
    ----------
    scenario : Scenario
        What is changed and simulated.
    ranges, chosen : mapping
        Paths of the uncertainties and of the levers, by the names that the model has for them.
    outcomes : list of str
        Measures of the whole theatre.
    trials, seed : int
        The trials of an experiment, and their seed.
    """

    scenario: Scenario
    ranges: Mapping[str, str]
    chosen: Mapping[str, str]
    outcomes: Sequence[str]
    trials: int
    seed: int

    # The name of a function is asked for where experiments are logged.
    __name__ = "experiment"

    def __call__(self, **given: Any) -> dict[str, float]:
        levers = {path: _plain(given[key]) for key, path in self.chosen.items()}
        changed = self.scenario.replace(levers)
        table = pd.DataFrame({path: [given[key]] for key, path in self.ranges.items()})
        values = at_quantiles(self.scenario, table)
        settings = Settings.of(self.trials, self.seed, 1, False, values)
        row = _means(changed, settings, self.outcomes).iloc[0]
        return {outcome: float(row[outcome]) for outcome in self.outcomes}


def at_quantiles(scenario: Given, quantiles: pd.DataFrame) -> pd.DataFrame:
    """Give the values of ranges at quantiles from 0 to 1.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        The scenario, which has ranges.
    quantiles : DataFrame
        The quantiles, a column for each range, by its dotted path or by its name in `ema_model`;
        others are left out.

    Returns
    -------
    DataFrame
        The values, by dotted path.

    Raises
    ------
    ValueError
        If there is no column for a range.
    """
    found = {}
    for path, law in laws_of(scenario_of(scenario)).items():
        column = next((key for key in (path, _identifier(path)) if key in quantiles), None)
        if column is None:
            raise ValueError(f"there is no column for the range `{path}`")
        found[path] = at_uniforms(law, quantiles[column].to_numpy(float))
    return pd.DataFrame(found)


def _means(scenario: Scenario, settings: Settings, outcomes: Sequence[str]) -> pd.DataFrame:
    """Means of outcomes by row of the samples; missing where the row is refused."""
    run = run_one(scenario, settings)
    assert run.samples is not None
    means = pd.DataFrame(np.nan, run.samples.asked.index, list(outcomes))
    for outcome in outcomes:
        means.loc[run.samples.values.index, outcome] = expected(run, outcome).mean(axis=1)
    return means


def _salib_law(law: Any) -> tuple[str, list[float]] | None:
    """A law as SALib has it; None if it has not."""
    ((name, p),) = law.items() if isinstance(law, Mapping) else [("constant", law)]
    match name:
        case "uniform" if p[0] < p[1]:
            return "unif", [*p]
        case "triangular" if p[0] < p[2]:
            return "triang", [p[0], p[2], (p[1] - p[0]) / (p[2] - p[0])]
        case "normal" if p["sd"] > 0:
            return "norm", [p["mean"], p["sd"]]
        case "lognormal" if p["sigma"] > 0:
            return "lognorm", [math.log(p["median"]), p["sigma"]]
        case "truncated_normal" if p["sd"] > 0 and p["low"] < p["high"]:
            return "truncnorm", [p["low"], p["high"], p["mean"], p["sd"]]
    return None


def _ema_lever(ema: Any, key: str, values: Sequence[Any]) -> Any:
    if isinstance(values, list):
        return ema.CategoricalParameter(key, values)
    low, high = values
    whole = isinstance(low, int) and isinstance(high, int)
    return (ema.IntegerParameter if whole else ema.RealParameter)(key, low, high)


def _identifier(path: str) -> str:
    return re.sub(r"\W", "_", path)


def _plain(value: Any) -> Any:
    """numpy's numbers, and what ema_workbench wraps a category in, as they are."""
    value = getattr(value, "value", value)
    return value.item() if isinstance(value, np.generic) else value
