"""A run brought up to what has been observed, by a particle filter."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.attached import attached
from .._internal.checks import number, whole
from .._internal.own import Own
from .._internal.progress import Progress, telling
from .._internal.tables import counted
from ..errors import CollapseError
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.result import Result
from ..runs.run import Run
from ..runs.samples import InputSample, drawn
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..scenario.scenario import Scenario
from .known import collapsed, core_observations, steps
from .observations import Observations
from .posterior import Posterior
from .seen import check_fitted, counted_twice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Below so many equally weighted particles, or different trials, a result rests on few.
FEW = 100

# Particles under each sample of a posterior that is kept as it is: under fewer, more samples lose
# all of theirs by chance, and oftener those that fit less well.
EACH = 200

# Above this share of lost samples, what is left leans to those that fit well.
LOST = 0.02


class Update(Result):
    """What is to be expected now, given what has been observed; `update` makes one.

    Attributes
    ----------
    run : Run
        The particles after the last observation, each as likely as any other, up to the horizon:
        an ordinary run, whose tables, dates and figures are about what has been and is to come. Of
        several scenarios, that of the first. Its trials cannot be simulated once more, so it has no
        single histories and no events.
    runs : dict of str to Run
        By the name of the scenario.
    log_likelihood : float
        The logarithm of the estimated likelihood of all observations (of the first scenario, as
        all agree so far). The mean of the estimate over seeds is the likelihood; that of its
        logarithm is lower. With `fitted`, the sum of the logarithms of the chances by observation,
        each the mean over samples that all weigh the same: not the likelihood of all together.
    ancestors : ndarray
        By particle: the number of the trial that it began as, whose parameter sample it has.
    """

    _TITLE: ClassVar[str] = "updated-title"

    runs: Own[dict[str, Run]] = Own()
    ancestors: Own[NDArray[np.uint64]] = Own()
    _shared: Own[InputSample | None] = Own()

    def __init__(
        self,
        runs: Mapping[str, Run],
        steps: pd.DataFrame,
        log_likelihood: float,
        ancestors: NDArray[np.uint64],
        shared: InputSample | None = None,
        apart: bool = False,
    ) -> None:
        self.runs = dict(runs)
        self._steps = steps
        self._shared, self._apart = shared, apart
        self.log_likelihood = log_likelihood
        self.ancestors = ancestors

    @property
    def run(self) -> Run:
        """The particles up to the horizon; of several scenarios, of the first."""
        first: Run = next(iter(self.runs.values()))
        return first

    def compare(self, baseline: str | None = None) -> Any:
        """Compare the plans from now on: all go on from the same particles.

        Parameters
        ----------
        baseline : str, optional
            The plan that the others are compared with; left out, the first.

        Returns
        -------
        Comparison
            As of `compare`. What has been up to now is the same under all plans.

        Raises
        ------
        ValueError
            If there is one plan alone, or none of that name.
        """
        if len(self.runs) < 2:
            raise ValueError("there is nothing to compare: `update` several plans by name")
        return attached(self, "compare")(self.runs, baseline)

    def plot(
        self,
        ax: Axes | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw the effective number of particles and the trials that are left, by observation.

        Parameters
        ----------
        ax : Axes, optional
            The axes to draw on; left out, those of a new figure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            Instead of the usual one.

        Returns
        -------
        Axes
            What was drawn on.
        """
        return self._drawn_on_one(ax, figsize, title)

    def table(self) -> pd.DataFrame:
        """Tabulate each observation, what was simulated, and what is left of the particles.

        Returns
        -------
        DataFrame
            By ``observation``, in the order in which they were known. ``what`` was observed
            ``from`` one day ``to`` another, both included, and ``observed``, as it was given;
            ``p10``, ``p50`` and ``p90`` of what particles came to, given what had been observed
            before; ``log_likelihood``, the logarithm of the estimated chance of the observation,
            given those before;
            ``effective``, how many particles of equal weight would say as much; and ``distinct``,
            how many of the trials that particles began as are left, each with a parameter sample
            of its own. Of dates, ``observed`` and what was simulated are days from the start.
        """
        return self._steps.copy()

    @property
    def until(self) -> date:
        """The last day on which anything was observed; if nothing was, that before the start."""
        if self._steps.empty:
            return self.run.scenario.start - timedelta(1)
        return pd.Timestamp(self._steps["to"].max()).date()

    @property
    def few(self) -> str:
        """What is to be said if few particles carry the result; empty otherwise."""
        return "\n".join(filter(None, [self._lost, self._degenerate]))

    @property
    def _lost(self) -> str:
        """What is to be said if parameter samples that were to be kept are lost."""
        if self._shared is None or not self._apart:
            return ""
        left, of = self._samples_left
        if of - left <= LOST * of:
            return ""
        return say("updated-lost", lost=of - left, all=of)

    @property
    def _degenerate(self) -> str:
        """What is to be said if few particles, or different trials, are left."""
        if self._steps.empty:
            return ""
        effective, distinct = self._steps["effective"].min(), self._steps["distinct"].iloc[-1]
        left = len(np.unique(self.ancestors))
        if min(effective, distinct, left) >= FEW:
            return ""
        least = localised(f"{effective:,.0f}")
        about: dict[str, Any] = {"effective": least, "left": left, "samples": self._of_samples}
        if self._shared is not None and self._apart:
            return say("updated-few-fitted", **about, each=self._shared.each)
        return say("updated-few", **about)

    @property
    def _samples_left(self) -> tuple[int, int]:
        """How many parameter samples the particles have, of how many that they began with."""
        if self._shared is None:
            return len(np.unique(self.ancestors)), len(self.ancestors)
        return len(np.unique(self.ancestors // self._shared.each)), len(self._shared.values)

    @property
    def _of_samples(self) -> str:
        if self._shared is None:
            return say("updated-samples-as-many")
        left, of = self._samples_left
        return say("updated-samples", left=left, all=of)

    @property
    def notes(self) -> str:
        """How to read the table, and what to mind."""
        return "\n".join(filter(None, [self.few, say("updated-notes")]))

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        left = len(np.unique(self.ancestors))
        after = say("updated-particles-alone", left=left)
        if len(self._steps):
            after = say("updated-particles", left=left, observations=len(self._steps))
        if self._shared is not None:
            after = say("updated-particles-samples", particles=after, samples=self._of_samples)
        return f"{self.run.origin_line} · {after}"


def update(
    scenario: Given | Mapping[str, Scenario],
    observed: Observations,
    *,
    particles: int = 20_000,
    seed: int | None = None,
    threads: int | None = None,
    date_tolerance_days: float = 0.0,
    not_reached: Mapping[str, Iterable[str]] | None = None,
    every: str = "month",
    samples: pd.DataFrame | None = None,
    fitted: Posterior | None = None,
    progress: Progress = None,
) -> Update:
    """Bring a simulation up to what has been observed, and carry it on from there.

    Particles, which are trials, are stopped whenever something is known and weighed by how likely
    it is, given what happened in each; where few carry the weight, as many are drawn among them,
    and copies have a future of their own (a bootstrap particle filter). After the last observation
    all weigh the same. The same scenario, observations, seed and version give the same bits on any
    number of threads. Observations that say nothing give the bits of `simulate`.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str, or dict of str to Scenario
        What to simulate, as `simulate` takes it. Of several plans by name, which must be the same
        up to the last observation, all go on from the same particles under common random numbers:
        `Update.compare` compares them.
    observed : Observations
        What was observed: counts, and events by month; levels, taken to hold at the end of their
        day; and dates on which something was reached.
    particles : int
        How many. It takes about as long as as many trials, and up to some 80 KB of memory for each
        (`iraq-2024`, with most of them replaced each month: 1.6 GB for 20,000).
    seed : int, optional
        The seed of all chance in it; left out, one is drawn and kept with the results.
    threads : int, optional
        How many threads to use; left out, one for each core.
    date_tolerance_days : float
        So many days before or after its date something may have been reached.
    not_reached : mapping, optional
        What had not been reached by the end of the last day of the observations: ids by kind, such
        as ``{"phase": ["second"], "gate": ["law"]}``.
    every : {"month", "week", "day"}
        Over which intervals events are counted.
    samples : DataFrame, optional
        Parameter samples to begin with, as `simulate` takes them: those of a fit to *other* data
        (what came before, say). The observations weigh them, so that some are left and others not.
    fitted : Posterior, optional
        A fit to *these* observations. Its samples know of them already, and to weigh them once more
        would count the observations twice: they are kept as they are, all alike, and only what
        happened under each is filtered (tension, what is under way). One sample for 200
        particles, spread evenly over the posterior's; particles are rounded down to full samples.
        One of other observations, or of other ranges, is refused.
    progress : bool or callable, optional
        Whether to show a progress bar, or a function to tell, as `simulate` takes it; particles on
        their way count in part.

    Returns
    -------
    Update
        The run from now on, the likelihood, and a table by observation.

    Warns
    -----
    UserWarning
        If few particles carry the result, or observations count twice: `samples` or the scenario
        were fitted to these very ones, or `samples` to some that share days with them.

    Raises
    ------
    ObservationError
        If the scenario has no such site or threat, an observation is not within its time, or there
        is none at all: every one is named.
    CollapseError
        If no particle makes an observation possible. It says which, what particles came to, and
        what to do; its `partial` is the `Update` to what came before.
    ScenarioError
        If the scenario has problems.
    ValueError
        If plans are not the same up to the last observation, `fitted` was fitted to other
        observations or ranges, or a number is out of range.
    MemoryError
        If the particles would not fit in the memory that is free.
    Interrupted
        On Ctrl-C; its `partial` is the table of what had been weighed by then.
    """
    plans = _plans(scenario)
    settings = Settings.of(whole("particles", particles, 1, 2**31 - 1), seed, threads, progress)
    _check_known(plans, samples, fitted, observed)
    count, inputs = settings.trials, _shared(plans, settings, samples, fitted)
    if inputs:
        count = next(each.each * len(each.values) for each in inputs.values())
        plans = {name: inputs[name].applied(plan) for name, plan in plans.items()}
    if not 0 <= number("date_tolerance_days", date_tolerance_days) < math.inf:
        raise ValueError(f"`date_tolerance_days` must be 0 or more, not {date_tolerance_days}")
    found: dict[str, Any] = {}
    known = {
        name: core_observations(plan, observed, every, date_tolerance_days, not_reached)
        for name, plan in plans.items()
    }
    with telling(progress, count * len(plans)) as tell:
        for name, plan in plans.items():
            before = count * len(found)

            def told(share: float, before: int = before) -> None:
                if tell is not None:
                    tell(before + int(count * share))

            asked = (plan._compiled, known[name].core, count, settings.seed)
            try:
                found[name] = _core.filter(*asked, settings.threads, fitted is not None, told)
            except BaseException as stop:
                _tell(stop, known[name].about)
                raise
    _same_so_far(found)
    first = next(iter(found))
    kept = {name: _still_shared(inputs.get(name), each) for name, each in found.items()}
    runs = {n: Run(each["run"], plans[n], samples=kept[n]) for n, each in found.items()}
    one, about = found[first], known[first].about
    table, shared = steps(one["steps"], about), inputs.get(first)
    given = (one["log_likelihood"], one["ancestors"], shared, fitted is not None)
    result = Update(runs, table, *given)
    if one["collapse"] is not None:
        said = collapsed(one["collapse"], about, "particle", count)
        raise CollapseError(said + _meant(fitted, count, inputs.get(first)), result)
    if told_few := result.few:
        warnings.warn(told_few, UserWarning, stacklevel=2)
    return result


def updated_run(scenario: Scenario, observed: Observations, **settings: Any) -> Run:
    """The run of an `update`, where it is for somebody else to say how few particles carry it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Few particles", UserWarning)
        return update(scenario, observed, **settings).run


def _shared(
    plans: Mapping[str, Scenario],
    settings: Settings,
    samples: pd.DataFrame | None,
    fitted: Posterior | None,
) -> dict[str, InputSample]:
    """The parameter samples that particles begin with, by plan; none where each draws its own."""
    if fitted is not None:
        if samples is not None:
            raise ValueError(
                "give `samples` of other data, or a posterior `fitted` to these: not both"
            )
        if not isinstance(fitted, Posterior):
            raise TypeError(f"`fitted` must be a Posterior, not {type(fitted).__name__}")
        samples = _spread(fitted.samples, max(settings.trials // EACH, 1))
        settings = replace(settings, trials=settings.trials - settings.trials % len(samples))
        if settings.trials < 2 * len(samples):
            raise ValueError(f"`particles` must be 2 or more with `fitted`, not {settings.trials}")
    if samples is None:
        return {}
    if not isinstance(samples, pd.DataFrame):
        raise TypeError(f"`samples` must be a DataFrame, not {type(samples).__name__}")
    return {
        name: drawn(plan, samples, settings.trials, settings.seed) for name, plan in plans.items()
    }


def _check_known(
    plans: Mapping[str, Scenario],
    samples: Any,
    fitted: Any,
    observed: Any,
) -> None:
    """Refuse a posterior of other data, and warn of data that are counted twice.

    What is no posterior, table or observations is for others to refuse.
    """
    if not isinstance(observed, Observations):
        return
    if fitted is not None:
        if isinstance(fitted, Posterior) and samples is None:
            if not fitted.reporting.empty:
                sources = ", ".join(map(str, fitted.reporting))
                raise ValueError(
                    f"`fitted` has a factor for {sources}, and particles are weighed by attacks "
                    f"as they are: hand over `samples=fitted.samples`, with "
                    f"observations from after those that it was fitted to, of other sources"
                )
            check_fitted(fitted, plans, observed)
    elif twice := counted_twice(plans, samples, observed):
        warnings.warn(twice, UserWarning, stacklevel=3)


def _meant(fitted: Posterior | None, count: int, shared: InputSample | None) -> str:
    """What to add where samples that were to be kept had few particles each."""
    if fitted is None or shared is None:
        return ""
    return (
        f". With `fitted`, {EACH} particles are meant for each sample: {count:,} `particles` are "
        f"{counted(len(shared.values), 'sample')} of {len(fitted.samples):,}, with {shared.each:,} "
        f"each; {EACH * len(fitted.samples):,} would take all samples"
    )


def _spread(samples: pd.DataFrame, count: int) -> pd.DataFrame:
    """At most so many of the samples, evenly spread."""
    if len(samples) <= count:
        return samples
    return samples.iloc[np.linspace(0, len(samples) - 1, count).round().astype(int)]


def _still_shared(sample: InputSample | None, found: Mapping[str, Any]) -> InputSample | None:
    """The samples that particles share, where each still has as many as it began with."""
    if sample is None:
        return None
    rows = found["ancestors"] // sample.each
    return sample if np.array_equal(rows, np.arange(len(rows)) // sample.each) else None


def _plans(scenario: Given | Mapping[str, Scenario]) -> dict[str, Scenario]:
    """The scenarios by name; the name of a single one is ``scenario``."""
    given: Any = scenario
    several_plans = isinstance(given, Mapping) and given
    if several_plans and all(isinstance(each, Scenario) for each in given.values()):
        return {str(name): each for name, each in given.items()}
    return {"scenario": scenario_of(given)}


def _tell(stop: BaseException, about: pd.DataFrame) -> None:
    """Make a table of what had been weighed when something stopped it."""
    done: Any = getattr(stop, "partial", None)
    if isinstance(done, dict):
        stop.partial = steps(done["steps"], about)  # type: ignore[attr-defined]


def _same_so_far(found: Mapping[str, Any]) -> None:
    """Make sure that plans were the same up to the last observation."""
    (first, one), *others = found.items()
    for name, other in others:
        same = one["standing"] == other["standing"] if _alike(one, other) else np.array([False])
        if not same.all():
            how = (
                f"in {np.count_nonzero(~same):,} of {len(same):,} particles "
                if len(same) > 1
                else ""
            )
            raise ValueError(
                f"`{name}` and `{first}` differ before the last observation: {how}people, tension "
                "or attacks are not the same by then. Plans that are compared from now on must be "
                "the same until now: put off what sets them apart (dates of phases, rules with "
                "`days.from`), or update each on its own"
            )


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two filters have drawn the same particles."""
    return bool(
        one["collapse"] == other["collapse"]
        and one["log_likelihood"] == other["log_likelihood"]
        and np.array_equal(one["ancestors"], other["ancestors"])
    )
