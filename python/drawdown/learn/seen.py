"""What observations a posterior knows of already, so that none is counted twice."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from ..runs.samples import laws_of
from ..scenario.scenario import Scenario
from .core_counts import core_count
from .monthly import days_of
from .observations import Observations
from .posterior import HASH_SHOWN, Posterior

# Days are counted from here, so that the start of a scenario does not matter.
_EPOCH = pd.Timestamp(0)
_OF_EVENTS = ["date", "date_from", "date_to", "kind", "site", "threat"]
_OF_EVENTS += ["count", "wounded", "killed"]
_FITTED = re.compile(rf"fitted to observations ([0-9a-f]{{{HASH_SHOWN}}})\b")


def known_of(observed: Any, scenario: Scenario) -> dict[str, Any]:
    """What the origin of a posterior says of the observations that it was fitted to."""
    return {
        "data_hash": data_hash(observed, scenario),
        "observed": [span._asdict() for span in _spans(observed, scenario)],
    }


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
    told = {
        "counts": sorted(map(_count, _counts(observed, scenario))),
        "events": sorted(_events(observed)),
        "window": [str(pd.Timestamp(one)) for one in getattr(observed, "window", None) or ()],
        "measures": sorted(getattr(observed, "measures", ())) if _has_events(observed) else [],
    }
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


class _Span(NamedTuple):
    """Days on which something was counted: by which threat (None: any), on which sites (or any)."""

    measure: str
    threat: str | None
    sites: list[str]
    first: str
    last: str

    def shared(self, other: _Span) -> _Span | None:
        """The days on which something may be counted in both; None if there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        apart = (
            self.measure != other.measure
            or (self.threat and other.threat and self.threat != other.threat)
            or (self.sites and other.sites and not set(self.sites) & set(other.sites))
        )
        return None if apart or first > last else _Span(self.measure, None, [], first, last)


def _spans(observed: Any, scenario: Scenario) -> list[_Span]:
    """On which days what was counted; counts of one series that follow one another are one."""
    found = [
        _Span(measure, threat, sorted(sites), _day(math.floor(begin)), _day(math.ceil(end) - 1))
        for begin, end, measure, threat, sites, *_ in _counts(observed, scenario)
    ]
    if _has_events(observed):
        window = [str(pd.Timestamp(day).date()) for day in observed.window]
        found += [_Span(measure, None, [], *window) for measure in observed.measures]
    return _united(found)


def _united(spans: Iterable[_Span]) -> list[_Span]:
    found: list[_Span] = []
    for span in sorted(spans, key=lambda one: (one.measure, one.threat or "", *one[2:])):
        last = found[-1] if found else None
        if last and span[:3] == last[:3] and span.first <= _after(last.last):
            found[-1] = last._replace(last=max(last.last, span.last))
        else:
            found.append(span)
    return found


def _day(days: int) -> str:
    """A day from 1970 on as ISO 8601 writes it, in the order of time."""
    return str((_EPOCH + pd.Timedelta(days=days)).date())


def _after(day: str) -> str:
    return str((pd.Timestamp(day) + pd.Timedelta(days=1)).date())


def _counts(observed: Any, scenario: Scenario) -> list[Any]:
    """What was counted, in days from 1970 on."""
    if isinstance(observed, Observations):
        rows = observed.counts.to_dict("records")
        counts: list[Any] = [core_count(row, _EPOCH) for row in rows]
    else:
        since = (pd.Timestamp(scenario.start) - _EPOCH).days
        given = observed.core_counts(scenario) if hasattr(observed, "core_counts") else observed
        counts = [(one[0] + since, one[1] + since, *one[2:]) for one in given]
    return [one for one in counts if one[5] != "missing"]


def _count(one: Any) -> str:
    begin, end, measure, threat, sites, kind, number, sigma = one
    row = [float(begin), float(end), measure, threat, sorted(sites), kind]
    return json.dumps([*row, float(number), float(sigma)])


def _has_events(observed: Any) -> bool:
    return getattr(observed, "window", None) is not None


def _events(observed: Any) -> Iterator[str]:
    if _has_events(observed):
        events = observed.events
        events["date_from"], events["date_to"] = days_of(events)
        for row in events.reindex(columns=_OF_EVENTS).itertuples(index=False):
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
    theirs: list[_Span] = []
    if isinstance(samples, pd.DataFrame) and samples.attrs.get("data_hash"):
        whose, known = "`samples` are", {str(samples.attrs["data_hash"])[:HASH_SHOWN]}
        theirs = [_Span(**one) for one in samples.attrs.get("observed", [])]
    else:
        whose, known = "the scenario's ranges are", set()
    for plan in plans.values() if not known else ():
        told: Any = plan.to_dict().get("sources", {})
        for one in told.values():
            known.update(_FITTED.findall(str(one.get("source", ""))))
    first = next(iter(plans.values()))
    if not known or data_hash(observed, first)[:HASH_SHOWN] not in known:
        return _in_part(theirs, _spans(observed, first)) if theirs else ""
    return (
        f"{whose} fitted to these very observations, which count twice now: what comes out is "
        "surer than it should be. Give the scenario as it was before the fit, and the posterior "
        "as `fitted`"
    )


def _in_part(theirs: list[_Span], ours: list[_Span]) -> str:
    """What to say if observations share days with those that samples were fitted to; or nothing."""
    both = _united(span for one in theirs for other in ours if (span := one.shared(other)))
    if not both:
        return ""
    told = "; ".join(f"{span.measure} {span.first} to {span.last}" for span in both)
    return (
        f"`samples` were fitted to observations that share days with these ({told}). Where both "
        "count the same events, these count twice now: what comes out is surer than it should be. "
        "Give what came after the fit (`since`), or fit to all of it and give the posterior as "
        "`fitted`"
    )
