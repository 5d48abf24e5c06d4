"""A headless Chromium: Debian's, or the one that `CHROMIUM` and `CHROMEDRIVER` name."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

# As root and in a container; and nothing that a browser asks of its makers.
_SWITCHES = (
    *("headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"),
    *("disable-quic", "no-first-run", "disable-background-networking"),
    *("disable-component-update", "disable-sync"),
)


def program(variable: str, name: str) -> str:
    found = shutil.which(os.environ.get(variable, name))
    assert found, f"{name} is not there: install chromium and chromium-driver"
    return found


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = Options()
    options.binary_location = program("CHROMIUM", "chromium")
    for switch in (*_SWITCHES, f"user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options, Service(program("CHROMEDRIVER", "chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every section there is."""
    import matplotlib

    matplotlib.use("agg")
    import drawdown as dd

    iraq = dd.Scenario.example("iraq-2024")
    given = {"trials": 200, "seed": 7, "progress": False}
    run = dd.simulate(iraq, **given)
    room = dd.minimum_allowance(
        iraq, finish="2027-06-30", most=5_000, days=[0, 60], trials=80, seed=7, confidence=0.5
    )
    also = [
        dd.compare(
            {"as announced": iraq, "firm": iraq.replace({"plan.breathing_room.pause_days": 0})},
            **given,
        ),
        room,
        dd.explain(iraq, mechanisms=["rules", "retaliation"], **given),
        dd.sweep(iraq, {"plan.breathing_room.pause_days": [0, 60]}, **given),
        dd.simulate(iraq, samples=50, **given),
    ]
    path = tmp_path_factory.mktemp("report") / "brief.html"
    run.report(path, also, trials=100, progress=False)
    return path
