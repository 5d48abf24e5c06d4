"""Figures of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .choice import aims
from .compare import STAY
from .days import calendar
from .figure import BLACK, BLUE, CYCLE, GREY, STYLE, VERMILION, dates_below, panels
from .quantities import ordered, units
from .spoken import spoken

if TYPE_CHECKING:
    from .comparison import Comparison
    from .run import Run

_DIFFERENCES = ("attacks", "casualties", "killed", "finish_days", "cost")
_PLANS = ("finish_days", "attacks", "casualties", "killed", "cost")
_NAMES = {"finish_days": "end of the last phase"}
_MARKS = " · line: P10 to P90; dot: median; cross: mean; dashes: as announced"
# On a white ground, so that no line runs through the words.
_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5}
_SMALL: Any = {"size": 7, "color": GREY, "textcoords": "offset points", "bbox": _GROUND}


class ComparisonPlots:
    """Figures of a comparison; called, it draws the `differences`.

    Each draws on the axes given, or on a new figure with a line at its foot that says where the
    numbers come from.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison

    def __call__(
        self,
        measures: Sequence[str] | None = None,
        *,
        plans: Sequence[str] | None = None,
        baseline: str | None = None,
        axes: Sequence[Axes] | None = None,
    ) -> NDArray[Any]:
        """As `differences`."""
        return self.differences(measures, plans=plans, baseline=baseline, axes=axes)

    def differences(
        self,
        measures: Sequence[str] | None = None,
        *,
        plans: Sequence[str] | None = None,
        baseline: str | None = None,
        axes: Sequence[Axes] | None = None,
    ) -> NDArray[Any]:
        """How plans differ from the baseline, with 95 % intervals: a panel for each measure.

        Dots are mean differences, bars their intervals: blue where all of the interval is below
        0, red where all of it is above, black where it holds 0. Above each stand the numbers.

        Parameters
        ----------
        measures : sequence of str, optional
            What to show. Left out, attacks, casualties, killed, the end of the last phase and the
            cost, as far as a plan has them.
        plans : sequence of str, optional
            Left out, all but the baseline; and but ``"stay"``, from which everything differs so
            much that nothing else could be seen, unless it is the only one. The line at the
            foot of a new figure names the plans that are not drawn.
        baseline : str, optional
            The plan to compare with.
        axes : sequence of Axes, optional
            One for each measure.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure or plan, or there are not as many axes as measures.
        """
        measures = measures or _there(_DIFFERENCES, self._comparison.runs)
        table = self._comparison.table(baseline=baseline)
        baseline = baseline or self._comparison.baseline
        others = [plan for plan in self._comparison.runs if plan != baseline]
        chosen = list(plans or [plan for plan in others if plan != STAY] or others)
        with plt.rc_context(STYLE):
            title = f"Differences from “{baseline}” under the same luck"
            left_out = [plan for plan in others if plan not in chosen]
            marks = f" · not drawn: {', '.join(left_out)}" if left_out else ""
            drawn = self._panels(title, axes, len(measures), len(chosen), marks)
            for ax, measure in zip(drawn, measures, strict=True):
                for k, plan in enumerate(chosen):
                    _difference(ax, k, table.loc[(measure, plan)])
                ax.axvline(0, color=GREY, lw=0.9)
                unit = units(self._comparison.runs[baseline])[measure]
                ax.set(title=_name(measure), xlabel=f"difference in {unit}, mean and 95 % interval")
                _rows(ax, chosen)
        return drawn

    def plans(self, axes: Sequence[Axes] | None = None) -> NDArray[Any]:
        """Dates and casualties of the plans, side by side.

        The line holds eight trials of ten (P10 to P90), the dot is the median, the cross the
        mean, the dashed line the announced finish. What goes on past the right edge is not done
        before the horizon.

        Parameters
        ----------
        axes : sequence of Axes, optional
            One for each of the end of the last phase, attacks, casualties, killed and the cost
            that a plan has.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not as many axes, or no plan has any of these.
        """
        runs = self._comparison.runs
        there = _there(_PLANS, runs)
        with plt.rc_context(STYLE):
            drawn = self._panels("Plans side by side", axes, len(there), len(runs), _MARKS)
            for ax, measure in zip(drawn, there, strict=True):
                if measure == "finish_days":
                    _dates(ax, runs)
                    continue
                for k, (colour, run) in enumerate(zip(_colours(runs), runs.values(), strict=True)):
                    _spread(ax, k, run.values(measure), measure, colour)
                unit = units(next(iter(runs.values())))[measure]
                ax.set(title=_name(measure), xlabel=f"{unit} up to the horizon", xlim=(0, None))
                ax.xaxis.set_major_formatter("{x:,.0f}")
            for ax in drawn:
                _rows(ax, list(runs))
        return drawn

    def frontier(
        self, measures: Sequence[str] | None = None, axes: Sequence[Axes] | None = None
    ) -> NDArray[Any]:
        """What plans trade: the first measure against each of the others.

        Dots are mean differences to the baseline under the same luck, bars their 95 % intervals;
        a plan that another surely dominates (`Comparison.frontier`) is hollow. ``"stay"`` is left
        out, unless there is only one other plan.

        Parameters
        ----------
        measures : sequence of str, optional
            Two or more measures of the whole theatre; of each, less is better. Left out, those of
            `Comparison.frontier`.
        axes : sequence of Axes, optional
            One for each measure but the first.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, there are fewer than two, or there are not as many axes
            as needed.
        """
        from .plot_choice import draw

        drawn: NDArray[Any] = draw(self._comparison, measures or aims(self._comparison), axes)
        return drawn

    def _panels(
        self, title: str, axes: Sequence[Axes] | None, count: int, rows: int, marks: str = ""
    ) -> NDArray[Any]:
        """Panels that share a row for each plan."""
        note, height = self._comparison.origin_line + marks, 0.9 + 0.42 * rows
        return panels(title, note, axes, count, columns=2, height=height, sharey=True)


