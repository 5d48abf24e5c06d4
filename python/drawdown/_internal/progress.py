"""Who is told how many trials are done, and how: a bar, a line in a cell, lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .cell import in_a_cell, line

Progress = bool | Callable[[int], object] | None

# A progress bar appears after this many seconds; shorter runs do without.
_PATIENCE = 0.5
# Where there is no bar, a line is written after so many.
_LINE_SECONDS = 10.0
_now = time.monotonic


@contextmanager
def telling(
    progress: Progress, trials: int, unit: str = "trials"
) -> Iterator[Callable[[int], object] | None]:
    """Lend what is to be told how many of so many are done; None if nobody asks."""
    if progress is False:
        yield None
    elif callable(progress):
        yield progress
    elif in_a_cell():
        with line(trials, _PATIENCE, unit) as shown:
            yield shown
    elif _shows_bars():
        from tqdm import tqdm

        with tqdm(total=trials, unit=f" {unit}", delay=_PATIENCE) as bar:
            yield lambda done: bar.update(done - bar.n)
    elif sys.stderr is None:
        yield None
    else:
        yield _Lines(trials, unit)


def _shows_bars() -> bool:
    """Whether there is a terminal for a bar to be drawn on again and again."""
    return sys.stderr is not None and sys.stderr.isatty()


class _Lines:
    """Writes a line on how many trials are done, now and then."""

    def __init__(self, trials: int, unit: str) -> None:
        self._trials = trials
        self._unit = unit
        self._last = _now()

    def __call__(self, done: int) -> None:
        now = _now()
        if now - self._last >= _LINE_SECONDS:
            self._last = now
            print(f"{done:,} of {self._trials:,} {self._unit}", file=sys.stderr, flush=True)
