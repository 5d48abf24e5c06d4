"""The reference class: how long withdrawals of the past have taken, of what was announced."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._internal.days import day
from .._internal.own import Own
from .._internal.tables import Table
from ..languages.speech import say
from .duration_laws import Array, DurationLaw, kept, kept_or_missed, lognormal, usual
from .ensembles import refuse
from .observed_tables import hint
from .records import records
from .unbound import Unbound

_DATES = ("begins", "announced", "actual")
_SHOWN = ["announced", "actual", "slip_days", "ratio", "kept"]
_SHARES = np.array([0.1, 0.5, 0.9])
_SURE = 0.95
# By name, how each law is made of the ratios that are known.
_FITS: dict[str, Callable[[Array], DurationLaw]] = {
    "kept or missed": kept_or_missed,
    "lognormal": lambda ratios: lognormal(ratios).law(),
    "usual": lambda ratios: usual(),
}


def reference_class(
    cases: pd.DataFrame | None = None, *, without: str | Iterable[str] = ()
) -> ReferenceClass:
    """Say how long withdrawals of the past took, of what was announced, and make laws of it.

    The outside view (Kahneman & Lovallo 1993, Management Science 39:17; Flyvbjerg 2006, Project
    Management Journal 37:5): before anything is known of a plan, others of its kind tell how
    sure dates are.

    Parameters
    ----------
    cases : DataFrame, optional
        Withdrawals, each a row named by the index, with the dates ``begins``, ``announced`` and
        ``actual``. Left out: the eight that ship with the library, `records` has them as
        ``"withdrawal_durations"``.
    without : str or iterable of str
        Withdrawals to leave out, such as the one that is to be forecast.

    Returns
    -------
    ReferenceClass
        The ratios, laws for `duration_ratio`, and what each law is worth at withdrawals that it
        was not made of.

    Raises
    ------
    ValueError
        If there are fewer than two withdrawals, a date is missing or is not after ``begins``, or
        one to leave out is not there.
    """
    known = _shipped() if cases is None else _given(cases)
    left = [without] if isinstance(without, str) else list(without)
    refuse(
        [
            f"`without`: there is no withdrawal {name!r}: {hint(str(name), list(known.index))}"
            for name in left
            if name not in known.index
        ]
    )
    found = known.drop(index=left)
    if len(found) < 2:
        raise ValueError(f"`cases` has {len(found)} withdrawals; give two or more")
    return ReferenceClass(found)


class ReferenceClass(Unbound):
    """How long withdrawals of the past took, of what was announced; `reference_class` makes one.

    Attributes
    ----------
    cases : DataFrame
        Indexed by ``withdrawal``: ``begins``, ``announced``, ``actual``, the ``ratio`` of the
        actual duration to the announced one, ``slip_days``, whether the date was ``kept`` (to
        within 5 % of the duration), and what else the table says.
    laws : dict of str to dict
        Laws as a scenario takes them for `duration_ratio`: ``"kept or missed"``, ``"lognormal"``,
        and ``"usual"``, the library's own where nothing is said.
    """

    cases: Own[pd.DataFrame] = Own()
    laws: Own[dict[str, Any]] = Own()

    _TITLE = "reference-title"

    def __init__(self, cases: pd.DataFrame) -> None:
        self.cases = cases
        self._ratios: Array = cases["ratio"].to_numpy(float)
        self._laws = {name: fit(self._ratios) for name, fit in _FITS.items()}
        self.laws = {name: law.law() for name, law in self._laws.items()}

    @property
    def origin_line(self) -> str:
        """What it is made of, in one line."""
        missed = int((~self.cases["kept"]).sum())
        return say("reference-origin", withdrawals=str(len(self.cases)), missed=str(missed))

    @property
    def notes(self) -> str:
        """How to read the tables."""
        return say("reference-notes")

    def table(self) -> pd.DataFrame:
        """Tabulate the laws, and what they are worth at withdrawals that they were not made of.

        Returns
        -------
        DataFrame
            Indexed by ``law``: ``p10``, ``p50`` and ``p90`` of the ratio of the next withdrawal;
            mean ``log_score`` and ``crps``, each withdrawal left out in turn.
        """
        mean = self.scores().groupby(level="law")[["log_score", "crps"]].mean()
        quantiles = {name: law.quantiles(_SHARES) for name, law in self._laws.items()}
        table = pd.DataFrame.from_dict(quantiles, orient="index", columns=["p10", "p50", "p90"])
        return table.rename_axis("law").join(mean)

    def scores(self) -> pd.DataFrame:
        """Tabulate what each law, made of all others, said of each withdrawal.

        Returns
        -------
        DataFrame
            Indexed by ``withdrawal`` and ``law``: the ``ratio`` that came; ``p10``, ``p50`` and
            ``p90``; ``pit``, the chance of less than came; ``log_score`` and ``crps``.
        """
        rows = {}
        for place, (name, ratio) in enumerate(self.cases["ratio"].items()):
            others = np.delete(self._ratios, place)
            for called, fit in _FITS.items():
                law = fit(others)
                quantiles = dict(zip(("p10", "p50", "p90"), law.quantiles(_SHARES), strict=True))
                rows[name, called] = {
                    "ratio": ratio,
                    **quantiles,
                    **law.scored(float(ratio))._asdict(),
                }
        found = pd.DataFrame.from_dict(rows, orient="index")
        found.index = pd.MultiIndex.from_tuples(rows, names=["withdrawal", "law"])
        return found

    def parameters(self) -> pd.DataFrame:
        """Tabulate what is fitted, with its 95 % interval.

        Returns
        -------
        DataFrame
            Indexed by ``parameter``: ``median`` of the lognormal and ``kept_share``, the share of
            dates that are kept; ``value``, ``low`` and ``high``.
        """
        from scipy import stats

        fit = lognormal(self._ratios)
        half = float(stats.t.ppf(0.5 + _SURE / 2, fit.freedom)) * fit.error
        held, count = int(kept(self._ratios).sum()), len(self._ratios)
        share = stats.beta(held + 1, count - held + 1)
        low, high = share.interval(_SURE)
        rows = {
            "median": [math.exp(fit.mean), math.exp(fit.mean - half), math.exp(fit.mean + half)],
            "kept_share": [float(share.mean()), float(low), float(high)],
        }
        columns = ["value", "low", "high"]
        table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
        return table.rename_axis("parameter")

    def tables(self) -> dict[str, pd.DataFrame]:
        """Give every table that the result shows, with all digits.

        Returns
        -------
        dict of str to DataFrame
            By the name of the method or attribute that gives the table alone and describes it.
        """
        return {"cases": self.cases, "table": self.table(), "parameters": self.parameters()}

    def _tables(self) -> Sequence[Table]:
        """The tables as they are shown: of cases what a line has room for."""
        found = self.tables() | {"cases": self.cases[_SHOWN]}
        return [Table.of(name, frame) for name, frame in found.items()]


def _shipped() -> pd.DataFrame:
    return _given(records("withdrawal_durations").set_index("withdrawal"))


def _given(cases: pd.DataFrame) -> pd.DataFrame:
    """The withdrawals with durations, whatever else the table has."""
    if not isinstance(cases, pd.DataFrame):
        raise TypeError(f"`cases` is a DataFrame with a row for each withdrawal, not {cases!r}")
    refuse([f"`cases` has no column {name!r}" for name in _DATES if name not in cases])
    refuse(["`cases` has a name twice; give each withdrawal its own"] * (not cases.index.is_unique))
    found = cases.drop(columns=["ratio", "slip_days", "kept"], errors="ignore")
    found = found.rename_axis("withdrawal")
    for column in _DATES:
        found[column] = pd.to_datetime(
            [day(f"cases.loc[{name!r}, {column!r}]", at) for name, at in cases[column].items()]
        )
    announced = (found["announced"] - found["begins"]).dt.days
    actual = (found["actual"] - found["begins"]).dt.days
    refuse(
        [
            f"`cases`, {name}: `announced` and `actual` are after `begins`"
            for name in found.index[(announced <= 0) | (actual <= 0)]
        ]
    )
    ratio = np.array(actual / announced, np.float64)
    return found.assign(slip_days=actual - announced, ratio=ratio, kept=kept(ratio))
