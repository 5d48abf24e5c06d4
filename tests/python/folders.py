"""What lies in a folder, for tests of what is done to it."""

import os
from pathlib import Path


def tree(folder: Path) -> dict[Path, object]:
    """Everything in a folder, to the last byte; links by where they lead."""
    return {path.relative_to(folder): _content(path) for path in sorted(folder.rglob("*"))}


def _content(path: Path) -> object:
    if path.is_symlink():
        return os.readlink(path)
    return path.is_dir() or path.read_bytes()
