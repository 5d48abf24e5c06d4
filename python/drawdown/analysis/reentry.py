"""Going back in: how surely and when, by what is left behind."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.checks import named, several
from .._internal.own import Own
from .._internal.progress import Progress
from .._internal.tables import NONE, Table, counted
from ..languages.catalogue import ENGLISH
from ..languages.figures import localised
from ..languages.speech import say, speaking
from ..runs.base import horizon
from ..runs.batches import run_all
from ..runs.criterion import Criterion
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..scenario.paths import dotted
from ..stats.intervals import difference
from ..stats.means import estimate
from .explanation import AS_WRITTEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes


Array = NDArray[np.float64]
# Quantiles of the time until people go back in.
_QUANTILES = (0.1, 0.25, 0.5)
# The least share of histories still watched that a curve is drawn from.
_WATCHED = 0.1


def reentry(
    scenario: Given,
    cases: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    residual: Mapping[tuple[str, str], Iterable[int]] | None = None,
    retain: Iterable[str] = (),
    host_growth: Iterable[float] = (),
    trials: int = 4_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Reentry:
    """Measure how surely people go back in, and when, by what is left behind.

    The scenario is simulated as written and once for each case, one thing changed at a time, under
    common random numbers. All of it is conditional on the hazard of going back in that the scenario
    gives, which rests on one historical case.

    Parameters
    ----------
    scenario, trials, seed, threads, progress
        What to simulate; and the trials, seed, threads and progress bar of each run, as `simulate`
        takes them.
    cases : mapping, optional
        Cases to compare with the scenario as written: from names to changes, as `Scenario.replace`
        takes them.
    residual : mapping, optional
        People to leave behind, a case for each number: from a site and contingent, ``("baghdad",
        "us")``, to numbers of people to leave behind: the last move of that contingent from there
        leaves so many, earlier ones no fewer. Moves that take a number of people stay as they are.
    retain : iterable of str
        Sites to keep: a case for each, in which nobody is moved from it.
    host_growth : iterable of float
        By how much the host's capability grows in a year, with advisers and without.

    Returns
    -------
    Reentry
        The runs, and what each case changes.

    Raises
    ------
    ScenarioError
        If the scenario has problems in one of the cases.
    Interrupted
        On Ctrl-C; its `partial` maps names to the runs that there are by then.
    ValueError
        If there is no way back in, no such move, or a case stands twice.
    """
    scenario = scenario_of(scenario)
    tree: Any = scenario.to_dict()
    rules = tree["plan"].get("rules", {}).values()
    if "reentry" not in tree["world"] and not any("go_back_in" in rule["then"] for rule in rules):
        raise ValueError("nobody goes back in: give `world.reentry`, or a rule that goes back in")
    said: dict[str, _Case] = {}
    changes = list(named("cases", cases or {}, '{"fewer stay": {path: value}}').items())
    for (site, contingent), numbers in (residual or {}).items():
        for people in several("residual", numbers, "[100, 200]"):
            about = {"people": str(people), "contingent": contingent, "site": site}
            case = _Case("reentry-stay", about)
            changes.append((case.english, _left(tree, site, contingent, people)))
            said[case.english] = case
    for site in several("retain", retain, '["baghdad"]'):
        case = _Case("reentry-kept", {"site": site})
        changes.append((case.english, _kept(tree, site)))
        said[case.english] = case
    both = ("growth_per_year", "growth_with_advisers_per_year")
    for growth in several("host_growth", host_growth, "[0, 0.1]"):
        gains = {f"world.host.capability.{key}": growth for key in both}
        case = _Case("reentry-growth", {"growth": f"{growth:g}"})
        changes.append((case.english, gains))
        said[case.english] = case
    found = {AS_WRITTEN: scenario}
    for name, change in changes:
        if name in found:
            raise ValueError(f"the case `{name}` stands twice")
        found[name] = scenario.replace(change)
    return Reentry(run_all(found, Settings.of(trials, seed, threads, progress)), said)


class _Case(NamedTuple):
    """A case that the library names, by a message."""

    key: str
    values: dict[str, str]

    @property
    def english(self) -> str:
        """Its name among the runs."""
        with speaking(ENGLISH.code):
            return say(self.key, **self.values)


class Reentry(Result):
    """How surely and when people go back in; `reentry` makes one.

    Time counts from the end of the last phase. Trials whose last phase is not done are never at
    risk; the horizon ends the others' watch.

    Attributes
    ----------
    runs : dict of str to Run
        ``"as written"``, and each case.
    """

    runs: Own[dict[str, Run]] = Own()

    _TITLE = "reentry-title"
    _GAP = ""
    _NOTES = "reentry-notes"

    def __init__(self, runs: Mapping[str, Run], said: Mapping[str, _Case] | None = None) -> None:
        self.runs = dict(runs)
        self._said = dict(said or {})

    def table(self) -> pd.DataFrame:
        """Tabulate how surely and when people go back in, and what each case changes.

        Returns
        -------
        DataFrame
            Indexed by ``case``. ``chance`` is the share of all trials in which people go back in
            before the horizon, with its exact 95 % interval (``low``, ``high``); ``difference``
            that to the scenario as written, trial by trial, with its 95 % interval
            (``difference_low``, ``difference_high``); ``done`` the share of trials in which the
            last phase is done. ``p10``, ``p25`` and ``p50`` are the days after which people have
            gone back in that share of histories, by the survival curve: missing where it does not
            come so far.
        """
        again, done = Criterion("reentry"), Criterion("finish_days").held("<", math.inf)
        base = again.values(self.runs[AS_WRITTEN])
        rows = {}
        for name, run in self.runs.items():
            back = again.values(run)
            chance = again.held(">", 0).chance(run)
            # That it does not differ from itself is known.
            about = (estimate if name == AS_WRITTEN else difference)(back - base)
            curve = self.survival.loc[[name]] if name in self._watched else None
            rows[name] = {
                "chance": chance.share,
                "low": chance.low,
                "high": chance.high,
                "difference": about["mean"],
                "difference_low": about["low"],
                "difference_high": about["high"],
                "done": done.chance(run).share,
                **{f"p{100 * q:.0f}": _reached(curve, q) for q in _QUANTILES},
            }
        return pd.DataFrame(rows).T.rename_axis("case")

    @property
    def survival(self) -> pd.DataFrame:
        """The share of histories in which people have not gone back in, over time.

        The product-limit estimate (Kaplan & Meier 1958), since the horizon comes sooner after a
        later end. A curve ends where fewer than a tenth of the histories are still watched. Indexed
        by ``case``; columns are ``days`` since the end of the last phase,
        ``share`` and its 95 % interval at each time (``low``, ``high``). Cases in which the last
        phase is never done are left out.
        """
        return self._survival.copy()

    @cached_property
    def _survival(self) -> pd.DataFrame:
        from scipy.stats import CensoredData, ecdf

        parts = []
        for name, (days, back) in self._watched.items():
            curve = ecdf(CensoredData(days[back], right=days[~back])).sf
            ends = [curve.probabilities] * 2
            if back.any():
                with warnings.catch_warnings():
                    # Where the curve has come to 0 there is none, and it is missing.
                    warnings.simplefilter("ignore", RuntimeWarning)
                    about = curve.confidence_interval(0.95, method="log-log")
                ends = [about.low.probabilities, about.high.probabilities]
            # Fewer than these tell of themselves and not of the case.
            gone = np.searchsorted(np.sort(days), curve.quantiles)
            enough = len(days) - gone >= _WATCHED * len(days)
            found: dict[str, Any] = {"case": name, "days": np.append(0, curve.quantiles[enough])}
            for key, values in zip(
                ("share", "low", "high"), (curve.probabilities, *ends), strict=True
            ):
                found[key] = np.append(1, values[enough])
            parts.append(pd.DataFrame(found))
        columns = ["case", "days", "share", "low", "high"]
        return (pd.concat(parts) if parts else pd.DataFrame(columns=columns)).set_index("case")

    @cached_property
    def _watched(self) -> dict[str, tuple[Array, NDArray[np.bool_]]]:
        """For each case how long its trials are watched, and in which people go back in."""
        found = {}
        for name, run in self.runs.items():
            done = Criterion("finish_days").recorded(run)
            back = Criterion("reentry_days").recorded(run)
            # The horizon ends the watch of those who have not gone back by then.
            days = np.where(np.isnan(back), horizon(run), back) - done
            there = ~np.isnan(done)
            if there.any():
                found[name] = (days[there], ~np.isnan(back[there]))
        return found

    def plot(
        self,
        ax: Axes | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> Axes:
        """Draw the share of trials in which people have gone back in, over time, by case.

        Parameters
        ----------
        ax : Axes, optional
            The axes to draw on; left out, those of a new figure.
        figsize : (float, float), optional
            Width and height of a new figure, in inches.
        title : str, optional
            What stands above the figure, in place of its usual title.

        Returns
        -------
        Axes
            The axes drawn on.
        """
        return self._drawn_on_one(ax, figsize, title)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The `table`, and the curves of the figure, as `survival` gives them."""
        return {"table": self.table(), "survival": self.survival}

    def _tables(self) -> list[Table]:
        limits = [say("table-low"), say("table-high")]
        header = [say("reentry-column-chance"), *limits, say("reentry-column-change"), *limits]
        header += [say("reentry-column-days", quantile=f"P{100 * q:.0f}") for q in _QUANTILES]
        shares = ["chance", "low", "high", "difference", "difference_low", "difference_high"]
        rows = []
        for row in self.table().reset_index().to_dict("records"):
            cells = [localised(f"{100 * row[name]:.1f}") for name in shares]
            cells += [_days(row[name]) for name in ("p10", "p25", "p50")]
            rows.append([self.called(row["case"]), *cells])
        return [Table(self.title, header, rows)]

    def called(self, case: str) -> str:
        """Say what a case is called: a case of the caller's, as it was named."""
        if case == AS_WRITTEN:
            return say("as-written")
        said = self._said.get(case)
        return say(said.key, **said.values) if said else case

    @property
    def _brief(self) -> str:
        return f"{self.origin_line}, {counted(len(self.runs), 'case')}"


