"""The documentation as a site: `make site` builds it with Sphinx in target/site.

Its source is the whole project, so that the pages are those that are read in the repository and
links between them hold in both places. What a site needs beside them stands in `docs/site`.
"""

import re
import tomllib
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]

project = "drawdown"
author = "the authors of drawdown"
copyright = author
version = release = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]["version"]

extensions = ["myst_nb", "sphinx_copybutton"]
root_doc = "README"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/**.md",
    "examples/notebooks/*.py",
    "examples/scenarios/SOURCES.md",
]
language = "en"
# The head of every page, from left to right.
SECTIONS = [
    "Start <docs/start>",
    "docs/site/tutorials",
    "docs/site/guides",
    "docs/site/explanation",
    "docs/site/reference",
    "docs/site/scenarios",
    "docs/site/gallery",
    "CHANGELOG",
]
keep_warnings = True

# A link may name any heading of a page, as in a repository.
myst_heading_anchors = 4
suppress_warnings = [
    "myst.header"
]  # the reference goes from sections to keys without a step between

# Notebooks are run as the site is built, and again only where they have changed. The Python of
# other pages is run by `make docs`, and what it prints stands in them.
nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}
nb_execution_mode = "cache"
nb_execution_cache_path = str(ROOT / "target/site-cache")
nb_execution_timeout = 600
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_merge_streams = True

html_theme = "pydata_sphinx_theme"
html_title = f"drawdown {version}"
html_static_path = ["site/static"]
html_css_files = ["drawdown.css"]
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
# Summaries of what was found are fetched, which a page opened as a file may not do.
html_show_search_summary = False
html_theme_options = {
    "logo": {"text": "drawdown"},
    "navbar_persistent": ["search-button"],
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "header_links_before_dropdown": 8,
    "show_toc_level": 2,
    "navigation_with_keys": False,
}
# Sections of one page have nothing to list.
html_sidebars = {page: [] for page in ("README", "CHANGELOG", "docs/start", "docs/site/gallery")}

# Only what a reader types is copied.
copybutton_exclude = ".linenos, .gp, .go"
copybutton_selector = (
    "div:not(.output) > div.highlight-python pre, div.highlight-sh pre, div.highlight-toml pre"
)


def setup(app: Sphinx) -> None:
    """Add what the pages of a repository do without."""
    app.connect("source-read", _only_here)
    app.connect("build-finished", _front_door)


def _only_here(app: Sphinx, name: str, source: list[str]) -> None:
    """Add to the first page the list of sections, and to the gallery its pictures."""
    if name == root_doc:
        source[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(SECTIONS) + "\n```\n"
    elif name == "docs/site/gallery":
        source[0] += "".join(_pictures(page) for page in sorted(app.env.found_docs))


def _pictures(name: str) -> str:
    """The pictures of a page below its title, with their words and a link to it."""
    page = ROOT / f"{name}.md"
    text = page.read_text("utf-8") if page.exists() else ""
    shown = re.findall(r"^!\[(.+?)\]\((.+?)\)", text, re.M)
    title = re.search(r"^# (.+)", text, re.M)
    if not shown or not title:
        return ""
    lines = [f"\n## [{title[1]}](../../{name}.md)\n"]
    lines += [
        f"\n![{words}](/{page.parent.relative_to(ROOT)}/{file})\n\n*{words}*\n"
        for words, file in shown
    ]
    return "".join(lines)


def _front_door(app: Sphinx, failed: Exception | None) -> None:
    """Lead from `index.html`, which is what people open, to the first page."""
    if failed is None and app.builder.name == "html":
        page = f"{root_doc}.html"
        (Path(app.outdir) / "index.html").write_text(
            f'<!doctype html><meta charset="utf-8"><title>{project}</title>'
            f'<meta http-equiv="refresh" content="0; url={page}"><a href="{page}">{project}</a>\n',
            "utf-8",
        )
