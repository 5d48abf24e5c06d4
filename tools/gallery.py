"""All past withdrawals in two tables, for docs/reference-class.md.

`python tools/gallery.py` puts them together from the tables of the other pages, which their own
tools have filled: nothing is simulated here, so that no figure can be told twice in two ways.
"""

import re
from pathlib import Path
from typing import NamedTuple

from pages import ROOT, fill, table

import drawdown as dd

PAGE = ROOT / "docs/reference-class.md"
RECORD = ROOT / "docs/against-the-record.md"
FOUR = ROOT / "docs/scenarios/withdrawals.md"


class Place(NamedTuple):
    """Where figures of a withdrawal stand: a page, a heading, and the lines' first cells."""

    page: Path
    heading: str
    last: str  # of the last date; empty where there is none to compare
    losses: tuple[str, ...]


GALLERY = {
    "vietnam-1969": Place(
        RECORD,
        "`vietnam-1969`",
        "last done",
        tuple(f"killed, {year}" for year in (1970, 1971, 1972)),
    ),
    "soviet-afghanistan-1988": Place(
        FOUR, "The Soviet army", "all who leave", ("killed, to 1989-02",)
    ),
    "iraq-2011": Place(RECORD, "`iraq-2011`", "", ("dead, 2008 to November 2011",)),
    "isaf-2011": Place(RECORD, "`isaf-2011`", "", ("killed, 2012", "killed, 2013", "killed, 2014")),
    "afghanistan-2021": Place(
        RECORD, "`afghanistan-2021`", "kabul left", ("killed by the Taliban", "killed by ISKP")
    ),
    "france-mali-2022": Place(FOUR, "France", "gao", ("killed, to 2022-08",)),
    "un-mali-2023": Place(FOUR, "The United Nations", "all who leave", ("killed, to 2023-12",)),
    "us-niger-2024": Place(FOUR, "The United States", "all who leave", ("killed, to 2024-09",)),
}
# A figure that a scenario was fitted to is no test of it.
FITTED = {"iraq-2011": "fitted in part"}


def lines(place: Place) -> dict[str, list[str]]:
    """The rows of the tables under a heading, by their first cell."""
    text = place.page.read_text("utf-8")
    (part,) = re.findall(rf"^## {re.escape(place.heading)}.*?(?=^## |\Z)", text, re.M | re.S)
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return {row[0]: row[1:] for row in rows}


def simulated(place: Place, first: str) -> list[str]:
    """Recorded, P10, P50, P90 and PIT of a row, wherever the announced date stands in it."""
    row = lines(place)[first]
    return row[-5:]


def dates() -> str:
    """When each was to be over, and when it was."""
    cases = dd.reference_class().cases
    rows = []
    for name, place in GALLERY.items():
        case = cases.loc[name]
        found = simulated(place, place.last)[1:] if place.last else ["", "", "", ""]
        when = [f"{case[of]:%Y-%m-%d}" for of in ("begins", "announced", "actual")]
        rows.append([name, *when, f"{case['slip_days']:+d}", f"{case['ratio']:.3f}", *found])
    head = ["withdrawal", "begins", "announced", "done", "slip, days", "ratio"]
    return table([*head, "P10", "P50", "P90", "PIT"], rows)


def losses() -> tuple[str, list[float]]:
    """People killed, recorded and simulated, and where the record fell."""
    rows, places = [], []
    for name, place in GALLERY.items():
        for first in place.losses:
            found = simulated(place, first)
            rows.append([name, first, *found, FITTED.get(name, "")])
            places.append(float(found[-1].split()[0]))
    head = ["withdrawal", "", "recorded", "P10", "P50", "P90", "PIT", ""]
    return table(head, rows), places


def main() -> None:
    """Fill the page."""
    fill(PAGE, "dates", dates())
    text, places = losses()
    fill(PAGE, "losses", text)
    low, count = sum(place < 0.5 for place in places), len(places)
    within = sum(0.1 <= place <= 0.9 for place in places)
    fill(
        PAGE,
        "lean",
        f"Of {count} figures of losses {low} lie below the middle of what was simulated, and "
        f"{within} between P10 and P90.",
    )


if __name__ == "__main__":
    main()
