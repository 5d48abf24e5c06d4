"""Plans as tables in CSV files and workbooks."""

import csv
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

import drawdown as dd
import random_plans
from drawdown import exchange

KINDS = ["plan", "plan.xlsx"]
HARMFUL = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''-", "'", "=cmd|' /C calc'!A0"]
TABLES = ("activities", "moves", "sites")


def random_scenario(seed):
    nested = random_plans.scenario(seed, ["pause"], 1, *random_plans.FEATURES)
    try:
        return dd.Scenario.from_dict(nested)
    except dd.ScenarioError:  # some have more moves than a lift has room for
        reject()


def same(one, other):
    for name in TABLES:
        a, b = (getattr(exchange.tables(each), name) for each in (one, other))
        pd.testing.assert_frame_equal(a, b)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", dd.examples())
def test_shipped_scenarios_come_back(tmp_path, kind, name):
    scenario = dd.Scenario.example(name)
    exchange.write_tables(scenario, tmp_path / kind)
    back = exchange.read_tables(tmp_path / kind)
    assert back.scenario(scenario) == scenario
    if not scenario.to_dict()["plan"].get("gates"):  # that phases wait for
        same(back.scenario(scenario.stay()), scenario)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**6), kind=st.sampled_from(KINDS))
def test_random_scenarios_come_back(tmp_path, seed, kind):
    scenario = random_scenario(seed)
    exchange.write_tables(scenario, tmp_path / kind)
    assert exchange.read_tables(tmp_path / kind).scenario(scenario) == scenario


def test_without_another_scenario_there_is_what_the_tables_hold(tmp_path):
    scenario = dd.Scenario.example("minimal")
    exchange.write_tables(scenario, tmp_path / "plan")
    back = exchange.read_tables(tmp_path / "plan").scenario(start="2025-01-01")
    same(back, scenario)
    assert back.start == scenario.start
    assert exchange.read_tables(tmp_path / "plan").scenario().start.isoformat() == "2025-03-01"
    assert not back.to_dict()["world"].get("threats")
    dd.simulate(back, trials=5, seed=1, progress=False)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=st.text(st.characters(exclude_categories=["Cs", "Cc"])), kind=st.sampled_from(KINDS))
@example(title="a\nb", kind="plan")
@example(title="a\r\nb\tc", kind="plan")
@example(title='a;b,"c"', kind="plan")
@example(title="_x0041_", kind="plan.xlsx")
@example(title="#N/A", kind="plan.xlsx")
@example(title="2026-01-01", kind="plan.xlsx")
@example(title="17", kind="plan.xlsx")
def test_titles_come_back(tmp_path, title, kind):
    scenario = dd.Scenario.example("minimal").replace({"plan.phases.leave.title": title})
    exchange.write_tables(scenario, tmp_path / kind)
    assert exchange.read_tables(tmp_path / kind).scenario(scenario) == scenario


@pytest.mark.parametrize("title", HARMFUL)
def test_no_cell_of_a_csv_begins_as_a_formula_does(tmp_path, title):
    scenario = dd.Scenario.example("minimal").replace(
        {"plan.phases.leave.title": title, "world.sites.base.title": title}
    )
    exchange.write_tables(scenario, tmp_path / "plan")
    for path in (tmp_path / "plan").iterdir():
        with path.open(newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(tuple("=+-@\t\r"))]
    assert exchange.read_tables(tmp_path / "plan").scenario(scenario) == scenario


@pytest.mark.parametrize("title", HARMFUL)
def test_no_cell_of_a_workbook_is_a_formula(tmp_path, title):
    scenario = dd.Scenario.example("minimal").replace(
        {"plan.phases.leave.title": title, "world.sites.base.title": title}
    )
    path = tmp_path / "plan.xlsx"
    exchange.write_tables(scenario, path)
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert kinds <= {"s", "inlineStr", "n", "d"}
    wanted = title.replace("\r", "\n")  # as any reader of XML has it
    assert book["activities"]["B2"].value == wanted


def test_an_id_that_begins_with_a_dash_comes_back(tmp_path):
    scenario = dd.Scenario.from_dict(
        {
            "schema": 1,
            "start": "2026-01-01",
            "world": {"sites": {"-a": {"garrison": {"-us": 5}}}},
            "plan": {
                "phases": {
                    "-p": {
                        "announced_start": "2026-02-01",
                        "announced_finish": "2026-03-01",
                        "moves": {"-m": {"site": "-a", "contingent": "-us"}},
                    }
                }
            },
        }
    )
    exchange.write_tables(scenario, tmp_path / "plan")
    assert exchange.read_tables(tmp_path / "plan").scenario(scenario) == scenario


def test_a_run_brings_its_results(tmp_path):
    run = dd.simulate(dd.Scenario.example("minimal"), trials=20, seed=1, progress=False)
    exchange.write_tables(run, tmp_path / "plan.xlsx")
    exchange.write_tables(run, tmp_path / "plan")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == [*TABLES, "finish_dates", "summary"]
    told = pd.read_csv(tmp_path / "plan/finish_dates.csv").set_index(["of", "id"], drop=False)
    dates = run.finish_dates()
    day = told.loc[("phase", "leave"), "p80"]
    assert day == dates.loc[("phase", "leave"), "p80"].date().isoformat()
    assert len(book["summary"]["A"]) == len(run.summary()) + 1
    assert exchange.read_tables(tmp_path / "plan").scenario(run.scenario) == run.scenario


