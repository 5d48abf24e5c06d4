"""What the tabulator key offers: every public thing of every object that a user meets."""

import pytest

SETUP = """
import drawdown as dd
quiet = {"trials": 40, "seed": 1, "progress": False}
scenario = dd.Scenario.example("iraq-2024")
run = dd.simulate(scenario, **quiet)
drawn = dd.simulate(scenario, samples=40, **quiet)
comparison = dd.compare({"as written": scenario, "firm": scenario}, samples=40, **quiet)
trial = run.trial(3)
log = run.events([3])
tail = run.tail("attacks", 0.1)
levers = {"plan.breathing_room.pause_days": [0, 60]}
sweep = dd.sweep(scenario, levers, **quiet)
drivers = drawn.drivers()
tornado = dd.tornado(scenario, **quiet)
draws = drawn.samples
discovery = dd.scenario_discovery(drawn, {"attacks": drawn.by_sample("attacks")["mean"].median()})
conclusions = comparison.conclusions([("firm", "casualties", "<", "stay")])
explanation = dd.explain(scenario, mechanisms=["rules"], **quiet)
price = dd.pause_tradeoff(scenario, **quiet)
room = dd.minimum_allowance(
    scenario, finish="2027-06-30", most=5_000, days=[0, 60], trials=40, seed=1, confidence=0.5
)
risk = dd.risk_over_time(run)
criticality = dd.criticality(scenario, finish="2026-12-31", **quiet)
reentry = dd.reentry(scenario, **quiet)
"""
OBJECTS = ["run", "scenario", "comparison", "trial", "log", "tail", "sweep", "drivers", "tornado"]
OBJECTS += ["draws", "discovery", "conclusions", "explanation", "price", "room", "risk"]
OBJECTS += ["criticality", "reentry", "run.plot", "comparison.plot", "dd.Scenario", "dd.adapters"]


@pytest.fixture(scope="module")
def there(kernel):
    """A kernel in which every result has a name."""
    reply = kernel.run(SETUP)
    assert reply["status"] == "ok", reply["evalue"]
    return kernel


@pytest.mark.parametrize("name", OBJECTS)
def test_every_public_name_is_completed(there, name):
    public = f"[name for name in dir({name}) if not name.startswith('_')]"
    expected = set(eval(there.value(public)))
    assert expected
    assert there.completions(f"{name}.") >= expected


def test_the_library_shows_what_it_is_for(there):
    import drawdown as dd

    assert dir(dd) == sorted(dd.__all__)
    assert there.completions("dd.") == {name for name in dd.__all__ if name != "__version__"}
    assert there.completions("dd.s") == {name for name in dd.__all__ if name.startswith("s")}
