"""The controls of the explorer: their words, what a command line names, and what each moves."""

import pytest

import drawdown as dd
from drawdown.cli import main
from drawdown.explorer.controls import Maker
from drawdown.explorer.explore import Explorer
from drawdown.explorer.labels import label_of
from drawdown.explorer.screening import offered
from drawdown.explorer.session import Session
from drawdown.explorer.varied import varied
from drawdown.explorer.widget import _asked
from drawdown.explorer.worker import Worker

PAUSE = "plan.breathing_room.pause_days"
EXTENSION = "plan.breathing_room.extension_days"
SLOW = "plan.phases.second.duration_ratio.lognormal.median"
RATIO = "plan.phases.leave.duration_ratio.lognormal.median"
PEOPLE = "plan.transport.people_per_day"
RATE = "world.threats.militia.attacks_per_day"
QUIET = {"seed": 7, "progress": False}
# Of when people leave, of what attacks do, and what follows from both.
DATES = ["finish_days", "pause_days", "pauses", "people_moved"]
HARM = ["attacks", "wounded", "killed", "casualties"]


@pytest.mark.parametrize(
    ("path", "label"),
    {
        "world.threats.militias.attacks_per_day.flare": "Iran-backed groups: attacks per day while tension is “flare”",
        "world.tension.states.calm.mean_days.constant": "Tension: how long “calm” lasts, on average",
        "plan.rules.hold_under_fire.when.attacks.at_least": "Hold under fire: begins at so many attacks, or more",
        "plan.rules.hold_under_fire.when.attacks.in_days": "Hold under fire: to begin, counts attacks this far back",
        "plan.rules.hold_under_fire.until.attacks.at_most": "Hold under fire: ends at so many attacks, or fewer",
        "plan.rules.hold_under_fire.then.pause.at_least_days": "Hold under fire: shortest pause",
        "world.threats.militias.site_weights.asad": "Iran-backed groups: weight of attacks at Ain al-Asad",
        "world.contingents.germany.follows.france": "Germany: chance that it leaves because france has left",
        "plan.review_every_days": "Time from one review to the next",
        SLOW: "Erbil closes: time taken, as a multiple of what is announced",
        # What has no words of its own is called by its keys.
        "world.barrages.sites_needed": "Barrages: sites needed",
    }.items(),
)
def test_labels_are_words(iraq, path, label):
    assert Maker(iraq).control(path).label == label


@pytest.mark.parametrize("name", ["iraq-2024", "minimal", "afghanistan-2021", "iraq-2011"])
def test_no_label_of_a_shipped_scenario_is_a_row_of_keys(name):
    scenario = dd.Scenario.example(name)
    maker = Maker(scenario)
    labels = [one.label for one in (*maker.levers(), *maker.unknowns())]
    assert len(labels) == len(set(labels))
    for label in labels:
        assert "_" not in label
        assert not label.endswith((" in", " at least", " days", " median", " mean"))


def test_rules_within_rules_have_their_words():
    tree = {"plan": {"rules": {"hold": {}}}}
    path = "plan.rules.hold.when.all.0.killed.at_least"
    assert label_of(tree, path) == "Hold: begins at so many deaths, or more"


def test_what_a_command_line_names():
    assert varied([PAUSE, f"{PEOPLE}=50:300", f"{RATE}=0.1:2e-1"]) == {
        PAUSE: None,
        PEOPLE: (50, 300),
        RATE: (0.1, 0.2),
    }
    for wrong, message in {
        f"{PAUSE}=3": "from where to where: write `plan",
        f"{PAUSE}=a:b": "from where to where",
        "=1:2": "names nothing",
    }.items():
        with pytest.raises(ValueError, match=message):
            varied([wrong])
    with pytest.raises(ValueError, match="twice"):
        varied([PAUSE, f"{PAUSE}=0:3"])