def activities(**columns):
    usual = {
        "phase": ["one"],
        "announced_start": ["2026-02-01"],
        "announced_finish": ["2026-03-01"],
    }
    return pd.DataFrame({**usual, **columns})


SITES = pd.DataFrame({"site": ["asad"], "garrison.us": [600]})
MOVES = pd.DataFrame({"phase": ["one"], "site": ["asad"], "contingent": ["us"]})


def test_columns_that_are_not_needed_may_be_left_out():
    scenario = exchange.Tables(activities(), MOVES, SITES).scenario()
    phase = scenario.to_dict()["plan"]["phases"]["one"]
    assert phase["moves"] == {"us-asad": {"site": "asad", "contingent": "us", "to": "home"}}


def test_every_cell_that_cannot_be_read_is_told_at_once():
    frame = pd.DataFrame(
        {
            "phase": ["one", "one", "", "four"],
            "announced_start": ["soon", None, "2026-02-01", "2026-02-01 10:00"],
            "announced_finish": ["2026-03-01"] * 4,
            "duration_ratio": ["{", 1.5, "", True],
            "after": ["one start", "one; one", "two finish_to_finish -3", "a start_to_start 3 4"],
            "titel": [""] * 4,
        }
    )
    moves = pd.DataFrame(
        {"phase": ["ohne", "four", "four"], "site": "asad", "contingent": "us", "people": 1.5}
    )
    with pytest.raises(dd.ExchangeError) as refused:
        exchange.Tables(frame, moves, SITES).scenario()
    assert {(one.path, one.code) for one in refused.value.problems} == {
        ("activities.titel", "unknown_column"),
        ("activities[0].announced_start", "unreadable"),
        ("activities[0].duration_ratio", "unreadable"),
        ("activities[0].after", "unreadable"),
        ("activities[1].phase", "twice"),
        ("activities[1].announced_start", "unreadable"),
        ("activities[1].after", "unreadable"),
        ("activities[2].phase", "no_id"),
        ("activities[2].after", "unreadable"),
        ("activities[3].announced_start", "unreadable"),
        ("activities[3].duration_ratio", "unreadable"),
        ("activities[3].after", "unreadable"),
        ("moves[0].phase", "unknown_phase"),
        ("moves[1].people", "unreadable"),
        ("moves[2].move", "twice"),
        ("moves[2].people", "unreadable"),
    }
    assert "did you mean `title`" in str(refused.value)


def test_what_a_phase_waits_for_is_read_in_words():
    frame = pd.DataFrame(
        {
            "phase": ["a", "b", "c"],
            "announced_start": ["2026-02-01", "2026-03-01", "2026-04-01"],
            "announced_finish": ["2026-03-01", "2026-04-01", "2026-05-01"],
            "after": [None, "a", " a ;b start_to_start +7.5; "],
        }
    )
    tables = exchange.Tables(frame, MOVES.iloc[:0], SITES)
    phases = tables.scenario().to_dict()["plan"]["phases"]
    assert phases["b"]["after"] == ["a"]
    assert phases["c"]["after"]["b"] == {"relation": "start_to_start", "lag_days": 7.5}


def test_a_csv_of_another_country_is_read(tmp_path):
    folder = tmp_path / "plan"
    folder.mkdir()
    text = "phase;announced_start;announced_finish\r\n\r\none;2026-02-01;2026-03-01\r\n"
    (folder / "activities.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (folder / "sites.csv").write_text("site,garrison.us\nasad,600\n")
    tables = exchange.read_tables(folder)
    assert list(tables.scenario().to_dict()["plan"]["phases"]) == ["one"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"phase,phase\n", "columns"),
        (b"phase\na,b\n", "columns"),
        (b"", "empty"),
        (b"ph\xffase\n", "encoding"),
    ],
)
def test_a_csv_that_is_none_is_refused(tmp_path, content, code):
    (tmp_path / "activities.csv").write_bytes(content)
    with pytest.raises(dd.ExchangeError) as refused:
        exchange.read_tables(tmp_path)
    assert [one.code for one in refused.value.problems] == [code]


def test_files_that_are_no_tables_are_refused(tmp_path):
    (tmp_path / "plan.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(dd.ExchangeError, match="no workbook"):
        exchange.read_tables(tmp_path / "plan.xlsx")
    with pytest.raises(dd.ExchangeError, match="none of the tables"):
        exchange.read_tables(tmp_path)
    with pytest.raises(FileNotFoundError, match="no such folder"):
        exchange.read_tables(tmp_path / "nowhere")
    for call in (exchange.read_tables, lambda path: exchange.write_tables(None, path)):
        with pytest.raises((ValueError, AttributeError)):
            call(tmp_path / "plan.csv")


def test_what_a_formula_came_to_is_read(tmp_path):
    path = tmp_path / "plan.xlsx"
    exchange.write_tables(dd.Scenario.example("minimal"), path)
    book = openpyxl.load_workbook(path)
    book["sites"]["D2"] = "=500+100"
    book.save(path)
    # Nobody has computed it.
    assert pd.isna(exchange.read_tables(path).sites.loc[0, "garrison.us"])


def test_without_openpyxl_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(ImportError, match=r"pip install openpyxl"):
        exchange.write_tables(dd.Scenario.example("minimal"), Path(tmp_path / "plan.xlsx"))
