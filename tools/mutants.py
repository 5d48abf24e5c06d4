"""Breaks the code on purpose, one small change at a time, and asks whether a test notices.

`make mutants` takes what `cargo mutants` would change in the mathematics, the model and the trials,
draws one in ten of each file by a seed, and tries each (mutant_trials.py) on the unit tests and
`tests/it`, until one fails. It goes on where it was stopped (verdicts: tools/mutants.json)
and writes docs/mutants.md. A mutant that no test notices must be explained in tools/mutants.toml,
or the exit status is 1.

`python tools/mutants.py FILE...` tries these files first; `--again` tries once more what was missed
and has no reason there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from mutant_trials import ROOT, in_order, measure, verdict

NOTES, VERDICTS = ROOT / "tools/mutants.toml", ROOT / "tools/mutants.json"
SEED, ONE_IN = 1, 10
SCOPE = ["src/process/*.rs", "src/law/*.rs", "src/model/*.rs", "src/trial/**/*.rs"]
SCOPE += [f"src/{name}.rs" for name in ("intervals", "streams", "tally", "variates", "weekly")]
# What is written for people only.
LEFT_OUT = "impl (Debug|Display|fmt::)"
PINNED = "contract::a_whole_trial_is_pinned"


class Mutant(NamedTuple):
    """One change, and names for it that survive changes elsewhere in the file."""

    file: str
    what: str
    line: str
    text: str
    where: str
    key: str


def mutants() -> list[Mutant]:
    """All that `cargo mutants` can think of in the files of SCOPE."""
    command = ["cargo", "mutants", "--list", "--json", "--exclude-re", LEFT_OUT]
    command += [part for files in SCOPE for part in ("--file", files)]
    listed = json.loads(subprocess.check_output(command, cwd=ROOT))
    return [mutant(each) for each in listed]


def mutant(listed: dict) -> Mutant:
    """One mutant, with the text its file then has."""
    lines = (ROOT / listed["file"]).read_text(encoding="utf-8").splitlines(keepends=True)
    (top, left), (bottom, right) = (
        (listed["span"][end]["line"] - 1, listed["span"][end]["column"] - 1)
        for end in ("start", "end")
    )
    before, after = "".join(lines[:top]) + lines[top][:left], lines[bottom][right:]
    text = before + listed["replacement"] + after + "".join(lines[bottom + 1 :])
    where, what = listed["name"].split(": ", 1)
    # The hunk of the diff, without its line numbers.
    hunk = listed["diff"].split("@@", 2)[2].partition("\n")[2]
    key = hashlib.sha256(f"{listed['file']}\n{what}\n{hunk}".encode()).hexdigest()[:16]
    return Mutant(listed["file"], what, lines[top].strip(), text, where, key)


def sample(everything: list[Mutant], one_in: int) -> list[Mutant]:
    """One in so many of each file, rounded up; the same ones while their lines stay the same."""

    def order(one: Mutant) -> str:
        return hashlib.sha256(f"{SEED} {one.key}".encode()).hexdigest()

    chosen = []
    for file in sorted({one.file for one in everything}):
        those = sorted((one for one in everything if one.file == file), key=order)
        chosen += those[: math.ceil(len(those) / one_in)]
    return chosen


def notes(path: Path) -> list[dict[str, str]]:
    """What people have found out about mutants that were missed."""
    with open(path, "rb") as file:
        return tomllib.load(file).get("mutant", [])


def note_of(one: Mutant, all_notes: list[dict[str, str]]) -> dict[str, str] | None:
    """What is noted about a mutant, if anything."""
    said = (one.file, one.what, one.line)
    return next((n for n in all_notes if (n["file"], n["what"], n["line"]) == said), None)


def load(path: Path) -> dict[str, list[str]]:
    """Verdicts so far, by the mutant's key."""
    return json.loads(path.read_text()) if path.exists() else {}


def keep(path: Path, verdicts: dict[str, list[str]]) -> None:
    """Write verdicts, whole or not at all."""
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(verdicts, indent=0))
    partial.replace(path)


def try_all(those: list[Mutant], verdicts: dict[str, list[str]]) -> None:
    """Try what has no verdict yet; each verdict is kept as soon as it is there."""
    waiting = [one for one in those if one.key not in verdicts]
    stages = measure() if waiting else []
    noted = notes(NOTES)
    for i, one in enumerate(waiting):
        start = time.monotonic()
        test = (note_of(one, noted) or {}).get("test", "")
        noticed = Counter(by for _, by in verdicts.values())
        order = in_order(stages, one.file, noticed, test)
        verdicts[one.key] = list(verdict(one.file, one.text, order))
        keep(VERDICTS, verdicts)
        took = time.monotonic() - start
        said = " ".join(verdicts[one.key])
        print(f"{i + 1}/{len(waiting)} {took:.0f} s {said}: {one.where}: {one.what}", flush=True)


