"""Folders of results, in which nothing is touched that this library has not put there.

A folder has a ``manifest.json`` that lists its files with their SHA-256, and has a checksum of its
own. What it lists, and is as it was, may be replaced; all else of the names that an export uses is
somebody's: an export is refused before it has written anything.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .files import check_folder, digest, sync, sync_folder, write_text

MANIFEST = "manifest.json"
# Trials of which a folder has the events unless others are asked for.
FEW = 10


def check(folders: Mapping[Path, tuple[str, Iterable[str]]]) -> None:
    """Refuse folders in which an export would lose what it has not written.

    Parameters
    ----------
    folders : mapping
        What kind of export is to go into each folder, and the names that it uses.

    Raises
    ------
    OSError
        If a folder cannot be made or written to.
    ValueError
        If there is something of these names that no export of this kind has written, or that was
        changed since.
    """
    found: list[str] = []
    for folder, (kind, names) in folders.items():
        check_folder(folder)
        found += [f"{folder / name} ({why})" for name, why in _foreign(folder, kind, names)]
    if found:
        raise ValueError(
            f"nothing is overwritten that is not an earlier export's, as it was written: "
            f"{', '.join(found)}; choose another folder, or move or remove what is there"
        )


@contextmanager
def filling(folder: Path, kind: str, names: Iterable[str], about: dict[str, Any]) -> Iterator[Path]:
    """Lend an empty folder, whose files then take the place of an earlier export's in `folder`.

    Parameters
    ----------
    folder : path
        Where they are to be; made if need be.
    kind : str
        What kind of export it is; one kind does not take the place of another.
    names : iterable of str
        Every name that an export of this kind may use.
    about : dict
        What the manifest says of them.

    Raises
    ------
    OSError, ValueError
        As `check`.
    """
    used = {folder: (kind, list(names))}
    check(used)
    folder.mkdir(parents=True, exist_ok=True)
    staged = folder / f".drawdown-{secrets.token_hex(4)}"
    staged.mkdir()
    try:
        yield staged
        new = {path.name: digest(path) for path in sorted(staged.iterdir())}
        for name in new:
            sync(staged / name)
        check(used)
        old = listed(folder) or {}
        manifest = {**about, "kind": kind, "files": new}
        # Whatever stops it half-way, the next export knows what is here.
        earlier = {name: sorted(known) for name, known in old.items()}
        write_text(folder / MANIFEST, _text({**manifest, "earlier": earlier}))
        for name in new:
            if (folder / name).exists():
                (staged / name).chmod(stat.S_IMODE((folder / name).stat().st_mode))
            os.replace(staged / name, folder / name)
        for name in old.keys() - new.keys():
            (folder / name).unlink(missing_ok=True)
        sync_folder(folder)
        write_text(folder / MANIFEST, _text(manifest))
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def unsound(folder: Path, kind: str, names: Iterable[str]) -> str:
    """Why an export of this kind cannot be read from a folder, or nothing."""
    about, known, names = _manifest(folder), listed(folder), list(names)
    if not about or known is None:
        return "it holds no export, or its manifest was changed since"
    if about.get("kind") != kind:
        return f"it holds an exported {about.get('kind')}, and no {kind}"
    if missing := [name for name in names if name not in known]:
        return f"it has no {', '.join(missing)}, as an earlier version wrote it"
    # A file that nothing can be read of is told of by whoever reads it.
    there = [name for name in names if (folder / name).exists()]
    changed = [name for name in there if digest(folder / name) not in known[name]]
    return f"{', '.join(changed)} was changed since it was exported" if changed else ""


def _foreign(folder: Path, kind: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is in the way of an export, and why."""
    about, known = _manifest(folder), listed(folder)
    if known is None and about and "scenario_hash" in about and "files" not in about:
        yield MANIFEST, "of an earlier build, which lists no files to know them by"
    elif known is None and os.path.lexists(folder / MANIFEST):
        yield MANIFEST, "not of an export, or changed since"
    elif about and about.get("kind") != kind:
        yield MANIFEST, f"of an exported {about.get('kind')}, and this is a {kind}"
    for name in dict.fromkeys([*names, *(known or {})]):
        path = folder / name
        if name == MANIFEST or not os.path.lexists(path):
            continue
        if name not in (known or {}):
            yield name, "not of an export"
        elif path.is_symlink() or not path.is_file():
            yield name, "not the file that was exported"
        elif digest(path) not in (known or {})[name]:
            yield name, "changed since it was exported"


def listed(folder: Path) -> dict[str, set[str]] | None:
    """The files of an export and what they may hold; None if there is no sound manifest."""
    about = _manifest(folder)
    if not about or checksum(about) != about.get("checksum"):
        return None
    if any(Path(name).name != name for name in {**about["files"], **about.get("earlier", {})}):
        return None
    found = {name: {known} for name, known in about["files"].items()}
    for name, known in about.get("earlier", {}).items():
        found.setdefault(name, set()).update(known)
    return found


def _manifest(folder: Path) -> dict[str, Any] | None:
    path = folder / MANIFEST
    if path.is_symlink() or not path.is_file():
        return None
    try:
        about = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    return about if isinstance(about, dict) else None


def _text(about: dict[str, Any]) -> str:
    marked = {**about, "checksum": checksum(about)}
    return json.dumps(marked, indent=2, ensure_ascii=False) + "\n"


def checksum(about: dict[str, Any]) -> str:
    """Tell what was written here, under the key ``checksum``, from any other."""
    content = {key: value for key, value in about.items() if key != "checksum"}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
