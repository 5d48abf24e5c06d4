from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import pytest

import drawdown as dd

matplotlib.use("agg")


@pytest.fixture(scope="session")
def iraq() -> dd.Scenario:
    return dd.Scenario.example("iraq-2024")


@pytest.fixture(scope="session")
def run(iraq: dd.Scenario) -> dd.Run:
    return dd.simulate(iraq, trials=500, seed=7, progress=False)


@pytest.fixture
def minimal() -> dd.Scenario:
    return dd.Scenario.example("minimal")


@pytest.fixture(autouse=True)
def _no_figure_stays_open() -> Iterator[None]:
    yield
    plt.close("all")
