"""What all results have in common: a title, tables, notes, and where the numbers come from."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
from numpy.typing import NDArray

from .._internal.attached import attached
from .._internal.sheet import Sheet
from .._internal.tables import Shown, Table, as_written
from ..languages.speech import say
from ..scenario.scenario import Scenario
from .base import Histories

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Result:
    """What can be asked of every result.

    A class of results gives its `table`, the message of a title (`_TITLE`), and a `plot` whose code
    is attached to it; if it has `runs` that is enough to print it, show it in a notebook and put it
    on a page. Printed and in a notebook come the same things in the same order: where the numbers
    come from, what is found in words, the tables, and how to read them.
    """

    # What was simulated, by name, where that is how a result is made: the first stands for all.
    runs: Any
    # A method that gives the one table of a result, unless `tables` says that there are others.
    table: Any

    _TITLE: ClassVar[str] = ""
    _NOTES: ClassVar[str] = ""
    # What parts tables from the notes below them, when printed.
    _GAP: ClassVar[str] = "\n"

    @property
    def title(self) -> str:
        """What the result is about, as a heading."""
        return say(self._TITLE) if self._TITLE else type(self).__name__

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        return self._first.origin_line

    @property
    def scenario(self) -> Scenario:
        """What was simulated; of several runs, the first."""
        return self._first.scenario

    @property
    def notes(self) -> str:
        """How to read the tables; empty if they say so themselves."""
        return say(self._NOTES) + "\n" if self._NOTES else ""

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give every table that the result shows, with all digits.

        Returns
        -------
        dict of str to DataFrame
            By the name of the method or attribute that gives the table alone and describes it.
        """
        return {"table": self.table()}

    def section(self, run: Any) -> Any:
        """Give what the result brings to the page of a run; `Run.report` asks for it.

        Parameters
        ----------
        run : Run
            The run that the page is about.

        Returns
        -------
        Section
            Texts, tables, pictures and answers to the checklist.
        """
        return attached(self, "section")(self, run)

    @property
    def _first(self) -> Histories:
        """The run that stands for all."""
        found: Histories = next(iter(self.runs.values()))
        return found

    @property
    def _of(self) -> Scenario:
        """What the result is about, to be held against the world of a page."""
        return self.scenario

    @property
    def _head(self) -> str:
        """What stands first."""
        return self.origin_line

    @property
    def _brief(self) -> str:
        """What a result says of itself within others."""
        return self.origin_line

    def _tables(self) -> Sequence[Shown]:
        """The tables as they are shown, with no more digits than are of use."""
        return [Table.of(name, frame) for name, frame in self.tables().items()]

    def _drawn(
        self, axes: Iterable[Axes] | None, figsize: Any, title: str | None, *about: Any
    ) -> NDArray[Any]:
        """The figure, of several panels, with what it is to be about."""
        drawn: NDArray[Any] = attached(self, "plot")(self, *about, Sheet.of(axes, figsize, title))
        return drawn

    def _drawn_on_one(self, ax: Axes | None, figsize: Any, title: str | None) -> Axes:
        """The figure, of one panel."""
        drawn: Axes = attached(self, "plot")(self, Sheet.of_one(ax, figsize, title))
        return drawn

    def __str__(self) -> str:
        shown = "\n".join(table.text() for table in self._tables())
        notes = self.notes
        below = self._GAP + notes.removesuffix("\n") + "\n" if notes else ""
        return f"{self._head}\n\n{shown}{below}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._brief})"

    def _repr_html_(self) -> str:
        shown = "".join(table.html() for table in self._tables())
        below = f"<p>{html.escape(self.notes)}</p>" if self.notes else ""
        return as_written(f"<p>{html.escape(self._head)}</p>{shown}{below}")
