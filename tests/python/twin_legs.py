"""Scenarios in which people on the road are attacked, for core and twin."""

from twin_scenarios import Case

# Convoys of a few people meet attacks that would harm more; some overtake others.
CONVOYS = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
[world.sites]
a.garrison = { us = 300, italy = 90 }
b = { garrison = { us = 150 }, air_defence.intercept.rocket = 0.9 }
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 30, next = { calm = 1 } }
[world.threats.band]
attacks_per_day = { calm = 0.05, war = 0.2 }
site_weights = { a = 2, b = 1 }
rate_factor = { uniform = [0.6, 1.6] }
presence_elasticity = 0.5
batch_mean = 1.6
contagion = { children_per_attack = 0.3, decay_days = 6 }
weapons.rocket = { share = 1, salvo_mean = 3 }
harm = { no_casualty = 0.2, scale = 4, shape = 0.5, killed_share = 0.2, by_state.war.scale = 8 }
[world.legs.road]
from = "a"
days = { uniform = [0.5, 20] }
people_per_convoy = 7
attacks.band = { per_convoy = { calm = 0.1, war = { uniform = [0.3, 0.5] } }, per_person_day = 0.002 }
[world.legs.ferry]
from = "a"
to = "b"
days = { exponential = { mean = { uniform = [2, 5] } } }
attacks.band.per_person_day = { calm = { uniform = [0.002, 0.006] }, war = 0.02 }
[plan.transport]
people_per_day = 9
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.us = { site = "a", contingent = "us", people = 200 }
moves.italy = { site = "a", contingent = "italy", people = 60 }
moves.shift = { site = "a", contingent = "us", people = 80, to = "b" }
moves.others = { site = "a", contingent = "italy", people = 20, to = "b" }
[plan.phases.second]
after = { first = { lag_days = 5 } }
announced_start = 2025-06-10
announced_finish = 2025-09-01
moves.us = { site = "b", contingent = "us", residual = 40 }
moves.italy = { site = "b", contingent = "italy" }
moves.rest = { site = "a", contingent = "us" }
[plan.breathing_room]
pause_days = 60
extension_days = 30
[plan.rules.hold]
when = { attacks = { in_days = 20, at_least = 4, sites = ["road"] } }
then = { pause = { at_least_days = 10 } }
until = { wounded = { in_days = 10, at_most = 3, sites = ["road", "ferry"] } }
[plan.rules.more]
when = { killed = { in_days = 30, at_least = 4, sites = ["road"], contingents = ["us"] } }
then = { reinforce = { site = "b", contingent = "us", people = 10 } }
at_once = true
cooldown_days = 20
"""

# On the road, too, attacks follow what moves their background, and nothing that acts on sites.
MOVED = """
schema = 1
start = 2025-01-10
horizon = 2025-12-01
world.areas.west = {}
[world.sites]
a = { area = "west", garrison = { us = 300 } }
b = { area = "west", garrison = { us = 200 } }
c.garrison = { us = 50 }
[world.threats.holds_fire]
attacks_per_day = 0.1
site_weights = { a = 2, b = 1, c = 1 }
weapons = {}
truce = { factor = 0.3, grace_days = { uniform = [0, 20] } }
[world.threats.loses_patience]
attacks_per_day = 0.05
site_weights = { a = 2, b = 1, c = 1 }
weapons = {}
grievance = { per_day = { uniform = [0.05, 0.08] }, at_most = 5 }
[world.threats.wanders]
attacks_per_day = 0.1
site_weights = { a = 2, b = 1, c = 1 }
weapons = {}
drift = { sd_per_week = 0.15, half_life_days = 60, start = "steady" }
ceasefires.spring = { from = 2025-03-01, delay_days = { uniform = [0, 60] }, duration_days = 60, factor = 0.2 }
profile = { 2025-02-20 = { uniform = [1, 2] }, 2025-06-01 = 1 }
months = { mar = 2, apr = { uniform = [0, 1] } }
[world.threats.answered]
attacks_per_day = 0.15
site_weights = { a = 2, b = 1, c = 1 }
presence_elasticity = 0.8
displacement = 0.6
exit_pattern = { before = 0.2, before_days = 120, after = 3, after_days = 200 }
contagion = { children_per_attack = 0.4, decay_days = 10 }
harm = { no_casualty = 0.3, killed_share = 0.2 }
retaliation = { after_killed = 1, after_wounded = 0.7, delay_days = 2, deterrence = { uniform = [0.4, 0.8] }, memory_days = 50 }
[world.calendar.vote]
date = 2025-05-01
delay_days = { uniform = [0, 40] }
windows.around = { threats = ["wanders", "answered"], from_days = -30, until_days = 20, factor = 2 }
[world.risks.anger]
probability = 0.6
delay_days = { exponential = { mean = 60 } }
effects.more = { threats = ["wanders", "holds_fire"], factor = 2 }
[world.legs.out]
from = "a"
days = 6
people_per_convoy = 12
attacks.holds_fire.per_convoy = 0.5
attacks.loses_patience.per_person_day = 0.005
attacks.wanders = { per_convoy = 0.2, per_person_day = 0.005 }
attacks.answered.per_convoy = 0.3
[world.legs.across]
from = "b"
to = "a"
days = 10
attacks.holds_fire.per_person_day = 0.02
attacks.answered = { per_convoy = 0.4, per_person_day = 0.004 }
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-05-01
duration_ratio = { lognormal = { median = 1.3, sigma = 0.4 } }
moves.b = { site = "b", contingent = "us", to = "a" }
[plan.phases.second]
announced_start = 2025-02-15
announced_finish = 2025-07-01
duration_ratio = { lognormal = { median = 1.2, sigma = 0.4 } }
moves.a = { site = "a", contingent = "us", people = 250 }
"""

# Long ways, so that many are on one when their contingent leaves or the host's notice ends.
ASTRAY = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.areas.inside = {}
[world.sites]
a = { area = "inside", garrison = { us = 240, italy = 120 } }
b = { area = "inside", garrison = { us = 150 } }
c.garrison = { us = 90, italy = 60 }
[world.threats.militia]
attacks_per_day = 0.1
site_weights = { a = 1, b = 1, c = 1 }
harm = { no_casualty = 0.6, killed_share = 0.2 }
[world.threats.militia.retaliation]
after_wounded = 0.4
coordinated = 0.5
[world.host]
areas = ["inside"]
friction = { memory_days = 60 }
expulsion = { per_day = 2e-3, notice_days = { uniform = [20, 70] } }
[world.contingents.italy]
tolerance_killed = { uniform = [4, 20] }
delay_days = { uniform = [0, 30] }
[world.legs.out]
from = "a"
days = { gamma = { shape = 4, mean = 40 } }
people_per_convoy = 16
attacks.militia.per_convoy = 0.6
[world.legs.to_c]
from = "b"
to = "c"
days = 35
people_per_convoy = 20
attacks.militia = { per_convoy = 0.5, per_person_day = 0.002 }
[world.legs.from_c]
from = "c"
days = { pert = [20, 30, 60] }
attacks.militia.per_person_day = { uniform = [0, 0.006] }
[plan.transport]
people_per_day = 5
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-06-01
moves.us = { site = "a", contingent = "us", residual = 20 }
moves.italy = { site = "a", contingent = "italy" }
[plan.phases.second]
announced_start = 2025-02-15
announced_finish = 2025-06-15
moves.b = { site = "b", contingent = "us", to = "c" }
moves.c = { site = "c", contingent = "italy" }
[plan.phases.third]
after = ["first", "second"]
announced_start = 2025-08-01
announced_finish = 2025-10-01
moves.c = { site = "c", contingent = "us", residual = 30 }
[plan.phases.fourth]
after = { second = { relation = "finish_to_finish", lag_days = 10 } }
announced_start = 2025-03-01
announced_finish = 2025-07-20
moves.c = { site = "c", contingent = "us", people = 40 }
[plan.breathing_room]
pause_days = 40
extension_days = 20
[plan.rules.hold]
when = { killed = { in_days = 20, at_least = 2, sites = ["out", "to_c"] } }
then = { pause = { at_least_days = 7 } }
[plan.rules.home]
when = { date = { from = 2025-04-20 } }
then = { send_home = { contingent = "italy" } }
at_most_times = 1
[plan.rules.more]
when = { people = { at_least = 60, sites = ["out"] } }
then = { keep_residual = { site = "a", contingent = "us", people = 60 } }
at_most_times = 1
"""

