"""Lists everything that the Rust crate makes public, from its documentation.

    python tools/interface.py            writes docs/interface.txt
    python tools/interface.py --check    fails where that is not what the crate has

`make interface` builds the documentation first (`cargo doc --no-deps --features arrow`), which any
stable compiler can: no item of it is read from anything unstable.
"""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTED = ROOT / "docs" / "interface.txt"
#: Of a page: what an item is, the impls of its own, and those of traits.
SECTIONS = ("implementations-list", "trait-implementations-list")


class Page(HTMLParser):
    """The declaration on a page, its own functions, and the traits that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] | None = None
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins a text where one of interest does."""
        if self.text is not None and tag == "div":
            self.text.append(" ")
        if tag in ("wbr", "br", "img", "input", "link", "meta", "hr"):
            return
        self.stack.append((tag, dict(attrs)))
        if self.text is None and self._begins(tag, dict(attrs)):
            self.text, self.depth = [], len(self.stack)

    def handle_endtag(self, tag: str) -> None:
        """Keeps a text that ends."""
        while self.stack and self.stack[-1][0] != tag:
            self.stack.pop()
        if self.text is not None and len(self.stack) <= self.depth:
            text = re.sub(r"\s+", " ", "".join(self.text)).strip()
            self.found.append(f"{self._indent()}{text}")
            self.text = None
        if self.stack:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        """Adds to the text."""
        if self.text is not None:
            self.text.append(data)

    def _begins(self, tag: str, attrs: dict[str, str | None]) -> bool:
        if tag == "pre" and "item-decl" in (attrs.get("class") or ""):
            return True
        if tag == "dt" and (attrs.get("id") or "").startswith("reexport."):
            return True
        header = tag in ("h3", "h4") and attrs.get("class") == "code-header"
        within = self._section()
        # Functions of traits are those of the trait.
        return header and (within == SECTIONS[0] or (within == SECTIONS[1] and tag == "h3"))

    def _section(self) -> str | None:
        ids = [attrs.get("id") for _, attrs in self.stack]
        return next((one for one in ids if one in SECTIONS), None)

    def _indent(self) -> str:
        return "    " if self._section() else ""


def listed(docs: Path) -> str:
    """What is public, page by page.

    Parameters
    ----------
    docs
        The folder of the crate's documentation.
    """
    parts = []
    for page in sorted(docs.rglob("*.html")):
        if page.name in ("all.html", "sidebar-items.html"):
            continue
        reader = Page()
        reader.feed(page.read_text(encoding="utf-8"))
        if not reader.found:
            continue
        folder = ".".join(page.relative_to(docs.parent).parent.parts)
        name = page.stem.split(".")
        path = "::".join([*folder.split("."), *name[1:]])
        impls = sorted(set(reader.found[1:]), key=reader.found.index)
        parts.append("\n".join([path, f"    {reader.found[0]}", *impls]))
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Writes the list, or compares it."""
    command = ["cargo", "metadata", "--no-deps", "--format-version", "1"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    docs = Path(json.loads(told.stdout)["target_directory"]) / "doc" / "drawdown"
    if not docs.is_dir():
        print(f"{docs} is not there: make interface builds it", file=sys.stderr)
        return 1
    now = listed(docs)
    if "--check" not in sys.argv[1:]:
        LISTED.write_text(now, encoding="utf-8")
        return 0
    before = LISTED.read_text(encoding="utf-8") if LISTED.exists() else ""
    if now == before:
        return 0
    lines = difflib.unified_diff(
        before.splitlines(), now.splitlines(), "docs/interface.txt", "the crate", lineterm="", n=1
    )
    print("\n".join(lines), file=sys.stderr)
    print("the crate has another interface: make interface", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
