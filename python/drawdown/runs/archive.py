"""Runs in files."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import math
import os
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd

from .. import _core
from .._internal.files import check_file, replacing
from ..errors import ScenarioError
from ..scenario.scenario import Scenario
from .backend import Measure, Results
from .base import Histories
from .reduced import ready
from .samples import InputSample
from .snapshot import Array, Snapshot

# Raised whenever the layout of the file, or of a `Snapshot`, changes.
FORMAT = 3
# That of drawdown 0.1, the same without checksums; those of ZIP tell damage, not a changed part.
UNSUMMED = 2

# What merging needs besides the arrays, in the core's own form; files of earlier builds have none.
_PART = "merge.part"
# What all other members hold, by their size and SHA-256; texts among them are no longer than this.
_SUMS, _LONGEST = "checksums.json", 2**28
_CHUNK = 2**20


def save(run: Histories, path: Path) -> None:
    """Write the file that `Run.save` describes; the same run gives the same bytes."""
    check_file(path)
    with replacing(path) as temporary, temporary.open("wb") as file:
        _write(run, file, zipfile.ZIP_DEFLATED)


def packed(run: Histories) -> bytes:
    """A run as bytes, from which `unpacked` makes it."""
    with io.BytesIO() as file:
        _write(run, file, zipfile.ZIP_STORED)
        return file.getvalue()


def unpacked(content: bytes) -> Parts:
    """What some bytes hold; warns and raises as `load`."""
    with io.BytesIO(content) as file:
        return _read(file, "what was packed", stacklevel=4)


def _write(run: Histories, file: IO[bytes], compression: int) -> None:
    snapshot = Snapshot.of(run._results, run._measures, run.scenario)
    answers, arrays = {"format": FORMAT, **snapshot.answers}, dict(snapshot.arrays)
    if run.samples:
        answers["draws"] = {"design": run.samples.design, "each": run.samples.each}
        arrays["draws/asked"] = run.samples.asked.to_numpy(float)
        arrays["draws/sound"] = run.samples.sound.astype(float)
    about = json.dumps(answers, indent=1, ensure_ascii=False)
    texts = {"run.json": about, "scenario.toml": run.scenario.to_toml()}
    sums = {}
    with zipfile.ZipFile(file, "w", compression) as archive:
        # `open` gives members no time of their own; `writestr` would.
        for name, text in texts.items():
            with archive.open(name, "w") as member:
                sums[name] = _Sum(member)
                sums[name].write(text.encode())
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                sums[f"{name}.npy"] = found = _Sum(member)
                np.lib.format.write_array(found, array, (1, 0), allow_pickle=False)
        if snapshot.part is not None:
            with archive.open(_PART, "w", force_zip64=True) as member:
                sums[_PART] = _Sum(member)
                sums[_PART].write(snapshot.part)
        with archive.open(_SUMS, "w") as member:
            listed = {name: found.listed for name, found in sums.items()}
            member.write(json.dumps(listed, indent=1).encode())


class _Sum:
    """A member of an archive, and the size and the SHA-256 of what has gone through."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member
        self._hash, self._bytes = hashlib.sha256(), 0

    @property
    def listed(self) -> dict[str, int | str]:
        """What the checksums say of it."""
        return {"bytes": self._bytes, "sha256": self._hash.hexdigest()}

    def write(self, content: bytes) -> int:
        self._count(content)
        return self._member.write(content)

    def read(self, size: int) -> bytes:
        content = self._member.read(size)
        self._count(content)
        return content

    def _count(self, content: bytes) -> None:
        self._hash.update(content)
        self._bytes += len(content)


# What a file holds of a run: what `Histories` is made of.
Parts = tuple[Results, Scenario, list[Measure], InputSample | None]


def load(path: str | os.PathLike[str]) -> Parts:
    """Read the file that `Run.save` wrote, as the function `load` of the package describes."""
    with open(path, "rb") as file:
        whole = file if file.seekable() else io.BytesIO(file.read())
        return _read(whole, os.fspath(path), stacklevel=4)


