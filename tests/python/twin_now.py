"""Scenarios that start in the middle of a withdrawal, for core and twin."""

IN_THE_MIDDLE = """
schema = 1
start = 2025-06-01
horizon = 2026-12-01
world.areas.north = {}
world.sites.a = { area = "north", garrison = { us = 260, italy = 0 }, reference_garrison = 500 }
world.sites.b = { area = "north", garrison = { us = 140 }, reference_garrison = 100 }
world.sites.c = { area = "north", garrison = { us = 0 }, reference_garrison = 80 }
[world.tension]
start = "flare"
states.flare = { mean_days = { mixture = [{ weight = 2, value = 25 }, { weight = 1, value = { gamma = { shape = 2, mean = 200 } } }] }, next.calm = 1 }
states.calm = { mean_days = 120, next.flare = 1 }
[world.threats.east]
attacks_per_day = { flare = 0.4, calm = 0.1 }
site_weights = { a = 2, b = 1, c = 1 }
presence_elasticity = 0.8
batch_mean = 1.4
contagion = { children_per_attack = 0.35, decay_days = 12, to_threats.west = 0.1, to_sites.b.a = 0.15 }
exit_pattern = { before = 0.9, before_days = 30, after = 1.6, after_days = 60 }
retaliation = { deterrence = { uniform = [-0.2, 0.8] }, memory_days = 50, coordinated = 0.3 }
weapons.drone = { share = 1, salvo_mean = 1.5 }
[world.threats.west]
attacks_per_day = 0.2
site_weights = { a = 1, b = 1, c = 1 }
contagion = { children_per_attack = 0.5, decay_days = 15 }
weapons = {}
[world.host]
friction.memory_days = 90
expulsion = { per_day = 0.0015, notice_days = 40 }
[world.contingents.us]
follows.italy = 1
[plan]
review_every_days = 5
breathing_room = { pause_days = 90, extension_days = 40 }
transport = { lift_every_days = 7, people_per_day = 9 }
blackouts.feast = { from = 2025-05-10, until = 2025-05-18 }
[plan.gates.consent]
delay_days = { lognormal = { median = 60, sigma = 0.5 } }
blocked_while.tension = ["flare"]
after = ["first"]
[plan.gates.nod]
delay_days = 5
[plan.phases.first]
after = ["nod"]
announced_start = 2025-01-15
announced_finish = 2025-04-01
moves.c = { site = "c", contingent = "us" }
moves.italy = { site = "a", contingent = "italy" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-04-01
announced_finish = 2025-07-15
duration_ratio = { lognormal = { median = 1.1, sigma = 0.4 } }
moves.a = { site = "a", contingent = "us", people = 200 }
moves.b = { site = "b", contingent = "us", residual = 90 }
[plan.phases.held]
announced_start = 2025-03-01
announced_finish = 2025-06-15
duration_ratio = { gamma = { shape = 30, mean = 1 } }
moves.b = { site = "b", contingent = "us", people = 50, to = "a" }
breathing_room = { pause_days = 60, extension_days = 30 }
[plan.phases.third]
after = ["second", "held", "consent"]
announced_start = 2025-07-15
announced_finish = 2025-10-01
moves.a = { site = "a", contingent = "us" }
[plan.rules.hold]
when = { attacks = { in_days = 30, at_least = 14 } }
until = { attacks = { in_days = 20, at_most = 6 } }
then = { pause = { at_least_days = 10 } }
[now.gates]
nod = { opened = 2025-01-20 }
consent = { started = 2025-04-20, blocked_days = 12 }
[now.phases]
first = { started = 2025-01-20, finished = 2025-04-18 }
second = { started = 2025-04-18, moved = { a = 70 } }
held = { started = 2025-03-02, moved = { b = 30 }, breathing_room = { pause_days = 21, extension_days = 4 } }
[now.breathing_room]
pause_days = 21
extension_days = 4
[now.tension]
since = 2025-04-12
[now.threats.east]
strikes = [2025-05-28, 2025-05-02, 2025-02-11]
attacks = [
    { date = 2025-05-29, site = "a", count = 6 },
    { date = 2025-05-20, site = "b", count = 4 },
    { date = 2025-05-30, site = "a" },
    { date = 2025-04-15, site = "c", count = 3 },
]
"""

CORRELATED = """
schema = 1
start = 2025-10-01
horizon = 2027-12-01
world.sites.a.garrison.us = 300
plan.duration_correlation = 0.7
plan.transport.people_per_day = 500
plan.blackouts.feast = { from = 2025-09-20, until = 2025-10-20 }
[plan.phases.one]
announced_start = 2025-01-15
announced_finish = 2025-09-20
duration_ratio = { lognormal = { median = 1, sigma = 0.3 } }
moves.out = { site = "a", contingent = "us", people = 150 }
[plan.phases.two]
announced_start = 2025-05-15
announced_finish = 2025-10-10
duration_ratio = { lognormal = { median = 1.1, sigma = 0.4 } }
[plan.phases.three]
after = ["one", "two"]
announced_start = 2025-10-10
announced_finish = 2026-02-10
duration_ratio = { lognormal = { median = 0.9, sigma = 0.5 } }
moves.out = { site = "a", contingent = "us", residual = 20 }
[now.phases]
one = { started = 2025-01-15, moved = { out = 60 } }
two = { started = 2025-05-15 }
"""

# Name to text, trials of the core and of the twin.
NOW = {"in the middle": (IN_THE_MIDDLE, 20_000, 500), "correlated now": (CORRELATED, 20_000, 1500)}
