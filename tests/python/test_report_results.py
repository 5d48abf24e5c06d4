"""What every kind of result brings to a page, in other languages than English."""

import json
import re
from html import unescape

import pytest

from drawdown import _core
from drawdown.languages.catalogue import LANGUAGES
from drawdown.languages.speech import key_of, said_or, speaking
from drawdown.report import marking, page
from drawdown.runs.result import Result
from test_handed_out import NAMES, results  # noqa: F401
from test_report_languages import ALIKE, WORD, Texts

# Results whose section is one of a run, which test_report_languages has, and what is no result.
OTHERS = {"scenario", "run", "run read again", "draws", "draws read again", "summary", "trial"}
KINDS = [name for name in NAMES if name not in OTHERS | {"log", "worlds", "forecasting"}]
# What is written alike in French and in English.
SAME = ALIKE | {"verdict", "observation", "total", "Expert", "information", "score", "interaction"}
SAME |= {"contraction", "tonnes", "dates", "regret", "quasi-p", "Observations", "Observations."}
# Names of scores and of diagnostics, and what the results of the list are about.
TERMS = {"crps", "crps_log", "log_score", "brier", "rhat", "pit", "CRPS", "log", "score", "nat"}
TERMS |= {"interval_coverage", "pit_coverage", "by", "hand", "UTC", "drawdown"}
ASKED = re.compile(
    r"plan casualties < stay\.?|cum_\w+(, cum_\w+)*|attacks, wounded|plan|firm|storm|(\w+-)+\d{4}"
)
PATH = re.compile(r"[\w-]+([._][\w-]+)+\.?")
PARTS = re.compile(r"(phase|site|contingent), \w+")
BROKEN = re.compile(r"[a-z_]+")
MATHEMATICS = re.compile(r"\$\\mathdefault.*")
DIGITS = re.compile(r"\d+(?:[.,\u202f\u00a0]\d+)*")
ARABIC = re.compile("[\u0600-\u06ff]")


def parts(result, run, code):
    """The section of a result as the page has it, in a language; without figures, and figures."""
    with speaking(code):
        section = page.section(result, run)
        assert section.translated
        found = page._rendered(section, run, 0)
        texts = [found["title"], found["short"], found["elsewhere"], *found["text"]]
        texts += [answer.text for answer in section.answers.values()]
        texts += [caption for _, caption in found["figures"]]
        html = "".join(f"<p>{marking.prose(text)}</p>" for text in texts)
        return html + "".join(found["tables"]), "".join(map(str, (f for f, _ in found["figures"])))


@pytest.fixture(scope="module")
def pages(results):  # noqa: F811
    return {
        (name, code): parts(results[name], results["run"], code)
        for name in KINDS
        for code in LANGUAGES
    }


@pytest.fixture(scope="module")
def ids(iraq):
    """What the scenario names, which no language translates."""
    tree = iraq.to_dict()
    found = set(WORD.findall(iraq.title)) | {"storm", "plan", "firm"}
    for table in (*tree["world"].values(), *tree["plan"].values()):
        for name, of in table.items() if isinstance(table, dict) else ():
            found |= set(WORD.findall(name))
            found |= set(WORD.findall(of.get("title", ""))) if isinstance(of, dict) else set()
    return found


def statements(texts):
    """Texts, and what their full stops, colons and semicolons part."""
    return [*texts, *(one for text in texts for one in re.split(r"(?<=[.;:])\s+", text))]


def left_alike(text, ids):
    """Whether a text may be the same in two languages."""
    patterns = (ASKED, PATH, PARTS, MATHEMATICS)
    words = set(WORD.findall(text))
    return words <= ids | TERMS or text in SAME or any(one.fullmatch(text) for one in patterns)


def test_every_kind_of_result_is_here(results):  # noqa: F811
    kinds = {type(result) for result in results.values() if isinstance(result, Result)}
    assert kinds - {type(results["run"])} == {type(results[name]) for name in KINDS} - {
        type(results["run"])
    }


@pytest.mark.parametrize("name", KINDS)
def test_no_sentence_of_a_result_is_english_on_a_french_page(pages, ids, name):
    english = {one for part in pages[name, "en"] for one in statements(Texts(part).found)}
    body, figures = (Texts(part).found for part in pages[name, "fr"])
    # Long keys are broken into lines there.
    french = statements([*body, *(text for text in figures if not BROKEN.fullmatch(text))])
    same = [text for text in french if text in english and not left_alike(text, ids)]
    assert same == []


@pytest.mark.parametrize("name", KINDS)
def test_nothing_latin_stands_among_arabic_without_being_set_apart(pages, ids, name):
    texts = [text for part in pages[name, "ar"] for text in Texts(part).found]
    assert any(map(ARABIC.search, texts))
    for text in filter(ARABIC.search, texts):
        # In figures marks of Unicode set apart what HTML has elements for.
        plain, before = text, ""
        while plain != before:
            before, plain = plain, re.sub("[\u2066-\u2068][^\u2066-\u2069]*\u2069", "", plain)
        words = set(re.findall(r"[A-Za-z_]{3,}", plain))
        assert words <= ids | TERMS, text


@pytest.mark.parametrize("code", ["fr", "ar"])
@pytest.mark.parametrize("name", KINDS)
def test_numbers_of_a_result_are_the_same_in_every_language(pages, name, code):
    def numbers(page):
        text = unescape(re.sub("<[^>]*>|[\u200e\u200f]", " ", page))
        return sorted(re.sub(r"\D", "", one) for one in DIGITS.findall(text))

    def cells(page):
        found = re.findall(r"<td>(.*?)</td>", page)
        return [re.sub(r"\D", "", re.sub("<[^>]*>", "", cell)) for cell in found]

    english, other = pages[name, "en"][0], pages[name, code][0]
    assert cells(other) == cells(english)
    assert numbers(other) == numbers(english)


@pytest.mark.parametrize("name", KINDS)
def test_a_result_has_the_same_parts_in_every_language(pages, name):
    for tag in ("<p>", "<tr>", "<td>", "<svg", "aria-label"):
        counts = {sum(part.count(tag) for part in pages[name, code]) for code in LANGUAGES}
        assert len(counts) == 1, tag


def test_what_every_default_rests_on_is_said_in_every_language():
    found = set()

    def look(schema):
        if isinstance(schema, dict):
            found.update(
                schema[key] for key in ("basis", "form") if isinstance(schema.get(key), str)
            )
            schema = list(schema.values())
        for one in schema if isinstance(schema, list) else ():
            look(one)

    look(json.loads(_core.schema()))
    assert len(found) > 8
    for text in found:
        assert said_or(f"rests-{key_of(text)}", "") == text
        with speaking("fr"):
            assert said_or(f"rests-{key_of(text)}", text) != text
