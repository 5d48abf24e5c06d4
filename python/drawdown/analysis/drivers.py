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
from ..languages.figures import localised
from ..languages.speech import parted, say
from ..runs.base import Histories
from ..runs.result import Result
from ..runs.wording import heading, unit_named
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
        about = {"samples": self.samples_run, "asked": self.samples_asked}
        text = say("drivers-trials", trials=self.trials_run, **about)
        if self.samples_refused:
            text = say("drivers-refused", trials=text, refused=self.samples_refused)
        if self.trials_capped:
            text = say("drivers-capped", trials=text, capped=self.trials_capped)
        return text


class Made(NamedTuple):
    """What several runs were made with."""

    seed: int
    version: str


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

    _TITLE = "drivers-title"
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
        origin: Histories | Made,
        tied: list[tuple[str, str, float]],
        scenario: Scenario,
    ) -> None:
        self.method = method
        self.drivers = drivers
        self.about = about.infer_objects().rename_axis("measure")
        self.count = count
        self.each = each
        self._origin = origin
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
        if not isinstance(self._origin, Made):
            return self._origin.origin_line
        title, seed = self.scenario.title or say("untitled"), str(self._origin.seed)
        parts = [title, self.count.line, say("origin-line-seed", seed=seed)]
        return " · ".join([*parts, f"drawdown {self._origin.version}"])

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
        ends = [say("table-low"), say("table-high")]
        header = [end for kind in kinds for end in (say(f"drivers-{kind}"), *ends)]
        header += [say("drivers-direction")]
        columns = [f"{kind}{end}" for kind in kinds for end in ("", "_low", "_high")]
        found = []
        for measure in self.about.index:
            rows = self.table(measure)
            cells = [
                [names[str(driver)], *(_share(row[name]) for name in [*columns, "direction"])]
                for driver, row in rows.iterrows()
            ]
            found.append(Table(heading(str(measure)), header, cells))
        return found

    @property
    def notes(self) -> str:
        """What is expected of each measure, and how to read the tables."""
        lines = [
            _share_line(measure, row, bool(self.table(str(measure))["first"].notna().any()))
            for measure, row in self.about.iterrows()
        ]
        if self.method == "Sobol":
            lines.append(say("drivers-how-sobol"))
        else:
            lines.append(say("drivers-how-given" if self.each > 1 else "drivers-how-single"))
        if self._table["first"].isna().any():
            lines.append(say("drivers-untold"))
        if self.count.samples_refused:
            lines.append(say("drivers-left"))
        names = self.names
        for one, other, ranks in self.tied:
            both = {"one": names[one], "other": names[other]}
            lines.append(say("drivers-tied", ranks=localised(f"{ranks:+.2f}"), **both))
        return "\n".join(lines) + "\n"

    @property
    def _brief(self) -> str:
        return f"{self.method}: {', '.join(self.about.index)}; {self.origin_line}"


def _share(value: float) -> str:
    return "–" if math.isnan(value) else localised(f"{value:z.2f}")


def _share_line(measure: Any, row: Any, told: bool) -> str:
    name, unit = heading(str(measure)), unit_named(row["unit"])
    parts = [say("drivers-mean", measure=name, mean=number(float(row["mean"])), unit=unit)]
    if not told:
        parts.append(say("drivers-no-variance"))
    elif not math.isnan(row["share"]):
        parts.append(say("drivers-epistemic", share=percent(row["share"])))
    if row["missing"]:
        share = localised(f"{100 * row['missing']:.1f} %")
        parts.append(say("drivers-missing", share=share))
    return parted(parts)
