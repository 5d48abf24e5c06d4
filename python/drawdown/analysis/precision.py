"""Running until a result is known well enough."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from .._internal.checks import number as checked
from .._internal.checks import whole
from .._internal.progress import Progress
from .._internal.tables import Table, number
from ..languages.speech import say
from ..runs.criterion import Criterion
from ..runs.estimates import estimated, levels_asked
from ..runs.outcomes import outcomes, unit
from ..runs.reduced import LEAST, SURE, Variance
from ..runs.reduced import checked as kind_of
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, run_one, scenario_of
from ..stats.means import estimate

# Fewer trials give no interval to speak of.
_FIRST = 500


@dataclass(frozen=True, repr=False)
class Converged(Result):
    """A run, and how well it knows what was asked; `simulate_to_precision` makes one.

    Attributes
    ----------
    run : Run
        The run with the most trials.
    reached : bool
        Whether the interval is as narrow as asked.
    value : float
        The mean, or the chance.
    half_width : float
        Half of its 95 % interval; of a chance, whose interval is exact, the longer side of it.
    trials_needed : int
        About how many trials it takes: those that were run, if it is reached.
    measure : str
        What was asked.
    """

    run: Run
    reached: bool
    value: float
    half_width: float
    trials_needed: int
    measure: str

    _TITLE = "known-title"

    def table(self) -> pd.DataFrame:
        """Tabulate what is known of the measure.

        Returns
        -------
        DataFrame
            Indexed by ``measure``: its ``value`` and the ``half_width`` of the 95 % interval, in
            the ``unit`` of the measure; the ``trials`` that were run and whether they were enough
            (``reached``); and ``trials_needed``.
        """
        row = {
            "value": self.value,
            "half_width": self.half_width,
            "unit": unit(self.run, self.measure),
            "trials": self.run.trials,
            "reached": self.reached,
            "trials_needed": self.trials_needed,
        }
        return pd.DataFrame([row], pd.Index([self.measure], name="measure"))

    def _tables(self) -> list[Table]:
        return [Table.of("", self.table())]

    @property
    def notes(self) -> str:
        """Whether it is known as well as was asked, and what that would take."""
        known = say("known-enough")
        if not self.reached:
            known = say("known-not", trials=self.trials_needed)
        return say("known-less", known=known) if "variance" in self.run.origin else known

    @property
    def _first(self) -> Run:
        return self.run

    @property
    def _brief(self) -> str:
        known = f"{number(self.value)} ± {number(self.half_width)}"
        reached = "reached" if self.reached else "not reached"
        return f"{self.measure}: {known}, {reached}; {self.origin_line}"


def simulate_to_precision(
    scenario: Given,
    measure: str,
    within: float,
    *,
    above: float | None = None,
    relative: bool = False,
    most_trials: int = 100_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
    variance: Variance = "plain",
) -> Converged:
    """Simulate until a measure is known to a given precision, or say what that would take.

    Trials are doubled, as far as `most_trials`, until half of the 95 % interval is at most
    `within`. As the width is looked at and not the value, stopping so does not bend the result to
    speak of.

    Parameters
    ----------
    scenario, seed, threads, progress
        What to simulate, and the seed, threads and progress bar, as `simulate` takes them.
    measure : str
        What is asked, as for `drivers`: an expected value, such as ``"casualties"``, or the chance
        of a criterion, such as ``"casualties > 1000"``. A mean of ``"finish_days"`` counts what is
        not reached as reached at the horizon.
    within : float
        The half-width to reach: in the unit of the measure, or as a share of its mean if
        `relative`; a chance if one is asked for.
    above : float, optional
        Ask for the chance that the measure is above this, and not for its mean. What is not
        reached counts as above. The same as ``f"{measure} > {above}"``.
    relative : bool
        Whether `within` is a share of the value.
    most_trials : int
        How many trials to run at most.
    variance : {"plain", "reduced"}
        Whether trials are independent, or such as tell means with less error, as `simulate` has
        it: it most often takes fewer of them, and the notes of the result say so.

    Notes
    -----
    A mean of what was the same in all of the first 500 trials counts as known. Of something that
    may be rare, ask for the chance: its interval allows for what has not been met yet.

    Returns
    -------
    Converged
        The run, the value and its interval. Where it is not reached, ``trials_needed`` says what
        the scatter so far lets expect.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    ValueError
        If there is no such measure, its mean is not known because it is missing in some trials,
        or a number is out of range.
    """
    scenario = scenario_of(scenario)
    if not checked("within", within) > 0:
        raise ValueError(f"`within` must be above 0, not {within}")
    asked = Criterion.to_simulate(measure)
    if above is not None and asked.sign is not None:
        raise ValueError(f"`{measure}` is a chance already: leave out `above`")
    asked = asked if above is None else asked.held(">", above)
    most_trials = whole("most_trials", most_trials, 1, 2**63 - 1)
    if kind_of(variance) == "reduced" and most_trials < LEAST:
        raise ValueError(
            f'with `variance="reduced"` it takes {LEAST} trials or more: `most_trials` is '
            f"{most_trials}"
        )
    settings = Settings.of(min(_FIRST, most_trials), seed, threads, progress)
    levels = levels_asked(asked) if variance == "reduced" else ()
    while True:
        trials = settings.trials
        run = run_one(scenario, settings, variance=variance, levels=levels)
        value, half = _known(run, asked)
        sought = within * abs(value) if relative else within
        needed = _needed(trials, half, sought)
        reached = half <= sought
        if reached or trials >= most_trials:
            needed = trials if reached else needed
            return Converged(run, reached, value, half, needed, str(asked))
        # A little more than it should take, but no more than a doubling at a time.
        more = min(max(min(needed, 2 * trials), trials + 1), most_trials)
        settings = replace(settings, trials=more)


def _known(run: Run, asked: Criterion) -> tuple[float, float]:
    """A value, and half of its 95 % interval."""
    if "variance" in run.origin:
        mean, error = estimated(run, asked)
        # Of what was the same in all trials, replicates tell nothing.
        if error > 0:
            return mean, SURE * error
    if asked.sign is None:
        about = estimate(outcomes(run, asked).ravel())
        half = about["high"] - about["mean"]
        return about["mean"], math.inf if math.isnan(half) else half
    chance = asked.chance(run)
    return chance.share, max(chance.high - chance.share, chance.share - chance.low)


def _needed(trials: int, half: float, asked: float) -> int:
    """The error falls as one by the square root of the trials."""
    if asked == 0 or not np.isfinite(half):
        return 2 * trials
    return math.ceil(trials * (half / asked) ** 2 * 1.05)
