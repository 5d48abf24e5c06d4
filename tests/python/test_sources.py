"""Where a number comes from is kept and shown, and changes no result."""

import pickle
from pathlib import Path

import pytest

import drawdown as dd
from drawdown.scenario import assumptions

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


def test_pages_show_them(told: dd.Scenario) -> None:
    assert f"{RATE}: the record; to 2024" in str(told)
    [row] = [row for row in assumptions.ranges(told, None).rows if row[0] == SHARE]
    assert row[-1] == "fitted to the record"
