"""The figures of a run: what there is; the room of plots draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from .._internal.attached import attached
from .._internal.days import Day
from .._internal.sheet import Sheet
from .base import Histories

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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

    def __init__(self, run: Histories) -> None:
        self._run = run

    def schedule(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the people on each site over time, against the announced timetable.

        The line is the median over trials, the band holds eight trials of ten (P10 to P90), the
        dashed line is the announced timetable. Grey bands are blackouts, dotted lines the dates of
        calendar events.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each site, in the order of ``run.ids("site")``.
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
            If there are not as many axes as sites.
        """
        sheet = Sheet.of(axes, figsize, title)
        drawn: NDArray[Any] = attached(self, "schedule")(self._run, sheet)
        return drawn

    def finish(
        self,
        ax: Axes | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw the chance that the withdrawal, and each of its phases, is done by a date.

        Dots are the announced dates with the chances of meeting them, grey bands the blackouts, and
        dotted lines the dates of calendar events. A curve that ends below
        100 % does so because the other trials are not done before the horizon.

        Parameters
        ----------
        ax : Axes, optional
            The axes to draw on; left out, those of a new figure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        sheet = Sheet.of_one(ax, figsize, title)
        drawn: Axes = attached(self, "finish")(self._run, sheet)
        return drawn

    def attacks(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw attacks, wounded and killed so far over time, with the announced finish dates.

        The line is the median over trials, the band holds eight trials of ten (P10 to P90).

        Parameters
        ----------
        axes : sequence of Axes, optional
            The three axes to draw on, for attacks, wounded and killed.
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
            If there are not three axes.
        """
        sheet = Sheet.of(axes, figsize, title)
        drawn: NDArray[Any] = attached(self, "attacks")(self._run, sheet)
        return drawn

    def exceedance(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw how bad it can get: exceedance of killed, of wounded and of the worst attack.

        Two panels are about totals up to the horizon, the third about the worst single attack.
        The band is the 95 % interval. The dot is where the worst twentieth of
        trials begins; beside it stands their mean. Curves end where fewer than ten trials, or
        one in a thousand, go on.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The three axes to draw on, for killed, wounded, and casualties of the worst attack.
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
            If there are not three axes.
        """
        sheet = Sheet.of(axes, figsize, title)
        drawn: NDArray[Any] = attached(self, "exceedance")(self._run, sheet)
        return drawn

    def breathing_room(
        self,
        ax: Axes | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw for how many days movement was held, and how often breathing room was used up.

        Bars are shares of all trials; a stretch of days includes its right end. Breathing room
        counts as used up in a trial in which a pause had to end because the days of pause were
        gone, or because resuming later would have pushed a finish back further than is allowed.
        Where only a summary was kept, it is known in how many trials, but not for which days.

        Parameters
        ----------
        ax : Axes, optional
            The axes to draw on; left out, those of a new figure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        sheet = Sheet.of_one(ax, figsize, title)
        drawn: Axes = attached(self, "breathing_room")(self._run, sheet)
        return drawn

    def joint(
        self,
        finish: Day,
        most: float | str,
        measure: str = "casualties",
        ax: Axes | None = None,
        *,
        figsize: Size | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw a date and a ceiling of casualties together: a dot for each trial.

        In each quarter stands its share of all histories. On a black curve both its date and its
        ceiling are kept in that share of histories: a promise on it is as sure as that. Histories
        that do not finish before the horizon are late and have no dot; the legend counts them.

        Parameters
        ----------
        finish : date, datetime64 or str
            The date: the last phase is to be done on this day or before. Or a criterion to keep:
            ``"finish_days of phase first <= 2025-09-30"``.
        most : float or str
            The ceiling of the `measure`, which may be reached. Or a criterion to keep: ``"killed of
            site erbil <= 10"``.
        measure : str
            The measure that a number is the ceiling of.
        ax : Axes, optional
            The axes to draw on; left out, those of a new figure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

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
        drawn: Axes = attached(self, "joint")(self._run, finish, most, measure, sheet)
        return drawn
