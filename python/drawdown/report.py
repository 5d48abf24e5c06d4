"""A run on one page that opens anywhere."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from . import tables
from .files import write_text

if TYPE_CHECKING:
    from .run import Run

# Of the ranges, as many as go along with a result the most.
_DRIVERS = 6
_DRIVEN = {"finish_days": "end of the last phase", "attacks": "attacks", "casualties": "casualties"}
_FIGURES = {
    "schedule": "People on each site against the announced timetable.",
    "finish": "How surely each phase is done by a date.",
    "attacks": "Attacks and casualties over time.",
    "exceedance": "How bad it can get.",
    "breathing_room": "For how long movement was held, and how often the breathing room was spent.",
}
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 15px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }}
h1 {{ font-size: 1.5em; }} h2 {{ font-size: 1.15em; margin-top: 2em; }}
img {{ width: 100%; }} figure {{ margin: 1.5em 0; }} figcaption, footer, .note {{ color: #666; }}
table {{ border-collapse: collapse; font-size: 13px; }}
th, td {{ padding: .15em .7em; border-bottom: 1px solid #ddd; text-align: right; }}
th:first-child {{ text-align: left; font-weight: normal; }}
pre {{ white-space: pre-wrap; font-size: 13px; }} footer {{ margin-top: 3em; font-size: 13px; }}
</style></head><body>
<h1>{title}</h1>
<p>A scenario and not a forecast: it says what follows from the numbers written into it, of which
those without data are judgement. It is about aggregate risk.</p>
{body}
<footer>{origin}<br>To make it again:
<code>drawdown.simulate(scenario, trials={trials}, seed={seed})</code>
with the scenario below{draws}, drawdown {version}.</footer>
<details><summary>The scenario</summary><pre>{scenario}</pre></details>
</body></html>
"""


def report(run: Run, path: Path) -> None:
    """Writes the page that `Run.report` describes; the same run gives the same bytes."""
    origin = run.origin
    write_text(
        path,
        _PAGE.format(
            title=html.escape(run.scenario.title or "Untitled"),
            body="\n".join(_sections(run)),
            origin=html.escape(run.origin_line),
            trials=origin["trials_asked"],
            seed=origin["seed"],
            draws=" and its draws" if run.draws else "",
            version=origin["version"],
            scenario=html.escape(run.scenario.to_toml()),
        ),
    )


def _sections(run: Run) -> Iterator[str]:
    yield f"<h2>When</h2>{tables.dates(run).html()}"
    yield f"<h2>What happens</h2>{tables.summary(run).html()}"
    yield f'<p class="note">{html.escape(tables.notes(run))}</p>'
    yield "<h2>Pictures</h2>"
    for name, caption in _FIGURES.items():
        if name == "breathing_room" and run.keep == "summary":
            continue  # it counts trials in which two things came together
        drawn = getattr(run.plot, name)()
        figure = np.ravel(drawn)[0].figure
        picture = _svg(figure)
        plt.close(figure)
        alt = html.escape(caption)
        yield f'<figure><img alt="{alt}" src="{picture}"><figcaption>{alt}</figcaption></figure>'
    if run.keep == "trials" and len(run.inputs.columns):
        yield "<h2>Which uncertain numbers go along with the results</h2>"
        yield '<p class="note">Rank correlations over all histories (Spearman). Those below about '
        yield f"{2 / np.sqrt(run.trials):.2f} in size are noise.</p>"
        yield _drivers(run).html()
    yield f"<h2>In plain words</h2><pre>{html.escape(str(run.scenario))}</pre>"


def _drivers(run: Run) -> tables.Table:
    """The ranges that go along with something the most."""
    ranks = run.inputs.rank()
    found = {}
    for measure, name in _DRIVEN.items():
        values = run.values(measure)
        values = np.where(np.isnan(values), np.inf, values)
        if np.unique(values).size > 1:
            found[name] = ranks.corrwith(pd.Series(values, ranks.index).rank())
    rows = {
        str(path): [float(of.iloc[k]) for of in found.values()]
        for k, path in enumerate(ranks.columns)
    }
    strongest = sorted(rows, key=lambda path: -np.nanmax(np.abs([0.0, *rows[path]])))[:_DRIVERS]
    cells = [[path, *(f"{value:+.2f}" for value in rows[path])] for path in strongest]
    return tables.Table("range", list(found), cells)


def _svg(figure: Any) -> str:
    """The figure as an address that holds all of it."""
    picture = io.BytesIO()
    # Ids, and no date, so that the same figure is the same text.
    with plt.rc_context({"svg.hashsalt": "drawdown", "svg.fonttype": "none"}):
        figure.savefig(picture, format="svg", metadata={"Date": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.getvalue()).decode()}"
