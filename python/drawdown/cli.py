"""The command line: `drawdown check|run|schema|examples`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import _core
from .errors import Interrupted, ScenarioError
from .export import make_folder
from .run import Run
from .scenario import Scenario
from .simulate import simulate

REFUSED, USAGE, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after ``drawdown``; left out, what the shell gave.

    Returns
    -------
    int
        The exit status: 0, 1 for a refused scenario, 2 for wrong usage (a file that is not there
        or cannot be written included), 130 after Ctrl-C.
    """
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        given.command(given)
    except ScenarioError as error:
        print(f"{given.scenario}: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever was reading has gone; nothing more can be said to them, on exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        notes = "".join(f"; {note}" for note in getattr(error, "__notes__", []))
        print(f"{parser.prog}: {error.filename}: {error.strerror}{notes}", file=sys.stderr)
        return USAGE
    except ValueError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt as stop:
        print(f"{parser.prog}: {stop or 'stopped'}", file=sys.stderr)
        return INTERRUPTED
    return 0


def _check(given: argparse.Namespace) -> None:
    print(Scenario.read(given.scenario), end="")


def _run(given: argparse.Namespace) -> None:
    scenario = Scenario.read(given.scenario)
    if given.out:
        # Before the run and not after it is the time to find out that this is not possible.
        make_folder(given.out)
    progress = False if given.quiet else None
    try:
        run = simulate(
            scenario,
            trials=given.trials,
            seed=given.seed,
            threads=given.threads,
            progress=progress,
        )
    except Interrupted as stop:
        _report(stop.partial, given)
        raise
    _report(run, given)


def _report(run: Run, given: argparse.Namespace) -> None:
    if not given.quiet:
        print(run, end="")
    if given.out:
        run.write(given.out)
        if not given.quiet:
            print(f"\nwritten to {given.out}")


def _schema(_: argparse.Namespace) -> None:
    print(json.dumps(json.loads(_core.schema()), indent=2))


def _examples(given: argparse.Namespace) -> None:
    if given.name:
        print(_core.example_toml(given.name), end="")
        return
    for name in _core.examples():
        print(f"{name:<16}{Scenario.example(name).title}".rstrip())


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="drawdown",
        description="Simulates phased troop withdrawals. A scenario is a .toml or .json file, or "
        "the name of a shipped one.",
    )
    parser.add_argument("--version", action="version", version=f"drawdown {_core.__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="say in plain words what would be simulated")
    check.add_argument("scenario")
    check.set_defaults(command=_check)

    run = commands.add_parser("run", help="simulate; print tables, write tables and figures")
    run.add_argument("scenario")
    run.add_argument("--trials", type=int, default=10_000, help="histories (default %(default)s)")
    run.add_argument("--seed", type=int, help="default: drawn, and printed")
    run.add_argument("--threads", type=int, help="default: one for each core")
    run.add_argument("--out", type=_folder, metavar="DIR", help="folder to write to")
    run.add_argument("--quiet", action="store_true", help="no progress bar, no tables")
    run.set_defaults(command=_run)

    schema = commands.add_parser("schema", help="the JSON schema of scenarios, for editors")
    schema.set_defaults(command=_schema)

    examples = commands.add_parser("examples", help="list the shipped scenarios, or print one")
    examples.add_argument("name", nargs="?")
    examples.set_defaults(command=_examples)
    return parser
