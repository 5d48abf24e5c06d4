"""The page of a run in other languages than English."""

import re
from html.parser import HTMLParser

import pytest

import drawdown as dd
from drawdown.cli import main
from drawdown.languages.catalogue import LANGUAGES
from drawdown.report.evidence import Section

# With a part of the page for everything that a run computes by itself.
SCENARIO = """
schema = 1
title = "Leaving the base"
start = 2025-01-01
[world.sites.base]
garrison = { us = 600 }
[world.threats.militia]
attacks_per_day = { uniform = [0.1, 0.3] }
[world.insurgency]
strength = { uniform = [0.05, 0.15] }
growth_per_year = 1.2
pressure = 0.9
[world.costs]
unit = "MEUR"
per_person_day = 0.1
[plan.breathing_room]
pause_days = 40
[plan.phases.leave]
announced_start = 2025-03-01
announced_finish = 2025-09-30
moves.everybody = { site = "base", contingent = "us" }
[plan.rules.hold]
when.attacks = { in_days = 30, at_least = 5 }
then.pause = { at_least_days = 7 }
until.attacks = { in_days = 21, at_most = 2 }
"""
# What is written alike in French and in English.
ALIKE = {"P10", "P50", "P80", "P90", "Source", "Note", "Site", "date", "version", "incidents"}
ALIKE |= {"pauses", "phase leave", "site base", "contingent us"}
# What has one name in every language: keys and laws of scenarios, and who wrote the page.
NAMES = re.compile(
    r"start|horizon|displacement|grievance|presence_elasticity|retaliation|truce|troops_(exponent|share)"
    r"|(plan|world)\..*|(beta|lognormal|uniform) .*|drawdown \d.*|Leaving the base(, SHA-256 .*)?"
)
WORD = re.compile(r"[A-Za-z]{2,}")


class Texts(HTMLParser):
    """The texts of a page that are not marked as English nor code, and the labels of its figures."""

    VOID = ("meta", "br", "use", "path", "rect", "image")

    def __init__(self, page):
        super().__init__()
        self.found, self._open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        left = tag in ("style", "pre", "code", "bdo") or given.get("lang") == "en"
        left = left and given.get("class") != "said"
        if tag == "html":
            left = False
        if "aria-label" in given:
            self.found.append(given["aria-label"])
        if tag not in self.VOID:
            self._open.append(left)

    def handle_startendtag(self, tag, attrs):
        if "aria-label" in dict(attrs):
            self.found.append(dict(attrs)["aria-label"])

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data):
        text = " ".join(data.split())
        if text and not any(self._open):
            self.found.append(text)


class ByHand:
    """What a caller adds to a page, who has it in English alone."""

    def section(self, run):
        text = "It is so because somebody said so."
        return Section("by_hand", "By hand", run.origin_line, run.scenario, text=[text])


@pytest.fixture(scope="module")
def left():
    return dd.simulate(dd.Scenario.from_toml(SCENARIO), trials=40, seed=7, progress=False)


@pytest.fixture(scope="module")
def pages(left, tmp_path_factory):
    folder, found = tmp_path_factory.mktemp("pages"), {}
    also = [left.tail("casualties", 0.1), ByHand()]
    for code in LANGUAGES:
        path = folder / f"{code}.html"
        left.report(path, also, trials=20, progress=False, language=code)
        found[code] = path.read_text("utf-8")
    return found


def test_a_page_says_its_language_and_that_nobody_has_reviewed_it(pages):
    assert '<html lang="en">' in pages["en"]
    assert '<html lang="fr">' in pages["fr"]
    assert '<html lang="ar" dir="rtl">' in pages["ar"]
    assert "Cette traduction n’a pas été relue" in pages["fr"]
    assert "لم يراجع هذه الترجمة متحدث" in pages["ar"]
    assert "reviewed" not in pages["en"]
    # Nothing is marked on a page that is in English anyway.
    assert 'lang="en" dir="ltr"' not in pages["en"]
    assert "bdi" not in pages["en"]
    assert not re.search("[\u2066-\u2069\u202f]", pages["en"])


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_no_sentence_of_a_translated_page_is_that_of_the_english_one(pages, code):
    english = set(Texts(pages["en"]).found)
    ids = {"base", "us", "militia", "leave", "everybody", "hold", "MEUR"}
    same = [
        text
        for text in Texts(pages[code]).found
        if text in english and not set(WORD.findall(text)) <= ids
    ]
    assert [text for text in same if text not in ALIKE and not NAMES.fullmatch(text)] == []


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_a_translated_page_has_the_same_parts(pages, code):
    for tag in ("<section", "<h2", "<h3", "<tr>", "<svg", "<figcaption", "<li"):
        assert pages[code].count(tag) == pages["en"].count(tag), tag
    ids = re.findall(r'<section id="[^"]*"', pages["en"])
    assert re.findall(r'<section id="[^"]*"', pages[code]) == ids


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_what_is_not_translated_is_marked_as_english(pages, code):
    marked = ' lang="en" dir="ltr"'
    # A section of the caller's own.
    assert f"<h2{marked}>By hand</h2>" in pages[code]
    assert f"<p{marked}>It is so because somebody said so.</p>" in pages[code]


