"""Writes the licences of the crates that are linked into the wheel.

    python tools/licences.py FOLDER     writes LICENSE-THIRD-PARTY there; `make dist` does

MIT, BSD and Unicode-3.0 ask that their notice goes with copies, binary ones too; Apache-2.0 asks
for its text and for what a NOTICE file says. The extension module is such a copy: crates are linked
into it. Macros and what builds are not. Of crates under a choice of licences the first is taken
that stands in PREFERRED.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NAME = "LICENSE-THIRD-PARTY"
PREFERRED = ("MIT", "BSD-2-Clause", "BSD-3-Clause", "Unicode-3.0", "Apache-2.0", "CC0-1.0")
# How a file of a licence may be called, after LICENSE.
FILES = {"MIT": ("-mit", ""), "Apache-2.0": ("-apache", "-apache-2.0", "")}
HEAD = """Licences of what is linked into the extension module of drawdown, beside its own.

The standard library of Rust (The Rust Project contributors) is under MIT or Apache-2.0 as well; the
texts of both stand in LICENSE-MIT and LICENSE-APACHE.
"""

Package = dict[str, Any]


def main() -> None:
    """Write the file into a folder."""
    folder = Path(sys.argv[1])
    crates = linked(metadata())
    (folder / NAME).write_text(text(crates), encoding="utf-8")
    print(f"{len(crates)} crates in {NAME}")


def metadata() -> dict[str, Any]:
    """What cargo knows of the crates of the wheel."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--features", "python"]
    command += ["--filter-platform", "x86_64-unknown-linux-gnu"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def linked(known: dict[str, Any]) -> list[Package]:
    """The crates that are linked in, by name: neither macros nor what only builds or tests."""
    packages = {package["id"]: package for package in known["packages"]}
    nodes = {node["id"]: node for node in known["resolve"]["nodes"]}
    root = known["resolve"]["root"]
    seen, todo = set(), [root]
    while todo:
        for link in nodes[todo.pop()]["deps"]:
            one = link["pkg"]
            normal = any(kind["kind"] is None for kind in link["dep_kinds"])
            if normal and one not in seen and not is_macro(packages[one]):
                seen.add(one)
                todo.append(one)
    return sorted((packages[one] for one in seen), key=lambda package: str(package["name"]))


def is_macro(package: Package) -> bool:
    """Whether a crate is a macro, which is in no program."""
    return any("proc-macro" in target["kind"] for target in package["targets"])


def chosen(expression: str) -> str:
    """The licence that a crate is taken under."""
    taken = []
    # Old crates separate a choice by a slash.
    for part in re.sub(r" WITH [\w.-]+", "", expression).split(" AND "):
        offered = re.findall(r"[\w.-]+", part)
        found = [licence for licence in PREFERRED if licence in offered]
        if not found:
            raise SystemExit(f"no licence of {expression} is known to tools/licences.py")
        taken.append(found[0])
    return " AND ".join(taken)


def texts(package: Package, licence: str) -> Iterator[str]:
    """The text of the licence in a crate, if it carries one, and what it asks to be passed on."""
    folder = Path(package["manifest_path"]).parent
    files = {path.name.lower(): path for path in folder.iterdir() if path.is_file()}
    any_of = sorted(name for name in files if name.startswith(("license", "licence", "copying")))
    found = []
    for one in licence.split(" AND "):
        names = [
            f"{spelt}{end}{kind}"
            for end in FILES.get(one, (f"-{one.lower()}", "-unicode", ""))
            for spelt in ("license", "licence", "copying")
            for kind in ("", ".md", ".txt")
        ]
        found += [name for name in [*names, *any_of] if name in files][:1]
    found += sorted(name for name in files if name.startswith("notice"))
    for name in dict.fromkeys(found):
        yield files[name].read_text("utf-8").strip()


def text(crates: list[Package]) -> str:
    """The file: each text once, under the crates that it is of."""
    of: dict[str, list[str]] = {}
    for package in crates:
        licence = chosen(package["license"])
        name = f"{package['name']} {package['version']} ({licence})"
        found = list(texts(package, licence))
        # A crate without a text is under one that others carry; its authors are its notice.
        authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
        for one in found or [f"{licence}, whose text stands in this file. Copyright {authors}"]:
            of.setdefault(one, []).append(name)
    parts = [f"{', '.join(names)}\n\n{one}" for one, names in of.items()]
    rule = f"\n\n{'=' * 80}\n"
    return rule.join([HEAD, *parts]) + "\n"


if __name__ == "__main__":
    main()
