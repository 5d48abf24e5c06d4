"""The limits that the schema and the reference state are those that are checked."""

import math
import tomllib
from typing import Any

import pytest

import drawdown as dd
from every_key import ROOT, TEXT, Leaf, put, walk

TREE = tomllib.loads(TEXT)
NUMBERS = [leaf for leaf in walk(TREE, ROOT) if leaf.kind in ("number", "integer", "Range", "Law")]
# Of the problems that a number can have, those that are its own and no matter of other keys.
OF_NUMBERS = ("out_of_range", "bad_law", "not_finite", "wrong_type", "explosive", "too_large")
# The size of every number but 0, as the head of the reference says.
SMALLEST, LARGEST = 1e-300, 1e12
WHOLE = (0, 2**32 - 1)


def refused(leaf: Leaf, value: Any) -> bool:
    """Whether a number is refused in the place of a leaf."""
    try:
        dd.Scenario.from_dict(put(TREE, leaf.path, value))
    except dd.ScenarioError as error:
        return any(one.path == str(leaf) and one.code in OF_NUMBERS for one in error.problems)
    return False


def stated(schema: dict[str, Any]) -> tuple[float | None, float | None, bool, bool]:
    """The least and the greatest value, None where none is stated, and whether they are allowed."""
    low, high = schema.get("limits") or (None, None)
    low, high = schema.get("minimum", low), schema.get("maximum", high)
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    return (
        low if above is None else above,
        high if below is None else below,
        above is None,
        below is None,
    )


def step(leaf: Leaf, number: float, up: bool) -> float:
    """The next number that the key could take."""
    if leaf.kind == "integer":
        return number + (1 if up else -1)
    if number == 0:
        return SMALLEST if up else -SMALLEST
    return math.nextafter(number, math.inf if up else -math.inf)


@pytest.mark.parametrize("leaf", NUMBERS, ids=str)
def test_a_number_is_refused_just_outside_its_limits(leaf: Leaf) -> None:
    low, high, low_allowed, high_allowed = stated(leaf.schema)
    if leaf.kind == "integer":
        low, high = WHOLE[0] if low is None else low, WHOLE[1] if high is None else high
    assert refused(leaf, -LARGEST if low is None else step(leaf, low, up=False)) == (
        low is not None
    )
    assert refused(leaf, LARGEST if high is None else step(leaf, high, up=True)) == (
        high is not None
    )
    if low is not None and leaf.path[-1] != "until_days":  # which is above `from_days` first
        assert refused(leaf, low) != low_allowed
        assert not refused(leaf, step(leaf, low, up=True)) or low == high
    if high is not None:
        assert refused(leaf, high) != high_allowed
        assert not refused(leaf, step(leaf, high, up=False)) or low == high
