"""Runs of one scenario after another under one seed, grown in small steps and kept for a while."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from ..runs.merging import merge
from ..runs.run import Run
from ..runs.simulate import simulate
from ..scenario.scenario import Scenario

# Histories at once; then, as the hand rests, more.
STAGES = (500, 5_000, 20_000)
# Scenarios whose runs are kept: each of 20,000 histories takes some tens of megabytes.
_KEPT = 3
# Seconds that a step takes, about: so long may a new move have to wait.
_STEP = 0.05
# At once are run so many times as many, unless trials are slow.
_AT_ONCE = 20


@dataclass
class _Grown:
    """What there is of one scenario: shards in a row, and the runs of stages that are done."""

    parts: list[Run] = field(default_factory=list)
    stages: dict[int, Run] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return sum(part.trials for part in self.parts)


class Runs:
    """Simulates scenarios, and keeps what it has simulated of the last few.

    Parameters
    ----------
    seed : int
        The seed of all of them: they meet common random numbers.
    threads : int, optional
        As `simulate` takes it.
    stages : sequence of int
        The numbers of histories that are asked for, ascending.
    """

    def __init__(
        self, seed: int, threads: int | None = None, stages: Sequence[int] = STAGES
    ) -> None:
        self.seed = seed
        self.stages = tuple(stages)
        self.threads = threads
        self._kept: OrderedDict[str, _Grown] = OrderedDict()
        self._pace = _STEP / STAGES[0]

    def grown(self, scenario: Scenario, trials: int) -> Generator[None, None, Run]:
        """Run a scenario, a step between one `yield` and the next.

        Parameters
        ----------
        scenario : Scenario
            What to simulate.
        trials : int
            How many histories, one of the `stages`.

        Returns
        -------
        Run
            What `simulate` gives for as many, to the last bit, whatever was run before and however
            often this was left on the way.
        """
        kept = self._of(scenario)
        for stage in self.stages:
            while stage <= trials and stage not in kept.stages:
                done = kept.done
                if done < stage:
                    kept.parts.append(self._step(scenario, done, stage))
                    yield
                else:
                    kept.parts = [merge(kept.parts)] if len(kept.parts) > 1 else kept.parts
                    kept.stages[stage] = kept.parts[0]
        return kept.stages[trials]

    def _step(self, scenario: Scenario, done: int, stage: int) -> Run:
        seconds = _STEP if done else _AT_ONCE * _STEP
        trials = range(done, min(done + max(int(seconds / self._pace), 50), stage))
        begun = time.perf_counter()
        run = simulate(
            scenario, trials=trials, seed=self.seed, threads=self.threads, progress=False
        )
        self._pace = (time.perf_counter() - begun) / len(trials)
        return run

    def _of(self, scenario: Scenario) -> _Grown:
        found = self._kept.setdefault(scenario.hash, _Grown())
        self._kept.move_to_end(scenario.hash)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found
