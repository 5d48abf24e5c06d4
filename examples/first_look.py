# %% [markdown]
# # A first look: Iraq and Syria, as announced in September 2024
#
# Who is out by when, how surely, and at what cost? Run it cell by cell in Jupyter or an editor
# that knows `# %%`, or as a script.

# %%
import drawdown as dd

iraq = dd.Scenario.example("iraq-2024")
print(iraq)

# %% [markdown]
# Ten thousand trials. The seed makes the run repeatable on any machine.

# %%
run = dd.simulate(iraq, trials=10_000, seed=7, progress=False)
print(run.finish_dates().to_string())

# %%
print(run.summary().to_string())

# %% [markdown]
# People by site: the announced timetable is dashed, the band holds eight trials of ten.

# %%
figure = run.plot.schedule()
run.plot.finish()
run.plot.attacks()

# %% [markdown]
# What does the breathing room do? Compare the same plan without it, under common random numbers.

# %%
firm = iraq.replace({"plan.breathing_room.pause_days": 0})
without = dd.simulate(firm, trials=10_000, seed=7, progress=False)
for measure in ("attacks", "killed", "slip_days"):
    difference = run.values(measure) - without.values(measure)
    error = difference.std(ddof=1) / len(difference) ** 0.5
    print(f"{measure:>10}: {difference.mean():+.2f} ± {2 * error:.2f} with breathing room")

# %% [markdown]
# One trial, day by day.

# %%
print(run.trial(17).narrative()[:1500])
