"""Choosing among plans: dominance, regret, and being good enough in many worlds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._internal.checks import several
from ..runs.criterion import Criterion, Level, Limit
from ..runs.outcomes import by_plan, worse
from ..runs.run import Run
from ..runs.spoken import spoken
from ..stats.intervals import of_trials
from ..stats.means import estimate

Array = NDArray[np.float64]

# What plans are weighed by unless other measures are named.
AIMS = ("finish_days", "casualties", "insurgent_strength", "cost")
_RESAMPLES = 1_000
_LIMITS = '["casualties <= 1000"]'


def aims(runs: Mapping[str, Run]) -> list[str]:
    """Of what plans are weighed by, that which one of them has."""
    found = spoken(AIMS, *runs.values())
    if not found:
        raise ValueError(
            "there is nothing to weigh plans by: none has phases, threats, an insurgency or costs; "
            "name `measures`"
        )
    return found


def frontier(runs: Mapping[str, Run], measures: Sequence[str]) -> pd.DataFrame:
    """The table that `Comparison.frontier` describes."""
    worlds = by_plan(runs, measures)
    losses = {plan: values * worse(measures) for plan, values in worlds.items()}
    rows = {}
    for plan, mine in worlds.items():
        row: dict[str, object] = {}
        for measure, values in zip(measures, mine.T, strict=True):
            about = estimate(values)
            row[measure] = about["mean"]
            row[f"{measure}_low"], row[f"{measure}_high"] = _ends(measure, values, about)
        lost = losses[plan]
        beaten = {other: _beats(theirs, lost) for other, theirs in losses.items() if other != plan}
        row["dominated_by"] = ", ".join(other for other, how in beaten.items() if how == "surely")
        row["perhaps_by"] = ", ".join(other for other, how in beaten.items() if how == "perhaps")
        rows[plan] = row
    return pd.DataFrame(rows).T.infer_objects().rename_axis("plan")


def differences(
    runs: Mapping[str, Run], baseline: str, measures: Sequence[str]
) -> dict[str, list[dict[str, float]]]:
    """For each plan how it differs from the baseline in each measure: paired means, intervals."""
    worlds = by_plan(runs, measures)
    base = worlds[baseline]
    return {plan: [estimate(each) for each in (mine - base).T] for plan, mine in worlds.items()}


def regret(
    runs: Mapping[str, Run], baseline: str, measure: str | None, percentile: float
) -> pd.DataFrame:
    """The table that `Comparison.regret` describes."""
    if measure is None:
        known = aims(runs)
        measure = "casualties" if "casualties" in known else known[0]
    if not 0 < percentile < 100:
        raise ValueError(f"`percentile` must be between 0 and 100, not {percentile}")
    worlds = by_plan(runs, [measure])
    values = np.column_stack([found[:, 0] for found in worlds.values()]) * worse([measure])
    missed = values - values.min(axis=1, keepdims=True)
    generator = np.random.default_rng(runs[baseline].seed)
    again = missed[generator.integers(len(missed), size=(_RESAMPLES, len(missed)))]
    low, high = np.quantile(np.percentile(again, percentile, axis=1), [0.025, 0.975], axis=0)
    name = f"p{percentile:g}"
    return pd.DataFrame(
        {
            "mean": missed.mean(axis=0),
            "standard_error": missed.std(axis=0, ddof=1) / math.sqrt(len(missed)),
            name: np.percentile(missed, percentile, axis=0),
            f"{name}_low": low,
            f"{name}_high": high,
            "max": missed.max(axis=0),
            "best": (missed == 0).mean(axis=0),
        },
        pd.Index(list(worlds), name="plan"),
    )


def good_enough(
    runs: Mapping[str, Run], limits: Mapping[str, Level] | Iterable[str]
) -> pd.DataFrame:
    """The table that `Comparison.good_enough` describes."""
    named = _limits(limits)
    rows = {}
    worlds = by_plan(runs, [limit.on for limit in named.values()])
    for run in runs.values():
        for limit in named.values():
            limit.check(run)
    for plan, values in worlds.items():
        each = zip(named.values(), values.T, strict=True)
        kept = np.column_stack([limit.holds(runs[plan], column) for limit, column in each])
        together = np.asarray(kept.all(axis=1))
        # Worlds are independent of each other.
        about = of_trials(together)
        rows[plan] = {
            "share": about.share,
            "low": about.low,
            "high": about.high,
            **dict(zip(named, kept.mean(axis=0), strict=True)),
        }
    return pd.DataFrame(rows).T.rename_axis("plan")


def _limits(given: Mapping[str, Level] | Iterable[str]) -> dict[str, Limit]:
    """What is to be kept, by what was asked."""
    if isinstance(given, Mapping):
        found = {text: Limit.kept(text, most) for text, most in given.items()}
    else:
        texts = [given] if isinstance(given, str) else several("limits", given, _LIMITS)
        found = {text: Limit.parse(text) for text in texts}
    if not found:
        raise ValueError(f"give a limit for a measure or more, such as {_LIMITS}")
    return found


def _ends(measure: str, values: Array, about: dict[str, float]) -> tuple[float, float]:
    """The interval of a mean, or of a chance where a world is a history."""
    if Criterion.parse(measure).sign and np.isin(values, (0, 1)).all():
        chance = of_trials(values > 0)
        return chance.low, chance.high
    return about["low"], about["high"]


def _beats(one: Array, other: Array) -> str:
    """Whether a plan is at least as good in every measure and better in one; more is worse."""
    about = [estimate(difference) for difference in (one - other).T]
    if all(each["high"] <= 0 for each in about) and any(each["high"] < 0 for each in about):
        return "surely"
    better = all(each["mean"] <= 0 for each in about) and any(each["mean"] < 0 for each in about)
    return "perhaps" if better else "no"
