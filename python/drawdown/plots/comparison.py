"""Figures of a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .._internal.days import calendar
from .._internal.sheet import Sheet
from ..analysis.choice import aims
from ..analysis.comparison import STAY, Comparison, plan_name
from ..languages.figures import localised
from ..languages.speech import listed, said_or, say
from ..runs.base import units
from ..runs.run import Run
from ..runs.spoken import spoken
from . import choice
from .figure import BLACK, BLUE, GREY, VERMILION, Rows, colour, dates_below, panels
from .ticks import counts_along

_DIFFERENCES = ("attacks", "casualties", "killed", "finish_days", "cost")
_PLANS = ("finish_days", "attacks", "casualties", "killed", "cost")
# On a white ground, so that no line runs through the words.
_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5}
_SMALL: Any = {"size": "small", "color": GREY, "textcoords": "offset points", "bbox": _GROUND}


def differences(
    comparison: Comparison,
    measures: Sequence[str] | None,
    plans: Sequence[str] | None,
    baseline: str | None,
    sheet: Sheet,
) -> NDArray[Any]:
    """How plans differ from the baseline, with 95 % intervals: a panel for each measure."""
    measures = measures or _there(_DIFFERENCES, comparison.runs)
    table = comparison.table(baseline=baseline)
    baseline = baseline or comparison.baseline
    others = [plan for plan in comparison.runs if plan != baseline]
    chosen = list(plans or [plan for plan in others if plan != STAY] or others)
    left_out = [plan for plan in others if plan not in chosen]
    marks = (
        f" · {say('plans-left-out', plans=listed(map(plan_name, left_out)))}" if left_out else ""
    )
    head, rows = say("differences-figure", base=plan_name(baseline)), _rows(chosen)
    with _panels(comparison, head, sheet, len(measures), rows, marks) as drawn:
        for ax, measure in zip(drawn, measures, strict=True):
            for k, plan in enumerate(chosen):
                _difference(ax, k, table.loc[(measure, plan)])
            ax.axvline(0, color=GREY, lw=0.9)
            unit = _unit(comparison.runs[baseline], measure)
            ax.set(title=_name(measure), xlabel=say("axis-difference", unit=unit))
            rows.label(ax, 0.7)
    return drawn


def plans(comparison: Comparison, sheet: Sheet) -> NDArray[Any]:
    """Dates and casualties of the plans, side by side."""
    runs = comparison.runs
    there, rows = _there(_PLANS, runs), _rows(runs)
    with _panels(
        comparison, say("plans-figure"), sheet, len(there), rows, f" · {say('plans-marks')}"
    ) as drawn:
        for ax, measure in zip(drawn, there, strict=True):
            if measure == "finish_days":
                _dates(ax, runs)
                continue
            for k, run in enumerate(runs.values()):
                _spread(ax, k, run, measure)
            unit = _unit(next(iter(runs.values())), measure)
            ax.set(title=_name(measure), xlabel=say("axis-upto", unit=unit), xlim=(0, None))
            counts_along(ax.xaxis)
        for ax in drawn:
            rows.label(ax, 0.7)
    return drawn


def frontier(comparison: Comparison, measures: Sequence[str] | None, sheet: Sheet) -> NDArray[Any]:
    """What plans trade: the first measure against each of the others."""
    measures = measures or aims(comparison.runs)
    drawn: NDArray[Any] = choice.draw(comparison, measures, sheet)
    return drawn


def _panels(
    comparison: Comparison, title: str, sheet: Sheet, count: int, rows: Rows, marks: str
) -> AbstractContextManager[NDArray[Any]]:
    """Panels that share a row for each plan."""
    note, height = comparison.origin_line + marks, 0.9 + rows.height
    return panels(title, note, sheet, count, columns=2, height=height, sharey=True)


def _rows(plans: Iterable[str]) -> Rows:
    """A row for each plan, with room for the numbers above it."""
    return Rows.of(list(map(plan_name, plans)), 1.8, 0.42)


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
    if measure == "finish_days":
        return say("end-of-last-phase")
    return said_or(f"measure-{measure}", measure).replace("_", " ")


def _unit(run: Run, measure: str) -> str:
    unit = units(run)[measure]
    return said_or(f"unit-{unit}", unit)


def _difference(ax: Axes, row: int, about: Any) -> None:
    """A dot with its interval, and the numbers."""
    mean, low, high = about["difference"], about["low"], about["high"]
    shade = BLUE if high < 0 else VERMILION if low > 0 else BLACK
    shares: Any = {"lower": _percent(about["lower"]), "higher": _percent(about["higher"])}
    if pd.isna(mean):
        text = say("difference-never", **shares)
    else:
        ax.plot([low, high], [row, row], color=shade, lw=2, solid_capstyle="butt")
        ax.plot([mean], [row], "o", color=shade)
        ends = {"mean": mean, "low": low, "high": high}
        signed = {name: localised(f"{value:+,.3g}") for name, value in ends.items()}
        text = say("difference-marked", **signed, **shares)
    ax.annotate(text, (0, row), (3, 8), ("axes fraction", "data"), **_SMALL)


def _dates(ax: Axes, runs: dict[str, Run]) -> None:
    """When the last phase is done."""
    for k, run in enumerate(runs.values()):
        start, horizon = run.scenario.start, run.scenario.horizon
        if run.distribution("finish_days")["level"].isna().all():
            never, nobody = say("not-before", horizon=str(horizon)), say("nobody-leaves")
            text = never if run.ids("phase") else nobody
            ax.annotate(text, (0, k), (3, -3), ("axes fraction", "data"), **_SMALL)
            continue
        _spread(ax, k, run, "finish_days", lambda days, start=start: calendar(start, days))
        announced = run.finish_dates()["announced"].max()
        ax.plot([announced] * 2, [k - 0.3, k + 0.3], "--", color=BLACK, lw=1)
    ax.set(title=_name("finish_days"), xlabel=say("axis-date"))
    dates_below(ax)


def _spread(ax: Axes, row: int, run: Run, measure: str, at: Any = None) -> None:
    """P10 to P90, the median and the mean; a line to the edge where P90 is not reached."""
    at = at or (lambda x: np.asarray(x))
    if not run.trials:
        return
    table: Any = run.summary()
    about, last = table.loc[measure], run.distribution(measure)["level"].max()
    if not pd.isna(about["p10"]):
        high = last if pd.isna(about["p90"]) else about["p90"]
        ax.plot(at([about["p10"], high]), [row, row], color=colour(row), lw=3)
    if not pd.isna(about["p50"]):
        ax.plot(at([about["p50"]]), [row], "o", color=colour(row))
    if about["missing"]:
        share = _percent(about["missing"] / run.trials)
        text = say("not-before-in", share=share)
        ax.annotate(text, (at([last])[0], row), (0, 6), **_SMALL, ha="right")
    else:
        ax.plot(at([about["mean"]]), [row], "x", color=BLACK)
    ax.xaxis.set_major_locator(MaxNLocator(5))


def _percent(share: float) -> str:
    return localised(f"{100 * share:z.0f} %")
