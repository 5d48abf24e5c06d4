import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.dates import AutoDateLocator, date2num

import drawdown as dd
from drawdown._internal.days import calendar
from drawdown.languages.speech import speaking
from drawdown.plots.ticks import dates_along

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
    curves = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
    assert len(curves) == 3
    everything = curves[-1]
    dates, shares = everything.get_xdata(), everything.get_ydata()
    days = run.values("finish_days")
    for p in (0.25, 0.5, 0.9):
        date = calendar(iraq.start, np.quantile(days, p))
        drawn_share = shares[np.searchsorted(dates, date, side="right") - 1]
        assert drawn_share == np.mean(calendar(iraq.start, days) <= date)
    dots = [line for line in ax.lines if len(line.get_xdata()) == 1]
    chances = run.finish_dates().loc["phase", "chance_met"]
    assert [dot.get_ydata()[0] for dot in dots] == list(chances)
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    met = f"{100 * chances['second']:.0f} % by 31 December 2026, as announced"
    assert legend[1:] == [f"Erbil closes: {met}", "all phases"]


@pytest.mark.parametrize("name", ["schedule", "finish"])
def test_blackouts_and_dated_events_are_marked(minimal, name):
    events = {"vote": {"date": "2025-09-15"}, "far": {"date": "2027-01-01", "title": "Too late"}}
    feast = {"feast": {"from": "2025-03-01", "until": "2025-03-11"}}
    written = {"world.calendar": events, "plan.blackouts": feast}
    (ax,) = drawn(dd.simulate(minimal.replace(written), trials=20, seed=1), name)
    (band,) = ax.patches
    assert (band.get_x(), band.get_width()) == (date2num(np.datetime64("2025-03-01")), 10)
    dotted = {line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == ":"}
    assert date2num(np.datetime64("2025-09-15")) in dotted
    # What lies outside is left out; the curves begin after the feast.
    names = {"schedule": ["feast", "vote"], "finish": ["vote"]}
    assert [text.get_text() for text in ax.texts] == names[name]


def test_a_curve_ends_below_one_where_trials_are_unfinished(minimal):
    law = {"uniform": [0.9, 1.2]}
    late = {"horizon": "2025-10-15", "plan.phases.leave.duration_ratio": law}
    run = dd.simulate(minimal.replace(late), trials=200, seed=1)
    curve = run.plot.finish().lines[0]
    assert curve.get_ydata()[-1] == pytest.approx(1 - run.finish_dates()["unfinished"].iloc[0])
    assert curve.get_ydata()[-1] < 0.9
    assert curve.get_xdata()[-1] == np.datetime64("2025-10-15")


def test_a_curve_goes_on_to_the_announced_date(minimal):
    early = minimal.replace({"plan.phases.leave.duration_ratio": 0.3})
    run = dd.simulate(early, trials=20, seed=1)
    curve = run.plot.finish().lines[0]
    assert curve.get_xdata()[-1] == np.datetime64("2025-09-30")
    assert curve.get_ydata()[-1] == 1


def test_attacks_mark_the_announced_dates(run):
    announced = set(run.finish_dates().loc["phase", "announced"])
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
    assert len(ax.lines) == 6
    assert ax.figure.get_suptitle() == ""
    _, axes = plt.subplots(2, 2)
    assert list(run.plot.schedule(axes.ravel())) == list(axes.ravel())
    with pytest.raises(ValueError, match="3 axes are needed, not 4"):
        run.plot.attacks(axes.ravel())


def test_exceedance_draws_the_curves(run):
    axes = run.plot.exceedance()
    asked = [("killed", "aggregate"), ("wounded", "aggregate"), ("casualties", "occurrence")]
    for ax, (measure, kind) in zip(axes, asked, strict=True):
        curve, dot = ax.lines
        table = run.exceedance(measure, kind)
        np.testing.assert_array_equal(curve.get_xdata(), table.index)
        np.testing.assert_array_equal(curve.get_ydata(), table["probability"])
        assert curve.get_drawstyle() == "steps-pre", "a chance holds up to its level"
        tail = run.tail(measure, 0.05, kind)
        assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (tail.threshold, 0.05)
        assert f"on average {tail.mean:,.0f}" in ax.texts[0].get_text()
        assert ax.get_xlabel()
        assert ax.get_ylim()[0] == 10 / 500, "ten trials"
    figure = axes[0].figure
    assert figure.get_supxlabel() == run.origin_line
    figure.canvas.draw()
    labels = [text.get_text() for text in axes[0].get_yticklabels()]
    assert labels == ["100 %", "50 %", "20 %", "10 %", "5 %", "2 %"]


@pytest.mark.parametrize("trials", [1, 20])
def test_exceedance_where_nobody_is_harmed(minimal, trials):
    run = dd.simulate(minimal.replace({"world.threats": None}), trials=trials, seed=1)
    axes = run.plot.exceedance()
    axes[0].figure.canvas.draw()
    assert {ax.texts[0].get_text() for ax in axes} == {"nobody in any trial"}


