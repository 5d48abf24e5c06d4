"""A scenario to begin with, from a table of sites."""

import pandas as pd
import pytest

import drawdown as dd
from drawdown import cli, exchange

TEXT = """site,people,announced_finish,title,area,contingent
asad,1500,2026-09-30,Al Asad,west,us
asad,200,2026-09-30,,,it
erbil,900,2026-12-31,,north,us
erbil,50,2026-11-30,,north,it
"""


def test_a_table_of_sites_makes_a_scenario_that_runs(tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text(TEXT)
    scenario = exchange.new_scenario(path, start="2026-01-01", title="Home")
    nested = scenario.to_dict()
    sites = nested["world"]["sites"]
    assert scenario.title == "Home"
    assert sites["asad"]["garrison"] == {"us": 1500, "it": 200}
    assert (sites["asad"]["title"], sites["asad"]["area"]) == ("Al Asad", "west")
    phases = nested["plan"]["phases"]
    assert set(phases) == {"asad", "erbil-us", "erbil-it"}
    assert set(phases["asad"]["moves"]) == {"us", "it"}
    assert phases["erbil-it"]["announced_finish"] == "2026-11-30"
    assert phases["asad"]["announced_start"] == "2026-01-01"
    assert not scenario.warnings
    run = dd.simulate(scenario, trials=20, seed=1, progress=False)
    assert (run.finish_dates().loc["site", "people_left"] == 0).all()
    scenario.write(tmp_path / "scenario.toml")
    assert dd.Scenario.read(tmp_path / "scenario.toml") == scenario


def test_a_frame_and_a_workbook_make_the_same(tmp_path):
    frame = pd.DataFrame(
        {
            "site": ["asad", "erbil"],
            "people": [1500, 900],
            "announced_finish": pd.to_datetime(["2026-09-30", "2026-12-31"]),
            "announced_start": pd.to_datetime(["2026-03-01", None]),
        }
    )
    frame.to_excel(tmp_path / "sites.xlsx", index=False)
    scenario = exchange.new_scenario(frame)
    assert scenario == exchange.new_scenario(str(tmp_path / "sites.xlsx"))
    assert scenario.start.isoformat() == "2026-03-01"
    assert scenario.to_dict()["plan"]["phases"]["erbil"]["announced_start"] == "2026-03-01"
    assert scenario.to_dict()["world"]["sites"]["asad"]["garrison"] == {"troops": 1500}


def test_every_problem_is_told_at_once():
    frame = pd.DataFrame(
        {
            "site": ["asad", "", "erbil", "erbil"],
            "people": ["many", 5, None, 7],
            "announced_finish": ["2026-09-30", "30.9.2026", "2026-09-30", "2026-09-30"],
        }
    )
    with pytest.raises(dd.ExchangeError) as refused:
        exchange.new_scenario(frame)
    assert {(one.path, one.code) for one in refused.value.problems} == {
        ("sites[0].people", "unreadable"),
        ("sites[1].site", "empty"),
        ("sites[1].announced_finish", "unreadable"),
        ("sites[2].people", "empty"),
        ("sites[3].contingent", "twice"),
    }


def test_columns_are_named():
    frame = pd.DataFrame({"site": ["asad"], "persons": [1]})
    with pytest.raises(dd.ExchangeError) as refused:
        exchange.new_scenario(frame)
    assert {(one.path, one.code) for one in refused.value.problems} == {
        ("sites.people", "no_column"),
        ("sites.announced_finish", "no_column"),
        ("sites.persons", "unknown_column"),
    }
    with pytest.raises(dd.ExchangeError, match="no site in it"):
        exchange.new_scenario(pd.DataFrame(columns=["site", "people", "announced_finish"]))
    with pytest.raises(dd.ExchangeError, match="begins to leave"):
        exchange.new_scenario(
            pd.DataFrame({"site": ["a"], "people": [1], "announced_finish": ["2026-09-30"]})
        )
    with pytest.raises(TypeError, match="a table is"):
        exchange.new_scenario(7)


def test_the_command_begins_a_scenario_too(tmp_path, capsys):
    table, out = tmp_path / "sites.csv", tmp_path / "made.toml"
    table.write_text("site,people,announced_finish\nasad,1500,2026-09-30\n")
    asked = ["new", str(table), "--start", "2026-01-01", "--title", "Home"]
    assert cli.main(asked) == 0
    printed = capsys.readouterr().out
    assert dd.Scenario.from_toml(printed) == exchange.new_scenario(
        table, start="2026-01-01", title="Home"
    )
    assert cli.main([*asked, "--out", str(out)]) == 0
    assert dd.Scenario.read(out) == dd.Scenario.from_toml(printed)
    table.write_text("site,people,announced_finish\nasad,many,2026-09-30\n")
    assert cli.main(asked) == cli.REFUSED
    assert "many" in capsys.readouterr().err
