"""Fill the README and the guides in docs/guides: what their blocks print, and their pictures.

Nothing is set up for them that a reader would not have: what stands there is what the code prints.

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

# Dots per inch, where they are not 90.
DPI = {"README": 120}
GUIDES = ROOT / "docs/guides"
# By page, the picture that a block leaves behind, by the block's number.
PICTURES = {
    ROOT / "README.md": {1: "docs/img/schedule"},
    ROOT / "docs/start.md": {},
    GUIDES / "breathing-room.md": {2: "img/risk", 3: "img/price", 4: "img/joint"},
    GUIDES / "which-piece.md": {1: "img/criticality", 2: "img/search", 3: "img/reentry"},
    GUIDES / "observations.md": {1: "img/observations"},
    GUIDES / "fitting.md": {2: "img/posterior"},
    GUIDES / "from-events-to-a-forecast.md": {},
    GUIDES / "forecasts.md": {1: "img/fan", 2: "img/skill", 3: "img/pit", 8: "img/frozen"},
    GUIDES / "what-experts-believe.md": {1: "img/elicitation"},
    GUIDES / "what-now.md": {},
    GUIDES / "beyond-one-machine.md": {},
    GUIDES / "own-policies.md": {},
    GUIDES / "risks.md": {2: "img/register"},
    GUIDES / "on-the-road.md": {2: "img/road"},
    GUIDES / "materiel.md": {},
    GUIDES / "exchange.md": {},
    GUIDES / "explore.md": {},
    GUIDES / "live-page.md": {},
    GUIDES / "what-drives-it.md": {1: "img/drivers", 2: "img/discovery"},
    ROOT / "docs/reference-class.md": {},
}


def main() -> None:
    """Fill the pages asked for."""
    asked = sys.argv[1:] or [page.stem for page in PICTURES]
    for page in PICTURES:
        if page.stem in asked:
            run(page, PICTURES[page])


def run(page: Path, pictures: dict[int, str]) -> None:
    """Run the blocks of a page and fill it."""
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    namespace: dict[str, Any] = {}
    # A page begins as in a fresh session, whatever the one before it has set.
    pd.reset_option("^display")
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
            picture = page.parent / f"{pictures[number]}.png"
            plt.gcf().savefig(picture, dpi=DPI.get(page.stem, 90), metadata={"Software": None})
        plt.close("all")


if __name__ == "__main__":
    main()
