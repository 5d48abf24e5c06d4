"""What was observed, as a section of the page of a run."""

from __future__ import annotations

import pandas as pd

from .._internal.tables import Table
from ..languages.speech import say
from ..languages.statements import said
from ..learn.observations import Observations
from ..learn.summary import in_words
from ..runs.run import Run
from .evidence import Picture, Section


def of_observations(observed: Observations, run: Run) -> Section:
    """What was observed, and what was left out of it."""
    drawn = observed.drawable or len(observed.levels)
    caption = say("result-caption", title=observed.title)
    about = say("result-alt", title=observed.title, about=observed.origin_line)
    return Section(
        key=type(observed).__name__,
        title=observed.title,
        origin=observed.origin_line,
        scenario=run.scenario,
        text=[observed.notes],
        tables=[_told(name, frame) for name, frame in observed.tables().items()],
        pictures=[Picture(observed.plot, caption, about)] if drawn else [],
        translated=True,
    )


def _told(name: str, frame: pd.DataFrame) -> Table:
    """A table with the names of series, and why rows were left out, in the language spoken."""
    names = frame.index.names
    if "series" in names:
        frame = frame.rename(index=in_words)
    if "why" in names:
        frame = frame.rename(index=said, level="why")
    return Table.of(name, frame)
