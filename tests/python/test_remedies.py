"""What a refusal tells to do is accepted when it is done."""

import re

import numpy as np
import pytest

import drawdown as dd

KEYS = [
    "plan.review_every_days",
    "plan.transport.lift_every_days",
    "plan.transport.people_per_day",
    "plan.breathing_room.pause_days",
    "world.sites.base.garrison.us",
    "world.sites.base.reference_garrison",
    "world.threats.militia.presence_elasticity",
    "world.threats.militia.batch_mean",
    "world.threats.militia.displacement",
    "world.threats.militia.harm.no_casualty",
    "world.threats.militia.harm.scale",
    "world.threats.militia.harm.shape",
]


def values(draw):
    """Numbers of every size and sign, whole or not, as numbers or as texts."""
    sizes = 10.0 ** draw.uniform(-320, 300, 12)
    small = draw.uniform(-50, 50, 6)
    numbers = [*sizes, *-sizes, *small, *np.round(small), -0.0, 0.3, 1e12, -1e13, 2.0**32]
    numbers = [float(number) for number in numbers]
    whole = [int(number) for number in numbers if abs(number) < 1e30]
    return [*numbers, *whole, *map(repr, numbers), *map(str, whole), 10**30, True]


def told(remedy):
    """The values that a remedy gives, as a reader would write them."""
    bounds = re.findall(r"(at least|at most|above|below) (-?[\d.]+(?:e-?\d+)?)", remedy)
    for word, text in bounds:
        bound = float(text)
        if word in ("at least", "at most"):
            yield int(bound) if bound.is_integer() else bound
    for pattern in (r"write (\S+), without", r"leave the point out: (\S+)", r"such as (-?\d+)"):
        for text in re.findall(pattern, remedy):
            yield int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    if re.search(r"give 0\b", remedy):
        yield 0


@pytest.mark.parametrize("key", KEYS)
def test_numbers_that_a_refusal_gives_are_accepted(minimal, key):
    draw = np.random.default_rng(KEYS.index(key))
    tried = 0
    for value in values(draw):
        try:
            minimal.replace({key: value})
        except dd.ScenarioError as error:
            problems = [problem for problem in error.problems if problem.path == key]
        else:
            continue
        for problem in problems:
            for number in told(problem.remedy):
                tried += 1
                assert not re.search(r"-0(?![.\d])", problem.remedy)
                try:
                    minimal.replace({key: number})
                except dd.ScenarioError as again:
                    faults = [p for p in again.problems if p.path == key]
                    assert not faults, f"{value!r}: told {problem.remedy!r}, then {faults}"
    assert tried > 20
