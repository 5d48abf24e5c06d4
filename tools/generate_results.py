"""Writes docs/results.md from the measures and the kinds of event that the library knows.

Run it after a change to either: `python tools/generate_results.py`.
"""

import textwrap
from pathlib import Path

from drawdown import _core

TARGET = Path(__file__).parents[1] / "docs/results.md"
WIDTH = 100
HEADER = """# Reference of results

Every measure of a trial and every kind of event, generated from the definitions in the library by
`tools/generate_results.py`; do not edit. [The model](model.md) says how they come about.

## Measures

`run.values(name, by)` gives a measure in every trial, a column for each id; `run.summary(by)` its
mean and quantiles.
Without `by` a measure is about the whole theatre. With it there is one value for each id, in the
order of `run.ids(by)`: alphabetical, whatever the order in the file, with outcomes as
`event.outcome`, and months in order of time. Values by id need not add up to the whole; where they
do not, the definition says why.

Times are days from 00:00 of `start`, rounded to a multiple of 2^-20 day. What has not happened by
the horizon is missing (NaN); it counts as later than any date in quantiles of dates, and as not
met. The horizon must be after every announced finish. A plan that is late can still run into it;
its finish is then missing, and counts go up to the horizon.
"""
EVENTS_HEADER = """
## Events

The kinds of event in `run.trial(k).events` and in `run.events()`, with the word that stands in the
column `kind`.
"""


def render() -> str:
    """The text of the page about results."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for name, by, unit, what in _core.measures():
        found.setdefault(name, []).append((by, unit, what))
    parts = [HEADER.rstrip("\n"), ""]
    for name, each in found.items():
        parts += ["", f"### `{name}`", ""]
        parts += [item(f"- {by_words(by)} ({unit}): {what}") for by, unit, what in each]
    parts += [EVENTS_HEADER]
    parts += [item(f"- **`{kind}`**: {what}") for kind, what in _core.event_kinds()]
    return "\n".join(parts).replace("\n\n\n", "\n\n").rstrip() + "\n"


def by_words(by: str) -> str:
    """What a measure is broken down by."""
    return f"by `{by}`" if by else "in all"


def item(text: str) -> str:
    """An item of a list."""
    return textwrap.fill(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    print(f"wrote {TARGET}")
