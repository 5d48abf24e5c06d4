"""Figures of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter, StrMethodFormatter
from numpy.typing import NDArray

from . import plot_losses, plot_room
from .days import Day, calendar, day
from .figure import (
    BLACK,
    BLUE,
    CYCLE,
    GREY,
    ORANGE,
    STYLE,
    VERMILION,
    dates_below,
    mark_calendar,
    panels,
    title_of,
)

if TYPE_CHECKING:
    from .run import Run

# What the panels of `attacks` show: the variable, the axis label, the colour.
_COUNTS = [
    ("attacks_so_far", "attacks so far", BLUE),
    ("wounded_so_far", "people wounded so far", ORANGE),
    ("killed_so_far", "people killed so far", VERMILION),
]

_AFTERMATH = np.timedelta64(120, "D")


class Plots:
    """Figures of a run.

    A figure of one panel takes `ax` and returns it; one of several takes `axes`, a sequence, and
    returns them as an array. Each draws on what is given, or on a new figure with a line at its
    foot that says where the numbers come from; ``.figure`` of the axes returned is the figure.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def schedule(self, axes: Sequence[Axes] | None = None) -> NDArray[Any]:
        """People on each site over time, against the announced timetable.

        The line is the median over trials, the band holds eight trials of ten (P10 to P90), the
        dashed line is the announced timetable. Grey bands are blackouts, dotted lines the dates of
        calendar events.

        Parameters
        ----------
        axes : sequence of Axes, optional
            One for each site, in the order of ``run.ids("site")``.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not as many axes as sites.
        """
        data = self._run.weekly()
        most = 1.05 * max(data[name].max() for name in ("people_by_site", "announced_people"))
        with plt.rc_context(STYLE):
            count = data.sizes["site"]
            drawn = self._panels("People on each site", axes, count, columns=2, sharey=True)
            for ax, site in zip(drawn, data["site"].values, strict=True):
                _band(ax, data["people_by_site"].sel(site=site), BLUE)
                announced = data["announced_people"].sel(site=site)
                ax.plot(announced["week"], announced, "--", color=BLACK, lw=1.1, label="announced")
                ax.set(
                    title=title_of(self._run.scenario, "sites", site),
                    ylabel="people",
                    ylim=(0, most),
                )
                ax.set_xlim(data["week"].values[0], self._last_date_of_interest())
                mark_calendar(ax, self._run.scenario, names=ax is drawn[0])
                ax.label_outer()
                dates_below(ax)
            drawn[0].legend()
        return drawn

    def finish(self, ax: Axes | None = None) -> Axes:
        """The chance that the withdrawal, and each of its phases, is done by a date.

        Dots are the announced dates with the chances of meeting them, grey bands the blackouts, and
        dotted lines the dates of calendar events. A curve that ends below
        100 % does so because the other trials are not done before the horizon.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        axes = None if ax is None else [ax]
        with plt.rc_context(STYLE):
            drawn: Axes = self._panels("When the withdrawal is done", axes, 1)[0]
            self._curves(drawn)
            drawn.set_ylabel("chance of being done by the date")
            drawn.set_ylim(0, 1.02)
            drawn.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            dates_below(drawn)
            if not self._phases():  # an empty figure has dates too
                drawn.set(xlim=(self._run.scenario.start, self._run.scenario.horizon))
            mark_calendar(drawn, self._run.scenario)
            if drawn.get_legend_handles_labels()[1]:
                # Above, where no curve runs through it.
                drawn.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
        return drawn

    def attacks(self, axes: Sequence[Axes] | None = None) -> NDArray[Any]:
        """Attacks, wounded and killed so far over time, with the announced finish dates.

        The line is the median over trials, the band holds eight trials of ten (P10 to P90).

        Parameters
        ----------
        axes : sequence of Axes, optional
            Three: for attacks, wounded and killed.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not three axes.
        """
        data = self._run.weekly()
        with plt.rc_context(STYLE):
            drawn = self._panels("Attacks and casualties", axes, len(_COUNTS))
            for ax, (name, label, colour) in zip(drawn, _COUNTS, strict=True):
                _band(ax, data[name], colour)
                ax.set(ylabel=label, ylim=(0, None))
                ax.set_xlim(data["week"].values[0], data["week"].values[-1])
                dates_below(ax)
                self._announced_dates(ax, named=ax is drawn[0])
            drawn[0].legend(loc="upper left")
            drawn[0].figure.align_ylabels()
        return drawn

    def exceedance(self, axes: Sequence[Axes] | None = None) -> NDArray[Any]:
        """How bad it can get: the chance of so many killed, wounded, or harmed at once, or more.

        Two panels are about totals up to the horizon, the third about the worst single attack.
        The band is the 95 % interval. The dot is where the worst twentieth of
        trials begins; beside it stands their mean. Curves end where fewer than ten trials, or
        one in a thousand, go on.

        Parameters
        ----------
        axes : sequence of Axes, optional
            Three: for killed, wounded, and casualties of the worst attack.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not three axes.
        """
        return plot_losses.exceedance(self._run, axes)

    def breathing_room(self, ax: Axes | None = None) -> Axes:
        """For how many days movement was held, and how often the breathing room was used up.

        Bars are shares of all trials; a stretch of days includes its right end. Breathing room
        counts as used up in a trial in which a pause had to end because the days of pause were
        gone, or because resuming later would have pushed a finish back further than is allowed.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        return plot_losses.breathing_room(self._run, ax)

    def joint(
        self, finish: Day, most: float, measure: str = "casualties", ax: Axes | None = None
    ) -> Axes:
        """A date and a ceiling of casualties together: a dot for each history.

        In each quarter stands its share of all histories. On a black curve both its date and its
        ceiling are kept in that share of histories: a promise on it is as sure as that.

        Parameters
        ----------
        finish : date, datetime64 or str
            The last phase is to be done on this day or before.
        most : float
            The ceiling, which may be reached.
        measure : str
            A measure of the whole theatre.
        ax : Axes, optional
            Where to draw.

        Returns
        -------
        Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, or only a summary was kept.
        """
        return plot_room.joint(self._run, day("finish", finish), most, measure, ax)

    def _curves(self, ax: Axes) -> None:
        """A curve for each phase and, if there are several, for all of them."""
        phases = self._phases()
        finishes = self._run.distribution("finish_days", "phase")
        never = bool(finishes["level"].isna().any())
        horizon = (self._run.scenario.horizon - self._run.scenario.start).days
        last = horizon if never else finishes["level"].to_numpy().max(initial=0) + 30
        for k, (phase, announced, chance) in enumerate(phases):
            colour = CYCLE[k % len(CYCLE)]
            by = f"{100 * chance:.0f} % by {announced.day} {announced:%B %Y}, as announced"
            label = f"{title_of(self._run.scenario, 'phases', phase)}: {by}"
            curve = finishes[finishes["phase"] == phase]
            self._curve(ax, curve, last, color=colour, label=label)
            ax.vlines(announced, 0, chance, colors=colour, linestyles=":")
            ax.plot([announced], [chance], "o", color=colour)
        if len(phases) > 1:
            finish = self._run.distribution("finish_days")
            self._curve(ax, finish, last, color=BLACK, ls=":", lw=1.1, label="all phases")

    def _curve(self, ax: Axes, finish: pd.DataFrame, last: float, **style: Any) -> None:
        """The share of all trials that are done by each calendar day, up to the `last`."""
        counts = finish["trials"].groupby(np.floor(finish["level"])).sum()
        days = counts.index.to_numpy()
        days = np.concatenate([days[:1] - 30, days, [last]])
        shares = np.concatenate([[0] * (days.size - 1 - counts.size), counts, [0]]).cumsum()
        shares = shares / finish["trials"].sum()
        ax.step(calendar(self._run.scenario.start, days), shares, where="post", **style)

    def _announced_dates(self, ax: Axes, *, named: bool) -> None:
        """A line at the announced finish of each phase."""
        for phase, announced, _ in self._phases():
            ax.axvline(announced, color=GREY, ls="--", lw=0.9)
            if named:
                at, coordinates = (announced, 1.0), ("data", "axes fraction")
                text = f"announced finish of {phase}"
                ax.annotate(text, at, (0, 3), coordinates, "offset points", ha="center")

    def _phases(self) -> list[tuple[str, Any, float]]:
        """Id, announced finish and chance of meeting it, of each phase in order."""
        rows = self._run.dates().reset_index().to_dict("records")
        columns = ("id", "announced", "chance_met")
        return [tuple(row[c] for c in columns) for row in rows if row["of"] == "phase"]

    def _panels(
        self, title: str, axes: Sequence[Axes] | None, count: int, **grid: Any
    ) -> NDArray[Any]:
        """Panels over one axis of dates."""
        return panels(title, self._run.origin_line, axes, count, sharex=True, **grid)

    def _last_date_of_interest(self) -> np.datetime64:
        """Some time after everything has finished in nine trials of ten, or the horizon."""
        horizon = np.datetime64(self._run.scenario.horizon, "s")
        dates = self._run.dates()[["announced", "p90"]].to_numpy()
        if dates.size == 0 or pd.isna(dates).any():
            return horizon
        return min(horizon, dates.max() + _AFTERMATH)


def _band(ax: Axes, data: xr.DataArray, colour: str) -> None:
    """Median and P10 to P90 over weeks."""
    weeks = data["week"].values
    low, middle, high = (data.sel(quantile=share).values for share in (0.1, 0.5, 0.9))
    ax.fill_between(weeks, low, high, color=colour, alpha=0.25, lw=0, label="P10 to P90")
    ax.plot(weeks, middle, color=colour, label="median")
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
