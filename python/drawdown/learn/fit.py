"""Fitting the ranges of a scenario to counts of attacks."""

from __future__ import annotations

import os
import re
import secrets
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .. import _core
from .._internal.checks import several, whole
from .._internal.files import replacing
from .._internal.progress import Progress, telling
from ..errors import ExecutorError, Interrupted
from ..languages.catalogue import Written
from ..languages.statements import Statement, state, state_each
from ..runs.samples import at_uniforms, laws_of, ranges_of, sample_inputs
from ..runs.settings import check_executor
from ..runs.simulate import Given, scenario_of
from ..runs.work import RETRIES, Executor
from ..scenario.scenario import Scenario
from . import fit_tables
from . import reporting as factors
from .chains import Fit, on_executor
from .posterior import MIXED, Posterior
from .reporting import CoreSource, sources_of
from .seen import known_of

Array = NDArray[np.float64]
# From and to in days from the start (what happens at `to` is not in it), the measure, the threat or
# None, site ids, the kind of report, the number and the sigma of its error.
CoreCount = tuple[float, float, str, str | None, list[str], str, float, float]
# Counts, whether the tension is stationary, logs, harm, executions and sources.
Data = tuple[list[Any], bool, list[Any], list[Any], list[Any], list[CoreSource]]

# Samples of prior and posterior that the predictive checks are made of.
_CHECKED = 1_000
# Steps of a chain from one draw to the next.
_STEPS = 5
_METHOD = "likelihood"
# Keys of a threat that the likelihood of counts says nothing of.
_FEEDBACK = (
    *("retaliation", "truce", "grievance", "exit_pattern"),
    *("profile", "months", "ceasefires", "drift"),
)


class Observed(Protocol):
    """What can be fitted to: `Observations`."""

    def core_counts(self, scenario: Scenario) -> Sequence[Any]:
        """Give all that was counted as the core takes it."""


