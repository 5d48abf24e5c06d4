"""How scenarios are to be simulated: what every analysis hands on to the runs that it makes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import index

import pandas as pd

from .._internal.checks import shown, whole
from .._internal.progress import Progress, telling
from .work import RETRIES, Executor


@dataclass(frozen=True, eq=False)
class Settings:
    """How many trials, under which seed, on how many threads, who is told, and of which samples.

    All that is simulated with the same settings meets common random numbers. `Settings.of` makes
    them from what a caller gives, and checks it.

    Attributes
    ----------
    trials : int
        Histories of each run.
    seed : int
        From 0 to 2**64 - 1.
    threads : int
        0: one for each core.
    progress : bool or callable, optional
        The progress bar or the function to tell, as `simulate` takes it.
    samples : int or DataFrame, optional
        The parameter samples that trials share: the `samples` of `simulate`.
    executor : executor, optional
        Who runs the trials in place of this process's own threads.
    retries : int
        How often the executor is asked again for work that it has lost.
    """

    trials: int
    seed: int
    threads: int = 0
    progress: Progress = None
    samples: int | pd.DataFrame | None = None
    executor: Executor | None = None
    retries: int = RETRIES

    @classmethod
    def of(
        cls,
        trials: int,
        seed: int | None = None,
        threads: int | None = None,
        progress: Progress = None,
        samples: int | pd.DataFrame | None = None,
        executor: Executor | None = None,
        retries: int = RETRIES,
    ) -> Settings:
        """The settings that are meant; a seed that is left out is drawn.

        Raises
        ------
        TypeError
            If a number is not whole, the samples are neither a number nor a table, or the executor
            has no `submit`.
        ValueError
            If a number is out of range, or both `threads` and an executor are given.
        """
        check_executor(executor, threads)
        return cls(
            trials=whole("trials", trials, 1, 2**63 - 1),
            seed=secrets.randbits(32) if seed is None else whole("seed", seed, 0, 2**64 - 1),
            threads=0 if threads is None else whole("threads", threads, 1, 4096),
            progress=progress,
            samples=_samples(samples),
            executor=executor,
            retries=whole("retries", retries, 0, 10**6),
        )

    @contextmanager
    def sharing(self, trials: int) -> Iterator[Callable[[int], Settings]]:
        """Make one progress of several runs with so many trials in all.

        Lends a function that gives the settings of the run that begins after so many of them.
        """
        with telling(self.progress, trials) as tell:

            def after(before: int) -> Settings:
                if tell is None:
                    return replace(self, progress=False)
                return replace(self, progress=lambda done: tell(before + done))

            yield after


def check_executor(executor: object, threads: int | None) -> None:
    """Refuse what cannot run anything, and threads of its workers, which have one each.

    Raises
    ------
    TypeError
        If it has no `submit`.
    ValueError
        If threads are given too.
    """
    if executor is None:
        return
    if not callable(getattr(executor, "submit", None)):
        raise TypeError(
            f"`executor` has `submit`, as those of concurrent.futures and "
            f"`Client(...).get_executor()` of Dask, not {shown(executor)}"
        )
    if threads is not None:
        raise ValueError(
            "give `threads` or an `executor`: each worker of an executor runs one thread, and how "
            "many workers there are is up to it"
        )


def _samples(given: int | pd.DataFrame | None) -> int | pd.DataFrame | None:
    if given is None or isinstance(given, pd.DataFrame):
        return given
    try:
        count = index(given)
    except TypeError:
        raise TypeError(f"`samples` must be a whole number or a DataFrame, not {given!r}") from None
    if count < 1:
        raise ValueError(f"`samples` must be at least 1, not {count}")
    return count
