import importlib
import tomllib

import numpy as np
import pandas as pd
import pytest

import drawdown as dd
from drawdown.scenario.mechanisms import MECHANISMS, Case, without
from every_key import DEFINITIONS, TEXT

BY_NAME = {mechanism.name: mechanism for mechanism in MECHANISMS}

# One site, one threat that harms nobody, one phase that takes as long as announced: nothing is on.
PLAIN = """
schema = 1
start = 2025-01-01
horizon = 2027-01-01
[world.sites.base]
garrison = { us = 600 }
[world.threats.militia]
attacks_per_day = 0.1
weapons = {}
[plan.phases.leave]
announced_start = 2025-01-01
announced_finish = 2025-12-31
duration_ratio = 1
moves.some = { site = "base", contingent = "us", people = 300 }
"""


@pytest.fixture(scope="module")
def plain() -> dd.Scenario:
    return dd.Scenario.from_toml(PLAIN)


STATES = {
    "calm": {"mean_days": 100, "next": {"war": 1}},
    "war": {"mean_days": 50, "next": {"calm": 1}},
}
HELD = {"calm": {"mean_days": 100}, "war": STATES["war"]}
VOTE = {
    "date": "2025-06-01",
    "windows": {"around": {"from_days": -30, "until_days": 30, "factor": 2}},
}
STORM = {"probability": 0.5, "effects": {"slow": {"phases": ["leave"], "factor": 2}}}
RULE = {"when": {"attacks": {"in_days": 30, "at_least": 4}}, "then": {"pause": {}}}
DRONES = {"drone": {"share": 1, "salvo_mean": 2}}
HELD_DOWN = {"strength": 0.3, "growth_per_year": 0, "pressure": 1, "troops_share": 0.3}
PRISON_BREAKS = {"per_year": 1, "factor": 2}
INCIDENTS = {"per_day": 1, "threat": "militia"}
FIRST = {"site": "base", "contingent": "us", "people": 100}
# For each mechanism what puts it in the plain scenario, and what is left of that with it off.
ON = {
    "ranges": ({"world.threats.militia.rate_factor": {"uniform": [1, 3]}}, None),
    "rules": ({"plan.rules": {"hold": RULE}}, {}),
    "breathing room": (
        {
            "plan.breathing_room": {"pause_days": 30},
            "plan.phases.leave.breathing_room": {"pause_days": 10},
        },
        {},
    ),
    "gates": (
        {
            "plan.gates": {"go": {"delay_days": 30, "blocked_while": {"tension": ["steady"]}}},
            "plan.phases.leave.after": ["go"],
        },
        {"plan.gates": {"go": {"delay_days": 0}}, "plan.phases.leave.after": ["go"]},
    ),
    "durations": ({"plan.phases.leave.duration_ratio": 1.2}, {}),
    "compression": ({"plan.phases.leave.compress_to": 0.5}, {}),
    "materiel": (
        {
            "world.sites.base.materiel_tonnes": 900,
            "plan.transport.modes": {"road": {"tonnes_per_day": 2}},
            "plan.phases.leave.loads": {"kit": {"site": "base"}},
        },
        {
            "world.sites.base.materiel_tonnes": 900,
            "plan.transport.modes": {"road": {"tonnes_per_day": 1_000_000}},
            "plan.phases.leave.loads": {"kit": {"site": "base"}},
        },
    ),
    "legs": ({"world.legs": {"road": {"from": "base", "days": 3}}}, {}),
    "risks": (
        {"world.risks": {"storm": STORM}},
        {"world.risks": {"storm": STORM | {"probability": 0}}},
    ),
    "duration correlation": ({"plan.duration_correlation": 0.5}, {}),
    "blackouts": (
        {
            "plan.blackouts": {"x": {"from": "2025-06-01", "until": "2025-07-01"}},
            "plan.working_days": [
                *("monday", "tuesday", "wednesday", "thursday", "friday"),
                "sunday",
            ],
            "plan.months": {"feb": 0.5},
        },
        {},
    ),
    "tension": (
        {"world.tension": {"start": "calm", "states": STATES}},
        {"world.tension": {"start": "calm", "states": HELD}},
    ),
    "presence": ({"world.threats.militia.presence_elasticity": 0.5}, {}),
    "displacement": ({"world.threats.militia.displacement": 0.5}, {}),
    "exit pattern": ({"world.threats.militia.exit_pattern": {"before": 0.5}}, {}),
    "truce": ({"world.threats.militia.truce": {"factor": 0.5}}, {}),
    "grievance": ({"world.threats.militia.grievance": {"per_day": 0.1}}, {}),
    "retaliation": ({"world.threats.militia.retaliation": {"after_killed": 1}}, {}),
    "expulsion": (
        {"world.host": {"expulsion": {"per_day": 0.01, "unprovoked_per_day": 0.001}}},
        {"world.host": {"expulsion": {"per_day": 0}}},
    ),
    "host capability": ({"world.host": {"capability": {"start": 0.5}}}, {"world.host": {}}),
    "insurgency": (
        {"world.insurgency": HELD_DOWN | {"growth_per_year": 1, "shocks": PRISON_BREAKS}},
        {"world.insurgency": HELD_DOWN},
    ),
    "insurgent attacks": (
        {"world.insurgency": HELD_DOWN | {"incidents": INCIDENTS | {"on_sites": 0.1}}},
        {"world.insurgency": HELD_DOWN | {"incidents": INCIDENTS}},
    ),
    "contingents' politics": ({"world.contingents": {"us": {"tolerance_killed": 1}}}, {}),
    "re-entry": (
        {"world.insurgency": HELD_DOWN, "world.reentry": {"forces": {"first": FIRST}}},
        {"world.insurgency": HELD_DOWN},
    ),
    "contagion": (
        {"world.threats.militia.contagion": {"children_per_attack": 0.5, "decay_days": 3}},
        {},
    ),
    "batches": ({"world.threats.militia.batch_mean": 2}, {}),
    "calendar windows": (
        {"world.calendar": {"vote": VOTE}},
        {"world.calendar": {"vote": {"date": "2025-06-01"}}},
    ),
    "profile": ({"world.threats.militia.profile": {"2025-03-01": 2}}, {}),
    "months": ({"world.threats.militia.months": {"jan": 2}}, {}),
    "ceasefires": (
        {"world.threats.militia.ceasefires": {"one": {"from": "2025-03-01", "factor": 0}}},
        {},
    ),
    "drift": ({"world.threats.militia.drift": {"sd_per_week": 0.1}}, {}),
    "air defence": (
        {"world.threats.militia.weapons": DRONES},
        {
            "world.threats.militia.weapons": DRONES,
            "world.sites.base.air_defence": {"intercept": {"drone": 0}},
        },
    ),
    "defence minimum": ({"world.sites.base.air_defence.needs_people": 100}, {}),
}


