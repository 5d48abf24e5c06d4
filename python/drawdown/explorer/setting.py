"""A setting: what was moved, as changes of the scenario, as JSON, as code and as a link."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from .. import _core
from ..errors import Problem
from ..scenario.scenario import Scenario

# A text is what somebody typed who meant a number: the scenario says what is wrong with it.
Value = float | bool | str
Setting = Mapping[str, Value]

_FORMAT = "drawdown-setting"
# Nobody moves more controls than these, and no text of them is longer.
_MOST, LONGEST, _LONGEST_VALUE = 200, 100_000, 100
_KEYS = {_FORMAT, "title", "scenario", "seed", "changes"}


def applied(scenario: Scenario, setting: Setting) -> Scenario:
    """Give the scenario with a setting.

    Raises
    ------
    ScenarioError
        If it is refused, with every problem.
    """
    return scenario.replace(dict(setting)) if setting else scenario


def as_json(scenario: Scenario, setting: Setting, seed: int) -> str:
    """Give a setting as a short text that brings it back."""
    about = {_FORMAT: 1, "title": scenario.title, "scenario": scenario.hash, "seed": seed}
    return json.dumps({**about, "changes": dict(setting)}, ensure_ascii=False)


def from_json(scenario: Scenario, text: str) -> dict[str, Value]:
    """Read what `as_json` gave.

    Raises
    ------
    ValueError
        If it is no such text, or that of another scenario.
    ScenarioError
        If the scenario refuses it.
    """
    remedy = "copy the whole text of the setting again"
    if len(text) > LONGEST:
        raise ValueError(f"this is too long for a setting: {remedy}")
    try:
        found = json.loads(text)
    except ValueError:
        raise ValueError(f"this is no text of a setting (JSON): {remedy}") from None
    if not isinstance(found, dict) or found.get(_FORMAT) != 1 or not set(found) <= _KEYS:
        raise ValueError(f"this is no setting of this version: {remedy}")
    setting = checked(found.get("changes"))
    if found.get("scenario") != scenario.hash:
        title = found.get("title") or "untitled"
        raise ValueError(f"this is a setting of another scenario ({title}): open that one first")
    applied(scenario, setting)
    return setting


def checked(given: Any) -> dict[str, Value]:
    """A setting that came from outside: numbers and truths by path.

    Raises
    ------
    ValueError
        If it is none.
    """
    fine = isinstance(given, dict) and len(given) <= _MOST
    if not fine or not all(_is_value(value) for value in given.values()):
        raise ValueError("a setting is a number, or true or false, for each path")
    # Of what is counted a scenario takes no point, and of what is measured it takes none for one.
    return {
        str(path): int(value) if isinstance(value, float) and value.is_integer() else value
        for path, value in given.items()
    }


def _is_value(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_VALUE
    return isinstance(value, (int, float)) and math.isfinite(value)


def as_code(scenario: Scenario, setting: Setting, seed: int, trials: int) -> str:
    """Give the lines of Python that make and run the scenario of a setting."""
    lines = ["import drawdown as dd", ""]
    shipped = next((one for one in _core.examples() if Scenario.example(one) == scenario), None)
    if shipped:
        lines.append(f"scenario = dd.Scenario.example({_quoted(shipped)})")
    else:
        lines.append('scenario = dd.Scenario.read("plan.toml")  # the scenario that was explored')
    if setting:
        lines.append("scenario = scenario.replace(")
        lines.append("    {")
        lines += [f"        {_quoted(path)}: {value!r}," for path, value in setting.items()]
        lines += ["    }", ")"]
    lines.append(f"run = dd.simulate(scenario, trials={trials:_}, seed={seed})")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def in_words(problem: Problem) -> dict[str, str]:
    """A problem or a warning, as JSON has it."""
    return {"path": problem.path, "what": problem.what, "remedy": problem.remedy}