def test_breathing_room_divides_all_trials(run):
    ax = run.plot.breathing_room()
    days, spent = run.values("pause_days"), run.values("forced_resumptions") > 0
    none, *bars = ax.patches
    assert none.get_height() == np.mean(days == 0)
    halves = bars[: len(bars) // 2], bars[len(bars) // 2 :]
    for half, chosen in zip(halves, [(days > 0) & ~spent, spent], strict=True):
        assert sum(bar.get_height() for bar in half) == pytest.approx(np.mean(chosen))
        for bar in half:
            low, high = bar.get_x(), bar.get_x() + bar.get_width()
            assert bar.get_height() == np.mean(chosen & (days > low) & (days <= high))
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels[-1] == f"breathing room used up: {100 * spent.mean():.1f} % of trials"
    assert ax.texts[0].get_text() == "120 days allowed"
    ax.figure.canvas.draw()


def test_no_bar_reaches_past_what_is_allowed(iraq):
    run = dd.simulate(iraq.replace({"plan.breathing_room.pause_days": 45}), trials=50, seed=7)
    bars = run.plot.breathing_room().patches
    assert max(bar.get_x() + bar.get_width() for bar in bars) == 45
    assert sum(bar.get_height() for bar in bars) == pytest.approx(1)


def test_breathing_room_without_end_leaves_the_days_used_in_sight(iraq):
    run = dd.simulate(iraq.replace({"plan.breathing_room.pause_days": 9999}), trials=50, seed=7)
    ax = run.plot.breathing_room()
    assert ax.get_xlim()[1] < 2 * run.values("pause_days").max()
    assert ax.texts[0].get_text() == "9,999 days allowed →"
    assert sum(bar.get_height() for bar in ax.patches) == pytest.approx(1)
    ax.figure.canvas.draw()


@pytest.mark.parametrize("plan", [{}, {"plan": None}])
def test_breathing_room_that_nobody_has(minimal, plan):
    ax = dd.simulate(minimal.replace(plan), trials=20, seed=1).plot.breathing_room()
    assert ax.patches[0].get_height() == 1
    assert ax.texts[0].get_text() == "0 days allowed"
    ax.figure.canvas.draw()


def test_losses_draw_on_the_axes_given(run):
    _, axes = plt.subplots(3)
    assert list(run.plot.exceedance(axes)) == list(axes)
    assert run.plot.breathing_room(axes[0]) is axes[0]
    with pytest.raises(ValueError, match="3 axes are needed, not 2"):
        run.plot.exceedance(axes[:2])


def test_dates_follow_the_limits_that_the_user_sets(run):
    ax = run.plot.finish()
    far = ax.get_xticks()
    far_labels = [label.get_text() for label in ax.get_xticklabels()]
    limits = ax.get_xlim()
    ax.set_xlim(limits[0], limits[0] + 40)
    near = ax.get_xticks()
    assert near.max() < limits[0] + 41
    assert near.size >= 3
    fresh = AutoDateLocator(minticks=5, maxticks=12)
    fresh.set_axis(ax.xaxis)
    assert near == pytest.approx(fresh())
    # Whoever changes what is handed out changes no tick.
    near += 1_000
    ax.set_xlim(limits)
    assert ax.get_xticks() == pytest.approx(far)
    assert [label.get_text() for label in ax.get_xticklabels()] == far_labels
    far += 1_000
    assert ax.get_xticks() == pytest.approx(far - 1_000)


def three_sites(minimal, horizon="2026-01-01"):
    sites = {name: {"garrison": {"us": 100}} for name in ("north", "south", "hub")}
    weights = dict.fromkeys(sites, 1)
    moves = {name: {"site": name, "contingent": "us"} for name in sites}
    changes = {"world.sites": sites, "world.threats.militia.site_weights": weights}
    return minimal.replace(changes | {"plan.phases.leave.moves": moves, "horizon": horizon})


def test_the_lowest_panel_of_each_column_has_dates(minimal):
    drawn = dd.simulate(three_sites(minimal), trials=20, seed=1).plot.schedule()
    drawn[0].figure.canvas.draw()
    dated = [any(label.get_visible() for label in ax.get_xticklabels()) for ax in drawn]
    assert dated == [False, True, True]
    assert [bool(ax.get_ylabel()) for ax in drawn] == [True, False, True]


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
@pytest.mark.parametrize("inches", [1.9, 3, 8])
def test_dates_fit_from_three_days_to_thirty_years(code, inches):
    """A warning is an error in these tests."""
    ax = plt.figure().subplots()
    first = date2num(np.datetime64("2025-01-01"))
    with speaking(code):
        for days in np.unique(np.geomspace(3, 30 * 365.25, 400).astype(int)):
            ax.set_xlim(first, first + days)
            dates_along(ax.xaxis, inches)
            assert 1 <= len(ax.get_xticks()) <= 13
