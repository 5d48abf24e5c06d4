"""`drawdown completion`: what a shell needs to complete commands, options and their choices.

Written out of the parser itself, so that it knows every option and needs no other package: the
scripts are static, and a shell that uses one starts no Python on a press of the tab key.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .. import _core

SHELLS = ("bash", "zsh", "fish")


class _Command(NamedTuple):
    """A command: its name, what it is for, its options, and the words that may follow it."""

    name: str
    help: str
    # With what each is for, and what may follow it.
    options: dict[str, tuple[str, list[str]]]
    words: list[str]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Take the command and a shell; the parser is read when it is asked for."""
    completed = commands.add_parser("completion", help="print what a shell completes commands with")
    completed.add_argument("shell", choices=SHELLS)
    completed.set_defaults(command=lambda given: print(script(given.shell, commands), end=""))


def script(shell: str, commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> str:
    """Write the script for a shell."""
    write: dict[str, Callable[[list[_Command]], Iterator[str]]] = {
        "bash": _bash,
        "zsh": _zsh,
        "fish": _fish,
    }
    return "\n".join([*write[shell](list(_read(commands))), ""])


def _read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> Iterator[_Command]:
    helps = {one.dest: one.help or "" for one in commands._choices_actions}
    for name, parser in commands.choices.items():
        options, words = {}, []
        for action in parser._actions:
            choices = [str(one) for one in action.choices or ()]
            for option in action.option_strings:
                options[option] = ((action.help or "").partition(";")[0], choices)
            if not action.option_strings:
                named = action.dest in ("scenario", "scenarios", "name")
                words += choices or (_core.examples() if named else [])
        yield _Command(name, helps.get(name, ""), options, words)


def _bash(commands: list[_Command]) -> Iterator[str]:
    yield "# drawdown in bash: source <(drawdown completion bash)"
    yield "_drawdown() {"
    yield "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words="
    yield '    case "${COMP_WORDS[1]} $before" in'
    for one in commands:
        for option, (_, choices) in one.options.items():
            if choices:
                found = " ".join(choices)
                yield f'    "{one.name} {option}")'
                yield f'        COMPREPLY=($(compgen -W "{found}" -- "$word")); return ;;'
    yield "    esac"
    yield '    if [ "$COMP_CWORD" -eq 1 ]; then'
    yield f'        COMPREPLY=($(compgen -W "{" ".join(one.name for one in commands)}" -- "$word"))'
    yield "        return"
    yield "    fi"
    yield '    case "${COMP_WORDS[1]}" in'
    for one in commands:
        yield f'    {one.name}) words="{" ".join([*one.options, *one.words])}" ;;'
    yield "    esac"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))'
    yield "}"
    yield "complete -o filenames -F _drawdown drawdown"


def _zsh(commands: list[_Command]) -> Iterator[str]:
    yield "# drawdown in zsh, whose compinit has run: source <(drawdown completion zsh)"
    yield "autoload -U +X bashcompinit && bashcompinit"
    yield from _bash(commands)


def _fish(commands: list[_Command]) -> Iterator[str]:
    yield "# drawdown in fish: drawdown completion fish | source"
    for one in commands:
        yield f"complete -c drawdown -n __fish_use_subcommand -f -a {one.name} -d {_told(one.help)}"
        seen = f"-n '__fish_seen_subcommand_from {one.name}'"
        for option, (what, choices) in one.options.items():
            kind = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
            follow = f" -x -a '{' '.join(choices)}'" if choices else ""
            yield f"complete -c drawdown {seen} {kind}{follow} -d {_told(what)}"
        if one.words:
            yield f"complete -c drawdown {seen} -a '{' '.join(one.words)}'"


def _told(what: str) -> str:
    """A text in the quotes of a shell, without what argparse would fill in."""
    plain = what.partition(" (")[0].replace("%", "")
    return "'" + plain.replace("'", "") + "'"
