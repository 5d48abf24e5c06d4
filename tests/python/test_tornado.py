import numpy as np
import pytest

import drawdown as dd

# Attacks are Poisson, with a mean of rate x factor x 400 days.
WORLD = {
    "schema": 1,
    "start": "2025-01-01",
    "horizon": "2026-02-05",
    "world": {
        "sites": {"base": {"garrison": {"us": 100}}},
        "threats": {
            "raiders": {
                "attacks_per_day": {"uniform": [0.1, 0.3]},
                "rate_factor": {"uniform": [0.5, 1.5]},
                "weapons": {},
            }
        },
    },
}
RATE, FACTOR = "world.threats.raiders.attacks_per_day", "world.threats.raiders.rate_factor"


@pytest.fixture(scope="module")
def found():
    asked = ["attacks", "attacks > 100"]
    return dd.tornado(WORLD, asked, trials=20_000, seed=7, progress=False)


def test_changes_are_those_of_the_means(found):
    table = found.table().loc["attacks"]
    assert list(table.index) == [FACTOR, RATE]
    # The mean is 0.2 x 1 x 400 = 80; a range at its P10 or P90 takes its mean there.
    for path, ends, mean in ((RATE, (0.12, 0.28), 0.2), (FACTOR, (0.6, 1.4), 1.0)):
        row = table.loc[path]
        assert row[["at_low", "at_high"]].to_list() == pytest.approx(ends, abs=1e-4)
        for side, end in zip(("low", "high"), ends, strict=True):
            error = (row[f"{side}_high"] - row[f"{side}_low"]) / (2 * 1.96)
            assert abs(row[side] - 80 * (end / mean - 1)) < 4 * error
            assert error < 0.3, "a bias of 4 % would be seen"
        assert row["swing"] == pytest.approx(row["high"] - row["low"])


def test_values_of_a_mixture_are_in_order():
    found = dd.tornado("iraq-2024", ["attacks"], trials=2, seed=7, progress=False)
    table = found.table().loc["attacks"]
    assert (table["at_low"] < table["at_high"]).all()
    # Weights .2 near .12, .6 at 0 and .2 near -.13: the least and the greatest tenth are of the ends.
    row = table.loc["world.threats.militias.retaliation.deterrence"]
    assert row["at_low"] < -0.1
    assert row["at_high"] > 0.1


def test_chances_move_too(found):
    table = found.table().loc["attacks > 100"]
    assert (table["low"] < 0).all()
    assert (table["high"] > 0).all()
    assert (table["swing"] <= 1).all()


def test_it_is_shown(found):
    text = str(found)
    assert "P10, P90: of the range" in text
    assert "rate_factor" in text
    axes = found.plot()
    assert [ax.get_title(loc="left") for ax in np.ravel(axes)] == ["attacks", "attacks > 100"]
    assert "<table>" in found._repr_html_()


def test_quantiles_are_in_order():
    with pytest.raises(ValueError, match=r"0 < 0\.9 < 0\.1 < 1"):
        dd.tornado("iraq-2024", low=0.9, high=0.1)
    for low, high in ((0, 0.5), (0.5, 1), (0.5, 0.5)):
        with pytest.raises(ValueError, match=f"0 < {low} < {high} < 1 does not hold"):
            dd.tornado("iraq-2024", low=low, high=high)