def _there(measures: Sequence[str], runs: dict[str, Run]) -> list[str]:
    """Those that a plan has."""
    found = spoken(measures, *runs.values())
    if not found:
        raise ValueError(
            f"there is nothing to draw: no plan has any of {', '.join(measures)}; take the "
            f"`table` of the comparison"
        )
    return found


def _name(measure: str) -> str:
    return _NAMES.get(measure, measure.replace("_", " "))


def _rows(ax: Axes, plans: Sequence[str]) -> None:
    """A row for each plan, from the top."""
    ax.set_yticks(range(len(plans)), list(plans))
    ax.set_ylim(len(plans) - 0.5, -0.7)
    ax.grid(axis="y", visible=False)


def _difference(ax: Axes, row: int, about: Any) -> None:
    """A dot with its interval, and the numbers."""
    mean, low, high = about["difference"], about["low"], about["high"]
    colour = BLUE if high < 0 else VERMILION if low > 0 else BLACK
    shares = f"less {_percent(about['lower'])}, more {_percent(about['higher'])} of trials"
    if pd.isna(mean):
        text = f"never in both; {shares}"
    else:
        ax.plot([low, high], [row, row], color=colour, lw=2, solid_capstyle="butt")
        ax.plot([mean], [row], "o", color=colour)
        text = f"{mean:+,.3g} ({low:+,.3g} to {high:+,.3g}); {shares}"
    ax.annotate(text, (0, row), (3, 8), ("axes fraction", "data"), **_SMALL)


def _dates(ax: Axes, runs: dict[str, Run]) -> None:
    """When the last phase is done."""
    for k, (colour, run) in enumerate(zip(_colours(runs), runs.values(), strict=True)):
        finish = run.values("finish_days")
        start, horizon = run.scenario.start, run.scenario.horizon
        if np.isnan(finish).all():
            text = f"not before {horizon}" if run.ids("phase") else "nobody leaves"
            ax.annotate(text, (0, k), (3, -3), ("axes fraction", "data"), **_SMALL)
            continue
        _spread(
            ax, k, finish, "finish_days", colour, lambda days, start=start: calendar(start, days)
        )
        announced = run.dates()["announced"].max()
        ax.plot([announced] * 2, [k - 0.3, k + 0.3], "--", color=BLACK, lw=1)
    ax.set(title=_name("finish_days"), xlabel="date")
    dates_below(ax)


def _spread(
    ax: Axes, row: int, found: NDArray[np.float64], measure: str, colour: str, at: Any = None
) -> None:
    """P10 to P90, the median and the mean; a line to the edge where P90 is not reached."""
    at = at or (lambda x: np.asarray(x))
    everything = ordered(found, measure)
    if not everything.size:
        return
    low, middle, high = np.quantile(everything, [0.1, 0.5, 0.9], method="inverted_cdf")
    last = np.nanmax(found)
    if np.isfinite(low):
        ax.plot(at([low, min(high, last)]), [row, row], color=colour, lw=3)
    if np.isfinite(middle):
        ax.plot(at([middle]), [row], "o", color=colour)
    unreached = np.isnan(found).mean()
    if unreached > 0:
        text = f"not before the horizon in {_percent(unreached)} of trials"
        ax.annotate(text, (at([last])[0], row), (0, 6), **_SMALL, ha="right")
    else:
        ax.plot(at([found.mean()]), [row], "x", color=BLACK)
    ax.xaxis.set_major_locator(MaxNLocator(5))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _colours(runs: dict[str, Run]) -> list[str]:
    return [CYCLE[k % len(CYCLE)] for k in range(len(runs))]
