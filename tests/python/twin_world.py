"""Scenarios in which the rest of the world matters: host, strikes, insurgency, allies, region."""

from twin_scenarios import Case

STRIKES = """
schema = 1
start = 2025-01-01
horizon = 2025-11-01
world.sites.a.garrison = { us = 300 }
world.sites.b.garrison = { us = 200 }
[world.threats.deterred]
attacks_per_day = 0.4
site_weights = { a = 1, b = 1 }
contagion = { children_per_attack = 0.3, decay_days = 4 }
[world.threats.deterred.retaliation]
after_killed = 0.7
after_wounded = 0.5
delay_days = { gamma = { shape = 2, mean = 4 } }
deterrence = { uniform = [1, 2] }
memory_days = { uniform = [30, 60] }
coordinated = 0.5
[world.threats.provoked]
attacks_per_day = 0.3
site_weights = { a = 2, b = 1 }
batch_mean = 1.5
[world.threats.provoked.retaliation]
deterrence = -0.4
memory_days = 40
[world.host.friction]
memory_days = 60
[world.host.expulsion]
per_day = 1e-3
notice_days = { uniform = [20, 60] }
[plan.phases.leave]
announced_start = 2025-05-01
announced_finish = 2025-09-01
moves.a = { site = "a", contingent = "us", residual = 50 }
moves.b = { site = "b", contingent = "us", residual = 50 }
[plan.rules.calm_down]
when = { friction = { at_least = 4 } }
then = { reinforce = { site = "a", contingent = "us", people = 20 } }
cooldown_days = 30
"""

