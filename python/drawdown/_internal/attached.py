"""Methods whose code stands in a room above: `drawdown.__init__` says where, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

# By class and method: the module, and the function in it that takes the object first. A star stands
# for every method of a class, and for functions of their names.
Table = Mapping[tuple[str, str], tuple[str, str]]

_table: dict[tuple[str, str], tuple[str, str]] = {}
_loads: list[Callable[[str], ModuleType]] = []


def attach(table: Table, load: Callable[[str], ModuleType]) -> None:
    """Say where methods have their code; `load` imports a module when one is first called."""
    _table.update(table)
    _loads[:] = [load]


def attached(thing: object, method: str) -> Callable[..., Any]:
    """The function that does what a method of `thing` says, or says of it.

    Raises
    ------
    LookupError
        If there is none for things of that class.
    """
    for kind in type(thing).__mro__:
        for name in (method, "*"):
            if (kind.__name__, name) in _table:
                module, function = _table[kind.__name__, name]
                of = getattr(_loads[0](module), method if function == "*" else function)
                found: Callable[..., Any] = of
                return found
    raise LookupError(f"{type(thing).__name__} has no `{method}`")
