"""One history in full."""

from __future__ import annotations

import html
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import _core, narrative, tables
from .days import calendar

if TYPE_CHECKING:
    from .run import Run

# Columns of events that hold ids.
_IDS = ["site", "to", "threat", "contingent", "phase", "gate", "state"]


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

    def __init__(self, run: Run, core: _core.Run, index: int) -> None:
        self.run = run
        self.index = index
        self._history = core.trial(index)
        self._labels = labels(core)

    @cached_property
    def events(self) -> pd.DataFrame:
        """What happened, in order, one row for each event.

        Columns are ``time_days`` (from the start), ``date`` (its calendar day), ``kind``, the ids
        concerned (``site``, ``to`` for people who move to another site, ``threat``,
        ``contingent``, ``phase``, ``gate``, ``state``; missing where none is), ``count`` (people,
        or 1), ``attack`` (its number in the trial, from 0) and ``parent`` (the number of the
        attack that caused it).
        """
        events = self._history["events"]
        frame = pd.DataFrame(
            {
                "time_days": events["time_days"],
                "date": calendar(self.run.scenario.start, events["time_days"]),
                "kind": pd.array(events["kind"], dtype="string"),
            }
        )
        for name in _IDS:
            frame[name] = pd.array(events[name], dtype="string")  # type: ignore[literal-required]
        frame["count"] = events["count"].astype(np.int64)
        frame["attack"] = pd.array(events["attack"], dtype="Int64")
        frame["parent"] = pd.array(events["parent"], dtype="Int64")
        return frame

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

    def __repr__(self) -> str:
        return f"Trial({self.index} of {self.run!r}, {len(self.events):,} events)"

    def _repr_html_(self) -> str:
        totals = [name for name in self._labels if "." not in name]
        rows = [[name, tables.number(self.measures[name])] for name in totals]
        table = tables.Table(f"Trial {self.index}", ["value"], rows)
        story = html.escape(self.narrative())
        return f"{table.html()}<details><summary>Day by day</summary><pre>{story}</pre></details>"


def labels(core: _core.Run) -> list[str]:
    """A name for each number of a trial: ``attacks``, ``attacks_by_site.asad``, ..."""
    names = []
    for name, by, _, _ in _core.measures():
        names += [f"{name}_by_{by}.{key}" for key in core.ids(by)] if by else [name]
    return names
