"""`drawdown explain`: what the reference says of a key of a scenario."""

from __future__ import annotations

import argparse

from ..scenario.scenario import Scenario


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Take the command, a scenario and a path."""
    explained = commands.add_parser("explain", help="say what a key of a scenario does")
    explained.add_argument("scenario")
    explained.add_argument("path", help="such as world.threats.militia.truce; * stands for any id")
    explained.set_defaults(command=run)


def run(given: argparse.Namespace) -> None:
    """Print the entry of the reference."""
    print(Scenario.read(given.scenario).explain(given.path), end="")
