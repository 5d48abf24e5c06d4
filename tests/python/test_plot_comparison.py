import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.dates import date2num

import drawdown as dd
from drawdown._internal.days import calendar
from drawdown.plots.figure import BLACK, BLUE, VERMILION


@pytest.fixture(scope="module")
def comparison(iraq: dd.Scenario) -> dd.Comparison:
    firm = iraq.replace({"plan.breathing_room.pause_days": 0})
    plans = {"120 days": iraq, "firm": firm}
    return dd.compare(plans, trials=300, seed=7, progress=False)


def test_differences_are_dots_with_intervals(comparison):
    axes = comparison.plot()
    axes[0].figure.canvas.draw()
    table = comparison.table()
    for ax, measure in zip(axes, ("attacks", "casualties", "killed", "finish_days"), strict=True):
        row = table.loc[(measure, "firm")]
        bar, dot, zero = ax.lines
        assert list(bar.get_xdata()) == [row["low"], row["high"]]
        assert list(dot.get_xdata()) == [row["difference"]]
        assert list(zero.get_xdata()) == [0, 0]
        below, above = row["high"] < 0, row["low"] > 0
        assert dot.get_color() == (BLUE if below else VERMILION if above else BLACK)
        assert f"less {100 * row['lower']:.0f} %, more" in ax.texts[0].get_text()
        assert ax.get_xlabel()
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["firm"]
    figure = axes[0].figure
    assert "120 days" in figure.get_suptitle()
    assert figure.get_supxlabel() == f"{comparison.origin_line} · not drawn: stay"
    figure.canvas.draw()


def test_staying_is_drawn_if_asked_for_or_alone(comparison, minimal):
    axes = comparison.plot.differences(["attacks", "finish_days"], plans=["firm", "stay"])
    assert len(axes) == 2
    assert axes[1].texts[1].get_text().startswith("never in both")
    alone = dd.compare({"plan": minimal}, trials=20, seed=1).plot(["attacks"])
    assert [label.get_text() for label in alone[0].get_yticklabels()] == ["stay"]


def test_plans_side_by_side(comparison, iraq):
    axes = comparison.plot.plans()
    finish = comparison.runs["firm"].values("finish_days")
    due = calendar(iraq.start, np.quantile(finish, [0.1, 0.9], method="inverted_cdf"))
    bars = [line for line in axes[0].lines if line.get_linewidth() == 3]
    assert list(bars[1].get_xdata()) == list(due)
    assert axes[0].texts[0].get_text() == "nobody leaves"
    for ax, measure in zip(axes[[1, 3]], ("attacks", "killed"), strict=True):
        dots = [line for line in ax.lines if line.get_marker() == "o"]
        medians = [run.summary().loc[measure, "p50"] for run in comparison.runs.values()]
        assert [dot.get_xdata()[0] for dot in dots] == medians
        means = [line for line in ax.lines if line.get_marker() == "x"]
        assert len(means) == 3
        assert ax.get_xlim()[0] == 0
    axes[0].figure.canvas.draw()


def test_plans_of_which_a_summary_was_kept(comparison, iraq):
    kept = dd.simulate(iraq, trials=300, seed=7, progress=False, keep="summary")
    both = dd.Comparison({"kept": kept, "every": comparison.runs["120 days"]}).plot.plans()
    for ax in both:
        lines = [line for line in ax.lines if line.get_linestyle() != "--"]
        half = len(lines) // 2
        assert half >= 2
        for one, other in zip(lines[:half], lines[half:], strict=True):
            of_one, of_other = (date2num(line.get_xdata()) for line in (one, other))
            np.testing.assert_allclose(of_one, of_other, atol=1 / 16)


def test_a_plan_that_is_not_done_before_the_horizon_says_so(minimal):
    law = {"uniform": [0.9, 1.2]}
    late = minimal.replace({"horizon": "2025-10-15", "plan.phases.leave.duration_ratio": law})
    never = late.replace({"plan.phases.leave.duration_ratio": 1.5})
    comparison = dd.compare({"late": late, "never": never}, trials=200, seed=1)
    axes = comparison.plot.plans()
    unfinished = comparison.runs["late"].finish_dates()["unfinished"].iloc[0]
    said = [text.get_text() for text in axes[0].texts]
    assert said[0] == f"not before the horizon in {100 * unfinished:.0f} % of trials"
    assert said[1:] == ["not before 2025-10-15", "nobody leaves"]
    axes[0].figure.canvas.draw()


def test_draws_on_the_axes_given(comparison):
    _, axes = plt.subplots(2)
    assert list(comparison.plot(["attacks", "killed"], axes=axes)) == list(axes)
    with pytest.raises(ValueError, match="4 axes are needed, not 2"):
        comparison.plot.plans(axes)
