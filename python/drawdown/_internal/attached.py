"""Methods whose code stands in a room above: `drawdown.__init__` says where, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

# By class and method: the module, and the function in it that takes the object first. A star stands
# for every method of a class, for functions of their names, and for the module of the name of that
# in which the class of the object is.
Table = Mapping[tuple[str, str], tuple[str, str]]

_PACKAGE = __name__.partition(".")[0] + "."
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
    kinds = type(thing).__mro__
    for kind in kinds:
        for name in (method, "*"):
            if (kind.__name__, name) in _table:
                module, function = _table[kind.__name__, name]
                own = next(k.__module__ for k in kinds if k.__module__.startswith(_PACKAGE))
                of = _loads[0](module.replace("*", own.rpartition(".")[2]))
                found: Callable[..., Any] = getattr(of, method if function == "*" else function)
                return found
    raise LookupError(f"{type(thing).__name__} has no `{method}`")
