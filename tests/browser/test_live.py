"""A live page in headless Chromium, opened from disk: the same bits, and figures of its reader."""

import base64
import json
import os
import re
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from test_access import findings

import drawdown as dd
from drawdown.explorer.answer import answer
from drawdown.report import live
from test_explore import moves

PAUSE = "plan.breathing_room.pause_days"
FACTOR = "world.threats.militias.rate_factor"
SCENARIOS = Path(__file__).parents[2] / "examples" / "scenarios"
SEED = 2**60 + 7
CORE = Path(live.__file__).parent / "static" / live._CORE
# In the shadow of the live part.
SHADOW = "const live = document.getElementById('live-here').shadowRoot;"

pytestmark = pytest.mark.skipif(
    not CORE.exists() and not os.environ.get("DRAWDOWN_REQUIRE_BROWSER"),
    reason="live pages need the core for browsers: make wasm (.ci/run builds it and requires these)",
)


@pytest.fixture(scope="module")
def iraq() -> dd.Scenario:
    return dd.Scenario.example("iraq-2024")


@pytest.fixture(scope="module")
def written(iraq, tmp_path_factory) -> Path:
    run = dd.simulate(iraq, trials=800, seed=SEED, progress=False)
    path = tmp_path_factory.mktemp("live") / "brief.html"
    run.report(path, trials=20, live={PAUSE: (0, 240), FACTOR: (0.2, 3)}, progress=False)
    return path


class Page:
    def __init__(self, browser: webdriver.Chrome, path: Path) -> None:
        self.browser = browser
        browser.get_log("performance")
        browser.get(path.as_uri())

    def js(self, script, *given):
        return self.browser.execute_script(SHADOW + script, *given)

    def text(self, selector):
        return self.js("return live.querySelector(arguments[0])?.textContent", selector)

    def until(self, what, seconds=120):
        return WebDriverWait(self.browser, seconds, 0.05).until(lambda _: what())

    def histories(self, count):
        self.until(lambda: (self.text(".count") or "").startswith(f"{count:,} histories"))

    def move(self, path, value):
        """Move a slider as a hand does."""
        self.js(
            """const at = about.controls.findIndex((one) => one.path === arguments[0]);
            const slider = live.querySelectorAll('input[type=range]')[at];
            slider.value = arguments[1];
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            slider.dispatchEvent(new Event('change', { bubbles: true }));""".replace(
                "about.", "JSON.parse(document.getElementById('live-about').textContent)."
            ),
            path,
            value,
        )

    @property
    def banner(self):
        found = self.browser.find_element(By.ID, "live-banner")
        return found.text if found.is_displayed() else ""

    def asked_for(self):
        log = [json.loads(one["message"])["message"] for one in self.browser.get_log("performance")]
        return {
            one["params"]["request"]["url"].split(":")[0]
            for one in log
            if one["method"] == "Network.requestWillBeSent"
        }


@pytest.fixture
def opened(browser, written):
    page = Page(browser, written)
    page.until(lambda: (page.text(".verdict") or "").startswith("Done by"))
    return page


def test_unmoved_it_shows_the_author_s_figures(opened, iraq):
    assert "are the same to the last bit" in opened.text(".live-status")
    assert opened.banner == ""
    opened.histories(800)
    run = dd.simulate(iraq, trials=800, seed=SEED, progress=False)
    assert opened.text(".verdict") == answer(run, None, "the brief")["verdict"]
    # `chrome:` is the browser's own new tab.
    assert opened.asked_for() <= {"file", "blob", "data", "chrome"}
    assert [one for one in opened.browser.get_log("browser") if one["level"] == "SEVERE"] == []


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [(PAUSE, 0, "120 → 0 days"), (FACTOR, 2.4, "→ 2.4")],
)
def test_what_is_moved_is_the_reader_s_and_is_what_the_crate_finds(opened, iraq, path, value, told):
    opened.move(path, value)
    opened.until(
        lambda: "than the brief" in opened.text(".verdict") or "told" in opened.text(".verdict")
    )
    opened.histories(800)
    given = {"trials": 800, "seed": SEED, "progress": False}
    run, base = dd.simulate(iraq.replace({path: value}), **given), dd.simulate(iraq, **given)
    assert opened.text(".verdict") == answer(run, base, "the brief")["verdict"]
    assert opened.banner.startswith("You have changed this brief: ")
    assert told in opened.banner
    assert "all others are the author's" in opened.banner
    assert opened.browser.title.startswith("(changed) ")
    opened.js(
        "[...live.querySelectorAll('button')].find((one) => one.textContent === 'Reset').click()"
    )
    opened.until(lambda: opened.banner == "")
    assert not opened.browser.title.startswith("(changed)")


def test_moves_are_painted_soon(opened):
    """Prints how soon; no test depends on the clock."""
    opened.histories(800)
    print(f"\nlive page, {moves(opened.browser)}")


