"""`drawdown migrate`: a scenario of an older schema, written anew in the newest.

There is one schema so far, so nothing has to be changed yet. The command is there so that scripts
which call it go on to work when there is a second one.
"""

from __future__ import annotations

import argparse

from ..scenario.scenario import Scenario


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Take the command and a scenario."""
    migrated = commands.add_parser("migrate", help="bring a scenario to the newest schema")
    migrated.add_argument("scenario")
    migrated.set_defaults(command=run)


def run(given: argparse.Namespace) -> None:
    """Say that there is nothing to change; a scenario of a schema to come is refused as ever."""
    scenario = Scenario.read(given.scenario)
    written = scenario.to_dict()["schema"]
    print(f"{given.scenario}: schema {written} is the newest that this version knows; unchanged")
