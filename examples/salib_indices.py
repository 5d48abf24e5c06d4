# %% [markdown]
# # Which range matters? SALib's Sobol indices
#
# One call makes a problem of the scenario's ranges, each with the law that the scenario gives it;
# another simulates the sample. Needs `pip install '.[salib]'`.

# %%
from SALib.analyze import rbd_fast
from SALib.sample import latin

import drawdown as dd

iraq = dd.Scenario.example("iraq-2024")
problem = dd.adapters.salib_problem(iraq)
print(problem["num_vars"], "ranges; laws:", ", ".join(sorted(set(problem["dists"]))))

# %% [markdown]
# RBD-FAST gives first-order indices from any even sample: how much of the variance of the expected
# casualties each range alone explains.

# %%
sample = latin.sample(problem, 500, seed=7)
found = dd.adapters.salib_evaluate(iraq, sample, trials_each=10, seed=7)
indices = rbd_fast.analyze(problem, sample, found["casualties"].to_numpy(), seed=7)
print(indices.to_df().sort_values("S1", ascending=False).head(5).round(2).to_string())
