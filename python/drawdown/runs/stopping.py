"""Whatever stops the work is raised with all that there is by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from ..errors import ExecutorError, Interrupted
from .run import Run
from .work import said


class Left(NamedTuple):
    """What there is when something stops the work.

    Attributes
    ----------
    done : str
        How much is done, such as ``"1,200 trials"``.
    how : str
        Where it is, and how to go on with it.
    partial : object
        What the error has as its `partial`.
    runs, missing : sequence, optional
        What it has under these names, if it is to have them.
    """

    done: str
    how: str
    partial: Any
    runs: Sequence[Run] | None = None
    missing: Sequence[range] | None = None


@contextmanager
def leaving(
    left: Callable[[BaseException], Left | None], save: Callable[[], object] | None = None
) -> Iterator[None]:
    """Raise whatever stops the work within with what is `left` of it, once that is saved.

    Ctrl-C becomes `Interrupted`; an `ExecutorError` says how to go on, and a note on anything else
    does. Where saving fails a note says so: it hides neither what stopped the work nor what is
    left. Nothing is changed where `left` gives None, or where whoever looks on has seen enough.
    """
    try:
        yield
    except GeneratorExit:
        raise
    except BaseException as stop:
        there = left(stop)
        ended = stop if there is None else _with(stop, there)
        if save is not None:
            try:
                save()
            except BaseException as fault:
                ended.add_note(f"what is done could not all be saved: {said(fault)}")
        if ended is stop:
            raise
        raise ended from stop


def _with(stop: BaseException, there: Left) -> BaseException:
    """What is raised in place of what stopped the work: itself, or one that says more."""
    runs, missing = there.runs or (), there.missing or ()
    if isinstance(stop, ExecutorError):
        return ExecutorError(f"{stop}; {there.how}", there.partial, runs, missing)
    if isinstance(stop, KeyboardInterrupt):
        stop = stop if isinstance(stop, Interrupted) else Interrupted()
        stop.args = (f"stopped after {there.done}",)
    else:
        stop.add_note(there.how)
    about = {"partial": there.partial, "runs": there.runs, "missing": there.missing}
    for name, value in about.items():
        if value is not None or name == "partial":
            setattr(stop, name, value)
    return stop
