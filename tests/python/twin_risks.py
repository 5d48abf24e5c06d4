"""Scenarios with risks, which many things have in common, for core and twin."""

from twin_scenarios import Case

RISKS = """
schema = 1
start = 2025-01-01
horizon = 2026-02-01
[world.sites]
a.garrison = { us = 300, italy = 60 }
b.garrison = { us = 200 }
[world.tension]
start = "calm"
states.calm = { mean_days = 80, next = { tense = 1 } }
states.tense = { mean_days = 30, next = { calm = 1 } }
[world.threats.east]
attacks_per_day = { calm = 0.1, tense = 0.3 }
site_weights = { a = 2, b = 1 }
contagion = { children_per_attack = 0.4, decay_days = 8, to_threats = { west = 0.1 } }
[world.threats.west]
attacks_per_day = 0.15
site_weights = { a = 1, b = 1 }
weapons = {}
[world.risks.anger]
probability = { uniform = [0.5, 0.9] }
date = 2025-02-01
delay_days = { exponential = { mean = { uniform = [30, 90] } } }
effects.more = { threats = ["east", "west"], factor = { uniform = [2, 4] } }
effects.caution = { phases = ["second"], gates = ["approval"], factor = 1.3, added_days = { uniform = [0, 20] } }
[world.risks.patron]
probability = 0.5
effects.more = { threats = ["east"], factor = 2 }
[world.risks.strike]
probability = { beta = [4, 2] }
date = 2025-01-15
delay_days = { uniform = [0, 40] }
effects.slow = { phases = ["first", "second", "third"], factor = { triangular = [1, 1.5, 2.5] } }
effects.late = { phases = ["first", "third"], factor = 0.9, added_days = { exponential = { mean = 10 } } }
[plan]
duration_correlation = 0.3
transport.people_per_day = 8
[plan.gates.approval]
delay_days = { gamma = { shape = 2, mean = 40 } }
blocked_while = { tension = ["tense"] }
[plan.phases.first]
announced_start = 2025-02-01
announced_finish = 2025-03-20
moves.a = { site = "a", contingent = "us", residual = 50 }
[plan.phases.second]
after = ["first", "approval"]
announced_start = 2025-03-20
announced_finish = 2025-06-01
moves.b = { site = "b", contingent = "us" }
[plan.phases.third]
after = ["first"]
announced_start = 2025-03-20
announced_finish = 2025-05-10
duration_ratio = 1
moves.italy = { site = "a", contingent = "italy" }
[plan.mitigations.talks]
cost = { uniform = [1000, 2000] }
risks.anger = { probability_factor = { uniform = [0.7, 1] }, effect_factor = 0.8 }
risks.strike = { effect_factor = { uniform = [0.6, 1] } }
[plan.mitigations.pay]
taken = false
cost = 5000
risks.strike = { probability_factor = 0.1, effect_factor = 0.1 }
[plan.breathing_room]
pause_days = 60
extension_days = 30
[plan.rules.hold]
when = { all = [{ risk = "anger" }, { attacks = { in_days = 20, at_least = 12 } }] }
then = { pause = { at_least_days = 10 } }
[plan.rules.more]
when = { risk = "strike" }
then = { reinforce = { site = "b", contingent = "us", people = 30 } }
at_once = true
at_most_times = 1
"""

# Of what is under way at the start only the background and what has not begun are moved.
RISKS_NOW = """
schema = 1
start = 2025-01-01
horizon = 2025-12-01
world.sites.a.garrison = { us = 200 }
world.sites.b.garrison = { us = 100 }
[world.host.expulsion]
unprovoked_per_day = 2e-3
notice_days = { uniform = [20, 60] }
[world.threats.east]
attacks_per_day = 0.3
site_weights = { a = 1, b = 1 }
weapons = {}
[world.risks.slow]
probability = 0.6
effects.all = { phases = ["first", "second", "third"], gates = ["law", "next"], threats = ["east"], factor = { uniform = [1.5, 2] }, added_days = 5 }
[world.risks.late]
probability = 0.7
delay_days = { exponential = { mean = 60 } }
effects.all = { phases = ["first", "second", "third"], gates = ["law", "next"], factor = 1.4 }
[plan.gates.law]
delay_days = { gamma = { shape = 2, mean = 40 } }
[plan.gates.next]
after = ["law"]
delay_days = { exponential = { mean = 20 } }
[plan.phases.first]
announced_start = 2024-12-01
announced_finish = 2025-02-01
duration_ratio = { lognormal = { median = 1.1, sigma = 0.2 } }
moves.a = { site = "a", contingent = "us", residual = 50 }
[plan.phases.second]
after = ["law"]
announced_start = 2025-02-01
announced_finish = 2025-04-01
moves.b = { site = "b", contingent = "us" }
[plan.phases.third]
after = ["first", "next"]
announced_start = 2025-03-01
announced_finish = 2025-05-01
moves.a = { site = "a", contingent = "us" }
[now.gates.law]
started = 2024-12-10
[now.phases.first]
started = 2024-12-05
"""

RISKY = {
    "risks": Case(
        RISKS,
        {"world.risks.strike.probability": 0},
        ("finish_days", "phase", "third"),
        400,
        0.3,
    ),
    "risks and attacks": Case(
        RISKS,
        {"world.risks.anger.probability": 0},
        ("attacks", "threat", "west"),
        400,
        0.25,
    ),
    "risks, started": Case(
        RISKS_NOW,
        {"world.risks.slow.probability": 0},
        ("attacks", "threat", "east"),
        400,
        0.3,
    ),
}
