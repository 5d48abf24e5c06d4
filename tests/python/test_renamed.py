"""Names of earlier versions work, and say what has taken their place."""

import pytest

import drawdown as dd
from drawdown._internal import renamed


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
