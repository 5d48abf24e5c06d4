"""The risk register: what each risk does to dates and losses, before and after mitigation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.days import calendar
from .._internal.own import Own
from .._internal.progress import Progress
from .._internal.tables import NONE, Table, short
from ..languages.figures import localised
from ..languages.speech import say
from ..runs.base import horizon
from ..runs.batches import run_all
from ..runs.criterion import Criterion
from ..runs.outcomes import at_horizon, outcomes, unit, worlds
from ..runs.result import Result
from ..runs.run import Run
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of
from ..runs.wording import heading, with_unit
from ..scenario.paths import dotted
from ..scenario.scenario import Scenario
from ..stats.intervals import difference
from ..stats.means import estimate
from .driver_analysis import driven
from .explanation import AS_WRITTEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
UNMITIGATED = "no mitigation"
NO_RISKS = "no risks"
_QUANTILES = (0.1, 0.5, 0.8, 0.9)
_DATED = "finish_days"


def risk_register(
    scenario: Given,
    measures: Sequence[str] | None = None,
    *,
    confidence: float = 0.8,
    trials: int = 4_000,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> RiskRegister:
    """Measure what each risk does to dates and losses, before and after mitigation.

    The scenario is simulated as written; without any risk; without mitigation, if there is any;
    without each risk in turn (what it takes away is its *run-out*) and with each risk alone (what
    it adds to none is its *run-in*); and with each mitigation the other way round. All that is
    under common random numbers: a risk happens in the same trials wherever it can.

    Parameters
    ----------
    scenario, trials, seed, threads, progress
        What to simulate; and the trials, seed, threads and progress bar of each run (two to a
        risk, one to a mitigation, and three), as `simulate` takes them.
    measures : sequence of str, optional
        What to follow, as `drivers` takes it: expected values such as ``"casualties"``, or chances
        such as ``"finish_days > 2026-12-31"``; left out, the finish and casualties as far as there
        are any. Risks are ranked by the first.
    confidence : float
        The quantile that is followed beside the mean, between 0 and 1: .8 for P80.

    Returns
    -------
    RiskRegister
        The runs, and what each risk and each mitigation does.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    Interrupted
        On Ctrl-C; its `partial` maps names to the runs that there are by then.
    ValueError
        If there is no risk or no such measure, or `confidence` is out of range.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"`confidence` is between 0 and 1, not {confidence}")
    scenario = scenario_of(scenario)
    tree: Any = scenario.to_dict()
    risks = tree["world"].get("risks", {})
    if not risks:
        raise ValueError("the scenario has no risks: give `world.risks`")
    if measures is None:
        measures = [of for of in driven(None, scenario) if of != "cost"]
    measures = driven(measures, scenario)
    runs = run_all(_variants(scenario, tree), Settings.of(trials, seed, threads, progress))
    return RiskRegister(runs, list(measures), confidence)


def _variants(scenario: Scenario, tree: Any) -> dict[str, Scenario]:
    """By name: the scenario as written, and with risks and mitigations in and out."""
    risks = {risk: dotted("world.risks", risk) for risk in tree["world"]["risks"]}
    never = {f"{path}.probability": 0 for path in risks.values()}
    taken = {
        f"{dotted('plan.mitigations', name)}.taken": about.get("taken", True)
        for name, about in tree["plan"].get("mitigations", {}).items()
    }
    found = {AS_WRITTEN: scenario, NO_RISKS: scenario.replace(never)}
    if any(taken.values()):
        found[UNMITIGATED] = scenario.replace(dict.fromkeys(taken, False))
    for risk, path in zip(risks, never, strict=True):
        found[f"without {risk}"] = scenario.replace({path: 0})
        others = {other: 0 for other in never if other != path}
        found[f"only {risk}"] = scenario.replace(others) if others else scenario
    for name, path in zip(tree["plan"].get("mitigations", {}), taken, strict=True):
        found[f"{name} the other way"] = scenario.replace({path: not taken[path]})
    return found


