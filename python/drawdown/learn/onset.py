"""Whether a campaign begins: the chance that a month exceeds a level, apart from by how much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.checks import number
from .._internal.own import Own
from .._internal.tables import NONE, Table
from ..languages.figures import localised
from ..languages.speech import said_or, say
from ..stats import blocks, intervals
from . import rules
from .scores import Made, apart, in_order, indexed, most_at_a_time
from .series import months_of
from .unbound import Unbound

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .ensembles import Array, Ensembles

# Alarms: by how many days ahead, the months that are.
_ALARMS = {30: 1, 90: 3}
_BINS = np.array([0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0])
_RESAMPLES = 2_000
_ENDS = (0.025, 0.975)


class Onset(Unbound):
    """How well it is forecast whether months exceed a level; `Backtest.onset` makes one.

    Attributes
    ----------
    each : DataFrame
        A row for each forecast: ``question`` (``"above"``: whether the month itself is above the
        level; ``"onset within 30 days"``, ``"onset within 90 days"``: whether any of the next one
        or three months is, from origins in a month that is not), ``forecast``, ``horizon``,
        ``origin``, ``from``, ``to``, the ``chance`` given, whether it ``happened``, and
        ``share_before``, the chance by the share of months above the level up to the origin.
    level : float
        The level: a month is above it if it has more.
    """

    each: Own[pd.DataFrame] = Own()

    _TITLE = "onset-title"

    def __init__(self, each: pd.DataFrame, level: float, measure: str, about: Made) -> None:
        self.each = each
        self.level = level
        self._measure = measure
        self._about = about

    @property
    def origin_line(self) -> str:
        """What was forecast, in one line."""
        measure = said_or(f"measure-{self._measure}", self._measure)
        asked = say("onset-origin", level=localised(f"{self.level:g}"), measure=measure)
        return f"{asked} · {self._about.line}"

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return say("onset-notes")

    def table(self) -> pd.DataFrame:
        """Tabulate how good the chances were.

        Returns
        -------
        DataFrame
            Indexed by ``question``, ``horizon`` and ``forecast``: the ``windows`` and how many do
            not overlap (``windows_apart``), in how many it ``happened``, the mean ``chance``,
            the ``brier`` score and its ``skill`` against the share of past months, with its 95 %
            interval ``low`` to ``high``; missing where it never happened and nobody said so.
        """
        rows = {}
        keys = ["question", "horizon", "forecast"]
        for at, group in self.each.groupby(keys, sort=False):
            group = group.sort_values("from")
            happened = group["happened"].to_numpy(bool)
            mine = rules.brier(happened, group["chance"].to_numpy(float))
            past = rules.brier(happened, group["share_before"].to_numpy(float))
            skill, low, high = _skill(mine, past, most_at_a_time(group))
            rows[at] = {
                "windows": len(group),
                "windows_apart": apart(group),
                "happened": int(happened.sum()),
                "chance": float(group["chance"].mean()),
                "brier": float(mine.mean()),
                "skill": skill,
                "low": low,
                "high": high,
            }
        return in_order(indexed(rows, keys))

    def reliability(self) -> pd.DataFrame:
        """Tabulate how often it happened where a chance was given.

        Returns
        -------
        DataFrame
            Indexed by ``question``, ``horizon``, ``forecast`` and ``bin`` (the lower end of the
            chances given, up to the next; those that nobody gave are left out): the mean
            ``chance``, the ``share`` in which it happened with its exact 95 % interval (``low``,
            ``high``, too narrow where windows overlap), and the ``windows``.
        """
        parts = {}
        keys = ["question", "horizon", "forecast"]
        for at, group in self.each.groupby(keys, sort=False):
            chance = group["chance"].to_numpy(float)
            place = np.clip(np.searchsorted(_BINS, chance, side="right") - 1, 0, len(_BINS) - 2)
            by_bin = group.groupby(_BINS[place])
            found = by_bin.agg(chance=("chance", "mean"), share=("happened", "mean"))
            hits, windows = by_bin["happened"].sum().to_numpy(float), by_bin.size().to_numpy()
            low, high = intervals.exact(hits, windows)
            parts[at] = found.assign(low=low, high=high, windows=windows)
        return in_order(pd.concat(parts, names=[*keys, "bin"]))

    def tables(self) -> dict[str, pd.DataFrame]:
        """What is shown: the `table`, and the `reliability` of the chances given."""
        return {"table": self.table(), "reliability": self.reliability()}

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw how often it happened against the chance given: a panel for each question.

        Of months above the level those of the shortest horizon are drawn.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each question.
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
        table = self.table()
        shown = table.drop(columns=["low", "high"]).rename(columns={"windows_apart": "apart"})
        shown["low to high"] = [
            NONE
            if np.isnan(low)
            else say("onset-interval", low=localised(f"{low:+.2f}"), high=localised(f"{high:+.2f}"))
            for low, high in table[["low", "high"]].to_numpy(float)
        ]
        return [Table.of("table", shown)]


def onset(
    ensembles: Ensembles,
    came: pd.DataFrame,
    series: pd.Series[float],
    level: float,
    measure: str,
    about: Made,
) -> Onset:
    """What forecasts of months and of the largest of some say of a level, and what came."""
    level = number("level", level)
    known = series.dropna().to_numpy()
    above = known > level
    if not above.any() or above.all():
        raise ValueError(
            f"`level`: {'every' if above.all() else 'no'} month has more than {level:g} "
            f"{measure} (from {known.min():g} to {known.max():g}); give a level that parts them"
        )
    found = ensembles.about.merge(came, on=["target", "over", "from", "to"], how="left")
    found["chance"] = [float((values > level).mean()) for values in ensembles.values]
    found = found[found["observed"].notna()]
    found["happened"] = found["observed"] > level
    states = _states(series, level).reindex(found["origin"])
    found["share_before"], now = states["share"].to_numpy(), states["above"].to_numpy()
    parts = [found[found["over"] == "month"].assign(question="above")]
    for days, months in _ALARMS.items():
        alarm = (found["over"] == "largest") & (found["horizon"] == months) & (now == 0)
        mine = found[alarm].assign(question=f"onset within {days} days")
        # The share of past months is that of one month: of several, that any of them is.
        mine["share_before"] = 1 - (1 - mine["share_before"]) ** months
        parts.append(mine)
    columns = ["question", "forecast", "horizon", "origin", "from", "to"]
    each = pd.concat(parts, ignore_index=True)
    return Onset(each[[*columns, "chance", "happened", "share_before"]], level, measure, about)


def _states(series: pd.Series[float], level: float) -> pd.DataFrame:
    """By the last day of each month: whether it is above, and the share of months up to it."""
    above = (series > level).astype(float).where(series.notna())
    ends = months_of(series).to_timestamp(how="end").floor("D").as_unit("s")
    share = above.expanding().mean()
    found = pd.DataFrame({"above": above.to_numpy(), "share": share.to_numpy()}, ends)
    return found


def _skill(mine: Array, past: Array, least: int) -> tuple[float, float, float]:
    """The skill of one against the other, and its interval."""
    if not past.mean():
        return np.nan, np.nan, np.nan
    ratio = mine.mean() / past.mean()
    block = blocks.length(mine - ratio * past, least)
    places = blocks.places(len(mine), block, _RESAMPLES, np.random.default_rng(0))
    first, second = mine[places].mean(axis=1), past[places].mean(axis=1)
    again = 1 - first / np.where(second > 0, second, np.nan)
    low, high = np.nanquantile(again, _ENDS)
    return float(1 - ratio), float(low), float(high)
