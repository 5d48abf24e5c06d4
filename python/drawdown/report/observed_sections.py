"""What was observed, as a section of the page of a run."""

from __future__ import annotations

from .._internal.tables import Table
from ..learn.observations import Observations
from ..runs.run import Run
from .evidence import Picture, Section


def of_observations(observed: Observations, run: Run) -> Section:
    """What was observed, and what was left out of it."""
    drawn = observed.drawable or len(observed.levels)
    about = f"{observed.title}: {observed.origin_line}."
    return Section(
        key=type(observed).__name__,
        title=observed.title,
        origin=observed.origin_line,
        scenario=run.scenario,
        text=[observed.notes],
        tables=[Table.of(name, frame) for name, frame in observed.tables().items()],
        pictures=[Picture(observed.plot, f"{observed.title}.", about)] if drawn else [],
    )
