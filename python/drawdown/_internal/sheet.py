"""Where a caller wants a figure drawn, and what a new one is to be like."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .checks import number, shown, text

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
    def of(cls, axes: Iterable[Axes] | None, figsize: Any = None, title: Any = None) -> Sheet:
        """With the axes in a row, however they were given.

        Raises
        ------
        TypeError
            If the axes are not several, `figsize` is no pair of numbers, or `title` no text.
        ValueError
            If `figsize` is not a width and a height.
        """
        row = None if axes is None else _row(axes)
        return cls(row, _figsize(figsize), _title(title))

    @classmethod
    def of_one(cls, ax: Axes | None, figsize: Any = None, title: Any = None) -> Sheet:
        """That of a figure of one panel; refuses the same."""
        if ax is not None and not _is_axes(ax):
            raise TypeError(f"`ax` is one Axes, such as `plt.gca()`, not {shown(ax)}")
        return cls.of(None if ax is None else [ax], figsize, title)


def _is_axes(value: object) -> bool:
    from matplotlib.axes import Axes

    return isinstance(value, Axes)


def _row(axes: Iterable[Axes]) -> NDArray[Any]:
    """The axes of a list, or of an array of any shape."""
    example = "`axes` is a list of Axes, such as `plt.subplots(3)[1]`"
    if _is_axes(axes):
        raise TypeError(f"{example}, not a single one: write [ax]")
    if isinstance(axes, (str, Mapping)) or not isinstance(axes, Iterable):
        raise TypeError(f"{example}, not {shown(axes)}")
    row = np.array(list(axes), dtype=object).ravel()
    if wrong := [one for one in row if not _is_axes(one)]:
        raise TypeError(f"{example}; {shown(wrong[0])} is in it, which is none")
    return row


def _figsize(figsize: Any) -> tuple[float, float] | None:
    if figsize is None:
        return None
    example = "`figsize` is a width and a height in inches, such as (8, 5)"
    if isinstance(figsize, (str, Mapping)) or not isinstance(figsize, Iterable):
        raise TypeError(f"{example}, not {shown(figsize)}")
    sides = [number("figsize", side) for side in figsize]
    if len(sides) != 2 or not all(0 < side < math.inf for side in sides):
        raise ValueError(f"{example}, not {figsize}")
    return sides[0], sides[1]


def _title(title: Any) -> str | None:
    return None if title is None else text("title", title, "Plan B")
