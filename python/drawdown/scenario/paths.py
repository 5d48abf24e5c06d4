"""Dotted paths of a scenario, as `Scenario.replace` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import _core


def dotted(path: str, key: str) -> str:
    """The path of `key` in the table at `path`, the key quoted where it has to be."""
    key = _core.join_path([key])
    return f"{path}.{key}" if path else key


def matching(tree: Mapping[str, Any], pattern: str) -> Iterator[tuple[str, Any]]:
    """Paths and values in `tree` that fit a pattern, in which ``*`` stands for any one key."""
    found: list[tuple[str, Any]] = [("", tree)]
    for part in _core.split_path(pattern):
        found = [
            (dotted(path, key), value[key])
            for path, value in found
            if isinstance(value, Mapping)
            for key in (value if part == "*" else [part])
            if key in value
        ]
    yield from found


def differing(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """The paths at which two trees differ; where a whole table is missing, the table's."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted(one.keys() | other.keys()):
            yield from differing(one.get(key), other.get(key), dotted(path, key))
    elif one != other:
        yield path


def parent(path: str) -> str:
    """The path of the table that a path leads into; empty for a key at the top."""
    return _core.join_path(_keys(path)[:-1])


def holders(path: str) -> Iterator[str]:
    """A path, and those of the tables and lists that hold what it leads to, the innermost first."""
    while path:
        yield path
        path = parent(path)


def shortest(paths: Iterable[str]) -> dict[str, str]:
    """Names for paths: two keys from the end, or as many as it takes to tell them apart."""
    keys = {path: _keys(path) for path in paths}
    names = {}
    for path, mine in keys.items():
        others = [theirs for other, theirs in keys.items() if other != path]
        count = next(
            (n for n in range(2, len(mine)) if all(mine[-n:] != other[-n:] for other in others)),
            len(mine),
        )
        names[path] = path if count == len(mine) else _core.join_path(mine[-count:])
    return names


def _keys(name: str) -> list[str]:
    """The keys of a path; a name that is not one stands for itself."""
    try:
        keys = _core.split_path(name)
    except ValueError:
        return [name]
    return keys if _core.join_path(keys) == name else [name]
