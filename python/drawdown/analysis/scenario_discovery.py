"""In which worlds does the plan fail? Boxes of assumptions, found by peeling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..runs.criterion import Level, Limit, written
from ..runs.run import Run
from ..stats import prim
from .comparison import Comparison
from .discovery import Discovery, Found
from .failing import Failing
from .statements import Statement, Truth, Worlds

# The column that tells pooled runs apart.
CASE = "case"
_FEWEST = 30


def scenario_discovery(
    result: Run | Comparison,
    fails: Mapping[str, Level] | list[str] | Statement,
    *,
    plan: str | None = None,
    boxes: int = 1,
    held_out: float = 1 / 3,
    least: float = 0.05,
    seed: int | None = None,
) -> Discovery:
    """Find the worlds in which a plan fails: a few ranges within limits (scenario discovery).

    Peeling (PRIM) takes away, a slice at a time, worlds in which the plan rarely fails, until what
    is left is a box in which it often does; limits that chance makes as good are dropped. A part of
    the worlds is held out and tells how good the box is on worlds that it was not found in.

    Parameters
    ----------
    result : Run or Comparison
        A run or comparison, best simulated with ``samples=``: a world is then a parameter sample,
        with the means of its trials. Without, a world is one trial, chance included, of which
        little is explained; the result says so.
    fails : str, list, mapping, tuple or callable
        What failing is, by what is expected in a world: ``"casualties > 1000"``, or a list of such
        of which any is so; a limit to keep, such as ``"casualties <= 1000"``, is refused. Or the
        most that is good enough, as `Comparison.good_enough` takes it: ``{"casualties": 1_000,
        "finish_days > 2026-12-31": 0.5}`` fails where any is above, and ``{"finish_days <=
        2026-12-31": 0.8}``, the chance of what is to be kept, where it is below. Or one
        statement, as for `Comparison.conclusions`: ``("casualties", ">", 1_000)``, between plans
        ``("firm", "casualties", ">", "120 days")``, or a function of `Worlds`.
    plan : str, optional
        The plan of a comparison that `fails` is about. Left out with a text, a list or a mapping,
        all runs are pooled and ``case`` is one more column: what `compare_worlds` gives, the sides
        of a dispute.
    boxes : int
        How many boxes to look for, each among the worlds that are in none before.
    held_out : float
        The share of worlds that boxes are judged by and not found in.
    least : float
        The share of worlds that a box must hold.
    seed : int, optional
        The seed of the split into found and held out; left out, that of the run.

    Returns
    -------
    Discovery
        Boxes as a table, in words and as a figure; none where there are none to find.

    Raises
    ------
    ValueError
        If there are fewer than 30 worlds, no range, no such measure or plan, or a number is out of
        range.
    """
    if not isinstance(result, (Run, Comparison)):
        raise TypeError(f"`result` is a Run or a Comparison, not {type(result).__name__}")
    inputs, truth, runs, samples = _worlds(result, fails, plan)
    failing = Failing.of(fails, plan)
    return search(inputs, truth, failing, runs, boxes, held_out, least, seed, samples)


def search(
    inputs: pd.DataFrame,
    truth: Truth,
    fails: Failing,
    runs: list[Run],
    boxes: int = 1,
    held_out: float = 1 / 3,
    least: float = 0.05,
    seed: int | None = None,
    samples: NDArray[np.int64] | None = None,
) -> Discovery:
    """`scenario_discovery`, where it is known in which worlds the plan fails.

    Worlds of several runs that share a parameter sample have one number in `samples`.
    """
    if not 0 < held_out < 1 or not 0 < least < 1 or boxes < 1:
        raise ValueError("`held_out` and `least` are between 0 and 1, `boxes` at least 1")
    if wrong := list(_lacking(inputs, runs)):
        raise ValueError("; ".join(wrong))
    seed = runs[0].seed if seed is None else seed
    samples = np.arange(len(inputs)) if samples is None else samples
    # Held out with all of its worlds, or a box would be judged by what it was found in.
    order = np.random.default_rng(seed).permutation(samples.max() + 1)
    kept = np.isin(samples, order[: round(held_out * len(order))])
    found = (
        []
        if truth.holds.all() or not truth.holds.any()
        else _boxes(inputs, truth.holds, kept, boxes, least, samples)
    )
    return Discovery(inputs, truth, kept, found, fails, runs)


def _lacking(inputs: pd.DataFrame, runs: list[Run]) -> Iterator[str]:
    """What is too little to find worlds among, and what to do."""
    if not inputs.shape[1]:
        yield (
            "the scenario has no ranges, so that its worlds are all alike: write a range for what "
            "is not known, such as { uniform = [0.05, 0.15] }"
        )
    if len(inputs) < _FEWEST:
        ask = "more `trials`" if runs[0].samples is None else "more `samples`"
        yield (
            f"{len(inputs)} worlds are too few: it takes {_FEWEST}, and some hundred to do it "
            f"well. Simulate with {ask}, best as `samples=200, trials=4_000`"
        )


def _worlds(
    result: Run | Comparison, fails: Any, plan: str | None
) -> tuple[pd.DataFrame, Truth, list[Run], NDArray[np.int64]]:
    """Values by world, where it fails, the runs that this is of, and the sample of each world."""
    limits = _limits(fails)
    if isinstance(result, Run):
        runs = {"": result}
    elif limits is None:
        worlds = Worlds(result.runs)
        truth, runs = worlds.truth(fails), result.runs
        return worlds.inputs, truth, list(runs.values()), np.arange(worlds.count)
    else:
        runs = result.runs if plan is None else {plan: Worlds(result.runs).run(plan)}
    parts = [Worlds({"": run}) for run in runs.values()]
    each = [one.truth(fails) if limits is None else one.above(limits) for one in parts]
    truth = Truth(*(np.concatenate(columns) for columns in zip(*each, strict=True)))
    samples = np.concatenate([np.arange(one.count) for one in parts])
    if len(parts) == 1:
        return parts[0].inputs, truth, list(runs.values()), samples
    # What only some cases have cannot tell others apart.
    frames = [one.inputs.assign(**{CASE: name}) for name, one in zip(runs, parts, strict=True)]
    inputs = pd.concat(frames, join="inner", ignore_index=True)
    return inputs, truth, list(runs.values()), samples


def _limits(fails: Any) -> list[Limit] | None:
    """Of what is about the plan of any run: where one of these is so, the plan fails."""
    if isinstance(fails, Mapping):
        found = [Limit.kept(text, most).otherwise for text, most in fails.items()]
    elif isinstance(fails, (str, list)):
        found = [_failing(text) for text in ([fails] if isinstance(fails, str) else fails)]
    else:
        return None
    if not found:
        raise ValueError("give a limit for a measure or more")
    return found


def _failing(text: str) -> Limit:
    """What failing is; a limit that is to be kept says the contrary."""
    found = Limit.parse(text)
    asked = found.on.held(found.sign, found.level)
    if asked.more_is_better:
        level = written(found.level)
        level = level if isinstance(found.level, float) else repr(level)
        raise ValueError(
            f"`fails` says what failing is, and {text!r} is a limit to keep: write "
            f"'{asked.otherwise}'; if it is failing indeed, write "
            f"('{found.on}', '{found.sign}', {level})"
        )
    return found


def _boxes(
    inputs: pd.DataFrame,
    fails: prim.Mask,
    kept: prim.Mask,
    boxes: int,
    least: float,
    samples: NDArray[np.int64],
) -> list[Found]:
    """Boxes, one after the other among the worlds that are in none yet."""
    found: list[Found] = []
    left = np.ones(len(inputs), dtype=bool)
    for _ in range(boxes):
        seen = left & ~kept
        if not fails[seen].any() or fails[seen].all():
            break
        here, there = inputs[seen], fails[seen]
        peeled = prim.peel(here, there, least * (~kept).sum() / len(here))
        number = prim.chosen(peeled, here, there)
        box = prim.pruned(peeled[number], here, there)
        if not box.limits:
            break
        held = (inputs[left & kept], fails[left & kept], samples[left & kept])
        path = prim.trajectory(peeled, here, there)
        found.append(Found(box, number, path, prim.quasi_p(box, here, there), here, there, *held))
        left &= ~box.holds(inputs)
    return found
