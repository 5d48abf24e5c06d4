"""Parameter samples: designs over the ranges of a scenario, and tables of values."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Mapping
from difflib import get_close_matches
from numbers import Real
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.own import Own
from ..scenario.scenario import Scenario

Array = NDArray[np.float64]
Design = Literal["random", "latin", "sobol"]
Correlation = Mapping[tuple[str, str], float]


class InputSample:
    """The samples of a run in which several histories share each parameter sample.

    Attributes
    ----------
    asked : DataFrame
        The values of the ranges (columns, by dotted path) in every sample that was asked for.
    sound : ndarray of bool
        Which of them were run. The others were refused: under them each attack would cause
        another or more, without end, or more attacks than there are would be caused ones.
    each : int
        Histories under each sample.
    design : str
        ``"random"``, ``"latin"``, ``"sobol"``, or ``"table"`` for values that were given.
    """

    asked: Own[pd.DataFrame] = Own()
    sound: Own[NDArray[np.bool_]] = Own()

    def __init__(
        self, asked: pd.DataFrame, sound: NDArray[np.bool_], each: int, design: str
    ) -> None:
        self.asked, self.sound = asked, sound
        self.each, self.design = each, design

    @classmethod
    def of(cls, scenario: Scenario, asked: pd.DataFrame, each: int, design: str) -> InputSample:
        """Make the parameter samples of a table; the scenario decides which can be run."""
        values = np.ascontiguousarray(asked.to_numpy(float))
        sound = np.array(scenario._compiled.sound_inputs(values), dtype=bool)
        return cls(asked, sound, each, design)

    @property
    def values(self) -> pd.DataFrame:
        """The samples that were run; trial k has the values of row ``k // each``."""
        return self.asked[self.sound]

    @property
    def refused(self) -> pd.DataFrame:
        """The samples that were refused."""
        return self.asked[~self.sound]

    @property
    def origin(self) -> dict[str, Any]:
        """What a result says of its samples."""
        return {
            "draws_asked": len(self.asked),
            "draws_refused": len(self.refused),
            "trials_per_draw": self.each,
            "design": self.design,
        }

    def __repr__(self) -> str:
        asked, run = self.sound.size, int(self.sound.sum())
        return f"InputSample({run:,} of {asked:,} run, {self.each:,} histories each, {self.design})"

    def applied(self, scenario: Scenario) -> Scenario:
        """Give the scenario with its ranges at these values, trial by trial."""
        values = np.ascontiguousarray(self.values.to_numpy(float))
        return Scenario(scenario._compiled.with_inputs(values, self.each))


def sample_inputs(
    scenario: Scenario,
    count: int,
    *,
    seed: int | None = None,
    design: Design = "random",
    correlation: Correlation | None = None,
) -> pd.DataFrame:
    """Sample the uncertain numbers of a scenario, for ``simulate(..., samples=...)``.

    Parameters
    ----------
    scenario : Scenario
        The scenario whose ranges are sampled.
    count : int
        How many parameter samples; for ``"sobol"`` a power of two.
    seed : int, optional
        The seed of the design; left out, one is drawn; it is kept in ``.attrs`` of the result.
    design : {"random", "latin", "sobol"}
        How samples fill the space: independent, as in an ordinary run where each trial has its own;
        a Latin hypercube, which has one value in each of `count` equally likely parts of every
        range; or a scrambled Sobol sequence, which fills their space evenly. The last two give
        means with less noise and depend on `count`: more samples are other samples. A mixture takes
        its uniform number to choose a part, and what is left of it within the part.
    correlation : mapping, optional
        Rank correlations (Spearman's) of pairs of ranges by their paths, 0 for pairs that are
        left out. The values of each range stay as they are and change places, after Iman &
        Conover 1982 (Commun. Stat. B 11:311): the joint law is near a Gaussian copula.

    Returns
    -------
    DataFrame
        A row for each ``sample`` and a column for each range, by dotted path. Change it, or make
        one of your own: a table is run as it is.

    Raises
    ------
    ValueError
        If the scenario has no ranges, a number or a design is out of range, a path is no range, or
        correlations contradict each other.
    MemoryError
        If the samples do not fit in memory: the message says how many would.
    """
    seed = secrets.randbits(32) if seed is None else seed
    laws = laws_of(scenario)
    if count < 1:
        raise ValueError(f"`count` must be at least 1, not {count}")
    if design not in get_args(Design):
        raise ValueError(f"`design` is one of {', '.join(get_args(Design))}, not {design!r}")
    if design == "random":
        values = scenario._compiled.draw_inputs(seed, count)
    else:
        values = scenario._compiled.at_unit_points(uniforms(design, len(laws), count, seed))
    frame = pd.DataFrame(values, pd.RangeIndex(count, name="sample"), list(laws))
    if correlation:
        frame = correlated(frame, correlation)
    frame.attrs = {"design": design, "seed": seed}
    return frame


def drawn(scenario: Scenario, given: int | pd.DataFrame, trials: int, seed: int) -> InputSample:
    """The samples that `simulate` is asked for, of which each has its share of the `trials`."""
    if isinstance(given, pd.DataFrame):
        frame = _completed(scenario, given, seed)
        design = str(given.attrs.get("design", "table"))
    else:
        # Before they are drawn, which takes time and memory.
        _each(trials, given)
        frame, design = sample_inputs(scenario, given, seed=seed), "random"
    each = _each(trials, len(frame))
    found = InputSample.of(scenario, frame, each, design)
    if not found.sound.any():
        raise ValueError(f"under each of the {len(frame):,} samples attacks would never end")
    return found


