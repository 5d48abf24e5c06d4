"""What holds for every figure there is."""

import inspect
import re
from functools import partial

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import drawdown as dd
import random_plans
from drawdown.learn.baselines import BASELINES
from drawdown.report import svg
from geometry import faults, texts

QUIET = {"seed": 1, "progress": False}
# Signs that mean something to TeX, to HTML, to a shell or to a format string.
SIGNS = r"from $5M to $6M, 90 % \alpha_{x} <b> & {0} #1 ~^"
OF_ONE = ["finish", "breathing_room", "joint", "room", "reentry", "stack"]
OF_A_RUN = ["schedule", "finish", "attacks", "exceedance", "breathing_room"]


def named(kind, k):
    """A name of 60 characters."""
    return f"{kind} {k:02} {SIGNS} " + "and so on " * 6


def scenario(sites, size=lambda k: 50, **world):
    """A plan with a phase for each site, and all that has a name."""
    ids = [f"p{k:02}" for k in range(sites)]
    moves = {name: {"m": {"site": name, "contingent": "us"}} for name in ids}
    return dd.Scenario.from_dict(
        {
            "schema": 1,
            "title": named("Plan", 0)[:60],
            "start": "2025-01-01",
            "world": {
                "sites": {
                    name: {"title": named("Site", k)[:60], "garrison": {"us": size(k)}}
                    for k, name in enumerate(ids)
                },
                "threats": {
                    "m": {
                        "attacks_per_day": {"uniform": [0.2, 0.4]},
                        "site_weights": dict.fromkeys(ids, 1),
                    }
                },
                "calendar": {
                    f"e{k}": {"date": f"2025-0{3 + k}-10", "title": named("Event", k)[:60]}
                    for k in range(4)
                },
                **world,
            },
            "plan": {
                "breathing_room": {"pause_days": 60},
                "rules": {
                    "hold": {
                        "when": {"attacks": {"at_least": 9, "in_days": 30}},
                        "then": {"pause": {}},
                    }
                },
                "blackouts": {
                    "fast": {"from": "2025-03-05", "until": "2025-03-25", "title": named("Fast", 1)}
                },
                "phases": {
                    name: {
                        "title": named("Phase", k)[:60],
                        "announced_start": "2025-03-01",
                        "announced_finish": f"2025-{4 + k % 8:02}-28",
                        "duration_ratio": {"uniform": [0.8, 1.6]},
                        "moves": moves[name],
                    }
                    for k, name in enumerate(ids)
                },
            },
        }
    )


def of_a_run(run):
    return {name: getattr(run.plot, name) for name in OF_A_RUN} | {"trial": run.trial(3).plot}


def of_forecasts():
    """Of models with long names, and of what they forecast."""
    rng = np.random.default_rng(1)
    series = pd.Series(rng.poisson(6, 50), pd.period_range("2020-01", periods=50, freq="M"))
    models = {named("Model", k)[:60]: name for k, name in enumerate(BASELINES)}
    found = dd.backtest(series, models, horizons=(1, 3), samples=50, progress=False)
    frozen = dd.Forecast.of_series(series[:44], models, samples=50)
    return {
        "backtest skill": found.plot,
        "backtest fan": partial(found.plot, kind="fan"),
        "backtest pit": partial(found.plot, kind="pit", horizon=3),
        "scores": partial(frozen.score(series).plot, kind="rank"),
        "forecast": partial(frozen.plot, observed=series),
        "onset": found.onset(6).plot,
        "stack": dd.stack(found).plot,
    }


@pytest.fixture(scope="module")
def figures():
    """Every plot function, of sites whose sizes differ tenfold and whose names are long."""
    plan = scenario(3, lambda k: 10 ** (k + 1))
    run = dd.simulate(plan, trials=60, **QUIET)
    firm = plan.replace({"plan.breathing_room.pause_days": 0})
    plans = dd.compare(
        {named("Firm", 1)[:60]: firm, named("Firm", 2)[:60]: plan}, trials=40, **QUIET
    )
    levers = {"plan.breathing_room.pause_days": [0, 60]}
    two = levers | {"plan.breathing_room.extension_days": [0, 30]}
    few = {"trials": 40, **QUIET}
    drivers = dd.simulate(plan, trials=80, samples=40, **QUIET)
    return of_a_run(run) | {
        "joint": partial(run.plot.joint, "2025-10-28", 20),
        "differences": plans.plot,
        "plans": plans.plot.plans,
        "frontier": plans.plot.frontier,
        "risk": dd.risk_over_time(run).plot,
        "explain": dd.explain(plan, **few).plot,
        "price": dd.pause_tradeoff(plan, **few).plot,
        "sweep": dd.sweep(plan, levers, **few).plot,
        "map": dd.sweep(plan, two, **few).plot,
        "room": dd.minimum_allowance(
            plan, finish="2026-06-30", most=50, days=[0, 60], trials=40, seed=1
        ).plot,
        "criticality": dd.criticality(plan, finish="2025-09-28", most=20, **few).plot,
        "drivers": drivers.drivers().plot,
        "tornado": dd.tornado(plan, **few).plot,
        **of_forecasts(),
    }


