"""The explorer's page, as a reader's browser has it: moved by hand, by keyboard, and wrongly."""

import json
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

import drawdown as dd
from drawdown.explorer.server import Server

SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
SLOW = "plan.phases.second.duration_ratio.lognormal.median"
PAUSE = "plan.breathing_room.pause_days"
# What sticks out to the right and cannot be scrolled within a box of its own.
SPILLED = """return [...document.body.querySelectorAll('*')].filter(one =>
  one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  && !one.closest('.scroll') && !one.closest('.hidden')).map(one => one.outerHTML.slice(0, 90))"""
# From the event of a hand to the frame in which its answer is painted, in milliseconds.
MOVES = """
const [path, count, done] = arguments;
const root = document.querySelector('.dd-explorer');
const slide = root.querySelector(`[data-path="${path}"] input[type=range]`);
const frame = () => new Promise(requestAnimationFrame);
const one = value => new Promise(resolve => {
  const begun = performance.now();
  const heard = async () => {
    root.removeEventListener('drawn', heard);
    await frame();
    await new Promise(free => { const both = new MessageChannel(); both.port1.onmessage = free; both.port2.postMessage(0); });
    resolve(performance.now() - begun);
  };
  root.addEventListener('drawn', heard);
  slide.value = value;
  slide.dispatchEvent(new Event('input', {bubbles: true}));
});
(async () => {
  const found = [];
  for (let k = 0; k < count; k++) {
    found.push(await one(5 + 5 * k));
    await new Promise(rest => setTimeout(rest, 20));
  }
  done(found);
})();
"""


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with Server(dd.Scenario.example("iraq-2024"), seed=7, trials=5_000) as server:
        yield server


@pytest.fixture(scope="module")
def few() -> Iterator[Server]:
    """One that stops at 500 histories."""
    with Server(dd.Scenario.example("iraq-2024"), seed=7, trials=500) as server:
        yield server


def drawn(browser: Chrome) -> None:
    """Wait until nothing is asked for any more."""
    time.sleep(0.05)
    WebDriverWait(browser, 30).until(
        lambda _: browser.execute_script("return !document.querySelector('.dd-explorer.asking')")
    )


def opened(browser: Chrome, address: str, size: str = "desktop") -> None:
    width, height = SIZES[size]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    browser.execute_cdp_cmd("Page.bringToFront", {})
    browser.get("about:blank")
    browser.get(address)
    WebDriverWait(browser, 60).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, ".control") and "%" in verdict(browser)
    )


def verdict(browser: Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, ".verdict").text


def part(browser: Chrome, path: str, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f'[data-path="{path}"] {selector}')


def changes(browser: Chrome, before: str) -> str:
    WebDriverWait(browser, 30).until(lambda _: verdict(browser) != before)
    return verdict(browser)


def typed(field: WebElement, text: str) -> None:
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text, Keys.ENTER)


@pytest.mark.parametrize("size", SIZES)
def test_the_page_opens_by_itself_and_fits(browser: Chrome, served: Server, size: str) -> None:
    browser.get_log("performance")
    browser.get_log("browser")
    opened(browser, served.address, size)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    ours = (f"http://127.0.0.1:{served.port}/", "about:", "chrome:", "data:")
    assert [url for url in asked if not url.startswith(ours)] == []
    entries = browser.execute_script(
        "return performance.getEntriesByType('resource').map(one => one.name)"
    )
    assert entries
    assert all(name.startswith(served.address) for name in entries)
    assert browser.get_log("browser") == []
    assert browser.execute_script(SPILLED) == []


PICTURE = """return [...document.querySelectorAll('[data-panel] .box svg, .verdict')]
  .map(one => one.outerHTML).join('').replace(/aria-label="[^"]*"/g, '')"""
DRIVEN = """
const slide = arguments[0].querySelector('input[type=range]');
slide.value = arguments[1];
slide.dispatchEvent(new Event('input', {bubbles: true}));
slide.dispatchEvent(new Event('change', {bubbles: true}));
"""


def test_each_control_moves_its_answer(browser: Chrome, few: Server) -> None:
    opened(browser, few.address)
    browser.find_element(By.CSS_SELECTOR, "[data-tab=losses]").click()
    controls = browser.find_elements(By.CSS_SELECTOR, ".control")
    assert len(controls) >= 8
    written = browser.execute_script(PICTURE)
    reset = browser.find_element(By.XPATH, "//button[text()='Reset']")

    def is_as_written(_: Chrome) -> bool:
        return bool(browser.execute_script(PICTURE) == written)

    for control in controls:
        ends = [
            control.find_element(By.CSS_SELECTOR, "input[type=range]").get_attribute(end)
            for end in ("min", "max")
        ]
        differ = []
        for end in ends:
            browser.execute_script(DRIVEN, control, end)
            drawn(browser)
            differ.append(not is_as_written(browser))
            if reset.is_enabled():
                reset.click()
                WebDriverWait(browser, 30).until(is_as_written)
        assert any(differ), control.get_attribute("data-path")


