"""Runs on their way, kept in a folder so that they can go on after a crash."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import _core
from .errors import ScenarioError
from .files import replacing, write_text
from .results import Keep
from .scenario import Scenario

# Raised whenever the layout of the folder changes; parts have a format of their own.
FORMAT = 1

# What is run is saved after so many seconds, and never for more than a twentieth of the time.
_EVERY_SECONDS = 10.0

# Where in a folder of results the parts of an unfinished run are.
_NAME = "checkpoint"


class Checkpoint:
    """The folder `checkpoint` within a folder of results: what was asked for, and finished parts.

    Attributes
    ----------
    scenario : Scenario
        What is simulated.
    trials, seed, keep
        As they were asked for.
    """

    def __init__(self, folder: Path, scenario: Scenario, asked: dict[str, Any]) -> None:
        self._folder = folder
        self._reading: Path | None = None
        self.scenario = scenario
        self.trials: int = asked["trials"]
        self.seed: int = asked["seed"]
        self.keep: Keep = asked["keep"]

    @classmethod
    def begin(cls, out: Path, scenario: Scenario, trials: int, seed: int, keep: Keep) -> Checkpoint:
        """Makes the folder.

        Raises
        ------
        ValueError
            If the parts of an unfinished run are there: they would be lost.
        """
        folder = out / _NAME
        if (folder / "asked.json").exists() and any(folder.glob("[0-9]*.part")):
            raise ValueError(
                f"{out} holds an unfinished run: go on with `drawdown.resume` (`drawdown resume` "
                f"in a shell), or remove {folder} to begin anew"
            )
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write_text(folder / "scenario.toml", scenario.to_toml())
        asked = {"trials": trials, "seed": seed, "keep": keep}
        about = {"format": FORMAT, "version": _core.__version__, **asked, "hash": scenario.hash}
        # Last: without it there is nothing to go on with.
        write_text(folder / "asked.json", json.dumps(about, indent=1) + "\n")
        return cls(folder, scenario, asked)

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
            written, digest = about["version"], about["hash"]
        except FileNotFoundError as error:
            error.add_note(f"there is no unfinished run in {out}")
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{folder / 'asked.json'} is damaged: {error!r}") from error
        if (written, about["format"]) != (_core.__version__, FORMAT):
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
        return cls(folder, scenario, asked)

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
            If a part is damaged, or does not belong here.
        """
        self._reading = None
        for stale in self._folder.glob(".*.part"):
            stale.unlink()
        given = (self.scenario._compiled, self.trials, self.seed, threads, tell, self.keep)
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
