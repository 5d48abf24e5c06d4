"""What is believed about the ranges of a scenario once observations have been taken in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.own import Own
from ..runs.result import Result
from ..runs.samples import laws_of
from ..scenario.scenario import Scenario

Array = NDArray[np.float64]

# Samples that differ by less than this share of their size are one number.
_LEAST_SPREAD = 1e-12


class Posterior(Result):
    """Samples of the ranges of a scenario, given what was observed; `fit` makes one.

    Attributes
    ----------
    prior : Scenario
        What was believed before: the scenario whose ranges were fitted.
    samples : DataFrame
        A row for each ``sample`` and a column for each fitted range, by dotted path, as
        `sample_inputs` gives them: ``simulate(prior, samples=posterior.samples)`` runs them. All
        count alike.
    method : str
        How the samples were made, in a few words.
    origin : dict
        Where they come from: hashes of scenario and data, the seed, the version.
    """

    samples: Own[pd.DataFrame] = Own()
    _measured: Own[pd.DataFrame] = Own()
    origin: Own[dict[str, Any]] = Own()

    _TITLE = "The scenario's ranges, fitted"

    def __init__(
        self,
        scenario: Scenario,
        samples: pd.DataFrame,
        diagnostics: pd.DataFrame,
        method: str,
        origin: Mapping[str, Any],
    ) -> None:
        self.prior = scenario
        self.samples = samples
        self._measured = diagnostics
        self.method = method
        self.origin = dict(origin)

    def table(self) -> pd.DataFrame:
        """Set each range's prior beside its posterior.

        Returns
        -------
        DataFrame
            Indexed by ``range``, the dotted path: mean, standard deviation, ``p10``, ``p50`` and
            ``p90``, those of the prior with ``prior_`` before their names; ``contraction``, the
            share of the prior's variance that the data have taken away (below 0.1 the prior
            decides, and the data say next to nothing); then the diagnostics.
        """
        samples, laws = self.samples, laws_of(self.prior)
        rows = {}
        for path in samples.columns:
            values, prior = samples[path].to_numpy(float), _quantiles(laws[path], _EVEN)
            spread, before = float(values.std(ddof=1)), float(prior.std())
            rows[path] = {
                "mean": values.mean(),
                "sd": spread,
                **dict(zip(_NAMES, np.quantile(values, _SHARES), strict=True)),
                "prior_mean": prior.mean(),
                "prior_sd": before,
                **dict(
                    zip(
                        (f"prior_{k}" for k in _NAMES), _quantiles(laws[path], _SHARES), strict=True
                    )
                ),
                "contraction": 1 - (spread / before) ** 2 if before > 0 else np.nan,
            }
        table = pd.DataFrame.from_dict(rows, orient="index")
        table.index.name = "range"
        return table.join(self.diagnostics())

    def diagnostics(self) -> pd.DataFrame:
        """Say how well each range was sampled.

        Returns
        -------
        DataFrame
            Indexed by ``range``, the dotted path, with what the method measures.
        """
        return self._measured

    def scenario(self) -> Scenario:  # type: ignore[override]
        """Write the posterior into the scenario: each range becomes a law fitted to its samples.

        A law keeps its family where it is lognormal, normal, gamma or beta, and is a truncated
        normal between the same ends where the prior has ends, with the mean and the variance of
        the samples (a lognormal: of their logarithms). Lists of numbers and mixtures become lists
        of 200 quantiles. Each range stands for itself: what the samples say of pairs of ranges is
        lost, and `samples` keeps it.

        Returns
        -------
        Scenario
            The same scenario with other ranges.
        """
        laws, samples = laws_of(self.prior), self.samples
        return self.prior.replace(
            {path: matched(laws[path], samples[path].to_numpy(float)) for path in samples.columns}
        )

    @property
    def _of(self) -> Scenario:
        return self.prior

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        origin = self.origin
        parts = [
            self.prior.title or "Untitled",
            self.method,
            f"{len(self.samples):,} samples",
            *(f"{key} {origin[key]}" for key in ("seed",) if key in origin),
            f"drawdown {origin.get('version', _core.__version__)}",
            f"scenario {self.prior.hash[:12]}",
        ]
        return " · ".join(parts)


_NAMES, _SHARES = ("p10", "p50", "p90"), np.array([0.1, 0.5, 0.9])
# Even points, for the moments of a prior.
_EVEN = (np.arange(4_000) + 0.5) / 4_000


def _quantiles(law: Any, shares: Array) -> Array:
    return np.array(_core.law_quantiles(json.dumps(law), list(shares)), dtype=float)


def matched(prior: Any, values: Array) -> Any:
    """A law as the scenario language writes it, with the moments of `values`.

    Of the family of the `prior` where that has a closed form, and never beyond its ends.
    """
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    family = next(iter(prior))
    if sd <= _LEAST_SPREAD * max(abs(mean), _LEAST_SPREAD):
        return mean
    low, high = _quantiles(prior, np.array([0.0, 1.0]))
    if family in ("mixture", "empirical"):
        shares = (np.arange(200) + 0.5) / 200
        return {"empirical": [float(x) for x in np.quantile(values, shares)]}
    if family == "lognormal" or (low == 0 and np.isinf(high) and family != "gamma"):
        logs = np.log(values)
        return {
            "lognormal": {"median": float(np.exp(logs.mean())), "sigma": float(logs.std(ddof=1))}
        }
    if family == "gamma":
        return {"gamma": {"shape": (mean / sd) ** 2, "mean": mean}}
    if family == "beta":
        size = mean * (1 - mean) / sd**2 - 1
        return {"beta": [mean * size, (1 - mean) * size]}
    if np.isinf(low) or np.isinf(high):
        return {"normal": {"mean": mean, "sd": sd}}
    return {"truncated_normal": _truncated(mean, sd, float(low), float(high))}


def _truncated(mean: float, sd: float, low: float, high: float) -> dict[str, float]:
    """The normal law that has these moments once it is cut off at two ends, or the nearest."""
    from scipy.optimize import least_squares
    from scipy.stats import truncnorm

    width = high - low

    def off(parameters: Array) -> Array:
        centre, spread = low + width * parameters[0], width * np.exp(parameters[1])
        cut = truncnorm((low - centre) / spread, (high - centre) / spread, centre, spread)
        return np.array([(cut.mean() - mean) / sd, np.log(cut.std() / sd)])

    # Beyond these the law is as good as one that falls from an end, or is even.
    start = [(mean - low) / width, np.log(sd / width)]
    found = least_squares(off, start, bounds=([-3.0, -12.0], [4.0, 1.5])).x
    return {
        "mean": float(low + width * found[0]),
        "sd": float(width * np.exp(found[1])),
        "low": low,
        "high": high,
    }
