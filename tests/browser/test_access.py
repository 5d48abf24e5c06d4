"""What a program that checks for accessibility (axe-core) has against the explorer and the report."""

from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

import drawdown as dd
from drawdown.explorer.server import Server

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
# Wheels that are made for another browser driver carry the program, which needs none.
AXE = distribution("axe-playwright-python").locate_file("axe_playwright_python/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": TAGS}
# What light and dark differ in.
COLOURS = {"type": "rule", "values": ["color-contrast"]}
CHECK = """
const [only, within, done] = arguments;
axe.run(document.querySelector(within), {runOnly: only, resultTypes: ['violations']}).then(found =>
  done(found.violations.map(one => [one.impact, one.id, one.nodes.map(node => node.html.slice(0, 120)
    + ' ' + node.any.map(check => check.message).join('; ').slice(0, 200))])));
"""
TABS = ("schedule", "losses", "decisions", "breaking", "assumptions", "history")
# Where a tab has all it shows.
HELD = {
    "schedule": "svg .main",
    "losses": "svg .band",
    "decisions": "tbody tr",
    "breaking": "details, tbody tr",
    "assumptions": "tbody tr",
    "history": ".story:not(:empty)",
}


def shown(browser: Chrome, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    wanted = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [wanted]})


@pytest.fixture
def checked(browser: Chrome) -> Iterator[Chrome]:
    browser.set_script_timeout(120)
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    vary = [
        "plan.breathing_room.pause_days",
        "plan.rules.hold_under_fire.at_once",
        "world.threats.militias.attacks_per_day.flare",
    ]
    with Server(dd.Scenario.example("iraq-2024"), vary, seed=7, trials=500) as server:
        yield server


def findings(browser: Chrome, only: dict[str, Any] = RULES, within: str = "html") -> list[Any]:
    if not browser.execute_script("return Boolean(window.axe)"):
        browser.execute_script(Path(str(AXE)).read_text("utf-8"))
    found: list[Any] = browser.execute_async_script(CHECK, only, within)
    return [one for one in found if one[0] in ("serious", "critical")]


def test_the_checker_finds_what_is_wrong(checked: Chrome, served: Server) -> None:
    checked.get(served.address)
    checked.execute_script("document.body.innerHTML = '<img src=icon.svg><input>'")
    assert {one[1] for one in findings(checked)} >= {"image-alt", "label"}


@pytest.mark.parametrize("size", SIZES)
def test_the_explorer_in_each_tab_light_and_dark(
    checked: Chrome, served: Server, size: str
) -> None:
    shown(checked, size, "light")
    checked.get("about:blank")
    checked.get(served.address)
    WebDriverWait(checked, 60).until(
        lambda _: (
            checked.find_elements(By.CSS_SELECTOR, ".control")
            and "%" in checked.find_element(By.CSS_SELECTOR, ".verdict").text
        )
    )
    wrong = {}
    # Everything that unfolds is unfolded, and something is wrong, moved and pinned.
    checked.execute_script(
        "document.querySelectorAll('.side details').forEach(one => { one.open = true; })"
    )
    for tab in TABS:
        checked.find_element(By.CSS_SELECTOR, f"[data-tab={tab}]").click()
        WebDriverWait(checked, 60).until(
            lambda _, tab=tab: checked.find_elements(
                By.CSS_SELECTOR, f"[data-panel={tab}] {HELD[tab]}"
            )
        )
        if tab == "assumptions":
            # Of hundreds of rows that are alike a few are enough.
            checked.find_element(By.CSS_SELECTOR, "[data-panel=assumptions] input").send_keys("air")
        wrong[tab, "light"] = findings(checked)
        shown(checked, size, "dark")
        wrong[tab, "dark"] = findings(checked, COLOURS)
        shown(checked, size, "light")
        if tab == "schedule":
            field = checked.find_element(By.CSS_SELECTOR, "input.number")
            field.clear()
            field.send_keys("-5\n")
            WebDriverWait(checked, 30).until(
                lambda _: checked.find_element(By.CSS_SELECTOR, ".wrong").text
            )
            wrong[tab, "refused"] = findings(checked)
            field.clear()
            field.send_keys("30\n")
    assert {key: found for key, found in wrong.items() if found} == {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report(checked: Chrome, page: Path, size: str, scheme: str) -> None:
    shown(checked, size, scheme)
    checked.get(page.as_uri())
    assert findings(checked) == []
