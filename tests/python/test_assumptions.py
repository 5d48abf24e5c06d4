"""Every number stands in the table of assumptions once, with its own source and nobody else's."""

import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import drawdown as dd
from drawdown.cli import main
from drawdown.report.assumed import assumed, how_many
from every_key import DEFINITIONS, ROOT, TEXT, Leaf, put, walk

RATE = "world.threats.militia.attacks_per_day"
RATIO = "plan.phases.leave.duration_ratio"
HARM = "world.threats.militia.harm"
FILES = sorted((Path(__file__).parents[2] / "examples/scenarios").glob("*.toml"))
NUMBERS = ("Range", "Law", "integer", "number", "date")
TREES = {path.stem: dd.Scenario.read(path) for path in FILES} | {
    "every key": dd.Scenario.from_toml(TEXT)
}


def bare(scenario: dd.Scenario) -> dict[str, Any]:
    """A scenario as it would be if it named no sources."""
    return {key: of for key, of in scenario.to_dict().items() if key != "sources"}


def leaves(tree: Any) -> list[Leaf]:
    """The numbers, laws and dates of a scenario, found by its schema."""
    found = [one for one in walk(tree, ROOT) if one.kind in NUMBERS and one.path[0] != "sources"]
    return [one for one in found if one.path != ("schema",)]


def rows_of(table: pd.DataFrame, leaf: Leaf) -> pd.DataFrame:
    """The rows of a number: its own, and those of ranges that it has as parameters."""
    path = str(leaf)
    return table[[one == path or one.startswith(f"{path}.") for one in table.index]]


def texts() -> Iterator[str]:
    """All that the library's definitions say of what its values rest on."""
    for schema in [ROOT, *DEFINITIONS.values()]:
        for field in schema.get("properties", {}).values():
            yield from (field[part] for part in ("basis", "form") if part in field)


@pytest.mark.parametrize("name", TREES)
def test_each_number_stands_there_once(name: str) -> None:
    scenario = TREES[name]
    table, tree = scenario.assumptions(), scenario.to_dict()
    assert table.index.is_unique
    assert table.index.name == "path"
    found = leaves(tree)
    for leaf in found:
        if leaf.value != leaf.schema.get("default"):
            assert len(rows_of(table, leaf)) >= 1, leaf
    known = {str(leaf) for leaf in found}
    # The rest is what is filled in where the scenario says nothing, and what has a source.
    for path in table.index:
        if not any(path == one or path.startswith(f"{one}.") for one in known):
            row = table.loc[path]
            assert row["what"] == "other" or row["whose"] == "library", path
    ranges = table.index[table["what"] == "range"]
    assert sorted(ranges) == sorted(path for path, _ in scenario._compiled.ranges())
    # What the scenario says of anything has a place.
    for path, about in tree.get("sources", {}).items():
        told = table[[one == path or one.startswith(f"{path}.") for one in table.index]]
        assert about.get("source") in [None, *told["source"]], path
        assert about.get("note") in [None, *told["note"]], path


@pytest.mark.parametrize("name", TREES)
def test_whose_a_number_is_is_what_the_core_says(name: str) -> None:
    scenario = dd.Scenario.from_dict(bare(TREES[name]))
    table = scenario.assumptions()
    for path, _, of_library in scenario._compiled.judged():
        rows = table[[one == path or one.startswith(f"{path}.") for one in table.index]]
        assert len(rows) > 0, path
        assert rows["whose"].eq("library" if of_library else "scenario").all(), path
        assert rows["basis"].notna().all() == of_library, path


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", TREES)
def test_sources_of_random_numbers_are_those_of_their_rows(name: str, seed: int) -> None:
    chance = random.Random(seed)
    tree = bare(TREES[name])
    # An item of a list has its source beside the list.
    there = [leaf for leaf in leaves(tree) if not isinstance(leaf.path[-1], int)]
    chosen = chance.sample(there, chance.randint(1, len(there)))
    known: list[tuple[Leaf, dict[str, str]]] = []
    for k, leaf in enumerate(chosen):
        note = {"note": f"note {k}"} if chance.random() < 0.5 else {}
        known.append((leaf, {"source": f"source <{k}>", **note}))
        tree = put(tree, leaf.path, {"value": leaf.value, **known[-1][1]})
    scenario = dd.Scenario.from_dict(tree)
    table = scenario.assumptions()
    for leaf, about in known:
        rows = rows_of(table, leaf)
        assert len(rows) >= 1, leaf
        assert rows["source"].eq(about["source"]).all(), leaf
        assert (
            rows["note"].eq(about["note"]).all() if "note" in about else rows["note"].isna().all()
        )
        assert rows["whose"].eq("scenario").all(), leaf
        assert rows["basis"].isna().all(), leaf
        assert not rows["unsourced"].any(), leaf
    # Nobody else has them.
    given = sum(len(rows_of(table, leaf)) for leaf in chosen)
    assert table["source"].notna().sum() == given
    assert (table["unsourced"] == (table["whose"].eq("scenario") & table["source"].isna())).all()
    # What takes the place of a number is another, even if it is as large: nothing is said of it.
    keyed = [leaf for leaf in chosen if not any(isinstance(key, int) for key in leaf.path)]
    for leaf in chance.sample(keyed, min(len(keyed), 5)):
        left = rows_of(scenario.replace({str(leaf): leaf.value}).assumptions(), leaf)
        assert left["source"].isna().all(), leaf
        assert left["note"].isna().all(), leaf


