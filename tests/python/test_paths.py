"""Paths of a scenario: keys joined to a path come back, from here and from the core."""

import json
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

import drawdown as dd
from drawdown import _core
from drawdown.scenario.paths import differing, dotted, matching

MINIMAL = dd.Scenario.example("minimal")
# The same cases each time, on any machine.
SAME = settings(derandomize=True, database=None, deadline=None, max_examples=100)

bare = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
# What paths are written with, and what anybody may write.
keys = (
    bare
    | st.text(st.sampled_from('a0.*"\\\n[é'), max_size=4)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
trees = st.recursive(
    st.integers(0, 3), lambda inner: st.dictionaries(keys, inner, max_size=3), max_leaves=12
)


@SAME
@given(st.lists(keys, min_size=1))
def test_keys_that_are_joined_come_back(those):
    path = reduce(dotted, those, "")
    assert _core.split_path(path) == those
    assert _core.join_path(those) == path


@SAME
@given(keys)
def test_the_core_writes_and_reads_the_same_paths(key):
    garrison = "world.sites.base.garrison"
    try:
        there = MINIMAL.replace({garrison: {"us": 600, key: 5}})
    except dd.ScenarioError as error:
        [problem] = error.problems
        assert _core.split_path(problem.path) == [*garrison.split("."), key]
    else:
        changed = there.replace({dotted(garrison, key): 17}).to_dict()
        assert changed["world"]["sites"]["base"]["garrison"] == {"us": 600, key: 17}


def leaves(tree, path=()):
    if not isinstance(tree, dict):
        yield path, tree
    for key in tree if isinstance(tree, dict) else ():
        yield from leaves(tree[key], (*path, key))


@SAME
@given(st.dictionaries(keys, trees, min_size=1, max_size=3))
def test_a_pattern_of_stars_finds_every_leaf_at_its_depth(tree):
    for depth in range(1, 4):
        due = {
            reduce(dotted, path, ""): value for path, value in leaves(tree) if len(path) == depth
        }
        found = dict(matching(tree, ".".join("*" * depth)))
        assert {path: value for path, value in found.items() if not isinstance(value, dict)} == due


@SAME
@given(st.dictionaries(keys, trees, min_size=1, max_size=3), st.data())
def test_a_leaf_that_differs_is_named(tree, data):
    path, value = data.draw(st.sampled_from(list(leaves(tree)) or [((), None)]))
    other = json.loads(json.dumps(tree))
    if path:
        reduce(dict.__getitem__, path[:-1], other)[path[-1]] = value + 1
    assert list(differing(tree, other)) == ([reduce(dotted, path, "")] if path else [])
    assert not list(differing(tree, json.loads(json.dumps(tree))))
