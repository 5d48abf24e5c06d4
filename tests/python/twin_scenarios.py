"""What the core and its twin are compared on: small scenarios that make some mechanism matter."""

from typing import Any, NamedTuple


class Case(NamedTuple):
    """A scenario, and what shows that its mechanism is at work in it."""

    text: str
    off: dict[str, Any]  # changes that switch the mechanism off
    moves: tuple[str, str | None, str | None]  # what it moves: name, by, which
    trials: int  # of the twin
    seen: float  # the bias, as a share of the effect, that 4 standard errors of the twin reveal


TWO_BASES = """
schema = 1
start = 2025-01-01
horizon = 2026-07-01
[world.sites.north]
garrison = { us = 900, france = 200 }
air_defence = { intercept = { drone = 0.7, rocket = { beta = [4, 4] } }, needs_people = 300 }
[world.sites.south]
garrison = { us = 500 }
[world.sites.rear]
garrison = {}
reference_garrison = 400
[world.tension]
start = "calm"
states.calm = { mean_days = 90, next = { flare = 1 } }
states.flare = { mean_days = { uniform = [10, 90] }, next = { calm = 0.8, war = 0.2 } }
states.war = { mean_days = 20, next = { flare = 1 } }
[world.threats.militia]
attacks_per_day = { calm = 0.1, flare = 0.6, war = 2 }
rate_factor = { lognormal = { median = 1, sigma = 0.3 } }
site_weights = { north = 2, south = 1, rear = 0.5 }
presence_elasticity = { uniform = [-0.2, 0.8] }
contagion = { children_per_attack = { uniform = [0.2, 0.6] }, decay_days = 5 }
[world.threats.cell]
attacks_per_day = 0.05
site_weights = { south = 1 }
weapons = { rocket = { share = 1, salvo_mean = 5 } }
harm = { no_casualty = 0.5, scale = 1.5, shape = 0.6, killed_share = { beta = [2, 18] } }
[plan.transport]
people_per_day = 20
[plan.gates.approval]
delay_days = { pert = [0, 20, 80] }
blocked_while = { tension = ["war"] }
[plan.gates.treaty]
delay_days = { gamma = { shape = 2, mean = 30 } }
after = ["approval"]
[plan.phases.first]
after = ["approval"]
announced_start = 2025-02-01
announced_finish = 2025-07-01
moves.us = { site = "north", contingent = "us", people = 500 }
moves.shift = { site = "north", contingent = "us", people = 300, to = "rear" }
moves.france = { site = "north", contingent = "france" }
[plan.phases.second]
after = ["treaty"]
announced_start = 2025-04-01
announced_finish = 2025-09-01
duration_ratio = { lognormal = { median = 1.2, sigma = 0.3 } }
moves.us = { site = "south", contingent = "us", residual = 50 }
[plan.phases.third]
after = ["first", "second"]
announced_start = 2025-09-15
announced_finish = 2025-12-01
moves.us = { site = "rear", contingent = "us" }
[plan.breathing_room]
pause_days = 90
extension_days = 40
latest = 2026-03-01
[plan.rules.hold]
when = { any = [{ attacks = { in_days = 30, at_least = 15 } }, { wounded = { in_days = 14, at_least = 8, sites = ["north"] } }] }
then = { pause = { at_least_days = 14 } }
until = { all = [{ attacks = { in_days = 21, at_most = 8 } }, { not = { killed = { in_days = 7, at_least = 1 } } }] }
"""

CONTAGION = """
schema = 1
start = 2025-01-01
horizon = 2025-09-01
world.sites.a.garrison = { us = 300 }
world.sites.b.garrison = { us = 100, italy = 100 }
world.sites.c.garrison = { us = 100 }
[world.threats.east]
attacks_per_day = 1.4
site_weights = { a = 4, b = 2, c = 1 }
weapons = {}
[world.threats.east.contagion]
children_per_attack = 0.2
decay_days = 6
to_threats = { west = 0.28 }
to_sites = { a = { b = 0.3, c = 0.15 } }
[world.threats.west]
attacks_per_day = 0.8
batch_mean = 1.4
site_weights = { a = 2, b = 1, c = 1 }
weapons = {}
[world.threats.west.contagion]
children_per_attack = 0.14
decay_days = 15
to_sites = { b = { c = 0.28 }, c = { b = 0.14 } }
[plan.phases.leave]
announced_start = 2025-01-20
announced_finish = 2025-03-01
duration_ratio = { uniform = [0.8, 1.2] }
moves.a = { site = "a", contingent = "us" }
[plan.phases.return]
announced_start = 2025-05-01
announced_finish = 2025-06-01
duration_ratio = 1
moves.b = { site = "b", contingent = "italy", to = "a" }
moves.c = { site = "c", contingent = "us" }
"""