@pytest.mark.parametrize("name", TREES)
def test_what_the_library_knows_is_said_of_no_number_of_the_scenario(name: str) -> None:
    tree, changed = bare(TREES[name]), []
    for leaf in leaves(tree):
        if leaf.kind in ("Range", "Law") and "limits" in leaf.schema:
            value = leaf.value if isinstance(leaf.value, (int, float)) and leaf.value > 0 else 0.4
            other = put(tree, leaf.path, {"uniform": [0.9 * value, 0.99 * value]})
            try:
                dd.Scenario.from_dict(other)
            except dd.ScenarioError:
                continue
            tree, changed = other, [*changed, leaf]
    assert len(changed) > 10
    assert len(set(texts())) > 5
    scenario = dd.Scenario.from_dict(tree)
    table = scenario.assumptions()
    for leaf in changed:
        rows = rows_of(table, leaf)
        assert rows["unsourced"].all(), leaf
        assert rows["basis"].isna().all(), leaf
    page = assumed(scenario, None)
    for row in [*page.ranges.rows, *page.unsourced.rows, *page.sourced.rows]:
        assert not any(text in cell for text in texts() for cell in row[1:]), row
    own = set(table.index[table["whose"] == "scenario"])
    assert own.isdisjoint(row[0] for row in page.library.rows)


def test_a_source_of_a_table_is_that_of_the_numbers_in_it(minimal: dd.Scenario) -> None:
    path = "world.threats.militia.site_weights"
    table = minimal.replace(
        {path: {"value": {"base": {"uniform": [1, 2]}}, "source": "the map"}}
    ).assumptions()
    assert table.loc[f"{path}.base", "source"] == "the map"
    # One that a default fills in is still the library's, and its basis not the scenario's source.
    told = minimal.replace({HARM: {"value": {"scale": 3}, "source": "a study", "note": "of two"}})
    scale, shape = (told.assumptions().loc[f"{HARM}.{name}"] for name in ("scale", "shape"))
    assert (scale["whose"], shape["whose"]) == ("scenario", "library")
    assert scale["source"] == shape["source"] == "a study"
    assert pd.isna([scale["basis"], shape["basis"]]).all()
    [row] = [row for row in assumed(told, None).library.rows if row[0] == f"{HARM}.shape"]
    assert row[-1] == "the scenario, of its table: a study; of two"
    # Its own come first, and its table's note is not about another source.
    inner = told.replace({f"{HARM}.scale": {"value": 3, "note": "rounded"}})
    assert pd.isna(inner.assumptions().loc[f"{HARM}.shape", "source"])
    tree = told.to_dict()
    tree["sources"][f"{HARM}.scale"] = {"note": "rounded"}
    tree["sources"][f"{HARM}.shape"] = {"source": "another"}
    table = dd.Scenario.from_dict(tree).assumptions()
    assert table.loc[f"{HARM}.scale", ["source", "note"]].tolist() == ["a study", "rounded; of two"]
    assert table.loc[f"{HARM}.shape", "source"] == "another"
    assert pd.isna(table.loc[f"{HARM}.shape", "note"])


def test_a_part_of_a_law_can_have_a_source(minimal: dd.Scenario) -> None:
    law = {"lognormal": {"median": {"value": 1.03, "source": "twelve cases"}, "sigma": 0.15}}
    row = minimal.replace({RATIO: law}).assumptions().loc[RATIO]
    assert row["source"] == "lognormal.median: twelve cases"
    # The same numbers as the default, which the scenario has from elsewhere.
    assert row["whose"] == "scenario"
    assert pd.isna(row["basis"])
    mean = {"value": {"uniform": [1, 2]}, "source": "thirteen"}
    table = minimal.replace({RATIO: {"gamma": {"shape": 4, "mean": mean}}}).assumptions()
    assert table.loc[RATIO, ["value", "what"]].tolist() == [
        "gamma shape 4, mean uniform 1, 2",
        "law",
    ]
    assert table.loc[RATIO, "unsourced"]
    inner = table.loc[f"{RATIO}.gamma.mean"]
    assert inner[["value", "what", "source"]].tolist() == ["uniform 1, 2", "range", "thirteen"]
    # A law of which nobody knows the only number is one row.
    table = minimal.replace({RATIO: {"constant": mean}}).assumptions()
    assert [path for path in table.index if path.startswith(RATIO)] == [f"{RATIO}.constant"]
    weight = {"uniform": [1, 2]}
    mixture = {"mixture": [{"weight": weight, "value": 1}, {"weight": 2, "value": 3}]}
    table = minimal.replace({RATIO: mixture}).assumptions()
    assert table.loc[RATIO, "value"] == "uniform 1, 2 × (1) or 2 × (3)"