def test_the_keyboard_is_enough(browser: Chrome, served: Server) -> None:
    opened(browser, served.address)
    before = verdict(browser)
    slide = part(browser, "plan.transport.people_per_day", "input[type=range]")
    browser.execute_script("document.body.focus()")
    for _ in range(60):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if browser.switch_to.active_element == slide:
            break
    assert browser.switch_to.active_element == slide
    outline = "return getComputedStyle(arguments[0]).outlineStyle"
    assert browser.execute_script(outline, slide) == "solid"
    slide.send_keys(*[Keys.PAGE_DOWN] * 3)
    moved = changes(browser, before)
    assert "baseline" in moved
    slide.send_keys(Keys.CONTROL, "z")
    slide.send_keys(Keys.CONTROL, "z")
    slide.send_keys(Keys.CONTROL, "z")
    changes(browser, moved)
    tab = browser.find_element(By.CSS_SELECTOR, "[role=tab][aria-selected=true]")
    tab.send_keys(Keys.ARROW_RIGHT)
    chosen = browser.switch_to.active_element
    assert chosen.text == "Losses"
    assert chosen.get_attribute("aria-selected") == "true"
    assert browser.find_element(By.CSS_SELECTOR, "[data-panel=losses] figure").is_displayed()


def test_what_is_wrong_is_said_at_its_field(browser: Chrome, served: Server) -> None:
    opened(browser, served.address)
    field = part(browser, PAUSE, "input.number")
    typed(field, "-5")
    told = part(browser, PAUSE, ".wrong")
    WebDriverWait(browser, 20).until(lambda _: "outside the limits" in told.text)
    assert "at least 0" in told.text
    assert field.get_attribute("aria-invalid") == "true"
    typed(field, "many")
    WebDriverWait(browser, 20).until(lambda _: 'found the text "many"' in told.text)
    before = verdict(browser)
    typed(field, "0")
    WebDriverWait(browser, 20).until(lambda _: told.text == "")
    assert field.get_attribute("aria-invalid") is None
    changes(browser, before)


def test_two_tabs_do_not_disturb_each_other(browser: Chrome, served: Server) -> None:
    opened(browser, served.address)
    here, before = browser.current_window_handle, verdict(browser)
    browser.switch_to.new_window("tab")
    opened(browser, served.address)
    typed(part(browser, SLOW, "input.number"), "1.4")
    moved = changes(browser, before)
    browser.close()
    browser.switch_to.window(here)
    assert verdict(browser).split("(")[0] == before.split("(")[0] != moved.split("(")[0]


def test_every_tab_has_something_and_a_setting_comes_back(
    browser: Chrome, served: Server, tmp_path: Path
) -> None:
    opened(browser, served.address)
    typed(part(browser, PAUSE, "input.number"), "30")
    for name, held in {
        "losses": "svg .point",
        "decisions": "tbody tr",
        "assumptions": "tbody tr",
        "history": "pre",
    }.items():
        browser.find_element(By.CSS_SELECTOR, f"[data-tab={name}]").click()
        selector = f"[data-panel={name}] {held}"
        WebDriverWait(browser, 30).until(
            lambda _, selector=selector: browser.find_element(
                By.CSS_SELECTOR, selector
            ).is_displayed()
        )
    story = browser.find_element(By.CSS_SELECTOR, ".story")
    WebDriverWait(browser, 20).until(lambda _: "Tension is calm" in story.text)
    browser.find_element(By.CSS_SELECTOR, ".along summary").click()
    browser.find_element(By.XPATH, "//button[text()='Link']").click()
    taken = browser.find_element(By.CSS_SELECTOR, "textarea[readonly]")
    WebDriverWait(browser, 20).until(lambda _: taken.get_attribute("value"))
    link = taken.get_attribute("value")
    assert link is not None
    assert link.startswith(served.address)
    opened(browser, link)
    field = part(browser, PAUSE, "input.number")
    WebDriverWait(browser, 20).until(lambda _: field.get_attribute("value") == "30")
    # Another scenario: first a wrong one, whose problems are told, then a right one.
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("schema = 1\nstart = 2025-01-01\n[plan.phases.one]\nsites = 3\n")
    choose = browser.find_element(By.CSS_SELECTOR, "input[type=file]")
    choose.send_keys(os.fspath(wrong))
    WebDriverWait(browser, 20).until(
        lambda _: any(
            "plan.phases.one" in one.text
            for one in browser.find_elements(By.CSS_SELECTOR, ".problems")
        )
    )
    right = tmp_path / "right.toml"
    dd.Scenario.example("minimal").write(right)
    choose.send_keys(os.fspath(right))
    title = "Untitled"
    WebDriverWait(browser, 30).until(
        lambda _: browser.find_element(By.TAG_NAME, "h1").text == title
    )


def test_moves_are_painted_soon(browser: Chrome, served: Server) -> None:
    """Prints how soon; no test depends on the clock."""
    opened(browser, served.address)
    time.sleep(3)
    browser.set_script_timeout(120)
    found = sorted(browser.execute_async_script(MOVES, PAUSE, 50))
    assert len(found) == 50
    load = os.getloadavg()[0]
    print(
        f"\n50 moves: median {statistics.median(found):.0f} ms, P95 {found[47]:.0f} ms, "
        f"load {load:.2f}"
    )
