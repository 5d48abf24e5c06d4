"""The README's and the guides' Python is run, block after block in one namespace."""

import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.docs
@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page)], ids=lambda page: str(page.relative_to(ROOT))
)
def test_python_in_the_docs_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    for number, block in enumerate(blocks(page), 1):
        exec(compile(block, f"{page.name}, block {number}", "exec"), namespace)
    plt.close("all")


def _shape(printed: str) -> list[list[str]]:
    """The words of each line, with numbers of as many decimals."""
    plain = re.sub(r"-?[\d,]*\d(\.\d+)?", lambda found: "0" + _zeros(found[1]), printed)
    return [line.split() for line in plain.strip().splitlines()]


def _zeros(decimals: str | None) -> str:
    return re.sub(r"\d", "0", decimals or "")


def test_the_readme_shows_what_its_code_prints(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    (block,) = blocks(ROOT / "README.md")
    # Fewer trials print other numbers, in the same way.
    few = re.sub(r"trials=[\d_]+", "trials=700", block)
    assert few != block
    # What the README sets of pandas is not left behind for the tests that follow.
    with pd.option_context("display.precision", 6):
        exec(compile(few, "README.md", "exec"), {})
    plt.close("all")
    (shown,) = re.findall(r"<!-- output 1 -->\n```text\n(.*?)```", page, re.DOTALL)
    assert _shape(shown) == _shape(capsys.readouterr().out)


def test_links_to_files_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_smallest_scenario_of_the_tour_is_the_shipped_one() -> None:
    shipped = (ROOT / "examples/scenarios/minimal.toml").read_text("utf-8").split("\n", 1)[1]
    assert shipped in (ROOT / "docs/tour.md").read_text("utf-8")


def test_the_contract_names_tests_that_exist() -> None:
    page = (ROOT / "docs/reproducibility.md").read_text("utf-8")
    paths = [*(ROOT / "tests").rglob("*.rs"), *(ROOT / "tests/python").glob("test_*.py")]
    sources = "".join(path.read_text("utf-8") for path in paths)
    named = re.findall(r"^\|.*\| `([a-z_]+)`", page, re.MULTILINE)
    assert len(named) >= 8
    for name in named:
        assert f"fn {name}()" in sources or f"def {name}(" in sources, name


PICTURES = [
    pytest.param(page, alt, source, id=f"{page.relative_to(ROOT)}: {source}")
    for page in PAGES
    for alt, source in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8"))
    # Written by `make verify`, beside tables with every number.
    if "img/verification" not in source
]
# A picture of a page on a screen, whose numbers no block prints.
ON_SCREEN = {"img/explorer.png"}


@pytest.mark.parametrize(("page", "alt", "source"), PICTURES)
def test_pictures_are_told_with_numbers_that_stand_on_their_page(
    page: Path, alt: str, source: str
) -> None:
    numbers, standing = map(_numbers, (alt, page.read_text("utf-8").replace(alt, "")))
    assert len(numbers) >= 2
    assert source in ON_SCREEN or numbers <= standing, numbers - standing


def _numbers(text: str) -> set[str]:
    """Numbers and days, however thousands are parted."""
    plain = re.sub(r"(?<=\d)[,_](?=\d{3})", "", text)
    return set(re.findall(r"\d[\d.-]*\d|\d", plain))
