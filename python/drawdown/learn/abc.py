"""Fitting by simulation: approximate Bayesian computation on batches of histories."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import named, number, several, whole
from .._internal.progress import Progress, telling
from ..languages.catalogue import Written
from ..languages.statements import Statement, state
from ..runs.run import Run
from ..runs.samples import laws_of
from ..runs.settings import Settings
from ..runs.simulate import Given, scenario_of, simulate
from ..runs.stopping import Left, leaving
from ..scenario.scenario import Scenario
from . import fit_tables
from .histories import Record, Total
from .observations import Observations
from .populations import FURTHEST, Kept, Law, State, taken_up
from .posterior import Posterior
from .seen import known_of

Array = NDArray[np.float64]

# Of a population one in so many is kept; the others are replaced by the next.
_TRIED = 4
# The tolerance has stalled when so small a share of what is new comes as near as what was kept.
_STALLED = 0.05
# A kernel takes this many times the variance of those kept (Beaumont et al. 2009).
_WIDER = 2.0


def fit_by_simulation(
    scenario: Given,
    observed: Observations,
    *,
    what: Iterable[str] | None = None,
    totals: Mapping[str, float | tuple[float, float]] | None = None,
    populations: int = 12,
    particles: int = 2_000,
    adjust: bool = True,
    seed: int | None = None,
    out: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> Posterior:
    """Fit the ranges of a scenario by simulating it, where no likelihood can be written down.

    Approximate Bayesian computation: histories are simulated under samples of the ranges, and
    those are kept whose statistics come near to what was observed. Populations of samples come
    nearer and nearer, until the tolerance stalls; then a local-linear regression takes out what is
    left of the distance. It sees everything that the engine does, strikes in answer, friction and
    expulsion included, and is less sharp than a likelihood where there is one.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        The scenario as it was while observations were made: it starts no later than they do, and
        its horizon is not before their end. What the record covers may be a past of the scenario
        that is to be run afterwards: `replace` its ``start``, ``horizon`` and ``plan``.
    observed : Observations
        What was counted, of all sites and threats together. Counts of attacks, wounded and killed
        are compared by month; strikes in answer as a total from the start to the horizon.
    what : iterable of str, optional
        The ranges to fit, by dotted path; left out, all. The others stay as uncertain as they are:
        leave out what the record says nothing of, and the rest is fitted better.
    totals : mapping, optional
        Measures of the whole run with the values that they came to, or the lowest and the highest
        that they may have: ``{"strikes": (14, 15), "attacks of site syria": 120, "expelled": 0}``.
    populations : int
        The most populations to simulate.
    particles : int
        Samples that are kept, and that the posterior has. The first population simulates four
        times as many histories, each later one three times as many.
    adjust : bool
        Whether to adjust by regression.
    seed : int, optional
        The seed of all chance in it; left out, one is drawn and kept with the results.
    out : str or path, optional
        A file to save every whole population in: the same call goes on from there, with the same
        samples as if nothing had stopped it; with more `populations`, from where it ended (with
        fewer it gives what is there). Without a `seed` it takes that of the file.
    threads, progress
        How many threads to use, and the progress bar or function, as `simulate` takes them. It is
        told of histories, as many as the most populations have.

    Returns
    -------
    Posterior
        Its ``predictive`` has a row for each ``statistic``: what was ``observed``, and P10, P50 and
        P90 of what was simulated under the prior and under the samples kept. Its ``origin`` has
        ``populations``, a list that says of each its tolerance and the share of new samples that
        came as near as those kept before. Its ``warnings`` say where the prior hardly allows what
        was observed, and that the tolerance had not stalled.

    Raises
    ------
    Interrupted
        On Ctrl-C; its `partial` is the `Posterior` of what was simulated until then. An exception
        that a progress function raises has one too.
    ObservationError
        If what was observed does not fit the scenario, is of single sites or threats, or is not
        known by month.
    ValueError
        If there is nothing to fit or to compare, a number is out of range, or no history that the
        prior allows comes to what was observed: the message says which statistic. Or `out` holds
        something else.
    OSError
        If `out` cannot be written.

    Notes
    -----
    The populations are those of Lenormand, Jabot & Deffuant 2013 (Computational Statistics
    28:2777), the adjustment that of Beaumont, Zhang & Balding 2002 (Genetics 162:2025). Both work
    on the normal scores of the ranges, so that no sample leaves its range and a prior of any form
    is the same. Statistics do not say in which order months came: the total, the largest month,
    the median month, the shares of quiet and of loud months, on the scale of log(1 + x) where they
    are counts, divided by their median absolute deviation under the prior. Simulated counts are cut
    into the intervals of the record, and a month within a longer interval gets its share, as the
    record's does; within a month, attacks count as spread evenly. A count that is known about
    simulates its error; one that is at most so many counts as met below.
    """
    scenario = scenario_of(scenario)
    paths = _paths(scenario, what)
    path, state, about = taken_up(out)
    seed = about.get("seed") if seed is None else seed
    particles = whole("particles", particles, 20, 10**7)
    settings = Settings.of(4 * particles, seed, threads, progress)
    populations = whole("populations", populations, 1, 10_000)
    record = Record.of(scenario, observed, _totals(totals))
    known, unread = known_of(observed, scenario), fit_tables.unread(observed)
    for warning in unread:
        warnings.warn(warning, stacklevel=2)
    fit = _Fit(scenario, record, paths, particles, settings, known, unread, state)
    if about:
        _check_same(path, about, fit.about)

    def left(_: BaseException) -> Left | None:
        if fit.state.kept is None:
            return None
        saved = ""
        if path is not None and path.exists():
            saved = f", and {path} its whole populations: the same call goes on from there"
        count = f"{sum(told['simulated'] for told in fit.state.told):,} histories"
        return Left(count, f"`partial` has what was simulated{saved}", fit.posterior(adjust))

    most = particles * (_TRIED + (_TRIED - 1) * (populations - 1))
    with leaving(left), telling(progress, most) as tell:
        fit.run(populations, tell, path)
    return fit.posterior(adjust)


def _check_same(path: Path | None, about: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Refuse a file of another fit."""
    others = [name for name in asked if about.get(name) != asked[name]]
    if others:
        raise ValueError(
            f"`out` ({path}) holds a fit with other {', '.join(others)}: give another file, or the "
            f"same as then"
        )


