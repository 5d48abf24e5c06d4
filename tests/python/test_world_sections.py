"""Drivers, failing worlds and conclusions on the page of a run."""

import drawdown as dd
from drawdown.report.page import section as section_of
from test_conclusions import leaving
from test_draws import FACTOR


def test_they_are_sections_of_the_page_with_the_numbers_of_the_calls(tmp_path):
    scenario = leaving()
    how = {"seed": 7, "progress": False}
    run = dd.simulate(scenario, trials=2_000, samples=200, **how)
    measures = ["finish_days", "attacks"]
    drivers = dd.drivers(scenario, measures, samples=32, trials=128, **how)
    plans = dd.compare({"leave": scenario}, trials=1_000, samples=100, **how)
    failing = dd.scenario_discovery(run, {"attacks": 25})
    found = plans.conclusions(
        {"it saves": ("leave", "attacks", "<=", "stay"), "few": ("leave", "attacks", "<", 25)}
    )
    path = tmp_path / "page.html"
    run.report(path, [found, failing, drivers], progress=False)
    page = path.read_text("utf-8")
    heads = [
        "Which uncertain numbers drive the answer?",
        "In which worlds does the plan fail?",
        "Which conclusions survive?",
    ]
    places = [page.index(f">{head}<") for head in heads]
    assert places == sorted(places)
    assert "1 of 2 conclusions hold in every world: it saves." in page
    assert failing.where() in page
    assert f"in {int(failing.truth.holds.sum())} of 200 worlds" in page
    assert f"{drivers.table('attacks').loc[FACTOR, 'total']:.2f}" in page
    assert "attacks by group.rate_factor (" in page
    assert "What drives finish days cannot be told from chance" in page
    again = tmp_path / "again.html"
    run.report(again, [found, failing, drivers], progress=False)
    assert again.read_bytes() == path.read_bytes()


def test_drivers_of_a_run_are_a_section_too():
    run = dd.simulate(leaving(), trials=400, samples=100, seed=7, progress=False)
    section = section_of(run.drivers(["attacks"]), run)
    assert section.scenario == run.scenario
    assert "delay_risks" not in section.answers
    none = section_of(dd.scenario_discovery(run, {"attacks": 10_000}), run)
    assert (none.tables, none.pictures) == ([], [])
    assert "fails (attacks above 10000) in 0 of 100 worlds" in none.text[0]
