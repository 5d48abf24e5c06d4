"""Rules that a search has found, as they do on fresh trials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.own import Own
from .._internal.tables import Prose, Shown, Table, counted, number
from ..languages.speech import listed, say
from ..runs.criterion import PEOPLE, Criterion, kept_most
from ..runs.outcomes import by_plan, worse
from ..runs.result import Result
from ..runs.run import Run
from ..runs.wording import heading, plain_heading
from ..scenario.levers import words
from ..stats.means import estimate
from .alarms import HARM, alarms
from .comparison import Comparison
from .explanation import AS_WRITTEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The plan without the rule.
NO_RULE = "no rule"
# Trials whose events are read to see when harm came.
_TIMED = 300


class RuleSearch(Result):
    """Rules found by `optimize_rule`, beside the one as written and none.

    Attributes
    ----------
    rule : str
        The id of the rule.
    objectives : list of str
        What was to be low, or of a limit to keep, its chance to be high.
    comparison : Comparison
        The runs on fresh trials: ``"as written"``, ``"no rule"``, ``"rule 1"``, ...; it has the
        frontier, regret and all other differences.
    about : dict
        ``looked_at`` forms, how many of them were ``refused``, ``seed`` and ``trials``.
    """

    objectives: Own[list[str]] = Own()
    about: Own[dict[str, int]] = Own()

    _TITLE = "search-title"

    def __init__(
        self,
        rule: str,
        objectives: list[str],
        ceiling: Criterion | None,
        comparison: Comparison,
        values: dict[str, tuple[float, ...]],
        about: dict[str, int],
    ) -> None:
        self.rule, self.objectives, self.ceiling = rule, objectives, ceiling
        self.comparison = comparison
        self.about = about
        self._values = values

    @property
    def rules(self) -> dict[str, str]:
        """Each rule in plain words, by name."""
        runs = self.comparison.runs.items()
        return {name: words(run.scenario, self.rule) or say("search-without") for name, run in runs}

    @property
    def found(self) -> list[str]:
        """The names of rules that no other form beat during the search."""
        return [name for name in self._values if name not in (AS_WRITTEN, NO_RULE)]

    def table(self) -> pd.DataFrame:
        """Tabulate how each rule does, during the search and on fresh trials.

        Returns
        -------
        DataFrame
            Indexed by ``rule`` and ``objective``. ``search`` is the mean that the search saw and
            ``fresh`` that on fresh trials; ``difference`` that to the rule as written, trial by
            trial on fresh trials, with its 95 % interval (``low``, ``high``); ``sure_high`` how
            much worse it is at most, by an interval that holds for all rules found and objectives
            at once (Bonferroni), 95 times of 100: below 0, it is surely better; ``regret`` how much
            worse it is, on average, than the best of these rules for each history.
        """
        worlds = by_plan(self.comparison.runs, self.objectives)
        base = worlds[AS_WRITTEN]
        sign = worse(self.objectives)
        best = np.min([values * sign for values in worlds.values()], axis=0)
        rows = {}
        for name, values in worlds.items():
            for k, objective in enumerate(self.objectives):
                about = estimate(values[:, k] - base[:, k])
                rows[name, objective] = {
                    "search": self._values[name][k],
                    "fresh": float(values[:, k].mean()),
                    "difference": about["mean"],
                    "low": about["low"],
                    "high": about["high"],
                    "sure_high": sign[k] * about["mean"] + self._reach * about["standard_error"],
                    "regret": float((sign[k] * values[:, k] - best[:, k]).mean()),
                }
        index = pd.MultiIndex.from_tuples(rows, names=["rule", "objective"])
        return pd.DataFrame(list(rows.values()), index)

    def alarms(self) -> pd.DataFrame:
        """Tabulate what each rule is worth as an alarm.

        Returns
        -------
        DataFrame
            Indexed by ``rule``. ``paused`` is the share of trials in which it held movement. A
            *false alarm* is such a trial in which there would have been no more casualties without
            the rule (or, with a ceiling, no more than that): ``false_alarms`` is their share of
            ``paused`` trials. ``harm_before`` is the share of all casualties that came before the
            first pause of their trial, or in one without. With a ceiling, a pause is *late* where
            that was broken before the first pause, or without one: ``late_pauses`` is the share
            of trials above the ceiling. The last two are from the first 300 trials. Where another
            measure of people is an objective, it stands for casualties.
        """
        measure = people_of(self.objectives) if self.ceiling is None else self.ceiling.measure
        runs = self.comparison.runs
        rows = {
            name: alarms(run, runs[NO_RULE], self.rule, measure, self.ceiling, _TIMED)
            for name, run in runs.items()
        }
        return pd.DataFrame(rows).T.rename_axis("rule")

    @property
    def better(self) -> list[str]:
        """Rules found that are surely better than the one as written in every objective."""
        sure = self.table()["sure_high"].unstack("objective") < 0
        return [name for name in self.found if sure.loc[name].all()]

    @property
    def verdict(self) -> str:
        """Whether any rule beats the one as written in everything, in a sentence."""
        about = {"everything": say("list-and").join(map(plain_heading, self.objectives))}
        if self.better:
            return say("search-better", rules=listed(map(self.called, self.better)), **about)
        sure = self.table()["sure_high"].unstack("objective") < 0
        return say("search-no-rule" if sure.loc[NO_RULE].all() else "search-none", **about)

    def called(self, rule: str) -> str:
        """Say what a rule of the table is called."""
        if rule == AS_WRITTEN:
            return say("search-named-as-written")
        if rule == NO_RULE:
            return say("search-named-none")
        return say("search-named-found", number=rule.removeprefix("rule "))

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw how each rule differs from the one as written, a panel for each objective.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each objective.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.
        """
        return self._drawn(axes, figsize, title)

    @property
    def notes(self) -> str:
        """The `verdict`."""
        return self.verdict

    def tables(self) -> dict[str, pd.DataFrame]:
        """How rules do, as `table` gives it, and what they are, as `rules` does."""
        rules = pd.DataFrame({"words": self.rules}).rename_axis("rule")
        return {"table": self.table(), "rules": rules}

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        about = self.about
        return say(
            "search-origin",
            run=self._first.origin_line,
            forms=about["looked_at"],
            trials=about["trials"],
            seed=str(about["seed"]),
        )

    @property
    def _reach(self) -> float:
        from scipy.stats import norm

        tests = max(len(self.found) * len(self.objectives), 1)
        return float(norm.ppf(1 - 0.025 / tests))

    def _tables(self) -> list[Shown]:
        return [self._table(), Prose(self._in_words(), listed=True)]

    def _in_words(self) -> list[str]:
        """Each rule, in a sentence or two."""
        return [
            say("search-rule-in-words", name=self.called(name), text=text)
            for name, text in self.rules.items()
        ]

    def _table(self) -> Table:
        columns = ["search", "fresh", "difference", "low", "high", "regret"]
        rows = [
            [
                self.called(row["rule"]),
                heading(row["objective"]),
                *(number(row[name]) for name in columns),
            ]
            for row in self.table().reset_index().to_dict("records")
        ]
        header = [say(f"search-{name}") for name in ("objective", *columns)]
        return Table(say("search-table"), header, rows)

    @property
    def _first(self) -> Run:
        return self.comparison.runs[AS_WRITTEN]

    @property
    def _brief(self) -> str:
        return f"{self.rule}, {counted(len(self.found), 'rule')} found: {self.origin_line}"


def people_of(objectives: Sequence[str]) -> str:
    """The measure of people that alarms are about."""
    return next((name for name in objectives if name in ("killed", "wounded")), PEOPLE)


def ceiling_of(most: float | str, objectives: Sequence[str]) -> Criterion:
    """What is to be kept of people.

    Raises
    ------
    ValueError
        If it is not of people of the whole theatre.
    """
    found = kept_most(most, PEOPLE if isinstance(most, str) else people_of(objectives))
    if found.by is not None or found.measure not in HARM:
        raise ValueError(
            f"`most` is of {', '.join(HARM)} of the whole theatre, not of {found.quantity}"
        )
    return found
