"""The built site opens from a folder without a network, and nothing of it leads nowhere."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
SITE = ROOT / "target/site"
# What a browser fetches without being asked; links of `a` wait for a reader.
LOADS = {"src", "srcset", "poster", "data", "background"}


class Page(HTMLParser):
    """What a page loads, where it leads, its anchors and its pictures."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.pictures: list[tuple[str, str]] = []
        self.text = path.read_text("utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in given}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        self.loads += [value for name, value in values.items() if name in LOADS]
        if "href" in values:
            (self.links if tag == "a" else self.loads).append(values["href"])
        if tag == "img":
            self.pictures.append((values["src"], values.get("alt", "")))


@pytest.fixture(scope="module")
def pages() -> dict[Path, Page]:
    assert (SITE / "index.html").exists(), "run `make site`, which builds it"
    return {path: Page(path) for path in SITE.rglob("*.html") if "_static" not in path.parts}


def _outside(address: str) -> bool:
    return bool(urlsplit(address).netloc)


def test_no_page_loads_anything_from_elsewhere(pages: dict[Path, Page]) -> None:
    loaded = {address for page in pages.values() for address in page.loads}
    assert len(loaded) > 20
    assert [address for address in loaded if _outside(address)] == []


def test_no_style_and_no_script_of_ours_asks_elsewhere(pages: dict[Path, Page]) -> None:
    styles = [path.read_text("utf-8") for path in SITE.rglob("*.css")]
    styles += [page.text for page in pages.values()]
    assert len(styles) > 20
    asked = (
        r"""(?:url\(|@import|\bimport\(|fetch\(|importScripts\()\s*['"]?((?:https?:)?//[^)'"]+)"""
    )
    assert [found for style in styles for found in re.findall(asked, style)] == []


def _leads(pages: dict[Path, Page]) -> Iterator[tuple[Path, str, Path, str]]:
    """Links within the site: the page, the link, the file that it names, and the anchor."""
    for path, page in pages.items():
        for link in {*page.links, *page.loads}:
            parts = urlsplit(link)
            if not parts.scheme and not parts.netloc:
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                yield path, link, target, unquote(parts.fragment)


def test_links_lead_to_pages_and_to_headings(pages: dict[Path, Page]) -> None:
    leads = list(_leads(pages))
    assert len(leads) > 500
    lost = [
        f"{path.relative_to(SITE)}: {link}"
        for path, link, target, anchor in leads
        if not target.exists()
        or (anchor and target in pages and anchor not in pages[target].anchors)
    ]
    assert lost == []


def test_every_picture_says_in_words_what_it_shows(pages: dict[Path, Page]) -> None:
    pictures = [(path, *picture) for path, page in pages.items() for picture in page.pictures]
    assert len(pictures) > 40
    # Sphinx puts the file's name where nothing is said.
    mute = [
        f"{path.relative_to(SITE)}: {source}"
        for path, source, words in pictures
        if len(words.split()) < 3 or words.endswith((".png", ".svg"))
    ]
    assert mute == []


def test_every_page_of_the_repository_is_in_the_site(pages: dict[Path, Page]) -> None:
    written = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    written += (ROOT / "examples/notebooks").glob("*.py")
    built = {path.relative_to(SITE).with_suffix("") for path in pages}
    assert [page for page in written if page.relative_to(ROOT).with_suffix("") not in built] == []


def test_notebooks_show_what_they_draw(pages: dict[Path, Page]) -> None:
    notebooks = sorted((ROOT / "examples/notebooks").glob("*.py"))
    assert len(notebooks) == 5
    for notebook in notebooks:
        drawn = notebook.read_text("utf-8").count("plt.show()")
        page = pages[SITE / notebook.relative_to(ROOT).with_suffix(".html")]
        assert len(page.pictures) == drawn >= 3, notebook.name


def test_search_knows_every_page() -> None:
    index = (SITE / "searchindex.js").read_text("utf-8")
    assert index.startswith("Search.setIndex(")
    for name in ("docs/guides/breathing-room", "docs/api", "examples/notebooks/first_hour"):
        assert f'"{name}"' in index
