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
# # What is the breathing room worth?
#
# Officials called the two years of the timetable for Iraq *breathing room*: time in which to pause
# when fire makes leaving dangerous. A pause may save lives, and it keeps people in danger for
# longer. This lesson works out which is more, and how sure one can be. Numbers of trials are small
# so that each cell takes seconds; the intervals show it.

# %%
from datetime import date

import matplotlib.pyplot as plt
import pandas as pd

import drawdown as dd

pd.options.display.precision = 2
iraq = dd.Scenario.example("iraq-2024")
room = iraq.to_dict()["plan"]
room["breathing_room"], list(room["rules"])

# %% [markdown]
# Rules decide when to pause; `pause_days` is how much pausing is allowed in all. How often is all
# of it used?

# %% mystnb={"image": {"alt": "Shares of histories by days of pause used"}}
run = dd.simulate(iraq, trials=1_000, seed=7, progress=False)
paused = run.values("pause_days")
print(f"a pause in {(paused > 0).mean():.0%} of histories, {paused.mean():.0f} days on average")
run.plot.breathing_room()
plt.show()

# %% [markdown]
# ## 1. What it costs and what it saves
#
# The same plan with more and fewer days of pause, under the same random events. `inside` keeps the
# announced dates; `beyond` lets pauses push them back.

# %%
tradeoff = dd.pause_tradeoff(
    iraq,
    pause_days=[0, 60, 120],
    extension_days=[0, 120],
    trials=400,
    seed=7,
    progress=False,
)
columns = ["delay", "avoided", "avoided_low", "avoided_high", "verdict"]
tradeoff.table()[columns].drop(0, level="days").round(2)

# %% mystnb={"image": {"alt": "Delay, casualties avoided and regrowth avoided over days of pause"}}
tradeoff.plot()
plt.show()

# %% [markdown]
# `verdict` says what these trials can tell: `saves`, `costs`, or `open`, where the interval of what
# is avoided holds 0. An open verdict is an answer: it bounds how much there can be to gain.
#
# ## 2. The least that keeps a promise
#
# Turn it round: you promise a date, and a ceiling of casualties. Which allowance keeps both?

# %%
least = dd.minimum_allowance(
    iraq,
    finish=date(2027, 4, 30),
    confidence=0.8,
    most=600,
    risk=0.2,
    days=[0, 60, 120],
    trials=600,
    seed=7,
    progress=False,
)
print(least.why)

# %% [markdown]
# Date and ceiling hang together: on each point of the solid curve, four histories of five keep
# *both*.

# %% mystnb={"image": {"alt": "Date and casualties together, a dot for each trial"}}
run.plot.joint(date(2027, 4, 30), most=600)
plt.show()

# %% [markdown]
# ## 3. Who runs the risk
#
# Fewer people on a base do not mean fewer attacks in proportion. So the last to leave are at the
# highest risk.

# %% mystnb={"image": {"alt": "Casualties per person and year on each site, and who is left"}}
risk = dd.risk_over_time(run, "casualties", trials=500)
risk.plot()
plt.show()

# %% [markdown]
# ## 4. Does the answer hang on what nobody knows?
#
# The same two plans in 60 worlds, each with its own value for every range. `best` is the share of
# worlds in which a plan has the fewest casualties, `mean` how many more than the best plan it has
# on average.

# %%
firm = iraq.replace({"plan.breathing_room.pause_days": 0})
plans = dd.compare({"firm": firm, "120 days": iraq}, trials=480, samples=60, seed=7, progress=False)
plans.regret("casualties")[["mean", "standard_error", "p90", "best"]]

# %% [markdown]
# Compare the two leaving plans with each other, then with `stay`: whether to leave matters far more
# here than how patiently. That is a finding about this scenario, whose numbers are mostly
# judgement.
#
# **Try:** make the militias more dangerous, `iraq.replace({"world.threats.militias.rate_factor":
# 3})`, and look whether a verdict changes. [The guide](../../docs/guides/breathing-room.md) has
# more of these questions.