WEIGHTS = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites]
a.garrison = { us = 300 }
b.garrison = { us = 200 }
c.garrison = { us = 100 }
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { flare = 0.6, war = 0.4 } }
states.flare = { mean_days = 40, next = { calm = 1 } }
states.war = { mean_days = 25, next = { calm = 1 } }
[world.threats.east]
attacks_per_day = { calm = 0.4, flare = 0.8, war = { uniform = [1, 2] } }
site_weights = { a = 2, b = 1 }
site_weights_by_state.flare = { b = 1, c = { uniform = [1, 3] } }
site_weights_by_state.war = { c = 1 }
presence_elasticity = 0.6
displacement = 0.7
contagion = { children_per_attack = 0.3, decay_days = 5 }
weapons = {}
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.b = { site = "b", contingent = "us" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-06-01
announced_finish = 2025-09-01
moves.a = { site = "a", contingent = "us", residual = 100 }
"""

ARMS = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.sites.a = { garrison = { us = 300, italy = 60 }, air_defence.needs_people = 200 }
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 40, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 0.3, war = 0.6 }
contagion = { children_per_attack = 0.3, decay_days = 9 }
[world.threats.group.weapons]
drone = { share = 3, salvo_mean = 2, by_state.war = { salvo_mean = { uniform = [3, 6] } } }
rocket = { share = 1, salvo_mean = 6, by_state.war = { share = 2 } }
mortar = { share = 1, salvo_mean = 3, interceptable = false }
[world.threats.group.harm]
killed_share = 0.1
by_state.calm = { shape = 0.2 }
by_state.war = { no_casualty = { uniform = [0.4, 0.7] }, scale = 3, killed_share = 0.2 }
[plan.phases.leave]
announced_start = 2025-04-01
announced_finish = 2025-10-01
moves.a = { site = "a", contingent = "us", people = 200 }
"""

COURSE = """
schema = 1
start = 2025-01-10
horizon = 2025-12-01
world.sites.a.garrison = { us = 300 }
world.sites.b.garrison = { us = 200 }
[world.threats.drifts]
attacks_per_day = 0.6
site_weights = { a = 2, b = 1 }
presence_elasticity = -0.6
contagion = { children_per_attack = 0.3, decay_days = 5 }
weapons = {}
drift = { sd_per_week = { uniform = [0.1, 0.2] }, half_life_days = { uniform = [30, 90] }, start = "steady" }
[world.threats.walks]
attacks_per_day = 0.4
site_weights = { a = 1 }
weapons = {}
drift = { sd_per_week = 0.1 }
ceasefires.first = { from = 2024-12-01, delay_days = 50, duration_days = { exponential = { mean = 60 } }, factor = 0.1 }
ceasefires.second = { from = 2025-03-01, delay_days = { uniform = [0, 200] }, factor = { uniform = [0, 0.6] } }
[world.threats.known]
attacks_per_day = 0.4
site_weights = { b = 1 }
weapons = {}
profile = { 2024-01-01 = 0.3, 2025-02-20 = { uniform = [2, 4] }, 2025-06-01 = 1 }
months = { jan = 3, mar = { uniform = [0, 1] }, nov = 0.2 }
[plan.phases.leave]
announced_start = 2025-03-01
announced_finish = 2025-08-01
moves.a = { site = "a", contingent = "us", people = 200 }
"""

REJECTED = """
schema = 1
start = 2025-01-01
horizon = 2025-05-01
world.sites.a.garrison = { us = 300 }
world.sites.b.garrison = { us = 200 }
[world.threats.one]
attacks_per_day = { uniform = [0.2, 1.2] }
site_weights = { a = 2, b = 1 }
batch_mean = { uniform = [1, 2] }
weapons = {}
contagion = { children_per_attack = { uniform = [0, 0.8] }, decay_days = { uniform = [5, 80] }, to_threats = { two = { uniform = [0, 0.5] } } }
[world.threats.two]
attacks_per_day = 0.3
site_weights = { a = 1, b = 1 }
weapons = {}
"""

DISPLACEMENT = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites]
a.garrison = { us = 400 }
b.garrison = { us = 300, italy = 50 }
c = { garrison = {}, reference_garrison = 200 }
d = { garrison = { us = 100 }, reference_garrison = 300 }
[world.threats.militia]
attacks_per_day = 0.5
site_weights = { a = 4, b = 2, c = 1, d = 1 }
presence_elasticity = 0.7
displacement = 0.6
weapons = {}
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-05-01
moves.a = { site = "a", contingent = "us", people = 250 }
moves.a_to_c = { site = "a", contingent = "us", people = 150, to = "c" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-05-01
announced_finish = 2025-09-01
moves.b = { site = "b", contingent = "us" }
moves.c = { site = "c", contingent = "us", residual = 20 }
moves.italy = { site = "b", contingent = "italy", people = 40, to = "d" }
"""

EXIT = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.areas.west = {}
world.areas.east = {}
[world.sites]
a = { area = "west", garrison = { us = 300 } }
b = { area = "west", garrison = { us = 300 } }
c = { area = "west", garrison = { us = 300 } }
d = { area = "east", garrison = { us = 300 } }
e = { garrison = { us = 50 } }
[world.threats.militia]
attacks_per_day = 0.5
site_weights = { a = 1, b = 1, c = 1, d = 1, e = 1 }
exit_pattern = { before = 0.3, before_days = 60, after = 2.5, after_days = 100 }
weapons = {}
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-05-01
duration_ratio = { lognormal = { median = 1.1, sigma = 0.2 } }
moves.a = { site = "a", contingent = "us" }
moves.b = { site = "b", contingent = "us", people = 100 }
moves.d = { site = "d", contingent = "us", residual = 30 }
moves.e = { site = "e", contingent = "us" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-05-01
announced_finish = 2025-07-15
moves.b = { site = "b", contingent = "us" }
"""

PROMISE = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites]
a.garrison = { us = 300 }
b.garrison = { us = 300 }
[world.threats.holds_fire]
attacks_per_day = 0.5
site_weights = { a = 1, b = 1 }
truce = { factor = 0.2, grace_days = { uniform = [0, 30] } }
weapons = {}
[world.threats.loses_patience]
attacks_per_day = 0.2
site_weights = { a = 1, b = 2 }
grievance = { per_day = { uniform = [0.06, 0.08] }, at_most = 6 }
contagion = { children_per_attack = 0.2, decay_days = 5 }
weapons = {}
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-04-01
duration_ratio = { lognormal = { median = 2.4, sigma = 0.6 } }
moves.a = { site = "a", contingent = "us", residual = 100 }
[plan.phases.second]
announced_start = 2025-02-15
announced_finish = 2025-05-15
duration_ratio = { lognormal = { median = 2, sigma = 0.3 } }
moves.b = { site = "b", contingent = "us", residual = 100 }
"""

CONDITIONS = """
schema = 1
start = 2025-01-01
horizon = 2026-01-01
[world.sites]
a.garrison = { us = 300 }
b.garrison = { us = 300 }
[world.threats.east]
attacks_per_day = 0.15
site_weights = { a = 1, b = 1 }
contagion = { children_per_attack = 0.4, decay_days = 5 }
[world.threats.west]
attacks_per_day = 0.15
site_weights = { a = 1, b = 1 }
[plan.phases.first]
announced_start = 2025-01-20
announced_finish = 2025-05-01
moves.a = { site = "a", contingent = "us", residual = 50 }
[plan.phases.second]
announced_start = 2025-03-01
announced_finish = 2025-06-15
moves.b = { site = "b", contingent = "us", residual = 50 }
[plan.phases.survey]
announced_start = 2025-02-01
announced_finish = 2025-05-15
[plan.phases.papers]
after = ["first", "survey"]
announced_start = 2025-05-20
announced_finish = 2025-07-01
[plan.transport]
people_per_day = 5
[plan.breathing_room]
pause_days = 70
extension_days = 30
[plan.rules.hold]
when = { any = [
  { attacks = { in_days = 30, at_least = 4, threats = ["east"], sites = ["b"] } },
  { wounded = { in_days = 20, at_least = 4, threats = ["west"] } },
] }
then = { pause = { at_least_days = 10 } }
until = { attacks = { in_days = 14, at_most = 0, sites = ["a"] } }
"""

DEFENCE = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites.a]
garrison = { us = 150, italy = 50 }
air_defence = { needs_people = 120, intercept = { drone = 0.8, mortar = { beta = [6, 2] } } }
[world.sites.b]
garrison = { us = 60 }
air_defence = { needs_people = 60, intercept = { mortar = 0.5 } }
[world.threats.militia]
attacks_per_day = 0.4
site_weights = { a = 2, b = 1 }
weapons = { drone = { share = 2, salvo_mean = 2 }, mortar = { share = 1, salvo_mean = 3 }, ballistic = { share = 1, salvo_mean = 1.5 } }
harm = { no_casualty = 0.3, scale = 2, shape = 0.2, killed_share = 0.1 }
[plan.phases.leave]
announced_start = 2025-03-01
announced_finish = 2025-07-01
moves.us = { site = "a", contingent = "us", people = 100 }
moves.b = { site = "b", contingent = "us", people = 5 }
"""

