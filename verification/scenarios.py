"""The scenarios of the rows, as texts."""

HAWKES = """
schema = 1
start = 2025-01-01
horizon = {horizon}
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.33333333333333331   # all attacks: background .20 / (1 - .40)
contagion = {{ children_per_attack = 0.40, decay_days = 5, start = "{start}" }}
weapons = {{}}
"""


def hawkes(horizon: str, start: str = "empty") -> str:
    """The base process until a date, begun with nothing or as if it had lasted for ever."""
    return HAWKES.format(horizon=horizon, start=start)


def windowed(text: str, since: str) -> str:
    """The same with a phase that moves nobody and ends on a date, so that attacks can be told."""
    return f"""{text}
[plan.phases.warm_up]
announced_start = 2025-01-01
announced_finish = {since}
duration_ratio = 1
"""


def two_threats(horizon: str) -> str:
    """Row 8: two threats that excite each other; backgrounds .10 and .05."""
    return f"""
schema = 1
start = 2025-01-01
horizon = {horizon}
world.sites.base.garrison.us = 100
[world.threats.a]
attacks_per_day = 0.16831683168316833
contagion = {{ children_per_attack = 0.30, decay_days = 5, to_threats.b = 0.10, start = "empty" }}
weapons = {{}}
[world.threats.b]
attacks_per_day = 0.089108910891089105
contagion = {{ children_per_attack = 0.25, decay_days = 5, to_threats.a = 0.20, start = "empty" }}
weapons = {{}}
"""


def tension(horizon: str) -> str:
    """Rows 10 and 11: attacks under three states of tension."""
    return f"""
schema = 1
start = 2025-01-01
horizon = {horizon}
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = {{ mean_days = 240, next = {{ flare = 0.9, war = 0.1 }} }}
states.flare = {{ mean_days = 58, next = {{ calm = 0.8, war = 0.2 }} }}
states.war = {{ mean_days = 45, next = {{ calm = 0.3, flare = 0.7 }} }}
[world.threats.group]
attacks_per_day = {{ calm = 0.05, flare = 1.6, war = 7 }}
weapons = {{}}
"""


TWO_STATES = windowed(
    """
schema = 1
start = 2025-01-01
horizon = 2026-05-16                    # 100 days after day 400
world.sites.base.garrison.us = 100
[world.tension]
start = "calm"
states.calm = { mean_days = 100, next = { war = 1 } }
states.war = { mean_days = 50, next = { calm = 1 } }
[world.threats.group]
attacks_per_day = { calm = 0.1, war = 1.5 }
weapons = {}
""",
    "2026-02-05",
)


def insurgency(held: float, horizon: str = "2026-01-01", plan: str = "") -> str:
    """Rows 15 and 16: growth of 2 a year from .1; `held` is the share of it that troops undo."""
    return f"""
schema = 1
start = 2025-01-01
horizon = {horizon}
world.sites.base.garrison.us = 700
[world.insurgency]
strength = 0.1
growth_per_year = 2
pressure = {held / 0.9:.17g}            # of (1 - .1) of the growth
troops_share = 1
troops_exponent = 1
incidents.per_day = 1
{plan}"""


# Of 700 people 200 are left on day 365: .7 of the growth is held down before, .2 after.
TWO_PRESSURES = insurgency(
    0.7,
    "2028-01-01",
    """
[plan.transport]
people_per_day = 1000
[plan.phases.leave]
announced_start = 2025-12-31
announced_finish = 2026-01-01
duration_ratio = 1
moves.out = { site = "base", contingent = "us", people = 500 }
""",
)


def two_steps(dates: tuple[str, str, str, str], elasticity: float) -> str:
    """Rows 17 and 28: of 2,500 people 700 leave on one date and 1,200 on another."""
    return f"""
schema = 1
start = 2025-01-01
horizon = 2027-04-03                    # day 822
world.sites.base.garrison.us = 2500
[world.threats.group]
attacks_per_day = 0.1
presence_elasticity = {elasticity}
weapons = {{}}
[plan.transport]
people_per_day = 1000
[plan.phases.first]
announced_start = {dates[0]}
announced_finish = {dates[1]}
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us", people = 700 }}
[plan.phases.second]
announced_start = {dates[2]}
announced_finish = {dates[3]}
duration_ratio = 1
moves.out = {{ site = "base", contingent = "us", people = 1200 }}
"""


