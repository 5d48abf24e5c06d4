"""Fills docs/guides/breathing-room.md: what its blocks print, and its pictures.

`python tools/guide_breathing_room.py` runs the page's own Python, block after block.
"""

import contextlib
import io
import re
import tempfile
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from pages import ROOT, fill

PAGE = ROOT / "docs/guides/breathing-room.md"
# The picture that a block leaves behind, by its number.
PICTURES = {2: "risk", 3: "price", 4: "joint"}


def main() -> None:
    """Runs the blocks and fills the page."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
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
            exec(compile(block, f"block {number}", "exec"), namespace)
        if printed.getvalue():
            fill(PAGE, f"output {number}", f"```text\n{printed.getvalue().rstrip()}\n```")
        if number in PICTURES:
            picture = PAGE.parent / f"img/{PICTURES[number]}.png"
            plt.gcf().savefig(picture, dpi=90, metadata={"Software": None})
        plt.close("all")


if __name__ == "__main__":
    main()
