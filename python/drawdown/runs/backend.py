"""What a `Run` asks of whatever holds its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from .._core import EventLog, _History, _Origin

# Name, breakdown ("" for the whole theatre), unit, what it is.
Measure = tuple[str, str, str, str]

# What measures are broken down by. The core has the list; a test holds this one against it.
By = Literal[
    "buffer",
    "contingent",
    "event",
    "gate",
    "mode",
    "month",
    "outcome",
    "phase",
    "risk",
    "rule",
    "site",
    "state",
    "threat",
]

# What a batch keeps of its trials.
Keep = Literal["trials", "summary"]

# What the weekly bands are asked for.
QUANTILES = (0.1, 0.5, 0.8, 0.9)
# Weekly series of a file that does not say which it has.
SERIES = ("people", "attacks", "wounded", "killed")


class Results(Protocol):
    """Answers about a batch: the core's while it is in memory, recorded ones once it was saved.

    There is one way from here to tables, datasets and figures, and it cannot tell the two apart.
    What a saved run holds is the core's own answers, not what they were computed from: so nothing
    is computed a second way in Python, and a file answers as it did when it was written, whatever
    the version that reads it.
    """

    @property
    def trials(self) -> int:
        """Trials run."""

    @property
    def keep(self) -> Keep:
        """What was kept of them: every one, or a summary."""

    def origin(self) -> _Origin:
        """Where the results came from."""

    def ids(self, by: str, /) -> list[str]:
        """The ids of a breakdown."""

    def values(self, name: str, by: str, /) -> NDArray[np.float64]:
        """A measure: trials are rows, ids columns (one for the whole theatre)."""

    def chance_of(self, level: float) -> tuple[float, float, float, float, float]:
        """How surely one attack reaches a level that a run with less variance was asked about.

        Chance, standard error, interval and worth.
        """

    def besides(self) -> NDArray[np.float64]:
        """What trials with less variance wrote down beside their measures."""

    def distribution(self, name: str, by: str, /) -> NDArray[np.float64]:
        """A measure: rows of place of the id, value (ascending; NaN: missing), trials."""

    def summary(self, by: str, /) -> list[dict[str, Any]]:
        """Statistics, a row for each measure and id."""

    def dates(self) -> list[dict[str, Any]]:
        """Finish dates, in days from the start."""

    def series(self) -> list[str]:
        """The names of the weekly series that there are."""

    def bands(
        self, series: str, site: str | None, shares: Sequence[float], /
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The mean by week, and quantiles (rows) by week."""

    def input_paths(self) -> list[str]:
        """The paths of the scenario's ranges."""

    def inputs(self) -> NDArray[np.float64]:
        """The values drawn for the ranges: trials are rows, ranges columns."""

    def tension_shares(self) -> NDArray[np.float64]:
        """The share of trials in each state (rows) by week."""

    def announced_people(self) -> NDArray[np.float64]:
        """People on each site (rows) by week if every date is kept."""

    def trial(self, index: int, /) -> _History:
        """One trial once more, with everything that happened in it."""

    def events(self, trials: Sequence[int], /) -> EventLog:
        """The events of some trials; ``ValueError`` if one of them was not run."""
