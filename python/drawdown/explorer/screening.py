"""Which controls do anything, and which move the finish and the casualties most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ..runs.batches import run_all
from ..runs.criterion import Criterion
from ..runs.run import Run
from ..runs.settings import Settings
from ..scenario.relevance import has
from ..scenario.scenario import Scenario
from .controls import Control, Maker, Vary, ends_of, refusal

# Histories of each end of each control: under common random numbers few tell much. Of what was
# asked for by name, more.
TRIALS, _MORE_TRIALS = 100, 500
# Of what nobody knows, so many controls are offered.
MOST = 5
_AIMS = ("finish_days", "casualties")
_WRITTEN = "as written"


class Offer(NamedTuple):
    """Controls that do something, and those that were left out since they do not."""

    controls: list[Control]
    left_out: list[Control]


def offered(scenario: Scenario, vary: Vary | None, seed: int, threads: int | None = None) -> Offer:
    """Choose the controls of a scenario.

    Parameters
    ----------
    scenario : Scenario
        What is explored.
    vary : iterable of str, mapping, optional
        Dotted paths, or paths with the ends of their sliders; left out, what the plan decides and
        the five numbers that move the finish and the casualties most.
    seed : int
        The seed of the small runs by which it is found out.
    threads : int, optional
        As `simulate` takes it.

    Returns
    -------
    Offer
        The controls; each of them changes some measure from one end to the other.

    Raises
    ------
    TypeError, ValueError
        If `vary` names what cannot be moved.
    """
    settings = Settings.of(TRIALS, seed, threads, progress=False)
    if vary is not None:
        named = asked(scenario, vary)
        effects = _effects(scenario, named, replace(settings, trials=_MORE_TRIALS))
        kept = [one for one in named if one.path in effects]
        return Offer(kept, [one for one in named if one not in kept])
    maker = Maker(scenario)
    levers = [one for one in maker.levers() if not refusal(scenario, one)]
    unknowns = [one for one in maker.unknowns() if not refusal(scenario, one)]
    effects = _effects(scenario, [*levers, *unknowns], settings)
    kept = [one for one in levers if one.path in effects]
    moving = [one for one in unknowns if effects.get(one.path, 0) > 0]
    moving = sorted(moving, key=lambda one: -effects[one.path])[:MOST]
    return Offer([*kept, *moving], [one for one in levers if one not in kept])


def asked(scenario: Scenario, vary: Vary) -> list[Control]:
    """Make the controls that somebody names, whatever they do.

    Raises
    ------
    TypeError, ValueError
        If `vary` names what cannot be moved, or ends that the scenario refuses.
    """
    made = Maker(scenario).asked(vary)
    if wrong := [why for one in made if (why := refusal(scenario, one))]:
        raise ValueError("; ".join(wrong))
    return made


def _effects(
    scenario: Scenario, controls: Sequence[Control], settings: Settings
) -> dict[str, float]:
    """By path how much a control moves, beside the others; none where it does nothing at all."""
    variants = {_WRITTEN: scenario}
    for one in controls:
        low, high = ends_of(one)
        variants[f"{one.path} low"] = scenario.replace({one.path: low})
        variants[f"{one.path} high"] = scenario.replace({one.path: high})
    runs = run_all(variants, settings)
    aims = [aim for aim in _AIMS if has(scenario, aim)]
    swings: dict[str, list[float]] = {}
    for one in controls:
        low_run, high_run = runs[f"{one.path} low"], runs[f"{one.path} high"]
        if all(_same(runs[_WRITTEN], run) for run in (low_run, high_run)):
            continue
        swings[one.path] = [abs(_mean(high_run, aim) - _mean(low_run, aim)) for aim in aims]
    tops = [max(column) for column in zip(*swings.values(), strict=True)]
    return {
        path: max((move / top for move, top in zip(moves, tops, strict=True) if top), default=0)
        for path, moves in swings.items()
    }


def _same(one: Run, other: Run) -> bool:
    return bool(one.summary()["mean"].equals(other.summary()["mean"]))


def _mean(run: Run, aim: str) -> float:
    return float(np.mean(Criterion(aim).values(run)))
