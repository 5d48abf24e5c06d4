"""The results of a batch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from numpy.typing import ArrayLike

from .. import _core
from .._internal import renamed
from .._internal.attached import attached
from .._internal.checks import whole
from .._internal.folders import FEW
from .._internal.progress import Progress
from .._internal.tables import Table
from ..scenario.scenario import Scenario
from . import archive, dataset, statistics, tables, variance
from .backend import By
from .base import Histories
from .events import EventLog
from .figures import Plots
from .losses import Kind, Tail, exceedance, tail
from .result import Result
from .trial import Trial

if TYPE_CHECKING:
    import xarray as xr


class Run(Histories, Result):
    """The results of a batch; `simulate` makes one, and `load` reads a saved one.

    A quantile is the least value that at least that share of all trials do not exceed; a date
    that is not reached before the horizon counts as later than any, and shows as missing.

    Where histories share parameter samples they are not independent. Standard errors of `summary`,
    `finish_dates` and `exceedance` are then those between samples; `tail`, or a summary that was
    kept, gives none, and intervals of chances from a summary take all histories of a sample to be
    alike.

    Attributes
    ----------
    samples : InputSample or None
        The parameter samples that trials share; None where each has its own.
    """

    @property
    def title(self) -> str:
        """That of the scenario."""
        return self.scenario.title or "Untitled"

    @property
    def notes(self) -> str:
        """How to read the tables, and what is not in them."""
        return tables.notes(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """What is shown of a run: `finish_dates`, where anybody is to leave, and the `summary`."""
        dates = {"finish_dates": self.finish_dates()} if tables.leaves(self) else {}
        return {**dates, "summary": self.summary()}

    def summary(self, by: By | None = None) -> pd.DataFrame:
        """Summarise every measure over trials: mean, standard error and quantiles.

        Parameters
        ----------
        by : {"site", "contingent", "threat", "phase", "gate", "state", "mode", "month"}, optional
            What to break the measures down by; left out, they are those of the whole theatre.
            Attacks by phase are those from its start to its finish (or the horizon), none if it
            never began; phases may overlap, so these do not add up to the whole. Months are those
            of the calendar, such as ``2024-10``, the first and the last perhaps in part.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` (and `by`): every measure, while printing the run leaves out
            those that are 0, or missing, in every trial. Columns are ``unit``, ``mean`` and its
            ``standard_error`` over the trials that have a value, ``p10``, ``p50``, ``p80`` and
            ``p90`` over all trials, and the number of trials ``missing``. Empty where the scenario
            has nothing of that breakdown.

            Days, person-days, shares and costs are rounded in each trial to a multiple of 2**-20
            of their unit (0.08 s of a day); sums over trials are exact whole numbers of it.

        Raises
        ------
        ValueError
            If there is no such breakdown.
        """
        return statistics.summary(self, by)

    def finish_dates(self) -> pd.DataFrame:
        """Tabulate when each phase, site and contingent is finished, and how surely.

        Returns
        -------
        DataFrame
            Indexed by ``of`` (``overall``, ``phase``, ``site``, ``contingent``) and ``id``.
            Columns are the ``announced`` date and the dates ``p10``, ``p50``, ``p80``, ``p90`` by
            which it is finished in that share of trials (datetime64; NaT: not before the
            horizon); ``chance_met``, the share of all trials that finish on or before the
            announced day, its standard error ``chance_met_se`` (missing where none does, or all)
            and its 95 % interval (``chance_met_low``, ``chance_met_high``, as in `exceedance`);
            ``mean_slip_days``, finish
            less announced finish over the trials that finish; ``unfinished``, the share of trials
            that do not; ``people_left``, the mean number of people still there at the horizon
            (finished does not mean empty where a residual stays); ``expelled``, the share of all
            trials in which it is finished once the host has told the troops to leave, which may
            be on or before the announced day and is no promise kept (missing where only a summary
            was kept). What the plan does not finish has no row.
        """
        return statistics.dates(self)

    # Its name before 0.2; it works until 0.3.
    dates = renamed.method("dates", "finish_dates")

    def variance(self, by: By | None = None) -> pd.DataFrame:
        """Split the variance of every measure into an epistemic and an aleatory part.

        Parameters
        ----------
        by : str, optional
            A breakdown, such as ``"site"``, as `summary` takes it; left out, the whole theatre.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` (and `by`). Columns are ``unit``; the ``mean`` and its
            ``standard_error``, both over samples; ``epistemic``, the variance of what is expected
            under a parameter sample, which better knowledge would take away; ``aleatory``, the mean
            variance under one sample, which is there even if everything is known; the epistemic
            ``share`` of both; a standard error of each (``..._se``: jackknife over samples, which
            is too large for a Latin hypercube or Sobol design); and ``missing``, the values that
            the horizon forestalls: with any of them nothing is said.

        Notes
        -----
        The epistemic part is a difference of two estimates (the variance between samples, less what
        chance within them puts there), so that it and its share may come out below 0, and do so
        where the epistemic part is small beside the aleatory one or samples are few. That is noise
        around 0, of the size of its standard error, and is left as it is: cut off at 0, the mean
        over many such studies would be too high.

        Raises
        ------
        ValueError
            If trials do not share samples, there are fewer than three or fewer than two histories
            to each, or only a summary was kept.
        """
        return variance.variance(self, by)

    def by_sample(self, measure: str) -> pd.DataFrame:
        """Tabulate what is expected of a measure under each parameter sample.

        Returns
        -------
        DataFrame
            Indexed by ``sample``, its number among those asked for. Columns are the ``mean`` over
            its histories and the ``standard_error`` of that, and how many of them have no value
            (``missing``) or were ``capped``. Join ``run.samples.values`` to see what drives it.

        Raises
        ------
        ValueError
            As for `variance`.
        """
        return variance.by_sample(self, measure)

    # Its name before 0.2; it works until 0.3.
    by_draw = renamed.method("by_draw", "by_sample")

    def drivers(self, measures: Sequence[str] | None = None) -> Any:
        """Find which ranges drive the results, from the trials that have been run.

        Parameters
        ----------
        measures : sequence of str, optional
            The measures to explain, as `drawdown.drivers` takes them.

        Returns
        -------
        Drivers
            First-order indices with 95 % intervals, and rank correlations. Where histories share
            samples, of the variance of what is expected, chance taken out; where each trial has its
            own sample, of all variance. A run with less variance tells them more surely. What
            ranges do together is not told: that takes `drawdown.drivers`.

        Raises
        ------
        ValueError
            If there is no such measure, the scenario has no ranges, there are fewer than 20
            samples, or only a summary was kept.
        """
        return attached(self, "drivers")(self, measures)

    def exceedance(
        self,
        measure: str = "killed",
        kind: Kind = "aggregate",
        *,
        levels: ArrayLike | None = None,
    ) -> pd.DataFrame:
        """Tabulate the exceedance probability of a measure: how surely it reaches each level.

        The exceedance probability of a level is the share of all trials in which the measure is
        *that much or more*. The aggregate curve (AEP) is about the total of a trial, from the
        start to the horizon; the occurrence curve (OEP) about the worst single attack of a trial.

        Parameters
        ----------
        measure : str
            A measure of the whole theatre; ``"casualties"`` are wounded and killed together.
        kind : {"aggregate", "occurrence"}
            Totals of trials, or their worst attacks, which are known for ``"wounded"``,
            ``"killed"`` and ``"casualties"``.
        levels : array_like, optional
            Levels to ask about; left out, every value that occurred.

        Returns
        -------
        DataFrame
            Indexed by ``level``, ascending. Columns are ``probability``; its ``standard_error``,
            missing where no trial or every trial got there; its 95 % interval (``low``,
            ``high``; Clopper & Pearson 1934, and by the parameter samples where trials share
            them), for one level at a time; and ``return_period_horizons``, 1 / probability: how
            many times the span from the start to the horizon it takes, on average, to meet that
            level once, with its interval (``return_period_low``, ``return_period_high``). Where
            no trial got there the period is missing and only its lower end is known: it is more
            than that; the upper end is then infinite. A level that is not a number (NaN) has no
            probability. A value missing because the horizon came first counts as greater than
            any.

        Raises
        ------
        ValueError
            If there is no such measure, it is not known by attack, or there is none in this plan
            (attacks on the way where nobody leaves).
        """
        return exceedance(self, measure, kind, levels)

    def tail(self, measure: str = "killed", share: float = 0.05, kind: Kind = "aggregate") -> Tail:
        """Compute the mean of the worst share of trials: the tail value at risk (TVaR).

        Where that share is not a whole number of trials, the trial on its edge counts in part.

        Parameters
        ----------
        measure : str
            A measure of the whole theatre, as `exceedance` takes it. The greatest values are the
            worst.
        share : float
            The share of trials that the tail holds, above 0 and up to 1; 0.05 is one trial of
            twenty.
        kind : {"aggregate", "occurrence"}
            Totals of trials, or their worst attacks, as in `exceedance`.

        Returns
        -------
        Tail
            The ``mean``, its ``standard_error``, and the ``threshold`` at which the tail begins.

        Raises
        ------
        ValueError
            If there is no such measure, it is not known by attack, or the share holds no trial.
        """
        return tail(self, measure, share, kind)

    def weekly(self) -> xr.Dataset:
        """Give what is followed over time, week by week, as a labelled dataset.

        Returns
        -------
        xarray.Dataset
            Over the weekly grid (``week``, datetime64: days 0, 7, ... from the start) the bands
            ``people``, ``people_by_site``, ``attacks_so_far``, ``wounded_so_far``,
            ``killed_so_far`` and, where there is an insurgency, ``weekly_insurgent_strength`` (a
            share of the most it could be) with dimension ``quantile``; their means ``..._mean``;
            ``announced_people`` if every date is kept; and ``tension_share``, the share of trials
            in each state. Each has ``units`` and ``long_name``; the attributes of the whole are
            the `origin`, the seed as a text. What the scenario has nothing of is left out, so that
            it can be stored: ``to_netcdf`` writes netCDF 3 with the libraries of this one, netCDF 4
            with the extra ``netcdf``; ``to_zarr`` takes the extra ``zarr``.
        """
        return dataset.weekly(self._results, self.scenario)

    def dataset(self) -> xr.Dataset:
        """Give all results as a labelled dataset.

        Returns
        -------
        xarray.Dataset
            The measures of every trial, with dimensions ``trial`` and, for those named
            ``..._by_site`` and so on, ``site``, ``contingent``, ``threat``, ``phase``, ``gate``,
            ``state`` or ``month``; and all of `weekly`. Each has ``units`` and ``long_name``; the
            attributes of the whole are the `origin`. What there is nothing of is left out, and it
            can be stored, as there.

        Raises
        ------
        ValueError
            If only a summary was kept; `weekly` is there then too.
        """
        self._need_trials("dataset")
        return dataset.dataset(self._results, self._measures, self.scenario)

    def trial(self, index: int) -> Trial:
        """Simulate trial `index` once more with everything that happened in it.

        The first is 0; of a shard it is that of `trial_numbers`.

        Raises
        ------
        ValueError
            If that trial was not run.
        """
        index = whole("index", index, -(2**63), 2**63 - 1)
        if index < self.trial_numbers.start:
            raise ValueError(f"trial {index} was not run; the first is {self.trial_numbers.start}")
        return Trial(self, self._results, index)

    def events(self, trials: int | Iterable[int] | None = None) -> EventLog:
        """Log what happened in some trials, which are simulated once more when the log is read.

        Parameters
        ----------
        trials : int or iterable of int, optional
            The trials to log, such as ``17`` or ``range(100)``; left out, all.

        Returns
        -------
        EventLog
            The events of each, in that order: a stream for whatever reads Arrow (pyarrow,
            polars, DuckDB), ``.to_pandas()``, ``.to_parquet(path)``.

        Raises
        ------
        ValueError
            If none is asked for, or one that was not run.
        """
        return EventLog(self, trials)

    @property
    def plot(self) -> Plots:
        """Figures, such as ``run.plot.schedule()``; `Plots` has the list."""
        return Plots(self)

    def write(self, folder: str | os.PathLike[str], *, events: int = FEW) -> None:
        """Write tables, figures and their origin to a folder, which is made if need be.

        These are ``summary.csv``; ``summary_by_site.csv`` and so on, for each breakdown of which
        the scenario has any; ``dates.csv``; ``measures.csv`` (the measures of the whole theatre
        in every trial; not there if only a summary was kept); the events of the first trials
        (``events.parquet`` if pyarrow is installed, else ``events.csv``); ``schedule.png``,
        ``finish.png``, ``attacks.png`` and ``exceedance.png``; ``run.npz``, which `load` reads;
        ``scenario.toml`` and ``manifest.json`` (origin, versions of libraries, and the files with
        their SHA-256). Each appears whole or not at all, the manifest last.

        Files of an earlier exported run that are as they were written are replaced, or taken away
        if this run has none of that name. Nothing else is touched: what was not exported, or was
        changed since, is named, and nothing is written.

        Parameters
        ----------
        folder : str or path
            The folder to write to.
        events : int
            How many trials to write the events of. A loaded run of another version has none.

        Raises
        ------
        OSError
            If a file cannot be written.
        ValueError
            If `events` is negative, or the folder holds something by one of these names that is
            not an earlier exported run's, as it was written.
        """
        attached(self, "write")(self, Path(folder), events)

    def report(
        self,
        path: str | os.PathLike[str],
        also: Iterable[object] = (),
        *,
        trials: int = 1_000,
        live: bool | Iterable[str] | Mapping[str, tuple[float, float]] = False,
        progress: Progress = None,
        language: str = "en",
    ) -> None:
        """Write one HTML page on the run, which opens offline and is fit to be printed.

        It has the plan in words, dates, losses, a paired comparison with staying, the pause
        trade-off where the plan allows pauses, date and losses together, the worst point of the
        drawdown, all assumptions with what they rest on, a checklist of a schedule risk analysis
        with the evidence for each item or why there is none, and where all of it comes from.
        Everything is in the one file. The same run, with the same results handed in, gives the same
        bytes.

        Parameters
        ----------
        path : str or path
            The file to write, such as ``"brief.html"``; taken as it is, and replaced if it is
            there. A link is followed, and a pipe or a device written to; so with every file that is
            named outright.
        also : iterable of results
            Results that you have already, such as a `Comparison`, `PauseTradeoff`,
            `MinimumAllowance`, `RiskOverTime`, `Explanation` or `Sweep`: each becomes a section and
            evidence for the checklist, and is not computed again.
        trials : int
            How many trials to use, under the run's seed, for what belongs on the page and was not
            handed in: staying, each point of the pause trade-off, and risk.
        live : bool, iterable of str or mapping
            Whether a reader can move numbers of the scenario, and have it simulated again by his
            browser: the page carries the compiled core. ``True`` offers what `explore` offers, of
            which the first ten; paths, or paths with the ends of their sliders, offer these.
            Without scripts it is the page that it is without `live`.
        progress : bool or callable, optional
            Whether to show a progress bar, or a function to tell, as `simulate` takes it.
        language : {"en", "fr", "ar"}
            In what language the page is: English, French or Arabic. What is not translated, such
            as what a default rests on, is in English and marked as that; titles, sources and notes
            stay as the scenario has them. Speakers have not reviewed the translations, and the page
            says so.

        Raises
        ------
        OSError
            If the file cannot be written, before anything is computed.
        TypeError
            If something handed in is no such result.
        ValueError
            If `trials` is below 2, or there is no such `language`; or if the page is to be live,
            and a number cannot be moved, more than ten are named, or trials share parameter samples
            that were given.
        FileNotFoundError
            If the page is to be live, and this build of the package lacks the core for browsers.
        Interrupted
            On Ctrl-C; no page is written.
        """
        attached(self, "report")(self, Path(path), also, trials, live, progress, language)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Save the run to one file, which appears whole or not at all; `load` reads it.

        A loaded run gives the same tables, datasets and figures, and replays trials. The file is
        a ``.npz`` of NumPy: without this library, ``numpy.load`` gives the values of every trial
        (or the distributions, if only a summary was kept) and the weekly bands, and any unzip
        ``scenario.toml`` and ``run.json``.

        Parameters
        ----------
        path : str or path
            The file to write, such as ``"iraq.npz"``; taken as it is.

        Raises
        ------
        OSError
            If the file cannot be written.
        """
        archive.save(self, Path(path))

    def to_bytes(self) -> bytes:
        """Give the run in the form of Rust programs: their `Run::from_bytes` reads it.

        Returns
        -------
        bytes
            What `Run::to_bytes` gives there. It is read by the same version on the same build.

        Raises
        ------
        ValueError
            If trials share parameter samples, which the form has no place for; or if the run was
            saved by another version, or without its weekly histograms.
        """
        found: bytes = attached(self, "to_bytes")(self)
        return found

    @classmethod
    def from_bytes(cls, content: bytes) -> Run:
        """Read what a Rust program wrote of a run by `Run::to_bytes`.

        Parameters
        ----------
        content : bytes
            What it wrote.

        Returns
        -------
        Run
            The run: a shard of it can be merged with others.

        Raises
        ------
        ValueError
            If it is no such thing, or damaged, or of another version or build.
        """
        core = _core.Run.from_bytes(bytes(content))
        return cls(core, Scenario.from_toml(core.scenario_toml()))

    def __reduce__(self) -> tuple[Any, ...]:
        # As if it were saved and loaded: the core's results stay in their process.

        return _unpacked, (archive.packed(self),)

    def _tables(self) -> list[Table]:
        """Of dates, if there are any, and of measures."""
        dates = [tables.dates(self)] if tables.leaves(self) else []
        reached = [tables.reached(self)] if self.origin.get("levels") else []
        return [*dates, tables.summary(self), *reached]


def load(path: str | os.PathLike[str]) -> Run:
    """Read a run that `Run.save` wrote.

    It gives the same tables, datasets and figures as when it was saved. `Run.trial` and
    `Run.events` simulate the trials asked for once more.

    Parameters
    ----------
    path : str or path
        The file to read.

    Returns
    -------
    Run
        The run.

    Warns
    -----
    UserWarning
        If another version of the library made the run: the results are as they were, but no
        trial can be replayed.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If the file is not a saved run, is damaged or was changed in any part, or has a format that
        this version does not read.
    ScenarioError
        If this version does not accept the scenario of another.
    """
    return Run(*archive.load(path))


def _unpacked(content: bytes) -> Run:
    return Run(*archive.unpacked(content))
