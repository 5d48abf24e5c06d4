import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.dates import ConciseDateFormatter, date2num

import drawdown as dd
from drawdown.runs import history


@pytest.fixture(scope="module")
def trial(run):
    """One with pauses and every state of tension."""
    return run.trial(17)


def test_people_agree_with_the_weekly_bands(iraq):
    run = dd.simulate(iraq, trials=1, seed=7)
    weekly = run.dataset()["people_by_site_mean"]
    people = history.people(run.trial(0))
    assert list(people.columns) == list(weekly["site"].values)
    for week in range(weekly.sizes["week"]):
        there = people.loc[: 7 * week].iloc[-1]
        np.testing.assert_array_equal(there, weekly.isel(week=week), err_msg=f"week {week}")


def test_spans_agree_with_the_measures(trial):
    measures = trial.measures
    held = sum(end - start for start, end in history.pauses(trial))
    assert len(history.pauses(trial)) == measures["pauses"] > 0
    assert held == pytest.approx(measures["pause_days"], abs=1e-4)
    for state, spans in history.tension(trial).items():
        days = sum(end - start for start, end in spans)
        assert days == pytest.approx(measures[f"tension_days_by_state.{state}"], abs=1e-4)
    for phase, (start, end) in history.phases(trial).items():
        assert start == pytest.approx(measures[f"start_days_by_phase.{phase}"], abs=1e-4)
        assert end == pytest.approx(measures[f"finish_days_by_phase.{phase}"], abs=1e-4)
    casualties = history.casualties(trial)
    assert casualties["killed"].sum() == measures["killed"]
    assert casualties["wounded"].sum() == measures["wounded"]
    assert casualties.sum(axis="columns").max() == measures["worst_attack"]


def test_the_state_at_the_start_comes_first(trial):
    assert next(iter(history.tension(trial))) == "calm"


def test_what_the_horizon_forestalls_lasts_until_then(minimal):
    late = minimal.replace({"horizon": "2025-10-15", "plan.phases.leave.duration_ratio": 2})
    trial = dd.simulate(late, trials=1, seed=1).trial(0)
    assert history.phases(trial) == {"leave": (59, 287)}
    trial.plot()
    assert "not done" in [text.get_text() for text in plt.gcf().axes[0].texts]


def test_a_cancelled_phase_ends_on_that_day(iraq):
    stop = {"when": {"attacks": {"in_days": 30, "at_least": 45}}}
    stop["then"] = {"cancel": {"phases": ["first"]}}
    stopped = iraq.replace({"plan.rules.stop": stop})
    run = dd.simulate(stopped, trials=30, seed=7, progress=False)
    under_way = waiting = 0
    for k in range(run.trials):
        trial = run.trial(k)
        events = trial.events
        first = events[events["phase"] == "first"].set_index("kind")["time_days"]
        if "phase_cancelled" not in first.index:
            assert "first" not in history.cancelled(trial)
            continue
        # All that comes after it is cancelled too.
        assert set(history.cancelled(trial)) == {"first", "second"}
        end = first["phase_cancelled"]
        spans = history.phases(trial)
        began = "phase_started" in first.index
        assert spans == ({"first": (first["phase_started"], end)} if began else {})
        if (began and under_way) or (not began and waiting):
            continue
        under_way, waiting = under_way + began, waiting + (not began)
        ax = trial.plot()[0]
        assert [text.get_text() for text in ax.texts] == ["cancelled"] * 2
        crosses = [line.get_xydata()[0] for line in ax.lines if line.get_marker() == "x"]
        day = date2num(iraq.start) + end
        np.testing.assert_allclose(crosses, [(day, 0), (day, 1)])
        bars = [bar for bar in ax.patches if getattr(bar, "get_height", float)() == 0.4]
        assert [bar.get_x() + bar.get_width() for bar in bars] == [pytest.approx(day)] * began
        labels = [text.get_text() for text in ax.get_legend().get_texts()]
        assert "cancelled" in labels
    assert under_way
    assert waiting


