"""What can go wrong, told apart by what a caller can do about it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ._core import Interrupted, PolicyError, ScenarioError
from .problem import Problem

__all__ = [
    "CollapseError",
    "ExchangeError",
    "ExecutorError",
    "Interrupted",
    "JudgementError",
    "ObservationError",
    "PolicyError",
    "Problem",
    "ScenarioError",
]

# The guide of the documentation on what is refused. It stands in the repository, and beside the
# source of every release. What is wrong with scenarios, `drawdown explain` tells where one is.
_GUIDES = {
    "ExchangeError": "guides/exchange",
    "JudgementError": "guides/what-experts-believe",
    "ObservationError": "guides/observations",
}
# Problems of one kind that a message spells out; all are in `problems`.
_SPELT_OUT = 5


class _Refused(ValueError):
    """Something is refused, with everything that is wrong with it."""

    _WHAT = ""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        # All arguments, so that it can be pickled.
        super().__init__(self.problems)
        self.add_note(explained(self))

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [f"{self._WHAT} are refused, {count:,} problem{'s' if count > 1 else ''}:"]
        told, all_of = Counter[str](), Counter(problem.code for problem in self.problems)
        for path, code, what, remedy in self.problems:
            told[code] += 1
            if told[code] <= _SPELT_OUT:
                lines += [f"  {path}: {what} [{code}]", f"    {remedy}"]
            elif told[code] == all_of[code]:
                lines.append(f"  and {all_of[code] - _SPELT_OUT:,} more of [{code}]")
        return "\n".join(lines)


class ExchangeError(_Refused):
    """A file or a table of another program is refused, with everything that is wrong with it.

    Attributes
    ----------
    problems : list of Problem
        Each with its place (such as ``"activities[3].after"``: table, row label, column), its kind,
        what is wrong and what to do. The message spells out the first five of each kind.
    """

    _WHAT = "the contents"


class ObservationError(_Refused):
    """Observations are refused, with everything that is wrong with them.

    Attributes
    ----------
    problems : list of Problem
        Each with its place (such as ``"counts[3].to"``: table, row label, column), its kind, what
        is wrong and what to do. The message spells out the first five of each kind.
    """

    _WHAT = "the observations"


class JudgementError(_Refused):
    """Experts' judgements are refused, with everything that is wrong with them.

    Attributes
    ----------
    problems : list of Problem
        Each with its place (such as ``"judgements[3].p5"``: row label, column), its kind, what is
        wrong and what to do. The message spells out the first five of each kind.
    """

    _WHAT = "the judgements"


class CollapseError(ValueError):
    """What was observed leaves nothing of what was simulated, or too little.

    Attributes
    ----------
    partial : Update or Conditioned
        What there is by what was observed before.
    """

    def __init__(self, message: str, partial: Any = None) -> None:
        self.partial = partial
        # All arguments, so that it can be pickled.
        super().__init__(message, partial)

    def __str__(self) -> str:
        return str(self.args[0])


class ExecutorError(RuntimeError):
    """An executor broke, or lost the same work again and again, before a run was done.

    Nothing that was merged by then is lost; the message says how to go on, here or elsewhere.

    Attributes
    ----------
    partial : Run, or as of `Interrupted`
        What there is up to the first trial that is missing; None if there is nothing.
    runs : list of Run
        All that is done, a run for each row of trials without a gap: the `done` of `simulate`.
    missing : list of range
        The trials that are missing.
    """

    def __init__(
        self,
        message: str,
        partial: Any = None,
        runs: Sequence[Any] = (),
        missing: Sequence[range] = (),
    ) -> None:
        self.partial, self.runs, self.missing = partial, list(runs), list(missing)
        # All arguments, so that it can be pickled.
        super().__init__(message, partial, self.runs, self.missing)

    def __str__(self) -> str:
        return str(self.args[0])


def explained(error: ValueError) -> str:
    """Say where each kind of problem that a refusal has is explained."""
    if guide := _GUIDES.get(type(error).__name__):
        return f"explained in the documentation, {guide}"
    codes = dict.fromkeys(problem[1] for problem in getattr(error, "problems", ()))
    return f"explained by `drawdown explain {' '.join(codes)}`"


@contextmanager
def naming_problems() -> Iterator[None]:
    """Give the fields of a refused scenario's problems their names."""
    try:
        yield
    except ScenarioError as error:
        error.problems = [Problem(*problem) for problem in error.problems]
        error.add_note(explained(error))
        raise
