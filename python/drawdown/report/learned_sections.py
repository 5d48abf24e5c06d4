"""What was learned from observations, as sections of the page of a run: fits and updates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .._internal.tables import Table
from ..languages.speech import say
from ..languages.statements import said
from ..learn.condition import Conditioned
from ..learn.known import seen_in_words, what_in_words
from ..learn.posterior import Posterior
from ..learn.update import Update
from ..runs.run import Run
from .evidence import Picture, Section


def of_posterior(found: Posterior, run: Run) -> Section:
    """The ranges before and after a fit, and what was observed beside what the model gives."""
    return _section(found, run, say("fitted-how"), found.notes)


def of_update(found: Update, run: Run) -> Section:
    """What was observed, beside what was expected before it was known."""
    return _section(
        found,
        run,
        say("updated-how"),
        found.notes,
    )


def of_conditioned(found: Conditioned, run: Run) -> Section:
    """The run, weighted by how likely each trial makes what was observed."""
    return _section(found, run, say("conditioned-how"), found.notes)


def _section(found: Posterior | Update | Conditioned, run: Run, *texts: str) -> Section:
    drawn: Any = found
    pictures = []
    if hasattr(drawn, "plot"):
        caption = say("result-caption", title=found.title)
        about = say("result-alt", title=found.title, about=found.origin_line)
        pictures = [Picture(drawn.plot, caption, about)]
    return Section(
        key=type(found).__name__.lower(),
        title=found.title,
        origin=found.origin_line,
        scenario=run.scenario,
        text=list(filter(None, texts)),
        tables=[
            Table.of(name, _in_words(frame)) for name, frame in found.tables().items() if len(frame)
        ],
        pictures=pictures,
        translated=True,
    )


def _in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """A table, in which what was observed is in words."""
    if "statistic" in frame:
        return frame.assign(statistic=frame["statistic"].map(said))
    if not {"what", "observed"} <= set(frame.columns):
        return frame
    what, observed = frame["what"].map(what_in_words), frame["observed"].map(_seen)
    return frame.assign(what=what, observed=observed)


def _seen(observed: Any) -> Any:
    return seen_in_words(observed) if isinstance(observed, str) else observed
