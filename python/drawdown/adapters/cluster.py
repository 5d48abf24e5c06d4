"""Executors of other people's clusters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..runs.work import Executor

# Seconds to wait for a scheduler that does not answer.
_SECONDS = 30


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """Give the executor of a Dask cluster, which is left at the end of the ``with``.

    Parameters
    ----------
    address : str
        The address of its scheduler, such as ``"tcp://10.0.0.1:8786"``.

    Yields
    ------
    executor
        For the `executor` of `drawdown.simulate`.

    Raises
    ------
    ImportError
        If Dask is not installed; the extra ``cluster`` brings it.
    OSError
        If no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ImportError("this needs dask.distributed: `pip install distributed`") from error
    connect: Any = Client  # which has no types
    with connect(address, timeout=_SECONDS) as client:
        yield client.get_executor(pure=False)
