"""Trials that somebody decides from outside, step by step."""

from __future__ import annotations

import numpy as np

from .. import _core
from ..errors import naming_problems
from ..scenario.scenario import Scenario
from .policy import Decider, Policy
from .situations import Situation


class Episodes:
    """Trials of a scenario, one after another, that stop at the questions of a policy.

    The policy says what may be done and on which terms; what it would decide is not asked.
    """

    def __init__(self, scenario: Scenario, policy: Policy) -> None:
        self._decider = Decider(policy, scenario)
        with naming_problems():
            terms = self._decider.terms() | {"memory": []}
            self._core = _core.Episode(scenario._compiled, self._decider.name, terms)

    @property
    def answers(self) -> list[str]:
        """What each answer means: nothing, the end of what is in force, then the actions."""
        return ["", "end", *self._decider.policy.actions]

    def begin(self, seed: int, trial: int) -> tuple[Situation, bool]:
        """Begin a trial: how things stand at the first question, and whether it is over already."""
        return self._stands(*self._core.begin(seed, trial))

    def answer(self, answer: int) -> tuple[Situation, bool]:
        """Answer: how things stand at the next question, or at the end of the trial."""
        return self._stands(*self._core.answer(answer))

    def _stands(self, row: np.ndarray, keys: list[int], over: bool) -> tuple[Situation, bool]:
        all_keys = np.array([keys], dtype=np.uint64)
        return self._decider.situations(row[None, :], all_keys, remembers=False).one(0), over
