"""Which measures are about anything that a scenario has."""

from __future__ import annotations

from .scenario import Scenario


def has(scenario: Scenario, measure: str) -> bool:
    """Whether a scenario has what a measure is about; yes of a measure that is not known."""
    return scenario._compiled.is_about(measure)
