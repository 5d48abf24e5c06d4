"""Forecasts and what they were worth, on the page of a run."""

from __future__ import annotations

from dataclasses import replace

from .._internal.tables import Table
from ..learn.unbound import Unbound
from ..runs.run import Run
from .evidence import Section
from .sections import of_result


def of_forecasts(found: Unbound, run: Run) -> Section:
    """Texts, tables as they are printed, and figure; of no other world than that of the page."""
    tables = [one for one in found._tables() if isinstance(one, Table)]
    return replace(of_result(found, run), scenario=run.scenario, tables=tables)
