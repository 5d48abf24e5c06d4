"""What the mechanisms of a scenario change, as tables and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.own import Own
from .._internal.tables import Table, number
from ..languages.speech import key_of, said_or, say
from ..runs.base import units
from ..runs.result import Result
from ..runs.run import Run
from ..runs.spoken import spoken
from ..runs.wording import with_unit
from ..stats.means import estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# Names of runs, beside those of mechanisms.
AS_WRITTEN, ALL_OFF = "as written", "all off"
# Names of rows, beside those of mechanisms.
INTERACTION, TOGETHER = "interaction", "together"
_MEASURES = ("attacks", "casualties", "killed", "finish_days", "cost")
_COLUMNS = ["without", "change", "standard_error", "low", "high"]


class Explanation(Result):
    """What each mechanism of a scenario changes; `explain` makes one.

    Attributes
    ----------
    runs : dict of str to Run
        ``"as written"``, ``"all off"``, and under the name of each mechanism the run without it.
        Fewer, if it was interrupted.
    mechanisms : dict of str to str
        The mechanisms that were to be switched off, and what holds where they are.
    """

    runs: Own[dict[str, Run]] = Own()
    mechanisms: Own[dict[str, str]] = Own()

    _TITLE = "explained-title"
    _NOTES = "explained-notes"

    def __init__(self, runs: Mapping[str, Run], mechanisms: Mapping[str, str]) -> None:
        self.runs = dict(runs)
        self.mechanisms = dict(mechanisms)

    def table(self, measures: Sequence[str] | None = None) -> pd.DataFrame:
        """Tabulate what each mechanism changes in the mean of each measure.

        Parameters
        ----------
        measures : sequence of str, optional
            Measures of the whole theatre. Left out, attacks, casualties, killed, the end of the
            last phase and the cost, as far as the scenario has them.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` and ``mechanism``: each that was switched off; then their
            ``interaction``, that is what they do ``together`` less the sum of what each does;
            and ``together``, everything as written less all off. Columns are ``unit``; the mean
            ``without`` it; the mean ``change``, as written less without, trial by trial, its
            ``standard_error`` and 95 % interval from ``low`` to ``high``; and the number of
            ``trials``, those in which the measure has a value in every run. A measure that has
            none is left out.

        Raises
        ------
        ValueError
            If there is no such measure.
        """
        known = units(self.runs[AS_WRITTEN])
        rows = {}
        for measure in measures or spoken(_MEASURES, *self.runs.values()):
            found = self._values(measure)
            if not found[AS_WRITTEN].size:
                continue
            for name, (mean, changes) in _changes(found).items():
                about = estimate(changes)
                row = {"unit": known[measure], "without": mean, "change": about.pop("mean")}
                rows[measure, name] = {**row, **about, "trials": changes.size}
        index = pd.MultiIndex.from_tuples(rows, names=["measure", "mechanism"])
        columns = ["unit", *_COLUMNS, "trials"]
        return pd.DataFrame(list(rows.values()), index, columns)

    def plot(
        self,
        measures: Sequence[str] | None = None,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw what each mechanism adds or takes away: a panel for each measure.

        A bar goes from the mean without the mechanism to the mean as written (the thin line), red
        where the mechanism adds and blue where it takes away, so that both of its ends were
        simulated; the black line is the 95 % interval, the number the change. The dots are the
        means as written and with everything off. What is left over, the interaction, is in
        `table`.

        Parameters
        ----------
        measures : sequence of str, optional
            The measures to show, as `table` takes them; a measure that has no value is left out.
        axes : sequence of Axes, optional
            The axes to draw on, one for each measure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        ndarray of Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If there is no such measure, not as many axes as measures, or nothing was switched
            off because it was interrupted.
        """
        return self._drawn(axes, figsize, title, measures)

    def _values(self, measure: str) -> dict[str, NDArray[np.float64]]:
        """The measure by run, in the trials in which it has a value in every one of them."""
        count = min(run.trials for run in self.runs.values())
        found = {name: run.values(measure)[:count] for name, run in self.runs.items()}
        there = ~np.isnan(sum(found.values()))
        return {name: column[there] for name, column in found.items()}

    def _tables(self) -> list[Table]:
        """One for each measure."""
        found = []
        table = self.table()
        for measure in table.index.unique("measure"):
            rows = table.loc[measure].reset_index().to_dict("records")
            cells = [
                [called(r["mechanism"]), *(number(r[name]) for name in _COLUMNS)] for r in rows
            ]
            header = [say("explained-without"), say("explained-change"), "±"]
            header += [say("table-low"), say("table-high")]
            found.append(Table(with_unit(measure, rows[0]["unit"]), header, cells))
        return found

    @property
    def _brief(self) -> str:
        return f"{self.origin_line}, of {', '.join(self.mechanisms)}"


def called(mechanism: str) -> str:
    """What a mechanism, or a row of the table, is called in the language that is spoken."""
    return said_or(f"mechanism-{key_of(mechanism)}", mechanism)


def _changes(
    found: Mapping[str, NDArray[np.float64]],
) -> dict[str, tuple[float, NDArray[np.float64]]]:
    """By row: the mean without, and the change in every trial."""
    written = found[AS_WRITTEN]
    alone = {
        name: written - off for name, off in found.items() if name not in (AS_WRITTEN, ALL_OFF)
    }
    rows = {name: (float(found[name].mean()), change) for name, change in alone.items()}
    if ALL_OFF in found:
        together = written - found[ALL_OFF]
        rows[INTERACTION] = (np.nan, together - sum(alone.values()))
        rows[TOGETHER] = (float(found[ALL_OFF].mean()), together)
    return rows