def _paths(scenario: Scenario, what: Iterable[str] | None) -> list[str]:
    """Which ranges are fitted, in the order of the scenario."""
    known = list(laws_of(scenario))
    if what is None:
        return known
    asked = [str(path) for path in several("what", what, '["world.threats.militias.rate_factor"]')]
    if wrong := [path for path in asked if path not in known]:
        raise ValueError(
            f"the scenario has no range at {', '.join(f'`{path}`' for path in wrong)}; there are "
            f"{', '.join(known)}"
        )
    if not asked:
        raise ValueError("`what` is empty: name a range, or leave it out to fit all")
    return [path for path in known if path in asked]


def _totals(given: Mapping[str, Any] | None) -> list[Total]:
    found = []
    for text, value in named("totals", given or {}, '{"strikes": 15}').items():
        low, high = value if isinstance(value, (tuple, list)) else (value, value)
        found.append(Total.of(text, number(text, low), number(text, high)))
    return found


class _Fit:
    """Populations of samples that come nearer and nearer to what was observed."""

    def __init__(
        self,
        scenario: Scenario,
        record: Record,
        paths: list[str],
        particles: int,
        settings: Settings,
        known: dict[str, Any],
        unread: list[Statement],
        state: State,
    ) -> None:
        self.scenario, self.record, self.paths, self.known = scenario, record, paths, known
        self.particles, self.settings = particles, settings
        self.all_paths = list(laws_of(scenario))
        self.columns = [self.all_paths.index(path) for path in paths]
        self.unread, self.state = unread, state
        # Each population has a child of its own, those of the file too.
        self.seeds = np.random.SeedSequence(settings.seed, n_children_spawned=len(state.told))

    @property
    def about(self) -> dict[str, Any]:
        """What has to be the same for a file to be gone on with."""
        return {
            "scenario": self.scenario.hash,
            "evidence": self.record.hash,
            "ranges": self.paths,
            "particles": self.particles,
            "seed": self.settings.seed,
            "version": _core.__version__,
        }

    @property
    def stalled(self) -> bool:
        """Whether next to nothing of what was new came as near as what was there."""
        told = self.state.told
        return len(told) > 1 and told[-1]["as_near"] < _STALLED

    def run(self, populations: int, tell: Any, path: Path | None) -> None:
        """Simulates until the tolerance stalls, or so many populations are done; saves each."""
        done = 0
        for index in range(populations):
            count = self.particles * (_TRIED if index == 0 else _TRIED - 1)
            if index < len(self.state.told):
                done += count
                continue
            if self.stalled:
                return
            chance = np.random.default_rng(self.seeds.spawn(1)[0])
            tolerance = np.inf if self.state.kept is None else float(self.state.kept.distance[-1])
            law = self._law(count)
            new, stopped = self._simulated(law.drawn(len(self.paths), chance), chance, done, tell)
            done += count
            near = float((new.distance <= tolerance).mean())
            both = new if self.state.kept is None else self.state.kept.joined(new)
            self.state.laws.append(law._replace(size=len(new.distance)))
            self.state.kept = self._reckoned(both.nearest(self.particles))
            beyond = both.distance[both.distance > self.state.kept.distance[-1]]
            self.state.width = float(beyond.min()) if len(beyond) else np.inf
            self.state.told.append(
                {
                    "population": index + 1,
                    "simulated": len(new.distance),
                    "as_near": near,
                    "tolerance": float(self.state.kept.distance[-1]),
                }
            )
            if stopped is not None:
                raise stopped
            if path is not None:
                self.state.write(path, self.about)

    def _law(self, count: int) -> Law:
        """How the next samples are drawn: by the prior, or near those that were kept."""
        if self.state.kept is None:
            return Law(count)
        share = self.state.kept.weight / self.state.kept.weight.sum()
        spread = np.atleast_2d(np.cov(self.state.kept.scores.T, aweights=share, ddof=0))
        spread = _WIDER * spread + 1e-9 * np.eye(len(spread))
        root: Array = np.linalg.cholesky(spread).astype(float)
        return Law(count, self.state.kept.scores, share, root)

    def _reckoned(self, kept: Kept) -> Kept:
        """The same, with the density of all that was drawn."""
        new = kept.drawn == 0
        density = kept.drawn + self.state.laws[-1].density(kept.scores)
        density[new] += sum(law.density(kept.scores[new]) for law in self.state.laws[:-1])
        return kept._replace(drawn=density)

    def _simulated(
        self, scores: Array, chance: np.random.Generator, done: int, tell: Any
    ) -> tuple[Kept, BaseException | None]:
        """What comes of samples, and what stopped it."""
        frame = self.frame(scores, chance)
        seed = int(chance.integers(2**63))
        noise = int(chance.integers(2**63))
        stopped = None
        try:
            run = simulate(
                self.scenario,
                trials=len(frame),
                seed=seed,
                threads=self.settings.threads or None,
                progress=False if tell is None else lambda count: tell(done + count),
                samples=frame,
            )
        except BaseException as stop:
            part = getattr(stop, "partial", None)
            if not isinstance(part, Run) or not part.trials:
                raise
            run, stopped = part, stop
        assert run.samples is not None
        sound = np.flatnonzero(run.samples.sound)[: run.trials]
        statistics = self.record.statistics(run, np.random.default_rng(noise))
        if self.state.kept is None:
            self.state.prior = statistics
            self.state.scale = self._scale(statistics)
        distance = self._distance(statistics)
        return Kept(scores[sound], statistics, distance, np.zeros(len(sound))), stopped

    def _scale(self, simulated: Array) -> Array:
        """How much statistics scatter near the record: among the nearest of the prior's."""
        self.state.scale = self.record.scale(simulated)
        near = np.argsort(self._distance(simulated), kind="stable")[: self.particles]
        return self.record.scale(simulated[near], self.state.scale)

    def _distance(self, statistics: Array) -> Array:
        found: Array = np.sqrt((self._away(statistics) ** 2).sum(axis=1))
        return found

    def _away(self, statistics: Array) -> Array:
        found: Array = (statistics - self.record.observed) / self.state.scale
        return found

    def frame(self, scores: Array, chance: np.random.Generator | None) -> pd.DataFrame:
        """The values of the ranges; those that are not fitted are of the prior."""
        from scipy.special import ndtr

        shape = (len(scores), len(self.all_paths))
        points = np.full(shape, 0.5) if chance is None else chance.random(shape)
        points[:, self.columns] = np.clip(ndtr(scores), 0.0, np.nextafter(1.0, 0.0))
        values = self.scenario._compiled.at_unit_points(np.ascontiguousarray(points))
        index = pd.RangeIndex(len(scores), name="sample")
        return pd.DataFrame(values, index, self.all_paths)

    def posterior(self, adjust: bool) -> Posterior:
        """What was kept, adjusted, as samples that all count alike."""
        kept = self.state.kept
        assert kept is not None
        # Epanechnikov's kernel, which is 0 for the nearest that was not kept.
        weight = kept.weight * (1 - (kept.distance / self.state.width) ** 2)
        scores = kept.scores
        if adjust:
            scores = self._adjusted(kept, weight)
        share = weight / weight.sum()
        chance = np.random.default_rng([self.settings.seed, len(self.state.told)])
        # Systematic resampling: one number for all.
        places = (chance.random() + np.arange(self.particles)) / self.particles
        rows = np.minimum(np.searchsorted(np.cumsum(share), places), len(share) - 1)
        frame = self.frame(scores[rows], None)[self.paths]
        size = float(1 / (share**2).sum())
        diagnostics = pd.DataFrame(
            {"ess": size, "distinct": len(np.unique(rows))},
            pd.Index(self.paths, name="range"),
        )
        found = Posterior(
            self.scenario,
            frame,
            diagnostics,
            "approximate Bayesian computation",
            self._origin(),
            predictive=self._predictive(),
        )
        found.warnings = [*self.unread, *self._warnings()]
        return found

    def _adjusted(self, kept: Kept, weight: Array) -> Array:
        """Scores with what their statistics differ by taken out, by weighted least squares."""
        away = self._away(kept.statistics)
        moving = away.std(axis=0) > 0
        design = np.column_stack([np.ones(len(away)), away[:, moving]])
        root = np.sqrt(weight / weight.max())[:, None]
        slopes = np.linalg.lstsq(design * root, kept.scores * root, rcond=None)[0]
        moved: Array = kept.scores - away[:, moving] @ slopes[1:]
        return moved.clip(-FURTHEST, FURTHEST)

    def _predictive(self) -> pd.DataFrame:
        """What was observed beside what was simulated, by statistic."""
        assert self.state.kept is not None
        found: dict[str, Any] = {
            # As objects, which keep in what languages they can be said.
            "statistic": pd.Series(self.record.names, dtype="object"),
            "observed": self._natural(self.record.observed),
        }
        for when, values in (
            ("prior", self.state.prior),
            ("posterior", self.state.kept.statistics),
        ):
            for share in (10, 50, 90):
                quantile = np.quantile(values, share / 100, axis=0)
                found[f"{when}_p{share}"] = self._natural(quantile)
        return pd.DataFrame(found)

    def _natural(self, values: Array) -> list[float]:
        named = zip(self.record.names, values, strict=True)
        return [self.record.natural(name, value) for name, value in named]

    def _warnings(self) -> list[Statement]:
        """What stands between the samples and conclusions."""
        found = []
        low, high = self.state.prior.min(axis=0), self.state.prior.max(axis=0)
        for at, name in enumerate(self.record.names):
            seen = self.record.observed[at]
            if not low[at] <= seen <= high[at]:
                told = [self.record.natural(name, x) for x in (seen, low[at], high[at])]
                numbers = [Written(f"{value:.3g}", value) for value in told]
                found.append(
                    state(
                        "fit-hardly-allowed",
                        statistic=name,
                        **dict(zip(("seen", "low", "high"), numbers, strict=True)),
                        histories=len(self.state.prior),
                    )
                )
        if not self.stalled:
            found.append(state("fit-not-stalled"))
        return found

    def _origin(self) -> dict[str, Any]:
        return {
            "seed": self.settings.seed,
            "version": _core.__version__,
            "scenario_hash": self.scenario.hash,
            **self.known,
            "evidence_hash": self.record.hash,
            "populations": self.state.told,
        }
