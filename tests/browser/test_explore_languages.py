"""The explorer in Arabic and French, and the Arabic report: directions, keys, and what axe has against them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from test_access import HELD, SIZES, TABS, findings, shown

import drawdown as dd
from drawdown.explorer.server import Server
from test_explore import DRIVEN, PICTURE, drawn, opened, part, pressed

PAUSE = "plan.breathing_room.pause_days"
SLOW = "plan.phases.second.duration_ratio.lognormal.median"
VARY = [
    *(PAUSE, SLOW, "plan.transport.people_per_day", "world.threats.militias.rate_factor"),
    *("plan.rules.hold_under_fire.at_once", "world.threats.militias.retaliation.deterrence"),
]
# Signs that do not stand on the left of their numbers, and how many were looked at.
SIGNS = """
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), wrong = [];
const at = (node, k) => {
  const range = document.createRange();
  range.setStart(node, k);
  range.setEnd(node, k + 1);
  return range.getBoundingClientRect();
};
let seen = 0;
for (let node; (node = walk.nextNode());) {
  for (const found of node.data.matchAll(/(?<![\\p{L}\\d)])[-−+](?=\\d)/gu)) {
    const sign = at(node, found.index), digit = at(node, found.index + 1);
    if (!sign.width) continue;
    seen += 1;
    if (Math.abs(sign.top - digit.top) > 3 || sign.left >= digit.left) wrong.push(node.data);
  }
}
return [seen, wrong];"""
# Dates in tables that are broken at a hyphen, and how many were looked at.
DATES = """
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), wrong = [];
let seen = 0;
for (let node; (node = walk.nextNode());) {
  if (!node.parentElement.closest('table')) continue;
  for (const found of node.data.matchAll(/\\d{4}-\\d\\d-\\d\\d/g)) {
    const ends = [found.index, found.index + 9].map((k) => {
      const range = document.createRange();
      range.setStart(node, k);
      range.setEnd(node, k + 1);
      return range.getBoundingClientRect().top;
    });
    seen += 1;
    if (Math.abs(ends[1] - ends[0]) > 3) wrong.push(node.data);
  }
}
return [seen, wrong];"""
# What sticks out on either side and cannot be scrolled within a box of its own.
SPILLED = """return [...document.body.querySelectorAll('*')].filter((one) => {
  const box = one.getBoundingClientRect();
  return (box.right > document.documentElement.clientWidth + 1 || box.left < -1)
    && !one.closest('.scroll') && !one.closest('.hidden') && !one.closest('.skip');
}).map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def arabic() -> Iterator[Server]:
    with Server(
        dd.Scenario.example("iraq-2024"), VARY, seed=7, trials=500, language="ar"
    ) as server:
        yield server


def unfolded(browser: Chrome) -> None:
    browser.execute_script(
        "document.querySelectorAll('.side details').forEach(one => { one.open = true; })"
    )


def test_each_slider_moves_its_answer_in_arabic(browser: Chrome, arabic: Server) -> None:
    opened(browser, arabic.address)
    browser.find_element(By.CSS_SELECTOR, "[data-tab=losses]").click()
    written = browser.execute_script(PICTURE)
    controls = browser.find_elements(By.CSS_SELECTOR, ".control:has(input[type=range])")
    assert len(controls) == 5
    for control in controls:
        path, differ = control.get_attribute("data-path"), []
        for end in ("min", "max"):
            slide = control.find_element(By.CSS_SELECTOR, "input[type=range]")
            browser.execute_script(DRIVEN, control, slide.get_attribute(end))
            drawn(browser)
            differ.append(browser.execute_script(PICTURE) != written)
            back = control.find_element(By.CSS_SELECTOR, ".back")
            assert back.text == "كما كُتب"
            back.click()
            WebDriverWait(browser, 30).until(lambda _: browser.execute_script(PICTURE) == written)
        assert any(differ), path


