"""What happened in some trials, as a table of any length."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .._internal.checks import several, whole
from .._internal.files import replacing
from .._internal.own import Own
from .base import Histories

if TYPE_CHECKING:
    from .._core import _Column, _Events


class EventLog:
    """The events of some trials, simulated once more each time that they are read.

    Get one with `Run.events`. Whatever reads Arrow streams takes it as it is, batch by batch and
    without copying: ``pyarrow.table(log)``, ``polars.DataFrame(log)``, ``duckdb.from_arrow(log)``.
    A batch holds whole trials and some 65,536 rows, so ``pyarrow.RecordBatchReader.from_stream``
    goes through logs that would not fit in memory.

    Columns are those of `Trial.events`, after ``trial``: a uint64, ``time_days`` a float64,
    ``date`` a date32, ``count``, ``attack`` and ``parent`` uint32, all others dictionaries of
    texts.

    Attributes
    ----------
    run : Run
        The run that they belong to.
    trials : range or list of int
        The numbers of the trials, in the order of the table.
    """

    trials: Own[range | list[int]] = Own()

    def __init__(self, run: Histories, trials: int | Iterable[int] | None = None) -> None:
        self.run = run
        self.trials = _chosen(run, trials)
        self._log = run._results.events(self.trials)

    def __arrow_c_schema__(self) -> object:
        return self._log.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._log.__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> pd.DataFrame:
        """Give the whole log as a frame with the types of `Trial.events`; it must fit in memory."""
        return pd.concat([frame(batch) for batch in self._log], ignore_index=True)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the log to a Parquet file, batch by batch; it appears whole or not at all.

        Parameters
        ----------
        path : str or path
            The file to write, such as ``"events.parquet"``; taken as it is.

        Raises
        ------
        ImportError
            If pyarrow is not installed; the extra ``parquet`` brings it.
        OSError
            If the file cannot be written.
        """
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            raise ImportError("Parquet files need pyarrow: `pip install pyarrow`") from error
        reader = pa.RecordBatchReader.from_stream(self)
        with (
            replacing(Path(path)) as temporary,
            parquet.ParquetWriter(temporary, reader.schema) as writer,
        ):
            for batch in reader:
                writer.write_batch(batch)

    def __reduce__(self) -> tuple[Any, ...]:
        return EventLog, (self.run, self.trials)

    def __repr__(self) -> str:
        count = len(self.trials)
        return f"EventLog({count:,} trial{'s' if count > 1 else ''} of {self.run!r})"


def frame(events: _Events) -> pd.DataFrame:
    """Columns of the core as a frame."""
    return pd.DataFrame({name: _series(column) for name, column in events.items()})


def _series(column: _Column) -> Any:
    match column:
        case (places, list(ids)):
            # -1, where there is none, is the last.
            return pd.array(np.array([*ids, None], dtype=object)[places], dtype="string")
        case (values, missing):
            return pd.arrays.IntegerArray(values, missing)
        case dates if dates.dtype.kind == "M":
            return dates.astype("datetime64[s]")
    return column


def _chosen(run: Histories, trials: int | Iterable[int] | None) -> range | list[int]:
    """The numbers of the trials asked for; all are whole, and none is negative."""
    if trials is None:
        return run.trial_numbers
    if isinstance(trials, range):
        ends = [trials[0], trials[-1]] if trials else []
        chosen: range | list[int] = trials
    else:
        one = not isinstance(trials, Iterable) or isinstance(trials, str)
        asked = [trials] if one else several("trials", trials, "[17, 18] or range(100)")
        chosen = ends = [whole("trials", k, -(2**63), 2**63 - 1) for k in asked]
    if not ends:
        raise ValueError("`trials` names no trial; leave it out for all of them")
    there = run.trial_numbers
    if min(ends) < there.start:
        raise ValueError(f"trial {min(ends)} was not run; the first is {there.start}")
    if max(ends) >= there.stop:
        raise ValueError(f"trial {max(ends)} was not run; the last is {there.stop - 1}")
    return chosen