def fit(
    scenario: Given,
    observed: Observed | Iterable[CoreCount] = (),
    *,
    states: pd.DataFrame | None = None,
    executions: pd.DataFrame | None = None,
    chains: int = 4,
    warmup: int = 500,
    draws: int = 1_000,
    seed: int | None = None,
    first: Literal["start", "stationary"] = "start",
    what: Iterable[str] | None = None,
    reporting: Mapping[str, Any] | None = None,
    out: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    progress: Progress = None,
    executor: Executor | None = None,
    retries: int = RETRIES,
) -> Posterior:
    """Fit the ranges of a scenario to what was observed.

    The scenario's ranges are the prior. The likelihood has up to four parts, and each is used where
    there is something observed for it:

    - counts of attacks over stretches of time, for the states of tension, the rates and the
      contagion: exact for states and rates; with contagion, attacks count where the first of
      their cluster does, and `Posterior.booking` says what that costs;
    - attacks one by one where the states of tension are known (`states`), exact;
    - what each attack did, for harm, weapons and killed share, where events say how many were
      wounded and killed;
    - how long phases took (`executions`), for their duration ratios; unfinished ones count too.

    What else moves attacks (strikes in answer, truces, people who leave, ...) is left out, and a
    warning names it: give a scenario without it, such as `Scenario.stay`, or fit by simulation.

    Parameters
    ----------
    scenario : Scenario, mapping, path or str
        Whose ranges are fitted, as far as what was observed depends on them. Of counts those of
        ``attacks_per_day``, ``rate_factor``, ``mean_days`` (``{ constant = range }``, since a law
        alone is drawn anew at each stay), ``next``, ``children_per_attack``, ``batch_mean``,
        ``site_weights`` and ``presence_elasticity``. Garrisons are those of its start throughout.
    observed : Observations
        Counts of attacks over stretches of time that do not overlap, inside the scenario (those of
        the same time on different sites are taken together, and divided by the weights of the
        sites), and attacks one by one.
    states : DataFrame, optional
        The states of tension that are known: ``date``, from which on, and ``state``. One has to be
        known on the first day of the observations' window, and counts as if it had begun then;
        states outside the window say nothing. Attacks are then taken one by one, and their counts
        are not used. All are taken for those of the one threat that the scenario has, or that the
        events name.
    executions : DataFrame, optional
        How long phases moved people: ``phase``, ``days`` and ``done`` (False: not done yet).
    chains : int
        Independent chains of samples.
    warmup, draws : int
        Draws of each chain in which it learns, and those that count after them.
    seed : int, optional
        The seed; left out, one is drawn. With scenario, observations and version it decides every
        draw.
    first : {"start", "stationary"}
        The tension on the first day of the scenario: its state of the start, which begins then, or
        as if it had gone on for ever.
    what : iterable of str, optional
        The ranges to fit, by dotted path; others are held at their medians. Left out, all that the
        counts depend on.
    reporting : mapping, optional
        Sources that count more or fewer attacks than there are, by their name as the counts'
        ``source`` has it, and what is believed of the factor, as the scenario writes ranges:
        ``{"press": {"lognormal": {"median": 1, "sigma": 0.2}}}``. It is the same in all counts of
        the source, and fitted along (`Posterior.reporting`): a cluster of attacks is counted as a
        whole or not at all. Counts of other sources are of attacks as they are. Sources count
        different times, or different sites at the same time: of two that count the same attacks
        give one, or a count that is about so many.
    out : str or path, optional
        A file to save the chains in, every ten seconds or so and when they are interrupted: the
        same call goes on from there, with the same draws. Without a `seed` it takes that of the
        file.
    threads : int, optional
        How many threads to use; left out, one for each core.
    progress : bool or callable, optional
        Whether to show a progress bar, or a function to tell, as `simulate` takes it; it is told
        how many draws are made.
    executor : executor, optional
        Who carries the chains on, in place of threads here, as `simulate` takes it: a chain each,
        some seconds at a time. The draws are the same.
    retries : int
        How often the executor is asked again for the same, when a worker was lost with it.

    Returns
    -------
    Posterior
        The samples, which go to ``simulate(samples=...)``, with the checks.

    Warns
    -----
    UserWarning
        If levels or dates are left out, chains have not mixed, data say next to nothing of a range,
        a count is beyond what the prior expects, contagion is fitted with a background that is the
        same at all times, or the likelihood leaves out parts of the scenario.

    Raises
    ------
    ScenarioError
        If the scenario has problems.
    ValueError
        If it has no ranges that the observations depend on, counts overlap or cannot be used, the
        model gives what was observed a probability of 0 (the message says what is in the way), a
        number is out of range, or `out` holds another fit.
    Interrupted
        On Ctrl-C; its `partial` is the `Posterior` of the draws that were made.
    ExecutorError
        If the executor breaks, or loses the same draws too often; with such a `partial` too.
    """
    scenario = scenario_of(scenario)
    chains = whole("chains", chains, 2, 1_000)
    warmup, draws = whole("warmup", warmup, 10, 10**7), whole("draws", draws, 4, 10**7)
    saved = _saved(out)
    if seed is None:
        seed = secrets.randbits(32) if saved is None else _seed_of(saved)
    seed = whole("seed", seed, 0, 2**64 - 1)
    check_executor(executor, threads)
    threads = 0 if threads is None else whole("threads", threads, 1, 4096)
    retries = whole("retries", retries, 0, 10**6)
    if first not in ("start", "stationary"):
        raise ValueError(f'`first` is "start" or "stationary", not {first!r}')
    fitted = scenario if what is None else _held(scenario, what)
    if not hasattr(observed, "core_counts") and isinstance(observed, Iterator):
        observed = list(observed)
    data = _data(observed, scenario, states, executions, first == "stationary", reporting)
    if not data[5]:
        laws_of(fitted)
    prior = _of_prior(fitted, data, _CHECKED, seed)
    before = _predicted(fitted, data, prior, seed)
    # Before anything takes long.
    unread = fit_tables.unread(observed)
    early = unread + _beyond(_checked(scenario, fitted, data, seed, before, pd.DataFrame()))
    for warning in early:
        warnings.warn(warning, stacklevel=2)
    asked = (chains, warmup, draws, _STEPS, seed)
    core = partial(_core.fit, fitted._compiled, data, asked, threads)
    if executor is not None:
        core = partial(on_executor, Fit.of(fitted, data, asked), executor, retries)
    known = known_of(observed, scenario)
    made = partial(_made, scenario, fitted, data, seed, before, known, unread)
    try:
        with telling(progress, chains * (warmup + draws), "draws") as tell:
            found = made(core(tell, saved, _saver(out)))
    except BaseException as stop:
        done = getattr(stop, "partial", None)
        if isinstance(done, dict):
            stop.partial = made(done)  # type: ignore[attr-defined]
            if not isinstance(stop, (Interrupted, ExecutorError)):
                count = int(np.prod(done["draws"].shape[:2]))
                stop.add_note(f"`partial` holds the {count:,} draws that were made")
        raise
    for said in found.warnings:
        if said not in early:
            warnings.warn(said, stacklevel=2)
    return found


