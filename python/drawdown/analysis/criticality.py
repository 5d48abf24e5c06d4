"""Which piece makes a plan late or breaks a ceiling: the but-for test, trial by trial."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.days import Day
from .._internal.own import Own
from .._internal.progress import Progress
from .._internal.tables import NONE, Table, counted
from ..languages.figures import localised
from ..languages.speech import listed, parted, say
from ..runs.batches import run_all
from ..runs.criterion import PEOPLE, Criterion, kept_date, kept_most
from ..runs.quantities import MOMENTS
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..runs.spoken import spoken
from ..scenario.pieces import KINDS, Piece, named, of_kinds, pieces
from ..stats.intervals import of_trials
from ..stats.means import estimate
from .explanation import AS_WRITTEN
from .longest_path import on_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes


Flags = NDArray[np.bool_]


def criticality(
    scenario: Given,
    *,
    finish: Day | None = None,
    most: float | str | None = None,
    measure: str = PEOPLE,
    kinds: Iterable[str] = KINDS,
    trials: int = 2_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Criticality:
    """Measure how often each piece of a scenario makes it late, or breaks a ceiling.

    The scenario is simulated as written and once without each piece, under common random numbers. A
    piece is *critical* to a late trial if the same trial is not late without it (the but-for test);
    two pieces may both be, and none may. Its criticality index is the share of late trials to which
    it is.

    Parameters
    ----------
    scenario, trials, seed, threads, progress
        What to simulate; and the trials, seed, threads and progress bar of each run, as `simulate`
        takes them.
    finish : date, datetime64 or str, optional
        The date to keep: a finish after this day, or none, is late; left out, the last announced
        finish. Or a criterion to keep: ``"finish_days of phase second <= 2026-12-31"``.
    most : float or str, optional
        The ceiling: more of the `measure` than this breaks it; left out, there is none. Or a
        criterion to keep: ``"casualties of site erbil <= 100"``.
    measure : str
        A measure, such as ``"casualties"`` or ``"killed of site erbil"``.
    kinds : iterable of {"site", "phase", "gate", "contingent", "threat", "risk", "rule"}
        The kinds of pieces to take out. Without a *site* nobody attacks it, and attacks on the
        others keep their rates; without a *phase* its execution takes as long as announced;
        without a *gate* it opens as soon as it can be worked on; without a *contingent* that one
        does not leave on its own account; a *threat* attacks nobody; a *risk* does not happen; a
        *rule* does not act.

    Returns
    -------
    Criticality
        The runs, and what each piece is to blame for.

    Raises
    ------
    ScenarioError
        If the scenario has problems, or cannot do without a piece.
    Interrupted
        On Ctrl-C; its `partial` maps names to the runs that there are by then.
    ValueError
        If there is no such kind or measure, nothing to take out, or no phase and no `finish`.
    """
    scenario = scenario_of(scenario)
    asked = Criterion.to_simulate(measure)
    found = of_kinds(pieces(scenario), list(kinds))
    if not found:
        raise ValueError("there is no piece of these kinds that could be taken out")
    due = kept_date(_last_announced(scenario) if finish is None else finish)
    ceiling = None if most is None else kept_most(most, measure)
    asked = asked if ceiling is None else ceiling.quantity
    variants = {AS_WRITTEN: scenario}
    variants |= {named(p.kind, p.id): scenario.replace(p.changes) for p in found}
    runs = run_all(variants, Settings.of(trials, seed, threads, progress))
    return Criticality(runs, found, due, ceiling, asked)


class Criticality(Result):
    """How often each piece of a scenario is to blame; `criticality` makes one.

    Attributes
    ----------
    runs : dict of str to Run
        ``"as written"``, and without each piece under its name, such as ``"gate approval"``.
    due : Criterion
        What is late where it is not kept.
    ceiling : Criterion or None
        What is broken where it is not kept.
    measure : str
        The measure that the ceiling is about.
    """

    runs: Own[dict[str, Run]] = Own()

    _TITLE = "critical-title"
    _GAP = ""

    def __init__(
        self,
        runs: Mapping[str, Run],
        found: list[Piece],
        due: Criterion,
        ceiling: Criterion | None,
        asked: Criterion,
    ) -> None:
        self.runs = dict(runs)
        self.due, self.ceiling = due, ceiling
        self.measure = str(asked)
        self._asked = asked
        self._pieces = found

    @property
    def finish(self) -> float | date | None:
        """Later than this is late."""
        return self.due.level

    @property
    def most(self) -> float | date | None:
        """More than this breaks the ceiling; None if there is none."""
        return None if self.ceiling is None else self.ceiling.level

    def table(self) -> pd.DataFrame:
        """Tabulate what each piece is to blame for, and what taking it out would buy.

        Returns
        -------
        DataFrame
            Indexed by ``kind`` and ``id``. ``late`` is the number of late trials to which it is
            critical and ``late_index`` their share of all late trials, with an exact 95 %
            interval (``_low``, ``_high``; Clopper & Pearson 1934); ``late_without`` the number
            of trials that are late only without it. With a ceiling the same for ``above``.
            ``on_path`` is the share of late trials that finish in which a phase or gate is on the
            longest path to the last finish. ``days`` is by how many days the last finish comes
            sooner without it, over trials that finish both ways, and ``fewer`` how much less of
            the measure there is, each a paired mean with its 95 % interval.
        """
        written = self.runs[AS_WRITTEN]
        path = on_path(written)
        late = self._late(written)
        finish = Criterion("finish_days")
        ended = late & ~np.isnan(finish.recorded(written))
        rows = {}
        for piece in self._pieces:
            without = self.runs[named(piece.kind, piece.id)]
            row = _blame("late", late, self._late(without))
            if self.ceiling is not None:
                row |= _blame("above", self._above(written), self._above(without))
            on = path.get((piece.kind, piece.id))
            row["on_path"] = math.nan if on is None or not ended.any() else on[ended].mean()
            for name, of in (("days", finish), ("fewer", self._asked)):
                about = estimate(of.recorded(written) - of.recorded(without))
                row |= {name: about["mean"], f"{name}_low": about["low"]}
                row[f"{name}_high"] = about["high"]
            rows[piece.kind, piece.id] = row
        return pd.DataFrame(
            list(rows.values()), pd.MultiIndex.from_tuples(rows, names=["kind", "id"])
        )

    @property
    def late(self) -> int:
        """The number of trials that are late as written."""
        return int(self._late(self.runs[AS_WRITTEN]).sum())

    @property
    def above(self) -> int | None:
        """The number of trials above the ceiling as written; None if there is none."""
        return None if self.ceiling is None else int(self._above(self.runs[AS_WRITTEN]).sum())

    @property
    def lateness(self) -> str:
        """What being late is, in words."""
        late = self.due.otherwise
        whole = late.measure == "finish_days" and late.by is None
        return late.when if whole and isinstance(late.level, date) else late.words()

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the criticality indices with their intervals: of late, and of costly trials.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on: one, or two with a ceiling.
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

    def _late(self, run: Run) -> Flags:
        return self.due.otherwise.holds(run)

    def _above(self, run: Run) -> Flags:
        assert self.ceiling is not None
        return self.ceiling.otherwise.holds(run)

    def _tables(self) -> list[Table]:
        frame = self.table()
        limits = [say("table-low"), say("table-high")]
        header = [self._in_percent("critical-late"), *limits]
        names = ["late_index", "late_index_low", "late_index_high"]
        if self._breaks:
            header += [self._in_percent(self._breaks), *limits]
            names += ["above_index", "above_index_low", "above_index_high"]
        header += [self._in_percent("critical-path")]
        ends = []
        for name, called in self._gains().items():
            header += [say(f"critical-{called}"), *limits]
            ends += [name, f"{name}_low", f"{name}_high"]
        rows = []
        for row in (
            frame.sort_values("late_index", ascending=False).reset_index().to_dict("records")
        ):
            shares = [_percent(row[name]) for name in [*names, "on_path"]]
            means = [_plain(row[name]) for name in ends]
            rows.append([say(f"part-{row['kind']}", id=row["id"]), *shares, *means])
        return [Table(say("critical-without"), header, rows)]

    @property
    def notes(self) -> str:
        """What is late and what above the ceiling, and how to read the table."""
        trials = self.runs[AS_WRITTEN].trials
        text = say("critical-is-late", lateness=self.lateness, late=self.late, trials=trials)
        shares = [self._in_percent("critical-late")]
        if self._breaks and self.ceiling is not None:
            broken = {"breaks": say(self._breaks), "ceiling": self.ceiling.otherwise.words()}
            text = say("critical-is-above", text=text, above=int(self.above or 0), **broken)
            shares += [self._in_percent(self._breaks)]
        gains = [self._gain(called) for called in self._gains().values()]
        notes = say("critical-notes", text=text, shares=listed(shares), gains=parted(gains))
        return f"{notes}\n"

    def _gain(self, called: str) -> str:
        """What is gained without a piece, and what it is called."""
        about = {"name": say(f"critical-{called}")}
        if called != "days":
            about["measure"] = self._asked.words()
        return say(f"critical-gain-{called}", **about)

    def _in_percent(self, key: str) -> str:
        return say("critical-share-of", what=say(key))

    @property
    def _breaks(self) -> str:
        """The message of breaking the ceiling; none if there is none but that of being late."""
        if self.ceiling is None or self.ceiling == self.due:
            return ""
        return "critical-later" if self._asked.measure in MOMENTS else "critical-above"

    def _gains(self) -> dict[str, str]:
        """What a piece costs that the scenario has: days, and of the measure; what it is called."""
        moment = self._asked.measure in MOMENTS
        about = {"days": "finish_days", "fewer": self._asked.measure}
        if self._asked == Criterion("finish_days"):
            del about["fewer"]
        called = {"days": "days", "fewer": "sooner" if moment else "fewer"}
        return {
            name: called[name] for name, of in about.items() if spoken([of], *self.runs.values())
        }

    @property
    def _brief(self) -> str:
        return f"{self.origin_line}, of {counted(len(self._pieces), 'piece')}"


def _blame(name: str, as_written: Flags, without: Flags) -> dict[str, float]:
    bad, mended = int(as_written.sum()), int((as_written & ~without).sum())
    row: dict[str, float] = {name: mended, f"{name}_index": math.nan}
    row |= {f"{name}_index_low": math.nan, f"{name}_index_high": math.nan}
    if bad:
        about = of_trials(~without[as_written])
        row[f"{name}_index"] = about.share
        row |= {f"{name}_index_low": about.low, f"{name}_index_high": about.high}
    row[f"{name}_without"] = int((without & ~as_written).sum())
    return row


def _last_announced(scenario: Any) -> date:
    phases = scenario.to_dict()["plan"].get("phases", {})
    if not phases:
        raise ValueError("the plan has no phase, so give the `finish` that it is late after")
    return max(date.fromisoformat(phase["announced_finish"]) for phase in phases.values())


def _percent(share: float) -> str:
    return NONE if math.isnan(share) else localised(f"{100 * share:.1f}")


def _plain(value: float) -> str:
    """A tenth is as fine as days and people need."""
    return NONE if math.isnan(value) else localised(f"{round(value, 1) + 0.0:,.1f}")
