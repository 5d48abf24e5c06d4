"""Laying a figure out without drawing it, which takes far longer."""

from __future__ import annotations

from contextlib import suppress

import matplotlib.pyplot as plt
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure


def lay_out(figure: Figure) -> None:
    """Bring all axes of a figure to where a drawing would."""
    engine = figure.get_layout_engine()
    if engine is None:
        figure.draw_without_rendering()
    else:
        with suppress(ValueError):  # as a drawing does, of a figure that is too small
            engine.execute(figure)


def lay_out_for(figure: Figure, canvas: type[FigureCanvasBase], dpi: float) -> None:
    """Lay out a figure as it will be saved by a canvas of this kind, and for good.

    `Figure.savefig` would draw it twice, the first time to lay it out.
    """
    canvas(figure)
    figure.dpi = dpi
    lay_out(figure)
    with plt.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)
