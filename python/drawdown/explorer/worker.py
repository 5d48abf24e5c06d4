"""One thread that answers what is asked, step by step: what is newest goes first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

Steps = Generator[None, None, dict[str, Any]]

# What is answered first: a move, then what was asked beside it, then more histories of a move.
MOVE, ASIDE, MORE = range(3)
STALE: dict[str, Any] = {"stale": True}


@dataclass(eq=False)
class _Job:
    rank: int
    order: int
    owner: object
    make: Callable[[], Steps]
    future: Future[dict[str, Any]] = field(default_factory=Future)
    steps: Steps | None = None


class Worker:
    """Does one step of one job at a time, always of the most urgent; never two at once.

    A new move of an owner takes the place of that owner's moves that have not begun, and of its
    refinements, begun or not: these are answered with `STALE`.
    """

    def __init__(self) -> None:
        self._jobs: list[_Job] = []
        self._orders = 0
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def ask(self, owner: object, rank: int, make: Callable[[], Steps]) -> Future[dict[str, Any]]:
        """Put a job in; `make` makes its steps, of which the last returns the answer."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the explorer is closed")
            if rank in (MOVE, MORE):
                for job in [one for one in self._jobs if self._gives_way(one, owner, rank)]:
                    self._drop(job)
            self._orders += 1
            job = _Job(rank, self._orders, owner, make)
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()
        return job.future

    def forget(self, owner: object) -> None:
        """Drop what an owner has asked."""
        with self._changed:
            for job in [job for job in self._jobs if job.owner is owner]:
                self._drop(job)

    def close(self) -> None:
        """Drop everything, and end the thread after the step that it is at."""
        with self._changed:
            self._closed = True
            for job in list(self._jobs):
                self._drop(job)
            self._changed.notify()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    @staticmethod
    def _gives_way(job: _Job, owner: object, rank: int) -> bool:
        waits = rank == MOVE and job.rank == MOVE and job.steps is None
        return job.owner is owner and (job.rank == MORE or waits)

    def _drop(self, job: _Job) -> None:
        self._jobs.remove(job)
        job.future.set_result(STALE)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs or self._closed)
                if self._closed:
                    return
                job = min(self._jobs, key=lambda job: (job.rank, job.order))
                if job.steps is None:
                    job.steps = job.make()
            found: dict[str, Any] | None = None
            fault: BaseException | None = None
            try:
                next(job.steps)
                continue
            except StopIteration as done:
                found = done.value
            except BaseException as error:
                fault = error
            with self._changed:
                if job not in self._jobs:
                    continue
                self._jobs.remove(job)
            if fault is not None:
                job.future.set_exception(fault)
            else:
                job.future.set_result(found or {})
