"""A table of what experts have said, and all that is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..errors import JudgementError, Problem, ScenarioError
from ..scenario.assumptions import limits
from ..scenario.scenario import Scenario
from ..stats.classical import LEAST_SEEDS

QUANTILES = ["p5", "p50", "p95"]
COLUMNS = ["expert", "question", *QUANTILES]
_ORDER = "the three are to rise: p5 below p50 below p95"


def read(
    scenario: Scenario,
    judgements: pd.DataFrame,
    seeds: Mapping[str, float],
    log: Iterable[str],
    performance: bool,
) -> pd.DataFrame:
    """The table with the columns that are of use, a row for each expert and question.

    Raises
    ------
    JudgementError
        With everything that is wrong.
    """
    if not isinstance(judgements, pd.DataFrame):
        raise TypeError(
            f"`judgements` is a DataFrame with the columns {', '.join(COLUMNS)}, not "
            f"{type(judgements).__name__}"
        )
    if lacking := [name for name in COLUMNS if name not in judgements]:
        raise JudgementError([_column(name, judgements) for name in lacking])
    log = list(log)
    problems = [*_rows(judgements, log), *_answers(judgements), *_seeds(judgements, seeds, log)]
    if performance and len(seeds) < LEAST_SEEDS:
        problems.append(
            Problem(
                "seeds",
                "too_few_seeds",
                f"{len(seeds)} seed questions do not tell experts apart",
                f'ask {LEAST_SEEDS} or more, or take weights="equal"',
            )
        )
    asked = list(dict.fromkeys(judgements["question"].dropna()))
    targets = [question for question in asked if question not in seeds]
    if not targets:
        what = "no question is about a number of the scenario"
        problems.append(Problem("judgements", "no_question", what, "name one by its dotted path"))
    for question in targets:
        problems += _target(scenario, str(question), judgements)
    for name in log:
        if name not in asked:
            what = f"nobody was asked `{name}`"
            problems.append(Problem("log", "unknown_question", what, "name a question"))
    if problems:
        raise JudgementError(problems)
    found = judgements[COLUMNS].reset_index(drop=True)
    return found.astype({"expert": str, "question": str} | dict.fromkeys(QUANTILES, float))


def _column(name: str, judgements: pd.DataFrame) -> Problem:
    there = ", ".join(map(str, judgements.columns)) or "none"
    return Problem(f"judgements.{name}", "missing_column", "there is no such column", there)


def _rows(judgements: pd.DataFrame, log: list[str]) -> Iterator[Problem]:
    """What is wrong with single rows."""
    for label, row in zip(judgements.index, judgements.to_dict("records"), strict=True):
        place = f"judgements[{label}]"
        for name in ("expert", "question"):
            if pd.isna(row[name]) or not str(row[name]).strip():
                yield Problem(f"{place}.{name}", "missing", "it is left out", f"give the {name}")
        numbers = [_number(row[name]) for name in QUANTILES]
        wrong = [name for name, x in zip(QUANTILES, numbers, strict=True) if not math.isfinite(x)]
        for name in wrong:
            what = f"{row[name]!r} is not a finite number"
            yield Problem(f"{place}.{name}", "not_a_number", what, "give one")
        if not wrong and not numbers[0] < numbers[1] < numbers[2]:
            values = ", ".join(f"{x:g}" for x in numbers)
            yield Problem(place, "out_of_order", f"{values} do not rise", _ORDER)
        elif not wrong and row["question"] in log and numbers[0] <= 0:
            what = f"{numbers[0]:g} has no logarithm"
            yield Problem(f"{place}.p5", "not_positive", what, "take the question out of `log`")


def _answers(judgements: pd.DataFrame) -> Iterator[Problem]:
    """Who has answered what not at all, or twice."""
    pairs = judgements[["expert", "question"]].dropna()
    counts: Any = pairs.value_counts()
    experts, questions = (list(dict.fromkeys(pairs[name])) for name in pairs)
    for expert in experts:
        for question in questions:
            count = int(counts.get((expert, question), 0))
            place = f"judgements, {expert}, {question}"
            if count > 1:
                yield Problem(place, "twice", f"there are {count} answers", "keep one of them")
            elif not count:
                remedy = "ask, or leave out the expert or the question"
                yield Problem(place, "missing_answer", f"`{expert}` has not answered", remedy)


def _seeds(
    judgements: pd.DataFrame, seeds: Mapping[str, float], log: list[str]
) -> Iterator[Problem]:
    asked = set(judgements["question"])
    for question, truth in seeds.items():
        place = f"seeds.{question}"
        if question not in asked:
            yield Problem(place, "unknown_question", "nobody was asked", "ask, or leave it out")
        if not math.isfinite(value := _number(truth)):
            what = f"{truth!r} is not a finite number"
            yield Problem(place, "not_a_number", what, "give the true value")
        elif question in log and value <= 0:
            what = f"{value:g} has no logarithm"
            yield Problem(place, "not_positive", what, "take the question out of `log`")


def _target(scenario: Scenario, path: str, judgements: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong with asking about a number of a scenario, and with what was answered."""
    answers = judgements.loc[judgements["question"] == path, QUANTILES]
    numbers = np.array([[_number(x) for x in row] for row in answers.to_numpy(object)])
    if not np.isfinite(numbers).all():
        return
    least, greatest = float(numbers.min()), float(numbers.max())
    # A number finds out whether there is such a place, and a range whether it takes one.
    unknown = [one for one in _refused(scenario, {path: least}) if one.code == "unknown_key"]
    if unknown:
        seed = "; or give the true answer to a seed question in `seeds`"
        yield from (one._replace(remedy=one.remedy + seed) for one in unknown)
        return
    low, high = limits(scenario, path)
    outside = [x for x in (least, greatest) if not low < x < high]
    if outside:
        place, values = f"judgements, {path}", " and ".join(f"{x:g}" for x in outside)
        what = f"{values} leaves no room for values beyond it, from {low:g} to {high:g}"
        yield Problem(place, "out_of_range", what, "ask again: a P5 and a P95 lie within limits")
        return
    yield from _refused(scenario, {path: {"uniform": [least, greatest]}})


def _refused(scenario: Scenario, changes: Mapping[str, Any]) -> list[Problem]:
    """What a scenario says against changes, or that they are no range of it."""
    try:
        changed = scenario.replace(changes)
    except ScenarioError as error:
        return list(error.problems)
    ranges = {path for path, _ in changed._compiled.ranges()}
    return [
        Problem(
            path,
            "no_range",
            "this is a law of chance, or is not used: nobody's belief can stand there",
            f"ask about one of its parameters, such as `{path}.lognormal.median`",
        )
        for path, value in changes.items()
        if isinstance(value, Mapping) and path not in ranges
    ]


def refused_laws(scenario: Scenario, laws: Mapping[str, Any]) -> None:
    """Refuse laws that a scenario refuses.

    Raises
    ------
    JudgementError
        With what it says.
    """
    if problems := _refused(scenario, laws):
        raise JudgementError(problems)


def _number(value: Any) -> float:
    if isinstance(value, (bool, str)) or value is None:
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
