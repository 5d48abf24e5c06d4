"""`drawdown explain`: what a key of a scenario does, or what the code of a problem means."""

from __future__ import annotations

import argparse
import re

from .. import _core
from ..scenario.scenario import Scenario


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Take the command, and a scenario and a path or codes."""
    explained = commands.add_parser(
        "explain",
        help="say what a key of a scenario does, or what the code of a problem means",
        usage="drawdown explain SCENARIO PATH\n       drawdown explain CODE [CODE ...]",
    )
    explained.add_argument(
        "what",
        nargs="+",
        help="a scenario and a path such as world.threats.militia.truce (* stands for any id), or "
        "codes such as bad_date",
    )
    explained.set_defaults(command=run)


def run(given: argparse.Namespace) -> None:
    """Print the entry of the reference, or of each code."""
    codes = dict(_core.codes())
    if not codes.keys().isdisjoint(given.what):
        for code in given.what:
            if code not in codes:
                raise ValueError(f"`{code}` is no code of a problem: there are {', '.join(codes)}")
            print(f"{code}\n{_plain(codes[code])}\n")
    elif len(given.what) == 2:
        scenario, path = given.what
        print(Scenario.read(scenario).explain(path), end="")
    else:
        raise ValueError(
            "`drawdown explain` takes a scenario and a path of it, or codes of problems: "
            f"{', '.join(codes)}"
        )


def _plain(text: str) -> str:
    """Take the addresses of links out of a text in Markdown."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
