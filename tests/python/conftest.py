import os
import signal
import zlib
from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import pytest

import drawdown as dd

matplotlib.use("agg")
# A shell lets what it starts in the background ignore Ctrl-C, and so would the programs that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With DRAWDOWN_PART=k/n, of the slow tests the k-th of n parts; all others are run."""
    given = os.environ.get("DRAWDOWN_PART")
    if not given:
        return
    part, of = map(int, given.split("/"))
    if not 1 <= part <= of:
        raise pytest.UsageError(f"DRAWDOWN_PART is k/n with k from 1 to n, not {given}")

    def is_left_out(item: pytest.Item) -> bool:
        if item.get_closest_marker("slow") is None:
            return False
        # What shares a group shares what it takes long to make.
        group = item.get_closest_marker("xdist_group")
        name = group.args[0] if group else item.nodeid
        return zlib.crc32(name.encode()) % of != part - 1

    config.hook.pytest_deselected(items=[item for item in items if is_left_out(item)])
    items[:] = [item for item in items if not is_left_out(item)]


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