EVERY = [*OF_A_RUN, "trial", "joint", "differences", "plans", "frontier", "risk", "explain"]
EVERY += ["price", "sweep", "map", "room", "criticality", "drivers", "tornado"]
EVERY += ["backtest skill", "backtest fan", "backtest pit", "scores", "forecast", "onset", "stack"]


def drawn(plot, **about):
    return np.ravel(plot(**about))[0].get_figure(root=True)


@pytest.mark.parametrize("name", EVERY)
def test_names_are_drawn_as_written_and_apart(figures, name):
    figure = drawn(figures[name])
    assert not faults(figure)
    found = texts(figure)
    assert not any(text.get_parse_math() or text.get_usetex() for text in found)
    together = " ".join(text.get_text() for text in found).replace("\n", "")
    assert SIGNS[:10].replace(" ", "") in together.replace(" ", "")
    assert "$5M to $6M" in svg.inline(figure.axes[0], "alt", "p")


def test_a_notebook_takes_no_dollar_sign_for_mathematics(figures):
    """MathJax leaves alone what has these classes, as in tables of pandas, and `pre`."""
    shown = [getattr(plot, "__self__", plot) for plot in figures.values()]
    shown = [one._repr_html_() for one in shown if hasattr(one, "_repr_html_")]
    assert len(shown) > 8
    for page in shown:
        assert page.startswith('<div class="tex2jax_ignore mathjax_ignore">')
        assert page.endswith("</div>")
        assert "<b>" not in page


@pytest.mark.parametrize("name", EVERY)
def test_size_and_title_are_the_callers(figures, name):
    figure = drawn(figures[name], figsize=(9, 7), title="A title of $1")
    assert list(figure.get_size_inches()) == [9, 7]
    assert figure.get_suptitle() == "A title of $1"
    parameters = inspect.signature(figures[name]).parameters
    assert list(parameters)[-2:] == ["figsize", "title"]
    assert ("ax" if name in OF_ONE else "axes") in parameters


@pytest.mark.parametrize("result", [getattr(dd, name) for name in dd.__all__])
def test_all_results_take_size_and_title(result):
    if inspect.isfunction(plot := getattr(result, "plot", None)):
        parameters = inspect.signature(plot).parameters
        assert list(parameters)[-2:] == ["figsize", "title"]
        assert {"ax", "axes"} & set(parameters)


@pytest.mark.parametrize("name", [name for name in EVERY if name in OF_ONE])
def test_a_title_on_the_axes_given(figures, name):
    _, ax = plt.subplots()
    figures[name](ax=ax, title="Mine, $1")
    assert ax.get_title(loc="left") + ax.get_title() == "Mine, $1"
    with pytest.raises(ValueError, match="leave it out where axes are given"):
        figures[name](ax=ax, figsize=(3, 3))


def test_what_belongs_to_a_new_figure_is_refused_beside_axes(figures):
    _, axes = plt.subplots(3)
    for about in ({"title": "x"}, {"figsize": (3, 3)}):
        with pytest.raises(ValueError, match="leave it out where axes are given"):
            figures["attacks"](axes=axes, **about)
    for wrong in ((3,), (0, 3)):
        with pytest.raises(ValueError, match="a width and a height in inches"):
            figures["attacks"](figsize=wrong)
    assert len(plt.get_fignums()) == 1, "no empty figure is left behind"


def test_the_users_texts_stay_theirs(figures):
    figure, axes = plt.subplots(3)
    note = figure.text(0.5, 0.01, r"$\alpha$")
    mine = axes[0].text(0.1, 0.9, r"$\beta$")
    figures["attacks"](axes=axes)
    assert note.get_parse_math()
    assert mine.get_parse_math()
    assert not axes[0].yaxis.label.get_parse_math()