def test_a_timeline_shows_what_happened(trial, run, iraq):
    axes = trial.plot()
    figure = axes[0].figure
    assert figure.get_suptitle() == "One history: trial 17"
    assert figure.get_supxlabel() == run.origin_line
    labels = [text.get_text() for text in axes[0].get_legend().get_texts()]
    assert labels[:3] == ["announced", "happened", "movement held"]
    assert labels[3:] == ["tension: calm", "tension: flare", "tension: war"]
    late = [text.get_text() for text in axes[0].texts]
    assert len(late) == 2
    assert late[1].endswith(("early", "late", "on the day"))
    sites = [text.get_text() for text in axes[1].get_legend().get_texts()]
    assert sites == ["Ain al-Asad", "Baghdad", "Erbil", "Eastern Syria"]
    layers = [layer.get_paths()[0].vertices[:, 1] for layer in axes[1].collections[:4]]
    upto = history.people(trial).cumsum(axis=1)
    assert [heights.max() for heights in layers] == upto.max().tolist()
    assert [tick.get_text() for tick in axes[2].get_yticklabels()] == sites
    ticks = sum(len(lines.get_segments()) for lines in axes[2].collections)
    assert ticks == trial.measures["attacks"]
    strikes = [line for line in axes[2].lines if line.get_label() == "strike in answer"]
    assert sum(len(line.get_xdata()) for line in strikes) == trial.measures["strikes"] > 0
    assert [text.get_text() for text in axes[1].texts] == ["Iraq's parliamentary election"]
    highest = max(segment[:, 1].max() for segment in axes[3].collections[0].get_segments())
    assert highest == trial.measures["worst_attack"]
    first, last = axes[3].get_xlim()
    assert last - first == (iraq.horizon - iraq.start).days
    figure.canvas.draw()


@pytest.mark.parametrize(
    "changes",
    [{}, {"plan": None}, {"world.threats": None}, {"plan.phases.leave.duration_ratio": 1}],
    ids=["plain", "stay", "peace", "exact"],
)
def test_little_happening_can_be_drawn(minimal, changes):
    trial = dd.simulate(minimal.replace(changes), trials=1, seed=1).trial(0)
    axes = trial.plot()
    axes[0].figure.canvas.draw()
    texts = [text.get_text() for text in axes[0].texts]
    assert len(texts) == 1
    if "plan" in changes:
        assert texts == ["nobody is to leave"]
    if "plan.phases.leave.duration_ratio" in changes:
        assert texts == ["on the day"]


def test_draws_on_the_axes_given(trial):
    _, axes = plt.subplots(4)
    assert list(trial.plot(axes)) == list(axes)
    assert axes[0].figure.get_suptitle() == ""
    assert isinstance(axes[-1].xaxis.get_major_formatter(), ConciseDateFormatter)
    with pytest.raises(ValueError, match="4 axes are needed, not 3"):
        trial.plot(axes[:3])


@pytest.mark.parametrize("count", [6, 9])
def test_the_largest_of_many_sites_have_a_layer_of_their_own(minimal, count):
    sizes = {f"s{k}": 100 * (1 + 5 * k % 9) for k in range(count)}
    sites = {name: {"garrison": {"us": size}} for name, size in sizes.items()}
    changes = {"plan": None, "world.threats": None, "world.sites": sites}
    axes = dd.simulate(minimal.replace(changes), trials=1, seed=1).trial(0).plot()
    named = [text.get_text() for text in axes[1].get_legend().get_texts()]
    layers = [layer.get_paths()[0].vertices[:, 1].max() for layer in axes[1].collections]
    largest = sorted(sizes.values())[-5:] if count > 6 else sizes.values()
    due = [size for size in sizes.values() if size in largest]
    rest = sum(sizes.values()) - sum(due)
    assert np.diff([0, *layers]).tolist() == due + [rest] * (rest > 0)
    assert len(named) == len(layers)
    assert (named[-1] == "4 other sites") == (count == 9)
