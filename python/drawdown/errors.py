"""What can go wrong, told apart by what a caller can do about it."""

from collections.abc import Iterator
from contextlib import contextmanager

from ._core import Interrupted, ScenarioError
from .problem import Problem

__all__ = ["Interrupted", "Problem", "ScenarioError"]


@contextmanager
def naming_problems() -> Iterator[None]:
    """Give the fields of a refused scenario's problems their names."""
    try:
        yield
    except ScenarioError as error:
        error.problems = [Problem(*problem) for problem in error.problems]
        raise
