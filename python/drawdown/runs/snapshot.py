"""Results as recorded, without the batch that gave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..scenario.scenario import Scenario
from .backend import QUANTILES, SERIES, Keep, Measure, Results

if TYPE_CHECKING:
    from .._core import EventLog, _History, _Origin

Array = NDArray[np.float64]

_BESIDES = "besides"
_LEVELS = "levels"


class Snapshot:
    """The answers of a batch, recorded; trials are simulated once more where they are asked for.

    Attributes
    ----------
    answers : mapping
        Everything but arrays, in types that JSON has.
    arrays : mapping
        The arrays, by name.
    part : bytes or None
        What merging needs besides them.
    """

    def __init__(
        self,
        answers: Mapping[str, Any],
        arrays: Mapping[str, Array],
        scenario: Scenario,
        part: bytes | None = None,
    ) -> None:
        self.part = part
        self.answers = answers
        self.arrays = arrays
        self._scenario = scenario

    @classmethod
    def of(cls, results: Results, measures: Sequence[Measure], scenario: Scenario) -> Snapshot:
        """Record what `results` answer."""
        breakdowns = list(dict.fromkeys(by for _, by, _, _ in measures))
        series = results.series()
        answers = {
            "origin": dict(results.origin()),
            "keep": results.keep,
            "measures": [list(measure) for measure in measures],
            "ids": {by: results.ids(by) for by in breakdowns if by},
            "summary": {by: results.summary(by) for by in breakdowns},
            "dates": results.dates(),
            "quantiles": list(QUANTILES),
            "input_paths": results.input_paths(),
            "series": series,
        }
        arrays = _measures(results, measures)
        each_site = [("people", site) for site in results.ids("site")]
        for name, site in [*((name, None) for name in series), *each_site]:
            mean, quantiles = results.bands(name, site, QUANTILES)
            arrays[_band(name, site, "mean")] = mean
            arrays[_band(name, site, "quantiles")] = quantiles
        if "variance" in results.origin():
            arrays[_BESIDES] = results.besides()
            each = [results.chance_of(level) for level in results.origin().get("levels", ())]
            arrays[_LEVELS] = np.array(each)
        arrays["tension_shares"] = results.tension_shares()
        arrays["announced_people"] = results.announced_people()
        part = None
        if isinstance(results, Snapshot):
            part = results.part
        elif isinstance(results, _core.Run):
            # What has none is refused where it is to be merged.
            with suppress(ValueError):
                part = results.part(rows=False)
        return cls(answers, arrays, scenario, part)

    @property
    def measures(self) -> list[Measure]:
        """The measures that are recorded; another version of the library may have others."""
        return [(name, by, unit, what) for name, by, unit, what in self.answers["measures"]]

    @property
    def trials(self) -> int:
        """Trials run."""
        trials: int = self.answers["origin"]["trials_run"]
        return trials

    @property
    def _first(self) -> int:
        """The number of the first trial."""
        first: int = self.answers["origin"].get("first_trial", 0)
        return first

    @property
    def keep(self) -> Keep:
        """What was kept of them: every one, or a summary."""
        keep: Keep = self.answers["keep"]
        return keep

    def origin(self) -> _Origin:
        """Where the results came from."""
        origin: _Origin = self.answers["origin"]
        return origin

    def ids(self, by: str) -> list[str]:
        """The ids of a breakdown."""
        known = self.answers["ids"]
        return list(_get(known, by, f"no breakdown by `{by}`; there are {', '.join(known)}"))

    def values(self, name: str, by: str) -> Array:
        """A measure: trials are rows, ids columns."""
        return self._measure("values", name, by)

    def chance_of(self, level: float) -> tuple[float, float, float, float, float]:
        """How surely one attack reaches a level of casualties."""
        place = self.origin()["levels"].index(int(level))
        chance, error, low, high, worth = self.arrays[_LEVELS][place].tolist()
        return chance, error, low, high, worth

    def besides(self) -> Array:
        """What trials with less variance wrote down beside their measures."""
        return self.arrays[_BESIDES].copy()

    def distribution(self, name: str, by: str) -> Array:
        """A measure: rows of place of the id, value (ascending; NaN: missing), trials."""
        if self.keep == "summary":
            return self._measure("distribution", name, by)
        columns = self.values(name, by).T
        counted = [np.unique(values, return_counts=True) for values in columns]
        tables = [
            np.column_stack([np.full(level.size, place), level, trials])
            for place, (level, trials) in enumerate(counted)
        ]
        return np.concatenate(tables) if tables else np.empty((0, 3))

    def _measure(self, kind: str, name: str, by: str) -> Array:
        there = [_label(name, by) for name, by, _, _ in self.measures if not by or self.ids(by)]
        label = _label(name, by)
        near = get_close_matches(label, there, n=1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(there)}"
        refusal = f"there is no measure `{label}`; {hint}"
        array: Array = _get(self.arrays, _array(kind, name, by), refusal)
        return array.copy()

    def summary(self, by: str) -> list[dict[str, Any]]:
        """Statistics, a row for each measure and id."""
        known = self.answers["summary"]
        there = ", ".join(by for by in known if by)
        rows: list[dict[str, Any]] = _get(known, by, f"no breakdown by `{by}`; there are {there}")
        return rows

    def dates(self) -> list[dict[str, Any]]:
        """Finish dates, in days from the start."""
        rows: list[dict[str, Any]] = self.answers["dates"]
        return rows

    def series(self) -> list[str]:
        """The names of the weekly series that there are."""
        return list(self.answers.get("series", SERIES))

    def bands(self, series: str, site: str | None, shares: Sequence[float]) -> tuple[Array, Array]:
        """The mean by week, and quantiles (rows) by week."""
        if list(shares) != self.answers["quantiles"]:
            raise ValueError(f"quantiles {self.answers['quantiles']} were saved, not {shares}")
        refusal = f"no weekly series `{series}`" + (f" on `{site}`" if site else "")
        mean = _get(self.arrays, _band(series, site, "mean"), refusal)
        return mean.copy(), self.arrays[_band(series, site, "quantiles")].copy()

    def input_paths(self) -> list[str]:
        """The paths of the scenario's ranges."""
        return list(self.answers["input_paths"])

    def inputs(self) -> Array:
        """The values drawn for the ranges."""
        return self.arrays["inputs"].copy()

    def tension_shares(self) -> Array:
        """The share of trials in each state by week."""
        return self.arrays["tension_shares"].copy()

    def announced_people(self) -> Array:
        """People on each site by week if every date is kept."""
        return self.arrays["announced_people"].copy()

    def trial(self, index: int) -> _History:
        """Trial `index`, simulated once more.

        Raises
        ------
        ValueError
            If it was not run, was run by another version, or does not come out as it was saved.
        """
        self._check(index)
        history = self._scenario._compiled.trial(self.origin()["seed"], index)
        if self.keep == "summary":
            return history
        saved = [self.values(name, by)[index - self._first] for name, by, _, _ in self.measures]
        if not np.array_equal(np.concatenate(saved), history["row"], equal_nan=True):
            raise ValueError(
                f"trial {index} does not come out as it was saved: the file was written by another "
                "build, or damaged; simulate `run.scenario` again"
            )
        return history

    def events(self, trials: Sequence[int]) -> EventLog:
        """The events of some trials, of which the first is compared with what was saved of it.

        Raises
        ------
        ValueError
            As `trial` does.
        """
        self._check(max(trials))
        self.trial(trials[0])
        return self._scenario._compiled.events(self.origin()["seed"], trials)

    def check_batch(self) -> None:
        """Refuse trials that the scenario and the seed alone do not give again.

        Raises
        ------
        ValueError
            If they are particles, or a policy decided in them.
        """
        if "particles_hash" in self.origin():
            raise ValueError(_core.NO_REPLAY)
        if "policies" in self.origin():
            raise ValueError(_core.NO_POLICY)

    def _check(self, index: int) -> None:
        """Refuse what cannot be replayed."""
        self.check_batch()
        version = self.origin()["version"]
        if version != _core.__version__:
            raise ValueError(
                f"the run was made by drawdown {version}, whose trials drawdown "
                f"{_core.__version__} may not reproduce; install drawdown=={version} to replay "
                "one, or simulate `run.scenario` again"
            )
        if not 0 <= index - self._first < self.trials:
            last = self._first + self.trials - 1
            raise ValueError(f"trial {index} was not run; the last is {last}")


def _label(name: str, by: str) -> str:
    return f"{name} by {by}" if by else name


def _measures(results: Results, measures: Sequence[Measure]) -> dict[str, Array]:
    """The arrays that hold what was kept of trials."""
    if results.keep == "summary":
        return {
            _array("distribution", name, by): results.distribution(name, by)
            for name, by, _, _ in measures
        }
    values = {_array("values", name, by): results.values(name, by) for name, by, _, _ in measures}
    return values | {"inputs": results.inputs()}


def _array(kind: str, name: str, by: str) -> str:
    """The array that holds the values or the distribution of a measure."""
    return f"{kind}/{name}_by_{by}" if by else f"{kind}/{name}"


def _band(series: str, site: str | None, part: str) -> str:
    """The array that holds the mean or the quantiles of a weekly series."""
    return f"bands/{series}_{part}" if site is None else f"bands/{series}_at/{site}_{part}"


def _get(known: Mapping[str, Any], key: str, refusal: str) -> Any:
    if key not in known:
        raise ValueError(refusal)
    return known[key]