def _data(
    observed: Observed | Iterable[CoreCount],
    scenario: Scenario,
    states: pd.DataFrame | None,
    executions: pd.DataFrame | None,
    stationary: bool,
    reporting: Mapping[str, Any] | None,
) -> Data:
    """What was observed, as the core takes it."""
    counts = [] if states is not None else [tuple(count) for count in _counts(observed, scenario)]
    logs = [] if states is None else [_log(observed, scenario, states)]
    taken = [] if executions is None else fit_tables.executions(executions, scenario)
    if reporting and states is not None:
        raise ValueError("`reporting` is of counts, and with `states` attacks are taken one by one")
    sources = sources_of(reporting, observed, scenario)
    return counts, stationary, logs, _harm(observed, scenario), taken, sources


def _counts(observed: Observed | Iterable[CoreCount], scenario: Scenario) -> Iterable[Any]:
    if hasattr(observed, "core_counts"):
        found: Iterable[Any] = observed.core_counts(scenario)
        return found
    tuples = isinstance(observed, Iterable) and not isinstance(observed, (str, pd.DataFrame))
    if not tuples or not all(isinstance(count, (tuple, list)) for count in observed):
        raise TypeError(
            f"`fit` takes Observations, not {type(observed).__name__}: make some with "
            f"Observations.of(counts=...)"
        )
    return observed


def _log(
    observed: Any, scenario: Scenario, states: pd.DataFrame
) -> tuple[str, float, float, list[float], list[tuple[float, str]]]:
    """The attacks one by one, under states that are known."""
    window = getattr(observed, "window", None)
    if window is None:
        raise ValueError("with `states` attacks are taken one by one: give Observations of events")
    given = fit_tables.states(states)
    events = _attacks(observed)
    threats = sorted(events["threat"].dropna().unique()) or _attackers(scenario)
    if len(threats) != 1:
        raise ValueError(f"with `states` attacks are of one threat, not of {', '.join(threats)}")
    days = partial(_days, scenario)
    first, last = (pd.Timestamp(day) for day in window)
    times = np.sort(np.repeat(events["date"], events["count"].fillna(1).astype(int)))
    known = sorted((days(day), state) for day, state in given)
    # A date is all that is known of an attack: it counts at noon.
    return threats[0], days(first), days(last) + 1, [days(day) + 0.5 for day in times], known


def _attackers(scenario: Scenario) -> list[str]:
    """The threats that attack in their own right, and not only out of an insurgency."""
    threats = cast(Any, scenario.to_dict())["world"].get("threats", {})
    return [name for name, about in threats.items() if _may_be(about["attacks_per_day"])]


def _days(scenario: Scenario, day: Any) -> float:
    """Days from the start of the scenario."""
    return float((pd.Timestamp(day) - pd.Timestamp(scenario.start)) / pd.Timedelta(days=1))


def _attacks(observed: Any) -> pd.DataFrame:
    """The attacks among the events."""
    events: pd.DataFrame = observed.events
    return events[events["kind"].isin(["attack", "attack_intercepted"])]


def _harm(observed: Any, scenario: Scenario) -> list[tuple[str, str | None, int, int]]:
    """What attacks did, where that is known of all."""
    if not {"attacks", "wounded", "killed"} <= set(getattr(observed, "measures", ())):
        return []
    threats = _attackers(scenario)
    events = _attacks(observed)
    clear = events["count"].fillna(1) == 1
    if len(threats) != 1:
        clear &= events["threat"].notna()
    if not clear.all():
        warnings.warn(
            f"what {(~clear).sum():,} of {len(events):,} events did is not fitted: they are "
            f"several attacks, or of no threat that is known",
            stacklevel=4,
        )
    events = events[clear]
    found = []
    for threat, site, wounded, killed in zip(
        events["threat"], events["site"], events["wounded"], events["killed"], strict=True
    ):
        harmed = [0 if pd.isna(number) else int(number) for number in (wounded, killed)]
        by = threats[0] if pd.isna(threat) else str(threat)
        found.append((by, None if pd.isna(site) else str(site), harmed[0], harmed[1]))
    return found


def _saved(out: str | os.PathLike[str] | None) -> bytes | None:
    """What was saved, if anything was."""
    return Path(out).read_bytes() if out is not None and Path(out).exists() else None


def _seed_of(saved: bytes) -> int:
    found = re.search(rb"seed (\d+)", saved[:500])
    if found is None:
        raise ValueError("`out` holds no fit that was saved: give another file")
    return int(found[1])


def _saver(out: str | os.PathLike[str] | None) -> Callable[[bytes], None] | None:
    if out is None:
        return None
    path = Path(out)

    def save(content: bytes) -> None:
        with replacing(path) as staged:
            staged.write_bytes(content)

    return save


