"""The histories of a batch, and where they come from: what all numbers of a run are made of."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal import renamed
from .._internal.checks import text
from ..languages.speech import listed, said_or, say
from ..scenario.scenario import Scenario
from .backend import By, Measure, Results
from .quantities import MAIN, in_money
from .reduced import ready
from .samples import InputSample

if TYPE_CHECKING:
    # Not beyond this: of an object with a property that gives a Literal, jedi completes nothing.
    from .backend import Keep


class Histories:
    """What was recorded of a batch: `Run` is this with all that can be asked of it.

    Attributes
    ----------
    samples : InputSample or None
        The parameter samples that trials share; None where each has its own.
    """

    def __init__(
        self,
        results: Results,
        scenario: Scenario,
        measures: list[Measure] | None = None,
        samples: InputSample | None = None,
    ) -> None:
        self._results = results
        measures = _core.measures() if measures is None else measures
        self._measures = in_money(measures, scenario)
        self._scenario = scenario
        self.samples = samples

    @property
    def scenario(self) -> Scenario:
        """What was simulated."""
        return self._scenario

    # Its name before 0.2; it works until 0.3.
    draws = renamed.attribute("draws", "samples")

    @property
    def trials(self) -> int:
        """Trials run: fewer than were asked for if the run was interrupted."""
        return self._results.trials

    @property
    def trial_numbers(self) -> range:
        """The numbers of the trials run: from 0, unless the run is a shard of a larger one."""
        first = self._results.origin().get("first_trial", 0)
        return range(first, first + self.trials)

    @property
    def keep(self) -> Keep:
        """What was kept: ``"trials"``, every one, or a ``"summary"``; see `simulate`."""
        return self._results.keep

    @property
    def seed(self) -> int:
        """The seed, drawn or given."""
        return self._results.origin()["seed"]

    @property
    def origin(self) -> dict[str, Any]:
        """Where the results come from.

        Keys are ``title`` and ``scenario_hash`` of the scenario, ``seed``, ``trials_asked``,
        ``trials_run``, ``trials_capped`` (stopped at the limit of attacks) and ``version``; of a
        shard also ``first_trial``, the number of its first; ``policies``, where any of the
        program's own took part; where trials share parameter samples, also ``draws_asked``,
        ``draws_refused``, ``trials_per_draw``, ``design`` and ``inputs_hash`` (of the values); of
        a run with less variance, ``variance``: ``"reduced"``, and the ``levels`` of casualties that
        it was asked about, if any.
        """
        return dict(self._results.origin()) | (self.samples.origin if self.samples else {})

    @property
    def origin_line(self) -> str:
        """The same in one line."""
        origin = self._results.origin()
        ran, asked = origin["trials_run"], origin["trials_asked"]
        trials = say("origin-line-trials", trials=ran)
        if ran < asked:
            trials = say("origin-line-stopped", trials=ran, asked=asked)
        if origin.get("first_trial"):
            numbers = self.trial_numbers
            shard = {"first": numbers.start, "last": numbers.stop - 1}
            trials = say("origin-line-shard", trials=trials, **shard)
        parts = [origin["title"] or say("untitled"), trials]
        if origin["trials_capped"]:
            parts.append(say("origin-line-capped", trials=origin["trials_capped"]))
        if self.samples:
            parts.append(
                say(
                    "origin-line-samples",
                    samples=str(len(self.samples.values)),
                    design=said_or(f"design-{self.samples.design}", str(self.samples.design)),
                    refused=len(self.samples.refused),
                )
            )
        if "variance" in origin:
            parts.append(say("origin-line-reduced"))
        if "policies" in origin:
            parts.append(say("origin-line-policy", policies=listed(origin["policies"])))
        parts.append(say("origin-line-seed", seed=str(origin["seed"])))
        parts.append(f"drawdown {origin['version']}")
        parts.append(say("origin-line-scenario", hash=origin["scenario_hash"][:12]))
        return " · ".join(parts)

    @property
    def _ready(self) -> Scenario:
        """The scenario as its trials were run, with the values that its ranges had."""
        origin = self._results.origin()
        kind, levels = origin.get("variance"), origin.get("levels", ())
        return ready(self.scenario, self.samples, kind, levels)

    @property
    def _each(self) -> int:
        """How many trials in a row share a parameter sample."""
        return self.samples.each if self.samples else 1

    @overload
    def values(self, name: str, by: None = None) -> NDArray[np.float64]: ...

    @overload
    def values(self, name: str, by: By) -> pd.DataFrame: ...

    def values(self, name: str, by: By | None = None) -> NDArray[np.float64] | pd.DataFrame:
        """Give the values of one measure in every trial.

        Parameters
        ----------
        name : str
            A measure, such as ``"attacks"``.
        by : str, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; left out, the whole theatre.

        Returns
        -------
        ndarray or DataFrame
            Of the whole theatre an array of shape ``(trials,)``. With `by` a table: a row for each
            ``trial`` and a column for each id, in the order of ``ids(by)``. Days are counted from
            the start; NaN means not reached.

        Raises
        ------
        ValueError
            If there is no such measure, or only a summary was kept.
        """
        found = self._array(name, by)
        if by is None:
            return found
        trials = pd.RangeIndex.from_range(self.trial_numbers, name="trial")
        return pd.DataFrame(found, trials, pd.Index(self.ids(by), dtype=object, name=by))

    def _array(self, name: str, by: By | None = None) -> NDArray[np.float64]:
        """The same as an array: of shape ``(trials,)``, or ``(trials, ids)``."""
        self._need_trials("values")
        values = self._results.values(text("name", name, "attacks"), breakdown(by))
        return values[:, 0] if by is None else values

    @property
    def inputs(self) -> pd.DataFrame:
        """The values drawn for the uncertain numbers of the scenario.

        One row for each trial and one column for each range, by dotted path. Beside `values`
        they show which assumption drives a result.

        Raises
        ------
        ValueError
            If only a summary was kept.
        """
        self._need_trials("inputs")
        return self._inputs.copy()

    @cached_property
    def _inputs(self) -> pd.DataFrame:
        trials = pd.RangeIndex.from_range(self.trial_numbers, name="trial")
        return pd.DataFrame(self._results.inputs(), trials, self._results.input_paths())

    def _need_trials(self, what: str) -> None:
        if self.keep != "trials":
            raise ValueError(
                f"`{what}` needs the values of every trial, and only a summary of "
                f"{self.trials:,} trials was kept; simulate with keep='trials' to have them"
            )

    def distribution(self, name: str, by: By | None = None) -> pd.DataFrame:
        """Count the trials that had each value of one measure.

        Parameters
        ----------
        name : str
            A measure, such as ``"attacks"``.
        by : str, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; left out, the whole theatre.

        Returns
        -------
        DataFrame
            Columns are `by`, if it is given, the ``level`` (ascending; NaN, at the end: not
            reached) and the number of ``trials``. Where only a summary was kept, levels are
            rounded down as `simulate` says.

        Raises
        ------
        ValueError
            If there is no such measure.
        """
        place, level, trials = self._results.distribution(
            text("name", name, "attacks"), breakdown(by)
        ).T
        frame = pd.DataFrame({"level": level, "trials": trials.astype(np.int64)})
        if by is not None:
            frame.insert(0, by, np.array(self.ids(by), dtype=object)[place.astype(int)])
        return frame

    def ids(self, by: By) -> list[str]:
        """List the ids of a breakdown, such as ``"site"``, in the order of columns of `values`."""
        return self._results.ids(text("by", by, "site"))


def breakdown(by: By | None) -> str:
    """A breakdown as the results know it."""
    return "" if by is None else text("by", by, "site")


def measure(
    name: str, value: str, by: By | None = None, measures: Iterable[Measure] | None = None
) -> str:
    """`value`, given as `name`, if there is such a measure of a breakdown.

    Of all `measures` that there are, whatever is simulated, unless those of a run are given.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If there is none, or no such breakdown.
    """
    measures = list(_core.measures() if measures is None else measures)
    known = [measure for measure, of, *_ in measures if of == (by or "")]
    if not known:
        kinds = list(dict.fromkeys(of for _, of, *_ in measures if of))
        near = nearest(str(by), kinds)
        raise ValueError(f"no breakdown by `{by}`; {near}there are {', '.join(kinds)}")
    if text(name, value, "casualties") not in known:
        near = nearest(value, known)
        raise ValueError(f"there is no measure `{value}`; {near}there are {', '.join(known)}")
    return value


def nearest(name: str, known: Iterable[str]) -> str:
    """What was perhaps meant, as the beginning of a sentence; empty if nothing is near."""
    near = get_close_matches(name, list(known), 1)
    return f"did you mean `{near[0]}`? " if near else ""


def horizon(run: Histories) -> float:
    """In days from the start: until then a history is followed."""
    return float((run.scenario.horizon - run.scenario.start).days)


def by_id(run: Histories, measure: str, by: By | None) -> dict[str, NDArray[np.float64]]:
    """A measure in every history, by id of the breakdown; of the whole theatre, under ""."""
    if by is None:
        return {"": run.values(measure)}
    return dict(zip(run.ids(by), run._array(measure, by).T, strict=True))


def units(run: Histories, by: By | None = None) -> dict[str, str]:
    """The unit of every measure of a breakdown, the main ones first.

    Raises
    ------
    TypeError
        If `by` is no text.
    ValueError
        If there is no such breakdown; the message says which there are.
    """
    if by is not None:
        run._results.ids(text("by", by, "site"))
    known = {name: unit for name, of, unit, _ in run._measures if of == (by or "")}
    first = [name for name in MAIN if name in known]
    return {name: known[name] for name in dict.fromkeys([*first, *known])}
