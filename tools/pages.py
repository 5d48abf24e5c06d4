"""Filling computed tables into pages: between `<!-- NAME -->` and `<!-- end -->`."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def fill(page: Path, name: str, text: str) -> None:
    """Put `text` into the part of the page called `name`.

    Raises
    ------
    ValueError
        If the page has no such part.
    """
    pattern = rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)"
    whole, count = re.subn(
        pattern,
        lambda found: f"{found[1]}{text}\n{found[2]}",
        page.read_text("utf-8"),
        flags=re.DOTALL,
    )
    if count != 1:
        message = f"{page} has {count} parts `<!-- {name} --> ... <!-- end -->`: it needs one"
        raise ValueError(message)
    page.write_text(whole, "utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
