"""The gallery of withdrawals: open forecasts stay open, and pages about data leave nothing out."""

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

import drawdown as dd

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import compare_stepwise
import freeze_iraq_2024 as freeze
import gallery
import record_stepwise
from pages import ROOT

STEPWISE = ("vietnam-1969", "isaf-2011")
# Months that were to come in September 2024.
LATER = re.compile(
    r"\b(?:(?:October|November|December) 2024|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December) "
    r"20(?:2[5-9]|3\d))\b"
)


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def slug(heading: str) -> str:
    """The anchor of a heading as GitHub makes it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def test_what_is_open_is_frozen_and_of_the_scenario_that_ships() -> None:
    found = pd.read_csv(freeze.FROZEN, dtype=str, keep_default_na=False)
    assert set(found["known_to"]) == {"2024-09-30"}
    shipped = dd.Scenario.example("iraq-2024")
    assert set(found["scenario"]) == {shipped.hash}, "tools/freeze_iraq_2024.py --again"
    assert freeze.told(found) in read("docs/scenarios/iraq-2024.md")
    assert not any("iraq-2024" in str(name) for name in dd.reference_class().cases.index)
    assert "iraq-2024" not in gallery.GALLERY


def test_nothing_after_september_2024_is_in_what_is_open() -> None:
    scenario = dd.Scenario.example("iraq-2024")
    sources = scenario.to_dict()["sources"]
    told = [
        text for of in sources.values() for key, text in of.items() if key in ("source", "note")
    ]
    # Dates that were announced or expected then, and no others.
    expected = {"by September 2025", "expected in October 2025"}
    assert [text for text in told if LATER.search(text) and text not in expected] == []
    page = read("docs/scenarios/iraq-2024.md")
    announced = {"September 2025", "October 2025"}
    changed = {"June 2025", "September 2026"}
    assert set(LATER.findall(page)) <= announced | changed


@pytest.mark.parametrize("name", STEPWISE)
def test_steps_are_told_what_was_announced_and_nothing_of_how_they_went(name: str) -> None:
    scenario = record_stepwise.read(name)
    phases = scenario.to_dict()["plan"]["phases"]
    announced = {of["announced_finish"] for of in phases.values()}
    for row in record_stepwise.recorded("dates", name).itertuples():
        # A date that was kept to the day is both.
        assert row.date not in announced or row.date in ("1969-12-15", "1970-04-15"), row.id
    text = read(f"examples/scenarios/{name}.toml")
    for row in record_stepwise.recorded("killed", name).itertuples():
        assert f"{row.killed:,}" not in text, row.first
    for row in record_stepwise.recorded("levels", name).itertuples():
        assert f"{row.people:_}" not in text, row.date


@pytest.mark.parametrize("name", STEPWISE)
def test_people_add_up_as_announced(name: str) -> None:
    scenario = record_stepwise.read(name)
    alone = compare_stepwise.without_others(scenario)
    run = dd.simulate(alone, trials=20, seed=1, progress=False)
    left = {"vietnam-1969": 50, "isaf-2011": 9_800}[name]
    assert set(run.values("people_left")) == {left}
    start = {"vietnam-1969": 543_400, "isaf-2011": 101_000}[name]
    assert set(run.values("people_moved")) == {start - left}
    # Dates of the whole scenario are those without attacks and without the others.
    whole = dd.simulate(scenario.replace({"world.threats": {}}), trials=20, seed=1, progress=False)
    for phase in run.ids("phase"):
        assert (
            whole.values("finish_days", "phase")[phase].tolist()
            == run.values("finish_days", "phase")[phase].tolist()
        ), phase


def test_the_gallery_has_every_case_and_reads_the_tables_of_the_pages() -> None:
    cases = dd.reference_class().cases
    assert set(gallery.GALLERY) == set(cases.index)
    for name, place in gallery.GALLERY.items():
        assert (ROOT / f"examples/scenarios/{name}.toml").exists()
        for first in (*place.losses, *([place.last] if place.last else [])):
            assert len(gallery.simulated(place, first)) == 5, (name, first)
    page = read("docs/reference-class.md")
    assert gallery.dates() in page
    assert gallery.losses()[0] in page


def test_every_table_of_data_has_its_terms() -> None:
    page = read("docs/data-licences.md")
    for name, row in dd.records().iterrows():
        assert f"| `{name}` | {row['title']} | {row['source']} | {row['licence']} |" in page
    for path in (ROOT / "examples/data").glob("*.csv"):
        assert f"`{path.name}`" in page, path.name


def test_the_protocol_has_its_seven_elements_and_its_links_lead_somewhere() -> None:
    page = read("docs/odd.md")
    elements = re.findall(r"^## (\d)\. ", page, re.MULTILINE)
    assert elements == list("1234567")
    for target, anchor in re.findall(r"\]\(([\w./-]+)#([\w-]+)\)", page):
        headings = re.findall(r"^#+ (.*)$", read(f"docs/{target}"), re.MULTILINE)
        assert anchor in {slug(heading) for heading in headings}, f"{target}#{anchor}"
    sections = re.findall(r"^## `world\.(\w+)", read("docs/reference.md"), re.MULTILINE)
    text = page.replace("`", "")
    for section in dict.fromkeys(sections):
        words = {"barrages": "barrages", "costs": "costs", "areas": "area", "reentry": "re-entry"}
        assert f"world.{section}" in text or words.get(section, section) in text, section


def test_pictures_of_past_cases_have_texts_with_numbers() -> None:
    for page in (ROOT / "docs/scenarios").glob("*.md"):
        for alt in re.findall(r"!\[([^\]]*)\]", page.read_text("utf-8")):
            assert len(re.findall(r"\d[\d,]*", alt)) >= 4, f"{page.name}: {alt}"