def _each(trials: int, count: int) -> int:
    """How many of the trials each of so many samples has."""
    each, left = divmod(trials, max(count, 1))
    if not each or left:
        near = max(round(trials / max(count, 1)), 1) * count
        raise ValueError(
            f"{trials:,} trials cannot be shared among {count:,} samples alike: "
            f"ask for {near:,}, or for another number of samples"
        )
    return each


def ranges_of(scenario: Scenario) -> dict[str, Any]:
    """What is believed about each range, by path, if there are any."""
    return {path: json.loads(law) for path, law in scenario._compiled.ranges()}


def laws_of(scenario: Scenario) -> dict[str, Any]:
    """What is believed about each range, by path: one at the least."""
    laws = ranges_of(scenario)
    if not laws:
        raise ValueError(
            "the scenario has no ranges, so that every sample of it is the same: write a range for "
            "what is not known, such as { uniform = [0.05, 0.15] }"
        )
    return laws


def _completed(scenario: Scenario, table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """A column for each range, in order; what the table leaves out is drawn at random."""
    paths = list(laws_of(scenario))
    _known(list(table.columns), paths)
    _check_numbers(table)
    rest = scenario._compiled.draw_inputs(seed, len(table))
    frame = pd.DataFrame(rest, pd.RangeIndex(len(table), name="sample"), paths)
    for path in table.columns:
        frame[path] = table[path].to_numpy(float)
    return frame


def _check_numbers(table: pd.DataFrame) -> None:
    """Refuse a table without a row, and columns in which anything is no number."""
    if table.empty:
        what = "row" if len(table.columns) else "column"
        raise ValueError(f"`samples` is empty, with no {what}: give a row for each sample")
    wrong = []
    for path in table.columns:
        kind = table[path].dtype
        if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind):
            continue
        isnt = [value for value in table[path] if isinstance(value, bool | np.bool_)]
        isnt += [value for value in table[path] if not isinstance(value, Real | np.bool_)]
        if isnt:
            wrong.append(f"`{path}` ({isnt[0]!r})")
    if wrong:
        raise ValueError(
            f"`samples` has values that are no numbers in {', '.join(wrong)}: give numbers, such "
            "as `pandas.to_numeric` makes of texts"
        )


def _known(asked: list[Any], paths: list[str]) -> None:
    for path in asked:
        if path not in paths:
            near = get_close_matches(str(path), paths, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(paths)}"
            raise ValueError(f"the scenario has no range at `{path}`; {hint}")


def uniforms(design: str, ranges: int, count: int, seed: int) -> Array:
    """A design over the unit cube: rows are samples."""
    from scipy.stats import qmc

    generator = np.random.default_rng(seed)
    if design == "latin":
        sampler: Any = qmc.LatinHypercube(ranges, rng=generator)
    elif count & (count - 1):
        near = 2 ** round(math.log2(count))
        raise ValueError(f"a Sobol design needs a power of two of samples, such as {near}")
    else:
        sampler = qmc.Sobol(ranges, rng=generator)
    return np.asarray(sampler.random(count), dtype=float)


def at_uniforms(law: Any, uniforms: Array) -> Array:
    """What numbers from 0 to 1 come to under a law: its quantiles, but for mixtures.

    Raises
    ------
    ValueError
        If one is not from 0 to 1.
    """
    if not ((uniforms >= 0) & (uniforms <= 1)).all():
        raise ValueError("quantiles are numbers from 0 to 1")
    return _core.law_at(json.dumps(law), np.asarray(uniforms, dtype=float))


def correlated(frame: pd.DataFrame, correlation: Correlation) -> pd.DataFrame:
    """The values in other places, so that ranks are correlated as asked."""
    from scipy.stats import norm

    paths = list(dict.fromkeys(path for pair in correlation for path in pair))
    _known(paths, list(frame.columns))
    target = pd.DataFrame(np.eye(len(paths)), paths, paths)
    for (one, other), rank in correlation.items():
        if one == other or not -1 < rank < 1:
            raise ValueError(f"`{one}` and `{other}` cannot have a rank correlation of {rank}")
        # Of the normal numbers that have this correlation of ranks.
        target.loc[one, other] = target.loc[other, one] = 2 * math.sin(math.pi * rank / 6)
    columns = frame[paths].to_numpy()
    order = columns.argsort(axis=0, kind="stable")
    scores = np.empty_like(columns)
    each = norm.ppf(np.arange(1, len(frame) + 1) / (len(frame) + 1))
    np.put_along_axis(scores, order, each[:, np.newaxis], axis=0)
    try:
        theirs = np.linalg.cholesky(np.corrcoef(scores, rowvar=False))
        asked = np.linalg.cholesky(target.to_numpy())
    except np.linalg.LinAlgError as error:
        raise ValueError(
            f"{len(frame)} samples cannot have these correlations: they contradict each other, or "
            f"there are fewer samples than ranges"
        ) from error
    wanted = scores @ np.linalg.inv(theirs).T @ asked.T
    places = wanted.argsort(axis=0, kind="stable")
    moved = np.empty_like(columns)
    np.put_along_axis(moved, places, np.sort(columns, axis=0), axis=0)
    return frame.assign(**dict(zip(paths, moved.T, strict=True)))
