"""Chains of a fit on an executor, each carried on by whoever is free."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

from .. import _core
from ..runs.shards import MADE_BY, check_build, compiled
from ..runs.stopping import Left, leaving
from ..runs.work import Call, Executor, Work
from ..scenario.scenario import Scenario

# A chain is carried on for so many seconds at a time, and saved no more often than every so many.
_SECONDS, _EVERY_SECONDS = 2.0, 10.0


class Fit(NamedTuple):
    """What a worker needs for any chain of a fit; `asked` is as the core takes it."""

    made_by: tuple[str, str]
    scenario_hash: str
    scenario: bytes
    data: Any
    asked: tuple[int, int, int, int, int]

    @classmethod
    def of(cls, scenario: Scenario, data: Any, asked: tuple[int, int, int, int, int]) -> Fit:
        """Make one of the chains, warm-up, draws, steps and seed that are asked for."""
        packed = zlib.compress(scenario.to_toml().encode())
        return cls(MADE_BY, scenario.hash, packed, data, asked)

    @property
    def draws_each(self) -> int:
        """Draws of each chain, the warm-up too."""
        return self.asked[1] + self.asked[2]


def carry_on(fit: Fit, chain: int, saved: bytes | None, _: int = 0) -> tuple[bytes, int]:
    """Carry a chain on for some seconds: what a worker does.

    Raises
    ------
    ValueError
        If the worker has another version or build of the library than whoever asks.
    """
    check_build(fit.made_by)
    scenario = compiled(fit.scenario_hash, fit.scenario)._compiled
    try:
        return _core.fit_chain(scenario, fit.data, fit.asked, chain, _SECONDS, saved)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("a worker was stopped") from None


def on_executor(
    fit: Fit,
    executor: Executor,
    retries: int,
    tell: Callable[[int], object] | None,
    saved: bytes | None,
    save: Callable[[bytes], None] | None,
) -> dict[str, Any]:
    """What the core's `fit` does, chain by chain on an executor: the same draws.

    Raises
    ------
    Interrupted, ExecutorError
        And whatever else stops it; its `partial` is what was found by then.
    """
    scenario = compiled(fit.scenario_hash, fit.scenario)._compiled
    walks: dict[int, bytes] = {}
    made = dict.fromkeys(range(fit.asked[0]), 0)
    if saved is not None:
        for chain, (walk, count) in enumerate(
            _core.fit_parts(scenario, fit.data, fit.asked, saved)
        ):
            walks[chain], made[chain] = walk, count

    def kept() -> dict[str, Any]:
        """What was found, once it is saved."""
        found, content = _core.fit_of(scenario, fit.data, fit.asked, list(walks.values()))
        if save:
            save(content)
        return found

    content = b""

    def left(stop: BaseException) -> Left:
        for call, (walk, count) in work.come_in():
            walks[call.key], made[call.key] = walk, count
        nonlocal content
        found, content = _core.fit_of(scenario, fit.data, fit.asked, list(walks.values()))
        how = (
            "the same call with `out` goes on from what was saved there"
            if save
            else "give `out` to have the draws saved, and to go on from there"
        )
        done = f"{sum(made.values()):,} draws"
        return Left(done, f"{done} were made: {how}", found)

    work, last = Work(executor, retries), time.monotonic()
    with leaving(left, (lambda: save(content)) if save else None):
        for chain, count in made.items():
            if count < fit.draws_each:
                work.ask(_call(fit, chain, walks.get(chain)))
        for call, (walk, count) in work.answers():
            walks[call.key], made[call.key] = walk, count
            if tell:
                tell(sum(made.values()))
            if count < fit.draws_each:
                work.ask(_call(fit, call.key, walk))
            if time.monotonic() - last >= _EVERY_SECONDS:
                kept()
                last = time.monotonic()
        return kept()


def _call(fit: Fit, chain: int, walk: bytes | None) -> Call:
    return Call(carry_on, (fit, chain, walk), f"the draws of chain {chain}", chain)
