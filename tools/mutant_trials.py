"""Tries one mutant in a copy of the sources: build, then tests, those first that notice most."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Timer
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
WORK = ROOT / "target/mutants"
TREE = WORK / "tree"
QUICK_SECONDS, MEMORY_BYTES, MOST_FIRST = 0.2, 6 << 30, 12
PROGRAMS = {"lib": ["--lib"], "it": ["--test", "it"]}
# Where the time goes: no debug information, and one set of build products that stays warm.
ENVIRONMENT = os.environ | {
    "CARGO_PROFILE_DEV_DEBUG": "false",
    "CARGO_TARGET_DIR": str(WORK / "build"),
}


class Stage(NamedTuple):
    """Some tests of one test program, and the seconds they may take."""

    program: str
    slow: bool
    tests: list[str]
    seconds: float


def copy_sources() -> None:
    """Make TREE like the work tree; what is the same is not touched, so nothing is built twice."""
    listed = subprocess.check_output(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT)
    names = [name for name in listed.decode().split("\0") if name]
    wanted = {Path(name) for name in names if (ROOT / name).is_file()}
    for old in [path for path in TREE.rglob("*") if path.is_file()]:
        if old.relative_to(TREE) not in wanted:
            old.unlink()
    for name in wanted:
        put(name, (ROOT / name).read_bytes())


def put(name: Path | str, content: bytes) -> None:
    """Write a file of TREE unless it is so already."""
    path = TREE / name
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def build(program: str) -> str | None:
    """The path of a test program, or nothing if it does not compile."""
    command = ["cargo", "test", "--no-run", *PROGRAMS[program], "--message-format", "json"]
    done = subprocess.run(
        command, cwd=TREE, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    if done.returncode:
        return None
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return next(each["executable"] for each in said if each.get("executable"))


def run(path: str, arguments: list[str], seconds: float) -> tuple[str, list[tuple[str, float]]]:
    """Run tests until one fails: its name (or what else went wrong), and when each ended."""
    start, ended = time.monotonic(), []
    limit = (MEMORY_BYTES, MEMORY_BYTES)
    process = subprocess.Popen(
        [path, *arguments],
        cwd=TREE,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
    )
    assert process.stdout is not None
    timer = Timer(seconds, process.kill)
    timer.start()
    failed = ""
    for line in process.stdout:
        words = line.split()
        if line.startswith("test ") and words[-1] in ("ok", "FAILED"):
            ended.append((words[1], time.monotonic() - start))
        if line.startswith("test ") and words[-1] == "FAILED":
            failed = words[1]
            process.kill()
            break
    process.stdout.close()
    status = process.wait()
    late = not timer.is_alive()
    timer.cancel()
    if failed or status == 0:
        return failed, ended
    return ("timeout" if late and status == -signal.SIGKILL else "crash"), ended


def measure() -> list[Stage]:
    """Times each test of the code as it is: the quick ones of each program, and the slow ones."""
    copy_sources()
    stages = []
    for program in PROGRAMS:
        path = build(program)
        if path is None:
            sys.exit("the code as it is does not compile")
        failed, ended = run(path, ["--test-threads", "1"], 3600)
        if failed:
            sys.exit(f"the code as it is fails: {failed}")
        times = [0.0, *(at for _, at in ended)]
        took = {name: at - times[k] for k, (name, at) in enumerate(ended)}
        for slow in (False, True):
            those = {name: t for name, t in took.items() if (t >= QUICK_SECONDS) == slow}
            if those:
                stages.append(Stage(program, slow, list(those), 60 + 10 * sum(those.values())))
    return stages


def in_order(stages: list[Stage], file: str, noticed: Counter[str], noted: str) -> list[Stage]:
    """The stages for a mutant in `file`: first the `noted` test and those that noticed most."""
    engine = file.startswith(("src/trial", "src/model"))
    likely = "it" if engine else "lib"
    quick = next(s for s in stages if s.program == likely and not s.slow)
    first = [test for test, _ in noticed.most_common() if test in quick.tests][:MOST_FIRST]
    return [
        *(s._replace(tests=[noted]) for s in stages if noted in s.tests),
        *([quick._replace(tests=first)] if first else []),
        *sorted(stages, key=lambda s: (s.slow, s.program != likely)),
    ]


def verdict(file: str, text: str, order: list[Stage]) -> tuple[str, str]:
    """What becomes of it if `file` has this text, and the test that noticed."""
    original = (TREE / file).read_bytes()
    put(file, text.encode())
    try:
        paths: dict[str, str] = {}
        for stage in order:
            if stage.program not in paths:
                path = build(stage.program)
                if path is None:
                    return "unviable", ""
                paths[stage.program] = path
            failed, _ = run(paths[stage.program], ["--exact", *stage.tests], stage.seconds)
            if failed in ("timeout", "crash"):
                return failed, ""
            if failed:
                return "caught", failed
        return "missed", ""
    finally:
        put(file, original)
