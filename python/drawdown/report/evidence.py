"""What a result brings to the page of a run: a section, and answers to a checklist."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .._internal.tables import Table
from ..scenario.scenario import Scenario


class Picture(NamedTuple):
    """A figure of a section.

    Attributes
    ----------
    draw : callable
        Draws it on a new figure and gives the axes, as the ``plot`` of every result does.
    caption : str
        What stands below it.
    alt : str
        What it shows, in words, for those who cannot see it: with the numbers that matter.
    """

    draw: Callable[[], Any]
    caption: str
    alt: str


class Answer(NamedTuple):
    """What a result says to an item of the checklist.

    Attributes
    ----------
    text : str
        The evidence, with numbers of this very result.
    whole : bool
        Whether it answers the item, or only a part of it.
    """

    text: str
    whole: bool = True


@dataclass(frozen=True)
class Section:
    """A part of the page, and what it is evidence of.

    Attributes
    ----------
    key : str
        What the section is about. Of what is handed in, keys of `report.ORDER` stand in that
        order and others after them; ``"stay"``, ``"price"`` and ``"risk"`` are not computed again.
    title : str
        The heading.
    origin : str
        Where the numbers come from, in one line: trials, seed, version.
    scenario : Scenario
        What was simulated. If its world is not the run's, the page says so and takes no answer
        from the section.
    text : sequence of str
        Paragraphs before the tables: what was asked, and how to read the answer.
    tables : sequence of Table
        Few and short ones.
    pictures : sequence of Picture
        Figures, after the tables.
    sources : Table, optional
        Where the numbers of the scenario come from that the section names, folded.
    answers : mapping of str to Answer
        By item of `checklist.ITEMS`.
    short : str
        The finding in one sentence, for the top of the page; empty if there is none.
    translated : bool
        Whether the texts come from the messages of `drawdown.languages`, and so speak the language
        of the page. Others are English on every page, and marked as such on one in another.

    Notes
    -----
    A result joins the page with its method `section`, which takes the run that the page is about.
    That of `Result` calls the function that `drawdown.__init__` attaches to its class, or else
    makes one of the title, notes, tables and figure that every result has.

    All texts are plain: the page escapes them. The same result must give the same section, to the
    last bit.
    """

    key: str
    title: str
    origin: str
    scenario: Scenario
    text: Sequence[str] = ()
    tables: Sequence[Table] = ()
    pictures: Sequence[Picture] = ()
    sources: Table | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    short: str = ""
    translated: bool = False
