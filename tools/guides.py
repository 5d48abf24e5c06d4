"""Fills the guides in docs/guides: what their blocks print, and their pictures.

`python tools/guides.py` runs the Python of every page, block after block; names of pages after it
choose among them.
"""

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from pages import ROOT, fill

# By page, the picture that a block leaves behind, by the block's number.
PICTURES = {
    "breathing-room": {2: "risk", 3: "price", 4: "joint"},
    "which-piece": {1: "criticality", 2: "search", 3: "reentry"},
    "what-drives-it": {1: "drivers", 2: "discovery"},
}


def main() -> None:
    """Fills the pages asked for."""
    for name in sys.argv[1:] or PICTURES:
        run(ROOT / f"docs/guides/{name}.md", PICTURES[name])


def run(page: Path, pictures: dict[int, str]) -> None:
    """Runs the blocks of a page and fills it."""
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    namespace: dict[str, Any] = {}
    pd.set_option("display.width", 100, "display.max_columns", 12, "display.precision", 3)
    for number, block in enumerate(blocks, 1):
        printed = io.StringIO()
        # What a block writes is not kept.
        with (
            contextlib.redirect_stdout(printed),
            tempfile.TemporaryDirectory() as folder,
            contextlib.chdir(folder),
        ):
            exec(compile(block, f"{page.name}, block {number}", "exec"), namespace)
        if printed.getvalue():
            fill(page, f"output {number}", f"```text\n{printed.getvalue().rstrip()}\n```")
        if number in pictures:
            picture = page.parent / f"img/{pictures[number]}.png"
            plt.gcf().savefig(picture, dpi=90, metadata={"Software": None})
        plt.close("all")


if __name__ == "__main__":
    main()