def test_what_is_no_number_is_there_if_its_source_is(minimal: dd.Scenario) -> None:
    to = "plan.phases.leave.moves.everybody.to"
    assert to not in minimal.assumptions().index
    table = minimal.replace({to: {"value": "home", "note": "all of them"}}).assumptions()
    assert table.loc[to, ["value", "what", "whose"]].tolist() == ["home", "other", "scenario"]
    assert table.loc[to, "note"] == "all of them"
    assert not table.loc[to, "unsourced"]
    assert how_many(minimal).startswith("Of the 5 ")


def test_defaults_without_a_basis_are_told_where_they_act(minimal: dd.Scenario) -> None:
    path = "world.threats.militia.exit_pattern"
    told = minimal.replace({path: {"after": 2}})
    row = told.assumptions().loc[f"{path}.before_days"]
    assert row[["value", "whose"]].tolist() == ["90", "library"]
    assert pd.isna(row["basis"])
    assert [f"{path}.before_days", "90", "–"] in assumed(told, None).library.rows
    assert "world.threats.militia.rate_factor" not in told.assumptions().index
    horizon = minimal.assumptions().loc["horizon"]
    assert horizon[["value", "whose"]].tolist() == [minimal.horizon.isoformat(), "library"]
    assert horizon["basis"].startswith("730 days after the last announced finish")
    dated = minimal.replace({"horizon": minimal.horizon}).assumptions().loc["horizon"]
    assert dated["whose"] == "scenario"


def test_values_are_in_words_without_loss_of_people(minimal: dd.Scenario) -> None:
    garrison = "world.sites.base.garrison.us"
    table = minimal.replace({garrison: 1_234_567}).assumptions()
    assert table.loc[garrison, "value"] == "1234567"


def test_what_is_missing_is_missing(minimal: dd.Scenario) -> None:
    table = minimal.replace({RATE: {"value": 0.3, "source": "the record"}}).assumptions()
    assert table["note"].isna().all()
    assert table["source"].dropna().tolist() == ["the record"]
    assert table.dtypes.astype(str).tolist() == ["str"] * 6 + ["bool"] * 2
    assert table[table["unsourced"]].index.tolist() == [
        "plan.phases.leave.announced_finish",
        "plan.phases.leave.announced_start",
        "start",
        "world.sites.base.garrison.us",
    ]
    again = pd.read_csv(io.StringIO(table.to_csv()), index_col="path", dtype={"value": "str"})
    pd.testing.assert_frame_equal(again.astype({"note": "str"}), table)


def test_how_many_have_a_source_is_said(minimal: dd.Scenario) -> None:
    of = "numbers and dates that the scenario states"
    assert how_many(minimal) == f"Of the 5 {of}, none has a source."
    one = minimal.replace({RATE: {"value": 0.3, "source": "judgement, of two"}})
    assert how_many(one) == f"1 of 5 {of} have a source, which is judgement for 1."
    tree = one.to_dict()
    paths = one.assumptions().query("unsourced").index
    tree["sources"] = {path: {"source": "the record"} for path in [RATE, *paths]}
    assert how_many(dd.Scenario.from_dict(tree)) == f"All 5 {of} have a source."


LONG = "a long story " * 160
ODD = {
    RATE: {
        "value": {"uniform": [0.2, 0.3]},
        "source": "<script>alert(1)</script> & `more`",
        "note": "of days that were quiet " * 20,
    },
    f"{HARM}.killed_share": {"value": 0.06, "source": LONG, "note": '"quoted" <b>'},
    "world.threats.militia.site_weights": {"value": {"base": 2, "annex": 1}, "source": "a map"},
    "world.sites.annex": {"garrison": {"us": 7}},
}


@pytest.fixture(scope="module")
def odd() -> dd.Scenario:
    return dd.Scenario.example("minimal").replace(ODD)