EXPULSION = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.areas.inside = {}
[world.sites]
a = { area = "inside", garrison = { us = 300, italy = 60 } }
b = { area = "inside", garrison = { us = 200 } }
c.garrison = { us = 100, italy = 40 }
[world.threats.militia]
attacks_per_day = 0.4
site_weights = { a = 1, b = 1, c = 1 }
presence_elasticity = 0.5
[world.threats.militia.retaliation]
after_killed = 1
after_wounded = 0.6
delay_days = { exponential = { mean = 3 } }
coordinated = { uniform = [0, 0.4] }
[world.host]
areas = ["inside"]
friction = { memory_days = 40 }
expulsion = { per_day = 4e-3, notice_days = { uniform = [20, 80] } }
[plan.transport]
people_per_day = 4
[plan.gates.approval]
delay_days = { pert = [10, 60, 150] }
[plan.phases.first]
announced_start = 2025-03-01
announced_finish = 2025-06-15
moves.a = { site = "a", contingent = "us", residual = 40 }
moves.to_c = { site = "b", contingent = "us", people = 60, to = "c" }
[plan.phases.second]
after = ["first", "approval"]
announced_start = 2025-07-01
announced_finish = 2025-10-01
moves.b = { site = "b", contingent = "us" }
moves.c = { site = "c", contingent = "us", people = 50 }
[plan.phases.third]
after = ["approval"]
announced_start = 2025-05-01
announced_finish = 2025-08-01
moves.italy = { site = "a", contingent = "italy" }
[plan.breathing_room]
pause_days = 60
extension_days = 30
[plan.rules.hold]
when = { attacks = { in_days = 30, at_least = 14 } }
then = { pause = { at_least_days = 10 } }
until = { attacks = { in_days = 20, at_most = 6 } }
[plan.rules.out]
when = { expelled = true }
then = { send_home = { contingent = "italy", in_days = 15 } }
at_most_times = 1
[plan.rules.slow]
when = { all = [{ expelled = false }, { friction = { at_least = 2.5 } }] }
then = { stretch = { factor = 1.2 } }
cooldown_days = 20
"""

INSURGENCY = """
schema = 1
start = 2025-01-01
horizon = 2026-04-01
world.areas.inside = {}
[world.sites]
a = { area = "inside", garrison = { us = 300 } }
b = { area = "inside", garrison = { us = 200 } }
c.garrison = { us = 100, italy = 10 }
[world.threats.cells]
attacks_per_day = 0
site_weights = { a = 2, b = 1, c = 1 }
contagion = { children_per_attack = 0.2, decay_days = 5 }
[world.host]
areas = ["inside"]
[world.host.capability]
start = { uniform = [0.4, 0.6] }
growth_per_year = { uniform = [0, 0.1] }
growth_with_advisers_per_year = 0.5
[world.insurgency]
strength = { uniform = [0.1, 0.3] }
growth_per_year = 3
pressure = { uniform = [0.8, 1.4] }
troops_share = { beta = [4, 4] }
troops_exponent = 0.7
shocks = { per_year = 1.5, factor = { uniform = [1.2, 2] } }
incidents = { per_day = 2, on_sites = 0.3, threat = "cells" }
[world.reentry]
per_day = 0.02
[world.reentry.forces]
first = { site = "a", contingent = "us", people = 150 }
second = { site = "b", contingent = "italy", people = 70 }
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-05-01
moves.a = { site = "a", contingent = "us" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-05-01
announced_finish = 2025-07-15
moves.b = { site = "b", contingent = "us" }
moves.c = { site = "c", contingent = "us", residual = 20 }
[plan.rules.back]
when = { insurgent_strength = { at_least = 0.6 } }
then = { go_back_in = { site = "a", contingent = "us", people = 100 } }
cooldown_days = 90
at_most_times = 2
"""

POLITICS = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites]
a.garrison = { us = 300, italy = 60, spain = 50 }
b.garrison = { us = 200, france = 80 }
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 25, next = { calm = 1 } }
[world.threats.militia]
attacks_per_day = { calm = 0.3, war = 0.8 }
site_weights = { a = 2, b = 1 }
harm = { no_casualty = 0.5, killed_share = 0.15 }
[world.contingents.italy]
tolerance_killed = { uniform = [2, 5] }
delay_days = { pert = [0, 20, 60] }
[world.contingents.spain]
tolerance_killed = 3
follows = { italy = 0.5, us = 0.9 }
[world.contingents.france]
follows = { italy = { uniform = [0.2, 0.6] }, spain = 0.4 }
delay_days = { exponential = { mean = 15 } }
[world.barrages]
per_day = { calm = 0.02, war = { uniform = [0.1, 0.2] } }
capable = { a = 150, b = 200 }
sites_needed = 1
[world.costs]
per_person_day = { uniform = [200, 400] }
per_person_moved = 5000
per_pause_day = 100000
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-07-01
moves.a = { site = "a", contingent = "us", people = 250 }
moves.b = { site = "b", contingent = "us", people = 100 }
[plan.phases.second]
after = ["first"]
announced_start = 2025-07-15
announced_finish = 2025-11-01
moves.us = { site = "a", contingent = "us" }
moves.italy = { site = "a", contingent = "italy" }
[plan.breathing_room]
pause_days = 60
extension_days = 30
[plan.rules.hold]
when = { attacks = { in_days = 30, at_least = 15 } }
then = { pause = { at_least_days = 10 } }
"""

# Votes after which contingents may leave, one in two of them by how it ends, and a mandate that ends.
VOTES = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites]
a.garrison = { us = 200, italy = 60, spain = 50 }
b.garrison = { us = 100, france = 80, italy = 30 }
[world.threats.militia]
attacks_per_day = 0.3
site_weights = { a = 2, b = 1 }
harm = { no_casualty = 0.5, killed_share = 0.15 }
[world.calendar.vote]
date = 2025-03-01
delay_days = { uniform = [0, 60] }
outcomes.out = { weight = { uniform = [1, 3] } }
outcomes.stay = { weight = 2 }
outcomes.hung = { weight = 1 }
[world.calendar.summit]
date = 2025-04-15
delay_days = { exponential = { mean = 40 } }
[world.contingents.italy]
delay_days = { pert = [0, 20, 60] }
leaves_after.vote.by_outcome = { out = { uniform = [0.6, 1] }, hung = 0.3 }
leaves_after.summit.chance = 0.2
[world.contingents.spain]
follows = { italy = 0.5 }
leaves_after.vote.chance = { uniform = [0, 0.6] }
mandate_until = 2025-08-15
[world.contingents.france]
tolerance_killed = 4
leaves_after.summit.chance = { uniform = [0.2, 0.8] }
mandate_until = 2025-10-01
[plan.phases.first]
announced_start = 2025-05-01
announced_finish = 2025-09-01
moves.us = { site = "a", contingent = "us", people = 150 }
moves.italy = { site = "b", contingent = "italy" }
moves.france = { site = "b", contingent = "france" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-09-01
announced_finish = 2025-11-01
moves.italy = { site = "a", contingent = "italy" }
moves.spain = { site = "a", contingent = "spain" }
"""

UNPROVOKED = EXPULSION.replace(
    "expulsion = { per_day = 4e-3, notice_days = { uniform = [20, 80] } }",
    """[world.host.expulsion]
per_day = 2e-3
unprovoked_per_day = { calm = { uniform = [0, 4e-3] }, tense = 0.02 }
notice_days = { uniform = [20, 80] }
[world.tension]
start = "calm"
states.calm = { mean_days = 80, next = { tense = 1 } }
states.tense = { mean_days = 30, next = { calm = 1 } }""",
)

WORLD = {
    "deterrence": Case(
        STRIKES,
        {"world.threats.deterred.retaliation.deterrence": 0},
        ("attacks", "threat", "deterred"),
        400,
        0.1,
    ),
    "provocation": Case(
        STRIKES,
        {"world.threats.provoked.retaliation.deterrence": 0},
        ("attacks", "threat", "provoked"),
        400,
        0.3,
    ),
    "expulsion": Case(
        EXPULSION,
        {"world.host.expulsion.per_day": 0},
        ("expelled", None, None),
        400,
        0.2,
    ),
    "unprovoked expulsion": Case(
        UNPROVOKED,
        {"world.host.expulsion.unprovoked_per_day": 0},
        ("expelled", None, None),
        400,
        0.15,
    ),
    "insurgency": Case(
        INSURGENCY,
        {"world.insurgency.troops_share": 0},
        ("insurgent_strength", None, None),
        400,
        0.2,
    ),
    "contingents": Case(
        POLITICS,
        {
            "world.contingents.italy.tolerance_killed": 1000,
            "world.contingents.spain.tolerance_killed": 1000,
        },
        ("departed", "contingent", "italy"),
        400,
        0.15,
    ),
    "votes": Case(
        VOTES,
        {"world.contingents.italy.leaves_after": {}},
        ("departed", "contingent", "italy"),
        400,
        0.25,
    ),
}