def _read(file: IO[bytes], name: str, stacklevel: int) -> Parts:
    with _sound(name), zipfile.ZipFile(file) as archive:
        form, version = _form(archive)
        if form in (FORMAT, UNSUMMED):
            answers, text, arrays, part = _content(archive, form == FORMAT)
    if form not in (FORMAT, UNSUMMED):
        raise ValueError(
            f"{name} has format {form}, of drawdown {version}; "
            f"drawdown {_core.__version__} reads formats {UNSUMMED} and {FORMAT}"
        )
    same = version == _core.__version__
    if not same:
        warnings.warn(
            f"{name} was made by drawdown {version}, and this is {_core.__version__}: "
            "the results are as they were, but no trial can be replayed",
            stacklevel=stacklevel,
        )
    scenario = _scenario(name, text, version)
    if same and scenario.hash != answers["origin"]["scenario_hash"]:
        raise ValueError(f"{name} is damaged: its scenario is not the one it was run on")
    with _sound(name):
        samples = _samples(answers, arrays)
        kind, levels = (answers["origin"].get(key) for key in ("variance", "levels"))
        replayed = ready(scenario, samples, kind, levels or ()) if same else scenario
        snapshot = Snapshot(answers, arrays, replayed, part if same else None)
        return snapshot, scenario, snapshot.measures, samples


def _samples(answers: dict[str, Any], arrays: dict[str, Array]) -> InputSample | None:
    if "draws" not in answers:
        return None
    asked = arrays["draws/asked"]
    index = pd.RangeIndex(len(asked), name="sample")
    frame = pd.DataFrame(asked, index, answers["input_paths"])
    return InputSample(frame, arrays["draws/sound"] > 0, **answers["draws"])


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Whatever is not as it was written is told as one error.

    A file that is not what it should be can be found out anywhere between the archive and the
    arrays in it, with an exception of almost any kind.
    """
    try:
        yield
    except Exception as error:
        # Of the system's own errors only this one comes of what is in a file: a place before it.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        told = str(error) if isinstance(error, ValueError) else repr(error)
        raise ValueError(f"{name} is not a saved run, or is damaged: {told}") from error


def _form(archive: zipfile.ZipFile) -> tuple[Any, str]:
    """The format of a file, and the version that wrote it."""
    answers = json.loads(_text(archive, "run.json"))
    return answers["format"], answers["origin"]["version"]


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LONGEST:
        raise ValueError(f"{name} is too long")
    return archive.read(name)


def _content(
    archive: zipfile.ZipFile, summed: bool
) -> tuple[dict[str, Any], str, dict[str, Array], bytes | None]:
    """The answers, the scenario, the arrays and the part, if they were written together."""
    sums: dict[str, dict[str, Any]] = {
        info.filename: {"bytes": info.file_size} for info in archive.infolist()
    }
    if summed:
        sums = json.loads(_text(archive, _SUMS))
        if sorted(archive.namelist()) != sorted([*sums, _SUMS]):
            raise ValueError("it has not got the parts that were written")
    for info in archive.infolist():
        # Before anything is read: what is larger than it should be may be larger than memory.
        if info.filename != _SUMS and info.file_size != sums[info.filename]["bytes"]:
            raise ValueError(f"{info.filename} has not got the size that was written")
    whole = [name for name in ("run.json", "scenario.toml", _PART) if name in sums or name != _PART]
    texts = {name: _text(archive, name) for name in whole}
    for name, content in texts.items():
        if summed and hashlib.sha256(content).hexdigest() != sums[name]["sha256"]:
            raise ValueError(f"{name} is not what was written")
    arrays = {
        name.removesuffix(".npy"): _array(archive, name, sums[name])
        for name in sums
        if name not in texts
    }
    about, scenario = json.loads(texts["run.json"]), texts["scenario.toml"].decode()
    return about, scenario, arrays, texts.get(_PART)


def _array(archive: zipfile.ZipFile, name: str, listed: dict[str, Any]) -> Array:
    with archive.open(name) as member:
        found: Any = _Sum(member)
        if np.lib.format.read_magic(found) != (1, 0):
            raise ValueError(f"{name} is no array of the kind that is written")
        shape, by_columns, kind = np.lib.format.read_array_header_1_0(found)
        size = 8 * math.prod(shape)
        if kind != np.dtype("<f8") or found.listed["bytes"] + size != listed["bytes"]:
            raise ValueError(f"{name} is no array of the kind that is written")
        array = np.empty(shape, dtype="<f8", order="F" if by_columns else "C")
        flat = array.reshape(-1, order="A").view(np.uint8)
        for start in range(0, size, _CHUNK):
            part = found.read(min(_CHUNK, size - start))
            flat[start : start + len(part)] = np.frombuffer(part, dtype=np.uint8)
    if found.listed | listed != found.listed:
        raise ValueError(f"{name} is not what was written")
    return array


def _scenario(name: str, text: str, version: str) -> Scenario:
    try:
        return Scenario.from_toml(text)
    except ScenarioError as error:
        error.add_note(f"{name} was made by drawdown {version}; use that to read it")
        raise
