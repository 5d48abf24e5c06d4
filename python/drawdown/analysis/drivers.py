"""What drives the answer: assumptions, ranked by the variance that each accounts for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

import pandas as pd
from numpy.typing import NDArray

from .._internal import renamed
from .._internal.own import Own
from .._internal.tables import Table, number, percent
from ..runs.result import Result
from ..scenario.paths import shortest
from ..scenario.scenario import Scenario
from ..scenario.sources import sources_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Count(NamedTuple):
    """How much was asked for, and how much there is."""

    samples_asked: int
    samples_run: int
    samples_refused: int
    trials_run: int
    trials_capped: int

    # Their names before 0.2; they work until 0.3.
    @property
    def draws_asked(self) -> int:
        """Give what `samples_asked` gives."""
        renamed.warn("draws_asked", "samples_asked")
        return self.samples_asked

    @property
    def draws_run(self) -> int:
        """Give what `samples_run` gives."""
        renamed.warn("draws_run", "samples_run")
        return self.samples_run

    @property
    def draws_refused(self) -> int:
        """Give what `samples_refused` gives."""
        renamed.warn("draws_refused", "samples_refused")
        return self.samples_refused

    @property
    def line(self) -> str:
        """The same in words."""
        text = (
            f"{self.trials_run:,} trials in {self.samples_run:,} of {self.samples_asked:,} samples"
        )
        if self.samples_refused:
            text += f" ({self.samples_refused:,} left out: under some of them attacks never end)"
        if self.trials_capped:
            text += f", {self.trials_capped:,} trials cut short by the limit of attacks"
        return text


class Drivers(Result):
    """Drivers of some measures; `drawdown.drivers` and `Run.drivers` make one.

    Attributes
    ----------
    method : {"Sobol", "given data"}
        How indices were found. Only Sobol's tell what drivers do together (total indices).
    drivers : dict of str to list of str
        The paths of the ranges, or the switch, that each driver is.
    about : DataFrame
        Indexed by ``measure``: its ``unit`` and ``mean``; the ``variance`` of what a sample of the
        world lets expect; the ``noise``, the variance that chance adds to the mean of a sample's
        histories, which is taken out; the epistemic ``share`` of the variance of one trial, the
        rest being aleatory; and the share of histories in which the measure is ``missing``. Where
        each trial has its own sample chance cannot be told apart: the variance is then that of
        both, and ``noise`` and ``share`` are missing.
    count : Count
        Parameter samples asked for, run and refused; trials run and cut short.
    each : int
        Trials under each parameter sample.
    tied : list of tuple
        Pairs of ranges, and their rank correlation, that are correlated beyond chance.
    """

    drivers: Own[dict[str, list[str]]] = Own()
    about: Own[pd.DataFrame] = Own()
    tied: Own[list[tuple[str, str, float]]] = Own()

    _TITLE = "Which uncertain numbers drive the answer?"
    COLUMNS: ClassVar = (
        *("first", "first_low", "first_high"),
        *("total", "total_low", "total_high"),
        "direction",
    )

    def __init__(
        self,
        method: Literal["Sobol", "given data"],
        drivers: dict[str, list[str]],
        table: pd.DataFrame,
        about: pd.DataFrame,
        count: Count,
        each: int,
        origin_line: str,
        tied: list[tuple[str, str, float]],
        scenario: Scenario,
    ) -> None:
        self.method = method
        self.drivers = drivers
        self.about = about.infer_objects().rename_axis("measure")
        self.count = count
        self.each = each
        self._origin_line = origin_line
        self.tied = tied
        self._scenario = scenario
        known = [paths[0] if len(paths) == 1 else "" for paths in drivers.values()]
        sources = dict(zip(drivers, sources_of([scenario], known), strict=True))
        self._table = table.assign(
            source=pd.array([sources[name] for _, name in table.index], dtype="str")
        )

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        return self._origin_line

    @property
    def scenario(self) -> Scenario:
        """Whose drivers they are; with switches, at the first of their alternatives."""
        return self._scenario

    def tables(self) -> dict[str, pd.DataFrame]:
        """The drivers, as `table` gives them, and the measures that they drive, as `about` does."""
        return {"table": self.table(), "about": self.about}

    def table(self, measure: str | None = None) -> pd.DataFrame:
        """Tabulate the drivers, ranked.

        Parameters
        ----------
        measure : str, optional
            One of the measures that were asked for; left out, all.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` (unless one is named) and ``driver``, the strongest first.
            ``first`` and ``total`` are the indices, each with a 95 % bootstrap interval (``_low``,
            ``_high``), one driver at a time; an index a little below 0 is noise around 0. Both are
            missing where the variance that they are shares of is not surely above 0.
            ``total`` is missing for given data.
            ``direction`` is the rank correlation of the driver with what is expected: positive
            where more of it goes with more of the measure; missing for groups. ``source`` is that
            which the scenario gives of a range; missing where it gives none, and for groups.

        Raises
        ------
        ValueError
            If the measure was not asked for.
        """
        if measure is None:
            return self._table.copy()
        if measure not in self.about.index:
            raise ValueError(
                f"`{measure}` was not asked for; there are {', '.join(self.about.index)}"
            )
        return pd.DataFrame(self._table.loc[measure])

    @property
    def kind(self) -> str:
        """The index that drivers are ranked by: ``"total"`` where there is one."""
        return "total" if self.method == "Sobol" else "first"

    def surely(self, measure: str) -> pd.DataFrame:
        """Tabulate the drivers of a measure whose index is surely above 0, as `table` does.

        Empty where nothing can be told from chance.

        Raises
        ------
        ValueError
            If the measure was not asked for.
        """
        table = self.table(measure)
        return table[table[f"{self.kind}_low"] > 0]

    @property
    def names(self) -> dict[str, str]:
        """Short names of the drivers, as tables and figures have them."""
        return shortest(self.drivers)

    def plot(
        self,
        measures: Sequence[str] | None = None,
        axes: Sequence[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw bars of the strongest drivers: dark first-order, light total, with 95 % intervals.

        Where nothing can be told from chance no bars are drawn, and the panel says so.

        Parameters
        ----------
        measures : sequence of str, optional
            The measures to show; left out, all.
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
            If a measure was not asked for, or there are not as many axes as measures.
        """
        return self._drawn(axes, figsize, title, list(measures or self.about.index))

    def _tables(self) -> list[Table]:
        names = self.names
        kinds = ["first", "total"] if self.method == "Sobol" else ["first"]
        header = [end for kind in kinds for end in (kind, "low", "high")] + ["direction"]
        columns = [f"{kind}{end}" for kind in kinds for end in ("", "_low", "_high")]
        found = []
        for measure in self.about.index:
            rows = self.table(measure)
            cells = [
                [names[str(driver)], *(_share(row[name]) for name in [*columns, "direction"])]
                for driver, row in rows.iterrows()
            ]
            found.append(Table(f"{measure}", header, cells))
        return found

    @property
    def notes(self) -> str:
        """What is expected of each measure, and how to read the tables."""
        lines = [
            _share_line(measure, row, bool(self.table(str(measure))["first"].notna().any()))
            for measure, row in self.about.iterrows()
        ]
        if self.method == "Sobol":
            lines.append(_SOBOL)
        else:
            lines.append(_GIVEN if self.each > 1 else _GIVEN_ONE)
        if self._table["first"].isna().any():
            lines.append(_UNTOLD)
        if self.count.samples_refused:
            lines.append("indices are those of the samples that are left")
        names = self.names
        lines += [
            f"{names[one]} and {names[other]} are correlated ({ranks:+.2f}): what they share "
            f"counts for both, and indices may add up to more than 1"
            for one, other, ranks in self.tied
        ]
        return "\n".join(lines) + "\n"

    @property
    def _brief(self) -> str:
        return f"{self.method}: {', '.join(self.about.index)}; {self.origin_line}"


_SOBOL = (
    "first: share of the variance of what is expected that knowing the driver alone would take\n"
    "away; total: share that is left if all else is known; low, high: 95 % intervals;\n"
    "direction: rank correlation with what is expected"
)
_GIVEN = (
    "first: share of the variance of what is expected that knowing the range would take away;\n"
    "low, high: 95 % interval; direction: rank correlation with what is expected"
)
_GIVEN_ONE = (
    "first: share of all variance, chance included, that knowing the range would take away;\n"
    "low, high: 95 % interval; direction: rank correlation; simulate with `samples=` to tell\n"
    "epistemic from aleatory uncertainty"
)

_UNTOLD = (
    "– for an index: there is no variance, or these histories do not tell it from chance; more\n"
    "samples, and more histories to each, may"
)


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:z.2f}"


def _share_line(measure: Any, row: Any, told: bool) -> str:
    parts = [f"{measure}: {number(float(row['mean']))} {row['unit']} expected"]
    if not told:
        parts.append("no variance of what is expected can be told from chance: more trials may")
    elif not math.isnan(row["share"]):
        parts.append(f"{percent(row['share'])} of its variance is epistemic, the rest aleatory")
    if row["missing"]:
        parts.append(f"not reached in {100 * row['missing']:.1f} % of histories")
    return "; ".join(parts)
