"""What each uncertain number moves by itself: from a low value to a high one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.own import Own
from .._internal.progress import Progress
from .._internal.tables import Table, short
from ..languages.speech import say
from ..runs.batches import run_all
from ..runs.criterion import Criterion
from ..runs.outcomes import at_horizon, outcomes, unit
from ..runs.result import Result
from ..runs.run import Run
from ..runs.samples import laws_of
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..runs.wording import with_unit
from ..scenario.paths import shortest
from ..scenario.sources import sources_of
from ..stats.intervals import difference
from ..stats.means import estimate
from .driver_analysis import driven
from .explanation import AS_WRITTEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIDES = ("low", "high")


def tornado(
    scenario: Given,
    measures: Sequence[str] | None = None,
    *,
    low: float = 0.1,
    high: float = 0.9,
    trials: int = 1_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Tornado:
    """Move one uncertain number at a time from a low value to a high one.

    The scenario is simulated as written and with each range in turn held at two of its quantiles,
    under common random numbers; all other ranges are sampled as usual. Unlike `drivers` it does not
    say what numbers do together.

    Parameters
    ----------
    scenario, trials, seed, threads, progress
        What to simulate; and the trials, seed, threads and progress bar of each run (two to a
        range, and one as written), as `simulate` takes them.
    measures : sequence of str, optional
        What to follow, as `drivers` takes it: expected values such as ``"casualties"``, or chances
        such as ``"finish_days > 2026-12-31"``.
    low, high : float
        The quantiles at which each range is held, between 0 and 1.

    Returns
    -------
    Tornado
        The changes, the largest first.

    Raises
    ------
    ScenarioError
        If the scenario has problems, or a range at a quantile makes attacks that never end.
    Interrupted
        On Ctrl-C; its `partial` maps names to the runs that there are by then.
    ValueError
        If there is no range or no such measure, or the quantiles are out of range or order.
    """
    if not 0 < low < high < 1:
        raise ValueError(f"`low` and `high` are quantiles, 0 < {low} < {high} < 1 does not hold")
    scenario = scenario_of(scenario)
    measures = driven(measures, scenario)
    values = {
        path: dict(zip(SIDES, _core.law_quantiles(json.dumps(law), [low, high]), strict=True))
        for path, law in laws_of(scenario).items()
    }
    variants = {AS_WRITTEN: scenario}
    for path, ends in values.items():
        for side in SIDES:
            variants[f"{path} {side}"] = scenario.replace({path: ends[side]})
    runs = run_all(variants, Settings.of(trials, seed, threads, progress))
    return Tornado(runs, values, list(measures), (low, high))


class Tornado(Result):
    """What each uncertain number moves by itself; `tornado` makes one.

    Attributes
    ----------
    runs : dict of str to Run
        ``"as written"``, and for each range its path followed by ``low`` or ``high``.
    values : dict of str to dict
        The values that each range was held at, by side.
    measures : list of str
        What was asked for.
    quantiles : tuple of float
        The quantiles of the low and of the high values.
    """

    runs: Own[dict[str, Run]] = Own()
    values: Own[dict[str, dict[str, float]]] = Own()
    measures: Own[list[str]] = Own()

    _TITLE = "tornado-title"
    _GAP = ""

    def __init__(
        self,
        runs: Mapping[str, Run],
        values: dict[str, dict[str, float]],
        measures: list[str],
        quantiles: tuple[float, float],
    ) -> None:
        self.runs = dict(runs)
        self.values = values
        self.measures = measures
        self.quantiles = quantiles

    def table(self) -> pd.DataFrame:
        """Tabulate what each range moves.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` and ``range``, the largest swing first. ``at_low`` and
            ``at_high`` are the values that the range was held at; ``low`` and ``high`` how much
            more of the measure there is then than as written, each a paired mean with its 95 %
            interval (``_low``, ``_high``); ``swing`` the size of what lies between the two;
            ``source`` that which the scenario gives of the range, if it does. A finish that is not
            reached counts as reached at the horizon.
        """
        found = [self._rows(measure) for measure in self.measures]
        return pd.concat(found, keys=self.measures, names=["measure", "range"])

    def _rows(self, measure: str) -> pd.DataFrame:
        written = outcomes(self.runs[AS_WRITTEN], measure).ravel()
        rows = {}
        for path, ends in self.values.items():
            row = {f"at_{side}": ends[side] for side in SIDES}
            for side in SIDES:
                apart = outcomes(self.runs[f"{path} {side}"], measure).ravel() - written
                about = difference(apart) if Criterion.parse(measure).sign else estimate(apart)
                row |= {side: about["mean"], f"{side}_low": about["low"]}
                row[f"{side}_high"] = about["high"]
            rows[path] = row | {"swing": abs(row["high"] - row["low"])}
        found = pd.DataFrame(rows).T.assign(source=sources_of([self.scenario], rows))
        return found.sort_values("swing", ascending=False, kind="stable")

    def surely(self, measure: str) -> pd.DataFrame:
        """Tabulate the ranges of which an end surely changes a measure, as `table` does."""
        table = self._rows(measure)
        apart = [(table[f"{side}_low"] > 0) | (table[f"{side}_high"] < 0) for side in SIDES]
        return table[apart[0] | apart[1]]

    @property
    def names(self) -> dict[str, str]:
        """Short names of the ranges, as tables and figures have them."""
        return shortest(self.values)

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw bars from the change at the low value to that at the high, a panel for each measure.

        Parameters
        ----------
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
        """
        return self._drawn(axes, figsize, title)

    def _tables(self) -> list[Table]:
        ends = self._ends
        sides = [
            [say("tornado-at", quantile=end), say("table-low"), say("table-high")] for end in ends
        ]
        header = [*ends, *sides[0], *sides[1]]
        columns = ["at_low", "at_high", "low", "low_low", "low_high", "high", "high_low"]
        columns += ["high_high"]
        found = []
        for measure in self.measures:
            rows = [
                [self.names[str(path)], *(short(float(row[name])) for name in columns)]
                for path, row in self._rows(measure).iterrows()
            ]
            title = with_unit(measure, unit(self.runs[AS_WRITTEN], measure))
            found.append(Table(title, header, rows))
        return found

    @property
    def notes(self) -> str:
        """How to read the tables."""
        low, high = self._ends
        text = say("tornado-notes", low=low, high=high)
        refused = int(sum(run.values("rejected_draws").sum() for run in self.runs.values()))
        if refused:
            text = say("tornado-refused", notes=text, refused=refused)
        return at_horizon(text, self.runs, self.measures)

    @property
    def _ends(self) -> list[str]:
        """The quantiles at which ranges are held, as they are called."""
        return [f"P{100 * share:g}" for share in self.quantiles]

    @property
    def _brief(self) -> str:
        return f"{', '.join(self.measures)}; {self.origin_line}"
