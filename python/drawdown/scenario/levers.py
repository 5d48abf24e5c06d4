"""What of a rule and its breathing room can be varied, and the rule in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..languages.speech import spoken
from .paths import dotted
from .scenario import Scenario

Space = Mapping[str, Sequence[Any]]

_ROOM = "plan.breathing_room"
# Keys of conditions and of a pause that are thresholds, windows or holds.
_VARIED = ("at_least", "at_most", "in_days", "at_least_days")
# The widest of a lever, as a multiple of what is written; and the widest where that is 0.
_WIDEST, _FROM_NOTHING = 3, 30


def levers(scenario: Scenario, rule: str) -> dict[str, tuple[int, int]]:
    """The thresholds, windows, holds and budgets of a rule, each with the range to look in.

    A lever goes from 0 (windows and ``at_least``: from 1) to three times what is written. Budgets
    that are 0 stay 0.

    Raises
    ------
    ValueError
        If there is no such rule.
    """
    plan: Any = scenario.to_dict()["plan"]
    rules = plan.get("rules", {})
    if rule not in rules:
        raise ValueError(f"there is no rule `{rule}`; there are {', '.join(rules) or 'none'}")
    found = dict(_numbers(rules[rule], dotted("plan.rules", rule)))
    room = plan.get("breathing_room", {})
    found |= {dotted(_ROOM, key): days for key, days in room.items() if _counts(days) and days}
    return {path: _range(path, value) for path, value in found.items()}


def words(scenario: Scenario, rule: str) -> str:
    """The rule and the breathing room, as the scenario says them, in one line."""
    lines = scenario._compiled.describe_rule(rule, spoken().code)
    return " ".join(line.strip() for line in lines)


def _numbers(tree: Mapping[str, Any], path: str) -> Iterator[tuple[str, float]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, dotted(path, key))
        elif key in _VARIED and _counts(value):
            yield dotted(path, key), value


def _counts(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _range(path: str, value: float) -> tuple[int, int]:
    least = 1 if path.endswith((".in_days", ".at_least")) else 0
    return least, max(round(_WIDEST * value), least + 1) if value else _FROM_NOTHING
