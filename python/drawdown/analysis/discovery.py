"""The worlds in which a plan fails: boxes, what they hold, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.own import Own
from .._internal.tables import Prose, Shown, Table, counted, number
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.result import Result
from ..runs.run import Run
from ..scenario.paths import shortest
from ..scenario.sources import sources_of
from ..stats import prim
from ..stats.intervals import of_groups
from .failing import Failing
from .statements import Truth

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A box that chance finds as good on held-out worlds so often is none.
_CONFIRMED = 0.05


class Found(NamedTuple):
    """A box, the peeling that led to it, and the worlds it was found in and held against."""

    box: prim.Box
    number: int
    trajectory: pd.DataFrame
    quasi_p: dict[str, float]
    inputs: pd.DataFrame
    fails: prim.Mask
    held_inputs: pd.DataFrame
    held_fails: prim.Mask
    held_samples: NDArray[np.int64]


class Discovery(Result):
    """Worlds in which a plan fails; `scenario_discovery` makes one.

    Attributes
    ----------
    inputs : DataFrame
        The values of the ranges, a row for each world.
    truth : Truth
        In which worlds the plan fails (``holds``), and for which their histories do not tell
        (``open``: the limit lies within the 95 % interval of the mean).
    held_out : ndarray of bool
        The worlds that boxes were not found in.
    found : list of Found
        The boxes.
    """

    inputs: Own[pd.DataFrame] = Own()
    truth: Own[Truth] = Own()
    held_out: Own[prim.Mask] = Own()
    found: Own[list[Found]] = Own()
    names: Own[dict[str, str]] = Own()

    _TITLE = "failing-title"

    def __init__(
        self,
        inputs: pd.DataFrame,
        truth: Truth,
        held_out: prim.Mask,
        found: list[Found],
        fails: Failing,
        runs: list[Run],
    ) -> None:
        self.inputs = inputs
        self.truth = truth
        self.held_out = held_out
        self.found = found
        self._fails = fails
        self._runs = runs
        self.names = shortest(inputs.columns)

    @property
    def fails(self) -> str:
        """What failing is, in words."""
        return self._fails.words

    @property
    def share(self) -> float:
        """The share of worlds in which the plan fails."""
        return float(self.truth.holds.mean())

    def table(self) -> pd.DataFrame:
        """Tabulate the limits of each box.

        Returns
        -------
        DataFrame
            Indexed by ``box`` (from 1) and ``range``. ``low`` and ``high`` are the least and the
            greatest value in the box, missing where that end is free; ``levels`` those of a
            categorical column; ``share`` is the part of what is believed of the range that meets
            the limits; ``quasi_p`` how often chance would make the limit as good on the worlds that
            it was found in, for which it was chosen; ``source`` that which the scenario gives of
            the range, missing where it gives none or runs that are pooled have different ones.
        """
        rows = {}
        for k, one in enumerate(self.found, 1):
            for name, limit in one.box.limits.items():
                rows[k, name] = {
                    "low": _end(limit.low),
                    "high": _end(limit.high),
                    "levels": ", ".join(sorted(map(str, limit.levels or ()))),
                    "share": float(limit.holds(self.inputs[name]).mean()),
                    "quasi_p": one.quasi_p[name],
                }
        columns = ["low", "high", "levels", "share", "quasi_p"]
        index = pd.MultiIndex.from_tuples(rows, names=["box", "range"])
        found = pd.DataFrame(list(rows.values()), index, columns)
        scenarios = [run.scenario for run in self._runs]
        return found.assign(source=sources_of(scenarios, (name for _, name in rows)))

    def about(self) -> pd.DataFrame:
        """Tabulate what each box holds: coverage, density and mass.

        Returns
        -------
        DataFrame
            Indexed by ``box``. ``density`` (the share of the box that fails), ``coverage`` (the
            share of failures that are in it) and ``mass`` (its share of worlds), where it was
            found. On the worlds held out: ``held_out_density`` with its exact 95 % interval
            (``..._low``, ``..._high``), ``held_out_coverage``, ``elsewhere`` (the share that fails
            outside), and ``p``, how often as many worlds drawn blindly would fail as often as those
            in the box; ``confirmed`` is whether that is below 0.05.
        """
        rows = {k: holdings(one) for k, one in enumerate(self.found, 1)}
        return pd.DataFrame(rows).T.infer_objects().rename_axis("box")

    def trajectory(self, box: int = 1) -> pd.DataFrame:
        """Trace the peeling that led to a box: coverage, density, mass and limits by step.

        Raises
        ------
        ValueError
            If there is no such box.
        """
        if not 1 <= box <= len(self.found):
            raise ValueError(f"there is no box {box}; there are {len(self.found)}")
        return self.found[box - 1].trajectory.copy()

    @property
    def words(self) -> str:
        """The answer in sentences."""
        unclear = self.truth.open.mean()
        about = {
            "fails": self.fails,
            "failed": str(int(self.truth.holds.sum())),
            "worlds": str(len(self.inputs)),
        }
        text = say("failing-found", **about)
        if unclear:
            text = say("failing-unclear", unclear=_percent(unclear), **about)
        if self.share in (0, 1):
            return text
        if not self.found:
            return f"{text} {say('failing-no-box')}"
        return "\n".join([text, *(self._box_words(k) for k in range(1, len(self.found) + 1))])

    def where(self, box: int = 1) -> str:
        """Say the limits of a box in words.

        Raises
        ------
        ValueError
            If there is no such box.
        """
        self.trajectory(box)
        limits = self.found[box - 1].box.limits
        return say("list-and").join(
            self._limit_words(name, limit) for name, limit in limits.items()
        )

    def _box_words(self, k: int) -> str:
        row = holdings(self.found[k - 1])
        density, low, high = (
            _percent(row[f"held_out_density{end}"]) for end in ("", "_low", "_high")
        )
        held = int(self.found[k - 1].box.holds(self.found[k - 1].held_inputs).sum())
        there = say(
            "failing-there",
            where=self.where(k),
            density=density,
            low=low,
            high=high,
            held=str(held),
            coverage=_percent(row["held_out_coverage"]),
            elsewhere=_percent(row["elsewhere"]),
        )
        if row["confirmed"]:
            return say("failing-box", box=str(k), there=there)
        return say("failing-rejected", there=there, chance=_percent(row["p"]))

    @property
    def confirmed(self) -> list[int]:
        """The numbers of the boxes that hold on worlds that they were not found in."""
        return [k for k, one in enumerate(self.found, 1) if holdings(one)["confirmed"]]

    def called(self, box: int) -> str:
        """Say what a box is called: ``"box 1"``, or ``"rejected 1"`` if it is not confirmed."""
        key = "failing-called-box" if box in self.confirmed else "failing-called-rejected"
        return say(key, box=str(box))

    @property
    def notes(self) -> str:
        """What a world is, where chance is not averaged out of it."""
        return say("failing-one-trial") + "\n" if self._runs[0]._each == 1 else ""

    def _limit_words(self, name: str, limit: prim.Limit) -> str:
        about = {"name": self.names[name]}
        if limit.levels is not None:
            levels = say("list-or").join(sorted(map(str, limit.levels)))
            return say("failing-is", levels=levels, **about)
        about["share"] = _percent(limit.holds(self.inputs[name]).mean())
        low, high = number(_end(limit.low)), number(_end(limit.high))
        if math.isinf(limit.high):
            return say("failing-at-least", low=low, **about)
        if math.isinf(limit.low):
            return say("failing-at-most", high=high, **about)
        return say("failing-between", low=low, high=high, **about)

    def plot(
        self,
        axes: Sequence[Axes] | None = None,
        box: int = 1,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the peeling, and the limits of the box within what is believed: two panels.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The two axes to draw on; left out, those of a new figure.
        box : int
            The number of the box, from 1.
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
            If there is no such box, or there are not two axes.
        """
        self.trajectory(box)
        return self._drawn(axes, figsize, title, box)

    @property
    def _first(self) -> Run:
        return self._runs[0]

    def tables(self) -> dict[str, pd.DataFrame]:
        """The limits of the boxes, as `table` gives them, and what they hold, as `about` does."""
        return {"table": self.table(), "about": self.about()}

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        lines = [run.origin_line for run in self._runs[:1]]
        if len(self._runs) > 1:
            lines.append(say("failing-runs", runs=str(len(self._runs))))
        return " · ".join(lines)

    def _tables(self) -> list[Shown]:
        return [Prose(self.words.split("\n")), *self._limits()]

    def _limits(self) -> list[Table]:
        """The limits of the boxes, if there are any."""
        if not self.found:
            return []
        rows = []
        table = self.table()
        for (box, name), row in zip(table.index, table.to_dict("records"), strict=True):
            ends = (
                [row["levels"], ""]
                if row["levels"]
                else [number(row[end]) for end in ("low", "high")]
            )
            rows.append(
                [
                    say("failing-limit", box=self.called(box), name=self.names[name]),
                    *ends,
                    localised(f"{row['share']:.2f}"),
                    localised(f"{row['quasi_p']:.2g}"),
                ]
            )
        header = [say("table-low"), say("table-high"), say("failing-of-samples"), "quasi-p"]
        return [Table(say("failing-range"), header, rows)]

    @property
    def _brief(self) -> str:
        boxes = counted(len(self.confirmed), "box", "boxes")
        return f"{self.fails}: {boxes}; {self.origin_line}"