@pytest.mark.parametrize("name", ["finish", "schedule", "sweep", "trial"])
def test_the_users_style_is_honoured(figures, name):
    mine = {"font.size": 11, "axes.prop_cycle": mpl.cycler(color=["#123456"]), "lines.linewidth": 3}
    with mpl.rc_context(mine | {"figure.figsize": (7, 6), "axes.grid": False}):
        before = dict(mpl.rcParams)
        figure = drawn(figures[name])
        assert dict(mpl.rcParams) == before
    assert figure.get_figwidth() == 7
    assert figure.axes[0].yaxis.label.get_size() == 11
    ours = {"#0072B2", "#D55E00", "#009E73", "#E69F00"}
    assert name == "trial" or not ours & {
        line.get_color() for ax in figure.axes for line in ax.lines
    }


@pytest.mark.parametrize("count", [1, 30])
def test_from_one_site_and_phase_to_thirty(count):
    run = dd.simulate(scenario(count), trials=30, **QUIET)
    for name in ("schedule", "finish", "attacks", "trial"):
        assert not faults(drawn(of_a_run(run)[name])), name
        plt.close("all")


def test_sizes_that_differ_tenfold_have_scales_of_their_own(figures):
    axes = figures["schedule"]()
    assert [ax.get_ylim()[1] for ax in axes] == pytest.approx([10.5, 105, 1050])
    assert "scale of its own" in axes[0].figure.get_supxlabel().replace("\n", " ")
    alike = dd.simulate(scenario(2, lambda k: 100 + 50 * k), trials=20, **QUIET)
    assert {ax.get_ylim()[1] for ax in alike.plot.schedule()} == {1.05 * 150}


def test_a_horizon_long_after_the_end_is_not_drawn():
    far = scenario(2).replace({"horizon": "2060-01-01"})
    run = dd.simulate(far, trials=30, **QUIET)
    for name, plot in of_a_run(run).items():
        if name not in ("exceedance", "breathing_room"):
            ax = np.ravel(plot())[0]
            assert mpl.dates.num2date(ax.get_xlim()[1]).year <= 2027, name
    note = run.plot.attacks()[0].figure.get_supxlabel().replace("\n", " ")
    assert re.search(r"drawn up to \d+ [A-Z][a-z]+ 202\d", note)


def edges():
    plain = scenario(2)
    no_calendar = {"world.calendar": None, "plan.blackouts": None}
    two_days = {
        "schema": 1,
        "start": "2025-01-01",
        "horizon": "2025-01-03",
        "world": {
            "sites": {"b": {"garrison": {"us": 5}}},
            "threats": {"m": {"attacks_per_day": 1}},
        },
        "plan": {
            "phases": {
                "p": {
                    "announced_start": "2025-01-01",
                    "announced_finish": "2025-01-02",
                    "moves": {"m": {"site": "b", "contingent": "us"}},
                }
            }
        },
    }
    nobody = {f"world.sites.p{k:02}.garrison.us": 0 for k in range(2)}
    nobody |= {f"world.sites.p{k:02}.reference_garrison": 10 for k in range(2)}
    yield "two days", dd.Scenario.from_dict(two_days), 20
    yield "nobody there", plain.replace(nobody), 20
    yield "one trial", plain, 1
    yield "no threats", plain.replace({"world.threats": None, "plan.rules": None}), 20
    yield "no phases", plain.replace({"plan": None, "horizon": "2025-06-01"}), 20
    yield "nothing else", plain.replace(no_calendar | {"world.threats": None, "plan": None}), 20
    for seed in range(3):
        plan = random_plans.scenario(seed, list(random_plans.ACTIONS), 3, "blackouts")
        yield f"random {seed}", dd.Scenario.from_dict(plan), 5


@pytest.mark.parametrize(("plan", "trials"), [pytest.param(*e[1:], id=e[0]) for e in edges()])
def test_whatever_is_accepted_is_drawn_without_a_warning(plan, trials):
    """A warning is an error in these tests."""
    run = dd.simulate(plan, trials=trials, **QUIET)
    for name in OF_A_RUN:
        assert not faults(drawn(getattr(run.plot, name))), name
    assert not faults(drawn(run.trial(0).plot))
    tree = plan.to_dict()
    if trials == 5 or not tree["world"].get("threats") or not tree["plan"].get("phases"):
        return  # nothing new, or nothing to draw
    plans = dd.compare({"as written": plan}, trials=max(trials, 2), **QUIET)
    for plot in (plans.plot, plans.plot.plans, plans.plot.frontier):
        assert not faults(drawn(plot))
    every = min(91, (plan.horizon - plan.start).days)
    assert not faults(drawn(dd.risk_over_time(run, every_days=every).plot))
