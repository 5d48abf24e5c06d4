"""Runs on their way, kept in a folder so that they can go on after a crash."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from . import _core
from .draws import Draws
from .errors import ScenarioError
from .files import alone, replacing, write_text
from .results import Keep
from .scenario import Scenario

# Raised whenever the layout of the folder changes; parts have a format of their own.
FORMAT = 2

# What is run is saved after so many seconds, and never for more than a twentieth of the time.
_EVERY_SECONDS = 10.0

# Where in a folder of results the parts of a run are, and among them the values that trials share.
_NAME, _DRAWS = "checkpoint", "draws.npy"


class Checkpoint:
    """The folder `checkpoint` within a folder of results: what was asked for, and finished parts.

    Attributes
    ----------
    scenario : Scenario
        What is simulated.
    trials, seed, keep
        As they were asked for.
    draws : Draws or None
        The draws of the world that trials share.
    """

    def __init__(
        self, folder: Path, scenario: Scenario, asked: dict[str, Any], draws: Draws | None
    ) -> None:
        self._folder = folder
        self.draws = draws
        self._reading: Path | None = None
        self.scenario = scenario
        self.trials: int = asked["trials"]
        self.seed: int = asked["seed"]
        self.keep: Keep = asked["keep"]

    @classmethod
    def begin(
        cls,
        out: Path,
        scenario: Scenario,
        trials: int,
        seed: int,
        keep: Keep,
        draws: Draws | None = None,
    ) -> Checkpoint:
        """Makes the folder.

        Raises
        ------
        ValueError
            If the parts of a run are there, finished or not: they would be lost. Or if another run
            is at work there.
        """
        folder = out / _NAME
        _refuse_parts(out, folder)
        if folder.exists():
            with alone(folder):
                shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_text(folder / "scenario.toml", scenario.to_toml())
        asked = {"trials": trials, "seed": seed, "keep": keep}
        about: dict[str, Any] = {"format": FORMAT, "version": _core.__version__, **asked}
        about["hash"] = scenario.hash
        about["draws"] = None if draws is None else _kept(folder / _DRAWS, draws)
        # Last: without it there is nothing to go on with.
        write_text(folder / "asked.json", json.dumps(about, indent=1) + "\n")
        return cls(folder, scenario, asked, draws)

    @classmethod
    def open(cls, out: Path) -> Checkpoint:
        """Finds an unfinished run.

        Raises
        ------
        FileNotFoundError
            If there is none.
        ValueError
            If it was begun by another version, or is damaged.
        """
        folder = out / _NAME
        try:
            about = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
            asked = {key: about[key] for key in ("trials", "seed", "keep")}
            written, digest, layout = about["version"], about["hash"], about["format"]
        except FileNotFoundError as error:
            error.add_note(f"there is no unfinished run in {out}")
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{folder / 'asked.json'} is damaged: {error!r}") from error
        if (written, layout) != (_core.__version__, FORMAT):
            raise ValueError(
                f"the run in {out} was begun by drawdown {written}, and this is "
                f"{_core.__version__}: only the same version gives the same bits"
            )
        try:
            scenario = Scenario.read(folder / "scenario.toml")
        except ScenarioError as error:
            error.add_note(f"{folder / 'scenario.toml'} is damaged")
            raise
        if scenario.hash != digest:
            raise ValueError(f"{folder / 'scenario.toml'} is not the scenario that was begun")
        draws = about["draws"] and _read(folder / _DRAWS, about["draws"], scenario)
        return cls(folder, scenario, asked, draws or None)

    def _parts(self) -> Iterator[bytes]:
        """What is finished, in order; whatever is wrong with a part is told of its file."""
        for path in sorted(self._folder.glob("[0-9]*.part")):
            self._reading = path
            yield path.read_bytes()

    def _save(self, done: int, part: bytes) -> None:
        """Keeps a part, named by the trials that are done with it."""
        with replacing(self._folder / f"{done:012}.part") as temporary:
            temporary.write_bytes(part)

    def run(self, threads: int, tell: Any) -> _core.Run:
        """Runs what is left of the trials.

        Raises
        ------
        ValueError
            If a part is damaged, or does not belong here, or another run is at work on them.
        """
        with alone(self._folder):
            return self._run(threads, tell)

    def _run(self, threads: int, tell: Any) -> _core.Run:
        self._reading = None
        for stale in self._folder.glob(".*.part"):
            stale.unlink()
        ready = self.draws.applied(self.scenario) if self.draws else self.scenario
        given = (ready._compiled, self.trials, self.seed, threads, tell, self.keep)
        try:
            return _core.simulate(
                *given, parts=self._parts(), save=self._save, every=_EVERY_SECONDS
            )
        except OSError as error:
            error.add_note(
                f"what was saved before is whole: make room, and `drawdown.resume` goes on with "
                f"{self._folder.parent}"
            )
            raise
        except ValueError as error:
            if self._reading is not None and not hasattr(error, "partial"):
                error.add_note(f"{self._reading}: remove it and those after it to go on from there")
            raise


def clear(out: Path) -> None:
    """Takes the parts of a run away, once its results are written."""
    shutil.rmtree(out / _NAME, ignore_errors=True)


def _refuse_parts(out: Path, folder: Path) -> None:
    """Says what lies in a folder that parts of a run would be lost from."""
    parts = sorted(folder.glob("[0-9]*.part"))
    if not parts or not (folder / "asked.json").exists():
        return
    try:
        trials = json.loads((folder / "asked.json").read_text(encoding="utf-8"))["trials"]
    except (KeyError, TypeError, ValueError):
        trials = None
    if int(parts[-1].stem) == trials:
        state, how = f"a finished run of {trials:,} trials", "read it with"
    else:
        state, how = "an unfinished run", "go on with"
    raise ValueError(
        f"{out} holds {state}: {how} `drawdown.resume` (`drawdown resume` in a shell), or remove "
        f"{folder} to begin anew"
    )


def _kept(path: Path, draws: Draws) -> dict[str, Any]:
    """Writes the values of draws, and says what belongs to them."""
    values = np.ascontiguousarray(draws.asked.to_numpy(float))
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.save(file, values)
    return {
        "paths": list(draws.asked.columns),
        "each": draws.each,
        "design": draws.design,
        "sha256": hashlib.sha256(values.tobytes()).hexdigest(),
    }


def _read(path: Path, about: Mapping[str, Any], scenario: Scenario) -> Draws:
    """The draws that were written.

    Raises
    ------
    ValueError
        If they are damaged.
    """
    try:
        values = np.load(path)
    except (OSError, ValueError, EOFError) as error:
        raise ValueError(f"{path} is damaged: {error!r}") from error
    if hashlib.sha256(values.tobytes()).hexdigest() != about["sha256"]:
        raise ValueError(f"{path} is damaged: it does not hold the draws that were begun")
    rows = pd.RangeIndex(len(values), name="draw")
    asked = pd.DataFrame(values, rows, about["paths"])
    return Draws.of(scenario, asked, about["each"], about["design"])
