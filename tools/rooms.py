"""Shows the rooms of the Python package and checks that its imports go one way.

    python tools/rooms.py            the rooms, what each uses, arrows that turn back, circles
    python tools/rooms.py --check    fails where the contract is broken; `make lint` runs it
    python tools/rooms.py FOLDER     the same of another tree, such as an older checkout

The contract: a module imports only from its own room and from those below it; no modules import
one another in a circle; what is imported for types alone, or inside a function, counts too. A
function imports nothing of the package, and `import_module` stands in `__init__.py` alone: that is
where what reaches upward is attached. The commands of `cli.py` alone, which nothing but
`__main__.py` uses, import what they need when they are given, downwards as everybody: `drawdown
check` need not wait for what draws figures. At most 20 modules stand at the top.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

# Whose functions may import from the package.
_LATE = ("__init__", "cli")
PACKAGE = Path(__file__).parents[1] / "python" / "drawdown"
# From the top down: each uses what stands after it. Rooms of one row use nothing of one another.
FLOORS = [
    ("__init__", "__main__"),
    ("cli",),
    ("commands",),
    ("report",),
    ("explorer", "adapters", "exchange"),
    ("plots",),
    ("analysis", "learn"),
    ("runs",),
    ("scenario",),
    ("stats",),
    ("_internal",),
    ("languages",),
    ("errors",),
    ("_core",),
    ("problem",),
]
MOST_AT_THE_TOP = 20


class Arrow(NamedTuple):
    """One module uses another."""

    user: str
    used: str
    line: int
    inside: bool  # in a function


def modules(package: Path) -> dict[str, Path]:
    """The modules of a package by dotted name, without that of the package."""
    found = {}
    for path in sorted([*package.rglob("*.py"), package / "_core.pyi"]):
        parts = path.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)] = path
    return found


def arrows(known: dict[str, Path]) -> list[Arrow]:
    """Every import of one module by another, wherever it stands."""
    found = {}
    for user, path in known.items():
        parts = user.split(".")
        room = parts if path.name == "__init__.py" and user != "__init__" else parts[:-1]
        tree = ast.parse(path.read_text())
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            for used in _named(node, room):
                # A name of a module, or the module that it is in: names of the package are its own.
                used = used if used in known else used.rpartition(".")[0] or "__init__"
                if used in known and used != user:
                    found[user, used] = Arrow(user, used, node.lineno, id(node) in inside)
    return list(found.values())


def _named(node: ast.AST, room: list[str]) -> list[str]:
    """What an import may name, dotted, as seen from the package."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
        return [name.removeprefix("drawdown").lstrip(".") for name in names if _of_package(name)]
    if not isinstance(node, ast.ImportFrom):
        return []
    module = (node.module or "").split(".") if node.module else []
    if node.level:
        base = [*room[: len(room) - node.level + 1], *module]
    elif module[:1] == ["drawdown"]:
        base = module[1:]
    else:
        return []
    return [".".join([*base, alias.name]) for alias in node.names]


def _of_package(name: str) -> bool:
    return name == "drawdown" or name.startswith("drawdown.")


def floor(module: str) -> int:
    """How far below the top the room of a module is."""
    room = module.split(".")[0]
    return next((k for k, rooms in enumerate(FLOORS) if room in rooms), -1)


def turned_back(found: list[Arrow]) -> list[Arrow]:
    """Arrows to a room above, or beside."""
    return [
        arrow
        for arrow in found
        if arrow.user.split(".")[0] != arrow.used.split(".")[0]
        and floor(arrow.used) <= floor(arrow.user)
    ]


def circles(found: list[Arrow]) -> list[set[str]]:
    """Sets of modules each of which reaches all others of its set, the largest first."""
    after: dict[str, set[str]] = {}
    for arrow in found:
        after.setdefault(arrow.user, set()).add(arrow.used)
    reached = {module: _reached(module, after) for module in after}
    rings = {
        frozenset(other for other in reached[module] if module in reached.get(other, ()))
        for module in after
    }
    return sorted((set(ring) for ring in rings if ring), key=len, reverse=True)


