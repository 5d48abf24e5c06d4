"""Jobs on an executor: shards are handed out, and merged in the order in which they come."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from .. import _core
from .shards import Job, Shard, run_shard
from .work import Call, Executor, Work, log

# A shard takes about so many seconds, and is not made to take less than so many.
_SECONDS, _LEAST_SECONDS = 1.0, 0.1
# The first one is this long by what is expected of a trial, and no longer than so many trials.
_FIRST_SECONDS, _FIRST_TRIALS = 0.05, 256
# The most that the values of a shard's trials may take up, in bytes.
_MOST_BYTES = 16 << 20
# What was measured before counts so much less with each shard.
_FADES = 0.8
# Shards under way beyond two for each worker that has been heard of.
_SPARE = 2


class Merging:
    """A job, and what has come of it.

    Attributes
    ----------
    job : Job
        What is simulated.
    shards : Shards of the core
        What is done.
    """

    def __init__(self, job: Job, parts: Iterable[bytes] = ()) -> None:
        self.job = job
        given = (job.ready._compiled, len(job.trials), job.seed, job.keep, job.trials.start)
        self.shards = _core.Shards(*given)
        for part in parts:
            self.shards.add(part)

    @property
    def whole(self) -> bool:
        """Whether all its trials are done."""
        return self.shards.done == len(self.job.trials)


class Step(NamedTuple):
    """A shard that was merged: the number of its job, and what has come of that."""

    job: int
    merging: Merging


class Gathering:
    """Jobs on an executor, in shards that are merged in the order in which they come.

    Iterating over it does the work: a `Step` for each shard, whose part is handed to `save` as it
    is merged. Whatever stops it leaves what was merged by then in `begun`.

    Attributes
    ----------
    begun : dict of int to Merging
        The jobs of which something was asked for, by number; whoever is done with one takes it out.
    """

    def __init__(
        self,
        jobs: Iterable[Merging | Job],
        executor: Executor,
        retries: int,
        save: Callable[[bytes], object] | None = None,
    ) -> None:
        self._jobs = enumerate(jobs)
        self._work = Work(executor, retries)
        self._save = save
        self.begun: dict[int, Merging] = {}
        # Trials that nobody has been asked for yet: job, first, and the one after the last.
        self._left: deque[tuple[int, int, int]] = deque()
        self._workers: set[tuple[str, int, int]] = set()
        self._pace = _Pace()

    def __iter__(self) -> Iterator[Step]:
        try:
            self._hand_out()
            for call, shard in self._work.answers():
                step = self._merged(call, shard)
                # Before anybody looks at the step: nobody is to wait for that.
                self._hand_out()
                yield step
        except BaseException:
            # What has come in meanwhile is not lost for it.
            for call, shard in self._work.come_in():
                with suppress(Exception):
                    self._merged(call, shard)
            raise

    def _hand_out(self) -> None:
        """Ask for as much as is wanted now."""
        most = 2 * len(self._workers) + _SPARE if self._pace.known else 1
        while len(self._work) < most and (call := self._next()) is not None:
            self._work.ask(call)

    def _next(self) -> Call | None:
        """The next shard to ask for."""
        while not self._left:
            number, job = next(self._jobs, (0, None))
            if job is None:
                return None
            merging = job if isinstance(job, Merging) else Merging(job)
            self.begun[number] = merging
            self._left += [(number, *gap) for gap in merging.shards.missing()]
        number, first, end = self._left.popleft()
        job = self.begun[number].job
        count = self._pace.count(job, end - first, len(self._workers))
        if first + count < end:
            self._left.appendleft((number, first + count, end))
        ticket = job.ticket(first, count)
        return Call(run_shard, (ticket,), f"trials {first:,} to {first + count - 1:,}", number)

    def _merged(self, call: Call, shard: Shard) -> Step:
        merging, (ticket,) = self.begun[call.key], call.given
        merging.shards.add(shard.part)
        if self._save is not None:
            self._save(shard.part)
        self._workers.add(shard.worker)
        first = not self._pace.known
        self._pace.took(merging.job, ticket.trials, shard.seconds)
        if first:
            self._estimate(merging.job)
        return Step(call.key, merging)

    def _estimate(self, job: Job) -> None:
        """Say what is ahead, once it is known how long a trial takes."""
        each = self._pace.seconds(job)
        count = self._pace.count(job, len(job.trials), 1)
        kept = 8 * job.ready._compiled.width() * len(job.trials) / 2**20
        log.info(
            "%s trials take about %.3g s of work (%.2g ms each), in shards of some %s trials; %s",
            f"{len(job.trials):,}",
            each * len(job.trials),
            1e3 * each,
            f"{count:,}",
            f"their values take up {kept:,.0f} MiB here"
            if job.keep == "trials"
            else "a summary of them is kept, which does not grow with them",
        )


class _Pace:
    """How long trials take on the workers, beside what is expected of them."""

    def __init__(self) -> None:
        self._expected = self._measured = 0.0

    @property
    def known(self) -> bool:
        return self._expected > 0

    def took(self, job: Job, count: int, seconds: float) -> None:
        expected = job.scenario._compiled.seconds_per_trial() * count
        self._expected = _FADES * self._expected + expected
        self._measured = _FADES * self._measured + seconds

    def seconds(self, job: Job) -> float:
        """Of a trial, as far as it is known."""
        expected = max(job.scenario._compiled.seconds_per_trial(), 1e-9)
        return expected * max(self._measured, 1e-9) / self._expected if self.known else expected

    def count(self, job: Job, left: int, workers: int) -> int:
        """How many of the trials that are left make a shard."""
        each = self.seconds(job)
        if not self.known:
            return max(1, min(left, _FIRST_TRIALS, math.ceil(_FIRST_SECONDS / each)))
        most = _MOST_BYTES // (8 * job.ready._compiled.width()) if job.keep == "trials" else left
        # Towards the end shorter ones, so that all workers end together.
        share = left / (2 * max(workers, 1))
        wanted = min(_SECONDS / each, max(_LEAST_SECONDS / each, share))
        return max(1, min(left, most, math.ceil(wanted)))
