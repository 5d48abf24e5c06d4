"""Figure of how often months exceed a level where a chance was given."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import key_of, said_or, say
from ..learn.onset import Onset
from ..learn.scores import model_name
from .figure import GREY, colour, height_of_legend, legend_above, panels, width_of
from .scores import in_months


def draw(found: Onset, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Onset.plot` describes."""
    table = found.reliability()
    keys = [at[:3] for at in table.index]
    nearest = min(at[1] for at in keys if at[0] == "above")
    asked = [at for at in dict.fromkeys(at[:2] for at in keys) if at != ("above", nearest)]
    asked = [("above", nearest), *(at for at in asked if at[0] != "above")]
    models = list(dict.fromkeys(found.each["forecast"]))
    note = f"{found.origin_line} · {say('onset-marks')}"
    legend = height_of_legend(list(map(model_name, models)), width_of(sheet))
    shape: Any = {"height": 2.1, "legend": legend, "sharex": True}
    with panels(found.title, note, sheet, len(asked), **shape) as drawn:
        for ax, (question, horizon) in zip(drawn, asked, strict=True):
            ax.plot([0, 1], [0, 1], color=GREY, lw=0.9)
            for k, model in enumerate(models):
                part = table[[at == (question, horizon, model) for at in keys]]
                # Side by side, so that intervals can be told apart.
                at = part["chance"].to_numpy(float) + 0.006 * (k - (len(models) - 1) / 2)
                ax.vlines(at, part["low"], part["high"], color=colour(k), lw=0.8, alpha=0.6)
                ax.plot(at, part["share"], "o", color=colour(k), ms=4, label=model_name(model))
            ax.set(xlim=(-0.03, 1.03), ylim=(-0.04, 1.04))
            named = said_or(f"cell-question-{key_of(question)}", question)
            above = say("onset-axis-above", months=in_months(horizon))
            ax.set_ylabel(above if question == "above" else named)
        drawn[-1].set_xlabel(say("onset-axis-chance"))
        legend_above(drawn[0])
    return drawn