def _reached(module: str, after: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(after[module])
    while todo:
        if (one := todo.pop()) not in seen:
            seen.add(one)
            todo += after.get(one, ())
    return seen


def broken(package: Path) -> list[str]:
    """What breaks the contract, a line for each."""
    known = modules(package)
    found = arrows(known)
    lines = [
        f"{known[arrow.user]}:{arrow.line}: {arrow.user} uses {arrow.used}, which stands above it"
        for arrow in turned_back(found)
    ]
    lines += [
        f"{known[arrow.user]}:{arrow.line}: imports {arrow.used} inside a function"
        for arrow in found
        if arrow.inside and arrow.user not in _LATE
    ]
    lines += [f"circle: {', '.join(sorted(ring))}" for ring in circles(found)]
    lines += [
        f"{path}: import_module, which stands in __init__.py alone"
        for module, path in known.items()
        if module != "__init__" and "import_module" in path.read_text()
    ]
    strange = sorted({module.split(".")[0] for module in known if floor(module) < 0})
    lines += [f"{package / room}: no floor of tools/rooms.py names it" for room in strange]
    if (top := len(list(package.glob("*.py")))) > MOST_AT_THE_TOP:
        lines.append(f"{package}: {top} modules at the top, at most {MOST_AT_THE_TOP}")
    return lines


def picture(package: Path) -> str:
    """The rooms from the top down: modules, lines, the rooms that each uses, and what is amiss."""
    known = modules(package)
    found = arrows(known)
    files, lines, uses = Counter[str](), Counter[str](), dict[str, Counter[str]]()
    for module, path in known.items():
        files[room := module.split(".")[0]] += 1
        lines[room] += len(path.read_text().splitlines())
    for arrow in found:
        room, used = arrow.user.split(".")[0], arrow.used.split(".")[0]
        if room != used:
            uses.setdefault(room, Counter())[used] += 1
    rooms = sorted(files, key=lambda room: (floor(room), room))
    if len(rooms) > MOST_AT_THE_TOP:
        text = [f"{len(rooms)} modules at the top, and no rooms"]
    else:
        text = [f"{'room':<10} {'modules':>7} {'lines':>6}  uses (arrows)"]
    for room in rooms if len(rooms) <= MOST_AT_THE_TOP else []:
        below = sorted(uses.get(room, {}).items(), key=lambda use: floor(use[0]))
        told = ", ".join(f"{used} {count}" for used, count in below)
        text.append(f"{room:<10} {files[room]:>7} {lines[room]:>6}  {told}")
    rings, back = circles(found), turned_back(found)
    sizes = ", ".join(str(len(ring)) for ring in rings) or "none"
    lengths = sorted(_functions(known))
    p95 = lengths[round(0.95 * (len(lengths) - 1))]
    inside = sum(arrow.inside for arrow in found)
    text += [
        "",
        f"modules {len(known)}, lines {sum(lines.values())}, arrows {len(found)}, of which "
        f"inside functions {inside}",
        f"arrows that turn back: {len(back) if len(rooms) <= MOST_AT_THE_TOP else 'no order'}",
        f"circles (modules in each): {sizes}",
        f"lines of a function: median {statistics.median(lengths):.0f}, 95 % at most {p95}",
    ]
    return "\n".join(text)


def _functions(known: dict[str, Path]) -> list[int]:
    """Lines of each function, without its docstring."""
    lengths = []
    for path in known.values():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                told = node.body[0] if ast.get_docstring(node) else None
                said = (told.end_lineno or 0) - told.lineno + 1 if told else 0
                lengths.append((node.end_lineno or 0) - node.lineno + 1 - said)
    return lengths


def main() -> None:
    """Print the picture, or with ``--check`` what breaks the contract."""
    folders = [Path(given) for given in sys.argv[1:] if given != "--check"]
    package = folders[0] if folders else PACKAGE
    if "--check" not in sys.argv:
        print(picture(package))
    elif lines := broken(package):
        sys.exit("\n".join([*lines, f"{len(lines)} breaks of the contract in tools/rooms.py"]))
    else:
        print("rooms: every import goes down, no circle")


if __name__ == "__main__":
    main()
