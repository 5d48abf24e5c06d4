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
# # The first hour
#
# You load a scenario, see when each base is empty and what happens on the way out, read one history
# day by day, change two numbers, and hand a page on. The scenario is the withdrawal from Iraq and
# Syria as announced in September 2024; [its page](../../docs/scenarios/iraq-2024.md) says which of
# its numbers are judgement (most are). What follows holds for the scenario, and is no forecast.
#
# Cells are meant to be changed: **Try** says how.

# %%
import matplotlib.pyplot as plt
import pandas as pd

import drawdown as dd

pd.options.display.precision = 2
print(dd.examples())

# %% [markdown]
# ## A scenario explains itself
#
# `print` shows how the library understood it: who leaves when, what can hold them up, who attacks,
# and which numbers nobody knows. These are the first lines.

# %%
iraq = dd.Scenario.example("iraq-2024")
print("\n".join(str(iraq).splitlines()[:24]))

# %% [markdown]
# Where does each number come from? Every one has a row; a reviewer begins with those that are
# ranges.

# %%
numbers = iraq.assumptions()
ranges = numbers[numbers["what"] == "range"]
print(f"{len(numbers)} numbers, of which {len(ranges)} are ranges")
ranges[["value", "source"]].head(6)

# %% [markdown]
# **Try:** `numbers[numbers["unsourced"]]`, the numbers without a source.
#
# ## Run it
#
# One trial is one history that could happen; 2,000 show what is likely. The seed makes the run
# repeatable to the last bit, on any machine.

# %%
run = dd.simulate(iraq, trials=2_000, seed=7, progress=False)
run.finish_dates().loc[["phase", "site"], ["announced", "p10", "p50", "p80", "chance_met"]]

# %% [markdown]
# `p80` is the date that four histories of five keep, `chance_met` the share that keeps the
# announced one. The picture has the same: the dashed line is announced, the solid one the median,
# and the band holds eight histories of ten.

# %% mystnb={"image": {"alt": "People on each site, announced and simulated"}}
run.plot.schedule()
plt.show()

# %% [markdown]
# ## What happens on the way out
#
# Means hide how bad it can get, so ask for both: `p90` is exceeded in one history of ten.

# %%
run.summary().loc[["attacks", "wounded", "killed", "slip_days", "pause_days"]]

# %% mystnb={"image": {"alt": "Chance of so many killed, or wounded, or harmed in one attack"}}
run.plot.exceedance()
plt.show()

# %% [markdown]
# A curve of exceedance is read from below: pick a number of casualties, go up, and the height is
# the chance of that many or more. Next the worst twentieth of histories, and the sites apart:

# %%
print(run.tail("casualties", 0.05))
by_site = run.summary(by="site")
by_site.loc[["attacks", "killed"], ["mean", "p50", "p90"]]

# %% [markdown]
# ## One history, day by day
#
# A mean is no story. Trial 17 is one, and `narrative` tells it; these are the first lines.

# %%
history = run.trial(17)
print("\n".join(history.narrative().splitlines()[:18]))

# %% mystnb={"image": {"alt": "Trial 17: phases, people on the sites, attacks and people harmed"}}
history.plot()
plt.show()

# %% [markdown]
# **Try:** the trial with the most killed, `run.values("killed").argmax()`.
#
# ## Change two numbers
#
# A change is a path and a value. `pause_days` says for how many days in all rules may pause the
# withdrawal under fire; the second plan also lets pauses push the announced dates back.

# %%
firm = iraq.replace({"plan.breathing_room.pause_days": 0})
patient = iraq.replace(
    {"plan.breathing_room.pause_days": 240, "plan.breathing_room.extension_days": 120}
)
plans = dd.compare(
    {"as announced": iraq, "firm dates": firm, "patient": patient},
    trials=1_000,
    seed=7,
    progress=False,
)
measures = ["finish_days", "casualties", "insurgent_strength"]
plans.table().loc[measures, ["mean", "difference", "low", "high"]]

# %% [markdown]
# All plans meet the same random events, so a difference is the plan's. The plan `stay`, in which
# nobody leaves, is always there to compare with. An interval, `low` to `high`, that holds 0 means
# that these trials do not tell the two plans apart.

# %% mystnb={"image": {"alt": "Differences of two plans from the one announced, with intervals"}}
plans.plot()
plt.show()

# %% [markdown]
# ## Hand it on
#
# One page that opens offline and prints: the plan in words, dates, losses, this comparison and
# every assumption. `run.write("folder/")` writes all tables and figures.

# %%
run.report("brief.html", also=[plans], trials=200)
print(run.origin)

# %% [markdown]
# `origin` says which scenario, seed and version a result came from. Every page carries it.
#
# Next: [from events to a forecast](from_events_to_a_forecast.py), or [a plan of your
# own](plan_of_your_own.py).