def test_keys_go_where_the_page_goes(browser: Chrome, arabic: Server) -> None:
    opened(browser, arabic.address)
    slide = part(browser, SLOW, "input[type=range]")
    field = part(browser, SLOW, "input.number")
    browser.execute_script("arguments[0].focus()", slide)
    places = []
    for key in (Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.ARROW_UP):
        pressed(browser, key)
        places.append(float(field.get_attribute("value") or "nan"))
    assert places[0] < places[1] > places[2] < places[3]
    # The thumb goes with the key: to the left is more.
    assert slide.value_of_css_property("direction") == "rtl"
    assert field.value_of_css_property("direction") == "ltr"
    tabs = browser.find_elements(By.CSS_SELECTOR, "[role=tab]")
    assert tabs[0].rect["x"] > tabs[1].rect["x"]
    browser.execute_script("arguments[0].focus()", tabs[0])
    for key, due in ((Keys.ARROW_LEFT, 1), (Keys.ARROW_LEFT, 2), (Keys.ARROW_RIGHT, 1)):
        pressed(browser, key)
        assert browser.switch_to.active_element == tabs[due]
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()


@pytest.mark.parametrize("size", SIZES)
def test_each_tab_in_arabic_can_be_used_and_read(
    browser: Chrome, arabic: Server, size: str
) -> None:
    browser.set_script_timeout(120)
    shown(browser, size, "light")
    opened(browser, arabic.address, size)
    browser.get_log("browser")
    unfolded(browser)
    control = part(browser, SLOW, "input[type=range]").find_element(By.XPATH, "../..")
    browser.execute_script(DRIVEN, control, 1.3)
    drawn(browser)
    wrong, signs = {}, 0
    for tab in TABS:
        head = browser.find_element(By.CSS_SELECTOR, f"[data-tab={tab}]")
        browser.execute_script("arguments[0].click()", head)
        WebDriverWait(browser, 120).until(
            lambda _, tab=tab: browser.find_elements(
                By.CSS_SELECTOR, f"[data-panel={tab}] {HELD[tab]}"
            )
        )
        if tab == "assumptions":
            browser.find_element(By.CSS_SELECTOR, "[data-panel=assumptions] input").send_keys("air")
        wrong[tab, "axe"] = findings(browser)
        wrong[tab, "spilled"] = browser.execute_script(SPILLED)
        seen, wrong[tab, "signs"] = browser.execute_script(SIGNS)
        signs += seen
    assert {key: found for key, found in wrong.items() if found} == {}
    assert signs > 20
    picture = browser.find_element(By.CSS_SELECTOR, ".box svg")
    assert picture.value_of_css_property("direction") == "ltr"
    assert browser.get_log("browser") == []
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_french_has_its_signs_and_reads_them(browser: Chrome) -> None:
    with Server(
        dd.Scenario.example("iraq-2024"), VARY, seed=7, trials=500, language="fr"
    ) as server:
        opened(browser, server.address)
        assert browser.find_element(By.XPATH, "//button[text()='Réinitialiser']")
        assert "relue" in browser.find_element(By.CSS_SELECTOR, ".unreviewed").text
        field = part(browser, SLOW, "input.number")
        assert field.get_attribute("value") == "1,03"
        field.clear()
        field.send_keys("1,2\n")
        drawn(browser)
        assert part(browser, SLOW, ".wrong").text == ""
        assert part(browser, SLOW, "input[type=range]").get_attribute("value") == "1.2"
        # What the core writes is in French, too.
        said = browser.find_element(By.CSS_SELECTOR, ".verdict").text
        assert said.startswith("Achevé au plus tard le 31 décembre 2026 dans ")
        assert "la référence" in said
        marked = ".said [lang=en], [data-panel=schedule] [lang=en], [data-panel=losses] [lang=en]"
        assert browser.find_elements(By.CSS_SELECTOR, marked) == []


@pytest.mark.parametrize("size", SIZES)
def test_signs_and_dates_of_an_arabic_report(browser: Chrome, brief: Path, size: str) -> None:
    shown(browser, size, "light")
    browser.get(brief.as_uri())
    browser.execute_script("document.querySelectorAll('details').forEach(o => { o.open = true; })")
    seen, wrong = browser.execute_script(SIGNS)
    assert wrong == []
    assert seen > 5
    seen, wrong = browser.execute_script(DATES)
    assert wrong == []
    assert seen > 20
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    iraq = dd.Scenario.example("iraq-2024")
    given = {"trials": 100, "seed": 7, "progress": False}
    firm = iraq.replace({PAUSE: 0})
    also = [dd.compare({"as announced": iraq, "firm": firm}, **given)]
    path = tmp_path_factory.mktemp("arabic") / "brief.html"
    dd.simulate(iraq, **given).report(path, also, trials=30, progress=False, language="ar")
    return path
