"""What is written in a scenario can be read in its description, and on what its numbers rest."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

import drawdown as dd
from drawdown.languages.catalogue import LANGUAGES
from every_key import DEFINITIONS, LAWS, ROOT, TEXT, Leaf, keys, others, put, resolve_for, walk

TREE = tomllib.loads(TEXT)
# Of the version of the language there is but one; the moves of waves can only change places, and
# on a working day a phase is done; people are on the sites on which they may be, and are brought where
# a move takes them.
FIXED = {"schema", "waves", "working_days", "only_on", "takes_arrivals"}
LEAVES = [leaf for leaf in walk(TREE, ROOT) if not FIXED & set(leaf.path)]
# What a description says in words of its own.
SAID_OTHERWISE = (
    "Contagion.start",
    "Drift.start",
    "Link.relation",
    "Load.fate",
    "PhaseIs.state",
    "Rule.at_once",
    "Condition.expelled",
    "Weapon.interceptable",
    "Blackout.allowed_for",
    "Mitigation.taken",
)


def described(tree: dict[str, Any]) -> str | None:
    """The description of a scenario; None where it is refused."""
    try:
        return str(dd.Scenario.from_dict(tree))
    except dd.ScenarioError:
        return None


def described_in(tree: dict[str, Any], language: str) -> str:
    """The description in a language."""
    sections = dd.Scenario.from_dict(tree)._compiled.description(language)
    return "\n".join("\n".join([title, *lines]) for _, title, lines in sections)


def token(value: Any) -> str:
    """A value as it is printed."""
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return str(value)


def named(text: str, value: Any) -> int:
    """How often a text names a value."""
    return len(re.findall(rf"(?<![\w.-]){re.escape(token(value))}(?!\w|\.\d)", text))


def test_the_scenario_has_every_key_of_the_language() -> None:
    # What follows is then about every key, and a new one has to be written here.
    seen = set()

    def look(tree: Any, field: dict[str, Any]) -> None:
        name, schema = resolve_for(tree, field)
        if name in ("Range", "Law", "Rates"):
            return
        if isinstance(tree, list):
            for value in tree:
                look(value, schema["items"])
        elif isinstance(tree, dict):
            fields = schema.get("properties", {})
            for one in schema.get("oneOf", ()):
                fields = fields | one["properties"]
            for key, value in tree.items():
                if key in fields:
                    seen.add((name or "Scenario", key))
                look(value, fields.get(key) or schema["additionalProperties"])

    look(TREE, ROOT)
    assert seen == keys()


DESCRIBED = {language: described_in(TREE, language) for language in LANGUAGES}


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_a_key_that_changes_changes_the_description(leaf: Leaf) -> None:
    text = described(TREE)
    assert text is not None
    for value in others(leaf):
        changed = described(put(TREE, leaf.path, value))
        if changed is not None:
            break
    else:
        pytest.fail("nothing else may stand here")
    assert changed != text
    tree = put(TREE, leaf.path, value)
    for language in LANGUAGES:
        before, after = DESCRIBED[language], described_in(tree, language)
        assert after != before, language
        if leaf.table not in SAID_OTHERWISE:
            assert named(after, value) > named(before, value), (language, value)


def left_of(line: str) -> str:
    """What of a line in Arabic is not set apart, within what goes from the right."""
    while (bare := re.sub("\u2066[^\u2066-\u2069]*\u2069", "", line)) != line or (
        bare := re.sub(
            "\u2068([^\u2066-\u2069]*)\u2069",
            lambda at: at[1] if re.search("[\u0600-\u06ff]", at[1]) else "",
            line,
        )
    ) != line:
        line = bare
    return line


@pytest.mark.parametrize("name", ["every key", *dd.examples()])
def test_in_arabic_everything_is_in_arabic_or_set_apart(name: str) -> None:
    tree = TREE if name == "every key" else dd.Scenario.example(name).to_dict()
    _, *text = described_in(tree, "ar").splitlines()  # but for the title, which is the author's
    assert [line for line in text if re.search("[A-Za-z]", left_of(line))] == []


@pytest.mark.parametrize("name", ["every key", *dd.examples()])
def test_in_french_no_line_is_in_english(name: str) -> None:
    tree = TREE if name == "every key" else dd.Scenario.example(name).to_dict()
    scenario = dd.Scenario.from_dict(tree)
    ours, theirs = (scenario._compiled.description(code) for code in ("en", "fr"))
    # Paths, sources and notes are as they were written.
    written = {"uncertainty", "sources", "judgement"}
    english = {line for topic, _, lines in ours for line in lines if topic not in written}
    for topic, _, lines in theirs:
        for line in lines if topic not in written else ():
            # People on sites are in columns of ids and numbers.
            said = re.sub(r"\(\d.*", "", line)
            assert line not in english or not re.search("[a-z]{2,} [a-z]{2,}", said), line


def test_waves_are_told_in_their_order() -> None:
    told = "In waves: rearguard, then vanguard and armour and ammunition."
    assert told in str(dd.Scenario.from_dict(TREE))
    path = ("plan", "phases", "opening", "waves")
    together = put(TREE, path, [["vanguard", "rearguard"], ["armour", "ammunition"]])
    assert "In waves: vanguard and rearguard, then armour and ammunition." in str(
        dd.Scenario.from_dict(together)
    )


def test_limits_of_contingents_and_hubs_are_told() -> None:
    text = str(dd.Scenario.from_dict(TREE))
    assert "may be on these sites alone: alpha, bravo, charlie." in text
    assert "hub: all spain leave charlie, and whoever is brought there meanwhile" in text


def test_working_days_are_told() -> None:
    assert "Things move on friday, sunday, monday, tuesday;" in str(dd.Scenario.from_dict(TREE))
    less = put(TREE, ("plan", "working_days"), ["friday", "sunday"])
    assert "Things move on friday, sunday;" in str(dd.Scenario.from_dict(less))


def test_every_id_and_title_is_told() -> None:
    text = str(dd.Scenario.from_dict(TREE))

    def look(tree: Any, field: dict[str, Any]) -> Iterator[str]:
        _, schema = resolve_for(tree, field)
        for key, value in tree.items() if isinstance(tree, dict) else ():
            if key in schema.get("properties", {}):
                yield from look(value, schema["properties"][key])
                yield from [value] if key == "title" else []
            elif isinstance(schema.get("additionalProperties"), dict):
                yield key
                yield from look(value, schema["additionalProperties"])

    names = list(look(TREE, ROOT))
    assert len(names) > 80
    assert [name for name in names if not named(text, name)] == []


# Where the families stand: those without an upper limit where there is none, and the normal, which
# has no limits at all, as a parameter.
DELAY = ("world", "contingents", "italy", "delay_days")
FACTOR = ("world", "threats", "militia", "rate_factor")
MEAN = ("truncated_normal", "mean")
CUT = {"truncated_normal": {"mean": 0.4, "sd": 0.15, "low": 0.01, "high": 0.7}}


@pytest.mark.parametrize("family", LAWS)
@pytest.mark.parametrize("path", [DELAY, FACTOR], ids=["law", "range"])
def test_a_law_is_told_with_each_of_its_parameters(family: str, path: tuple[str, ...]) -> None:
    tree, path = (TREE, path) if family != "normal" else (put(TREE, DELAY, CUT), (*DELAY, *MEAN))
    text = described(put(tree, path, {family: LAWS[family]}))
    assert text is not None
    places = list(numbers(LAWS[family]))
    assert places
    for place, value in places:
        assert named(text, value), place
        other = float(f"{value * 1.0037:.6g}")
        changed = described(put(tree, path, {family: put(LAWS[family], place, other)}))
        assert changed is not None
        assert named(changed, other) > named(text, other), place


def numbers(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, float]]:
    """The numbers in the parameters of a law, and where they stand."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from numbers(value, (*path, key))
    elif isinstance(tree, list):
        for k, value in enumerate(tree):
            yield from numbers(value, (*path, k))
    else:
        yield path, tree