SOON = ("2025-04-30", "2025-05-01", "2025-12-31", "2026-01-01")  # days 120 and 365
LATE = ("2025-10-27", "2025-10-28", "2026-06-29", "2026-06-30")  # days 300 and 545


def marks(people: int, intercept: str, salvo: float, harm: str) -> str:
    """Rows 18 and 24: an attack a day for 1,000 days."""
    return f"""
schema = 1
start = 2025-01-01
horizon = 2027-09-28
[world.sites.base]
garrison.us = {people}
air_defence.intercept.rocket = {intercept}
[world.threats.group]
attacks_per_day = 1
weapons.rocket = {{ share = 1, salvo_mean = {salvo} }}
harm = {harm}
"""


HARMFUL = """
schema = 1
start = 2025-01-01
horizon = 2026-01-01
[world.sites.base]
garrison.us = 350
air_defence.intercept.rocket = 0
[world.threats.group]
attacks_per_day = 0.33333333333333331
contagion = { children_per_attack = 0.40, decay_days = 5, start = "empty" }
weapons.rocket = { share = 1, salvo_mean = 1 }
harm = { no_casualty = 0.9, scale = 2.1, shape = 0.45, killed_share = 0.05 }
"""

PERT = """
schema = 1
start = 2025-01-01
horizon = 2026-01-01
world.sites.base.garrison.us = 1
plan.gates.approval.delay_days = { pert = [0, 30, 150] }
"""

SLIP = """
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.base.garrison.us = 100
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2026-01-01
duration_ratio = { lognormal = { median = 1.08, sigma = 0.25 } }
moves.out = { site = "base", contingent = "us" }
"""

# A day is announced for each, so that they add up without waiting.
SERIAL = """
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.base.garrison.us = 1
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-01-02
duration_ratio = { lognormal = { median = 180, sigma = 0.2 } }
[plan.phases.b]
after = ["a"]
announced_start = 2025-01-02
announced_finish = 2025-01-03
duration_ratio = { lognormal = { median = 120, sigma = 0.3 } }
[plan.phases.c]
after = ["b"]
announced_start = 2025-01-03
announced_finish = 2025-01-04
duration_ratio = { lognormal = { median = 240, sigma = 0.25 } }
"""


# The last lift of b waits until ten days after a is done.
LAST_LIFT = """
schema = 1
start = 2025-01-01
horizon = 2027-01-01
world.sites.a.garrison.us = 10
world.sites.b.garrison.us = 10
[plan.phases.a]
announced_start = 2025-01-01
announced_finish = 2025-04-11
duration_ratio = { uniform = [0.5, 1.5] }
moves.out = { site = "a", contingent = "us" }
[plan.phases.b]
after = { a = { relation = "finish_to_finish", lag_days = 10 } }
announced_start = 2025-01-11
announced_finish = 2025-04-21
duration_ratio = { uniform = [0.5, 1.5] }
moves.out = { site = "b", contingent = "us" }
"""


def parallel(means: list[int]) -> str:
    """Row 22: a phase after several gates."""
    gates = "\n".join(
        f"plan.gates.g{k}.delay_days = {{ exponential = {{ mean = {mean} }} }}"
        for k, mean in enumerate(means)
    )
    after = ", ".join(f'"g{k}"' for k in range(len(means)))
    return f"""
schema = 1
start = 2025-01-01
horizon = 2035-01-01
world.sites.base.garrison.us = 100
{gates}
[plan.phases.leave]
after = [{after}]
announced_start = 2025-01-01
announced_finish = 2026-01-01
moves.out = {{ site = "base", contingent = "us" }}
"""


UNCERTAIN_RATE = """
schema = 1
start = 2025-01-01
horizon = 2025-01-11
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 1
rate_factor = { gamma = { shape = 4, mean = 4 } }
weapons = {}
"""


def grievance(horizon: str) -> str:
    """Row 32: a phase announced for day 1 that never ends."""
    return f"""
schema = 1
start = 2025-01-01
horizon = {horizon}
world.sites.base.garrison.us = 100
[world.threats.group]
attacks_per_day = 0.05
grievance = {{ per_day = 0.033333333333333333, at_most = 100 }}
weapons = {{}}
[plan.gates.never]
delay_days = 10000
[plan.phases.leave]
after = ["never"]
announced_start = 2025-01-01
announced_finish = 2025-01-02
moves.out = {{ site = "base", contingent = "us" }}
"""
