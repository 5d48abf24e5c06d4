# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A plan of your own
#
# Build a scenario step by step, from two bases to a plan with a gate, a rule and a danger, and run
# it after each step. All numbers are **made up**. A scenario is a short text, which could as well
# be a file: `dd.Scenario.read("plan.toml")`.

# %%
import matplotlib.pyplot as plt
import pandas as pd

import drawdown as dd

pd.options.display.precision = 2

# %% [markdown]
# ## 1. The least that runs
#
# People on a base, and a phase that takes them away between two dates. Keys end in their units.

# %%
TEXT = """
schema = 1
title = "Port and plain"
start = 2026-01-01
[world.sites]
port = { garrison = { us = 300, france = 150 } }
plain = { garrison = { us = 650 } }
[plan.phases.inland]
announced_start = 2026-03-01
announced_finish = 2026-08-31
moves.us = { site = "plain", contingent = "us" }
[plan.phases.coast]
after = ["inland"]
announced_start = 2026-09-15
announced_finish = 2027-01-31
moves.us = { site = "port", contingent = "us", residual = 40 }
moves.france = { site = "port", contingent = "france" }
"""
bare = dd.Scenario.from_toml(TEXT)
print(bare)

# %% [markdown]
# ## 2. Mistakes are told all at once
#
# A site that is not there, a year mistyped: nothing runs, and every problem is listed with its
# place and what to do.

# %%
try:
    dd.Scenario.from_toml(TEXT.replace('site = "plain"', 'site = "plane"').replace("2027", "2025"))
except dd.ScenarioError as error:
    print(error)

# %% [markdown]
# ## 3. What can hold it up
#
# An approval that takes time, and phases that last longer or shorter than announced.

# %%
slow = bare.replace(
    {
        "plan.gates.approval": {"delay_days": {"pert": [0, 30, 150]}},
        "plan.phases.inland.after": ["approval"],
        "plan.phases.inland.duration_ratio": {"lognormal": {"median": 1.1, "sigma": 0.2}},
        "plan.phases.coast.duration_ratio": {"lognormal": {"median": 1.1, "sigma": 0.2}},
    }
)
late = dd.simulate(slow, trials=2_000, seed=1, progress=False)
late.finish_dates().loc["phase", ["announced", "p50", "p80", "chance_met"]]

# %% mystnb={"image": {"alt": "People on each site, announced and simulated"}}
late.plot.schedule()
plt.show()

# %% [markdown]
# ## 4. Who attacks
#
# A region that flares up now and then, and a militia. Nobody knows its level exactly, so
# `rate_factor` is a range.

# %% mystnb={"image": {"alt": "Attacks, wounded and killed so far, with bands"}}
dangerous = slow.replace(
    {
        "world.tension": {
            "start": "calm",
            "states": {
                "calm": {"mean_days": 240, "next": {"flare": 1}},
                "flare": {"mean_days": 60, "next": {"calm": 1}},
            },
        },
        "world.threats.militia": {
            "attacks_per_day": {"calm": 0.1, "flare": 0.9},
            "site_weights": {"port": 0.3, "plain": 0.7},
            "rate_factor": {"lognormal": {"median": 1, "sigma": 0.4}},
        },
    }
)
exposed = dd.simulate(dangerous, trials=2_000, seed=1, progress=False)
exposed.plot.attacks()
plt.show()

# %% [markdown]
# ## 5. A rule, and what it is worth
#
# Hold while under fire, for 90 days in all at the most. The rule is compared with the plan without
# it, under the same random events.

# %%
careful = dangerous.replace(
    {
        "plan.breathing_room": {"pause_days": 90, "extension_days": 60},
        "plan.rules.hold_under_fire": {
            "when": {"attacks": {"in_days": 30, "at_least": 12}},
            "then": {"pause": {"at_least_days": 14}},
            "until": {"attacks": {"in_days": 21, "at_most": 5}},
        },
    }
)
plans = dd.compare(
    {"no rule": dangerous, "hold under fire": careful}, trials=2_000, seed=1, progress=False
)
plans.table().loc[["finish_days", "casualties"], ["mean", "difference", "low", "high"]]

# %% mystnb={"image": {"alt": "Differences of the plan with the rule from that without"}}
plans.plot()
plt.show()

# %% [markdown]
# ## 6. Keep it
#
# `careful.write("port-and-plain.toml")` saves the file, and `drawdown run port-and-plain.toml` runs
# it in a shell. Before it leaves your desk: which numbers have no source?

# %%
numbers = careful.assumptions()
numbers[numbers["unsourced"]][["value"]].head(8)

# %% [markdown]
# **Try:** give one a source, `careful.replace({"plan.gates.approval.delay_days": {"value": {"pert":
# [0, 30, 150]}, "source": "judgement"}})`. [The tutorial](../../docs/tutorial.md) goes on from
# here: elections, blackouts, strikes.