# The large ones take long.
LARGE = ("iraq-2024", "iraq-2011")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name in LARGE)) for name in dd.examples()],
)
def test_what_does_nothing_yet_is_told_too(name: str) -> None:
    # With defaults written out, in scenarios that have little in them.
    tree = dd.Scenario.example(name).to_dict()
    text, silent, changes = described(tree), [], 0
    alike: Counter[tuple[str, Any]] = Counter()
    for leaf in walk(tree, ROOT):
        alike[leaf.table, leaf.path[-1]] += 1
        # Of a key that stands in many tables of one kind, some.
        if leaf.path == ("schema",) or alike[leaf.table, leaf.path[-1]] > 5:
            continue
        changed = (described(put(tree, leaf.path, value)) for value in others(leaf))
        if (new := next((one for one in changed if one is not None), None)) is not None:
            changes += 1
            silent += [str(leaf)] * (new == text)
    assert changes > 20
    assert silent == []


def test_the_library_answers_for_its_own_numbers_alone(iraq: dd.Scenario) -> None:
    tree = {key: value for key, value in iraq.to_dict().items() if key != "sources"}
    mine = dd.Scenario.from_dict(tree)
    for leaf in walk(tree, ROOT):
        if leaf.kind not in ("Range", "Law"):
            continue
        value = leaf.value if isinstance(leaf.value, (int, float)) and leaf.value > 0 else 0.4
        own = {"uniform": [0.9 * value, 0.99 * value]}
        changed = put(mine.to_dict(), leaf.path, own)
        if described(changed) is not None:
            mine = dd.Scenario.from_dict(changed)
    table = mine.assumptions()
    ranges = table[table["what"] == "range"]
    assert len(ranges) > 60
    assert ranges["whose"].eq("scenario").all()
    assert table.loc[table["whose"] == "scenario", "basis"].isna().all()
    library = iraq.assumptions().loc["world.threats.cells.harm.no_casualty"]
    assert library["basis"].endswith("the record of 2023-24")


def test_every_basis_is_that_of_a_default() -> None:
    # Of a key without a default the library can only say what its form rests on.
    for name, schema in DEFINITIONS.items():
        for key, field in schema.get("properties", {}).items():
            assert "basis" not in field or "default" in field, f"{name}.{key}"


def test_what_stops_projectiles_has_a_heading_only_where_it_is_said(minimal: dd.Scenario) -> None:
    heading = "Chance that a projectile is stopped"
    peace = minimal.replace({"world.threats": None})
    assert heading not in str(peace)
    defended = minimal.replace({"world.sites.base.air_defence.intercept": {"rocket": 0.5}})
    page = str(defended).splitlines()
    (at,) = [k for k, text in enumerate(page) if heading in text]
    assert page[at + 1].startswith("    base: ")