def test_every_mechanism_is_tried():
    assert set(ON) == set(BY_NAME)
    assert all(mechanism.off for mechanism in MECHANISMS)


def test_every_key_that_moves_the_rate_of_a_threat_is_a_mechanism():
    # Whoever adds a key says here that it moves none, or how it is switched off.
    moves_none = {"title", "attacks_per_day", "rate_factor", "weapons", "harm"}
    moves_none |= {"site_weights", "site_weights_by_state", "civilian_harm"}
    case = Case(tomllib.loads(TEXT), pd.DataFrame())
    paths = [path for mechanism in MECHANISMS for path in mechanism.changes(case)]
    switched = {path.split(".")[3] for path in paths if path.startswith("world.threats.")}
    assert set(DEFINITIONS["Threat"]["properties"]) - moves_none <= switched


@pytest.mark.parametrize("name", [name for name in ON if name != "ranges"])
def test_what_is_switched_off_is_off_and_nothing_else(name, plain):
    put, left = ON[name]
    if name == "gates":
        put = put | {"plan.gates": {"go": {"delay_days": 30}}}
    scenario, draws = plain.replace(put), pd.DataFrame()
    assert scenario != plain
    assert without(scenario, BY_NAME[name], draws) == plain.replace(left)
    assert without(plain, BY_NAME[name], draws) == plain
    on = [other for other in BY_NAME if without(scenario, BY_NAME[other], draws) != scenario]
    assert on == [name]


def test_a_gate_that_is_off_is_not_blocked(plain):
    states = {"world.tension": {"start": "war", "states": STATES}}
    gate = {"delay_days": 30, "blocked_while": {"tension": ["war"]}}
    blocked = plain.replace(states | {"plan.gates": {"go": gate}})
    free = plain.replace(states | {"plan.gates": {"go": {"delay_days": 0}}})
    assert without(blocked, BY_NAME["gates"], pd.DataFrame()) == free


