"""What it is that a plan fails by, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..languages.figures import localised
from ..languages.speech import say
from ..runs.criterion import Limit
from ..runs.wording import heading
from .statements import in_words

_NUMBER = re.compile(r"-?[\d.]+(e-?\d+)?")


class Failed(NamedTuple):
    """One way to fail: a message, or no key and a statement as it was written.

    Attributes
    ----------
    key : str
        The message; empty for a statement.
    values : dict of str to str
        What the message names. What is ``what`` is asked of runs.
    """

    key: str
    values: dict[str, str]

    @property
    def words(self) -> str:
        """The same in the language that is spoken."""
        said = dict(self.values)
        if "what" in said:
            said["what"] = _named(said["what"])
        if _NUMBER.fullmatch(said.get("limit", "")):
            said["limit"] = localised(said["limit"])
        return say(self.key, **said) if self.key else said["what"]


class Failing(NamedTuple):
    """Ways to fail, of which any is enough.

    Attributes
    ----------
    ways : tuple of Failed
        Each of them.
    plan : str, optional
        The plan that it is about, of several.
    """

    ways: tuple[Failed, ...]
    plan: str | None = None

    @property
    def words(self) -> str:
        """The same in the language that is spoken."""
        text = say("list-or").join(way.words for way in self.ways)
        return say("failing-of-plan", plan=self.plan, fails=text) if self.plan else text

    @classmethod
    def of(cls, fails: Any, plan: str | None) -> Failing:
        """What `scenario_discovery` was asked."""
        if isinstance(fails, Mapping):
            keys = {">": "failing-above", "<": "failing-below"}
            ways = [
                Failed(
                    keys[Limit.kept(what, limit).otherwise.sign],
                    {"what": what, "limit": str(limit)},
                )
                for what, limit in fails.items()
            ]
        elif isinstance(fails, list):
            ways = [Failed("", {"what": text}) for text in fails]
        elif callable(fails) and getattr(fails, "__name__", "<lambda>") == "<lambda>":
            ways = [Failed("failing-by-function", {})]
        else:
            ways = [Failed("", {"what": in_words(fails)})]
        return cls(tuple(ways), plan)


def _named(text: str) -> str:
    """What is asked; a statement on several plans as it was written."""
    try:
        return heading(text)
    except ValueError:
        return text
