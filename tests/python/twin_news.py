"""Scenarios with a calendar, correlation and rules that answer attacks, for core and twin."""

CALENDAR = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.sites.a.garrison = { us = 300, italy = 60 }
world.sites.b.garrison = { us = 200 }
[world.threats.east]
attacks_per_day = 0.3
site_weights = { a = 2, b = 1 }
weapons = {}
[world.threats.west]
attacks_per_day = 0.2
site_weights = { a = 1, b = 1 }
contagion = { children_per_attack = 0.3, decay_days = 5 }
weapons = {}
[world.calendar.election]
date = 2025-04-01
delay_days = { pert = [0, 20, 100] }
outcomes.expel.weight = { uniform = [1, 3] }
outcomes.keep.weight = 1
windows.before = { threats = ["east"], from_days = -60, until_days = -5, factor = 2.5 }
windows.after = { from_days = 0, until_days = 60, factor = { uniform = [2, 3] }, outcome = "expel" }
windows.both = { from_days = -20, until_days = 20, factor = 0.2 }
[world.calendar.vote]
date = 2025-10-01
delay_days = { exponential = { mean = 60 } }
windows.before = { threats = ["west"], from_days = -30, until_days = 0, factor = 3 }
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-04-15
duration_ratio = { lognormal = { median = 1.1, sigma = 0.3 } }
moves.a = { site = "a", contingent = "us", residual = 50 }
[plan.phases.second]
announced_start = 2025-05-01
announced_finish = 2025-09-15
duration_ratio = { lognormal = { median = 1.1, sigma = 0.15 } }
moves.b = { site = "b", contingent = "us" }
[plan.phases.third]
announced_start = 2025-03-01
announced_finish = 2025-06-01
moves.italy = { site = "a", contingent = "italy", people = 30 }
[plan]
duration_correlation = { uniform = [0.6, 0.9] }
[plan.buffers.clear]
phase = "first"
event = "election"
days = 15
[plan.buffers.late]
phase = "second"
event = "vote"
days = 30
[plan.rules.expelled]
when = { event = { id = "election", outcome = "expel" } }
then = { send_home = { contingent = "italy", in_days = 20 } }
at_once = true
at_most_times = 1
"""

ANSWERS = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.areas.west = {}
[world.sites]
a = { area = "west", garrison = { us = 300, italy = 60 } }
b = { area = "west", garrison = { us = 200 } }
c.garrison = { italy = 80 }
[world.tension]
start = "calm"
states.calm = { mean_days = 60, next = { war = 1 } }
states.war = { mean_days = 25, next = { calm = 1 } }
[world.threats.east]
attacks_per_day = { calm = 0.15, war = 0.8 }
site_weights = { a = 2, b = 1, c = 1 }
presence_elasticity = 0.5
contagion = { children_per_attack = 0.3, decay_days = 5 }
batch_mean = 1.3
truce = { factor = 0.7 }
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-05-01
moves.a = { site = "a", contingent = "us", residual = 50 }
[plan.phases.second]
after = ["first"]
announced_start = 2025-05-10
announced_finish = 2025-08-01
moves.b = { site = "b", contingent = "us" }
moves.italy = { site = "c", contingent = "italy" }
[plan.transport]
people_per_day = 8
[plan.blackouts.feast]
from = 2025-03-10
until = 2025-03-31
[plan.blackouts.summer]
from = 2025-06-20
until = 2025-07-15
[plan.breathing_room]
pause_days = 90
extension_days = 60
[plan.rules.a_cancel]
when = { all = [{ wounded = { in_days = 400, at_least = 60 } }, { phase = { id = "first", state = "done" } }] }
then = { cancel = { phases = ["second"] } }
at_most_times = 1
[plan.rules.b_home]
when = { wounded = { in_days = 60, at_least = 6, contingents = ["italy"] } }
then = { send_home = { contingent = "italy", in_days = 10 } }
at_once = true
[plan.rules.c_reinforce]
when = { attacks = { in_days = 20, at_least = 5, areas = ["west"] } }
then = { reinforce = { site = "b", contingent = "us", people = 40 }, keep_residual = { site = "a", contingent = "us", people = 120 } }
at_once = true
cooldown_days = 30
at_most_times = 4
[plan.rules.d_stretch]
when = { tension = ["war"] }
then = { stretch = { factor = 1.3 } }
cooldown_days = 10
"""

NEWS = {"calendar": (CALENDAR, 20_000, 400), "answers": (ANSWERS, 20_000, 400)}