@pytest.mark.parametrize(
    ("vary", "message"),
    [
        ("plan.breathing_room.pause_day", "did you mean"),
        ("plan.phases.leave.title", "says nothing of"),
        (f"{RATIO}=2:1", "does not hold"),
        (f"{RATIO}=0:1", "above 0"),
        (f"{RATIO}=1", "from where to where"),
    ],
)
def test_what_cannot_be_varied_is_said_in_the_shell(vary, message, capsys):
    assert main(["explore", "minimal", "--no-browser", "--vary", vary]) == 2
    assert message in capsys.readouterr().err


def test_ends_that_nobody_names_are_ones_that_the_scenario_takes():
    scenario = dd.Scenario.example("minimal")
    (control,) = offered(scenario, {RATIO: None}, seed=7).controls
    assert 0 < control.low < 1.03 < control.high
    (named,) = offered(scenario, {RATE: (0, 0.5)}, seed=7).controls
    assert (named.low, named.high) == (0, 0.5)


def test_an_end_of_0_of_a_range_is_taken_as_it_is_named(iraq):
    path = "world.threats.militias.retaliation.deterrence"
    (control,) = Maker(iraq).asked({path: (0, 0.2)})
    assert (control.low, control.high) == (0, 0.2)


def differ(scenario, changes):
    """The measures in which any history differs once something has been moved."""
    runs = [dd.simulate(one, trials=300, **QUIET) for one in (scenario, scenario.replace(changes))]
    return {
        measure
        for measure in (*DATES, *HARM)
        if any(measure in run.summary().index for run in runs)
        and not (runs[0].values(measure) == runs[1].values(measure)).all()
        and not all((run.values(measure) != run.values(measure)).all() for run in runs)
    }


@pytest.mark.parametrize("path", [PAUSE, EXTENSION])
def test_an_allowance_of_pauses_moves_nothing_without_what_pauses(path):
    minimal = dd.Scenario.example("minimal")
    assert differ(minimal, {path: 60}) == set()


def test_the_time_that_a_phase_takes_moves_no_attack_that_follows_no_troops():
    # Attacks at a rate that does not depend on who is there, up to the end of what is counted.
    minimal = dd.Scenario.example("minimal")
    moved = differ(minimal, {RATIO: 1.3})
    assert "finish_days" in moved
    assert "people_moved" not in moved


def test_the_rate_of_attacks_moves_no_date_where_nothing_waits_for_attacks():
    minimal = dd.Scenario.example("minimal")
    moved = differ(minimal, {RATE: 0.2})
    assert set(DATES) & moved == set()
    assert set(HARM) <= moved


def test_without_threats_nothing_of_the_plan_moves_harm(iraq):
    none = ("world.threats", "world.insurgency", "world.reentry", "world.barrages")
    calm = iraq.replace(dict.fromkeys(none))
    for changes in ({PAUSE: 0}, {SLOW: 1.4}, {PEOPLE: 60}):
        assert set(HARM) & differ(calm, changes) == set()


def test_the_bits_before_a_decision_are_those_without_it(iraq):
    # The allowance of pauses touches only histories in which a pause was begun.
    runs = [dd.simulate(iraq.replace({PAUSE: days}), trials=500, **QUIET) for days in (120, 60)]
    calm = runs[0].values("pauses") == 0
    assert calm.any()
    for measure in ("finish_days", *HARM):
        one, other = (run.values(measure)[calm] for run in runs)
        assert ((one == other) | ((one != one) & (other != other))).all()


def test_an_explorer_that_was_closed_answers_so():
    explorer = Explorer("minimal", [PEOPLE], seed=7, trials=500)
    explorer.close()
    sent = []
    _asked(explorer._session, {"id": "a", "message": {"ask": "open"}}, sent.append)
    assert sent == [{"id": "a", "answer": {"fault": "the explorer is closed"}}]


def test_whether_anybody_is_there_is_answered_while_histories_are_run(iraq):
    worker = Worker()
    session = Session(iraq, [PAUSE], seed=7, worker=worker)
    move = session.ask({"ask": "move", "generation": 1, "trials": 20_000, "setting": {}})
    assert session.ask({"ask": "there"}).done()
    session.close()
    assert move.result() == {"stale": True}
    worker.close()
