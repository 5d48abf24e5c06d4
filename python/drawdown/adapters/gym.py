"""A withdrawal as an environment of Gymnasium, for whoever learns to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from ..runs.episodes import Episodes
from ..runs.policy import Policy
from ..runs.simulate import Given, scenario_of
from ..runs.situations import LARGEST, Situation

_ID = "drawdown/Withdrawal-v0"


def gym_env(
    scenario: Given, policy: Policy, reward: Callable[[Situation, Situation], float]
) -> Any:
    """Make a scenario an environment of Gymnasium, in which a learner decides as a policy does.

    An episode is a trial. It stops at every question that the policy would be asked; a step is an
    answer, and goes on to the next question. A learner that has learned decides in `simulate` as a
    `Policy` whose `review` looks at ``now.observation``, which is what it was shown here.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        The scenario.
    policy : Policy
        What may be done, what is counted and on which terms, as its attributes say. Its `review`
        and `decide` are not asked, so a plain class with ``actions`` will do.
    reward : callable
        The reward of a step: a function of the `Situation` before it and the one after it.

    Returns
    -------
    gymnasium.Env
        The action space is ``Discrete``: 0 does nothing, 1 ends what is in force, then come the
        actions of the policy in their order. Observations are ``Situation.observation``, whose
        numbers ``info["names"]`` names at `reset`. An episode is *terminated* when every phase is
        done, and *truncated* at the horizon (or where a trial has more attacks than it may). One
        that is over before the first question has one step, whose reward is 0.
        ``info`` has the ``trial``, its ``seed``, the ``days`` since the start and the
        ``situation``. ``reset(seed=..., options={"seed": 7, "trial": 3})`` begins trial 3 of
        ``simulate(scenario, seed=7)``; without options, a seed is drawn.

    Raises
    ------
    ScenarioError
        If the scenario or the policy has problems.
    ImportError
        If Gymnasium is not installed; the extra ``gym`` brings it.
    """
    try:
        import gymnasium as gym
        from gymnasium.envs.registration import EnvSpec
    except ImportError as error:
        raise ImportError("this needs gymnasium: `pip install gymnasium`") from error
    asked = scenario_of(scenario)

    class WithdrawalEnv(gym.Env[Any, Any]):
        """Trials of a withdrawal, decided step by step."""

        metadata: ClassVar[dict[str, Any]] = {"render_modes": []}

        def __init__(self) -> None:
            self._episodes = Episodes(asked, policy)
            self.action_space = gym.spaces.Discrete(len(self._episodes.answers))
            self._now, self._over = self._episodes.begin(0, 0)
            self._names = self._now.names
            shape = self._now.observation.shape
            self.observation_space = gym.spaces.Box(-1.0, LARGEST, shape, np.float32)
            self._open, self._seed = False, 0
            self.spec = EnvSpec(
                _ID,
                entry_point=gym_env,
                kwargs={"scenario": asked, "policy": policy, "reward": reward},
            )

        def reset(
            self, *, seed: int | None = None, options: dict[str, Any] | None = None
        ) -> tuple[Any, dict[str, Any]]:
            super().reset(seed=seed)
            chosen = options or {}
            drawn = int(self.np_random.integers(2**63))
            self._seed = int(chosen.get("seed", drawn))
            self._now, self._over = self._episodes.begin(self._seed, int(chosen.get("trial", 0)))
            # One that is over at once has a step all the same, in which nothing happens.
            self._open = True
            return self._now.observation, self._info() | {"names": list(self._names)}

        def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
            if not self._open:
                raise RuntimeError("the episode is over: call `reset` first")
            before, earned = self._now, 0.0
            if not (self._over or before.is_done):
                self._now, self._over = self._episodes.answer(int(action))
                earned = float(reward(before, self._now))
            done = bool(self._now.is_done)
            truncated = self._over and not done
            self._open = not (done or truncated)
            return self._now.observation, earned, done, truncated, self._info()

        def _info(self) -> dict[str, Any]:
            now = self._now
            return {
                "trial": now.trials,
                "seed": self._seed,
                "days": now.days,
                "situation": now,
            }

    return WithdrawalEnv()