class RiskRegister(Result):
    """What each risk does, before and after mitigation; `risk_register` makes one.

    A finish that is not reached counts as reached at the horizon.

    Attributes
    ----------
    runs : dict of str to Run
        ``"as written"``, ``"no risks"`` and ``"no mitigation"``; for each risk ``"without ..."``
        and ``"only ..."``, and for each mitigation ``"... the other way"``.
    measures : list of str
        What was asked for.
    confidence : float
        The quantile that is followed beside the mean.
    """

    runs: Own[dict[str, Run]] = Own()
    measures: Own[list[str]] = Own()

    _TITLE = "register-title"

    def __init__(self, runs: Mapping[str, Run], measures: list[str], confidence: float) -> None:
        self.runs = dict(runs)
        self.measures = measures
        self.confidence = confidence

    def table(self) -> pd.DataFrame:
        """Tabulate what each risk does as things are planned, with the mitigations that are taken.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` and ``risk``; of each measure the risk of the largest run-out
            first. ``before`` and ``after`` are the shares of trials in which the risk happens,
            before mitigation and after. ``run_out`` is what it does beside the others: the measure
            as written less that without the risk, a paired mean with its 95 % interval
            (``run_out_low``, ``run_out_high``); ``run_in`` what it does alone: the measure with
            this risk only less that with none, likewise. ``quantile_out`` is by how much the
            quantile of `confidence` falls without the risk.
        """
        rows: dict[tuple[str, str], dict[str, float]] = {}
        for measure in self.measures:
            of_measure = {}
            for risk in self.risks:
                out = self._apart(measure, AS_WRITTEN, f"without {risk}")
                alone = self._apart(measure, f"only {risk}", NO_RISKS)
                of_measure[measure, risk] = {
                    "before": self._happens(risk, UNMITIGATED),
                    "after": self._happens(risk, AS_WRITTEN),
                    **_named("run_out", out),
                    **_named("run_in", alone),
                    "quantile_out": self._quantile(measure, AS_WRITTEN)
                    - self._quantile(measure, f"without {risk}"),
                }
            rows |= dict(sorted(of_measure.items(), key=lambda row: -row[1]["run_out"]))
        index = pd.MultiIndex.from_tuples(rows, names=["measure", "risk"])
        return pd.DataFrame(list(rows.values()), index)

    def mitigations(self) -> pd.DataFrame:
        """Tabulate what each mitigation does beside the others.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` and ``mitigation``. ``taken`` says whether it is, as written;
            ``change`` is the measure with it less that without it, a paired mean with its 95 %
            interval (``change_low``, ``change_high``); ``quantile_change`` the same of the quantile
            of `confidence`; ``cost`` what it costs on average, in the unit of ``world.costs``.
            Empty without mitigations.
        """
        rows = {}
        for measure in self.measures:
            for name, taken in self._taken.items():
                ways = (AS_WRITTEN, f"{name} the other way")
                with_it, without = ways if taken else ways[::-1]
                bought = self._quantile(measure, with_it) - self._quantile(measure, without)
                rows[measure, name] = {
                    "taken": taken,
                    **_named("change", self._apart(measure, with_it, without)),
                    "quantile_change": bought,
                    "cost": self._cost(name, with_it),
                }
        index = pd.MultiIndex.from_tuples(rows, names=["measure", "mitigation"])
        return pd.DataFrame(list(rows.values()), index)

    def before_and_after(self) -> pd.DataFrame:
        """Tabulate the measures without mitigation, as written, and without any risk.

        Returns
        -------
        DataFrame
            Indexed by ``measure`` and ``case``: ``no mitigation`` (where there is any), ``as
            written`` and ``no risks``. ``mean`` with its 95 % interval (``low``, ``high``), and the
            quantiles ``P10``, ``P50``, ``P80`` and ``P90``; of chances, the mean alone.
        """
        rows = {}
        for measure in self.measures:
            for case in self._cases:
                values = outcomes(self.runs[case], measure)
                about = estimate(values.ravel(), values.shape[1])
                quantiles = {
                    f"P{100 * level:g}": self._quantile(measure, case, level)
                    for level in _QUANTILES
                }
                kept = {name: about[name] for name in ("mean", "low", "high")}
                rows[measure, case] = kept | quantiles
        index = pd.MultiIndex.from_tuples(rows, names=["measure", "case"])
        return pd.DataFrame(list(rows.values()), index)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give every table that the result shows, with all digits."""
        found = {"before_and_after": self.before_and_after(), "table": self.table()}
        return found | ({"mitigations": self.mitigations()} if self._taken else {})

    @property
    def risks(self) -> list[str]:
        """The ids of the risks."""
        return self.runs[AS_WRITTEN].ids("risk")

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw what each risk does beside the others and alone, a panel for each measure.

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

    @property
    def names(self) -> dict[str, str]:
        """The titles of the risks by id, or the ids where there is none."""
        tree: Any = self.scenario.to_dict()
        return {risk: tree["world"]["risks"][risk].get("title") or risk for risk in self.risks}

    @property
    def _cases(self) -> list[str]:
        return [case for case in (UNMITIGATED, AS_WRITTEN, NO_RISKS) if case in self.runs]

    @property
    def _taken(self) -> dict[str, bool]:
        """By mitigation: whether it is taken as written."""
        tree: Any = self.scenario.to_dict()
        written = tree["plan"].get("mitigations", {})
        return {name: about.get("taken", True) for name, about in written.items()}

    def _happens(self, risk: str, case: str) -> float:
        run = self.runs.get(case, self.runs[AS_WRITTEN])
        return float(outcomes(run, f"happened of risk {risk}").mean())

    def _apart(self, measure: str, more: str, less: str) -> dict[str, float]:
        """The paired difference of two runs in a measure."""
        apart = (outcomes(self.runs[more], measure) - outcomes(self.runs[less], measure)).ravel()
        return difference(apart) if Criterion.parse(measure).sign else estimate(apart)

    def _quantile(self, measure: str, case: str, level: float | None = None) -> float:
        """A quantile of a measure; a chance has none, nor has what is not reached in as many."""
        asked = Criterion.parse(measure)
        if asked.sign:
            return np.nan
        values = np.sort(asked.ordered(self.runs[case]))
        place = math.ceil((self.confidence if level is None else level) * (len(values) - 1))
        return float(values[place]) if np.isfinite(values[place]) else math.nan

    def _cost(self, name: str, with_it: str) -> float:
        """What a mitigation costs on average, by itself."""
        tree: Any = self.scenario.to_dict()
        written = tree["plan"]["mitigations"][name].get("cost", 0)
        if isinstance(written, int | float):
            return float(written)
        path = dotted(dotted("plan.mitigations", name), "cost")
        return float(worlds(self.runs[with_it])[path].mean())

    def _tables(self) -> list[Table]:
        p = f"P{100 * self.confidence:g}"
        ends = (say("table-low"), say("table-high"))
        found = [self._dated(measure) for measure in self.measures]
        risks = self.table()
        share = {name: risks[name].map(_share) for name in ("before", "after")}
        columns = ["before", "after", *_with_ends("run_out"), "quantile_out", "run_in"]
        header = [say("register-before"), say("register-after"), say("register-run-out"), *ends]
        header += [say("register-quantile-out", quantile=p), say("register-run-in")]
        found += self._of_each("register-risk", risks.assign(**share)[columns], header)
        if self._taken:
            done = self.mitigations()
            taken = done["taken"].map({True: say("answer-yes"), False: say("answer-no")})
            columns = ["taken", *_with_ends("change"), "quantile_change", "cost"]
            header = [say("register-taken"), say("register-change"), *ends]
            header += [say("register-quantile-change", quantile=p), say("register-cost")]
            found += self._of_each("register-mitigation", done.assign(taken=taken)[columns], header)
        return found

    def _dated(self, measure: str) -> Table:
        """Before and after of a measure; of the finish, by dates."""
        about, dated = self.before_and_after().loc[measure], measure == _DATED
        rows = [
            [
                say(f"register-case-{str(case).replace(' ', '-')}"),
                *(self._shown(value, dated) for value in row),
            ]
            for case, row in zip(about.index, about.to_numpy(), strict=True)
        ]
        title = with_unit(measure, unit(self.runs[AS_WRITTEN], measure))
        if dated:
            title = say("of-measure", measure=heading(measure), unit=say("register-dates"))
        known = {"mean": "table-mean", "low": "table-low", "high": "table-high"}
        header = [say(known[name]) if name in known else name for name in map(str, about.columns)]
        return Table(title, header, rows)

    def _of_each(self, key: str, frame: pd.DataFrame, header: list[str]) -> list[Table]:
        """A table for each measure, with three digits that count."""
        found = []
        for measure in self.measures:
            about = frame.loc[measure]
            rows = [
                [str(name), *(cell if isinstance(cell, str) else short(cell) for cell in row)]
                for name, row in zip(about.index, about.to_numpy(), strict=True)
            ]
            what = with_unit(measure, unit(self.runs[AS_WRITTEN], measure))
            found.append(Table(say(key, measure=what), header, rows))
        return found

    def _shown(self, value: float, dated: bool) -> str:
        if not dated:
            return short(value)
        if np.isnan(value) or value >= horizon(self.runs[AS_WRITTEN]):
            return NONE
        start = self.scenario.start
        return str(np.datetime_as_string(calendar(start, value), unit="D"))

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return at_horizon(say("register-notes"), self.runs, self.measures)

    @property
    def _brief(self) -> str:
        return f"{len(self.risks)} risks, {', '.join(self.measures)}; {self.origin_line}"


def _share(value: float) -> str:
    return localised(f"{value:.0%}")


def _with_ends(name: str) -> list[str]:
    return [name, f"{name}_low", f"{name}_high"]


def _named(name: str, about: dict[str, float]) -> dict[str, float]:
    return dict(zip(_with_ends(name), (about["mean"], about["low"], about["high"]), strict=True))
