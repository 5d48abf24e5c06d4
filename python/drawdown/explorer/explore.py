"""The explorer in Python and in a notebook."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .._internal.checks import whole
from ..languages.catalogue import ENGLISH
from ..runs.simulate import Given, scenario_of
from ..scenario.scenario import Scenario
from . import breaking
from . import setting as settings
from .controls import Vary
from .running import STAGES
from .session import Session
from .widget import check_installed, widget_of
from .worker import Worker


def explore(
    scenario: Given,
    vary: Vary | None = None,
    *,
    trials: int = STAGES[-1],
    seed: int | None = None,
    threads: int | None = None,
    language: str = ENGLISH.code,
) -> Explorer:
    """Explore a scenario in a notebook: move its numbers and see at once what comes of it.

    Five hundred histories are run at each move, and more as the hand rests. All meet the same
    seed (common random numbers), so that pictures do not flicker and differences are known well.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        What to explore, as `simulate` takes it.
    vary : iterable of str or mapping, optional
        What can be moved: dotted paths of numbers, of truths, and of ranges, which are held at a
        value within what they may be; or a mapping from paths to the ends ``(low, high)`` of their
        sliders, or to None for ends that are chosen. Left out, what the plan decides (allowances
        of pauses, thresholds of rules, transport) and the five numbers that move the finish and
        the casualties most. What changes no result is not offered.
    trials : int
        The most histories, 500 or more.
    seed : int, optional
        The seed of all runs, from 0 to 2**64 - 1; left out, one is drawn.
    threads : int, optional
        How many threads to use; left out, one for each core.
    language : {"en", "fr", "ar"}
        In what language the explorer is: English, French or Arabic. What is not translated, such
        as the story of a history, is in English and marked as that. Speakers have not reviewed
        the translations.

    Returns
    -------
    Explorer
        Shown at the end of a cell, it is the explorer; in Python it has what was moved.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    ImportError
        If anywidget is not installed; the extra ``explore`` brings it.
    TypeError, ValueError
        If `vary` names what cannot be moved, a number is out of range, or there is no such
        `language`.

    Examples
    --------
    >>> import drawdown as dd
    >>> explorer = dd.explore("minimal", ["plan.transport.people_per_day"], trials=500, seed=7)
    >>> explorer.controls["label"].tolist()
    ['Transport: people moved per day, at most']
    """
    check_installed()
    return Explorer(scenario, vary, trials=trials, seed=seed, threads=threads, language=language)


class Explorer:
    """A scenario with controls; `explore` makes one.

    At the end of a cell it is shown as a widget (Jupyter, marimo). What is moved there is in
    `setting`, and `scenario` is the scenario with it.
    """

    def __init__(
        self,
        scenario: Given,
        vary: Vary | None = None,
        *,
        trials: int = STAGES[-1],
        seed: int | None = None,
        threads: int | None = None,
        language: str = ENGLISH.code,
    ) -> None:
        whole("trials", trials, STAGES[0], 10**7)
        if seed is not None:
            whole("seed", seed, 0, 2**64 - 1)
        if threads is not None:
            whole("threads", threads, 1, 4096)
        self._worker = Worker()
        about: Any = {"trials": trials, "seed": seed, "threads": threads, "worker": self._worker}
        about["language"] = language
        self._session = Session(scenario_of(scenario), vary, **about)
        # What cannot be moved is refused here and not in a picture.
        assert self._session.controls is not None
        self._widget: Any = None

    @property
    def scenario(self) -> Scenario:
        """The scenario with what was moved last."""
        return self._session.scenario

    @property
    def setting(self) -> dict[str, settings.Value]:
        """What was moved: values by path."""
        return dict(self._session.setting)

    @property
    def seed(self) -> int:
        """The seed of all runs, drawn or given."""
        return self._session.seed

    @property
    def controls(self) -> pd.DataFrame:
        """What can be moved: indexed by ``path``, a row for each control."""
        rows = [control.to_dict() for control in self._session.controls]
        columns = None if rows else ["path", "label"]
        return pd.DataFrame(rows, columns=columns).set_index("path")

    def break_even(
        self, measure: breaking.Measure | None = None, level: float | None = None
    ) -> pd.DataFrame:
        """Find where each control, moved alone from where all stand, turns success into failure.

        Parameters
        ----------
        measure : {"on_time", "casualties"}, optional
            By what the plan fails: left out, by its date.
        level : float, optional
            From where on it fails: below this chance of being done by the announced date (left
            out, 0.5), or above so many casualties on average.

        Returns
        -------
        DataFrame
            Indexed by ``path``, the nearest first: ``label``; ``now``, where the control stands,
            of a range its median; ``at``, the value from which on it is otherwise than now; ``up``,
            whether at that and above rather than below; ``unsure`` and ``surely``, from where on
            the 95 % interval leaves it open, and says so. What is not in it turns nothing at its
            ends, where it stands, and half-way between.

        Raises
        ------
        ValueError
            If the scenario has no such measure, or the level is none.
        """
        steps = self._session.broken(self.setting, measure, level)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                return breaking.table(done.value[-1])

    def code(self) -> str:
        """Give the lines of Python that make and run the scenario with what was moved."""
        most = self._session.runs.stages[-1]
        return settings.as_code(self._session.written, self.setting, self.seed, most)

    def to_json(self) -> str:
        """Give what was moved as a short text, which `restore` and the explorer's page read."""
        return settings.as_json(self._session.written, self.setting, self.seed)

    def restore(self, text: str) -> None:
        """Move to what a text says that `to_json` gave, here or on the page.

        Raises
        ------
        ValueError
            If it is no such text, or that of another scenario.
        ScenarioError
            If the scenario refuses it.
        """
        self._session.setting = settings.from_json(self._session.written, text)
        if self._widget is not None:
            self._widget.send({"setting": self.setting})

    @property
    def widget(self) -> Any:
        """The widget of anywidget, made when it is first asked for.

        Raises
        ------
        ImportError
            If anywidget is not installed.
        """
        if self._widget is None:
            self._widget = widget_of(self._session)
        return self._widget

    def close(self) -> None:
        """Stop the thread that runs histories; the pictures stay as they are."""
        self._worker.close()

    def __repr__(self) -> str:
        moved = f"{len(self.setting)} of {len(self._session.controls)} controls moved"
        return f"Explorer({self._session.written!r}, {moved})"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.widget._repr_mimebundle_(**kwargs)

    def _display_(self) -> Any:
        # As marimo asks for what it is to show.
        return self.widget
