"""`drawdown doctor`: what an issue has to say of the machine, as text to paste.

Nothing in it names a person, a file or a machine.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata

from .. import _core
from ..scenario.scenario import Scenario

_NAME = "drawdown"
# What the numbers of this build are told by: any machine has the same for the same version.
_EXAMPLE, _TRIALS, _SEED = "minimal", 100, 1
_LONGEST = 12


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Take the command and what it may be told."""
    doctor = commands.add_parser("doctor", help="say what an issue has to say of this machine")
    doctor.add_argument("scenario", nargs="?", help="the scenario that it is about")
    doctor.add_argument("--seed", type=int, help="the seed of the run that it is about")
    doctor.set_defaults(command=run)


def run(given: argparse.Namespace) -> None:
    """Print what there is to say."""
    scenario = Scenario.read(given.scenario) if given.scenario else None
    print("\n".join(lines(scenario, given.seed)))


def lines(scenario: Scenario | None = None, seed: int | None = None) -> Iterator[str]:
    """Give what there is to say, line by line."""
    yield f"drawdown  {_core.__version__}, build {_core.BUILD}"
    yield f"numbers   {fingerprint()} ({_TRIALS} trials of `{_EXAMPLE}`, seed {_SEED})"
    yield f"python    {platform.python_implementation()} {platform.python_version()}"
    yield f"platform  {platform.platform()}"
    yield f"threads   {_threads()} of {os.cpu_count()}"
    yield f"text      {sys.stdout.encoding}, file names {sys.getfilesystemencoding()}"
    for extra, names in _requirements().items():
        found = ", ".join(f"{name} {_version(name)}" for name in names)
        yield f"{extra or 'needs':<9} {found}"
    if scenario is not None:
        yield f"scenario  {scenario.hash}"
    if seed is not None:
        yield f"seed      {seed}"


def fingerprint() -> str:
    """Compute a mark of the numbers that this build gives."""
    compiled = _core.Scenario.example(_EXAMPLE)
    run = _core.simulate(compiled, _TRIALS, _SEED)
    return run.digest()[:_LONGEST]


def _threads() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _requirements() -> dict[str, list[str]]:
    """Names of required libraries by extra, those that are always needed first."""
    try:
        asked = metadata.requires(_NAME) or []
    except metadata.PackageNotFoundError:  # run from its source, without being installed
        return {}
    found: dict[str, list[str]] = {"": []}
    for one in asked:
        extra = re.search(r"extra\s*==\s*['\"]([\w-]+)", one)
        name = re.match(r"[\w.-]+", one)
        names = found.setdefault(extra[1] if extra else "", [])
        if name and name[0] not in names:
            names.append(name[0])
    return found


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
