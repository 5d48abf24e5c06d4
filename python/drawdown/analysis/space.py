"""The space of what is not known about a world: ranges, and switches between scenarios."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import ScenarioError
from ..runs.outcomes import missing, outcomes, unit
from ..runs.run import Run
from ..runs.samples import Correlation, correlated, laws_of, uniforms
from ..runs.settings import Settings
from ..runs.simulate import run_one
from ..scenario.paths import parent
from ..scenario.scenario import Scenario

Array = NDArray[np.float64]
Switches = Mapping[str, Sequence[Any] | Mapping[str, Mapping[str, Any]]]
Groups = Mapping[str, Iterable[str] | str]


class Space:
    """What can be drawn: a number from 0 to 1 for each range and each switch.

    Attributes
    ----------
    dimensions : list of str
        Paths of ranges, then names of switches between scenarios.
    variants : dict of tuple to Scenario
        By the levels of those switches.
    """

    def __init__(self, scenario: Scenario, switches: Switches | None = None) -> None:
        switches = dict(switches or {})
        between = {name: given for name, given in switches.items() if isinstance(given, Mapping)}
        for path, values in switches.items():
            if path not in between:
                scenario = _ranging(scenario, path, list(values))
        self.levels = {name: list(given) for name, given in between.items()}
        self.variants = {
            point: scenario.replace(_together(between, point))
            for point in itertools.product(*self.levels.values())
        }
        self.laws = {point: _ranges(one) for point, one in self.variants.items()}
        ranges = dict.fromkeys(path for laws in self.laws.values() for path in laws)
        self.dimensions = [*ranges, *self.levels]
        if not self.dimensions:
            raise ValueError("the scenario has no ranges, and no switches are given")

    def drivers(self, groups: Groups | None, by_part: bool = False) -> dict[str, list[str]]:
        """What moves together: the groups, and each dimension that is in none by itself."""
        found: dict[str, list[str]] = {}
        owner: dict[str, str] = {}
        for name, patterns in (groups or {}).items():
            found[name] = []
            for pattern in [patterns] if isinstance(patterns, str) else patterns:
                for path in self._matching(pattern):
                    if owner.setdefault(path, name) != name:
                        raise ValueError(f"`{path}` is in `{owner[path]}` and in `{name}`")
                    found[name] += [path] * (path not in found[name])
        for path in self.dimensions:
            if path not in owner:
                part = parent(path) or path
                found.setdefault(part if by_part else path, []).append(path)
        return found

    def _matching(self, pattern: str) -> list[str]:
        found = [path for path in self.dimensions if fnmatchcase(path, pattern)]
        if not found:
            near = get_close_matches(pattern, self.dimensions, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {self._listed()}"
            raise ValueError(f"there is no range or switch `{pattern}`; {hint}")
        return found

    def _listed(self) -> str:
        return ", ".join(self.dimensions)

    def uniforms(
        self, count: int, sets: int, seed: int, correlation: Correlation | None
    ) -> list[pd.DataFrame]:
        """Sets of points that are independent of each other: an even design over all of them."""
        width = len(self.dimensions)
        points = uniforms("sobol", width * sets, count, seed)
        frames = [
            pd.DataFrame(points[:, k * width : (k + 1) * width], columns=self.dimensions)
            for k in range(sets)
        ]
        return [correlated(one, correlation) for one in frames] if correlation else frames

    def values(self, points: pd.DataFrame) -> pd.DataFrame:
        """What ranges have at points, and the level of each switch by number."""
        found = pd.DataFrame(np.nan, points.index, self.dimensions)
        for variant, rows in self._by_variant(points):
            paths = list(self.laws[variant])
            if paths:
                table = np.ascontiguousarray(points.loc[rows, paths].to_numpy(float))
                found.loc[rows, paths] = self.variants[variant]._compiled.at_unit_points(table)
        for name, levels in self.levels.items():
            found[name] = _level(points[name], len(levels))
        return found

    def sound(self, values: pd.DataFrame) -> NDArray[np.bool_]:
        """In which rows attacks end."""
        found = np.ones(len(values), dtype=bool)
        for variant, rows in self._by_level(values):
            table = values.loc[rows, list(self.laws[variant])].to_numpy(float)
            if table.shape[1]:
                sound = self.variants[variant]._compiled.sound_inputs(np.ascontiguousarray(table))
                found[values.index.get_indexer(rows)] = sound
        return found

    def run(
        self, values: pd.DataFrame, each: int, settings: Settings
    ) -> list[tuple[NDArray[np.intp], Run]]:
        """Simulate rows of values, each `each` times: runs, and which rows they are of.

        Rows meet the random numbers of their place among those of one variant, so tables that
        differ in ranges alone meet the same. Variants have random numbers of their own.
        """
        runs, before = [], 0
        with settings.sharing(len(values) * each) as after:
            for rows, scenario, asked in self.asked(values, each, settings):
                here = replace(asked, progress=after(before).progress)
                runs.append((rows, run_one(scenario, here)))
                before += asked.trials
        return runs

    def asked(
        self, values: pd.DataFrame, each: int, settings: Settings
    ) -> Iterator[tuple[NDArray[np.intp], Scenario, Settings]]:
        """What `run` simulates: the rows, the scenario, and under which settings."""
        places = list(self.variants)
        for variant, rows in self._by_level(values):
            table = values.loc[rows, list(self.laws[variant])].reset_index(drop=True)
            here = replace(
                settings,
                trials=len(rows) * each,
                seed=(settings.seed + places.index(variant)) % 2**64,
                samples=table if table.shape[1] else None,
            )
            yield values.index.get_indexer(rows), self.variants[variant], here

    def _by_variant(self, points: pd.DataFrame) -> list[tuple[tuple[Any, ...], pd.Index[Any]]]:
        levels = {name: _level(points[name], len(levels)) for name, levels in self.levels.items()}
        return self._by_level(points.assign(**levels))

    def _by_level(self, values: pd.DataFrame) -> list[tuple[tuple[Any, ...], pd.Index[Any]]]:
        """The rows of each variant that has any."""
        found = []
        for variant in self.variants:
            here = np.ones(len(values), dtype=bool)
            for (name, levels), level in zip(self.levels.items(), variant, strict=True):
                here &= values[name].to_numpy() == levels.index(level)
            if here.any():
                found.append((variant, values.index[here]))
        return found


class Told:
    """What a table of values came to: outcomes by measure, and how much of it there is."""

    def __init__(
        self, runs: list[tuple[NDArray[np.intp], Run]], measures: Sequence[str], each: int
    ) -> None:
        rows = sum(len(places) for places, _ in runs)
        self.outcomes = {measure: np.empty((rows, each)) for measure in measures}
        self.missing = dict.fromkeys(measures, 0.0)
        self.units = {measure: unit(runs[0][1], measure) for measure in measures}
        self.version = runs[0][1].origin["version"]
        self.trials = sum(run.trials for _, run in runs)
        self.capped = sum(run.origin["trials_capped"] for _, run in runs)
        for places, run in runs:
            for measure in measures:
                found = outcomes(run, measure).reshape(len(places), each)
                self.outcomes[measure][places] = found
                self.missing[measure] += missing(run, measure) * len(places) / rows


def _ranging(scenario: Scenario, path: str, values: list[Any]) -> Scenario:
    """The scenario with alternatives that are as likely as each other at a path."""
    if len(set(map(str, values))) < 2:
        raise ValueError(f"give two different values or more for `{path}`, not {values}")
    try:
        return scenario.replace({path: {"empirical": values}})
    except ScenarioError as error:
        error.add_note(
            f"`{path}` takes no range: write its alternatives as named changes, "
            f"{{'a name': {{'one side': {{{path!r}: ...}}, 'another': ...}}}}"
        )
        raise


def _together(between: Mapping[str, Any], point: tuple[str, ...]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, level in zip(between, point, strict=True):
        changes |= between[name][level]
    return changes


def _ranges(scenario: Scenario) -> dict[str, Any]:
    return laws_of(scenario) if scenario._compiled.ranges() else {}


def _level(points: pd.Series[float], count: int) -> NDArray[np.intp]:
    found: NDArray[np.intp] = np.minimum((points.to_numpy() * count).astype(int), count - 1)
    return found
