"""Which measures are about anything that a scenario has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import _core
from .paths import matching
from .scenario import Scenario

# What a scenario has to have for a measure of the whole theatre to be about anything in it: of each
# group one path, with something other than 0 there.
NEEDS = _core.measure_needs()


def has(scenario: Scenario, measure: str) -> bool:
    """Whether a scenario has what a measure is about; yes of a measure that is not known."""
    return holds(scenario.to_dict(), measure)


def holds(tree: Mapping[str, Any], measure: str) -> bool:
    """Whether a scenario written as a dict has what a measure is about."""
    return all(
        any(value for path in group for _, value in matching(tree, path))
        for group in NEEDS.get(measure, ())
    )
