"""Figures of a run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
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
    GREY,
    Sheet,
    between,
    colour,
    dates_below,
    from_zero,
    height_of_legend,
    legend_above,
    legend_of_all,
    line_of,
    mark_calendar,
    overprinted,
    panels,
    tenfold,
    titles,
    width_of,
)
from .lettering import fitted

if TYPE_CHECKING:
    from .run import Run

# What the panels of `attacks` show: the variable, the axis label, the place of its colour.
_COUNTS = [
    ("attacks_so_far", "attacks so far", 0),
    ("wounded_so_far", "people wounded so far", 3),
    ("killed_so_far", "people killed so far", 1),
]

# What is drawn beyond the last finish.
_AFTERMATH = np.timedelta64(120, "D")
# Sites beyond these stand in three columns of lower panels.
_FEW = 6

Size = tuple[float, float]


class Plots:
    """Figures of a run.

    A figure of one panel takes `ax` and returns it; one of several takes `axes`, a sequence, and
    returns them as an array. Each draws on what is given, or on a new figure with a line at its
    foot that says where the numbers come from; ``.figure`` of the axes returned is the figure.

    All take `figsize`, width and height of a new figure in inches, and `title`, what stands above
    it. What ``matplotlib.rcParams`` say of size, colours, fonts and lines is kept, where the user
    has set it; a new figure is as high as its panels need, unless `figsize` says otherwise. Titles
    and ids are drawn as they are written, with their dollar signs.
    """

    def __init__(self, run: Run) -> None:
        self._run = run

    def schedule(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """People on each site over time, against the announced timetable.

        The line is the median over trials, the band holds eight trials of ten (P10 to P90), the
        dashed line is the announced timetable. Grey bands are blackouts, dotted lines the dates of
        calendar events.

        Parameters
        ----------
        axes : sequence of Axes, optional
            One for each site, in the order of ``run.ids("site")``.
        figsize : (float, float), optional
            Of a new figure, in inches.
        title : str, optional
            What stands above instead.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not as many axes as sites.
        """
        data, sheet = self._run.weekly(), Sheet.of(axes, figsize, title)
        sites, count = titles(self._run.scenario, "sites"), data.sizes["site"]
        most = data["people_by_site"].max(["quantile", "week"]).values
        most = 1.05 * np.maximum(most, data["announced_people"].max("week").values)
        apart = tenfold(most)
        few = count <= _FEW
        shape: Any = {"columns": 2 if few else 3, "height": 2.3 if few else 1.7}
        note = " · each site on a scale of its own" if apart else ""
        drawn: NDArray[Any]
        with self._panels(
            "People on each site", note, sheet, count, sharey=not apart, **shape
        ) as drawn:
            inches = width_of(sheet) / min(shape["columns"], count) - 0.7
            for ax, site, top in zip(drawn, data["site"].values, most, strict=True):
                _band(ax, data["people_by_site"].sel(site=site), colour(0))
                announced = data["announced_people"].sel(site=site)
                ax.plot(announced["week"], announced, "--", color=BLACK, lw=1.1, label="announced")
                ax.set_title(fitted(sites[site], inches, mpl.rcParams["axes.titlesize"]))
                ax.set_ylabel("people")
                from_zero(ax, top if apart else most.max())
                between(ax, data["week"].values[0], self._last_date_of_interest())
                dates_below(ax)
                if not apart:
                    ax.label_outer()
            legend_of_all(drawn, sheet)
            mark_calendar(drawn, self._run.scenario, sheet)
        return drawn

    def finish(
        self,
        ax: Axes | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> Axes:
        """The chance that the withdrawal, and each of its phases, is done by a date.

        Dots are the announced dates with the chances of meeting them, grey bands the blackouts, and
        dotted lines the dates of calendar events. A curve that ends below
        100 % does so because the other trials are not done before the horizon.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.
        figsize : (float, float), optional
            Of a new figure, in inches.
        title : str, optional
            What stands above instead.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        sheet, labels = Sheet.of_one(ax, figsize, title), self._labels()
        shape: Any = {"legend": height_of_legend(labels, width_of(sheet))}
        drawn: Axes
        with self._panels("When the withdrawal is done", "", sheet, 1, **shape) as (drawn,):
            self._curves(drawn, labels)
            drawn.set_ylabel("chance of being done by the date")
            drawn.set_ylim(0, 1.02)
            drawn.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
            dates_below(drawn)
            if not labels:  # an empty figure has dates too
                between(drawn, self._run.scenario.start, self._run.scenario.horizon)
            legend_above(drawn)
            mark_calendar([drawn], self._run.scenario, sheet)
        return drawn

    def attacks(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Attacks, wounded and killed so far over time, with the announced finish dates.

        The line is the median over trials, the band holds eight trials of ten (P10 to P90).

        Parameters
        ----------
        axes : sequence of Axes, optional
            Three: for attacks, wounded and killed.
        figsize : (float, float), optional
            Of a new figure, in inches.
        title : str, optional
            What stands above instead.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not three axes.
        """
        data, sheet = self._run.weekly(), Sheet.of(axes, figsize, title)
        weeks, last = data["week"].values, self._last_date_of_interest()
        counts = np.stack([data[name].values for name, _, _ in _COUNTS])
        changes = np.flatnonzero((counts[..., 1:] != counts[..., :-1]).any((0, 1)))
        # Beyond that nothing happens any more.
        last = min(weeks[-1], max(last, weeks[changes.max(initial=0)] + _AFTERMATH))
        note = f" · drawn up to {pd.Timestamp(last):%Y-%m-%d}" if last < weeks[-1] else ""
        drawn: NDArray[Any]
        with self._panels("Attacks and casualties", note, sheet, len(_COUNTS)) as drawn:
            for ax, (name, label, place) in zip(drawn, _COUNTS, strict=True):
                shown = data[name].sel(week=slice(None, last))
                _band(ax, shown, colour(place))
                ax.set_ylabel(label)
                from_zero(ax, 1.05 * float(shown.max()))
                between(ax, weeks[0], last)
                dates_below(ax)
                self._announced_dates(ax)
            self._name_announced(drawn[0], sheet)
            legend_of_all(drawn, sheet)
            drawn[0].figure.align_ylabels()
        return drawn

    def exceedance(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """How bad it can get: the chance of so many killed, wounded, or harmed at once, or more.

        Two panels are about totals up to the horizon, the third about the worst single attack.
        The band is the 95 % interval. The dot is where the worst twentieth of
        trials begins; beside it stands their mean. Curves end where fewer than ten trials, or
        one in a thousand, go on.

        Parameters
        ----------
        axes : sequence of Axes, optional
            Three: for killed, wounded, and casualties of the worst attack.
        figsize : (float, float), optional
            Of a new figure, in inches.
        title : str, optional
            What stands above instead.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there are not three axes.
        """
        return plot_losses.exceedance(self._run, Sheet.of(axes, figsize, title))

    def breathing_room(
        self,
        ax: Axes | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> Axes:
        """For how many days movement was held, and how often the breathing room was used up.

        Bars are shares of all trials; a stretch of days includes its right end. Breathing room
        counts as used up in a trial in which a pause had to end because the days of pause were
        gone, or because resuming later would have pushed a finish back further than is allowed.
        Where only a summary was kept, it is known in how many trials, but not for which days.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw.
        figsize : (float, float), optional
            Of a new figure, in inches.
        title : str, optional
            What stands above instead.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        return plot_losses.breathing_room(self._run, Sheet.of_one(ax, figsize, title))

    def joint(
        self,
        finish: Day,
        most: float,
        measure: str = "casualties",
        ax: Axes | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
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
        figsize : (float, float), optional
            Of a new figure, in inches.
        title : str, optional
            What stands above instead.

        Returns
        -------
        Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, or only a summary was kept.
        """
        sheet = Sheet.of_one(ax, figsize, title)
        return plot_room.joint(self._run, day("finish", finish), most, measure, sheet)

    def _labels(self) -> list[str]:
        """What stands for each curve of `finish`, in order."""
        names = titles(self._run.scenario, "phases")
        labels = [
            f"{names[phase]}: {100 * chance:.0f} % by {day.day} {day:%B %Y}, as announced"
            for phase, day, chance in self._phases()
        ]
        return [*labels, "all phases"] if len(labels) > 1 else labels

    def _curves(self, ax: Axes, labels: list[str]) -> None:
        """A curve for each phase and, if there are several, for all of them."""
        finishes = self._run.distribution("finish_days", "phase")
        never = bool(finishes["level"].isna().any())
        horizon = (self._run.scenario.horizon - self._run.scenario.start).days
        last = finishes["level"].dropna().max() if finishes["level"].notna().any() else horizon
        last = min(last + _AFTERMATH.astype(int), horizon) if never else last + 30
        for k, (phase, announced, chance) in enumerate(self._phases()):
            style = line_of(k)
            curve = finishes[finishes["phase"] == phase]
            self._curve(ax, curve, last, **style, label=labels[k])
            ax.vlines(announced, 0, chance, colors=style["color"], linestyles=":")
            ax.plot([announced], [chance], "o", color=style["color"])
        if len(labels) > 1:
            finish = self._run.distribution("finish_days")
            self._curve(ax, finish, last, color=BLACK, ls=":", lw=1.1, label=labels[-1])

    def _curve(self, ax: Axes, finish: pd.DataFrame, last: float, **style: Any) -> None:
        """The share of all trials that are done by each calendar day, up to the `last`."""
        counts = finish["trials"].groupby(np.floor(finish["level"])).sum()
        days = counts.index.to_numpy()
        days = np.concatenate([days[:1] - 30, days, [last]])
        shares = np.concatenate([[0] * (days.size - 1 - counts.size), counts, [0]]).cumsum()
        shares = shares / finish["trials"].sum()
        ax.step(calendar(self._run.scenario.start, days), shares, where="post", **style)

    def _announced_dates(self, ax: Axes) -> None:
        """A line at the announced finish of each phase."""
        for _, announced, _ in self._phases():
            ax.axvline(announced, color=GREY, ls="--", lw=0.9)

    def _name_announced(self, ax: Axes, sheet: Sheet) -> None:
        """Which lines those are: beside each where there is room, or else in the legend."""
        names = titles(self._run.scenario, "phases")
        written = []
        for phase, announced, _ in self._phases():
            at, coordinates = (announced, 1.0), ("data", "axes fraction")
            text = fitted(f"{names[phase]} (announced)", 2.2, "small")
            style: Any = {"ha": "center", "size": "small"}
            written.append(ax.annotate(text, at, (0, 3), coordinates, "offset points", **style))
        if overprinted(written, sheet):
            for name in written:
                name.remove()
            ax.lines[-1].set_label("announced finishes of phases")

    def _phases(self) -> list[tuple[str, Any, float]]:
        """Id, announced finish and chance of meeting it, of each phase in order."""
        rows = self._run.dates().reset_index().to_dict("records")
        columns = ("id", "announced", "chance_met")
        return [tuple(row[c] for c in columns) for row in rows if row["of"] == "phase"]

    def _panels(
        self, title: str, note: str, sheet: Sheet, count: int, **grid: Any
    ) -> AbstractContextManager[NDArray[Any]]:
        """Panels over one axis of dates."""
        return panels(title, self._run.origin_line + note, sheet, count, sharex=True, **grid)

    def _last_date_of_interest(self) -> np.datetime64:
        """Some time after everything has finished in nine trials of ten, or the horizon."""
        horizon = np.datetime64(self._run.scenario.horizon, "s")
        dates = self._run.dates()[["announced", "p90"]].to_numpy()
        if dates.size == 0 or pd.isna(dates).any():
            return horizon
        return min(horizon, dates.max() + _AFTERMATH)


def _band(ax: Axes, data: xr.DataArray, shade: str) -> None:
    """Median and P10 to P90 over weeks."""
    weeks = data["week"].values
    low, middle, high = (data.sel(quantile=share).values for share in (0.1, 0.5, 0.9))
    ax.fill_between(weeks, low, high, color=shade, alpha=0.25, lw=0, label="P10 to P90")
    # A single week is a dot.
    ax.plot(weeks, middle, "." if weeks.size == 1 else "-", color=shade, label="median")
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
