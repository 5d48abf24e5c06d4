"""The messages of the package, and of the core, which describes scenarios, warns of them and answers in
the explorer: the same ones in every language, and each of them used."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import drawdown as dd
from drawdown import _core
from drawdown._internal.tables import percent, plain, short
from drawdown.languages.catalogue import LANGUAGES, Written
from drawdown.languages.figures import in_full, localised, month_in_short
from drawdown.languages.speech import foreign, said_or, say, speaking
from drawdown.scenario.assumptions import disputed

PACKAGE = Path(dd.__file__).parent
CORE = Path(__file__).parents[2] / "src"
# Where the files of messages are: those of the package, and those of the core.
PLACES = {"page": PACKAGE / "languages", "core": CORE / "languages" / "messages"}
OTHERS = [(place, code) for place in PLACES for code in LANGUAGES if code != "en"]
# By the Unicode CLDR.
PLURALS = {
    "fr": {"one", "many", "other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
}


class Named(Visitor):
    """The values that a message names, and what it selects on."""

    def __init__(self):
        self.values, self.selected = set(), {}

    def visit_VariableReference(self, node):
        self.values.add(node.id.name)

    def visit_SelectExpression(self, node):
        keys = {getattr(one.key, "name", getattr(one.key, "value", "")) for one in node.variants}
        self.selected[node.selector.id.name] = keys
        self.generic_visit(node)


def entries(place, code):
    """What stands in the files of a language."""
    for path in sorted(PLACES[place].glob(f"{code}*.ftl")):
        yield from FluentParser().parse(path.read_text("utf-8")).body


def messages(place, code):
    found = {}
    for entry in entries(place, code):
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice in {code}"
            about = found[entry.id.name] = Named()
            about.visit(entry)
    return found


@pytest.fixture(scope="module")
def catalogues():
    return {place: {code: messages(place, code) for code in LANGUAGES} for place in PLACES}


@pytest.mark.parametrize(("place", "code"), OTHERS)
def test_every_language_has_the_same_messages(catalogues, place, code):
    assert list(catalogues[place][code]) == list(catalogues[place]["en"])


@pytest.mark.parametrize(("place", "code"), OTHERS)
def test_a_message_names_the_same_values_in_every_language(catalogues, place, code):
    for key, about in catalogues[place]["en"].items():
        assert catalogues[place][code][key].values == about.values, key


@pytest.mark.parametrize(("place", "code"), OTHERS)
def test_what_english_selects_on_others_select_on_and_plurals_are_those_of_the_language(
    catalogues, place, code
):
    for key, about in catalogues[place][code].items():
        english = catalogues[place]["en"][key].selected
        for value, keys in about.selected.items():
            if value in english and not keys & {"other"}:
                assert keys == english[value], key
            elif value not in english:
                # Or a number as such, as the first of a month in French.
                assert {one for one in keys if not one.isdigit()} <= PLURALS[code], key
                assert "other" in keys, key


def test_every_message_is_used(catalogues):
    texts, beginnings = set(), set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
    template = (PACKAGE / "report/page.html.jinja").read_text("utf-8")
    texts |= set(re.findall(r'say\("([^"]+)"', template))
    for path in PACKAGE.rglob("static/*.js"):
        texts |= set(re.findall(r'"(view-[a-z0-9-]+)"', path.read_text("utf-8")))
    beginnings = {one for one in beginnings if re.fullmatch(r"[a-z]+(-[a-z]+)*-", one)}
    unused = [
        key
        for key in catalogues["page"]["en"]
        if key not in texts and not key.startswith(tuple(beginnings))
    ]
    assert unused == []


def arguments(text):
    """What stands between the parentheses that a text begins with, parted at its commas."""
    depth, quoted, found = 0, False, [""]
    for sign in text:
        quoted ^= sign == '"'
        depth += 0 if quoted else (sign in "([{") - (sign in ")]}")
        if depth == 0:
            return [one.strip() for one in found if one.strip()]
        if sign == "," and depth == 1 and not quoted:
            found.append("")
        else:
            found[-1] += sign
    raise AssertionError(text)


def said_by_the_core():
    """The messages that the core says, each with the values that it gives; those of `say!` itself apart."""
    for path in CORE.rglob("*.rs"):
        text = re.sub("//[^\n]*", "", path.read_text("utf-8"))
        for found in re.finditer(r"(?<![\w`])say!(?=\()", text):
            _, key, *values = arguments(text[found.end() :])
            yield key.strip('"'), {one.partition("=")[0].strip() for one in values}


def test_the_core_says_every_message_with_the_values_that_it_names(catalogues):
    english, said = catalogues["core"]["en"], list(said_by_the_core())
    assert len(said) > 200
    for key, values in said:
        assert english[key].values == values, key
    assert set(english) - {key for key, _ in said} == set()


def test_the_core_has_the_languages_of_the_page(minimal):
    for code in LANGUAGES:
        assert minimal._compiled.description(code)
    with pytest.raises(ValueError, match="there is no language `tlh`; "):
        minimal._compiled.description("tlh")


def test_every_measure_and_unit_has_a_name(catalogues):
    english = catalogues["page"]["en"]
    for name, by, unit, _ in _core.measures():
        if not by:
            assert f"measure-{name}" in english
            assert f"unit-{unit}" in english
            # In English it is what the library calls it, as in a call.
            assert say(f"measure-{name}") == name
            assert say(f"unit-{unit}") == unit


def test_what_is_disputed_is_in_english_what_its_definition_says(iraq):
    rows = disputed(iraq).rows
    assert len(rows) == 8
    for name, _, what in rows:
        assert say(f"disputed-what-{name}") == what
    with speaking("fr"):
        french = {name: (here, what) for name, here, what in disputed(iraq).rows}
    assert french["truce"] == ("désactivé", "Arrêt du feu tant que le calendrier annoncé est tenu.")
    assert "threats.militias\u00a0: activé" in french["retaliation"][0]


@pytest.mark.parametrize(
    ("code", "count", "due"),
    [
        ("en", 1, "1 trials"),
        ("fr", 1, "1 tirage"),
        ("fr", 2_000, "2\u202f000 tirages"),
        ("ar", 0, "لا محاولات (0)"),
        ("ar", 1, "محاولة واحدة (1)"),
        ("ar", 2, "محاولتان (2)"),
        ("ar", 3, "3 محاولات"),
        ("ar", 11, "11 محاولة"),
        ("ar", 100, "100 محاولة"),
        ("ar", 103, "103 محاولات"),
    ],
)
def test_plurals_go_by_the_rules_of_the_language(code, count, due):
    with speaking(code):
        said = say("origin-line-trials", trials=count)
    assert re.sub("[\u2068\u2069]", "", said) == due


@pytest.mark.parametrize("place", PLACES)
def test_a_message_in_arabic_that_is_only_values_goes_from_the_right(place):
    # What is between the marks of a value does not count.
    for entry in entries(place, "ar"):
        if isinstance(entry, ftl.Message):
            patterns = [entry.value]
            for one in entry.value.elements:
                if isinstance(getattr(one, "expression", None), ftl.SelectExpression):
                    patterns = [variant.value for variant in one.expression.variants]
            for pattern in patterns:
                texts = [one.value for one in pattern.elements if isinstance(one, ftl.TextElement)]
                if len(pattern.elements) > 1:
                    assert re.search("[\u200f\u0600-\u06ff]", "".join(texts)), entry.id.name


def test_a_number_that_is_written_decides_on_a_plural():
    with speaking("fr"):
        assert say("held-allowed", days=plain(1.5)) == "1,5 jour accordé"
        assert say("held-allowed", days=plain(2)) == "2 jours accordés"
        assert say("held-allowed", days="–") == "– jours accordés"


def test_numbers_and_dates_are_those_of_the_language():
    day = date(2026, 12, 1)
    assert (short(1234.5), percent(0.5), in_full(day)) == ("1,234", "50\u00a0%", "1 December 2026")
    with speaking("fr"):
        assert (short(1234.5), short(-0.25)) == ("1\u202f234", "-0,25")
        assert (percent(0.5), in_full(day)) == ("50\u00a0%", "1er décembre 2026")
        assert month_in_short(day) == "déc. 2026"
    with speaking("ar"):
        # The mark keeps the sign on the left of its number.
        assert short(-0.25) == "\u200e-0.25"
        assert re.sub("[\u2068\u2069\u200f]", "", in_full(day)) == "1 ديسمبر 2026"
    assert localised("-1.5") == "-1.5"


def test_a_language_is_spoken_within_and_not_after():
    with speaking("fr"):
        assert say("stay") == "rester"
        with speaking("en"):
            assert say("stay") == "stay"
        assert foreign("why") == "\u2066why\u2069"
    assert say("stay") == "stay"
    assert foreign("why") == "why"
    with pytest.raises(ValueError, match="must be one of en, fr, ar, not 'de'"), speaking("de"):
        pass


def test_what_a_message_lacks_is_told():
    with pytest.raises(LookupError):
        say("no-such-message")
    assert said_or("no-such-message", "otherwise") == "otherwise"
    with pytest.raises(ValueError, match="`origin-line-seed` of en"):
        say("origin-line-seed")


def test_a_long_text_of_an_author_fits_into_a_message():
    long = "x" * 5_000
    assert say("origin-line-seed", seed=long) == f"seed {long}"


def test_a_written_number_is_a_text_that_can_be_stored():
    import pickle

    again = pickle.loads(pickle.dumps(Written("1,5", 1.5)))
    assert (again, again.value) == ("1,5", 1.5)


def test_a_statement_in_french_may_follow_a_semicolon():
    with speaking("fr"):
        about = {"allowed": "60 jours", "size": "3", "low": "1", "high": "5", "unit": "M"}
        said = [say("price-found", allowed="60 jours", delay="3", harm="rien")]
        said += [say("price-paid", verdict=of, **about) for of in ("fewer", "more", "unsure")]
    assert all(re.match("[\u2068]?60 jours", text) for text in said)
