"""Figures as small SVG that stands within a page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from markupsafe import Markup, escape
from matplotlib.backends.backend_svg import FigureCanvasSVG

from ..languages.speech import END, RIGHT_TO_LEFT, runs_from_the_right, spoken
from ..plots.layout import lay_out_for
from ..plots.lettering import gathering

_DEFINED = re.compile(r'\bid="([^"]+)"')
_USED = re.compile(r'(?:href="|url\()#([^")]+)')
_PATH = re.compile(r'\bd="([^"]*)"')
_STYLE = re.compile(r'\bstyle="([^"]*)"')
_LETTERS = re.compile(r">([^<]*)</text>")
_DECIMAL = re.compile(r"-?\d+\.\d+")
# What is nearer to the point before than this, in points (1/72 inch), cannot be told from it.
_NEAR = 0.4

Point = tuple[str, str]


@contextmanager
def page() -> Iterator[None]:
    """What is drawn in here looks the same whatever the user has set, and does not warn of glyphs.

    A browser has the fonts: in a page, texts are texts.
    """
    plt.close(plt.figure())  # loads the backend, which sets rcParams that have to stay
    fonts = logging.getLogger("matplotlib.font_manager")
    told = fonts.level
    fonts.setLevel(logging.ERROR)
    try:
        with gathering(tell=False), plt.style.context("default"):
            yield
    finally:
        fonts.setLevel(told)


def inline(axes: Any, alt: str, prefix: str) -> Markup:
    """The figure of `axes`, which is closed, as an ``<svg>`` element; the same one, the same text.

    Lines and texts stay lines and texts; coordinates are rounded to tenths of a point, and points
    of a line that are nearer than 0.4 to the one before are left out.

    Parameters
    ----------
    axes : Axes or array of Axes
        Of one figure.
    alt : str
        What it shows, in words.
    prefix : str
        Of the ids in it: another one for each figure of a page.
    """
    figure = np.ravel(axes)[0].figure
    written = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with plt.rc_context({"svg.hashsalt": "drawdown", "svg.fonttype": "none"}):
        lay_out_for(figure, FigureCanvasSVG, dpi=72)  # the unit of SVG
        figure.savefig(written, format="svg", metadata=nothing, dpi=110)
    plt.close(figure)
    text = written.getvalue()
    head, _, body = text[text.index("<svg") :].partition(">")
    box = re.search(r'viewBox="[^"]*"', head)
    start = f'<svg {box[0] if box else ""} role="img" aria-label="{escape(alt)}">'
    return Markup(start + _slimmed(body, prefix))


def _slimmed(text: str, prefix: str) -> str:
    """The same picture in fewer bytes: no comments, no unused ids, no digits that nobody sees."""
    text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", text, flags=re.S)
    text = text.replace("xlink:href", "href")
    used = set(_USED.findall(text))
    text = _DEFINED.sub(lambda at: f'id="{prefix}{at[1]}"' if at[1] in used else "", text)
    text = _USED.sub(lambda at: at[0].replace("#", f"#{prefix}"), text)
    text = _PATH.sub(lambda at: f'd="{_path(at[1])}"', text)
    text = re.sub(r' transform="rotate\(-?0 [^"]*"', "", text)
    text = re.sub(r'\b([xy]|transform)="([^"]*)"', lambda at: _rounded(at[0]), text)
    text = _STYLE.sub(lambda at: f'style="{_style(at[1])}"', text)
    if spoken().rtl:
        text = _LETTERS.sub(lambda at: f">{_from_the_right(at[1])}</text>", text)
    text = re.sub(r">\s+<", "><", re.sub(r"\s+(/?>)", r"\1", text)).strip()
    # Groups that say nothing of what they hold, from the inside out.
    bare = 1
    while bare:
        text, bare = re.subn(r"<g>((?:(?!</?g[ >]).)*)</g>", r"\1", text, flags=re.S)
    return text


def _from_the_right(text: str) -> str:
    """A text of a figure, which itself goes from left to right, with the direction of its words."""
    return f"{RIGHT_TO_LEFT}{text}{END}" if runs_from_the_right(text) else text


def _rounded(text: str) -> str:
    """Numbers with one decimal, or none."""
    return _DECIMAL.sub(lambda at: f"{round(float(at[0]), 1) + 0:g}", text)


def _style(text: str) -> str:
    """Without the fonts, which the page has for all figures."""
    kept = [part.strip() for part in text.split(";") if "font-family" not in part]
    return ";".join(
        re.sub(r": ", ":", re.sub(r"(px) '.*", r"\1 sans-serif", part)) for part in kept
    )


def _path(text: str) -> str:
    """A path, rounded; of straight ones without the points that make no difference."""
    text = " ".join(_rounded(text).split()).replace("Z", "z")
    if set(re.findall(r"[A-Za-z]", text)) - {"M", "L", "z"}:
        return text
    parts = []
    for part in re.findall(r"M[^Mz]*z?", text):
        numbers = re.findall(r"-?[\d.]+", part)
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        close = "z" if part.endswith("z") else ""
        parts.append(_line(list(_turning(points))) + close)
    return "".join(parts)


def _line(points: list[Point]) -> str:
    """A line, by how far on each next point is; along a row or a column by one number."""
    (x, y), *others = points
    text, command = f"M{x} {y}", "M"
    for across, down in others:
        right, low = _further(x, across), _further(y, down)
        x, y = across, down
        if right == "0":
            text, command = f"{text}v{low}", "v"
        elif low == "0":
            text, command = f"{text}h{right}", "h"
        else:
            # After a point with two numbers, two numbers are another point.
            text += _apart(right) if command == "l" else f"l{right}"
            text += _apart(low)
            command = "l"
    return text


def _apart(number: str) -> str:
    """A number after another one: a minus sign parts them."""
    return number if number[0] == "-" else f" {number}"


def _further(before: str, after: str) -> str:
    return f"{round(float(after) - float(before), 1) + 0:g}"


def _turning(points: list[Point]) -> Iterator[Point]:
    """The first and the last point, and those between at which something can be seen to happen."""
    before = points[0]
    yield before
    for point, following in pairwise(points[1:]):
        if not (_near(before, point) or _on_the_way(before, point, following)):
            yield point
            before = point
    if len(points) > 1:
        yield points[-1]


def _near(one: Point, other: Point) -> bool:
    return all(abs(float(a) - float(b)) < _NEAR for a, b in zip(one, other, strict=True))


def _on_the_way(before: Point, point: Point, following: Point) -> bool:
    """Whether a point is between two others in its row or column."""
    for across, along in ((0, 1), (1, 0)):
        if before[across] == point[across] == following[across]:
            low, middle, high = (float(at[along]) for at in (before, point, following))
            return low <= middle <= high or low >= middle >= high
    return False
