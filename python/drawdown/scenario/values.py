"""What is given for a scenario, whatever library it comes from, as a scenario holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import numpy as np

from .._internal.days import day
from .paths import dotted

# Deepest nesting that is followed; a scenario's own limit is lower.
_DEEPEST = 100
# No list in a scenario is as long; what is longer is refused before it is gone through.
_LONGEST = 1_000_000


def plain(name: str, given: Any) -> Any:
    """`given`, of the place `name`, in dicts, lists, numbers, texts, truths and dates.

    Raises
    ------
    TypeError
        If there is something that a scenario cannot hold: every such place, and what to write.
    """
    with telling_all() as problems:
        return _plain(name, given, problems, 0)


def plain_changes(changes: Mapping[Any, Any]) -> dict[str, Any]:
    """Changes of a scenario, by dotted path, in the same way."""
    with telling_all() as problems:
        for path in changes:
            if not isinstance(path, str):
                problems.append(f'{path!r} is no path: write a text such as "plan.start"')
        return {
            path: _plain(path, value, problems, 0)
            for path, value in changes.items()
            if isinstance(path, str)
        }


@contextmanager
def telling_all() -> Iterator[list[str]]:
    """Lend a list of problems, and tell all of them at once if there are any."""
    problems: list[str] = []
    yield problems
    if problems:
        raise TypeError("; ".join(problems))


def _plain(path: str, value: Any, problems: list[str], depth: int) -> Any:
    if depth > _DEEPEST or value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (date, np.datetime64)):  # datetime and pandas' Timestamp among them
        try:
            return day(path, value)
        except ValueError as error:
            problems.append(str(error))
            return None
    if isinstance(value, np.timedelta64):
        problems.append(f"`{path}` is a span of time: write the number of days")
        return None
    if isinstance(value, (np.bool_, np.integer)):
        return value.item()
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return _plain(path, value[()], problems, depth + 1)
    if isinstance(value, Mapping):
        return _table(path, value, problems, depth)
    if _is_list(value):
        if len(value) > _LONGEST:
            problems.append(f"`{path}` has {len(value):,} items: give at most {_LONGEST:,}")
            return None
        items = enumerate(value)
        return [_plain(dotted(path, str(k)), item, problems, depth + 1) for k, item in items]
    # What else is a number knows how to become Python's.
    real = hasattr(value, "__index__") or hasattr(value, "__float__")
    if not real or isinstance(value, np.complexfloating):
        problems.append(
            f"`{path}` is a {type(value).__name__}, which a scenario cannot hold: write a number, "
            f"a text, a truth, a date, a list or a mapping"
        )
    return value


def _table(path: str, value: Mapping[Any, Any], problems: list[str], depth: int) -> dict[str, Any]:
    found = {}
    for key, item in value.items():
        if isinstance(key, str):
            found[key] = _plain(dotted(path, key), item, problems, depth + 1)
        else:
            where = f"`{path}`" if path else "the scenario"
            problems.append(f'{where} has the key {key!r}, which is not a text: write "{key}"')
    return found


def _is_list(value: Any) -> bool:
    if isinstance(value, (Sequence, np.ndarray)):
        return not isinstance(value, (bytes, bytearray, memoryview))
    import pandas as pd

    return isinstance(value, (pd.Series, pd.Index))
