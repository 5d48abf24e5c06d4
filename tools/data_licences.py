"""The table of records in docs/data-licences.md, from what the library says of them itself.

`python tools/data_licences.py` fills it.
"""

from pages import ROOT, fill, table

import drawdown as dd

PAGE = ROOT / "docs/data-licences.md"


def records() -> str:
    """Each record that ships with the package: what it is, who published it, on what terms."""
    rows = [
        [f"`{name}`", row["title"], row["source"], row["licence"]]
        for name, row in dd.records().iterrows()
    ]
    return table(["record", "what", "published by", "terms"], rows)


if __name__ == "__main__":
    fill(PAGE, "records", records())
