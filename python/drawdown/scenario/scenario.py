"""Scenarios: read, changed, shown and written."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never, TypeAlias, cast

from .. import _core
from .._internal.attached import attached
from .._internal.files import write_text
from ..errors import Problem, ScenarioError, naming_problems
from . import types as scenario_types
from .entry import Entry
from .values import plain, plain_changes

if TYPE_CHECKING:
    import pandas as pd

# A scenario as nested mappings. A type checker holds a literal against the keys: nothing that it
# can see the type of is Never. What has no type, as a value of dict[str, Any] has none, passes.
Nested: TypeAlias = scenario_types.Scenario | Mapping[str, Never]


class Scenario:
    """A withdrawal and the world it happens in: read, checked and ready to run.

    Make one with `example`, `read`, `from_toml`, `from_json` or `from_dict`. It never changes;
    `replace` makes another. Two scenarios are equal if their content is, however they were
    written. Printing one says in plain words what will be simulated.

    Examples
    --------
    >>> import drawdown as dd
    >>> iraq = dd.Scenario.example("iraq-2024")
    >>> firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    >>> firm == iraq
    False
    """

    __slots__ = ("_compiled",)

    def __init__(self, compiled: _core.Scenario) -> None:
        if not isinstance(compiled, _core.Scenario):
            raise TypeError(_how_to_make(compiled))
        self._compiled = compiled

    @classmethod
    def example(cls, name: str) -> Scenario:
        """Read a scenario that ships with the library.

        Parameters
        ----------
        name : str
            The name of the scenario, one of `drawdown.examples`.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        with naming_problems():
            return cls(_core.Scenario.example(name))

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Scenario:
        """Read a scenario from a file.

        Parameters
        ----------
        path : str or path
            The file, which ends in ``.toml`` or ``.json``. The name of a shipped scenario is
            understood too, if there is no file of that name.

        Raises
        ------
        ScenarioError
            With every problem that the scenario has; with one if the file is too long or not
            UTF-8.
        FileNotFoundError
            If there is neither a file nor a shipped scenario of that name.
        ValueError
            If the file is neither ``.toml`` nor ``.json``, or a text is given that is a scenario
            and not the path of one.
        """
        if isinstance(path, str) and _is_content(path):
            raise ValueError(
                "this is the text of a scenario, not the path of a file: use Scenario.from_toml "
                "or Scenario.from_json"
            )
        path = Path(path)
        if not path.exists() and str(path) in _core.examples():
            return cls.example(str(path))
        try:
            with path.open("rb") as file:
                # A byte too many is enough to refuse a file for its length.
                content = file.read(_core.LONGEST_TEXT + 1)
        except FileNotFoundError as error:
            error.add_note(f"shipped scenarios: {', '.join(_core.examples())}")
            raise
        try:
            with naming_problems():
                text = _core.decode(content)
            return cls.from_json(text) if _is_json(path) else cls.from_toml(text)
        except ScenarioError as error:
            error.add_note(f"in {path}")
            raise

    @classmethod
    def from_toml(cls, text: str) -> Scenario:
        """Read a scenario from a text in TOML.

        Raises
        ------
        ScenarioError
            With every problem that the scenario has.
        """
        with naming_problems():
            return cls(_core.Scenario.from_toml(text))

    @classmethod
    def from_json(cls, text: str) -> Scenario:
        """Read a scenario from a text in JSON; dates are strings such as ``"2024-10-01"``.

        Raises
        ------
        ScenarioError
            With every problem that the scenario has.
        """
        with naming_problems():
            return cls(_core.Scenario.from_json(text))

    @classmethod
    def from_dict(cls, mapping: Nested) -> Scenario:
        """Make a scenario from nested mappings.

        Parameters
        ----------
        mapping : mapping
            The scenario, with the keys of the TOML language, as `drawdown.scenario.types.Scenario`
            has them for editors and type checkers. Dates may be ISO texts such as ``"2026-12-31"``,
            or of datetime, pandas or numpy without a time of day; lists may be tuples, ranges,
            arrays or Series; numbers may be numpy's. A key whose value is None counts as left out.
            A checker lets what is typed ``dict[str, Any]`` pass, such as the result of `json.load`.

        Raises
        ------
        ScenarioError
            With every problem that the scenario has.
        TypeError
            If a value is of a type that a scenario cannot hold.
        """
        with naming_problems():
            return cls(_core.Scenario.from_mapping(plain("", mapping)))

    def replace(self, changes: Mapping[str, Any]) -> Scenario:
        """Copy the scenario with some values changed.

        Parameters
        ----------
        changes : mapping
            What to change: from dotted paths, such as ``"plan.phases.first.announced_finish"``, to
            new values: a number, a text, a date, a list or a mapping, as for `from_dict`. None
            takes the key out.

        Raises
        ------
        ScenarioError
            If a path leads nowhere, or the changed scenario has problems.
        TypeError
            If a value is of a type that a scenario cannot hold, or a path is not a text.
        """
        with naming_problems():
            return Scenario(self._compiled.replace(plain_changes(changes)))

    def stay(self) -> Scenario:
        """Give the same world with a plan in which nobody leaves: the baseline to compare with.

        Phases, gates, rules and all else of the plan are taken out; the horizon stays where it is.
        Under one seed both meet common random numbers. What the world does of its own accord it
        still does: contingents may leave, and the host may send everybody home.

        Examples
        --------
        >>> import drawdown as dd
        >>> dd.Scenario.example("iraq-2024").stay().title
        'Iraq and Syria, as announced in September 2024 (stay)'
        """
        title = f"{self.title.removesuffix('(stay)').strip()} (stay)".strip()
        known = self.to_dict().get("now") or {}
        ours = [key for key in ("gates", "phases", "breathing_room") if key in known]
        carried_out = {f"now.{key}": None for key in ours}
        # A horizon that was left out would follow the plan's dates.
        return self.replace({"title": title, "horizon": self.horizon, "plan": None, **carried_out})

    def assumptions(self) -> pd.DataFrame:
        """Tabulate every number of the scenario and of defaults in use, with where it comes from.

        What moves results and has a value has a row: numbers, laws, ranges, head counts and dates.
        Defaults of the library are there as far as something is done under them. Names and
        structure (ids, which phase comes after which, what goes where) are not, and switches and
        texts only where the scenario names their source.

        Returns
        -------
        DataFrame
            Indexed by ``path``, a row for each, sorted. ``value`` in words, and ``what`` it is:
            ``"number"``, ``"law"``, ``"range"``, ``"date"``, or ``"other"``. ``whose`` it is:
            ``"scenario"``, or ``"library"`` for a default, given or left out, that has no source of
            its own. ``basis`` is what the library says that its own value rests on, and missing for
            all others. ``source`` and ``note`` are those that the scenario gives, of the number
            itself or of the table that holds it, and missing where it gives none. ``disputed`` is
            whether evidence is divided on the mechanism. ``unsourced`` is whether it is the
            scenario's own and has no source.

            A range that is a parameter of a law has a row beside that of the law. What is said of a
            part of a law stands after the name of the part, as ``"lognormal.median: ..."``.

        Examples
        --------
        >>> import drawdown as dd
        >>> told = dd.Scenario.example("minimal").replace(
        ...     {"world.threats.militia.attacks_per_day": {"value": 0.3, "source": "the record"}}
        ... )
        >>> found = told.assumptions()
        >>> found.loc["world.threats.militia.attacks_per_day", "source"]
        'the record'
        >>> found[found["unsourced"]]["value"].to_dict()["world.sites.base.garrison.us"]
        '600'
        """
        found: pd.DataFrame = attached(self, "assumptions")(self)
        return found

    def explain(self, path: str) -> Entry:
        """Tell what the reference says of a key, and what the scenario has there.

        Parameters
        ----------
        path : str
            The dotted path of a key, whether the scenario has it or leaves it out, such as
            ``"world.threats.militia.truce"``. ``<id>`` or ``*`` stands for any id.

        Returns
        -------
        Entry
            What it takes, its unit, default and limits, what it does, the keys of a table, the
            scenario's own value with its source, and the page of the documentation. It prints as
            text, and shows itself in a notebook.

        Raises
        ------
        ValueError
            If the path leads nowhere; the message says what may have been meant.

        Examples
        --------
        >>> import drawdown as dd
        >>> entry = dd.Scenario.example("minimal").explain("plan.review_every_days")
        >>> entry.facts, entry.here
        ('whole number; days; default `7`; 1 to 366; judgement', '7.')
        """
        found: Entry = attached(self, "explain")(self, path)
        return found

    def to_dict(self) -> scenario_types.Scenario:
        """Give the scenario as nested dicts with the defaults of its keys; dates are ISO texts."""
        return cast(scenario_types.Scenario, json.loads(self.to_json()))

    def to_toml(self) -> str:
        """Give the scenario as TOML, with the defaults of its keys."""
        return self._compiled.to_toml()

    def to_json(self) -> str:
        """Give the scenario as JSON, with the defaults of its keys."""
        return self._compiled.to_json()

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the scenario to a ``.toml`` or ``.json`` file, which appears whole or not at all.

        Raises
        ------
        ValueError
            If the file is neither ``.toml`` nor ``.json``.
        """
        path = Path(path)
        write_text(path, self.to_json() + "\n" if _is_json(path) else self.to_toml())

    @property
    def title(self) -> str:
        """The title; empty if it has none."""
        return self._compiled.title

    @property
    def start(self) -> date:
        """The first day. Time is counted in days from its 00:00."""
        return date.fromisoformat(self._compiled.start)

    @property
    def horizon(self) -> date:
        """The date at whose 00:00 every trial ends."""
        return date.fromisoformat(self._compiled.horizon)

    @property
    def warnings(self) -> list[Problem]:
        """What its author has probably not meant, though it can be run as it is.

        Such as a rule that can never set off, or a site that the plan forgets. Printing the
        scenario, and ``drawdown check``, show them too.
        """
        return self._warnings_in("en")

    def _warnings_in(self, language: str) -> list[Problem]:
        return [Problem(*warning) for warning in self._compiled.warnings(language)]

    @property
    def hash(self) -> str:
        """SHA-256 of the content, in hexadecimal: equal for equal content."""
        return self._compiled.hash

    def __eq__(self, other: object) -> bool:
        return self.hash == other.hash if isinstance(other, Scenario) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario.from_toml, (self.to_toml(),)

    def __str__(self) -> str:
        return self._compiled.describe()

    def __repr__(self) -> str:
        title = f"{self.title!r}, " if self.title else ""
        return f"Scenario({title}{self.start} to {self.horizon}, {self.hash[:12]})"

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"


def _how_to_make(given: object) -> str:
    """What to call for what was given to the class itself."""
    if isinstance(given, Scenario):
        return "this is a Scenario already: take it as it is, or `replace` some of its values"
    if isinstance(given, Mapping):
        call = "Scenario.from_dict(mapping)"
    elif isinstance(given, str) and _is_content(given):
        call = "Scenario.from_toml(text) or Scenario.from_json(text)"
    elif isinstance(given, (str, os.PathLike)):
        call = f'Scenario.read("{os.fspath(given)}")'
        if given in _core.examples():
            call = f'Scenario.example("{given}")'
    else:
        call = "Scenario.read(path), .from_toml(text), .from_dict(mapping) or .example(name)"
    return f"a scenario is not made from a {type(given).__name__} by its class: call {call}"


def _is_content(text: str) -> bool:
    """Whether a text is a scenario itself and not a path."""
    return "\n" in text or (("=" in text or "{" in text) and not text.endswith((".toml", ".json")))


def _is_json(path: Path) -> bool:
    """Whether the file is JSON and not TOML, by its suffix."""
    match path.suffix.lower():
        case ".json":
            return True
        case ".toml":
            return False
    raise ValueError(f"a scenario is a .toml or a .json file, not `{path}`")
