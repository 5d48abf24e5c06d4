"""A scenario without what is said of where its numbers come from."""

from typing import Any


def unsourced(tree: Any) -> Any:
    """A parsed scenario with each number alone where it stands beside its source."""
    if isinstance(tree, list):
        return [unsourced(value) for value in tree]
    if not isinstance(tree, dict):
        return tree
    if "value" in tree and len(tree) > 1 and tree.keys() <= {"value", "source", "note"}:
        return unsourced(tree["value"])
    return {key: unsourced(value) for key, value in tree.items()}
