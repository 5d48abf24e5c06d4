"""Where a number comes from is kept and shown, and changes no result."""

import json
import pickle
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import drawdown as dd
from drawdown import _core
from every_key import ROOT, TEXT, put, walk

RATE = "world.threats.militia.attacks_per_day"
SHARE = "world.threats.militia.harm.killed_share"
TOLD = {
    RATE: {"value": 0.3, "source": "the record", "note": "to 2024"},
    SHARE: {"value": {"beta": [2, 30]}, "source": "fitted to the record"},
}


@pytest.fixture(scope="module")
def told() -> dd.Scenario:
    return dd.Scenario.example("minimal").replace(TOLD)


def test_sources_are_kept_in_files_copies_and_runs(told: dd.Scenario, tmp_path: Path) -> None:
    about = {
        path: {key: text for key, text in of.items() if key != "value"} for path, of in TOLD.items()
    }
    assert told.to_dict()["sources"] == about
    assert told.to_dict()["world"]["threats"]["militia"]["attacks_per_day"] == 0.3
    for name in ("plan.toml", "plan.json"):
        told.write(tmp_path / name)
        assert dd.Scenario.read(tmp_path / name) == told
    assert 'source = "the record"' in (tmp_path / "plan.toml").read_text("utf-8")
    assert pickle.loads(pickle.dumps(told)) == told
    assert dd.Scenario.from_dict(told.to_dict()) == told
    run = dd.simulate(told, trials=20, seed=1, progress=False)
    run.save(tmp_path / "run.npz")
    assert dd.load(tmp_path / "run.npz").scenario == told
    plain = dd.Scenario.example("minimal").replace({path: of["value"] for path, of in TOLD.items()})
    other = dd.simulate(plain, trials=20, seed=1, progress=False)
    assert run.values("attacks").tolist() == other.values("attacks").tolist()
    assert plain != told


def test_what_is_replaced_has_another_source(told: dd.Scenario) -> None:
    assert list(told.replace({RATE: 0.4}).to_dict()["sources"]) == [SHARE]
    assert list(told.replace({f"{RATE}.value": 0.4}).to_dict()["sources"]) == [RATE, SHARE]
    assert list(told.replace({"title": "Another"}).to_dict()["sources"]) == [RATE, SHARE]
    assert "sources" not in told.replace({"world.threats": {}}).to_dict()


def test_problems_say_where_the_value_is_written(told: dd.Scenario) -> None:
    with pytest.raises(dd.ScenarioError) as caught:
        told.replace({RATE: {"value": -1, "source": "a slip"}})
    assert [problem.path for problem in caught.value.problems] == [f"{RATE}.value"]


def test_a_description_shows_them(told: dd.Scenario) -> None:
    assert f"{RATE}: the record; to 2024" in str(told)


EDITOR = jsonschema.Draft202012Validator(json.loads(_core.schema_as_written()))


def written(text: str) -> Any:
    """A TOML file as an editor checks it: dates are texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(tomllib.loads(text))


@pytest.mark.parametrize("name", _core.examples())
def test_an_editor_finds_nothing_wrong_with_what_ships(name: str) -> None:
    shipped = written(_core.example_toml(name))
    assert [error.message for error in EDITOR.iter_errors(shipped)] == []
    # As it is written again, and as it is kept: sources apart.
    example = dd.Scenario.example(name)
    for again in (written(example.to_toml()), example.to_dict()):
        assert [error.message for error in EDITOR.iter_errors(again)] == []


@pytest.mark.parametrize("name", ["afghanistan-2021", "iraq-2011", "iraq-2024"])
def test_what_ships_says_where_its_ranges_come_from(name: str) -> None:
    example = dd.Scenario.example(name)
    found = example.assumptions()
    for path, source in found.loc[found["what"] == "range", "source"].items():
        assert source.startswith(("judgement", "record", "fitted", "press")), path


RATES = {"Threat.attacks_per_day", "LegAttacks.per_convoy", "LegAttacks.per_person_day"}


def test_an_editor_takes_a_source_beside_every_value() -> None:
    """So does the language, and both refuse what is misspelt."""
    EDITOR.check_schema(EDITOR.schema)
    tree = written(TEXT)
    leaves = [leaf for leaf in walk(tree, ROOT) if leaf.path[0] != "sources"]
    # An item of a list has its source beside the list.
    leaves = [leaf for leaf in leaves if not isinstance(leaf.path[-1], int)]
    assert len(leaves) > 200
    assert {leaf.kind for leaf in leaves} >= {"Range", "Law", "integer", "date", "string"}
    plain = dd.Scenario.from_dict(tree).to_dict()
    for leaf in leaves:
        beside = put(tree, leaf.path, {"value": leaf.value, "source": "a record", "note": "a note"})
        assert EDITOR.is_valid(beside), leaf
        for part in ("sauce", "notes"):
            wrong = put(tree, leaf.path, {"value": leaf.value, part: "a record"})
            assert not EDITOR.is_valid(wrong), leaf
        alone = put(tree, leaf.path, {"value": leaf.value})
        # A state of tension could be called so, and have a rate.
        by_state = leaf.table.endswith(f".{leaf.path[-1]}") and leaf.table in RATES
        assert EDITOR.is_valid(alone) == by_state, leaf
    whole = tree
    for leaf in leaves:
        whole = put(whole, leaf.path, {"value": leaf.value, "source": "a record"})
    assert EDITOR.is_valid(whole)
    told = dd.Scenario.from_dict(whole).to_dict()
    assert len(told.pop("sources")) >= len(leaves)
    plain.pop("sources")
    assert told == plain
