"""Compares the public Python names with those of the last release; `make release-gate` runs it.

What breaks a program that uses them needs a version that says so: from 1.0 on a new major version,
before it a new minor one, as for the crate (tools/semver.sh). Names that lead to others with a
warning (`_internal/renamed.py`) count as kept.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import griffe

ROOT = Path(__file__).parents[1]


def baseline() -> tuple[str, str]:
    """The last release, as tools/semver.sh has it: its tag, and the commit that it is of."""
    text = (ROOT / "tools/semver.sh").read_text("utf-8")
    tag, commit = re.findall(r"^(?:release|commit)=(\S+)$", text, re.MULTILINE)
    return tag, commit


def may_break(old: str, new: str) -> bool:
    """Whether a version may break what the one before it promised."""
    before, after = ([int(part) for part in version.split(".")[:2]] for version in (old, new))
    return after[0] > before[0] or (after[0] == before[0] == 0 and after[1] > before[1])


def broken(old: griffe.Module, new: griffe.Module) -> Iterator[str]:
    """What breaks, a line for each."""
    import griffe

    renamed = set(re.findall(r'^    "(\w+)": "', new["_internal.renamed"].source, re.MULTILINE))
    before, after = public(old), public(new)
    for name in sorted(set(before.members) - set(after.members) - renamed):
        yield f"{name}: was removed"
    for name in set(before.members) - set(after.members):
        del before.members[name]
    for breakage in griffe.find_breaking_changes(before, after):
        what = breakage.explain(griffe.ExplanationStyle.ONE_LINE)
        yield re.sub(r"\x1b\[\d+m", "", what)


def public(package: griffe.Module) -> griffe.Module:
    """What a package promises: the names that it exports, wherever their code stands."""
    import griffe

    found = griffe.Module(package.name)
    for name in package.exports or ():
        thing = package.members[str(name)]
        found.members[str(name)] = thing.final_target if thing.is_alias else thing
    return found


def main() -> None:
    """List what breaks, and fail where the version does not say so."""
    import griffe

    tag, commit = baseline()
    version = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]["version"]
    where = {"search_paths": ["python"], "resolve_aliases": True}
    old = griffe.load_git("drawdown", ref=commit, repo=ROOT, **where)
    new = griffe.load("drawdown", search_paths=[ROOT / "python"], resolve_aliases=True)
    found = sorted(set(broken(old, new)))
    print("\n".join(found))
    print(f"{len(found)} changes since {tag} break programs; this is {version}")
    if found and not may_break(tag.removeprefix("v"), version):
        sys.exit("a version that breaks programs has to say so: a new minor one before 1.0")


if __name__ == "__main__":
    main()