def test_the_page_has_them_as_they_are_written(odd: dd.Scenario, tmp_path: Path) -> None:
    run = dd.simulate(odd, trials=40, seed=7, progress=False)
    run.report(tmp_path / "page.html", trials=20, progress=False)
    page = (tmp_path / "page.html").read_text("utf-8")
    part = page[page.index('<section id="assumptions"') :].partition("</section>")[0]
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <code>more</code>" in part
    # In full below, and cut where it stands among others.
    assert part.count(LONG.strip()) == 1
    assert part.count(ODD[RATE]["note"].strip()) == 1
    assert f"{LONG[:239]}…" in part
    assert "&quot;quoted&quot; &lt;b&gt;" in part
    assert how_many(odd) in part
    assert how_many(odd).rstrip(".") in page[page.index('<section id="checklist"') :]
    # Weights that have one source stand together.
    row = ["world.threats.militia.site_weights", "annex 1; base 2", "a map", "–"]
    assert row in assumed(odd, None).sourced.rows
    assert "Folded" not in part
    # Beside the ranks of ranges too, and folded.
    ranks = page[page.index("<h2>Which uncertain numbers go along") :].partition("</section>")[0]
    assert "&lt;script&gt;" in ranks


def test_many_numbers_are_folded(tmp_path: Path) -> None:
    garrison = {"value": {"us": 40}, "source": "a count"}
    sites = {f"post_{k}": {"garrison": garrison} for k in range(30)}
    sites["post_0"] = {"garrison": {"us": 77}}
    told = dd.Scenario.from_dict({"schema": 1, "start": "2025-01-01", "world": {"sites": sites}})
    pages = []
    for scenario in (told, dd.Scenario.from_dict(bare(told))):
        run = dd.simulate(scenario, trials=2, seed=7, progress=False)
        run.report(tmp_path / "page.html", trials=2, progress=False)
        page = (tmp_path / "page.html").read_text("utf-8")
        pages.append(page[page.index('<section id="assumptions"') :].partition("</section>")[0])
    first, second = pages
    few = first[first.index("Without a source") : first.index("<summary>Folded: 29 rows")]
    assert "<th>world.sites.post_0.garrison.us</th><td>77</td>" in few
    assert "Without a source</h4>\n<details><summary>Folded: 31 rows</summary>" in second
    assert "With a source" not in second


def test_results_have_the_source_of_each_range(odd: dd.Scenario) -> None:
    factor = "world.threats.militia.rate_factor"
    scenario = odd.replace({factor: {"uniform": [0.5, 1.5]}})
    how: Any = {"seed": 7, "progress": False}
    run = dd.simulate(scenario, trials=400, samples=100, **how)
    source = ODD[RATE]["source"]
    driven = [
        run.drivers(["attacks"]),
        dd.drivers(scenario, ["attacks"], samples=8, trials=16, **how),
    ]
    tornado = dd.tornado(scenario, ["attacks"], trials=4, **how)
    for found in [*driven, tornado]:
        told = found.table().loc["attacks", "source"]
        assert told[RATE] == source
        assert pd.isna(told[factor])
        assert found.table().columns[-1] == "source"
        assert found.section(run).sources.rows[0][1:] in ([source], ["no source"])
        assert len(found.section(run).sources.rows) == 2
    groups = {"both": [RATE, factor]}
    grouped = dd.drivers(scenario, ["attacks"], samples=8, trials=16, groups=groups, **how)
    assert grouped.table()["source"].isna().all()
    assert grouped.section(run).sources.rows == [
        [f"both: {RATE}", source],
        [f"both: {factor}", "no source"],
    ]
    mean = run.values("attacks").mean()
    boxes = dd.scenario_discovery(run, {"attacks": mean})
    limits = boxes.table()
    assert {name for _, name in limits.index} <= {RATE, factor}
    for (_, name), told in limits["source"].items():
        assert (told == source) if name == RATE else pd.isna(told)
    assert len(boxes.section(run).sources.rows) == len(limits.index.unique("range"))
    # Runs of which each has a source of its own do not tell of one.
    other = scenario.replace({RATE: {"value": ODD[RATE]["value"], "source": "another"}})
    pooled = dd.compare({"a": scenario, "b": other}, trials=400, samples=100, stay=False, **how)
    limits = dd.scenario_discovery(pooled, {"attacks": mean}).table()
    assert len(limits) > 0
    assert limits["source"].isna().all()


def test_the_command_line_prints_the_table(
    odd: dd.Scenario, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "plan.toml"
    odd.replace({RATE: {"value": 0.3, "source": "=1+1", "note": "Հեռացում, “so”\nsaid"}}).write(
        path
    )
    assert main(["check", str(path), "--assumptions"]) == 0
    printed = capsysbinary.readouterr().out
    found = pd.read_csv(io.BytesIO(printed), index_col="path", dtype={"value": "str"})
    table = dd.Scenario.read(path).assumptions()
    assert found.loc[RATE, "note"] == "Հեռացում, “so”\nsaid"
    # No program of spreadsheets is to compute with it.
    assert found.loc[RATE, "source"] == "'=1+1"
    found.loc[RATE, "source"] = "=1+1"
    pd.testing.assert_frame_equal(found, table)
