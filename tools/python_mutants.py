"""Breaks the Python analyses on purpose, one small change at a time, as tools/mutants.py the core.

`make mutants-python` takes what cosmic-ray would change in the modules of
tools/python_mutants.toml, draws some of each by a seed, and tries each on the tests that are named
there, until one fails. It goes on where it was stopped (verdicts: tools/python_mutants.json) and
writes its part of docs/mutants.md. A mutant that no test notices must be explained in
tools/python_mutants.toml, or the exit status is 1.

A mutant is tried in a process of its own, forked when the libraries are loaded and the package is
not: the work tree stays as it is.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import importlib.metadata
import json
import os
import re
import resource
import signal
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from mutant_trials import ROOT
from mutants import Mutant, figures, fill_page, keep, load, note_of, notes, sample

NOTES, VERDICTS = ROOT / "tools/python_mutants.toml", ROOT / "tools/python_mutants.json"
TIMES = ROOT / "target/mutants/python_times.json"
PACKAGE = "python/drawdown"
ONE_IN, MEMORY_BYTES = 5, 8 << 30
# Of the operators of cosmic-ray those whose mutants run: it would also shift floats and the like.
BINARY = (
    "Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Div Mod_FloorDiv Pow_Mul BitAnd_BitOr BitOr_BitAnd"
)
COMPARISON = (
    "Eq_NotEq NotEq_Eq Lt_LtE Lt_Gt LtE_Lt LtE_Gt Gt_GtE Gt_Lt GtE_Gt GtE_Lt Is_IsNot IsNot_Is"
)
UNARY = "Delete_USub Delete_Not Delete_Invert"
OTHERS = "AddNot ReplaceTrueWithFalse ReplaceFalseWithTrue ReplaceAndWithOr ReplaceOrWithAnd"
OTHERS += " ReplaceBreakWithContinue ReplaceContinueWithBreak ZeroIterationForLoop NumberReplacer"
OPERATORS = [f"ReplaceBinaryOperator_{pair}" for pair in BINARY.split()]
OPERATORS += [f"ReplaceComparisonOperator_{pair}" for pair in COMPARISON.split()]
OPERATORS += [f"ReplaceUnaryOperator_{pair}" for pair in UNARY.split()] + OTHERS.split()
# What is written for people only: functions of these names, and those that return what is printed,
# unless it is a verdict.
FOR_PEOPLE = re.compile("plot|origin_line|_section")
PRINTED = re.compile(r"str|.*\btables\.Table\b.*")
VERDICT = re.compile("_?verdict|_beats|status")

# Where numbers are those of a picture.
LAYOUT = "plots/trial.py"

Span = tuple[tuple[int, int], tuple[int, int]]


def mutants(modules: list[str]) -> list[Mutant]:
    """All that cosmic-ray can think of in some modules."""
    return [one for name in modules for one in of_module(f"{PACKAGE}/{name}.py")]


def module_of(file: str) -> str:
    """The name of a module in tools/python_mutants.toml, such as ``runs/samples``."""
    return Path(file).relative_to(PACKAGE).with_suffix("").as_posix()


@cache
def listed(table: str) -> dict[str, Any]:
    """A table of tools/python_mutants.toml."""
    with open(NOTES, "rb") as file:
        return dict(tomllib.load(file)[table])


def of_module(file: str) -> Iterator[Mutant]:
    """The mutants of one file, statement by statement; what reads the same is one."""
    source = (ROOT / file).read_text(encoding="utf-8")
    lines, tree, seen = source.splitlines(keepends=True), ast.parse(source), {source}
    out, alike = list(left_out(tree)), Counter[tuple[str, str]]()
    for statement in tree.body:
        decorated = getattr(statement, "decorator_list", [])
        top = min(each.lineno for each in [statement, *decorated]) - 1
        before, after = "".join(lines[:top]), "".join(lines[statement.end_lineno :])
        part = "".join(lines[top : statement.end_lineno])
        nodes = list(ast_nodes(get_ast(part)))
        for name in OPERATORS[: -1 if file.endswith(LAYOUT) else None]:
            operator = get_operator(f"core/{name}")()
            places = [at[0] for node in nodes for at in operator.mutation_positions(node)]
            for occurrence, (line, column) in enumerate(places):
                start = line + top, column
                if any(low <= start < high for low, high in out) or unpacks(lines, start):
                    continue
                text = before + (mutate_code(part, operator, occurrence) or part) + after
                if text not in seen:
                    seen.add(text)
                    one = mutant(file, source, text)
                    alike[one.what, one.line] += 1
                    # The same change further on in the line.
                    place = alike[one.what, one.line]
                    yield one._replace(what=f"{one.what} ({place})" if place > 1 else one.what)


def unpacks(lines: list[str], start: tuple[int, int]) -> bool:
    """Whether a star stands there that has nothing before it to multiply."""
    line = lines[start[0] - 1]
    before = line[: start[1]].rstrip()
    return line[start[1]] == "*" and (not before or before.endswith(("(", ",", "[", "{")))


def left_out(tree: ast.AST) -> Iterator[Span]:
    """Where nothing is changed: types, messages, and what is written for people."""
    for node in ast.walk(tree):
        those: list[Any] = []
        match node:
            case ast.FunctionDef(name=name, returns=returns):
                printed = returns and PRINTED.fullmatch(ast.unparse(returns))
                if FOR_PEOPLE.fullmatch(name) or (printed and not VERDICT.fullmatch(name)):
                    those = [node]
                # Defaults that must be named are those that users leave out: the manual says them.
                those += [returns, *node.args.kw_defaults]
            case ast.keyword(arg="strict"):
                # Guards against what the code does not do.
                those = [node]
            case ast.arg() | ast.AnnAssign():
                those = [node.annotation]
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.Raise() | ast.JoinedStr():
                those = [node]
            case ast.Module():
                # Names of types.
                those = [s for s in node.body if isinstance(s, ast.Assign)]
                those = [s for s in those if any(isinstance(n, ast.BitOr) for n in ast.walk(s))]
        for one in filter(None, those):
            yield (one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)


def mutant(file: str, source: str, text: str) -> Mutant:
    """One mutant, and what it changes, word by word."""
    before, after = (re.findall(r"\w+|[<>=!*/]+|\s+|.", each) for each in (source, text))
    first = next(i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    last = next(
        i
        for i, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False))
        if a != b or i in (len(before) - first - 1, len(after) - first - 1)
    )
    old, new = ("".join(each[first : len(each) - last]).strip() for each in (before, after))
    top = "".join(before[:first]).count("\n")
    lines = source.splitlines()
    what = (
        f"replace {old} with {new}" if old and new else f"insert {new}" if new else f"delete {old}"
    )
    diff = difflib.unified_diff(lines, text.splitlines(), lineterm="")
    hunk = "\n".join(line for line in list(diff)[2:] if not line.startswith("@@"))
    # A module that is moved keeps its verdicts: they know it as it was called without its room.
    known = listed("formerly").get(module_of(file), Path(file).stem)
    key = hashlib.sha256(f"{PACKAGE}/{known}.py\n{what}\n{hunk}".encode()).hexdigest()[:16]
    return Mutant(file, what, lines[top].strip(), text, f"{file}:{top + 1}", key)


def tests_of(file: str) -> dict[str, float]:
    """The tests that are asked about a file, and how long each takes: measured once."""
    names = listed("tests")[module_of(file)]
    times = json.loads(TIMES.read_text()) if TIMES.exists() else {}
    found: dict[str, float] = {}
    for name in names:
        path = ROOT / f"tests/python/test_{name}.py"
        key = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        if key not in times:
            said = ask([str(path)], 1800)
            if said["failed"] or not said["seconds"]:
                sys.exit(f"the code as it is fails: {said['failed'] or path}")
            times[key] = said["seconds"]
            TIMES.parent.mkdir(parents=True, exist_ok=True)
            TIMES.write_text(json.dumps(times, indent=0))
        found |= times[key]
    return found


class Heard:
    """Hears from pytest which test failed, and how long each took."""

    def __init__(self) -> None:
        self.failed = ""
        self.seconds: Counter[str] = Counter()

    def pytest_collectreport(self, report: Any) -> None:
        """A file that cannot even be read is a failure."""
        if report.failed:
            self.failed = report.nodeid

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A part of a test is over."""
        self.seconds[report.nodeid.partition("[")[0]] += report.duration
        if report.failed:
            self.failed = report.nodeid


