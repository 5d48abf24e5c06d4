# %% [markdown]
# # Many worlds, several plans: ema_workbench
#
# One call makes a model of the scenario: its ranges are uncertainties, and what you name is a
# lever. Needs `pip install '.[ema]'`.

# %%
from ema_workbench import perform_experiments

import drawdown as dd

iraq = dd.Scenario.example("iraq-2024")
levers = {
    "plan.breathing_room.pause_days": (0, 240),
    "plan.rules.hold_under_fire.when.attacks.at_least": (10, 80),
}
model = dd.adapters.ema_model(iraq, levers=levers, trials=20, seed=7)

# %% [markdown]
# Every policy meets every world, under common random numbers.

# %%
experiments, outcomes = perform_experiments(model, scenarios=30, policies=3)
experiments["casualties"], experiments["finish_days"] = outcomes.values()
print(experiments.groupby("policy", observed=True)[["casualties", "finish_days"]].mean().round(1))

# %% [markdown]
# Uncertainties are quantiles from 0 to 1; these are the values of the first three worlds.

# %%
print(dd.adapters.at_quantiles(iraq, experiments).head(3).T.round(3).to_string())
