"""Runs in files."""

from __future__ import annotations

import json
import os
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from . import _core
from .draws import Draws
from .errors import ScenarioError
from .files import check_file, replacing
from .run import Run
from .scenario import Scenario
from .snapshot import Array, Snapshot

# Raised whenever the layout of the file, or of a `Snapshot`, changes.
FORMAT = 2

_DAMAGE = (KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)


def save(run: Run, path: Path) -> None:
    """Writes the file that `Run.save` describes; the same run gives the same bytes."""
    check_file(path)
    snapshot = Snapshot.of(run._results, run._measures, run.scenario)
    answers, arrays = {"format": FORMAT, **snapshot.answers}, dict(snapshot.arrays)
    if run.draws:
        answers["draws"] = {"design": run.draws.design, "each": run.draws.each}
        arrays["draws/asked"] = run.draws.asked.to_numpy(float)
        arrays["draws/sound"] = run.draws.sound.astype(float)
    about = json.dumps(answers, indent=1, ensure_ascii=False)
    texts = {"run.json": about, "scenario.toml": run.scenario.to_toml()}
    with (
        replacing(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        # `open` gives members no time of their own; `writestr` would.
        for name, text in texts.items():
            with archive.open(name, "w") as member:
                member.write(text.encode())
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def load(path: str | os.PathLike[str]) -> Run:
    """Reads a run that `Run.save` wrote.

    It gives the same tables, datasets and figures as when it was saved. `Run.trial` and
    `Run.events` simulate the trials asked for once more.

    Parameters
    ----------
    path : str or path
        The file.

    Returns
    -------
    Run
        The run.

    Warns
    -----
    UserWarning
        If another version of the library made the run: the results are as they were, but no
        trial can be replayed.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If the file is not a saved run, is damaged, or has a format that this version does not
        read.
    ScenarioError
        If this version does not accept the scenario of another.
    """
    with _sound(path) as archive:
        answers = json.loads(archive.read("run.json"))
        form, version = answers["format"], answers["origin"]["version"]
    if form != FORMAT:
        raise ValueError(
            f"{os.fspath(path)} has format {form}, of drawdown {version}; "
            f"drawdown {_core.__version__} reads format {FORMAT}"
        )
    with _sound(path) as archive:
        text = archive.read("scenario.toml").decode()
        arrays = dict(_arrays(archive))
    same = version == _core.__version__
    if not same:
        warnings.warn(
            f"{os.fspath(path)} was made by drawdown {version}, and this is {_core.__version__}: "
            "the results are as they were, but no trial can be replayed",
            stacklevel=2,
        )
    scenario = _scenario(path, text, version)
    if same and scenario.hash != answers["origin"]["scenario_hash"]:
        raise ValueError(f"{os.fspath(path)} is damaged: its scenario is not the one it was run on")
    draws = _draws(answers, arrays)
    replayed = draws.applied(scenario) if draws and same else scenario
    snapshot = Snapshot(answers, arrays, replayed)
    return Run(snapshot, scenario, snapshot.measures, draws)


def _draws(answers: dict[str, Any], arrays: dict[str, Array]) -> Draws | None:
    if "draws" not in answers:
        return None
    asked = arrays["draws/asked"]
    index = pd.RangeIndex(len(asked), name="draw")
    frame = pd.DataFrame(asked, index, answers["input_paths"])
    return Draws(frame, arrays["draws/sound"] > 0, **answers["draws"])


@contextmanager
def _sound(path: str | os.PathLike[str]) -> Iterator[zipfile.ZipFile]:
    """Opens a saved run; whatever is not as it was written is told as one error.

    The checksums of ZIP tell damage that leaves the file readable.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _DAMAGE as error:
        raise ValueError(f"{os.fspath(path)} is not a saved run, or is damaged: {error}") from error


def _arrays(archive: zipfile.ZipFile) -> Iterator[tuple[str, Array]]:
    for name in archive.namelist():
        if name.endswith(".npy"):
            with archive.open(name) as member:
                array = np.lib.format.read_array(member, allow_pickle=False)
            yield name.removesuffix(".npy"), array


def _scenario(path: str | os.PathLike[str], text: str, version: str) -> Scenario:
    try:
        return Scenario.from_toml(text)
    except ScenarioError as error:
        error.add_note(f"{os.fspath(path)} was made by drawdown {version}; use that to read it")
        raise
