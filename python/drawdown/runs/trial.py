"""One history in full."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from .._internal import tables
from .._internal.attached import attached
from .._internal.sheet import Sheet
from . import narrative
from .history import History
from .spoken import spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Trial(History):
    """One trial of a run, simulated once more with everything that happened in it.

    Get one with `Run.trial`.

    Attributes
    ----------
    index : int
        The number of the trial, from 0.
    run : Run
        The run that it belongs to.
    """

    def narrative(self) -> str:
        """Tell what happened, day by day, in plain words, without days on which nothing did."""
        return narrative.tell(self)

    def plot(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the trial as a timeline.

        From above: each phase as announced (outline) and as it happened (bar, up to a cross where
        it was cancelled); people by site,
        hatched while movement was held, with calendar events as dotted lines; a tick for each
        attack by site, long and red where something got through, and a triangle for each strike
        in answer; a line for each attack that harmed somebody, as long as there
        were people harmed. Tints behind are states of tension, grey bands blackouts.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The four axes to draw on; left out, those of a new figure.
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
            If there are not four axes.
        """
        drawn: NDArray[Any] = attached(self, "plot")(self, Sheet.of(axes, figsize, title))
        return drawn

    def __repr__(self) -> str:
        return f"Trial({self.index} of {self.run!r}, {len(self.events):,} events)"

    def _repr_html_(self) -> str:
        totals = spoken((name for name in self._labels if "." not in name), self.run)
        rows = [[name, tables.number(self.measures[name])] for name in totals]
        table = tables.Table(f"Trial {self.index}", ["value"], rows)
        story = html.escape(self.narrative())
        return tables.as_written(
            f"{table.html()}<details><summary>Day by day</summary><pre>{story}</pre></details>"
        )
