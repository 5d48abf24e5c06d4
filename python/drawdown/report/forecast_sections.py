"""Forecasts and what they were worth, on the page of a run."""

from __future__ import annotations

from dataclasses import replace

from ..learn.unbound import Unbound
from ..runs.run import Run
from .evidence import Section
from .sections import of_result


def of_forecasts(found: Unbound, run: Run) -> Section:
    """Texts, tables and figure, on the page of whatever run: they are about no other world."""
    return replace(of_result(found, run), scenario=run.scenario)