def test_ranges_that_are_off_are_at_the_medians_of_their_draws(plain):
    ratio = {"mixture": [{"weight": 1, "value": {"uniform": [1, 2]}}, {"weight": 1, "value": 1}]}
    put = {
        "world.threats.militia.rate_factor": {"uniform": [1, 3]},
        "plan.phases.leave.duration_ratio": ratio,
    }
    draws = pd.DataFrame({"world.threats.militia.rate_factor": [1.0, 2.5, 1.5]})
    fixed = without(plain.replace(put), BY_NAME["ranges"], draws)
    assert fixed == plain.replace(put | {"world.threats.militia.rate_factor": 1.5})
    explained = dd.explain(plain.replace(put), trials=2_000, seed=1, mechanisms=["ranges"])
    fixed = explained.runs["ranges"].scenario.to_dict()["world"]["threats"]["militia"]
    assert fixed["rate_factor"] == pytest.approx(2, abs=0.1)


def test_delays_that_follow_one_another_add_up(plain):
    """A gate of 30 days, then 364 days at a ratio of 1.25: no interaction, and no chance."""
    gate = {"plan.gates": {"go": {"delay_days": 30}}, "plan.phases.leave.after": ["go"]}
    slow = plain.replace(gate | {"plan.phases.leave.duration_ratio": 1.25})
    explained = dd.explain(slow, trials=20, seed=1, progress=False)
    assert list(explained.runs) == ["as written", "gates", "durations", "all off"]
    table = explained.table(["finish_days"]).loc["finish_days"]
    assert table["change"].to_dict() == {
        "gates": 30,
        "durations": 91,
        "interaction": 0,
        "together": 121,
    }
    assert table["without"].to_dict()["gates"] == 455
    assert table["without"].to_dict()["together"] == 364
    assert (table["standard_error"] == 0).all()


def test_factors_interact_by_their_product(plain):
    """A truce (half) in a window (double) that holds all the time: rates of 1, 1/2, 2 and 1."""
    always = {"from_days": 0, "until_days": 730, "factor": 2}
    vote = {"date": "2025-01-01", "windows": {"always": always}}
    put = {"world.threats.militia.truce": {"factor": 0.5}, "world.calendar": {"vote": vote}}
    explained = dd.explain(plain.replace(put), trials=4_000, seed=7, progress=False)
    assert list(explained.mechanisms) == ["truce", "calendar windows"]
    base = 0.1 * 730
    due = {
        "truce": base - 2 * base,
        "calendar windows": base - base / 2,
        # In closed form: minus (1/2 - 1) (2 - 1) of the base.
        "interaction": base / 2,
        "together": 0,
    }
    table = explained.table(["attacks"]).loc["attacks"]
    for name, change in due.items():
        row = table.loc[name]
        assert row["change"] == pytest.approx(change, abs=4 * row["standard_error"] + 1e-12), name
        assert row["standard_error"] <= 0.01 * base
    assert table.loc["truce", "without"] == pytest.approx(2 * base, rel=0.02)


@pytest.fixture(scope="module")
def explained(iraq: dd.Scenario) -> dd.Explanation:
    return dd.explain(iraq, trials=200, seed=7, progress=False)


def test_changes_and_interaction_make_up_the_whole(explained):
    table = explained.table()
    for measure in table.index.unique("measure"):
        change = table.loc[measure, "change"]
        assert change.drop("together").sum() == pytest.approx(change["together"])
    runs = explained.runs
    gates = runs["as written"].values("attacks") - runs["gates"].values("attacks")
    row = table.loc[("attacks", "gates")]
    assert row["change"] == pytest.approx(gates.mean())
    assert row["standard_error"] == pytest.approx(gates.std(ddof=1) / np.sqrt(200))
    assert row["trials"] == 200
    assert runs["as written"].seed == runs["all off"].seed == 7


def test_a_finish_counts_where_every_run_has_one(plain):
    slow = {"plan.phases.leave.duration_ratio": {"uniform": [1, 3]}}
    gate = {"plan.gates": {"go": {"delay_days": 30}}, "plan.phases.leave.after": ["go"]}
    explained = dd.explain(plain.replace(slow | gate), trials=300, seed=1, progress=False)
    table = explained.table(["finish_days"])
    done = (~np.isnan(explained.runs["as written"].values("finish_days"))).sum()
    assert 100 < done < 200
    assert set(table["trials"]) == {done}
    assert table.loc[("finish_days", "interaction"), "change"] == pytest.approx(0, abs=1e-5)


