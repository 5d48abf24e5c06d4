"""Names of earlier versions work, and say what has taken their place."""

import inspect
import pickle

import pytest

import drawdown as dd
from drawdown._internal import renamed
from test_draws import gamma_poisson

RATE = "world.threats.group.attacks_per_day"


@pytest.mark.parametrize("old", renamed.NAMES)
def test_an_old_name_is_the_new_one_and_says_so(old):
    new = renamed.NAMES[old]
    with pytest.warns(FutureWarning, match=f"`{old}` is now `{new}`") as told:
        found = getattr(dd, old)
    assert found is getattr(dd, new)
    assert told[0].filename == __file__
    assert old not in dir(dd)
    assert new in dir(dd)


def test_an_old_method_does_what_the_new_one_does(minimal):
    run = dd.simulate(minimal, trials=20, seed=1, progress=False)
    plans = dd.Comparison({"one": run, "other": run})
    for result in (run, plans):
        with pytest.warns(FutureWarning, match="`dates` is now `finish_dates`") as told:
            found = result.dates()
        assert found.equals(result.finish_dates())
        assert told[0].filename == __file__


def test_a_name_that_never_was_is_an_error():
    with pytest.raises(AttributeError, match="pryce"):
        dd.pryce  # noqa: B018


KEYWORDS = {
    "simulate": lambda **how: dd.simulate(gamma_poisson(), **how).samples,
    "compare": lambda **how: dd.compare({"a": gamma_poisson()}, **how).runs["a"].samples,
    "compare_worlds": lambda **how: (
        dd.compare_worlds(gamma_poisson(), {"a": {}, "b": {RATE: 0.2}}, **how).runs["b"].samples
    ),
    "sweep": lambda **how: dd.sweep(gamma_poisson(), {RATE: [0.1]}, **how).runs[0.1,].samples,
}


@pytest.mark.parametrize("name", [*KEYWORDS, "drivers", "pause_tradeoff"])
def test_an_old_keyword_is_the_new_one_and_says_so(name, iraq):
    how = {"trials": 8, "seed": 1, "progress": False}
    asks = KEYWORDS | {
        "drivers": lambda **how: dd.drivers(gamma_poisson(), ["attacks"], **how).table(),
        "pause_tradeoff": lambda **how: dd.pause_tradeoff(iraq, [0, 9], [], **how).table(),
    }
    ask = asks[name]
    due = ask(samples=4, **how)
    with pytest.warns(FutureWarning, match="`draws=` is now `samples=`") as told:
        found = ask(draws=4, **how)
    assert told[0].filename == __file__
    if name in KEYWORDS:
        assert found.asked.equals(due.asked)
        assert found.each == due.each == 2
    else:
        assert found.equals(due)
    with pytest.raises(TypeError, match="`draws` is now `samples`: give one of them"):
        ask(draws=4, samples=4, **how)


def test_old_attributes_of_samples():
    run = dd.simulate(gamma_poisson(), trials=40, samples=20, seed=1, progress=False)
    with pytest.warns(FutureWarning, match="`draws` is now `samples`") as told:
        assert run.draws is run.samples
    assert told[0].filename == __file__
    with pytest.warns(FutureWarning, match="`by_draw` is now `by_sample`"):
        assert run.by_draw("attacks").equals(run.by_sample("attacks"))
    assert run.by_sample("attacks").index.name == "sample"
    count = run.drivers(["attacks"]).count
    for what in ("asked", "run", "refused"):
        with pytest.warns(FutureWarning, match=f"`draws_{what}` is now `samples_{what}`") as told:
            assert getattr(count, f"draws_{what}") == getattr(count, f"samples_{what}")
        assert told[0].filename == __file__
    # What is written to files has its old name.
    assert run.origin["draws_asked"] == 20


def test_a_signature_is_that_of_the_function():
    for name in ("simulate", "compare", "sweep", "compare_worlds", "pause_tradeoff", "drivers"):
        function = getattr(dd, name)
        parameters = inspect.signature(function).parameters
        assert "samples" in parameters
        assert "draws" not in parameters
        assert function.__name__ == name
        assert pickle.loads(pickle.dumps(function)) is function
