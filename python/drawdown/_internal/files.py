"""Files that appear whole or not at all, where they are asked for and with the rights they had."""

import errno
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Lend a path, with the same suffix, whose content becomes that of `path` if all goes well.

    A link is followed, and a file that is there keeps its mode. What is no file, such as a pipe or
    a device, is written to as it is.

    Raises
    ------
    OSError
        As `check_file`.
    """
    check_file(path)
    if path.exists() and not path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            temporary = Path(folder, path.name)
            yield temporary
            _pour(temporary, path)
        return
    path = Path(os.path.realpath(path))
    # No longer than a name may be, whatever the length of the name that is asked for.
    temporary = path.with_name(f".{secrets.token_hex(4)}-{path.stem[:40]}{path.suffix[:20]}")
    _create(temporary, stat.S_IMODE(path.stat().st_mode) if path.exists() else None)
    try:
        yield temporary
        sync(temporary)  # or a crash could leave an empty file of that name
        os.replace(temporary, path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def check_file(path: Path) -> None:
    """Find out whether a file can be written, before there is anything to write.

    Raises
    ------
    OSError
        If it cannot: its folder is not there, it is a folder itself, or may not be written.
    """
    if path.is_dir():
        raise _refusal(errno.EISDIR, path)
    if path.exists():
        if not os.access(path, os.W_OK):
            raise _refusal(errno.EACCES, path)
        if not path.is_file():
            return
    folder = Path(os.path.realpath(path)).parent
    if not folder.exists():
        raise _refusal(errno.ENOENT, folder)
    _check_folder(folder)


def check_folder(folder: Path) -> None:
    """Find out whether a folder can be made and written to.

    Raises
    ------
    OSError
        If it cannot.
    """
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    if not folder.exists():  # a link that leads nowhere
        raise _refusal(errno.ENOENT, folder)
    _check_folder(folder)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise _refusal(errno.ENOTDIR, folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _refusal(errno.EACCES, folder)


def _refusal(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _create(path: Path, mode: int | None) -> None:
    """Make an empty file, which nobody reads who may not read what it will replace."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if mode is None else 0o600)
    os.close(handle)
    if mode is not None:
        path.chmod(mode)


def _pour(source: Path, target: Path) -> None:
    """Write what is in a file to a pipe or a device; a pipe that nobody reads is refused."""
    flags = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(target, flags)
    except OSError as error:
        if error.errno == errno.ENXIO:
            error.add_note("nobody reads from it")
        raise
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(handle, True)
    with source.open("rb") as content, os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(content, out)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder, where the system can; a process that dies lets go of it.

    Raises
    ------
    ValueError
        If another run is in it.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(f"another run is at work in {folder}: wait for it to end") from None
        yield


LOCK = ".lock"


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` in UTF-8, with the line endings that it has."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Sees to it that the content of a file outlives a power cut."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Sees to it that a new name in a folder outlives a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