def test_it_prints_and_shows(explained):
    text = str(explained)
    assert "attacks (attacks)" in text
    assert max(map(len, text.splitlines()[1:])) <= 100
    assert repr(explained).startswith("Explanation(Iraq and Syria")
    assert explained._repr_html_().count("<table>") == 4


def test_bars_go_from_without_to_as_written(explained):
    axes = explained.plot(["attacks", "finish_days"])
    axes[0].figure.canvas.draw()
    assert axes[0].figure.get_supxlabel().startswith(explained.origin_line)
    for ax, measure in zip(axes, ("attacks", "finish_days"), strict=True):
        table = explained.table([measure]).loc[measure]
        alone = table.drop(["together", "interaction"])
        assert [bar.get_x() for bar in ax.patches] == pytest.approx(list(alone["without"]))
        written = explained.runs["as written"].values(measure).mean()
        ends = [bar.get_x() + bar.get_width() for bar in ax.patches]
        assert ends == pytest.approx([written] * len(alone))
        dots = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
        assert dots == pytest.approx([written, table.loc["together", "without"]])
        black = [line.get_xdata() for line in ax.lines if line.get_linewidth() == 1.2]
        assert [low for low, _ in black] == pytest.approx(list(written - alone["high"]))
        assert [high for _, high in black] == pytest.approx(list(written - alone["low"]))
    names = [label.get_text() for label in axes[0].get_yticklabels()]
    assert names == ["as written", *explained.mechanisms, "all off"]


def test_mechanisms_may_be_named(iraq):
    some = dd.explain(iraq, trials=20, seed=1, mechanisms=["tension", "gates"])
    assert list(some.mechanisms) == ["gates", "tension"]
    with pytest.raises(ValueError, match="no mechanism `gate`; there are ranges, "):
        dd.explain(iraq, mechanisms=["gate"])


def test_nothing_on_is_refused(plain):
    with pytest.raises(ValueError, match="nothing is on"):
        dd.explain(plain, trials=20)


def test_what_is_needed_is_named(plain, monkeypatch):
    module = importlib.import_module("drawdown.analysis.explain")
    broken = BY_NAME["gates"]._replace(changes=lambda case: {"plan.gates": None})
    monkeypatch.setattr(module, "MECHANISMS", [broken])
    gate = {"plan.gates": {"go": {"delay_days": 3}}, "plan.phases.leave.after": ["go"]}
    with pytest.raises(dd.ScenarioError) as caught:
        dd.explain(plain.replace(gate), trials=20)
    assert "switching off `gates`" in caught.value.__notes__[-1]


def test_an_interrupted_explanation_keeps_what_was_done(iraq):
    def stop(done):
        if done > 450:
            raise KeyboardInterrupt

    with pytest.raises(dd.Interrupted) as caught:
        dd.explain(iraq, trials=200, seed=7, progress=stop)
    partial = caught.value.partial
    assert isinstance(partial, dd.Explanation)
    assert list(partial.runs)[:2] == ["as written", "ranges"]
    table = partial.table(["attacks"]).loc["attacks"]
    assert list(table.index) == list(partial.runs)[1:]
    assert "ranges" in str(partial)
    (ax,) = partial.plot(["attacks"])
    assert "all off" not in [label.get_text() for label in ax.get_yticklabels()]


def test_interrupted_while_ranges_are_drawn(iraq, monkeypatch):
    def stop(scenario, settings, **_):
        raise interrupted

    interrupted = dd.Interrupted("stopped")
    interrupted.partial = dd.simulate(iraq, trials=5, seed=7)
    monkeypatch.setattr(importlib.import_module("drawdown.runs.batches"), "run_one", stop)
    with pytest.raises(dd.Interrupted) as caught:
        dd.explain(iraq, trials=20)
    assert list(caught.value.partial.runs) == ["as written"]
    assert caught.value.partial.table().empty
    with pytest.raises(ValueError, match="nothing to draw"):
        caught.value.partial.plot()


def test_a_progress_function_that_raises_leaves_what_was_explained(iraq):
    def stop(done):
        if done > 450:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough") as caught:
        dd.explain(iraq, trials=200, seed=7, progress=stop)
    assert isinstance(caught.value.partial, dd.Explanation)
