"""Risk per person and per site while the garrisons shrink: when and where it is worst."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import number, whole
from .._internal.days import calendar
from .._internal.tables import Frame, Table
from ..languages.speech import say
from ..runs.base import horizon
from ..runs.dataset import storable
from ..runs.result import Result
from ..runs.run import Run
from ..scenario.relevance import has

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

    from .._core import _Events

Array = NDArray[np.float64]

# What each kind of event adds to the people on its site.
_COMING = _core.people_changes()
# The kinds of event that each measure counts.
_COUNTED = {
    "attacks": ("attack", "attack_intercepted"),
    "wounded": ("wounded",),
    "killed": ("killed",),
    "casualties": ("wounded", "killed"),
}
# The place of all sites together among the sites, and what one unit of the risk per person is.
ALL = "all sites"
_PER = 1_000 * 365
_RESAMPLES = 1_000
_SHARES = (0.025, 0.975)


def risk_over_time(
    run: Run,
    measure: str = "casualties",
    *,
    every_days: float | None = None,
    trials: int = 1_000,
    least_people: float = 20,
) -> RiskOverTime:
    """Follow the risk to a person, and to a site, over time as the garrisons shrink.

    The events of some trials are simulated once more and counted in stretches of time, and so
    are the days that people spend on each site. Intervals come from drawing histories (or samples
    of the world, if histories share them) again with replacement: the bootstrap.

    Parameters
    ----------
    run : Run
        The run to follow; its first trials are taken.
    measure : {"casualties", "wounded", "killed", "attacks"}
        What to count.
    every_days : float, optional
        The length of a stretch of time, in days: 91, or all the days of a shorter scenario, if left
        out. Short ones show more and are noisier.
    trials : int
        How many of the run's trials to take, or all if there are fewer.
    least_people : float
        The least people: stretches with fewer on a site, on average, say nothing of risk to a
        person there.

    Returns
    -------
    RiskOverTime
        The series, and where they are highest.

    Raises
    ------
    ValueError
        If there is no such measure, the scenario has no threats, a number is out of range, or
        trials cannot be replayed.
    """
    if not isinstance(run, Run):
        raise TypeError(
            f"`risk_over_time` follows a run, not a {type(run).__name__}: give it what `simulate` "
            f"returns"
        )
    if measure not in _COUNTED:
        raise ValueError(f"`measure` is one of {', '.join(_COUNTED)}, not {measure!r}")
    if not has(run.scenario, measure):
        raise ValueError(
            "the scenario has no threats, so that there is no risk to follow: give `world.threats`"
        )
    length = horizon(run)
    if every_days is None:
        every_days = min(91, length)
    if not 1 <= number("every_days", every_days) <= length:
        raise ValueError(f"`every_days` must be from 1 to {length:g}, not {every_days}")
    trials = whole("trials", trials, 2, 2**63 - 1)
    # What is left at the end goes to the last stretch, unless it is most of one.
    stretches = max(round(length / every_days), 1)
    edges = np.append(every_days * np.arange(stretches, dtype=float), length)
    count = min(trials, run.trials)
    harm, days = _counted(run, measure, edges, count)
    if run.samples:
        each = run.samples.each
        of_whole_samples = max(count // each, 1) * min(each, count)
        harm, days = (
            table[:of_whole_samples].reshape(-1, min(each, count), *table.shape[1:]).mean(axis=1)
            for table in (harm, days)
        )
    return RiskOverTime(run, measure, edges, count, _resampled(harm, days, run.seed), least_people)


class RiskOverTime(Result):
    """Risk over time by site; `risk_over_time` makes one.

    Attributes
    ----------
    run : Run
        What was counted.
    measure : str
        What of it.
    """

    def __init__(
        self,
        run: Run,
        measure: str,
        edges: Array,
        trials: int,
        found: tuple[Array, Array],
        least_people: float,
    ) -> None:
        self.run = run
        self.measure = measure
        self._edges = edges
        self._trials = trials
        # Per history; the first entry is the estimate, the others are resampled ones.
        self._harm, self._days = found
        self._least = least_people

    @property
    def sites(self) -> list[str]:
        """The sites, and all of them together."""
        return [*self.run.ids("site"), ALL]

    def dataset(self) -> xr.Dataset:
        """Give the series as a labelled dataset.

        Returns
        -------
        xarray.Dataset
            Over ``site`` (``"all sites"`` too) and ``time`` (where a stretch begins):
            ``per_person``, the measure for 1,000 people there for a year, missing where there are
            too few; ``per_day``, the measure on the site in a day; ``people``, how many are
            there on average. ``..._low`` and ``..._high`` are 95 % bootstrap intervals, for one
            stretch at a time.
        """
        import xarray as xr

        data = {
            name: (("site", "time"), values, {"units": unit})
            for name, (values, unit) in self._series().items()
        }
        origin = {**self.run.origin, "trials_counted": self._trials}
        return storable(xr.Dataset(data, {"site": self.sites, "time": self._dates}, origin))

    def worst(self) -> pd.DataFrame:
        """Find when each site is most dangerous, and where the most dangerous place is.

        Returns
        -------
        DataFrame
            Indexed by ``risk`` (``per_person`` in 1,000 people and year, ``per_day``) and
            ``site``. ``time`` is the beginning of the worst stretch, ``earliest`` and ``latest``
            hold it in 95 of 100 resamples; ``value`` is the risk there with its 95 % interval
            (``low``, ``high``), which does not make up for the highest of noisy values being a
            little too high; ``times_mean`` is how many times the site's own risk over all of the
            time that is (``per_person``: of the stretches with people enough); ``chance_worst`` is
            the share of resamples in which no other site was as bad at any time. A site that
            nothing befalls has no row.
        """
        rows = {}
        dates = self._dates
        lengths = np.diff(self._edges)
        # Of the stretches that are looked at: a worst one cannot be below their mean.
        harm, days = (np.where(self._few, 0, table[0]) for table in (self._harm, self._days))
        with np.errstate(invalid="ignore", divide="ignore"):
            over_all = {
                "per_person": _PER * harm.sum(axis=1) / days.sum(axis=1),
                "per_day": self._harm[0].sum(axis=1) / self._edges[-1],
            }
        for name, values in {
            "per_person": self._per_person(),
            "per_day": self._harm / lengths,
        }.items():
            # Missing where a resample has nobody there.
            low, high = _quantiles(values[1:])
            values = np.nan_to_num(values, nan=-1.0)
            peaks, places = values.max(axis=2), values.argmax(axis=2)
            # All sites together are no place.
            where = peaks[1:, :-1].argmax(axis=1)
            for k, site in enumerate(self.sites):
                place, value = places[0, k], peaks[0, k]
                if value <= 0:
                    continue
                ends = np.quantile(places[1:, k], _SHARES, method="inverted_cdf").astype(int)
                rows[name, site] = {
                    "time": dates[place],
                    "earliest": dates[ends[0]],
                    "latest": dates[ends[1]],
                    "value": value,
                    "low": low[k, place],
                    "high": high[k, place],
                    "times_mean": value / over_all[name][k],
                    "chance_worst": np.nan if site == ALL else (where == k).mean(),
                }
        index = pd.MultiIndex.from_tuples(rows, names=["risk", "site"])
        return pd.DataFrame(list(rows.values()), index)

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw the risk to a person over time on each site, with the people who are left.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each site and one for all of them.
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
            If there are not as many axes.
        """
        return self._drawn(axes, figsize, title)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Where and when risk is highest, as `worst` gives it."""
        return {"worst": self.worst()}

    @property
    def notes(self) -> str:
        """What the columns are, and in which units."""
        days = float(np.diff(self._edges).max())
        return (
            f"value: {self.measure} per 1,000 people there and year (per_person), or on the site\n"
            f"in a day (per_day), in the worst stretch of some {days:.0f} days; low, high: its\n"
            "95 % interval (bootstrap); time: the day on which that stretch begins; earliest,\n"
            "latest: 95 of 100 resamples have it between; times_mean: how many times the site's\n"
            "own mean;\n"
            "chance_worst: the share of resamples in which no other site was ever as bad\n"
        )

    @property
    def title(self) -> str:
        """What the result is about, as a heading."""
        return say("risk-title")

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        return f"{self.run.origin_line} · {say('risk-events', trials=self._trials)}"

    @property
    def _first(self) -> Run:
        return self.run

    @property
    def _brief(self) -> str:
        return f"{self.measure}: {self.origin_line}"

    def _tables(self) -> list[Frame]:
        worst = self.worst()
        return [Frame(worst, "{:.3g}", Table.of("risk, site", worst))]

    @property
    def _dates(self) -> NDArray[np.datetime64]:
        """When each stretch begins."""
        return calendar(self.run.scenario.start, self._edges[:-1])

    def _series(self) -> dict[str, tuple[Array, str]]:
        """Values by site and stretch, with their unit, of each variable of `dataset`."""
        lengths = np.diff(self._edges)
        all_of = {
            "per_person": (self._per_person(), f"{self.measure} per 1,000 people and year"),
            "per_day": (self._harm / lengths, f"{self.measure} per day"),
            "people": (self._days / lengths, "people"),
        }
        found: dict[str, tuple[Array, str]] = {}
        for name, (values, unit) in all_of.items():
            found[name] = (values[0], unit)
            if name != "people":
                low, high = _quantiles(values[1:])
                found |= {f"{name}_low": (low, unit), f"{name}_high": (high, unit)}
        return found

    def _per_person(self) -> Array:
        """For 1,000 people and a year; missing where there are too few."""
        with np.errstate(invalid="ignore", divide="ignore"):
            rate = _PER * self._harm / self._days
        found: Array = np.where(self._few, np.nan, rate)
        return found

    @property
    def _few(self) -> NDArray[np.bool_]:
        """Where there are too few people to speak of one of them."""
        few: NDArray[np.bool_] = self._days[0] < self._least * np.diff(self._edges)
        return few


def _counted(run: Run, measure: str, edges: Array, trials: int) -> tuple[Array, Array]:
    """The measure and person-days, by trial, site (all of them last) and stretch."""
    sites = run.ids("site")
    shape = (trials, len(sites), len(edges) - 1)
    harm, days = np.zeros(shape), np.zeros(shape)
    garrison: Any = run.scenario.to_dict()["world"]["sites"]
    for k, site in enumerate(sites):
        # On a leg, which is no site, nobody is at the start.
        people = sum((garrison.get(site, {}).get("garrison") or {}).values())
        days[:, k] = people * np.diff(edges)
    for batch in run.events(range(trials))._log:
        _count(batch, measure, edges, harm, days)
    return tuple(  # type: ignore[return-value]
        np.concatenate([table, table.sum(axis=1, keepdims=True)], axis=1) for table in (harm, days)
    )


def _count(batch: _Events, measure: str, edges: Array, harm: Array, days: Array) -> None:
    """Add the events of whole trials."""
    columns: Any = batch
    kinds, names = columns["kind"]
    trial: Any = columns["trial"].astype(int)
    at = columns["time_days"]
    count = columns["count"].astype(float)
    site, to = columns["site"][0], columns["to"][0]
    stretch = np.clip(np.searchsorted(edges, at, side="right") - 1, 0, len(edges) - 2)
    hit = np.isin(kinds, [names.index(kind) for kind in _COUNTED[measure]])
    np.add.at(harm, (trial[hit], site[hit], stretch[hit]), count[hit])
    for kind, sign in _COMING.items():
        moved = kinds == names.index(kind)
        _change(days, edges, trial[moved], site[moved], at[moved], sign * count[moved])
    arrived = np.isin(kinds, [names.index("lift"), names.index("arrival")]) & (to >= 0)
    _change(days, edges, trial[arrived], to[arrived], at[arrived], count[arrived])


def _change(days: Array, edges: Array, trial: Any, site: Any, at: Array, people: Array) -> None:
    """So many people more from a moment on: in what is left of each stretch."""
    left = np.clip(edges[1:] - at[:, np.newaxis], 0, np.diff(edges))
    np.add.at(days, (trial, site), people[:, np.newaxis] * left)


def _resampled(harm: Array, days: Array, seed: int) -> tuple[Array, Array]:
    """Means over units as they are, then over units drawn again with replacement."""
    units = len(harm)
    generator = np.random.default_rng(seed)
    again = generator.multinomial(units, np.full(units, 1 / units), size=_RESAMPLES)
    weights = np.concatenate([np.ones((1, units)), again]) / units
    return np.tensordot(weights, harm, 1), np.tensordot(weights, days, 1)


def _quantiles(values: Array) -> Array:
    low_high: Array = np.quantile(values, _SHARES, axis=0)
    return low_high
