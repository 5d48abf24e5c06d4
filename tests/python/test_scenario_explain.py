"""`Scenario.explain`: every key of every scenario has its entry, and a wrong path is understood."""

import json
import re
from pathlib import Path

import pytest

import drawdown as dd
from drawdown import _core
from drawdown.scenario.definitions import anchor, fields_of, places

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs/reference.md").read_text("utf-8")
ANCHORS = {anchor(heading) for heading in re.findall(r"^#+ (.*)$", REFERENCE, re.MULTILINE)}
SCHEMA = json.loads(_core.schema())


def paths(tree, path=()):
    """The path of everything that a scenario has."""
    for key, value in tree.items():
        yield _core.join_path([*path, key])
        if isinstance(value, dict):
            yield from paths(value, (*path, key))


def listed(place, key):
    """The line of the reference page on a key, as one text."""
    entries = REFERENCE.split(f"## `{place}`\n")[1].split("\n## ")[0].split("\n- ")
    (found,) = [one for one in entries if one.startswith(f"**`{key}`**: ")]
    return " ".join(found.split()).partition(": ")[2].replace("*", "")


@pytest.mark.parametrize("name", dd.examples())
def test_everything_that_a_scenario_has_is_explained(name):
    scenario = dd.Scenario.example(name)
    tree = scenario.to_dict()
    tree.pop("sources", None)
    for path in paths(tree):
        entry = scenario.explain(path)
        assert entry.facts, path
        assert entry.page.removeprefix("docs/reference.md#") in ANCHORS, path
        assert entry.here not in ("", "left out.") or not value_at(tree, path), path


def value_at(tree, path):
    for key in _core.split_path(path):
        tree = tree[key]
    return tree


def test_every_key_of_the_language_says_what_the_reference_says(iraq):
    """Any key of any table, reached by the place that the reference gives for it."""
    for name, found in places(SCHEMA).items():
        for key in fields_of(SCHEMA["$defs"][name]):
            entry = iraq.explain(f"{found[0]}.{key}")
            assert f"{entry.facts}. {entry.text}" == listed(found[0], key)
            assert entry.place == f"{found[0]}.{key}"
            assert (entry.here == "") == ("<" in found[0])


def test_what_the_scenario_has_is_told_with_its_source(minimal):
    path = "world.threats.militia.attacks_per_day"
    told = minimal.replace({path: {"value": 0.3, "source": "the record", "note": "of 2024"}})
    assert told.explain(path).here == "0.3; source: the record; note: of 2024."
    assert told.explain("world.threats.militia.truce").here == "left out."
    assert told.explain("world.threats").here == "militia."
    assert told.explain("world").here == "given."


def test_a_table_lists_its_keys_and_a_law_its_parameters(iraq):
    entry = iraq.explain("world.threats.militias.truce")
    assert list(entry.keys) == ["factor", "grace_days"]
    assert entry.keys["factor"].startswith("range; required; 0 to 100; judgement. Multiplies")
    path = "world.threats.militias.attacks_per_day.calm.lognormal"
    assert list(iraq.explain(path).keys) == ["median", "sigma"]


def test_it_prints_and_shows_itself(iraq):
    entry = iraq.explain("world.threats.<id>.truce")
    lines = str(entry).splitlines()
    assert lines[0] == "world.threats.<id>.truce"
    assert "table; optional; disputed. Holding fire" in lines[1]
    assert any(line.strip().startswith("grace_days: range; days;") for line in lines)
    assert max(map(len, lines)) <= 100
    shown = entry._repr_html_()
    assert "world.threats.&lt;id&gt;.truce" in shown
    assert "<id>" not in shown
    assert ">grace_days</th>" in shown


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("world.threats.militias.truc", "did you mean `world.threats.militias.truce`?"),
        ("wrld.sites", "a scenario has no `wrld`: did you mean `world`?"),
        ("world.threats.militia", "did you mean `militias`? `world.threats.<id>` stands for any"),
        ("now.gates.approval", "there are none; `now.gates.<id>` stands for any"),
        ("truce", "it stands at `world.threats.<id>.truce`"),
        ("plan.pause_days", "`plan.breathing_room.pause_days`"),
        ("world.tension.xyz", "there are "),
        ("title.x", "`title` has no keys"),
        ("plan..phases", "is no path"),
        ("", "is no path"),
    ],
)
def test_a_wrong_path_is_refused_with_what_was_meant(iraq, path, said):
    with pytest.raises(ValueError, match="`") as refused:
        iraq.explain(path)
    assert said in str(refused.value)


def test_what_is_meant_can_be_asked_for(iraq):
    with pytest.raises(ValueError, match="did you mean") as refused:
        iraq.explain("world.threats.militias.attack_per_day")
    meant = re.search("did you mean `(.*)`", str(refused.value))[1]
    assert iraq.explain(meant).place == "world.threats.<id>.attacks_per_day"


def test_a_path_is_a_text(minimal):
    with pytest.raises(TypeError, match="`path` must be a text, not int"):
        minimal.explain(3)
