"""One thing wrong with a scenario, or one warning about it."""

from typing import NamedTuple


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