CASES = {
    "contagion": Case(
        CONTAGION,
        {
            "world.threats.east.contagion.to_threats": {},
            "world.threats.east.contagion.to_sites": {},
            "world.threats.west.contagion.to_sites": {},
        },
        ("attacks", "site", "b"),
        960,
        0.08,
    ),
    "weights by state": Case(
        WEIGHTS,
        {"world.threats.east.site_weights_by_state": {}},
        ("attacks", "site", "c"),
        700,
        0.1,
    ),
    "arms by state": Case(
        ARMS,
        {
            "world.threats.group.harm.by_state": {},
            "world.threats.group.weapons.drone.by_state": {},
            "world.threats.group.weapons.rocket.by_state": {},
        },
        ("killed", None, None),
        700,
        0.3,
    ),
    "ceasefires": Case(
        COURSE, {"world.threats.walks.ceasefires": {}}, ("attacks", "threat", "walks"), 700, 0.1
    ),
    "profile": Case(
        COURSE,
        {"world.threats.known.profile": {}, "world.threats.known.months": {}},
        ("attacks", "threat", "known"),
        700,
        0.15,
    ),
    "rejected": Case(
        REJECTED,
        {"world.threats.one.contagion.to_threats.two": 0},
        ("attacks", "threat", "one"),
        1500,
        0.5,
    ),
    "displacement": Case(
        DISPLACEMENT, {"world.threats.militia.displacement": 0}, ("attacks", None, None), 700, 0.03
    ),
    "exit pattern": Case(
        EXIT,
        {"world.threats.militia.exit_pattern": {"before": 1, "after": 1}},
        ("attacks", "site", "c"),
        700,
        0.05,
    ),
    "truce": Case(
        PROMISE,
        {"world.threats.holds_fire.truce.factor": 1},
        ("attacks", "threat", "holds_fire"),
        700,
        0.04,
    ),
    "grievance": Case(
        PROMISE,
        {"world.threats.loses_patience.grievance.at_most": 1},
        ("attacks", "threat", "loses_patience"),
        700,
        0.1,
    ),
    "conditions": Case(
        CONDITIONS, {"plan.breathing_room.pause_days": 0}, ("person_days", None, None), 700, 0.09
    ),
    "defence": Case(
        DEFENCE,
        {"world.sites.a.air_defence.needs_people": 0, "world.sites.b.air_defence.needs_people": 0},
        ("wounded", None, None),
        700,
        0.05,
    ),
}
