"""What a caller asks for, of the type that it has to be, or a message that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sized
from difflib import get_close_matches
from itertools import islice
from numbers import Real
from operator import index
from typing import Any

# Values that are tried, measures, trials: nobody means to give more of them one by one.
MOST = 1_000_000


def whole(name: str, value: Any, least: int, most: int) -> int:
    """`value` as an int (numpy's are welcome) between two bounds."""
    try:
        found = index(value)
    except TypeError:
        hint = f"; write {int(value)}" if isinstance(value, float) and value.is_integer() else ""
        raise TypeError(f"`{name}` must be a whole number, not {value!r}{hint}") from None
    if found < least:
        raise ValueError(f"`{name}` must be at least {least}, not {found}")
    if found > most:
        raise ValueError(f"`{name}` must be at most {most}, not {found}")
    return found


def number(name: str, value: Any) -> float:
    """`value` as a float."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"`{name}` must be a number, not {value!r}")
    return float(value)


def text(name: str, value: Any, example: str) -> str:
    """`value` as the text that it is."""
    if not isinstance(value, str):
        raise TypeError(f'`{name}` is a text such as "{example}", not {value!r}')
    return value


def mapping(name: str, value: Any, example: str) -> Mapping[Any, Any]:
    """`value` as the mapping that it is."""
    if not isinstance(value, Mapping):
        raise TypeError(f"`{name}` is a mapping such as {example}, not {shown(value)}")
    return value


def named(name: str, value: Any, example: str) -> Mapping[str, Any]:
    """`value` as the mapping that it is, from names to something.

    Raises
    ------
    TypeError
        If it is no mapping, or names are not texts.
    ValueError
        If a name is empty.
    """
    found = mapping(name, value, example)
    if wrong := [key for key in found if not isinstance(key, str)]:
        told = ", ".join(f'"{key}" for {key!r}' for key in wrong)
        raise TypeError(f"the keys of `{name}` are texts, such as {example}: write {told}")
    if "" in found:
        raise ValueError(f"a key of `{name}` is empty: give it a name, such as {example}")
    return found


def known(name: str, among: Collection[str], what: str, others: str) -> None:
    """Refuse a name that is not among those there are."""
    if name in among:
        return
    near = get_close_matches(str(name), among, 1)
    there = ", ".join(among) if among else "none"
    hint = f"did you mean {near[0]!r}?" if near else f"the {others} are: {there}"
    raise ValueError(f"there is no {what} {name!r}; {hint}")


def several(name: str, value: Any, example: str, most: int = MOST) -> list[Any]:
    """The values in `value`; a text or a mapping is one value and not several.

    Raises
    ------
    TypeError
        If they are not several.
    ValueError
        If there are more than `most`, or no end of them: none is looked at then.
    """
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise TypeError(f"`{name}` is a list such as {example}, not {shown(value)}")
    # A list that would not fit in memory is not made to find out how long it is.
    count = len(value) if isinstance(value, Sized) else None
    found = list(islice(value, most + 1)) if count is None or count <= most else []
    if (count or len(found)) > most:
        told = f"{count:,}" if count else f"more than {most:,}"
        raise ValueError(f"`{name}` has {told} items: give at most {most:,}, such as {example}")
    return found


def shown(value: Any) -> str:
    """A number or a text as it is, anything else by its type."""
    return repr(value) if isinstance(value, (str, Real)) else f"a {type(value).__name__}"
