"""Dotted paths of a scenario, as `Scenario.replace` takes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dotted(path: str, key: str) -> str:
    """The path of `key` in the table at `path`, the key quoted where it has to be."""
    # The escapes of a JSON text are among those that a path understands.
    key = key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
    return f"{path}.{key}" if path else key


def matching(tree: Mapping[str, Any], pattern: str) -> Iterator[tuple[str, Any]]:
    """Paths and values in `tree` that fit a pattern, in which ``*`` stands for any one key."""
    found: list[tuple[str, Any]] = [("", tree)]
    for part in pattern.split("."):
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


def parts(path: str) -> list[str]:
    """The keys of a path; quoted ones with their quotes."""
    return re.findall(r'"(?:[^"\\]|\\.)*"|[^.]+', path)


def shortest(paths: Iterable[str]) -> dict[str, str]:
    """Names for paths: two keys from the end, or as many as it takes to tell them apart."""
    keys = {path: parts(path) for path in paths}
    names = {}
    for path, mine in keys.items():
        others = [theirs for other, theirs in keys.items() if other != path]
        count = next(
            (n for n in range(2, len(mine)) if all(mine[-n:] != other[-n:] for other in others)),
            len(mine),
        )
        names[path] = ".".join(mine[-count:])
    return names
