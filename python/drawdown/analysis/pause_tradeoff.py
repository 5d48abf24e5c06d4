"""What a pause costs: days of delay for what they save."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal import renamed
from .._internal.checks import several
from .._internal.own import Own
from .._internal.progress import Progress
from .._internal.tables import Frame
from ..languages.speech import say
from ..runs.base import units
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..runs.spoken import spoken
from ..scenario.relevance import has
from ..scenario.scenario import Scenario
from ..stats.intervals import NORMAL_95
from ..stats.means import estimate
from .sweep import Sweep, swept

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
By = Literal["site", "contingent"]
Measure = Literal["finish_days", "cost"]

_ROOM = "plan.breathing_room."
# What a pause may save: the measure, and how many units one of it is (people; hundredths of full
# strength).
SAVED = {"casualties": ("casualties", 1), "regrowth": ("insurgent_strength", 100)}


@renamed.keyword("draws", "samples")
def pause_tradeoff(
    scenario: Given,
    pause_days: Iterable[float] = (0, 15, 30, 60, 90, 120),
    extension_days: Iterable[float] = (0, 30, 60, 120),
    *,
    trials: int = 2_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
    samples: int | pd.DataFrame | None = None,
    measure: Measure = "finish_days",
) -> PauseTradeoff:
    """Weigh what pauses cost and save, inside the announced dates and beyond them.

    Two curves, each under one seed and each against its own first point. ``inside``: the scenario
    with other allowances of ``plan.breathing_room.pause_days``, and none that push the dates back
    (``extension_days`` 0). ``beyond``: with its pause days as written and other limits of
    ``plan.breathing_room.extension_days``, by which pauses may push the dates back. So the point of
    ``inside`` at the pause days as written is that of ``beyond`` at 0, and what is beyond comes on
    top.

    Parameters
    ----------
    scenario, trials, seed, threads, progress, samples
        What to simulate; and the trials, seed, threads, progress bar and parameter samples of each
        point, as `simulate` takes them. Where trials share parameter samples, intervals are those
        between samples.
    pause_days, extension_days : iterable of float
        The allowances to try, in days, a curve for each of the two; an empty one leaves its curve
        out.
    measure : {"finish_days", "cost"}
        What a pause costs: days of delay of the last phase, or money, in the unit of
        ``world.costs``.

    Returns
    -------
    PauseTradeoff
        What is paid, casualties avoided and regrowth avoided, and the one for the other.

    Raises
    ------
    ScenarioError
        If the scenario has problems at one of the points.
    ValueError
        If there are no points, a number is out of range, or the scenario has nothing that could
        be paid or saved.
    """
    settings = Settings.of(trials, seed, threads, progress, samples)
    return traded(scenario_of(scenario), pause_days, extension_days, settings, measure)


def traded(
    scenario: Scenario,
    pause_days: Iterable[float],
    extension_days: Iterable[float],
    settings: Settings,
    measure: Measure = "finish_days",
) -> PauseTradeoff:
    """What `pause_tradeoff` does, with settings that are checked."""
    _check(scenario, measure)
    within = scenario
    if scenario.to_dict()["plan"].get("breathing_room", {}).get("extension_days"):
        within = scenario.replace({_ROOM + "extension_days": 0})
    curves = {
        "inside": (within, "pause_days", pause_days),
        "beyond": (scenario, "extension_days", extension_days),
    }
    found: dict[str, Sweep] = {}
    for name, (plan, key, points) in curves.items():
        tried = several(key, points, "[0, 30, 60]")
        if tried:
            found[name] = swept(plan, {_ROOM + key: tried}, settings)
    if not found:
        raise ValueError("give some `pause_days` or `extension_days`")
    return PauseTradeoff(found, measure)


class PauseTradeoff(Result):
    """What pauses cost and save; `pause_tradeoff` makes one.

    Attributes
    ----------
    curves : dict of str to Sweep
        The runs, ``inside`` the announced dates and ``beyond`` them.
    measure : str
        What is paid: ``"finish_days"`` or ``"cost"``.
    """

    curves: Own[dict[str, Sweep]] = Own()

    def __init__(self, curves: dict[str, Sweep], measure: Measure = "finish_days") -> None:
        self.curves = curves
        self.measure = measure

    def table(self, by: By | None = None) -> pd.DataFrame:
        """Tabulate the delay and what it saves, at each point less at the first of its curve.

        Parameters
        ----------
        by : {"site", "contingent"}, optional
            Each site's or contingent's own finish and own casualties. Regrowth and money are the
            theatre's alone.

        Returns
        -------
        DataFrame
            Indexed by ``curve``, ``days`` (the allowance), `by` and ``saved``: ``casualties``
            where somebody attacks, and where there is an insurgency ``regrowth``, hundredths of its
            full strength at the horizon. ``delay`` of the finish in days (in money ``cost``, in the
            `unit`), and what is ``avoided``, are paired means over the trials that finish at both
            points (in money over all), ``pairs`` of them, each with a 95 % interval (``..._low``,
            ``..._high``). ``price`` is their ratio, delay or cost for one unit avoided, with
            Fieller's interval for a ratio of paired means (Fieller 1954, J. R. Stat. Soc. B
            16:175). It is given where the ``verdict`` is ``saves``. Otherwise there is none, and
            the verdict says why: ``costs`` (there are more of them: the delay saves nothing),
            ``open`` (the interval of what is avoided holds 0: more trials), ``same`` (the points
            are alike in every trial) or ``no finish``.

        Raises
        ------
        ValueError
            If `by` is neither of the two, or what is asked for is known of the whole theatre alone.
        """
        if by not in (None, "site", "contingent"):
            raise ValueError(f"`by` is 'site' or 'contingent', not {by!r}")
        if by and (self.measure == "cost" or "casualties" not in self.saved):
            raise ValueError(
                "costs and regrowth are known of the whole theatre alone, not of a "
                f"{by}: leave out `by`"
            )
        rows = {}
        legs = self._first.scenario.to_dict()["world"].get("legs", {})
        for curve, of in self.curves.items():
            (first, *_) = of.runs.values()
            base = self._outcomes(first, by)
            for (days,), run in of.runs.items():
                for (name, saved), (paid, harm) in self._outcomes(run, by).items():
                    if name in legs:
                        continue  # which is never finished
                    paid_before, harm_before = base[name, saved]
                    about = ratio(paid - paid_before, harm_before - harm, first._each)
                    rows[curve, days, name, saved] = about
        index = pd.MultiIndex.from_tuples(rows, names=["curve", "days", by, "saved"])
        frame = pd.DataFrame(list(rows.values()), index)
        if self.measure == "cost":
            frame = frame.rename(columns=lambda name: name.replace("delay", "cost"))
        return frame if by else frame.droplevel(2)

    @property
    def saved(self) -> list[str]:
        """What a pause may save in this scenario: ``casualties``, ``regrowth``, both or none."""
        runs = [run for of in self.curves.values() for run in of.runs.values()]
        return [saved for saved, (of, _) in SAVED.items() if spoken([of], *runs)]

    @property
    def unit(self) -> str:
        """What is paid in: ``days``, or the unit of the scenario's costs."""
        return units(self._first)[self.measure]

    def _outcomes(self, run: Run, by: By | None) -> dict[tuple[str, str], tuple[Array, Array]]:
        """What is paid and what may be saved, in every trial, by id and by what it is."""
        if by is None:
            paid = run.values(self.measure)
            harms = ((saved, SAVED[saved]) for saved in self.saved)
            return {("", saved): (paid, each * run.values(of)) for saved, (of, each) in harms}
        finishes = run._array("finish_days", by)
        harm = run._array("wounded", by) + run._array("killed", by)
        ids = enumerate(run.ids(by))
        return {(name, "casualties"): (finishes[:, k], harm[:, k]) for k, name in ids}

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw what is paid and what is avoided over the allowance, and the price.

        Means with 95 % intervals, a row of panels for each curve. Under a panel's title stands
        the price at the last point, or why there is none.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on: for each curve one for what is paid, and one for casualties and
            regrowth each if the scenario has them.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not as many axes as panels.
        """
        return self._drawn(axes, figsize, title)

    @property
    def title(self) -> str:
        """What the result is about, as a heading."""
        return say("price-title-money" if self.measure == "cost" else "price-title")

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        (first, *_) = self.curves.values()
        points = say("list-and").join(
            say(f"price-points-{name}", points=len(of.runs)) for name, of in self.curves.items()
        )
        return f"{first.origin_line} · {say('price-points', points=points)}"

    @property
    def _first(self) -> Run:
        return next(iter(next(iter(self.curves.values())).runs.values()))

    def _tables(self) -> list[Frame]:
        return [Frame(self.table(), "{:.4g}")]


def _check(scenario: Scenario, measure: Measure) -> None:
    """Refuse to price what a scenario has not got."""
    if measure not in ("finish_days", "cost"):
        raise ValueError(f"`measure` is 'finish_days' or 'cost', not {measure!r}")
    wrong = []
    if not has(scenario, measure):
        wrong.append(
            "no phase, so that nothing can be delayed: give `plan.phases`"
            if measure == "finish_days"
            else "no costs: give `world.costs`, or measure='finish_days'"
        )
    if not any(has(scenario, of) for of, _ in SAVED.values()):
        wrong.append(
            "neither threats nor an insurgency, so that a pause has nothing to save: give "
            "`world.threats` or `world.insurgency`"
        )
    if wrong:
        raise ValueError(f"the scenario has {', and '.join(wrong)}")


def ratio(delay: Array, avoided: Array, each: int = 1) -> dict[str, Any]:
    """The row of `PauseTradeoff.table` for what is paired by trial; NaN where there is no pair.

    `each` so many trials in a row share a parameter sample.
    """
    there = ~np.isnan(delay + avoided)
    delay, avoided = np.where(there, delay, np.nan), np.where(there, avoided, np.nan)
    cost, gain = estimate(delay, each), estimate(avoided, each)
    verdict = _verdict(delay[there], avoided[there], gain)
    price, low, high = (math.nan,) * 3
    if verdict == "saves":
        price, low, high = fieller(delay, avoided, each)
    return {
        "delay": cost["mean"],
        "delay_low": cost["low"],
        "delay_high": cost["high"],
        "avoided": gain["mean"],
        "avoided_low": gain["low"],
        "avoided_high": gain["high"],
        "price": price,
        "price_low": low,
        "price_high": high,
        "verdict": verdict,
        "pairs": int(there.sum()),
    }


def _verdict(delay: Array, avoided: Array, gain: dict[str, float]) -> str:
    if not delay.size:
        return "no finish"
    if not delay.any() and not avoided.any():
        return "same"
    if gain["low"] > 0:
        return "saves"
    return "costs" if gain["high"] < 0 else "open"


def fieller(top: Array, bottom: Array, each: int = 1) -> tuple[float, float, float]:
    """The ratio of two paired means, and its 95 % interval.

    It holds every ratio r for which the mean of top - r bottom is within 1.96 of its standard
    errors from 0. That is an interval if the mean of `bottom` is that surely not 0. Pairs of which
    one is missing (NaN) do not count; `each` so many in a row share a parameter sample.
    """
    a, b = float(np.nanmean(top)), float(np.nanmean(bottom))
    # The error of a sum tells the covariance from those of its parts.
    errors = [estimate(values, each)["standard_error"] for values in (top, bottom, top + bottom)]
    of_top, of_bottom, of_both = (NORMAL_95**2 * error**2 for error in errors)
    aa, bb = a * a - of_top, b * b - of_bottom
    ab = a * b - (of_both - of_top - of_bottom) / 2
    if bb <= 0:
        raise ValueError("the mean below the line is not told apart from 0: there is no ratio")
    reach = math.sqrt(max(ab * ab - aa * bb, 0.0))
    return a / b, (ab - reach) / bb, (ab + reach) / bb
