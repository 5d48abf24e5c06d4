"""Progress in a notebook: one line in the cell, which is saved as it stands at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Seconds between two looks of the line.
_PAUSE = 0.1


def in_a_cell() -> bool:
    """Whether this runs in a kernel, where cells show what they are told to."""
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return hasattr(get_ipython(), "kernel")


class Line:
    """One line of text in a cell, which needs no widgets and is replaced in place."""

    def __init__(self, total: int, patience: float, unit: str) -> None:
        self._total, self._done, self._unit = total, 0, unit
        self._began = time.monotonic()
        self._next = self._began + patience
        self._shown: Any = None

    def __call__(self, done: int) -> None:
        """Take note of how many trials are done, and show it every now and then."""
        self._done = done
        if time.monotonic() >= self._next:
            self.show()

    def show(self) -> None:
        """Show how far it is."""
        from IPython.display import display
        from tqdm import tqdm

        now = time.monotonic()
        self._next = now + _PAUSE
        meter = tqdm.format_meter(
            self._done, self._total, now - self._began, ncols=80, unit=f" {self._unit}"
        )
        if self._shown is None:
            show: Any = display  # which has no types
            self._shown = show({"text/plain": meter}, raw=True, display_id=True)
        else:
            self._shown.update({"text/plain": meter}, raw=True)

    def close(self) -> None:
        """Leave the end in the cell, if there was anything to see before."""
        if self._shown is not None:
            self.show()


@contextmanager
def line(total: int, patience: float, unit: str) -> Iterator[Line]:
    """A line that appears after so many seconds."""
    shown = Line(total, patience, unit)
    try:
        yield shown
    finally:
        shown.close()
