"""What can go wrong, told apart by what a caller can do about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from ._core import Interrupted, ScenarioError

__all__ = ["Interrupted", "Problem", "ScenarioError"]


class Problem(NamedTuple):
    """One thing wrong with a scenario, or one warning about it.

    Attributes
    ----------
    path : str
        Where: the dotted path of the key, such as ``"plan.phases.first.announced_start"``; empty
        for the whole file.
    code : str
        Which kind of problem, such as ``"unknown_key"``; the set is closed.
    what : str
        What is wrong, in words.
    remedy : str
        What to do about it.
    """

    path: str
    code: str
    what: str
    remedy: str


@contextmanager
def naming_problems() -> Iterator[None]:
    """Gives the fields of a refused scenario's problems their names."""
    try:
        yield
    except ScenarioError as error:
        error.problems = [Problem(*problem) for problem in error.problems]
        raise
