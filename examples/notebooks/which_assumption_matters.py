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
# # Which assumption matters?
#
# A scenario has numbers that nobody knows, written as ranges. Before arguing about any of them,
# find out which ones decide the answer, in which worlds the plan fails, and what holds in all of
# them. To keep it quick this lesson runs a small scenario that is **made up**; [the
# guide](../../docs/guides/what-drives-it.md) asks the same of Iraq.

# %%
import matplotlib.pyplot as plt
import pandas as pd

import drawdown as dd

pd.options.display.precision = 2
TEXT = """
schema = 1
title = "Two bases, one promise"
start = 2025-01-01
[world.sites]
river = { garrison = { us = 1200 } }
hill = { garrison = { us = 500 } }
[world.tension]
start = "calm"
[world.tension.states.calm]
mean_days = { constant = { uniform = [120, 360] } }
next = { flare = 1 }
[world.tension.states.flare]
mean_days = { constant = { uniform = [30, 90] } }
next = { calm = 1 }
[world.threats.militia]
attacks_per_day = { calm = 0.1, flare = 1.2 }
site_weights = { river = 0.7, hill = 0.3 }
rate_factor = { lognormal = { median = 1, sigma = 0.4 } }
presence_elasticity = { uniform = [0, 1] }
[plan.gates.approval]
delay_days = { pert = [0, 30, 120] }
[plan.phases.first]
after = ["approval"]
announced_start = 2025-02-01
announced_finish = 2025-09-30
moves.us = { site = "river", contingent = "us" }
[plan.phases.second]
after = ["first"]
announced_start = 2025-10-15
announced_finish = 2026-06-30
moves.us = { site = "hill", contingent = "us" }
[plan.breathing_room]
pause_days = 90
extension_days = 60
[plan.rules.hold_under_fire]
when = { attacks = { in_days = 30, at_least = 15 } }
then = { pause = { at_least_days = 14 } }
until = { attacks = { in_days = 21, at_most = 5 } }
"""
plan = dd.Scenario.from_toml(TEXT)
numbers = plan.assumptions()
numbers[numbers["what"] == "range"][["value"]]

# %% [markdown]
# ## 1. How much is there to know?
#
# `samples=100` runs 20 histories in each of 100 worlds. `share` is the part of the variance that
# better knowledge would remove; the rest is chance, and no study of these numbers changes it.

# %%
two = dd.simulate(plan, trials=2_000, samples=100, seed=7, progress=False)
two.variance().loc[["finish_days", "casualties"], ["share", "share_se"]].round(2)

# %% [markdown]
# ## 2. One number at a time
#
# The quick look: each range at its low and its high value, the others in the middle.

# %% mystnb={"image": {"alt": "What each uncertain number moves by itself, as a tornado"}}
tornado = dd.tornado(plan, ["casualties"], trials=1_000, seed=7, progress=False)
tornado.plot()
plt.show()

# %% [markdown]
# ## 3. All at once
#
# The thorough one: shares of variance, with intervals. `first` is what would go if this number
# alone were known, `total` what would be left if all others were. Where `total` is clearly greater,
# numbers act together.

# %%
drivers = dd.drivers(plan, ["casualties"], samples=256, trials=2_048, seed=7, progress=False)
shares = ["first", "first_low", "first_high", "total", "direction"]
drivers.table("casualties")[shares]

# %% mystnb={"image": {"alt": "First-order and total index of each uncertain number"}}
drivers.plot()
plt.show()

# %% [markdown]
# ## 4. Where does the plan fail?
#
# Say what failing is, and scenario discovery looks for the worlds in which it happens. It is
# checked on a third of the worlds that it did not see.

# %%
plans = dd.compare({"plan": plan}, trials=4_000, samples=200, seed=7, progress=False)
limit = round(plans.table().loc[("casualties", "plan"), "mean"] * 1.3)
failing = dd.scenario_discovery(plans, {"casualties": limit}, plan="plan")
print(failing)

# %% mystnb={"image": {"alt": "Coverage and density of the box, and its limits"}}
failing.plot()
plt.show()

# %% [markdown]
# ## 5. What survives
#
# Write down the sentences you mean to publish. Each is tested in every world, and one that breaks
# comes with the condition that belongs beside it.

# %%
found = plans.conclusions(
    {
        "leaving harms fewer than staying": ("plan", "casualties", "<", "stay"),
        "likelier than not by autumn 2026": ("plan", "finish_days <= 2026-09-30", ">", 0.5),
        "few casualties": ("plan", "casualties", "<", limit),
    }
)
print(found)

# %% [markdown]
# **Try:** narrow the number that matters most, as if a study had found it, and run from section 1
# again. All of this depends on the ranges as they are written: a world outside of them breaks
# nothing here.
