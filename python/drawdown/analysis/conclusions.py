"""Conclusions, and how much of what is not known they survive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from .._internal.checks import named, several
from .._internal.own import Own
from .._internal.tables import Table, counted
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.base import Histories
from ..runs.result import Result
from ..stats.intervals import of_trials
from .comparison import Comparison
from .discovery import Discovery
from .failing import Failed, Failing
from .scenario_discovery import search
from .statements import Statement, Truth, Worlds, in_words

_EXAMPLE = '[("firm", "casualties", "<", "stay")]'
Verdict = Literal["survives", "open", "breaks", "never holds"]


class Conclusions(Result):
    """Statements, and the worlds in which they hold; `Comparison.conclusions` makes one.

    A world is a parameter sample, with the means of its trials; where each trial has its own sample
    it is one trial, chance included.

    Attributes
    ----------
    worlds : Worlds
        What is expected in each world under each plan.
    truths : dict of str to Truth
        By conclusion: where it holds, and where histories do not tell (``open``).
    """

    truths: Own[dict[str, Truth]] = Own()

    _TITLE = "concluded-title"
    _NOTES = "concluded-notes"

    def __init__(self, worlds: Worlds, truths: dict[str, Truth], of: Comparison) -> None:
        self.worlds = worlds
        self.truths = truths
        self._of_plans = of

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        return self._of_plans.origin_line

    @property
    def _first(self) -> Histories:
        return next(iter(self.worlds.runs.values()))

    def table(self) -> pd.DataFrame:
        """Tabulate how far each conclusion holds.

        Returns
        -------
        DataFrame
            Indexed by ``conclusion``. ``verdict`` is ``survives`` (it holds in every world),
            ``breaks`` (in some it surely does not), ``open`` (it does not in some, in none surely)
            or ``never holds``. ``holds`` is the share of worlds in which it does, with the exact
            95 % interval of that share among all that are believed (``low``, ``high``);
            ``unclear`` the share in which the limit lies within the 95 % interval of the mean of
            their histories, and ``broken`` that in which it lies beyond. Those intervals are of one
            world at a time: of 100 worlds in which it only just holds, two or three break by
            chance.
        """
        rows = {name: _row(truth) for name, truth in self.truths.items()}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("conclusion")

    def breaking(self, conclusion: str, **how: float) -> Discovery:
        """Find the worlds in which a conclusion does not hold, as `scenario_discovery` does.

        Parameters
        ----------
        conclusion : str
            The name of the conclusion in the table.
        **how
            How to look for boxes: ``boxes``, ``held_out``, ``least`` and ``seed``, as
            `scenario_discovery` takes them.

        Raises
        ------
        ValueError
            If there is no such conclusion, or `scenario_discovery` refuses.
        """
        if conclusion not in self.truths:
            raise ValueError(
                f"there is no conclusion {conclusion!r}; there are {', '.join(self.truths)}"
            )
        truth = self.truths[conclusion]
        runs = list(self.worlds.runs.values())
        failing = Failing((Failed("failing-not-so", {"conclusion": conclusion}),))
        fails = Truth(~truth.holds, truth.open)
        return search(self.worlds.inputs, fails, failing, runs, **how)  # type: ignore[arg-type]

    def _tables(self) -> list[Table]:
        columns = ("concluded-verdict", "concluded-holds", "table-low", "table-high")
        header = [say(key) for key in (*columns, "concluded-unclear", "concluded-broken")]
        shares = ["holds", "low", "high", "unclear", "broken"]
        rows = [
            [
                str(name),
                say(f"concluded-is-{row['verdict'].replace(' ', '-')}"),
                *(localised(f"{100 * row[share]:.1f}") for share in shares),
            ]
            for name, row in self.table().iterrows()
        ]
        return [Table(say("concluded-table", worlds=self.worlds.count), header, rows)]

    @property
    def _brief(self) -> str:
        return f"{len(self.truths)} in {counted(self.worlds.count, 'world')}; {self.origin_line}"


def conclusions(
    comparison: Comparison, statements: Mapping[str, Statement] | Iterable[Statement]
) -> Conclusions:
    """What `Comparison.conclusions` describes."""
    if not isinstance(statements, Mapping):
        statements = several("statements", statements, _EXAMPLE)
        read = {in_words(statement): statement for statement in statements}
        if len(read) < len(statements):
            raise ValueError("two statements read the same: name them in a mapping")
        statements = read
    if not statements:
        raise ValueError(f"give a statement, such as {_EXAMPLE}")
    worlds = Worlds(comparison.runs)
    given = named("statements", statements, '{"few": ("firm", "casualties", "<=", 1_000)}')
    truths = {name: worlds.truth(statement) for name, statement in given.items()}
    return Conclusions(worlds, truths, comparison)


def _row(truth: Truth) -> dict[str, object]:
    about = of_trials(truth.holds)
    return {
        "verdict": _verdict(truth),
        "holds": about.share,
        "low": about.low,
        "high": about.high,
        "unclear": float(truth.open.mean()),
        "broken": float((~truth.holds & ~truth.open).mean()),
    }


def _verdict(truth: Truth) -> Verdict:
    if truth.holds.all():
        return "survives"
    if not truth.holds.any():
        return "never holds"
    return "breaks" if np.any(~truth.holds & ~truth.open) else "open"
