"""Shards: some trials in a row of a larger run, as they are asked for and run anywhere."""

from __future__ import annotations

import os
import socket
import threading
import time
import zlib
from collections import OrderedDict
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import _core
from ..scenario.scenario import Scenario
from .backend import Keep
from .reduced import Variance, ready
from .samples import InputSample

# What has to be the same wherever a run is at work: the version, and what it was built from.
MADE_BY = (_core.__version__, _core.BUILD)

# The most seconds that a trial may be expected to take, unless the caller says otherwise.
SECONDS_PER_TRIAL = 600.0

# Scenarios that a worker keeps compiled.
_KEPT = 16
_compiled: OrderedDict[str, Scenario] = OrderedDict()
_lock = threading.Lock()
# What a thread of ours looks at while it works: whether anybody still waits for it.
_own = threading.local()


@dataclass(frozen=True, eq=False)
class Job:
    """What is to be simulated: trials of one scenario under one seed.

    Attributes
    ----------
    scenario : Scenario
        What is simulated.
    trials : range
        The numbers of its trials.
    seed : int
        The seed.
    keep : {"trials", "summary"}
        What is kept of them.
    samples : InputSample, optional
        The parameter samples that trials share.
    seconds_per_trial : float
        The most that a trial may be expected to take.
    variance : {"plain", "reduced"}
        Whether means have less variance.
    levels : tuple of int
        Of such a run, the levels of casualties that it is asked about.
    """

    scenario: Scenario
    trials: range
    seed: int
    keep: Keep = "trials"
    samples: InputSample | None = None
    seconds_per_trial: float = float("inf")
    variance: Variance = "plain"
    levels: tuple[int, ...] = ()

    @cached_property
    def ready(self) -> Scenario:
        """The scenario with the values that it is run with."""
        return ready(self.scenario, self.samples, self.variance, self.levels)

    @cached_property
    def _packed(self) -> bytes:
        return zlib.compress(self.scenario.to_toml().encode())

    @cached_property
    def _values(self) -> NDArray[np.float64] | None:
        if self.samples is None:
            return None
        return np.ascontiguousarray(self.samples.values.to_numpy(float))

    def ticket(self, first: int, count: int) -> Ticket:
        """All that a worker needs for some of the trials."""
        inputs = None
        if self.samples is not None and self._values is not None:
            # By the number of the sample among all of them, wherever the trial is run.
            each = self.samples.each
            row, end = first // each, (first + count - 1) // each + 1
            inputs = Inputs(self._values[row:end].copy(), each, row)
        about = (MADE_BY, self.scenario.hash, self._packed, inputs)
        return Ticket(*about, first, count, self.seed, self.keep, self.seconds_per_trial)


class Inputs(NamedTuple):
    """Rows of a table of parameter samples: their values, histories of each, the first's number."""

    values: NDArray[np.float64]
    each: int
    first_row: int


class Ticket(NamedTuple):
    """What goes to a worker."""

    made_by: tuple[str, str]
    scenario_hash: str
    scenario: bytes
    inputs: Inputs | None
    first: int
    trials: int
    seed: int
    keep: Keep
    seconds_per_trial: float


class Shard(NamedTuple):
    """What comes back: the part of a run, how long it took, and who ran it."""

    part: bytes
    seconds: float
    worker: tuple[str, int, int]


def run_shard(ticket: Ticket, _: int = 0) -> Shard:
    """Run some trials on one thread: what a worker does, whichever time it is asked for them.

    Raises
    ------
    ValueError
        If the worker has another version or build of the library than whoever asks.
    """
    check_build(ticket.made_by)
    scenario = compiled(ticket.scenario_hash, ticket.scenario)._compiled
    if ticket.inputs is not None:
        scenario = scenario.with_inputs(*ticket.inputs)
    begun = time.perf_counter()
    try:
        run = _core.simulate(
            scenario,
            ticket.trials,
            ticket.seed,
            threads=1,
            keep=ticket.keep,
            seconds_per_trial=ticket.seconds_per_trial,
            first=ticket.first,
            progress=give_up,
        )
    except KeyboardInterrupt:
        # What it had done cannot go elsewhere, and nobody waits for it.
        raise KeyboardInterrupt("a worker was stopped") from None
    part = run.part()
    return Shard(part, time.perf_counter() - begun, who())


def heed(stop: threading.Event) -> None:
    """Make this thread give its work up, between trials, when nobody waits for it."""
    _own.stop = stop


def give_up(*_: object) -> None:
    """Give the work up if nobody waits for it.

    Raises
    ------
    CancelledError
        If this thread was told to heed an event that is set.
    """
    stop = getattr(_own, "stop", None)
    if stop is not None and stop.is_set():
        raise CancelledError("the work was stopped")


def check_build(made_by: tuple[str, str]) -> None:
    """Refuse to work for another version or build of the library.

    Raises
    ------
    ValueError
        If it is another.
    """
    if made_by != MADE_BY:
        host, process, _ = who()
        raise ValueError(
            f"the worker {host}:{process} has drawdown {MADE_BY[0]} (build {MADE_BY[1]}), and the "
            f"run was begun by {made_by[0]} (build {made_by[1]}): the same build on all machines "
            f"gives the same bits; install one on the workers and start them anew"
        )


def who() -> tuple[str, int, int]:
    """Who is at work: machine, process and thread."""
    return socket.gethostname(), os.getpid(), threading.get_ident()


def compiled(digest: str, packed: bytes) -> Scenario:
    """The scenario of this hash, which a worker reads once."""
    with _lock:
        if digest in _compiled:
            _compiled.move_to_end(digest)
            return _compiled[digest]
    scenario = Scenario.from_toml(zlib.decompress(packed).decode())
    if scenario.hash != digest:
        raise ValueError("the scenario is not the one that was sent: report this as a fault")
    with _lock:
        _compiled[digest] = scenario
        while len(_compiled) > _KEPT:
            _compiled.popitem(last=False)
    return scenario
