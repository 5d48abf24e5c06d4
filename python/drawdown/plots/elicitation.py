"""Figure of what experts have said, and of what they believe together."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.figures import localised
from ..languages.speech import say
from ..learn.elicitation import Elicitation
from .figure import BLACK, BLUE, GREY, VERMILION, Rows, legend_of_all, panels


def draw(found: Elicitation, questions: list[str], sheet: Sheet) -> NDArray[Any]:
    """The figure that `Elicitation.plot` describes."""
    weights = found.table()["weight"]
    experts = [f"{name} ({localised(f'{weights[name]:.2f}')})" for name in found.experts]
    pools = list(found.pools().index)
    rows = Rows.of([*experts, *(say(f"elicited-row-{name}") for name in pools)], 1.8, 0.26)
    shape: Any = {"columns": 2, "height": 1.0 + rows.height}
    title, note = say("elicited-figure"), f"{found.origin_line} · {say('elicited-marks')}"
    with panels(title, note, sheet, len(questions), **shape) as drawn:
        for ax, question in zip(drawn, questions, strict=True):
            _intervals(ax, found, question, pools)
            rows.label(ax)
            if question in found.log:
                _logarithmic(ax)
            ax.set(title=found.names[question], xlabel=_scale(found, question))
        legend_of_all(drawn, sheet)
    return drawn


def _intervals(ax: Axes, found: Elicitation, question: str, pools: list[str]) -> None:
    judgements: Any = found.judgements
    said = judgements[judgements["question"] == question].set_index("expert")
    heard = found.table()["weight"] > 0
    for row, name in enumerate(found.experts):
        about, shade = said.loc[name], BLACK if heard[name] else GREY
        ax.plot([about["p5"], about["p95"]], [row, row], color=shade, lw=1.4)
        ax.plot(about["p50"], row, "o", color=shade, ms=5, mfc=shade if heard[name] else "white")
    table: Any = found.questions()
    pooled = table.loc[question]
    for row, name in enumerate(pools, len(found.experts)):
        about, shade = pooled.loc[name], BLUE if name == found.weights else GREY
        ax.plot([about["p5"], about["p95"]], [row, row], color=shade, lw=3)
        ax.plot(about["p50"], row, "s", color=shade, ms=6)
    if question in found.seeds:
        truth = found.seeds[question]
        ax.axvline(truth, color=VERMILION, lw=1.2, label=say("elicited-truth"))


def _logarithmic(ax: Axes) -> None:
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_minor_formatter(NullFormatter())


def _scale(found: Elicitation, question: str) -> str:
    table: Any = found.questions()
    apart = table.loc[question, "disagreement"].iloc[0]
    key = "elicited-axis-log" if question in found.log else "elicited-axis"
    return say(key, apart=localised(f"{apart:.2f}"))
