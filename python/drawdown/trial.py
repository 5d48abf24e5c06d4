"""One history in full."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from numpy.typing import NDArray

from . import _core, narrative, tables
from .events import frame
from .results import Results
from .spoken import spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .run import Run


class Trial:
    """One trial of a run, simulated once more with everything that happened in it.

    Get one with `Run.trial`.

    Attributes
    ----------
    index : int
        The number of the trial, from 0.
    run : Run
        The run that it belongs to.
    """

    def __init__(self, run: Run, results: Results, index: int) -> None:
        self.run = run
        self.index = index
        self._history = results.trial(index)
        self._labels = labels(results)

    @property
    def events(self) -> pd.DataFrame:
        """What happened, in order, one row for each event.

        Columns are ``time_days`` (from the start), ``date`` (its calendar day), ``kind``, the ids
        concerned (``site``, ``to`` for people who move to another site, ``threat``,
        ``contingent``, ``phase``, ``gate``, ``state``, ``event`` of the calendar and its
        ``outcome``, ``rule``; missing where none is), ``count`` (people,
        or 1), ``attack`` (its number in the trial, from 0) and ``parent`` (the number of the
        attack that caused it).
        """
        return self._events.copy()

    @cached_property
    def _events(self) -> pd.DataFrame:
        return frame(self._history["events"]).drop(columns="trial")

    @property
    def inputs(self) -> pd.Series[float]:
        """The values drawn for the uncertain numbers of the scenario, by dotted path."""
        return pd.Series(dict(self._history["inputs"]), dtype=float, name=self.index)

    @property
    def measures(self) -> pd.Series[float]:
        """Every measure: ``attacks``, ``attacks_by_site.asad``, ... Missing: not reached."""
        return pd.Series(self._history["row"], index=self._labels, name=self.index)

    def narrative(self) -> str:
        """What happened, day by day, in plain words; days on which nothing did are left out."""
        return narrative.tell(self)

    def plot(
        self,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """The history as a timeline.

        From above: each phase as announced (outline) and as it happened (bar); people by site,
        hatched while movement was held, with calendar events as dotted lines; a tick for each
        attack by site, long and red where something got through, and a triangle for each strike
        in answer; a line for each attack that harmed somebody, as long as there
        were people harmed. Tints behind are states of tension, grey bands blackouts.

        Parameters
        ----------
        axes : sequence of Axes, optional
            Four.
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
            If there are not four axes.
        """
        from .figure import Sheet
        from .timeline import draw

        return draw(self, Sheet.of(axes, figsize, title))

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


def labels(results: Results) -> list[str]:
    """A name for each number of a trial: ``attacks``, ``attacks_by_site.asad``, ..."""
    names = []
    for name, by, _, _ in _core.measures():
        names += [f"{name}_by_{by}.{key}" for key in results.ids(by)] if by else [name]
    return names