@pytest.mark.parametrize("width", [1280, 390])
def test_it_can_be_used_by_everybody(opened, width):
    """What a program that checks for accessibility (axe-core) has against it."""
    opened.browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    opened.move(PAUSE, 30)
    opened.until(lambda: opened.banner)
    for tab in ("schedule", "losses", "decisions"):
        opened.js("live.querySelector(`[data-tab=${arguments[0]}]`).click()", tab)
        assert findings(opened.browser, within="#live") == []
    opened.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_wrong_value_is_told_as_the_scenario_tells_it(opened, iraq):
    opened.js(
        """const field = live.querySelector('input.number, input[type=text]');
        field.value = 'many';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));"""
    )
    with pytest.raises(dd.ScenarioError) as refused:
        iraq.replace({PAUSE: "many"})
    (problem,) = refused.value.problems
    opened.until(lambda: problem.what in opened.js("return live.textContent"))


def test_a_page_never_stops_answering(opened):
    """While histories are run, the page's own thread is free."""
    longest = opened.browser.execute_async_script(
        SHADOW
        + """const done = arguments[0];
        const slider = live.querySelector('input[type=range]');
        let last = performance.now(), longest = 0, count = 0;
        const look = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          count += 1;
          slider.value = count % 200;
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          if (count < 100) setTimeout(look, 20); else done(longest);
        };
        look();"""
    )
    # Of a thousand histories' time there is nothing in it: this is painting, on a busy machine.
    assert longest < 1_000


def test_a_tampered_file_is_found_out_and_moves_nothing(browser, written, tmp_path):
    text = written.read_text()
    about = re.search(r'id="live-about">(.*?)</script>', text).group(1)
    scenario = json.loads(json.loads(about)["scenario"])
    scenario["world"]["threats"]["militias"]["rate_factor"] = 0.5
    changed = {**json.loads(about), "scenario": json.dumps(scenario)}
    path = tmp_path / "tampered.html"
    path.write_text(text.replace(about, json.dumps(changed).replace("<", "\\u003c")))
    page = Page(browser, path)
    page.until(lambda: "does not give the author's figures" in (page.text(".live-status") or ""))
    assert page.js("return live.querySelectorAll('input, button').length") == 0


def test_a_changed_script_does_not_run(browser, written, tmp_path):
    path = tmp_path / "other.html"
    path.write_text(written.read_text().replace('"use strict";', '"use strict"; window.bad = 1;'))
    browser.get(path.as_uri())
    assert browser.execute_script("return window.bad") is None
    # It is blocked, and the browser's log says so.
    assert any("Content Security Policy" in one["message"] for one in browser.get_log("browser"))
    assert "needs a browser with scripts" in browser.find_element(By.ID, "live-here").text


def test_without_a_core_that_runs_the_rest_is_whole(browser, written, tmp_path):
    text = written.read_text()
    core = re.search(r'id="live-core">(.*?)</script>', text).group(1)
    path = tmp_path / "broken.html"
    path.write_text(text.replace(core, "AAAA"))
    page = Page(browser, path)
    page.until(lambda: "all other parts of the page are whole" in (page.text(".live-status") or ""))
    assert browser.find_element(By.ID, "assumptions").text


def test_bits_are_those_of_the_native_run_for_every_shipped_scenario(browser, tmp_path):
    """In the worker of a page, a thousand trials each."""
    names = sorted(path.stem for path in SCENARIOS.glob("*.toml"))
    scenarios = [dd.Scenario.read(SCENARIOS / f"{name}.toml") for name in names]
    questions = [
        {
            "ask": "open",
            "scenario": one.to_json(),
            "seed": str(SEED),
            "trials": 1_000,
            "language": "en",
        }
        for one in scenarios
    ]
    core = base64.b64encode(live._compiled()).decode()
    page = tmp_path / "bits.html"
    page.write_text("<!doctype html><title>bits</title>")
    browser.get(page.as_uri())
    browser.set_script_timeout(110)
    browser.execute_async_script(
        """const [code, core, question, done] = arguments;
        (async () => {
          const bytes = Uint8Array.from(atob(core), (one) => one.charCodeAt(0));
          const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
          const wasm = await new Response(stream).arrayBuffer();
          window.worker = new Worker(URL.createObjectURL(new Blob([code])));
          worker.postMessage({ core: wasm, opening: question }, [wasm]);
          done();
        })();""",
        live._text("worker.js"),
        core,
        questions[0],
    )
    found = [
        browser.execute_async_script(
            """const [message, done] = arguments;
            worker.onmessage = ({ data }) => done(data.answer?.digest || JSON.stringify(data));
            worker.postMessage({ id: 1, message });""",
            question,
        )
        for question in questions
    ]
    native = [
        dd.simulate(one, trials=1_000, seed=SEED, progress=False)._results.digest()
        for one in scenarios
    ]
    assert dict(zip(names, found, strict=True)) == dict(zip(names, native, strict=True))
    assert len(set(native)) == len(names) >= 8


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_live_page_fits_a_mail(iraq, tmp_path, language):
    # With figures of as many points as a page of a run has, and every control that is offered.
    run = dd.simulate(iraq, trials=5_000, seed=SEED, progress=False)
    path = tmp_path / "brief.html"
    run.report(path, trials=300, live=True, language=language, progress=False)
    assert path.stat().st_size < 1_500_000
