"""Observations as the particle filter takes them, and what it says of each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from .. import _core
from .._internal.checks import named, several
from ..errors import ObservationError, Problem
from ..languages.figures import localised
from ..languages.speech import key_of, said_or, say
from ..scenario.scenario import Scenario
from .observations import Observations
from .observed_checks import ids_of
from .observed_tables import hint


class Observed(NamedTuple):
    """Observations as the core takes them, and what each is, in the same order."""

    core: _core._Known
    about: pd.DataFrame


def core_observations(
    scenario: Scenario,
    observed: Observations,
    every: str,
    tolerance: float = 0.0,
    not_reached: Mapping[str, Iterable[str]] | None = None,
) -> Observed:
    """Everything that was observed, as the core takes it, with what each is.

    Raises
    ------
    ObservationError
        If there is nothing, or something is not within the time of the scenario.
    """
    if not isinstance(observed, Observations):
        raise TypeError(f"`observed` must be Observations, not {type(observed).__name__}")
    counts = observed.core_counts(scenario, every=every)
    problems: list[Problem] = []
    people = _people(scenario, observed, problems)
    days = _days(scenario, observed, tolerance, problems)
    # A date was seen on its day; how far the tolerance goes, nobody looked.
    seen = [_day_of(scenario, day) + 1 for day in observed.dates["date"]]
    ends = [row.to_days for row in counts] + [row[0] for row in people] + seen
    if ends:
        days += _not_reached(scenario, not_reached, max(ends), problems)
    if problems:
        raise ObservationError(problems)
    if not counts and not people and not days:
        raise ObservationError(
            [
                Problem(
                    "observed",
                    "empty",
                    "nothing was observed in the time of the scenario",
                    "give counts, events within their window, levels or dates; or `simulate`",
                )
            ]
        )
    about = [_about_count(scenario, row) for row in counts]
    about += [_about_people(scenario, row) for row in people]
    about += [_about_day(scenario, row) for row in days]
    core: Any = ([tuple(row) for row in counts], people, days)
    return Observed(core, pd.DataFrame(about, columns=["what", "from", "to", "observed"]))


def _people(scenario: Scenario, observed: Observations, problems: list[Problem]) -> list[Any]:
    rows = []
    for label, row in observed.levels.iterrows():
        days = _day_of(scenario, row["date"]) + 1
        if _within(scenario, f"levels[{label}].date", days, problems):
            sigma = row["relative_error"]
            kind = "exact" if pd.isna(sigma) or sigma == 0 else "about"
            number = round(float(row["people"]))
            site, who = _or_none(row["site"]), _or_none(row["contingent"])
            rows.append((float(days), site, who, kind, number, 0.0 if kind == "exact" else sigma))
    return rows


def _days(
    scenario: Scenario, observed: Observations, tolerance: float, problems: list[Problem]
) -> list[Any]:
    rows = []
    for label, row in observed.dates.iterrows():
        day = _day_of(scenario, row["date"])
        if _within(scenario, f"dates[{label}].date", day + 1, problems):
            last = min(day + 1 + tolerance, _horizon(scenario))
            rows.append((row["kind"], row["id"], day - tolerance, float(last), True))
    return rows


def _not_reached(
    scenario: Scenario,
    kinds: Mapping[str, Iterable[str]] | None,
    until: float,
    problems: list[Problem],
) -> list[Any]:
    """What had not been reached by the end of the last day of the observations."""
    rows = []
    for kind, ids in named("not_reached", kinds or {}, '{"phase": ["second"]}').items():
        if kind not in _DONE:
            problems.append(
                Problem(
                    f"not_reached[{kind!r}]",
                    "unknown_kind",
                    "nothing of that kind has a date",
                    f"write one of {', '.join(_DONE)}",
                )
            )
            continue
        known = ids_of(scenario)[kind]
        for place, name in enumerate(several(f"not_reached[{kind!r}]", ids, '["second"]')):
            if name in known:
                rows.append((kind, str(name), 0.0, until, False))
                continue
            said = f'the scenario has no {kind} "{name}"'
            where = f"not_reached[{kind!r}][{place}]"
            problems.append(Problem(where, f"unknown_{kind}", said, hint(name, known)))
    return rows


def _within(scenario: Scenario, place: str, days: float, problems: list[Problem]) -> bool:
    inside = 0 < days <= _horizon(scenario)
    if not inside:
        problems.append(
            Problem(
                place,
                "outside",
                f"it is not in the time of the scenario, {scenario.start} to "
                f"{scenario.horizon - timedelta(1)}",
                "take a part of the observations with `since` and `until`",
            )
        )
    return inside


def _horizon(scenario: Scenario) -> int:
    return (scenario.horizon - scenario.start).days


def _day_of(scenario: Scenario, day: Any) -> int:
    return int((pd.Timestamp(day) - pd.Timestamp(scenario.start)).days)


def _or_none(text: Any) -> str | None:
    return None if text is None or pd.isna(text) else str(text)


_DONE = {"phase": "done", "site": "empty", "gate": "open", "event": "happened"}
_WHAT = re.compile(r"(?P<what>\w+)( by (?P<by>.*?))?( of (?P<of>.*?))?( on (?P<on>.*))?")
_AS = {"exact": "", "about": "about ", "at_most": "at most "}


def _about_count(scenario: Scenario, row: Any) -> tuple[str, date, date, str]:
    sites = " and ".join(row.sites)
    what = row.measure + (f" by {row.threat}" if row.threat else "")
    what += f" on {sites}" if sites else ""
    said = "missing" if row.kind == "missing" else f"{_AS[row.kind]}{row.number:,}"
    return what, _date(scenario, row.from_days), _date(scenario, row.to_days - 1), said


def _about_people(scenario: Scenario, row: Any) -> tuple[str, date, date, str]:
    days, site, who, kind, number, _ = row
    what = "people" + (f" of {who}" if who else "") + (f" on {site}" if site else "")
    on = _date(scenario, days - 1)
    return what, on, on, f"{_AS[kind]}{number:,}"


def _about_day(scenario: Scenario, row: Any) -> tuple[str, date, date, str]:
    kind, name, first, last, happened = row
    from_, to = _date(scenario, first), _date(scenario, last - 1)
    return f"{kind} {name} {_DONE[kind]}", from_, to, "reached" if happened else "not reached"


def what_in_words(what: str) -> str:
    """What was observed, as the tables call it, in the language that is spoken."""
    for kind, done in _DONE.items():
        if found := re.fullmatch(rf"{kind} (.*) {done}", what):
            return say(f"seen-done-{kind}", id=found[1])
    parts = _WHAT.fullmatch(what)
    if parts is None:
        return what
    measure = parts["what"]
    text = say("seen-people") if measure == "people" else said_or(f"measure-{measure}", measure)
    text = say("seen-by", what=text, threat=parts["by"]) if parts["by"] else text
    text = say("seen-of", what=text, who=parts["of"]) if parts["of"] else text
    sites = say("list-and").join(parts["on"].split(" and ")) if parts["on"] else ""
    return say("seen-on", what=text, sites=sites) if sites else text


def seen_in_words(observed: str) -> str:
    """How much of it was observed, as the tables say it, in the language that is spoken."""
    for kind, begins in _AS.items():
        if begins and observed.startswith(begins):
            number = localised(observed.removeprefix(begins))
            return say(f"seen-{kind.replace('_', '-')}", number=number)
    return said_or(f"seen-{key_of(observed)}", localised(observed))


def _date(scenario: Scenario, days: float) -> date:
    return scenario.start + timedelta(math.floor(days))


def steps(rows: list[dict[str, Any]], about: pd.DataFrame) -> pd.DataFrame:
    """The table by observation: what it was, and what the core says of it."""
    found = pd.DataFrame(
        rows,
        columns=["observation", "p10", "p50", "p90", "log_likelihood", "effective", "distinct"],
    )
    left = about.loc[found["observation"]].reset_index(drop=True)
    for name in ("from", "to"):
        left[name] = pd.to_datetime(left[name])
    table = pd.concat([left, found.drop(columns="observation")], axis=1)
    return table.rename_axis("observation")


def collapsed(
    collapse: tuple[int, float, float], about: pd.DataFrame, what: str, count: int
) -> str:
    """What to say of an observation that none makes possible."""
    place, low, high = collapse
    row = about.loc[place]
    span = f"on {row['from']}" if row["from"] == row["to"] else f"from {row['from']} to {row['to']}"
    came = "it happened in none of them by then"
    if not math.isnan(low):
        came = f"they came to {low:,.0f} to {high:,.0f}"
    return (
        f"no {what} of {count:,} makes it possible that {row['what']} {span} were "
        f'{row["observed"]}: {came}. Say how well it is known (a bound of "about", a larger '
        f"`relative_error`, a tolerance for dates), widen or refit the ranges, take more {what}s, "
        f"or check the observation; `partial` is what came before"
    )
