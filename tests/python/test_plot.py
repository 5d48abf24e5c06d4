import matplotlib.pyplot as plt
import numpy as np
import pytest

import drawdown as dd
from drawdown.days import calendar

FIGURES = {"schedule": 4, "finish": 1, "attacks": 3}


def drawn(run, name):
    return np.ravel(getattr(run.plot, name)())


@pytest.mark.parametrize(("name", "panels"), FIGURES.items())
def test_panels_are_labelled_and_say_where_they_come_from(run, name, panels):
    axes = drawn(run, name)
    assert len(axes) == panels
    figure = axes[0].figure
    assert figure.get_suptitle()
    assert figure.get_supxlabel() == run.origin_line
    assert all(ax.get_ylabel() for ax in axes if ax.get_subplotspec().is_first_col())
    assert all(len(ax.lines) >= 1 for ax in axes)
    assert all(ax.get_ylim()[0] == 0 for ax in axes)
    figure.canvas.draw()


def test_schedule_draws_the_weekly_bands(run):
    data = run.dataset()
    for ax, site in zip(run.plot.schedule(), data["site"].values, strict=True):
        lines = {line.get_label(): line.get_ydata() for line in ax.lines}
        median = data["people_by_site"].sel(site=site, quantile=0.5)
        np.testing.assert_array_equal(lines["median"], median)
        np.testing.assert_array_equal(lines["announced"], data["announced_people"].sel(site=site))
        assert ax.get_ylim()[1] >= data["people_by_site"].sel(site=site).max()
    titles = [ax.get_title(loc="left") for ax in plt.gcf().axes]
    assert titles == ["Ain al-Asad", "Baghdad", "Erbil", "Eastern Syria"]


def test_finish_draws_the_chance_of_being_done(run, iraq):
    ax = run.plot.finish()
    curves = [line for line in ax.lines if len(line.get_xdata()) > 1]
    assert len(curves) == 3
    everything = curves[-1]
    dates, shares = everything.get_xdata(), everything.get_ydata()
    days = run.values("finish_days")
    for p in (0.25, 0.5, 0.9):
        date = calendar(iraq.start, np.quantile(days, p))
        drawn_share = shares[np.searchsorted(dates, date, side="right") - 1]
        assert drawn_share == np.mean(calendar(iraq.start, days) <= date)
    dots = [line for line in ax.lines if len(line.get_xdata()) == 1]
    chances = run.dates().loc["phase", "chance_met"]
    assert [dot.get_ydata()[0] for dot in dots] == list(chances)


def test_a_curve_ends_below_one_where_trials_are_unfinished(minimal):
    law = {"uniform": [0.9, 1.2]}
    late = {"horizon": "2025-10-15", "plan.phases.leave.duration_ratio": law}
    run = dd.simulate(minimal.replace(late), trials=200, seed=1)
    curve = run.plot.finish().lines[0]
    assert curve.get_ydata()[-1] == pytest.approx(1 - run.dates()["unfinished"].iloc[0])
    assert curve.get_ydata()[-1] < 0.9
    assert curve.get_xdata()[-1] == np.datetime64("2025-10-15")


def test_attacks_mark_the_announced_dates(run):
    announced = set(run.dates().loc["phase", "announced"])
    for ax in run.plot.attacks():
        marked = {line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == "--"}
        assert marked == announced


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_planned_can_be_drawn(minimal, name):
    run = dd.simulate(minimal.replace({"plan": None}), trials=20, seed=1)
    axes = drawn(run, name)
    axes[0].figure.canvas.draw()
    assert axes[0].get_xlim()[0] > 20_000, "days since 1970"


def test_draws_on_the_axes_given(run):
    _, ax = plt.subplots()
    assert run.plot.finish(ax) is ax
    assert len(ax.lines) == 5
    assert ax.figure.get_suptitle() == ""
    _, axes = plt.subplots(2, 2)
    assert list(run.plot.schedule(axes.ravel())) == list(axes.ravel())
    with pytest.raises(ValueError, match="3 axes are needed, not 4"):
        run.plot.attacks(axes.ravel())