ON_THE_ROAD = {
    "convoys": Case(
        CONVOYS,
        {"world.legs.road.attacks": {}},
        ("attacks", "site", "road"),
        400,
        0.15,
    ),
    "size of convoys": Case(
        CONVOYS,
        {"world.legs.road.people_per_convoy": 20},
        ("killed", "site", "road"),
        400,
        0.6,
    ),
    "road of people": Case(
        CONVOYS,
        {"world.legs.ferry.attacks": {}},
        ("attacks", "site", "ferry"),
        400,
        0.3,
    ),
    "moved on the road": Case(
        MOVED,
        {"world.threats.holds_fire.truce.factor": 1},
        ("attacks", "threat", "holds_fire"),
        400,
        0.3,
    ),
    "answered on the road": Case(
        MOVED,
        {"world.legs.out.attacks.answered": {}, "world.legs.across.attacks.answered": {}},
        ("attacks", "threat", "answered"),
        400,
        0.4,
    ),
    "gone from the road": Case(
        ASTRAY,
        {"plan.rules.home.then.send_home.in_days": 200},
        ("attacks", "site", "out"),
        400,
        0.3,
    ),
    "told to leave the road": Case(
        ASTRAY,
        {"world.host.expulsion.per_day": 0},
        ("person_days", "site", "from_c"),
        400,
        0.4,
    ),
}
