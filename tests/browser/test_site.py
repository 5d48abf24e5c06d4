"""The documentation's site, opened from its folder: nothing else is asked for, and search finds."""

import json
import os
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

SITE = Path(__file__).parents[2] / "target/site"


@pytest.fixture
def site() -> Path:
    if not (SITE / "index.html").exists() and not os.environ.get("DRAWDOWN_REQUIRE_BROWSER"):
        pytest.skip("LEFT OUT: the site in a browser; make site builds it")
    return SITE


def asked(browser: Chrome) -> list[str]:
    """What the browser has asked for since the last time."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


PAGES = ["index", "docs/api", "docs/guides/breathing-room", "examples/notebooks/first_hour"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_outside_its_folder(browser: Chrome, site: Path, name: str) -> None:
    asked(browser)
    browser.get((site / f"{name}.html").as_uri())
    WebDriverWait(browser, 20).until(lambda found: found.find_elements(By.TAG_NAME, "h1"))
    urls = asked(browser)
    assert len(urls) > 3
    assert [
        url for url in urls if not url.startswith((f"{site.as_uri()}/", "data:", "chrome:"))
    ] == []
    # The theme talks to itself in the console; nothing was refused, and no file lacks.
    log = browser.get_log("browser")
    assert [one for one in log if one["source"] in ("network", "security", "javascript")] == []


def test_search_finds_a_page(browser: Chrome, site: Path) -> None:
    browser.get((site / "search.html").as_uri() + "?q=minimum_allowance")
    # They come one after the other, and are put in order while they do.
    WebDriverWait(browser, 30, ignored_exceptions=[StaleElementReferenceException]).until(
        lambda page: {"api.html", "breathing-room.html"} <= found_by_search(page)
    )


def found_by_search(browser: Chrome) -> set[str]:
    """The names of the pages that a search has found so far."""
    links = browser.find_elements(By.CSS_SELECTOR, "#search-results li a")
    hrefs = [str(link.get_attribute("href")) for link in links]
    return {href.rpartition("/")[2].partition("#")[0] for href in hrefs}
