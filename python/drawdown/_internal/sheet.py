"""Where a caller wants a figure drawn, and what a new one is to be like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text


@dataclass(frozen=True)
class Sheet:
    """Where a caller wants a figure drawn, and what a new one is to be like.

    Attributes
    ----------
    axes : ndarray of Axes, optional
        The axes given; left out, a new figure is made.
    figsize : (float, float), optional
        Width and height of a new figure in inches. Left out, those of ``rcParams`` if the user
        has set any, but as high as the panels need.
    title : str, optional
        What stands above instead of the figure's own title.
    theirs : set of Text
        Texts of the user's figure that nobody here has written; `panels` fills it.
    """

    axes: NDArray[Any] | None = None
    figsize: tuple[float, float] | None = None
    title: str | None = None
    theirs: set[Text] = field(default_factory=set)

    @classmethod
    def of(cls, axes: Iterable[Axes] | None, *about: Any) -> Sheet:
        """With the axes in a row, however they were given."""
        return cls(None if axes is None else np.array(list(axes), dtype=object).ravel(), *about)

    @classmethod
    def of_one(cls, ax: Axes | None, *about: Any) -> Sheet:
        """That of a figure of one panel."""
        return cls.of(None if ax is None else [ax], *about)