def _held(scenario: Scenario, what: Iterable[str]) -> Scenario:
    """The scenario with all other ranges at their medians."""
    laws = laws_of(scenario)
    what = several("what", what, '["world.threats.militias.rate_factor"]')
    for path in what:
        if path not in laws:
            raise ValueError(f"the scenario has no range at `{path}`; there are {', '.join(laws)}")
    half = np.array([0.5])
    others = {
        path: float(at_uniforms(law, half)[0]) for path, law in laws.items() if path not in what
    }
    return scenario.replace(others)


def _made(
    scenario: Scenario,
    fitted: Scenario,
    data: Data,
    seed: int,
    before: Array,
    known: Mapping[str, Any],
    unread: list[Statement],
    found: dict[str, Any],
) -> Posterior:
    """The posterior of what the core has found."""
    draws = found["draws"]
    chains, length, width = draws.shape
    index = pd.RangeIndex(chains * length, name="sample")
    samples = pd.DataFrame(draws.reshape(-1, width), index, found["paths"])
    samples.attrs = {"design": "posterior"}
    measured = ("rhat", "ess_bulk", "ess_tail")
    diagnostics = pd.DataFrame({key: found[key] for key in measured}, found["paths"])
    diagnostics.index.name = "range"
    origin = {
        "seed": seed,
        "version": _core.__version__,
        "scenario_hash": scenario.hash,
        **known,
        "evidence_hash": found["data_hash"],
        "chains": chains,
        "draws": length,
        "log_likelihood": float(found["log_likelihood"].mean()) if length else np.nan,
        "steps_taken": [float(share) for share in found["taken"]],
    }
    predictive = _checked(scenario, fitted, data, seed, before, samples)
    sources = data[5]
    if sources:
        origin["reporting"] = factors.laws(sources)
    posterior = Posterior(scenario, samples, diagnostics, _METHOD, origin, predictive=predictive)
    posterior.warnings = [
        *unread,
        *factors.warning(sources, data[0]),
        *_beyond(predictive),
        *_left_out(scenario, data),
        *_constant_background(scenario, list(samples.columns)),
        *_unmixed(diagnostics),
        *_unmoved(posterior),
    ]
    return posterior


def _of_prior(scenario: Scenario, data: Data, count: int, seed: int) -> pd.DataFrame:
    """Samples before the fit: of all ranges, and of the factors of sources."""
    there = bool(ranges_of(scenario))
    ranges = sample_inputs(scenario, count, seed=seed) if there else pd.DataFrame()
    if not data[5]:
        return ranges
    of_sources = factors.of_prior(data[5], count, seed)
    return ranges.join(of_sources) if there else of_sources


def _predicted(scenario: Scenario, data: Data, values: pd.DataFrame, seed: int) -> Array:
    """Counts as the model has them, a row for each sample."""
    table = np.ascontiguousarray(values.to_numpy(float))
    made = _core.replicate_counts(scenario._compiled, data, table, seed)
    return made[(made >= 0).all(axis=1)]


