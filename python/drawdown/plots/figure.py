"""What all figures share: colours, style, panels, dates, names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from numpy.typing import NDArray

from .._internal.sheet import Sheet
from ..languages.speech import say
from .layout import lay_out
from .lettering import fitted, inches, plain
from .ticks import dates_along, in_language

# The palette of Okabe and Ito, which colour-blind readers can tell apart.
BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
PURPLE, SKY, BLACK, GREY = "#CC79A7", "#56B4E9", "#000000", "#666666"
CYCLE = [BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY]
# Those of more curves than there are colours.
_DASHES: list[Any] = ["-", "--", "-.", (0, (1, 1)), (0, (5, 1, 1, 1, 1, 1))]

# Times in which nothing moves.
BLACKOUT: Any = {"facecolor": "#bbbbbb", "alpha": 0.45, "lw": 0, "zorder": 0.5}

# What figures look like where the user's rcParams say nothing.
STYLE: Any = {
    "font.size": 9,
    "axes.titlesize": "medium",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=CYCLE),
    "figure.figsize": (8, 4.8),
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "legend.fontsize": "small",
    "legend.frameon": False,
}
# Titles and ids are text, whatever stands in them: no dollar sign begins mathematics.
_AS_WRITTEN: Any = {
    "text.parse_math": False,
    "text.usetex": False,
    "axes.formatter.use_mathtext": False,
}
# The least share of the height that panels ask for, where the user has set another size.
_LEAST_HEIGHT = 0.5
# Names along dates stand in a panel if they cover less than this share of it.
_COVERED = 0.3
# More rows than these have small names.
_MANY = 12


@contextmanager
def panels(
    title: str,
    note: str,
    sheet: Sheet,
    count: int,
    *,
    columns: int = 1,
    height: float | None = None,
    legend: float = 0,
    **grid: Any,
) -> Iterator[NDArray[Any]]:
    """Lend the axes given, or those of a new figure, with the style of all figures.

    Parameters
    ----------
    title, note : str
        What stands above a new figure, and at its foot.
    sheet : Sheet
        What the caller wants.
    count : int
        How many axes are needed.
    columns : int
        In how many columns a new figure has them.
    height : float, optional
        Of a row of a new figure, in inches.
    legend : float
        Inches that legends take beyond that.
    **grid
        For ``Figure.subplots``.

    Raises
    ------
    ValueError
        If there are not as many axes given, or what is asked for is of a new figure.
    """
    given = _given(sheet, count)
    rows = math.ceil(count / min(columns, count))
    high = rows * (height or (2.3 if count > 1 else 3.6))
    # Made before any style is lent: with its first figure pyplot loads its backend, which sets
    # rcParams of its own, and these have to stay.
    figure = (
        plt.figure(figsize=_size(sheet, high, legend), layout="constrained")
        if given is None
        else None
    )
    try:
        with plt.rc_context(_style()):
            if figure is None:
                assert given is not None
                drawn = given
                sheet.theirs.update(_others(given))
            else:
                drawn = _new(figure, count, rows, **grid)
                _head_and_foot(figure, title if sheet.title is None else sheet.title, note)
            yield drawn
            if given is not None and sheet.title is not None:
                drawn[0].set_title(sheet.title)
            written(drawn[0], sheet)
    except BaseException:
        if figure is not None:
            plt.close(figure)
        raise


def _given(sheet: Sheet, count: int) -> NDArray[Any] | None:
    """The axes given, if they are as many as needed."""
    size = sheet.figsize
    if sheet.axes is None:
        return None
    given = sheet.axes
    if given.size != count:
        raise ValueError(f"{count} axes are needed, not {given.size}")
    if size is not None:
        raise ValueError("`figsize` is that of a new figure: leave it out where axes are given")
    if sheet.title is not None and count > 1:
        raise ValueError("`title` is that of a new figure: leave it out where axes are given")
    return given


def _style() -> Any:
    """The style of all figures, less what the user has set."""
    untouched = {
        key: value for key, value in STYLE.items() if mpl.rcParams[key] == mpl.rcParamsDefault[key]
    }
    return untouched | _AS_WRITTEN


def _size(sheet: Sheet, high: float, legend: float) -> tuple[float, float]:
    """Width and height of a new figure whose panels and legends ask for so much height."""
    if sheet.figsize is not None:
        return sheet.figsize
    if "figure.figsize" in _style():
        return STYLE["figure.figsize"][0], 1.2 + high + legend
    width, height = mpl.rcParams["figure.figsize"]
    return width, max(height, 0.8 + _LEAST_HEIGHT * high + legend)


def width_of(sheet: Sheet) -> float:
    """The width in inches that the figure has or will have."""
    if sheet.axes is not None:
        figure = sheet.axes[0].get_figure(root=True)
        return float(figure.get_figwidth())
    return _size(sheet, 0, 0)[0]


def _new(figure: Figure, count: int, rows: int, **grid: Any) -> NDArray[Any]:
    drawn = np.ravel(figure.subplots(rows, math.ceil(count / rows), squeeze=False, **grid))
    for unused in drawn[count:]:
        unused.remove()
    for lowest in drawn[:count][-math.ceil(count / rows) :]:
        # One that shares its x axis has labels only in the last row.
        lowest.tick_params(axis="x", labelbottom=True)
    return drawn[:count]


def _head_and_foot(figure: Figure, title: str, note: str) -> None:
    width = figure.get_figwidth() - 0.2
    head = fitted(title, width, "large", weight="bold")
    figure.suptitle(head, x=0.01, ha="left", weight="bold", size="large")
    _foot(figure, note)


def _foot(figure: Figure, note: str) -> None:
    foot = fitted(note, figure.get_figwidth() - 0.2, "x-small")
    figure.supxlabel(foot, x=0.01, ha="left", size="x-small", color=GREY)


def _others(given: NDArray[Any]) -> set[Text]:
    """Texts of the user's figure that are none of the given axes' own titles and labels."""
    everything = set(given[0].get_figure(root=True).findobj(Text))
    own = {text for ax in given for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(Text)}
    titles = {text for ax in given for text in ax.get_children() if isinstance(text, Text)}
    return everything - own - (titles - {text for ax in given for text in ax.texts})


def written(ax: Axes, sheet: Sheet) -> Figure:
    """The figure of an axes, with all that was written in it made plain text in fitting fonts."""
    figure: Any = ax.get_figure(root=True)
    for other in figure.axes:
        for axis in (other.xaxis, other.yaxis):
            in_language(axis)
            axis.get_majorticklabels()  # which makes them
    plain([text for text in figure.findobj(Text) if text not in sheet.theirs])
    return figure  # type: ignore[no-any-return]


def colour(k: int) -> Any:
    """The k-th colour of the cycle, which is the user's if there is one."""
    colours = _colours()
    return colours[k % len(colours)]


