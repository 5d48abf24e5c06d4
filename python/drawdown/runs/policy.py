"""Policies of one's own: objects that decide in the course of a simulation as rules do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence, Sized
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import known, mapping, named, number, shown, text, whole
from .._internal.tables import counted
from ..errors import naming_problems
from ..scenario.scenario import Scenario
from ..scenario.values import plain
from .situations import END, END_WORD, STAY, Floats, Ints, Situation, Situations

if TYPE_CHECKING:
    from .._core import _Terms

# What is to be done in one trial: nothing, what is in force ends, an action by its name, or actions
# as `then` of a rule has them.
Wish: TypeAlias = str | Mapping[str, Any] | None
# The same of many trials: places among the actions (see `Situations.choose`), or a wish each.
Answers: TypeAlias = NDArray[np.integer[Any]] | NDArray[np.str_] | Sequence[Wish] | None

_LARGEST = 2**32 - 1
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Policy:
    """A decision-maker: it looks at how things stand, remembers, and says what is to be done.

    Write a class of your own on top of this one, with `review`, which is asked about many trials at
    once and answers with arrays, or with `decide`, which is asked about one after another and is
    simpler to write and slower to run. Hand an object of it to `simulate` as `policy`. It is asked
    at every review, after the rules of the plan, and acts like them: where it sets off, what is
    done once is done, and movement is held if ``pause`` is among it, until it says ``"end"``.

    It must depend on nothing but what it is shown and its `memory`: then decisions are the same,
    bit for bit, on any number of threads and however trials are asked together. Chance comes from
    `Situations.uniform`.

    Attributes
    ----------
    name : str
        What it is called in the origin of results, in logs and in measures by rule; left out, the
        name of the class.
    actions : mapping of str to mapping
        What it may do, by a name of its own: each as the ``then`` of a rule, such as ``{"hold":
        {"pause": {"at_least_days": 14}}}``.
    counts : mapping of str to mapping
        What is counted for it all the time, by a name of its own: each as a rule's condition,
        without what it is compared with, such as ``{"lately": {"attacks": {"in_days": 14, "sites":
        ["asad"]}}}``.
    memory : mapping of str to float
        The numbers that it remembers in each trial, and what they are at the beginning.
    at_once : bool
        Whether it is asked right after every attack, change of tension and so on as well, as rules
        with ``at_once`` are.
    cooldown_days : float
        Days after it has ended in which it does not set off again. Above 0, it has to end before it
        can.
    at_most_times : int, optional
        It sets off at most so often in a trial; left out, as often as it comes.
    until : mapping, optional
        A condition that ends it without its saying so.

    Examples
    --------
    >>> import drawdown as dd
    >>> class Smoothed(dd.Policy):
    ...     actions = {"hold": {"pause": {"at_least_days": 14}}}
    ...     counts = {"lately": {"attacks": {"in_days": 7}}}
    ...     memory = {"weekly": 0.0}
    ...
    ...     def review(self, now):
    ...         weekly = 0.7 * now.memory["weekly"] + 0.3 * now["lately"]
    ...         now.memory["weekly"] = weekly
    ...         held = now.is_in_force
    ...         return now.choose(hold=~held & (weekly > 8), end=held & (weekly < 4))
    >>> run = dd.simulate("iraq-2024", trials=200, seed=7, policy=Smoothed())
    >>> run.origin["policies"]
    ['Smoothed']
    >>> bool(run.values("pauses").sum() > 0)
    True
    """

    name: str = ""
    actions: Mapping[str, Mapping[str, Any]] = _NOTHING
    counts: Mapping[str, Mapping[str, Any]] = _NOTHING
    memory: Mapping[str, float] = _NOTHING
    at_once: bool = False
    cooldown_days: float = 0.0
    at_most_times: int | None = None
    until: Mapping[str, Any] | None = None

    def review(self, now: Situations) -> Answers:
        """Say what is to be done in each of the trials.

        One that raises an exception is asked again about fewer of them, to find out in which trial.

        Parameters
        ----------
        now : Situations
            How things stand in the trials, and what is remembered of each.

        Returns
        -------
        array or sequence
            What `Situations.choose` makes of masks; or for each trial what `decide` returns. None:
            nothing in any of them.
        """
        answers = []
        for k in range(len(now)):
            try:
                answers.append(self.decide(now.one(k)))
            except Exception as error:
                error._drawdown_place = k  # type: ignore[attr-defined]
                raise
        return answers

    def decide(self, now: Situation) -> Wish:
        """Say what is to be done in one trial.

        Parameters
        ----------
        now : Situation
            How things stand in the trial, and what is remembered of it.

        Returns
        -------
        str, mapping or None
            The name of one of the `actions`; actions as the ``then`` of a rule has them; ``"end"``
            to end what is in force; None: nothing changes.
        """
        return None


class _Function(Policy):
    """A function of one trial as a policy."""

    def __init__(self, function: Callable[[Situation], Wish]) -> None:
        self._function = function
        self.name = getattr(function, "__name__", type(function).__name__)

    def decide(self, now: Situation) -> Wish:
        return self._function(now)


class Decider:
    """A policy made ready for a scenario: what the core calls, and what went wrong in it."""

    def __init__(self, policy: Policy | Callable[[Situation], Wish], scenario: Scenario) -> None:
        self.policy = _policy_of(policy)
        self.name = _name(self.policy)
        compiled = scenario._compiled
        self._ids = compiled.policy_ids()
        widths = dict(compiled.policy_columns())
        ends = pairwise(accumulate(widths.values(), initial=0))
        self._columns = {name: slice(*both) for name, both in zip(widths, ends, strict=True)}
        self._actions = _places("actions", self.policy.actions, '{"hold": {"pause": {}}}')
        self._counts = _places("counts", self.policy.counts, '{"lately": {"attacks": {}}}')
        self._memory = _places("memory", self.policy.memory, '{"weekly": 0.0}')
        self.raised: BaseException | None = None

    def terms(self) -> _Terms:
        """What the core wants to know of the policy, beside its answers."""
        policy, most = self.policy, self.policy.at_most_times
        memory = [_beginning(name, value) for name, value in policy.memory.items()]
        return {
            "at_once": bool(policy.at_once),
            "cooldown_days": number("cooldown_days", policy.cooldown_days),
            "at_most_times": None if most is None else whole("at_most_times", most, 1, _LARGEST),
            "until": None if policy.until is None else plain("until", policy.until),
            "counts": [(name, _counted(name, count)) for name, count in policy.counts.items()],
            "actions": [(name, plain(name, then)) for name, then in policy.actions.items()],
            "memory": memory,
        }

    def applied(self, compiled: _core.Scenario) -> _core.Scenario:
        """A compiled scenario with the policy in it, which has to be one that decides."""
        own = (getattr(self.policy, name) for name in ("review", "decide"))
        if {getattr(each, "__func__", None) for each in own} == {Policy.review, Policy.decide}:
            kind = type(self.policy).__name__
            raise TypeError(f"{kind} has neither `decide` nor `review`: give it one")
        with naming_problems():
            return compiled.with_policy(self.name, self, self.terms())

    def situations(
        self, rows: Floats, keys: NDArray[np.uint64], remembers: bool = True
    ) -> Situations:
        """What the core shows, as a policy sees it."""
        names = self._actions, self._counts, self._memory if remembers else {}
        return Situations(self._ids, self._columns, names, rows, keys)

    def __call__(
        self, rows: Floats, keys: NDArray[np.uint64]
    ) -> tuple[Ints, Floats, list[dict[str, Any]]]:
        """Ask the policy; what the core wants to know of it."""
        try:
            now = self.situations(rows, keys)
            answers, besides = self._numbers(self.policy.review(now), len(now))
            self._check_memory(now)
            return answers, now.remembered, besides
        except BaseException as error:
            self.raised = error
            raise

    def _numbers(self, answers: Answers, count: int) -> tuple[Ints, list[dict[str, Any]]]:
        """Answers as numbers, and actions besides those that have a name."""
        if answers is None:
            return np.full(count, STAY, dtype=np.int64), []
        needed = f"answers for {counted(count, 'trial')} have the shape ({count},)"
        if isinstance(answers, (str, Mapping)) or not isinstance(answers, Sized):
            raise TypeError(f"{needed}, not {shown(answers)}")
        shape = answers.shape if hasattr(answers, "shape") else (len(answers),)
        if shape != (count,):
            raise ValueError(f"{needed}, not {shape}")
        if isinstance(answers, np.ndarray) and answers.dtype.kind in "iu":
            found = answers.astype(np.int64)
            wrong = found[(found < END) | (found >= len(self._actions))]
            if wrong.size:
                raise ValueError(f"{wrong[0]} is no place among {len(self._actions)} actions")
            return found, []
        found = np.full(count, STAY, dtype=np.int64)
        besides: list[dict[str, Any]] = []
        for k, answer in enumerate(answers):
            if answer is None:
                continue
            if isinstance(answer, str):
                if answer != END_WORD:
                    known(answer, self._actions, "action", "actions of the policy")
                found[k] = END if answer == END_WORD else self._actions[answer]
            elif isinstance(answer, Mapping):
                found[k] = len(self._actions) + len(besides)
                besides.append(plain("the answer", answer))
            else:
                raise TypeError(
                    f"an answer is the name of an action, a mapping of actions, {END_WORD!r} or "
                    f"None, not {answer!r}"
                )
        return found, besides

    def _check_memory(self, now: Situations) -> None:
        """Refuse what is remembered and no number, in the trial that it is of."""
        wrong = np.argwhere(~np.isfinite(now.remembered))
        if not len(wrong):
            return
        trial, place = wrong[0].tolist()
        name = list(self._memory)[place]
        said = f"memory[{name!r}] is {now.remembered[trial, place]}: remember a finite number"
        error = ValueError(f"{said}, such as -1 for what is not known yet")
        error._drawdown_place = trial  # type: ignore[attr-defined]
        raise error


def _policy_of(given: Any) -> Policy:
    """The policy that is meant: an object of one, or a function of one trial."""
    if isinstance(given, type) and issubclass(given, Policy):
        raise TypeError(f"`policy` is an object, not a class: give {given.__name__}()")
    if isinstance(given, Policy):
        return given
    if callable(given):
        return _Function(given)
    raise TypeError(
        f"`policy` is an object of a class on top of drawdown.Policy, or a function of the "
        f"situation in one trial, not {type(given).__name__}"
    )


def _name(policy: Policy) -> str:
    name = text("name", policy.name, "smoothed") or type(policy).__name__
    if not name.strip():
        raise ValueError("a policy has a name that is not empty")
    return name


def _places(what: str, given: Any, example: str) -> dict[str, int]:
    found = named(what, given, example)
    if END_WORD in found:
        raise ValueError(f"{END_WORD!r} ends what is in force: give another name in `{what}`")
    return {name: k for k, name in enumerate(found)}


def _beginning(name: str, value: Any) -> float:
    """What is remembered at the beginning."""
    found = number(f"memory[{name!r}]", value)
    if not math.isfinite(found):
        raise ValueError(f"`memory[{name!r}]` must be a finite number, not {found}")
    return found


def _counted(name: str, count: Mapping[str, Any]) -> dict[str, Any]:
    """A count as the condition that it is without a comparison."""
    written: dict[str, Any] = plain(name, mapping(f"counts[{name!r}]", count, '{"attacks": {}}'))
    for window in written.values():
        if not isinstance(window, dict):
            continue
        if compared := [bound for bound in ("at_least", "at_most") if bound in window]:
            told = " and ".join(f"`{bound}`" for bound in compared)
            raise ValueError(f"counts[{name!r}] has {told}: leave it out, and compare in `review`")
        window["at_least"] = 0
    return written
