"""What cannot be meant is refused at the call, wherever it is asked."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

import drawdown as dd

QUIET = {"seed": 7, "progress": False}
UNKNOWN = r"no breakdown by `sites`; there are site, contingent, threat, phase"


@pytest.fixture(scope="module")
def plans():
    small = dd.Scenario.example("minimal").replace(
        {"world.threats.militia.attacks_per_day": {"uniform": [0.1, 0.3]}}
    )
    return dd.compare({"plan": small}, trials=40, samples=20, **QUIET)


def test_a_breakdown_that_is_none_is_refused_by_all(plans):
    run = plans.runs["plan"]
    swept = dd.sweep("minimal", {"plan.breathing_room.pause_days": [0]}, trials=4, **QUIET)
    asks = [run.summary, run.variance, run.ids, plans.table, plans.variance_reduction]
    asks += [lambda by: run.distribution("attacks", by), lambda by: run.values("attacks", by)]
    asks += [lambda by: plans.differences("attacks", by), swept.dataset]
    for ask in asks:
        with pytest.raises(ValueError, match=UNKNOWN):
            ask("sites")
        with pytest.raises(TypeError, match='`by` is a text such as "site", not 3'):
            ask(3)
    assert not run.variance("site").empty


def never(*_):
    raise AssertionError("something was simulated")


def test_a_measure_that_is_none_is_refused_before_anything_is_run(monkeypatch):
    monkeypatch.setattr("drawdown._core.simulate", never)
    ranges = {"world.threats.militia.attacks_per_day": {"uniform": [0.1, 0.3]}}
    small = dd.Scenario.example("minimal").replace(ranges)
    end = {"finish": "2025-12-31", "most": 5}
    asks = [
        lambda: dd.criticality(small, measure="harm"),
        lambda: dd.criticality(small, measure="harm", most=3),
        lambda: dd.minimum_allowance(small, **end, measure="harm"),
        lambda: dd.tornado(small, ["casualties", "harm > 3"]),
        lambda: dd.drivers(small, ["harm"]),
    ]
    for ask in asks:
        with pytest.raises(ValueError, match="there is no measure `harm`; there are attacks, "):
            ask()
    with pytest.raises(TypeError, match=r'`measure` is a text such as "casualties.*, not None'):
        dd.criticality(small, measure=None)
    with pytest.raises(ValueError, match=r"no breakdown by `sites`; .*there are site, "):
        dd.tornado(small, ["casualties of sites base"])


@pytest.fixture(scope="module")
def figures(plans):
    run = plans.runs["plan"]
    one = [
        run.plot.finish,
        dd.minimum_allowance("minimal", finish="2025-12-31", most=9, trials=8).plot,
    ]
    return one, [run.plot.attacks, plans.plot, run.trial(0).plot, run.drivers(["attacks"]).plot]


def test_figures_say_what_they_cannot_be_drawn_with(figures):
    one, several = figures
    ax = plt.figure().gca()
    wrong = [
        ({"title": 3}, TypeError, '`title` is a text such as "Plan B", not 3'),
        ({"title": ["a"]}, TypeError, "`title` is a text"),
        ({"figsize": 8}, TypeError, r"`figsize` is a width and a height in inches, .* not 8"),
        ({"figsize": "8x5"}, TypeError, "`figsize` is a width and a height in inches"),
        ({"figsize": (8, "5")}, TypeError, "`figsize` must be a number, not '5'"),
        ({"figsize": (8,)}, ValueError, "`figsize` is a width and a height in inches"),
        ({"figsize": (8, 0)}, ValueError, "`figsize` is a width and a height in inches"),
        ({"figsize": (8, float("nan"))}, ValueError, "`figsize` is a width and a height"),
        ({"figsize": (8, float("inf"))}, ValueError, "`figsize` is a width and a height"),
    ]
    of_one = [
        ({"ax": 3}, TypeError, "`ax` is one Axes, .* not 3"),
        ({"ax": [ax]}, TypeError, "`ax` is one Axes, .* not a list"),
        ({"ax": ax.figure}, TypeError, "`ax` is one Axes, .* not a Figure"),
    ]
    of_several = [
        ({"axes": ax}, TypeError, r"`axes` is a list of Axes, .* write \[ax\]"),
        ({"axes": ax.figure}, TypeError, "`axes` is a list of Axes, .* not a Figure"),
        ({"axes": "abc"}, TypeError, "`axes` is a list of Axes, .* not 'abc'"),
        ({"axes": [ax, 3]}, TypeError, "`axes` is a list of Axes, .*; 3 is in it"),
    ]
    before = plt.get_fignums()
    for figure in [*one, *several]:
        for given, kind, message in wrong + (of_one if figure in one else of_several):
            with pytest.raises(kind, match=message):
                figure(**given)
    assert plt.get_fignums() == before
    # What numpy has of numbers is welcome.
    drawn = one[0](figsize=np.array([5, 4]), title="Plan B").figure
    assert list(drawn.get_size_inches()) == [5, 4]


CONTROLS = "a\0b\x07\x1b\x85\tc"


def test_controls_in_titles_are_drawn_as_marks(tmp_path):
    changes = {
        "title": CONTROLS,
        "plan.phases.leave.title": CONTROLS,
        "world.sites.base.title": "\0",
    }
    run = dd.simulate(dd.Scenario.example("minimal").replace(changes), trials=10, **QUIET)
    shown = "a\ufffdb\ufffd\ufffd\ufffd c"
    for drawn in (run.plot.finish(), run.plot.schedule()[0], run.trial(0).plot()[0]):
        drawn.figure.savefig(tmp_path / "a.png")
        drawn.figure.savefig(tmp_path / "a.svg")
        assert "\0" not in (tmp_path / "a.svg").read_text()
    assert shown in run.plot.finish().figure.get_supxlabel()
    assert shown in run.plot.finish().get_legend().get_texts()[0].get_text()
    # Halves of characters, which only a title can have.
    for title in (CONTROLS, "\ud800"):
        head = run.plot.finish(title=title).figure.get_suptitle()
        assert head == (shown if title == CONTROLS else "\ufffd")
    axes = plt.subplots()[1]
    run.plot.finish(ax=axes, title=CONTROLS)
    assert axes.get_title(loc="left") + axes.get_title() == shown
    axes.figure.savefig(tmp_path / "a.png")
    run.report(tmp_path / "page.html", trials=10, progress=False)


def test_a_run_that_left_nothing_in_a_folder_makes_room_and_it_is_said(tmp_path):
    given = {"out": tmp_path, "progress": False}
    dd.simulate("minimal", trials=9, seed=3, **given)
    with pytest.warns(UserWarning, match="held a run of 9 trials under seed 3 .* takes its place"):
        run = dd.simulate("minimal", trials=8, seed=4, **given)
    assert run.trials == 8
    assert dd.resume(tmp_path, progress=False).seed == 4
