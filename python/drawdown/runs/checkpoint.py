"""Runs on their way, kept in a folder so that they can go on after a crash."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd

from .. import _core
from .._internal import files
from .._internal.checks import whole
from .._internal.files import alone, digest, replacing, sync_folder, write_text
from .._internal.folders import checksum
from ..errors import ScenarioError
from ..scenario.scenario import Scenario
from .backend import Keep
from .gathering import Merging
from .samples import InputSample
from .shards import Job

# Raised whenever the layout of the folder changes; parts have a format of their own.
FORMAT = 2

# What is run is saved after so many seconds, and never for more than a twentieth of the time.
_EVERY_SECONDS, _MOST_SHARE = 10.0, 0.05

# Where in a folder of results the parts of a run are, and among them the values that trials share.
_NAME, _ASKED, _SCENARIO, _DRAWS = "checkpoint", "asked.json", "scenario.toml", "draws.npy"

# What is kept beside the values of samples.
_ABOUT_DRAWS = ("paths", "each", "design", "sha256")

# Parts by the trials that are done with them, and what a run that was killed left of one.
_PART = re.compile(r"[0-9]{12,}\.part")
_LEFT = re.compile(r"\.[0-9a-f]{8}-[0-9]{12,}\.part")

# How many files a refusal names before it says how many more there are.
_NAMED = 5


class Checkpoint:
    """The folder `checkpoint` within a folder of results: what was asked for, and finished parts.

    Attributes
    ----------
    scenario : Scenario
        What is simulated.
    trials, seed, keep
        As they were asked for.
    samples : InputSample or None
        The parameter samples that trials share.
    """

    def __init__(
        self, folder: Path, scenario: Scenario, asked: dict[str, Any], samples: InputSample | None
    ) -> None:
        self._folder = folder
        self.out = folder.parent
        self.samples = samples
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
        samples: InputSample | None = None,
    ) -> Checkpoint:
        """Make the folder.

        Raises
        ------
        ValueError
            If the parts of a run are there, finished or not, or anything else that `simulate` has
            not put there: it would be lost. Or if another run is at work there.
        """
        folder = _folder(out)
        _refuse_parts(out, folder)
        _refuse_others(folder)
        if (folder / _ASKED).exists():
            with alone(folder):
                _tell_replaced(out, folder)
                clear(out)
        folder.parent.mkdir(parents=True, exist_ok=True)
        asked = {"trials": trials, "seed": seed, "keep": keep}
        about: dict[str, Any] = {"format": FORMAT, "version": _core.__version__, **asked}
        about["hash"] = scenario.hash
        # Made beside its place, so that it is there whole or not at all.
        made = folder.parent / f".drawdown-{secrets.token_hex(4)}"
        made.mkdir()
        try:
            write_text(made / _SCENARIO, scenario.to_toml())
            about["draws"] = None if samples is None else _kept(made / _DRAWS, samples)
            about["files"] = {path.name: digest(path) for path in sorted(made.iterdir())}
            about["checksum"] = checksum(about)
            write_text(made / _ASKED, _text(about).decode())
            if folder.exists():
                folder.rmdir()
            os.rename(made, folder)
            sync_folder(folder.parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        return cls(folder, scenario, asked, samples)

    @classmethod
    def open(cls, out: Path) -> Checkpoint:
        """Find an unfinished run.

        Raises
        ------
        FileNotFoundError
            If there is none.
        ValueError
            If it was begun by another version, or is damaged.
        """
        folder = _folder(out)
        try:
            about = json.loads((folder / _ASKED).read_text(encoding="utf-8"))
            asked = {
                "trials": whole("trials", about["trials"], 1, 2**63 - 1),
                "seed": whole("seed", about["seed"], 0, 2**64 - 1),
                "keep": about["keep"],
            }
            written, digest, layout = about["version"], about["hash"], about["format"]
            drawn = about["draws"] and {key: about["draws"][key] for key in _ABOUT_DRAWS}
            if asked["keep"] not in get_args(Keep):
                raise ValueError(f"`keep` is {asked['keep']!r}")
        except FileNotFoundError as error:
            error.add_note(f"there is no unfinished run in {out}")
            raise
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(f"{folder / _ASKED} is damaged: {error!r}") from error
        if (written, layout) != (_core.__version__, FORMAT):
            raise ValueError(
                f"the run in {out} was begun by drawdown {written}, and this is "
                f"{_core.__version__}: only the same version gives the same bits"
            )
        if about.get("checksum", "") not in ("", checksum(about)):
            raise ValueError(f"{folder / _ASKED} is damaged: it is not what was written")
        try:
            scenario = Scenario.read(folder / _SCENARIO)
        except ScenarioError as error:
            error.add_note(f"{folder / _SCENARIO} is damaged")
            raise
        if scenario.hash != digest:
            raise ValueError(f"{folder / _SCENARIO} is not the scenario that was begun")
        samples = _read(folder / _DRAWS, drawn, scenario) if drawn else None
        return cls(folder, scenario, asked, samples)

    def _parts(self) -> Iterator[bytes]:
        """What is finished, in order; whatever is wrong with a part is told of its file."""
        for path in _finished(self._folder):
            self._reading = path
            yield path.read_bytes()

    def _save(self, done: int, part: bytes) -> None:
        """Keep a part, named by the trials that are done with it."""
        with replacing(self._folder / f"{done:012}.part") as temporary:
            temporary.write_bytes(part)

    def job(self, seconds: float) -> Job:
        """What is simulated, of which a trial may be expected to take so many seconds."""
        about = (self.seed, self.keep, self.samples, seconds)
        return Job(self.scenario, range(self.trials), *about)

    def has_gaps(self) -> bool:
        """Whether trials are missing before others that are done: an executor left them."""
        return _has_gaps(_finished(self._folder))

    @contextmanager
    def gathered(self, job: Job) -> Iterator[tuple[Merging, Saver]]:
        """Lend the job with all that is saved of it, and what saves more of it now and then.

        Raises
        ------
        ValueError
            If a part is damaged, or does not belong here, or another run is at work on them.
        """
        with alone(self._folder):
            self._clear_left()
            self._reading = None
            try:
                begun = Merging(job, self._parts())
            except ValueError as error:
                if self._reading is not None:
                    error.add_note(f"{self._reading}: remove it to go on without it")
                raise
            yield begun, Saver(self, job)

    def run(self, threads: int, seconds: float, tell: Any) -> _core.Run:
        """Run what is left of the trials, each expected to take so many seconds at the most.

        Raises
        ------
        ValueError
            If a part is damaged, or does not belong here, or another run is at work on them.
        """
        with alone(self._folder):
            return self._run(threads, seconds, tell)

    def _clear_left(self) -> None:
        for path in self._folder.iterdir():
            if _LEFT.fullmatch(path.name):
                path.unlink()

    def _run(self, threads: int, seconds: float, tell: Any) -> _core.Run:
        self._reading = None
        self._clear_left()
        ready = self.samples.applied(self.scenario) if self.samples else self.scenario
        given = (ready._compiled, self.trials, self.seed, threads, tell, self.keep)
        try:
            return _core.simulate(
                *given,
                parts=self._parts(),
                save=self._save,
                every=_EVERY_SECONDS,
                seconds_per_trial=seconds,
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


class Saver:
    """Keeps shards that come in, several of them in one file, not more often than need be."""

    def __init__(self, checkpoint: Checkpoint, job: Job) -> None:
        self._checkpoint, self._job = checkpoint, job
        self._begun = self._last = time.monotonic()
        self._spent = 0.0
        self._new: list[bytes] = []

    def __call__(self, part: bytes) -> None:
        """Take a shard, and save it with those before it if it is time."""
        self._new.append(part)
        now = time.monotonic()
        if now - self._last >= _EVERY_SECONDS and self._spent <= _MOST_SHARE * (now - self._begun):
            self.save()

    def save(self) -> None:
        """Save what has come since."""
        begun = time.monotonic()
        self._new = [run.part() for run in Merging(self._job, self._new).shards.finish()]
        while self._new:
            _, end = _core.trials_of_part(self._new[0])
            self._checkpoint._save(end, self._new[0])
            # What is in a file is not saved again, in part of another, if the next one fails.
            del self._new[0]
        self._last = time.monotonic()
        self._spent += self._last - begun

    def end(self) -> None:
        """Save what has come since, unless the run was over before anything of it was saved."""
        if _finished(self._checkpoint._folder):
            self.save()


def clear(out: Path) -> None:
    """Take the parts of a run away, once its results are written; what else is there stays."""
    folder = _folder(out)
    own, others = _known(folder)
    # Later parts first, and last what says that the others are parts of a run: what is left by a
    # crash is still known, and can be gone on with.
    for path in sorted(reversed(own), key=lambda p: (p.name == _ASKED, p.suffix != ".part")):
        path.unlink(missing_ok=True)
    if own and not others:
        folder.rmdir()


def _folder(out: Path) -> Path:
    """Where the parts are, or will be, links followed."""
    return Path(os.path.realpath(out / _NAME))


def _known(folder: Path) -> tuple[list[Path], list[Path]]:
    """What in a folder of parts is as `simulate` has put it there, and what is not."""
    if not folder.is_dir():
        return [], [folder] if os.path.lexists(folder) else []
    about = _about(folder)
    own: list[Path] = []
    others: list[Path] = []
    for path in sorted(folder.iterdir()):
        (own if about and _is_own(path, about) else others).append(path)
    return own, others


def _finished(folder: Path) -> list[Path]:
    """The parts in a folder, in order."""
    return sorted(path for path in folder.glob("*.part") if _PART.fullmatch(path.name))


def _has_gaps(parts: list[Path]) -> bool:
    """Whether trials are missing between parts in order; a damaged one is told when it is read."""
    end = 0
    for path in parts:
        try:
            first, after = _core.trials_of_part(path.read_bytes())
        except ValueError:
            return False
        if first != end:
            return True
        end = after
    return False


def _about(folder: Path) -> dict[str, Any]:
    """What says that a folder is one of parts; empty if it is not."""
    try:
        about = json.loads((folder / _ASKED).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    marks = {"format", "version", "hash", "trials", "seed", "keep", "files"}
    found = isinstance(about, dict) and marks <= about.keys() and isinstance(about["files"], dict)
    return about if found and about.get("checksum") == checksum(about) else {}


def _is_own(path: Path, about: Mapping[str, Any]) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    match path.name:
        case files.LOCK:
            return path.stat().st_size == 0
        case name if name == _ASKED:
            return path.read_bytes() == _text(about)
        case name if name in about["files"]:
            return bool(digest(path) == about["files"][name])
        case name if _PART.fullmatch(name):
            content = path.read_bytes()
            # As the core has written it: a part ends with the checksum of all before it.
            return hashlib.sha256(content[:-32]).digest() == content[-32:]
        case name:
            return bool(_LEFT.fullmatch(name))


def _text(about: Mapping[str, Any]) -> bytes:
    return (json.dumps(about, indent=1) + "\n").encode()


def _refuse_others(folder: Path) -> None:
    """Say what lies where the parts of a run would be, and is none of them."""
    _, others = _known(folder)
    if others:
        names = ", ".join(path.name for path in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        raise ValueError(
            f"{folder} is where the parts of a run are saved, and holds what no run has put there, "
            f"or what was changed since: {names}{more}; choose another folder, or move or remove "
            f"what is there"
        )


def _refuse_parts(out: Path, folder: Path) -> None:
    """Say what lies in a folder that parts of a run would be lost from."""
    parts = _finished(folder)
    if not parts or not (folder / _ASKED).exists():
        return
    try:
        trials = json.loads((folder / _ASKED).read_text(encoding="utf-8"))["trials"]
    except (KeyError, TypeError, ValueError):
        trials = None
    if int(parts[-1].stem) == trials and not _has_gaps(parts):
        state, how = f"a finished run of {trials:,} trials", "read it with"
    else:
        state, how = "an unfinished run", "go on with"
    raise ValueError(
        f"{out} holds {state}: {how} `drawdown.resume` (`drawdown resume` in a shell), or remove "
        f"{folder} to begin anew"
    )


def _tell_replaced(out: Path, folder: Path) -> None:
    """Warns whoever simulates that a run which left no results makes room for another."""
    about = _about(folder)
    warnings.warn(
        f"{out} held a run of {about['trials']:,} trials under seed {about['seed']} that was over, "
        f"or stopped, before anything of it was saved: this run takes its place. `run.save` keeps "
        f"results",
        stacklevel=4,
    )


def _kept(path: Path, samples: InputSample) -> dict[str, Any]:
    """Write the values of samples, and say what belongs to them."""
    values = np.ascontiguousarray(samples.asked.to_numpy(float))
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.save(file, values)
    return {
        "paths": list(samples.asked.columns),
        "each": samples.each,
        "design": samples.design,
        "sha256": hashlib.sha256(values.tobytes()).hexdigest(),
    }


def _read(path: Path, about: Mapping[str, Any], scenario: Scenario) -> InputSample:
    """The samples that were written.

    Raises
    ------
    ValueError
        If they are damaged.
    """
    try:
        with path.open("rb") as file:
            values = np.lib.format.read_array(file, allow_pickle=False)
    except FileNotFoundError:
        raise
    except Exception as error:  # of almost any kind, wherever the damage is
        raise ValueError(f"{path} is damaged: {error!r}") from error
    if hashlib.sha256(values.tobytes()).hexdigest() != about["sha256"]:
        raise ValueError(f"{path} is damaged: it does not hold the samples that were begun")
    rows = pd.RangeIndex(len(values), name="sample")
    asked = pd.DataFrame(values, rows, about["paths"])
    return InputSample.of(scenario, asked, about["each"], about["design"])
