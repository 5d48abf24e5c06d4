"""What results hand out: each caller's own, so that changing it changes no later answer."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd

T = TypeVar("T")


class Own(Generic[T]):
    """An attribute that keeps a copy of what it is given, and gives each reader another."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_kept_{name}"

    def __get__(self, instance: object, owner: type | None = None) -> T:
        if instance is None:
            raise AttributeError(f"`{self._name.removeprefix('_kept_')}` is of an instance")
        found: T = copied(vars(instance)[self._name])
        return found

    def __set__(self, instance: object, value: T) -> None:
        vars(instance)[self._name] = copied(value)


def copied(value: Any) -> Any:
    """A copy of all that can be changed in place; results in it are as they are."""
    if isinstance(value, (pd.DataFrame, pd.Series, np.ndarray)):
        return value.copy()
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    if isinstance(value, tuple):
        parts = map(copied, value)
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value
