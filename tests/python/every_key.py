"""A scenario with every key of the language, and ways to walk its schema and the scenario."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from drawdown import _core

Schema = dict[str, Any]

# Everything that excludes something else stands in a rule, a move or a site of its own.
TEXT = """
schema = 1
title = "All of it"
start = 2025-01-01
horizon = 2028-01-01
[sources."world.threats.militia.rate_factor"]
source = "The record"
note = "To the end"
[world.areas]
north = { title = "The north" }
south = { title = "The south", intercept = { rocket = 0.44 } }
[world.sites.alpha]
title = "Camp Alpha"
area = "north"
garrison = { us = 700, italy = 150, spain = 233 }
reference_garrison = 911
materiel_tonnes = 1420
air_defence = { intercept = { drone = 0.81, glider = { beta = [5, 6] } }, needs_people = 123 }
[world.sites.bravo]
title = "Camp Bravo"
area = "north"
garrison = { us = 400, italy = 60, spain = 91 }
materiel_tonnes = 873
air_defence.intercept.glider = 0.67
[world.sites.charlie]
title = "Camp Charlie"
area = "south"
garrison = { italy = 21 }
reference_garrison = 300
air_defence.intercept.glider = 0.68
[world.tension]
start = "calm"
states.calm = { mean_days = { exponential = { mean = 201 } }, next = { flare = 0.71, war = 0.29 } }
states.flare = { mean_days = 62, next = { calm = 0.83, war = 0.17 } }
states.war = { mean_days = 41, next = { calm = 0.37, flare = 0.63 } }
[world.threats.militia]
title = "The militia"
attacks_per_day = { calm = 0.11, flare = 0.42, war = 1.3 }
rate_factor = 0.93
site_weights = { alpha = 1.7, bravo = 1.2, charlie = 0.6 }
site_weights_by_state.flare = { alpha = 0.9, bravo = 1.6, charlie = 0.8 }
presence_elasticity = 0.31
displacement = 0.22
batch_mean = 1.23
exit_pattern = { before = 0.72, before_days = 44, after = 1.38, after_days = 143 }
truce = { factor = 0.64, grace_days = 17 }
grievance = { per_day = 0.0061, at_most = 2.7 }
profile = { 2025-04-04 = 1.12, 2026-05-05 = 0.89 }
months = { jan = 1.06, aug = 0.94 }
ceasefires.gaza = { title = "Gaza", from = 2025-05-15, delay_days = 6.2, duration_days = 71, factor = 0.35 }
drift = { sd_per_week = 0.046, half_life_days = 123, start = "steady" }
[world.threats.militia.retaliation]
after_killed = 0.87
after_wounded = 0.34
delay_days = 4.4
coordinated = 0.19
deterrence = 0.26
memory_days = 38
[world.threats.militia.contagion]
children_per_attack = 0.21
decay_days = 3.9
start = "empty"
to_threats = { cells = 0.013 }
to_sites = { alpha = { bravo = 0.027 } }
[world.threats.militia.weapons]
drone = { share = 0.77, salvo_mean = 2.3, by_state.war = { share = 0.72, salvo_mean = 3.6 } }
glider = { share = 0.23, salvo_mean = 3.1 }
[world.threats.militia.harm]
no_casualty = 0.74
scale = 2.2
shape = 0.43
killed_share = 0.058
by_state.war = { no_casualty = 0.63, scale = 2.6, shape = 0.48, killed_share = 0.077 }
[world.intercept]
rocket = 0.55
[world.threats.cells]
civilian_harm = { no_casualty = 0.61, scale = 1.7, shape = 0.27, killed_share = 0.33 }
title = "The cells"
attacks_per_day = 0.15
site_weights = { alpha = 1, bravo = 2 }
weapons.rocket = { share = 1, salvo_mean = 4.7 }
weapons.ballistic = { share = 0.41, salvo_mean = 1.9, interceptable = false }
[world.calendar.vote]
title = "The vote"
date = 2026-03-01
delay_days = 12.5
outcomes.stay = { title = "They may stay", weight = 1.9 }
outcomes.leave = { title = "They must leave", weight = 1.1 }
windows.campaign = { threats = ["militia"], from_days = -31, until_days = -2, factor = 1.44 }
windows.aftermath = { from_days = 3, until_days = 47, factor = 0.58, outcome = "leave" }
[world.calendar.feast]
title = "The feast"
date = 2026-06-01
outcomes.leave = { weight = 1.02 }
[world.legs.pass]
title = "The pass"
from = "alpha"
to = "charlie"
days = { uniform = [1.25, 3.75] }
people_per_convoy = 37
attacks.militia = { per_convoy = { calm = 0.013, flare = 0.029, war = 0.17 }, per_person_day = 0.00021 }
[world.risks.storm]
title = "The storm"
probability = 0.31
date = 2025-04-17
delay_days = 7.5
effects.roads = { phases = ["middle", "ending"], gates = ["treaty"], factor = 1.57, added_days = 4.5 }
effects.raids = { threats = ["militia"], factor = 1.63 }
[world.risks.flood]
probability = 0.17
[world.contingents.italy]
title = "The Italians"
tolerance_killed = 9
follows = { us = 0.36, spain = 0.53 }
only_on = ["alpha", "bravo", "charlie"]
mandate_until = 2028-01-31
leaves_after.vote.by_outcome = { leave = 0.47, stay = 0.056 }
leaves_after.feast.chance = 0.033
delay_days = 52
[world.host]
areas = ["north"]
friction = { memory_days = 171 }
capability = { start = 0.47, growth_per_year = 0.053, growth_with_advisers_per_year = 0.086 }
[world.host.expulsion]
per_day = 0.00018
unprovoked_per_day = { calm = 0.000011, flare = 0.000023, war = 0.000034 }
notice_days = 94
[world.insurgency]
strength = 0.103
growth_per_year = 1.16
pressure = 0.97
troops_share = 0.328
troops_exponent = 1.07
shocks = { per_year = 0.24, factor = 1.31 }
incidents = { per_day = 2.9, on_sites = 0.012, threat = "cells", harm = { no_casualty = 0.21, scale = 3.7, shape = 0.19, killed_share = 0.23 } }
[world.reentry]
per_day = 0.0012
forces.spearhead = { site = "alpha", contingent = "us", people = 518 }
[world.barrages]
per_day = { calm = 0.0041, flare = 0.0062, war = 0.0083 }
capable = { alpha = 141, bravo = 162 }
sites_needed = 2
[world.costs]
unit = "kEUR"
per_person_day = 0.39
per_person_moved = 5.3
per_tonne_moved = { road = 0.34, rail = 0.021 }
per_pause_day = 49
[plan]
review_every_days = 9
working_days = ["friday", "sunday", "monday", "tuesday"]
months = { feb = 0.71, nov = 0.83 }
duration_correlation = 0.28
transport = { lift_every_days = 8, people_per_day = 137, modes.road = { title = "By road", tonnes_per_day = 29 }, modes.rail = { tonnes_per_day = 47 } }
breathing_room = { pause_days = 116, extension_days = 57, latest = 2027-09-17 }
[plan.gates.approval]
title = "The approval"
delay_days = 26
blocked_while = { tension = ["war", "flare"] }
[plan.gates.clearance]
delay_days = 5.5
[plan.gates.treaty]
title = "The treaty"
delay_days = 13
after = ["approval", "opening"]
[plan.phases.opening]
title = "The opening"
after = ["approval"]
announced_start = 2025-03-03
announced_finish = 2025-10-05
duration_ratio = 1.08
compress_to = 0.83
moves.vanguard = { site = "alpha", contingent = "us", people = 201 }
moves.rearguard = { site = "bravo", contingent = "us", residual = 83 }
loads.armour = { site = "alpha", tonnes = 640, mode = "road", to = "charlie" }
loads.ammunition = { site = "alpha", tonnes = 77, fate = "destroyed" }
waves = [["rearguard"], ["vanguard", "armour", "ammunition"]]
breathing_room = { pause_days = 66, extension_days = 29, latest = 2026-12-13 }
[plan.phases.middle]
title = "The middle"
after = { opening = { relation = "start_to_start", lag_days = 3.5 } }
announced_start = 2025-03-07
announced_finish = 2025-11-09
moves.shift = { site = "alpha", contingent = "spain", to = "charlie" }
[plan.phases.ending]
title = "The ending"
after = { opening = {}, treaty = {}, middle = { relation = "finish_to_finish", lag_days = 1.25 } }
announced_start = 2026-02-11
announced_finish = 2027-01-15
duration_ratio = { lognormal = { median = 1.04, sigma = 0.14 } }
moves.everybody = { site = "alpha", contingent = "us" }
moves.hub = { site = "charlie", contingent = "spain", takes_arrivals = true }
moves.others = { site = "bravo", contingent = "italy" }
[plan.blackouts.ramadan]
title = "The fast"
from = 2026-02-18
until = 2026-03-20
allowed_for = true
[plan.mitigations.depot]
title = "The depot"
taken = true
cost = 55.5
risks.storm = { probability_factor = 0.43, effect_factor = 0.67 }
[plan.buffers.margin]
title = "The margin"
phase = "opening"
event = "vote"
days = 76
[plan.rules.hold]
title = "Hold under fire"
when = { attacks = { in_days = 31, at_least = 14, threats = ["militia"], sites = ["alpha", "bravo"], areas = ["north"] } }
then = { pause = { at_least_days = 19 } }
until = { attacks = { in_days = 22, at_most = 4 } }
at_once = true
cooldown_days = 11
at_most_times = 6
[plan.rules.act]
title = "All the rest"
at_most_times = 1
[plan.rules.act.then]
stretch = { factor = 1.27 }
accelerate = { factor = 1.36 }
reinforce = { site = "alpha", contingent = "us", people = 91 }
go_back_in = { site = "bravo", contingent = "us", people = 92 }
keep_residual = { site = "alpha", contingent = "us", people = 93 }
send_home = { contingent = "italy", in_days = 24 }
cancel = { phases = ["ending"] }
bring_forward = { days = 37, phases = ["opening"] }
[plan.rules.act.when]
any = [
  { wounded = { in_days = 33, at_least = 15, contingents = ["italy"] } },
  { killed = { in_days = 34, at_most = 3 } },
  { tension = ["war", "flare"] },
  { date = { from = 2025-08-21, before = 2027-05-23 } },
  { phase = { id = "opening", state = "held" } },
  { pause_days_left = { at_least = 43.5 } },
  { extension_days_left = { at_most = 27.5 } },
  { people = { at_least = 451, sites = ["alpha"], areas = ["north"], contingents = ["us"] } },
  { people = { at_most = 1205 } },
  { event = { id = "vote", outcome = "leave" } },
  { risk = "storm" },
  { insurgent_strength = { at_least = 0.45 } },
  { friction = { at_most = 1.6 } },
  { expelled = true },
  { all = [{ not = { phase = { id = "middle", state = "done" } } }, { extension_days_left = { at_least = 7.5 } }] },
]
[plan.phases.prelude]
announced_start = 2024-10-02
announced_finish = 2024-11-03
[now.gates]
approval.opened = 2024-12-13
clearance = { started = 2024-12-24, blocked_days = 4.25 }
[now.phases]
prelude = { started = 2024-10-05, finished = 2024-11-29 }
opening = { started = 2024-12-19, moved = { vanguard = 17, armour = 31, ammunition = 7 }, breathing_room = { pause_days = 2.25, extension_days = 1.75 } }
[now.breathing_room]
pause_days = 6.25
extension_days = 3.75
[now.tension]
since = 2024-11-11
[now.threats.militia]
strikes = [2024-12-08]
attacks = [{ date = 2024-12-21, site = "bravo", count = 19 }]
"""

# Of each family of laws, one with parameters that say everything about it.
LAWS: dict[str, Any] = {
    "constant": 0.501,
    "uniform": [0.202, 0.603],
    "triangular": [0.204, 0.405, 0.606],
    "pert": [0.207, 0.408, 0.609],
    "normal": {"mean": 0.411, "sd": 0.0112},
    "lognormal": {"median": 0.413, "sigma": 0.114},
    "gamma": {"shape": 4.15, "mean": 0.416},
    "beta": [2.17, 3.18],
    "exponential": {"mean": 0.419},
    "truncated_normal": {"mean": 0.421, "sd": 0.122, "low": 0.223, "high": 0.624},
    "mixture": [
        {"weight": 2.25, "value": 0.426},
        {"weight": 3.27, "value": {"uniform": [0.228, 0.429]}},
    ],
    "empirical": [0.231, 0.332, 0.433],
}

IDS = sorted(set(re.findall(r"\b[a-z]{4,}\b", TEXT)))

# The words of the schema for limits: those of a table of numbers by id are those of each.
LIMITS = ("limits", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class Leaf(NamedTuple):
    """A value of the scenario that is no table, and what the schema says of it."""

    path: tuple[str | int, ...]
    value: Any
    schema: Schema  # of its key: with limits
    kind: str  # the JSON type, or `date`, `Range`, `Law`
    table: str  # the definition of the language that the key is one of

    def __str__(self) -> str:
        return ".".join(map(str, self.path))


ROOT: Schema = json.loads(_core.schema())
DEFINITIONS: dict[str, Schema] = {**ROOT["$defs"], "Scenario": ROOT}


def resolve(field: Schema) -> tuple[str, Schema]:
    """The name, if it has one, and the schema of what a key takes, past its being left out."""
    if "anyOf" in field and any(one.get("type") == "null" for one in field["anyOf"]):
        field = {**next(one for one in field["anyOf"] if one.get("type") != "null")}
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return name, DEFINITIONS[name]
    return "", field


def resolve_for(tree: Any, field: Schema) -> tuple[str, Schema]:
    """The same, where a list and a table are both taken: of the one that is there."""
    name, schema = resolve(field)
    if name == "After":
        kind = "array" if isinstance(tree, list) else "object"
        schema = next(one for one in schema["anyOf"] if one["type"] == kind)
    return name, schema


def keys() -> set[tuple[str, str]]:
    """Every key of the language, by the table that it is a key of. Laws apart, which are values."""
    found = set()
    for name, schema in DEFINITIONS.items():
        if name.startswith(("Family", "Component")) or "const" in schema.get("oneOf", [{}])[0]:
            continue
        for one in [schema, *schema.get("oneOf", [])]:
            found |= {(name, key) for key in one.get("properties", {})}
    return found


def walk(
    tree: Any, field: Schema, path: tuple[str | int, ...] = (), table: str = ""
) -> Iterator[Leaf]:
    """The leaves of a scenario, or of the part of one that `field` is the schema of."""
    name, schema = resolve_for(tree, field)
    if name == "Rates":
        name = "Range"
        if isinstance(tree, dict) and not set(tree) <= set(LAWS):
            for key, value in tree.items():
                yield Leaf((*path, key), value, {**schema, **field}, "Range", table)
            return
    if name in ("Range", "Law"):
        yield Leaf(path, tree, {**schema, **field}, name, table)
    elif "oneOf" in schema and isinstance(tree, dict):
        [(key, value)] = tree.items()
        one = next(one for one in schema["oneOf"] if key in one["properties"])
        yield from walk(value, one["properties"][key], (*path, key), f"{name}.{key}")
    elif isinstance(tree, dict):
        for key, value in tree.items():
            limits = {word: field[word] for word in LIMITS if word in field}
            inner = schema.get("properties", {}).get(key) or {
                **schema["additionalProperties"],
                **limits,
            }
            within = f"{name}.{key}" if "properties" in schema else table
            yield from walk(value, inner, (*path, key), within)
    elif isinstance(tree, list):
        for k, value in enumerate(tree):
            yield from walk(value, schema["items"], (*path, k), table)
    else:
        kinds = schema.get("type", "string")
        kind = next(one for one in kinds if one != "null") if isinstance(kinds, list) else kinds
        kind = "date" if schema.get("format") == "date" else kind
        yield Leaf(path, tree, {**schema, **field}, kind, table)


def put(tree: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy of a tree with another value in one place."""
    if not path:
        return value
    first, *rest = path
    copy: Any = list(tree) if isinstance(tree, list) else dict(tree)
    copy[first] = put(copy[first], tuple(rest), value)
    return copy


def others(leaf: Leaf) -> list[Any]:
    """Values that the key of a leaf might have instead."""
    return [value for value in candidates(leaf) if value != leaf.value]


def candidates(leaf: Leaf) -> Iterator[Any]:
    value, kind = leaf.value, leaf.kind
    if kind in ("number", "Range", "Law"):
        number = value if isinstance(value, (int, float)) and value else 0.57
        yield from (float(f"{number * by:.4g}") for by in (1.0371, 0.9713, 1.273, 0.4217, 9.37))
        yield from (0.4271, 4.271)
    elif kind == "integer":
        yield from (value + 1, value + 2, value - 1, 1)
    elif kind == "date":
        day = date.fromisoformat(str(value))
        yield from (day + timedelta(days=days) for days in (1, -1, 9, -9, 60))
    elif kind == "boolean":
        yield not value
    elif "oneOf" in leaf.schema:
        yield from (one["const"] for one in leaf.schema["oneOf"])
    elif leaf.path[-1] in ("title", "unit", "source", "note"):
        yield "Otherwise"
    else:
        yield from IDS