def _checked(
    scenario: Scenario,
    fitted: Scenario,
    data: Data,
    seed: int,
    before: Array,
    samples: pd.DataFrame,
) -> pd.DataFrame:
    """Every count beside what prior and posterior expect."""
    counts = data[0]
    if not counts:
        return pd.DataFrame()
    start = pd.Timestamp(scenario.start)
    frame = pd.DataFrame(
        {
            "from": [start + timedelta(days=count[0]) for count in counts],
            "to": [start + timedelta(days=count[1] - 1) for count in counts],
            "bound": [count[5] for count in counts],
            "observed": [np.nan if count[5] == "missing" else float(count[6]) for count in counts],
        },
        pd.RangeIndex(len(counts), name="count"),
    )
    after = before[:0]
    if len(samples):
        every = max(len(samples) // _CHECKED, 1)
        chosen = samples.iloc[::every]
        table = _of_prior(fitted, data, len(chosen), seed)
        table[chosen.columns] = chosen.to_numpy()
        after = _predicted(fitted, data, table, (seed + 1) % 2**64)
    for name, made in (("prior", before), ("posterior", after)):
        for share in (0.1, 0.5, 0.9):
            values = np.quantile(made, share, axis=0) if len(made) else np.full(len(counts), np.nan)
            frame[f"{name}_p{100 * share:.0f}"] = values
        frame[f"{name}_pit"] = [
            _pit(made[:, k], *count) if len(made) else np.nan
            for k, count in enumerate(frame[["bound", "observed"]].itertuples(index=False))
        ]
    return frame


def _pit(made: Array, bound: str, observed: float) -> float:
    """P(X < x) + P(X = x) / 2; of an upper bound P(X <= x)."""
    if np.isnan(observed):
        return np.nan
    if bound == "at_most":
        return float((made <= observed).mean())
    return float((made < observed).mean() + (made == observed).mean() / 2)


def _beyond(predictive: pd.DataFrame) -> list[Statement]:
    """Counts that the prior hardly expects."""
    if not len(predictive):
        return []
    pit, bound = predictive["prior_pit"], predictive["bound"]
    out = (pit < 0.005) | ((pit > 0.995) & (bound != "at_most"))
    rows = [
        state(
            "fit-beyond-count",
            **{"from": f"{row['from']:%Y-%m-%d}", "to": f"{row['to']:%Y-%m-%d}"},
            observed=_written(row["observed"], ".0f"),
            low=_written(row["prior_p10"], ".0f"),
            high=_written(row["prior_p90"], ".0f"),
        )
        for _, row in predictive[out].iterrows()
    ]
    return [state("fit-beyond", counts=state_each(rows, "list-semicolon"))] if rows else []


def _left_out(scenario: Scenario, data: Data) -> list[Statement]:
    """What moves attacks in the scenario and not in the likelihood."""
    ends = [count[1] for count in data[0]] + [log[2] for log in data[2]]
    if not ends:
        return []
    written: Any = scenario.to_dict()
    world = written["world"]
    found = []
    for name, threat in world.get("threats", {}).items():
        parts = [key for key in _FEEDBACK if threat.get(key) is not None]
        if _may_be(threat.get("displacement", 0)):
            parts.append("displacement")
        for key in parts:
            part = state(f"fit-part-{key}")
            found.append(state("fit-part-of-threat", part=part, threat=name))
    if any(event.get("windows") for event in world.get("calendar", {}).values()):
        found.append(state("fit-part-windows"))
    if world.get("insurgency", {}).get("incidents"):
        found.append(state("fit-part-incidents"))
    end = pd.Timestamp(scenario.start) + timedelta(days=max(ends))
    phases = written.get("plan", {}).get("phases", {}).values()
    if any(pd.Timestamp(phase["announced_start"]) < end for phase in phases):
        found.append(state("fit-part-leaving"))
    return [state("fit-left-out", parts=state_each(found))] if found else []


def _may_be(value: Any) -> bool:
    return not (isinstance(value, (int, float)) and value == 0)


def _constant_background(scenario: Scenario, paths: list[str]) -> list[Statement]:
    """Contagion that is fitted beside a background that never changes."""
    written: Any = scenario.to_dict()["world"]
    contagion = [path for path in paths if path.endswith("contagion.children_per_attack")]
    states = (written.get("tension") or {}).get("states", {})
    by_state = [
        path
        for path in contagion
        if len(states) > 1
        and isinstance(written["threats"][_core.split_path(path)[2]]["attacks_per_day"], dict)
        and set(written["threats"][_core.split_path(path)[2]]["attacks_per_day"]) == set(states)
    ]
    constant = [path for path in contagion if path not in by_state]
    if not constant:
        return []
    return [state("fit-constant-background", ranges=state_each(constant))]


def _unmixed(diagnostics: pd.DataFrame) -> list[Statement]:
    """Ranges on which chains disagree, or that have too few draws."""
    ess = diagnostics[["ess_bulk", "ess_tail"]].min(axis=1)
    bad = diagnostics[~((diagnostics["rhat"] < MIXED.rhat) & (ess > MIXED.ess))]
    if not len(bad):
        return []
    rows = [
        state(
            "fit-unmixed-range",
            range=path,
            rhat=_written(rhat, ".3f"),
            ess=_written(least, ".0f"),
        )
        for path, rhat, least in zip(bad.index, bad["rhat"], ess[bad.index], strict=True)
    ]
    most, least = _written(MIXED.rhat, ""), _written(MIXED.ess, "")
    return [state("fit-unmixed", ranges=state_each(rows), rhat=most, ess=least)]


def _written(value: float, form: str) -> Written:
    """A number as English writes it, in a format."""
    return Written(format(value, form), float(value))


def _unmoved(posterior: Posterior) -> list[Statement]:
    """Ranges of which the data say next to nothing."""
    if not len(posterior.samples):
        return []
    table = posterior.table()
    same = (table["contraction"] < 0.1) & (table["shift"].abs() < 0.5)
    paths = [str(path) for path in table.index[same]]
    return [state("fit-unmoved", ranges=state_each(paths))] if paths else []
