"""What is wrong with the look of a figure: texts over texts, and what reaches over its edge."""

from collections.abc import Iterator

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

# Pixels by which boxes of letters may touch.
_TOUCH = 1.5


def texts(figure: Figure) -> list[Text]:
    """All texts that are seen in a figure, which is laid out."""
    figure.draw_without_rendering()
    hidden: set[Text] = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            shown = axis._update_ticks()
            beyond = [tick for tick in (*axis.majorTicks, *axis.minorTicks) if tick not in shown]
            hidden |= {label for tick in beyond for label in (tick.label1, tick.label2)}
    return [text for text in dict.fromkeys(_seen(figure)) if text not in hidden]


def _seen(artist: Artist) -> Iterator[Text]:
    for child in artist.get_children():
        if child.get_visible():
            if isinstance(child, Text) and child.get_text().strip():
                yield child
            yield from _seen(child)


def faults(figure: Figure) -> list[str]:
    """In words."""
    boxes = {text: text.get_window_extent() for text in texts(figure)}
    found = [f"outside: {text.get_text()!r}" for text, box in boxes.items() if _out(box, figure)]
    named = list(boxes.items())
    for k, (text, box) in enumerate(named):
        over = [other for other, its in named[:k] if _overlap(box, its)]
        found += [f"{text.get_text()!r} over {other.get_text()!r}" for other in over]
    for legend in figure.findobj(Legend):
        box, own = legend.get_window_extent(), set(legend.findobj(Text))
        found += ["legend outside"] if _out(box, figure) else []
        over = [text for text, its in named if text not in own and _overlap(box, its)]
        found += [f"legend over {text.get_text()!r}" for text in over]
    return found


def _out(box: Bbox, figure: Figure) -> bool:
    page = figure.bbox
    return box.x0 < -1 or box.y0 < -1 or box.x1 > page.x1 + 1 or box.y1 > page.y1 + 1


def _overlap(one: Bbox, other: Bbox) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > _TOUCH and high > _TOUCH
