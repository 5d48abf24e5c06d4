"""Figure of ranges before and after a fit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import say
from ..learn.posterior import Posterior, quantiles
from .figure import BLUE, GREY, height_of_legend, legend_above, panels, width_of
from .lettering import fitted

# Bars of each law, and the shares of it that are shown.
_BARS = 40
_SHOWN = (0.005, 0.995)


def draw(found: Posterior, sheet: Sheet) -> NDArray[Any]:
    """The figure that `Posterior.plot` describes."""
    samples, laws = found.all_samples(), found.laws()
    prior, posterior = say("fitted-prior"), say("fitted-posterior")
    legend = height_of_legend([prior, posterior], width_of(sheet))
    shares = (np.arange(4_000) + 0.5) / 4_000
    drawn: NDArray[Any]
    columns = min(2, len(samples.columns))
    inches = width_of(sheet) / columns - 0.6
    with panels(
        say("fitted-figure"),
        found.origin_line,
        sheet,
        len(samples.columns),
        columns=columns,
        legend=legend,
    ) as drawn:
        for ax, path in zip(drawn, samples.columns, strict=True):
            after, before = samples[path].to_numpy(float), quantiles(laws[path], shares)
            ends = [np.quantile(values, _SHOWN) for values in (after, before)]
            edges = np.linspace(min(e[0] for e in ends), max(e[1] for e in ends), _BARS + 1)
            style: Any = {"density": True, "histtype": "stepfilled"}
            ax.hist(before, edges, color=GREY, alpha=0.3, label=prior, **style)
            ax.hist(after, edges, color=BLUE, alpha=0.6, label=posterior, **style)
            # By its last keys, which tell ranges of one scenario apart.
            name = path.removeprefix("world.").removeprefix("threats.").removeprefix("tension.")
            ax.set_xlabel(fitted(name, inches, "small"), fontsize="small")
            ax.set_yticks([])
            ax.grid(axis="y", visible=False)
        if len(drawn):
            legend_above(drawn[0])
    return drawn
