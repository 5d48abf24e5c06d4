import numpy as np
import pandas as pd
import pytest

import drawdown as dd


@pytest.mark.parametrize("index", [0, 17, 499])
def test_a_trial_is_that_row_of_the_batch(run, index):
    data = run.dataset().sel(trial=index)
    measures = run.trial(index).measures
    for label, value in measures.items():
        name, _, key = label.partition(".")
        variable = data[name]
        np.testing.assert_equal(
            value, float(variable.sel({variable.dims[0]: key}) if key else variable)
        )
    assert "attacks_by_site.syria" in measures


def test_events_add_up_to_the_measures(run):
    trial = run.trial(17)
    events, measures = trial.events, trial.measures
    counts = events.groupby("kind")["count"].sum()
    assert counts["attack"] + counts["attack_intercepted"] == measures["attacks"]
    for kind, name in [("attack_intercepted", "intercepted"), ("wounded", "wounded")]:
        assert counts[kind] == measures[name]
    by_site = events[events["kind"] == "wounded"].groupby("site")["count"].sum()
    for site, count in by_site.items():
        assert count == measures[f"wounded_by_site.{site}"]
    finished = events[events["kind"] == "phase_finished"].set_index("phase")["time_days"]
    for phase, days in finished.items():
        assert days == pytest.approx(measures[f"finish_days_by_phase.{phase}"], abs=1e-6)


def test_events_are_dated_and_in_order(run, iraq):
    events = run.trial(3).events
    assert list(events.columns) == [
        "time_days",
        "date",
        "kind",
        "site",
        "to",
        "threat",
        "contingent",
        "phase",
        "gate",
        "state",
        "risk",
        "event",
        "outcome",
        "rule",
        "mode",
        "count",
        "attack",
        "parent",
    ]
    assert events["time_days"].is_monotonic_increasing
    days = (events["date"] - pd.Timestamp(iraq.start)).dt.days
    assert (days == np.floor(events["time_days"])).all()
    attacks = events.dropna(subset=["attack"]).drop_duplicates("attack")
    assert list(attacks["attack"]) == list(range(len(attacks)))
    children = events.dropna(subset=["parent"])
    assert (children["parent"] < children["attack"]).all()


def test_everybody_who_leaves_leaves_by_lift(minimal):
    run = dd.simulate(minimal, trials=3, seed=1)
    lifts = run.events().to_pandas().query("kind == 'lift'").groupby("trial")["count"].sum()
    assert lifts.to_dict() == {0: 600, 1: 600, 2: 600}


def test_inputs_are_the_values_drawn(run):
    inputs = run.trial(0).inputs
    assert set(inputs.index) >= {
        "world.threats.militias.rate_factor",
        "world.threats.militias.presence_elasticity",
        "world.threats.militias.contagion.children_per_attack",
        "world.threats.militias.harm.killed_share",
    }
    elasticity = "world.threats.militias.presence_elasticity"
    drawn = [run.trial(k).inputs[elasticity] for k in range(20)]
    assert len(set(drawn)) == 20
    assert all(-0.4 <= value <= 1.2 for value in drawn)


def test_narrative_tells_the_milestones_on_their_days(run):
    trial = run.trial(17)
    story = trial.narrative()
    lines = story.splitlines()
    assert max(map(len, lines[1:])) <= 100
    for kind, text in [
        ("phase_started", "Phase first begins."),
        ("gate_opened", "approval opens."),
    ]:
        date = trial.events.set_index("kind").loc[[kind], "date"].iloc[0]
        assert any(line.startswith(f"{date:%Y-%m-%d}") and text in line for line in lines)
    assert f"{trial.measures['attacks']:,.0f} attacks" in story
    assert "Tension is calm." in story
    assert "announced" in lines[-1]


@pytest.mark.parametrize(
    ("ratio", "ending"),
    [
        (1, "The last phase was done on the announced day."),
        (1.1, "The last phase was done 21.3 days after the announced date."),
        (0.9, "The last phase was done 21.3 days before the announced date."),
        (9, "The last phase was not done by then."),
    ],
)
def test_narrative_says_how_it_ended(minimal, ratio, ending):
    scenario = minimal.replace({"plan.phases.leave.duration_ratio": ratio})
    assert dd.simulate(scenario, trials=1, seed=1).trial(0).narrative().endswith(f"{ending}\n")


def test_shows_itself(run):
    trial = run.trial(17)
    assert repr(trial).startswith("Trial(17 of Run(Iraq and Syria")
    assert "Day by day" in trial._repr_html_()