def ask(tests: list[str], seconds: float, file: str = "", text: str = "") -> dict[str, Any]:
    """Run tests in a fork until one fails, where `file` has this text."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        answer(write, tests, file, text)
        os._exit(0)
    os.close(write)
    late = False
    start = time.monotonic()
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() - start > seconds:
            late = True
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            break
        time.sleep(0.02)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    if late or not said:
        return {"failed": "timeout" if late else "crash", "seconds": {}}
    return dict(json.loads(said))


def answer(write: int, tests: list[str], file: str, text: str) -> None:
    """What the fork does: breaks the module, and says what pytest said."""
    import pytest

    import_as_is = SourceFileLoader.get_code
    broken = f"drawdown.{module_of(file).replace('/', '.')}" if file else None

    def get_code(self: SourceFileLoader, name: str) -> Any:
        if name == broken:
            return compile(text, self.path, "exec", dont_inherit=True)
        return import_as_is(self, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
    os.chdir(ROOT)
    heard = Heard()
    pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", *tests], plugins=[heard])
    said = {"failed": heard.failed, "seconds": {k: round(t, 3) for k, t in heard.seconds.items()}}
    os.write(write, json.dumps(said).encode())


def verdict(one: Mutant, noticed: Counter[str], noted: str) -> list[str]:
    """What becomes of a mutant, and the test that noticed: likely tests first, then quick ones."""
    times = tests_of(one.file)
    order = sorted(times, key=lambda test: (test != noted, -noticed[test], times[test]))
    said = ask(order, 30 + 5 * sum(times.values()), one.file, one.text)
    if said["failed"] in ("timeout", "crash"):
        return [said["failed"], ""]
    return ["caught", said["failed"]] if said["failed"] else ["missed", ""]


def preload() -> None:
    """Load what every trial needs, and nothing of the package."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    os.environ["MPLBACKEND"] = "agg"
    sys.path.insert(0, str(ROOT / "python"))
    for name in ("matplotlib.pyplot", "pandas", "pytest", "scipy.stats", "xarray", "jinja2"):
        __import__(name)


