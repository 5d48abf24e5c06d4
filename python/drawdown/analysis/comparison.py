"""What several plans differ in under common random numbers."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal import renamed
from .._internal.attached import attached
from .._internal.checks import named
from .._internal.own import Own
from .._internal.tables import Table, number
from ..languages.figures import localised
from ..languages.speech import listed, say
from ..runs.backend import By
from ..runs.base import by_id, units
from ..runs.criterion import Level
from ..runs.estimates import by_replicate
from ..runs.quantities import MAIN
from ..runs.reduced import SURE
from ..runs.result import Result
from ..runs.run import Run
from ..runs.spoken import spoken
from . import choice, pairs
from .figures import ComparisonPlots
from .statements import Statement

_Values = NDArray[np.float64]
_Statistics = Callable[[_Values, _Values, str], dict[str, float]]
_COLUMNS = ["mean", "difference", "standard_error", "low", "high"]

# The name of the plan in which nobody leaves.
STAY = "stay"


class Comparison(Result):
    """Several runs under the same seed, and what they differ in; `compare` makes one.

    A difference is a plan's value less the baseline's in the same trial. Trials in which either
    has no value (a finish that the horizon forestalls) have no difference; in shares of trials
    they count all the same: what is not reached is later than anything that is. What a plan does
    not have, such as attacks on the way where nobody leaves, has no share. Intervals hold
    the mean of the differences in 95 cases of 100, one measure at a time, and need some hundred
    trials.

    Attributes
    ----------
    runs : dict of str to Run
        By name of the plan.
    baseline : str
        The plan that the others are compared with unless another is asked for.
    """

    runs: Own[dict[str, Run]] = Own()

    _NOTES = "compared-notes"

    def __init__(self, runs: Mapping[str, Run], baseline: str | None = None) -> None:
        self.runs = dict(named("runs", runs, '{"firm": run, "120 days": other}'))
        self.baseline = known(baseline or next(iter(self.runs), ""), self.runs)
        for what in ("seed", "version"):
            found = {name: run.origin[what] for name, run in self.runs.items()}
            if len(set(found.values())) > 1:
                raise ValueError(f"runs of one {what} can be compared trial by trial, not {found}")
        firsts = {name: run.trial_numbers.start for name, run in self.runs.items()}
        if len(set(firsts.values())) > 1:
            raise ValueError(
                f"runs of the same trials can be compared trial by trial, and not shards that "
                f"begin elsewhere: {firsts}"
            )
        kinds = {name: run.origin.get("variance", "plain") for name, run in self.runs.items()}
        if len(set(kinds.values())) > 1:
            raise ValueError(
                f"runs of one `variance` meet common random numbers, and not {kinds}: simulate all "
                f"plans with the same"
            )
        if len({run.origin.get("particles_hash") for run in self.runs.values()}) > 1:
            raise ValueError(
                "runs from the same particles can be compared trial by trial, not others: `update` "
                "the plans together"
            )

    def table(self, by: By | None = None, *, baseline: str | None = None) -> pd.DataFrame:
        """Tabulate every plan's mean, and how it differs from the baseline.

        Parameters
        ----------
        by : {"site", "contingent", "threat", "phase", "gate", "state", ...}, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; left out, the whole theatre.
        baseline : str, optional
            The plan to compare with.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` (the main ones first), `by` and ``plan``. Columns are ``unit``;
            the ``mean`` of the plan over the trials that have a value; the mean ``difference``
            to the baseline over the ``pairs`` of trials in which both have one, its
            ``standard_error`` and 95 % interval from ``low`` to ``high``; and the shares of
            trials in which the plan has a ``lower``, an ``equal`` or a ``higher`` value than the
            baseline. What the baseline does not have, such as a phase, has nothing to compare
            with: no pairs.

        Raises
        ------
        ValueError
            If there is no such breakdown or plan.
        """
        samples = self.runs[self.baseline].samples
        contrast = partial(pairs.contrast, each=samples.each if samples else 1)
        table = self._rows(contrast, by, baseline).astype({"pairs": int})
        if self._is_reduced:
            self._by_replicate(table, by, baseline)
        return table

    def differences(
        self, measure: str, by: By | None = None, *, baseline: str | None = None
    ) -> pd.DataFrame:
        """Give the differences of a measure to the baseline in every trial.

        Parameters
        ----------
        measure : str
            A measure, such as ``"attacks"``.
        by : str, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; left out, the whole theatre.
        baseline : str, optional
            The plan to compare with.

        Returns
        -------
        DataFrame
            A row for each trial, a column for each plan but the baseline; with `by`, for each
            ``plan`` and id that the baseline has too. Missing where either plan has no value, or
            was interrupted before that trial.

        Raises
        ------
        ValueError
            If there is no such measure, breakdown or plan.
        """
        baseline = known(baseline or self.baseline, self.runs)
        base = by_id(self.runs[baseline], measure, by)
        columns = {
            (plan, name): pd.Series(column) - pd.Series(base[name])
            for plan, run in self.runs.items()
            if plan != baseline
            for name, column in by_id(run, measure, by).items()
            if name in base
        }
        frame = pd.DataFrame(columns).rename_axis(index="trial")
        frame.columns = pd.MultiIndex.from_tuples(columns, names=["plan", by])
        return frame if by else frame.droplevel(1, axis=1)

    def variance_reduction(
        self, by: By | None = None, *, baseline: str | None = None
    ) -> pd.DataFrame:
        """Tabulate what common random numbers save: how much less differences scatter.

        Parameters
        ----------
        by : str, optional
            A breakdown, such as ``"site"``, as `Run.summary` takes it; left out, the whole theatre.
        baseline : str, optional
            The plan to compare with.

        Returns
        -------
        DataFrame
            Indexed as `table`, without the baseline. ``paired_variance`` is that of the
            difference in a trial, ``independent_variance`` what it would be under two seeds (the
            sum of the variances of the two plans), ``ratio`` the one by the other: the share of
            trials that it takes for the same standard error. Missing where nothing varies.
            ``differ`` is the share of trials in which the plans differ at all, ``pairs`` the
            number of trials in which both have a value.

        Raises
        ------
        ValueError
            If there is no such breakdown or plan.
        """
        table = self._rows(pairs.variances, by, baseline).drop(columns="unit")
        others = table.index.get_level_values("plan") != (baseline or self.baseline)
        return table[others].astype({"pairs": int})

    def frontier(self, measures: Sequence[str] | None = None) -> pd.DataFrame:
        """Find the plans worth considering: those that no other beats in everything.

        Parameters
        ----------
        measures : sequence of str, optional
            Measures of the whole theatre, of which less is better (of a buffer, more); or chances.
            The chance of a limit to keep, such as ``"finish_days <= 2026-12-31"``, is better the
            greater it is; that of breaking one, such as ``"casualties > 1000"``, the smaller. Left
            out, the end of the last phase, casualties, the insurgency at the horizon and the cost,
            as far as a plan has them.

        Returns
        -------
        DataFrame
            Indexed by ``plan``. For each measure its mean over worlds and the 95 % interval
            (``..._low``, ``..._high``). ``dominated_by`` names the plans that are surely no worse
            in any and better in one (the 95 % interval of each paired difference lies at 0 or
            below, one of them below), ``perhaps_by`` those whose means are so but not surely.

        Notes
        -----
        Here, in `regret` and in `good_enough`, a world is one trial, with its values of the ranges
        and its random events; where trials share parameter samples, it is a sample, with the means
        of its trials. A finish that is not reached counts as reached at the horizon.

        Raises
        ------
        ValueError
            If there is no such measure, or one has no value in some histories of a plan, so that
            its mean is not known: attacks on the way where nobody leaves (compare with
            ``stay=False``), or the slip where a finish is not reached.
        """
        return choice.frontier(self.runs, measures or choice.aims(self.runs))

    def regret(self, measure: str | None = None, percentile: float = 90) -> pd.DataFrame:
        """Tabulate regret: how much worse each plan is than the best one for its world.

        Parameters
        ----------
        measure : str, optional
            A measure or chance, as `frontier` takes it, with the same direction. Left out,
            casualties; where nobody attacks, the first that `frontier` weighs.
        percentile : float
            The percentile of regret to give beside the mean and the maximum.

        Returns
        -------
        DataFrame
            Indexed by ``plan``. Of the regret over worlds (see `frontier`): the ``mean`` and its
            ``standard_error``; the percentile, such as ``p90``, with a 95 % bootstrap interval
            (``..._low``, ``..._high``); the ``max``; and ``best``, the share of worlds in which no
            plan is better.

        Raises
        ------
        ValueError
            As `frontier`, or if the percentile is out of range.
        """
        return choice.regret(self.runs, self.baseline, measure, percentile)

    def good_enough(self, limits: Mapping[str, Level] | Iterable[str]) -> pd.DataFrame:
        """Tabulate in which share of worlds each plan keeps within some limits.

        Parameters
        ----------
        limits : list of str or mapping
            The limits to keep, on what is expected in a world: ``["casualties <= 1000",
            "finish_days <= 2026-12-31"]``; or from measures or chances, as `frontier` takes them,
            to the most that is good enough; of what is better the more it is, such as the chance of
            a limit to keep, to the least: ``{"finish_days <= 2026-12-31": 0.8}``.

        Returns
        -------
        DataFrame
            Indexed by ``plan``: the ``share`` of worlds (see `frontier`) in which all limits are
            kept, its exact 95 % interval (``low``, ``high``), and that of each limit alone.

        Raises
        ------
        ValueError
            As `frontier`, or if there is no limit, or none that could be broken: a mean finish
            that counts what is not reached as at the horizon is no later than that.
        """
        return choice.good_enough(self.runs, limits)

    def conclusions(self, statements: Mapping[str, Statement] | Iterable[Statement]) -> Any:
        """Test which conclusions survive all that is not known, and where the others break.

        Parameters
        ----------
        statements : mapping or iterable
            The statements to test, under names or without. Each is about what is expected in a
            world: of a plan, ``("firm", "casualties <= 1000")`` or ``("firm", "casualties", "<=",
            1_000)``; of a chance, ``("firm", "finish_days > 2026-12-31", "<", 0.5)``; of two under
            common random numbers, ``("firm", "casualties", "<", "stay")``; or a function of
            `Worlds` that gives a truth for each.

        Returns
        -------
        Conclusions
            In which share of worlds each holds, whether it survives, and in which worlds it does
            not.

        Raises
        ------
        ValueError
            If there is no statement, one is not understood, or plans have not met the same worlds.
        """
        return attached(self, "conclusions")(self, statements)

    def finish_dates(self) -> pd.DataFrame:
        """Tabulate `Run.finish_dates` of every plan; ``plan`` is the last level of the index."""
        frames = {name: run.finish_dates() for name, run in self.runs.items()}
        frame = pd.concat(frames, names=["plan"]).reorder_levels(["of", "id", "plan"])
        rows, _ = pd.factorize(frame.reset_index("plan").index)
        return frame.iloc[np.argsort(rows, kind="stable")]

    # Its name before 0.2; it works until 0.3.
    dates = renamed.method("dates", "finish_dates")

    @property
    def plot(self) -> ComparisonPlots:
        """Figures: ``comparison.plot()`` draws the differences, `ComparisonPlots` has the list."""
        return ComparisonPlots(self)

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write tables and figures, and every run, to a folder, which is made if need be.

        These are ``comparison.csv`` (the `table`), ``variance_reduction.csv``, ``dates.csv``,
        ``differences.png``, ``plans.png``, ``manifest.json``, and in a folder for each plan what
        `Run.write` writes. As there, only files of an earlier exported comparison are replaced.

        Raises
        ------
        OSError
            If a file cannot be written.
        ValueError
            If one of the folders holds something by one of these names that is not an earlier
            export's, as it was written.
        """
        attached(self, "write")(self, Path(folder))

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        trials = "/".join(dict.fromkeys(f"{run.trials:,}" for run in self.runs.values()))
        origin = self.runs[self.baseline].origin
        parts = [
            say("origin-line-trials", trials=localised(trials)),
            say("origin-line-seed", seed=str(origin["seed"])),
            f"drawdown {origin['version']}",
        ]
        if self._is_reduced:
            parts.insert(0, say("origin-line-reduced"))
        return " · ".join([listed(map(plan_name, self.runs)), *parts])

    @property
    def title(self) -> str:
        """What the result is about, as a heading."""
        return say("compared-title")

    @property
    def notes(self) -> str:
        """How to read the tables, and what to mind."""
        found = super().notes
        if any("particles_hash" in run.origin for run in self.runs.values()):
            return f"{found}{say('compared-particles')}\n"
        return found

    @property
    def _is_reduced(self) -> bool:
        """Whether the runs have less variance."""
        return "variance" in self.runs[self.baseline].origin

    def _by_replicate(self, table: pd.DataFrame, by: By | None, baseline: str | None) -> None:
        """Put means and differences of runs with less variance, and their errors, into a table."""
        base = self.runs[known(baseline or self.baseline, self.runs)]
        rows = {}
        for measure, (plan, run) in product(units(base, by), self.runs.items()):
            for name, told in by_replicate(run, base, measure, by).items():
                less, error = told.difference, told.difference_error
                # That the baseline does not differ from itself stays as it is.
                if run is base:
                    less, error = math.nan, math.nan
                ends = (less - SURE * error, less + SURE * error)
                key = (measure, name, plan) if by else (measure, plan)
                rows[key] = (told.mean, less, error, *ends)
        index = pd.MultiIndex.from_tuples(rows, names=table.index.names)
        table.update(pd.DataFrame(list(rows.values()), index, _COLUMNS))

    def _rows(self, statistics: _Statistics, by: By | None, baseline: str | None) -> pd.DataFrame:
        """One row for each measure, id and plan."""
        base = self.runs[known(baseline or self.baseline, self.runs)]
        rows = {}
        for measure, unit in units(base, by).items():
            columns = {plan: by_id(run, measure, by) for plan, run in self.runs.items()}
            theirs = by_id(base, measure, by)
            for name in dict.fromkeys(name for found in columns.values() for name in found):
                for plan in (plan for plan, found in columns.items() if name in found):
                    column = columns[plan][name]
                    same = self.runs[plan] is base
                    against = column if same else theirs.get(name, np.empty(0))
                    about = statistics(column, against, measure)
                    rows[measure, name, plan] = {"unit": unit, **about}
        index = pd.MultiIndex.from_tuples(rows, names=["measure", by, "plan"])
        nothing = np.empty(0)
        names = ["unit", *statistics(nothing, nothing, "")]
        frame = pd.DataFrame(list(rows.values()), index, names)
        return frame if by else frame.droplevel(1)

    def _tables(self) -> list[Table]:
        """One for each plan, of the main measures."""
        there = spoken(MAIN, *self.runs.values())
        table = self.table().loc[lambda table: table.index.get_level_values(0).isin(there)]
        found = table.reset_index().to_dict("records")
        base = {row["measure"]: row["mean"] for row in found if row["plan"] == self.baseline}
        shown = []
        for plan in (plan for plan in self.runs if plan != self.baseline):
            rows = []
            for row in (row for row in found if row["plan"] == plan):
                numbers = [base[row["measure"]], *(row[name] for name in _COLUMNS)]
                shares = [f"{100 * row[side]:.1f}" for side in ("lower", "equal", "higher")]
                rows.append([str(row["measure"]), *map(number, numbers), *shares])
            numbers = ["difference", "±", "low", "high", "less %", "same %", "more %"]
            shown.append(Table("measure", [self.baseline, plan, *numbers], rows))
        return shown

    @property
    def _brief(self) -> str:
        return f"{self.origin_line}, against {self.baseline}"


def plan_name(plan: str) -> str:
    """What a plan is called: the one that the library makes has a name in every language."""
    return say("stay") if plan == STAY else plan


def known(name: str, names: Iterable[str]) -> str:
    """`name`, if it is one of the plans."""
    if name not in names:
        raise ValueError(f"there is no plan `{name}`; there are {', '.join(names) or 'none'}")
    return name
