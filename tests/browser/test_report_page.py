"""The report, as a reader's browser and printer show it."""

import base64
import json
import re
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

# Width and height of a window, in pixels.
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

FIGURES = """return [...document.querySelectorAll('figure')].map(figure => {
  const picture = figure.querySelector('svg'), box = picture.getBoundingClientRect();
  return {width: box.width, height: box.height, alt: picture.getAttribute('aria-label'),
          role: picture.getAttribute('role'), caption: figure.innerText.trim(),
          drawn: picture.querySelectorAll('path, use, image').length,
          labels: [...picture.querySelectorAll('text')].filter(
            text => text.getBoundingClientRect().width > 0).length};
})"""
# What sticks out to the right and cannot be scrolled within a box of its own.
SPILLED = """return [...document.body.querySelectorAll('*')].filter(one =>
  one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  && !one.closest('.scroll')).map(one => one.tagName + ' ' + one.textContent.slice(0, 60))"""
# Pictures that come from a file within the page.
IMAGES = """return Promise.all([...document.querySelectorAll('image')].map(one => {
  const image = new Image(); image.src = one.getAttribute('href');
  return image.decode().then(() => image.naturalWidth);
}))"""


def opened(browser: Chrome, page: Path, size: tuple[int, int]) -> list[str]:
    """The addresses that the browser asks for on opening the page."""
    browser.get_log("performance")  # which empties it
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500},
    )
    browser.get(page.as_uri())
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_page_opens_by_itself_and_fits(
    browser: Chrome, page: Path, size: tuple[int, int]
) -> None:
    asked = opened(browser, page, size)
    assert page.as_uri() in asked
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert {url for url in asked if url.startswith("file:")} == {page.as_uri()}
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.documentElement.clientWidth") == size[0]
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    assert browser.execute_script(SPILLED) == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_figure_is_there_with_words(
    browser: Chrome, page: Path, size: tuple[int, int]
) -> None:
    opened(browser, page, size)
    figures = browser.execute_script(FIGURES)
    assert len(figures) == page.read_text("utf-8").count("<svg") == 12
    for figure in figures:
        assert figure["width"] > 300
        assert figure["height"] > 100
        assert figure["role"] == "img"
        assert len(figure["alt"]) > 40
        assert figure["caption"]
        assert figure["drawn"] > 10
        assert figure["labels"] > 3
    widths = browser.execute_script(IMAGES)
    assert widths
    assert all(width > 0 for width in widths)


def test_links_lead_to_parts_of_the_page(browser: Chrome, page: Path) -> None:
    opened(browser, page, SIZES["desktop"])
    lost = browser.execute_script(
        "return [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
        ".filter(to => !to.startsWith('#') || !document.querySelector(to))"
    )
    assert lost == []


def test_it_prints_on_a4(browser: Chrome, page: Path) -> None:
    opened(browser, page, SIZES["desktop"])
    asked = {"preferCSSPageSize": True, "printBackground": True}
    printed = browser.execute_cdp_cmd("Page.printToPDF", asked)
    pdf = base64.b64decode(printed["data"])
    assert pdf.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert 8 <= len(boxes) <= 30
    for width, height in boxes:
        # A4 in points.
        assert float(width) == pytest.approx(595.3, abs=1)
        assert float(height) == pytest.approx(841.9, abs=1)