def test_results_that_are_handed_in_and_what_defaults_rest_on_are_translated(pages):
    assert "Dans les pires 10\u00a0% des trajectoires\u00a0:" in pages["fr"].replace(
        "10 %", "10\u00a0%"
    )
    assert "<td>jugement\u00a0; 720 par jour ont quitté l’Irak en novembre 2011</td>" in pages["fr"]
    assert "تقدير؛ غادر العراق 720 في اليوم في نوفمبر 2011" in pages["ar"]


def test_the_plan_and_the_world_are_said_in_the_language_of_the_page(pages):
    assert '<pre class="said">  Phase leave: 2025-03-01 to 2025-09-30.' in pages["en"]
    assert '<pre class="said">  Phase leave\u00a0: du 2025-03-01 au 2025-09-30.' in pages["fr"]
    bare = re.sub("</?bdi>|\u200f", "", pages["ar"])
    assert '<pre class="said">  المرحلة leave: من 2025-03-01 إلى 2025-09-30.' in bare
    assert "Frappes en réponse à ses attaques." in pages["fr"]
    assert "<h3>Le monde</h3>" in pages["fr"]
    assert "<h3>العالم</h3>" in pages["ar"]


def test_numbers_and_days_are_those_of_the_language(pages):
    assert "31 December 2027" not in pages["fr"]
    assert "30 septembre 2025" in pages["fr"]
    assert "30 سبتمبر 2025" in re.sub("</?bdi>|\u200f", "", pages["ar"])
    table = re.search(r"<th>jours-personnes</th>(.*?)</tr>", pages["fr"])[1]
    assert re.search("<td>\\d{3}\u202f\\d{3}</td>", table)
    assert re.search(r">\d,\d\d<", pages["fr"])
    assert ">sept.</text>" in pages["fr"]
    assert ">Sep</text>" in pages["en"]


def test_on_a_page_from_the_right_every_cell_and_value_keeps_its_direction(pages):
    page = pages["ar"]
    cells = re.findall(r"<td>(.*?)</td>", page)
    assert all(cell.startswith('<bdi dir="') for cell in cells if cell)
    assert '<bdi dir="ltr">world.threats.militia.attacks_per_day</bdi>' in page
    assert "<bdi><time>2025-09-30</time></bdi>" in page
    assert page.count("<bdi") == page.count("</bdi>")
    # Marks are elements, but in what is no HTML: figures and labels.
    body = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert not re.search("[\u2066-\u2069]", body)
    for text in re.findall(r"<text[^>]*>([^<]*)</text>", page):
        if re.search("[\u0600-\u06ff]", text):
            assert (text[0], text[-1]) == ("\u2067", "\u2069")
    # Left and right are where the lines begin and end.
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"border-left|padding-left|text-align: right", style)


def test_nothing_is_said_of_fonts(left, tmp_path, caplog):
    left.report(tmp_path / "page.html", trials=2, progress=False, language="ar")
    assert not caplog.records


def test_a_language_without_messages_is_refused_before_anything_is_done(left, tmp_path):
    with pytest.raises(ValueError, match="`language` must be one of en, fr, ar, not 'tlh'"):
        left.report(tmp_path / "page.html", language="tlh")
    assert not (tmp_path / "page.html").exists()


def test_the_command_writes_in_a_language(tmp_path, capsys):
    (tmp_path / "plan.toml").write_text(SCENARIO, "utf-8")
    out = tmp_path / "page.html"
    given = [str(tmp_path / "plan.toml"), "--out", str(out), "--trials", "20", "--seed", "1"]
    main(["report", *given, "--beside", "10", "--quiet", "--language", "ar"])
    assert '<html lang="ar" dir="rtl">' in out.read_text("utf-8")
    with pytest.raises(SystemExit):
        main(["report", *given, "--language", "tlh"])
    assert "invalid choice: 'tlh'" in capsys.readouterr().err


def test_warnings_are_said_in_the_language_of_the_page(minimal, tmp_path):
    idle = minimal.replace({"plan.review_every_days": 3, "plan.rules": {}})
    run = dd.simulate(idle, trials=20, seed=7, progress=False)
    said = {}
    for code in LANGUAGES:
        run.report(tmp_path / f"{code}.html", trials=2, progress=False, language=code)
        text = (tmp_path / f"{code}.html").read_text("utf-8")
        (said[code],) = re.findall(r'<p class="warning">(.*?)</p>', text)
    assert said["en"] == (
        "plan.review_every_days: it changes nothing: there are no rules; take it out, or give rules."
    )
    assert said["fr"].startswith(
        "plan.review_every_days\u00a0: cela ne change rien\u00a0: il n’y a"
    )
    assert "<bdi>plan.review_every_days</bdi>: <bdi>لا يغيّر هذا شيئًا: " in said["ar"]
    assert [one.what for one in idle.warnings] == ["it changes nothing: there are no rules"]