def try_all(those: list[Mutant], verdicts: dict[str, list[str]]) -> None:
    """Try what has no verdict yet; each verdict is kept as soon as it is there."""
    waiting = [one for one in those if one.key not in verdicts]
    preload()
    known = notes(NOTES)
    for i, one in enumerate(waiting):
        start = time.monotonic()
        same = {other.key for other in those if other.file == one.file}
        noticed = Counter(by.partition("[")[0] for key, (_, by) in verdicts.items() if key in same)
        test = (note_of(one, known) or {}).get("test", "")
        verdicts[one.key] = verdict(one, noticed, test)
        keep(VERDICTS, verdicts)
        took = time.monotonic() - start
        said = " ".join(verdicts[one.key])
        print(
            f"{i + 1}/{len(waiting)} {took:.0f} s {said}: {one.where}: {one.what}: {one.line}",
            flush=True,
        )


PAGE = """
# The Python analyses

`make mutants-python` does the same with what Python computes from histories: statistics,
comparisons, drivers, searches. Changes are those of cosmic-ray {version} for {files} modules,
without annotations, messages and pictures: {possible:,} in all, of which one in {one_in} of each
module, rounded up, was drawn with seed {seed}. Asked are the test files that
`tools/python_mutants.toml` names for the module. This part is written by
`tools/python_mutants.py`, and goes on in the same way.

| | changes |
|---|---|
| drawn | {drawn} |
| tried | {tried} |
| noticed: a test fails | {caught} |
| noticed: a test crashes, or does not end | {stopped} |
| not noticed, and explained below | {explained} |
| not noticed, and not explained | {unexplained} |

## By module

{by_file}

## Not noticed in Python, with the reason

{reasons}

## Not noticed in Python at first

The tests named here, written since, notice them. They are tried every time.

{closed}
"""


def main() -> None:
    """Try the sample, and what is noted, and write the page."""
    parser = argparse.ArgumentParser()
    modules = sorted(listed("tests"))
    parser.add_argument(
        "only", nargs="*", metavar="MODULE", help="try only these, such as runs/samples"
    )
    parser.add_argument("--again", action="store_true", help="try once more what was missed")
    parser.add_argument("--page", action="store_true", help="try nothing, and write the page")
    given = parser.parse_args()
    if strange := set(given.only) - set(modules):
        parser.error(f"{', '.join(sorted(strange))}: none of {', '.join(modules)}")
    everything = mutants(modules)
    drawn, known = sample(everything, ONE_IN), notes(NOTES)
    those = drawn + [one for one in everything if note_of(one, known) and one not in drawn]
    # In an order that has no more of one module at first than of another.
    those = sorted(those, key=lambda one: one.key)
    if given.only:
        those = [one for one in those if module_of(one.file) in given.only]
    verdicts = load(VERDICTS)
    if given.again:
        reasons = {one.key for one in everything if "why" in (note_of(one, known) or {})}
        verdicts = {k: said for k, said in verdicts.items() if said[0] != "missed" or k in reasons}
    try:
        if not given.page:
            try_all(those, verdicts)
    finally:
        said, unexplained = figures(everything, drawn, verdicts, known)
        version = importlib.metadata.version("cosmic-ray")
        fill_page(python=PAGE.format(version=version, one_in=ONE_IN, **said))
    if unexplained:
        sys.exit(
            "no test notices, and tools/python_mutants.toml does not say why:\n"
            + "\n".join(f"  {one.where}: {one.what}: {one.line}" for one in unexplained)
        )


if __name__ == "__main__":
    main()
