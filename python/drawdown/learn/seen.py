"""What observations a posterior knows of already, so that none is counted twice."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from ..runs.samples import laws_of
from ..scenario.scenario import Scenario
from .core_counts import core_count
from .observations import Observations
from .posterior import HASH_SHOWN, Posterior

# Days are counted from here, so that the start of a scenario does not matter.
_EPOCH = pd.Timestamp(0)
_OF_EVENTS = ("date", "kind", "site", "threat", "count", "wounded", "killed")
_FITTED = re.compile(rf"fitted to observations ([0-9a-f]{{{HASH_SHOWN}}})\b")


def data_hash(observed: Any, scenario: Scenario) -> str:
    """SHA-256 of all that a fit reads in observations: counts and events, in any order.

    Sources, notes, levels and dates are not in it, nor are intervals that nobody counted.

    Parameters
    ----------
    observed : Observations, or counts as the core takes them
        What was observed.
    scenario : Scenario
        From whose start the core's counts have their days.
    """
    if isinstance(observed, Observations):
        rows = observed.counts.to_dict("records")
        counts: Iterable[Any] = [core_count(row, _EPOCH) for row in rows]
    else:
        since = (pd.Timestamp(scenario.start) - _EPOCH).days
        given = observed.core_counts(scenario) if hasattr(observed, "core_counts") else observed
        counts = [(one[0] + since, one[1] + since, *one[2:]) for one in given]
    told = {
        "counts": sorted(_count(one) for one in counts if one[5] != "missing"),
        "events": sorted(_events(observed)),
        "window": [str(pd.Timestamp(one)) for one in getattr(observed, "window", None) or ()],
        "measures": sorted(getattr(observed, "measures", ())) if _has_events(observed) else [],
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _count(one: Any) -> str:
    begin, end, measure, threat, sites, kind, number, sigma = one
    row = [float(begin), float(end), measure, threat, sorted(sites), kind]
    return json.dumps([*row, float(number), float(sigma)])


def _has_events(observed: Any) -> bool:
    return getattr(observed, "window", None) is not None


def _events(observed: Any) -> Iterator[str]:
    if _has_events(observed):
        for row in observed.events.reindex(columns=list(_OF_EVENTS)).itertuples(index=False):
            yield json.dumps([None if pd.isna(cell) else str(cell) for cell in row])


def check_fitted(fitted: Posterior, plans: Mapping[str, Scenario], observed: Observations) -> None:
    """Refuse a posterior of other observations, or of ranges that a plan does not have as they are.

    One that was made by hand says of no data that it was fitted to them: its maker answers for it.

    Raises
    ------
    ValueError
        If it was fitted to other observations, or ranges are missing or others.
    """
    known = fitted.origin.get("data_hash")
    now = data_hash(observed, fitted.prior)
    problems = []
    if known is not None and known != now:
        problems.append(
            f"`fitted` was fitted to other observations (hash {known[:HASH_SHOWN]}) than these "
            f"({now[:HASH_SHOWN]}): fit again to these; or, if it was fitted to other data that "
            "share nothing with these, give `samples=posterior.samples`"
        )
    theirs = laws_of(fitted.prior)
    for name, plan in plans.items():
        problems += _other_ranges(name, theirs, laws_of(plan), list(fitted.samples.columns))
    if problems:
        raise ValueError("\n".join(problems))


def _other_ranges(
    name: str, theirs: Mapping[str, Any], ours: Mapping[str, Any], paths: list[str]
) -> Iterator[str]:
    """What ranges of a plan are not those that were fitted."""
    missing = [path for path in paths if path not in ours]
    differing = [path for path in paths if path in ours and ours[path] != theirs.get(path)]
    for these, why in ((missing, "has no range at"), (differing, "has other ranges at")):
        if these:
            yield (
                f"`fitted` was fitted to another scenario: `{name}` {why} "
                f"{', '.join(f'`{path}`' for path in these)}; give the scenario that was fitted "
                "(`posterior.prior`, and not `posterior.scenario()`), or fit this one"
            )


def counted_twice(
    plans: Mapping[str, Scenario], samples: pd.DataFrame | None, observed: Observations
) -> str:
    """What to say if samples or a scenario know of these observations already; or nothing."""
    if isinstance(samples, pd.DataFrame) and samples.attrs.get("data_hash"):
        whose, known = "`samples` are", {str(samples.attrs["data_hash"])[:HASH_SHOWN]}
    else:
        whose, known = "the scenario's ranges are", set()
    for plan in plans.values() if not known else ():
        told: Any = plan.to_dict().get("sources", {})
        for one in told.values():
            known.update(_FITTED.findall(str(one.get("source", ""))))
    if not known or data_hash(observed, next(iter(plans.values())))[:HASH_SHOWN] not in known:
        return ""
    return (
        f"{whose} fitted to these very observations, which count twice now: what comes out is "
        "surer than it should be. Give the scenario as it was before the fit, and the posterior "
        "as `fitted`"
    )
