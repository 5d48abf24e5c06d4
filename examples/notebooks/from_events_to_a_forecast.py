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
# # From events to a forecast
#
# You have a list of incidents and want to know what to expect next. This lesson goes the whole way
# with a record that is **made up**: it is one history of a small world whose numbers we choose. So
# at the end we can look whether the fit has found them, which no record of the real world allows.
# [The guide of the same name](../../docs/guides/from-events-to-a-forecast.md) does it with a
# published record.

# %%
import warnings

import matplotlib.pyplot as plt
import pandas as pd

import drawdown as dd

pd.options.display.precision = 2
warnings.simplefilter("ignore")  # what they say is printed with the results

# %% [markdown]
# ## 1. A world, and what it left in the record
#
# Two bases, a region that is calm or flares up, and a militia. The truth: 0.15 attacks a day in
# calm, 1.2 in a flare.

# %%
TEXT = """
schema = 1
title = "Two bases"
start = 2023-01-01
horizon = 2026-01-01
[world.sites]
river = { garrison = { us = 1200 } }
hill = { garrison = { us = 500 } }
[world.tension]
start = "calm"
[world.tension.states]
calm = { mean_days = 200, next = { flare = 1 } }
flare = { mean_days = 60, next = { calm = 1 } }
[world.threats.militia]
attacks_per_day = { calm = 0.15, flare = 1.2 }
site_weights = { river = 0.7, hill = 0.3 }
"""
truth = dd.Scenario.from_toml(TEXT)
past = dd.simulate(truth, trials=20, seed=3, progress=False)
log = past.events([6]).to_pandas()
attacks = log[log["kind"].isin(["attack", "attack_intercepted"])]
print(len(attacks), "attacks in three years")
attacks[["date", "site", "threat"]].head()

# %% [markdown]
# Such a log is what an analyst has. `read_events` maps its columns; had yours other names,
# `columns={"date": "day"}` would say so. `window` says for which time the record is complete: days
# without an event are then days without an attack.

# %% mystnb={"image": {"alt": "Attacks in each month of the made-up record"}}
record = dd.Observations.read_events(
    attacks[["date", "site", "threat"]].assign(kind="attack"),
    window=("2023-01-01", "2025-12-31"),
    scenario=truth,
)
print(record)
record.plot()
plt.show()

# %% [markdown]
# ## 2. Fit the first two years
#
# Pretend not to know the rates: wide ranges in their place. Then `fit` says what two years of the
# record leave of them.

# %%
RATES = "world.threats.militia.attacks_per_day"
wide = truth.replace(
    {
        f"{RATES}.calm": {"lognormal": {"median": 0.3, "sigma": 0.7}},
        f"{RATES}.flare": {"lognormal": {"median": 1, "sigma": 0.7}},
    }
)
known = record.until("2024-12-31")
posterior = dd.fit(wide, known, seed=7, progress=False)
posterior.table()[["prior_p10", "prior_p90", "p10", "p50", "p90", "contraction"]]

# %% [markdown]
# `contraction` near 1 means that the data decide, near 0 that the range you wrote does. The truth
# was 0.15 and 1.2: is it between `p10` and `p90`?

# %% mystnb={"image": {"alt": "Each rate before and after the fit"}}
posterior.plot()
plt.show()

# %% [markdown]
# ## 3. Check the fit
#
# `posterior_pit` is the probability of less than what was counted. Near 0 or 1 the model
# contradicts the record.

# %%
posterior.predictive()[["from", "to", "observed", "posterior_pit"]].tail(8)

# %% [markdown]
# ## 4. Forecast the next year
#
# `update` carries what is known on the last day (is it calm, or a flare?) forward, together with
# the fitted ranges.

# %%
now = dd.update(wide, known, fitted=posterior, particles=4_000, seed=7, progress=False)
forecast = dd.Forecast.of(now)
forecast.table()[["from", "to", "mean", "p10", "p50", "p90"]].head(6)

# %% [markdown]
# ## 5. Score it by what came
#
# The third year was kept aside. `crps` is the error of the whole forecast in attacks (less is
# better); `interval_coverage_80` should be near 0.8.

# %%
came = record.since("2025-01-01").by_month()
scores = forecast.score(came)
scores.table()[["windows", "crps", "bias", "interval_coverage_80"]]

# %% mystnb={"image": {"alt": "The forecast of each month with its bands, and what came"}}
forecast.plot(observed=came)
plt.show()

# %% [markdown]
# One year is one draw: a forecast that is right on average misses some months. [What is a forecast
# worth?](../../docs/guides/forecasts.md) tests one against simple rules over many months.
#
# **Try:** another history, `events([7])`; or fit one year only, and see the ranges widen.