def holdings(one: Found) -> dict[str, Any]:
    """What a box holds where it was found, and where it was not."""
    from scipy.special import betainc

    inside = one.box.holds(one.inputs)
    held = one.box.holds(one.held_inputs)
    hits, count = int((held & one.held_fails).sum()), int(held.sum())
    base = float(one.held_fails.mean()) if len(held) else math.nan
    row = {
        "density": one.fails[inside].mean(),
        "coverage": (inside & one.fails).sum() / one.fails.sum(),
        "mass": inside.mean(),
        "held_out_density": hits / count if count else math.nan,
        "held_out_density_low": 0.0,
        "held_out_density_high": 1.0,
        "held_out_coverage": hits / one.held_fails.sum() if one.held_fails.any() else math.nan,
        "elsewhere": one.held_fails[~held].mean() if (~held).any() else math.nan,
        "p": 1.0,
    }
    if count:
        # Worlds of several cases that share a sample are not independent.
        about = of_groups(one.held_fails[held], one.held_samples[held])
        row |= {"held_out_density_low": about.low, "held_out_density_high": about.high}
        if hits:
            # The upper tail of the binomial law, for counts that need not be whole.
            fewer = about.worth * (1 - about.share) + 1
            row["p"] = float(betainc(about.worth * about.share, fewer, base))
    return {**row, "confirmed": row["p"] < _CONFIRMED}


def _end(value: float) -> float:
    return value if math.isfinite(value) else math.nan


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else localised(f"{100 * share:z.0f} %")