def line_of(k: int) -> dict[str, Any]:
    """Colour and dashes of the k-th of many curves."""
    return {"color": colour(k), "ls": _DASHES[k // len(_colours()) % len(_DASHES)]}


def _colours() -> list[Any]:
    cycle = _style().get("axes.prop_cycle", mpl.rcParams["axes.prop_cycle"])
    return cycle.by_key().get("color", CYCLE)  # type: ignore[no-any-return]


def titles(scenario: Any, kind: str) -> dict[str, str]:
    """The titles of sites, legs among them, or of phases by id; the id where there is none."""
    tree = scenario.to_dict()
    parts = tree["plan"].get(kind, {})
    if kind == "sites":
        parts = tree["world"]["sites"] | tree["world"].get("legs", {})
    return {name: str(part.get("title") or name) for name, part in parts.items()}


class Rows(NamedTuple):
    """Names of rows, in as many lines as they need.

    Attributes
    ----------
    names : list of str
        In lines.
    pitch : float
        Inches from a row to the next.
    size : str or float
        That of the font.
    """

    names: list[str]
    pitch: float
    size: str | float

    @classmethod
    def of(cls, names: Sequence[str], inches: float = 2.2, least: float = 0.25) -> Rows:
        """Those of `names`, in lines of at most so many inches, `least` from row to row.

        Many are written smaller, and in longer lines.
        """
        with plt.rc_context(_style()):
            size: str | float = mpl.rcParams["ytick.labelsize"]
            if len(names) > _MANY:
                size, inches = "small", max(inches, 3.0)
            lines = [fitted(str(name), inches, size) for name in names]
            each: float = FontProperties(size=size).get_size_in_points() / 72
        most = max((name.count("\n") + 1 for name in lines), default=1)
        return cls(lines, max(least, (1.25 * most + 0.5) * each), size)

    @property
    def height(self) -> float:
        """Inches that all rows take."""
        return self.pitch * max(len(self.names), 1)

    def label(self, ax: Axes, above: float = 0.6) -> None:
        """Write the names along the y axis, from the top."""
        ax.set_yticks(range(len(self.names)), self.names, size=self.size)
        ax.set_ylim(max(len(self.names), 1) - 0.4, -above)
        ax.grid(visible=False, axis="y")


def legend_above(ax: Axes, handles: Sequence[Any] | None = None, **about: Any) -> None:
    """A legend above an axes, where no curve runs through it, in as many columns as fit."""
    if handles is None:
        handles, labels = ax.get_legend_handles_labels()
    else:
        labels = [handle.get_label() for handle in handles]
    if not handles:
        return
    width = ax.get_figure(root=True).get_figwidth() - 1  # type: ignore[union-attr]
    lines, columns = in_columns(labels, width)
    where: Any = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2}
    tight: Any = {"handlelength": 1.6, "columnspacing": 1.2, "handletextpad": 0.5}
    ax.legend(handles, lines, ncols=columns, **where | tight | about)


def in_columns(labels: Sequence[str], width: float) -> tuple[list[str], int]:
    """The labels of a legend of so many inches, and in how many columns they fit."""
    size = mpl.rcParams["legend.fontsize"]
    beside = 4.5 * mpl.rcParams["font.size"] / 72  # the line, and the space
    lines = [fitted(str(label), width - beside, size) for label in labels]
    widest = max((inches(part, size) for line in lines for part in line.split("\n")), default=0)
    return lines, max(1, min(len(lines), int(width / (widest + beside))))


def height_of_legend(labels: Sequence[str], width: float) -> float:
    """Inches that `legend_above` takes in a figure so wide."""
    with plt.rc_context(_style()):
        lines, columns = in_columns(labels, width - 1)
        each = max((line.count("\n") + 1 for line in lines), default=0)
        size: float = mpl.rcParams["font.size"] / 72
        return 1.3 * each * math.ceil(len(lines) / columns) * size


def legend_of_all(drawn: NDArray[Any], sheet: Sheet) -> None:
    """One legend of all panels: in the upper right corner of a new figure, or in the first axes."""
    # A panel that has nothing to show has nothing to name.
    named = (ax.get_legend_handles_labels() for ax in drawn)
    handles, labels = next((found for found in named if found[0]), ([], []))
    if not handles:
        return
    if sheet.axes is not None:
        drawn[0].legend(handles, labels)
        return
    figure = drawn[0].figure
    figure.legend(handles, labels, loc="outside upper right", ncols=len(labels), columnspacing=1.2)


def overprinted(names: Sequence[Text], sheet: Sheet) -> bool:
    """Whether some of the names lie on one another, or reach over the edge of the figure."""
    if not names:
        return False
    figure = written(names[0].axes, sheet)  # type: ignore[arg-type]
    lay_out(figure)
    boxes = [name.get_window_extent() for name in names]
    if any(box.x0 < 0 or box.x1 > figure.bbox.x1 for box in boxes):
        return True
    return any(box.overlaps(other) for k, box in enumerate(boxes) for other in boxes[:k])


def tenfold(sizes: Any) -> bool:
    """Whether some of the sizes are ten times others, so that one scale hides the small ones."""
    there = np.asarray(sizes, dtype=float)
    there = there[there > 0]
    return bool(there.size) and bool(there.max() >= 10 * there.min())


def from_zero(ax: Axes, most: float) -> None:
    """A y axis from 0 to `most`, or to 1 if that is nothing."""
    ax.set_ylim(0, most if most > 0 else 1)


def between(ax: Axes, first: Any, last: Any) -> None:
    """An x axis between two dates, at least a day."""
    low, high = date2num([first, last])  # type: ignore[no-untyped-call]
    ax.set_xlim(low, max(high, low + 1))


def mark_calendar(
    drawn: Iterable[Axes],
    scenario: Any,
    sheet: Sheet,
    happened: Mapping[str, Any] | None = None,
    named: int = 0,
) -> None:
    """Grey bands for blackouts and dotted lines for calendar events, within the limits of x.

    It comes last, since the names beside them are laid out for the figure as it is.

    Parameters
    ----------
    drawn : iterable of Axes
        Panels with the same dates along x.
    scenario : Scenario
        Whose.
    sheet : Sheet
        What the panels were made for.
    happened : mapping, optional
        When events happened, by id; left out, their dates.
    named : int
        In which of the panels the names stand: one is enough.
    """
    for k, ax in enumerate(drawn):
        marks = _marked(ax, scenario, {} if k != named and happened is not None else happened)
        if marks and k == named:
            lay_out(written(ax, sheet))
            _name(ax, marks, sheet)


class _Mark(NamedTuple):
    """A name at a place along x, and in words when it is and how it is drawn."""

    at: float
    name: str
    when: str


def _marked(ax: Axes, scenario: Any, happened: Mapping[str, Any] | None) -> list[_Mark]:
    """InputSample bands and lines."""
    tree, limits = scenario.to_dict(), ax.get_xlim()
    marks: list[_Mark] = []
    for blackout, about in tree["plan"].get("blackouts", {}).items():
        span = [date.fromisoformat(about[end]) for end in ("from", "until")]
        ax.axvspan(*span, **BLACKOUT)  # type: ignore[arg-type]
        first, last = date2num(span)  # type: ignore[no-untyped-call]
        if last > limits[0] and first < limits[1]:
            middle = (max(first, limits[0]) + min(last, limits[1])) / 2
            when = say("mark-grey", first=str(span[0]), last=str(span[1]))
            marks.append(_Mark(middle, about.get("title") or blackout, when))
    calendar = tree["world"].get("calendar", {})
    dates = {event: date.fromisoformat(about["date"]) for event, about in calendar.items()}
    for event, day in (dates if happened is None else happened).items():
        at: float = date2num(day)  # type: ignore[no-untyped-call]
        if limits[0] <= at <= limits[1]:
            ax.axvline(at, color=GREY, ls=":", lw=0.9)
            when = say("mark-dotted", day=f"{day:%Y-%m-%d}")
            marks.append(_Mark(at, calendar[event].get("title") or event, when))
    ax.set_xlim(limits)
    return sorted(marks)


def _name(ax: Axes, marks: list[_Mark], sheet: Sheet) -> None:
    """Names along dates, below the upper edge, moved aside where they would lie on one another.

    Where they would cover too much, they stand at the foot of a new figure.
    """
    figure: Any = ax.get_figure(root=True)
    width, height = (side / figure.dpi for side in ax.get_window_extent().size)
    size, (low, high) = mpl.rcParams["font.size"] * 0.78, ax.get_xlim()
    lines = [fitted(mark.name, 0.9 * height, size) for mark in marks]
    pitch = 1.35 * size / 72
    # The right edge of each name in inches, from the left edge of the axes.
    wide = np.array([pitch * (line.count("\n") + 1) for line in lines])
    if wide.sum() > _COVERED * width and sheet.axes is None:
        notes = "; ".join(f"{mark.name} ({mark.when})" for mark in marks)
        _foot(figure, f"{figure.get_supxlabel()}\n{notes}")
        return
    shrunk = min(1.0, width / wide.sum())
    wide *= shrunk
    at = np.array([(mark.at - low) / (high - low) * width for mark in marks])
    edge = np.maximum(at, wide)
    for k in range(1, edge.size):
        edge[k] = max(edge[k], edge[k - 1] + wide[k])
    edge[-1] = min(edge[-1], width)
    for k in range(edge.size - 1, 0, -1):
        edge[k - 1] = min(edge[k - 1], edge[k] - wide[k])
    style: Any = {"size": size * shrunk, "color": GREY, "rotation": 90, "ha": "right", "va": "top"}
    # On a white ground, so that no curve runs through the words.
    style["bbox"] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5}
    for mark, text, moved in zip(marks, lines, edge - at, strict=True):
        away = (72 * moved - 1, -2)
        ax.annotate(text, (mark.at, 1), away, ("data", "axes fraction"), "offset points", **style)


def dates_below(ax: Axes) -> None:
    """Dates along the x axis, not so many that months and years run together."""
    inches = ax.get_window_extent().width / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    dates_along(ax.xaxis, inches)