def _left(tree: Any, site: str, contingent: str, people: int) -> dict[str, Any]:
    """Changes that leave so many behind."""
    found = [
        (dotted(f"{dotted('plan.phases', phase)}.moves", move), about)
        for phase, of in sorted(
            tree["plan"].get("phases", {}).items(), key=lambda pair: pair[1]["announced_finish"]
        )
        for move, about in of["moves"].items()
        if (about["site"], about["contingent"]) == (site, contingent) and "people" not in about
    ]
    if not found:
        raise ValueError(f"no move takes all of {contingent} from {site}, or all but a residual")
    last = found.pop()[0]
    earlier = {
        f"{path}.residual": max(about["residual"], people)
        for path, about in found
        if "residual" in about
    }
    return {**earlier, f"{last}.residual": people}


def _kept(tree: Any, site: str) -> dict[str, Any]:
    moves = {
        dotted(f"{dotted('plan.phases', phase)}.moves", move): None
        for phase, of in tree["plan"].get("phases", {}).items()
        for move, about in of["moves"].items()
        if about["site"] == site
    }
    if not moves:
        raise ValueError(f"the plan moves nobody from `{site}`")
    begun = tree.get("now", {}).get("phases", {})
    gone = {
        dotted(f"{dotted('now.phases', phase)}.moved", move): None
        for phase, of in begun.items()
        for move in of.get("moved", {})
        if dotted(f"{dotted('plan.phases', phase)}.moves", move) in moves
    }
    return moves | gone


def _reached(curve: pd.DataFrame | None, share: float) -> float:
    """When so large a share has gone back; missing if it never has."""
    if curve is None:
        return math.nan
    gone = curve["days"][curve["share"] <= 1 - share]
    return float(gone.iloc[0]) if len(gone) else math.nan


def _days(days: float) -> str:
    return NONE if math.isnan(days) else localised(f"{days:,.0f}")