PAGE = """# What tests notice

`make mutants` breaks the mathematics, the model and the trials on purpose, one small change at a
time (a `+` made a `-`, a `<` a `<=`, a function that returns 0), and asks whether a test fails.
This page is written by `tools/mutants.py`. Changes are those that cargo-mutants {version} proposes
for {files} files, {possible:,} in all; one in {one_in} of each file, rounded up, was drawn with
seed {seed}. What has not been tried yet is tried when `make mutants` goes on.

Only the Rust tests in the sources and in `tests/it` are asked; the Python tests, with the
independent twin, might notice more. The first test that fails ends the matter: in {pinned} cases it
was the pinned trial, which says that numbers have changed and not that they are wrong.

| | changes |
|---|---|
| drawn | {drawn} |
| tried | {tried} |
| noticed: a test fails | {caught} |
| noticed: a test crashes, or does not end | {stopped} |
| do not compile | {unviable} |
| not noticed, and explained below | {explained} |
| not noticed, and not explained | {unexplained} |

## By file

{by_file}

## Not noticed, with the reason

{reasons}

## Not noticed at first

These an earlier run had missed; the tests named here, written since, notice them. They are tried
every time.

{closed}
"""

# Where the part of tools/python_mutants.py begins.
PYTHON = "\n<!-- python -->\n"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table, or a word that says that it is empty."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if rows else "None."


def code(text: str) -> str:
    """Text as code, whole within a cell of a table."""
    return f"`{text}`".replace("|", "\\|")


def figures(
    everything: list[Mutant],
    drawn: list[Mutant],
    verdicts: dict[str, list[str]],
    all_notes: list[dict[str, str]],
) -> tuple[dict[str, object], list[Mutant]]:
    """What a page says of verdicts, and what was missed without a word in the notes."""
    tried = [one for one in drawn if one.key in verdicts]
    came = {one.key: verdicts[one.key][0] for one in everything if one.key in verdicts}
    missed = [one for one in everything if came.get(one.key) == "missed"]
    why = {one.key: (note_of(one, all_notes) or {}).get("why", "") for one in missed}
    count = Counter(came[one.key] for one in tried)
    explained = sum(bool(why[one.key]) for one in tried if came[one.key] == "missed")
    files = sorted({one.file for one in drawn})
    kinds = ("caught", "crash", "timeout", "unviable", "missed")
    of_file = {file: Counter(came[one.key] for one in tried if one.file == file) for file in files}
    of_drawn = Counter(one.file for one in drawn)
    closed = [
        (one, note["test"])
        for one in everything
        if (note := note_of(one, all_notes))
        and "test" in note
        and came.get(one.key, "missed") != "missed"
    ]
    said = {
        "files": len(files),
        "possible": len(everything),
        "seed": SEED,
        "drawn": len(drawn),
        "tried": len(tried),
        "caught": count["caught"],
        "stopped": count["crash"] + count["timeout"],
        "unviable": count["unviable"],
        "pinned": sum(verdicts[one.key][1] == PINNED for one in tried),
        "explained": explained,
        "unexplained": count["missed"] - explained,
        "by_file": table(
            [
                "file",
                "drawn",
                "tried",
                "test fails",
                "crash",
                "does not end",
                "does not compile",
                "missed",
            ],
            [
                [
                    code(file),
                    str(of_drawn[file]),
                    *map(str, (came_of.total(), *(came_of[k] for k in kinds))),
                ]
                for file, came_of in of_file.items()
            ],
        ),
        "reasons": table(
            ["file", "change", "line", "why no test can tell"],
            [
                [code(o.file), code(o.what), code(o.line), why[o.key] or "**unknown**"]
                for o in missed
            ],
        ),
        "closed": table(
            ["file", "change", "line", "test"],
            [[code(o.file), code(o.what), code(o.line), code(test)] for o, test in closed],
        ),
    }
    return said, [one for one in missed if not why[one.key]]


def fill_page(*, core: str | None = None, python: str | None = None) -> None:
    """Write one part of docs/mutants.md, and keep the other."""
    path = ROOT / "docs/mutants.md"
    before, mark, after = path.read_text(encoding="utf-8").partition(PYTHON)
    core, python = core or before, python or after
    path.write_text(core + (mark or PYTHON) + python, encoding="utf-8")


def write_page(
    everything: list[Mutant], drawn: list[Mutant], verdicts: dict[str, list[str]]
) -> list[Mutant]:
    """Write the page, and return what was missed without a word in tools/mutants.toml."""
    said, unexplained = figures(everything, drawn, verdicts, notes(NOTES))
    version = subprocess.check_output(["cargo", "mutants", "--version"], text=True).split()[1]
    fill_page(core=PAGE.format(version=version, one_in=ONE_IN, **said))
    return unexplained


def main() -> None:
    """Try the sample, and what is noted, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("first", nargs="*", metavar="FILE", help="tried before all others")
    parser.add_argument("--again", action="store_true", help="try once more what was missed")
    given = parser.parse_args()
    everything = mutants()
    drawn = sample(everything, ONE_IN)
    noted = [one for one in everything if note_of(one, notes(NOTES)) and one not in drawn]
    verdicts = load(VERDICTS)
    if given.again:
        reasons = {one.key for one in everything if "why" in (note_of(one, notes(NOTES)) or {})}
        verdicts = {k: said for k, said in verdicts.items() if said[0] != "missed" or k in reasons}
    those = [one for file in given.first for one in drawn if one.file == file]
    those += [one for one in drawn + noted if one.file not in given.first]
    try:
        try_all(those, verdicts)
    finally:
        unexplained = write_page(everything, drawn, verdicts)
    if unexplained:
        sys.exit(
            "no test notices, and tools/mutants.toml does not say why:\n"
            + "\n".join(f"  {one.where}: {one.what}" for one in unexplained)
        )


if __name__ == "__main__":
    main()
