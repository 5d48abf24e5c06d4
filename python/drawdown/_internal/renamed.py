"""Names of earlier versions: they work until 0.3, and say what has taken their place."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

# Of the package: the old name, and the new one.
NAMES = {
    "Draws": "InputSample",
    "Price": "PauseTradeoff",
    "Risk": "RiskOverTime",
    "Room": "MinimumAllowance",
    "Search": "RuleSearch",
    "cases": "compare_worlds",
    "discover": "scenario_discovery",
    "draws": "sample_inputs",
    "price": "pause_tradeoff",
    "risk": "risk_over_time",
    "search": "optimize_rule",
    "smallest_room": "minimum_allowance",
    "until": "simulate_to_precision",
}


def warn(old: str, new: str, stacklevel: int = 3) -> None:
    """Say that a name is going to go."""
    told = f"`{old}` is now `{new}`; the old name goes with drawdown 0.3"
    warnings.warn(told, FutureWarning, stacklevel=stacklevel)


def method(old: str, new: str) -> Callable[..., Any]:
    """A method under its old name: it warns, and does what the new one does."""

    def renamed(self: Any, *args: Any, **given: Any) -> Any:
        warn(old, new)
        return getattr(self, new)(*args, **given)

    renamed.__name__ = renamed.__qualname__ = old
    renamed.__doc__ = f"Do what `{new}` does: this is its name in versions before 0.3."
    return renamed
