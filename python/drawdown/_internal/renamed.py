"""Names of earlier versions: they work until 0.3, and say what has taken their place."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

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


def keyword(old: str, new: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function that still takes an argument under its old name, and warns."""

    def of(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def renamed(*args: P.args, **given: P.kwargs) -> R:
            if old in given:
                if new in given:
                    raise TypeError(f"`{old}` is now `{new}`: give one of them")
                warn(f"{old}=", f"{new}=")
                given[new] = given.pop(old)
            return function(*args, **given)

        return renamed

    return of


def attribute(old: str, new: str) -> Any:
    """An attribute under its old name: it warns, and is the new one."""

    def renamed(self: Any) -> Any:
        warn(old, new)
        return getattr(self, new)

    return property(
        renamed, doc=f"Give what `{new}` gives: its name before 0.2, which works until 0.3."
    )


def method(old: str, new: str) -> Callable[..., Any]:
    """A method under its old name: it warns, and does what the new one does."""

    def renamed(self: Any, *args: Any, **given: Any) -> Any:
        warn(old, new)
        return getattr(self, new)(*args, **given)

    renamed.__name__ = renamed.__qualname__ = old
    renamed.__doc__ = f"Do what `{new}` does: this is its name before 0.2, which works until 0.3."
    return renamed
