"""What was learned from observations, as sections of the page of a run: fits and updates."""

from __future__ import annotations

from typing import Any

from .._internal.tables import Table
from ..learn.condition import Conditioned
from ..learn.posterior import Posterior
from ..learn.update import Update
from ..runs.run import Run
from .evidence import Picture, Section


def of_posterior(found: Posterior, run: Run) -> Section:
    """The ranges before and after a fit, and what was observed beside what the model gives."""
    return _section(
        found,
        run,
        "What the scenario's ranges were before they were fitted to observations, and what is left "
        "of them. A contraction near 0 means that the observations say next to nothing of a range: "
        "the prior decides.",
    )


def of_update(found: Update, run: Run) -> Section:
    """What was observed, beside what was expected before it was known."""
    return _section(
        found,
        run,
        "Each observation beside what was expected of it by those before (P10, P50, P90). What is "
        "to come, given all of them, is in the run of the update.",
    )


def of_conditioned(found: Conditioned, run: Run) -> Section:
    """The run, weighted by how likely each trial makes what was observed."""
    return _section(
        found, run, "The trials of the run, each weighted by how likely it makes what was observed."
    )


def _section(found: Posterior | Update | Conditioned, run: Run, about: str) -> Section:
    drawn: Any = found
    pictures = []
    if hasattr(drawn, "plot"):
        pictures = [Picture(drawn.plot, f"{found.title}.", f"{found.title}: {found.origin_line}.")]
    return Section(
        key=type(found).__name__.lower(),
        title=found.title,
        origin=found.origin_line,
        scenario=run.scenario,
        text=[about, *filter(None, [found.notes])],
        tables=[Table.of(name, frame) for name, frame in found.tables().items() if len(frame)],
        pictures=pictures,
    )
