"""Scenarios from which mechanisms are left out: each in turn, and all but one in turn.

What can be left out is read from the schema: every optional table of the world and the plan. `full`
has them all, and a test sees to it that it still has when the language grows.
"""

import copy
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import drawdown as dd
from drawdown import _core
from drawdown.scenario.paths import matching
from unsourced import unsourced

Tree = dict[str, Any]

# What the reference scenario does without.
_MORE = """
[world.costs]
unit = "million USD"
per_person_day = 0.0004
per_person_moved = 0.01
per_pause_day = 0.5
per_tonne_moved = { road = 0.02 }
[world.sites.asad]
materiel_tonnes = 900
[plan.transport.modes.road]
tonnes_per_day = 20
[plan.phases.first.loads.kit]
site = "asad"
tonnes = 700
[world.threats.militias]
exit_pattern = { before = 1.2, before_days = 30, after = 0.8, after_days = 90 }
truce = { factor = 0.5, grace_days = 30 }
grievance = { per_day = 0.002 }
# Enough for rules to hold something within a few trials.
attacks_per_day = { calm = 0.5, flare = 3.0 }
drift = { sd_per_week = 0.1, half_life_days = 90 }
ceasefires.spring = { from = 2025-04-01, duration_days = 30, factor = 0.5 }
harm.by_state.war = { scale = 3 }
weapons.drone.by_state.war = { salvo_mean = 4 }
civilian_harm = { scale = 1.5, killed_share = 0.3 }
[world.insurgency.incidents]
harm = { scale = 2.5, killed_share = 0.4 }
[world.intercept]
rocket = 0.5
[world.areas.west]
intercept = { rocket = 0.6 }
[world.tension.states.calm]
mean_days = 100
[world.contingents.us]
title = "United States"
only_on = ["asad", "baghdad", "erbil", "syria"]
leaves_after.election.by_outcome = { clear = 0.1 }
[world.calendar.election]
outcomes = { narrow = { weight = 0.4 }, clear = { weight = 0.6 } }
windows.campaign = { from_days = -30, until_days = 10, factor = 1.5 }
[world.risks.border]
probability = 0.4
date = 2025-02-01
delay_days = 30
effects.roads = { phases = ["second"], factor = 1.3, added_days = 5 }
[plan.mitigations.route]
risks.border = { probability_factor = 0.5 }
[world.legs.highway]
from = "asad"
to = "erbil"
days = 1.5
people_per_convoy = 40
attacks.militias = { per_convoy = 0.01 }
[plan.months]
jan = 0.9
[plan.phases.first]
breathing_room = { pause_days = 60, extension_days = 10 }
[plan.blackouts.feast]
from = 2025-03-01
until = 2025-03-15
"""
# The least that is a plan: everybody leaves one site.
BARE = """
schema = 1
start = 2024-10-01
horizon = 2025-12-31
[world.sites.asad]
garrison = { us = 600 }
[plan.phases.first]
announced_start = 2024-12-01
announced_finish = 2025-09-30
moves.all = { site = "asad", contingent = "us" }
"""
# These are in every scenario here.
_KEPT = ("world.sites", "plan.phases", "plan.phases.*.moves")


def full() -> Tree:
    """The reference scenario, with all there is in the language."""
    tree: Tree = unsourced(tomllib.loads(_core.example_toml("iraq-2024")))
    _merge(tree, tomllib.loads(_MORE))
    tree["horizon"] = tree["horizon"].replace(year=2027)
    return tree


@cache
def tables() -> tuple[str, ...]:
    """Every optional table of world and plan as a pattern, such as ``world.threats.*.truce``.

    Rules are whole: of their conditions and actions none is left out alone.
    """
    known = json.loads(_core.schema())["$defs"]
    roots = (("World", "world"), ("Plan", "plan"))
    return tuple(at for name, path in roots for at in _optional(known[name], known, path))


def without(tree: Tree, *patterns: str) -> Tree:
    """What is left when all at some patterns is taken out, and then all that needs it."""
    left = copy.deepcopy(tree)
    for pattern in patterns:
        for path, _ in list(matching(left, pattern)):
            _drop(left, _core.split_path(path))
    while found := problems(left):
        for path in found:
            _mend(left, _core.split_path(path))
    return left


def only(tree: Tree, pattern: str) -> Tree:
    """What is left when everything is taken out but one table and what it needs."""
    left = tree
    for other in tables():
        if other not in _KEPT and pattern != other and not pattern.startswith(f"{other}."):
            less = without(left, other)
            # Not if the table would go, or lose something, with it.
            if dict(matching(less, pattern)) == dict(matching(tree, pattern)):
                left = less
    return left


def problems(tree: Tree) -> list[str]:
    """The paths at which a scenario is refused."""
    try:
        dd.Scenario.from_dict(tree)
    except dd.ScenarioError as error:
        return [problem.path for problem in error.problems]
    return []


@cache
def trees() -> dict[str, Tree]:
    """All of them by name, each content once."""
    whole = full()
    named = {"full": whole, "bare": tomllib.loads(BARE)}
    named |= {f"without {at}": without(whole, at) for at in tables()}
    named |= {f"only {at}": only(whole, at) for at in tables()}
    by_content = {dd.Scenario.from_dict(named[name]): name for name in reversed(named)}
    return {name: named[name] for name in named if name in by_content.values()}


def _optional(schema: Any, known: Any, path: str) -> Iterator[str]:
    for name, field in schema["properties"].items():
        inner, at = _resolved(field, known), f"{path}.{name}"
        by_id = inner.get("additionalProperties")
        of = _resolved(by_id, known) if isinstance(by_id, Mapping) else inner
        if "properties" not in of:
            continue  # a number, a law, or numbers by name
        if name not in schema.get("required", ()):
            yield at
        if at != "plan.rules":
            yield from _optional(of, known, at if of is inner else f"{at}.*")


def _resolved(field: Any, known: Any) -> Any:
    kinds = [one for one in field.get("anyOf", ()) if one.get("type") != "null"]
    field = kinds[0] if len(kinds) == 1 else field
    return known[field["$ref"].rpartition("/")[2]] if "$ref" in field else field


def _merge(tree: Tree, more: Tree) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(tree.get(key), dict):
            _merge(tree[key], value)
        else:
            tree[key] = value


def _drop(tree: Tree, path: list[str]) -> None:
    *above, last = path
    for key in above:
        tree = tree[key]
    del tree[last]


def _mend(tree: Tree, path: list[str]) -> None:
    """Takes out the least around a place that is refused after which it is not."""
    if _core.join_path(path) not in problems(tree):
        return  # mended with another
    for depth in range(len(path), 1, -1):
        less = copy.deepcopy(tree)
        try:
            if path[depth - 1].endswith("per_day"):
                _set(less, path[:depth], 0.1)  # rates by a state that is not there
            else:
                _drop(less, path[:depth])
        except (KeyError, TypeError):
            continue
        if not {_core.join_path(path), _core.join_path(path[:depth])} & set(problems(less)):
            tree.clear()
            tree.update(less)
            return
    raise AssertionError(f"{path} is refused whatever is taken out")


def _set(tree: Tree, path: list[str], value: Any) -> None:
    *above, last = path
    for key in above:
        tree = tree[key]
    tree[last] = value
