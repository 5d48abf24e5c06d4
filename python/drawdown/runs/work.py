"""Calls on an executor: answers as they come, and what is lost is asked for again."""

from __future__ import annotations

import logging
import queue
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from ..errors import ExecutorError

log = logging.getLogger("drawdown")

# How often work that was lost is asked for again, unless the caller says otherwise.
RETRIES = 3

# How often the one who waits looks up, so that Ctrl-C is heard.
_LOOK_SECONDS = 0.1
# Packages whose errors say that work was lost, and not that it went wrong.
_ENGINES = ("distributed", "dask", "ray")


class Executor(Protocol):
    """Whatever has work done: anything with `submit` as in `concurrent.futures`."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> Any:
        """Have a function called somewhere; returns a future."""


class Call(NamedTuple):
    """What somebody is asked to do.

    Attributes
    ----------
    function : callable
        One of a module, so that it can be called elsewhere.
    given : tuple
        What it is given, before the number of times that it was asked for before: some executors
        give what they gave before for the same question.
    what : str
        What it does, as it is told: plural, such as ``"trials 0 to 99"``.
    key : object
        What whoever asks knows it by.
    """

    function: Callable[..., Any]
    given: tuple[Any, ...]
    what: str
    key: Any


class Work:
    """Calls under way on an executor.

    Attributes
    ----------
    executor : executor
        Who is asked.
    retries : int
        How often it is asked again for the same.
    """

    def __init__(self, executor: Executor, retries: int) -> None:
        self.executor, self.retries = executor, retries
        self._running: dict[Any, tuple[Call, int]] = {}
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._again: deque[tuple[Call, int]] = deque()
        self._over = False

    def __len__(self) -> int:
        return len(self._running) + len(self._again)

    def ask(self, call: Call, attempt: int = 0) -> None:
        """Ask for a call.

        Raises
        ------
        ExecutorError
            If the executor takes no more work.
        """
        try:
            future = self.executor.submit(call.function, *call.given, attempt)
        except Exception as error:
            raise ExecutorError(f"the executor takes no more work: {said(error)}") from error
        self._running[future] = (call, attempt)
        future.add_done_callback(self._done.put)

    def answers(self) -> Iterator[tuple[Call, Any]]:
        """Wait for what has been asked for: each call, and what came of it.

        Between two of them more may be asked for. Whoever leaves gives up what is under way.

        Raises
        ------
        ExecutorError
            If the executor is broken, or has lost the same work too often.
        """
        try:
            while len(self):
                while self._again:
                    self.ask(*self._again.popleft())
                try:
                    answer = self._answer(self._done.get(timeout=_LOOK_SECONDS))
                except queue.Empty:
                    self._check_alive()
                    continue
                if answer is not None:
                    yield answer
        finally:
            self._over = True
            for future in self._running:
                with suppress(Exception):
                    future.cancel()

    def come_in(self) -> Iterator[tuple[Call, Any]]:
        """What has come in by now and nobody has waited for, once the work has been stopped."""
        while not self._done.empty():
            with suppress(Exception, CancelledError, KeyboardInterrupt):
                answer = self._answer(self._done.get())
                if answer is not None:
                    yield answer

    def _check_alive(self) -> None:
        """Refuse to wait for ever for a client that has given its scheduler up.

        What is asked of it then is neither done nor lost.
        """
        client = getattr(self.executor, "_client", None)
        if getattr(client, "status", None) in ("closing", "closed", "failed"):
            # Nobody is left to give up what is under way.
            self._running.clear()
            raise ExecutorError("the executor is broken: its client has lost the scheduler")

    def _answer(self, future: Any) -> tuple[Call, Any] | None:
        """What came of a call; None if it was lost, and will be asked for again."""
        call, attempt = self._running.pop(future)
        try:
            if future.cancelled():
                raise CancelledError
            return call, future.result()
        except BrokenExecutor as error:
            raise ExecutorError(f"the executor is broken: {said(error)}") from error
        except (Exception, CancelledError) as error:
            if self._over or not _is_loss(error):
                raise
            times = attempt + 1
            lost = f"{call.what} were lost with whoever was at work on them ({said(error)})"
            if times > self.retries:
                raise ExecutorError(
                    f"{lost}, {times} times in all, and `retries` is {self.retries}"
                ) from error
            log.warning("%s, and are asked for again", lost)
            self._again.append((call, times))
            return None


def said(error: BaseException) -> str:
    """An error as a message tells of it."""
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _is_loss(error: BaseException) -> bool:
    """Whether work was lost with a worker or on the way, and can be done again."""
    known = (CancelledError, ConnectionError, EOFError, TimeoutError)
    return isinstance(error, known) or type(error).__module__.split(".")[0] in _ENGINES
