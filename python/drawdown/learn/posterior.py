"""What is believed about the ranges of a scenario once observations have been taken in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.own import Own
from ..languages.speech import key_of, said_or, say
from ..languages.statements import said
from ..runs.result import Result
from ..runs.samples import laws_of, ranges_of
from ..scenario.assumptions import words
from ..scenario.scenario import Scenario
from .reporting import PREFIX

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

# Samples that differ by less than this share of their size are one number.
_LEAST_SPREAD = 1e-12


class Mixed(NamedTuple):
    """What chains that have mixed keep to (Vehtari et al. 2021)."""

    rhat: float
    ess: float


MIXED = Mixed(rhat=1.01, ess=400)

# So many digits of a hash are shown.
HASH_SHOWN = 12


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
    reporting : DataFrame
        A column for each source whose factor was fitted along, a row for each sample.
    method : str
        How the samples were made, in a few words.
    origin : dict
        Where they come from: hashes of scenario and data, what was observed on which days, the
        seed, the version.
    warnings : list of str
        What stands between the samples and what one would like to conclude from them.
    """

    samples: Own[pd.DataFrame] = Own()
    reporting: Own[pd.DataFrame] = Own()
    _measured: Own[pd.DataFrame] = Own()
    origin: Own[dict[str, Any]] = Own()
    warnings: Own[list[str]] = Own()
    _predictive: Own[pd.DataFrame] = Own()

    _TITLE = "fitted-title"

    def __init__(
        self,
        scenario: Scenario,
        samples: pd.DataFrame,
        diagnostics: pd.DataFrame,
        method: str,
        origin: Mapping[str, Any],
        *,
        predictive: pd.DataFrame | None = None,
    ) -> None:
        self.prior = scenario
        # A factor that is known is not fitted.
        names = [name for name in origin.get("reporting", ()) if PREFIX + name in samples]
        mine = [PREFIX + name for name in names]
        self.reporting = samples[mine].set_axis(names, axis=1)
        samples = samples.drop(columns=mine)
        if "data_hash" in origin:
            # Whoever hands the samples on alone hands on what they know of.
            samples = samples.copy(deep=False)
            keys = [key for key in ("data_hash", "observed") if key in origin]
            samples.attrs = {**samples.attrs, **{key: origin[key] for key in keys}}
        self.samples = samples
        self._measured = diagnostics
        self.method = method
        self.origin = dict(origin)
        self.warnings = []
        self._predictive = pd.DataFrame() if predictive is None else predictive

    def table(self) -> pd.DataFrame:
        """Set each range's prior beside its posterior.

        Returns
        -------
        DataFrame
            Indexed by ``range``, the dotted path (of the factor of a source ``reporting.`` and its
            name): mean, standard deviation, ``p10``, ``p50`` and
            ``p90``, those of the prior with ``prior_`` before their names. On a scale on which
            the prior is standard normal: ``shift``, how far the data have moved the mean, and
            ``contraction``, the share of the variance that they have taken away (with a shift
            below 0.5 and a contraction below 0.1 the prior decides, and the data say next to
            nothing). Then the diagnostics.
        """
        samples, laws = self.all_samples(), self.laws()
        rows = {}
        for path in samples.columns:
            values, prior = samples[path].to_numpy(float), quantiles(laws[path], _EVEN)
            spread, scores = float(values.std(ddof=1)), _scores(values, prior)
            rows[path] = {
                "mean": values.mean(),
                "sd": spread,
                **dict(zip(_NAMES, np.quantile(values, _SHARES), strict=True)),
                "prior_mean": prior.mean(),
                "prior_sd": prior.std(),
                **dict(
                    zip((f"prior_{k}" for k in _NAMES), quantiles(laws[path], _SHARES), strict=True)
                ),
                "shift": scores.mean(),
                "contraction": 1 - scores.var(),
            }
        table = pd.DataFrame.from_dict(rows, orient="index")
        table.index.name = "range"
        return table.join(self.diagnostics())

    def all_samples(self) -> pd.DataFrame:
        """Give `samples`, and behind them `reporting`, as `table` names them."""
        return self.samples.join(self.reporting.add_prefix(PREFIX))

    def laws(self) -> dict[str, Any]:
        """Give what was believed of each of `all_samples`, as the scenario writes it."""
        of_sources = self.origin.get("reporting", {})
        return ranges_of(self.prior) | {PREFIX + name: law for name, law in of_sources.items()}

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
        lost, and `samples` keeps it. The source of each says how it was fitted, to which
        observations (their hash), and the note what the range was before.

        Returns
        -------
        Scenario
            The same scenario with other ranges.
        """
        laws, samples = laws_of(self.prior), self.samples
        data = self.origin.get("data_hash")
        source = f"fitted{f' to observations {data[:HASH_SHOWN]}' if data else ''}, {self.method}"
        return self.prior.replace(
            {
                path: {
                    "value": matched(laws[path], samples[path].to_numpy(float)),
                    "source": source,
                    "note": f"prior: {words(laws[path])}",
                }
                for path in samples.columns
            }
        )

    def predictive(self) -> pd.DataFrame:
        """Set what was observed beside what the model expects, before and after the fit.

        Returns
        -------
        DataFrame
            One row a ``count``, in the order in which they were given: its days ``from`` and
            ``to``, both included, ``bound``, the number ``observed``, P10, P50 and P90 of what the
            model gives under the prior (``prior_p10``, ...) and under the posterior
            (``posterior_p10``, ...), and the probability of less, half of that of the very number
            included (``prior_pit``, ``posterior_pit``; of an upper bound the probability of no
            more). Each history begins anew, so that these are wider than forecasts. By simulation,
            one row a ``statistic`` that was compared, without days, bound and probabilities. Empty
            where the method makes no such check.
        """
        return self._predictive

    def booking(self, decay_days: float | None = None) -> pd.DataFrame:
        """Show what it costs that attacks are booked to the count in which their cluster begins.

        Parameters
        ----------
        decay_days : float, optional
            The mean delay of caused attacks, in days; left out, each threat's own, or the median
            where it is a range.

        Returns
        -------
        DataFrame
            Indexed by ``threat``, ``from`` and ``to``: ``excess``, by which share the variance of
            the count comes out too large, at the mean of ``children_per_attack`` (row 4 of the
            verification, for attacks that come singly). No rows without contagion.
        """
        world: Any = self.prior.to_dict()["world"]
        rows = {}
        for threat, about in world.get("threats", {}).items():
            contagion = about.get("contagion")
            if contagion is None:
                continue
            path = f"world.threats.{_core.join_path([threat])}.contagion"
            children = self._middle(f"{path}.children_per_attack", contagion["children_per_attack"])
            own = self._middle(f"{path}.decay_days", contagion["decay_days"])
            decay = own if decay_days is None else decay_days
            counts = self.predictive() if "from" in self.predictive() else pd.DataFrame()
            for _, row in counts.iterrows():
                days = (row["to"] - row["from"]).days + 1
                rows[threat, row["from"], row["to"]] = _core.booking_excess(children, decay, days)
        index = pd.MultiIndex.from_tuples(list(rows), names=["threat", "from", "to"])
        return pd.DataFrame({"excess": list(rows.values())}, index)

    def _middle(self, path: str, written: Any) -> float:
        """The number at a path: of a fitted range the mean, of another the median."""
        if path in self.samples.columns:
            return float(self.samples[path].mean())
        if isinstance(written, (int, float)):
            return float(written)
        return float(quantiles(written, np.array([0.5]))[0])

    def to_arviz(self) -> Any:
        """Give the samples as ArviZ has them, by chain and draw.

        Returns
        -------
        arviz.InferenceData or xarray.DataTree
            Whichever the version of ArviZ at hand makes, with a group ``posterior``.

        Raises
        ------
        ImportError
            If there is no ArviZ.
        """
        try:
            from arviz import from_dict
        except ImportError as fault:
            raise ImportError("`to_arviz` needs ArviZ: pip install arviz") from fault
        samples, chains = self.all_samples(), int(self.origin.get("chains", 1))
        groups = {
            "posterior": {path: samples[path].to_numpy().reshape(chains, -1) for path in samples}
        }
        try:
            return from_dict(groups)
        except (TypeError, ValueError, AttributeError):
            # Before version 1 groups were arguments.
            return from_dict(**groups)

    def plot(
        self,
        axes: Iterable[Axes] | None = None,
        *,
        figsize: tuple[float, float] | None = None,
        title: str | None = None,
    ) -> NDArray[Any]:
        """Draw each range before and after the fit.

        Parameters
        ----------
        axes : sequence of Axes, optional
            The axes to draw on, one for each range and factor of a source.
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
        """The ranges before and after, and the check of the counts where there is one."""
        predictive = self.predictive()
        checks = {"predictive": predictive} if len(predictive) else {}
        return {"table": self.table(), **checks}

    @property
    def notes(self) -> str:
        """What stands between the samples and conclusions."""
        return "\n".join(f"- {said(warning)}" for warning in self.warnings)

    @property
    def _brief(self) -> str:
        return self.origin_line

    @property
    def _head(self) -> str:
        return self.origin_line

    @property
    def _of(self) -> Scenario:
        return self.prior

    @property
    def origin_line(self) -> str:
        """Where the results come from, in one line."""
        origin = self.origin
        parts = [
            self.prior.title or say("untitled"),
            said_or(f"method-{key_of(self.method)}", self.method),
            say("fitted-samples", samples=len(self.samples)),
            *([say("origin-line-seed", seed=str(origin["seed"]))] if "seed" in origin else []),
            f"drawdown {origin.get('version', _core.__version__)}",
            say("origin-line-scenario", hash=self.prior.hash[:12]),
        ]
        return " · ".join(parts)


_NAMES, _SHARES = ("p10", "p50", "p90"), np.array([0.1, 0.5, 0.9])
# Even points of a prior.
_EVEN = (np.arange(4_000) + 0.5) / 4_000


def _scores(values: Array, prior: Array) -> Array:
    """Normal scores of values among even quantiles of their prior."""
    from scipy.stats import norm

    below = np.searchsorted(prior, values, "left") + np.searchsorted(prior, values, "right")
    return np.asarray(norm.ppf((below + 1) / (2 * len(prior) + 2)), dtype=float)


def quantiles(law: Any, shares: Array) -> Array:
    """Quantiles of a law as the scenario writes it."""
    return np.array(_core.law_quantiles(json.dumps(law), list(shares)), dtype=float)


def matched(prior: Any, values: Array) -> Any:
    """A law as the scenario language writes it, with the moments of `values`.

    Of the family of the `prior` where that has a closed form, and never beyond its ends.
    """
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    family = next(iter(prior))
    if sd <= _LEAST_SPREAD * max(abs(mean), _LEAST_SPREAD):
        return mean
    low, high = quantiles(prior, np.array([0.0, 1.0]))
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
